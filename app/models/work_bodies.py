"""Professional associations: bodies with their members, schools, plan of the year, meetings, products. Only SQL.

A body is that of the directory (decision 6); a meeting is a ``work_event`` with its ``body_id``, a product a
``practice``, a scored form belongs to a ``form_subject`` of the body.
"""

from __future__ import annotations

import sqlite3
from typing import Any

Rows = list[dict[str, Any]]

_MEMBERS = """
SELECT m.id, m.body_id, m.person_id, p.full_name AS name, p.position, m.role, m.organisation_id, m.date_from, m.date_to,
       m.note
FROM body_member m JOIN person p ON p.id = m.person_id
WHERE :body IS NULL OR m.body_id = :body
ORDER BY p.full_name, m.id
"""
_PLAN = """
SELECT t.id, t.body_id, t.school_year, t.position, t.text, t.due_on, t.responsible, t.event_id, t.done_on, t.result,
       e.title AS event, e.state AS event_state, e.date_from AS event_day
FROM body_plan t LEFT JOIN work_event e ON e.id = t.event_id
WHERE (:body IS NULL OR t.body_id = :body) AND (:year IS NULL OR t.school_year = :year)
ORDER BY t.position, t.id
"""
_MEETINGS = """
SELECT e.id, e.body_id, e.kind, e.title, e.date_from, e.date_to, e.time_from, e.state, e.place, e.topic, e.result,
       e.document_id, d.number, d.dated,
       (SELECT sum(p.connections) FROM event_people p WHERE p.event_id = e.id) AS connections,
       (SELECT count(*) FROM decision_point o WHERE o.document_id = e.document_id) AS points,
       (SELECT count(*) FROM decision_point o WHERE o.document_id = e.document_id AND o.state IN ('open', 'running',
        'part')) AS waiting
FROM work_event e LEFT JOIN decision_document d ON d.id = e.document_id
WHERE e.body_id IS NOT NULL AND (:body IS NULL OR e.body_id = :body)
  AND (e.date_from IS NULL OR e.date_from BETWEEN :first AND :last)
ORDER BY e.date_from IS NULL, e.date_from, e.time_from, e.id
"""
NAMED_BY: tuple[tuple[str, str, str], ...] = (
    ("list_protocol", "body_id", "протокол списка школ"),
    ("form_protocol", "body_id", "протокол экспертной оценки"),
    ("programme_responsible", "body_id", "план программы"),
    ("programme_mechanism", "body_id", "механизм программы"),
)
"""Papers that speak of a body by its row: while they do it can be ended, not removed. Table, column, what it is."""


def bodies(connection: sqlite3.Connection) -> Rows:
    """Return every body, by name."""
    return _rows(connection.execute("SELECT * FROM body ORDER BY name, id"))


def body(connection: sqlite3.Connection, key: int) -> dict[str, Any] | None:
    """Return one body."""
    found = _rows(connection.execute("SELECT * FROM body WHERE id = ?", (key,)))
    return found[0] if found else None


def members(connection: sqlite3.Connection, body_id: int | None = None) -> Rows:
    """Return who is or was in a body, or in all of them, by name, with the post from the directory."""
    return _rows(connection.execute(_MEMBERS, {"body": body_id}))


def schools(connection: sqlite3.Connection, body_id: int | None = None) -> Rows:
    """Return the schools that take part in a body, or in all of them, in the file's own order."""
    cursor = connection.execute(
        "SELECT s.* FROM body_school s LEFT JOIN organisation o ON o.id = s.organisation_id"
        " WHERE :body IS NULL OR s.body_id = :body"
        " ORDER BY o.position IS NULL, o.position, coalesce(o.short_name, o.name), s.id",
        {"body": body_id},
    )
    return _rows(cursor)


def plan(connection: sqlite3.Connection, school_year: int | None = None, body_id: int | None = None) -> Rows:
    """Return items of plans in their order, each with the event it became: of a school year, of one body, or all."""
    return _rows(connection.execute(_PLAN, {"body": body_id, "year": school_year}))


def meetings(connection: sqlite3.Connection, first: str, last: str, body_id: int | None = None) -> Rows:
    """Return events of bodies in a span, and those without a day.

    Args:
        connection: reading connection.
        first: ISO day, included.
        last: ISO day, included.
        body_id: only of this body.
    """
    return _rows(connection.execute(_MEETINGS, {"body": body_id, "first": first, "last": last}))


def products(connection: sqlite3.Connection, body_id: int | None = None) -> Rows:
    """Return what bodies have made, with how many schools have adopted it; the newest first."""
    cursor = connection.execute(
        "SELECT p.id, p.body_id, p.kind, p.title, p.author, p.school_year, p.state, p.subject, p.organisation_id,"
        " (SELECT count(DISTINCT u.organisation_id) FROM practice_use u WHERE u.practice_id = p.id"
        " AND u.state = 'adopted') AS adopted"
        " FROM practice p WHERE p.body_id IS NOT NULL AND (:body IS NULL OR p.body_id = :body)"
        " ORDER BY p.school_year DESC, p.title, p.id",
        {"body": body_id},
    )
    return _rows(cursor)


def subjects(connection: sqlite3.Connection, body_id: int) -> list[int]:
    """Return the form subjects that are a body."""
    found = connection.execute("SELECT id FROM form_subject WHERE body_id = ? ORDER BY id", (body_id,))
    return [int(key) for (key,) in found]


def count_naming(connection: sqlite3.Connection, table: str, column: str, key: int) -> int:
    """Return how many rows of a table name a body; table and column come from the code, never from a person."""
    return int(connection.execute(f"SELECT count(*) FROM {table} WHERE {column} = ?", (key,)).fetchone()[0])


def event(connection: sqlite3.Connection, key: int) -> dict[str, Any] | None:
    """Return one event as it is stored."""
    found = _rows(connection.execute("SELECT * FROM work_event WHERE id = ?", (key,)))
    return found[0] if found else None


def guests(connection: sqlite3.Connection, event_id: int) -> Rows:
    """Return who of the list of names came to an event, in its order, with post as written or as in the directory."""
    cursor = connection.execute(
        "SELECT coalesce(g.name, p.full_name) AS name, coalesce(g.post, p.position) AS post, g.person_id"
        " FROM event_guest g LEFT JOIN person p ON p.id = g.person_id"
        " WHERE g.event_id = ? AND g.came IN ('yes', 'online') ORDER BY g.position, g.id",
        (event_id,),
    )
    return _rows(cursor)


def items(connection: sqlite3.Connection, event_id: int) -> Rows:
    """Return the programme of an event in its order."""
    return _rows(connection.execute("SELECT * FROM event_item WHERE event_id = ? ORDER BY position, id", (event_id,)))


def _rows(cursor: sqlite3.Cursor) -> Rows:
    names = [item[0] for item in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]
