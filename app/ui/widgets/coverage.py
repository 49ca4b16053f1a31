"""A small grid: which assessments of which years are loaded, from how many schools."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from app.models.records import PROCEDURES
from app.models.results import Coverage
from app.ui import theme
from app.ui.widgets.basics import clear_layout
from app.ui.widgets.labels import ElidedLabel, Label, ruler

YEARS_SHOWN = 4
ROWS_SHOWN = 13


def _place(pair: tuple[str, dict[int, Coverage]]) -> tuple[int, str]:
    procedure = next(iter(pair[1].values())).assessment.procedure
    return PROCEDURES.index(procedure), pair[0]


class CoverageGrid(QWidget):
    """Assessments down, years across, «22 из 24» in the cells."""

    def __init__(self, parent: QWidget | None = None):
        super().__init__(parent)
        px = theme.current().px
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(px(16))
        self._grid.setVerticalSpacing(px(3))
        self._grid.setColumnStretch(0, 1)

    def lines_height(self) -> int:
        """Return how high all lines are together."""
        self._grid.activate()
        return self._grid.totalMinimumSize().height()

    def show_coverage(self, found: list[Coverage], schools: int) -> None:
        """Show what is loaded; ``schools`` is how many there could be."""
        clear_layout(self._grid)
        years = sorted({item.year for item in found})[-YEARS_SHOWN:]
        labels: dict[str, dict[int, Coverage]] = {}
        for item in found:
            labels.setdefault(item.assessment.label, {})[item.year] = item
        self._head(years)
        for line, (label, cells) in enumerate(sorted(labels.items(), key=_place)[:ROWS_SHOWN], start=2):
            self._grid.addWidget(ElidedLabel(label), line, 0)
            for column, year in enumerate(years, start=1):
                self._grid.addWidget(self._cell(cells.get(year), schools), line, column)
        if len(labels) > ROWS_SHOWN:
            self._grid.addWidget(Label(f"и ещё {len(labels) - ROWS_SHOWN}", "muted"), ROWS_SHOWN + 2, 0)

    def _head(self, years: list[int]) -> None:
        self._grid.addWidget(Label("Процедура · сколько школ", "muted"), 0, 0)
        for column, year in enumerate(years, start=1):
            head = Label(str(year), "muted")
            head.setAlignment(Qt.AlignmentFlag.AlignRight)
            self._grid.addWidget(head, 0, column)
        self._grid.addWidget(ruler(), 1, 0, 1, len(years) + 1)

    @staticmethod
    def _cell(item: Coverage | None, schools: int) -> Label:
        text = "—" if item is None else f"{item.schools}\u00a0из\u00a0{max(schools, item.schools)}"
        cell = Label(text)
        cell.setAlignment(Qt.AlignmentFlag.AlignRight)
        if item is not None:
            cell.setToolTip(f"Участников: {item.participants}")
        return cell
