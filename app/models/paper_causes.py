"""What the operations after a moment wrote: for the question which of them changed a paper. Only SQL."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from app.models.due_rows import Deed

MOST_ENTRIES = 20_000
"""So many entries of the journal are looked at; more is an import, which is known by its kind."""
_LINKS = ("organisation_id", "school_id", "receiver_id", "donor_id", "host_id", "owner_id", "mentor_school_id")


@dataclass(frozen=True, slots=True)
class Written:
    """One operation with what stands in the rows it touched.

    Attributes:
        organisations: keys of the organisations its rows belong to.
        before, after: values of the rows as texts; ``after`` holds what stands there now, too.
    """

    deed: Deed
    organisations: frozenset[int]
    before: frozenset[str]
    after: frozenset[str]


def written_since(connection: sqlite3.Connection, moment: str) -> list[Written]:
    """Return the operations in force after a moment, newest first; papers themselves and half-typed texts left out.

    Args:
        connection: reading connection.
        moment: UTC, ISO, left out.
    """
    deeds = [
        Deed(*row)
        for row in connection.execute(
            "SELECT id, at, actor, kind, label FROM operation WHERE state = 'done' AND at >= ? AND kind NOT LIKE"
            " '%.draft' AND kind NOT LIKE 'paper.%' ORDER BY id DESC LIMIT 2000",
            (moment,),
        )
    ]
    entries: dict[int, list[tuple[Any, ...]]] = {}
    rows = connection.execute(
        "SELECT operation_id, table_name, row_key, before, after FROM journal WHERE operation_id IN"
        " (SELECT value FROM json_each(?)) AND action <> 'B' ORDER BY id DESC LIMIT ?",
        (json.dumps([deed.id for deed in deeds]), MOST_ENTRIES),
    ).fetchall()
    for key, *rest in rows:
        entries.setdefault(key, []).append(tuple(rest))
    return [_written(connection, deed, entries.get(deed.id, ())) for deed in deeds]


def _written(connection: sqlite3.Connection, deed: Deed, entries: Iterable[tuple[Any, ...]]) -> Written:
    organisations: set[int] = set()
    before: set[str] = set()
    after: set[str] = set()
    for table, key, was, became in entries:
        images = [json.loads(image) for image in (was, became) if image]
        present = _row(connection, table, key)
        for image in (*images, *([present] if present is not None else [])):
            organisations |= {int(image[name]) for name in _LINKS if isinstance(image.get(name), int)}
        if table == "organisation":
            organisations.add(int(key))
        before |= _texts(json.loads(was)) if was else set()
        for image in ([json.loads(became)] if became else []) + ([present] if present is not None else []):
            after |= _texts(image)
    return Written(deed, frozenset(organisations), frozenset(before), frozenset(after))


def _row(connection: sqlite3.Connection, table: str, key: int) -> dict[str, Any] | None:
    cursor = connection.execute(f'SELECT * FROM "{table}" WHERE id = ?', (key,))
    row = cursor.fetchone()
    return None if row is None else dict(zip((one[0] for one in cursor.description), row, strict=True))


def _texts(image: dict[str, Any]) -> set[str]:
    return {
        str(value).strip() for name, value in image.items()
        if isinstance(value, (str, int)) and name != "id" and not name.endswith(("_id", "_at")) and str(value).strip()
    }  # fmt: skip
