"""What the calendar of the work shows beside the due lines: events, help, next steps, plans, meetings. Only SQL."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import Any

from app.models import organisations

_SPANS: Mapping[str, str] = {
    "event": "SELECT e.id, e.kind, e.title, e.date_from, coalesce(e.date_to, e.date_from) AS date_to, e.time_from,"
    " e.time_to, e.state, e.reason, e.body_id, e.owner_id, e.host_id, e.place, e.link, e.methodist, e.topic"
    " FROM work_event e WHERE e.date_from <= :last AND max(coalesce(e.date_to, e.date_from), e.date_from) >= :first"
    " ORDER BY e.date_from, e.time_from, e.id",
    "help": "SELECT h.id, h.kind, h.held_on, h.organisation_id, h.people, h.topic, h.outcome, h.methodist, h.body_id"
    " FROM help_entry h WHERE h.held_on BETWEEN :first AND :last ORDER BY h.held_on, h.id",
    "next": "SELECT h.id, h.next_step, h.next_on, h.next_done_on, h.organisation_id, h.methodist, h.body_id"
    " FROM help_entry h WHERE h.next_on BETWEEN :first AND :last ORDER BY h.next_on, h.id",
    "body_plan": "SELECT p.id, p.body_id, p.school_year, p.text, p.due_on, p.responsible, p.done_on, p.event_id"
    " FROM body_plan p WHERE p.due_on BETWEEN :first AND :last ORDER BY p.due_on, p.id",
    "mentoring": "SELECT m.id, m.pair_id, m.planned_on, m.held_on, m.topic, p.organisation_id,"
    " a.full_name AS mentor, b.full_name AS mentee FROM mentor_meeting m JOIN mentor_pair p ON p.id = m.pair_id"
    " LEFT JOIN person a ON a.id = p.mentor_id LEFT JOIN person b ON b.id = p.mentee_id"
    " WHERE coalesce(m.held_on, m.planned_on) BETWEEN :first AND :last ORDER BY 3, m.id",
}
"""Key of a source → rows that touch a span; days are ISO and included."""
SOURCES = tuple(_SPANS)


def rows(connection: sqlite3.Connection, source: str, first: str, last: str) -> list[dict[str, Any]]:
    """Return the rows of a source that touch a span.

    Args:
        connection: reading connection.
        source: one of ``SOURCES``.
        first: ISO day, included.
        last: ISO day, included.
    """
    cursor = connection.execute(_SPANS[source], {"first": first, "last": last})
    names = [one[0] for one in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


def event_schools(connection: sqlite3.Connection, first: str, last: str) -> dict[int, frozenset[int]]:
    """Return event → canonical schools that are invited or named in its list, of the events that touch a span."""
    merged = organisations.canonical_map(connection)
    found: dict[int, set[int]] = {}
    for event, school in connection.execute(
        # the events first: a file of ten years has sixty thousand names, a month a few hundred
        "WITH e AS MATERIALIZED (SELECT id FROM work_event WHERE date_from <= :last"
        " AND max(coalesce(date_to, date_from), date_from) >= :first)"
        " SELECT event_id, organisation_id FROM event_people"
        " WHERE event_id IN (SELECT id FROM e) AND organisation_id IS NOT NULL"
        " UNION SELECT event_id, organisation_id FROM event_guest"
        " WHERE event_id IN (SELECT id FROM e) AND organisation_id IS NOT NULL",
        {"first": first, "last": last},
    ):
        found.setdefault(event, set()).add(merged.get(school, school))
    return {key: frozenset(schools) for key, schools in found.items()}


def bodies(connection: sqlite3.Connection) -> dict[int, str]:
    """Return body → name of those that have events, plans or help."""
    return dict(
        connection.execute(
            "SELECT id, name FROM body WHERE id IN (SELECT body_id FROM work_event) OR id IN (SELECT body_id"
            " FROM body_plan) OR id IN (SELECT body_id FROM help_entry WHERE body_id IS NOT NULL) ORDER BY name"
        )
    )


def owners(connection: sqlite3.Connection) -> list[int]:
    """Return the canonical schools that have events of their own."""
    merged = organisations.canonical_map(connection)
    found = connection.execute("SELECT DISTINCT owner_id FROM work_event WHERE owner_id IS NOT NULL")
    return sorted({merged.get(key, key) for (key,) in found})


def years(connection: sqlite3.Connection) -> tuple[int, int] | None:
    """Return the first and the last calendar year with an event or help, None of an empty file."""
    row = connection.execute(
        "SELECT min(day), max(day) FROM (SELECT min(date_from) AS day FROM work_event"
        " UNION ALL SELECT max(date_from) FROM work_event UNION ALL SELECT min(held_on) FROM help_entry"
        " UNION ALL SELECT max(held_on) FROM help_entry)"
    ).fetchone()
    return None if row[0] is None else (int(row[0][:4]), int(row[1][:4]))


def file_uid(connection: sqlite3.Connection) -> str:
    """Return what tells this file from every other one; copies keep it."""
    row = connection.execute("SELECT value FROM file_meta WHERE key = 'uid'").fetchone()
    return "file" if row is None else str(row[0])
