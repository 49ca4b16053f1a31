"""Rows with a due day of every table that has one, and operations since a moment. Only SQL."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from app.models import organisations

Mode = Literal["open", "due", "done"]
"""``open``: not closed and due up to the last day; ``due``: due in the span, closed or not; ``done``: done in it."""


@dataclass(frozen=True, slots=True)
class Dated:
    """A table whose rows are due and get done.

    Attributes:
        source: the table with what is joined to it, and the columns that are read.
        due: column of the due day; done: column of the day on which it was done, "" where none is kept.
        closed: condition of rows that nobody waits for any more.
    """

    select: str
    source: str
    due: str
    done: str
    closed: str


TABLES: Mapping[str, Dated] = {
    "task": Dated(
        "t.id, t.kind, t.text, t.due_on, t.repeat, coalesce(t.responsible, p.full_name) AS responsible,"
        " t.organisation_id, t.place, t.place_key, t.done_on, t.result",
        "task t LEFT JOIN person p ON p.id = t.person_id", "t.due_on", "t.done_on", "t.done_on IS NOT NULL",
    ),
    "request": Dated(
        "t.id, t.number, t.dated, t.sender, t.subject, t.due_on, t.responsible, t.answered_on, t.answer_number",
        "request t", "t.due_on", "t.answered_on", "t.answered_on IS NOT NULL",
    ),
    "point": Dated(
        "t.id, t.label, t.text, coalesce(t.responsible, p.full_name) AS responsible, t.organisation_id, t.due_on,"
        " t.state, t.done_on, d.id AS document, d.kind, d.number, d.dated, d.school_year",
        "decision_point t JOIN decision_document d ON d.id = t.document_id LEFT JOIN person p ON p.id = t.person_id",
        "t.due_on", "t.done_on", "t.state IN ('done', 'not_done', 'withdrawn')",
    ),
    "measuring": Dated(
        "t.id, t.title, t.lineage, t.plan_year, t.due_on, date(t.closed_at, 'localtime') AS closed_on,"
        " (SELECT g.title FROM programme g WHERE g.lineage = t.lineage ORDER BY g.edition DESC LIMIT 1) AS programme",
        "measuring_point t", "t.due_on", "date(t.closed_at, 'localtime')", "t.closed_at IS NOT NULL",
    ),
    "risk": Dated(
        "t.id, t.factor, t.text, t.responsible, t.organisation_id, t.due_on, t.done_on, t.school_year",
        "risk_measure t", "t.due_on", "t.done_on", "t.state IN ('done', 'not_done')",
    ),
    "support": Dated(
        "t.id, t.deficit, t.offer, t.provider, t.responsible, t.organisation_id, t.date_to, t.state, t.school_year",
        "support_line t", "t.date_to", "", "t.state IN ('done', 'refused')",
    ),
    "partnership": Dated(
        "t.id, t.number, t.topic, t.donor, t.receiver_id, t.date_to, t.school_year", "partnership t", "t.date_to", "",
        "t.state IN ('ended', 'broken')",
    ),
    "joint": Dated(
        "t.id, t.title, t.planned_on, t.held_on, p.receiver_id, p.id AS partnership, p.school_year",
        "partnership_event t JOIN partnership p ON p.id = t.partnership_id", "t.planned_on", "t.held_on",
        "(t.held_on IS NOT NULL OR p.state IN ('ended', 'broken'))",
    ),
    "route": Dated(
        "t.id, t.step, t.planned_on, t.held_on, t.responsible, t.organisation_id, t.school_year", "route_step t",
        "t.planned_on", "t.held_on", "t.held_on IS NOT NULL",
    ),
    "meeting": Dated(
        "t.id, t.step, t.next_on, t.responsible, t.organisation_id, t.school_year", "route_step t", "t.next_on", "",
        "EXISTS (SELECT 1 FROM route_step n WHERE n.organisation_id = t.organisation_id AND n.held_on >= t.next_on)",
    ),
    "recommendation": Dated(
        "t.id, t.text, t.name, t.organisation_id, t.due_on, t.school_year", "recommendation t", "t.due_on", "",
        "t.used IS NOT NULL",
    ),
    "round": Dated(
        "t.id, t.title, t.form_id, t.due_on, t.closed_on", "form_round t", "t.due_on", "t.closed_on",
        "t.closed_on IS NOT NULL",
    ),
    "note": Dated(
        "t.id, t.text, t.remind_on, t.organisation_id", "note t", "t.remind_on", "", "t.done <> 0",
    ),
    "next": Dated(
        "t.id, t.kind, t.topic, t.next_step, t.next_on, t.next_done_on, t.held_on, t.organisation_id,"
        " t.methodist", "help_entry t", "t.next_on", "t.next_done_on", "t.next_done_on IS NOT NULL",
    ),
    "remark": Dated(
        "t.id, t.text, t.person, t.due_on, p.number, p.title,"
        " (SELECT min(a.happened_on) FROM paper_event a WHERE a.answers = t.id) AS answered_on",
        "paper_event t JOIN outgoing_paper p ON p.id = t.paper_id AND t.kind = 'remark'", "t.due_on",
        "(SELECT min(a.happened_on) FROM paper_event a WHERE a.answers = t.id)",
        "(p.state = 'withdrawn' OR EXISTS (SELECT 1 FROM paper_event a WHERE a.answers = t.id)"
        " OR EXISTS (SELECT 1 FROM outgoing_paper r WHERE r.replaces = p.id AND r.state <> 'withdrawn'))",
    ),
    "body_plan": Dated(
        "t.id, t.text, t.due_on, t.done_on, t.responsible, t.result, t.school_year, t.body_id, b.name AS body,"
        " b.organisation_id, e.state AS event_state",
        "body_plan t JOIN body b ON b.id = t.body_id LEFT JOIN work_event e ON e.id = t.event_id", "t.due_on",
        "t.done_on", "(t.done_on IS NOT NULL OR coalesce(b.date_to < t.due_on, 0))",
    ),
    "mentoring": Dated(
        "t.id, t.topic, t.planned_on, t.held_on, p.id AS pair, p.organisation_id, m.full_name AS mentor,"
        " e.full_name AS mentee",
        "mentor_meeting t JOIN mentor_pair p ON p.id = t.pair_id LEFT JOIN person m ON m.id = p.mentor_id"
        " LEFT JOIN person e ON e.id = p.mentee_id", "t.planned_on", "t.held_on",
        "(t.held_on IS NOT NULL OR p.state IN ('ended', 'broken'))",
    ),
    "event": Dated(
        "t.id, t.date_from, t.state", "work_event t", "t.date_from",
        "CASE WHEN t.state = 'held' THEN coalesce(t.date_to, t.date_from) END",
        "(t.state = 'cancelled' OR t.state = 'held' AND (EXISTS (SELECT 1 FROM event_people p WHERE p.event_id = t.id"
        " AND (p.came IS NOT NULL OR p.connections IS NOT NULL)) OR EXISTS (SELECT 1 FROM event_guest g"
        " WHERE g.event_id = t.id AND g.came IN ('yes', 'online'))))",
    ),
}  # fmt: skip


def dated(connection: sqlite3.Connection, table: str, mode: Mode, first: str, last: str) -> list[dict[str, Any]]:
    """Return rows of a table of ``TABLES`` by their due day, or by the day they were done.

    Args:
        connection: reading connection.
        table: key of ``TABLES``.
        mode: see ``Mode``.
        first: ISO day, included; it does not count for ``open``.
        last: ISO day, included.

    Returns:
        columns of the table's ``select`` and ``shut``: nobody waits for the row any more.
    """
    item = TABLES[table]
    if mode == "done" and not item.done:
        return []
    column = item.done if mode == "done" else item.due
    where = f"{column} <= :last AND NOT ({item.closed})" if mode == "open" else f"{column} BETWEEN :first AND :last"
    cursor = connection.execute(
        f"SELECT {item.select}, ({item.closed}) AS shut FROM {item.source} WHERE {where} ORDER BY {column}, t.id",
        {"first": first, "last": last},
    )
    names = [one[0] for one in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


def held_steps(connection: sqlite3.Connection) -> dict[tuple[int, int], list[str]]:
    """Return (canonical school, school year) → steps of its route that were held."""
    found: dict[tuple[int, int], list[str]] = {}
    merged = organisations.canonical_map(connection)
    for school, year, step in connection.execute(
        "SELECT organisation_id, school_year, step FROM route_step WHERE held_on IS NOT NULL"
    ):
        found.setdefault((merged.get(school, school), year), []).append(step)
    return found


def unmarked(connection: sqlite3.Connection, year: int) -> list[int]:
    """Return the recommendations of a school year that nobody has marked as used or not, in their order."""
    rows = connection.execute(
        "SELECT id FROM recommendation WHERE school_year = ? AND used IS NULL ORDER BY position, id", (year,)
    )
    return [int(key) for (key,) in rows]


def names(connection: sqlite3.Connection) -> dict[int, str]:
    """Return organisation → name as it is shown; of a merged record the name of the one it was merged into."""
    found: dict[int, tuple[str, int | None]] = {
        int(key): (str(short or name), into)
        for key, name, short, into in connection.execute("SELECT id, name, short_name, duplicate_of FROM organisation")
    }

    def shown(key: int) -> str:
        seen: set[int] = set()
        into = found[key][1]
        while into is not None and into in found and key not in seen:
            seen.add(key)
            key, into = into, found[into][1]
        return found[key][0]

    return {key: shown(key) for key in found}


@dataclass(frozen=True, slots=True)
class Deed:
    """One operation as the day tells of it."""

    id: int
    at: str
    actor: str
    kind: str
    label: str


def actors(connection: sqlite3.Connection) -> list[str]:
    """Return everybody who has changed the file."""
    return [str(name) for (name,) in connection.execute("SELECT DISTINCT actor FROM operation ORDER BY 1")]


def deeds(
    connection: sqlite3.Connection, since: str | None = None, until: str | None = None, limit: int = 5_000
) -> list[Deed]:
    """Return the operations in force from one moment to another, the newest first; half-typed texts are left out.

    Args:
        connection: reading connection.
        since: UTC moment, ISO, left out; None: from the beginning.
        until: UTC moment, ISO, left out; None: to the end.
        limit: at most so many.
    """
    rows = connection.execute(
        "SELECT id, at, actor, kind, label FROM operation WHERE state = 'done' AND kind NOT LIKE '%.draft'"
        " AND (:since IS NULL OR at > :since) AND (:until IS NULL OR at < :until) ORDER BY id DESC LIMIT :limit",
        {"since": since, "until": until, "limit": limit},
    )
    return [Deed(*row) for row in rows]


def last_before(connection: sqlite3.Connection, moment: str) -> str | None:
    """Return when the last operation before a moment was done."""
    return connection.execute("SELECT max(at) FROM operation WHERE at < ?", (moment,)).fetchone()[0]  # type: ignore[no-any-return]


@dataclass(frozen=True, slots=True)
class RequestRow:
    """One request; ``came_on`` is the day it was received, else its own date."""

    came_on: str | None
    due_on: str | None
    answered_on: str | None
    responsible: str | None


def requests(connection: sqlite3.Connection, first: str, last: str) -> list[RequestRow]:
    """Return the requests that came or were answered in a span of ISO days, both included."""
    rows = connection.execute(
        "SELECT coalesce(received_on, dated), due_on, answered_on, responsible FROM request"
        " WHERE coalesce(received_on, dated) BETWEEN :first AND :last OR answered_on BETWEEN :first AND :last"
        " ORDER BY id", {"first": first, "last": last},
    )  # fmt: skip
    return [RequestRow(*row) for row in rows]


def counted(connection: sqlite3.Connection, first: str, last: str) -> dict[str, int]:
    """Return how many of what happened in a span: answers that came and were accepted, papers, requests.

    Args:
        connection: reading connection.
        first: ISO day, included.
        last: ISO day, included.
    """
    span = {"first": first, "last": last}
    asked = {
        "received": "SELECT count(*) FROM form_case WHERE received_on BETWEEN :first AND :last",
        "accepted": "SELECT count(*) FROM form_case WHERE accepted_on BETWEEN :first AND :last",
        "rounds": "SELECT count(*) FROM form_round WHERE date(created_at, 'localtime') BETWEEN :first AND :last",
        "papers": "SELECT count(*) FROM outgoing_paper WHERE date(registered_at, 'localtime') BETWEEN :first"
        " AND :last AND state <> 'withdrawn'",
        "incoming": "SELECT count(*) FROM request WHERE coalesce(received_on, dated) BETWEEN :first AND :last",
        "answered": "SELECT count(*) FROM request WHERE answered_on BETWEEN :first AND :last",
        "answered_late": "SELECT count(*) FROM request WHERE answered_on BETWEEN :first AND :last"
        " AND due_on IS NOT NULL AND answered_on > due_on",
        "courses": "SELECT coalesce(sum(people), 0) FROM course_record WHERE ended_on BETWEEN :first AND :last",
    }
    return {key: int(connection.execute(sql, span).fetchone()[0]) for key, sql in asked.items()}
