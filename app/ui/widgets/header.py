"""The top of a page: title, one sentence of state, at most four actions, one of them primary."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.ui import theme
from app.ui.widgets.basics import Button
from app.ui.widgets.labels import ElidedLabel

ACTION_LIMIT = 4


class PageHeader(QWidget):
    """Title and actions; the actions go under the title where there is no room beside it."""

    def __init__(self, title: str, actions: Sequence[Button] = (), parent: QWidget | None = None):
        super().__init__(parent)
        px = theme.current().px
        self.title = ElidedLabel(title, "title", least=px(160))
        self.state = ElidedLabel("", "muted", least=px(160))
        words = QVBoxLayout()
        words.setSpacing(px(2))
        words.addWidget(self.title)
        words.addWidget(self.state)
        self.buttons: list[Button] = []
        self._actions = QHBoxLayout()
        self._actions.setSpacing(px(8))
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(px(8))
        self._box.addLayout(words, 1)
        self._box.addLayout(self._actions)
        self.set_actions(actions)

    def set_actions(self, actions: Sequence[Button]) -> None:
        """Show other buttons; those of before are hidden and may come back.

        Raises:
            ValueError: more than four, or two primary ones; a bug.
        """
        primary = [button for button in actions if button.property("kind") == "primary"]
        if len(actions) > ACTION_LIMIT or len(primary) > 1:
            raise ValueError("a page has at most four actions, one of them primary")
        for button in self.buttons:
            button.hide()
        self.buttons = list(actions)
        for button in actions:
            if self._actions.indexOf(button) < 0:
                self._actions.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
            button.setVisible(True)
        if self.isVisible():
            self._choose()

    def say(self, sentence: str) -> None:
        """Tell the state in one sentence."""
        self.state.setText(sentence)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose the side by side or the one under another form."""
        super().resizeEvent(event)
        self._choose()

    def changeEvent(self, event: QEvent) -> None:
        """A larger font may need the other form."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._choose()

    def _choose(self) -> None:
        needed = self._actions.sizeHint().width() + min(self.title.sizeHint().width(), theme.current().px(420))
        beside = needed + theme.current().px(16) <= self.width()
        wanted = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        if self._box.direction() != wanted:
            self._box.setDirection(wanted)
            self._actions.setAlignment(Qt.AlignmentFlag.AlignLeft if not beside else Qt.AlignmentFlag.AlignRight)
