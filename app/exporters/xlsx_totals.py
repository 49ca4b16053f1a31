"""Totals of money in Excel: formulas over the rows they sum, with the sums themselves for programs that don't count.

Subtotals use SUBTOTAL, which leaves other subtotals out and follows the filter; a total of one source uses SUMIF over
the column before the money.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.reports.document import Row, Table, Value, shown

_WILD = re.compile(r"[~*?]")
"""Signs that a condition of Excel takes for any letters."""

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
            if row.total == "all":
                end_of_all = above if end_of_all is None else end_of_all
            spans = ((start, end_of_all or start), (first, above))
            found += [_total(table, row, part, *spans) for part in row.parts or ((),)]
    return found


def _total(
    table: Table, row: Row, part: Sequence[Value], whole: tuple[int, int], group: tuple[int, int]
) -> TotalLine | None:
    first, last = whole if row.total == "all" else group
    if not row.total or last < first:
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
