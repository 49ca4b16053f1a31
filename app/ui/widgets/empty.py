"""What stands where there is nothing yet: one sentence and the action that fills it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui import icons, theme
from app.ui.widgets.basics import Button
from app.ui.widgets.labels import Label


class EmptyState(QWidget):
    """An icon, what will stand here, and a button."""

    def __init__(
        self, icon: str, title: str, text: str, action: tuple[str, Callable[[], object]] | None = None,
        parent: QWidget | None = None,
    ):  # fmt: skip
        super().__init__(parent)
        self._icon = icon
        px = theme.current().px
        column = QVBoxLayout(self)
        column.setContentsMargins(px(24), px(24), px(24), px(24))
        column.setSpacing(px(8))
        self._picture = Label("")
        self._picture.setPixmap(icons.pixmap(icon, "disabled", 40))
        self._picture.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._title = Label(title, "section", wrap=True)
        self._text = Label(text, "text", wrap=True)
        for label in (self._title, self._text):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        column.addStretch(2)
        column.addWidget(self._picture)
        column.addWidget(self._title)
        column.addWidget(self._text)
        self.button: Button | None = None
        if action is not None:
            word, pressed = action
            self.button = Button(word, pressed)
            column.addSpacing(px(4))
            column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)

    def allow(self, may: bool) -> None:
        """Let the action be pressed, or not where the file is open for reading only."""
        if self.button is not None:
            self.button.setEnabled(may)

    def offer(self, word: str) -> None:
        """Name the action anew; "" where there is nothing to be pressed."""
        if self.button is not None:
            self.button.setText(word)
            self.button.setVisible(bool(word))

    def tell(self, title: str, text: str) -> None:
        """Say something else."""
        self._title.setText(title)
        self._text.setText(text)
