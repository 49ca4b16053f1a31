"""Windows of the notes: bringing figures up to date, taking proposed recommendations."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QWidget

from app.analysis.kept_text import ChangedText
from app.operations import notes, recommendations
from app.operations.note_scope import Asked
from app.operations.recommendation_proposals import Proposed
from app.operations.recommendations import AdviceBook
from app.operations.register_catalogue import ADDRESSEE_WORDS
from app.texts import count
from app.ui import theme
from app.ui.session import Session
from app.ui.widgets.basics import Button, Card, Scroller
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.labels import Label
from app.ui.windows.base import Window
from app.ui.windows.stale_texts import StaleTextsWindow


class NoteFiguresWindow(StaleTextsWindow):
    """Bringing the sections of a note up to date."""

    guide = ("17-справки", "Тексты")
    nothing = "Тексты говорят то же, что данные файла."
    stale = ("раздел устарел", "раздела устарели", "разделов устарели")
    counted = ("раздел", "раздела", "разделов")

    def __init__(self, session: Session, asked: Asked, parent: QWidget | None = None) -> None:
        self.asked = asked
        super().__init__(session, parent)

    def read(self) -> Future[tuple[ChangedText, ...]]:
        """Read which sections would change."""
        return self.session.desk.read(notes.changes, self.asked)

    def write(self, keys: Sequence[str]) -> Future[int] | None:
        """Bring the chosen sections up to date."""
        return self.session.written(notes.refresh, self.asked, keys)


class AdviceWindow(Window):
    """«Составить по данным…»: what the figures suggest, each taken or left."""

    guide = ("17-справки", "Рекомендации")

    def __init__(self, session: Session, asked: Asked, parent: QWidget | None = None) -> None:
        super().__init__(session, "Рекомендации по данным файла", parent, size=(980, 620))
        self.asked = asked
        self.boxes: dict[str, QCheckBox] = {}
        self.list = Scroller(spacing=theme.current().px(8))
        self.empty = EmptyState(
            "checklist", "Предложить нечего",
            "Все рекомендации, которые подсказывают данные, уже в реестре. Свои можно вписать прямо в таблицу.",
        )  # fmt: skip
        self.body.addWidget(self.list, 1)
        self.body.addWidget(self.empty, 1)
        self.empty.hide()
        self.every = Button("Снять все отметки", self._clear, icon="checklist")
        self.go_on = Button("Добавить отмеченные", self._take, kind="primary")
        self.add_buttons(self.go_on, Button("Закрыть", self.reject), left=[self.every])
        self.refresh()

    def refresh(self) -> None:
        """Read what the figures suggest."""
        self.say("Считаю…")
        self.take(self.session.desk.read(recommendations.read, self.asked), self._show)

    def _show(self, book: AdviceBook) -> None:
        self.list.clear()
        self.boxes = {}
        for item in book.waiting:
            self.list.column.addWidget(self._card(item))
        self.list.column.addStretch(1)
        some = bool(book.waiting)
        self.list.setVisible(some)
        self.empty.setVisible(not some)
        self.every.setEnabled(some)
        self.say("Снимите отметки с лишних. Текст потом можно изменить в таблице." if some else "")
        self._tell()

    def _card(self, item: Proposed) -> Card:
        card = Card(pad=10)
        box = QCheckBox(item.name or ADDRESSEE_WORDS[item.addressee])
        box.setChecked(True)
        box.toggled.connect(lambda _on: self._tell())
        self.boxes[item.key] = box
        card.body.addWidget(box, 0, Qt.AlignmentFlag.AlignTop)
        card.body.addWidget(Label(item.text, wrap=True).selectable())
        card.body.addWidget(Label(item.ground, "muted", wrap=True))
        return card

    def chosen(self) -> list[str]:
        """Return the keys of the ticked proposals."""
        return [key for key, box in self.boxes.items() if box.isChecked()]

    def _clear(self) -> None:
        for box in self.boxes.values():
            box.setChecked(False)

    def _tell(self) -> None:
        number = len(self.chosen())
        word = count(number, "рекомендацию", "рекомендации", "рекомендаций").replace("\u00a0", " ")
        self.go_on.setText(f"Добавить {word}" if number else "Добавить отмеченные")
        self.go_on.setEnabled(number > 0 and not self.session.desk.read_only)

    def _take(self) -> None:
        self.take(self.session.written(recommendations.take, self.asked, self.chosen()), self._done)

    def _done(self, made: list[int]) -> None:
        told = count(len(made), "рекомендация", "рекомендации", "рекомендаций")
        self.session.tell("ok", f"Добавлено: {told}. Отменить — Ctrl+Z.")
        self.accept()
