"""Money of a programme by activity, task, source and year: whole kopecks, and what could not be read beside them.

Money of a task is a line of its own beside the money of its activities, as the paper prints it; the total is the sum of
all lines (004, table 3).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from app.models.programme_records import SOURCES, Money, Tree


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum and what is missing in it.

    Attributes:
        kopecks: sum of what was understood; None where there is nothing.
        unread: what was typed and is no sum, as typed.
    """

    kopecks: int | None = None
    unread: tuple[str, ...] = ()


@dataclass(frozen=True)
class MoneyOf:
    """Money of some rows by year and source; ``years`` is in order."""

    rows: tuple[Money, ...] = ()
    _kept: dict[tuple[int | None, str | None], Amount] = field(default_factory=dict)

    def amount(self, year: int | None = None, source: str | None = None) -> Amount:
        """Return the sum of one year or of all, from one source or from all."""
        if (year, source) not in self._kept:
            self._kept[year, source] = total(
                row for row in self.rows if year in {None, row.plan_year} and source in {None, row.source}
            )
        return self._kept[year, source]


def total(rows: Iterable[Money]) -> Amount:
    """Return the sum of rows; those that are no sums are named, not counted."""
    found: int | None = None
    unread: list[str] = []
    for row in rows:
        if row.kopecks is not None:
            found = (found or 0) + row.kopecks
        elif row.code is not None:
            unread.append(row.raw)
    return Amount(found, tuple(unread))


def money_of(tree: Tree, node_ids: Iterable[int]) -> MoneyOf:
    """Return the money of these nodes, in their order, without years outside the programme's."""
    years = tree.programme.years
    return MoneyOf(tuple(row for key in node_ids for row in tree.money.get(key, ()) if row.plan_year in years))


def sources_of(tree: Tree) -> tuple[str, ...]:
    """Return the sources that any money comes from: those the program knows in its order, then own ones by name."""
    found = {row.source for rows in tree.money.values() for row in rows}
    return (*(source for source in SOURCES if source in found), *sorted(found.difference(SOURCES), key=str.casefold))
