"""A book as the recognisers see it: sheets of plain rows, whatever format they came in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import TypedDict, Unpack

from app.errors import Problem, UserError, problem
from app.importers import encodings
from app.importers.grid import HEAD_ROWS, Header, Headings, Row, find_header, heading
from app.importers.guard import BookType
from app.importers.parsed import (
    ExternalHead,
    FileKind,
    FileReading,
    GridSheet,
    ParsedExternal,
    ParsedJournal,
    ParsedMark,
    ParsedMetric,
    ParsedSchool,
    ParsedScores,
    ParsedTask,
    Proposal,
    Question,
)
from app.importers.sniff import HEAD_BYTES
from app.importers.text_table import open_text

MOST_MERGED = 50_000
WIDEST_HEAD = 2_000


class Rows(TypedDict, total=False):
    """Everything a recogniser may have found, by the field of ``FileReading`` it goes into."""

    marks: Iterable[ParsedMark]
    journals: Iterable[ParsedJournal]
    schools: Iterable[ParsedSchool]
    tasks: Iterable[ParsedTask]
    scores: Iterable[ParsedScores]
    metrics: Iterable[ParsedMetric]
    externals: Iterable[ParsedExternal]
    external_head: ExternalHead | None
    grid: Iterable[GridSheet]
    proposals: Iterable[Proposal]
    profile: str | None
    personal: bool
    rows_read: int


@dataclass(slots=True)
class Sheet:
    """One sheet: its name (None for csv) and a source that gives its rows anew each time, from row 1, column A.

    ``encoding`` is how an unusual encoding of a csv is called, None where there is nothing to say of it. ``merged``
    are merged cells as (top, left, bottom, right) from 0, where the format tells them (xlsx and xls). ``notes`` are
    rows the reader of the format had to mend, by their number; they are there once the rows have been read. ``first``
    is the number of the first row that the source gives: more than 1 for a page of a sheet.
    """

    name: str | None
    source: Callable[[], Iterable[Row]]
    height: int | None = None
    encoding: str | None = None
    merged: tuple[tuple[int, int, int, int], ...] = ()
    notes: dict[int, Problem] = field(default_factory=dict)
    first: int = 1
    _head: list[tuple[int, Row]] | None = field(default=None, repr=False)
    _headings: list[tuple[int, list[str]]] | None = field(default=None, repr=False)

    def rows(self) -> Iterator[tuple[int, Row]]:
        """Yield (row number from 1, cells)."""
        return enumerate(self.source(), start=self.first)

    def head(self) -> list[tuple[int, Row]]:
        """Return the first rows, read once: what a report is recognised by. No table is wider than 2,000 columns."""
        if self._head is None:
            top = islice(self.rows(), HEAD_ROWS)
            self._head = [(number, row[:WIDEST_HEAD] if len(row) > WIDEST_HEAD else row) for number, row in top]
        return self._head

    def header(self, headings: Headings, needed: Iterable[str]) -> Header | None:
        """Return the row of headings near the top, or None."""
        if self._headings is None:
            self._headings = [(number, [heading(value) for value in row]) for number, row in self.head()]
        return find_header(self._headings, headings, needed)


@dataclass(slots=True)
class Book:
    """One opened file. ``hidden`` are the names of sheets nobody sees in Excel: they are not read, only named."""

    path: str
    name: str
    size: int
    sha256: str
    sheets: list[Sheet]
    hidden: tuple[str, ...] = ()

    def reading(
        self,
        kind: FileKind,
        *,
        title: str = "",
        problems: Iterable[Problem] = (),
        questions: Iterable[Question] = (),
        refused: Problem | None = None,
        **rows: Unpack[Rows],
    ) -> FileReading:
        """Return what was read of this file; ``rows`` are the fields of ``FileReading`` with what was found."""
        hints = [problem("IMP_HIDDEN_SHEET", sheet=name, level="hint", title=name) for name in self.hidden]
        hints += [problem("IMP_ENCODING", encoding=s.encoding) for s in self.sheets if s.encoding]
        return FileReading(
            path=self.path,
            name=self.name,
            size=self.size,
            sha256=self.sha256,
            kind=kind,
            title=title,
            problems=(*problems, *(() if refused else (*hints, *(n for s in self.sheets for n in s.notes.values())))),
            questions=tuple(questions),
            refused=refused,
            **{key: tuple(value) if isinstance(value, (list, Iterator)) else value for key, value in rows.items()},  # type: ignore[arg-type]
        )


def open_sheets(path: Path, kind: BookType) -> tuple[list[Sheet], tuple[str, ...]]:
    """Open a file that has passed the guard; return its visible sheets and the names of the hidden ones.

    Raises:
        UserError: IMP_PASSWORD, IMP_UNREADABLE, IMP_NOT_TEXT or IMP_CSV_BROKEN.
    """
    if kind == "csv":
        return [_csv_sheet(path)], ()
    return _calamine_sheets(path)


def _calamine_sheets(path: Path) -> tuple[list[Sheet], tuple[str, ...]]:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

    try:
        with path.open("rb") as stream:  # by content: the suffix may lie
            book = CalamineWorkbook.from_filelike(stream)
        shown: list[Sheet] = []
        hidden: list[str] = []
        for about in book.sheets_metadata:
            if about.typ != SheetTypeEnum.WorkSheet:
                continue
            if about.visible != SheetVisibleEnum.Visible:
                hidden.append(about.name)
                continue
            sheet = book.get_sheet_by_name(about.name)
            offset = sheet.start[1] if sheet.start else 0
            merged = islice(sheet.merged_cell_ranges or (), MOST_MERGED)
            areas = tuple((top, left, bottom, right) for (top, left), (bottom, right) in merged)
            height = sheet.end[0] + 1 if sheet.end else 0
            shown.append(Sheet(about.name, _source(sheet.iter_rows, offset), height, merged=areas))
    except PasswordError as fault:
        raise UserError("IMP_PASSWORD", name=path.name) from fault
    except (CalamineError, OSError, ValueError) as fault:
        raise UserError("IMP_UNREADABLE", name=path.name) from fault
    return shown, tuple(hidden)


def _source(iter_rows: Callable[[], Iterable[Row]], offset: int) -> Callable[[], Iterable[Row]]:
    """Put back the empty columns at the left that calamine leaves out; the empty rows above it gives itself."""
    if not offset:
        return iter_rows
    return lambda: ([*[""] * offset, *row] for row in iter_rows())


def _csv_sheet(path: Path) -> Sheet:
    encoding = text_encoding(path)
    table = open_text(path, encoding)
    unusual = encodings.WORDS.get(encoding) if encoding != encodings.USUAL else None
    return Sheet(None, table.rows, encoding=unusual, notes=table.notes)


def text_encoding(path: Path) -> str:
    """Return the encoding of a text file, told by its first bytes."""
    with path.open("rb") as stream:
        head = stream.read(HEAD_BYTES)
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    unmarked = encodings.utf16_without_mark(head)
    if unmarked:
        return unmarked
    return "utf-8-sig" if encodings.decodes(path, "utf-8-sig") else encodings.guess(path)
