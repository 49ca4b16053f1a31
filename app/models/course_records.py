"""The register of courses: who trained how many people, and metric values as they stood before a form was accepted."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from app.models import metrics
from app.models.metrics import Key, MetricRow
from app.models.organisations import canonical_map
from app.models.records import MetricFigure, Origin
from app.models.store import Operation


@dataclass(frozen=True, slots=True)
class CourseRecord:
    """People of one organisation (None: of the municipality, beyond its schools) trained in one school year.

    Attributes:
        school_id: the canonical record; ``organisation_id`` as stored.
        kind: «retraining» or «upgrading».
        case_id: the accepted form it comes from; None where it was entered in the register.
    """

    id: int
    organisation_id: int | None
    school_year: int
    category: str
    provider: str
    kind: str
    people: int
    title: str | None
    hours: int | None
    ended_on: str | None
    case_id: int | None
    note: str | None
    school_id: int | None
    school: str


_SELECT = (
    "SELECT c.id, c.organisation_id, c.school_year, c.category, c.provider, c.kind, c.people, c.title, c.hours,"
    " c.ended_on, c.case_id, c.note FROM course_record c"
)


def records(
    connection: sqlite3.Connection, school_year: int | None = None, *, case_id: int | None = None
) -> list[CourseRecord]:
    """Return records of a school year in the file's own order of organisations; those of the municipality last."""
    merged = canonical_map(connection)
    names = {
        key: (shown, place)
        for place, (key, shown) in enumerate(
            connection.execute(
                "SELECT id, coalesce(short_name, name) FROM organisation ORDER BY position IS NULL, position, name"
            )
        )
    }
    rows = connection.execute(
        f"{_SELECT} WHERE (?1 IS NULL OR c.school_year = ?1) AND (?2 IS NULL OR c.case_id = ?2)",
        (school_year, case_id),
    )
    found = []
    for row in rows:
        school = merged.get(row[1], row[1])
        shown, place = names.get(school, ("", len(names)))
        values: list[Any] = [*row, school, shown]
        found.append((place, CourseRecord(*values)))
    found.sort(key=lambda item: (-item[1].school_year, item[0], item[1].category, item[1].provider, item[1].id))
    return [record for _place, record in found]


def get(connection: sqlite3.Connection, key: int) -> CourseRecord | None:
    """Return one record."""
    return next((record for record in records(connection) if record.id == key), None)


def take_back(operation: Operation, case_id: int) -> None:
    """Delete the records that an accepted form has made."""
    for record in records(operation.connection, case_id=case_id):
        operation.delete("course_record", record.id)


# --- metric values of accepted forms -----------------------------------------------------------------------------

_ROW = ("part", "whole", "exact", "raw", "import_file_id", "sheet", "row_from", "row_to", "cells", "form_case_id",
        "form_file_id")  # fmt: skip


def keep_before(operation: Operation, case_id: int, item_id: str, key: Key) -> None:
    """Keep what a cell of the metrics holds before an accepted answer is written over it."""
    row = operation.connection.execute(
        f"SELECT {', '.join(_ROW)} FROM metric_value WHERE organisation_id = ? AND school_year = ? AND metric = ?", key
    ).fetchone()
    before: dict[str, Any] | None = None if row is None else dict(zip(_ROW, row, strict=True))
    if before is None:
        # the number of pupils may stand in the school's card alone
        value = metrics.values(operation.connection, [key[1]], [key[2]]).get(key)
        if value is not None and not value.id:
            before = {"part": value.part, "raw": value.raw}
    operation.insert(
        "form_metric", case_id=case_id, item_id=item_id, organisation_id=key[0], school_year=key[1], metric=key[2],
        before=None if before is None else json.dumps(before, ensure_ascii=False, sort_keys=True),
    )  # fmt: skip


def restore(operation: Operation, case_id: int) -> None:
    """Give the metrics back what they held before the answers of a case; a value changed since stays."""
    rows = operation.connection.execute(
        "SELECT f.id, f.organisation_id, f.school_year, f.metric, f.before, v.form_case_id FROM form_metric f"
        " LEFT JOIN metric_value v ON v.organisation_id = f.organisation_id AND v.school_year = f.school_year"
        " AND v.metric = f.metric WHERE f.case_id = ? ORDER BY f.id",
        (case_id,),
    ).fetchall()
    for row_id, school, year, metric, before, present in rows:
        key: Key = (school, year, metric)
        if present == case_id:
            if before is None:
                metrics.clear(operation, [key])
            else:
                _write_back(operation, key, json.loads(before))
        operation.delete("form_metric", row_id)


def _write_back(operation: Operation, key: Key, before: dict[str, Any]) -> None:
    figure = MetricFigure(key[2], key[1], before["raw"], before.get("part"), before.get("whole"), before.get("exact"))
    origin = None
    if before.get("row_from") is not None:
        origin = Origin(before["sheet"], before["row_from"], before["row_to"], before["cells"])
    row = MetricRow(key[0], figure, origin, case_id=before.get("form_case_id"), form_file_id=before.get("form_file_id"))
    metrics.write(operation, [row], before.get("import_file_id"))


def told_otherwise(connection: sqlite3.Connection) -> list[tuple[int, str, str, int, str, str | None, str]]:
    """Return accepted answers whose metric has been written since by something else.

    Returns:
        (case, item, metric, school year, value of the answer, what the metric holds now, shown name of the school).
    """
    return connection.execute(
        "SELECT f.case_id, f.item_id, f.metric, f.school_year, a.value, v.raw, coalesce(o.short_name, o.name)"
        " FROM form_metric f JOIN form_answer a ON a.case_id = f.case_id AND a.item_id = f.item_id"
        " JOIN organisation o ON o.id = f.organisation_id"
        " LEFT JOIN metric_value v ON v.organisation_id = f.organisation_id AND v.school_year = f.school_year"
        " AND v.metric = f.metric WHERE v.form_case_id IS NOT f.case_id AND a.value IS NOT NULL ORDER BY 7, 3"
    ).fetchall()


def of_cases(connection: sqlite3.Connection, case_ids: Iterable[int]) -> dict[int, list[tuple[str, str, int]]]:
    """Return case → (item, metric, school year) of the metrics its answers have become."""
    wanted = json.dumps(sorted(set(case_ids)))
    found: dict[int, list[tuple[str, str, int]]] = {}
    rows = connection.execute(
        "SELECT case_id, item_id, metric, school_year FROM form_metric"
        " WHERE case_id IN (SELECT value FROM json_each(?)) ORDER BY id",
        (wanted,),
    )
    for case_id, *rest in rows:
        found.setdefault(case_id, []).append((rest[0], rest[1], rest[2]))
    return found
