"""Three blocks side by side: a title, a shape and a sentence each; a press shows the block."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QSizePolicy, QWidget

from app.ui import theme
from app.ui.theme import Kind
from app.ui.widgets.chip import SHAPE_WORDS, draw_shape


class BlockButton(QAbstractButton):
    """One block."""

    tells_cut_text = True

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText(title)
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._kind: Kind = "none"
        self.sentence = ""

    def show_state(self, kind: Kind, sentence: str) -> None:
        """Show how the block stands."""
        self._kind, self.sentence = kind, sentence
        self.setAccessibleName(f"{self.text()}: {sentence} ({SHAPE_WORDS[kind]})")
        self.setToolTip(sentence)
        self.update()

    def sizeHint(self) -> QSize:
        """Two lines."""
        px = theme.current().px
        return QSize(px(260), 2 * QFontMetrics(theme.current().font()).height() + px(22))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the card, the shape, the title and the sentence; the chosen one lies on the accent."""
        px, chosen = theme.current().px, self.isChecked()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(theme.color("accent" if chosen or self.hasFocus() else "line"))
        painter.setBrush(theme.color("accent_soft" if chosen else "surface"))
        painter.drawRoundedRect(box, px(8), px(8))
        strong, plain = theme.current().font(weight=QFont.Weight.DemiBold), theme.current().font(12)
        line, side = QFontMetrics(strong).height(), float(px(9))
        top = (self.height() - 2 * line - px(4)) // 2
        shape = QRectF(px(14), top + (line - side) / 2, side, side)
        draw_shape(painter, self._kind, shape, QColor(theme.current().tokens.pair(self._kind)[0]))
        left, room = px(32), self.width() - px(44)
        flags = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        rows = ((strong, "accent" if chosen else "text", self.text()), (plain, "muted", self.sentence))
        for number, (font, token, text) in enumerate(rows):
            painter.setFont(font)
            painter.setPen(theme.color(token))
            shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, room)
            painter.drawText(QRect(left, top + number * (line + px(4)), room, line), flags, shown)
        painter.end()


class BlockSwitch(QWidget):
    """The blocks in one row."""

    def __init__(self, titles: tuple[str, ...], chosen: Callable[[int], object]) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.current().px(12))
        self.group = QButtonGroup(self)
        self.group.setExclusive(True)
        self.buttons = [BlockButton(title) for title in titles]
        for place, button in enumerate(self.buttons):
            self.group.addButton(button, place)
            row.addWidget(button, 1)
        self.group.idToggled.connect(lambda place, on: chosen(place) if on else None)
        self.buttons[0].setChecked(True)

    @property
    def place(self) -> int:
        """The number of the chosen block."""
        return self.group.checkedId()

    def choose(self, place: int) -> None:
        """Choose a block."""
        self.buttons[place].setChecked(True)
