"""The blocks of a protocol: a line that names the exam, headings, pupils, a summary, and the next exam below."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass, field

from app.importers.book import Sheet
from app.importers.codes import clean
from app.importers.findings import Findings
from app.importers.gia import layout
from app.importers.gia.answers import read_long, read_short
from app.importers.gia.exams import Exam, read_exam, read_exam_cell
from app.importers.gia.sittings import ABSENCES, Absence, SchoolKey, Sitting
from app.importers.grid import Cell, Header, Row, UnfitCellError, heading, text, whole

_CODE = re.compile(r"\d{2,12}(?:-\d{2,8})?")
_TICK_ROWS = 2000
_MOST = {"primary": 300, "test": 100, "score": 100, "mark": 5}
_MOST_CONTEXT = 12
_MOST_IN_SUMMARY = 5


_READERS = (("short", read_short), ("long", read_long), ("oral", read_long))


class _Columns:
    """Where the cells of a pupil stand, found out once a block; what has no column stands at the end: an empty cell."""

    def __init__(self, header: Header) -> None:
        at = header.at
        self.results = [(key, at[key]) for key in layout.RESULTS if key in at]
        self.oo, self.msu, self.grade, self.participant = (
            at.get(key, -1) for key in ("oo", "msu", "class", "participant")
        )
        self.saying = [at[key] for key in (*layout.RESULTS, "short", "long") if key in at]
        self.names = [at.get(key, -1) for key in ("surname", "name", "patronymic")]
        self.paper = [at.get(key, -1) for key in ("series", "number", "document")]
        self.answers = [(read, at.get(key, -1)) for key, read in _READERS]
        self._width = max(at.values()) + 1

    def cells(self, row: Row) -> Row:
        """Return the cells of a row that may be short, and one empty cell after them."""
        return [*row, *[None] * (self._width - len(row)), None]


@dataclass(slots=True)
class Block:
    """One table of one exam on one sheet."""

    sheet: str | None
    header: Header
    exam: Exam | None
    context: list[str]
    first: int
    sittings: list[Sitting] = field(default_factory=list)
    rows: int = 0
    least: list[int] = field(default_factory=list)
    total: int | None = None
    appeals: Counter[str] = field(default_factory=Counter)

    @property
    def is_appeals(self) -> bool:
        """Whether the table lists appeals."""
        return layout.is_appeals(self.header)

    def has(self, key: str) -> bool:
        """Tell whether any pupil of the block has a value under a heading."""
        return any(getattr(sitting, key) is not None for sitting in self.sittings)


def blocks_of(sheet: Sheet, findings: Findings, tick: Callable[[int, int | None], None]) -> Iterator[Block]:
    """Yield the blocks of a sheet, top to bottom; what is wrong in their rows is noted.

    Args:
        sheet: any sheet; one without headings of a protocol yields nothing.
        findings: where errors of rows go: sheet, row, column and code, never what stands there.
        tick: told how many rows are done.
    """
    return _Walk(sheet, findings, tick).run()


class _Walk:
    """One pass over a sheet."""

    def __init__(self, sheet: Sheet, findings: Findings, tick: Callable[[int, int | None], None]) -> None:
        self._sheet = sheet
        self._findings = findings
        self._tick = tick
        self._exam: Exam | None = None
        self._block: Block | None = None
        self._context: list[str] = []
        self._columns: _Columns | None = None
        self._schools: dict[tuple[str, str], SchoolKey | None] = {}

    def run(self) -> Iterator[Block]:
        height = self._sheet.height
        for number, row in self._sheet.rows():
            if number % _TICK_ROWS == 0:
                self._tick(number, height)
            finished = self._row(number, row)
            if finished is not None:
                yield finished
        if self._block is not None:
            yield self._block

    def _row(self, number: int, row: Row) -> Block | None:
        """Take one row; return the block that it ends."""
        first = layout.first_text(row)
        if not first:
            return None
        if not first.isdecimal():
            exam = next((found for value in row if (found := read_exam(text(value)))), None)
            if exam is not None:
                finished, self._block, self._exam = self._block, None, exam
                return finished
            header = layout.header_of(number, row)
            if header is not None:
                return self._begin(number, header)
        block = self._block
        if block is None or self._columns is None:
            if len(self._context) < _MOST_CONTEXT:
                self._context.append(first)
            return None
        summary = None if first.isdecimal() else layout.summary_of(first)
        if summary is not None and sum(bool(text(value)) for value in row) <= _MOST_IN_SUMMARY:  # or it is a surname
            self._summary(block, summary, row)
        elif block.is_appeals:
            self._appeal(block, row)
        else:
            self._pupil(block, number, row, self._columns)
        return None

    def _begin(self, number: int, header: Header) -> Block | None:
        """Begin a block; headings repeated on the next page of one exam go on with it."""
        block = self._block
        if block is not None and dict(block.header.at) == dict(header.at):
            return None
        self._columns = _Columns(header)
        self._block = Block(self._sheet.name, header, self._exam, list(self._context), number)
        return block

    @staticmethod
    def _summary(block: Block, kind: str, row: Row) -> None:
        numbers = layout.numbers_of(row)
        if kind == "least":
            block.least += numbers
        elif kind == "total" and len(numbers) == 1:
            block.total = numbers[0]

    @staticmethod
    def _appeal(block: Block, row: Row) -> None:
        if _CODE.fullmatch(text(block.header.cell(row, "oo"))):
            block.rows += 1
            block.appeals[read_exam_cell(text(block.header.cell(row, "exam"))) or ""] += 1

    def _pupil(self, block: Block, number: int, row: Row, columns: _Columns) -> None:
        cells = columns.cells(row)
        oo = text(cells[columns.oo])
        if not oo:
            if any(text(cells[place]) for _key, place in columns.results) and _numbered(block.header, row):
                block.rows += 1
                self._findings.add("IMP_GIA_NO_SCHOOL", number, columns.oo)
            return
        block.rows += 1
        school = self._school(oo, text(cells[columns.msu]))
        if school is None:
            self._findings.add("IMP_GIA_SCHOOL_STRANGE", number, columns.oo)
            return
        sitting = Sitting(
            school,
            self._sheet.name,
            number,
            block.exam.date if block.exam else None,
            layout.grade_of(text(cells[columns.grade])),
        )
        sitting.pupil, sitting.sure = _pupil_key(columns, cells, school)
        if self._results(columns, number, cells, sitting):
            block.sittings.append(sitting)

    def _school(self, oo: str, msu: str) -> SchoolKey | None:
        """Return the school of a code, None where it is no code; a school stands in many rows."""
        if (oo, msu) not in self._schools:
            code = clean("oo", oo)
            fits = code is not None and _CODE.fullmatch(code)
            self._schools[oo, msu] = SchoolKey(code, msu if msu.isdecimal() else "") if code and fits else None
        return self._schools[oo, msu]

    def _results(self, columns: _Columns, number: int, cells: Row, sitting: Sitting) -> bool:
        """Fill in scores and answers; False where a cell holds what no result can be."""
        sitting.absence = _absence([cells[place] for place in columns.saying])
        if sitting.absence is not None:
            return True
        good = True
        empty = True
        for key, place in columns.results:
            value, fits = self._score(number, place, key, cells[place])
            good = good and fits
            empty = empty and value is None
            setattr(sitting, key, value)
        if not good:
            return False
        if empty:
            sitting.absence = "empty"
            return True
        sitting.answers = tuple([read(cells[place]) for read, place in columns.answers])
        return True

    def _score(self, number: int, column: int, key: str, cell: Cell) -> tuple[int | None, bool]:
        try:
            value = whole(cell)
        except UnfitCellError:
            value = -1
        if key == "mark":
            if value in {None, 0}:
                return None, True
            if value not in {2, 3, 4, 5}:
                self._findings.add("IMP_GIA_MARK_STRANGE", number, column)
                return None, False
        elif value is not None and not 0 <= value <= _MOST[key]:
            self._findings.add("IMP_GIA_SCORE_STRANGE", number, column, most=_MOST[key])
            return None, False
        return value, True


def _numbered(header: Header, row: Row) -> bool:
    return text(header.cell(row, "order")).isdecimal() or any(text(header.cell(row, key)) for key in layout.PERSONAL)


def _absence(cells: list[Cell]) -> Absence | None:
    """Return why there is no result, where a cell says so in words."""
    for cell in cells:
        if isinstance(cell, str) and cell[:1].strip("+-0123456789"):
            line = heading(cell)
            for beginning, absence in ABSENCES:
                if line.startswith(beginning):
                    return absence
    return None


def _pupil_key(columns: _Columns, cells: Row, school: SchoolKey) -> tuple[Hashable, bool]:
    """Return (key, sure): the document or the participant's code where there is one, else names and class.

    Two rows with one document are surely one pupil; two rows with one name may be namesakes.
    """
    names = tuple([_folded(cells[place]) for place in columns.names])
    paper = tuple([text(cells[place]) for place in columns.paper])
    if any(paper):
        return ("document", *paper, *names), True
    participant = text(cells[columns.participant])
    if participant:
        # without names nobody can tell whether the code is the person's or the room's
        return ("participant", school.code, participant, *names), any(names)
    if not all(names[:2]):
        return None, False
    return ("name", school.code, _folded(cells[columns.grade]), *names), False


def _folded(cell: Cell) -> str:
    return text(cell).casefold().replace("ё", "е")
