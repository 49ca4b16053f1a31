"""Rows for any table, made from the schema itself: what its checks allow, what its references need."""

from __future__ import annotations

import random
import re
import sqlite3
import string
from collections.abc import Sequence
from typing import Any

from app.models import blobs, journal
from app.models.store import Operation

TEXTS = (
    "",
    " ",
    "СОШ № 5",
    'O\'Брайен "в кавычках"',
    "строка\nвторая\tтретья",
    "\u00a0нераз\u00adрывный",
    "нуль\x00внутри",
    '{"json": [1, 2]}',
    "😀 за пределами",
    "007",
    "1e5",
    "null",
)
NUMBERS = (0, 1, -1, 2026, 2**53 + 1, 2**63 - 1, -(2**63))
_IN = r"CHECK \({name} IN \(([^)]*)\)\)"
_BETWEEN = r"CHECK \({name} BETWEEN (\d+) AND (\d+)\)"
_NOT_NEGATIVE = r"CHECK \({name} >= 0\)"


class RowMaker:
    """Makes random rows that mostly fit; what a unique index or a check of two columns refuses is the caller's."""

    def __init__(self, connection: sqlite3.Connection, seed: int, texts: Sequence[str] = TEXTS) -> None:
        self.connection = connection
        self.texts = texts
        self.chance = random.Random(seed)

    def insert(self, operation: Operation, table: str) -> int:
        """Insert one row with whatever parents it needs."""
        return operation.insert(table, id=self.chance.randrange(1, 2**62), **self.values(operation, table))

    def values(self, operation: Operation, table: str) -> dict[str, Any]:
        """Return a value for every column but the key."""
        sql = self.connection.execute("SELECT sql FROM sqlite_master WHERE name = ?", (table,)).fetchone()[0]
        parents = {row[3]: (row[2], row[4]) for row in self.connection.execute(f'PRAGMA foreign_key_list("{table}")')}
        made = {}
        for _, name, kind, required, default, key in self.connection.execute(f'PRAGMA table_info("{table}")'):
            if key:
                continue
            may_be_empty = not required
            if name in parents:
                made[name] = self._parent(operation, table, *parents[name], may_be_empty=may_be_empty)
            elif may_be_empty and default is None and self.chance.random() < 0.3:
                made[name] = None
            else:
                made[name] = self._value(sql, name, kind)
        if table in {"mark_count", "journal_count"}:
            # a count belongs to a school or to an area, never to both
            if self.chance.random() < 0.5:
                made["area_id"] = None
                made["organisation_id"] = self._parent(operation, table, "organisation", "id", may_be_empty=False)
            else:
                made["organisation_id"] = None
                made["area_id"] = self._parent(operation, table, "area", "id", may_be_empty=False)
        return made

    def key(self, table: str) -> int | None:
        """Return the key of a random row."""
        keys = [key for (key,) in self.connection.execute(f'SELECT id FROM "{table}" ORDER BY id')]
        return self.chance.choice(keys) if keys else None

    def _value(self, sql: str, name: str, kind: str) -> Any:
        if found := re.search(_IN.format(name=name), sql):
            choices = [part.strip() for part in found[1].split(",")]
            chosen = self.chance.choice(choices)
            return chosen.strip("'") if "'" in chosen else int(chosen)
        if found := re.search(_BETWEEN.format(name=name), sql):
            return self.chance.randint(int(found[1]), int(found[2]))
        if kind == "TEXT":
            tail = "".join(self.chance.choices(string.ascii_letters + "абвгд", k=self.chance.randrange(6)))
            return self.chance.choice(self.texts) + tail
        numbers = [n for n in NUMBERS if n >= 0] if re.search(_NOT_NEGATIVE.format(name=name), sql) else NUMBERS
        return self.chance.choice([*numbers, self.chance.randrange(1000)])

    def _parent(self, operation: Operation, table: str, parent: str, column: str, *, may_be_empty: bool) -> Any:
        if may_be_empty and self.chance.random() < 0.3:
            return None
        if parent == "blob":
            return blobs.put(self.connection, self.chance.randbytes(8))
        if parent == "snapshot":
            return self._snapshot()
        found = [value for (value,) in self.connection.execute(f'SELECT "{column}" FROM "{parent}"')]
        if parent == table and not found:
            return None
        if not found or (parent != table and self.chance.random() < 0.1):
            return self.insert(operation, parent)
        return self.chance.choice(found)

    def _snapshot(self) -> int:
        key = self.chance.randrange(1, 2**62)
        self.connection.execute(
            "INSERT INTO snapshot(id, kind, json, sha256, created_at) VALUES (?, 'test', '{}', ?, ?)",
            (key, "0" * 64, journal.now()),
        )
        return key
