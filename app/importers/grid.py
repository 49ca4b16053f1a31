"""One intermediate grid for every format: plain cells, header finding, cleaning of values and headings.

A row is a sequence of plain values as the reader of the format gave them; row numbers are those of Excel (from 1),
columns are counted from 0 inside the program and shown as letters.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

Cell = str | float | int | bool | dt.date | dt.time | dt.timedelta | None
Row = Sequence[Cell]

HEAD_ROWS = 30
LONGEST_HEADING = 1_000
LARGEST_COUNT = 200_000_000
_SPACES = re.compile(r"[\s\u00a0\u2007\u202f\u2009\u200b\ufeff]+")
_PUNCTUATION = re.compile(r"[^0-9a-zа-я%<>=№]+")
_THOUSANDS_COMMA = re.compile(r"-?\d{1,3}(?:(?:,\d{3})+\.\d+|(?:,\d{3}){2,})")
_NUMBER = re.compile(r"[-+]?\d{1,15}(\.\d{1,15})?")
_MOST_REMEMBERED = 4_096
_LONGEST_REMEMBERED = 200
_LONGEST_PLAIN = 8
_NOTHING = frozenset({"", "-", "–", "—"})


class UnfitCellError(ValueError):
    """A cell does not hold what its column asks for; ``code`` is a key of the catalogue."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


def text(value: Cell) -> str:
    """Return the cell as one clean line: no-break and double spaces gone, whole floats without «.0»."""
    if isinstance(value, str):
        # spaces for us that Python does not take for any
        if "\u200b" in value or "\ufeff" in value:
            return _SPACES.sub(" ", value).strip()
        return " ".join(value.split())
    if value is None:
        return ""
    if isinstance(value, bool):
        return "да" if value else "нет"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, dt.date):
        return value.strftime("%d.%m.%Y")
    return str(value)


def heading(value: Cell) -> str:
    """Return a heading for comparison: lower case, ё as е, any punctuation and spaces as one space."""
    line = text(value)
    return _normal(line) if len(line) <= _LONGEST_REMEMBERED else _normal.__wrapped__(line)


@lru_cache(_MOST_REMEMBERED)
def _normal(line: str) -> str:
    return _PUNCTUATION.sub(" ", line.lower().replace("ё", "е")).strip()


def is_total(name: str) -> bool:
    """Tell whether a line under a table sums it up instead of naming a school: «Итого», «Всего по району»."""
    lowered = name.lower()
    return ("итого" in lowered or "всего" in lowered) and heading(name).startswith(("итого", "всего"))


def is_blank(row: Iterable[Cell]) -> bool:
    """Tell whether no cell of the row holds anything but spaces."""
    return not any(value not in ("", None) and text(value) for value in row)


def at(row: Row, column: int | None) -> Cell:
    """Return the cell of a column; None where the row is shorter or the column is unknown."""
    if column is None or column >= len(row):
        return None
    return row[column]


def number(value: Cell) -> Decimal | None:
    """Return a number; None for an empty cell or a dash.

    Takes decimal commas, spaces (also no-break) and commas between thousands, a percent sign at the end.

    Raises:
        UnfitCellError: IMP_NOT_NUMBER for anything else.
    """
    if value is None or isinstance(value, (bool, dt.date, dt.time, dt.timedelta)):
        if value is None:
            return None
        raise UnfitCellError("IMP_NOT_NUMBER")
    if isinstance(value, (int, float)):
        line = repr(value) if abs(value) < 1e15 else ""
        if isinstance(value, float) and "e" in line:
            line = f"{value:.15f}"
    else:
        if len(value) > 60:
            raise UnfitCellError("IMP_NOT_NUMBER")
        line = _SPACES.sub("", value).removesuffix("%").replace("−", "-")
        if line in _NOTHING:
            return None
    if _THOUSANDS_COMMA.fullmatch(line):
        line = line.replace(",", "")
    line = line.replace(",", ".")
    if not line.isascii() or not _NUMBER.fullmatch(line):
        raise UnfitCellError("IMP_NOT_NUMBER")
    return Decimal(line)


def whole(value: Cell) -> int | None:
    """Return a whole count from 0 up («89», «89,0», «1 234»); None for an empty cell or a dash.

    Raises:
        UnfitCellError: IMP_NOT_NUMBER, IMP_NOT_WHOLE, IMP_NEGATIVE or IMP_TOO_GREAT.
    """
    if type(value) is float and 0 <= value <= LARGEST_COUNT and value.is_integer():
        return int(value)  # nearly every cell of nearly every table
    if type(value) is str and len(value) <= _LONGEST_PLAIN and value.isdecimal() and value.isascii():
        return int(value)
    found = number(value)
    if found is None:
        return None
    if found != found.to_integral_value():
        raise UnfitCellError("IMP_NOT_WHOLE")
    if found < 0:
        raise UnfitCellError("IMP_NEGATIVE")
    if found > LARGEST_COUNT:
        raise UnfitCellError("IMP_TOO_GREAT")
    return int(found)


def share(value: Cell) -> Decimal | None:
    """Return a percentage from 0 to 100; None for an empty cell or a dash.

    Raises:
        UnfitCellError: IMP_NOT_NUMBER or IMP_NOT_SHARE.
    """
    found = number(value)
    if found is not None and not 0 <= found <= 100:
        raise UnfitCellError("IMP_NOT_SHARE")
    return found


def count_of_share(percent: Decimal, participants: int) -> int:
    """Restore a whole count from a percentage: p·N/100, rounded half up (domain §3.1)."""
    return int((percent * participants / 100).quantize(Decimal(1), ROUND_HALF_UP))


def letters(column: int) -> str:
    """Return the letters of a column counted from 0: 0 is A, 26 is AA."""
    found = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        found = chr(65 + rest) + found
    return found


def address(row: int, column: int) -> str:
    """Return the address as Excel shows it: row from 1, column from 0."""
    return f"{letters(column)}{row}"


@dataclass(frozen=True, slots=True)
class Header:
    """Where the table of a sheet begins: the row of headings (from 1) and the column (from 0) of each known key."""

    row: int
    at: Mapping[str, int]
    width: int

    def __contains__(self, key: str) -> bool:
        return key in self.at

    def cell(self, row: Row, key: str) -> Cell:
        """Return the cell under the heading; None where there is no such heading."""
        return at(row, self.at.get(key))

    def place(self, row: int, key: str) -> str:
        """Return the address of the cell under the heading, or the row alone."""
        column = self.at.get(key)
        return str(row) if column is None else address(row, column)


class Headings:
    """For each key the headings it may stand under, already normalised by ``heading``; «*» stands for any text."""

    def __init__(self, names: Mapping[str, Sequence[str]]) -> None:
        self._exact: dict[str, str] = {}
        self._found: dict[str, str | None] = {}
        self._patterns: list[tuple[list[str], str]] = []
        shapes: list[str] = []
        for key, spellings in names.items():
            for spelling in spellings:
                if "*" in spelling:
                    self._patterns.append((spelling.split("*"), key))
                    shapes.append(".*".join(re.escape(part) for part in spelling.split("*")))
                else:
                    self._exact.setdefault(spelling, key)
        self._any = re.compile("|".join(shapes), re.DOTALL)

    def key(self, found: str) -> str | None:
        """Return the key of a heading, or None."""
        if not found:
            return None
        exact = self._exact.get(found)
        if exact is not None or not self._patterns:
            return exact
        if found not in self._found:
            if len(self._found) >= _MOST_REMEMBERED:
                self._found.clear()
            fits = len(found) <= LONGEST_HEADING and self._any.fullmatch(found)  # most cells are no heading at all
            self._found[found] = (
                next((k for parts, k in self._patterns if _holds(found, parts)), None) if fits else None
            )
        return self._found[found]


def _holds(found: str, parts: Sequence[str]) -> bool:
    """Tell whether a text begins with the first part, ends with the last and has the others between, in order."""
    first, *middle, last = parts
    if not found.startswith(first) or not found.endswith(last) or len(found) < len(first) + len(last):
        return False
    place = len(first)
    for part in middle:
        place = found.find(part, place, len(found) - len(last))
        if place < 0:
            return False
        place += len(part)
    return True


def read_header(number_of_row: int, row: Sequence[str], headings: Headings) -> Header:
    """Map the normalised cells of one row to keys; of two equal headings the first counts."""
    columns: dict[str, int] = {}
    width = 0
    for column, found in enumerate(row):
        if not found:
            continue
        width = column + 1
        key = headings.key(found)
        if key is not None:
            columns.setdefault(key, column)
    return Header(number_of_row, columns, width)


def find_header(rows: Iterable[tuple[int, Sequence[str]]], headings: Headings, needed: Iterable[str]) -> Header | None:
    """Return the first row of normalised cells that holds a heading for every needed key."""
    wanted = frozenset(needed)
    for number_of_row, row in rows:
        header = read_header(number_of_row, row, headings)
        if wanted <= header.at.keys():
            return header
    return None
