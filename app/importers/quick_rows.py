"""The quick way through a plain table of results: what cells say of unit and work is found out once and remembered.

A row goes the quick way only where the careful way would take it without a word; everything else goes the careful way.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from itertools import compress
from operator import itemgetter

from app.errors import Problem
from app.importers.findings import unit_key, without_repeats
from app.importers.grid import LARGEST_COUNT, Cell, Header, Row
from app.importers.packed import NOTHING, MarkRows, Work
from app.importers.parsed import UnitRef

_UNIT = ("school", "code", "municipality")
_WORK = ("year", "procedure", "subject", "level", "grade")
_FIGURES = ("participants", "2", "3", "4", "5", "below")
_FLOATS, _TEXTS = {float}, {str}
_NUMBERS = {int, float}
_LONGEST = 6
"""Digits of a count that needs no look at its bounds."""


@dataclass(frozen=True, slots=True)
class Counts:
    """Figures of one row, already checked against one another."""

    participants: int
    m2: int | None
    m3: int | None
    m4: int | None
    m5: int | None
    below: int | None


class QuickRows:
    """The rows of one sheet on their way into ``MarkRows``."""

    def __init__(self, header: Header, found: MarkRows, sheet: str | None) -> None:
        self._found = found
        self._unit_at = [header.at[key] for key in _UNIT if key in header]
        self._work_at = [header.at[key] for key in _WORK if key in header]
        self._unit_of, self._work_of = _many(self._unit_at), _many(self._work_at)
        present = [key for key in _FIGURES if key in header]
        self._figures_of = _many([header.at[key] for key in present])
        self._places = [_FIGURES.index(key) for key in present]
        self._has_all_but_below = present == list(_FIGURES[:-1])
        self._mean_at = header.at.get("mean")
        self._width = max(header.at.values()) + 1
        self._units: dict[tuple[Cell, ...], int] = {}
        self._works: dict[tuple[Cell, ...], int] = {}
        self._unit_index = {unit: index for index, unit in enumerate(found.units)}
        self._work_index = {work: index for index, work in enumerate(found.works)}
        self._sheet = len(found.sheets)
        found.sheets.append(sheet)
        self._lot: list[tuple[int, ...]] = []

    def take(self, row_number: int, row: Row) -> bool:
        """Take a plain row; False where it must be looked at with care."""
        if len(row) < self._width or (self._mean_at is not None and row[self._mean_at] not in ("", None)):
            return False
        unit = self._units.get(self._unit_of(row))
        work = self._works.get(self._work_of(row))
        if unit is None or work is None:
            return False
        found = _plain(self._figures_of(row))
        if found is None:
            return False
        if self._has_all_but_below:
            participants, m2, m3, m4, m5 = found
            below = NOTHING
        else:
            figures = [NOTHING] * len(_FIGURES)
            for place, figure in zip(self._places, found, strict=True):
                figures[place] = figure
            participants, m2, m3, m4, m5, below = figures
        if m2 >= 0:
            if m3 < 0 or m4 < 0 or m5 < 0 or m2 + m3 + m4 + m5 != participants or below not in (NOTHING, m2):
                return False
            below = m2
        elif m3 >= 0 or m4 >= 0 or m5 >= 0 or not 0 <= below <= participants:
            return False
        self._put((unit, work, self._sheet, row_number, participants, m2, m3, m4, m5, below))
        return True

    def take_lot(self, lot: Sequence[tuple[int, Row]], learn: Callable[[int, Row], None]) -> list[tuple[int, Row]]:
        """Take the plain rows of a lot together, column by column; return the others.

        After the others have been looked at, ``settle`` puts everything into the order of the rows.

        Args:
            lot: row numbers and rows.
            learn: remembers what the cells of a row say of unit and work, if there is nothing to say against them.
        """
        numbers, rows = zip(*lot, strict=True)
        figures = self._figures(rows) if min(map(len, rows)) >= self._width else None
        if figures is None:
            return list(lot)
        whose, what = _keys(rows, self._unit_at), _keys(rows, self._work_at)
        for index in sorted(_new_ones(whose, self._units) | _new_ones(what, self._works)):
            learn(numbers[index], rows[index])
        units = list(map(self._units.get, whose))
        works = list(map(self._works.get, what))
        known = [unit is not None and work is not None for unit, work in zip(units, works, strict=True)]
        others = [] if all(known) else [pair for pair, knows in zip(lot, known, strict=True) if not knows]
        participants, m2, m3, m4, m5 = figures
        columns: list[Sequence[int | None]] = [
            units, works, [self._sheet] * len(lot), numbers, participants, m2, m3, m4, m5, m2
        ]  # fmt: skip
        for column, values in zip(self._found.columns.values(), columns, strict=True):
            column.extend(compress(values, known) if others else values)  # type: ignore[arg-type]
        return others

    def _figures(self, rows: Sequence[Row]) -> list[list[int]] | None:
        """Return participants and marks of rows that are all plain and say nothing of minimum and mean; else None."""
        if not self._has_all_but_below:
            return None
        if self._mean_at is not None and not {row[self._mean_at] for row in rows} <= {"", None}:
            return None
        found = [_plain_column(column) for column in zip(*map(self._figures_of, rows), strict=True)]
        columns = [column for column in found if column is not None]
        if len(columns) < len(found):
            return None
        sums = [a + b + c + d for a, b, c, d in zip(*columns[1:], strict=True)]
        return columns if sums == columns[0] else None

    def _put(self, row: tuple[int, ...]) -> None:
        self._lot.append(row)

    def settle(self, start: int) -> None:
        """Move what has gathered into the columns; from ``start`` on the rows then stand in their order."""
        mixed = bool(self._lot) and len(self._found) > start
        self._found.extend(self._lot)
        self._lot.clear()
        if mixed:
            self._found.put_in_order(start)

    def knows_unit(self, row: Row) -> bool:
        """Tell whether the cells that say whose row it is have been seen."""
        return self._unit_of(row) in self._units

    def knows_work(self, row: Row) -> bool:
        """Tell whether the cells that say what work it is about have been seen."""
        return self._work_of(row) in self._works

    def remember_unit(self, row: Row, unit: UnitRef) -> None:
        """Remember whom the cells of this row mean."""
        if len(row) >= self._width:
            self._units[self._unit_of(row)] = self._unit(unit)

    def remember_work(self, row: Row, work: Work) -> None:
        """Remember what work the cells of this row mean."""
        if len(row) >= self._width:
            cells = self._work_of(row)
            # True is equal to 1: a cell «ИСТИНА» must not pass for the first grade
            if not {0, 1} & set(cells):
                self._works[cells] = self._work(work)

    def add(self, row_number: int, unit: UnitRef, work: Work, counts: Counts, mean: str | None) -> None:
        """Take a row that was looked at with care."""
        c = counts
        if mean is not None:
            self._found.means[len(self._found) + len(self._lot)] = mean
        figures = [NOTHING if figure is None else figure for figure in (c.m2, c.m3, c.m4, c.m5, c.below)]
        self._put((self._unit(unit), self._work(work), self._sheet, row_number, c.participants, *figures))

    def _unit(self, unit: UnitRef) -> int:
        index = self._unit_index.setdefault(unit, len(self._found.units))
        if index == len(self._found.units):
            self._found.units.append(unit)
        return index

    def _work(self, work: Work) -> int:
        index = self._work_index.setdefault(work, len(self._found.works))
        if index == len(self._found.works):
            self._found.works.append(work)
        return index


def _many(places: list[int]) -> Callable[[Row], tuple[Cell, ...]]:
    """Return what takes some cells of a row as a tuple, however few they are."""
    if len(places) > 1:
        return itemgetter(*places)
    return lambda row: tuple([row[place] for place in places])


def _keys(rows: Sequence[Row], places: list[int]) -> list[tuple[Cell, ...]]:
    """Return some cells of each row."""
    if not places:
        return [()] * len(rows)
    return list(zip(*(map(itemgetter(place), rows) for place in places), strict=True))


def _new_ones(keys: Sequence[tuple[Cell, ...]], known: Mapping[tuple[Cell, ...], int]) -> set[int]:
    """Return the places where keys that nobody knows stand first."""
    if known.keys() >= set(keys):
        return set()
    first = dict(zip(reversed(keys), range(len(keys) - 1, -1, -1), strict=True))
    return {index for key, index in first.items() if key not in known}


def _plain(cells: tuple[Cell, ...]) -> list[int] | None:
    """Return whole counts, −1 for empty cells; None where a cell must be looked at with care."""
    kinds = set(map(type, cells))
    if kinds == _FLOATS:
        try:
            found = list(map(int, cells))  # type: ignore[arg-type]
        except (ValueError, OverflowError):  # no number, or one without end
            return None
        # nothing below zero and no fractions: then the participants are the greatest
        return found if found == list(cells) and min(found) >= 0 and found[0] <= LARGEST_COUNT else None
    found = []
    for cell in cells:
        if cell is None or cell == "":
            found.append(NOTHING)
        elif type(cell) is str and len(cell) <= _LONGEST and cell.isdecimal() and cell.isascii():
            found.append(int(cell))
        elif type(cell) in _NUMBERS and 0 <= cell <= LARGEST_COUNT and cell == int(cell):  # type: ignore[operator, arg-type]
            found.append(int(cell))  # type: ignore[arg-type]
        else:
            return None
    return found


def _plain_column(cells: Sequence[Cell]) -> list[int] | None:
    """Return a column of whole counts; None where a single one must be looked at with care."""
    kinds = set(map(type, cells))
    if kinds == _TEXTS:
        if "" in cells or max(map(len, cells)) > _LONGEST:  # type: ignore[arg-type]
            return None
        line = "".join(cells)  # type: ignore[arg-type]
        return list(map(int, cells)) if line.isascii() and line.isdecimal() else None  # type: ignore[arg-type]
    if kinds != _FLOATS:
        return None
    try:
        found = list(map(int, cells))  # type: ignore[arg-type]
    except (ValueError, OverflowError):
        return None
    return found if found == list(cells) and min(found) >= 0 and max(found) <= LARGEST_COUNT else None


def told_once(found: MarkRows, problems: list[Problem]) -> MarkRows:
    """Return rows whose unit and work stand once; repeats are treated as ``without_repeats`` does.

    Args:
        found: all rows.
        problems: where the findings go.
    """
    numbers: dict[Hashable, int] = {}
    key_of = [numbers.setdefault(unit_key(unit), len(numbers)) for unit in found.units]
    works, units = found.columns["work"], found.columns["unit"]
    width = len(found.works)
    keys = [key_of[unit] * width + work for unit, work in zip(units, works, strict=True)]
    if len(set(keys)) == len(keys):
        return found
    several = {key for key, times in Counter(keys).items() if times > 1}
    doubtful = [(index, found[index]) for index, key in enumerate(keys) if key in several]
    kept = without_repeats([((row.count.assessment, row.count.year), row) for _index, row in doubtful], problems)
    chosen = {id(row) for row in kept}
    out = {index for index, row in doubtful if id(row) not in chosen}
    return found.keep([index for index in range(len(found)) if index not in out])
