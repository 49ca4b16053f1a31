"""A year as twelve small months in one table: days off tinted, how much stands on each day under its number.

One table, so that arrows go from month to month and a screen reader hears the words of a day.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from app.analysis.calendar_month import weeks_of
from app.analysis.working_days import MONTHS, WEEK
from app.operations.work_calendar import CalendarDay, CalendarPage
from app.texts import NBSP, capital
from app.ui import theme
from app.ui.widgets.month_cells import break_fill
from app.ui.widgets.month_grid import SHORT, day_words

Index = QModelIndex | QPersistentModelIndex
ACROSS, DOWN = 4, 3
WIDE, HIGH = 8, 8
"""Cells of a month with the gap beside and under it: a heading, the days of the week, six weeks."""


class YearModel(QAbstractTableModel):
    """Twelve months in a table of 3 by 4."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.page: CalendarPage | None = None
        self._days: dict[tuple[int, int], date] = {}
        self._places: dict[date, tuple[int, int]] = {}

    def show_page(self, page: CalendarPage) -> None:
        """Show another year."""
        self.beginResetModel()
        self.page = page
        self._days = {}
        for number in range(12):
            top, left = number // ACROSS * HIGH + 2, number % ACROSS * WIDE
            for row, week in enumerate(weeks_of(page.first.year, number + 1)):
                for column, day in enumerate(week):
                    if day.month == number + 1:
                        self._days[top + row, left + column] = day
        self._places = {day: place for place, day in self._days.items()}
        self.endResetModel()

    def day(self, index: Index) -> date | None:
        """Return the day of a cell, None of headings and gaps."""
        return self._days.get((index.row(), index.column())) if index.isValid() else None

    def item(self, index: Index) -> CalendarDay | None:
        """Return what is known of the day of a cell."""
        day = self.day(index)
        return None if day is None or self.page is None else self.page.days.get(day)

    def place(self, day: date) -> QModelIndex:
        """Return the cell of a day; an invalid one where it is not of the year."""
        place = self._places.get(day)
        return self.index(*place) if place is not None else QModelIndex()

    def month(self, index: Index) -> int | None:
        """Return the month whose heading a cell is."""
        if index.row() % HIGH or index.column() % WIDE:
            return None
        return index.row() // HIGH * ACROSS + index.column() // WIDE + 1

    def rowCount(self, parent: Index | None = None) -> int:
        """Three rows of months."""
        return 0 if parent is not None and parent.isValid() else HIGH * DOWN

    def columnCount(self, parent: Index | None = None) -> int:
        """Four months beside each other."""
        return 0 if parent is not None and parent.isValid() else WIDE * ACROSS - 1

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Only days can be chosen."""
        return super().flags(index) if self.day(index) is not None else Qt.ItemFlag.NoItemFlags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return number, heading or letters of a cell."""
        item, day = self.item(index), self.day(index)
        if role == Qt.ItemDataRole.DisplayRole:
            return str(day.day) if day is not None else self._heading(index)
        if role in {Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole}:
            if item is None or self.page is None:
                return self._heading(index) or None
            return day_words(item, self.page.today)
        return None

    def _heading(self, index: Index) -> str:
        month = self.month(index)
        if month is not None:
            total = self.total(month)
            word = MONTHS[month - 1]
            return capital(word) + (f" · {total}" if total else "")
        if index.row() % HIGH == 1 and index.column() % WIDE < 7:
            return SHORT[index.column() % WIDE]
        return ""

    def total(self, month: int) -> int:
        """Return how many things touch a month."""
        if self.page is None:
            return 0
        first = date(self.page.first.year, month, 1)
        last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        return sum(item.first <= last and item.last >= first for item in self.page.items)


class _Delegate(QStyledItemDelegate):
    """Draws headings and days."""

    tells_cut_text = True

    def __init__(self, grid: YearGrid) -> None:
        super().__init__(grid)
        self._grid = grid

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one cell."""
        rect = QRect(option.rect)  # type: ignore[attr-defined]
        model = self._grid.days
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        item = model.item(index)
        if item is None:
            self._heading(painter, rect, index)
        else:
            chosen = bool(option.state & QStyle.StateFlag.State_Selected)  # type: ignore[attr-defined]
            self._day(painter, rect, item, chosen=chosen)
        painter.restore()

    def _heading(self, painter: QPainter, rect: QRect, index: Index) -> None:
        text = str(index.data() or "")
        if not text:
            return
        if self._grid.days.month(index) is not None:
            painter.setFont(theme.current().font(12, weight=QFont.Weight.DemiBold))
            painter.setPen(theme.color("text"))
            width = QFontMetrics(painter.font()).horizontalAdvance(text) + theme.current().px(8)
            wide = QRect(rect.left() + theme.current().px(4), rect.top(), max(rect.width(), width), rect.height())
            painter.drawText(wide, int(Qt.AlignmentFlag.AlignVCenter), text)
            return
        painter.setFont(theme.current().font(10))
        painter.setPen(theme.color("muted"))
        painter.drawText(rect, int(Qt.AlignmentFlag.AlignCenter), text)

    def _day(self, painter: QPainter, rect: QRect, item: CalendarDay, *, chosen: bool) -> None:
        px, page = theme.current().px, self._grid.days.page
        if item.on_break:
            painter.fillRect(rect, break_fill())
        elif item.kind == "off":
            painter.fillRect(rect, theme.color("page"))
        today = page is not None and item.day == page.today
        number = len(item.items)
        text = str(item.day.day)
        font = theme.current().font(11, weight=QFont.Weight.DemiBold if number or today else QFont.Weight.Normal)
        fore = self._count(painter, rect, item) if number else ""
        painter.setFont(font)
        box = QRectF(rect)
        if number:
            box.setRight(box.center().x() + px(5))
        if today:
            width = px(18)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("accent"))
            pill = QRectF(box.center().x() - width / 2, box.top() + 1, width, box.height() - 2)
            painter.drawRoundedRect(pill, px(6), px(6))
            painter.setPen(theme.color("on_accent"))
        elif item.kind == "off" and item.title:
            painter.setPen(theme.color("bad"))
        else:
            painter.setPen(theme.color(fore or ("muted" if item.kind == "off" else "text")))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), text)
        if chosen:
            painter.setPen(QPen(theme.color("accent" if self._grid.hasFocus() else "control_line"), px(2)))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(rect).adjusted(1, 1, -1, -1))

    @staticmethod
    def _count(painter: QPainter, rect: QRect, item: CalendarDay) -> str:
        """Draw how much stands on the day, small; ■ says that something is late. Return the colour of the number."""
        px = theme.current().px
        late = any(one.mark == "bad" for one in item.items)
        waits = any(one.open for one in item.items)
        fore, fill = ("bad", "bad_soft") if late else ("accent", "accent_soft") if waits else ("muted", "none_soft")
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color(fill))
        painter.drawRoundedRect(QRectF(rect).adjusted(1, 1, -1, -1), px(4), px(4))
        painter.setFont(theme.current().font(9))
        painter.setPen(theme.color(fore))
        box = QRectF(rect.center().x() + px(4), rect.top(), rect.width() / 2 - px(6), rect.height() - px(1))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignRight), str(len(item.items)))
        if late:
            side = px(4)
            painter.fillRect(QRectF(rect.right() - side - px(3), rect.top() + px(3), side, side), theme.color(fore))
        return fore if late else "text" if waits else "muted"


class YearGrid(QTableView):
    """Twelve months.

    Signals:
        chosen(day): another day is current.
        left(day): the keys went to another year.
        paged(step): PgUp or PgDn.
        entered(day): Enter, a double click or the heading of a month: that month is wanted.
        new_wanted(day): N or Insert.
    """

    chosen = Signal(object)
    left = Signal(object)
    paged = Signal(int)
    entered = Signal(object)
    new_wanted = Signal(object)
    tells_cut_text = True

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.days = YearModel(self)
        self.setAccessibleName("Календарь года")
        self.setModel(self.days)
        self.setItemDelegate(_Delegate(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setMinimumSectionSize(theme.current().px(12))
            header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
            header.hide()
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.selectionModel().currentChanged.connect(self._tell)

    def show_page(self, page: CalendarPage, day: date) -> None:
        """Show a year with the cursor on a day."""
        blocked = self.blockSignals(True)
        self.days.show_page(page)
        self.setAccessibleName(f"Календарь, {page.first.year}{NBSP}год")
        self.choose(day)
        self.blockSignals(blocked)

    def choose(self, day: date) -> bool:
        """Put the cursor on a day; False where it is of another year."""
        place = self.days.place(day)
        if place.isValid():
            self.setCurrentIndex(place)
        return place.isValid()

    def day(self) -> date | None:
        """Return the current day."""
        return self.days.day(self.currentIndex())

    def _tell(self, now: Index, _before: Index) -> None:
        item = self.days.item(now)
        if item is not None and self.days.page is not None:
            self.setAccessibleDescription(f"{WEEK[item.day.weekday()]}. {day_words(item, self.days.page.today)}")
            self.chosen.emit(item.day)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go by days and weeks through the months."""
        day, key = self.day(), event.key()
        plain = event.modifiers() in {Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier}
        if day is None or not plain:
            super().keyPressEvent(event)
            return
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -7, Qt.Key.Key_Down: 7,
                 Qt.Key.Key_Home: 1 - day.day}  # fmt: skip
        if key in steps:
            wanted = day + timedelta(days=steps[Qt.Key(key)])
            if not self.choose(wanted):
                self.left.emit(wanted)
        elif key in {Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}:
            self.paged.emit(1 if key == Qt.Key.Key_PageDown else -1)
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.entered.emit(day)
        elif key in {Qt.Key.Key_N, Qt.Key.Key_Insert} or event.text().casefold() == "т":
            self.new_wanted.emit(day)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The heading of a month opens it."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        month = self._heading_at(index) if index.isValid() else None
        if month is not None and self.days.page is not None:
            self.entered.emit(date(self.days.page.first.year, month, 1))

    def _heading_at(self, index: Index) -> int | None:
        if index.row() % HIGH or index.column() % WIDE == WIDE - 1:
            return None
        return index.row() // HIGH * ACROSS + index.column() // WIDE + 1

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double click on a day opens its month."""
        day = self.days.day(self.indexAt(event.position().toPoint()))
        if day is not None:
            self.entered.emit(day)
