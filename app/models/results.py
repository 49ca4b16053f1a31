"""Results of assessments by unit: stored counts, their origin, imported files and their problems."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from app.errors import Problem
from app.models import merged
from app.models.journal import now
from app.models.records import Assessment
from app.models.store import Operation


@dataclass(frozen=True, slots=True)
class StoredMark:
    """One stored count with everything needed to trace it."""

    id: int
    organisation_id: int | None
    area_id: int | None
    school: str
    school_code: str
    assessment: Assessment
    year: int
    autumn: bool
    participants: int
    m2: int | None
    m3: int | None
    m4: int | None
    m5: int | None
    below_min: int | None
    mean: str | None
    restored: bool
    file: str | None
    sheet: str | None
    row_from: int | None
    row_to: int | None
    cells: str | None
    imported_at: str | None


@dataclass(frozen=True, slots=True)
class ImportedFile:
    """One line of the list of loaded files."""

    id: int
    name: str
    kind: str
    title: str
    imported_at: str
    actor: str
    rows_new: int
    rows_changed: int
    rows_same: int
    problems: int
    kept: int
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class StoredProblem:
    """One open finding of an import with the file it belongs to."""

    id: int
    file: str
    level: str
    code: str
    message: str
    sheet: str | None
    cell: str | None
    state: str


def assessment_ids(connection: sqlite3.Connection) -> dict[Assessment, int]:
    """Return every known assessment with its key."""
    rows = connection.execute("SELECT id, procedure, subject, level, grade FROM assessment")
    return {Assessment(procedure, subject, level, grade): key for key, procedure, subject, level, grade in rows}


def ensure_assessments(operation: Operation, wanted: Iterable[Assessment]) -> dict[Assessment, int]:
    """Return keys for all wanted assessments, making the missing ones."""
    known = assessment_ids(operation.connection)
    for item in sorted(set(wanted) - known.keys(), key=lambda a: (a.procedure, a.subject, a.level or "", a.grade or 0)):
        known[item] = operation.insert(
            "assessment", procedure=item.procedure, subject=item.subject, level=item.level, grade=item.grade
        )
    return known


def add_file(operation: Operation, **values: Any) -> int:
    """Write the line of an imported file."""
    return operation.insert("import_file", **values, imported_at=now())


def drop_problems(operation: Operation, sha256: str) -> None:
    """Forget the findings of an earlier loading of the very same file: the new ones take their place."""
    rows = operation.connection.execute(
        "SELECT p.id FROM import_problem p JOIN import_file f ON f.id = p.import_file_id WHERE f.sha256 = ?", (sha256,)
    )
    for (key,) in rows.fetchall():
        operation.delete("import_problem", key)


def findings_of(connection: sqlite3.Connection, sha256: str) -> Counter[tuple[str | None, ...]] | None:
    """Return (level, code, message, sheet, cell) of the findings kept beside a file; None if it was never loaded.

    Explained findings are among them: they are the same findings.
    """
    if connection.execute("SELECT 1 FROM import_file WHERE sha256 = ? LIMIT 1", (sha256,)).fetchone() is None:
        return None
    # only its last loading has any: ``drop_problems``
    rows = connection.execute(
        "SELECT p.level, p.code, p.message, p.sheet, p.cell FROM import_problem p"
        " JOIN import_file f ON f.id = p.import_file_id WHERE f.sha256 = ?",
        (sha256,),
    )
    return Counter(rows.fetchall())


def add_problems(operation: Operation, file_id: int, problems: Iterable[Problem]) -> int:
    """Keep the findings of an import beside its file."""
    return operation.bulk_insert(
        "import_problem",
        ("import_file_id", "level", "code", "message", "sheet", "cell", "state"),
        ((file_id, p.level, p.code, p.message, p.sheet, p.cell, "open") for p in problems),
    )


_MARKS = """
SELECT m.id, m.organisation_id, m.area_id, coalesce(o.short_name, o.name, a.name),
       coalesce(
         (SELECT value FROM organisation_code c WHERE c.organisation_id = o.id AND system = 'fisoko' LIMIT 1),
         (SELECT value FROM organisation_code c WHERE c.organisation_id = o.id AND system = 'oo' LIMIT 1),
         (SELECT value FROM organisation_code c WHERE c.organisation_id = o.id AND system = 'inn' LIMIT 1),
         (SELECT value FROM organisation_code c WHERE c.organisation_id = o.id AND system = 'own' LIMIT 1),
         ''),
       s.procedure, s.subject, s.level, s.grade, m.result_year, m.autumn, m.participants, m.m2, m.m3, m.m4, m.m5,
       m.below_min, m.mean, m.restored, f.name, m.sheet, m.row_from, m.row_to, m.cells, f.imported_at
FROM mark_count m
JOIN assessment s ON s.id = m.assessment_id
LEFT JOIN organisation mo ON mo.id = m.organisation_id
LEFT JOIN organisation o ON o.id = coalesce(mo.duplicate_of, mo.id)
LEFT JOIN area a ON a.id = m.area_id
LEFT JOIN import_file f ON f.id = m.import_file_id
"""


def _stored(row: tuple[Any, ...]) -> StoredMark:
    values: list[Any] = list(row)
    values[18], values[10] = bool(values[18]), bool(values[10])
    values[5:9] = [Assessment(row[5], row[6], row[7], row[8])]
    return StoredMark(*values)


def marks(
    connection: sqlite3.Connection,
    *,
    year: int | None = None,
    grade: int | None = None,
    organisation_id: int | None = None,
    areas: bool = False,
) -> list[StoredMark]:
    """Return stored counts, by school, year and assessment; a merged school shows its canonical record.

    Where both have a count of the same work and year, the one that speaks for the school is given (``models.merged``).
    """
    where = ["m.area_id IS NOT NULL" if areas else "m.organisation_id IS NOT NULL"]
    values: list[Any] = []
    for column, value in (("m.result_year", year), ("s.grade", grade)):
        if value is not None:
            where.append(f"{column} = ?")
            values.append(value)
    if organisation_id is not None:
        where.append("(m.organisation_id = ? OR mo.duplicate_of = ?)")
        values += [organisation_id, organisation_id]
    order = "ORDER BY 4, m.result_year, s.procedure, s.subject, s.grade, s.level"
    rows = connection.execute(f"{_MARKS} WHERE {' AND '.join(where)} {order}", values)
    silent = merged.left_out(connection)
    return [_stored(row) for row in rows if row[0] not in silent]


def file_of_mark(connection: sqlite3.Connection, key: int) -> str | None:
    """Return the name of the file that a stored count came from; None for one that a person has typed."""
    row = connection.execute(
        "SELECT f.name FROM mark_count m JOIN import_file f ON f.id = m.import_file_id WHERE m.id = ?", (key,)
    ).fetchone()
    return None if row is None else str(row[0])


def files(connection: sqlite3.Connection) -> list[ImportedFile]:
    """Return loaded files, newest first, with the number of their open problems."""
    rows = connection.execute(
        "SELECT f.id, f.name, f.kind, f.title, f.imported_at, f.actor, f.rows_new, f.rows_changed, f.rows_same,"
        " (SELECT count(*) FROM import_problem p WHERE p.import_file_id = f.id AND p.state = 'open'), f.kept, f.sha256,"
        " f.size"
        " FROM import_file f ORDER BY f.imported_at DESC, f.id DESC"
    )
    return [ImportedFile(*row) for row in rows]


def problems(connection: sqlite3.Connection, *, limit: int | None = None) -> list[StoredProblem]:
    """Return the open findings of all imports, the gravest first."""
    rows = connection.execute(
        "SELECT p.id, f.name, p.level, p.code, p.message, p.sheet, p.cell, p.state FROM import_problem p"
        " JOIN import_file f ON f.id = p.import_file_id WHERE p.state = 'open'"
        " ORDER BY CASE p.level WHEN 'error' THEN 0 WHEN 'warning' THEN 1 ELSE 2 END, p.import_file_id DESC, p.id"
        " LIMIT ?",
        (-1 if limit is None else limit,),
    )
    return [StoredProblem(*row) for row in rows]


def problem_counts(connection: sqlite3.Connection) -> dict[str, int]:
    """Return the number of open findings by level."""
    rows = connection.execute("SELECT level, count(*) FROM import_problem WHERE state = 'open' GROUP BY level")
    return dict(rows.fetchall())


def years(connection: sqlite3.Connection) -> list[int]:
    """Return the result years that have counts, newest first."""
    rows = connection.execute("SELECT DISTINCT result_year FROM mark_count ORDER BY result_year DESC")
    return [year for (year,) in rows]


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many own schools and participants have counts of an assessment in a year."""

    assessment: Assessment
    year: int
    schools: int
    participants: int


def coverage(connection: sqlite3.Connection) -> list[Coverage]:
    """Return what is loaded, assessment by year, own schools only."""
    rows = connection.execute(
        "SELECT s.procedure, s.subject, s.level, s.grade, m.result_year,"
        " count(DISTINCT coalesce(o.duplicate_of, o.id)),"
        " sum(m.participants) FROM mark_count m JOIN assessment s ON s.id = m.assessment_id"
        " JOIN organisation o ON o.id = m.organisation_id WHERE o.own = 1"
        " AND m.id NOT IN (SELECT value FROM json_each(?)) GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 4, 3, 5",
        (json.dumps(sorted(merged.left_out(connection))),),
    )
    return [Coverage(Assessment(*row[:4]), row[4], row[5], row[6]) for row in rows.fetchall()]
