"""Pairs of schools: weak places, donors, scores and the assignment, worked out by hand."""

from __future__ import annotations

from fractions import Fraction

import pandas as pd
import pytest

from app.analysis.pairs import Result, SchoolFacts, Search, TieFacts, Way, best_pairs, results_of, weak_places
from app.analysis.pairs_model import load_shipped, parse
from app.analysis.pairs_words import paragraph, place, unknown, way_words, why_none
from app.analysis.rules import find_rule
from app.analysis.rules import load_shipped as load_rules
from app.errors import UserError
from app.models.records import Assessment
from app.paths import resources

RUS6 = Assessment("ВПР", "Русский язык", None, 6)
MATH5 = Assessment("ВПР", "Математика", None, 5)
MATH6 = Assessment("ВПР", "Математика", None, 6)
THIRTY = (30, 100)
TEXT = (resources() / "pairs" / "standard.toml").read_text(encoding="utf-8")


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def school(key: int, *results: tuple[Assessment, int, int], **facts: object) -> SchoolFacts:
    return SchoolFacts(key, f"СОШ № {key}", tuple(Result(*item) for item in results), **facts)  # type: ignore[arg-type]


def receiver(key: int = 1, *results: tuple[Assessment, int, int], **facts: object) -> SchoolFacts:
    return school(key, *(results or ((RUS6, 12, 31),)), listed=True, **facts)


def search(
    *schools: SchoolFacts, ties: tuple[TieFacts, ...] = (), ways: dict[tuple[int, int], Way] | None = None
) -> Search:
    return Search(load_shipped(), THIRTY, schools, ties, ways)


# --- weak and strong -----------------------------------------------------------------------------------------------


def test_a_place_is_weak_exactly_from_the_threshold_by_whole_counts() -> None:
    results = [Result(RUS6, 8, 27), Result(MATH5, 3, 10), Result(MATH6, 12, 31)]
    assert [item.assessment for item in weak_places(results, THIRTY)] == [MATH6, MATH5]


@pytest.mark.parametrize(
    ("below", "of", "strong"),
    [(3, 20, True), (4, 20, False), (1, 9, False), (0, 9, False), (0, 10, True), (1, 10, True), (2, 10, False)],
)
def test_a_donor_is_strong_up_to_the_bound_and_with_enough_pupils(below: int, of: int, strong: bool) -> None:
    found = search(receiver(), school(2, (RUS6, below, of))).receivers()[0]
    assert [item.donor_id for item in found.proposals] == ([2] if strong else [])


def test_only_the_same_work_counts_and_listed_schools_help_nobody() -> None:
    other, listed = school(2, (Assessment("ВПР", "Русский язык", None, 5), 0, 30)), receiver(3, (RUS6, 0, 40))
    assert search(receiver(), other, listed).receivers()[0].proposals == ()


def test_a_donor_with_markers_or_without_consent_or_declined_is_left_out_with_the_reason() -> None:
    strong = (RUS6, 1, 40)
    found = search(
        receiver(), school(2, strong, markers=1), school(3, strong, consent=False), school(4, strong),
        school(5, strong, markers=0), ties=(TieFacts(4, 1, "declined"), TieFacts(5, 1, "declined", "Математика")),
    ).receivers()[0]  # fmt: skip
    assert found.refused == ((2, "bias"), (3, "consent"), (4, "declined"))
    assert [item.donor_id for item in found.proposals] == [5]


def test_results_are_of_the_year_and_add_up_base_and_profile() -> None:
    rows = [
        (1, "ЕГЭ", "Математика", "base", 11, 2026, 10, 2), (1, "ЕГЭ", "Математика", "profile", 11, 2026, 5, 1),
        (1, "ВПР", "Математика", None, 5, 2025, 20, 9), (1, "ВПР", "Математика", None, 5, 2026, 20, None),
        (2, "ВПР", "Русский язык", None, 6, 2026, 0, 0),
    ]  # fmt: skip
    names = ("school_id", "procedure", "subject", "level", "grade", "year", "participants", "below_min")
    frame = pd.DataFrame(rows, columns=list(names)).astype({"below_min": "Int64"})
    rule = find_rule("rosobrnadzor-2022", load_rules())
    assert results_of(frame, 2026, rule) == {1: (Result(Assessment("ЕГЭ", "Математика", None, 11), 3, 15),)}


# --- the score -----------------------------------------------------------------------------------------------------


def test_the_score_is_the_weighted_sum_of_the_parts() -> None:
    """Cover 1/2·4 + strength (1 − (1/20)/(3/20))·2 = 4/3 + context (1 − 0.5/2)·3 = 9/4 + near (1 − 12/60)·2 = 8/5
    + alike 2/3·1 + tie 1·1 + consent 1·1 = 591/60 = 9.85 of 14 → 70.36 → 70."""
    weak = receiver(
        1, (RUS6, 12, 31), (MATH5, 10, 20), index=-0.8, school_type="СОШ", settlement_kind="village", pupils=90
    )
    donor = school(2, (RUS6, 1, 20), (MATH5, 4, 20), index=-0.3, school_type="СОШ", settlement_kind="city", pupils=180,
                   consent=True)  # fmt: skip
    ties = (TieFacts(2, 1, "existing", "Физика"),)
    (proposal,) = search(weak, donor, ties=ties, ways={(1, 2): Way(12, 25)}).receivers()[0].proposals
    values = {part.key: part.value for part in proposal.parts}
    assert values == {
        "cover": Fraction(1, 2), "strength": Fraction(2, 3), "context": Fraction(3, 4), "near": Fraction(4, 5),
        "alike": Fraction(2, 3), "tie": 1, "consent": 1,
    }  # fmt: skip
    assert proposal.score == 70


def test_reasons_name_figures_context_distance_and_ties() -> None:
    weak = receiver(1, (RUS6, 12, 31), index=-0.8)
    donor = school(2, (RUS6, 2, 48), index=-0.6, capacity=2)
    ties = (TieFacts(2, 1, "existing", "Математика"),)
    (proposal,) = search(weak, donor, ties=ties, ways={(1, 2): Way(12)}).receivers()[0].proposals
    assert plain(paragraph(proposal, load_shipped())) == (
        "ВПР русский язык, 6 кл.: здесь 12 из 31, у донора 2 из 48; похожий контекст: индекс −0,8 и −0,6; 12 км; "
        "уже помогает по математике"
    )
    assert unknown(proposal, load_shipped()) == (
        "тип, населённый пункт и число учеников не сравнить", "согласие не спрошено",
    )  # fmt: skip


def test_what_is_unknown_gives_nothing_and_is_said() -> None:
    (proposal,) = search(receiver(), school(2, (RUS6, 0, 20))).receivers()[0].proposals
    # cover 4 + strength 2 of 14
    assert proposal.score == 43
    said = [plain(text) for text in unknown(proposal, load_shipped())]
    assert said[0] == "индекс контекста не вычислен"
    assert said[1] == "расстояние не внесено"
    assert said[-1] == "скольким школам поможет, не сказано: считаем 1 школу"


def test_far_context_and_long_ways_give_nothing_but_are_no_ban() -> None:
    weak, donor = receiver(index=-1.5), school(2, (RUS6, 0, 20), index=1.0)
    (proposal,) = search(weak, donor, ways={(1, 2): Way(None, 200)}).receivers()[0].proposals
    assert (proposal.part("context").value, proposal.part("near").value) == (Fraction(), Fraction())
    assert "другой контекст: индекс −1,5 и +1,0" in paragraph(proposal, load_shipped())


def test_a_small_weak_place_is_said_to_be_small() -> None:
    assert plain(place(Result(RUS6, 1, 3))) == "ВПР русский язык, 6 кл.: 1 из 3, мало детей, вывод ненадёжен"
    assert plain(way_words(Way(12, 20))) == "12 км, 20 мин"


# --- ties in force -------------------------------------------------------------------------------------------------


def test_a_tie_covers_its_subject_and_takes_a_place() -> None:
    weak = receiver(1, (RUS6, 12, 31), (MATH5, 10, 20))
    donor = school(2, (RUS6, 0, 20), (MATH5, 0, 20), capacity=2)
    found = search(weak, donor, ties=(TieFacts(2, 1, "agreed", "Математика"),))
    assert [item.assessment for item in found.receivers()[0].open] == [RUS6]
    assert found.free(donor) == 1


def test_last_years_tie_covers_nothing_and_is_a_reason() -> None:
    ties = (TieFacts(2, 1, "existing", None, None, last_year=True),)
    (found,) = search(receiver(), school(2, (RUS6, 0, 20)), ties=ties).receivers()
    assert len(found.open) == 1
    assert found.proposals[0].part("tie").value == 1
    assert "в прошлом учебном году помогала" in paragraph(found.proposals[0], load_shipped())


# --- the assignment ------------------------------------------------------------------------------------------------


def test_three_by_three_with_a_donor_of_two_places() -> None:
    """A has two places: 1→A 90, 2→A 80, 3→C 40 is 210; with B for 2 it would be 90 + 60 + 50 = 200."""
    scores = {(1, 10): 90, (1, 11): 70, (2, 10): 80, (2, 11): 60, (3, 10): 50, (3, 12): 40}
    assert best_pairs(scores, {10: 2, 11: 1, 12: 1}) == {1: 10, 2: 10, 3: 12}


def test_three_by_three_with_a_place_each() -> None:
    """1→A 90, 2→B 60, 3→C 40 is 190; 1→B 70, 2→A 80, 3→C 40 is 190 too; with 2→A 81 the second way wins."""
    scores = {(1, 10): 90, (1, 11): 70, (2, 10): 81, (2, 11): 60, (3, 10): 50, (3, 12): 40}
    assert best_pairs(scores, {10: 1, 11: 1, 12: 1}) == {1: 11, 2: 10, 3: 12}


def test_more_schools_with_a_donor_outweigh_better_scores() -> None:
    """1→A 99 alone leaves 2 without a donor; 1→B 5 and 2→A 5 helps both."""
    assert best_pairs({(1, 10): 99, (1, 11): 5, (2, 10): 5}, {10: 1, 11: 1}) == {1: 11, 2: 10}


def test_nobody_is_given_to_a_donor_without_places() -> None:
    assert best_pairs({(1, 10): 50}, {10: 0}) == {}
    assert best_pairs({}, {}) == {}


def test_the_municipality_says_who_remained_and_why() -> None:
    strong = (RUS6, 0, 20)
    schools = (
        receiver(1), receiver(2, (RUS6, 15, 31)), receiver(3, (MATH5, 5, 10)), receiver(4, (RUS6, 1, 10)),
        receiver(5, (MATH6, 6, 10)), receiver(6), school(7, strong, index=0.0),
        school(8, (MATH5, 0, 20), consent=False), school(9, strong, capacity=0),
    )  # fmt: skip
    found = search(*schools, ties=(TieFacts(20, 6, "planned"),))
    made = found.assign()
    assert made.fixed == (6,)
    assert made.nothing == (4,)
    by_school = {row.receiver_id: row for row in made.rows}
    assert [key for key in (1, 2) if by_school[key].proposal is not None] == [1]
    assert [by_school[key].why for key in (2, 3, 5)] == ["busy", "refused", "strong"]
    names = {item.id: item.name for item in schools}
    said = {key: why_none(by_school[key], found.receiver(schools[key - 1]), names) for key in (2, 3)}
    assert said[2] == "все подходящие доноры заняты: СОШ № 7, СОШ № 9"
    assert said[3] == "нет подходящей школы: СОШ № 8 — помогать не согласна"


# --- the definition ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("strong = [15, 100]", "strong = [15, 10]", "strong — доля больше нуля и меньше единицы"),
        ("far = [2, 1]", "far = [1, 1]", "far — больше, чем similar"),
        ("far_km = 60", "far_km = 0", "far_km — целое число от 1 до 1000"),
        ("cover = 4", "help = 4", "weights: неизвестная строка «help»"),
        ("consent = 1", "consent = -1", "weights: consent — целое число от 0 до 1000"),
        ("format = 1", "format = 2", "ожидается строка format = 1"),
    ],
)
def test_a_definition_with_a_fault_is_refused_with_its_place(old: str, new: str, fault: str) -> None:
    assert old in TEXT
    with pytest.raises(UserError) as refused:
        parse(TEXT.replace(old, new))
    assert refused.value.code == "DATA_PAIRS_FAULTS"
    assert fault in refused.value.what


def test_the_threshold_of_the_rule_speaks_first() -> None:
    rules = load_rules()
    assert load_shipped().threshold(rules["rosobrnadzor-2022"]) == (30, 100)
    lowest = next(rule for rule in rules.values() if rule.threshold is None)
    assert load_shipped().threshold(lowest) == (30, 100)
