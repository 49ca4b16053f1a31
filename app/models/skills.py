"""Stored figures of tasks, lean: what every own school did at every task of a year, without places in files."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from app.models.records import Assessment, Difficulty


@dataclass(frozen=True, slots=True)
class DescribedTask:
    """What is known of a task of a year, from whichever unit's row says it."""

    assessment_id: int
    assessment: Assessment
    autumn: bool
    number: str
    max_points: int | None
    difficulty: Difficulty | None
    outcome: str | None


@dataclass(frozen=True, slots=True)
class SchoolTask:
    """What one school did at one task; ``school_id`` is the canonical record."""

    id: int
    school_id: int
    assessment_id: int
    autumn: bool
    number: str
    participants: int
    points: int | None
    max_points: int | None
    skipped: int | None
    restored: bool


_WORK = "s.procedure, s.subject, s.level, s.grade, t.autumn, t.task"


def years(connection: sqlite3.Connection) -> list[int]:
    """Return the result years that have figures of tasks, newest first."""
    rows = connection.execute("SELECT DISTINCT result_year FROM task_count WHERE group_mark = 0 ORDER BY 1 DESC")
    return [year for (year,) in rows]


def schools(connection: sqlite3.Connection, year: int) -> set[int]:
    """Return the schools (canonical records) that have figures of tasks in a year."""
    rows = connection.execute(
        "SELECT DISTINCT coalesce(o.duplicate_of, o.id) FROM task_count t JOIN organisation o"
        " ON o.id = t.organisation_id WHERE t.result_year = ? AND t.group_mark = 0",
        (year,),
    )
    return {key for (key,) in rows}


def described(connection: sqlite3.Connection, year: int) -> list[DescribedTask]:
    """Return every task of a year, in the order of works and of their writing."""
    rows = connection.execute(
        f"SELECT t.assessment_id, {_WORK}, max(t.max_points), max(t.difficulty), max(t.outcome) FROM task_count t"
        " JOIN assessment s ON s.id = t.assessment_id WHERE t.result_year = ? AND t.group_mark = 0"
        " GROUP BY t.assessment_id, t.autumn, t.task ORDER BY s.procedure, s.subject, s.grade, s.level, t.autumn",
        (year,),
    )
    return [DescribedTask(row[0], Assessment(*row[1:5]), bool(row[5]), *row[6:]) for row in rows]


def of_schools(connection: sqlite3.Connection, year: int) -> list[SchoolTask]:
    """Return the figures of own schools; of several records of one school the canonical one speaks, then the oldest."""
    rows = connection.execute(
        "SELECT t.id, c.id, t.assessment_id, t.autumn, t.task, t.participants, t.points, t.max_points, t.skipped,"
        " t.restored, o.id FROM task_count t JOIN organisation o ON o.id = t.organisation_id"
        " JOIN organisation c ON c.id = coalesce(o.duplicate_of, o.id)"
        " WHERE t.result_year = ? AND t.group_mark = 0 AND c.own = 1"
        " ORDER BY o.duplicate_of IS NOT NULL, o.id, t.id",
        (year,),
    )
    speaks: dict[tuple[int, int, int], int] = {}
    found = []
    for *figures, record in rows:
        # the first record that has any task of a work speaks for all of it
        if speaks.setdefault((figures[1], figures[2], figures[3]), record) == record:
            found.append(SchoolTask(*figures))
    return found
