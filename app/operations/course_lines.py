"""The register of courses as it is typed: a line is a record once it is whole, until then it waits as draft cells.

A wrong entry takes the place of what stood in its cell, so what the grid says is what is counted: a record that loses
one of the four things it needs, or whose school is not understood, waits again and counts nowhere. Hours and day may
be wrong without that. Half-typed text changes nothing until its cell is left (decision 18).
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from app.errors import UserError
from app.models import course_records, health
from app.models.course_records import CourseRecord
from app.models.store import Connection, Operation, Store
from app.models.ties import Drafts, drafts, put_entry
from app.operations import course_table, courses
from app.operations.course_table import COLUMNS, REQUIRED, Pasted
from app.operations.courses import CourseAxes, Register
from app.texts import count
from app.texts import school_year as year_words

WAITS = health.COURSE_WAITS
HALF_TYPED = "DRAFT"
UNFINISHED = "Набрано не до конца. Нажмите F2 и закончите ввод."
FITS_NOW = "Теперь подходит. Нажмите F2 и Enter."
NOTE = "note"
"""A column of a record that the grid does not show; it waits with its line."""
KEYS = tuple(key for key, _title in COLUMNS)
TITLES = dict(COLUMNS)
Cell = tuple[int, str, str]
"""(key of the line, column, text as typed); a line that is not stored yet has one of ``new_keys``."""
_RANDOM_BITS = 11


@dataclass(frozen=True, slots=True)
class TypedLine:
    """A line of the grid.

    Attributes:
        key: of its record; of a line that waits the key that its record will have.
        texts: cells in the order of ``COLUMNS``.
        troubles: place of a column → what is wrong there.
        missing: places that are empty and keep the line from being a record.
        locked: it came from an accepted form.
        counted: it is a record.
    """

    key: int
    texts: tuple[str, ...]
    troubles: Mapping[int, str] = field(default_factory=dict)
    missing: frozenset[int] = frozenset()
    locked: bool = False
    counted: bool = True

    @property
    def wants(self) -> str:
        """Return «кто учился, человек»: what is missing, "" where nothing is."""
        return ", ".join(COLUMNS[place][1].lower() for place in sorted(self.missing))


@dataclass(frozen=True, slots=True)
class CourseGrid:
    """The register of a school year with the lines that wait; these come last."""

    register: Register
    lines: tuple[TypedLine, ...]

    @property
    def waiting(self) -> int:
        """How many lines are no records yet."""
        return sum(not line.counted for line in self.lines)


def new_keys(number: int) -> range:
    """Return keys of lines that are about to be begun, in their order: keys grow with time, so lines stay in order.

    The lowest bits are random: copies of a file can later be merged (decision 20).
    """
    first = time.time_ns() // 1000 << _RANDOM_BITS | secrets.randbits(_RANDOM_BITS)
    return range(first, first + number)


def draft_table(school_year: int) -> str:
    """Return under which name lines of a school year wait; the key of the row is that of the line."""
    return f"{health.COURSES}:{school_year}"


# --- reading -----------------------------------------------------------------------------------------------------


def grid(connection: Connection, school_year: int) -> CourseGrid:
    """Return everything that stands in the grid of a school year."""
    found = courses.register(connection, school_year)
    waiting = drafts(connection, draft_table(school_year))
    known = {record.id for record in found.records}
    made = [_of_record(connection, found.axes, record, waiting) for record in found.records]
    made += [
        _of_drafts(connection, found.axes, key, cells) for key, cells in sorted(waiting.items()) if key not in known
    ]
    return CourseGrid(found, tuple(made))


def _of_record(connection: Connection, axes: CourseAxes, record: CourseRecord, waiting: Drafts) -> TypedLine:
    cells = waiting.get(record.id, {})
    stored = course_table.texts_of(record, axes)
    texts = tuple(cells[key][0] if key in cells else text for key, text in zip(KEYS, stored, strict=True))
    return TypedLine(record.id, texts, _troubles(connection, axes, cells), locked=record.case_id is not None)


def _of_drafts(connection: Connection, axes: CourseAxes, key: int, cells: Mapping[str, tuple[str, str]]) -> TypedLine:
    texts = tuple(cells[name][0] if name in cells else "" for name in KEYS)
    missing = frozenset(place for place, name in enumerate(KEYS) if name in REQUIRED and not texts[place])
    return TypedLine(key, texts, _troubles(connection, axes, cells), missing, counted=False)


def _troubles(connection: Connection, axes: CourseAxes, cells: Mapping[str, tuple[str, str]]) -> dict[int, str]:
    return {
        place: _trouble(connection, axes, name, *cells[name])
        for place, name in enumerate(KEYS)
        if name in cells and cells[name][1] != WAITS
    }


def _trouble(connection: Connection, axes: CourseAxes, name: str, raw: str, code: str) -> str:
    """Say what is wrong with an entry, in the words of today: a school may have been entered since."""
    if code == HALF_TYPED:
        return UNFINISHED
    try:
        course_table.value_of(connection, axes, name, raw)
    except UserError as error:
        return str(error)
    return FITS_NOW


# --- typing ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Work:
    operation: Operation
    school_year: int
    axes: CourseAxes
    records: Mapping[int, CourseRecord]
    waiting: Drafts

    @property
    def where(self) -> str:
        return draft_table(self.school_year)


def put_cells(store: Store, school_year: int, cells: Iterable[Cell]) -> None:
    """Write cells of the grid: one operation, one step back. Nothing is refused because it does not fit.

    Args:
        store: the open file.
        school_year: its first calendar year.
        cells: see ``Cell``.

    Raises:
        UserError: ``FORM_COURSE_LOCKED`` for a line of an accepted form, ``FORM_NO_COURSE`` for one of another year.
    """
    typed: dict[int, dict[str, str]] = {}
    for key, name, text in cells:
        typed.setdefault(key, {})[KEYS[KEYS.index(name)]] = text.strip()
    if not typed:
        return
    for key in typed:
        _refuse(store.connection, school_year, key)
    number = sum(map(len, typed.values()))
    (key, row), single = next(iter(typed.items())), number == 1
    what = f"«{TITLES[next(iter(row))]}»" if single else count(number, "ячейка", "ячейки", "ячеек")
    merge = _visit(key, next(iter(row))) if single else None
    with store.operation(f"Курсы за {year_words(school_year)}: {what}", "course.put", merge=merge) as operation:
        work = _begin(operation, school_year)
        for key, row in typed.items():
            _put_line(work, key, row)


def _visit(key: int, name: str) -> str:
    return f"course:{key}:{name}"


def _refuse(connection: Connection, school_year: int, key: int) -> None:
    found = course_records.get(connection, key)
    if found is not None:
        courses.refuse_locked(connection, key)
        if found.school_year != school_year:
            raise UserError("FORM_NO_COURSE")


def _begin(operation: Operation, school_year: int) -> _Work:
    found = courses.register(operation.connection, school_year)
    waiting = drafts(operation.connection, draft_table(school_year))
    return _Work(operation, school_year, found.axes, {record.id: record for record in found.records}, waiting)


def _put_line(work: _Work, key: int, typed: Mapping[str, str]) -> None:
    """Write one line: as a record where it is whole, else as entries that wait."""
    connection, record, waiting = work.operation.connection, work.records.get(key), work.waiting.get(key, {})
    half = {name for name, (_raw, code) in waiting.items() if code == HALF_TYPED and name not in typed}
    stored = _stored(record)
    texts = {} if record is None else dict(zip(KEYS, course_table.texts_of(record, work.axes), strict=True))
    texts |= {NOTE: record.note or ""} if record is not None else {}
    texts |= {name: raw for name, (raw, _code) in waiting.items()} | dict(typed)
    values: dict[str, Any] = {}
    codes: dict[str, str] = dict.fromkeys(half, HALF_TYPED)
    for name in (*KEYS, NOTE):
        if name in half or (record is not None and name not in typed and name not in waiting):
            values[name] = stored.get(name)
            continue
        try:
            values[name] = course_table.value_of(connection, work.axes, name, texts.get(name, ""))
        except UserError as error:
            values[name], codes[name] = None, error.code
    # a half-typed school of a line that is no record yet is not known: it is not the municipality
    unknown = codes.get("school") not in {None, HALF_TYPED} or (record is None and "school" in half)
    whole = not unknown and all(values[name] is not None for name in REQUIRED)
    _write_record(work, key, record, values if whole else None)
    for name in (*KEYS, NOTE):
        raw = texts.get(name, "")
        code = codes.get(name) or (None if whole else WAITS)
        if raw and code is not None:
            put_entry(work.operation, work.where, key, name, raw, code)
        elif name in waiting:
            put_entry(work.operation, work.where, key, name, "", None)


def _stored(record: CourseRecord | None) -> dict[str, Any]:
    if record is None:
        return {}
    return {"school": record.organisation_id} | {name: getattr(record, name) for name in (*KEYS[1:], NOTE)}


def _write_record(work: _Work, key: int, record: CourseRecord | None, values: Mapping[str, Any] | None) -> None:
    if values is None:
        if record is not None:
            work.operation.delete(health.COURSES, key)
        return
    columns = {"organisation_id": values["school"]} | {name: values[name] or None for name in ("title", "note")}
    columns |= {name: values[name] for name in ("category", "provider", "kind", "people", "hours", "ended_on")}
    if record is None:
        work.operation.insert(health.COURSES, id=key, school_year=work.school_year, **columns)
    elif any(getattr(record, name) != value for name, value in columns.items()):
        work.operation.update(health.COURSES, key, **columns)


def put_draft(store: Store, school_year: int, key: int, name: str, raw: str) -> None:
    """Keep half-typed text of a cell; the line stays as it is until the cell is left. "" forgets the text.

    The draft and the entry of the same cell in one visit are one operation: one Ctrl+Z takes both back.

    Raises:
        UserError: ``FORM_COURSE_LOCKED``, ``FORM_NO_COURSE``.
    """
    _refuse(store.connection, school_year, key)
    with store.operation("Набран текст", "course.draft", merge=_visit(key, name)) as operation:
        code = HALF_TYPED if raw.strip() else None
        put_entry(operation, draft_table(school_year), key, KEYS[KEYS.index(name)], raw.strip(), code)


def put_table(store: Store, school_year: int, found: Pasted) -> None:
    """Enter a pasted table as one operation: lines that fit become records, the others wait below them."""
    lines = count(len(found.lines), "строка", "строки", "строк")
    with store.operation(f"Вставлены курсы за {year_words(school_year)}: {lines}", "course.put") as operation:
        work = _begin(operation, school_year)
        for key, line in zip(new_keys(len(found.lines)), found.lines, strict=True):
            _put_line(work, key, line)


def remove(store: Store, school_year: int, keys: Iterable[int]) -> None:
    """Take lines out, records and those that wait; Ctrl+Z brings them back.

    Raises:
        UserError: ``FORM_COURSE_LOCKED``, ``FORM_NO_COURSE``.
    """
    wanted = list(dict.fromkeys(keys))
    for key in wanted:
        _refuse(store.connection, school_year, key)
    label = f"Убраны курсы за {year_words(school_year)}: {count(len(wanted), 'строка', 'строки', 'строк')}"
    with store.operation(label, "course.remove") as operation:
        work = _begin(operation, school_year)
        for key in wanted:
            for name in work.waiting.get(key, {}):
                put_entry(operation, work.where, key, name, "", None)
            _write_record(work, key, work.records.get(key), None)
