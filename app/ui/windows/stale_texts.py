"""«Обновить цифры…»: what kept texts say and would say, to be chosen text by text."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from concurrent.futures import Future
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from app.analysis.kept_text import ChangedLine, ChangedText
from app.texts import count
from app.ui import theme
from app.ui.session import Session
from app.ui.widgets.basics import Button, Card, Scroller
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.labels import Label
from app.ui.windows.base import Window

Forms = tuple[str, str, str]
NOTHING = "—"
BY_HAND = "Это предложение переписано вручную и останется как есть."


class ChangeCard(Card):
    """One text: whether it is brought up to date, its lines as they are and as they would be."""

    def __init__(self, change: ChangedText) -> None:
        super().__init__(pad=12)
        self.change = change
        px = theme.current().px
        self.box = QCheckBox(change.title)
        self.box.setChecked(not change.typed)
        self.body.addWidget(self.box)
        if change.typed:
            self.body.addWidget(
                Label("Текст введён вручную: заменятся только предложения ниже, остальное не изменится.", "muted",
                      wrap=True)
            )  # fmt: skip
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(16))
        grid.setVerticalSpacing(px(6))
        for column, word in enumerate(("Сейчас в тексте", "Станет")):
            grid.addWidget(Label(word, "muted"), 0, column)
            grid.setColumnStretch(column, 1)
        for row, line in enumerate(change.lines, start=1):
            self._add(grid, row, line)
        self.body.addLayout(grid)

    @staticmethod
    def _add(grid: QGridLayout, row: int, line: ChangedLine) -> None:
        top = Qt.AlignmentFlag.AlignTop
        grid.addWidget(Label(line.before or NOTHING, wrap=True), row, 0, top)
        after = BY_HAND if line.by_hand else line.after or "Предложение уйдёт."
        grid.addWidget(Label(after, "muted" if line.by_hand or line.after is None else "text", wrap=True), row, 1, top)


class StaleTextsWindow(Window):
    """Bringing texts up to date; a subclass says which and how they are read and written.

    Class attributes:
        nothing: the sentence where every text is up to date.
        stale: «текст устарел» as the count says it.
        counted: «текст» as the count says it.
    """

    nothing: ClassVar[str] = ""
    stale: ClassVar[Forms] = ("текст устарел", "текста устарели", "текстов устарели")
    counted: ClassVar[Forms] = ("текст", "текста", "текстов")

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, "Обновить цифры", parent, size=(1000, 620))
        self.cards: list[ChangeCard] = []
        self.list = Scroller(spacing=theme.current().px(10))
        self.empty = EmptyState("refresh", "Всё верно", self.nothing)
        self.body.addWidget(self.list, 1)
        self.body.addWidget(self.empty, 1)
        self.empty.hide()
        self.every = Button("Отметить все", self._mark_all, icon="checklist")
        self.go_on = Button("Обновить отмеченные", self._refresh, kind="primary")
        self.add_buttons(self.go_on, Button("Закрыть", self.reject), left=[self.every])
        self.refresh()

    @abstractmethod
    def read(self) -> Future[tuple[ChangedText, ...]]:
        """Read what would change."""

    @abstractmethod
    def write(self, keys: Sequence[str]) -> Future[int] | None:
        """Bring the chosen texts up to date; the answer is how many."""

    def refresh(self) -> None:
        """Read what would change."""
        self.take(self.read(), self._show)

    def _show(self, found: tuple[ChangedText, ...]) -> None:
        self.list.clear()
        self.cards = []
        for change in found:
            card = ChangeCard(change)
            card.box.toggled.connect(lambda _on: self._tell())
            self.cards.append(card)
            self.list.column.addWidget(card)
        self.list.column.addStretch(1)
        self.list.setVisible(bool(found))
        self.empty.setVisible(not found)
        self.every.setEnabled(bool(found))
        self.say(f"{count(len(found), *self.stale)}. Отметьте, какие обновить." if found else "")
        self._tell()

    def chosen(self) -> list[str]:
        """Return the keys of the texts that are ticked."""
        return [card.change.key for card in self.cards if card.box.isChecked()]

    def _tell(self) -> None:
        self.go_on.setEnabled(bool(self.chosen()) and not self.session.desk.read_only)

    def _mark_all(self) -> None:
        for card in self.cards:
            card.box.setChecked(True)

    def _refresh(self) -> None:
        self.take(self.write(self.chosen()), self._done)

    def _done(self, number: int) -> None:
        self.session.tell("ok", f"Обновлено: {count(number, *self.counted)}. Отменить — Ctrl+Z.")
        self.accept()
