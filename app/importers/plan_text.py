"""Tables in a text: cells apart by tabs (what is copied out of Word or Excel), or one cell after another.

The second kind is how a Word table looks after being saved as text: every cell begins on a line of its own with a
tab, and a blank line ends a row (000, «План-график выполнения работ»).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from app.importers.grid import text as one_line
from app.importers.plan_records import PlanLine, PlanTable

MOST_LINES = 50_000
WIDEST = 60
_GAP = re.compile(r"\n[ \u00a0]*\n[ \u00a0]*\n")
_ROW_END = re.compile(r"\n[ \u00a0]*\n[ \u00a0]*$")
_RULER = re.compile(r"[-=:_—–]{2,}")
_LEAST_TABLE = 2


def lines_of(text: str) -> str:
    """Return the text of a cell with clean lines: spaces made single, empty lines left out, breaks kept."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0b", "\n").replace("\x0c", "\n")
    return "\n".join(line for line in (one_line(part) for part in plain.split("\n")) if line)


def tables(text: str) -> tuple[PlanTable, ...]:
    """Return the tables of a text; what stands before a table is its caption."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0b", " ").replace("\x0c", "\n").lstrip("\ufeff")
    rows = plain.split("\n")[:MOST_LINES]
    alone = sum(row.startswith("\t") and row.count("\t") == 1 for row in rows)
    several = sum(row.count("\t") > 1 for row in rows)
    return _stacked("\n".join(rows)) if alone > several else _tabbed(plain)


# --- cells apart by tabs -----------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Draft:
    caption: str = ""
    lines: list[PlanLine] = field(default_factory=list)


def _tabbed(text: str) -> tuple[PlanTable, ...]:
    """A line without a tab ends a table, unless a blank line between two pages stands in it only."""
    found: list[_Draft] = []
    above: list[str] = []
    for number, cells in _records(text):
        if len(cells) > 1:
            if above or not found:
                found.append(_Draft("\n".join(above)))
                above = []
            line = PlanLine(number, tuple(lines_of(cell) for cell in cells[:WIDEST]))
            # «--» in every cell is the rule under a table, not a row of it
            if not line.filled or not all(_RULER.fullmatch(line.cells[place]) for place in line.filled):
                found[-1].lines.append(line)
        elif cells[0].strip():
            above.append(one_line(cells[0]))
    return _numbered([PlanTable("", draft.caption, tuple(draft.lines)) for draft in found if _is_table(draft.lines)])


def _is_table(lines: Sequence[PlanLine]) -> bool:
    return any(len(line.filled) >= _LEAST_TABLE for line in lines)


def _numbered(found: Sequence[PlanTable]) -> tuple[PlanTable, ...]:
    return tuple(
        PlanTable(f"Таблица {number}", table.caption, table.lines) for number, table in enumerate(found, start=1)
    )


def _records(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield (number of the line, cells). A cell that Excel has put into quotation marks may hold line breaks."""
    place, number = 0, 1
    while place < len(text):
        cells: list[str] = []
        start = number
        while True:
            cell, place = _cell(text, place)
            number += cell.count("\n")
            cells.append(cell.removeprefix('"').removesuffix('"').replace('""', '"') if "\n" in cell else cell)
            if place >= len(text) or text[place] == "\n":
                break
            place += 1
        place, number = place + 1, number + 1
        yield start, cells


def _cell(text: str, place: int) -> tuple[str, int]:
    """Return the raw cell that begins here and where it ends."""
    if text.startswith('"', place):
        closing = re.compile(r'(?:[^"]|"")*"(?=[\t\n]|$)').match(text, place + 1)
        if closing is not None and "\n" in closing.group():
            return text[place : closing.end()], closing.end()
    end = re.compile(r"[^\t\n]*").match(text, place)
    stop = end.end() if end is not None else len(text)
    return text[place:stop], stop


# --- one cell after another --------------------------------------------------------------------------------------


def _stacked(text: str) -> tuple[PlanTable, ...]:
    """Cells come one after another; how many make a row is told by the first row that a blank line ends."""
    found: list[PlanTable] = []
    for caption, cells in _stacks(text):
        width = _width(cells)
        if width >= _LEAST_TABLE:
            lead = next(place for place in range(len(cells)) if _row_length(cells, place) == width)
            above = " ".join(filter(None, [caption, *(lines_of(cell.text) for cell in cells[:lead])]))
            found.append(PlanTable("", above, tuple(_rows(cells[lead:], width))))
    return _numbered(found)


@dataclass(frozen=True, slots=True)
class _Stacked:
    number: int
    text: str

    @property
    def ends_row(self) -> bool:
        """A blank line stands after it."""
        return _ROW_END.search(self.text) is not None


def _stacks(text: str) -> Iterator[tuple[str, list[_Stacked]]]:
    """Yield runs of cells with the text before them; prose after an empty stretch ends a run."""
    caption, cells = "", []
    number = 1
    for part in re.split(r"(?m)^(?=\t)", text):
        if not part.startswith("\t"):
            caption = _last_words(part)
        else:
            body = part[1:]
            lead = len(body) - len(body.lstrip("\n \u00a0"))
            gap = _GAP.search(body, lead)
            rest = body[gap.end() :].strip() if gap is not None else ""
            own = body[: gap.start()] + "\n" if rest and gap is not None else body
            cells.append(_Stacked(number + body[:lead].count("\n"), own))
            if rest:
                yield caption, cells
                caption, cells = _last_words(rest), []
        number += part.count("\n")
    if cells:
        yield caption, cells


def _last_words(text: str) -> str:
    kept = [line for line in (one_line(part) for part in text.split("\n")) if line]
    return kept[-1] if kept else ""


def _row_length(cells: Sequence[_Stacked], place: int) -> int:
    """Return how many cells stand from here to the end of their row."""
    for count, cell in enumerate(cells[place:], start=1):
        if cell.ends_row:
            return count
    return len(cells) - place


def _width(cells: Sequence[_Stacked]) -> int:
    """Return the length of most rows: the first with more than one cell counts where they differ."""
    place, lengths = 0, []
    while place < len(cells):
        length = _row_length(cells, place)
        lengths.append(length)
        place += length
    return max(lengths[:3], default=0)


def _rows(cells: Sequence[_Stacked], width: int) -> Iterator[PlanLine]:
    for start in range(0, len(cells), width):
        row = cells[start : start + width]
        yield PlanLine(row[0].number, tuple(lines_of(cell.text) for cell in row))
