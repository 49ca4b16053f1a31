"""The list at the left of «Тексты»: the passport, the analysis, sections and tables with their states."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QHelpEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)

from app.ui import theme
from app.ui.theme import Kind
from app.ui.widgets.cells import Index
from app.ui.widgets.chip import SHAPE_WORDS, chip_height, chip_width, paint_chip

LINE = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of the list; a heading has no key."""

    key: str
    title: str
    kind: Kind = "none"
    word: str = ""


class _Delegate(QStyledItemDelegate):
    """Draws the title at the left and the chip of the state at the right; headings are small and quiet."""

    tells_cut_text = True

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """One line."""
        line, px = index.data(LINE), theme.current().px
        return QSize(px(120), chip_height() + px(10 if line.key else 12))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one line."""
        line: TextLine = index.data(LINE)
        rect = QRect(option.rect)  # type: ignore[attr-defined]
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)  # type: ignore[attr-defined]
        view, px = option.widget, theme.current().px  # type: ignore[attr-defined]
        painter.save()
        inner = rect.adjusted(px(12), 0, -px(10), 0)
        if not line.key:
            painter.setFont(theme.current().font(12, weight=QFont.Weight.DemiBold))
            painter.setPen(theme.color("muted"))
            low = int(Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft)
            painter.drawText(inner.adjusted(0, 0, 0, -px(3)), low, line.title)
            painter.restore()
            return
        if chosen:
            painter.fillRect(rect, theme.color("accent_soft"))
            painter.fillRect(QRect(rect.left(), rect.top(), px(3), rect.height()), theme.color("accent"))
        wide = chip_width(line.word)
        box = QRectF(inner.right() - wide, rect.center().y() - chip_height() / 2, wide, chip_height())
        paint_chip(painter, box, line.kind, line.word)
        inner.setRight(int(box.left()) - px(8))
        font = theme.current().font(weight=QFont.Weight.DemiBold if chosen else QFont.Weight.Normal)
        painter.setFont(font)
        painter.setPen(theme.color("text"))
        shown = QFontMetrics(font).elidedText(line.title, Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), shown)
        if chosen and isinstance(view, QAbstractItemView) and view.hasFocus():
            painter.setPen(theme.color("accent"))
            painter.drawRect(rect.adjusted(0, 0, -1, -1))
        painter.restore()

    def helpEvent(
        self, event: QHelpEvent, view: QAbstractItemView, _option: QStyleOptionViewItem, index: Index
    ) -> bool:
        """Tell the whole title with the state."""
        QToolTip.showText(event.globalPos(), str(index.data(Qt.ItemDataRole.AccessibleTextRole) or ""), view)
        return True


class TextList(QListWidget):
    """The lines.

    Signals:
        picked(key): another line is current.
    """

    picked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Тексты и таблицы программы")
        self.setProperty("card", "true")
        self.setItemDelegate(_Delegate(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setMinimumWidth(theme.current().px(240))
        self.currentItemChanged.connect(self._changed)

    def show_lines(self, lines: Sequence[TextLine]) -> None:
        """Show other lines; the chosen one stays chosen."""
        kept = self.key
        self.blockSignals(True)
        same = [line.key or line.title for line in lines] == [line.key or line.title for line in self.lines]
        if same:
            for place, line in enumerate(lines):
                self._put(self.item(place), line)
        else:
            self.clear()
            for line in lines:
                item = QListWidgetItem()
                if not line.key:
                    item.setFlags(Qt.ItemFlag.NoItemFlags)
                self._put(item, line)
                self.addItem(item)
        self.blockSignals(False)
        if not same and not self.choose(kept):
            self.choose(next((line.key for line in lines if line.key), ""))
        self.viewport().update()

    @staticmethod
    def _put(item: QListWidgetItem, line: TextLine) -> None:
        item.setData(LINE, line)
        told = f"{line.title}: {line.word} ({SHAPE_WORDS[line.kind]})" if line.key else line.title
        item.setData(Qt.ItemDataRole.AccessibleTextRole, told)

    @property
    def lines(self) -> list[TextLine]:
        """What is shown."""
        return [self.item(place).data(LINE) for place in range(self.count())]

    @property
    def key(self) -> str:
        """The chosen line."""
        item = self.currentItem()
        return "" if item is None else str(item.data(LINE).key)

    def choose(self, key: str) -> bool:
        """Choose a line; False where there is none of that key."""
        for place, line in enumerate(self.lines):
            if key and line.key == key:
                self.setCurrentRow(place)
                return True
        return False

    def _changed(self, item: QListWidgetItem | None) -> None:
        if item is not None and item.data(LINE).key:
            self.picked.emit(item.data(LINE).key)
