"""The forms that a request asks for: a list with the state and the progress of each."""

from __future__ import annotations

from collections.abc import Sequence

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
)

from app.operations.form_cases import CaseView
from app.ui import theme
from app.ui.theme import Kind
from app.ui.widgets.cells import Index
from app.ui.widgets.chip import chip_height, chip_width, paint_chip

_VIEW = Qt.ItemDataRole.UserRole
_NAME = Qt.ItemDataRole.UserRole + 1


def state_of(view: CaseView) -> tuple[Kind, str]:
    """Return kind and word of how far a form is."""
    if view.judged.wrong:
        return "bad", "есть ошибки"
    if view.drafts:
        return "warn", "не закончено"
    if view.progress.of and view.progress.done and not view.problems:
        return "ok", "заполнена"
    if view.case.return_remark:
        return "warn", "на доработке"
    return ("info", "заполняется") if view.progress.answered else ("none", "не начата")


def titles_of(views: Sequence[CaseView]) -> list[str]:
    """Return the names of forms; where one form is asked of several, the name of whom it speaks of too."""
    shorts = [view.form.short for view in views]
    return [
        f"{view.form.short} — {view.subject.name or view.subject.shown}" if shorts.count(view.form.short) > 1
        else view.form.short
        for view in views
    ]  # fmt: skip


class _Delegate(QStyledItemDelegate):
    """Draws the name on up to two lines, state and progress under it."""

    tells_cut_text = True

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Two lines, or three where the name needs two."""
        px = theme.current().px
        metrics = QFontMetrics(theme.current().font(weight=QFont.Weight.DemiBold))
        widget = option.widget  # type: ignore[attr-defined]
        room = (widget.viewport().width() if isinstance(widget, QAbstractItemView) else px(260)) - px(22)
        lines = 1 if metrics.horizontalAdvance(str(index.data(_NAME))) <= room else 2
        return QSize(px(120), lines * metrics.lineSpacing() + chip_height() + px(20))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one form."""
        view = index.data(_VIEW)
        if not isinstance(view, CaseView):
            return
        rect = QRect(option.rect)  # type: ignore[attr-defined]
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)  # type: ignore[attr-defined]
        widget = option.widget  # type: ignore[attr-defined]
        px = theme.current().px
        painter.save()
        if chosen:
            painter.fillRect(rect, theme.color("accent_soft"))
            painter.fillRect(QRect(rect.left(), rect.top(), px(3), rect.height()), theme.color("accent"))
        painter.setPen(theme.color("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        inner = rect.adjusted(px(12), px(7), -px(10), -px(7))
        font = theme.current().font(weight=QFont.Weight.DemiBold if chosen else QFont.Weight.Normal)
        painter.setFont(font)
        painter.setPen(theme.color("text"))
        self._name(painter, QFontMetrics(font), inner, str(index.data(_NAME)))
        kind, word = state_of(view)
        low = QRectF(inner.left(), inner.bottom() - chip_height() + 1, chip_width(word), chip_height())
        paint_chip(painter, low, kind, word)
        painter.setFont(theme.current().font(12))
        painter.setPen(theme.color("muted"))
        beside = QRect(inner.left(), int(low.top()), inner.width(), int(low.height()))
        flags = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        painter.drawText(beside, flags, f"{view.progress.answered} из {view.progress.of}")
        if chosen and isinstance(widget, QAbstractItemView) and widget.hasFocus():
            painter.setPen(theme.color("accent"))
            painter.drawRect(rect.adjusted(0, 0, -1, -1))
        painter.restore()

    @staticmethod
    def _name(painter: QPainter, metrics: QFontMetrics, inner: QRect, name: str) -> None:
        """Draw the name, broken once between words; what is left over ends in dots."""
        first, rest = name, ""
        if metrics.horizontalAdvance(name) > inner.width():
            words = name.split(" ")
            while len(words) > 1 and metrics.horizontalAdvance(" ".join(words)) > inner.width():
                words.pop()
            first = " ".join(words)
            rest = name[len(first) :].lstrip()
        for line, text in enumerate((first, rest)):
            box = QRect(inner.left(), inner.top() + line * metrics.lineSpacing(), inner.width(), metrics.height())
            painter.drawText(box, 0, metrics.elidedText(text, Qt.TextElideMode.ElideRight, inner.width()))

    def helpEvent(self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index) -> bool:  # noqa: ARG002
        """Tell the whole name with state and progress."""
        QToolTip.showText(event.globalPos(), str(index.data(Qt.ItemDataRole.AccessibleTextRole) or ""), view)
        return True


class FormList(QListWidget):
    """The list.

    Signals:
        chosen(case): another form is to be shown.
    """

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.views: tuple[CaseView, ...] = ()
        self.setAccessibleName("Формы")
        self.setItemDelegate(_Delegate(self))
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.currentRowChanged.connect(self._moved)

    def show_views(self, views: Sequence[CaseView], case_id: int | None) -> None:
        """Show the forms; the chosen one stays chosen."""
        self.blockSignals(True)
        if [view.case.id for view in views] != [view.case.id for view in self.views]:
            self.clear()
            for _view in views:
                self.addItem(QListWidgetItem())
        self.views = tuple(views)
        for place, (view, name) in enumerate(zip(views, titles_of(views), strict=True)):
            item = self.item(place)
            item.setData(_VIEW, view)
            item.setData(_NAME, name)
            _kind, word = state_of(view)
            item.setData(Qt.ItemDataRole.AccessibleTextRole,
                         f"{name}: {word}, отвечено {view.progress.answered} из {view.progress.of}")  # fmt: skip
            if view.case.id == case_id:
                self.setCurrentRow(place)
        self.blockSignals(False)
        self.viewport().update()

    def _moved(self, place: int) -> None:
        if 0 <= place < len(self.views):
            self.chosen.emit(self.views[place].case.id)
