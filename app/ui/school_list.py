"""The forms that a request asks for: a list with the state and the progress of each."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListWidget,
    QListWidgetItem,
    QStyleOptionViewItem,
)

from app.operations.form_cases import CaseView
from app.ui import theme
from app.ui.theme import Kind
from app.ui.widgets.cells import Index
from app.ui.widgets.chip import chip_height
from app.ui.widgets.state_list import StateDelegate

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


class _Delegate(StateDelegate):
    """Draws the name on up to two lines, state and progress under it."""

    pad = 7

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Two lines, or three where the name needs two."""
        px = theme.current().px
        metrics = QFontMetrics(theme.current().font(weight=QFont.Weight.DemiBold))
        widget = option.widget  # type: ignore[attr-defined]
        room = (widget.viewport().width() if isinstance(widget, QAbstractItemView) else px(260)) - px(22)
        lines = 1 if metrics.horizontalAdvance(str(index.data(_NAME))) <= room else 2
        return QSize(px(120), lines * metrics.lineSpacing() + chip_height() + px(20))

    def parts(self, index: Index) -> tuple[tuple[Kind, str], str] | None:
        """Return the state and how much is answered."""
        view = index.data(_VIEW)
        if not isinstance(view, CaseView):
            return None
        return state_of(view), f"{view.progress.answered} из {view.progress.of}"

    def draw_name(self, painter: QPainter, metrics: QFontMetrics, inner: QRect, index: Index) -> None:
        """Draw the name, broken once between words; what is left over ends in dots."""
        name = str(index.data(_NAME))
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
