"""Cells of a table as they may be believed: stale values of formulas counted anew, error values named."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from app.importers.book import Book, Sheet
from app.importers.findings import Findings
from app.importers.grid import Cell, Row, at
from app.importers.tables.formulas import Recount, recount
from app.importers.tables.merges import Merges
from app.importers.tables.sheet_xml import Place, SheetFacts, look

MOST_TOLD = 40
_LONGEST_FORMULA = 60
_DIGITS = 9


class Values:
    """The cells of one sheet. What is wrong with a formula is told once a cell, and only where the cell is used."""

    def __init__(self, book: Book, sheet: Sheet, findings: Findings) -> None:
        self._findings = findings
        self._merges = Merges(sheet.merged)
        self._held: dict[Place, Cell] = {}
        facts = look(Path(book.path), sheet.name)
        self._facts: SheetFacts = facts or SheetFacts()
        self._recounts: dict[Place, Recount] = recount(sheet.rows(), self._facts)
        self._plain = not self._recounts and not self._facts.errors
        self._told: set[Place] = set()
        self._counted = 0
        if not self._facts.whole or (self._facts.formulas and not self._recounts):
            findings.add("IMP_FORMULAS_UNCHECKED")

    def cell(self, number: int, row: Row, column: int | None) -> Cell:
        """Return the value of a cell (row from 1, column from 0); None for an error value."""
        if column is None:
            return None
        raw = at(row, column)
        if self._plain:
            return raw
        place = (number, column)
        found = self._recounts.get(place)
        if found is not None and (found.is_stale or found.cached is None):
            return self._formula(place, found, raw)
        if place in self._facts.errors:
            self._tell("IMP_CELL_ERROR", place, value=self._facts.errors[place])
            return None
        return raw

    def label(self, number: int, row: Row, column: int | None) -> Cell:
        """Return a text that says whose row it is: of cells merged downwards the first one speaks for all."""
        if column is None:
            return None
        area = self._merges.at(number, column)
        if area is None:
            return self.cell(number, row, column)
        if area.top == number:
            self._held[area.top, area.left] = self.cell(number, row, area.left)
        return self._held.get((area.top, area.left))

    def finish(self) -> None:
        """Say in one line what would be many."""
        more = len(self._told) - MOST_TOLD
        if more > 0:
            self._findings.add("IMP_FORMULAS_MORE", count=more)
        if self._counted:
            self._findings.add("IMP_FORMULAS_COUNTED", count=self._counted)

    def _formula(self, place: Place, found: Recount, raw: Cell) -> Cell:
        value = None if found.value is None else round(found.value, _DIGITS)
        if found.cached is None:
            if value is None:
                self._tell("IMP_FORMULA_EMPTY", place, formula=found.formula[:_LONGEST_FORMULA])
                return raw
            self._counted += place not in self._told
            return value
        if value is not None:
            self._tell(
                "IMP_FORMULA_STALE",
                place,
                formula=found.formula[:_LONGEST_FORMULA],
                kept=_plain(found.cached),
                ours=_plain(value),
            )
        return value

    def _tell(self, code: str, place: Place, **context: Any) -> None:
        if place in self._told:
            return
        self._told.add(place)
        if len(self._told) <= MOST_TOLD:
            self._findings.add(code, place[0], place[1], **context)


def _plain(value: float | str) -> str:
    """A number with a decimal comma and four decimals at most; any other text as it is."""
    try:
        found = float(value)
    except ValueError:
        return str(value)[:_LONGEST_FORMULA]
    line = f"{found:.4f}".rstrip("0").rstrip(".")
    return line.replace(".", ",")


def rows_of(sheet: Sheet, wanted: Iterable[int]) -> Iterable[tuple[int, Row]]:
    """Yield the rows of a sheet with these numbers, which stand in order."""
    numbers = iter(wanted)
    following = next(numbers, None)
    for number, row in sheet.rows():
        while following is not None and following < number:
            following = next(numbers, None)
        if following is None:
            return
        if number == following:
            yield number, row
