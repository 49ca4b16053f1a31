"""The steps of the way of a list: title, shape and words of the state; a press shows what belongs to the step."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QVBoxLayout, QWidget

from app.operations.agreement_state import STATE_WORDS, Step, StepState
from app.ui import theme
from app.ui.theme import Kind
from app.ui.widgets.chip import draw_shape

KINDS: dict[StepState, Kind] = {"done": "ok", "waiting": "warn", "open": "none"}


class StepButton(QAbstractButton):
    """One step."""

    tells_cut_text = True

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._step = Step("", "", "open", "")

    def show_step(self, step: Step) -> None:
        """Show a step."""
        self._step = step
        self.setText(step.title)
        self.setAccessibleName(f"{step.title}: {STATE_WORDS[step.state]}, {step.words}")
        self.setToolTip(f"{STATE_WORDS[step.state].capitalize()}: {step.words}")
        self.update()

    def sizeHint(self) -> QSize:
        """Two lines."""
        px = theme.current().px
        line = QFontMetrics(theme.current().font()).height()
        return QSize(px(180), 2 * line + px(14))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw shape, title, words; the chosen one lies on the accent."""
        px, rect = theme.current().px, self.rect()
        painter = QPainter(self)
        if self.isChecked():
            painter.fillRect(rect, theme.color("accent_soft"))
            painter.fillRect(QRect(0, 0, px(3), rect.height()), theme.color("accent"))
        if self.hasFocus():
            painter.setPen(theme.color("accent"))
            painter.drawRect(rect.adjusted(0, 0, -1, -1))
        strong, plain = theme.current().font(weight=QFont.Weight.DemiBold), theme.current().font(12)
        line, side = QFontMetrics(strong).height(), float(px(9))
        top = (rect.height() - 2 * line) // 2
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        kind = KINDS[self._step.state]
        box = QRectF(px(12), top + (line - side) / 2, side, side)
        draw_shape(painter, kind, box, QColor(theme.current().tokens.pair(kind)[0]))
        left, room = px(30), rect.width() - px(36)
        flags = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        rows = (
            (strong, "accent" if self.isChecked() else "text", self._step.title),
            (plain, "muted", self._said()),
        )
        for number, (font, token, text) in enumerate(rows):
            painter.setFont(font)
            painter.setPen(theme.color(token))
            shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, room)
            painter.drawText(QRect(left, top + number * line, room, line), flags, shown)
        painter.end()

    def _said(self) -> str:
        return f"{STATE_WORDS[self._step.state]} · {self._step.words}" if self._step.title else ""


class StepList(QWidget):
    """The steps one under another."""

    def __init__(self, number: int, chosen: Callable[[int], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.group = QButtonGroup(self)
        self.group.setExclusive(True)
        self.buttons: list[StepButton] = []
        for place in range(number):
            button = StepButton()
            self.buttons.append(button)
            self.group.addButton(button, place)
            column.addWidget(button)
        self.group.idToggled.connect(lambda place, on: self._toggled(place, chosen) if on else None)

    def _toggled(self, place: int, chosen: Callable[[int], object]) -> None:
        """Tab stops at the chosen step only; the arrows go from step to step."""
        for other, button in enumerate(self.buttons):
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if other == place else Qt.FocusPolicy.ClickFocus)
        chosen(place)

    def show_steps(self, steps: Sequence[Step]) -> None:
        """Show how far it has come."""
        for button, step in zip(self.buttons, steps, strict=True):
            button.show_step(step)

    def choose(self, place: int) -> None:
        """Choose a step."""
        self.buttons[place].setChecked(True)
