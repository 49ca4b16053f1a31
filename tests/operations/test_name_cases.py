"""Own forms of a person's name: kept with the person, stronger than rules, undone like any change."""

from __future__ import annotations

from app.models.store import Store
from app.operations import directory, history


def test_own_forms_of_a_name_win_and_are_undone(store: Store) -> None:
    key = directory.add_person(store, "Цой Виктор Робертович")
    (person,) = directory.people(store.connection)
    assert directory.name_in(person, "dative") == "Цою Виктору Робертовичу"
    assert directory.own_forms(person) == {}
    directory.edit_person(store, key, name_cases=directory.case_forms({"dative": " Цой Виктору ", "genitive": ""}))
    (person,) = directory.people(store.connection)
    assert directory.own_forms(person) == {"dative": "Цой Виктору"}
    assert directory.name_in(person, "dative") == "Цой Виктору"
    assert directory.name_in(person, "genitive") == "Цоя Виктора Робертовича"
    history.undo(store)
    (person,) = directory.people(store.connection)
    assert directory.name_in(person, "dative") == "Цою Виктору Робертовичу"


def test_nothing_said_is_nothing_kept() -> None:
    assert directory.case_forms({"dative": "  "}) is None
