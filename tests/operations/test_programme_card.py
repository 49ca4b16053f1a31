"""What a school's card says of the programme: only what covers this school in this year."""

from __future__ import annotations

import pytest

from app.models.store import Store
from app.operations import programme_edit as edit
from app.operations import programme_life, programmes, school_card
from app.operations.programme_card import section
from tests.helpers import stores
from tests.helpers.programmes import small


@pytest.fixture
def keys(store: Store) -> dict[str, int]:
    found = small(store)
    found["school"], found["other"] = (stores.school(store, f"СОШ № {place}") for place in (1, 2))
    edit.put_term(store, found["first"], "осень 2026 года")
    edit.put_responsible(store, found["first"], ["ММС", "школы"])
    return found


def _told(store: Store, school: int, year: int = 2026, *, listed: bool = False) -> list[tuple[str, str, str]]:
    found = section(store.connection, [school], year, None, listed=listed)
    return [(line.label, line.text, line.note) for line in found.lines]


def test_chosen_schools_only(store: Store, keys: dict[str, int]) -> None:
    edit.put_schools(store, keys["first"], "chosen", [keys["school"]])
    told = [("Программа, 1.1", "Стажировки учителей", "осень 2026 года, ММС; школы, проект")]
    assert _told(store, keys["school"]) == told
    assert _told(store, keys["other"]) == []


def test_schools_of_the_list_and_all_schools(store: Store, keys: dict[str, int]) -> None:
    edit.put_schools(store, keys["first"], "listed")
    edit.put_schools(store, keys["second"], "all")
    assert [label for label, *_ in _told(store, keys["school"], listed=True)] == ["Программа, 1.1", "Программа, 1.2"]
    assert [label for label, *_ in _told(store, keys["school"])] == ["Программа, 1.2"]


@pytest.mark.parametrize(("year", "seen"), [(2024, False), (2025, True), (2026, True), (2028, True), (2029, False)])
def test_the_years_of_the_programme(store: Store, keys: dict[str, int], year: int, seen: bool) -> None:
    edit.put_schools(store, keys["first"], "all")
    assert bool(_told(store, keys["school"], year)) is seen


def test_an_approved_edition_counts_before_a_later_draft(store: Store, keys: dict[str, int]) -> None:
    edit.put_schools(store, keys["first"], "all")
    programme_life.approve(store, keys["programme"], act_kind="Приказ", act_number="1", act_date="2026-01-15")
    draft = programme_life.new_edition(store, keys["programme"])
    for node in programmes.tree(store.connection, draft).of_kind("activity"):
        edit.put_text(store, node.id, "Иначе")
    assert _told(store, keys["school"]) == [("Программа, 1.1", "Стажировки учителей", "осень 2026 года, ММС; школы")]


def test_a_school_s_own_programme_is_its_alone(store: Store, keys: dict[str, int]) -> None:
    own = programmes.create(store, "school", "Программа перехода", 2026, 2027, organisation_id=keys["school"])
    edit.add(store, own, "activity", "Консультации учеников")
    assert _told(store, keys["school"]) == [("Программа школы, 1", "Консультации учеников", "проект")]
    assert _told(store, keys["other"]) == []


def test_the_card_has_the_section(store: Store, keys: dict[str, int]) -> None:
    edit.put_schools(store, keys["first"], "all")
    card = school_card.card(store.connection, keys["school"], 2026)
    found = next(part for part in card.sections if part.key == "programme")
    assert [line.way.key for line in found.lines if line.way] == [str(keys["first"])]
    assert (found.title, found.nothing) == ("Мероприятия программы", "мероприятий для школы нет")
