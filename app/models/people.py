"""The directory of people and bodies (decision 6)."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, replace
from typing import Any

from app.models.store import Operation

_MEMBER = "SELECT m.id, p.id, p.full_name, m.role, m.date_from, m.date_to FROM body_member m"


@dataclass(frozen=True, slots=True)
class Person:
    """One person of the directory; ``name_cases`` is JSON with own forms of the name by case."""

    id: int
    full_name: str
    position: str | None
    phone: str | None
    email: str | None
    note: str | None
    name_cases: str | None = None


@dataclass(frozen=True, slots=True)
class Body:
    """A working group, a council, a commission, with its members (id, person, name, role, from, to)."""

    id: int
    name: str
    kind: str
    act: str | None
    date_from: str | None
    date_to: str | None
    members: tuple[tuple[int, int, str, str, str | None, str | None], ...] = ()


def people(connection: sqlite3.Connection) -> list[Person]:
    """Return everybody, by name."""
    rows = connection.execute(
        "SELECT id, full_name, position, phone, email, note, name_cases FROM person ORDER BY full_name"
    )
    return [Person(*row) for row in rows]


def bodies(connection: sqlite3.Connection) -> list[Body]:
    """Return all bodies with their members."""
    rows = connection.execute("SELECT id, name, kind, act, date_from, date_to FROM body ORDER BY name").fetchall()
    return [replace(Body(*row), members=_members(connection, row[0])) for row in rows]


def _members(connection: sqlite3.Connection, body_id: int) -> tuple[Any, ...]:
    sql = f"{_MEMBER} JOIN person p ON p.id = m.person_id WHERE m.body_id = ? ORDER BY p.full_name"
    return tuple(connection.execute(sql, (body_id,)).fetchall())


def ensure_person(operation: Operation, full_name: str, **values: str | None) -> int:
    """Return the key of a person of that name, making one when there is none."""
    row = operation.connection.execute(
        "SELECT id FROM person WHERE full_name = ? ORDER BY id LIMIT 1", (full_name,)
    ).fetchone()
    if row is not None:
        return int(row[0])
    return operation.insert("person", full_name=full_name, **values)
