"""Rows of totals held against our own sums: a difference is shown, the rows of schools are what is taken."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from app.importers.findings import Findings
from app.importers.grid import Cell, heading
from app.importers.tables.figures import Group, number_or_none
from app.importers.tables.layout import GroupRow
from app.importers.tables.words import municipality_name

MOST_TOLD = 40
_PERCENT_ROOM = Decimal("0.2")
_TYPES = re.compile(r"\b(?:г|город|муниципальн\w*|район\w*|округ\w*|мр|мо|го|образовани\w*|городско\w*)\b")

Read = Callable[[int], Cell]


@dataclass(slots=True)
class Sums:
    """Sums of rows by column: counts as they are, percentages weighed by participants."""

    counts: dict[int, Decimal] = field(default_factory=dict)
    weighed: dict[int, tuple[Decimal, Decimal]] = field(default_factory=dict)
    rows: int = 0

    def add(self, at: int, value: Decimal) -> None:
        """Add a count."""
        self.counts[at] = self.counts.get(at, Decimal(0)) + value

    def weigh(self, at: int, share: Decimal, participants: Decimal) -> None:
        """Add a percentage of so many participants."""
        total, weight = self.weighed.get(at, (Decimal(0), Decimal(0)))
        self.weighed[at] = (total + share * participants, weight + participants)

    def value(self, at: int, *, percent: bool) -> Decimal | None:
        """Return the sum of a column, or None where nothing stood in it."""
        if not percent:
            return self.counts.get(at)
        total, weight = self.weighed.get(at, (Decimal(0), Decimal(0)))
        return total / weight if weight else None


@dataclass(frozen=True, slots=True)
class _Stated:
    """A row of totals: its figures and the sum of the rows since the one before it."""

    row: GroupRow
    figures: dict[int, Decimal]
    segment: Sums | None


def municipality_key(name: str) -> str:
    """Return what is left of the name of a municipality without its kind: «г. Барнаул» and «город Барнаул» agree."""
    found = heading(municipality_name(name))
    return " ".join(_TYPES.sub(" ", found).split()) or found


class Totals:
    """Sums of a block by group of columns, and the totals that the file states."""

    def __init__(self, groups: Sequence[Group], findings: Findings) -> None:
        self._groups = groups
        self._findings = findings
        self._table = Sums()
        self._segment = Sums()
        self._by_municipality: dict[str, Sums] = {}
        self._stated: list[_Stated] = []
        self._told = 0

    def row(self, read: Read, municipality: str | None) -> None:
        """Take the figures of a school's row as they stand, whether or not the row is accepted."""
        sums = [self._table, self._segment]
        if municipality:
            sums.append(self._by_municipality.setdefault(municipality_key(municipality), Sums()))
        for each in sums:
            each.rows += 1
        for group in self._groups:
            at = group.at("participants")
            participants = number_or_none(read(at)) if at is not None else None
            for figure in group.figures:
                value = number_or_none(read(figure.at)) if figure.field != "mean" else None
                if value is None:
                    continue
                for each in sums:
                    if figure.kind == "count":
                        each.add(figure.at, value)
                    elif participants:
                        each.weigh(figure.at, value, participants)

    def total(self, row: GroupRow, read: Read) -> None:
        """Take a row of totals; the segment of rows it may sum up ends here unless it stands above its rows."""
        figures = {
            figure.at: value
            for group in self._groups
            for figure in group.figures
            if figure.field != "mean" and (value := number_or_none(read(figure.at))) is not None
        }
        self._stated.append(_Stated(row, figures, None if row.opens else self._segment))
        if self._segment.rows:
            self._segment = Sums()

    def finish(self) -> None:
        """Say where what the file states is not what its rows give."""
        for stated in self._stated:
            candidates = self._candidates(stated)
            if not candidates:
                continue
            for group in self._groups:
                for figure in group.figures:
                    if figure.at in stated.figures:
                        self._compare(stated, figure.at, candidates, percent=figure.kind == "percent", group=group)
        if self._told > MOST_TOLD:
            self._findings.add("IMP_TOTALS_MORE", count=self._told - MOST_TOLD)
        if self._stated:
            self._findings.add("IMP_TOTALS_SKIPPED", count=len(self._stated))

    def _candidates(self, stated: _Stated) -> list[Sums]:
        """What a row of totals may sum up; the likeliest first."""
        if stated.row.scope == "region":
            return [self._table] if self._table.rows else []
        named = self._by_municipality.get(municipality_key(stated.row.name)) if stated.row.scope != "table" else None
        found = [named, stated.segment if stated.segment and stated.segment.rows else None]
        if stated.row.scope == "table":
            found.append(self._table)
        return [sums for sums in found if sums is not None]

    def _compare(self, stated: _Stated, at: int, candidates: Sequence[Sums], *, percent: bool, group: Group) -> None:
        said = stated.figures[at]
        values = [value for sums in candidates if (value := sums.value(at, percent=percent)) is not None]
        if not values or any(_agree(said, value, percent=percent, group=group) for value in values):
            return
        self._told += 1
        if self._told <= MOST_TOLD:
            self._findings.add(
                "IMP_TOTAL_DISAGREES", stated.row.row, at, name=stated.row.name,
                stated=_plain(said), ours=_plain(values[0]),
            )  # fmt: skip


def _agree(said: Decimal, ours: Decimal, *, percent: bool, group: Group) -> bool:
    if not percent:
        return said == ours
    room = (_PERCENT_ROOM if group.decimals else Decimal(1)) / (100 if group.fractions else 1)
    return abs(said - ours) <= room


def _plain(value: Decimal) -> str:
    line = f"{round(value, 2):f}"
    return (line.rstrip("0").rstrip(".") if "." in line else line).replace(".", ",")
