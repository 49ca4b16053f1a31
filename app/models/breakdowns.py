"""Stored results in detail: by task of a work, and by score."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Any

from app.models.records import Assessment


@dataclass(frozen=True, slots=True)
class Place:
    """Where a stored figure came from; ``file`` is None for what was entered by hand."""

    file: str | None
    sheet: str | None
    row_from: int | None
    row_to: int | None
    cells: str | None
    imported_at: str | None


@dataclass(frozen=True, slots=True)
class StoredTask:
    """How a unit did one task of a work; the fields are those of ``records.TaskCount``."""

    id: int
    organisation_id: int | None
    area_id: int | None
    unit: str
    assessment: Assessment
    year: int
    autumn: bool
    task: str
    group_mark: int
    max_points: int | None
    difficulty: str | None
    outcome: str | None
    participants: int
    points: int | None
    skipped: int | None
    restored: bool
    place: Place


@dataclass(frozen=True, slots=True)
class StoredScores:
    """How many participants of a unit got each score, from 0 up."""

    id: int
    organisation_id: int | None
    area_id: int | None
    unit: str
    assessment: Assessment
    year: int
    autumn: bool
    measure: str
    participants: int
    counts: tuple[int, ...]
    restored: bool
    place: Place


def counts_text(counts: tuple[int, ...]) -> str:
    """Return the one exact form in which a distribution is stored: «0 3 1 5» for 0, 1, 2 and 3 points."""
    return " ".join(map(str, counts))


def counts_of(text: str) -> tuple[int, ...]:
    """Return the distribution of its stored form."""
    return tuple(map(int, text.split()))


_UNIT = "t.id, t.organisation_id, t.area_id, coalesce(o.short_name, o.name, a.name)"
_WORK = "s.procedure, s.subject, s.level, s.grade, t.result_year, t.autumn"
_FROM = "f.name, t.sheet, t.row_from, t.row_to, t.cells, f.imported_at"
_JOIN = """
JOIN assessment s ON s.id = t.assessment_id
LEFT JOIN organisation mo ON mo.id = t.organisation_id
LEFT JOIN organisation o ON o.id = coalesce(mo.duplicate_of, mo.id)
LEFT JOIN area a ON a.id = t.area_id
LEFT JOIN import_file f ON f.id = t.import_file_id
"""
_TASKS = f"""
SELECT {_UNIT}, {_WORK}, t.task, t.group_mark, t.max_points, t.difficulty, t.outcome, t.participants, t.points,
       t.skipped, t.restored, {_FROM}
FROM task_count t {_JOIN}
"""
_SCORES = f"""
SELECT {_UNIT}, {_WORK}, t.measure, t.participants, t.counts, t.restored, {_FROM} FROM score_count t {_JOIN}
"""
_ORDER = "ORDER BY 4, t.result_year, s.procedure, s.subject, s.grade, s.level"
_SILENT = """
NOT (mo.duplicate_of IS NOT NULL AND EXISTS (
    SELECT 1 FROM {table} k WHERE k.organisation_id = mo.duplicate_of AND k.assessment_id = t.assessment_id
    AND k.result_year = t.result_year AND k.autumn = t.autumn))
"""
"""A merged record is silent where its canonical one has figures of the same work (as with marks, ``merged``)."""


def _select(
    connection: sqlite3.Connection, sql: str, table: str, order: str, *, year: int | None, grade: int | None,
    organisation_id: int | None, areas: bool,
) -> list[tuple[Any, ...]]:  # fmt: skip
    where = ["t.area_id IS NOT NULL" if areas else "t.organisation_id IS NOT NULL", _SILENT.format(table=table)]
    values: list[int] = []
    for column, value in (("t.result_year", year), ("s.grade", grade)):
        if value is not None:
            where.append(f"{column} = ?")
            values.append(value)
    if organisation_id is not None:
        where.append("(t.organisation_id = ? OR mo.duplicate_of = ?)")
        values += [organisation_id, organisation_id]
    return connection.execute(
        f"{sql} WHERE {' AND '.join(where)} {_ORDER}, {order}",
        values,
    ).fetchall()


def _values(row: tuple[Any, ...]) -> list[Any]:
    """Return the fields of a record: unit, work, figures with ``restored`` as the last, place."""
    return [*row[:4], Assessment(*row[4:8]), row[8], bool(row[9]), *row[10:-7], bool(row[-7]), Place(*row[-6:])]


def tasks(
    connection: sqlite3.Connection, *, year: int | None = None, grade: int | None = None,
    organisation_id: int | None = None, areas: bool = False,
) -> list[StoredTask]:  # fmt: skip
    """Return stored figures of tasks, by unit, year, work and in the order the tasks were written."""
    rows = _select(
        connection, _TASKS, "task_count", "t.group_mark, t.id",
        year=year, grade=grade, organisation_id=organisation_id, areas=areas,
    )  # fmt: skip
    return [StoredTask(*_values(row)) for row in rows]


def scores(
    connection: sqlite3.Connection, *, year: int | None = None, grade: int | None = None,
    organisation_id: int | None = None, areas: bool = False,
) -> list[StoredScores]:  # fmt: skip
    """Return stored distributions of scores, by unit, year and work."""
    rows = _select(
        connection, _SCORES, "score_count", "t.measure",
        year=year, grade=grade, organisation_id=organisation_id, areas=areas,
    )  # fmt: skip
    found = []
    for row in rows:
        values = _values(row)
        values[9] = counts_of(values[9])
        found.append(StoredScores(*values))
    return found
