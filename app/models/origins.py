"""Where a stored value came from: its file and place, and the operation that last wrote it (by the journal)."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from typing import Any

from app.models import journal

_PLACE = "t.sheet, t.row_from, t.row_to, t.cells"
_FILE = "f.id, f.name, f.sha256, f.kept, f.imported_at"
_OF_FILE = (
    f"SELECT {_FILE}, {_PLACE} FROM {{table}} t LEFT JOIN import_file f ON f.id = t.import_file_id WHERE t.id = ?"
)
_PLACES: dict[str, str] = {
    **{table: _OF_FILE.format(table=table) for table in ("mark_count", "journal_count", "task_count", "score_count")},
    # a value that came with a form names the workbook of the school; its bytes are always kept
    "metric_value": "SELECT coalesce(f.id, w.id), coalesce(f.name, w.file_name), coalesce(f.sha256, w.sha256),"
    f" coalesce(f.kept, w.id IS NOT NULL), coalesce(f.imported_at, w.received_at), {_PLACE} FROM metric_value t"
    " LEFT JOIN import_file f ON f.id = t.import_file_id LEFT JOIN form_file w ON w.id = t.form_file_id WHERE t.id = ?",
    "external_entry": f"SELECT {_FILE}, {_PLACE} FROM external_entry t JOIN external_list l ON l.id = t.list_id"
    " LEFT JOIN import_file f ON f.id = l.import_file_id WHERE t.id = ?",
}
"""Tables whose rows know their place themselves."""
TABLES: tuple[str, ...] = (
    *_PLACES, "organisation", "organisation_code", "organisation_year", "execution", "indicator_value",
    "decision_point", "partnership", "deficit", "legal_act", "recommendation",
)  # fmt: skip
"""Tables whose values can be traced."""


@dataclass(frozen=True, slots=True)
class FilePlace:
    """The file a value came from, and where in it; the place is empty where only the operation tells the file."""

    file_id: int
    name: str
    sha256: str
    kept: bool
    imported_at: str
    sheet: str | None = None
    row_from: int | None = None
    row_to: int | None = None
    cells: str | None = None


@dataclass(frozen=True, slots=True)
class Writer:
    """The operation in force that last wrote a row or a column of it."""

    id: int
    at: str
    actor: str
    label: str


def exists(connection: sqlite3.Connection, table: str, key: int) -> bool:
    """Tell whether a row of a traceable table is there; ValueError for any other table."""
    if table not in TABLES:
        raise ValueError(table)
    return connection.execute(f'SELECT 1 FROM "{table}" WHERE id = ?', (key,)).fetchone() is not None


def place(connection: sqlite3.Connection, table: str, key: int) -> FilePlace | None:
    """Return the file and the place that a row names; None for what was entered by hand."""
    sql = _PLACES.get(table)
    row = None if sql is None else connection.execute(sql, (key,)).fetchone()
    return None if row is None or row[0] is None else _file_place(row)


def _file_place(row: tuple[Any, ...]) -> FilePlace:
    values: list[Any] = [*row[:3], bool(row[3]), *row[4:]]
    return FilePlace(*values)


def writer(connection: sqlite3.Connection, table: str, key: int, column: str | None = None) -> Writer | None:
    """Return the operation that last wrote a row; with a column, the one that gave the column its present value."""
    entries = connection.execute(
        "SELECT o.id, o.at, o.actor, o.label, j.action, j.before FROM journal j JOIN operation o"
        " ON o.id = j.operation_id WHERE j.table_name = ? AND j.row_key <= ? AND coalesce(j.row_last, j.row_key) >= ?"
        " AND o.state = 'done' ORDER BY j.id DESC",
        (table, key, key),
    )
    if column is None:
        row = entries.fetchone()
        return None if row is None else Writer(*row[:4])
    if column not in journal.columns(connection, table):
        raise ValueError(column)
    present = connection.execute(f'SELECT "{column}" FROM "{table}" WHERE id = ?', (key,)).fetchone()
    for *found, action, before in entries:
        # an update that left the column as it was is not its writer
        if action != "U" or json.loads(before)[column] != present[0]:
            return Writer(*found)
    return None


def file_of(connection: sqlite3.Connection, operation_id: int) -> FilePlace | None:
    """Return the file that an operation loaded, if it loaded one."""
    row = connection.execute(
        f"SELECT {_FILE} FROM journal j JOIN import_file f ON f.id = j.row_key"
        " WHERE j.operation_id = ? AND j.table_name = 'import_file' AND j.action = 'I' LIMIT 1",
        (operation_id,),
    ).fetchone()
    return None if row is None else _file_place(row)


def result_rows(
    connection: sqlite3.Connection, organisation_ids: list[int], *, procedure: str | None, year: int | None,
    grade: int | None,
) -> list[tuple[Any, ...]]:  # fmt: skip
    """Return (table, id, procedure, subject, level, grade, year, figures) of the results of some records.

    ``figures`` is a short text that tells the rows apart: «8 из 27» for marks.
    """
    found: list[tuple[Any, ...]] = []
    for table, figures in _FIGURES.items():
        rows = connection.execute(
            f"SELECT '{table}', t.id, s.procedure, s.subject, s.level, s.grade, t.result_year, {figures}"
            f" FROM {table} t JOIN assessment s ON s.id = t.assessment_id"
            " WHERE t.organisation_id IN (SELECT value FROM json_each(?1)) AND (?2 IS NULL OR s.procedure = ?2)"
            " AND (?3 IS NULL OR t.result_year = ?3) AND (?4 IS NULL OR s.grade = ?4)"
            " ORDER BY t.result_year DESC, s.procedure, s.subject, s.grade, s.level, t.id",
            (json.dumps(organisation_ids), procedure, year, grade),
        )
        found += rows.fetchall()
    return found


_FIGURES = {
    "mark_count": "coalesce(t.below_min, '—') || ' из ' || t.participants",
    "journal_count": "t.lowered || ' · ' || t.confirmed || ' · ' || t.raised",
    "task_count": "t.task || CASE t.group_mark WHEN 0 THEN '' ELSE ', получившие «' || t.group_mark || '»' END"
    " || ': ' || coalesce(t.points, '—')",
    "score_count": "t.counts",
}


def card_rows(connection: sqlite3.Connection, organisation_id: int) -> list[tuple[str, int, str, str]]:
    """Return (table, id, column, value) of everything that the card of an organisation says."""
    names = ("name", "short_name", "school_type", "settlement", "address", "status")
    row = connection.execute(f"SELECT {', '.join(names)} FROM organisation WHERE id = ?", (organisation_id,)).fetchone()
    found = [
        ("organisation", organisation_id, name, str(value))
        for name, value in zip(names, row, strict=True)
        if value is not None
    ]
    codes = connection.execute(
        "SELECT id, system, value FROM organisation_code WHERE organisation_id = ? ORDER BY system, id",
        (organisation_id,),
    )
    found += [("organisation_code", key, system, value) for key, system, value in codes]
    years = connection.execute(
        "SELECT id, school_year, pupils, teachers FROM organisation_year WHERE organisation_id = ?"
        " ORDER BY school_year DESC",
        (organisation_id,),
    )
    for key, year, pupils, teachers in years.fetchall():
        for name, number in (("pupils", pupils), ("teachers", teachers)):
            if number is not None:
                found.append(("organisation_year", key, f"{name}:{year}", str(number)))
    return found


def metric_rows(
    connection: sqlite3.Connection, organisation_ids: list[int], metric: str | None, school_year: int | None
) -> list[tuple[int, str, int, str]]:
    """Return (id, metric, school year, raw) of the stored values of a metric, or of all of them."""
    return connection.execute(
        "SELECT id, metric, school_year, raw FROM metric_value WHERE (?1 IS NULL OR metric = ?1)"
        " AND organisation_id IN (SELECT value FROM json_each(?2)) AND (?3 IS NULL OR school_year = ?3)"
        " ORDER BY school_year DESC, id",
        (metric, json.dumps(organisation_ids), school_year),
    ).fetchall()


def entry_rows(connection: sqlite3.Connection, organisation_ids: list[int]) -> list[tuple[int, str, int, str, str]]:
    """Return (id, title of the list, year, item, raw) of what lists from outside say."""
    return connection.execute(
        "SELECT e.id, l.title, l.year, e.item, e.raw FROM external_entry e JOIN external_list l ON l.id = e.list_id"
        " WHERE e.organisation_id IN (SELECT value FROM json_each(?)) ORDER BY l.year DESC, l.title, e.item",
        (json.dumps(organisation_ids),),
    ).fetchall()
