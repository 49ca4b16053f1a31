"""The figures of the monitoring report, recomputed from the rows of the store alone: own SQL, own arithmetic.

Nothing of ``app`` is used here, so that the report and this cannot be wrong in the same way.
"""

from __future__ import annotations

import math
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

Z = 1.959963984540054
EIGHT = {
    ("ВПР", "Математика", 5): "a", ("ВПР", "Математика", 6): "b", ("ВПР", "Русский язык", 5): "c",
    ("ВПР", "Русский язык", 6): "d", ("ОГЭ", "Математика", 9): "e", ("ОГЭ", "Русский язык", 9): "f",
    ("ЕГЭ", "Математика", 11): "g", ("ЕГЭ", "Русский язык", 11): "h",
}  # fmt: skip
"""The eight procedures of December 2022; base and profile are one."""
Counts = dict[int, dict[str, tuple[int, int]]]


def share(part: int, whole: int) -> str:
    """Return «8 из 27 (29,6 %)»."""
    return f"{part} из {whole} ({percent(part, whole)})"


def percent(part: int, whole: int) -> str:
    """Return «29,6 %», half up."""
    value = (Decimal(part * 100) / Decimal(whole)).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return f"{value} %".replace(".", ",")


def rows(connection: sqlite3.Connection, sql: str, *values: Any) -> list[tuple[Any, ...]]:
    """Return the rows of a question."""
    return connection.execute(sql, values).fetchall()


# --- the list of schools -----------------------------------------------------------------------------------------


def marks(connection: sqlite3.Connection, year: int) -> list[tuple[int, str, str, str | None, int, int, int]]:
    """Return (school, procedure, subject, level, grade, below, participants) of own schools."""
    return rows(
        connection,
        "SELECT o.id, s.procedure, s.subject, s.level,"
        " coalesce(s.grade, CASE s.procedure WHEN 'ОГЭ' THEN 9 WHEN 'ЕГЭ' THEN 11 ELSE 0 END), m.below_min,"
        " m.participants FROM mark_count m JOIN organisation o ON o.id = m.organisation_id"
        " JOIN assessment s ON s.id = m.assessment_id WHERE m.result_year = ? AND o.own = 1 AND m.autumn = 0"
        " AND m.below_min IS NOT NULL AND m.participants > 0",
        year,
    )


def _counts(connection: sqlite3.Connection, year: int) -> Counts:
    found: dict[int, dict[str, list[int]]] = defaultdict(lambda: defaultdict(lambda: [0, 0]))
    for school, procedure, subject, _level, grade, below, of in marks(connection, year):
        key = EIGHT.get((procedure, subject, grade))
        if key is not None:
            found[school][key][0] += below
            found[school][key][1] += of
    return {school: {key: (pair[0], pair[1]) for key, pair in by.items()} for school, by in found.items()}


def _caught(now: Mapping[str, tuple[int, int]], before: Mapping[str, tuple[int, int]]) -> bool:
    hit = sum(100 * below >= 30 * of for below, of in now.values())
    earlier = sum(100 * below >= 30 * of for below, of in before.values())
    return hit >= 2 or (hit >= 1 and earlier >= 1)


def listed(connection: sqlite3.Connection, year: int) -> set[int]:
    """Return the schools that the wording of December 2022 catches."""
    now, before = _counts(connection, year), _counts(connection, year - 1)
    return {school for school, counts in now.items() if _caught(counts, before.get(school, {}))}


def edge(connection: sqlite3.Connection, year: int) -> set[int]:
    """Return the schools whose answer one pupil more or fewer below the minimum changes."""
    now, before = _counts(connection, year), _counts(connection, year - 1)
    found = set()
    for school, counts in now.items():
        other = before.get(school, {})
        answer = _caught(counts, other)
        for side in (counts, other):
            for key, (below, of) in side.items():
                for changed in (below - 1, below + 1):
                    if 0 <= changed <= of:
                        bent = {**side, key: (changed, of)}
                        pair = (bent, other) if side is counts else (counts, bent)
                        if _caught(*pair) != answer:
                            found.add(school)
    return found


# --- results -----------------------------------------------------------------------------------------------------


def by_work(connection: sqlite3.Connection, year: int) -> dict[tuple[str, str, str | None, int], tuple[int, int]]:
    """Return work → sums of the municipality."""
    found: dict[Any, list[int]] = defaultdict(lambda: [0, 0])
    for _school, *work, below, of in marks(connection, year):
        found[tuple(work)][0] += below
        found[tuple(work)][1] += of
    return {work: (pair[0], pair[1]) for work, pair in found.items()}


def by_school(connection: sqlite3.Connection, year: int) -> dict[int, tuple[int, int]]:
    """Return school → sums over all its works."""
    found: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    for school, *_work, below, of in marks(connection, year):
        found[school][0] += below
        found[school][1] += of
    return {school: (pair[0], pair[1]) for school, pair in found.items()}


def common(connection: sqlite3.Connection, first: int, last: int) -> tuple[int, int, int, int]:
    """Return (below, of, below, of) of the two years over what each school wrote in both."""
    before = {row[:5]: row[5:] for row in marks(connection, first)}
    after = {row[:5]: row[5:] for row in marks(connection, last)}
    both = set(before) & set(after)
    sums = [sum(side[key][place] for key in both) for side in (before, after) for place in (0, 1)]
    return sums[0], sums[1], sums[2], sums[3]


def _wilson(part: int, of: int) -> tuple[float, float]:
    p = part / of
    middle, spread = p + Z * Z / (2 * of), Z * math.sqrt(p * (1 - p) / of + Z * Z / (4 * of * of))
    return (middle - spread) / (1 + Z * Z / of), (middle + spread) / (1 + Z * Z / of)


def newcombe(a: int, m: int, b: int, n: int) -> tuple[float, float, float]:
    """Return change of a share with Newcombe's interval (method 10), in points."""
    first, last = a / m, b / n
    (low1, high1), (low2, high2) = _wilson(a, m), _wilson(b, n)
    change = last - first
    low = change - math.hypot(last - low2, high1 - first)
    high = change + math.hypot(high2 - last, first - low1)
    return change * 100, low * 100, high * 100


def tenth(points: float) -> str:
    """Return «+0,3», «−0,7»."""
    value = Decimal(repr(points)).quantize(Decimal("0.1"), ROUND_HALF_UP)
    sign = "+" if value > 0 else "−" if value < 0 else ""
    return f"{sign}{abs(value)}".replace(".", ",")


# --- execution and indicators ------------------------------------------------------------------------------------


def execution(connection: sqlite3.Connection, programme: int, year: int, day: date) -> dict[int, tuple[str, int]]:
    """Return lineage → (how it stands, days late) of the activities whose terms end in a plan year."""
    found_terms = rows(
        connection,
        "SELECT n.lineage, max(t.date_to) FROM programme_node n JOIN programme_term t ON t.node_id = n.id"
        " WHERE n.programme_id = ? AND n.kind = 'activity' AND substr(t.date_to, 1, 4) = ? GROUP BY n.lineage",
        programme, str(year),
    )  # fmt: skip
    due: dict[int, str] = {int(lineage): str(last) for lineage, last in found_terms}
    marked = dict(rows(connection, "SELECT lineage, state FROM execution WHERE plan_year = ?", year))
    found = {}
    for lineage, last in due.items():
        state, left = marked.get(lineage, "planned"), (date.fromisoformat(last) - day).days
        shown = state
        if state in {"planned", "running"}:
            shown = "late" if left < 0 else "soon" if left <= 14 else state
        found[lineage] = (shown, max(0, -left))
    return found


def lights(connection: sqlite3.Connection, programme: int, year: int) -> dict[int, str]:
    """Return lineage → light of the indicators, of typed values without tolerance."""
    found = {}
    for lineage, direction, target, value in rows(
        connection,
        "SELECT n.lineage, i.direction, t.value, v.value FROM programme_node n"
        " JOIN programme_indicator i ON i.node_id = n.id"
        " LEFT JOIN programme_target t ON t.node_id = n.id AND t.plan_year = :year"
        " LEFT JOIN indicator_value v ON v.lineage = n.lineage AND v.plan_year = :year"
        " WHERE n.programme_id = :programme".replace(":year", str(int(year))).replace(":programme", str(programme)),
    ):
        if value is None:
            found[lineage] = "no_data"
        else:
            gap = Decimal(value) - Decimal(target)
            found[lineage] = "reached" if gap == 0 or (gap < 0) == (direction == "down") else "behind"
    return found


def counted(values: Mapping[int, Any]) -> Counter[str]:
    """Return how many of each."""
    return Counter(value[0] if isinstance(value, tuple) else value for value in values.values())
