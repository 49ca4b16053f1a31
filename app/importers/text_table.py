"""A table as text: its delimiter, its «sep=» line, its line ends, and quotation marks nobody doubled.

Lines are taken one by one. A line without quotation marks is simply cut; one with them goes through the csv reader in
its strict mode; where that refuses, the marks were not doubled by whoever wrote the file, and the line is cut by the
delimiters that stand outside of what looks quoted. Such rows are kept and noted.
"""

from __future__ import annotations

import csv
import re
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from app.errors import Problem, UserError, problem
from app.importers.grid import HEAD_ROWS

DELIMITERS = ";\t,"
LONGEST_FIELD = 1 << 20
MOST_LINES_IN_A_CELL = 60
MOST_NOTES = 100
_LONGEST_LINE = 8 << 20
_SEP_LINE = re.compile(r"\ufeff?\s*\"?sep=(.)\"?\s*", re.IGNORECASE)


@dataclass(slots=True)
class TextTable:
    """A text file cut into rows. ``notes`` are the rows with quotation marks nobody doubled, filled while reading."""

    path: Path
    encoding: str
    delimiter: str = ";"
    skipped: int = 0
    notes: dict[int, Problem] = field(default_factory=dict)

    def rows(self) -> Iterator[list[str]]:
        """Yield the rows; Excel does not show a «sep=» line, so it is none.

        Raises:
            UserError: IMP_CSV_BROKEN where a line is longer than any table's.
        """
        lines = _Lines(islice(_lines(self.path, self.encoding), self.skipped, None))
        for number, line in enumerate(lines, start=1):
            row, whole = (line.split(self.delimiter), True) if '"' not in line else _quoted(line, lines, self.delimiter)
            if len(line) > LONGEST_FIELD and any(len(cell) > LONGEST_FIELD for cell in row):
                raise UserError("IMP_CSV_BROKEN", name=self.path.name)
            if not whole and len(self.notes) < MOST_NOTES:
                self.notes.setdefault(number, problem("IMP_CSV_QUOTES", cell=str(number), row=number))
            yield [] if row == [""] else row


def open_text(path: Path, encoding: str) -> TextTable:
    """Look at the first lines and tell the delimiter.

    Raises:
        UserError: IMP_CSV_BROKEN.
    """
    lines = list(islice(_lines(path, encoding), HEAD_ROWS))
    said = _SEP_LINE.fullmatch(lines[0]) if lines else None
    if said:
        return TextTable(path, encoding, said.group(1), 1)
    return TextTable(path, encoding, find_delimiter(lines))


def find_delimiter(lines: Iterable[str]) -> str:
    """Return the delimiter that cuts most lines into the same number of columns; the semicolon where nothing does.

    Commas are many where decimals have them, but seldom as many in one line as in the next.
    """
    outside = [re.sub(r'"[^"]*"', "", line) for line in lines if line.strip()]
    best, most = ";", (0.0, 0)
    for sign in DELIMITERS:
        counts = Counter(line.count(sign) for line in outside)
        del counts[0]
        if counts:
            columns, alike = max(counts.items(), key=lambda pair: (pair[1], pair[0]))
            score = (alike / len(outside), columns)
            if score > most:
                best, most = sign, score
    return best


class _Lines:
    """Lines that may be given back."""

    def __init__(self, source: Iterator[str]) -> None:
        self._source = source
        self._back: deque[str] = deque()

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        return self._back.popleft() if self._back else next(self._source)

    def give_back(self, lines: list[str]) -> None:
        """Let these lines come again."""
        self._back.extendleft(reversed(lines))


def _lines(path: Path, encoding: str) -> Iterator[str]:
    """Yield lines without their ends, whichever of the three kinds they are."""
    try:
        with path.open(encoding=encoding) as stream:
            while line := stream.readline(_LONGEST_LINE):
                if len(line) >= _LONGEST_LINE:
                    raise UserError("IMP_CSV_BROKEN", name=path.name)
                yield line.removesuffix("\n")
    except UnicodeError as fault:
        raise UserError("IMP_CSV_BROKEN", name=path.name) from fault


def _strictly(line: str, delimiter: str) -> list[str] | None:
    csv.field_size_limit(_LONGEST_LINE)
    try:
        found = list(csv.reader(line.splitlines(keepends=True), delimiter=delimiter, strict=True))
    except csv.Error:
        return None
    return found[0] if len(found) == 1 else None


def _quoted(line: str, lines: _Lines, delimiter: str) -> tuple[list[str], bool]:
    """Cut a line with quotation marks; return the cells and whether the marks were as they should be."""
    row = _strictly(line, delimiter)
    if row is not None:
        return row, True
    taken: list[str] = []
    if line.count('"') % 2:  # a cell of several lines leaves its mark open
        for following in islice(lines, MOST_LINES_IN_A_CELL):
            taken.append(following)
            if '"' in following:
                row = _strictly("\n".join([line, *taken]), delimiter)
                break
        if row is not None:
            return row, True
        lines.give_back(taken)
    return cut_loosely(line, delimiter), False


def cut_loosely(line: str, delimiter: str) -> list[str]:
    """Cut a line whose quotation marks nobody doubled: a cell in marks ends at a mark before a delimiter or the end."""
    cells: list[str] = []
    place = 0
    while True:
        if line.startswith('"', place):
            end = line.find('"' + delimiter, place + 1)
            stop = end + 1 if end >= 0 else len(line)
            closed = end >= 0 or (line.endswith('"') and len(line) > place + 1)
            if closed:
                cells.append(line[place + 1 : stop - 1].replace('""', '"'))
                place = stop
        else:
            closed = False
        if not closed:
            stop = line.find(delimiter, place)
            stop = stop if stop >= 0 else len(line)
            cells.append(line[place:stop])
            place = stop
        if place >= len(line):
            return cells
        place += len(delimiter)
        if place == len(line):
            return [*cells, ""]
