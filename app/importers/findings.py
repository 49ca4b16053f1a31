"""Everything wrong with one file, collected in one pass, and rows that say the same thing twice."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import Any, Literal, Protocol, TypeVar

from app.errors import Problem, problem
from app.importers.grid import Cell, Header, Row, UnfitCellError, address, whole
from app.importers.parsed import UnitRef
from app.models.records import Origin


class Findings:
    """Problems of one sheet, each with its cell; nothing stops at the first."""

    def __init__(self, sheet: str | None) -> None:
        self.sheet = sheet
        self.problems: list[Problem] = []

    def add(
        self,
        code: str,
        row: int | None = None,
        column: int | None = None,
        *,
        level: Literal["error", "warning", "hint"] | None = None,
        **context: Any,
    ) -> None:
        """Note a finding at a row (from 1) and a column (from 0), either unknown."""
        cell = None
        if row is not None:
            cell = str(row) if column is None else address(row, column)
        self.problems.append(problem(code, level=level, sheet=self.sheet, cell=cell, row=row, **context))

    def whole(self, header: Header, row: int, cells: Row, key: str) -> tuple[int | None, bool]:
        """Return (count, fits): the whole count under a heading; a cell that does not fit is noted."""
        return self.whole_at(row, header.at.get(key), header.cell(cells, key))

    def whole_at(self, row: int, column: int | None, value: Cell) -> tuple[int | None, bool]:
        """Return (count, fits) of one cell."""
        try:
            return whole(value), True
        except UnfitCellError as fault:
            self.add(fault.code, row, column)
            return None, False


class Placed(Protocol):
    """A parsed row that knows its unit and its place."""

    @property
    def unit(self) -> UnitRef:
        """Whose figures these are."""

    @property
    def origin(self) -> Origin:
        """Where they stand."""


_Row = TypeVar("_Row", bound=Placed)


def unit_key(unit: UnitRef) -> Hashable:
    """Return what makes two rows speak of one unit within one file."""
    if unit.codes:
        return unit.codes[0]
    return unit.kind, unit.name.lower().replace("ё", "е"), (unit.municipality or "").lower()


def without_repeats(rows: Iterable[tuple[Hashable, _Row]], problems: list[Problem]) -> list[_Row]:
    """Return rows whose key stands once; each repeat becomes a problem that names both rows.

    A row repeated with the same figures is kept once (a warning); rows that contradict each other are all left out
    (an error): nobody but a person knows which is right.

    Args:
        rows: (what is counted, row); the second and third dataclass fields of a row are its figures and its origin.
        problems: where the findings go.
    """
    kept: dict[Hashable, _Row] = {}
    contradicted: set[Hashable] = set()
    for what, row in rows:
        key = (unit_key(row.unit), what)
        first = kept.setdefault(key, row)
        if first is row:
            continue
        same = _figures(first) == _figures(row)
        if not same:
            contradicted.add(key)
        problems.append(
            problem(
                "IMP_ROW_REPEATED" if same else "IMP_ROW_CONTRADICTS",
                sheet=row.origin.sheet,
                cell=str(row.origin.row_from),
                row=row.origin.row_from,
                first=first.origin.row_from,
                first_sheet=first.origin.sheet or "",
                unit=row.unit.name,
            )
        )
    return [row for key, row in kept.items() if key not in contradicted]


def _figures(row: Placed) -> object:
    return getattr(row, "count", None) or getattr(row, "comparison", None)
