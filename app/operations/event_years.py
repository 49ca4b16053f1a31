"""To which plan year of its activity an event belongs: every event belongs to exactly one.

An activity is watched in the plan year in which its term ends: a stage from September to April is marked in the spring.
What happened within the term belongs there, too, whatever the calendar says.
"""

from __future__ import annotations

from app.analysis.execution import Span, occurrences
from app.models import execution as stored
from app.models import programmes
from app.models.store import Connection

Terms = tuple[tuple[int, tuple[Span, ...]], ...]
"""(plan year, terms that end in it), of an activity in its newest edition; empty where it has no dates."""


def terms(connection: Connection, lineage: int) -> Terms:
    """Return the terms of an activity by plan year."""
    editions = stored.programmes_of(connection, lineage)
    tree = programmes.tree(connection, editions[0]) if editions else None
    if tree is None:
        return ()
    found = [(item.plan_year, item.spans) for item in occurrences(tree) if item.lineage == lineage and item.spans]
    return tuple(sorted(found))


def plan_year(known: Terms, day: str) -> int:
    """Return the plan year of an event by its first day (ISO).

    The year whose term holds the day, else its calendar year where something is planned in it, else the nearest year
    that has a term, of two equally near ones the later; where the activity has no dates, the calendar year.
    """
    year = int(day[:4])
    for planned, spans in known:
        if any(first <= day <= last for first, last in spans):
            return planned
    years = [planned for planned, _spans in known]
    if year in years or not years:
        return year
    return min(years, key=lambda one: (abs(one - year), -one))
