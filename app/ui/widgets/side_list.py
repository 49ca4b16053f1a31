"""A list at the side of a window: a few titles that wrap, one of them chosen."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from app.ui import theme
from app.ui.widgets.cells import Index

_FLAGS = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft) | int(Qt.TextFlag.TextWordWrap)


class _Delegate(QStyledItemDelegate):
    """Draws titles over as many lines as they need."""

    tells_cut_text = True

    def _inner(self, width: int) -> int:
        return max(40, width - 2 * theme.current().px(12))

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As high as the wrapped title."""
        view = option.widget  # type: ignore[attr-defined]
        width = view.viewport().width() if isinstance(view, SideList) else 200
        text = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        box = QFontMetrics(theme.current().font()).boundingRect(QRect(0, 0, self._inner(width), 1000), _FLAGS, text)
        return QSize(width, box.height() + 2 * theme.current().px(7))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the title; the chosen one lies on the accent."""
        rect = QRect(option.rect)  # type: ignore[attr-defined]
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)  # type: ignore[attr-defined]
        px = theme.current().px
        painter.save()
        if chosen:
            painter.fillRect(rect, theme.color("accent_soft"))
            painter.fillRect(QRect(rect.left(), rect.top(), px(3), rect.height()), theme.color("accent"))
        painter.setFont(theme.current().font())
        painter.setPen(theme.color("accent" if chosen else "text"))
        painter.drawText(
            rect.adjusted(px(12), 0, -px(12), 0), _FLAGS, str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        )
        painter.restore()


class SideList(QListWidget):
    """Titles to choose from."""

    def __init__(self, name: str, parent: QWidget | None = None):
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setProperty("card", "true")
        self.setItemDelegate(_Delegate(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMaximumWidth(theme.current().px(270))

    def add(self, title: str) -> None:
        """Add a title."""
        item = QListWidgetItem(title)
        item.setToolTip(title)
        self.addItem(item)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap the titles anew."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()
