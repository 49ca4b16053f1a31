"""Two records of one school: what is said beforehand, what comes together, and taking it apart again."""

from __future__ import annotations

import pytest

from app.errors import UserError
from app.models import organisations
from app.models.store import Store
from app.operations import checks, history, merge_words, results, schools
from app.operations.matching import Directory
from tests.helpers.stores import dump
from tests.operations.conftest import MATHS5, journal, mark, reading, school


@pytest.fixture
def three(store: Store) -> tuple[int, int, int]:
    first, second, third = (schools.add(store, {"name": f"СОШ № {n}"}) for n in (1, 2, 3))
    for number, key in enumerate((first, second, third), start=1):
        schools.set_code(store, key, "fisoko", f"edu00000{number}")
    return first, second, third


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def pointers(store: Store) -> dict[int, int | None]:
    rows = store.connection.execute("SELECT id, duplicate_of FROM organisation")
    return dict(rows.fetchall())


def test_the_preview_names_everything_that_comes_together(store: Store, three: tuple[int, int, int]) -> None:
    kept, merged, _third = three
    schools.edit(store, merged, {"name": "СОШ № 2 с. Сосновка", "settlement": "с. Сосновка"})
    schools.add_alias(store, merged, "Сосновская школа")
    schools.appoint(store, merged, full_name="Громова Л. А.")
    schools.appoint(store, merged, full_name="Ушедшая П. П.", role="завуч", date_from="01.09.2020")
    schools.appoint(store, merged, full_name="Новая Н. Н.", role="завуч", date_from="01.09.2024")
    schools.add_contact(store, merged, "телефон", "12-34-56")
    schools.add_note(store, merged, "Позвонить")
    schools.set_code(store, merged, "inn", "7707083893")
    results.load(store, reading(mark(school("а", "edu000001"), MATHS5, 2025, 8, 20)))
    results.load(store, reading(mark(school("б", "edu000002"), MATHS5, 2025, 1, 20)))
    results.load(store, reading(mark(school("б", "edu000002"), MATHS5, 2026, 1, 20)))
    found = schools.preview_merge(store.connection, merged, kept)
    assert (found.results_moved, found.results_both, len(found.differences)) == (1, 1, 1)
    assert found.codes == (("fisoko", "edu000002"), ("inn", "7707083893"))
    assert found.spellings[:2] == ("СОШ № 2 с. Сосновка", "Сосновская школа")
    assert set(found.people) == {"директор: Громова Л. А.", "завуч: Новая Н. Н."}
    assert (found.contacts, found.notes, found.followers) == (1, 1, ())
    assert found.doubts == (
        "Названия говорят о разном: номер: 2 → 1.",
        "Логин ФИС ОКО у записей разный: edu000002 и edu000001.",
    )


def test_what_was_said_does_come_together_and_goes_back(store: Store, three: tuple[int, int, int]) -> None:
    kept, merged, _third = three
    schools.add_alias(store, merged, "Сосновская школа")
    schools.appoint(store, merged, full_name="Громова Л. А.")
    schools.add_contact(store, merged, "телефон", "12-34-56")
    schools.add_note(store, merged, "Позвонить")
    before = dump(store.connection)
    schools.merge(store, merged, kept)
    card = schools.card(store.connection, kept)
    assert "Сосновская школа" in [text for _key, text in card.aliases]
    assert [post.person for post in card.appointments] == ["Громова Л. А."]
    assert [value for _key, _kind, value, _note in card.contacts] == ["12-34-56"]
    assert [text for _key, text, *_ in card.notes] == ["Позвонить"]
    (row,) = [row for row in schools.table(store.connection, 2026) if row.school.id == kept]
    assert row.head == "Громова Л. А."
    directory = Directory(store.connection)
    assert directory.find("МБОУ «СОШ №2»", (), None) == kept, "the merged record's name leads to the school"
    schools.separate(store, merged)
    assert schools.card(store.connection, kept).appointments == ()
    assert dump(store.connection) == before


def test_a_new_head_follows_the_head_of_the_merged_record(store: Store, three: tuple[int, int, int]) -> None:
    kept, merged, _third = three
    schools.appoint(store, merged, full_name="Громова Л. А.")
    schools.merge(store, merged, kept)
    schools.appoint(store, kept, full_name="Павлова Т. И.", date_from="10.01.2026")
    posts = {post.person: post.date_to for post in schools.card(store.connection, kept).appointments}
    assert posts == {"Павлова Т. И.": None, "Громова Л. А.": "2026-01-10"}


def test_a_chain_is_led_to_its_end_and_comes_back_link_by_link(store: Store, three: tuple[int, int, int]) -> None:
    first, second, third = three
    results.load(store, reading(mark(school("а", "edu000001"), MATHS5, 2025, 8, 20)))
    schools.merge(store, first, second)
    found = schools.preview_merge(store.connection, second, third)
    assert (found.followers, found.results_moved) == (("СОШ № 1",), 1)
    assert found.codes == (("fisoko", "edu000002"), ("fisoko", "edu000001"))
    schools.merge(store, second, third)
    assert pointers(store) == {first: third, second: third, third: None}
    assert schools.find(store.connection, "sch000001").id == third
    assert [m.school for m in results.marks(store.connection, organisation_id=third)] == ["СОШ № 3"]
    assert Directory(store.connection).find("СОШ № 1", (), None) == third
    schools.separate(store, second)
    assert pointers(store) == {first: second, second: None, third: None}, "what came along goes back with it"
    history.undo(store)
    history.undo(store)
    assert pointers(store) == {first: second, second: None, third: None}
    schools.merge(store, second, third)
    schools.separate(store, first)
    schools.separate(store, second)
    assert pointers(store) == {first: None, second: None, third: None}, "who was taken out before stays out"


def test_merging_into_a_merged_record_means_the_one_it_points_to(store: Store, three: tuple[int, int, int]) -> None:
    first, second, third = three
    schools.merge(store, first, second)
    assert schools.preview_merge(store.connection, third, first).kept.id == second
    schools.merge(store, third, first)
    assert pointers(store) == {first: second, second: None, third: second}
    with pytest.raises(UserError) as caught:
        schools.merge(store, second, first)
    assert caught.value.code == "GEN_MERGE_SELF"
    assert organisations.canonical_map(store.connection) == {first: second, third: second}


def test_of_two_merged_records_only_one_goes_where_it_is_led(store: Store, three: tuple[int, int, int]) -> None:
    """A record that joined the canonical one by itself does not leave it with another."""
    first, second, third = three
    schools.merge(store, first, third)
    schools.merge(store, second, third)
    schools.separate(store, second)
    assert pointers(store) == {first: third, second: None, third: None}


def fill(store: Store, key: int, *, year: int) -> None:
    """Give a record one row of every kind of fact, and two tasks of one work."""
    with store.operation("Загружено", "test") as operation:
        work = operation.connection.execute("SELECT id FROM assessment").fetchone()
        work_id = work[0] if work else operation.insert("assessment", procedure="ВПР", subject="Физика", grade=7)
        what = {"organisation_id": key, "assessment_id": work_id, "result_year": year}
        operation.insert("mark_count", **what, participants=20, below_min=2)
        operation.insert("journal_count", **what, total=20, lowered=1, confirmed=19, raised=0)
        for task in ("1", "2"):
            operation.insert("task_count", **what, task=task, participants=20, points=10)
        operation.insert("score_count", **what, participants=2, counts="0 1 1")
        operation.insert("metric_value", organisation_id=key, school_year=year, metric="noko", exact="80", raw="80")
        operation.insert("school_project", organisation_id=key, school_year=year, kind="own", name="Сад")
        found = operation.connection.execute("SELECT id FROM external_list").fetchone()
        lists = found[0] if found else operation.insert(
            "external_list", kind="bias", year=2026, title="Маркеры", added_at="", actor=""
        )  # fmt: skip
        operation.insert("external_entry", list_id=lists, organisation_id=key, item=str(year), raw="1")
        operation.insert("data_explanation", code="DATA_JUMP", subject=f"mark:school:{key}:1:{year}:0", figures="",
                         text="так", actor="", created_at="")  # fmt: skip
    schools.set_year(store, key, year, "pupils", "300")


def test_facts_of_every_kind_come_along(store: Store, three: tuple[int, int, int]) -> None:
    """The duplicate has 2025 and 2026, the record that stays 2026: a project and an explanation are never silent."""
    kept, merged, third = three
    fill(store, kept, year=2026)
    fill(store, merged, year=2026)
    fill(store, merged, year=2025)
    fill(store, third, year=2024)
    schools.merge(store, third, merged)
    found = schools.preview_merge(store.connection, merged, kept)
    assert {item.table: (item.new, item.both) for item in found.facts} == {
        "mark_count": (2, 1), "journal_count": (2, 1), "task_count": (4, 2), "score_count": (2, 1),
        "metric_value": (2, 1), "organisation_year": (2, 1), "school_project": (3, 0), "external_entry": (2, 1),
        "data_explanation": (3, 0),
    }  # fmt: skip
    assert (found.results_moved, found.results_both) == (22, 8)
    assert [plain(line) for line in merge_words.of_facts(found.facts)] == [
        (
            "Перейдёт к основной записи: 2 результата, 2 сравнения с журналом, 4 строки по заданиям, "
            "2 распределения баллов, 2 значения показателей, 2 учебных года с числом учеников, 3 проекта, "
            "2 записи из списков извне, 3 объяснения замечаний."
        ),
        (
            "Есть у обеих записей: 1 результат, 1 сравнение с журналом, 2 строки по заданиям, 1 распределение баллов, "
            "1 значение показателя, 1 учебный год с числом учеников, 1 запись из списков извне. "
            "Считаться будут числа основной."
        ),
    ]


def test_a_record_without_facts_says_so(store: Store, three: tuple[int, int, int]) -> None:
    found = schools.preview_merge(store.connection, three[1], three[0])
    assert found.facts == ()
    assert merge_words.of_facts(found.facts) == ["Своих чисел у двойника нет, переходить нечему."]


def test_comparisons_with_the_journal_contradict_like_marks(store: Store, three: tuple[int, int, int]) -> None:
    kept, merged, _third = three
    one, other = school("а", "edu000001"), school("б", "edu000002")
    same = (journal(one, MATHS5, 2026, 20, 5), journal(other, MATHS5, 2026, 20, 5))
    results.load(store, reading(journals=(journal(one, MATHS5, 2025, 20, 3), same[0]), name="а.xlsx"))
    results.load(store, reading(journals=(journal(other, MATHS5, 2025, 20, 4), same[1]), name="б.xlsx"))
    foreseen = schools.preview_merge(store.connection, merged, kept).differences
    assert [plain(item.message) for item in foreseen] == [
        (
            "СОШ № 1, ВПР математика, 5 кл., сравнение с журналом за 2025 год: в объединённых записях разные числа. "
            "Считается понизили, подтвердили, повысили 3 · 17 · 0 из 20 (файл: а.xlsx), "
            "не считается понизили, подтвердили, повысили 4 · 16 · 0 из 20 (файл: б.xlsx). "
            "Если верно второе, загрузите верный файл ещё раз или разделите записи."
        )
    ]
    schools.merge(store, merged, kept)
    (found,) = [p for p in checks.problems(store.connection) if p.code == "STORE_MERGED_DIFFERS"]
    assert (found.message, found.place.kind, found.place.year) == (foreseen[0].message, "mark", 2025)
    checks.explain(store, found, "Так и было")
    assert not [p for p in checks.problems(store.connection) if p.open and p.code == "STORE_MERGED_DIFFERS"]


def test_the_card_says_which_codes_and_years_a_merged_record_has(store: Store, three: tuple[int, int, int]) -> None:
    kept, merged, _third = three
    schools.set_code(store, merged, "inn", "7707083893")
    schools.set_years(store, merged, [(2025, "pupils", "300"), (2025, "teachers", "21"), (2024, "teachers", "20")])
    assert schools.card(store.connection, kept).merged == ()
    schools.merge(store, merged, kept)
    (record,) = schools.card(store.connection, kept).merged
    assert merge_words.of_merged(record) == (
        "Объединена с «СОШ № 2». Её коды: логин ФИС ОКО edu000002, ИНН 7707083893. "
        "Её числа: 2025/26 — учеников 300, учителей 21; 2024/25 — учителей 20."
    )
