"""What was copied in Word or Excel, as rows of cells.

Excel puts tabs and quotes into plain text. Word puts a new line between the paragraphs of one cell, so there its HTML
says what belongs together.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser

from PySide6.QtCore import QMimeData

from app.ui.widgets.entry_grid import block_of

MOST_CELLS = 200_000
_SPACES = re.compile(r"[ \t\r\n\f]+")
_EXCEL = re.compile(r"excel\.sheet|urn:schemas-microsoft-com:office:excel", re.IGNORECASE)


class _Tables(HTMLParser):
    """Collects the cells of the first table; a table within a cell is text of that cell."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: list[list[str]] = []
        self._depth = 0
        self._done = False
        self._cell: list[str] | None = None
        self._span = 1
        self._down: dict[int, int] = {}
        self._later: dict[int, int] = {}
        self._rowspan = 1
        self._skip = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a table, a row, a cell, a line within a cell."""
        if tag in {"style", "script", "head"}:
            self._skip += 1
        if self._done:
            return
        if tag == "table":
            self._depth += 1
        elif tag == "tr" and self._depth == 1:
            self._end_cell()
            self.rows.append([])
            self._down |= self._later
            self._later = {}
            self._fill()
        elif tag in {"td", "th"} and self._depth == 1 and self.rows:
            self._end_cell()
            told = dict(attrs)
            self._span, self._rowspan = (_times(told.get(name)) for name in ("colspan", "rowspan"))
            self._cell = []
        elif tag in {"br", "p", "div", "li", "tr", "td"} and self._cell is not None:
            self._cell.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """End a cell, a row, the table."""
        if tag in {"style", "script", "head"}:
            self._skip = max(0, self._skip - 1)
        if self._done or not self._depth:
            return
        if tag in {"td", "th", "tr"} and self._depth == 1:
            self._end_cell()
        elif tag in {"p", "div", "li"} and self._cell is not None:
            self._cell.append("\n")
        elif tag == "table":
            self._end_cell()
            self._depth -= 1
            self._done = not self._depth

    def handle_data(self, data: str) -> None:
        """Take the text of a cell."""
        if self._cell is not None and not self._skip:
            self._cell.append(_SPACES.sub(" ", data))

    def finish(self) -> None:
        """A table that is cut off ends with what there is of it."""
        self._depth = min(self._depth, 1)
        self._end_cell()

    def _end_cell(self) -> None:
        if self._cell is None or self._depth != 1:
            return
        lines = [" ".join(line.split()) for line in "".join(self._cell).split("\n")]
        column = len(self.rows[-1])
        if self._rowspan > 1:
            self._later |= dict.fromkeys(range(column, column + self._span), self._rowspan - 1)
        self.rows[-1] += ["\n".join(line for line in lines if line), *[""] * (self._span - 1)]
        self._cell = None
        self._fill()

    def _fill(self) -> None:
        """Leave the places free that a cell from above takes."""
        row = self.rows[-1]
        while self._down.get(len(row), 0) > 0 and len(row) < 1000:
            self._down[len(row)] -= 1
            row.append("")


def _times(value: str | None) -> int:
    return min(int(value), 1000) if value is not None and value.isdigit() and int(value) else 1


def table_of_html(html: str) -> list[list[str]]:
    """Return the cells of the first table of a page, several lines of a cell apart; [] where there is none."""
    reader = _Tables()
    reader.feed(html)
    reader.close()
    reader.finish()
    rows = [row for row in reader.rows if row]
    if sum(map(len, rows)) > MOST_CELLS:
        return []
    wide = max(map(len, rows), default=0)
    return [row + [""] * (wide - len(row)) for row in rows]


def copied_block(mime: QMimeData | None) -> list[list[str]]:
    """Return the block that was copied: Word's table by its HTML, anything else by its plain text."""
    if mime is None:
        return []
    html = mime.html() if mime.hasHtml() else ""
    text = mime.text() if mime.hasText() else ""
    if "<t" in html.casefold() and not _EXCEL.search(html):
        found = table_of_html(html)
        plain = block_of(text) if text else []
        same = [len(row) for row in plain] == [len(row) for row in found]
        if found and not same:
            return found
    return block_of(text) if text else []
