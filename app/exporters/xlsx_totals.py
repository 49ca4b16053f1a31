"""Totals in Excel: formulas over the rows they sum, with the sums themselves for programs that don't count.

Subtotals use SUBTOTAL, which leaves other subtotals out and follows the filter; a total of money of one source uses
SUMIF over the column before the money. Counts are summed by a formula only where the rows above do give the total: a
school that stands in two rows is counted once in it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from app.reports.document import Row, Table, Value, shown

_WILD = re.compile(r"[~*?]")
"""Signs that a condition of Excel takes for any letters."""

TOTAL_WORDS = ("Всего", "Итого")
"""A last row that begins so is a total, whether the paper has marked it or not."""

ALL_SOURCES = "всего"
"""What stands in the place of a source where all of them are summed."""


@dataclass(frozen=True, slots=True)
class TotalLine:
    """A line of the sheet that sums others: the rows it sums, counted from 0, and of which source («» for all)."""

    first: int
    last: int
    source: str = ""


def total_lines(table: Table, start: int) -> list[TotalLine | None]:
    """Return what each line of the sheet sums; None for a plain one. ``start`` is the row of the first line."""
    found: list[TotalLine | None] = []
    end_of_all: int | None = None
    for group in table.groups:
        first = start + len(found)
        for row in group.rows:
            above = start + len(found) - 1
            kind = _kind(table, row)
            if kind == "all":
                end_of_all = above if end_of_all is None else end_of_all
            spans = ((start, end_of_all or start), (first, above))
            found += [_total(table, kind, part, *spans) for part in row.parts or ((),)]
    return found


def _kind(table: Table, row: Row) -> str:
    if row.total or row is not table.groups[-1].rows[-1] or not row.cells:
        return row.total
    return "all" if " ".join(shown(row.cells[0])) in TOTAL_WORDS else ""


def _total(
    table: Table, kind: str, part: Sequence[Value], whole: tuple[int, int], group: tuple[int, int]
) -> TotalLine | None:
    first, last = whole if kind == "all" else group
    if not kind or last < first:
        return None
    place = source_column(table)
    inner = [index for index, column in enumerate(table.columns) if column.inner]
    source = " ".join(shown(part[inner.index(place)])) if place in inner and part else ""
    return TotalLine(first, last, "" if source == ALL_SOURCES else source)


def source_column(table: Table) -> int | None:
    """Return the column that names the source: the one before the first money."""
    money = [index for index, column in enumerate(table.columns) if column.money]
    return money[0] - 1 if money and money[0] else None


def formula(table: Table, place: int, row: int, line: TotalLine | None, shift: int) -> str | None:
    """Return the formula of a cell; None for a typed value.

    Args:
        table: the table.
        place: of the column in it.
        row: of the sheet, from 0.
        line: what the line sums.
        shift: how many columns of the sheet stand before the table's own.
    """
    from xlsxwriter.utility import xl_range

    column = table.columns[place]
    if line is not None and column.money:
        span = xl_range(line.first, place + shift, line.last, place + shift)
        source = source_column(table)
        if not line.source or source is None:
            return f"=SUBTOTAL(9,{span})"
        sources = xl_range(line.first, source + shift, line.last, source + shift)
        name = _WILD.sub(r"~\g<0>", line.source).replace('"', '""')
        return f'=SUMIF({sources},"={name}",{span})'
    summed = [index for index, one in enumerate(table.columns) if one.money and not one.total]
    if column.total and summed:
        return f"=SUM({xl_range(row, summed[0] + shift, row, summed[-1] + shift)})"
    return None


@dataclass(slots=True)
class Counts:
    """The whole numbers written so far, and the formulas that sum them.

    Attributes:
        written: (row, column) of the sheet → its count.
        sums: places that hold a formula: SUBTOTAL passes over them.
    """

    written: dict[tuple[int, int], int] = field(default_factory=dict)
    sums: set[tuple[int, int]] = field(default_factory=set)

    def formulas(self, row: int, values: Sequence[Value], line: TotalLine | None) -> dict[int, str]:
        """Return column → formula of the counts of a total; none where the rows above do not give all of them.

        Args:
            row: of the sheet, from 0.
            values: of all columns of the sheet.
            line: what the row sums; None for a plain row, whose counts are remembered.
        """
        from xlsxwriter.utility import xl_range

        counts = {column: value for column, value in enumerate(values) if isinstance(value, int)}
        self.written |= {(row, column): value for column, value in counts.items()}
        if line is None or line.source:
            return {}
        if any(self._above(line, column) != value for column, value in counts.items()):
            return {}
        self.sums |= {(row, column) for column in counts}
        return {column: f"=SUBTOTAL(9,{xl_range(line.first, column, line.last, column)})" for column in counts}

    def _above(self, line: TotalLine, column: int) -> int | None:
        places = [(row, column) for row in range(line.first, line.last + 1)]
        known = [self.written[place] for place in places if place in self.written and place not in self.sums]
        return sum(known) if known else None


def without_totals(lines: Sequence[TotalLine | None]) -> int:
    """Return how many lines stand before the totals at the foot: so many the filter takes."""
    left = len(lines)
    while left and lines[left - 1] is not None:
        left -= 1
    return left
