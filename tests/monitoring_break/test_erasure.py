"""Erasing a person reaches every text of the monitoring: rows, entries that wait, the journal, the backups."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

import pytest

from app.models import backup, erasure
from app.models.schema_006 import STEP_006
from app.models.store import Store
from app.operations import directory, registers
from tests.helpers import stores
from tests.helpers.rows import RowMaker

NAME = "Незабудкина Аглая Прокофьевна"
SHORT = "Незабудкина А. П."
NEVER = {
    "execution": {"done_on", "done_code", "moved_to", "spent_code", "state"},
    "measuring_point": {"stage", "due_on", "closed_at", "reopened_at"},
    "indicator_value": {"value", "code"},
    "indicator_rule": {"formula", "tolerance", "tolerance_code"},
    "indicator_stored": {"value", "target", "required", "baseline", "direction", "tolerance", "light", "formula",
                         "stored_at"},
    "attachment": {"table_name", "sha256", "added_at"},
    "decision_document": {"kind", "dated", "data_on", "next_on"},
    "decision_point": {"due_on", "state", "done_on"},
    "task": {"kind", "due_on", "repeat", "place_key", "done_on"},
    "request": {"dated", "received_on", "due_on", "answered_on"},
    "calendar_day": {"day", "kind"},
    "school_break": {"date_from", "date_to"},
    "legal_act": {"level", "dated", "date_from", "date_to"},
    "partnership": {"donor_kind", "dated", "date_from", "date_to", "state"},
    "partnership_event": {"planned_on", "held_on"},
    "platform_measure": {"measure", "value", "code"},
    "deficit": {"audience", "kind"},
    "plan_count": {"kind"},
    "support_line": {"date_from", "date_to", "state"},
    "risk_measure": {"due_on", "state", "done_on"},
    "cycle_document": {"component", "dated"},
    "route_step": {"planned_on", "held_on", "next_on"},
    "paper_text": {"paper", "period", "key"},
    "recommendation": {"addressee", "due_on", "sent_on", "used"},
    "saved_view": {"place"},
}  # fmt: skip
"""Texts that nobody writes freely: days, codes, keys, words of a list, numbers that were read."""


def texts() -> dict[str, set[str]]:
    """Return table → its TEXT columns, as schema step 6 makes them."""
    found = {}
    for table, body in re.findall(r"CREATE TABLE (\w+) \((.*?)\) STRICT;", STEP_006, re.DOTALL):
        found[table] = set(re.findall(r"^    (\w+) TEXT", body, re.MULTILINE))
    return {table: columns for table, columns in found.items() if columns}


def named() -> dict[str, set[str]]:
    return {table: set(columns) for table, columns in erasure._NAMED_IN_MONITORING.items()}


def test_every_text_of_the_monitoring_is_erased_or_can_name_nobody() -> None:
    known, listed = texts(), named()
    assert set(known) == set(listed) | set(NEVER), "a table that nobody thought of"
    for table, columns in known.items():
        erased, never = listed.get(table, set()), NEVER.get(table, set())
        assert columns == erased | never, f"{table}: {columns ^ (erased | never)}"
        assert not erased & never, table


def in_bytes(store: Store) -> list[tuple[str, str]]:
    """Return which files hold which spelling still."""
    files = [store.path, store.path.with_name(store.path.name + "-wal")]
    files += [copy.path for copy in backup.listing(store.path)]
    return [
        (file.name, told) for file in files if file.exists()
        for told in (NAME, SHORT) if told.encode() in file.read_bytes()
    ]  # fmt: skip


def holders(connection: sqlite3.Connection) -> list[tuple[str, str]]:
    """Return (table, spelling) for every row of any table that names the person."""
    tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    return [
        (table, told) for table in tables for row in connection.execute(f'SELECT * FROM "{table}"')
        for told in (NAME, SHORT) if any(isinstance(cell, str) and told in cell for cell in row)
    ]  # fmt: skip


def said(name: str) -> str:
    """What stands in a text that names somebody."""
    return f"передано: {name}, до пятницы"


@pytest.fixture
def person(store: Store) -> int:
    """A person whose initials a task says to be hers, named in every text there is, and in what was there before."""
    key = directory.add_person(store, NAME)
    registers.add(store, "tasks", {}, text="Позвонить", responsible=SHORT, person_id=key)
    maker = RowMaker(store.connection, 7, ["проба"])
    for old, new in ((NAME, "никто"), (SHORT, NAME), ("никто", SHORT)):
        with store.operation(f"Вписано: {new}", "test.fill") as operation:
            for table, columns in named().items():
                row = None
                while row is None:
                    try:
                        row = maker.insert(operation, table)
                    except sqlite3.IntegrityError:
                        continue
                operation.update(table, row, **dict.fromkeys(columns, said(old)))
                operation.update(table, row, **dict.fromkeys(columns, said(new)))
    return key


def test_an_erased_person_is_in_no_text_of_the_monitoring(store: Store, person: int) -> None:
    store.backup("by-hand")
    assert {table for table, _told in holders(store.connection)} >= set(named())
    directory.erase_person(store, person)
    assert holders(store.connection) == []
    assert in_bytes(store) == []
    # nothing went away with the name
    for table in named():
        assert store.connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] >= 3, table


ROWS = {
    "supporters": ({}, [(-1, "person_id", NAME)]),
    "tasks": ({}, [(-1, "due_on", f"спросить {SHORT}"), (-1, "text", "Дело")]),
    "days": ({}, [(-1, "title", said(NAME))]),
    "breaks": ({"school_year": 2026}, [(-1, "date_from", said(SHORT))]),
    "deficits": ({"school_year": 2026}, [(-1, "people", said(SHORT))]),
    "platforms": ({"school_year": 2026}, [(-1, "organisation_id", said(NAME))]),
    "risks": ({"school_year": 2026}, [(-1, "due_on", said(SHORT))]),
}


@pytest.mark.parametrize("key", ROWS)
@pytest.mark.parametrize("gone", [False, True])
def test_an_entry_that_waits_is_erased_too(store: Store, key: str, gone: bool) -> None:
    """An entry that does not fit stays as it was typed; taken out again it still stands in the journal."""
    person = directory.add_person(store, NAME)
    registers.add(store, "tasks", {}, text="Позвонить", responsible=SHORT, person_id=person)
    scope, cells = ROWS[key]
    made = registers.put_cells(store, key, scope, cells)
    assert any(table == "draft_cell" for table, _told in holders(store.connection)), "the entry does not wait"
    if gone:
        registers.remove(store, key, scope, made.values())
        assert not any(table == "draft_cell" for table, _told in holders(store.connection))
    store.backup("by-hand")
    directory.erase_person(store, person)
    assert holders(store.connection) == []
    assert in_bytes(store) == []


def test_two_views_under_two_spellings_of_one_name_stay_two(store: Store) -> None:
    from app.models import saved_views

    person = directory.add_person(store, NAME)
    registers.add(store, "tasks", {}, text="Позвонить", responsible=SHORT, person_id=person)
    with store.operation("Виды", "view.put") as operation:
        for title in (NAME, SHORT):
            saved_views.put(operation, "charts", title, "{}")
    directory.erase_person(store, person)
    assert len({one.title for one in saved_views.listing(store.connection, "charts")}) == 2
    assert holders(store.connection) == []


def test_a_backup_of_the_time_before_the_monitoring_can_be_erased(tmp_path: Path) -> None:
    path = tmp_path / "a.opora"
    with stores.opened(_made(path)) as store:
        key = directory.add_person(store, NAME)
        store.backup("by-hand")
        copy = backup.listing(path)[0].path
        with sqlite3.connect(copy) as old:
            for table in [*texts(), "execution_school"][::-1]:
                old.execute("PRAGMA foreign_keys = OFF")
                old.execute(f"DROP TABLE {table}")
        directory.erase_person(store, key)
        assert in_bytes(store) == []


def _made(path: Path) -> Path:
    stores.made(path).close()
    return path
