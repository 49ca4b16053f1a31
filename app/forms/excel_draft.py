"""A sheet while it is being planned: cells, checks and tints gathered row by row; the lists that cells choose from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.forms.excel_keys import LISTS_SHEET
from app.forms.excel_model import Cell, Check, Column, Look, Place, Spot, Tint, Value, address, letters


def quoted(text: str) -> str:
    """Return a text as a formula writes it."""
    return '"' + text.replace('"', '""') + '"'


def area(row: int, column: int, last_row: int, last_column: int, sheet: str = "") -> str:
    """Return a range with absolute addresses, of another sheet where one is named."""
    name = "'" + sheet.replace("'", "''") + "'!" if sheet else ""
    first = f"${letters(column)}${row + 1}"
    last = f"${letters(last_column)}${last_row + 1}"
    return f"{name}{first}" if first == last else f"{name}{first}:{last}"


def runs(rows: Sequence[int], column: int, sheet: str = "") -> str:
    """Return the ranges of rows of one column, neighbours joined, as arguments of SUM."""
    parts: list[list[int]] = []
    for row in sorted(rows):
        if parts and row == parts[-1][1] + 1:
            parts[-1][1] = row
        else:
            parts.append([row, row])
    return ",".join(area(first, column, last, column, sheet) for first, last in parts)


@dataclass(frozen=True, slots=True)
class ListRange:
    """Where the texts of a list and their points stand on the sheet of lists; ``points`` is empty without points."""

    texts: str
    points: str = ""


class Lists:
    """The plain sheet of lists: one column a list, its points in the next one."""

    def __init__(self) -> None:
        self._known: dict[tuple[tuple[str, ...], tuple[int | None, ...]], ListRange] = {}
        self.cells: list[Cell] = []
        self.columns: list[Column] = []

    def take(self, texts: Sequence[str], points: Sequence[int | None] = ()) -> ListRange:
        """Return the range of a list; equal lists stand there once."""
        key = (tuple(texts), tuple(points))
        if key not in self._known:
            self._known[key] = self._add(key[0], key[1])
        return self._known[key]

    def _add(self, texts: tuple[str, ...], points: tuple[int | None, ...]) -> ListRange:
        column, last = len(self.columns), len(texts)
        self.columns.append(Column("", "Ответы", min(max(len(text) for text in texts) + 3.0, 60.0)))
        self.cells.append(Cell(0, column, "list_head", "Ответы"))
        self.cells += [Cell(row, column, "list", text) for row, text in enumerate(texts, start=1)]
        where = area(1, column, last, column, LISTS_SHEET)
        if all(value is None for value in points):
            return ListRange(where)
        self.columns.append(Column("", "Баллы", 9.0))
        self.cells.append(Cell(0, column + 1, "list_head", "Баллы"))
        self.cells += [Cell(row, column + 1, "list_points", value) for row, value in enumerate(points, start=1)]
        return ListRange(where, area(1, column + 1, last, column + 1, LISTS_SHEET))


class Draft:
    """One sheet being planned."""

    def __init__(self, name: str, form: int, sheet: int, columns: Sequence[Column]) -> None:
        self.name, self.form, self.sheet, self.columns = name, form, sheet, tuple(columns)
        self.cells: list[Cell] = []
        self.tints: list[Tint] = []
        self.spots: dict[Spot, Place] = {}
        self._checks: dict[Check, list[tuple[int, int]]] = {}
        self._at = {column.name: number for number, column in enumerate(self.columns)}
        self.row = 0

    def has(self, name: str) -> bool:
        """Whether the sheet has a column of that name."""
        return name in self._at

    def at(self, name: str) -> int:
        """Return the number of a column."""
        return self._at[name]

    @property
    def edge(self) -> int:
        """The last column that is shown."""
        return max(number for number, column in enumerate(self.columns) if not column.hidden)

    def put(
        self, name: str | int, look: Look, value: Value | None = None, *, formula: str = "", across: int = -1
    ) -> None:
        """Put a cell into the row at work; of two columns, the number is taken as it is."""
        column = name if isinstance(name, int) else self.at(name)
        self.cells.append(Cell(self.row, column, look, value, formula, across if across > column else -1))

    def spot(self, name: str, key: str = "", column: int | None = None) -> None:
        """Remember that the cell of the row at work is filled for each subject."""
        place = Place(self.sheet, self.row, self.at(name) if column is None else column)
        self.spots[Spot(self.form, name, key)] = place

    def check(self, column: int, rule: Check | None) -> None:
        """Check what is typed into a cell of the row at work."""
        if rule is not None:
            self._checks.setdefault(rule, []).append((self.row, column))

    def here(self, name: str) -> str:
        """Return the address of a cell in the row at work, its column fixed."""
        return "$" + address(self.row, self.at(name))

    def checks(self) -> tuple[Check, ...]:
        """Return the checks with the cells that they are for."""
        return tuple(replace(rule, cells=tuple(cells)) for rule, cells in self._checks.items())
