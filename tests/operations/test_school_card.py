"""The card of a school: what it gathers, in which order, with which origins; figures worked out by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.errors import UserError
from app.exporters.pdf.render import layout
from app.models.store import Store
from app.operations import card_papers, identification, indices, metrics, origin, papers, results, school_card, schools
from app.operations.results import Options
from app.reports.card_data import Result, SchoolCard
from app.reports.school_card import index_text
from tests.operations.conftest import MATHS5, MATHS6, OGE_MATHS, RUSSIAN5, journal, mark, reading, school

ONE, TWO = school("СОШ № 1", "edu000001"), school("СОШ № 2", "edu000002")
MARKS = (
    mark(ONE, MATHS5, 2024, 2, 20), mark(ONE, MATHS5, 2025, 5, 20), mark(ONE, MATHS5, 2026, 8, 20),
    mark(ONE, RUSSIAN5, 2026, 3, 9), mark(ONE, MATHS6, 2026, 1, 25), mark(ONE, OGE_MATHS, 2025, 4, 10),
    mark(TWO, MATHS5, 2026, 2, 30),
)  # fmt: skip


@pytest.fixture
def filled(store: Store) -> Store:
    compared = journal(ONE, MATHS5, 2026, 20, 6)
    results.load(store, reading(*MARKS, journals=(compared,)), Options(create_schools=True))
    return store


def key_of(store: Store, name: str = "СОШ № 1") -> int:
    return schools.find(store.connection, name).id


def card_of(store: Store, name: str = "СОШ № 1", year: int = 2026) -> SchoolCard:
    return school_card.card(store.connection, key_of(store, name), year)


def result(card: SchoolCard, label: str) -> Result:
    return next(item for item in card.results if item.label == label)


def test_the_works_that_reached_the_threshold_come_first_and_those_without_the_year_last(filled: Store) -> None:
    found = [(item.label.replace("\u00a0", " "), item.last.hit if item.last else None) for item in
             card_of(filled).results]  # fmt: skip
    assert found == [
        ("ВПР математика, 5 кл.", True), ("ВПР русский язык, 5 кл.", True), ("ВПР математика, 6 кл.", False),
        ("ОГЭ математика", None),
    ]  # fmt: skip


def test_years_begin_with_the_first_that_has_data_and_end_with_the_year_of_results(filled: Store) -> None:
    card = card_of(filled)
    assert card.years == (2024, 2025, 2026)
    assert [(c.below, c.participants) for c in result(card, "ВПР математика, 5\u00a0кл.").counts if c] == [
        (2, 20), (5, 20), (8, 20),
    ]  # fmt: skip
    assert card_of(filled, year=2024).years == (2024, 2025)


def test_a_small_group_is_marked_and_has_its_interval(filled: Store) -> None:
    last = result(card_of(filled), "ВПР русский язык, 5\u00a0кл.").last
    assert last is not None
    assert last.small
    assert last.sample == "<10"
    # Wilson, 3 of 9: (0.3333 + 0.2134 ± 1.96·sqrt(0.02469 + 0.01186)) / 1.4268 = 0.1206 … 0.6458
    assert (round(last.low or 0, 3), round(last.high or 0, 3)) == (0.121, 0.646)


def test_without_a_row_of_the_municipality_its_schools_are_summed(filled: Store) -> None:
    area = result(card_of(filled), "ВПР математика, 5\u00a0кл.").municipality
    assert area is not None
    assert (area.below, area.participants, area.summed) == (10, 50, True)
    assert result(card_of(filled), "ВПР математика, 5\u00a0кл.").region is None


def test_every_count_leads_to_its_row(filled: Store) -> None:
    for item in card_of(filled).results:
        for found in item.counts:
            if found is not None and found.origin is not None:
                traced = origin.origin_of(filled.connection, found.origin.table, found.origin.row_id)
                assert traced.file is not None
                assert traced.file.name == "файл.xlsx"


def test_the_answer_says_word_reason_and_branch(filled: Store) -> None:
    answer = card_of(filled).answer
    assert answer is not None
    assert (answer.word, answer.listed, answer.state, answer.threshold) == ("в списке", True, "bad", (30, 100))
    assert "8\u00a0из\u00a020" in answer.why
    assert answer.branches
    two = card_of(filled, "СОШ № 2").answer
    assert two is not None
    assert two.word == "не в списке"
    assert two.listed is False


def test_sections_without_data_stay_quiet_and_the_journal_is_told(filled: Store) -> None:
    card = card_of(filled)
    told = card.section("journal")
    assert told is not None
    assert told.lines[0].text == "понизили 6, подтвердили 14, повысили 0 из\u00a020 (30,0\u00a0% понизили)"
    assert [part.key for part in card.sections if not part.lines] == [
        "deficits", "ties", "support", "work", "practices", "risks", "outside", "self_check", "projects", "checklists",
        "programme", "route", "decisions", "points", "papers", "notes", "explained",
    ]  # fmt: skip


def test_passport_metrics_notes_decisions_and_papers_are_gathered(filled: Store) -> None:
    key = key_of(filled)
    schools.set_years(filled, key, [(2026, "pupils", "312"), (2025, "pupils", "318"), (2025, "teachers", "24")])
    schools.appoint(filled, key, full_name="Громова Лидия Андреевна", date_from="01.09.2021")
    schools.appoint(filled, key, full_name="Ким О. В.", role="куратор")
    schools.add_note(filled, key, "Съездить до праздников", "01.12.2026")
    metrics.put(filled, 2026, [(key, "vacancies_psychologist", "0,5"), (key, "smp_level", "средний"),
                               (key, "smp_health", "22 из 30")])  # fmt: skip
    identification.correct(filled, "rosobrnadzor-2022", 2026, key, "not_listed", "писали трое")
    card = card_of(filled)
    told = {line.label: line.text.replace("\u00a0", " ") for line in card.passport}
    assert told == {
        "Директор": "Громова Лидия Андреевна, с 2021 года", "Заместитель": "—", "Адрес": "—",
        "Учеников": "312 (в прошлом году 318)", "Учителей": "24 (2025/26)", "Вакансии, ставок": "психолог — 0,5",
        "Куратор": "Ким О. В.",
    }  # fmt: skip
    checked = card.section("self_check")
    assert checked is not None
    assert [(line.label, line.text.replace("\u00a0", " ")) for line in checked.lines] == [
        ("Уровень", "средний"), ("Здоровье", "22 из 30 (73,3 %)"),
    ]  # fmt: skip
    noted, decided = card.section("notes"), card.section("decisions")
    assert noted is not None
    assert noted.lines[0].note == "напомнить 01.12.2026"
    assert decided is not None
    assert decided.lines[0].note == "писали трое"
    assert card.answer is not None
    assert card.answer.word == "не в списке"
    assert "писали трое" in card.answer.note
    made = card_papers.paper(filled.connection, key, 2026)
    papers.register(filled, made, papers.render(made, ".pdf"), "карточка.pdf")
    kept = card_of(filled).section("papers")
    assert kept is not None
    assert kept.lines[0].text == "Карточка школы СОШ № 1, 2026/27"
    other = card_of(filled, "СОШ № 2").section("papers")
    assert other is not None
    assert not other.lines


def test_the_indices_are_those_of_the_school_year_of_the_results(filled: Store) -> None:
    # spring of 2026 belongs to 2025/26 (decision 1); figures of 2026/27 are known too and must not be taken
    one, two = key_of(filled), key_of(filled, "СОШ № 2")
    for year, many in ((2025, (8, 2)), (2026, (1, 9))):
        for key, over in zip((one, two), many, strict=True):
            raws = {"teachers": 20, "teachers_overload": over, "teachers_off_profile": over}
            metrics.put(filled, year, [(key, code, str(raw)) for code, raw in raws.items()])
    shown = next(item for item in card_of(filled).indices if item.id == "staff")
    viewed = indices.compute(filled.connection, "staff", 2025).row(one)
    assert viewed is not None
    assert (shown.school_year, shown.value, shown.place, shown.of) == (2025, viewed.value, viewed.place, viewed.of)
    later = indices.compute(filled.connection, "staff", 2026).row(one)
    assert later is not None
    assert (shown.value, shown.place) != (later.value, later.place)
    assert index_text(shown).endswith(", 2025/26")


def test_both_ends_of_a_tie_name_the_other(filled: Store) -> None:
    giver, taker = key_of(filled, "СОШ № 2"), key_of(filled)
    with filled.operation("Связь", "tie") as operation:
        operation.insert("organisation_tie", donor_id=giver, receiver_id=taker, school_year=2026, subject="Математика",
                         grade=6, state="agreed")  # fmt: skip
    told = [card_of(filled, name).section("ties") for name in ("СОШ № 1", "СОШ № 2")]
    assert [(part.lines[0].label, part.lines[0].text) for part in told if part is not None] == [
        ("Помогает", "СОШ № 2"), ("Помощь получает", "СОШ № 1"),
    ]  # fmt: skip


def test_an_approved_list_is_a_decision_about_its_schools(filled: Store) -> None:
    identification.approve(filled, "rosobrnadzor-2022", 2026, order_number="214", order_date="28.11.2026",
                           issuer="управления образования")  # fmt: skip
    card = card_of(filled)
    decided = card.section("decisions")
    assert decided is not None
    assert decided.lines[0].text == "список утверждён приказом №\u00a0214: школа в списке"
    assert card.answer is not None
    assert card.answer.snapshot is not None
    assert "28.11.2026 № 214" in card.answer.note


def test_questions_are_drafted_from_vacancies_and_a_second_worse_year(filled: Store) -> None:
    metrics.put(filled, 2026, [(key_of(filled), "vacancies_teachers", "1,5")])
    assert [text.replace("\u00a0", " ") for text in card_of(filled).questions] == [
        "Кто и когда займёт вакантные ставки: учителя (1,5)?",
        "Почему второй год подряд хуже: ВПР математика, 5 кл. (2 из 20, 5 из 20, 8 из 20)?",
    ]


def test_a_school_without_anything_has_a_card_of_one_page(store: Store) -> None:
    key = schools.add(store, {"name": "СОШ № 9"})
    card = school_card.card(store.connection, key, 2026)
    assert card.answer is None
    assert card.results == ()
    assert card.result_year is None
    assert len(layout(card_papers.fitted(card))) == 1


def test_a_merged_record_gives_the_card_of_its_school(filled: Store) -> None:
    old = schools.add(filled, {"name": "Школа у моста"})
    schools.merge(filled, old, key_of(filled))
    assert school_card.card(filled.connection, old, 2026).school.name == "СОШ № 1"


def test_an_unknown_school_and_an_empty_list_say_so(store: Store) -> None:
    with pytest.raises(UserError) as caught:
        school_card.card(store.connection, 5, 2026)
    assert caught.value.code == "GEN_NO_SCHOOL"
    with pytest.raises(UserError) as caught:
        school_card.listed(store.connection, 2026)
    assert caught.value.code == "GEN_NO_RESULTS"
    with pytest.raises(UserError) as caught:
        card_papers.together([])
    assert caught.value.code == "PAPER_NO_CARDS"


def test_cards_of_the_list_are_one_file_with_a_page_each(filled: Store, tmp_path: Path) -> None:
    import pikepdf

    ids = school_card.listed(filled.connection, 2026)
    made = card_papers.together(list(card_papers.batch(filled.connection, [*ids, key_of(filled, "СОШ № 2")], 2026)))
    path = tmp_path / "карточки.pdf"
    path.write_bytes(made.data)
    with pikepdf.open(path) as pdf:
        assert len(pdf.pages) == 2
        with pdf.open_outline() as outline:
            assert [item.title.replace("\u00a0", " ") for item in outline.root] == [
                "Карточка школы: СОШ № 1", "Карточка школы: СОШ № 2",
            ]  # fmt: skip
