"""Labels that show plain text only, and one that shortens itself and tells the rest in its tooltip."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QStyle, QStyleOption, QWidget

from app.texts import glue

Role = Literal["text", "title", "section", "strong", "muted", "bad", "figure"]


class Label(QLabel):
    """Plain text in one of the roles of the style sheet; ``wrap`` lets it take several lines.

    A text of several lines is shown with no-break spaces where a line must not end («д. 3», «№ 5», «8 из 27»); what
    is copied out of it has plain spaces again (Qt sees to that).
    """

    def __init__(self, text: str = "", role: Role = "text", *, wrap: bool = False, parent: QWidget | None = None):
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self.setWordWrap(wrap)
        if wrap:
            policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
            policy.setHeightForWidth(True)
            self.setSizePolicy(policy)
        self.setText(text)

    def setText(self, text: str) -> None:
        """Set the text."""
        super().setText(glue(text) if self.wordWrap() else text)

    def set_role(self, role: Role) -> None:
        """Change the role."""
        self.setProperty("role", role)
        self.style().unpolish(self)
        self.style().polish(self)

    def selectable(self) -> Label:
        """Let the mouse select the text; returns the label."""
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        return self


class ElidedLabel(QLabel):
    """One line that shortens itself where there is no room and then tells the whole in its tooltip."""

    def __init__(
        self, text: str = "", role: Role = "text", *, mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
        least: int = 40, parent: QWidget | None = None,
    ):  # fmt: skip
        super().__init__(parent)
        self._mode = mode
        self._least = least
        self._own_tip = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setText(text)

    def setText(self, text: str) -> None:
        """Set the whole text."""
        super().setText(text)
        self._tell()

    def set_tip(self, text: str) -> None:
        """Give a tooltip of its own for when the text fits."""
        self._own_tip = text
        self._tell()

    def minimumSizeHint(self) -> QSize:
        """A few letters are enough."""
        hint = super().minimumSizeHint()
        return QSize(min(hint.width(), self._least), hint.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Decide whether a tooltip is needed."""
        super().resizeEvent(event)
        self._tell()

    def changeEvent(self, event: QEvent) -> None:
        """A new font may need a tooltip, too."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self._tell()

    def shown_text(self) -> str:
        """Return the text as it is drawn now."""
        return self.fontMetrics().elidedText(self.text(), self._mode, self.contentsRect().width())

    def _tell(self) -> None:
        cut = self.shown_text() != self.text()
        self.setToolTip(self.text() if cut else self._own_tip)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the text shortened."""
        painter = QPainter(self)
        option = QStyleOption()
        option.initFrom(self)
        self.style().drawPrimitive(QStyle.PrimitiveElement.PE_Widget, option, painter, self)
        self.style().drawItemText(
            painter, self.contentsRect(), int(self.alignment()), self.palette(), self.isEnabled(),
            self.shown_text(), self.foregroundRole(),
        )  # fmt: skip


def ruler() -> QFrame:
    """Return a hairline."""
    line = QFrame()
    line.setProperty("ruler", "true")
    return line
