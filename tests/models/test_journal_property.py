"""Decision 14: random operations over every table; undo all gives the first dump, redo all the last one."""

from __future__ import annotations

import sqlite3
import tempfile
from contextlib import suppress
from pathlib import Path

from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from app.errors import UserError
from app.models import journal
from app.models.store import Operation, Store
from tests.helpers import stores
from tests.helpers.rows import RowMaker

ACTIONS = ("insert", "insert", "update", "update", "delete", "bulk", "upsert", "many")
STEP = st.tuples(st.sampled_from(ACTIONS), st.integers(0, 99), st.integers(0, 2**32))
OPERATIONS = st.lists(st.lists(STEP, min_size=1, max_size=6), min_size=1, max_size=8)


def _step(operation: Operation, maker: RowMaker, action: str, table: str) -> None:
    connection = operation.connection
    key = maker.key(table)
    if action == "insert" or key is None:
        maker.insert(operation, table)
    elif action == "update":
        operation.update(table, key, **maker.values(operation, table))
    elif action == "delete":
        operation.delete(table, key)
    elif action == "bulk":
        rows = [maker.values(operation, table) for _ in range(3)]
        operation.bulk_insert(table, list(rows[0]), [tuple(row.values()) for row in rows])
    elif action == "upsert":
        values = {"id": key, **maker.values(operation, table)}
        sets = ", ".join(f'"{name}" = excluded."{name}"' for name in values if name != "id")
        marks = ", ".join("?" * len(values))
        names = ", ".join(f'"{name}"' for name in values)
        connection.execute(
            f'INSERT INTO "{table}"({names}) VALUES ({marks}) ON CONFLICT(id) DO UPDATE SET {sets}',
            tuple(values.values()),
        )
    else:
        # one statement that changes every row of the table
        values = maker.values(operation, table)
        name = maker.chance.choice(list(values))
        connection.execute(f'UPDATE "{table}" SET "{name}" = ?', (values[name],))


def _operate(store: Store, number: int, steps: list[tuple[str, int, int]]) -> None:
    tables = journal.tables(store.connection)
    # a reference left hanging fails the whole operation when it commits; then nothing must have changed
    with suppress(sqlite3.IntegrityError), store.operation(f"Действие {number}", "test") as operation:
        for action, index, seed in steps:
            maker = RowMaker(store.connection, seed)
            # what a unique index or a reference refuses is one statement that did nothing
            with suppress(sqlite3.IntegrityError):
                _step(operation, maker, action, tables[index % len(tables)])


def _reopened(store: Store) -> Store:
    store.abandon()
    return Store.open(store.path, actor=store.actor)


def _refusal(store: Store, replay: str, *operation: int) -> str | None:
    """Undo or redo once; return the code of the refusal or None where it was done."""
    try:
        getattr(store, replay)(*operation)
    except UserError as refusal:
        return refusal.code
    return None


def _until_refused(store: Store, replay: str, code: str) -> int:
    count = 0
    while (refusal := _refusal(store, replay)) is None:
        count += 1
    assert refusal == code
    return count


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(operations=OPERATIONS)
def test_undo_all_and_redo_all(operations: list[list[tuple[str, int, int]]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = stores.made(Path(folder) / "a.opora")
        first = stores.dump(store.connection)
        stores.fill(store)
        for number, steps in enumerate(operations):
            _operate(store, number, steps)
        last = stores.dump(store.connection)
        done = len(journal.history(store.connection)) - 1

        store = _reopened(store)
        assert _until_refused(store, "undo", "GEN_NOTHING_TO_UNDO") == done
        assert stores.dump(store.connection) == first

        store = _reopened(store)
        assert _until_refused(store, "redo", "GEN_NOTHING_TO_REDO") == done
        assert stores.dump(store.connection) == last

        assert _until_refused(store, "undo", "GEN_NOTHING_TO_UNDO") == done
        assert stores.dump(store.connection) == first
        assert store.connection.execute("PRAGMA foreign_key_check").fetchall() == []
        store.abandon()
        event(f"operations that changed something: {done}")


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(operations=OPERATIONS, chosen=st.integers(0, 20))
def test_undoing_an_older_one_restores_only_its_rows(operations: list[list[tuple[str, int, int]]], chosen: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = stores.made(Path(folder) / "a.opora")
        stores.fill(store)
        for number, steps in enumerate(operations):
            _operate(store, number, steps)
        history = [record for record in journal.history(store.connection) if record.reversible]
        record = history[chosen % len(history)]
        before = stores.dump(store.connection)
        refusal = _refusal(store, "undo", record.id)
        assert refusal in {None, "GEN_UNDO_LATER", "GEN_UNDO_REFERRED"}
        if refusal is None:
            store.redo()
        assert stores.dump(store.connection) == before
        store.abandon()


def test_one_row_of_everything_stands_in_every_table(tmp_path: Path) -> None:
    store = stores.made(tmp_path / "a.opora")
    stores.fill(store)
    assert [table for table, rows in stores.dump(store.connection).items() if not rows] == []
    store.abandon()
