"""A protocol that writes the code of a school without that of its municipality."""

from __future__ import annotations

import pytest

from app.importers.parsed import UnitRef
from app.models.store import Store
from app.operations import results, schools
from app.operations.matching import Directory
from tests.operations.conftest import OGE_MATHS, mark, reading

BARE = (("oo", "13450"),)


def a_school(store: Store, name: str, code: str) -> int:
    key = schools.add(store, {"name": name})
    schools.set_code(store, key, "oo", code)
    return key


def test_a_bare_code_is_the_one_school_of_ours_whose_code_ends_so(store: Store) -> None:
    key = a_school(store, "СОШ № 5", "213-13450")
    a_school(store, "СОШ № 6", "213-13451")
    directory = Directory(store.connection)
    found = directory.match("ОО 13450", BARE, None)
    assert found is not None
    assert (found.school_id, found.how) == (key, "tail")
    assert directory.find("ОО 13452", (("oo", "13452"),), None) is None
    assert directory.find("СОШ № 5", BARE, None) == key, "a name that agrees"
    assert directory.find("Лицей № 9 с. Дальнее", BARE, None) is None, "a name that is another school's"


def test_two_schools_with_the_same_end_are_proposed_and_not_taken(store: Store) -> None:
    one = a_school(store, "СОШ № 5", "213-13450")
    two = a_school(store, "Лицей № 2", "214-13450")
    directory = Directory(store.connection)
    assert directory.match("ОО 13450", BARE, None) is None
    found = directory.propose("ОО 13450", None, codes=BARE)
    assert {p.school_id for p in found} == {one, two}
    assert {p.reasons[0] for p in found} == {"тот же код ОО без кода МСУ"}
    # the code of the municipality tells them apart
    assert directory.find("ОО 13450", (*BARE, ("msu", "214")), None) == two
    assert directory.find("ОО 13450", (*BARE, ("msu", "215")), None) is None


def test_a_school_that_is_not_ours_does_not_stand_in_the_way(store: Store) -> None:
    with store.operation("Чужая школа", "test") as operation:
        other = operation.insert("organisation", name="СОШ № 1", own=0)
        operation.insert("organisation_code", organisation_id=other, system="oo", value="301-13450")
    assert Directory(store.connection).match("ОО 13450", BARE, None) is None
    ours = a_school(store, "СОШ № 5", "213-13450")
    assert Directory(store.connection).find("ОО 13450", BARE, None) == ours


@pytest.mark.parametrize(
    ("code", "bare"),
    [("213-1345", "1345"), ("213-13450", "3450"), ("13450", "450"), ("21313450", "13450")],
    ids=["four digits", "a part of the end", "no hyphen and short", "no hyphen"],
)
def test_less_than_the_whole_end_of_five_digits_says_nothing(store: Store, code: str, bare: str) -> None:
    a_school(store, "СОШ № 5", code)
    assert Directory(store.connection).match(f"ОО {bare}", (("oo", bare),), None) is None


def test_a_row_of_another_municipality_is_only_proposed(store: Store) -> None:
    key = a_school(store, "СОШ № 5", "213-13450")
    directory = Directory(store.connection)
    assert directory.schools[key].municipality
    assert directory.find("ОО 13450", BARE, "Лесогорский МО") == key
    assert directory.find("ОО 13450", BARE, "Заречный район") is None
    assert [p.school_id for p in directory.propose("ОО 13450", "Заречный район", codes=BARE)] == [key]


def test_an_own_number_of_a_table_is_only_proposed(store: Store) -> None:
    key = a_school(store, "СОШ № 5", "213-13450")
    directory, codes = Directory(store.connection), (("own", "13450"),)
    assert directory.find("13450", codes, None) is None
    assert [p.school_id for p in directory.propose("13450", None, codes=codes)] == [key]


def test_a_protocol_goes_to_the_school_and_a_guess_is_not_remembered(store: Store) -> None:
    key = a_school(store, "СОШ № 5", "213-13450")
    row = mark(UnitRef("school", "ОО 13450", (("oo", "13450"),)), OGE_MATHS, 2026, 3, 20)
    assert results.load(store, reading(row)).rows_new == 1
    assert [m.organisation_id for m in results.marks(store.connection)] == [key]
    # a second school with this end: nobody knows any more who is meant, until a person says it
    two = a_school(store, "Лицей № 2", "214-13450")
    plan = results.preview(store.connection, reading(row))
    (unknown,) = plan.unknown
    assert {p.school_id for p in unknown.proposals} == {key, two}
    results.load(store, reading(row), results.Options(decisions={unknown.key: two}))
    assert results.preview(store.connection, reading(row)).unknown == ()
