"""Plan against fact over the days: the bars are the terms of the year, the marks on them what happened."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from app.analysis.programme_dates import DatePlan, DateRow, Span
from app.models.execution import Key
from app.operations import execution_words
from app.operations.execution import ExecutionLine, ExecutionTable
from app.ui import theme
from app.ui.pages.execution_card import kind_of
from app.ui.widgets.basics import Combo
from app.ui.widgets.gantt import Gantt
from app.ui.widgets.gantt_paint import PlanFact
from app.ui.widgets.gantt_scale import ZOOMS
from app.ui.widgets.labels import ElidedLabel

if TYPE_CHECKING:
    from app.ui.pages.execution_view import ExecutionView

LEGEND = "Полоса — срок по плану. Закрашенный круг — когда выполнено, пустой — новый срок."
SHORT: dict[str, str] = {
    "late": "просрочено", "soon": "скоро срок", "running": "идёт", "part": "частично", "moved": "перенесено",
    "cancelled": "отменено", "done": "выполнено",
}  # fmt: skip


def _spans(line: ExecutionLine) -> tuple[Span, ...]:
    return tuple((date.fromisoformat(first), date.fromisoformat(last)) for first, last in line.spans)


def rows_of(lines: Sequence[ExecutionLine]) -> list[DateRow]:
    """Return lines under the headings of the plan as rows of the chart."""
    rows: list[DateRow] = []
    group: tuple[str, int | None] | None = None
    for line in lines:
        if line.group_key != group:
            group = line.group_key
            own = [span for other in lines if other.group_key == group for span in _spans(other)]
            whole = ((min(span[0] for span in own), max(span[1] for span in own)),) if own else ()
            rows.append(DateRow(group[1], True, "", line.group, spans=whole))
        rows.append(DateRow(line.node_id, False, line.number, line.text, line.depth, _spans(line), line.term))
    return rows


def fact_of(line: ExecutionLine, day: date) -> PlanFact:
    """Return what happened to an activity."""
    return PlanFact(
        kind_of(line), SHORT.get(line.shown, ""),
        date.fromisoformat(line.done_on) if line.done_on and line.shown in {"done", "part"} else None,
        date.fromisoformat(line.moved_to) if line.moved_to else None, execution_words.why(line, day),
    )  # fmt: skip


class ExecutionChart(QFrame):
    """The chart in its card."""

    def __init__(self, view: ExecutionView) -> None:
        super().__init__()
        self.setProperty("card", "true")
        self._view = view
        self._lines: list[ExecutionLine] = []
        self.chart = Gantt(view.session.today())
        self.chart.setAccessibleName("План и факт")
        self.chart.writable = False
        self.chart.current_changed.connect(self._moved)
        self.chart.opened.connect(lambda _node: view.marks.ask())
        self.zoom = Combo("Масштаб")
        self.zoom.fill(list(ZOOMS))
        self.zoom.currentIndexChanged.connect(lambda _place: self.chart.set_zoom(self.zoom.currentData()))
        px = theme.current().px
        line = QHBoxLayout()
        line.setContentsMargins(px(8), px(6), px(12), px(6))
        line.setSpacing(px(8))
        line.addWidget(self.zoom)
        line.addWidget(ElidedLabel(LEGEND, "muted"), 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addLayout(line)
        column.addWidget(self.chart, 1)

    def show_lines(self, table: ExecutionTable, lines: Sequence[ExecutionLine]) -> None:
        """Show the lines of a year."""
        self._lines = list(lines)
        self.chart.today = table.day
        self.chart.facts = {line.node_id: fact_of(line, table.day) for line in lines}
        year = table.year or table.programme.year_from
        rows = rows_of(lines)
        self.chart.show_plan(DatePlan((date(year, 1, 1), date(year, 12, 31)), tuple(rows)))

    def _moved(self, _row: DateRow | None) -> None:
        self.chart.row_actions = self._view.marks.actions() if self.isVisible() else []
        if self.isVisible():
            self._view.card.show_line(self.current(), self._view.table)

    def current(self) -> ExecutionLine | None:
        """Return the line of the current row."""
        row = self.chart.current()
        if row is None or row.heading:
            return None
        return next((line for line in self._lines if line.node_id == row.node_id), None)

    def choose(self, key: Key) -> None:
        """Make a line current."""
        line = next((line for line in self._lines if line.key == key), None)
        if line is not None:
            self.chart.choose(line.node_id)
