"""Indicators in the store: values by year and point, rules, measuring points, what their closing kept. The only SQL."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any, Literal, TypeVar

Stage = Literal["input", "process", "output", "other"]
Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Point:
    """One measuring point («замер») of a plan year of a programme, by the programme's lineage."""

    id: int
    lineage: int
    plan_year: int
    position: int
    title: str
    stage: Stage
    due_on: str | None
    closed_at: str | None
    closed_by: str | None
    reopened_at: str | None
    reopen_reason: str | None
    note: str | None

    @property
    def closed(self) -> bool:
        """Whether its values are kept for good."""
        return self.closed_at is not None


@dataclass(frozen=True, slots=True)
class TypedValue:
    """A value that a person typed; ``value`` is None and ``code`` says why where it is no number."""

    id: int
    lineage: int
    plan_year: int
    point_id: int | None
    raw: str
    value: str | None
    code: str | None
    source: str | None
    note: str | None


@dataclass(frozen=True, slots=True)
class IndicatorRule:
    """Formula and tolerance of an indicator beside its programme.

    ``formula`` None: that of the programme; "": the value is typed by hand.
    """

    id: int
    lineage: int
    formula: str | None
    version: int
    tolerance_raw: str | None
    tolerance: str | None
    tolerance_code: str | None
    note: str | None


@dataclass(frozen=True, slots=True)
class StoredValue:
    """What a closed point keeps of an indicator: value, target, direction and formula of that day."""

    id: int
    point_id: int
    lineage: int
    plan_year: int
    value: str | None
    typed: int
    target: str | None
    required: str | None
    baseline: str | None
    direction: Literal["up", "down", "hold"] | None
    tolerance: str | None
    light: Literal["reached", "near", "behind", "no_target", "no_data"]
    formula: str | None
    version: int | None
    inputs: str | None
    stored_at: str
    actor: str


def _names(record: type[Any], alias: str = "") -> str:
    return ", ".join(f"{alias}{item.name}" for item in fields(record))


def points(connection: sqlite3.Connection, lineage: int, plan_year: int | None = None) -> list[Point]:
    """Return the measuring points of a programme, of one plan year or of all, in their order."""
    rows = connection.execute(
        f"SELECT {_names(Point)} FROM measuring_point WHERE lineage = ? AND (?2 IS NULL OR plan_year = ?2)"
        " ORDER BY plan_year, position, id",
        (lineage, plan_year),
    )
    return [Point(*row) for row in rows]


def point(connection: sqlite3.Connection, key: int) -> Point | None:
    """Return one measuring point."""
    row = connection.execute(f"SELECT {_names(Point)} FROM measuring_point WHERE id = ?", (key,)).fetchone()
    return None if row is None else Point(*row)


def values(connection: sqlite3.Connection, lineages: Iterable[int]) -> list[TypedValue]:
    """Return everything typed for some indicators, of every year."""
    rows = connection.execute(
        f"SELECT {_names(TypedValue)} FROM indicator_value WHERE lineage IN (SELECT value FROM json_each(?))"
        " ORDER BY plan_year, point_id, id",
        (json.dumps(list(lineages)),),
    )
    return [TypedValue(*row) for row in rows]


def value(connection: sqlite3.Connection, lineage: int, plan_year: int, point_id: int | None) -> TypedValue | None:
    """Return what was typed for an indicator in a year, or at a point of it."""
    row = connection.execute(
        f"SELECT {_names(TypedValue)} FROM indicator_value WHERE lineage = ? AND plan_year = ? AND point_id IS ?",
        (lineage, plan_year, point_id),
    ).fetchone()
    return None if row is None else TypedValue(*row)


def of_point(connection: sqlite3.Connection, point_id: int) -> list[TypedValue]:
    """Return everything typed at a point."""
    rows = connection.execute(f"SELECT {_names(TypedValue)} FROM indicator_value WHERE point_id = ?", (point_id,))
    return [TypedValue(*row) for row in rows]


def rules(connection: sqlite3.Connection, lineages: Iterable[int]) -> dict[int, IndicatorRule]:
    """Return the rules of some indicators by lineage."""
    rows = connection.execute(
        f"SELECT {_names(IndicatorRule)} FROM indicator_rule WHERE lineage IN (SELECT value FROM json_each(?))",
        (json.dumps(list(lineages)),),
    )
    return {row[1]: IndicatorRule(*row) for row in rows}


def stored(connection: sqlite3.Connection, lineages: Iterable[int]) -> list[StoredValue]:
    """Return what closed points keep of some indicators, of every year, in the order of the points."""
    rows = connection.execute(
        f"SELECT {_names(StoredValue, 's.')} FROM indicator_stored s JOIN measuring_point p ON p.id = s.point_id"
        " WHERE s.lineage IN (SELECT value FROM json_each(?)) ORDER BY s.plan_year, p.position, p.id",
        (json.dumps(list(lineages)),),
    )
    return [StoredValue(*row) for row in rows]


def stored_at(connection: sqlite3.Connection, point_id: int) -> list[StoredValue]:
    """Return everything that a closed point keeps."""
    rows = connection.execute(f"SELECT {_names(StoredValue)} FROM indicator_stored WHERE point_id = ?", (point_id,))
    return [StoredValue(*row) for row in rows]


def spent(connection: sqlite3.Connection, plan_year: int) -> dict[int, int]:
    """Return kopecks spent in a plan year by the lineage of the activity."""
    rows = connection.execute(
        "SELECT lineage, spent_kopecks FROM execution WHERE plan_year = ? AND spent_kopecks IS NOT NULL", (plan_year,)
    )
    return dict(rows.fetchall())


def editions_with(connection: sqlite3.Connection, lineage: int) -> list[int]:
    """Return the editions that have an indicator of this lineage: the one in force first, then the newest."""
    rows = connection.execute(
        "SELECT p.id FROM programme p JOIN programme_node n ON n.programme_id = p.id"
        " WHERE n.lineage = ? AND n.kind = 'indicator' ORDER BY p.approved_on IS NULL, p.edition DESC, p.id",
        (lineage,),
    )
    return [key for (key,) in rows]


# --- what formulas read of other rooms ---------------------------------------------------------------------------


def lines_of(
    connection: sqlite3.Connection, table: str, columns: tuple[str, ...], where: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """Return some columns of rows whose columns have these values; names come from the code, never from a person."""
    told = " AND ".join(f"{name} IS ?" for name in where) or "1"
    rows = connection.execute(f"SELECT {', '.join(columns)} FROM {table} WHERE {told} ORDER BY id", (*where.values(),))
    return [dict(zip(columns, row, strict=True)) for row in rows]


def school_years_of(connection: sqlite3.Connection, table: str) -> set[int]:
    """Return the school years of which a table has rows."""
    return {year for (year,) in connection.execute(f"SELECT DISTINCT school_year FROM {table}")}


def held_events(connection: sqlite3.Connection, school_year: int) -> list[tuple[int, str, int | None]]:
    """Return (receiver, title, participants) of joint events of partnerships that took place."""
    rows = connection.execute(
        "SELECT p.receiver_id, coalesce(e.title, ''), e.participants FROM partnership_event e"
        " JOIN partnership p ON p.id = e.partnership_id"
        " WHERE p.school_year = ? AND e.held_on IS NOT NULL ORDER BY e.held_on, e.id",
        (school_year,),
    )
    return [(receiver, title, people) for receiver, title, people in rows]


def decision_points(connection: sqlite3.Connection, year: int) -> list[tuple[int, str, str, str, str | None]]:
    """Return (key, words, due day, state, done day) of points of decisions due in a calendar year."""
    rows = connection.execute(
        "SELECT d.id, coalesce(d.text, ''), d.due_on, d.state, d.done_on FROM decision_point d"
        " WHERE d.due_on >= ? AND d.due_on < ? ORDER BY d.due_on, d.id",
        (f"{year:04d}-01-01", f"{year + 1:04d}-01-01"),
    )
    return [(key, text, due, state, done) for key, text, due, state, done in rows]


def led_schools(connection: sqlite3.Connection, day: str, roles: tuple[str, ...]) -> dict[int, str]:
    """Return school → name of who leads it on a day.

    Args:
        connection: reading connection.
        day: ISO.
        roles: how the roles of those who lead begin, in small letters: «куратор школы» counts as «куратор».
    """
    rows = connection.execute(
        "SELECT a.organisation_id, p.full_name, a.role FROM appointment a JOIN person p ON p.id = a.person_id"
        " WHERE a.organisation_id IS NOT NULL AND (a.date_from IS NULL OR a.date_from <= ?1)"
        " AND (a.date_to IS NULL OR a.date_to >= ?1) ORDER BY a.id",
        (day,),
    )
    # SQLite folds Latin letters only
    return {int(school): str(name) for school, name, role in rows if str(role or "").casefold().startswith(roles)}
