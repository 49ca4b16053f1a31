"""How the cells and headings of a grid for entry look, and what happens while one of them is being typed into."""

from __future__ import annotations

from enum import IntEnum

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QHelpEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolTip,
    QWidget,
)

from app.ui import theme
from app.ui.widgets.chip import draw_shape
from app.ui.widgets.field import DRAFT_MS

Index = QModelIndex | QPersistentModelIndex
HEADING_LINES = 2
"""A heading of a column takes so many lines, its unit one more."""


class EntryRole(IntEnum):
    """Roles of entry grids beyond Qt's own."""

    MARK = Qt.ItemDataRole.UserRole + 21
    UNIT = Qt.ItemDataRole.UserRole + 22


class EntryDelegate(QStyledItemDelegate):
    """Draws the cells and gives them their line for typing.

    Signals:
        drafted(row, column, text): nothing was typed for a moment, the line is still open.
        leave(editor, rows): an arrow up or down ended the entry.
    """

    drafted = Signal(int, int, str)
    leave = Signal(object, int)
    tells_cut_text = True
    """What is cut is told in a tooltip; the checker of screens relies on it."""

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:
        """Return the line; half-typed text is told at most a second after the last key."""
        editor = QLineEdit(parent)
        editor.setProperty("cell", "true")
        heading = index.model().headerData(index.column(), Qt.Orientation.Horizontal)
        editor.setAccessibleName(str(heading or "Ячейка"))
        place = QPersistentModelIndex(index)
        timer = QTimer(editor)
        timer.setSingleShot(True)
        timer.setInterval(DRAFT_MS)
        timer.timeout.connect(lambda: self._tell(place, editor.text()))
        editor.textEdited.connect(lambda _text: timer.start())
        return editor

    def destroyEditor(self, editor: QWidget, index: Index) -> None:
        """An entry that is ended is no draft any more, however late its clock strikes."""
        for timer in editor.findChildren(QTimer):
            timer.stop()
        super().destroyEditor(editor, index)

    def _tell(self, place: QPersistentModelIndex, text: str) -> None:
        if place.isValid() and text.strip():
            self.drafted.emit(place.row(), place.column(), text)

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Put the entry into the line; what is being typed now is left alone."""
        if isinstance(editor, QLineEdit) and not editor.isModified():
            editor.setText(str(index.data(Qt.ItemDataRole.EditRole) or ""))

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """The arrows up and down end an entry."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and isinstance(editor, QLineEdit):
            down = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
            if down is not None:
                self.leave.emit(editor, down)
                return True
        return super().eventFilter(editor, event)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one cell: its fill, a mark of its state at the left, its text."""
        rect = QRect(option.rect)  # type: ignore[attr-defined]
        view = option.widget  # type: ignore[attr-defined]
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)  # type: ignore[attr-defined]
        px = theme.current().px
        painter.save()
        fill = theme.color("accent_soft") if chosen else index.data(Qt.ItemDataRole.BackgroundRole)
        if isinstance(fill, QColor):
            painter.fillRect(rect, fill)
        inner = rect.adjusted(px(6), 0, -px(6), 0)
        mark = index.data(EntryRole.MARK)
        if mark:
            side = float(px(8))
            box = QRectF(inner.left(), rect.center().y() - side / 2 + 0.5, side, side)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            draw_shape(painter, mark, box, QColor(theme.current().tokens.pair(mark)[0]))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
            inner.setLeft(inner.left() + px(12))
        text = str(index.data(Qt.ItemDataRole.DisplayRole) or "").replace("\n", " ")
        font = index.data(Qt.ItemDataRole.FontRole) or theme.current().font()
        painter.setFont(font)
        painter.setPen(index.data(Qt.ItemDataRole.ForegroundRole) or theme.color("text"))
        shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, int(index.data(Qt.ItemDataRole.TextAlignmentRole) or 0), shown)
        if isinstance(view, QAbstractItemView) and index == view.currentIndex():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(theme.color("accent" if view.hasFocus() else "muted"))
            painter.drawRect(rect.adjusted(0, 0, -1, -1))
        painter.restore()

    def helpEvent(self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index) -> bool:
        """Tell the whole of a cut text, then what there is to say of the cell."""
        if event.type() != QEvent.Type.ToolTip or not index.isValid():
            return super().helpEvent(event, view, option, index)
        text = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        room = QRect(option.rect).width() - theme.current().px(24)  # type: ignore[attr-defined]
        font = index.data(Qt.ItemDataRole.FontRole) or theme.current().font()
        cut = QFontMetrics(font).horizontalAdvance(text) > room
        own = str(index.data(Qt.ItemDataRole.ToolTipRole) or "")
        tip = "\n".join(part for part in (text if cut else "", own) if part)
        if tip:
            QToolTip.showText(event.globalPos(), tip, view)
        else:
            QToolTip.hideText()
        return True


def heading_font() -> QFont:
    """Return the font of headings."""
    return theme.current().font(12, weight=QFont.Weight.DemiBold)


def heading_width(title: str, least: int) -> int:
    """Return the least width, not below ``least``, at which a heading fits into its two lines and cuts no word."""
    metrics, px = QFontMetrics(heading_font()), theme.current().px
    longest = max((metrics.horizontalAdvance(word) for word in title.split()), default=0)
    width = max(least - px(16), longest)
    flags = int(Qt.TextFlag.TextWordWrap)
    while metrics.boundingRect(QRect(0, 0, width, 1000), flags, title).height() > HEADING_LINES * metrics.height():
        width += px(8)
    return width + px(16)


def row_heading_height(text: str, width: int) -> int:
    """Return the height of a row whose heading of a given width takes as many lines as it needs."""
    px = theme.current().px
    metrics = QFontMetrics(theme.current().font(weight=QFont.Weight.Medium))
    room = QRect(0, 0, width - px(16), 10_000)
    needed = metrics.boundingRect(room, int(Qt.TextFlag.TextWordWrap), text).height() + px(8)
    return max(theme.current().row_height, needed)


class EntryHeader(QHeaderView):
    """Headings of columns in two lines with their unit, headings of rows in one; those of the cursor are marked."""

    def __init__(self, orientation: Qt.Orientation, parent: QTableView) -> None:
        super().__init__(orientation, parent)
        self.setAccessibleName("Столбцы" if orientation == Qt.Orientation.Horizontal else "Строки")
        self.setHighlightSections(False)
        self.setSectionsClickable(True)

    def sizeHint(self) -> QSize:
        """Two lines and the unit."""
        hint = super().sizeHint()
        if self.orientation() == Qt.Orientation.Vertical:
            return hint
        px = theme.current().px
        unit = QFontMetrics(theme.current().font(12)).height()
        return QSize(hint.width(), HEADING_LINES * QFontMetrics(heading_font()).height() + unit + px(10))

    def _current(self) -> int:
        view = self.parent()
        if not isinstance(view, QTableView):
            return -1
        index = view.currentIndex()
        return index.column() if self.orientation() == Qt.Orientation.Horizontal else index.row()

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Draw one heading."""
        px, across = theme.current().px, self.orientation() == Qt.Orientation.Horizontal
        model = self.model()
        title = str(model.headerData(section, self.orientation(), Qt.ItemDataRole.DisplayRole) or "")
        here = section == self._current()
        painter.save()
        painter.fillRect(rect, theme.color("accent_soft" if here else "surface"))
        painter.setPen(theme.color("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.drawLine(rect.topRight(), rect.bottomRight())
        painter.setPen(theme.color("accent" if here else "text"))
        if across:
            inner = rect.adjusted(px(6), px(5), -px(6), -px(5))  # as the cells below
            unit = str(model.headerData(section, self.orientation(), EntryRole.UNIT) or "")
            side = int(model.headerData(section, self.orientation(), Qt.ItemDataRole.TextAlignmentRole) or 0)
            painter.setFont(heading_font())
            painter.drawText(inner, side | int(Qt.AlignmentFlag.AlignTop) | int(Qt.TextFlag.TextWordWrap), title)
            painter.setFont(theme.current().font(12))
            painter.setPen(theme.color("muted"))
            painter.drawText(inner, side | int(Qt.AlignmentFlag.AlignBottom), unit)
        else:
            inner = rect.adjusted(px(10), 0, -px(6), 0)
            font = theme.current().font(weight=QFont.Weight.Medium)
            painter.setFont(font)
            side = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
            if rect.height() > theme.current().row_height:  # such a row has room for all lines of its heading
                painter.drawText(inner, int(side) | int(Qt.TextFlag.TextWordWrap), title)
            else:
                shown = QFontMetrics(font).elidedText(title, Qt.TextElideMode.ElideMiddle, inner.width())
                painter.drawText(inner, int(side), shown)
        painter.restore()
