"""A month as weeks: days off tinted and named, today marked, things as lines that run over their days.

The cells are those of a table, so that arrows and screen readers know them; the things are drawn over the cells by the
layout of ``analysis.calendar_month``. Where a thing lies is asked of the grid (``item_at``, ``box_of``).
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QDrag,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QApplication, QHeaderView, QTableView, QToolTip, QWidget

from app.analysis.calendar_month import Span, Week, lay_out
from app.analysis.working_days import WEEK
from app.operations.calendar_items import CalendarItem, told
from app.operations.work_calendar import CalendarDay, CalendarPage
from app.texts import NBSP, count, ru_date
from app.ui import theme
from app.ui.day_line_mime import pack, unpack
from app.ui.widgets.calendar_look import Pictures, chip_line_height, paint_item
from app.ui.widgets.day_drag import of_item
from app.ui.widgets.month_cells import MonthDelegate, head_height

Index = QModelIndex | QPersistentModelIndex
SHORT = ("пн", "вт", "ср", "чт", "пт", "сб", "вс")
THING = ("запись", "записи", "записей")
_KIND = {"work": "рабочий день", "short": "рабочий день, на час короче", "off": "выходной"}


def day_words(item: CalendarDay, today: date, conflicts: int = 0) -> str:
    """Return a day in words: what it is, the break, what stands on it, what does not fit."""
    head = f"{ru_date(item.day)}, {WEEK[item.day.weekday()]}"
    parts = [f"{head}, сегодня" if item.day == today else head, _KIND[item.kind]]
    if item.title and item.title != _KIND[item.kind]:
        parts.append(item.title)
    if item.on_break:
        parts.append(f"у школ {item.on_break[:1].lower()}{item.on_break[1:]}")
    lines = ["; ".join(parts)]
    if conflicts:
        lines.append(count(conflicts, "накладка", "накладки", "накладок"))
    lines.append(count(len(item.items), *THING) if item.items else "записей нет")
    return "\n".join([*lines, *(f"— {told(one)}" for one in item.items[:10])])


class MonthModel(QAbstractTableModel):
    """Weeks of a month; a cell is a day."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.page: CalendarPage | None = None
        self.clash: dict[date, int] = {}
        self.start = date(2026, 1, 1)
        self._weeks = 0

    def show_page(self, page: CalendarPage) -> None:
        """Show another month."""
        self.beginResetModel()
        self.page = page
        self.start = min(page.days)
        self._weeks = len(page.days) // 7
        self.clash = {}
        for one in page.conflicts:
            self.clash[one.day] = self.clash.get(one.day, 0) + 1
        self.endResetModel()

    def day(self, index: Index) -> date:
        """Return the day of a cell."""
        return self.start + timedelta(days=index.row() * 7 + index.column())

    def item(self, index: Index) -> CalendarDay | None:
        """Return what is known of the day of a cell."""
        return self.page.days.get(self.day(index)) if self.page is not None and index.isValid() else None

    def place(self, day: date) -> QModelIndex:
        """Return the cell of a day; an invalid one where it is not shown."""
        number = (day - self.start).days
        return self.index(number // 7, number % 7) if 0 <= number < self._weeks * 7 else QModelIndex()

    def inside(self, index: Index) -> bool:
        """Tell whether a cell belongs to the month itself."""
        return self.page is not None and self.page.first <= self.day(index) <= self.page.last

    def rowCount(self, parent: Index | None = None) -> int:
        """Weeks."""
        return 0 if parent is not None and parent.isValid() else self._weeks

    def columnCount(self, parent: Index | None = None) -> int:
        """Days of a week."""
        return 0 if parent is not None and parent.isValid() else 7

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the number of a day, its words for those who hear the screen."""
        item = self.item(index)
        if item is None or self.page is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return str(item.day.day)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return day_words(item, self.page.today, self.clash.get(item.day, 0))
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Name the days of the week and number the weeks."""
        across = orientation == Qt.Orientation.Horizontal
        if role == Qt.ItemDataRole.DisplayRole:
            return SHORT[section] if across else str(self._number(section))
        if role in {Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole}:
            return WEEK[section] if across else f"неделя{NBSP}{self._number(section)}"
        if role == Qt.ItemDataRole.ForegroundRole:
            return theme.color("muted")
        return int(Qt.AlignmentFlag.AlignCenter) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def _number(self, week: int) -> int:
        return (self.start + timedelta(days=week * 7)).isocalendar().week


class MonthGrid(QTableView):
    """The grid.

    Signals:
        chosen(day): another day is current.
        left(day): the keys went to a day that is not shown.
        paged(step): PgUp or PgDn.
        entered(): Enter was pressed on a day.
        picked(name): a thing was pressed; "" where none was.
        opened(item): a double click on a thing.
        new_wanted(day): N, Insert, a double click on an empty place.
        dropped(thing, day): a thing was dropped on a day.
        menu_wanted(item, place): the right button on a thing; None on an empty place.
    """

    chosen = Signal(object)
    left = Signal(object)
    paged = Signal(int)
    entered = Signal()
    picked = Signal(str)
    opened = Signal(object)
    new_wanted = Signal(object)
    dropped = Signal(object, object)
    menu_wanted = Signal(object, QPoint)
    tells_cut_text = True

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.days = MonthModel(self)
        self.weeks: list[Week] = []
        self.over: date | None = None
        self.writable = True
        self.current_name = ""
        self._pictures = Pictures()
        self._pressed: tuple[QPoint, CalendarItem, date] | None = None
        self.setAccessibleName("Календарь месяца")
        self.setModel(self.days)
        self.setItemDelegate(MonthDelegate(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAcceptDrops(True)
        self.setAcceptDrops(True)
        self.viewport().setMouseTracking(True)
        px = theme.current().px
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
            header.setHighlightSections(False)
            header.setSectionsClickable(False)
            header.setMinimumSectionSize(px(20))
        self.verticalHeader().setFixedWidth(px(30))
        self.selectionModel().currentChanged.connect(self._tell)

    # --- what is shown -------------------------------------------------------------------------------------------

    def show_page(self, page: CalendarPage, day: date) -> None:
        """Show a month with the cursor on a day."""
        blocked = self.blockSignals(True)
        self.days.show_page(page)
        self.setAccessibleName(f"Календарь месяца, {ru_date(page.first)[3:]}")
        self.choose(day)
        self.blockSignals(blocked)
        self._lay_out()

    def choose(self, day: date) -> bool:
        """Put the cursor on a day; False where it is not shown."""
        place = self.days.place(day)
        if place.isValid():
            self.setCurrentIndex(place)
        return place.isValid()

    def day(self) -> date | None:
        """Return the current day."""
        index = self.currentIndex()
        return self.days.day(index) if index.isValid() else None

    def lanes(self) -> int:
        """Return how many lines of things a day has room for."""
        rows = self.days.rowCount()
        height = self.viewport().height() // rows if rows else 0
        return max(1, (height - head_height() - theme.current().px(1)) // chip_line_height())

    def _lay_out(self) -> None:
        page = self.days.page
        if page is None:
            return
        spans = [Span(item.name, item.first, item.last, (item.start or "~", item.text)) for item in page.items]
        days, lanes = sorted(page.days), self.lanes()
        self.weeks = [lay_out(days[place : place + 7], spans, lanes) for place in range(0, len(days), 7)]
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another height has room for another number of lines."""
        super().resizeEvent(event)
        self._lay_out()

    def follow_theme(self) -> None:
        """Take over sizes of another theme."""
        self.verticalHeader().setFixedWidth(theme.current().px(30))
        self._lay_out()

    def _tell(self, now: Index, _before: Index) -> None:
        item = self.days.item(now)
        if item is not None and self.days.page is not None:
            self.setAccessibleDescription(day_words(item, self.days.page.today, self.days.clash.get(item.day, 0)))
            self.chosen.emit(item.day)

    # --- where things lie ----------------------------------------------------------------------------------------

    def boxes(self) -> list[tuple[CalendarItem, QRectF, bool, bool]]:
        """Return (thing, place in the viewport, it begins here, it ends here) of everything that is seen."""
        page = self.days.page
        if page is None:
            return []
        known = {item.name: item for item in page.items}
        px, line, found = theme.current().px, chip_line_height(), []
        for row, week in enumerate(self.weeks):
            for piece in week.pieces:
                first = self.visualRect(self.days.index(row, piece.column))
                last = self.visualRect(self.days.index(row, piece.column + piece.days - 1))
                left = first.left() + (px(3) if piece.begins else 0)
                right = last.right() - (px(3) if piece.ends else -1)
                top = first.top() + head_height() + piece.lane * line
                box = QRectF(left, top, right - left, line - px(2))
                found.append((known[str(piece.key)], box, piece.begins, piece.ends))
        return found

    def box_of(self, name: str) -> QRect | None:
        """Return where a thing lies first, None where it is not seen."""
        return next((box.toRect() for item, box, _b, _e in self.boxes() if item.name == name), None)

    def item_at(self, place: QPoint) -> CalendarItem | None:
        """Return the thing at a place of the viewport."""
        return next((item for item, box, _b, _e in self.boxes() if box.contains(place)), None)

    def _more_at(self, place: QPoint) -> bool:
        index = self.indexAt(place)
        hidden = index.isValid() and index.row() < len(self.weeks) and self.weeks[index.row()].hidden[index.column()]
        return bool(hidden) and place.y() >= self._more_box(index).top()

    def _more_box(self, index: Index) -> QRectF:
        cell, line = self.visualRect(index), chip_line_height()
        return QRectF(cell.left(), cell.top() + head_height() + (self.lanes() - 1) * line, cell.width(), line)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the cells, then what stands in them."""
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        for item, box, begins, ends in self.boxes():
            chosen = item.name == self.current_name
            paint_item(painter, box, item, self._pictures, begins=begins, ends=ends, chosen=chosen)
        px = theme.current().px
        painter.setFont(theme.current().font(11))
        painter.setPen(theme.color("accent"))
        for row, week in enumerate(self.weeks):
            for column, hidden in enumerate(week.hidden):
                if hidden:
                    box = self._more_box(self.days.index(row, column)).adjusted(px(7), 0, 0, -px(2))
                    painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter), f"ещё{NBSP}{hidden}")
        painter.end()

    def viewportEvent(self, event: QEvent) -> bool:
        """Tell a thing or a day whole in the tooltip."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            item, day = self.item_at(event.pos()), self.days.item(self.indexAt(event.pos()))
            if item is not None:
                QToolTip.showText(event.globalPos(), told(item), self)
            elif day is not None and self.days.page is not None:
                text = day_words(day, self.days.page.today, self.days.clash.get(day.day, 0))
                QToolTip.showText(event.globalPos(), text, self)
            return True
        return super().viewportEvent(event)

    # --- keys ----------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go by days and weeks over the edge of the month; the rest is said in the signals."""
        day, key = self.day(), event.key()
        plain = event.modifiers() in {Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier}
        if day is None or not plain:
            super().keyPressEvent(event)
            return
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -7, Qt.Key.Key_Down: 7,
                 Qt.Key.Key_Home: -day.weekday(), Qt.Key.Key_End: 6 - day.weekday()}  # fmt: skip
        if key in steps:
            wanted = day + timedelta(days=steps[Qt.Key(key)])
            if not self.choose(wanted):
                self.left.emit(wanted)
        elif key in {Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}:
            self.paged.emit(1 if key == Qt.Key.Key_PageDown else -1)
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.entered.emit()
        elif key in {Qt.Key.Key_N, Qt.Key.Key_Insert} or event.text().casefold() == "т":
            # «т» stands on the key of N in the Russian layout
            self.new_wanted.emit(day)
        else:
            super().keyPressEvent(event)

    # --- the mouse -----------------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the day and the thing under the mouse."""
        super().mousePressEvent(event)
        place = event.position().toPoint()
        item, index = self.item_at(place), self.indexAt(place)
        self.pick("" if item is None else item.name)
        self.picked.emit(self.current_name)
        if event.button() == Qt.MouseButton.LeftButton and item is not None and index.isValid():
            self._pressed = (place, item, self.days.day(index))
        elif event.button() == Qt.MouseButton.LeftButton and self._more_at(place):
            self.entered.emit()
        elif event.button() == Qt.MouseButton.RightButton:
            self.menu_wanted.emit(item, event.globalPosition().toPoint())

    def pick(self, name: str) -> None:
        """Frame a thing."""
        self.current_name = name
        self.viewport().update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Begin to drag a thing."""
        if self._pressed is None or not event.buttons() & Qt.MouseButton.LeftButton:
            super().mouseMoveEvent(event)
            return
        place, item, day = self._pressed
        if (event.position().toPoint() - place).manhattanLength() >= QApplication.startDragDistance():
            self._pressed = None
            self.make_drag(item, day).exec(Qt.DropAction.MoveAction | Qt.DropAction.CopyAction)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Forget what was pressed."""
        self._pressed = None
        super().mouseReleaseEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open a thing; on an empty place begin a new event."""
        self._pressed = None
        item, index = self.item_at(event.position().toPoint()), self.indexAt(event.position().toPoint())
        if item is not None:
            self.opened.emit(item)
        elif index.isValid():
            self.new_wanted.emit(self.days.day(index))

    def make_drag(self, item: CalendarItem, day: date) -> QDrag:
        """Return the drag of a thing taken by one of its days."""
        drag = QDrag(self)
        drag.setMimeData(pack(of_item(item, day.isoformat())))
        return drag

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take things with a day, nothing else."""
        if self.writable and unpack(event.mimeData()) is not None:
            event.acceptProposedAction()
        else:
            event.ignore()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Frame the day under the mouse."""
        index = self.indexAt(event.position().toPoint())
        known = self.writable and unpack(event.mimeData()) is not None and index.isValid()
        self._show_over(self.days.day(index) if known else None)
        event.setAccepted(known)

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        """Nothing is over the grid any more."""
        self._show_over(None)

    def dropEvent(self, event: QDropEvent) -> None:
        """Say what was dropped on which day."""
        self._show_over(None)
        thing, index = unpack(event.mimeData()), self.indexAt(event.position().toPoint())
        if self.writable and thing is not None and index.isValid():
            event.acceptProposedAction()
            self.dropped.emit(thing, self.days.day(index))
        else:
            event.ignore()

    def _show_over(self, day: date | None) -> None:
        if day != self.over:
            self.over = day
            self.viewport().update()
