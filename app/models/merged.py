"""Counts that stand twice: in a merged record and in the one it points to, or in two merged into the same.

Merging rewrites nothing (decision 5), so both counts stay stored. One of them speaks for the school: the canonical
record's own; where it has none, that of the merged record with the smaller key. ``frames`` chooses the same way.
Marks and comparisons with the journal are compared; ``coming`` counts facts of every kind.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.errors import Problem, problem
from app.models.organisations import canonical_map
from app.models.records import Assessment
from app.texts import NBSP

_WORK = "s.procedure, s.subject, s.level, s.grade, coalesce(f.name, 'введено вручную')"
_COUNTS: dict[str, str] = {
    "mark_count": f"SELECT m.organisation_id, m.assessment_id, m.result_year, m.autumn, m.id, m.participants,"
    f" m.below_min, {_WORK}, m.m2, m.m3, m.m4, m.m5",
    "journal_count": f"SELECT m.organisation_id, m.assessment_id, m.result_year, m.autumn, m.id, m.total,"
    f" NULL, {_WORK}, m.lowered, m.confirmed, m.raised",
}
_FROM = (
    " FROM {table} m JOIN assessment s ON s.id = m.assessment_id LEFT JOIN import_file f ON f.id = m.import_file_id"
    " WHERE m.organisation_id IN (SELECT value FROM json_each(?))"
)


@dataclass(frozen=True, slots=True)
class Count:
    """One stored count of a record that takes part in a merging.

    ``marks`` are the numbers of «2»…«5»; of a comparison with the journal, of marks lowered, confirmed and raised.
    """

    id: int
    record: int
    assessment: Assessment
    year: int
    autumn: bool
    participants: int
    below: int | None
    marks: tuple[int | None, ...]
    file: str
    journal: bool = False

    @property
    def figures(self) -> tuple[object, ...]:
        """What two counts must share to say the same."""
        return self.participants, self.below, self.marks

    @property
    def what(self) -> str:
        """«ВПР математика, 5 кл.», and that it is of autumn or a comparison with the journal."""
        parts = (self.assessment.label, "осень" if self.autumn else "", "сравнение с журналом" if self.journal else "")
        return ", ".join(part for part in parts if part)


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


def _competing(
    connection: sqlite3.Connection, merged: Mapping[int, int], table: str = "mark_count"
) -> list[tuple[int, list[Count]]]:
    """Return (canonical record, counts of one work and year, the one that speaks first) wherever there are several."""
    if not merged:
        return []
    groups: dict[tuple[int, ...], list[Count]] = {}
    records = json.dumps(sorted({*merged, *merged.values()}))
    journal = table == "journal_count"
    sql = (_COUNTS[table] + _FROM).format(table=table)
    for record, work, year, autumn, key, number, below, *rest in connection.execute(sql, (records,)):
        words, file, marks = rest[:4], rest[4], tuple(rest[5:])
        count = Count(key, record, Assessment(*words), year, bool(autumn), number, below, marks, file, journal)
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
    pointing = canonical_map(connection) if merged is None else merged
    found = [group for table in _COUNTS for group in _competing(connection, pointing, table)]
    made = [Difference(root, first, c) for root, (first, *rest) in found for c in rest if c.figures != first.figures]
    return sorted(made, key=lambda d: (d.kept.year, d.kept.what, d.school, d.other.record))


def as_problem(difference: Difference, school: str) -> Problem:
    """Return the finding that names school, work, year, both figures and their files."""
    kept, other = difference.kept, difference.other
    in_full = (kept.participants, kept.below) == (other.participants, other.below)
    return problem(
        "STORE_MERGED_DIFFERS",
        school=school,
        assessment=kept.what,
        year=kept.year,
        kept=_words(kept, in_full=in_full),
        kept_file=kept.file,
        other=_words(other, in_full=in_full),
        other_file=other.file,
    )


def _words(count: Count, *, in_full: bool) -> str:
    """Return «8 из 27», with the marks from «2» to «5» where the shares alone do not differ."""
    marks = " · ".join("—" if mark is None else str(mark) for mark in count.marks)
    if count.journal:
        return f"понизили, подтвердили, повысили {marks} из{NBSP}{count.participants}"
    below = "—" if count.below is None else count.below
    words = f"{below}{NBSP}из{NBSP}{count.participants}"
    return f"{words}, отметки {marks}" if in_full else words


# --- what comes along ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Coming:
    """How many rows of one kind a merged record brings: ``new`` only it has, ``both`` the other record has, too."""

    table: str
    new: int
    both: int


_WORKED = ("assessment_id", "result_year", "autumn")
_SAME: dict[str, tuple[str, ...]] = {
    "mark_count": _WORKED,
    "journal_count": _WORKED,
    "task_count": _WORKED,
    "score_count": _WORKED,
    "metric_value": ("school_year", "metric"),
    "organisation_year": ("school_year",),
    "school_project": (),
    "course_record": (),
    "external_entry": ("list_id", "item"),
    "deficit": (),
    "plan_count": (),
    "support_line": (),
    "risk_measure": (),
    "help_entry": (),
    "event_people": (),
    "event_guest": (),
    "body_member": (),
    "body_school": ("body_id",),
    "practice": (),
    "practice_use": ("practice_id",),
    "mentor_pair": (),
    "young_count": ("school_year",),
}
"""Table → columns by which a record is silent where the canonical one has a row; () where nothing ever is."""
_EXPLAINED = (
    "SELECT count(*) FROM data_explanation e, json_each(?) r WHERE e.subject GLOB 'mark:school:' || r.value || ':*'"
    " OR e.subject GLOB 'metric:' || r.value || ':*' OR e.subject GLOB 'code:' || r.value || ':*'"
)
_AGREED = (
    "SELECT count(*) FROM partnership WHERE receiver_id IN (SELECT value FROM json_each(:ours))"
    " OR donor_id IN (SELECT value FROM json_each(:ours))"
)
"""Agreements of the record as a receiver or as a donor."""

_CASES = (
    "SELECT count(*), coalesce(sum(EXISTS (SELECT 1 FROM form_case d JOIN form_subject t ON t.id = d.subject_id"
    " WHERE d.round_id = c.round_id AND d.role = c.role AND t.kind = s.kind"
    " AND t.organisation_id IN (SELECT value FROM json_each(:theirs)) AND (d.received_on IS NOT NULL"
    " OR d.accepted_on IS NOT NULL OR d.returned_on IS NULL AND EXISTS (SELECT 1 FROM form_answer a"
    " WHERE a.case_id = d.id AND a.confirmed = 1 AND a.item_id NOT LIKE '@%')))), 0)"
    " FROM form_case c JOIN form_subject s ON s.id = c.subject_id"
    " WHERE s.organisation_id IN (SELECT value FROM json_each(:ours))"
)
"""Answers to forms: of two in one round that of the record that stays speaks, where it has come."""


def coming(connection: sqlite3.Connection, one: Iterable[int], other: Iterable[int]) -> tuple[Coming, ...]:
    """Return what some records would bring to others, kind by kind; kinds with nothing are left out.

    Args:
        connection: reading connection.
        one: the duplicate and what was merged into it.
        other: the record that stays and what was merged into it.

    Returns:
        Tables of facts as they are called; explanations of findings as ``data_explanation``.
    """
    ours, theirs = json.dumps(sorted(one)), json.dumps(sorted(other))
    found = []
    for table, columns in _SAME.items():
        same = " AND ".join(f"b.{name} = a.{name}" for name in columns) or "0"
        total, both = connection.execute(
            f"SELECT count(*), coalesce(sum(EXISTS (SELECT 1 FROM {table} b WHERE {same}"
            " AND b.organisation_id IN (SELECT value FROM json_each(:theirs)))), 0)"
            f" FROM {table} a WHERE a.organisation_id IN (SELECT value FROM json_each(:ours))",
            {"ours": ours, "theirs": theirs},
        ).fetchone()
        found.append(Coming(table, total - both, both))
    total, both = connection.execute(_CASES, {"ours": ours, "theirs": theirs}).fetchone()
    found.append(Coming("form_case", total - both, both))
    (said,) = connection.execute(_EXPLAINED, (ours,)).fetchone()
    (agreed,) = connection.execute(_AGREED, {"ours": ours}).fetchone()
    found.append(Coming("partnership", agreed, 0))
    return tuple(item for item in (*found, Coming("data_explanation", said, 0)) if item.new or item.both)
