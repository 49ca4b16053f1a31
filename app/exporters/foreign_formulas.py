"""Which formulas of a workbook depend on cells that are edited: their kept values are stale and must go.

What can't be told for certain (INDIRECT, OFFSET, an unknown name) counts as dependent: a value that Excel counts anew
does no harm, a stale one does.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from app.exporters.foreign_sheet import LAST_COLUMN, LAST_ROW, Area, Formula, Place, column_of, inside, places, size

Where = tuple[str, Area]
"""Small name of a sheet («» for every sheet) and an area of it."""
Cell = tuple[str, Place]

_TEXT = re.compile(r'"(?:[^"]|"")*"')
_OUTSIDE = re.compile(r"(?:'\[[^']*'|\[\d+\][\w. ]*)!\s*(?:\$?[A-Z]{1,3}\$?\d+(?::\$?[A-Z]{1,3}\$?\d+)?|[\w.]+)")
_WILD = re.compile(r"\b(?:INDIRECT|OFFSET)\s*\(|\)\s*:|:\s*(?:[A-Z][A-Z.]*\s*\(|'|[^\W\d][\w.]*!)")
_SHEET = r"(?:(?P<sheet>'(?:[^']|'')+'|[^\W\d][\w.]*(?::[\w.]+)?)!)?"
_A1 = r"(?P<a1>\$?[A-Z]{1,3}\$?[1-9]\d{0,6}(?::\$?[A-Z]{1,3}\$?[1-9]\d{0,6})?)"
_COLUMNS = r"(?P<columns>\$?[A-Z]{1,3}:\$?[A-Z]{1,3})"
_ROWS = r"(?P<rows>\$?[1-9]\d{0,6}:\$?[1-9]\d{0,6})"
_REFERENCE = re.compile(rf"(?<![\w.$]){_SHEET}(?:{_A1}|{_COLUMNS}|{_ROWS})(?![\w(.])", re.IGNORECASE)
_CORNER = re.compile(r"(\$?)([A-Za-z]{1,3})(\$?)(\d+)")
_TABLE = re.compile(r"([^\W\d][\w.]*)\[")
_NAME = re.compile(r"(?<![\w.$])(?:(?:'(?:[^']|'')+'|[^\W\d][\w.]*)!)?([^\W\d][\w.\\?]*)(?!\s*\(|[\w!.\[])")
_SMALL = 64
"""Areas of so many cells are looked up cell by cell, larger ones one after the other."""
_DEEPEST = 20


@dataclass(frozen=True, slots=True)
class Names:
    """What names a formula may use.

    Attributes:
        defined: small name → the texts it stands for.
        tables: small name of a table → where it lies.
        meanings: (name, sheet) → what it reads, told once: names made of names made of names would else never end.
    """

    defined: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    tables: Mapping[str, Where] = field(default_factory=dict)
    meanings: dict[tuple[str, str], list[Where] | None] = field(default_factory=dict, repr=False, compare=False)


def areas(formula: str, sheet: str, names: Names, shift: Place = (0, 0), depth: int = 0) -> list[Where] | None:
    """Return what a formula reads; None where it may read anything.

    Args:
        formula: without «=».
        sheet: small name of its own sheet.
        names: of the book.
        shift: how far a shared formula stands from the cell it was written for.
        depth: how many names stand around it.
    """
    bare = _OUTSIDE.sub(" ", _TEXT.sub(" ", formula))
    if _WILD.search(bare.upper()) or depth > _DEEPEST:
        return None
    found: list[Where] = []
    text = _tables(bare, names, found)
    if text is None:
        return None
    for match in _REFERENCE.finditer(text):
        told = match["sheet"]
        home = sheet if told is None else _unquoted(told).casefold()
        found.append(("" if told is not None and ":" in told else home, _area(match, shift)))
    for match in _NAME.finditer(_REFERENCE.sub(" ", text)):
        inner = _named(match[1].casefold(), sheet, names, depth)
        if inner is None:
            return None
        found += inner
    return found


def _unquoted(name: str) -> str:
    """Return the name of a sheet without the quotes that a formula writes around it."""
    return name[1:-1].replace("''", "'") if name.startswith("'") else name


def _tables(text: str, names: Names, found: list[Where]) -> str | None:
    """Take references to tables out of a text; None where a table is not known."""
    while (match := _TABLE.search(text)) is not None:
        where = names.tables.get(match[1].casefold())
        if where is None:
            return None
        found.append(where)
        depth, place = 0, match.end() - 1
        while place < len(text):
            depth += (text[place] == "[") - (text[place] == "]")
            place += 1
            if depth == 0:
                break
        text = f"{text[: match.start()]} {text[place:]}"
    return text


def _named(name: str, sheet: str, names: Names, depth: int) -> list[Where] | None:
    if name in {"true", "false"} or name.startswith("_xlpm."):
        return []
    if name in names.tables:
        return [names.tables[name]]
    if name not in names.defined:
        return None
    meanings = names.meanings
    if (name, sheet) not in meanings:
        meanings[name, sheet] = None  # a name that stands for itself may read anything
        meanings[name, sheet] = _meant(name, sheet, names, depth)
    return meanings[name, sheet]


def _meant(name: str, sheet: str, names: Names, depth: int) -> list[Where] | None:
    found: dict[Where, None] = {}
    for text in names.defined[name]:
        inner = areas(text, sheet, names, depth=depth + 1)
        if inner is None:
            return None
        found |= dict.fromkeys(inner)
    return list(found)


def _area(match: re.Match[str], shift: Place) -> Area:
    if match["columns"]:
        first, last = (column_of(one.strip("$")) for one in match["columns"].split(":"))
        return 0, min(first, last), LAST_ROW, max(first, last)
    if match["rows"]:
        top, bottom = (int(one.strip("$")) - 1 for one in match["rows"].split(":"))
        return min(top, bottom), 0, max(top, bottom), LAST_COLUMN
    corners = [_corner(one, shift) for one in match["a1"].split(":")]
    rows, columns = [row for row, _ in corners], [column for _, column in corners]
    return min(rows), min(columns), max(rows), max(columns)


def _corner(text: str, shift: Place) -> Place:
    fixed_column, letters, fixed_row, digits = _CORNER.fullmatch(text).groups()  # type: ignore[union-attr]
    row = int(digits) - 1 + (0 if fixed_row else shift[0])
    column = column_of(letters) + (0 if fixed_column else shift[1])
    return row % (LAST_ROW + 1), column % (LAST_COLUMN + 1)


class _Readers:
    """Who reads which cells."""

    def __init__(self) -> None:
        self.cells: dict[Cell, list[int]] = {}
        self.large: dict[str, list[tuple[Area, int]]] = {}

    def add(self, number: int, where: Where) -> None:
        sheet, area = where
        if size(area) <= _SMALL and sheet:
            for place in places(area):
                self.cells.setdefault((sheet, place), []).append(number)
        else:
            self.large.setdefault(sheet, []).append((area, number))

    def of(self, cell: Cell, known: set[int]) -> list[int]:
        found = [number for number in self.cells.get(cell, ()) if number not in known]
        for sheet in (cell[0], ""):
            rest = [item for item in self.large.get(sheet, ()) if item[1] not in known]
            if rest or sheet in self.large:
                self.large[sheet] = rest
            found += [number for area, number in rest if inside(area, cell[1])]
        return found


def dependants(
    formulas: Mapping[str, Sequence[Formula]], names: Names, edited: Iterable[Cell]
) -> dict[str, list[Formula]]:
    """Return the formulas whose values follow from edited cells, directly or through others.

    Args:
        formulas: small name of a sheet → its formulas.
        names: of the book.
        edited: small name of a sheet and place.

    Returns:
        small name of a sheet → formulas; sheets without any are not there.
    """
    waiting = deque(edited)
    if not waiting:
        return {}
    every = [(sheet, formula) for sheet, found in formulas.items() for formula in found]
    readers, known = _Readers(), set[int]()
    for number, (sheet, formula) in enumerate(every):
        shift = (formula.place[0] - formula.home[0], formula.place[1] - formula.home[1])
        read = None if formula.text is None else areas(formula.text, sheet, names, shift)
        if read is None:
            known.add(number)
            waiting.extend((sheet, place) for place in places(formula.area))
        for where in dict.fromkeys(read or ()):
            readers.add(number, where)
    while waiting:
        for number in readers.of(waiting.popleft(), known):
            if number not in known:
                known.add(number)
                sheet, formula = every[number]
                waiting.extend((sheet, place) for place in places(formula.area))
    stale: dict[str, list[Formula]] = {}
    for number in sorted(known):
        sheet, formula = every[number]
        stale.setdefault(sheet, []).append(formula)
    return stale
