"""Tables of facts that files bring: what makes a row one, what is compared, where it came from. One way for all.

A fact is told by ``(key, values, origin)``: three tuples in the order of the table's description. Equal values under a
known key are the same record, other values a changed one, an unknown key a new one.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from app.models.store import Operation

Key = tuple[Any, ...]
Values = tuple[Any, ...]
Fact = tuple[Key, Values, tuple[Any, ...]]

_PLACE = ("sheet", "row_from", "row_to", "cells")
_COUNTED = ("organisation_id", "area_id", "assessment_id", "result_year")
_FILE = ("import_file_id", *_PLACE)


@dataclass(frozen=True, slots=True)
class FactTable:
    """One table of facts.

    Attributes:
        name: the table.
        key: columns that make a row one; the first is the organisation, the second may be the area.
        scope: columns of the key by which the rows that a file may touch are looked up.
        values: columns that are compared and shown.
        origin: columns that say where the row came from; they never make a record a changed one.
    """

    name: str
    key: tuple[str, ...]
    scope: tuple[str, ...]
    values: tuple[str, ...]
    origin: tuple[str, ...] = _FILE

    @property
    def columns(self) -> tuple[str, ...]:
        """All columns of a fact in their order."""
        return (*self.key, *self.values, *self.origin)


MARKS = FactTable(
    "mark_count",
    (*_COUNTED, "autumn"),
    ("assessment_id", "result_year"),
    ("participants", "m2", "m3", "m4", "m5", "below_min", "mean", "restored"),
)
JOURNALS = FactTable(
    "journal_count",
    (*_COUNTED, "autumn"),
    ("assessment_id", "result_year"),
    ("total", "lowered", "confirmed", "raised"),
)
TASKS = FactTable(
    "task_count",
    (*_COUNTED, "autumn", "task", "group_mark"),
    ("assessment_id", "result_year"),
    ("max_points", "difficulty", "outcome", "participants", "points", "skipped", "restored"),
)
SCORES = FactTable(
    "score_count",
    (*_COUNTED, "autumn", "measure"),
    ("assessment_id", "result_year"),
    ("participants", "counts", "restored"),
)
ENTRIES = FactTable("external_entry", ("organisation_id", "list_id", "item"), ("list_id",), ("value", "raw"), _PLACE)
TABLES: tuple[FactTable, ...] = (MARKS, JOURNALS, TASKS, SCORES, ENTRIES)


def stored(
    connection: sqlite3.Connection, table: FactTable, units: Iterable[Key], scopes: Iterable[Key]
) -> dict[Key, tuple[Any, ...]]:
    """Return the stored rows that facts of some units and scopes may touch: key → (id, *values).

    Args:
        connection: any connection.
        table: the table of facts.
        units: (organisation, area) pairs, one of them None; where the table has no areas, (organisation,).
        scopes: values of ``table.scope``.
    """
    wanted = json.dumps([list(scope) for scope in set(scopes)])
    parts = ", ".join(f"json_extract(value, '$[{i}]')" for i in range(len(table.scope)))
    # the plus keeps SQLite from looking the scopes up one by one: the units' own index is the narrower one
    scope = f"({', '.join(f'+{name}' for name in table.scope)}) IN (SELECT {parts} FROM json_each(?))"
    columns = ", ".join((*table.key, "id", *table.values))
    size = len(table.key)
    by_column: dict[str, set[int]] = {}
    for unit in units:
        for name, key in zip(table.key, unit, strict=False):
            if key is not None:
                by_column.setdefault(name, set()).add(key)
    found: dict[Key, tuple[Any, ...]] = {}
    for name, keys in by_column.items():
        sql = f"SELECT {columns} FROM {table.name} WHERE {name} IN (SELECT value FROM json_each(?)) AND {scope}"
        for row in connection.execute(sql, (json.dumps(sorted(keys)), wanted)):
            found[row[:size]] = row[size:]
    return found


def insert(
    operation: Operation,
    table: FactTable,
    rows: Iterable[tuple[Any, ...]],
    between: Callable[[int], None] | None = None,
) -> int:
    """Write new rows, each ``key + values + origin``, as one entry of the journal; returns how many.

    ``between`` hears of the number of rows after each lot; what it raises takes all of them back.
    """
    return operation.bulk_insert(table.name, table.columns, rows, between=between)


def change(operation: Operation, table: FactTable, rows: Iterable[tuple[int, Values, tuple[Any, ...]]]) -> None:
    """Write other values and their origin into stored rows; the journal keeps each row as it was."""
    sets = ", ".join(f"{name} = ?" for name in (*table.values, *table.origin))
    found: Iterator[tuple[Any, ...]] = ((*values, *origin, key) for key, values, origin in rows)
    operation.connection.executemany(f"UPDATE {table.name} SET {sets} WHERE id = ?", found)
