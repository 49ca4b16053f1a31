"""The counting of pupils' rows, one engine for every format that has them (format §1.1, §2, §3; decision 8).

A sheet with a row a pupil becomes counts per school while it is read, inside the child process: marks, comparison with
the journal, points by task, distribution of primary scores. Of a bad row only sheet, row, column and code go out,
never its content.

What a format says of itself is a ``Layout`` (where things stand) and a ``Schools`` (whose row it is). The loop over the
rows is one, and short: cells that vary little are looked up in dictionaries, the points of a pupil are kept as a tuple
and summed by columns a few thousand rows at once.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from operator import getitem, itemgetter
from typing import Protocol

from app.importers.book import Sheet
from app.importers.findings import Findings, unit_key
from app.importers.grid import Cell, Row, at, text
from app.importers.order import Work
from app.importers.parsed import UnitRef
from app.importers.pupils import cells
from app.importers.pupils.cells import ABSENT, EMPTY, NO_TOTAL, SAT, SKIPPED, STRANGE, UNKNOWN, ZERO, Memo
from app.importers.scales import HIGHEST_SUM
from app.models.records import Difficulty, Scale
from app.texts import count as counted

TOTALS_IN_DETAIL = 200
"""So many rows whose stated total differs are shown one by one; the others are told in one sentence."""
_TICK_ROWS = 2_000
_NO_MARK = 0


@dataclass(frozen=True, slots=True)
class TaskColumn:
    """A column with the points of one task: its number as the work prints it, and what the file says of it."""

    task: str
    column: int
    maximum: int | None = None
    difficulty: Difficulty | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """Where things stand in a sheet with a row a pupil; columns from 0, None where the format has none.

    Attributes:
        header_row: the row of headings, from 1; pupils stand below it.
        tasks: columns with points, at least one.
        school: the column whose cell tells the school, by which schools are remembered.
        variants: the variant of the work, or of each of its parts.
        pupil: the column with the pupil's code: it only tells a pupil's row from a stray one and is never kept.
        total: the stated sum of points, compared and never believed; ``total_name`` is its heading for messages.
        journal: the mark in the journal.
        mark: the mark the report gives; it decides where it is one.
        width: columns that have headings; a value to the right of them is a shifted row. None: nobody looks.
        maximum: the highest sum of the work as the file states it.
        dash_is_skipped: a dash in place of points means that the pupil did not try.
        blank_is_nothing: a row with neither variant nor points is a line of the form nobody has filled in.
    """

    header_row: int
    tasks: tuple[TaskColumn, ...]
    school: int
    variants: tuple[int, ...]
    pupil: int | None = None
    total: int | None = None
    total_name: str = "всего баллов"
    journal: int | None = None
    mark: int | None = None
    width: int | None = None
    maximum: int | None = None
    dash_is_skipped: bool = False
    blank_is_nothing: bool = True

    @property
    def task_maximum(self) -> int | None:
        """The sum of what the headings of tasks say, None where one of them is silent."""
        known = [task.maximum for task in self.tasks if task.maximum is not None]
        return sum(known) if len(known) == len(self.tasks) else None

    @property
    def reach(self) -> int:
        """The rightmost column that is read."""
        single = (self.school, self.pupil, self.total, self.journal, self.mark)
        wanted = [column for column in single if column is not None]
        return max(*wanted, *self.variants, *(task.column for task in self.tasks))


class Schools(Protocol):
    """Whose row it is. ``lost`` counts rows of pupils whose school nobody can tell."""

    lost: int

    def unit(self, number: int, row: Row, findings: Findings) -> UnitRef | None:
        """Return the school of a row; None for a row that is no pupil's or names no school (that is noted)."""

    def remembers(self, cell: Cell) -> bool:
        """Tell whether the cell in the column of schools alone says the school, wherever it stands."""


@dataclass(slots=True)
class SchoolCounts:
    """Counts of one school while rows go by; everything is a plain number.

    ``marks`` are indexed by the mark itself, 0 for none; ``moves`` are lowered, confirmed, raised; ``scores`` are
    indexed by the sum of points; ``listed`` are all rows of pupils but absent ones; ``waiting`` are the packed points
    of pupils whose columns are not summed yet.
    """

    unit: UnitRef
    tasks: list[int]
    first: int = 0
    last: int = 0
    listed: int = 0
    marks: list[int] = field(default_factory=lambda: [0] * 6)
    moves: list[int] = field(default_factory=lambda: [0] * 3)
    scores: list[int] = field(default_factory=lambda: [0] * (HIGHEST_SUM + 1))
    waiting: list[tuple[int, ...]] = field(default_factory=list)

    @property
    def participants(self) -> int:
        """Everyone who sat the work and whose row has no error."""
        return sum(self.marks)

    def settle(self) -> None:
        """Add the waiting points to the sums of the tasks."""
        if self.waiting:
            self.tasks = [
                old + sum(column) for old, column in zip(self.tasks, zip(*self.waiting, strict=True), strict=True)
            ]
            self.waiting.clear()


@dataclass(slots=True)
class Tally:
    """What was noticed over all rows.

    ``rows`` of pupils, ``unfilled`` of the form; ``both_marks`` given by the file and by the scale, and of these
    ``disagreeing``; ``spans`` are the lowest and the highest sum with each given mark; stated ``totals`` that differ.
    """

    rows: int = 0
    unfilled: int = 0
    both_marks: int = 0
    disagreeing: int = 0
    spans: dict[int, tuple[int, int]] = field(default_factory=dict)
    totals: int = 0
    total_schools: set[Hashable] = field(default_factory=set)


class PupilTable:
    """The rows of one sheet, read once.

    Args:
        sheet: the sheet.
        layout: where things stand in it.
        schools: whose row it is.
        scale: the scale of the work; None where the file gives the marks.
        findings: where everything wrong goes.
    """

    def __init__(self, sheet: Sheet, layout: Layout, schools: Schools, scale: Scale | None, findings: Findings) -> None:
        self.sheet = sheet
        self.layout = layout
        self.tally = Tally()
        self.schools: dict[Hashable, SchoolCounts] = {}
        self._who = schools
        self._scale = scale
        self._findings = findings
        self._by_cell: dict[Cell, SchoolCounts] = {}
        self._columns = [task.column for task in layout.tasks]
        self._memos = _point_memos(layout)
        known = (layout.maximum, layout.task_maximum, scale.maximum if scale else None)
        self.maximum = next((value for value in known if value is not None and value <= HIGHEST_SUM), None)

    def note_maximum(self, work: Work) -> None:
        """Say where nobody knows the highest sum, and where the file and the scale do not agree on it."""
        by_file = self.layout.maximum or self.layout.task_maximum
        by_scale = self._scale.maximum if self._scale else None
        if self.maximum is None:
            self._findings.add("IMP_SCALE_NO_MAXIMUM", work=work.label)
        elif by_file and by_scale and by_file != by_scale:
            self._findings.add("IMP_SCALE_OTHER_MAXIMUM", work=work.label, file=by_file, scale=by_scale)

    def run(self, tick: Callable[[int, int | None], None]) -> None:
        """Read every row below the headings."""
        layout, memos, take = self.layout, self._memos, taker(self._columns)
        variants, totals, marks = Memo(cells.variant), Memo(cells.total), Memo(cells.mark)
        by_scale = [_NO_MARK if self._scale is None else self._scale.mark(value) for value in range(HIGHEST_SUM + 1)]
        highest = HIGHEST_SUM if self.maximum is None else self.maximum
        variant_at = layout.variants[0] if len(layout.variants) == 1 else None
        total_at, journal_at, mark_at = layout.total, layout.journal, layout.mark
        school_at, width = layout.school, layout.width
        by_cell, school_of, tally = self._by_cell, self._school_of, self.tally
        for number, row in self._rows(tick):
            school = by_cell.get(row[school_at]) or school_of(number, row)
            if school is None:
                continue
            variant = self._variant(number, row, variants) if variant_at is None else variants[row[variant_at]]
            if variant == EMPTY and self._is_nothing(row):
                continue
            tally.rows += 1
            school.last = number
            school.first = school.first or number
            if variant == ABSENT:
                continue
            school.listed += 1
            values = tuple(map(getitem, memos, take(row)))
            packed = sum(values)
            own = packed % SKIPPED
            good = variant == SAT and packed >= 0 and own <= highest
            if not good and not self._doubtful(number, row, variant, packed, highest):
                continue
            mark = by_scale[own]
            if mark_at is not None and (given := marks[row[mark_at]]):
                mark = self._given(given, mark, own)
            school.marks[mark] += 1
            school.scores[own] += 1
            school.waiting.append(values)
            if journal_at is not None and mark and (before := marks[row[journal_at]]):
                school.moves[1 + (mark > before) - (mark < before)] += 1
            if total_at is not None and totals[row[total_at]] not in (own, NO_TOTAL):
                self._total_differs(number, school)
            if width is not None and len(row) > width and any(row[width:]):
                self._spilled(number, row, width)
        self._settle()
        self._conclude()

    def _rows(self, tick: Callable[[int, int | None], None]) -> Iterator[tuple[int, Row]]:
        """Yield the rows below the headings, none of them short; now and then tell how many, and sum what waits."""
        start, reach, height = self.layout.header_row, self.layout.reach, self.sheet.height
        for number, row in self.sheet.rows():
            if number % _TICK_ROWS == 0:
                tick(number, height)
                self._settle()
            if number > start:
                yield number, row if len(row) > reach else [*row, *[""] * (reach + 1 - len(row))]

    def found(self) -> list[SchoolCounts]:
        """Return the schools that have rows of pupils; where nobody sat the work a school has 0 participants."""
        return [school for school in self.schools.values() if school.first]

    @property
    def unmarked(self) -> int:
        """Participants whom neither the file nor a scale gives a mark."""
        return sum(school.marks[_NO_MARK] for school in self.schools.values())

    def scale_of_marks(self) -> str | None:
        """Return the scale the given marks leave no choice about, as a person would type it, else None."""
        spans = [self.tally.spans.get(mark) for mark in (2, 3, 4, 5)]
        known = [span for span in spans if span is not None]
        if len(known) < len(spans) or any(low[1] + 1 != high[0] for low, high in pairwise(known)):
            return None
        upper = [str(span[1]) for span in known[:3]]
        return "/".join([*upper, *([str(self.maximum)] if self.maximum and self.maximum > known[2][1] else [])])

    def _given(self, given: int, by_scale: int, own: int) -> int:
        """Return the mark of the report and remember what the scale says of it."""
        tally = self.tally
        tally.both_marks += by_scale != _NO_MARK
        tally.disagreeing += by_scale not in {_NO_MARK, given}
        low, high = tally.spans.get(given, (own, own))
        tally.spans[given] = (min(low, own), max(high, own))
        return given

    def _settle(self) -> None:
        for school in self.schools.values():
            school.settle()

    def _school_of(self, number: int, row: Row) -> SchoolCounts | None:
        """Find or begin the school of a row that no cell seen before tells."""
        cell = row[self.layout.school]
        unit = self._who.unit(number, row, self._findings)
        if unit is None:
            return None
        key = unit_key(unit)
        school = self.schools.get(key)
        if school is None:
            school = self.schools[key] = SchoolCounts(unit, [0] * len(self._columns))
        if self._who.remembers(cell) and not isinstance(cell, bool):
            self._by_cell[cell] = school
        return school

    def _variant(self, number: int, row: Row, memo: Mapping[Cell, int]) -> int:
        """What several variants say together; a work without a column of variants was sat by everyone listed."""
        parts = [memo[row[column]] for column in self.layout.variants]
        if ABSENT in parts and SAT in parts:
            self._findings.add("IMP_PART_MISSED", number, self.layout.variants[parts.index(ABSENT)])
        found = parts[0] if parts else SAT
        for part in parts[1:]:
            found = cells.both_parts(found, part)
        return found

    def _is_nothing(self, row: Row) -> bool:
        """Tell whether a row without a variant has no points either: a line of the form that nobody filled in."""
        if not self.layout.blank_is_nothing or any(text(row[column]) for column in self._columns):
            return False
        self.tally.unfilled += bool(text(at(row, self.layout.pupil)))
        return True

    def _doubtful(self, number: int, row: Row, variant: int, packed: int, highest: int) -> bool:
        """Note what is wrong with a row; return whether it still counts."""
        add, layout = self._findings.add, self.layout
        variant_at = layout.variants[0] if layout.variants else None
        if variant == ZERO:
            add("IMP_VARIANT_ZERO", number, variant_at)
            return False
        if variant == STRANGE:
            add("IMP_VARIANT_STRANGE", number, variant_at)
            return False
        if packed < 0:
            self._without_points(number, row)
            return False
        if packed % SKIPPED > highest:
            add("IMP_SUM_ABOVE_MAXIMUM", number, layout.total)
            return False
        if variant == EMPTY:
            add("IMP_VARIANT_EMPTY", number, variant_at)
        return True

    def _without_points(self, number: int, row: Row) -> None:
        """Note every cell that holds no point; the empty ones together, at the first of them."""
        pairs = zip(self.layout.tasks, self._memos, strict=True)
        wrong = [(task, row[task.column]) for task, memo in pairs if memo[row[task.column]] == UNKNOWN]
        empty = [task for task, cell in wrong if not text(cell)]
        for task, cell in wrong:
            if task in empty[1:]:
                continue
            if task in empty:
                tasks = counted(len(empty), "задание", "задания", "заданий")
                self._findings.add("IMP_POINT_EMPTY", number, task.column, tasks=tasks)
            elif task.maximum is not None and cells.points()(cell) != UNKNOWN:
                self._findings.add("IMP_POINT_ABOVE_MAXIMUM", number, task.column, maximum=task.maximum)
            else:
                self._findings.add("IMP_POINT_STRANGE", number, task.column)

    def _total_differs(self, number: int, school: SchoolCounts) -> None:
        self.tally.totals += 1
        self.tally.total_schools.add(unit_key(school.unit))
        if self.tally.totals <= TOTALS_IN_DETAIL:
            self._findings.add("IMP_TOTAL_DIFFERS", number, self.layout.total, heading=self.layout.total_name)

    def _spilled(self, number: int, row: Row, width: int) -> None:
        column = next((i for i in range(width, len(row)) if text(row[i])), None)
        if column is not None:
            self._findings.add("IMP_ROW_SHIFTED", number, column)

    def _conclude(self) -> None:
        """Say in one sentence each what holds of many rows."""
        tally = self.tally
        if tally.totals > TOTALS_IN_DETAIL:
            self._findings.add(
                "IMP_TOTALS_DIFFER",
                heading=self.layout.total_name,
                rows=counted(tally.totals, "строке", "строках", "строках"),
                schools=counted(len(tally.total_schools), "школы", "школ", "школ"),
                shown=TOTALS_IN_DETAIL,
            )
        if tally.unfilled:
            self._findings.add("IMP_ROWS_UNFILLED", rows=tally.unfilled)


def _point_memos(layout: Layout) -> list[Memo]:
    """One memory for all tasks of the same maximum."""
    shared: dict[int | None, Memo] = {}
    for task in layout.tasks:
        if task.maximum not in shared:
            shared[task.maximum] = Memo(cells.points(task.maximum, dash_is_skipped=layout.dash_is_skipped))
    return [shared[task.maximum] for task in layout.tasks]


def taker(columns: Sequence[int]) -> Callable[[Row], Iterable[Cell]]:
    """Return what takes the points out of a row: a slice where they stand side by side."""
    first, last = columns[0], columns[-1] + 1
    if list(columns) == list(range(first, last)):
        return itemgetter(slice(first, last))
    return itemgetter(*columns) if len(columns) > 1 else lambda row: (row[first],)


def unfilled_columns(sheet: Sheet, header_row: int, columns: Iterable[int]) -> set[int]:
    """Return those of the columns in which no row below the headings has anything."""
    empty = set(columns)
    for number, row in sheet.rows():
        if number > header_row and empty:
            empty -= {column for column in empty if column < len(row) and text(row[column])}
    return empty
