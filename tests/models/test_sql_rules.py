"""What the journal relies on: no REAL, one kind of key, and no statement that slips past the triggers."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.models import journal
from tests.helpers import stores

APP = Path(__file__).resolve().parents[2] / "app"
BANNED = {
    "REPLACE fires no DELETE trigger": r"\b(OR|CONFLICT)\s+REPLACE\b|\bREPLACE\s+INTO\b",
    "sqlite-utils replaces or alters": r"\breplace\s*=\s*True|\balter\s*=\s*True|\.upsert(_all)?\(",
    "TRUNCATE optimisation or triggers switched off": r"recursive_triggers|writable_schema|ignore_check_constraints",
}


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    store = stores.made(tmp_path / "a.opora")
    yield store.connection
    store.abandon()


@pytest.mark.parametrize("reason", BANNED)
def test_no_statement_slips_past_the_journal(reason: str) -> None:
    pattern = re.compile(BANNED[reason])
    found = [
        f"{path.relative_to(APP)}:{number}: {line.strip()}"
        for path in APP.rglob("*.py")
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if pattern.search(line)
    ]
    assert found == []


def test_replace_would_lose_the_old_row(connection: sqlite3.Connection) -> None:
    """The reason for the ban, so that nobody lifts it unawares."""
    connection.execute("BEGIN")
    journal.begin(connection, actor="Т", kind="test", label="Замена", reversible=True, merge=None)
    connection.execute("INSERT INTO setting VALUES (1, 'rule', 'old')")
    connection.execute("INSERT OR REPLACE INTO setting VALUES (1, 'rule', 'new')")
    actions = connection.execute("SELECT action FROM journal WHERE table_name = 'setting' AND row_key = 1").fetchall()
    assert actions == [("I",), ("I",)]
    connection.execute("ROLLBACK")


def test_journaled_tables_hold_whole_numbers_and_text_only(connection: sqlite3.Connection) -> None:
    kinds = {
        (table, row[1]): row[2]
        for table in journal.tables(connection)
        for row in connection.execute(f'PRAGMA table_info("{table}")')
    }
    assert len(kinds) > 100
    assert {place: kind for place, kind in kinds.items() if kind not in {"INTEGER", "TEXT"}} == {}


def test_every_table_of_ours_is_strict_and_has_one_key(connection: sqlite3.Connection) -> None:
    tables = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'").fetchall()
    ours = {name: sql for name, sql in tables if not name.startswith(("sqlite_", "_sqlite"))}
    assert [name for name, sql in ours.items() if not sql.rstrip().endswith("STRICT")] == []
    for table in journal.tables(connection):
        keys = [row[1:3] for row in connection.execute(f'PRAGMA table_info("{table}")') if row[5]]
        assert keys == [("id", "INTEGER")], table


def test_every_table_is_journaled_but_a_named_few(connection: sqlite3.Connection) -> None:
    present = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    present = {name for name in present if not name.startswith("sqlite_")}
    assert present - set(journal.tables(connection)) == journal.UNJOURNALED
    for table in journal.tables(connection):
        assert {f"opora_{table}_{kind}" for kind in "iud"} <= set(journal.present_triggers(connection))
