"""A line of a form that saves itself: a draft a moment after the last key, the value when the line is left."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from app.ui import theme
from app.ui.widgets.labels import Label

DRAFT_MS = 800
"""Half-typed text is kept at most a second after the last key."""


class FieldEdit(QLineEdit):
    """A line edit that knows what is stored.

    Signals:
        committed(text): the person has left the line with another text.
        drafted(text): the person has stopped typing for a moment.
    """

    committed = Signal(str)
    drafted = Signal(str)

    def __init__(self, name: str, hint: str = "", parent: QWidget | None = None):
        super().__init__(parent)
        self._stored = ""
        self._trouble = ""
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DRAFT_MS)
        self._timer.timeout.connect(self._draft)
        self.textEdited.connect(lambda _text: self._timer.start())

    def show_stored(self, text: str, draft: str | None = None, trouble: str = "") -> None:
        """Show what is stored, or the half-typed draft over it; what is being typed now is left alone."""
        if self.hasFocus() and self.isModified():
            return
        self._stored = text
        self.setText(text if draft is None else draft)
        self.mark(trouble)
        self.setCursorPosition(0)

    def mark(self, trouble: str) -> None:
        """Mark the line as bad, with the reason in the tooltip; «» takes the mark away."""
        self.setProperty("bad", "true" if trouble else "false")
        self._trouble = trouble
        self._tell_whole()
        self.style().unpolish(self)
        self.style().polish(self)

    def _tell_whole(self) -> None:
        """A text longer than its line is told whole in the tooltip."""
        shown = self.text() or self.placeholderText()
        long = self.fontMetrics().horizontalAdvance(shown) > self.width() - theme.current().px(20)
        self.setToolTip(self._trouble or (shown if long else ""))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may cut the text."""
        super().resizeEvent(event)
        self._tell_whole()

    @property
    def stored(self) -> str:
        """What is stored."""
        return self._stored

    def _draft(self) -> None:
        if self.text() != self._stored:
            self.drafted.emit(self.text())

    def commit(self) -> None:
        """Save the line if it says something else than what is stored."""
        self._timer.stop()
        if self.text() != self._stored:
            self._stored = self.text()
            self.setModified(False)
            self.committed.emit(self.text())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving the line saves it."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.commit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter saves and goes on, Esc takes back what was typed."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.commit()
            self.focusNextChild()
        elif event.key() == Qt.Key.Key_Escape and self.text() != self._stored:
            self._timer.stop()
            self.setText(self._stored)
            self.drafted.emit("")
        else:
            super().keyPressEvent(event)


class FieldRow(QWidget):
    """A small heading over its line."""

    def __init__(self, title: str, hint: str = "", parent: QWidget | None = None):
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.current().px(2))
        self.edit = FieldEdit(title, hint)
        self.trouble = Label("", "bad", wrap=True)
        self.trouble.hide()
        column.addWidget(Label(title, "muted", wrap=True))
        column.addWidget(self.edit)
        column.addWidget(self.trouble)

    def show_stored(self, text: str, draft: str | None = None, trouble: str = "") -> None:
        """Show what is stored; the trouble is said under the line."""
        self.edit.show_stored(text, draft, trouble)
        self.trouble.setText(trouble)
        self.trouble.setVisible(bool(trouble))
