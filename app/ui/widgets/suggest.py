"""A line that offers what may be meant while it is typed: the list lies under it and never takes the keyboard."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QStyledItemDelegate, QWidget

from app.ui import theme

MOST_SHOWN = 7


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One offer: what goes into the line, what is shown beside it, and what it stands for."""

    text: str
    detail: str = ""
    value: int | None = None


class _Offers(QStyledItemDelegate):
    """Offers are shortened; each tells itself whole in its tooltip."""

    tells_cut_text = True


class SuggestEdit(QLineEdit):
    """A line with offers.

    Down opens the list, also over an empty line; Up and Down move in it; Enter and Tab take the offer that is moved
    to; Esc closes the list and nothing else.

    Signals:
        chosen(suggestion): an offer was taken.
        advanced(): Enter was pressed and no offer was taken.
    """

    chosen = Signal(object)
    advanced = Signal()

    def __init__(self, name: str, hint: str = "", parent: QWidget | None = None):
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self.source: Callable[[str], Sequence[Suggestion]] = lambda _text: ()
        self.value: int | None = None
        self._offers: tuple[Suggestion, ...] = ()
        self._list: QListWidget | None = None
        self.textEdited.connect(self._typed)

    # --- the list ------------------------------------------------------------------------------------------------

    @property
    def offers(self) -> tuple[Suggestion, ...]:
        """What is offered now; nothing while the list is closed."""
        return self._offers if self._list is not None and self._list.isVisible() else ()

    def _typed(self, text: str) -> None:
        self.value = None
        if text.strip():
            self.offer()
        else:
            self.close_list()

    def offer(self) -> None:
        """Open the list over what stands in the line."""
        self._offers = tuple(self.source(self.text()))[:MOST_SHOWN]
        only = len(self._offers) == 1 and self._offers[0].text == self.text()
        if not self._offers or only:
            self.close_list()
            return
        shown = self._made_list()
        shown.clear()
        for one in self._offers:
            item = QListWidgetItem(f"{one.text}   ·   {one.detail}" if one.detail else one.text)
            item.setToolTip(item.text())
            shown.addItem(item)
        shown.setCurrentRow(-1)
        height = shown.sizeHintForRow(0) * len(self._offers) + 2 * shown.frameWidth() + theme.current().px(4)
        window = self.window()
        below = self.mapTo(window, QPoint(0, self.height()))
        top = below.y() if below.y() + height <= window.height() else max(0, below.y() - self.height() - height)
        shown.setGeometry(below.x(), top, self.width(), min(height, window.height()))
        shown.show()
        shown.raise_()

    def _made_list(self) -> QListWidget:
        if self._list is None:
            self._list = QListWidget(self.window())
            self._list.setObjectName("found")
            self._list.setAccessibleName(f"{self.accessibleName()}: что подходит")
            self._list.setItemDelegate(_Offers(self._list))
            self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            self._list.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            self._list.setTextElideMode(Qt.TextElideMode.ElideRight)
            self._list.itemClicked.connect(lambda item: self._take(self._list.row(item) if self._list else -1))
        return self._list

    def close_list(self) -> None:
        """Offer nothing."""
        if self._list is not None:
            self._list.hide()

    def _take(self, place: int) -> bool:
        """Put an offer into the line; False where none is moved to."""
        if not 0 <= place < len(self._offers):
            return False
        one = self._offers[place]
        self.close_list()
        self.setText(one.text)
        self.value = one.value
        self.chosen.emit(one)
        return True

    def take_current(self) -> bool:
        """Take the offer that is moved to; False where none is."""
        return bool(self.offers) and self._list is not None and self._take(self._list.currentRow())

    # --- keys ----------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move in the list, take from it, close it."""
        key, plain = event.key(), not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if key in {Qt.Key.Key_Down, Qt.Key.Key_Up} and plain:
            self._move(1 if key == Qt.Key.Key_Down else -1)
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and plain:
            if not self.take_current():
                self.close_list()
                self.advanced.emit()
        elif key == Qt.Key.Key_Escape and self.offers:
            self.close_list()
        else:
            super().keyPressEvent(event)

    def _move(self, step: int) -> None:
        if not self.offers:
            if step > 0:
                self.offer()
            if not self.offers:
                return
        assert self._list is not None  # it is what offers
        self._list.setCurrentRow((self._list.currentRow() + step) % len(self._offers) if self._list.currentRow() >= 0
                                 else 0 if step > 0 else len(self._offers) - 1)  # fmt: skip

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab takes the offer that is moved to and goes on."""
        self.take_current()
        return super().focusNextPrevChild(forward)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The list goes with the keyboard."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.close_list()
