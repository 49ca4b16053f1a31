"""Very many rows of a plain table of results, kept in columns: a million rows take tens of megabytes, not hundreds.

To whoever walks over it, it is a sequence of ``ParsedMark``; whoever is in a hurry takes the columns. It crosses the
pipe as a handful of byte strings.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping, Sequence
from typing import overload

from app.importers.parsed import ParsedMark, UnitRef
from app.models.records import Assessment, MarkCount, Origin

_COLUMNS = ("unit", "work", "sheet", "row", "participants", "m2", "m3", "m4", "m5", "below")
NOTHING = -1
"""Stands for None among figures."""
Work = tuple[Assessment, int]
"""An assessment and its year."""


class MarkRows(Sequence[ParsedMark]):
    """Counts of a plain table: whole numbers from single rows, nothing restored, nothing of autumn.

    Attributes:
        units: who is counted; ``unit`` of a row is an index into it.
        works: what was sat; ``work`` of a row is an index into it.
        sheets: names of the sheets; ``sheet`` of a row is an index into it.
        columns: ``array`` by name: unit, work, sheet, row (from 1), participants, m2, m3, m4, m5, below (−1 for None).
        means: index of a row → its stated mean, where there is one.
    """

    __slots__ = ("columns", "means", "sheets", "units", "works")

    def __init__(
        self,
        units: Sequence[UnitRef] = (),
        works: Sequence[Work] = (),
        sheets: Sequence[str | None] = (),
        columns: Sequence[bytes] = (),
        means: Mapping[int, str] | None = None,
    ) -> None:
        self.units = list(units)
        self.works = list(works)
        self.sheets = list(sheets)
        self.columns = {name: array("i") for name in _COLUMNS}
        for name, data in zip(_COLUMNS, columns, strict=False):
            self.columns[name].frombytes(data)
        self.means = dict(means or {})

    def __reduce__(self) -> tuple[object, ...]:
        """Travel as byte strings."""
        data = tuple(self.columns[name].tobytes() for name in _COLUMNS)
        return MarkRows, (self.units, self.works, self.sheets, data, self.means)

    def __len__(self) -> int:
        return len(self.columns["unit"])

    @overload
    def __getitem__(self, index: int) -> ParsedMark: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[ParsedMark, ...]: ...

    def __getitem__(self, index: int | slice) -> ParsedMark | tuple[ParsedMark, ...]:
        if isinstance(index, slice):
            return tuple(self[i] for i in range(*index.indices(len(self))))
        at = index if index >= 0 else len(self) + index
        unit, work, sheet, row, participants, *figures = (self.columns[name][at] for name in _COLUMNS)
        m2, m3, m4, m5, below = (None if figure == NOTHING else figure for figure in figures)
        assessment, year = self.works[work]
        count = MarkCount(assessment, year, participants, m2, m3, m4, m5, below, self.means.get(at))
        return ParsedMark(self.units[unit], count, Origin(self.sheets[sheet], row, row))

    def __iter__(self) -> Iterator[ParsedMark]:
        return (self[i] for i in range(len(self)))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence) or isinstance(other, str):
            return NotImplemented
        return len(self) == len(other) and all(mine == theirs for mine, theirs in zip(self, other, strict=True))

    __hash__ = None  # type: ignore[assignment]

    def rows(self) -> Iterator[tuple[int, ...]]:
        """Yield the columns of each row in their order, figures that are None as −1."""
        return zip(*(self.columns[name] for name in _COLUMNS), strict=True)

    def extend(self, rows: Sequence[tuple[int, ...]]) -> None:
        """Add rows, each the columns in their order."""
        for column, values in zip(self.columns.values(), zip(*rows, strict=True), strict=False):
            column.extend(values)

    def put_in_order(self, start: int) -> None:
        """Put the rows from ``start`` on into the order in which they stand on their sheet; none of them has a mean."""
        lines = self.columns["row"]
        order = sorted(range(start, len(self)), key=lines.__getitem__)
        for column in self.columns.values():
            column[start:] = array("i", map(column.__getitem__, order))

    def keep(self, wanted: Sequence[int]) -> MarkRows:
        """Return only some rows, by index in rising order."""
        kept = MarkRows(self.units, self.works, self.sheets)
        for name, column in self.columns.items():
            kept.columns[name] = array("i", (column[i] for i in wanted))
        kept.means = {new: self.means[old] for new, old in enumerate(wanted) if old in self.means}
        return kept
