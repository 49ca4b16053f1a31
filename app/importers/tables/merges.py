"""Merged cells of a sheet: which cell holds the value of one that is covered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

MOST_RANGES = 50_000
_TALLEST = 3_000
_MOST_ROWS = 300_000


@dataclass(frozen=True, slots=True)
class Range:
    """A merged range: rows from 1, columns from 0, both ends inside."""

    top: int
    left: int
    bottom: int
    right: int


class Merges:
    """Merged ranges found by row. What is beyond all measure (a range over a million rows) is left out."""

    def __init__(self, ranges: Iterable[tuple[int, int, int, int]] = ()) -> None:
        """``ranges`` are (top, left, bottom, right), all from 0, as ``Sheet.merged`` has them."""
        self._rows: dict[int, list[Range]] = {}
        room = _MOST_ROWS
        for top, left, bottom, right in ranges:
            if bottom - top > _TALLEST or right < left or bottom < top:
                continue
            room -= bottom - top + 1
            if room < 0:
                break
            found = Range(top + 1, left, bottom + 1, right)
            for row in range(found.top, found.bottom + 1):
                self._rows.setdefault(row, []).append(found)

    def at(self, row: int, column: int) -> Range | None:
        """Return the range that covers a cell (row from 1, column from 0), or None."""
        return next((found for found in self._rows.get(row, ()) if found.left <= column <= found.right), None)

    def anchor(self, row: int, column: int) -> tuple[int, int]:
        """Return the cell that holds the value: the upper left one of the range, else the cell itself."""
        found = self.at(row, column)
        return (row, column) if found is None else (found.top, found.left)

    def in_row(self, row: int) -> list[Range]:
        """Return the ranges that touch a row."""
        return self._rows.get(row, [])
