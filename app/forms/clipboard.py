"""What was copied in Word or Excel as plain lines of cells, with what tells a heading from a question.

Both programs put a text with tabs and a piece of HTML on the clipboard. The HTML is taken where it has a table,
headings or a list: it knows which cells are joined. Everything else in it is passed over.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from html.parser import HTMLParser

MOST_LINES = 2_000
WIDEST = 60
_SPACES = re.compile(r"[\s\u00a0\u2007\u202f\u200b\ufeff]+")
_NOT_TEXT = {"style", "script", "head", "title", "xml"}
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of what was copied.

    Attributes:
        cells: clean texts, the empty ones too.
        heading: the program that it came from calls it a heading, or it is wholly bold.
        wide: one cell joined over the whole width of its table.
        table: it stood in a table.
    """

    cells: tuple[str, ...]
    heading: bool = False
    wide: bool = False
    table: bool = False

    @property
    def filled(self) -> tuple[str, ...]:
        """The texts that are not empty."""
        return tuple(cell for cell in self.cells if cell)


def tidy(text: str) -> str:
    """Return a text in one line with single plain spaces."""
    return _SPACES.sub(" ", text).strip()


def lines(text: str, html: str = "") -> tuple[Line, ...]:
    """Return the lines of what was copied, at most 2,000; empty ones are left out."""
    found = _of_html(html) if html.strip() else []
    if not any(line.table or line.heading for line in found):
        found = _of_text(text) or found
    return tuple(line for line in found if line.filled)[:MOST_LINES]


def of_rows(rows: Sequence[Sequence[str]], wide: frozenset[int] = frozenset()) -> tuple[Line, ...]:
    """Return the rows of a sheet as lines; ``wide`` are numbers from 0 of rows joined over the width."""
    made = (
        Line(tuple(tidy(cell) for cell in row[:WIDEST]), wide=number in wide, table=True)
        for number, row in enumerate(rows[:MOST_LINES])
    )
    return tuple(line for line in made if line.filled)


def _of_text(text: str) -> list[Line]:
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0b", " ")
    if "\t" not in text:
        return [Line((tidy(line),)) for line in text.split("\n")]
    # Excel puts a cell of several lines into quotation marks; an unbalanced mark is just a letter
    balanced = text.count('"') % 2 == 0
    reader = csv.reader(text.split("\n") if not balanced else text.splitlines(keepends=True), delimiter="\t",
                        quoting=csv.QUOTE_MINIMAL if balanced else csv.QUOTE_NONE)  # fmt: skip
    table = []
    for row in reader:
        cells = tuple(tidy(cell) for cell in row[:WIDEST])
        table.append(Line(cells, table=len(cells) > 1))
    return table


def _of_html(html: str) -> list[Line]:
    start = html.find("<!--StartFragment-->")
    end = html.rfind("<!--EndFragment-->")
    reader = _Reader()
    # the fragment may begin inside a table whose opening tags stand before it
    whole = html if start < 0 or end <= start or "<table" in html[:start].lower() else html[start:end]
    reader.feed(whole)
    reader.close()
    return reader.finish()


class _Reader(HTMLParser):
    """Collects rows of tables and paragraphs, in order."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Line] = []
        self._skip = 0
        self._row: list[str] | None = None
        self._spans: list[int] = []
        self._down: dict[int, tuple[int, str]] = {}
        self._cell: list[str] | None = None
        self._attributes: dict[str, str] = {}
        self._text: list[str] = []
        self._bold_text: list[str] = []
        self._bold = 0
        self._heading = False
        self._widths: list[int] = []
        self._table_from = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _NOT_TEXT:
            self._skip += 1
        elif tag == "table":
            self._end_paragraph()
            self._down, self._widths, self._table_from = {}, [], len(self.found)
        elif tag == "tr":
            self._row, self._spans = [], []
        elif tag in {"td", "th"} and self._row is not None:
            self._attributes = {name: value or "" for name, value in attrs}
            self._cell = []
        elif tag in {"b", "strong"}:
            self._bold += 1
        elif tag in {"p", "div", "li", "br"} | _HEADINGS:
            if self._cell is not None:
                self._cell.append(" ")
            elif tag == "br":
                self._text.append(" ")
            else:
                self._end_paragraph()
                self._heading = tag in _HEADINGS

    def handle_endtag(self, tag: str) -> None:
        if tag in _NOT_TEXT:
            self._skip = max(0, self._skip - 1)
        elif tag in {"td", "th"} and self._cell is not None and self._row is not None:
            self._end_cell(self._row, tidy("".join(self._cell)))
        elif tag == "tr" and self._row is not None:
            self._end_row(self._row)
        elif tag == "table":
            self._end_table()
        elif tag in {"b", "strong"}:
            self._bold = max(0, self._bold - 1)
        elif tag in {"p", "div", "li"} | _HEADINGS and self._cell is None:
            self._end_paragraph()

    def handle_data(self, data: str) -> None:
        if self._skip:
            return
        if self._cell is not None:
            self._cell.append(data)
        elif self._row is None:
            self._text.append(data)
            if self._bold:
                self._bold_text.append(data)

    def _span(self, name: str) -> int:
        value = self._attributes.get(name, "1")
        return min(int(value), 1000) if value.isascii() and value.isdigit() and len(value) < 5 and int(value) else 1

    def _end_cell(self, row: list[str], text: str) -> None:
        self._fill_down(row)
        wide, high = min(self._span("colspan"), WIDEST), self._span("rowspan")
        for number in range(wide):
            if high > 1:
                self._down[len(row)] = (high - 1, text if number == 0 else "")
            row.append(text if number == 0 else "")
        self._spans.append(wide)
        self._cell = None

    def _fill_down(self, row: list[str]) -> None:
        """Put what a cell above reaches down to this row."""
        while (kept := self._down.get(len(row))) is not None:
            left, text = kept
            if left > 1:
                self._down[len(row)] = (left - 1, text)
            else:
                del self._down[len(row)]
            row.append(text)

    def _end_row(self, row: list[str]) -> None:
        self._fill_down(row)
        self._widths.append(len(row))
        wide = len(self._spans) == 1 and self._spans[0] > 1
        self.found.append(Line(tuple(row[:WIDEST]), wide=wide, table=True))
        self._row, self._cell = None, None

    def _end_table(self) -> None:
        """A row that is joined over less than the table is no heading."""
        widest = max(self._widths, default=0)
        for place in range(self._table_from, len(self.found)):
            line = self.found[place]
            if line.table and line.wide and len(line.cells) < widest:
                self.found[place] = Line(line.cells, table=True)
        self._row, self._cell = None, None

    def _end_paragraph(self) -> None:
        text = tidy("".join(self._text))
        bold = tidy("".join(self._bold_text))
        if text:
            self.found.append(Line((text,), heading=self._heading or (bool(bold) and bold == text)))
        self._text, self._bold_text, self._heading = [], [], False

    def finish(self) -> list[Line]:
        """Return everything that was found."""
        self._end_paragraph()
        return self.found
