"""The kinds of grounds beside the two-year ones, worked out by hand, and the edge by trying every pupil."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.analysis.identification import Identification, identify
from app.analysis.metric_values import MetricAmount
from app.analysis.reasons import explain
from app.analysis.rule_model import Branch, Rule
from app.analysis.rules import check_rule, load_shipped, parse_rule
from tests.analysis.made import E_BASE, MATH, O_MATH, O_RUS, V_MATH_5, V_RUS_5, Row, frame, row

BASE = load_shipped()["rosobrnadzor-2022"]
REGION = 900


def ruled(*branches: Branch, **more: object) -> Rule:
    return replace(BASE, id="own", branches=branches, **more)  # type: ignore[arg-type]


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def asked(
    rows: Iterable[Row],
    rule: Rule,
    region: Iterable[Row] = (),
    schools: Sequence[int] = (1,),
    indices: Mapping[str, Mapping[int, float]] | None = None,
    metrics: Mapping[str, Mapping[int, MetricAmount | tuple[int, int]]] | None = None,
) -> Identification:
    areas = list(region)
    found = {"region": frame(areas)} if areas else {}
    return identify(frame(rows), rule, 2026, schools, metrics, indices, found)


# --- years running ------------------------------------------------------------------------------------------------

SAME_3 = Branch("same", "три года одна", "same_in_years", years=3)
ANY_3 = Branch("any", "три года любая", "each_of_years_any", years=3)


@pytest.mark.parametrize(
    ("counts", "same", "any_"),
    [
        # 8 of 27 is 29,63 %, 3 of 10 is exactly 30 %
        ([(2026, 3, 10), (2025, 3, 10), (2024, 3, 10)], True, True),
        ([(2026, 3, 10), (2025, 3, 10), (2024, 8, 27)], False, False),
        ([(2026, 3, 10), (2025, 3, 10)], False, False),
        ([(2025, 3, 10), (2024, 3, 10), (2023, 3, 10)], False, False),  # the year itself counts
    ],
)
def test_three_years_running(counts: list[tuple[int, int, int]], *, same: bool, any_: bool) -> None:
    rows = [row(O_MATH, year, below, of) for year, below, of in counts]
    got = asked(rows, ruled(SAME_3, ANY_3)).verdict(1)
    assert (("same" in got.true_branches), ("any" in got.true_branches)) == (same, any_)


def test_any_procedure_may_change_from_year_to_year_and_the_same_may_not() -> None:
    rows = [row(O_MATH, 2026, 5, 10), row(O_RUS, 2025, 5, 10), row(O_MATH, 2024, 5, 10)]
    got = asked(rows, ruled(SAME_3, ANY_3)).verdict(1)
    assert got.branches == ("any",)
    words = explain(got, ruled(SAME_3, ANY_3), 2026)
    assert plain(words.paragraph).startswith(
        "Школа входит в список 2026 года: порог 30 % достигнут и в 2024 году (по 1 процедуре), "
        "и в 2025 году (по 1 процедуре), и в 2026 году (по 1 процедуре): ОГЭ математика — 5 из 10 (50,0 %) в 2024 году;"
    )
    assert "Нет процедуры, по которой порог достигнут и в 2024, и в 2025, и в 2026 году." in plain(
        words.branch_lines[0].text
    )
    # the next year is foretold: two of three years are there
    assert "в 2025–2026 годах он уже достигнут, а правило смотрит на три года подряд" in plain(words.advice)


def test_the_same_three_years_in_words_and_the_way_out() -> None:
    rows = [row(O_MATH, year, below, 10) for year, below in ((2026, 4), (2025, 5), (2024, 3))]
    got = asked(rows, ruled(SAME_3)).verdict(1)
    assert plain(explain(got, ruled(SAME_3), 2026).paragraph).startswith(
        "Школа входит в список 2026 года: по одной и той же процедуре порог 30 % достигнут три года подряд: "
        "ОГЭ математика — 3 из 10 (30,0 %) в 2024 году, 5 из 10 (50,0 %) в 2025 году и 4 из 10 (40,0 %) в 2026 году."
    )
    assert [(step.fewer, step.allowed) for step in got.to_leave] == [(2, 2)]
    # 3 of 10 in 2024 stands at the bound: one fewer would have broken the row
    assert [(step.fraction.year, step.change) for step in got.edge_steps if step.fraction] == [(2024, -1)]


def test_two_years_by_the_new_kind_answer_as_the_old_one() -> None:
    rows = [row(O_MATH, 2026, 3, 10), row(O_RUS, 2025, 3, 10), row(V_MATH_5, 2026, 1, 3), row(V_MATH_5, 2025, 1, 3)]
    old = ruled(Branch("a", "а", "same_in_both_years"), Branch("b", "б", "each_of_two_years_any"))
    new = ruled(Branch("a", "а", "same_in_years", years=2), Branch("b", "б", "each_of_years_any", years=2))
    assert asked(rows, old).verdict(1) == asked(rows, new).verdict(1)
    assert plain(new.wording_for_paper(2026)) == plain(old.wording_for_paper(2026))
    three = plain(ruled(SAME_3).wording_for_paper(2026))
    assert "по одной и той же процедуре и в 2024, и в 2025, и в 2026 году" in three


# --- the gap to the region ----------------------------------------------------------------------------------------

GAP = Branch("gap", "хуже региона", "region_gap", bound=(10, 1))


@pytest.mark.parametrize(
    ("below", "of", "hit"),
    [(3, 10, True), (6, 20, True), (29, 100, False), (299, 1000, False), (300, 1000, True), (0, 10, False)],
)
def test_the_gap_counts_exactly_at_the_bound(below: int, of: int, *, hit: bool) -> None:
    """The region has 20 %; 30 % is exactly ten points more."""
    got = asked([row(O_MATH, 2026, below, of)], ruled(GAP), [row(O_MATH, 2026, 2000, 10000, school=REGION)]).verdict(1)
    assert got.verdict == ("listed" if hit else "not_listed")
    assert [(g.part, g.whole, g.area_part, g.area_whole, g.hit) for g in got.gaps] == [(below, of, 2000, 10000, hit)]


def test_a_gap_in_words_on_the_edge_and_out() -> None:
    rows = [row(O_MATH, 2026, 12, 30), row(O_RUS, 2026, 6, 30)]
    region = [row(O_MATH, 2026, 20, 100, school=REGION), row(O_RUS, 2026, 20, 100, school=REGION)]
    rule = ruled(GAP, threshold=None)
    got = asked(rows, rule, region).verdict(1)
    words = explain(got, rule, 2026)
    assert plain(words.paragraph) == (
        "Школа входит в список 2026 года: доля ниже минимума больше, чем по региону, на 10 п. п. и более, "
        "по 1 процедуре (для списка хватает 1): ОГЭ математика — 12 из 30 (40,0 %), по региону 20,0 %."
    )
    # 8 of 30 is 26,7 %, 9 of 30 is 30 %: four fewer are needed
    assert [(step.fewer, step.allowed) for step in got.to_leave] == [(4, 8)]
    assert not got.edge
    assert [plain(mark) for line in words.table_rows for mark in line.marks] == ["хуже на 20,0 п. п."]
    near = asked([row(O_MATH, 2026, 9, 30)], rule, region).verdict(1)
    assert near.edge
    assert [(step.change, step.fraction.label if step.fraction else "") for step in near.edge_steps] == [
        (-1, "ОГЭ математика")
    ]


def test_without_a_row_of_the_region_there_is_no_answer() -> None:
    rule = ruled(GAP, threshold=None)
    got = asked([row(O_MATH, 2026, 9, 10)], rule).verdict(1)
    assert got.verdict == "no_data"
    other = asked([row(O_MATH, 2026, 1, 10)], rule, [row(O_MATH, 2025, 0, 100, school=REGION)]).verdict(1)
    assert other.verdict == "no_data"
    half = asked(
        [row(O_MATH, 2026, 1, 10), row(O_RUS, 2026, 9, 10)], rule, [row(O_MATH, 2026, 1, 10, school=REGION)]
    ).verdict(1)
    assert half.verdict == "not_listed"
    assert half.incomplete
    assert half.missing_matters
    assert half.unknown_branches == ("gap",)


def with_means(rows: Iterable[Row], sums: Sequence[tuple[int, int, int, int]]) -> pd.DataFrame:
    made = frame(rows)
    for place, name in enumerate(("marks_sum", "marks_of", "stated_sum", "stated_of")):
        made[name] = [line[place] for line in sums]
    return made


@pytest.mark.parametrize(
    ("school", "region", "verdict"),
    [
        ((30, 10, 0, 0), (350, 100, 0, 0), "listed"),  # 3,00 against 3,50: half a mark exactly
        ((301, 100, 0, 0), (350, 100, 0, 0), "not_listed"),
        ((0, 0, 410_000, 100_000), (0, 0, 4_600_000, 1_000_000), "listed"),  # stated 4,1 against 4,6
        ((30, 10, 0, 0), (0, 0, 4_600_000, 1_000_000), "no_data"),  # a mean of marks and a stated one: not the same
    ],
)
def test_means_are_compared_only_with_their_like(
    school: tuple[int, int, int, int], region: tuple[int, int, int, int], verdict: str
) -> None:
    rule = ruled(Branch("gap", "средний", "region_gap", bound=(5, 10), measure="mean"), threshold=None)
    rows, area = [row(O_MATH, 2026, None, 10)], [row(O_MATH, 2026, None, 100, school=REGION)]
    got = identify(with_means(rows, [school]), rule, 2026, [1], areas={"region": with_means(area, [region])}).verdict(1)
    assert got.verdict == verdict
    assert not got.edge
    if verdict == "listed":
        words = plain(explain(got, rule, 2026).paragraph)
        assert "средний балл ниже, чем по региону, на 0,5 и более" in words
        assert "сказать нельзя" in explain(got, rule, 2026).advice


def test_a_gap_may_stand_beside_a_comparison_of_schools() -> None:
    lowest = Branch("low", "низшие", "lowest_share", share=(25, 100), kinds=("ОГЭ",))
    rule = ruled(lowest, replace(GAP, bound=(20, 1)), threshold=None, need=2)
    rows = [row(O_MATH, 2026, below, 10, school=school) for school, below in ((1, 6), (2, 5), (3, 0), (4, 0))]
    got = asked(rows, rule, [row(O_MATH, 2026, 20, 100, school=REGION)], (1, 2, 3, 4))
    assert got.listed_ids() == (1,)
    assert got.verdict(2).true_branches == ("gap",)
    assert [item.hit for item in got.verdict(2).gaps] == [True]


WORKS = (O_MATH, O_RUS, V_MATH_5, V_RUS_5)
MIXED = [
    ruled(GAP, threshold=None),
    ruled(replace(GAP, n=2), Branch("two", "две", "at_least_in_year", n=2)),
    ruled(GAP, Branch("two", "две", "at_least_in_year", n=2), need=2),
    ruled(GAP, SAME_3, Branch("any", "любая", "each_of_years_any", years=2), need=2, min_participants=5),
]


@st.composite
def results(draw: st.DrawFn) -> list[Row]:
    keys = draw(st.lists(st.tuples(st.sampled_from(WORKS), st.sampled_from([2024, 2025, 2026, 2026])), unique=True))
    sizes = [draw(st.sampled_from([2, 3, 9, 10, 20])) for _key in keys]
    return [row(*key, draw(st.integers(0, size)), size) for key, size in zip(keys, sizes, strict=True)]


@pytest.mark.parametrize("rule", MIXED, ids=["gap", "gap-or-two", "gap-and-two", "years"])
@settings(max_examples=60, deadline=None)
@given(rows=results())
def test_the_edge_and_the_way_out_are_what_they_say(rule: Rule, rows: list[Row]) -> None:
    """Every pupil is tried by computing anew; the steps out are taken and the school must be off the list."""
    region = [row(work, 2026, 20, 100, school=REGION) for work in WORKS[:3]]

    def verdict(changed: Sequence[Row]) -> str:
        return asked(changed, rule, region).verdict(1).verdict

    got = asked(rows, rule, region).verdict(1)
    moving = set()
    for place, item in enumerate(rows):
        for change in (1, -1):
            below = (item.below or 0) + change
            moved = [*rows[:place], replace(item, below=below), *rows[place + 1 :]]
            if 0 <= below <= item.participants and (verdict(moved) == "listed") != (got.verdict == "listed"):
                moving.add((item.work[0], item.work[1], item.year, change))
    steps = {
        (s.fraction.procedure, s.fraction.subject, s.fraction.year, s.change) for s in got.edge_steps if s.fraction
    }
    assert steps == moving
    assert got.edge == bool(moving)
    if got.to_leave:
        fewer: dict[tuple[str, str], int] = {(s.fraction.procedure, s.fraction.subject): s.fewer for s in got.to_leave}
        left = [
            replace(item, below=(item.below or 0) - fewer.get(item.work[:2], 0)) if item.year == 2026 else item
            for item in rows
        ]
        assert verdict(left) == "not_listed"


# --- indices, flags, metrics --------------------------------------------------------------------------------------

INDEX = Branch("index", "низший индекс", "index", data="index:social", share=(25, 100))
FLAG = Branch("town", "моногород", "flag", data="metric:monotown")
WORK = Branch(
    "jobs", "безработица", "metric_gap", data="metric:unemployment", base="metric:unemployment_region",
    flag="metric:unemployment_high", bound=(2, 100),
)  # fmt: skip


def test_a_quarter_of_twelve_is_three_and_ties_at_the_border_are_in() -> None:
    schools = tuple(range(1, 13))
    values = {school: float(school) for school in schools}
    rule = ruled(INDEX, threshold=None, procedures=())
    assert asked([], rule, schools=schools, indices={"social": values}).listed_ids() == (1, 2, 3)
    tied = asked([], rule, schools=schools, indices={"social": values | {4: 3.0 + 1e-13}})
    assert tied.listed_ids() == (1, 2, 3, 4)  # what rounding further down makes is no difference
    got = tied.verdict(5)
    assert [(p.place, p.schools, p.taken, p.hit) for p in got.indices] == [(5, 12, 3, False)]
    words = explain(tied.verdict(1), rule, 2026)
    assert "место 1 из 12, считая от самых низких (значение 1,00; граница — место 3, 3,00)" in plain(words.paragraph)
    few = asked([], rule, schools=schools, indices={"social": {1: -0.5, 2: 0.5}})
    assert few.listed_ids() == (1,)  # a quarter of the two that have a value
    assert few.verdict(3).verdict == "no_data"


@pytest.mark.parametrize(
    ("flag", "wanted", "verdict"),
    [((1, 1), True, "listed"), ((0, 1), True, "not_listed"), ((0, 1), False, "listed"), (None, True, "no_data")],
)
def test_flags(flag: tuple[int, int] | None, *, wanted: bool, verdict: str) -> None:
    rule = ruled(replace(FLAG, wanted=wanted), threshold=None, procedures=())
    got = asked([], rule, metrics={"monotown": {1: flag}} if flag else {}).verdict(1)
    assert got.verdict == verdict
    if verdict == "no_data":
        assert "ни по одному критерию" in explain(got, rule, 2026).paragraph
        assert "показатели школы" in explain(got, rule, 2026).advice


@pytest.mark.parametrize(
    ("own", "region", "flag", "verdict"),
    [
        ((7, 100), (5, 100), None, "listed"),  # two points exactly
        ((69, 1000), (5, 100), None, "not_listed"),
        ((7, 100), None, None, "no_data"),
        ((7, 100), None, (1, 1), "listed"),  # the flag speaks where a number is missing
        ((5, 100), (5, 100), (1, 1), "not_listed"),  # and is silent where both are there
    ],
)
def test_unemployment_against_the_region(
    own: tuple[int, int] | None, region: tuple[int, int] | None, flag: tuple[int, int] | None, verdict: str
) -> None:
    given = {"unemployment": own, "unemployment_region": region, "unemployment_high": flag}
    metrics = {name: {1: value} for name, value in given.items() if value}
    rule = ruled(WORK, threshold=None, procedures=())
    got = asked([], rule, metrics=metrics).verdict(1)
    assert got.verdict == verdict
    if region and verdict == "listed":
        assert "7 из 100 (7,0 %), в среднем по региону 5 из 100 (5,0 %)" in plain(explain(got, rule, 2026).paragraph)
    elif verdict == "listed":
        assert "по отметке «да», самих чисел нет" in plain(explain(got, rule, 2026).paragraph)


def test_the_rule_of_adverse_conditions_lists_by_any_of_its_criteria() -> None:
    rule = load_shipped()["lenobl-2018-shnsu"]
    schools = (1, 2, 3, 4, 5)
    values = {school: float(school) for school in schools}
    got = asked(
        [], rule, schools=schools, indices={"social": values, "staff": values},
        metrics={"monotown": {4: (1, 1), 5: (0, 1)}},
    )  # fmt: skip
    assert got.listed_ids() == (1, 2, 4)  # a quarter of five is two
    assert got.verdict(1).branches == ("social_index", "staff_index")
    assert got.verdict(5).incomplete


# --- faults of the text -------------------------------------------------------------------------------------------

HEAD = """
id = "own"
version = "1.0"
title = "Своё правило"
wording = ["слова"]
source = "приказ"
"""
GROUP = '[[procedures]]\nid = "a"\nlabel = "{0}"\nprocedure = "{0}"\nsubject = "Математика"\n'
BRANCH = '[[branches]]\nid = "b"\nlabel = "б"\n'


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ('kind = "region_gap"\nbound = [10, 1]\n', []),
        ('kind = "region_gap"\n', ["RULE_KEY_MISSING"]),
        ('kind = "region_gap"\nbound = [0, 1]\n', ["RULE_VALUE_RANGE"]),
        ('kind = "region_gap"\nbound = [10, 1]\nn = 2\n', ["RULE_PROCEDURES_FEW"]),
        ('kind = "region_gap"\nbound = [10, 1]\nmeasure = "median"\n', ["RULE_VALUE_RANGE"]),
        ('kind = "region_gap"\nbound = [10, 1]\nagainst = "country"\n', ["RULE_VALUE_RANGE"]),
        ('kind = "same_in_years"\n', ["RULE_KEY_MISSING", "RULE_KEY_MISSING"]),  # years, and the threshold
        ('kind = "same_in_years"\nyears = 1\n', ["RULE_VALUE_RANGE", "RULE_KEY_MISSING"]),
        ('kind = "flag"\ndata = "metric:monotown"\nwanted = "нет"\n', ["RULE_VALUE_TYPE"]),
        ('kind = "flag"\ndata = "index:social"\n', ["RULE_VALUE_RANGE"]),
        ('kind = "index"\ndata = "index:social"\n', ["RULE_KEY_MISSING"]),
        ('kind = "index"\ndata = "metric:social"\nshare = [1, 4]\n', ["RULE_VALUE_RANGE"]),
        ('kind = "metric_gap"\ndata = "metric:a"\nbound = [2, 100]\n', ["RULE_KEY_MISSING"]),
        ('kind = "metric_gap"\ndata = "metric:a"\nbase = "metric:b"\nbound = [2, 100]\n', []),
    ],
)
def test_faults_of_the_new_kinds(text: str, codes: list[str]) -> None:
    assert [fault.code for fault in check_rule(HEAD + GROUP.format("ОГЭ") + BRANCH + text)] == codes


def test_means_of_two_scales_are_not_added() -> None:
    text = HEAD + GROUP.format("ЕГЭ") + BRANCH + 'kind = "region_gap"\nbound = [5, 1]\nmeasure = "mean"\n'
    assert [fault.code for fault in check_rule(text)] == ["RULE_MEAN_LEVELS"]
    assert check_rule('egemath = "two"\n' + text) == []
    assert check_rule(text.replace('subject = "Математика"', 'subject = "Математика"\nlevels = ["base"]')) == []
    assert E_BASE[1] == MATH  # the group above is the one whose scales differ


def test_a_gap_needs_procedures_and_no_threshold() -> None:
    text = HEAD + BRANCH + 'kind = "region_gap"\nbound = [10, 1]\n'
    assert [fault.code for fault in check_rule(text)] == ["RULE_KEY_MISSING", "RULE_PROCEDURES_FEW"]
    rule = parse_rule(HEAD + GROUP.format("ОГЭ") + BRANCH + 'kind = "region_gap"\nbound = [10, 1]\n')
    assert rule.threshold is None
    assert "Учитываются: ОГЭ." in plain(rule.wording_for_paper(2026))
