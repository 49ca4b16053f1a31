"""A month or a quarter as weeks: working days, days off, school breaks, how much is due on each day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from app.operations.month_plan import MonthPlan, PlanDay
from app.texts import count, ru_date
from app.ui import theme

Index = QModelIndex | QPersistentModelIndex
WEEK = ("пн", "вт", "ср", "чт", "пт", "сб", "вс")
TERM = ("срок", "срока", "сроков")
BREAK_SIGN = "К"


class CalendarModel(QAbstractTableModel):
    """Weeks of a period; a cell says its day, «К» on a school break, and how much is due."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._days: Mapping[date, PlanDay] = {}
        self._first = date(2026, 1, 1)
        self._weeks = 0
        self._many = False
        self.today = date(2026, 1, 1)

    def show_plan(self, plan: MonthPlan, today: date) -> None:
        """Show another period."""
        self.beginResetModel()
        self._days = {item.day: item for item in plan.days}
        first, last = plan.period.first, plan.period.last
        self._first = first - timedelta(days=first.weekday())
        self._weeks = ((last - self._first).days // 7) + 1
        self._many = plan.period.kind == "quarter"
        self.today = today
        self.endResetModel()

    def day(self, index: Index) -> date:
        """Return the day of a cell."""
        return self._first + timedelta(days=index.row() * 7 + index.column())

    def item(self, index: Index) -> PlanDay | None:
        """Return what is known of the day of a cell, None outside the period."""
        return self._days.get(self.day(index)) if index.isValid() else None

    def place(self, day: date) -> QModelIndex:
        """Return the cell of a day."""
        number = (day - self._first).days
        return self.index(number // 7, number % 7)

    def rowCount(self, parent: Index | None = None) -> int:
        """Weeks."""
        return 0 if parent is not None and parent.isValid() else self._weeks

    def columnCount(self, parent: Index | None = None) -> int:
        """Days of a week."""
        return 0 if parent is not None and parent.isValid() else 7

    def text(self, index: Index) -> str:
        """Return what a cell shows."""
        item = self.item(index)
        if item is None:
            return ""
        day = item.day
        named = f"{day.day}.{day.month:02}" if self._many and day.day == 1 else str(day.day)
        under = " ".join(part for part in (BREAK_SIGN if item.on_break else "", _number(item)) if part)
        return f"{named}\n{under}" if under else named

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows and how."""
        item = self.item(index)
        if item is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self.text(index)
            case Qt.ItemDataRole.TextAlignmentRole:
                return int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter)
            case Qt.ItemDataRole.ForegroundRole if item.kind == "off":
                return theme.color("bad" if item.title else "muted")
            case Qt.ItemDataRole.BackgroundRole if item.day == self.today:
                return theme.color("accent_soft")
            case Qt.ItemDataRole.BackgroundRole if item.kind == "off":
                return theme.color("page")
            case Qt.ItemDataRole.FontRole:
                weight = QFont.Weight.DemiBold if item.lines else QFont.Weight.Normal
                return theme.current().font(12, weight=weight)
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleTextRole:
                return told(item)
            case _:
                return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Name the days of the week."""
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return WEEK[section]
        return None


def _number(item: PlanDay) -> str:
    """Return how much is due; ● says that all of it is done."""
    if not item.lines:
        return ""
    return str(len(item.lines)) if any(line.open for line in item.lines) else f"{len(item.lines)} ●"


def told(item: PlanDay) -> str:
    """Return a day in words: what it is, the break, what is due."""
    kind = {"work": "рабочий день", "short": "рабочий день, на час короче", "off": "выходной"}[item.kind]
    lines = [f"{ru_date(item.day)}, {kind}" + (f": {item.title}" if item.title and item.title != kind else "")]
    if item.on_break:
        lines.append(f"У школ: {item.on_break}")
    if item.lines:
        lines.append(count(len(item.lines), *TERM))
        lines += [f"— {line.text}" for line in item.lines[:8]]
    return "\n".join(lines)


class WorkCalendar(QTableView):
    """The grid of days.

    Signals:
        chosen(day): another day is current; None outside the period.
        opened(): Enter was pressed.
    """

    chosen = Signal(object)
    opened = Signal()
    tells_cut_text = True

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.days = CalendarModel(self)
        self.setAccessibleName("Календарь рабочих дней")
        self.setModel(self.days)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setCornerButtonEnabled(False)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setMinimumSectionSize(theme.current().px(24))
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(theme.current().px(38))
        self.selectionModel().currentChanged.connect(lambda now, _before: self._tell(now))

    def show_plan(self, plan: MonthPlan, today: date) -> None:
        """Show another period; nothing is chosen."""
        self.days.show_plan(plan, today)

    def choose(self, day: date) -> None:
        """Put the cursor on a day."""
        self.setCurrentIndex(self.days.place(day))

    def lines_height(self) -> int:
        """Return how high the whole grid is."""
        return (
            self.horizontalHeader().sizeHint().height() + self.verticalHeader().length() + 2 * self.frameWidth() + 2
        )  # fmt: skip

    def _tell(self, now: Index) -> None:
        item = self.days.item(now)
        self.chosen.emit(None if item is None else item.day)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes into the list beside; Esc forgets the day."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.opened.emit()
        elif event.key() == Qt.Key.Key_Escape and self.currentIndex().isValid():
            self.clearSelection()
            self.setCurrentIndex(QModelIndex())
        else:
            super().keyPressEvent(event)
