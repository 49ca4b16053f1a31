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


# --- supported schools beside similar ones -----------------------------------------------------------------------

Work = tuple[str, str, str | None, int]


def supported(connection: sqlite3.Connection, school_year: int) -> set[int]:
    """Return schools with support that took place in a school year; of no merged records."""
    found = {
        key for (key,) in rows(
            connection,
            "SELECT receiver_id FROM organisation_tie WHERE school_year = ?1 AND state IN ('existing','agreed','ended')"
            " UNION SELECT receiver_id FROM partnership WHERE school_year = ?1 AND state IN ('active', 'ended')"
            " UNION SELECT organisation_id FROM support_line WHERE school_year = ?1 AND state IN ('running', 'done')",
            school_year,
        )
    }  # fmt: skip
    for key, role, begin, end in rows(
        connection, "SELECT organisation_id, role, date_from, date_to FROM appointment WHERE date_from IS NOT NULL"
    ):
        helps = any(word in role.lower() for word in ("куратор", "тьютор", "наставник"))
        if helps and begin <= f"{school_year + 1}-05-31" and (end or "9") >= f"{school_year}-09-01":
            found.add(key)
    return found - {None}


def _cells(connection: sqlite3.Connection, year: int) -> dict[int, dict[Work, tuple[int, int]]]:
    found: dict[int, dict[Work, tuple[int, int]]] = defaultdict(dict)
    for school, procedure, subject, level, grade, below, of in marks(connection, year):
        found[school][procedure, subject, level, grade] = (below, of)
    return found


def _sum(cells: Mapping[Work, tuple[int, int]], works: set[Work]) -> tuple[int, int]:
    return sum(cells[work][0] for work in works), sum(cells[work][1] for work in works)


def _drift(everyone: Mapping[int, Mapping[Work, tuple[int, int]]], works: set[Work], mine: tuple[int, int]) -> float:
    """Return by how much a school is expected to move towards the mean by chance alone (Bland, Altman)."""
    sums = [_sum(cells, works & cells.keys()) for cells in everyone.values() if works & cells.keys()]
    people = sum(of for _below, of in sums)
    m = sum(below for below, _of in sums) / people
    scatter = sum(of * (below / of - m) ** 2 for below, of in sums)
    weight = people - sum(of * of for _below, of in sums) / people
    between = max(0.0, (scatter - (len(sums) - 1) * m * (1 - m)) / weight)
    kept = between / (between + m * (1 - m) / mine[1])
    return (1 - kept) * (m - mine[0] / mine[1])


def pairs(connection: sqlite3.Connection, first: int, last: int) -> dict[str, str]:
    """Return what the report says of listed schools with support and similar ones without, all tried one by one."""
    helped, on_list = supported(connection, first), listed(connection, first)
    before, after = _cells(connection, first), _cells(connection, last)
    mine = sorted(on_list & helped)
    kinds = {key: told for key, *told in rows(
        connection, "SELECT o.id, o.school_type, o.settlement_kind, y.pupils FROM organisation o"
        " LEFT JOIN organisation_year y ON y.organisation_id = o.id AND y.school_year = ?", first - 1)}  # fmt: skip
    options: dict[int, dict[int, Decimal]] = {key: {} for key in mine}
    for one in mine:
        for other in set(before) & set(after) - helped:
            unlike = _unlike(before, after, one, other, kinds)
            if unlike is not None:
                options[one][other] = unlike
    chosen = _best(mine, options)
    made = {"dynamics.listed": str(len(on_list)), "dynamics.supported": str(len(mine)),
            "dynamics.pairs": str(len(chosen))}  # fmt: skip
    return made | (_told(before, after, chosen, first, last) if chosen else {})


def _shared(before: Any, after: Any, one: int, other: int) -> set[Work]:
    return set(before[one]) & set(after[one]) & set(before[other]) & set(after[other])


def _unlike(before: Any, after: Any, one: int, other: int, kinds: Mapping[int, list[Any]]) -> Decimal | None:
    works = _shared(before, after, one, other)
    if not works:
        return None
    (a, m), (b, n) = _sum(before[one], works), _sum(before[other], works)
    if 10 * abs(a * n - b * m) > m * n:
        return None
    unlike = Decimal(10 * abs(a * n - b * m)) / Decimal(m * n) + 1  # no index of context: a point
    for place in (0, 1):
        unlike += 0 if kinds[one][place] is not None and kinds[one][place] == kinds[other][place] else 1
    sizes = sorted(size for size in (kinds[one][2], kinds[other][2]) if size)
    return unlike + (0 if len(sizes) == 2 and sizes[1] <= 2 * sizes[0] else 1)


def _best(mine: list[int], options: Mapping[int, Mapping[int, Decimal]]) -> list[tuple[int, int]]:
    """Return the most pairs, of those the least unlike; every way is tried."""
    if not mine:
        return []
    one, rest = mine[0], mine[1:]
    ways = [_best(rest, options)]
    near = sorted(options[one], key=lambda other: options[one][other])[: len(mine) + len(rest)]
    for other in near:
        left = {key: {o: u for o, u in found.items() if o != other} for key, found in options.items()}
        ways.append([(one, other), *_best(rest, left)])
    return min(ways, key=lambda way: (-len(way), sum(options[pair[0]][pair[1]] for pair in way)))


def _told(before: Any, after: Any, chosen: list[tuple[int, int]], first: int, last: int) -> dict[str, str]:
    sums = {name: [0, 0, 0, 0] for name in ("mine", "others")}
    moved = dict.fromkeys(sums, 0.0)
    better = 0
    for one, other in chosen:
        works, changes = _shared(before, after, one, other), []
        for name, school in (("mine", one), ("others", other)):
            a, m = _sum(before[school], works)
            b, n = _sum(after[school], works)
            sums[name] = [old + new for old, new in zip(sums[name], (a, m, b, n), strict=True)]
            moved[name] += _drift(before, works, (a, m)) * m
            changes.append(b / n - a / m)
        better += changes[0] < changes[1]
    made, bounds = {"dynamics.better": str(better)}, {}
    for name, (a, m, b, n) in sums.items():
        bounds[name] = newcombe(a, m, b, n)
        made[f"dynamics.{name}.{first}"] = f"{a} из {m}, {percent(a, m)}"
        made[f"dynamics.{name}.{last}"] = f"{b} из {n}, {percent(b, n)}"
        made[f"dynamics.{name}.change"] = f"{tenth(bounds[name][0])} п. п."
        made[f"dynamics.{name}.alone"] = f"{tenth(100 * moved[name] / m)} п. п."
    (d1, l1, u1), (d2, l2, u2) = bounds["mine"], bounds["others"]
    low, high = d1 - d2 - math.hypot(d1 - l1, u2 - d2), d1 - d2 + math.hypot(u1 - d1, d2 - l2)
    left = moved["mine"] / sums["mine"][1] - moved["others"] / sums["others"][1]
    made["dynamics.apart"] = f"{tenth(d1 - d2)} п. п."
    made["dynamics.apart.interval"] = f"от {tenth(low)} до {tenth(high)}"
    made["dynamics.apart.alone"] = f"{tenth(100 * left)} п. п."
    return made
