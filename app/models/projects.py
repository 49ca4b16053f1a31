"""Projects of schools by school year (domain §9): rows in, records out."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

_SELECT = """
SELECT p.id, coalesce(o.duplicate_of, o.id), coalesce(c.short_name, c.name, o.short_name, o.name), p.school_year,
       p.kind, p.name, p.level, p.topic, p.supervisor, p.act, p.note
FROM school_project p JOIN organisation o ON o.id = p.organisation_id LEFT JOIN organisation c ON c.id = o.duplicate_of
"""


@dataclass(frozen=True, slots=True)
class Project:
    """One project of a school in one school year; a merged school shows its canonical record."""

    id: int
    school_id: int
    school: str
    school_year: int
    kind: str
    name: str
    level: str | None
    topic: str | None
    supervisor: str | None
    act: str | None
    note: str | None


def listing(
    connection: sqlite3.Connection,
    *,
    school_year: int | None = None,
    school_id: int | None = None,
    kind: str | None = None,
) -> list[Project]:
    """Return projects by school, newest year first, then by name."""
    where, values = ["1"], []
    for column, value in (
        ("p.school_year", school_year), ("coalesce(o.duplicate_of, o.id)", school_id), ("p.kind", kind),
    ):  # fmt: skip
        if value is not None:
            where.append(f"{column} = ?")
            values.append(value)
    order = "ORDER BY 3, p.school_year DESC, p.kind, p.name, p.id"
    return [Project(*row) for row in connection.execute(f"{_SELECT} WHERE {' AND '.join(where)} {order}", values)]


def get(connection: sqlite3.Connection, key: int) -> Project | None:
    """Return one project by its key."""
    row = connection.execute(f"{_SELECT} WHERE p.id = ?", (key,)).fetchone()
    return None if row is None else Project(*row)
