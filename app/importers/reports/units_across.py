"""A report whose rows are tasks, planned results or scores and whose columns are units.

«№ | Блоки ПООП обучающийся научится… | Макс. балл | <муниципалитет> | <регион> | РФ»: the number of participants
stands in the heading («РФ 1468754 уч.»), in a row under it, or nowhere. By groups of participants every unit has
columns «2», «3», «4», «5», named in the same row or in the one below.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from app.importers import fisoko
from app.importers.book import Sheet
from app.importers.findings import Findings
from app.importers.grid import (
    Cell,
    Header,
    Headings,
    Row,
    UnfitCellError,
    address,
    at,
    heading,
    is_blank,
    is_total,
    read_header,
    share,
    text,
    whole,
)
from app.importers.parsed import UnitRef
from app.importers.reports.naming import unit_named, without_people
from app.importers.reports.shapes import LARGEST_MAXIMUM, Figure, PercentTable, Task, UnitLine, mark_group, task_of
from app.models.records import Difficulty

HEADINGS = Headings(
    {
        "task": ("№", "номер", "номер задания", "№ задания", "задание", "задания", "№ п п", "номер задания в ким",
                 "№ задания ким", "код задания"),
        "score": ("балл", "баллы", "первичный балл", "первичные баллы", "количество баллов"),
        "outcome": ("блоки пооп*", "*планируемые результаты*", "планируемый результат*", "проверяемые требования*",
                    "*проверяемые умения*", "умения*", "*проверяемые элементы содержания*", "*обучающийся научится*"),
        "maximum": ("макс балл*", "максимальный балл*", "максимальный первичный балл*", "макс первичный балл*"),
        "difficulty": ("уровень сложности*",),
    }
)  # fmt: skip
_PARTICIPANTS = re.compile(r"(?:кол во|количество|число)?\s*(?:участников|обучающихся|уч)")
_DIFFICULTIES: tuple[tuple[str, Difficulty], ...] = (("б", "Б"), ("п", "П"), ("в", "В"))
_SECOND_HEADINGS = 3


@dataclass(frozen=True, slots=True)
class Column:
    """One column of figures: whose, of which group, how many took part, and where its heading stands."""

    column: int
    unit: UnitRef
    group: int
    participants: int | None
    place: str


@dataclass(frozen=True, slots=True)
class AcrossLayout:
    """The row of headings, the columns of units, the first row of figures."""

    header: Header
    columns: tuple[Column, ...]
    first: int


def find_layout(sheet: Sheet, needed: Iterable[str], findings: Findings) -> AcrossLayout | None:
    """Return where the table lies, or None where no row of headings begins such a table.

    Args:
        sheet: the sheet.
        needed: keys of which one must be a heading: «task», «outcome» or «score».
        findings: where a column whose unit can't be told is noted.
    """
    keys = frozenset(needed)
    head = sheet.head()
    for place, (number, row) in enumerate(head):
        header = read_header(number, [heading(value) for value in row], HEADINGS)
        known = set(header.at.values())
        others = [column for column in range(len(row)) if column not in known and text(row[column])]
        if not keys & header.at.keys() or not others or min(others) < min(known):
            continue
        below = [cells for _, cells in head[place + 1 : place + 1 + _SECOND_HEADINGS]]
        above = head[place - 1][1] if place else ()
        columns, used = _columns(sheet, header, row, above, below, findings)
        if columns:
            return AcrossLayout(header, tuple(columns), number + 1 + used)
    return None


def _columns(
    sheet: Sheet, header: Header, row: Row, above: Row, below: list[Row], findings: Findings
) -> tuple[list[Column], int]:
    """Return the columns of units and how many rows below the headings belong to them."""
    second = [cells for cells in below if _is_second(header, cells)]
    used = max((index + 1 for index, cells in enumerate(below) if any(cells is other for other in second)), default=0)
    people = next((cells for cells in second if _counts_people(header, cells)), ())
    marks = next((cells for cells in second if _holds_marks(header, cells)), ())
    units = fisoko.Units()
    last_unit: UnitRef | None = _unit_of_lines_above(sheet, header.row)
    found: list[Column] = []
    width = max((len(cells) for cells in (row, above, *second)), default=0)
    for column in range(max(header.at.values()) + 1, width):
        name, participants = without_people(text(at(row, column)))
        group = mark_group(name) or mark_group(without_people(text(at(marks, column)))[0]) or 0
        if mark_group(name):
            name, stated = without_people(text(at(above, column)))
            participants = participants if stated is None else stated
        if name:
            last_unit = unit_named(name, units)
            if last_unit is None:
                findings.add("IMP_UNIT_UNCLEAR", header.row, column, name=name[:80])
        if last_unit is None or not (name or group):
            continue
        if participants is None:
            participants = _people(at(people, column))
        found.append(Column(column, last_unit, group, participants, address(header.row, column)))
    return _without_totals(found), used


def _without_totals(columns: list[Column]) -> list[Column]:
    """Forget a number of participants that stands at the first group of a unit only: it is that of the whole unit."""
    found: list[Column] = []
    for column in columns:
        run = [other for other in columns if other.unit is column.unit and other.group]
        lone = column.group and len(run) > 1 and all(other.participants is None for other in run[1:])
        found.append(replace(column, participants=None) if lone else column)
    return found


def _unit_of_lines_above(sheet: Sheet, header_row: int) -> UnitRef | None:
    """Return the unit that a line above the table names by its code: a report of one school by groups has it there."""
    units = fisoko.Units()
    found: UnitRef | None = None
    for number, row in sheet.head():
        if number >= header_row:
            break
        for value in row:
            if isinstance(value, str) and fisoko.has_code(value):
                found = units.read(text(value))
    return found


def _is_second(header: Header, cells: Row) -> bool:
    """A second row of headings has nothing where a task or a planned result should stand, or names the participants."""
    return not is_blank(cells) and (
        all(not text(header.cell(cells, key)) for key in ("task", "outcome", "score")) or _counts_people(header, cells)
    )


def _counts_people(header: Header, cells: Row) -> bool:
    """«Кол-во участников | 3162 | 30216», or cells like «3162 уч.»."""
    first = max(header.at.values()) + 1
    label = heading(" ".join(text(value) for value in cells[:first]))
    values = [text(value) for value in cells[first:] if text(value)]
    return bool(values) and (
        bool(_PARTICIPANTS.fullmatch(label)) or all(without_people(value)[1] is not None for value in values)
    )


def _holds_marks(header: Header, cells: Row) -> bool:
    values = [text(value) for value in cells[max(header.at.values()) + 1 :] if text(value)]
    return len(values) > 1 and all(mark_group(without_people(value)[0]) for value in values)


def _people(value: Cell) -> int | None:
    _, stated = without_people(text(value))
    if stated is not None:
        return stated
    try:
        return whole(value)
    except UnfitCellError:
        return None


def read_lines(
    sheet: Sheet, layout: AcrossLayout, read_key: Callable[[Header, Row, int], Task | None], findings: Findings
) -> PercentTable:
    """Return every unit with its percentages; a row whose task can't be told ends up in the findings.

    Args:
        sheet: the sheet.
        layout: where the table lies.
        read_key: what task, planned result or score a row is of, given its place in the order; None for a remark.
        findings: where bad cells go.
    """
    tasks: list[Task] = []
    figures: dict[int, list[Figure]] = {column.column: [] for column in layout.columns}
    unfit: set[int] = set()
    for number, row in sheet.rows():
        if number < layout.first or is_blank(row):
            continue
        if not any(text(at(row, column)) for column in figures):
            continue
        task = read_key(layout.header, row, len(tasks) + 1)
        if task is None or task.code in {other.code for other in tasks}:
            if task is not None or not is_total(" ".join(text(value) for value in row[:2])):
                findings.add("IMP_TASK_UNCLEAR", number, min(layout.header.at.values()))
            continue
        tasks.append(task)
        for column, found in figures.items():
            try:
                percent = share(at(row, column))
            except UnfitCellError as fault:
                findings.add(fault.code, number, column)
                unfit.add(column)
                continue
            if percent is not None:
                found.append(Figure(len(tasks) - 1, percent, number, address(number, column)))
    lines = [
        UnitLine(c.unit, c.group, c.participants, tuple(figures[c.column]), layout.header.row, c.place,
                 c.column not in unfit)
        for c in layout.columns
        if figures[c.column]
    ]  # fmt: skip
    return PercentTable(tuple(tasks), tuple(lines))


def task_of_row(header: Header, row: Row, order: int) -> Task | None:
    """Return the task of a row: its number by «№», else as the planned result begins with it, else the result's order.

    A planned result without any number is called «результат 3»: a bare 3 would be taken for task 3 of the work.
    """
    outcome = text(header.cell(row, "outcome")) or None
    task = task_of(header.cell(row, "task"))
    if task is None and text(header.cell(row, "task")):
        return None
    if task is None and outcome:
        named = task_of(outcome)
        task = Task(named.code, named.maximum, outcome) if named else Task(f"результат {order}")
    if task is None:
        return None
    try:
        maximum = whole(header.cell(row, "maximum"))
    except UnfitCellError:
        maximum = None
    fits = maximum is not None and 1 <= maximum <= LARGEST_MAXIMUM
    level = text(header.cell(row, "difficulty")).lower()
    return replace(
        task,
        maximum=task.maximum or (maximum if fits else None),
        outcome=outcome or task.outcome,
        difficulty=next((word for start, word in _DIFFICULTIES if level.startswith(start)), None),
    )
