"""Counts of results for charts: of one school, of all own schools together, of an area, and school by school."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from app.models import merged
from app.models.organisations import canonical
from app.models.records import Assessment

Whose = int | Collection[int] | None
"""A school, several together, or (None) all own ones."""
OURS = "coalesce((SELECT d.own FROM organisation d WHERE d.id = o.duplicate_of), o.own) = 1"
_SUMS = (
    "sum(CASE WHEN m.below_min IS NULL THEN 0 ELSE m.participants END), sum(m.below_min),"
    " sum(m.m2), sum(m.m3), sum(m.m4), sum(m.m5), count(m.m2 + m.m3 + m.m4 + m.m5) = count(*)"
)


@dataclass(frozen=True, slots=True)
class MarkTotal:
    """Counts of one work of one year, of one school or of several together.

    Attributes:
        key: the school where they were asked for school by school, else 0.
        participants: of those whose ``below`` is known.
        below: below minimum; None where nothing is known.
        marks: numbers of «2»…«5», None where any is unknown.
    """

    key: int
    assessment: Assessment
    year: int
    autumn: bool
    participants: int
    below: int | None
    marks: tuple[int, int, int, int] | None


@dataclass(frozen=True, slots=True)
class JournalTotal:
    """Marks lowered, confirmed and raised against the journal."""

    assessment: Assessment
    year: int
    autumn: bool
    lowered: int
    confirmed: int
    raised: int


def of_schools(connection: sqlite3.Connection, whose: Whose = None) -> list[MarkTotal]:
    """Return counts by work and year: of schools with the records merged into them, or of all own schools together."""
    where, values = _schools(connection, whose)
    return _marks(connection, "0", where, values, "")


def by_school(connection: sqlite3.Connection, year: int) -> list[MarkTotal]:
    """Return counts of every own school in one year."""
    where, values = _schools(connection, None)
    key = "coalesce(o.duplicate_of, o.id)"
    return _marks(connection, key, f"{where} AND m.result_year = ?", [*values, year], f"{key},")


def of_area(connection: sqlite3.Connection, kind: str) -> list[MarkTotal]:
    """Return what is known of our municipality or of the region; nothing where it is not known which is meant."""
    area = _area(connection, kind)
    return [] if area is None else _marks(connection, "0", "m.area_id = ?", [area], "")


def journals(connection: sqlite3.Connection, whose: Whose = None, *, area: str = "") -> list[JournalTotal]:
    """Return comparisons with the journal: of schools, of all own schools together, or of an area of a kind."""
    if area:
        key = _area(connection, area)
        if key is None:
            return []
        where, values = "m.area_id = ?", [key]
    else:
        where, values = _schools(connection, whose)
    rows = connection.execute(
        "SELECT s.procedure, s.subject, s.level, s.grade, m.result_year, m.autumn, sum(m.lowered), sum(m.confirmed),"
        " sum(m.raised) FROM journal_count m JOIN assessment s ON s.id = m.assessment_id"
        f" LEFT JOIN organisation o ON o.id = m.organisation_id WHERE {where} AND {_SPOKEN}"
        " GROUP BY s.id, m.result_year, m.autumn"
        " ORDER BY m.result_year, m.autumn, s.procedure, s.subject, s.grade, s.level",
        [*values, _silent(connection)],
    )
    return [JournalTotal(Assessment(*row[:4]), row[4], bool(row[5]), *row[6:]) for row in rows]


_SPOKEN = "m.id NOT IN (SELECT value FROM json_each(?))"


def _silent(connection: sqlite3.Connection) -> str:
    return json.dumps(sorted(merged.left_out(connection)))


def _schools(connection: sqlite3.Connection, whose: Whose) -> tuple[str, list[int]]:
    if whose is None:
        return f"m.organisation_id IS NOT NULL AND {OURS}", []
    keys = [canonical(connection, key) for key in ((whose,) if isinstance(whose, int) else whose)]
    marks = ", ".join("?" * len(keys))
    return f"(m.organisation_id IN ({marks}) OR o.duplicate_of IN ({marks}))", [*keys, *keys]


def _area(connection: sqlite3.Connection, kind: str) -> int | None:
    found = connection.execute("SELECT id, own FROM area WHERE kind = ?", (kind,)).fetchall()
    ours = [row for row in found if row[1]] or found
    return int(ours[0][0]) if len(ours) == 1 else None


def _marks(connection: sqlite3.Connection, key: str, where: str, values: Sequence[int], group: str) -> list[MarkTotal]:
    rows = connection.execute(
        f"SELECT {key}, s.procedure, s.subject, s.level, s.grade, m.result_year, m.autumn, {_SUMS}"
        " FROM mark_count m JOIN assessment s ON s.id = m.assessment_id"
        f" LEFT JOIN organisation o ON o.id = m.organisation_id WHERE {where} AND {_SPOKEN}"
        f" GROUP BY {group} s.id, m.result_year, m.autumn"
        " ORDER BY m.result_year, m.autumn, s.procedure, s.subject, s.grade, s.level",
        [*values, _silent(connection)],
    )
    return [
        MarkTotal(
            row[0], Assessment(*row[1:5]), row[5], bool(row[6]), row[7], row[8],
            (row[9], row[10], row[11], row[12]) if row[13] else None,
        )
        for row in rows
    ]  # fmt: skip
