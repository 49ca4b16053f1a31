"""What every widget of an answer is: it shows an answer, tells another one, and says where the keyboard goes next."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.forms.schema import Answer, Item
from app.ui import theme
from app.ui.theme import Kind
from app.ui.widgets.chip import SHAPE_WORDS, draw_shape

Way = Literal["", "on", "back", "open"]
"""Where the keyboard goes: to the next item, to the one before, to the next one without an answer."""
NOT_APPLICABLE_KEYS = frozenset("nNнНтТ")
"""«N», the Russian «н», and what the key N gives in the Russian layout."""
_WRAP = int(Qt.TextFlag.TextWordWrap)


def way_of(event: QKeyEvent, *, arrows: bool = True) -> Way:
    """Return where a key leads."""
    control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
    shift = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
    if event.modifiers() & Qt.KeyboardModifier.AltModifier:
        return ""
    if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
        return "open" if control else "back" if shift else "on"
    if arrows and not control and event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
        return "on" if event.key() == Qt.Key.Key_Down else "back"
    return ""


class AnswerWidget(QWidget):
    """The place for one answer; its height follows from its width.

    Signals:
        answered(raw, other, not applicable): the person has answered.
        drafted(raw): the person has stopped typing for a moment; "" takes it back.
        moved(way): the keyboard leaves.
        asked_for(what): «comment», or «same» to confirm what was filled in beforehand.
        grown(): it needs another height.
    """

    answered = Signal(str, str, bool)
    drafted = Signal(str)
    moved = Signal(str)
    asked_for = Signal(str)
    grown = Signal()

    def __init__(self, item: Item, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.item = item
        self.name = name
        self.answer = Answer()
        self.read_only = False

    def show_answer(self, answer: Answer, draft: str | None = None, *, force: bool = False) -> None:
        """Show an answer; what is being typed is left alone unless forced (another subject is shown)."""
        raise NotImplementedError

    def set_read_only(self, read_only: bool) -> None:
        """Let it be read only."""
        self.read_only = read_only

    def target(self) -> QWidget:
        """Return what takes the keyboard."""
        return self

    def wish(self) -> int:
        """Return the width at which everything stands on one line."""
        raise NotImplementedError

    def heightForWidth(self, width: int) -> int:
        """Return the height at a width."""
        raise NotImplementedError

    def commit(self) -> None:
        """Save what is being typed."""

    def walk(self, event: QKeyEvent, *, arrows: bool = True) -> bool:
        """Go where a key leads; True where it led somewhere."""
        way = way_of(event, arrows=arrows)
        if way:
            self.commit()
            self.moved.emit(way)
        return bool(way)


class Remark(QWidget):
    """What is wrong, in words with a shape and a colour."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kind: Kind = "bad"
        self.text = ""

    def say(self, kind: Kind, text: str) -> None:
        """Say something else; nothing hides it."""
        self.kind, self.text = kind, text
        self.setAccessibleName(f"{SHAPE_WORDS[kind]}: {text}" if text else "")
        self.setVisible(bool(text))
        self.updateGeometry()
        self.update()

    def _left(self) -> int:
        return theme.current().px(14)

    def heightForWidth(self, width: int) -> int:
        """Return the height of the wrapped words."""
        box = QRect(0, 0, max(40, width - self._left()), 10_000)
        return QFontMetrics(theme.current().font(12)).boundingRect(box, _WRAP, self.text).height()

    def hasHeightForWidth(self) -> bool:
        """The height follows from the width."""
        return True

    def sizeHint(self) -> QSize:
        """One line."""
        metrics = QFontMetrics(theme.current().font(12))
        return QSize(metrics.horizontalAdvance(self.text) + self._left() + 2, metrics.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw shape and words."""
        painter = QPainter(self)
        font = theme.current().font(12)
        painter.setFont(font)
        colour = QColor(theme.current().tokens.pair(self.kind)[0])
        side = float(theme.current().px(8))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_shape(painter, self.kind, QRectF(0.5, (QFontMetrics(font).height() - side) / 2, side, side), colour)
        painter.setPen(colour)
        painter.drawText(self.rect().adjusted(self._left(), 0, 0, 0), _WRAP, self.text)
        painter.end()
