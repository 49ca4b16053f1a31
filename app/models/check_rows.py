"""What the checks of the data look at: counts as plain whole numbers, drafts, findings of imports, explanations."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from app.models.journal import now
from app.models.metrics import REGISTRY_METRICS, Key
from app.models.organisations import canonical_map
from app.models.records import Assessment
from app.models.store import Operation

if TYPE_CHECKING:
    import pandas as pd

_COUNTS = """
SELECT id, coalesce(organisation_id, -area_id), assessment_id,
       (result_year << 2) | (restored << 1) | autumn, (participants << 32) | (coalesce(below_min, -1) + 1),
       ((coalesce(m2, -1) + 1) << 32) | (coalesce(m3, -1) + 1), ((coalesce(m4, -1) + 1) << 32) | (coalesce(m5, -1) + 1)
FROM mark_count
"""
"""Whole numbers only: they come over quickest. 0 stands for NULL where numbers are packed."""
_WORTH_A_LOOK = """
WHERE id IN (
    SELECT id FROM mark_count WHERE below_min > participants OR below_min <> m2
        OR coalesce(m2, 0) + coalesce(m3, 0) + coalesce(m4, 0) + coalesce(m5, 0) > participants
        OR m2 + m3 + m4 + m5 < participants
    UNION ALL
    SELECT id FROM mark_count WHERE organisation_id IN (SELECT value FROM json_each(:merged))
    UNION ALL
    SELECT m.id FROM json_each(:pupils) k JOIN mark_count m ON m.organisation_id = k.value ->> 0
        AND m.result_year = k.value ->> 1 AND m.participants > k.value ->> 2
    UNION ALL
    SELECT value FROM json_each(:jumps)
)
"""
_JUMPS = """
SELECT now.id, past.id FROM mark_count now JOIN mark_count past ON past.organisation_id = now.organisation_id
    AND past.assessment_id = now.assessment_id AND past.result_year = now.result_year - 1 AND past.autumn = now.autumn
WHERE now.autumn = 0 AND now.participants >= :least AND past.participants >= :least
    AND abs(now.below_min * past.participants - past.below_min * now.participants) * 100
        >= :points * now.participants * past.participants
"""
_LOW = 0xFFFFFFFF
_BY_RECORD = {"metric", "code"}
"""Kinds of findings whose subject names a record and whose figures do not."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a person said of a finding."""

    text: str
    actor: str | None = None
    at: str | None = None


@dataclass(frozen=True, slots=True)
class ImportFinding:
    """One finding of an import with its file, open or explained."""

    id: int
    file_id: int
    file: str
    level: str
    code: str
    message: str
    sheet: str | None
    cell: str | None
    explanation: str | None


@dataclass(frozen=True, slots=True)
class Draft:
    """One entry that does not fit its column; ``school_id`` and ``year`` where it belongs to a school and a year."""

    table: str
    row_key: int
    column: str
    raw: str
    code: str
    school_id: int | None
    year: int | None


def years(connection: sqlite3.Connection) -> list[int]:
    """Return the result years of all counts, the earliest first."""
    return [year for (year,) in connection.execute("SELECT DISTINCT result_year FROM mark_count ORDER BY 1")]


def suspects(connection: sqlite3.Connection, points: int, least: int, pupils: pd.DataFrame) -> dict[str, str]:
    """Return what picks the counts among which every finding is; the others stay in the file.

    Rows of records that were brought together are all picked, for they are compared as one school.

    Args:
        connection: reading connection.
        points: change of a share in a year that is a jump, percentage points.
        least: groups with fewer participants are not compared.
        pupils: numbers of pupils, from ``frames.metric_frame``.
    """
    merged = canonical_map(connection)
    known = pupils[pupils["part"].notna()]
    bounds = zip(known["school_id"].tolist(), (known["school_year"] + 1).tolist(), known["part"].tolist(), strict=True)
    jumps = connection.execute(_JUMPS, {"least": max(1, least), "points": points})
    return {
        "merged": json.dumps(sorted({*merged, *merged.values()})),
        "pupils": json.dumps(list(bounds)),
        "jumps": json.dumps(list(chain.from_iterable(jumps))),
    }


def count_frame(connection: sqlite3.Connection, wanted: Mapping[str, str] | None = None) -> pd.DataFrame:
    """Return stored counts of marks, as they stand: those that ``suspects`` picked, or all.

    Returns:
        A frame of whole numbers: ``id``, ``record`` (the organisation as stored, 0 for an area), ``area`` (0 for a
        school), ``school_id`` (canonical), ``work`` (key of the assessment), ``year``, ``autumn``, ``restored``,
        ``participants``, ``below``, ``m2``…``m5``; unknown numbers are -1.
    """
    import numpy as np
    import pandas as pd

    rows = connection.execute(_COUNTS) if wanted is None else connection.execute(_COUNTS + _WORTH_A_LOOK, wanted)
    table = np.fromiter(chain.from_iterable(rows), dtype=np.int64).reshape(-1, 7)
    unit = table[:, 1]
    frame = pd.DataFrame({"id": table[:, 0], "work": table[:, 2]})
    frame["record"], frame["area"] = np.where(unit > 0, unit, 0), np.where(unit < 0, -unit, 0)
    frame["school_id"] = frame["record"]
    merged = canonical_map(connection)
    if merged:
        places = np.flatnonzero(np.isin(table[:, 1], list(merged)))
        schools = table[:, 1].copy()
        schools[places] = [merged[key] for key in table[places, 1].tolist()]
        frame["school_id"] = schools
    frame["year"], frame["autumn"], frame["restored"] = table[:, 3] >> 2, table[:, 3] & 1, table[:, 3] >> 1 & 1
    frame["participants"], frame["below"] = table[:, 4] >> 32, (table[:, 4] & _LOW) - 1
    frame["m2"], frame["m3"] = (table[:, 5] >> 32) - 1, (table[:, 5] & _LOW) - 1
    frame["m4"], frame["m5"] = (table[:, 6] >> 32) - 1, (table[:, 6] & _LOW) - 1
    return frame


def works(connection: sqlite3.Connection) -> dict[int, Assessment]:
    """Return every assessment by its key."""
    rows = connection.execute("SELECT id, procedure, subject, level, grade FROM assessment")
    return {key: Assessment(*rest) for key, *rest in rows}


def sources(connection: sqlite3.Connection, ids: Iterable[int]) -> dict[int, str]:
    """Return the file of some counts; typed ones are left out."""
    rows = connection.execute(
        "SELECT m.id, f.name FROM mark_count m JOIN import_file f ON f.id = m.import_file_id"
        " WHERE m.id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(ids)),),
    )
    return dict(rows.fetchall())


def names(connection: sqlite3.Connection) -> tuple[dict[int, str], dict[int, str], set[int]]:
    """Return the shown names of organisations and of areas, and the keys of own organisations."""
    rows = connection.execute("SELECT id, coalesce(short_name, name), own FROM organisation").fetchall()
    areas = dict(connection.execute("SELECT id, name FROM area").fetchall())
    return {key: name for key, name, _own in rows}, areas, {key for key, _name, own in rows if own}


def drafts(connection: sqlite3.Connection) -> list[Draft]:
    """Return every entry that does not fit, with the school it belongs to; not what is being typed in a dialog."""
    rows = connection.execute(
        "SELECT d.table_name, d.row_key, d.column_name, d.raw, d.code,"
        " CASE WHEN d.table_name = 'organisation_year' THEN y.organisation_id"
        "      WHEN d.table_name = 'organisation' OR d.table_name GLOB 'metric_value:*' THEN d.row_key END,"
        " CASE WHEN d.table_name = 'organisation_year' THEN y.school_year"
        "      WHEN d.table_name GLOB 'metric_value:*' THEN CAST(substr(d.table_name, 14) AS INTEGER) END"
        " FROM draft_cell d LEFT JOIN organisation_year y ON y.id = d.row_key AND d.table_name = 'organisation_year'"
        " WHERE d.table_name NOT GLOB '*:typed' ORDER BY d.table_name, d.id"
    )
    merged = canonical_map(connection)
    return [
        Draft(table, key, column, raw, code, merged.get(school, school), year)
        for table, key, column, raw, code, school, year in rows
    ]


def import_findings(connection: sqlite3.Connection) -> list[ImportFinding]:
    """Return findings of imports, open and explained, newest file first."""
    rows = connection.execute(
        "SELECT p.id, f.id, f.name, p.level, p.code, p.message, p.sheet, p.cell,"
        " CASE WHEN p.state = 'explained' THEN coalesce(p.explanation, '') END"
        " FROM import_problem p JOIN import_file f ON f.id = p.import_file_id ORDER BY f.imported_at DESC, f.id, p.id"
    )
    return [ImportFinding(*row) for row in rows]


def metric_contradictions(connection: sqlite3.Connection) -> list[tuple[Key, tuple[str, str], tuple[str, str]]]:
    """Return values of merged records that say something else than the one that speaks for the school.

    Returns:
        (cell, (raw and file of the value that counts), (raw and file of the other)).
    """
    merged = canonical_map(connection)
    if not merged:
        return []
    rows = connection.execute(
        "SELECT v.organisation_id, v.school_year, v.metric, v.part, v.whole, v.exact, v.raw,"
        " coalesce(f.name, 'введено вручную') FROM metric_value v LEFT JOIN import_file f ON f.id = v.import_file_id"
        " WHERE v.organisation_id IN (SELECT value FROM json_each(?)) ORDER BY v.organisation_id",
        (json.dumps(sorted({*merged, *merged.values()})),),
    ).fetchall()
    first: dict[Key, tuple[object, ...]] = {}
    found = []
    for row in sorted(rows, key=lambda row: row[0] in merged):
        key = (merged.get(row[0], row[0]), row[1], row[2])
        speaks = first.setdefault(key, row)
        if speaks[3:6] != row[3:6]:
            found.append((key, (str(speaks[6]), str(speaks[7])), (row[6], row[7])))
    return found


def explanations(connection: sqlite3.Connection) -> dict[tuple[str, str, str], Explanation]:
    """Return (code, subject, digest of the figures) → what a person said.

    What was said of a metric or a code of one record counts for every record it was brought together with: the figures
    are the same, and merging and separating must not open again what is explained.
    """
    rows = connection.execute("SELECT code, subject, figures, text, actor, created_at FROM data_explanation")
    said = {(code, subject, figures): Explanation(*rest) for code, subject, figures, *rest in rows}
    together = _together(connection)
    for (code, subject, figures), words in list(said.items()) if together else ():
        for alike in _spellings(subject, together):
            said.setdefault((code, alike, figures), words)
    return said


def _together(connection: sqlite3.Connection) -> dict[int, list[int]]:
    """Return the records of one school by each of them; those that nothing was merged into are left out."""
    groups: dict[int, list[int]] = {}
    for record, root in canonical_map(connection).items():
        groups.setdefault(root, [root]).append(record)
    return {record: group for group in groups.values() for record in group}


def _spellings(subject: str, together: Mapping[int, Sequence[int]]) -> list[str]:
    """Return what a finding about a metric or a code would be called with every record of its school."""
    kind, _, rest = subject.partition(":")
    record, _, rest = rest.partition(":")
    if kind not in _BY_RECORD or not record.isdecimal():
        return [subject]
    return [f"{kind}:{one}:{rest}" for one in together.get(int(record), (int(record),))]


def speaking(connection: sqlite3.Connection) -> dict[tuple[int, str], int]:
    """Return whose metric counts where it is that of a merged record.

    Returns:
        (canonical record, «school year:metric») → the merged record; cells of which the canonical record has a value
        of its own are left out.
    """
    merged = canonical_map(connection)
    if not merged:
        return {}
    cells = "SELECT organisation_id, school_year || ':' || metric FROM metric_value"
    for metric, column in REGISTRY_METRICS.items():
        cells += f" UNION ALL SELECT organisation_id, school_year || ':{metric}' FROM organisation_year"
        cells += f" WHERE {column} IS NOT NULL"
    records = json.dumps(sorted({*merged, *merged.values()}))
    rows = connection.execute(
        f"SELECT DISTINCT * FROM ({cells}) WHERE organisation_id IN (SELECT value FROM json_each(?))", (records,)
    ).fetchall()
    found: dict[tuple[int, str], int] = {}
    for record, cell in sorted(rows, key=lambda row: (row[0] in merged, row[0])):
        found.setdefault((merged.get(record, record), cell), record)
    return {key: record for key, record in found.items() if record != key[0]}


def put_explanation(operation: Operation, key: tuple[str, str, str], text: str, actor: str) -> None:
    """Keep what a person says of a finding; said again it is said anew."""
    row = _explanation(operation, key)
    if row is None:
        code, subject, figures = key
        operation.insert(
            "data_explanation", code=code, subject=subject, figures=figures, text=text, actor=actor, created_at=now()
        )
    else:
        operation.update("data_explanation", row, text=text, actor=actor, created_at=now())


def drop_explanation(operation: Operation, key: tuple[str, str, str]) -> None:
    """Take back what was said, also of the same figures in a record brought together with this one."""
    code, subject, figures = key
    for alike in _spellings(subject, _together(operation.connection)):
        row = _explanation(operation, (code, alike, figures))
        if row is not None:
            operation.delete("data_explanation", row)


def _explanation(operation: Operation, key: tuple[str, str, str]) -> int | None:
    row = operation.connection.execute(
        "SELECT id FROM data_explanation WHERE code = ? AND subject = ? AND figures = ?", key
    ).fetchone()
    return None if row is None else int(row[0])
