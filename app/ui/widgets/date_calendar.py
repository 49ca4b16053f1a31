"""Begins, ends and deadlines of activities in a month or over a year; beside the grid what the chosen place holds."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Literal

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QSplitter,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from app.analysis.programme_dates import DAY_WORDS, MONTHS, DateEvent, DatePlan, Day, events
from app.texts import ru_date
from app.ui import theme
from app.ui.habits import Habits
from app.ui.item_models.table_model import Column
from app.ui.widgets.basics import Button, Combo
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.labels import ElidedLabel, Label
from app.ui.widgets.table import DataTable

Index = QModelIndex | QPersistentModelIndex
Look = Literal["month", "year"]
WEEK = ("пн", "вт", "ср", "чт", "пт", "сб", "вс")
KINDS: tuple[tuple[Day, str], ...] = (
    ("start", "Начинаются"),
    ("end", "Заканчиваются"),
    ("deadline", "Срок исполнения"),
)
SHOWN_IN_CELL = 2
COLUMNS = (
    Column("day", "День", lambda event: ru_date(event.day)[:5], 52, sort=lambda event: event.day),
    Column("kind", "Что", lambda event: DAY_WORDS[event.kind], 82),
    Column("text", "Мероприятие", lambda event: event.row.named, 190, 1, 120, tip=lambda event: event.row.named),
)


class DateModel(QAbstractTableModel):
    """Days of a month as weeks, or the months of a year by what happens in them."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.look: Look = "month"
        self.year, self.month = 2026, 1
        self.today = date(2026, 1, 1)
        self._found: tuple[DateEvent, ...] = ()

    def show_plan(self, plan: DatePlan | None, look: Look, year: int, month: int, today: date) -> None:
        """Show another month or year."""
        self.beginResetModel()
        self.look, self.year, self.month, self.today = look, year, month, today
        first, last = self.period
        self._found = () if plan is None else events(plan, first, last)
        self.endResetModel()

    @property
    def period(self) -> tuple[date, date]:
        """The first and the last day that are shown."""
        if self.look == "year":
            return date(self.year, 1, 1), date(self.year, 12, 31)
        first = date(self.year, self.month, 1)
        begin = first - timedelta(days=first.weekday())
        return begin, begin + timedelta(days=7 * self.weeks - 1)

    @property
    def weeks(self) -> int:
        """How many weeks the month touches."""
        return len(calendar.monthcalendar(self.year, self.month))

    def day(self, index: Index) -> date:
        """Return the day of a cell of the month."""
        return self.period[0] + timedelta(days=index.row() * 7 + index.column())

    def events_at(self, index: Index) -> list[DateEvent]:
        """Return what happens at a cell."""
        if not index.isValid():
            return []
        if self.look == "month":
            return [event for event in self._found if event.day == self.day(index)]
        kind = KINDS[index.column()][0]
        return [event for event in self._found if event.day.month == index.row() + 1 and event.kind == kind]

    def rowCount(self, parent: Index | None = None) -> int:
        """Weeks or months."""
        return 0 if parent is not None and parent.isValid() else 12 if self.look == "year" else self.weeks

    def columnCount(self, parent: Index | None = None) -> int:
        """Days of the week, or kinds of what happens."""
        return 0 if parent is not None and parent.isValid() else len(KINDS) if self.look == "year" else 7

    def text(self, index: Index) -> str:
        """Return what a cell shows."""
        found = self.events_at(index)
        if self.look == "year":
            return ", ".join(event.row.number or "без номера" for event in found)
        lines = [f"{DAY_WORDS[event.kind]} {event.row.number}" for event in found[:SHOWN_IN_CELL]]
        if len(found) > SHOWN_IN_CELL:
            lines[-1] = f"и ещё {len(found) - SHOWN_IN_CELL + 1}"
        day = self.day(index)
        word = "сегодня, " if day == self.today else ""
        return "\n".join([f"{word}{day.day}" if day.month == self.month else ru_date(day)[:5], *lines])

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows and how."""
        if not index.isValid():
            return None
        month = self.look == "month"
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self.text(index)
            case Qt.ItemDataRole.TextAlignmentRole:
                top = Qt.AlignmentFlag.AlignTop if month else Qt.AlignmentFlag.AlignVCenter
                return int(Qt.AlignmentFlag.AlignLeft | top)
            case Qt.ItemDataRole.ForegroundRole if month and self.day(index).month != self.month:
                return theme.color("muted")
            case Qt.ItemDataRole.BackgroundRole if month and self.day(index) == self.today:
                return theme.color("accent_soft")
            case Qt.ItemDataRole.FontRole if month and self.events_at(index):
                return theme.current().font(12, weight=QFont.Weight.Medium)
            case Qt.ItemDataRole.ToolTipRole:
                return "\n".join(f"{DAY_WORDS[event.kind]}: {event.row.named}" for event in self.events_at(index)[:12])
            case _:
                return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Name days of the week, months, kinds."""
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if self.look == "year":
            return KINDS[section][1] if orientation == Qt.Orientation.Horizontal else MONTHS[section]
        return WEEK[section] if orientation == Qt.Orientation.Horizontal else None


class _Grid(QTableView):
    opened = Signal()
    tells_cut_text = True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes into the list beside."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.opened.emit()
        else:
            super().keyPressEvent(event)


class DateCalendar(QFrame):
    """The calendar.

    Signals:
        opened(node_id): an activity in the list was opened.
    """

    opened = Signal(object)

    def __init__(self, today: date, habits: Habits, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", "true")
        self.today = today
        self.year, self.month = today.year, today.month
        self._plan: DatePlan | None = None
        self.look = Combo("Месяц или год")
        self.look.fill([("Месяц", "month"), ("Год", "year")])
        self.look.currentIndexChanged.connect(lambda _place: self._show())
        self.title = Label("", "section")
        self.model = DateModel(self)
        self.grid = _Grid()
        self.grid.setAccessibleName("Календарь мероприятий")
        self.grid.setModel(self.model)
        self.grid.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.grid.setTabKeyNavigation(False)
        self.grid.setWordWrap(True)
        self.grid.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.grid.horizontalHeader().setHighlightSections(False)
        self.grid.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.grid.verticalHeader().setHighlightSections(False)
        self.grid.setCornerButtonEnabled(False)
        self.grid.selectionModel().currentChanged.connect(lambda now, _before: self._tell(now))
        self.grid.opened.connect(self._into_list)
        self.about = ElidedLabel("", "strong")
        self.list = DataTable(
            "programme_calendar", COLUMNS, lambda event: (event.row.node_id, event.day, event.kind), habits=habits,
            title="Что в этот день", filters=False, bare=True,
            empty=EmptyState("calendar-event", "Ничего", "Здесь ничего не начинается и не заканчивается."),
        )  # fmt: skip
        self.list.activated.connect(lambda event: self.opened.emit(event.row.node_id))
        self._lay_out()

    def _lay_out(self) -> None:
        px = theme.current().px
        top = QHBoxLayout()
        top.setContentsMargins(px(12), px(8), px(12), 0)
        top.setSpacing(px(8))
        for thing in (
            self.look, Button("Раньше", lambda: self.step(-1), icon="arrow-left"), self.title,
            Button("Позже", lambda: self.step(1), icon="chevron-right"), Button("Сегодня", self.go_today, kind="link"),
        ):  # fmt: skip
            top.addWidget(thing)
        top.addStretch(1)
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(px(8), px(4), px(8), px(8))
        column.addWidget(self.about)
        column.addWidget(self.list, 1)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self.grid)
        splitter.addWidget(side)
        splitter.setSizes([px(820), px(380)])
        splitter.setStretchFactor(0, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 1, 1, 1)
        outer.setSpacing(px(8))
        outer.addLayout(top)
        outer.addWidget(splitter, 1)

    # --- showing -------------------------------------------------------------------------------------------------

    def show_plan(self, plan: DatePlan) -> None:
        """Show the dates of a plan; the first time the month of today, or the nearest one of the programme."""
        if self._plan is None:
            nearest = min(max(self.today, plan.limits[0]), plan.limits[1])
            self.year, self.month = nearest.year, nearest.month
        self._plan = plan
        self._show()

    def step(self, by: int) -> None:
        """Go to the next month or year, or back."""
        if self.look.currentData() == "year":
            self.year += by
        else:
            place = self.year * 12 + self.month - 1 + by
            self.year, self.month = place // 12, place % 12 + 1
        self.year = max(1990, min(2110, self.year))
        self._show()

    def go_today(self) -> None:
        """Show the month of today."""
        self.year, self.month = self.today.year, self.today.month
        self._show()

    def _show(self) -> None:
        look: Look = "year" if self.look.currentData() == "year" else "month"
        kept = self.grid.currentIndex()
        place = (kept.row(), kept.column()) if kept.isValid() else (0, 0)
        same = (self.model.look, self.model.year, self.model.month) == (look, self.year, self.month)
        self.model.show_plan(self._plan, look, self.year, self.month, self.today)
        self.grid.verticalHeader().setVisible(look == "year")
        self.title.setText(str(self.year) if look == "year" else f"{MONTHS[self.month - 1]} {self.year}")
        self.grid.setCurrentIndex(self.model.index(*place) if same else self._first_full())
        self._tell(self.grid.currentIndex())

    def _first_full(self) -> QModelIndex:
        """Return today, else the first cell in which something happens."""
        cells = [self.model.index(row, column) for row in range(self.model.rowCount())
                 for column in range(self.model.columnCount())]  # fmt: skip
        if self.model.look == "month":
            cells.sort(key=lambda cell: self.model.day(cell) != self.today)
            if self.model.day(cells[0]) == self.today:
                return cells[0]
        return next((cell for cell in cells if self.model.events_at(cell)), cells[0])

    def _tell(self, index: QModelIndex) -> None:
        if not index.isValid():
            self.list.set_rows([])
            return
        found = self.model.events_at(index)
        if self.model.look == "month":
            self.about.setText(ru_date(self.model.day(index)))
        else:
            self.about.setText(f"{MONTHS[index.row()]} {self.year}: {KINDS[index.column()][1].lower()}")
        self.list.set_rows(found)

    def listed(self) -> Sequence[str]:
        """Return what the list beside the grid says."""
        return [f"{DAY_WORDS[event.kind]} {event.row.named}" for event in self.list.model.visible_rows()]

    # --- acting --------------------------------------------------------------------------------------------------

    def _into_list(self) -> None:
        if self.list.model.shown:
            self.list.focus_table()
