"""How a day of the month grid is drawn: its number, why it is off, the frame of the cursor."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.operations.work_calendar import CalendarDay
from app.texts import capital
from app.ui import theme
from app.ui.widgets.chip import draw_shape

if TYPE_CHECKING:
    from app.ui.widgets.month_grid import MonthGrid

Index = QModelIndex | QPersistentModelIndex


def head_height() -> int:
    """Return how high the line with the number of a day is."""
    return theme.current().px(21)


SHORTER = {
    "Новогодние каникулы": "Новогодние дни",
    "Рождество Христово": "Рождество",
    "День защитника Отечества": "День защитника",
    "Международный женский день": "Женский день",
    "Праздник Весны и Труда": "Весна и Труд",
    "День народного единства": "День единства",
}
"""What stands in a narrow cell instead; tooltip and card tell the whole."""


def break_fill() -> QColor:
    """Return the tint of school breaks: half of the colour of attention."""
    one, other = theme.color("warn_soft"), theme.color("surface")
    return QColor(
        (one.red() + other.red()) // 2, (one.green() + other.green()) // 2, (one.blue() + other.blue()) // 2
    )  # fmt: skip


def day_note(item: CalendarDay, before: CalendarDay | None) -> str:
    """Return why a day is no day as any other: a holiday, a move, a break; "" of the others.

    Args:
        item: the day.
        before: the day before in the same week, so that a break is named once a week.
    """
    if item.title:
        same = before is not None and before.title == item.title
        return "" if same else capital(item.title)
    if item.on_break and (before is None or before.on_break != item.on_break or before.title):
        return capital(item.on_break)
    return ""


class MonthDelegate(QStyledItemDelegate):
    """Draws the cells under the things."""

    tells_cut_text = True

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one day."""
        grid = cast("MonthGrid", self.parent())
        item = grid.days.item(index)
        if item is None or grid.days.page is None:
            return
        rect = QRect(option.rect)  # type: ignore[attr-defined]
        inside = grid.days.inside(index)
        painter.save()
        painter.fillRect(rect, self._fill(item, inside=inside))
        painter.setPen(theme.color("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if index.column() < 6:
            painter.drawLine(rect.topRight(), rect.bottomRight())
        today = item.day == grid.days.page.today
        left = self._number(painter, rect, item, today=today, inside=inside)
        clash = grid.days.clash.get(item.day, 0)
        if clash:
            left = self._mark(painter, rect, left)
        before = grid.days.item(index.sibling(index.row(), index.column() - 1)) if index.column() else None
        self._note(painter, rect, item, before, left, inside=inside)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)  # type: ignore[attr-defined]
        if chosen or grid.over == item.day:
            self._frame(painter, rect, strong=grid.hasFocus() or grid.over == item.day)
        painter.restore()

    @staticmethod
    def _fill(item: CalendarDay, *, inside: bool) -> QColor:
        if item.on_break:
            return break_fill()
        if item.kind == "off":
            return theme.color("page" if inside else "hover")
        return theme.color("surface")

    @staticmethod
    def _number(painter: QPainter, rect: QRect, item: CalendarDay, *, today: bool, inside: bool) -> int:
        px = theme.current().px
        font = theme.current().font(12, weight=QFont.Weight.DemiBold if today or inside else QFont.Weight.Normal)
        text = str(item.day.day) if inside or item.day.day > 1 else f"{item.day.day}.{item.day.month:02}"
        width = QFontMetrics(font).horizontalAdvance(text)
        box = QRectF(rect.left() + px(4), rect.top() + px(2), max(width + px(8), px(18)), px(18))
        painter.setFont(font)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if today:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("accent"))
            painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
            painter.setPen(theme.color("on_accent"))
        elif item.kind == "off" and item.title and inside:
            painter.setPen(theme.color("bad"))
        else:
            painter.setPen(theme.color("text" if inside and item.kind != "off" else "muted"))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), text)
        return int(box.right())

    @staticmethod
    def _mark(painter: QPainter, rect: QRect, left: int) -> int:
        """Draw ▲: something does not fit on this day; its words stand beside the grid."""
        px = theme.current().px
        draw_shape(painter, "warn", QRectF(left + px(3), rect.top() + px(7), px(9), px(8)), theme.color("warn"))
        return left + px(12)

    @staticmethod
    def _note(
        painter: QPainter, rect: QRect, item: CalendarDay, before: CalendarDay | None, left: int, *, inside: bool
    ) -> None:
        px = theme.current().px
        text = day_note(item, before)
        if not text:
            return
        font = theme.current().font(10)
        painter.setFont(font)
        painter.setPen(theme.color("bad" if item.kind == "off" and item.title and inside else "muted"))
        width = rect.right() - px(3) - left - px(2)
        if QFontMetrics(font).horizontalAdvance(text) > width:
            short = (word for whole, word in SHORTER.items() if text.startswith(whole))
            text = next(short, text.partition(" вместо ")[0])
        box = QRectF(QPointF(left + px(2), rect.top() + px(2)), QPointF(rect.right() - px(3), rect.top() + px(20)))
        shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, int(box.width()))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight), shown)

    @staticmethod
    def _frame(painter: QPainter, rect: QRect, *, strong: bool) -> None:
        pen = QPen(theme.color("accent" if strong else "control_line"), theme.current().px(2))
        pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(QRectF(rect).adjusted(1, 1, -1.5, -1.5))
