"""Messages inside the page, with the action that repairs, and the strip of long work."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from app.errors import UserError
from app.ui import icons, theme
from app.ui.widgets.basics import Button, icon_button
from app.ui.widgets.labels import ElidedLabel, Label

Level = Literal["info", "ok", "warn", "bad"]
Repair = tuple[str, Callable[[], object]]

_ICONS: dict[Level, str] = {
    "info": "info-circle",
    "ok": "circle-check",
    "warn": "alert-triangle",
    "bad": "alert-circle",
}
_WORDS: dict[Level, str] = {"info": "Сообщение", "ok": "Готово", "warn": "Внимание", "bad": "Ошибка"}


class MessageBar(QFrame):
    """One message at the top of a page."""

    closed = Signal()

    def __init__(self, parent: QWidget | None = None):
        super().__init__(parent)
        px = theme.current().px
        self._icon = Label("")
        self.text = Label("", wrap=True).selectable()
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(px(8))
        self._close = icon_button("x", "Закрыть сообщение", self.clear)
        row = QHBoxLayout(self)
        row.setContentsMargins(px(12), px(6), px(6), px(6))
        row.setSpacing(px(10))
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.text, 1)
        row.addLayout(self._buttons)
        row.addWidget(self._close, 0, Qt.AlignmentFlag.AlignVCenter)
        self.hide()

    def show_message(self, level: Level, text: str, *repairs: Repair) -> None:
        """Show a message; each repair is a button with its verb."""
        self.setProperty("bar", level)
        self.style().unpolish(self)
        self.style().polish(self)
        token = {"info": "accent", "ok": "ok", "warn": "warn", "bad": "bad"}[level]
        self._icon.setPixmap(icons.pixmap(_ICONS[level], token, 20))
        self.text.setText(text)
        self.setAccessibleName(f"{_WORDS[level]}: {text}")
        while self._buttons.count():
            item = self._buttons.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for word, run in repairs:
            self._buttons.addWidget(Button(word, partial(self._repair, run)))
        self.show()

    def _repair(self, run: Callable[[], object]) -> None:
        self.clear()
        run()

    def show_error(self, error: UserError, *repairs: Repair) -> None:
        """Show an expected failure: what happened and what to do."""
        self.show_message("bad", f"{error.what} {error.cure}".strip(), *repairs)

    def clear(self) -> None:
        """Take the message away."""
        if not self.isHidden():
            self.hide()
            self.closed.emit()


class ProgressStrip(QFrame):
    """A strip for long work: what is done now, how far it is, cancel. The rest of the window stays usable."""

    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None):
        super().__init__(parent)
        self.setProperty("bar", "info")
        px = theme.current().px
        self.title = Label("", "strong")
        self.now = ElidedLabel("", "muted", mode=Qt.TextElideMode.ElideMiddle)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("Ход работы")
        self.cancel = Button("Остановить", self._cancel, icon="player-stop")
        words = QHBoxLayout()
        words.setSpacing(px(8))
        words.addWidget(self.title)
        words.addWidget(self.now, 1)
        column = QVBoxLayout()
        column.setSpacing(px(4))
        column.addLayout(words)
        column.addWidget(self.bar)
        row = QHBoxLayout(self)
        row.setContentsMargins(px(12), px(6), px(8), px(6))
        row.setSpacing(px(12))
        row.addLayout(column, 1)
        row.addWidget(self.cancel)
        self.hide()

    def begin(self, title: str, *, cancellable: bool = True) -> None:
        """Show the strip."""
        self.title.setText(title)
        self.now.setText("")
        self.bar.setRange(0, 0)
        self.cancel.setVisible(cancellable)
        self.cancel.setEnabled(True)
        self.show()

    def tell(self, text: str, done: int, total: int) -> None:
        """Tell how far it is; a total of 0 means that nobody knows."""
        self.now.setText(text)
        self.bar.setRange(0, max(total, 0))
        self.bar.setValue(min(done, total))

    def end(self) -> None:
        """Take the strip away."""
        self.hide()

    def _cancel(self) -> None:
        self.cancel.setEnabled(False)
        self.now.setText("останавливаю…")
        self.cancelled.emit()
