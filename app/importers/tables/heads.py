"""The header of a table of others: where it begins, how many lines it has, what each column is called (domain §4).

A header has one to four lines; merged cells, or blanks to the right of a group's name, spread the name over the columns
under it; a line of column numbers (1 2 3 …) may close it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from app.importers.grid import Cell, Row, at, heading, text
from app.importers.tables.merges import Merges
from app.importers.tables.words import LONGEST_HEADING, sounds_like_heading

DEEPEST = 4
LOOK_AHEAD = 8
WIDEST = 2_000
_LETTER = re.compile(r"[^\W\d_]|[№%#]")
_MARKED_YEAR = re.compile(r"\d{4}(?:[/–—-]\d{2,4})?")
_PAIR_END = ":"

Rows = Sequence[tuple[int, Row]]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table: its place from 0 and its headings from the top line down, repeats left out."""

    at: int
    path: tuple[str, ...]

    @property
    def words(self) -> str:
        """The headings as one line: «Математика / Средний балл»."""
        return " / ".join(self.path)


@dataclass(frozen=True, slots=True)
class Head:
    """The header of a block: first and last row (from 1; a line of column numbers belongs to it) and the columns."""

    first: int
    last: int
    columns: tuple[Column, ...]
    depth: int = 1


def filled(row: Row) -> list[tuple[int, Cell]]:
    """Return (column, value) of the cells that hold more than spaces."""
    return [
        (column, value)
        for column, value in enumerate(row[:WIDEST])
        if value is not None and value != "" and (not isinstance(value, str) or not value.isspace())
    ]


def is_figure(value: Cell) -> bool:
    """Tell whether a cell holds a number, also one written as text."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return True
    return isinstance(value, str) and len(value) < 30 and any(map(str.isdigit, value)) and not _LETTER.search(value)


def is_column_numbers(cells: Sequence[tuple[int, Cell]]) -> bool:
    """Tell whether a line numbers the columns: 1 2 3 …, also with «А», «Б» before and «5=3/4» among them."""
    numbers = [
        int(line) for _, value in cells if (line := text(value)).isascii() and line.isdecimal() and len(line) < 5
    ]
    if len(numbers) < 2 or 10 * len(numbers) < 7 * len(cells) or numbers[0] > 2:
        return False
    steps = [b - a for a, b in pairwise(numbers)]
    others = [text(value) for _, value in cells if not text(value).isdecimal()]
    return (
        all(1 <= step <= 3 for step in steps) and steps.count(1) * 2 >= len(steps) and all(len(o) < 12 for o in others)
    )


def find_head(window: Rows, merges: Merges, *, strict: bool = False) -> Head | None:
    """Return the header that begins in the first row of the window, or None.

    Args:
        window: the row in question and some that follow it.
        merges: merged cells of the sheet.
        strict: inside a table: only what plainly reads as a header counts.
    """
    depth = _depth(window, merges)
    if depth == 0:
        return None
    return _head(window, depth, merges) if _convinces(window, depth, merges, strict=strict) else None


def forced_head(window: Rows, depth: int, merges: Merges) -> Head:
    """Return the header of ``depth`` lines that a person has pointed at."""
    return _head(window, max(1, min(depth, len(window))), merges)


def _number_line(window: Rows, depth: int) -> int:
    """1 where a line of column numbers follows the header, else 0."""
    return int(len(window) > depth and is_column_numbers(filled(window[depth][1])))


def _head(window: Rows, depth: int, merges: Merges) -> Head:
    lines = window[:depth]
    following = depth + _number_line(window, depth)
    columns = paths(lines, merges, window[following:])
    last = window[following - 1][0]
    return Head(lines[0][0], last, columns, depth)


def _heading_like(value: Cell) -> bool:
    """A text with letters, a whole number from 0 to 200 (marks, points) or a year."""
    if isinstance(value, bool):
        return False
    if isinstance(value, (int, float)):
        return value == int(value) and (0 <= value <= 200 or 2000 <= value <= 2099) if abs(value) < 1e9 else False
    if not isinstance(value, str) or len(value) > LONGEST_HEADING:
        return False
    line = text(value).strip("«»\"'")
    return bool(_LETTER.search(line)) or line.isdecimal() or _MARKED_YEAR.fullmatch(line) is not None


def _depth(window: Rows, merges: Merges) -> int:
    """How many lines of the window make a header by their shape; 0 where the first can't begin one."""
    cells = filled(window[0][1]) if window else []
    if not cells or not all(_heading_like(value) for _, value in cells) or not isinstance(cells[0][1], str):
        return 0
    if not _LETTER.search(cells[0][1]) or is_column_numbers(cells):
        return 0
    if len(cells) <= 2 and text(cells[0][1]).endswith(_PAIR_END):
        return 0
    depth = 1
    while depth < min(DEEPEST, len(window)) and _goes_on(window[:depth], window[depth], merges):
        depth += 1
    if depth == 1 and len(cells) < 2:
        return 0
    return depth


def _goes_on(lines: Rows, following: tuple[int, Row], merges: Merges) -> bool:
    """Tell whether a row continues the header above it."""
    number, row = following
    below = filled(row)
    if number != lines[-1][0] + 1 or not below or is_column_numbers(below):
        return False
    if not all(_heading_like(value) for _, value in below):
        return False
    first = lines[0][0]
    if any(found.top >= first and found.top < number <= found.bottom for found in merges.in_row(number)):
        return True
    above = {column for _, line in lines for column, _ in filled(line)}
    own = {column for column, _ in below}
    left = min(above)
    if len(above) == 1 and left <= min(own):
        return False  # a title, also one that is merged over the whole table
    if min(own) < left:
        return _is_partial(lines, number, below, merges)
    if left not in own:
        hangs = any(column not in above or _spreads(lines[-1], column, merges) for column in own)
        return hangs and (len(own) > 1 or bool(own - above))
    known = sum(sounds_like_heading(heading(value)) for _, value in below)
    texts = [value for _, value in below if isinstance(value, str) and _LETTER.search(value)]
    if any(found.left < found.right for found in merges.in_row(lines[-1][0])):
        return 3 * known >= len(below) and len(texts) * 2 > len(below)
    return len(below) > len(above) and 2 * known >= len(below) and _is_partial(lines, number, below, merges)


def _spreads(line: tuple[int, Row], column: int, merges: Merges) -> bool:
    found = merges.at(line[0], column)
    return found is not None and found.left < found.right


def _is_partial(lines: Rows, number: int, below: Sequence[tuple[int, Cell]], merges: Merges) -> bool:
    """Tell whether the lines so far are names of groups that stand over a part of the real header below them."""
    texts = [heading(value) for _, value in below if not is_figure(value)]
    if len(below) < 3 or 2 * sum(map(sounds_like_heading, texts)) < max(1, len(texts)):
        return False
    above = [(row, column, value) for row, line in lines for column, value in filled(line)]
    right = max(column for column, _ in below)
    for row, column, value in above:
        found = merges.at(row, column)
        wide = found is not None and found.left < found.right
        whole = found is not None and found.left <= min(c for c, _ in below) and found.right >= right
        if whole or column > right or (len(above) == 1 and not wide) or len(text(value)) > 120:
            return False
    return number == lines[-1][0] + 1


def _convinces(window: Rows, depth: int, merges: Merges, *, strict: bool) -> bool:
    """Weigh what speaks for a header: known words, width, figures under texts."""
    columns = paths(window[:depth], merges, window[depth:])
    named = [column for column in columns if column.path]
    if len(named) < 2:
        return False
    known = sum(any(sounds_like_heading(heading(part)) for part in column.path) for column in named)
    data = [row for _, row in window[depth + _number_line(window, depth) :] if len(filled(row)) > 1]
    width = max((len(filled(row)) for row in data), default=0)
    if 2 * len(named) < width:
        return False
    if strict:
        return 2 * known >= len(named) and not any(isinstance(v, float) and v % 1 for _, v in filled(window[0][1]))
    figures = {column for row in data for column, value in filled(row) if is_figure(value)}
    turns = sum(column.at in figures and not _only_digits(column.path[-1]) for column in named)
    if known == 0 and turns == 0:
        return False
    return known * 3 >= len(named) or (turns > 0 and not _has_figures(window[0][1]))


def _only_digits(line: str) -> bool:
    return line.replace(" ", "").isdecimal()


def _has_figures(row: Row) -> bool:
    return any(is_figure(value) for _, value in filled(row))


def paths(lines: Rows, merges: Merges, data: Rows = ()) -> tuple[Column, ...]:
    """Return the columns under some lines of headings; a column without heading and data is left out."""
    values = [_spread_line(number, row, lines, merges) for number, row in lines]
    inherited = _inherit(lines, values, merges)
    used = {column for _, row in data for column, _ in filled(row)}
    width = max((max(found, default=-1) for found in inherited), default=-1)
    last = max(width, max((column for column in used if column <= width + 1), default=-1))
    columns: list[Column] = []
    for column in range(last + 1):
        path: list[str] = []
        for found in inherited:
            part = found.get(column, "")
            if part and (not path or heading(path[-1]) != heading(part)):
                path.append(part)
        if path or column in used:
            columns.append(Column(column, tuple(path)))
    return tuple(columns)


def _spread_line(number: int, row: Row, lines: Rows, merges: Merges) -> dict[int, str]:
    """The texts of one line by column, merged cells spread over what they cover."""
    found = {column: text(value) for column, value in filled(row)}
    width = max((column for _, line in lines for column, _ in filled(line)), default=0)
    by_number = dict(lines)
    for area in merges.in_row(number):
        source = by_number.get(area.top)
        value = text(at(source, area.left)) if source is not None else ""
        if value:
            right = min(area.right, max(width, area.left))
            found.update({column: value for column in range(area.left, right + 1) if column not in found})
    return found


def _inherit(lines: Rows, values: list[dict[int, str]], merges: Merges) -> list[dict[int, str]]:
    """Spread a group's name to the right over blanks where no cell of its line is merged across."""
    result = [dict(found) for found in values]
    for i, (number, _) in enumerate(lines[:-1]):
        if any(area.left < area.right for area in merges.in_row(number)):
            continue
        below = set().union(*values[i + 1 :])
        for column in sorted(below - values[i].keys()):
            left = max((c for c in values[i] if c < column), default=None)
            if left is not None and left in below and not _leaf_between(left, column, values[i], below):
                result[i][column] = values[i][left]
    return result


def _leaf_between(left: int, column: int, line: dict[int, str], below: set[int]) -> bool:
    """Tell whether a column with no heading at all stands between the name of a group and a column under it."""
    return any(place not in line and place not in below for place in range(left + 1, column))
