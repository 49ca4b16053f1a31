"""A report whose rows are units, from the country down to the school, and whose columns are tasks or scores.

«Группы участников | Кол-во ОО | Кол-во участников | 1 (2б) | 2 (1б) …» in row 8; rows of highest points («Макс. балл»)
and of difficulty (Б, П, В) may stand beside the headings. Rows of one unit by groups of participants with one mark
(«Группа 2») are told by their names or by a column «Группа»; a group may also head the units below it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal

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
    share,
    text,
    whole,
)
from app.importers.parsed import UnitRef
from app.importers.reports.shapes import LARGEST_MAXIMUM, Figure, PercentTable, Task, UnitLine, mark_group
from app.models.records import Difficulty

HEADINGS = Headings(
    {
        "unit": ("группы участников", "группа участников"),
        "schools": ("кол во оо", "количество оо"),
        "participants": ("кол во участников", "количество участников", "кол во уч"),
        "group": ("группа", "группа баллов", "отметка", "группа по отметке", "полученная отметка"),
    }
)
NEEDED = ("unit", "participants")
_DIFFICULTIES: dict[str, Difficulty] = {"б": "Б", "п": "П", "в": "В"}
_NEAR = 2


@dataclass(frozen=True, slots=True)
class DownLayout:
    """The row of headings and the columns of the tasks, each with its task."""

    header: Header
    columns: tuple[int, ...]
    tasks: tuple[Task, ...]
    last_extra: int
    """The last row that still belongs to the headings."""


def find_layout(sheet: Sheet, read_heading: Callable[[Cell], Task | None], findings: Findings) -> DownLayout | None:
    """Return where the table lies, or None where its headings are not these.

    Args:
        sheet: the sheet.
        read_heading: what a heading right of the number of participants means; None for a column to leave out.
        findings: where a left-out column is noted.
    """
    header = sheet.header(HEADINGS, NEEDED)
    if header is None:
        return None
    row = next(cells for number, cells in sheet.head() if number == header.row)
    taken = set(header.at.values())
    columns: list[int] = []
    tasks: list[Task] = []
    for column in range(header.at["unit"] + 1, len(row)):
        if column in taken or not text(row[column]):
            continue
        task = read_heading(row[column])
        if task is None or task.code in {other.code for other in tasks}:
            findings.add("IMP_COLUMN_LEFT_OUT", header.row, column, title=text(row[column])[:80])
            continue
        columns.append(column)
        tasks.append(task)
    if not tasks:
        return None
    around = {number: cells for number, cells in sheet.head() if 0 < abs(number - header.row) <= _NEAR}
    if any(_is_marks(cells, header, columns) for number, cells in around.items() if number > header.row):
        return None
    last = header.row
    for number, cells in around.items():
        found = _with_maxima(cells, columns, tasks) or _with_difficulties(cells, columns, tasks)
        if found is not None:
            tasks = found
            last = max(last, number)
    return DownLayout(header, tuple(columns), tuple(tasks), last)


def _is_marks(cells: Row, header: Header, columns: list[int]) -> bool:
    """Tell whether a second row of headings splits every task by marks: nobody says how many got which mark."""
    values = [text(value) for value in cells[columns[0] :]]
    return not text(header.cell(cells, "unit")) and len(values) > 3 and values[:4] == ["2", "3", "4", "5"]


def _with_maxima(cells: Row, columns: list[int], tasks: list[Task]) -> list[Task] | None:
    """Return the tasks with the highest points of a row «Макс. балл», or None where this is no such row."""
    label = heading(" ".join(text(value) for value in cells[: columns[0]]))
    if not ("макс" in label and "балл" in label):
        return None
    found: list[int | None] = []
    for column in columns:
        try:
            value = whole(at(cells, column))
        except UnfitCellError:
            value = None
        found.append(value if value is not None and 1 <= value <= LARGEST_MAXIMUM else None)
    if sum(value is not None for value in found) * 2 < len(columns):
        return None
    return [replace(task, maximum=task.maximum or value) for task, value in zip(tasks, found, strict=True)]


def _with_difficulties(cells: Row, columns: list[int], tasks: list[Task]) -> list[Task] | None:
    found = [_DIFFICULTIES.get(text(at(cells, column)).lower()) for column in columns]
    if sum(value is not None for value in found) * 2 < len(columns):
        return None
    return [replace(task, difficulty=value) for task, value in zip(tasks, found, strict=True)]


def read_lines(sheet: Sheet, layout: DownLayout, findings: Findings, *, groups: bool) -> PercentTable:
    """Return every unit (and group of participants) with its percentages.

    Args:
        sheet: the sheet.
        layout: where the table lies.
        findings: where bad cells go.
        groups: whether the report is by groups: a name alone on its row is then a unit whose groups follow.
    """
    reader = _Rows(sheet, layout, findings, groups=groups)
    lines = [
        line
        for number, row in sheet.rows()
        if number > layout.last_extra and not is_blank(row) and (line := reader.line(number, row))
    ]
    return PercentTable(layout.tasks, tuple(lines))


class _Rows:
    """Rows one after another, each knowing the unit and the group that stood above."""

    def __init__(self, sheet: Sheet, layout: DownLayout, findings: Findings, *, groups: bool) -> None:
        self._sheet = sheet
        self._layout = layout
        self._header = layout.header
        self._findings = findings
        self._groups = groups
        self._units = fisoko.Units()
        self._unit: UnitRef | None = None
        self._section = 0

    def line(self, number: int, row: Row) -> UnitLine | None:
        """Return what the row says of a unit, or None for a row without figures."""
        name = text(self._header.cell(row, "unit"))
        figures, fits = self._figures(number, row)
        participants, counted = self._findings.whole(self._header, number, row, "participants")
        filled = bool(figures) or not fits
        by_column = "group" in self._header
        group = mark_group(text(self._header.cell(row, "group")) if by_column else self._uncoded(name))
        if name and (by_column or group is None) and (filled or self._groups or fisoko.has_code(name)):
            lone_school = "schools" in self._header and not text(self._header.cell(row, "schools"))
            self._unit = self._units.read(name, school_likely=lone_school and (filled or participants is not None))
        if group and not filled and not by_column:
            self._section = group
            return None
        if not filled:
            self._note_emptiness(name, number, participants)
            return None
        if self._unit is None or not (name or by_column):
            self._findings.add("IMP_UNIT_MISSING", number, self._header.at["unit"])
            return None
        place = address(number, self._header.at["participants"])
        if participants is None and counted:
            self._findings.add("IMP_PARTICIPANTS_MISSING", number, self._header.at["participants"])
        fits = fits and participants is not None
        return UnitLine(self._unit, group or self._section, participants, tuple(figures), number, place, fits)

    def _uncoded(self, name: str) -> str:
        """A name that may be a group of participants: a line with a code is a unit, whatever it ends with."""
        return "" if fisoko.has_code(name) else name

    def _note_emptiness(self, name: str, number: int, participants: int | None) -> None:
        """A line with participants but no percentages says nothing; any other line is a remark or a heading."""
        if participants and (name or self._unit is not None):
            self._findings.add("IMP_PERCENTS_MISSING", number, self._layout.columns[0])

    def _figures(self, number: int, row: Row) -> tuple[list[Figure], bool]:
        found: list[Figure] = []
        fits = True
        for index, column in enumerate(self._layout.columns):
            try:
                percent: Decimal | None = share(at(row, column))
            except UnfitCellError as fault:
                self._findings.add(fault.code, number, column)
                fits = False
                continue
            if percent is not None:
                found.append(Figure(index, percent, number, address(number, column)))
        return found, fits
