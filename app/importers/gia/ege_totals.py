"""Lines «Итого» and «Всего» of a table are compared with the rows they sum up, above them or below."""

from __future__ import annotations

from collections.abc import Sequence

from app.importers.findings import Findings
from app.importers.gia.ege_layout import Group
from app.importers.grid import Row, UnfitCellError, whole


class Totals:
    """Participants of schools and of lines of totals, group by group."""

    def __init__(self, groups: Sequence[Group]) -> None:
        self._groups = groups
        self._sections: list[list[int]] = [[0] * len(groups)]
        self._lines: list[tuple[int, list[int | None]]] = []

    def school(self, _row_number: int, row: Row) -> None:
        """Add the participants of a school to the section at hand."""
        for place, value in enumerate(self._participants(row)):
            self._sections[-1][place] += value or 0

    def stated(self, row_number: int, row: Row) -> None:
        """Keep a line of totals; it ends a section and begins the next."""
        self._lines.append((row_number, self._participants(row)))
        self._sections.append([0] * len(self._groups))

    def _participants(self, row: Row) -> list[int | None]:
        found: list[int | None] = []
        for group in self._groups:
            try:
                found.append(whole(group.cell(row, "participants")))
            except UnfitCellError:
                found.append(None)
        return found

    def compare(self, findings: Findings) -> None:
        """Note each total that is neither the sum of the section before it, nor of the one after it, nor of all."""
        for place, (row_number, values) in enumerate(self._lines):
            for column, value in enumerate(values):
                before, after = self._sections[place][column], self._sections[place + 1][column]
                everything = sum(section[column] for section in self._sections)
                if value is not None and value not in {before, after, everything}:
                    at = self._groups[column].columns["participants"]
                    findings.add("IMP_EGE_TOTAL_DIFFERS", row_number, at, stated=value, sums=everything)
