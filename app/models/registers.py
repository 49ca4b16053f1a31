"""Registers: tables that are filled line by line like a sheet, whatever they are about.

Which tables there are and what their columns mean is said by ``operations.register_catalogue``; here is only SQL. Names
of tables and columns come from that catalogue, never from a person.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.models import blobs
from app.models.journal import now
from app.models.organisations import drop_draft, put_draft
from app.models.store import Operation

Draft = tuple[str, str]
"""(as typed, code of what is wrong)."""
Row = Mapping[str, Any]


def rows(
    connection: sqlite3.Connection, table: str, scope: Mapping[str, Any] | None = None, order: Sequence[str] = ()
) -> list[dict[str, Any]]:
    """Return the rows of a table whose columns have the values of a scope (None: no value).

    Args:
        connection: reading connection.
        table: of the catalogue.
        scope: column → value.
        order: columns to sort by before the key; empty cells come last.
    """
    wanted = scope or {}
    where = " AND ".join(f"{name} IS ?" for name in wanted)
    by = ", ".join([*(f"{name} IS NULL, {name}" for name in order), "id"])
    cursor = connection.execute(
        f"SELECT * FROM {table}{f' WHERE {where}' if where else ''} ORDER BY {by}", tuple(wanted.values())
    )
    names = [item[0] for item in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


def number(connection: sqlite3.Connection, table: str, scope: Mapping[str, Any]) -> int:
    """Return how many rows of a table have the values of a scope: the place of a row that comes behind them."""
    where = " AND ".join(f"{name} IS ?" for name in scope)
    sql = f"SELECT count(*) FROM {table}{f' WHERE {where}' if where else ''}"
    return int(connection.execute(sql, tuple(scope.values())).fetchone()[0])


def row(connection: sqlite3.Connection, table: str, key: int) -> dict[str, Any] | None:
    """Return one row."""
    found = rows(connection, table, {"id": key})
    return found[0] if found else None


def first_word(connection: sqlite3.Connection, table: str, column: str) -> str | None:
    """Return what a column that may not be empty holds when nothing is said; None where it may be empty."""
    for _place, name, _type, needed, default, _key in connection.execute(f"PRAGMA table_info({table})"):
        if name == column and needed and default is not None:
            return str(default).strip("'")
    return None


def draft_table(table: str, scope: Mapping[str, Any]) -> str:
    """Return the name under which entries of a register wait that do not fit, or whose row is not whole."""
    told = "/".join("" if value is None else str(value) for value in scope.values())
    return f"{table}:{told}" if told else table


def draft_tables(connection: sqlite3.Connection, table: str) -> list[str]:
    """Return every name under which entries of a table wait, whatever its register is of."""
    found = connection.execute(
        "SELECT DISTINCT table_name FROM draft_cell WHERE table_name = ? OR table_name GLOB ? ORDER BY 1",
        (table, f"{table}:*"),
    )
    return [str(row[0]) for row in found]


def drafts(connection: sqlite3.Connection, table: str) -> dict[int, dict[str, Draft]]:
    """Return row → column → entry that does not fit, rows in the order in which they were begun."""
    found: dict[int, dict[str, Draft]] = {}
    for key, column, raw, code in connection.execute(
        "SELECT row_key, column_name, raw, code FROM draft_cell WHERE table_name = ? ORDER BY rowid", (table,)
    ):
        found.setdefault(key, {})[column] = (raw, code)
    return found


def draft_moment(connection: sqlite3.Connection, table: str, key: int) -> tuple[int, str | None]:
    """Return when something last changed in the entries of a row: (place in the journal, moment)."""
    found = connection.execute(
        "SELECT j.id, o.at FROM draft_cell d JOIN journal j ON j.table_name = 'draft_cell' AND j.row_key = d.id"
        " JOIN operation o ON o.id = j.operation_id WHERE d.table_name = ? AND d.row_key = ?"
        " ORDER BY j.id DESC LIMIT 1",
        (table, key),
    ).fetchone()
    return (0, None) if found is None else (int(found[0]), str(found[1]))


def put_entry(operation: Operation, table: str, key: int, column: str, raw: str, code: str | None) -> None:
    """Keep an entry that does not fit, or forget it where ``code`` is None."""
    if code is None:
        drop_draft(operation, table, key, column)
    else:
        put_draft(operation, table, key, column, raw, code)


def drop_entries(operation: Operation, table: str, key: int) -> None:
    """Forget everything that waits for a row."""
    for column in drafts(operation.connection, table).get(key, {}):
        drop_draft(operation, table, key, column)


def forget_entries(operation: Operation, table: str, key: int, names: Iterable[str]) -> None:
    """Forget what waits for some columns of a row: they were written from another place than the grid.

    The key is enough, whatever the register is of: no two rows of a file share one.
    """
    wanted = json.dumps(sorted(names))
    waiting = operation.connection.execute(
        "SELECT id FROM draft_cell WHERE row_key = ? AND (table_name = ? OR table_name GLOB ?)"
        " AND column_name IN (SELECT value FROM json_each(?))",
        (key, table, f"{table}:*", wanted),
    ).fetchall()
    for (draft,) in waiting:
        operation.delete("draft_cell", draft)


POINTERS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "agenda_item": (("decision_point", "agenda_id"),),
    "network_platform": (
        ("support_line", "platform_id"), ("help_entry", "platform_id"), ("work_event", "platform_id")
    ),
    "deficit": (("support_line", "deficit_id"), ("help_entry", "deficit_id")),
    "task": (("help_entry", "task_id"),),
    "decision_document": (("work_event", "document_id"),),
    "work_event": (("survey_sheet", "event_id"), ("body_plan", "event_id")),
    "practice": (("support_line", "practice_id"),),
    "organisation_tie": (("partnership", "tie_id"),),
    "signer": (("order_draft", "signer_id"),),
    "legal_act": (("order_draft", "legal_act_id"),),
}  # fmt: skip
"""Table → columns of other tables that name its rows: their rows outlive what they name."""


def release(operation: Operation, table: str, key: int) -> None:
    """Let go of a row that is about to be deleted: rows that name it stay and name nothing."""
    for other, column in POINTERS.get(table, ()):
        for pointing in rows(operation.connection, other, {column: key}):
            operation.update(other, pointing["id"], **{column: None})


def people(connection: sqlite3.Connection) -> dict[int, str]:
    """Return the people of the directory: key → full name."""
    return {int(key): str(name) for key, name in connection.execute("SELECT id, full_name FROM person ORDER BY 2")}


# --- files and links of a row ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file kept inside the file, or a link, that belongs to a row of some table."""

    id: int
    table_name: str
    row_key: int
    title: str
    file_name: str | None
    sha256: str | None
    link: str | None
    added_at: str


_ATTACHMENT = "SELECT id, table_name, row_key, title, file_name, sha256, link, added_at FROM attachment"


def attachments(connection: sqlite3.Connection, table: str, keys: Iterable[int]) -> dict[int, list[Attachment]]:
    """Return row → its files and links in the order they were added."""
    found: dict[int, list[Attachment]] = {}
    wanted = json.dumps(list(keys))
    for values in connection.execute(
        f"{_ATTACHMENT} WHERE table_name = ? AND row_key IN (SELECT value FROM json_each(?)) ORDER BY added_at, id",
        (table, wanted),
    ):
        item = Attachment(*values)
        found.setdefault(item.row_key, []).append(item)
    return found


def attachment(connection: sqlite3.Connection, key: int) -> Attachment | None:
    """Return one file or link."""
    values = connection.execute(f"{_ATTACHMENT} WHERE id = ?", (key,)).fetchone()
    return None if values is None else Attachment(*values)


def attach(
    operation: Operation, table: str, key: int, title: str, *,
    file_name: str | None = None, data: bytes | None = None, link: str | None = None,
) -> int:  # fmt: skip
    """Keep a file or a link beside a row; returns its key."""
    digest = None if data is None else blobs.put(operation.connection, data)
    return attach_kept(operation, table, key, title, file_name=file_name, digest=digest, link=link)


def attach_kept(
    operation: Operation, table: str, key: int, title: str, *,
    file_name: str | None = None, digest: str | None = None, link: str | None = None,
) -> int:  # fmt: skip
    """Put bytes that are kept already, or a link, beside a row; returns the key."""
    return operation.insert(
        "attachment", table_name=table, row_key=key, title=title, file_name=file_name, sha256=digest, link=link,
        added_at=now(),
    )  # fmt: skip


def copy_attachments(operation: Operation, source: tuple[str, int], target: tuple[str, int]) -> None:
    """Put what lies beside one row (table, key) beside another one, too; the bytes stay the same."""
    table, key = source
    for item in attachments(operation.connection, table, [key]).get(key, ()):
        attach_kept(
            operation, *target, item.title, file_name=item.file_name, digest=item.sha256, link=item.link
        )  # fmt: skip


def drop_attachments(operation: Operation, table: str, keys: Iterable[int]) -> None:
    """Take away the files and links of rows that go; their bytes stay for undo."""
    for items in attachments(operation.connection, table, keys).values():
        for item in items:
            operation.delete("attachment", item.id)
