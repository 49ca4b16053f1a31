"""Counts that stand twice: in a merged record and in the one it points to, or in two merged into the same.

Merging rewrites nothing (decision 5), so both counts stay stored. One of them speaks for the school: the canonical
record's own; where it has none, that of the merged record with the smaller key. ``frames`` chooses the same way.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass

from app.errors import Problem, problem
from app.models.organisations import canonical_map
from app.models.records import Assessment
from app.texts import NBSP

_COUNTS = """
SELECT m.organisation_id, m.assessment_id, m.result_year, m.autumn, m.id, m.participants, m.below_min,
       m.m2, m.m3, m.m4, m.m5, s.procedure, s.subject, s.level, s.grade, coalesce(f.name, 'введено вручную')
FROM mark_count m JOIN assessment s ON s.id = m.assessment_id LEFT JOIN import_file f ON f.id = m.import_file_id
WHERE m.organisation_id IN (SELECT value FROM json_each(?))
"""


@dataclass(frozen=True, slots=True)
class Count:
    """One stored count of a record that takes part in a merging."""

    id: int
    record: int
    assessment: Assessment
    year: int
    participants: int
    below: int | None
    marks: tuple[int | None, ...]
    file: str

    @property
    def figures(self) -> tuple[object, ...]:
        """What two counts must share to say the same."""
        return self.participants, self.below, self.marks


@dataclass(frozen=True, slots=True)
class Difference:
    """Two counts of one school, work and year that differ: ``kept`` speaks for the school, ``other`` is left out."""

    school: int
    kept: Count
    other: Count


def canonical_with(connection: sqlite3.Connection, duplicate: int, canonical: int) -> dict[int, int]:
    """Return merged record → canonical as it would be once ``duplicate`` points to ``canonical``."""
    present = canonical_map(connection)
    return {key: canonical if root == duplicate else root for key, root in present.items()} | {duplicate: canonical}


def _competing(connection: sqlite3.Connection, merged: Mapping[int, int]) -> list[tuple[int, list[Count]]]:
    """Return (canonical record, counts of one work and year, the one that speaks first) wherever there are several."""
    if not merged:
        return []
    groups: dict[tuple[int, ...], list[Count]] = {}
    records = json.dumps(sorted({*merged, *merged.values()}))
    for record, work, year, autumn, key, number, below, *rest in connection.execute(_COUNTS, (records,)):
        marks, words, file = tuple(rest[:4]), rest[4:8], rest[8]
        count = Count(key, record, Assessment(*words), year, number, below, marks, file)
        groups.setdefault((merged.get(record, record), work, year, autumn), []).append(count)
    return [
        (root, sorted(found, key=lambda c: (c.record != root, c.record)))
        for (root, *_what), found in groups.items()
        if len(found) > 1
    ]


def left_out(connection: sqlite3.Connection) -> set[int]:
    """Return keys of the stored counts for which another record of the same school speaks."""
    return {count.id for _root, found in _competing(connection, canonical_map(connection)) for count in found[1:]}


def differences(connection: sqlite3.Connection, merged: Mapping[int, int] | None = None) -> list[Difference]:
    """Return counts that say something else than the count that speaks for the school, by year and work.

    Args:
        connection: reading connection.
        merged: merged record → canonical; what is stored where it is not given.
    """
    found = _competing(connection, canonical_map(connection) if merged is None else merged)
    made = [Difference(root, first, c) for root, (first, *rest) in found for c in rest if c.figures != first.figures]
    return sorted(made, key=lambda d: (d.kept.year, d.kept.assessment.label, d.school, d.other.record))


def as_problem(difference: Difference, school: str) -> Problem:
    """Return the finding that names school, work, year, both figures and their files."""
    kept, other = difference.kept, difference.other
    in_full = (kept.participants, kept.below) == (other.participants, other.below)
    return problem(
        "STORE_MERGED_DIFFERS",
        school=school,
        assessment=kept.assessment.label,
        year=kept.year,
        kept=_words(kept, in_full=in_full),
        kept_file=kept.file,
        other=_words(other, in_full=in_full),
        other_file=other.file,
    )


def _words(count: Count, *, in_full: bool) -> str:
    """Return «8 из 27», with the marks from «2» to «5» where the shares alone do not differ."""
    below = "—" if count.below is None else count.below
    words = f"{below}{NBSP}из{NBSP}{count.participants}"
    marks = " · ".join("—" if mark is None else str(mark) for mark in count.marks)
    return f"{words}, отметки {marks}" if in_full else words
