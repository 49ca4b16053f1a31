"""Released schemas stay as they were, and a file of any of them becomes the same as a new one (decision 16).

``tests/models/schemas/00N.sql`` is the dump of a file as release N wrote it, with a row in every table. A new step
of the schema comes with a new dump: ``python -m tests.helpers.stores > tests/models/schemas/00N.sql``.
"""

from __future__ import annotations

import hashlib
import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from app.errors import UserError
from app.models import backup, health, journal, migrations
from app.models.schema import APPLICATION_ID
from app.models.store import Store
from tests.helpers import stores

SCHEMAS = sorted((Path(__file__).parent / "schemas").glob("*.sql"))


def _released(dump: Path, path: Path) -> Path:
    """Build the file that a release left behind."""
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(dump.read_text("utf-8"))
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {int(dump.stem)}")
        connection.execute("PRAGMA journal_mode = WAL")
    return path


def test_every_step_has_its_dump() -> None:
    assert [dump.stem for dump in SCHEMAS] == [f"{n:03}" for n in range(1, len(migrations.NAMES) + 1)]


@pytest.mark.parametrize("dump", SCHEMAS, ids=lambda dump: dump.stem)
def test_a_released_file_becomes_the_same_as_a_new_one(tmp_path: Path, dump: Path) -> None:
    path = _released(dump, tmp_path / "old.opora")
    with stores.opened(path) as old:
        fresh = stores.made(tmp_path / "new.opora")
        assert stores.schema(old.connection) == stores.schema(fresh.connection)
        assert old.connection.execute("PRAGMA user_version").fetchone() == (len(migrations.NAMES),)
        assert journal.present_triggers(old.connection) == journal.expected_triggers(old.connection)
        found = [item.code for item in health.check(old.connection)]
        assert set(found) <= {"STORE_SNAPSHOT_CHANGED", "STORE_SUM", "STORE_DRAFT"}
        # every table that the release knew had a row, and keeps it
        known = set(re.findall(r'CREATE TABLE "?(\w+)', dump.read_text("utf-8")))
        assert [table for table, rows in stores.dump(old.connection).items() if not rows and table in known] == []
        fresh.abandon()


@pytest.mark.parametrize("dump", SCHEMAS, ids=lambda dump: dump.stem)
def test_a_released_file_works_on(tmp_path: Path, dump: Path) -> None:
    with stores.opened(_released(dump, tmp_path / "old.opora")) as old:
        before = stores.dump(old.connection)
        stores.school(old, "СОШ № 5")
        old.undo()
        assert stores.dump(old.connection) == before


# --- the frame of updating, tried on a step that exists only here ----------------------------------------------


def _with_step(monkeypatch: pytest.MonkeyPatch, step: Any) -> None:
    """Add a step after the released ones."""
    released = migrations.migration_set

    def more() -> Any:
        steps = released()
        steps(name="m999_tried")(step)
        return steps

    monkeypatch.setattr(migrations, "NAMES", (*migrations.NAMES, "m999_tried"))
    monkeypatch.setattr(migrations, "migration_set", more)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    store = stores.made(tmp_path / "a.opora")
    stores.fill(store)
    stores.school(store, "СОШ № 5")
    store.abandon()
    return store.path


def test_an_update_keeps_rows_makes_triggers_anew_and_closes_undo(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def rebuild(db: Any) -> None:
        # sqlite-utils rebuilds the table and silently loses its triggers
        db["note"].transform(rename={"text": "words"})
        db.execute("CREATE TABLE visit (id INTEGER PRIMARY KEY, purpose TEXT NOT NULL) STRICT")

    with stores.opened(path) as store:
        before = stores.dump(store.connection)
    _with_step(monkeypatch, rebuild)
    with stores.opened(path) as store:
        after = stores.dump(store.connection)
        assert after.pop("visit") == []
        assert after == before
        triggers = journal.present_triggers(store.connection)
        assert triggers == journal.expected_triggers(store.connection)
        assert {"opora_note_u", "opora_visit_i"} <= set(triggers)
        assert "words" in triggers["opora_note_u"]
        assert store.connection.execute("PRAGMA foreign_keys").fetchone() == (1,)
        with pytest.raises(UserError) as refusal:
            store.undo()
        assert refusal.value.code == "GEN_NOTHING_TO_UNDO"
        with store.operation("Записан выезд", "test") as operation:
            operation.insert("visit", purpose="консультация")
        store.undo()
        assert stores.dump(store.connection)["visit"] == []
    copies = backup.listing(path)
    assert [copy.reason for copy in copies] == ["before-update"]
    with closing(sqlite3.connect(copies[0].path)) as copy:
        assert "СОШ № 5" in stores.names(copy)
        assert copy.execute("PRAGMA user_version").fetchone() == (len(migrations.NAMES) - 1,)


class Interrupted(BaseException):
    """Ctrl+C or a shut-down in the middle."""


@pytest.mark.parametrize("failure", ["statement", "bug", "reference", "interrupted"])
def test_an_update_that_fails_leaves_the_file_as_it_was(
    path: Path, monkeypatch: pytest.MonkeyPatch, failure: str
) -> None:
    def broken(db: Any) -> None:
        db.execute("DELETE FROM contact")
        if failure == "reference":
            db.execute("DROP TABLE person")
            db.execute("CREATE TABLE person (id INTEGER PRIMARY KEY) STRICT")
        elif failure == "statement":
            db.execute("ALTER TABLE no_such_table ADD COLUMN x TEXT")
        elif failure == "bug":
            raise KeyError("a bug of the step")
        else:
            raise Interrupted

    with stores.opened(path) as store:
        before = stores.dump(store.connection), stores.schema(store.connection)
    with monkeypatch.context() as patch:
        _with_step(patch, broken)
        with pytest.raises((UserError, Interrupted)) as refusal:
            Store.open(path, actor=stores.ACTOR)
    if failure != "interrupted":
        assert refusal.value.code == "STORE_UPDATE_FAILED"  # type: ignore[union-attr]
    with stores.opened(path) as store:
        assert (stores.dump(store.connection), stores.schema(store.connection)) == before
        assert store.connection.execute("PRAGMA user_version").fetchone() == (len(migrations.NAMES),)


def test_without_a_backup_nothing_is_updated(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    _with_step(monkeypatch, lambda db: db.execute("DROP TABLE contact"))
    backup.folder(path).write_text("здесь не папка", "utf-8")
    with pytest.raises(UserError) as refusal:
        Store.open(path, actor=stores.ACTOR)
    assert refusal.value.code == "STORE_BACKUP_FAILED"
    assert hashlib.sha256(path.read_bytes()).hexdigest() == digest
