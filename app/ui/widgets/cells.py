"""How cells are drawn: text with room around it, chips, marks of bad cells; cut texts tell the rest in a tooltip."""

from __future__ import annotations

import re

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QHelpEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
)

from app.ui import theme
from app.ui.item_models.table_model import Column, Role
from app.ui.widgets.chip import chip_width, paint_chip

Index = QModelIndex | QPersistentModelIndex
_AROUND = re.compile(r"[\s.,]*…[\s.,]*")
"""What a cut leaves of stops and spaces around its own mark."""


class CellDelegate(QStyledItemDelegate):
    """Draws the cells of our tables."""

    tells_cut_text = True
    """What is cut is told in a tooltip; the checker of screens relies on it."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one cell."""
        rect = QRect(option.rect)  # type: ignore[attr-defined]
        state = option.state  # type: ignore[attr-defined]
        view = option.widget  # type: ignore[attr-defined]
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.color("accent_soft"))
        elif index.data(Role.BAD):
            painter.fillRect(rect, theme.color("bad_soft"))
        painter.setPen(theme.color("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        column: Column | None = index.data(Role.CELL)
        text = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        px = theme.current().px
        inner = rect.adjusted(px(8), 0, -px(8), -1)
        chip = index.data(Role.CHIP)
        if chip and text:
            paint_chip(painter, QRectF(inner.adjusted(-px(2), 0, px(4), 0)), chip, text)
        elif text:
            font = self.font_of(column)
            painter.setFont(font)
            bad = bool(index.data(Role.BAD))
            painter.setPen(theme.color("bad" if bad else "text"))
            side = Qt.AlignmentFlag.AlignRight if column and column.right else Qt.AlignmentFlag.AlignLeft
            painter.drawText(inner, int(side | Qt.AlignmentFlag.AlignVCenter), self.cut(column, text, inner.width()))
        if isinstance(view, QAbstractItemView) and view.hasFocus() and index.row() == view.currentIndex().row():
            # the focus is a frame around the whole row
            painter.setPen(theme.color("accent"))
            painter.drawLine(rect.topLeft(), rect.topRight())
            painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.restore()

    @staticmethod
    def font_of(column: Column | None) -> QFont:
        """Return the font of a column."""
        weight = QFont.Weight.Medium if column is not None and column.strong else QFont.Weight.Normal
        return theme.current().font(weight=weight)

    @classmethod
    def cut(cls, column: Column | None, text: str, width: int) -> str:
        """Return the text as it fits into a width."""
        text = text.replace("\n", " ")
        middle = column is not None and column.middle
        mode = Qt.TextElideMode.ElideMiddle if middle else Qt.TextElideMode.ElideRight
        shown = QFontMetrics(cls.font_of(column)).elidedText(text, mode, width)
        # «им.…. Вьюжанина» says less than «им…Вьюжанина»
        return shown if shown == text else _AROUND.sub("…", shown)

    @classmethod
    def is_cut(cls, column: Column | None, text: str, width: int) -> bool:
        """Tell whether a text does not fit into a cell of that width."""
        room = width - 2 * theme.current().px(8)
        if column is not None and column.kind == "chip":
            return bool(text) and chip_width(text) > room + theme.current().px(6)
        return cls.cut(column, text, room) != text.replace("\n", " ")

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return what the whole text needs."""
        column: Column | None = index.data(Role.CELL)
        text = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        width = QFontMetrics(self.font_of(column)).horizontalAdvance(text)
        if column is not None and column.kind == "chip":
            width = chip_width(text)
        return QSize(width + 2 * theme.current().px(8) + 2, theme.current().row_height)

    def helpEvent(self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index) -> bool:
        """Tell the whole of a cut text."""
        if event.type() != QEvent.Type.ToolTip or not index.isValid():
            return super().helpEvent(event, view, option, index)
        own = index.data(Qt.ItemDataRole.ToolTipRole)
        text = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        width = QRect(option.rect).width()  # type: ignore[attr-defined]
        cut = self.is_cut(index.data(Role.CELL), text, width)
        parts = [part for part in ((text if cut else ""), str(own or "")) if part]
        if parts:
            QToolTip.showText(event.globalPos(), "\n".join(parts), view)
        else:
            QToolTip.hideText()
        return True
