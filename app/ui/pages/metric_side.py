"""The card beside the grid of metrics: what the current cell means, what it says, where it came from, what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout

from app.analysis.metric_catalogue import DIRECTION_WORDS, KIND_WORDS, Catalogue, Metric
from app.models.organisations import School
from app.operations import metrics
from app.operations.metrics import MetricCell, MetricOrigin
from app.texts import DASH, ru_moment, school_year
from app.ui import theme
from app.ui.pages.metric_grid import HALF_TYPED, made_from, state_of_cell
from app.ui.widgets.basics import Button, Card, Row, Scroller
from app.ui.widgets.chip import Chip
from app.ui.widgets.facts import Facts
from app.ui.widgets.labels import Label

if TYPE_CHECKING:
    from app.ui.pages.metrics_view import MetricsView

Pairs = list[tuple[str, str]]


def place_of(origin: MetricOrigin) -> str:
    """Return the cell, or the rows, of a value in its file."""
    if origin.cells:
        return origin.cells
    if origin.row_from is None:
        return ""
    same = origin.row_to in {None, origin.row_from}
    return f"строка {origin.row_from}" if same else f"строки {origin.row_from}–{origin.row_to}"


def told_origin(origin: MetricOrigin) -> Pairs:
    """Return file, sheet, place and operation of a value; of a share that follows, those of its two counts."""
    if origin.made_of:
        return [
            (
                part.metric.short,
                f"{part.text}: " + (f"файл «{part.file}», {place_of(part)}" if part.file else _by(part)),
            )
            for part in origin.made_of
        ]
    pairs: Pairs = []
    if origin.file:
        loaded = ru_moment(origin.imported_at) if origin.imported_at else ""
        pairs = [("Файл", origin.file), ("Лист", origin.sheet or ""), ("Место", place_of(origin)),
                 ("В ячейке", origin.raw), ("Загружен", loaded)]  # fmt: skip
    elif origin.raw:
        typed = "карточка школы" if origin.written is None else "введено вручную"
        pairs = [("Откуда", typed), ("Введено", origin.raw)]
    if origin.written is not None:
        pairs += [("Операция", origin.written.label), ("Когда", ru_moment(origin.written.at)),
                  ("Кто", origin.written.actor)]  # fmt: skip
    return [pair for pair in pairs if pair[1]]


def _by(origin: MetricOrigin) -> str:
    if origin.written is None:
        return "из карточки школы"
    return f"{origin.written.actor}, {ru_moment(origin.written.at)}"


class MetricSide(Card):
    """The current cell."""

    def __init__(self, view: MetricsView) -> None:
        super().__init__()
        self._view = view
        self._at: tuple[int, str] | None = None
        px = theme.current().px
        self.setMinimumWidth(px(280))
        self.name = Label("", "section", wrap=True)
        self.school = Label("", "muted", wrap=True)
        self.chip = Chip()
        self.value = Label("", "strong", wrap=True).selectable()
        top = QHBoxLayout()
        top.setSpacing(px(8))
        top.addWidget(self.chip)
        top.addWidget(self.value, 1)
        self.scroller = Scroller(spacing=6)
        self.trouble = Label("", "text", wrap=True)
        self.about, self.origin = Facts(), Facts()
        self.origin_title = Label("Откуда это", "strong")
        for widget in (self.trouble, self.about, self.origin_title, self.origin):
            self.scroller.column.addWidget(widget)
        self.scroller.column.addStretch(1)
        self.take = Button("Взять прошлогоднее", view.take_selected, icon="history", kind="link")
        self.open = Button("Карточка школы", self._open_school, icon="id", kind="link")
        self.body.addWidget(self.name)
        self.body.addWidget(self.school)
        self.body.addLayout(top)
        self.body.addWidget(self.scroller, 1)
        self.body.addWidget(Row(self.take, self.open, gap=4))

    def _open_school(self) -> None:
        if self._at is not None:
            self._view.page.open_card(self._at[0])

    def clear(self) -> None:
        """Show nothing."""
        self._at = None
        for label in (self.name, self.school, self.value, self.trouble):
            label.setText("")
        self.chip.hide()
        self.trouble.hide()
        self.about.show_facts([])
        self._show_origin(None, None)

    def show_cell(self, school: School, metric: Metric, cell: MetricCell, year: int, known: Catalogue) -> None:
        """Show a cell; where it came from is read beside."""
        self._at = (school.id, metric.code)
        self.name.setText(metric.name)
        self.school.setText(f"{school.shown} · {school_year(year)}")
        self.chip.show()
        self.chip.set(*state_of_cell(cell))
        self.value.setText(cell.text or DASH)
        trouble = cell.trouble or (HALF_TYPED if cell.draft else "")
        if cell.computed and cell.figures is not None:
            trouble = trouble or f"{made_from(metric, known)}. Чтобы изменить долю, поправьте эти числа."
        if cell.percent_only:
            trouble = trouble or "Известна только доля. Впишите числа, например «12 из 340», — доля посчитается сама."
        self.trouble.setText(trouble)
        self.trouble.setVisible(bool(trouble))
        bounds = metrics.bounds_text(metric)
        direction = "" if metric.direction == "neutral" else DIRECTION_WORDS[metric.direction]
        pairs = [
            ("Единица", metric.unit or KIND_WORDS[metric.kind]),
            ("Границы", bounds),
            ("Оценка", direction),
            (f"За {school_year(year - 1)}", cell.last or "нет данных"),
            ("Источник", metric.source),
            ("Пояснение", metric.note),
        ]
        self.about.show_facts([pair for pair in pairs if pair[1]])
        self.take.setEnabled(cell.can_take and not self._view.session.desk.read_only)
        self._show_origin(None, None)
        if cell.figures is not None:
            at = self._at
            self._view.session.read(
                self, lambda found: self._show_origin(at, found), metrics.origin, school.id, year, metric.code
            )

    def _show_origin(self, at: tuple[int, str] | None, origin: MetricOrigin | None) -> None:
        if at is not None and at != self._at:
            return
        pairs = [] if origin is None else told_origin(origin)
        self.origin_title.setVisible(bool(pairs))
        self.origin.setVisible(bool(pairs))
        self.origin.show_facts(pairs)
