"""The bank of practices and who uses them: queries in, rows out."""

from __future__ import annotations

import sqlite3
from typing import NamedTuple

TABLE = "practice"


class PracticeRow(NamedTuple):
    """One row as it is stored."""

    id: int
    kind: str
    title: str | None
    organisation_id: int | None
    body_id: int | None
    author: str | None
    school_year: int | None
    subject: str | None
    deficit_kind: str | None
    problem: str | None
    idea: str | None
    evidence: str | None
    audience: str | None
    state: str
    act: str | None
    accepted_on: str | None
    link: str | None
    note: str | None


class UseRow(NamedTuple):
    """A school that uses a practice, as it is stored."""

    id: int
    practice_id: int
    organisation_id: int | None
    state: str
    since: str | None
    rating: int | None
    opinion: str | None
    note: str | None


def practices(connection: sqlite3.Connection) -> list[PracticeRow]:
    """Return every practice in the order of keys."""
    columns = ", ".join(PracticeRow._fields)
    return [PracticeRow(*row) for row in connection.execute(f"SELECT {columns} FROM practice ORDER BY id")]


def practice(connection: sqlite3.Connection, key: int) -> PracticeRow | None:
    """Return one practice."""
    columns = ", ".join(PracticeRow._fields)
    row = connection.execute(f"SELECT {columns} FROM practice WHERE id = ?", (key,)).fetchone()
    return None if row is None else PracticeRow(*row)


def uses(connection: sqlite3.Connection, practice_id: int | None = None) -> list[UseRow]:
    """Return who uses what, of every practice or of one, in the order of keys."""
    columns = ", ".join(UseRow._fields)
    return [
        UseRow(*row)
        for row in connection.execute(
            f"SELECT {columns} FROM practice_use WHERE practice_id = coalesce(?, practice_id) ORDER BY id",
            (practice_id,),
        )
    ]


def bodies(connection: sqlite3.Connection) -> dict[int, str]:
    """Return the professional associations: key → name."""
    return {int(key): str(name) for key, name in connection.execute("SELECT id, name FROM body ORDER BY name")}


def files(connection: sqlite3.Connection) -> dict[int, int]:
    """Return practice → how many files and links lie beside it."""
    return {
        int(key): int(number)
        for key, number in connection.execute(
            "SELECT row_key, count(*) FROM attachment WHERE table_name = 'practice' GROUP BY row_key"
        )
    }


def offered(connection: sqlite3.Connection, practice_id: int) -> list[tuple[int | None, str | None, str]]:
    """Return (school, deficit, state) of the lines of support cards that were taken from a practice."""
    return connection.execute(
        "SELECT organisation_id, deficit, state FROM support_line WHERE practice_id = ? ORDER BY id", (practice_id,)
    ).fetchall()
