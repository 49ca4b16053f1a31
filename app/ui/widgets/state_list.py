"""Lines of a narrow list: a name, under it the chip of a state and a quiet word at the right."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QHelpEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QToolTip

from app.ui import theme
from app.ui.theme import Kind
from app.ui.widgets.cells import Index
from app.ui.widgets.chip import chip_height, chip_width, paint_chip


class StateDelegate(QStyledItemDelegate):
    """Draws a line; who inherits says what stands in it. The tooltip tells the whole line as those hear it who listen.

    Class attributes:
        pad: above and below, in pixels at 100 %.
    """

    tells_cut_text = True
    pad = 6

    def parts(self, index: Index) -> tuple[tuple[Kind, str], str] | None:
        """Return the chip and what stands beside it; None where the line is nothing of ours."""
        raise NotImplementedError

    def draw_name(self, painter: QPainter, metrics: QFontMetrics, inner: QRect, index: Index) -> None:
        """Draw the name at the top of ``inner``."""
        raise NotImplementedError

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002
        """Two lines."""
        px = theme.current().px
        return QSize(px(120), QFontMetrics(theme.current().font()).height() + chip_height() + px(2 * self.pad + 4))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one line of the list."""
        parts = self.parts(index)
        if parts is None:
            return
        (kind, word), beside = parts
        rect = QRect(option.rect)  # type: ignore[attr-defined]
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)  # type: ignore[attr-defined]
        view = option.widget  # type: ignore[attr-defined]
        px = theme.current().px
        painter.save()
        if chosen:
            painter.fillRect(rect, theme.color("accent_soft"))
            painter.fillRect(QRect(rect.left(), rect.top(), px(3), rect.height()), theme.color("accent"))
        painter.setPen(theme.color("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        inner = rect.adjusted(px(12), px(self.pad), -px(10), -px(self.pad))
        font = theme.current().font(weight=QFont.Weight.DemiBold if chosen else QFont.Weight.Normal)
        painter.setFont(font)
        painter.setPen(theme.color("text"))
        self.draw_name(painter, QFontMetrics(font), inner, index)
        low = QRectF(inner.left(), inner.bottom() - chip_height() + 1, chip_width(word), chip_height())
        paint_chip(painter, low, kind, word)
        painter.setFont(theme.current().font(12))
        painter.setPen(theme.color("muted"))
        room = QRect(inner.left(), int(low.top()), inner.width(), int(low.height()))
        painter.drawText(room, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), beside)
        if chosen and isinstance(view, QAbstractItemView) and view.hasFocus():
            painter.setPen(theme.color("accent"))
            painter.drawRect(rect.adjusted(0, 0, -1, -1))
        painter.restore()

    def helpEvent(self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index) -> bool:  # noqa: ARG002
        """Tell the whole name with state and progress."""
        QToolTip.showText(event.globalPos(), str(index.data(Qt.ItemDataRole.AccessibleTextRole) or ""), view)
        return True
