"""Tables of plans as their file shows them, before anything is understood. They travel from the reading child."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One row of a table.

    Attributes:
        number: the row's number from 1, as the file's own program counts it.
        cells: texts; line breaks inside a cell are kept, cells merged into another are empty.
        wide: one cell is merged over most of the table.
        down: columns (from 0) whose cell is merged with the one above.
    """

    number: int
    cells: tuple[str, ...]
    wide: bool = False
    down: frozenset[int] = frozenset()

    @property
    def filled(self) -> tuple[int, ...]:
        """The columns with a text."""
        return tuple(place for place, text in enumerate(self.cells) if text)

    def at(self, column: int | None) -> str:
        """Return the text of a column; "" where the row is shorter or the column is unknown."""
        return self.cells[column] if column is not None and column < len(self.cells) else ""


@dataclass(frozen=True, slots=True)
class PlanTable:
    """One table: what it is called («Таблица 1», «Лист «План»»), the text above it, its rows."""

    place: str
    caption: str
    lines: tuple[PlanLine, ...]

    @property
    def width(self) -> int:
        """Columns of the widest row."""
        return max((len(line.cells) for line in self.lines), default=0)
