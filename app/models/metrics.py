"""Values of context metrics by school and school year: stored figures, drafts, where they came from.

The numbers of pupils and teachers stand in the school's card (``organisation_year``) and nowhere else count; a row
of ``metric_value`` beside them only says where they came from. Values of merged records belong to the canonical one,
which speaks first; then the merged record with the smaller key.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.models.organisations import canonical_map, drop_draft, put_draft
from app.models.records import MetricFigure, Origin
from app.models.registry import ensure_year
from app.models.store import Operation

REGISTRY_METRICS: dict[str, str] = {"pupils": "pupils", "teachers": "teachers"}
"""Metrics that are columns of the school's card."""
Key = tuple[int, int, str]
"""School, school year, metric."""

_FIGURES = ("part", "whole", "exact", "raw")
_PLACE = ("import_file_id", "sheet", "row_from", "row_to", "cells", "form_case_id", "form_file_id")
_COLUMNS = ("organisation_id", "school_year", "metric", *_FIGURES, *_PLACE)
_BULK = 200
"""From so many new rows on they are written as one journal entry."""


@dataclass(frozen=True, slots=True)
class StoredMetric:
    """One stored value with the place it came from; ``file`` is None where a person typed it.

    ``case_id`` is the accepted form that answered it.
    """

    id: int
    school_id: int
    school_year: int
    metric: str
    part: int | None
    whole: int | None
    exact: str | None
    raw: str
    file: str | None
    sheet: str | None
    row_from: int | None
    row_to: int | None
    cells: str | None
    imported_at: str | None
    case_id: int | None = None

    @property
    def figures(self) -> tuple[int | None, int | None, str | None]:
        """Return what the value says, without its spelling."""
        return self.part, self.whole, self.exact


@dataclass(frozen=True, slots=True)
class MetricDraft:
    """A cell that did not fit and waits to be put right."""

    school_id: int
    school_year: int
    metric: str
    raw: str
    code: str


@dataclass(frozen=True, slots=True)
class WrittenBy:
    """The last operation that changed a value."""

    label: str
    at: str
    actor: str


@dataclass(frozen=True, slots=True)
class MetricRow:
    """One row to be written: figures with their place, or with a ``code`` a draft.

    ``case_id`` is the accepted form it was answered in, ``form_file_id`` the workbook that came with it.
    """

    school_id: int
    figure: MetricFigure
    origin: Origin | None = None
    code: str | None = None
    case_id: int | None = None
    form_file_id: int | None = None

    @property
    def key(self) -> Key:
        """Return school, school year and metric."""
        return self.school_id, self.figure.school_year, self.figure.metric


def draft_table(school_year: int) -> str:
    """Return the name under which drafts of a school year are kept (``draft_cell.table_name``)."""
    return f"metric_value:{school_year}"


_SELECT = """
SELECT v.id, v.organisation_id, v.school_year, v.metric, v.part, v.whole, v.exact, v.raw,
       coalesce(f.name, w.file_name), v.sheet, v.row_from, v.row_to, v.cells, coalesce(f.imported_at, w.received_at),
       v.form_case_id
FROM metric_value v LEFT JOIN import_file f ON f.id = v.import_file_id LEFT JOIN form_file w ON w.id = v.form_file_id
WHERE v.school_year IN (SELECT value FROM json_each(?)) AND (? IS NULL OR v.metric IN (SELECT value FROM json_each(?)))
ORDER BY v.organisation_id
"""


def values(
    connection: sqlite3.Connection, years: Iterable[int], codes: Iterable[str] | None = None
) -> dict[Key, StoredMetric]:
    """Return stored values of some school years by (canonical school, year, metric); the card's numbers among them."""
    wanted_years = sorted(set(years))
    wanted = None if codes is None else json.dumps(sorted(set(codes)))
    merged = canonical_map(connection)
    rows = connection.execute(_SELECT, (json.dumps(wanted_years), wanted, wanted)).fetchall()
    found: dict[Key, StoredMetric] = {}
    for row in sorted(rows, key=lambda row: row[1] in merged):
        school = merged.get(row[1], row[1])
        found.setdefault((school, row[2], row[3]), StoredMetric(row[0], school, *row[2:]))
    return _with_card(connection, found, wanted_years, merged, None if wanted is None else set(json.loads(wanted)))


def _with_card(
    connection: sqlite3.Connection,
    found: dict[Key, StoredMetric],
    years: Sequence[int],
    merged: Mapping[int, int],
    codes: set[str] | None,
) -> dict[Key, StoredMetric]:
    """Let the numbers of the school's card speak first; a stored row that says the same tells where they came from."""
    names = [name for name in REGISTRY_METRICS if codes is None or name in codes]
    for school, year, name, number in _card_numbers(connection, years, names, merged):
        key = (school, year, name)
        stored = found.get(key)
        if stored is None or stored.part != number:
            nothing = (None,) * 6
            found[key] = StoredMetric(0, school, year, name, number, None, None, str(number), *nothing)
    return found


def _card_numbers(
    connection: sqlite3.Connection, years: Sequence[int], names: Sequence[str], merged: Mapping[int, int]
) -> list[tuple[int, int, str, int]]:
    """Return (school, year, metric, number) of the cards, canonical records first."""
    rows = connection.execute(
        "SELECT organisation_id, school_year, pupils, teachers FROM organisation_year"
        " WHERE school_year IN (SELECT value FROM json_each(?))",
        (json.dumps(list(years)),),
    ).fetchall()
    rows.sort(key=lambda row: (row[0] in merged, row[0]))
    seen: set[Key] = set()
    numbers = []
    for school, year, *counts in rows:
        for name, number in zip(REGISTRY_METRICS, counts, strict=True):
            key = (merged.get(school, school), year, name)
            if name in names and number is not None and key not in seen:
                seen.add(key)
                numbers.append((*key, int(number)))
    return numbers


def drafts(connection: sqlite3.Connection, school_year: int | None = None) -> dict[Key, MetricDraft]:
    """Return cells that did not fit, of one school year or of all, by (canonical school, year, metric)."""
    merged = canonical_map(connection)
    rows = connection.execute(
        "SELECT row_key, CAST(substr(table_name, 14) AS INTEGER), column_name, raw, code FROM draft_cell"
        " WHERE table_name GLOB 'metric_value:*' AND (? IS NULL OR table_name = 'metric_value:' || ?) ORDER BY id",
        (school_year, school_year),
    )
    found = {}
    for school, year, metric, raw, code in rows:
        key = (merged.get(school, school), int(year), metric)
        found[key] = MetricDraft(*key, raw, code)
    return found


def years(connection: sqlite3.Connection) -> list[int]:
    """Return the school years that have values, newest first."""
    rows = connection.execute("SELECT DISTINCT school_year FROM metric_value ORDER BY 1 DESC")
    return [year for (year,) in rows]


def all_years(connection: sqlite3.Connection) -> list[int]:
    """Return the school years that have values or numbers in the school's card, newest first."""
    rows = connection.execute(
        "SELECT school_year FROM metric_value UNION SELECT school_year FROM organisation_year ORDER BY 1 DESC"
    )
    return [year for (year,) in rows]


def used(connection: sqlite3.Connection, metric: str) -> int:
    """Return how many values and drafts a metric has."""
    row = connection.execute(
        "SELECT (SELECT count(*) FROM metric_value WHERE metric = ?1) + (SELECT count(*) FROM draft_cell"
        " WHERE column_name = ?1 AND table_name GLOB 'metric_value:*')",
        (metric,),
    ).fetchone()
    return int(row[0])


def written_by(connection: sqlite3.Connection, key: int) -> WrittenBy | None:
    """Return the last operation in force that wrote a row of ``metric_value``."""
    row = connection.execute(
        "SELECT o.label, o.at, o.actor FROM journal j JOIN operation o ON o.id = j.operation_id"
        " WHERE j.table_name = 'metric_value' AND o.state = 'done'"
        " AND ? BETWEEN j.row_key AND coalesce(j.row_last, j.row_key) ORDER BY j.id DESC LIMIT 1",
        (key,),
    ).fetchone()
    return None if row is None else WrittenBy(*row)


# --- writing ---------------------------------------------------------------------------------------------------


def existing(connection: sqlite3.Connection, keys: Iterable[Key]) -> dict[Key, tuple[Any, ...]]:
    """Return stored rows of some cells, exactly as they stand: key → (id, part, whole, exact, raw)."""
    wanted = json.dumps([list(key) for key in set(keys)])
    rows = connection.execute(
        "SELECT organisation_id, school_year, metric, v.id, part, whole, exact, raw"
        " FROM json_each(?) w JOIN metric_value v ON v.organisation_id = json_extract(w.value, '$[0]')"
        " AND v.school_year = json_extract(w.value, '$[1]') AND v.metric = json_extract(w.value, '$[2]')",
        (wanted,),
    )
    return {row[:3]: row[3:] for row in rows}


def sort_rows(
    connection: sqlite3.Connection, rows: Sequence[MetricRow]
) -> tuple[list[MetricRow], list[tuple[int, MetricRow]], int]:
    """Sort rows that fit into new, changed (with the key of the stored row) and the number of same ones.

    Of two rows for one cell the last counts. Drafts are left out.
    """
    last = {row.key: row for row in rows if row.code is None}
    known = existing(connection, last)
    new, changed, same = [], [], 0
    for key, row in last.items():
        stored = known.get(key)
        figure = row.figure
        if stored is None:
            new.append(row)
        elif stored[1:] != (figure.part, figure.whole, figure.exact, figure.raw):
            changed.append((stored[0], row))
        else:
            same += 1
    return new, changed, same


def write(operation: Operation, rows: Sequence[MetricRow], file_id: int | None = None) -> tuple[int, int, int]:
    """Write rows and drafts; returns how many values are new, changed, the same.

    A row that fits takes the draft of its cell away; a draft leaves the stored value gone: the cell holds what was
    typed last.
    """
    new, changed, same = sort_rows(operation.connection, rows)
    drafted = _drafted(operation.connection, {row.figure.school_year for row in rows})
    if len(new) >= _BULK:
        operation.bulk_insert("metric_value", _COLUMNS, (_values(row, file_id) for row in new))
    else:
        for row in new:
            operation.insert("metric_value", **dict(zip(_COLUMNS, _values(row, file_id), strict=True)))
    for key, row in changed:
        named = dict(zip(_COLUMNS, _values(row, file_id), strict=True))
        operation.update("metric_value", key, **{name: named[name] for name in (*_FIGURES, *_PLACE)})
    for row in {row.key: row for row in rows}.values():
        if row.code is not None:
            _clear_value(operation, row.key)
            put_draft(operation, draft_table(row.key[1]), row.key[0], row.key[2], row.figure.raw, row.code)
            continue
        if row.key in drafted:
            drop_draft(operation, draft_table(row.key[1]), row.key[0], row.key[2])
    tell_card(operation, ((row.key, row.figure.part) for row in rows if row.code is None))
    return len(new), len(changed), same


def tell_card(operation: Operation, numbers: Iterable[tuple[Key, int | None]]) -> None:
    """Write numbers of pupils and teachers into the school's card too: they are one and the same.

    Args:
        operation: the operation that writes the values.
        numbers: (school, school year, metric) with the count; other metrics are passed over.
    """
    for (school, year, metric), number in dict(numbers).items():
        column = REGISTRY_METRICS.get(metric)
        if column is None:
            continue
        card = ensure_year(operation, school, year)
        drop_draft(operation, "organisation_year", card, column)
        operation.update("organisation_year", card, **{column: number})


def card_changed(operation: Operation, school: int, year: int, column: str, number: int | None) -> None:
    """Let a metric follow its number in the card: its draft goes, and with an emptied number its stored row too."""
    for metric, name in REGISTRY_METRICS.items():
        if name != column:
            continue
        drop_draft(operation, draft_table(year), school, metric)
        row = operation.connection.execute(
            "SELECT id FROM metric_value WHERE organisation_id = ? AND school_year = ? AND metric = ?",
            (school, year, metric),
        ).fetchone()
        if row is not None and number is None:
            operation.delete("metric_value", row[0])


def _drafted(connection: sqlite3.Connection, years: Iterable[int]) -> set[Key]:
    found: set[Key] = set()
    for year in years:
        rows = connection.execute(
            "SELECT row_key, column_name FROM draft_cell WHERE table_name = ?", (draft_table(year),)
        )
        found |= {(school, year, metric) for school, metric in rows}
    return found


def _values(row: MetricRow, file_id: int | None) -> tuple[Any, ...]:
    figure, origin = row.figure, row.origin
    form = (row.case_id, row.form_file_id)
    place = (None,) * 4 if origin is None else (origin.sheet, origin.row_from, origin.row_to, origin.cells)
    return (*row.key, figure.part, figure.whole, figure.exact, figure.raw, file_id, *place, *form)


def clear(operation: Operation, keys: Iterable[Key]) -> int:
    """Empty cells: value and draft go, also those of records merged into the school; returns how many held one."""
    merged: dict[int, list[int]] = {}
    for old, new in canonical_map(operation.connection).items():
        merged.setdefault(new, []).append(old)
    wanted = set(keys)
    drafted = _drafted(operation.connection, {year for _school, year, _metric in wanted})
    emptied = 0
    for school, year, metric in sorted(wanted):
        held = False
        for record in (school, *merged.get(school, ())):
            held |= _clear_value(operation, (record, year, metric))
            if (record, year, metric) in drafted:
                held = True
                drop_draft(operation, draft_table(year), record, metric)
        emptied += held
    return emptied


def _clear_value(operation: Operation, key: Key) -> bool:
    """Take a value out, from the school's card too; tells whether there was one."""
    held = False
    row = operation.connection.execute(
        "SELECT id FROM metric_value WHERE organisation_id = ? AND school_year = ? AND metric = ?", key
    ).fetchone()
    if row is not None:
        operation.delete("metric_value", row[0])
        held = True
    column = REGISTRY_METRICS.get(key[2])
    if column is None:
        return held
    card = operation.connection.execute(
        f"SELECT id FROM organisation_year WHERE organisation_id = ? AND school_year = ? AND {column} IS NOT NULL",
        key[:2],
    ).fetchone()
    if card is not None:
        operation.update("organisation_year", card[0], **{column: None})
    return held or card is not None
