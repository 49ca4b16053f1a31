"""The journal: triggers generated from the schema, operations, undo and redo that survive a restart.

An INSERT leaves its table and key only; UPDATE and DELETE leave the row as it was; undoing an insert records the
row for redo (decision 14). A bulk insert leaves one entry with the first and the last key.
"""

from __future__ import annotations

import json
import secrets
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain, islice
from typing import Any

from app.errors import UserError

UNJOURNALED = frozenset(
    {"file_meta", "operation", "journal", "journal_redo", "journal_state", "blob", "snapshot", "_sqlite_migrations"}
)
FROZEN = ("blob", "snapshot")
TRIGGER_PREFIX = "opora_"
LOT = 4_096
"""Rows that are written between two looks at whether the person has cancelled."""
VALUES_AT_ONCE = 900
"""Values that one statement writes; every SQLite takes 999."""
KEY_ROOM = 1 << 24
"""How many keys in a row ``free_keys`` finds."""


@dataclass(frozen=True, slots=True)
class OperationRecord:
    """One line of the history."""

    id: int
    at: str
    actor: str
    kind: str
    label: str
    reversible: bool
    state: str
    tables: tuple[str, ...] = ()


def now() -> str:
    """Return the present moment, UTC, ISO 8601 to the second."""
    return datetime.now(UTC).replace(microsecond=0).isoformat()


def tables(connection: sqlite3.Connection) -> list[str]:
    """Return the names of the journaled tables, sorted."""
    rows = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    return [name for (name,) in rows if name not in UNJOURNALED and not name.startswith("sqlite_")]


def columns(connection: sqlite3.Connection, table: str) -> list[str]:
    """Return the column names of a table in their order."""
    return [row[1] for row in connection.execute(f'PRAGMA table_info("{table}")')]


def _image(prefix: str, names: Iterable[str]) -> str:
    pairs = ", ".join(f"'{name}', {prefix}.\"{name}\"" for name in names)
    return f"json_object({pairs})"


def _journal_triggers(table: str, names: Sequence[str]) -> dict[str, str]:
    recording = "(SELECT recording FROM journal_state) = 1"
    operation = "(SELECT operation_id FROM journal_state)"
    insert = "INSERT INTO journal(operation_id, table_name, row_key, action, before) VALUES"
    changed = " OR ".join(f'OLD."{name}" IS NOT NEW."{name}"' for name in names)
    old = _image("OLD", names)
    return {
        f"{TRIGGER_PREFIX}{table}_i": f'AFTER INSERT ON "{table}" WHEN {recording} BEGIN '
        f"{insert} ({operation}, '{table}', NEW.id, 'I', NULL); END",
        f"{TRIGGER_PREFIX}{table}_u": f'AFTER UPDATE ON "{table}" WHEN {recording} AND ({changed}) BEGIN '
        f"{insert} ({operation}, '{table}', OLD.id, 'U', {old}); END",
        f"{TRIGGER_PREFIX}{table}_d": f'AFTER DELETE ON "{table}" WHEN {recording} BEGIN '
        f"{insert} ({operation}, '{table}', OLD.id, 'D', {old}); END",
        f"{TRIGGER_PREFIX}{table}_key": f'BEFORE UPDATE OF id ON "{table}" WHEN OLD.id IS NOT NEW.id BEGIN '
        "SELECT RAISE(ABORT, 'a key is never changed'); END",
    }


def _frozen_triggers(table: str) -> dict[str, str]:
    refuse = "BEGIN SELECT RAISE(ABORT, 'frozen'); END"
    return {
        f"{TRIGGER_PREFIX}{table}_frozen_u": f'BEFORE UPDATE ON "{table}" {refuse}',
        f"{TRIGGER_PREFIX}{table}_frozen_d": f'BEFORE DELETE ON "{table}" {refuse}',
    }


def expected_triggers(connection: sqlite3.Connection) -> dict[str, str]:
    """Return name → full SQL of every trigger that the present schema calls for."""
    bodies: dict[str, str] = {}
    for table in tables(connection):
        bodies |= _journal_triggers(table, columns(connection, table))
    for table in FROZEN:
        bodies |= _frozen_triggers(table)
    return {name: f"CREATE TRIGGER {name} {body}" for name, body in bodies.items()}


def present_triggers(connection: sqlite3.Connection) -> dict[str, str]:
    """Return name → SQL of the triggers that stand in the file."""
    rows = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    return dict(rows.fetchall())


def regenerate_triggers(connection: sqlite3.Connection) -> None:
    """Drop all our triggers and make them anew (a rebuilt table loses them silently)."""
    for name in present_triggers(connection):
        if name.startswith(TRIGGER_PREFIX):
            connection.execute(f"DROP TRIGGER {name}")
    for sql in expected_triggers(connection).values():
        connection.execute(sql)


# --- writing ---------------------------------------------------------------------------------------------------


def begin(
    connection: sqlite3.Connection, *, actor: str, kind: str, label: str, reversible: bool, merge: str | None
) -> int:
    """Start an operation inside an open transaction; an edit of the same cell goes into the last one.

    Returns:
        The operation's id. The redo stack is discarded: its operations stay as history.
    """
    connection.execute("UPDATE operation SET state = 'discarded' WHERE state = 'undone'")
    last = connection.execute("SELECT id, merge_key, actor, state FROM operation ORDER BY id DESC LIMIT 1").fetchone()
    if merge is not None and last is not None and last[1:] == (merge, actor, "done"):
        operation_id = int(last[0])
        connection.execute("UPDATE operation SET at = ?, label = ? WHERE id = ?", (now(), label, operation_id))
    else:
        cursor = connection.execute(
            "INSERT INTO operation(at, actor, kind, label, reversible, merge_key) VALUES (?, ?, ?, ?, ?, ?)",
            (now(), actor, kind, label, int(reversible), merge),
        )
        operation_id = int(cursor.lastrowid or 0)
    connection.execute("UPDATE journal_state SET operation_id = ?", (operation_id,))
    return operation_id


def finish(connection: sqlite3.Connection) -> None:
    """End the operation: from here on a write outside an operation fails on the journal's NOT NULL."""
    connection.execute("UPDATE journal_state SET operation_id = NULL, recording = 1")


def free_keys(connection: sqlite3.Connection, table: str) -> int:
    """Return the first of ``KEY_ROOM`` free keys in a row, at a random place.

    So rows that others refer to are known before they are written, and copies of a file can be merged (decision 20).
    """
    while True:
        first = secrets.randbits(62) or 1
        taken = connection.execute(
            f'SELECT 1 FROM "{table}" WHERE id BETWEEN ? AND ? LIMIT 1', (first, first + KEY_ROOM)
        )
        if taken.fetchone() is None:
            return first


def bulk_insert(
    connection: sqlite3.Connection, table: str, names: Sequence[str], rows: Iterable[Sequence[Any]], first: int = 0,
    between: Callable[[int], None] | None = None,
) -> int:  # fmt: skip
    """Insert many rows as one journal entry with a range of keys; returns how many.

    ``names`` leaves ``id`` out: keys follow one another from ``first`` (of ``free_keys``), else after the highest
    present one. ``between`` hears of the number of rows after each lot; what it raises takes all of them back.
    """
    given = bool(first)
    if not first:
        first = int(connection.execute(f'SELECT coalesce(max(id), 0) + 1 FROM "{table}"').fetchone()[0])
    operation_id = connection.execute("SELECT operation_id FROM journal_state").fetchone()[0]
    if operation_id is None:
        raise RuntimeError("bulk_insert outside an operation")
    # without a key of its own a row gets the one after the highest
    listed = ["id", *names] if given else list(names)
    waiting = iter(((first + index, *row) for index, row in enumerate(rows)) if given else rows)
    count = 0
    # all or nothing by itself: whoever catches the failure must not commit rows that the journal doesn't know
    connection.execute("SAVEPOINT bulk")
    try:
        connection.execute("UPDATE journal_state SET recording = 0")
        while lot := list(islice(waiting, LOT)):
            _write_lot(connection, table, listed, lot)
            count += len(lot)
            if between is not None:
                between(count)
        connection.execute("UPDATE journal_state SET recording = 1")
        last = connection.execute(
            f'SELECT count(*) FROM "{table}" WHERE id BETWEEN ? AND ?', (first, first + count - 1)
        )
        if last.fetchone()[0] != count:
            raise RuntimeError("keys do not follow one another")
    except BaseException:
        if connection.in_transaction:  # a full disk has already rolled everything back
            connection.execute("ROLLBACK TO bulk")
            connection.execute("RELEASE bulk")
        raise
    connection.execute("RELEASE bulk")
    if not count:
        return 0
    connection.execute(
        "INSERT INTO journal(operation_id, table_name, row_key, row_last, action) VALUES (?, ?, ?, ?, 'B')",
        (operation_id, table, first, first + count - 1),
    )
    return count


def _write_lot(connection: sqlite3.Connection, table: str, names: Sequence[str], lot: Sequence[Sequence[Any]]) -> None:
    """Write rows, many by one statement: a statement of its own for each takes a savepoint and wakes the triggers."""
    if not set(map(len, lot)) <= {len(names)}:
        raise ValueError("rows of another width")
    head = f'INSERT INTO "{table}"({", ".join(names)}) VALUES '
    row = f"({', '.join('?' * len(names))})"
    many = VALUES_AT_ONCE // len(names)
    together = len(lot) // many * many
    packs = (tuple(chain.from_iterable(lot[start : start + many])) for start in range(0, together, many))
    connection.executemany(head + ", ".join([row] * many), packs)
    connection.executemany(head + row, lot[together:])


# --- history ---------------------------------------------------------------------------------------------------


def history(connection: sqlite3.Connection, limit: int | None = None) -> list[OperationRecord]:
    """Return the operations, newest first, with the tables each touched."""
    rows = connection.execute(
        "SELECT o.id, o.at, o.actor, o.kind, o.label, o.reversible, o.state,"
        " (SELECT group_concat(DISTINCT table_name) FROM journal j WHERE j.operation_id = o.id)"
        " FROM operation o ORDER BY o.id DESC LIMIT ?",
        (-1 if limit is None else limit,),
    )
    return [
        OperationRecord(i, at, actor, kind, label, bool(rev), state, tuple(sorted((touched or "").split(","))))
        for i, at, actor, kind, label, rev, state, touched in rows
    ]


def horizon(connection: sqlite3.Connection) -> int:
    """Return the id of the newest operation that can no longer be undone (after restore or migration)."""
    row = connection.execute("SELECT value FROM file_meta WHERE key = 'undo_horizon'").fetchone()
    return int(row[0]) if row else 0


def close_horizon(connection: sqlite3.Connection) -> None:
    """Make everything up to now history that can't be undone (decision 17)."""
    connection.execute(
        "INSERT INTO file_meta(key, value) SELECT 'undo_horizon', coalesce(max(id), 0) FROM operation WHERE true"
        " ON CONFLICT(key) DO UPDATE SET value = excluded.value"
    )
    connection.execute("UPDATE operation SET state = 'discarded' WHERE state = 'undone'")


def undo_candidate(connection: sqlite3.Connection) -> OperationRecord | None:
    """Return the operation that Ctrl+Z would undo: the last reversible one after the horizon."""
    return _one(
        connection,
        "state = 'done' AND reversible = 1 AND id > ? ORDER BY id DESC",
        (horizon(connection),),
    )


def redo_candidate(connection: sqlite3.Connection) -> OperationRecord | None:
    """Return the operation undone last, if nothing has been done since."""
    return _one(connection, "state = 'undone' ORDER BY undone_order DESC", ())


def _one(connection: sqlite3.Connection, where: str, values: tuple[Any, ...]) -> OperationRecord | None:
    row = connection.execute(
        f"SELECT id, at, actor, kind, label, reversible, state FROM operation WHERE {where} LIMIT 1", values
    ).fetchone()
    if row is None:
        return None
    key, at, actor, kind, label, reversible, state = row
    return OperationRecord(key, at, actor, kind, label, bool(reversible), state)


_TOUCHING = """
WITH touched(operation_id) AS (
    SELECT other.operation_id FROM journal mine
    CROSS JOIN journal other ON other.table_name = mine.table_name AND other.row_key = mine.row_key
    WHERE mine.operation_id = :own AND other.operation_id > :own
    UNION
    SELECT other.operation_id FROM journal mine
    CROSS JOIN journal other ON other.table_name = mine.table_name
        AND other.row_key BETWEEN mine.row_key AND mine.row_last
    WHERE mine.operation_id = :own AND mine.row_last IS NOT NULL AND other.operation_id > :own
    UNION
    SELECT other.operation_id FROM journal other
    CROSS JOIN journal mine ON mine.table_name = other.table_name
        AND mine.row_key BETWEEN other.row_key AND other.row_last
    WHERE other.operation_id > :own AND other.row_last IS NOT NULL AND mine.operation_id = :own
)
SELECT o.label FROM touched t JOIN operation o ON o.id = t.operation_id WHERE o.state = 'done'
"""
"""Operations on rows of another one. Two ranges meet where one begins inside the other; the same key, a key in a range
and a range round a key are told apart, so that each finds its rows by index: a list of five thousand names is undone in
a second, not in minutes."""


def _later_on_same_rows(connection: sqlite3.Connection, operation_id: int) -> str | None:
    """Return the label of the newest later operation in force that touched a row of this one."""
    later = "SELECT 1 FROM operation WHERE id > ? AND state = 'done' LIMIT 1"
    if connection.execute(later, (operation_id,)).fetchone() is None:
        return None
    row = connection.execute(f"{_TOUCHING} ORDER BY o.id DESC LIMIT 1", {"own": operation_id}).fetchone()
    return None if row is None else str(row[0])


def referring(connection: sqlite3.Connection) -> str | None:
    """Return the label of an operation in force whose rows refer to rows that a replay has taken away, if any."""
    broken = connection.execute("PRAGMA foreign_key_check").fetchone()
    if broken is None:
        return None
    row = connection.execute(
        "SELECT o.label FROM journal j JOIN operation o ON o.id = j.operation_id WHERE j.table_name = ?"
        " AND ? BETWEEN j.row_key AND coalesce(j.row_last, j.row_key) AND o.state = 'done' ORDER BY o.id DESC LIMIT 1",
        (broken[0], broken[1]),
    ).fetchone()
    return "более позднее действие" if row is None else str(row[0])


def undo(connection: sqlite3.Connection, operation_id: int | None = None, *, passing: bool = False) -> OperationRecord:
    """Undo one operation inside an open transaction.

    Args:
        connection: of the store, inside a transaction.
        operation_id: which operation; without it the last one.
        passing: the person sees the name of what goes (as in the window's menu), so «the last one» may lie before
            an operation that can't be undone. Without it such an operation is never passed over in silence.

    Raises:
        UserError: ``GEN_NOTHING_TO_UNDO``; ``GEN_UNDO_FROZEN`` for approving, signing, registering;
            ``GEN_UNDO_PASSING`` when one of these came last; ``GEN_UNDO_LATER`` naming the later operation that
            touched the same rows.
    """
    record = undo_candidate(connection) if operation_id is None else _one(connection, "id = ?", (operation_id,))
    if record is None or record.state != "done" or record.id <= horizon(connection):
        raise UserError("GEN_NOTHING_TO_UNDO")
    if operation_id is None and not passing:
        _refuse_to_pass(connection, record)
    if not record.reversible:
        raise UserError("GEN_UNDO_FROZEN", label=record.label)
    later = _later_on_same_rows(connection, record.id)
    if later is not None:
        raise UserError("GEN_UNDO_LATER", label=record.label, later=later)
    _replaying(connection, lambda: _undo_entries(connection, record))
    order = connection.execute("SELECT coalesce(max(undone_order), 0) + 1 FROM operation").fetchone()[0]
    connection.execute(
        "UPDATE operation SET state = 'undone', undone_at = ?, undone_order = ? WHERE id = ?", (now(), order, record.id)
    )
    return record


def _refuse_to_pass(connection: sqlite3.Connection, record: OperationRecord) -> None:
    """Refuse «undo the last one» when what came last stays for ever (decision 17): it would take an earlier one."""
    last = _one(connection, "state = 'done' AND id > ? ORDER BY id DESC", (record.id,))
    if last is not None:
        raise UserError("GEN_UNDO_PASSING", label=last.label, earlier=record.label, number=record.id)


def redo(connection: sqlite3.Connection) -> OperationRecord:
    """Do again what was undone last.

    Raises:
        UserError: ``GEN_NOTHING_TO_REDO``.
    """
    record = redo_candidate(connection)
    if record is None:
        raise UserError("GEN_NOTHING_TO_REDO")
    _replaying(connection, lambda: _redo_entries(connection, record))
    connection.execute(
        "UPDATE operation SET state = 'done', undone_at = NULL, undone_order = NULL WHERE id = ?", (record.id,)
    )
    return record


def _replaying(connection: sqlite3.Connection, replay: Callable[[], None]) -> None:
    """Run a replay with recording off; foreign keys are checked when the transaction commits."""
    connection.execute("PRAGMA defer_foreign_keys = ON")
    connection.execute("UPDATE journal_state SET recording = 0")
    replay()
    connection.execute("UPDATE journal_state SET recording = 1")


def _entries(connection: sqlite3.Connection, operation_id: int, order: str) -> list[tuple[Any, ...]]:
    return connection.execute(
        "SELECT id, table_name, row_key, row_last, action, before, after FROM journal"
        f" WHERE operation_id = ? ORDER BY id {order}",
        (operation_id,),
    ).fetchall()


def _undo_entries(connection: sqlite3.Connection, record: OperationRecord) -> None:
    for entry_id, table, key, last, action, before, _after in _entries(connection, record.id, "DESC"):
        if action == "B":
            _take_out_range(connection, entry_id, table, key, last)
        elif action == "I":
            _keep_after(connection, entry_id, table, key)
            connection.execute(f'DELETE FROM "{table}" WHERE id = ?', (key,))
        elif action == "D":
            _put(connection, table, before)
        else:
            _keep_after(connection, entry_id, table, key)
            _overwrite(connection, table, key, before)


def _redo_entries(connection: sqlite3.Connection, record: OperationRecord) -> None:
    for entry_id, table, key, _last, action, _before, after in _entries(connection, record.id, "ASC"):
        if action == "B":
            rows = connection.execute("SELECT row FROM journal_redo WHERE journal_id = ? ORDER BY id", (entry_id,))
            for (row,) in rows.fetchall():
                _put(connection, table, row)
            connection.execute("DELETE FROM journal_redo WHERE journal_id = ?", (entry_id,))
        elif action == "I":
            _put(connection, table, after)
        elif action == "D":
            connection.execute(f'DELETE FROM "{table}" WHERE id = ?', (key,))
        else:
            _overwrite(connection, table, key, after)


def _take_out_range(connection: sqlite3.Connection, entry_id: int, table: str, first: int, last: int) -> None:
    image = _image(f'"{table}"', columns(connection, table))
    connection.execute(
        f'INSERT INTO journal_redo(journal_id, row) SELECT ?, {image} FROM "{table}"'
        " WHERE id BETWEEN ? AND ? ORDER BY id",
        (entry_id, first, last),
    )
    connection.execute(f'DELETE FROM "{table}" WHERE id BETWEEN ? AND ?', (first, last))


def _keep_after(connection: sqlite3.Connection, entry_id: int, table: str, key: int) -> None:
    image = _image(f'"{table}"', columns(connection, table))
    connection.execute(
        f'UPDATE journal SET after = (SELECT {image} FROM "{table}" WHERE id = ?) WHERE id = ?', (key, entry_id)
    )


def _put(connection: sqlite3.Connection, table: str, image: str) -> None:
    row = json.loads(image)
    names = ", ".join(f'"{name}"' for name in row)
    marks = ", ".join("?" * len(row))
    connection.execute(f'INSERT INTO "{table}"({names}) VALUES ({marks})', tuple(row.values()))


def _overwrite(connection: sqlite3.Connection, table: str, key: int, image: str) -> None:
    row = json.loads(image)
    sets = ", ".join(f'"{name}" = ?' for name in row if name != "id")
    values = [value for name, value in row.items() if name != "id"]
    connection.execute(f'UPDATE "{table}" SET {sets} WHERE id = ?', (*values, key))
