"""Sheets for schools: which was made, sent and acknowledged; and the sums that a sheet compares a school with."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from typing import Any

from app.models import merged
from app.models.records import Assessment
from app.models.store import Operation


@dataclass(frozen=True, slots=True)
class StoredSheet:
    """The sheet of one school and year; ``number`` is that of the outgoing paper, None where it was withdrawn."""

    id: int
    school_id: int
    number: int | None
    made_at: str | None
    file_name: str | None
    sent_on: str | None
    sent_to: str | None
    acknowledged_on: str | None
    acknowledged_by: str | None
    note: str | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Marks of a work against the journal."""

    assessment: Assessment
    autumn: bool
    total: int
    lowered: int
    confirmed: int
    raised: int


Total = tuple[int, int, int]
"""Below minimum, participants, schools."""


def of_year(connection: sqlite3.Connection, year: int) -> dict[int, StoredSheet]:
    """Return school → its sheet of a result year."""
    rows = connection.execute(
        "SELECT h.id, h.organisation_id, p.number, p.registered_at, p.file_name, h.sent_on, h.sent_to,"
        " h.acknowledged_on, h.acknowledged_by, h.note FROM school_sheet h"
        " LEFT JOIN outgoing_paper p ON p.id = h.paper_id AND p.state <> 'withdrawn' WHERE h.result_year = ?",
        (year,),
    )
    return {row[1]: StoredSheet(*row) for row in rows}


def put(operation: Operation, school_id: int, year: int, **values: Any) -> None:
    """Write columns of the sheet of a school and year; the row is made where there is none."""
    row = operation.connection.execute(
        "SELECT id FROM school_sheet WHERE organisation_id = ? AND result_year = ?", (school_id, year)
    ).fetchone()
    if row is None:
        operation.insert("school_sheet", organisation_id=school_id, result_year=year, **values)
    else:
        operation.update("school_sheet", row[0], **values)


def paper_id(connection: sqlite3.Connection, number: int) -> int:
    """Return the key of an outgoing paper by its number."""
    return int(connection.execute("SELECT id FROM outgoing_paper WHERE number = ?", (number,)).fetchone()[0])


def with_results(connection: sqlite3.Connection, year: int) -> set[int]:
    """Return schools that have counts of marks or of tasks in a result year."""
    rows = connection.execute(
        "SELECT coalesce(o.duplicate_of, o.id) FROM organisation o WHERE o.id IN"
        " (SELECT organisation_id FROM mark_count WHERE result_year = :year AND organisation_id IS NOT NULL"
        " UNION SELECT organisation_id FROM task_count WHERE result_year = :year AND organisation_id IS NOT NULL)",
        {"year": year},
    )
    return {key for (key,) in rows}


def years(connection: sqlite3.Connection) -> list[int]:
    """Return the result years that have counts of marks or of tasks, newest first."""
    rows = connection.execute("SELECT result_year FROM mark_count UNION SELECT result_year FROM task_count ORDER BY 1")
    return [year for (year,) in rows][::-1]


def own_totals(connection: sqlite3.Connection, year: int) -> dict[tuple[Assessment, bool], Total]:
    """Return the counts below minimum of all own schools together, by work; schools without the count are left out."""
    rows = connection.execute(
        "SELECT s.procedure, s.subject, s.level, s.grade, m.autumn, sum(m.below_min), sum(m.participants), count(*)"
        " FROM mark_count m JOIN assessment s ON s.id = m.assessment_id JOIN organisation o ON o.id = m.organisation_id"
        " JOIN organisation c ON c.id = coalesce(o.duplicate_of, o.id)"
        " WHERE m.result_year = ? AND c.own = 1 AND m.below_min IS NOT NULL"
        " AND m.id NOT IN (SELECT value FROM json_each(?)) GROUP BY m.assessment_id, m.autumn",
        (year, json.dumps(sorted(merged.left_out(connection)))),
    )
    return {(Assessment(*row[:4]), bool(row[4])): (row[5], row[6], row[7]) for row in rows}


def comparisons(
    connection: sqlite3.Connection, year: int, *, school_id: int | None = None, area_id: int | None = None
) -> list[Comparison]:
    """Return the comparisons with the journal of a school (with records merged into it) or of an area."""
    rows = connection.execute(
        "SELECT s.procedure, s.subject, s.level, s.grade, j.autumn, j.total, j.lowered, j.confirmed, j.raised"
        " FROM journal_count j JOIN assessment s ON s.id = j.assessment_id"
        " LEFT JOIN organisation o ON o.id = j.organisation_id"
        " WHERE j.result_year = ? AND (j.area_id = ? OR o.id = ? OR o.duplicate_of = ?)"
        " ORDER BY s.procedure, s.subject, s.grade, j.autumn, o.duplicate_of IS NOT NULL, j.id",
        (year, area_id, school_id, school_id),
    )
    found: dict[tuple[Assessment, bool], Comparison] = {}
    for procedure, subject, level, grade, autumn, *figures in rows:
        work = Assessment(procedure, subject, level, grade)
        found.setdefault((work, bool(autumn)), Comparison(work, bool(autumn), *figures))
    return list(found.values())
