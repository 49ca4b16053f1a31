"""What the monitoring keeps of activities, индикаторы and programmes that stand in no edition any more.

Rows are tied by ``lineage``, not by a foreign key: an activity may be taken out of the plan while its execution stays.
"""

from __future__ import annotations

import json
import sqlite3

_TABLES = {
    "activity": ("execution", "lineage", "plan_year"),
    "indicator": ("indicator_value", "lineage", "plan_year"),
    "rule": ("indicator_rule", "lineage", "NULL"),
    "programme": ("measuring_point", "lineage", "plan_year"),
    "point": ("decision_point", "activity_lineage", "NULL"),
    "event": ("work_event", "lineage", "NULL"),
    "help": ("help_entry", "lineage", "NULL"),
}
"""Kind → table, its column with the lineage, its plan year."""


def left(connection: sqlite3.Connection) -> dict[str, dict[int, list[int]]]:
    """Return kind → lineage that no edition has → plan years of what is kept; kinds without any are left out."""
    found: dict[str, dict[int, list[int]]] = {}
    for kind, (table, column, year) in _TABLES.items():
        known = "programme" if kind == "programme" else "programme_node"
        rows = connection.execute(
            f"SELECT DISTINCT {column}, {year} FROM {table} WHERE {column} IS NOT NULL"
            f" AND {column} NOT IN (SELECT lineage FROM {known}) ORDER BY 1, 2"
        )
        for lineage, plan_year in rows:
            years = found.setdefault(kind, {}).setdefault(lineage, [])
            if plan_year is not None:
                years.append(plan_year)
    return found


def called(connection: sqlite3.Connection, kind: str, lineage: int) -> str:
    """Return how the journal knows what is gone; "" where it does not know any more."""
    table, name = ("programme", "title") if kind == "programme" else ("programme_node", "text")
    row = connection.execute(
        "SELECT before FROM journal WHERE table_name = ? AND before ->> 'lineage' = ? ORDER BY id DESC LIMIT 1",
        (table, lineage),
    ).fetchone()
    return str(json.loads(row[0]).get(name) or "").strip() if row else ""
