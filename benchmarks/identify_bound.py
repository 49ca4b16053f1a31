"""The bound of identification: the same aggregate of ``rosobrnadzor-2022`` in plain SQL over the same tables.

It answers which schools have at least two of the eight procedures at 30 % in the year, or at least one in each of the
two years, with their counts of procedures and their worst share of the year. It knows nothing of edges, samples,
missing data and reasons: it is what the database alone would need for the bare list.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

PLAIN_SQL = """
WITH eight AS (
    SELECT id,
           2 * CASE procedure WHEN 'ВПР' THEN grade WHEN 'ОГЭ' THEN 9 ELSE 11 END + (subject = 'Математика') AS work
    FROM assessment
    WHERE subject IN ('Математика', 'Русский язык')
      AND (procedure IN ('ОГЭ', 'ЕГЭ') OR (procedure = 'ВПР' AND grade IN (5, 6)))
),
cell AS (
    SELECT m.organisation_id AS school, m.result_year AS year, e.work,
           sum(m.below_min) AS below, sum(m.participants) AS participants
    FROM mark_count m JOIN eight e ON e.id = m.assessment_id
    WHERE m.result_year IN (:year, :year - 1) AND m.organisation_id IS NOT NULL
      AND m.participants > 0 AND m.below_min IS NOT NULL
    GROUP BY m.organisation_id, m.result_year, e.work
),
school AS (
    SELECT school,
           sum(year = :year AND below * 100 >= 30 * participants) AS hits_now,
           sum(year = :year - 1 AND below * 100 >= 30 * participants) AS hits_before,
           max(CASE WHEN year = :year THEN below * 1000000 / participants END) AS worst_per_million
    FROM cell GROUP BY school
)
SELECT school, hits_now, hits_before, worst_per_million,
       hits_now >= 2 OR (hits_now >= 1 AND hits_before >= 1) AS listed
FROM school ORDER BY school
"""


@dataclass(frozen=True, slots=True)
class PlainRow:
    """One school of the plain aggregate; ``worst_per_million`` is None without results in the year."""

    school: int
    hits_now: int
    hits_before: int
    worst_per_million: int | None
    listed: bool


def plain_identify(connection: sqlite3.Connection, year: int) -> list[PlainRow]:
    """Run the plain aggregate and fetch all of it."""
    return [
        PlainRow(school, now, before, worst, bool(listed))
        for school, now, before, worst, listed in connection.execute(PLAIN_SQL, {"year": year})
    ]
