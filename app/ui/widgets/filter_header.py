"""A table heading with a row of filters under it that follows widths, order and scrolling of the columns."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPolygon
from PySide6.QtWidgets import QHeaderView, QLineEdit, QWidget

from app.ui import theme
from app.ui.item_models.table_model import Column

DEBOUNCE_MS = 150


class FilterEdit(QLineEdit):
    """The filter of one column; Esc empties it, Down goes into the table."""

    leave = Signal()

    def __init__(self, title: str, parent: QWidget):
        super().__init__(parent)
        self.setProperty("flat", "true")
        self.setFrame(False)
        self.setPlaceholderText("фильтр")
        self.setAccessibleName(f"Фильтр: {title}")
        self.setClearButtonEnabled(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Mind the keys that leave the filter."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            self.textEdited.emit("")
        elif event.key() in {Qt.Key.Key_Escape, Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.leave.emit()
        else:
            super().keyPressEvent(event)


class FilterHeader(QHeaderView):
    """Headings drawn over their columns, filters beneath.

    Signals:
        filtered(key, needle): a filter has changed; typing is gathered for 150 ms.
        leave(): the keyboard wants to go into the table.
    """

    filtered = Signal(str, str)
    leave = Signal()

    def __init__(self, columns: tuple[Column, ...], parent: QWidget | None = None, *, filters: bool = True):
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._columns = columns
        self._edits: list[FilterEdit] = []
        self._placing = False
        self._pending: dict[str, str] = {}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DEBOUNCE_MS)
        self._timer.timeout.connect(self._tell)
        self.setSectionsClickable(True)
        self.setSectionsMovable(True)
        self.setHighlightSections(False)
        self.setSortIndicatorShown(True)
        self.setMinimumSectionSize(theme.current().px(40))
        self.setMouseTracking(True)
        if filters:
            self._make_edits()
        self.sectionResized.connect(self._follow)
        self.sectionMoved.connect(self._follow)
        self.sectionCountChanged.connect(self._follow)
        self.geometriesChanged.connect(self._follow)

    def _make_edits(self) -> None:
        self._edits = [self._make_edit(column) for column in self._columns]

    def _make_edit(self, column: Column) -> FilterEdit:
        edit = FilterEdit(column.title, self)
        if column.right:
            edit.setAlignment(Qt.AlignmentFlag.AlignRight)
            edit.setToolTip("Часть числа или сравнение: > 30, <= 5")
        edit.textEdited.connect(lambda text: self._typed(column.key, text))
        edit.leave.connect(self._left)
        return edit

    # --- filters -------------------------------------------------------------------------------------------------

    def rename(self, columns: tuple[Column, ...]) -> None:
        """Take over other headings; a column that is new gets a filter, one that is gone takes its filter along."""
        if self._edits:
            kept = {column.key: edit for column, edit in zip(self._columns, self._edits, strict=False)}
            self._edits = [
                kept.pop(column.key) if column.key in kept else self._make_edit(column) for column in columns
            ]
            for column, edit in zip(columns, self._edits, strict=True):
                edit.setAccessibleName(f"Фильтр: {column.title}")
            for gone in kept.values():
                gone.hide()
                gone.deleteLater()
        self._columns = columns
        self.viewport().update()

    def filter_of(self, key: str) -> FilterEdit:
        """Return the filter of a column."""
        return self._edits[[column.key for column in self._columns].index(key)]

    def clear_filters(self) -> None:
        """Empty all filters without telling."""
        self._pending = {}
        self._timer.stop()
        for edit in self._edits:
            edit.clear()

    def focus_first(self) -> None:
        """Put the keyboard into the first visible filter."""
        if self._edits:
            first = self.logicalIndex(0)
            self._edits[first].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def flush(self) -> None:
        """Tell of what was typed without waiting."""
        self._timer.stop()
        self._tell()

    def _typed(self, key: str, text: str) -> None:
        self._pending[key] = text
        self._timer.start()

    def _tell(self) -> None:
        pending, self._pending = self._pending, {}
        for key, text in pending.items():
            self.filtered.emit(key, text)

    def _left(self) -> None:
        self.flush()
        self.leave.emit()

    # --- places --------------------------------------------------------------------------------------------------

    @property
    def _head_height(self) -> int:
        return theme.current().px(32)

    @property
    def _filter_height(self) -> int:
        return theme.current().px(26) if self._edits else 0

    def sizeHint(self) -> QSize:
        """Headings and filters."""
        return QSize(super().sizeHint().width(), self._head_height + self._filter_height)

    def updateGeometries(self) -> None:
        """Leave room for the filters below the headings."""
        if not getattr(self, "_placing", True):
            self._placing = True
            self.setViewportMargins(0, 0, 0, self._filter_height)
            super().updateGeometries()
            self._follow()
            self._placing = False

    def _follow(self, *_: int) -> None:
        top, height = self._head_height, self._filter_height
        needed = QFontMetrics(theme.current().font()).horizontalAdvance("фильтр") + theme.current().px(20)
        for logical, edit in enumerate(self._edits):
            width = self.sectionSize(logical)
            edit.setGeometry(QRect(self.sectionViewportPosition(logical), top, max(0, width - 1), height - 1))
            edit.setPlaceholderText("фильтр" if width >= needed else "")  # half a word says nothing
            edit.setVisible(width > 0 and not self.isSectionHidden(logical))

    def needed_width(self, logical: int) -> int:
        """Return how wide a column must be for its heading."""
        px = theme.current().px
        width = QFontMetrics(self._font()).horizontalAdvance(self._columns[logical].title)
        return width + px(8) * 2 + px(14)

    # --- drawing -------------------------------------------------------------------------------------------------

    @staticmethod
    def _font() -> QFont:
        return theme.current().font(12, weight=QFont.Weight.DemiBold)

    def paintSection(self, painter: QPainter, rect: QRect, logical: int) -> None:
        """Draw one heading: text over its column, a small triangle where it orders the table."""
        px = theme.current().px
        painter.save()
        painter.fillRect(rect, theme.color("surface"))
        painter.setPen(theme.color("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        column = self._columns[logical]
        font = self._font()
        painter.setFont(font)
        painter.setPen(theme.color("muted"))
        sorted_here = self.isSortIndicatorShown() and self.sortIndicatorSection() == logical
        room = rect.adjusted(px(8), 0, -px(8), 0)
        mark = px(12) if sorted_here else 0
        text_room = room.adjusted(mark, 0, 0, 0) if column.right else room.adjusted(0, 0, -mark, 0)
        text = QFontMetrics(font).elidedText(column.title, Qt.TextElideMode.ElideRight, text_room.width())
        side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
        painter.drawText(text_room, int(side | Qt.AlignmentFlag.AlignVCenter), text)
        if sorted_here:
            used = QFontMetrics(font).horizontalAdvance(text)
            left = text_room.right() - used - mark if column.right else text_room.left() + used + px(4)
            self._triangle(painter, left, rect.center().y())
        painter.restore()

    def _triangle(self, painter: QPainter, left: int, middle: int) -> None:
        half = theme.current().px(4)
        up = self.sortIndicatorOrder() == Qt.SortOrder.AscendingOrder
        tip, base = (middle - half // 2, middle + half // 2) if up else (middle + half // 2, middle - half // 2)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.color("accent")))
        painter.drawPolygon(QPolygon([QPoint(left, base), QPoint(left + 2 * half, base), QPoint(left + half, tip)]))
