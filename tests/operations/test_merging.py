"""Two records of one school: what is said beforehand, what comes together, and taking it apart again."""

from __future__ import annotations

import pytest

from app.errors import UserError
from app.models import organisations
from app.models.store import Store
from app.operations import history, results, schools
from app.operations.matching import Directory
from tests.helpers.stores import dump
from tests.operations.conftest import MATHS5, mark, reading, school


@pytest.fixture
def three(store: Store) -> tuple[int, int, int]:
    first, second, third = (schools.add(store, {"name": f"СОШ № {n}"}) for n in (1, 2, 3))
    for number, key in enumerate((first, second, third), start=1):
        schools.set_code(store, key, "fisoko", f"edu00000{number}")
    return first, second, third


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
