"""Mentoring pairs, their meetings, counts of young teachers. Only reading; registers write."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting of a pair; days are ISO, None where they are not written."""

    id: int
    pair_id: int
    planned_on: str | None
    held_on: str | None
    topic: str | None
    outcome: str | None


@dataclass(frozen=True, slots=True)
class Pair:
    """One pair as it is stored; schools are records as they stand, maybe merged ones.

    Attributes:
        mentor: full name; "" where nobody is named; ``mentor_post`` what the directory says of them.
        school_id: where the mentee works.
        meetings: in the order of their plan.
    """

    id: int
    form: str
    mentor_id: int | None
    mentor: str
    mentor_post: str
    mentor_school_id: int | None
    mentee_id: int | None
    mentee: str
    mentee_post: str
    school_id: int | None
    subject: str
    topic: str
    works_since: str | None
    act: str
    date_from: str | None
    date_to: str | None
    state: str
    result: str
    meetings: tuple[Meeting, ...] = ()


@dataclass(frozen=True, slots=True)
class YoungCount:
    """What one school says of a school year; None where it says nothing."""

    id: int
    organisation_id: int | None
    young: int | None
    first_year: int | None
    mentored: int | None
    pupil_pairs: int | None
    left_school: int | None
    source: str


_PAIRS = """
SELECT p.id, p.form, p.mentor_id, coalesce(m.full_name, ''), coalesce(m.position, ''), p.mentor_school_id, p.mentee_id,
       coalesce(e.full_name, ''), coalesce(e.position, ''), p.organisation_id, coalesce(p.subject, ''),
       coalesce(p.topic, ''), p.works_since, coalesce(p.act, ''), p.date_from, p.date_to, p.state,
       coalesce(p.result, '')
FROM mentor_pair p LEFT JOIN person m ON m.id = p.mentor_id LEFT JOIN person e ON e.id = p.mentee_id
"""


def pairs(connection: sqlite3.Connection) -> list[Pair]:
    """Return every pair with its meetings, by the mentee's name, then the mentor's."""
    held: dict[int, list[Meeting]] = {}
    for row in connection.execute(
        "SELECT id, pair_id, planned_on, held_on, topic, outcome FROM mentor_meeting ORDER BY pair_id, position, id"
    ):
        held.setdefault(row[1], []).append(Meeting(*row))
    rows = connection.execute(f"{_PAIRS} ORDER BY e.full_name, m.full_name, p.id")
    return [replace(Pair(*row), meetings=tuple(held.get(row[0], ()))) for row in rows]


def pair(connection: sqlite3.Connection, key: int) -> Pair | None:
    """Return one pair."""
    row = connection.execute(f"{_PAIRS} WHERE p.id = ?", (key,)).fetchone()
    if row is None:
        return None
    held = connection.execute(
        "SELECT id, pair_id, planned_on, held_on, topic, outcome FROM mentor_meeting WHERE pair_id = ?"
        " ORDER BY position, id", (key,),
    )  # fmt: skip
    return replace(Pair(*row), meetings=tuple(Meeting(*one) for one in held))


def young_counts(connection: sqlite3.Connection, year: int) -> list[YoungCount]:
    """Return what schools say of a school year, rows in the order in which they were made."""
    rows = connection.execute(
        "SELECT id, organisation_id, young, first_year, mentored, pupil_pairs, left_school, coalesce(source, '')"
        " FROM young_count WHERE school_year = ? ORDER BY rowid", (year,),
    )  # fmt: skip
    return [YoungCount(*row) for row in rows]
