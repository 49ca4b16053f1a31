"""What the file still expects of a school that is gone, and what it has of results: counts for the new school year."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection

from app.models.organisations import canonical_map

_OPEN: dict[str, str] = {
    "partnership": (
        "SELECT receiver_id, count(*) FROM partnership WHERE state IN ('planned', 'active') AND school_year >= :year"
        " GROUP BY 1 UNION ALL SELECT donor_id, count(*) FROM partnership WHERE state IN ('planned', 'active')"
        " AND school_year >= :year GROUP BY 1"
    ),
    "tie": (
        "SELECT donor_id, count(*) FROM organisation_tie WHERE state IN ('existing', 'planned', 'agreed')"
        " AND school_year >= :year GROUP BY 1"
    ),
    "point": (
        "SELECT organisation_id, count(*) FROM decision_point WHERE state IN ('open', 'running', 'part') GROUP BY 1"
    ),
    "task": "SELECT organisation_id, count(*) FROM task WHERE done_on IS NULL GROUP BY 1",
    "step": (
        "SELECT organisation_id, count(*) FROM route_step WHERE held_on IS NULL AND school_year >= :year GROUP BY 1"
    ),
    "activity": (
        "SELECT s.organisation_id, count(*) FROM programme_school s JOIN programme_node n ON n.id = s.node_id"
        " JOIN programme p ON p.id = n.programme_id WHERE p.year_to >= :year GROUP BY 1"
    ),
    "case": (
        "SELECT s.organisation_id, count(*) FROM form_case c JOIN form_round r ON r.id = c.round_id"
        " JOIN form_subject s ON s.id = c.subject_id WHERE r.closed_on IS NULL AND c.accepted_on IS NULL"
        " AND c.received_on IS NULL AND c.exempt IS NULL GROUP BY 1"
    ),
    "platform": "SELECT organisation_id, count(*) FROM network_platform WHERE school_year >= :year GROUP BY 1",
    "event": (
        "SELECT coalesce(host_id, owner_id), count(*) FROM work_event WHERE state IN ('planned', 'moved')"
        " AND coalesce(date_from, '9999') >= :year || '-08-01' GROUP BY 1"
    ),
    "help": (
        "SELECT organisation_id, count(*) FROM help_entry WHERE next_on IS NOT NULL AND next_done_on IS NULL GROUP BY 1"
    ),
    "mentor": "SELECT organisation_id, count(*) FROM mentor_pair WHERE state IN ('planned', 'active') GROUP BY 1",
    "practice": "SELECT organisation_id, count(*) FROM practice_use WHERE state IN ('planned', 'trying') GROUP BY 1",
    "body": "SELECT organisation_id, count(*) FROM body_school WHERE date_to IS NULL GROUP BY 1",
}
"""Kind → query of (organisation, how many)."""


def still_named(connection: sqlite3.Connection, year: int) -> dict[int, dict[str, int]]:
    """Return canonical school → kind of thing → how many of them still expect something of it.

    Args:
        connection: reading connection.
        year: school year (or plan year) from which on things count.
    """
    merged = canonical_map(connection)
    found: dict[int, dict[str, int]] = {}
    for kind, sql in _OPEN.items():
        for key, number in connection.execute(sql, {"year": year}).fetchall():
            if key is not None:
                counts = found.setdefault(merged.get(key, key), {})
                counts[kind] = counts.get(kind, 0) + int(number)
    return found


def result_years(connection: sqlite3.Connection) -> dict[int, tuple[int, ...]]:
    """Return canonical school → result years in which it has counts, the first one first."""
    merged = canonical_map(connection)
    found: dict[int, set[int]] = {}
    rows = connection.execute(
        "SELECT DISTINCT organisation_id, result_year FROM mark_count WHERE organisation_id IS NOT NULL"
    )
    for key, year in rows:
        found.setdefault(merged.get(key, key), set()).add(int(year))
    return {key: tuple(sorted(years)) for key, years in found.items()}


def open_appointments(connection: sqlite3.Connection, organisation_ids: Collection[int]) -> list[tuple[int, str]]:
    """Return (key, role) of appointments of some organisations that have not ended."""
    return [
        (int(key), str(role))
        for key, role in connection.execute(
            "SELECT id, role FROM appointment WHERE date_to IS NULL"
            " AND organisation_id IN (SELECT value FROM json_each(?))",
            (json.dumps(list(organisation_ids)),),
        )
    ]
