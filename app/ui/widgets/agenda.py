"""What stands on one day, as a list: picture, words over up to three lines, under them time, form, place, state."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QMimeData, QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from app.operations.calendar_items import CalendarItem, told
from app.texts import glue
from app.ui import theme
from app.ui.day_line_mime import pack
from app.ui.widgets.calendar_look import PICTURE, Pictures, colours, icon_of
from app.ui.widgets.day_drag import of_item

Index = QModelIndex | QPersistentModelIndex
_WRAP = int(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft) | int(Qt.TextFlag.TextWordWrap)
ITEM = Qt.ItemDataRole.UserRole
LINES = 3


def under(item: CalendarItem) -> str:
    """Return the small line: time, what it is, where, whose, who, how it stands."""
    parts = [item.time, item.word, item.where, item.body, item.owner, item.who, item.state]
    return glue(" · ".join(dict.fromkeys(part for part in parts if part)))


class _Delegate(QStyledItemDelegate):
    """Draws one thing of the day."""

    tells_cut_text = True

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._pictures = Pictures()

    @staticmethod
    def _fonts(item: CalendarItem) -> tuple[QFont, QFont]:
        title = theme.current().font(weight=QFont.Weight.Medium)
        title.setStrikeOut(item.cancelled)
        return title, theme.current().font(11)

    @classmethod
    def _heights(cls, item: CalendarItem, width: int) -> tuple[int, int]:
        title, small = (QFontMetrics(font) for font in cls._fonts(item))
        box = QRect(0, 0, width, 2000)
        high = min(title.boundingRect(box, _WRAP, glue(item.text)).height(), LINES * title.lineSpacing())
        return high, small.boundingRect(box, _WRAP, under(item)).height()

    @staticmethod
    def _room(width: int) -> int:
        px = theme.current().px
        return max(px(60), width - px(10) - px(PICTURE) - px(7) - px(10))

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As high as its words."""
        view = option.widget  # type: ignore[attr-defined]
        width = view.viewport().width() if isinstance(view, QAbstractItemView) else theme.current().px(280)
        return QSize(width, sum(self._heights(index.data(ITEM), self._room(width))) + theme.current().px(14))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw it; the chosen one lies on the accent."""
        item: CalendarItem = index.data(ITEM)
        rect = QRect(option.rect)  # type: ignore[attr-defined]
        state = option.state  # type: ignore[attr-defined]
        px = theme.current().px
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.color("accent_soft"))
            if state & QStyle.StateFlag.State_HasFocus:
                painter.fillRect(QRect(rect.left(), rect.top(), px(3), rect.height()), theme.color("accent"))
        painter.setPen(theme.color("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        left, top = rect.left() + px(10), rect.top() + px(7)
        fore, _fill = colours(item)
        painter.drawPixmap(QPoint(left, top + px(2)), self._pictures.get(icon_of(item), fore))
        left += px(PICTURE) + px(7)
        title, small = self._fonts(item)
        high, low = self._heights(item, self._room(rect.width()))
        painter.setFont(title)
        painter.setPen(theme.color("text" if item.open or item.kind == "help" else "muted"))
        painter.drawText(QRect(left, top, self._room(rect.width()), high), _WRAP, glue(item.text))
        painter.setFont(small)
        painter.setPen(theme.color({"bad": "bad", "warn": "warn"}.get(item.mark, "muted")))
        painter.drawText(QRect(left, top + high, self._room(rect.width()), low), _WRAP, under(item))
        painter.restore()


class Agenda(QListWidget):
    """The things of a day.

    Signals:
        opened(item): Enter or a double click.
        shift_wanted(item, days): Alt with an arrow.
        picked(item): another one is current, None of none.
        left(): Esc: back into the grid.
        new_wanted(): Insert.
        menu_wanted(item, place): the right button or the menu key.
    """

    opened = Signal(object)
    shift_wanted = Signal(object, int)
    picked = Signal(object)
    left = Signal()
    new_wanted = Signal()
    menu_wanted = Signal(object, QPoint)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Записи дня")
        self.setItemDelegate(_Delegate(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setDragEnabled(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._menu)
        self.itemDoubleClicked.connect(lambda line: self.opened.emit(line.data(ITEM)))
        self.currentItemChanged.connect(lambda line, _old: self.picked.emit(None if line is None else line.data(ITEM)))
        self._day = ""

    def show_items(self, items: Sequence[CalendarItem], iso: str) -> None:
        """Show the things of a day; the current one stays current where it is still there."""
        kept, self._day = self.current_name(), iso
        blocked = self.blockSignals(True)
        self.clear()
        for item in items:
            line = QListWidgetItem(item.text)
            line.setData(ITEM, item)
            line.setData(Qt.ItemDataRole.AccessibleTextRole, told(item))
            line.setToolTip(told(item))
            self.addItem(line)
        self.blockSignals(blocked)
        if not self.choose(kept) and self.count():
            self.setCurrentRow(0)

    def item_now(self) -> CalendarItem | None:
        """Return the current thing."""
        line = self.currentItem()
        found: CalendarItem | None = None if line is None else line.data(ITEM)
        return found

    def current_name(self) -> str:
        """Return the name of the current thing, "" of none."""
        item = self.item_now()
        return "" if item is None else item.name

    def choose(self, name: str) -> bool:
        """Make a thing current; False where it does not stand on the day."""
        for place in range(self.count()):
            if self.item(place).data(ITEM).name == name:
                self.setCurrentRow(place)
                return True
        return False

    def mimeData(self, lines: Sequence[QListWidgetItem]) -> QMimeData:
        """Return the first of the lines as the data of a drag."""
        item: CalendarItem = lines[0].data(ITEM)
        return pack(of_item(item, self._day))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, Alt with arrows moves by days and weeks, Esc goes back."""
        item = self.item_now()
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -7, Qt.Key.Key_Down: 7}
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and item is not None:
            self.opened.emit(item)
        elif event.modifiers() & Qt.KeyboardModifier.AltModifier and event.key() in steps and item is not None:
            self.shift_wanted.emit(item, steps[Qt.Key(event.key())])
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() == Qt.Key.Key_Insert:
            self.new_wanted.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap anew."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def _menu(self, place: QPoint) -> None:
        line = self.itemAt(place)
        if line is not None:
            self.menu_wanted.emit(line.data(ITEM), self.viewport().mapToGlobal(place))
