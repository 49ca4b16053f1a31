"""What the methodist's own work is counted from: events, bodies, practices, mentoring; without names. Only SQL.

Schools are given by their canonical record, so that a merged school counts once.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.models import organisations

_EVER = ("0001-01-01", "9999-12-31")


def canonical(connection: sqlite3.Connection) -> dict[int, int]:
    """Return record → the one it was merged into."""
    return organisations.canonical_map(connection)


def heads(connection: sqlite3.Connection, schools: set[int]) -> int:
    """Return how many people are directors or deputies of schools now, each once; merged records count."""
    merged = organisations.canonical_map(connection)
    rows = connection.execute("SELECT person_id, organisation_id, role FROM appointment WHERE date_to IS NULL")
    return len({
        person for person, school, role in rows
        if merged.get(school, school) in schools and str(role).casefold().startswith(("директор", "замест"))
    })  # fmt: skip


@dataclass(frozen=True, slots=True)
class EventRow:
    """What an event counts as; who came to it is read by ``operations.work_turnout``."""

    id: int
    kind: str
    title: str | None
    date_from: str | None
    date_to: str | None
    state: str
    lineage: int | None
    body_id: int | None
    platform_id: int | None
    place: str | None
    methodist: str | None
    document_id: int | None


_EVENT = (
    "id, kind, title, date_from, date_to, state, lineage, body_id, platform_id, place, methodist, document_id"
)  # fmt: skip


def steps_done(connection: sqlite3.Connection, first: str, last: str) -> list[str | None]:
    """Return the methodists of the next steps that were done in a span."""
    rows = connection.execute(
        "SELECT methodist FROM help_entry WHERE next_done_on BETWEEN ? AND ? ORDER BY id", (first, last)
    )
    return [methodist for (methodist,) in rows]


def events(connection: sqlite3.Connection, first: str = _EVER[0], last: str = _EVER[1]) -> list[EventRow]:
    """Return the events that begin in a span of ISO days, both included, by day: each belongs to its first day."""
    rows = connection.execute(
        f"SELECT {_EVENT} FROM work_event WHERE date_from BETWEEN ? AND ? ORDER BY date_from, id", (first, last)
    )
    return [EventRow(*row) for row in rows]


# --- bodies ------------------------------------------------------------------------------------------------------


def bodies(connection: sqlite3.Connection) -> dict[int, tuple[str, str, str | None, str | None]]:
    """Return body → name, kind, first and last day of its work."""
    rows = connection.execute("SELECT id, name, kind, date_from, date_to FROM body ORDER BY name, id")
    return {row[0]: row[1:] for row in rows}


def bodies_of_school(connection: sqlite3.Connection, school_id: int, day: str) -> list[tuple[int, str]]:
    """Return (body, name) of those a school or its people are in on a day; records merged into the school count."""
    merged = organisations.canonical_map(connection)
    own = [school_id, *(key for key, into in merged.items() if into == school_id)]
    marks = ", ".join("?" * len(own))
    alive = "coalesce(m.date_from, '') <= ? AND coalesce(m.date_to, '9') >= ?"
    rows = connection.execute(
        "SELECT DISTINCT b.id, b.name FROM body b JOIN ("
        f"SELECT body_id FROM body_school m WHERE organisation_id IN ({marks}) AND {alive}"
        f" UNION SELECT body_id FROM body_member m WHERE organisation_id IN ({marks}) AND {alive}"
        ") m ON m.body_id = b.id WHERE coalesce(b.date_to, '9') >= ? ORDER BY b.name, b.id",
        (*own, day, day, *own, day, day, day),
    )
    return [(key, name) for key, name in rows]


@dataclass(frozen=True, slots=True)
class PlanItem:
    """One line of the plan of a body."""

    body_id: int
    due_on: str | None
    done_on: str | None
    responsible: str | None


def plan_items(connection: sqlite3.Connection) -> list[PlanItem]:
    """Return every line of the plans of bodies that has a term or was done."""
    rows = connection.execute(
        "SELECT body_id, due_on, done_on, responsible FROM body_plan WHERE due_on IS NOT NULL OR done_on IS NOT NULL"
        " ORDER BY id"
    )
    return [PlanItem(*row) for row in rows]


# --- practices ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PracticeRow:
    """One practice or product of the bank."""

    id: int
    kind: str
    title: str | None
    school_id: int | None
    body_id: int | None
    school_year: int | None
    state: str
    accepted_on: str | None


@dataclass(frozen=True, slots=True)
class UseRow:
    """One school that uses a practice."""

    id: int
    practice_id: int
    school_id: int | None
    state: str
    since: str | None


def _of_school(merged: Mapping[int, int], row: tuple[Any, ...], place: int) -> list[Any]:
    """Return a row whose school is the canonical record."""
    return [*row[:place], merged.get(row[place], row[place]), *row[place + 1 :]]


def practices(connection: sqlite3.Connection) -> list[PracticeRow]:
    """Return the bank of practices and products."""
    merged = organisations.canonical_map(connection)
    rows = connection.execute(
        "SELECT id, kind, title, organisation_id, body_id, school_year, state, accepted_on FROM practice ORDER BY id"
    )
    return [PracticeRow(*_of_school(merged, row, 3)) for row in rows]


def uses(connection: sqlite3.Connection, first: str = "", last: str = _EVER[1]) -> list[UseRow]:
    """Return who uses practices since a day of a span; with the whole span those without a day too."""
    merged = organisations.canonical_map(connection)
    rows = connection.execute(
        "SELECT id, practice_id, organisation_id, state, since FROM practice_use"
        " WHERE coalesce(since, '') BETWEEN ? AND ? ORDER BY id", (first, last),
    )  # fmt: skip
    return [UseRow(*_of_school(merged, row, 2)) for row in rows]


# --- mentoring ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PairRow:
    """One mentoring pair, without names."""

    id: int
    form: str
    school_id: int | None
    date_from: str | None
    date_to: str | None
    state: str


@dataclass(frozen=True, slots=True)
class YoungRow:
    """Young teachers of one school in a school year, as counts."""

    id: int
    school_id: int | None
    young: int | None
    first_year: int | None
    mentored: int | None


def pairs(connection: sqlite3.Connection) -> list[PairRow]:
    """Return the mentoring pairs."""
    merged = organisations.canonical_map(connection)
    rows = connection.execute(
        "SELECT id, form, organisation_id, date_from, date_to, state FROM mentor_pair ORDER BY id"
    )
    return [PairRow(*_of_school(merged, row, 2)) for row in rows]


def pair_meetings(connection: sqlite3.Connection, first: str, last: str) -> list[int]:
    """Return the pair of each meeting held in a span."""
    rows = connection.execute(
        "SELECT pair_id FROM mentor_meeting WHERE held_on BETWEEN ? AND ? ORDER BY id", (first, last)
    )
    return [pair for (pair,) in rows]


def young(connection: sqlite3.Connection, school_year: int) -> list[YoungRow]:
    """Return the counts of young teachers of a school year; of records merged into one school the first that tells.

    Counts of a merged record and of the school itself are two answers about one school: they are never added up.
    """
    merged = organisations.canonical_map(connection)
    rows = connection.execute(
        "SELECT id, organisation_id, young, first_year, mentored FROM young_count WHERE school_year = ?", (school_year,)
    ).fetchall()
    rows.sort(key=lambda row: (row[1] in merged, row[0]))  # the school's own row speaks before a merged one's
    found: dict[object, YoungRow] = {}
    for row in rows:
        school = merged.get(row[1], row[1])
        found.setdefault(school if school is not None else ("row", row[0]), YoungRow(row[0], school, *row[2:]))
    return list(found.values())


def methodists(connection: sqlite3.Connection) -> list[str]:
    """Return who is named as the methodist of an entry or an event, each spelling once."""
    rows = connection.execute(
        "SELECT methodist FROM help_entry WHERE methodist IS NOT NULL UNION SELECT methodist FROM work_event"
        " WHERE methodist IS NOT NULL ORDER BY 1"
    )
    return [name for (name,) in rows]
