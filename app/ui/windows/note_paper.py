"""The report, notes and recommendations before they are printed, saved or put into the register."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.models.store import Connection
from app.operations import card_papers, note_papers
from app.operations.note_scope import Asked
from app.operations.notes import KINDS
from app.operations.papers import Paper
from app.ui.session import Session
from app.ui.widgets.basics import Combo
from app.ui.widgets.labels import Label
from app.ui.windows.papers import PaperPreview

ADVICE = "advice"
TITLES: dict[str, str] = {str(key): title for key, title in KINDS.items()} | {ADVICE: "Адресные рекомендации"}


class NotePaperWindow(PaperPreview):
    """A paper of the monitoring; ``payload`` is (key of the document, what is asked)."""

    guide = ("17-справки", "Бумаги")

    def __init__(self, session: Session, payload: tuple[str, Asked], parent: QWidget | None = None) -> None:
        self._first, self._asked = payload
        super().__init__(session, TITLES[self._first], parent)
        self.whom = Combo("Кому")
        self.which = Combo("Какие рекомендации")
        if self._first == ADVICE:
            self._offer()
        self.choosers.addStretch(1)
        self._make()

    def _offer(self) -> None:
        self.which.fill([("На этот учебный год", False), ("Прошлого года с отметками", True)], False)
        self.which.currentIndexChanged.connect(lambda _place: self._changed())
        self.whom.fill([("Всем", "")], "")
        self.whom.currentIndexChanged.connect(lambda _place: self._make())
        for word, combo in (("Рекомендации", self.which), ("Кому", self.whom)):
            self.choosers.addWidget(Label(word, "muted"))
            self.choosers.addWidget(combo)
        self._read_whom()

    def _changed(self) -> None:
        self._read_whom()
        self._make()

    def _read_whom(self) -> None:
        before = bool(self.which.currentData())

        def read(connection: Connection) -> list[str]:
            return note_papers.addressees(connection, self._asked, before=before)

        self.take(self.session.desk.read(read), self._take_whom)

    def _take_whom(self, names: list[str]) -> None:
        self.whom.blockSignals(True)
        self.whom.fill([("Всем", ""), *((name, name) for name in names)], "")
        self.whom.blockSignals(False)

    def _make(self) -> None:
        asked, whom, before = self._asked, str(self.whom.currentData() or ""), bool(self.which.currentData())

        def make(connection: Connection) -> Paper:
            if self._first == ADVICE:
                return note_papers.advice(connection, asked, whom, before=before)
            return note_papers.paper(connection, asked)

        self.prepare(make)

    def _name(self, suffix: str) -> str:
        """Return a name without the colon of the title."""
        day = self.session.today().strftime("%d.%m.%Y")
        if self._paper is None:
            return f"{TITLES[self._first]}{suffix}"
        return f"{card_papers.plain_name(self._paper)}, {day}{suffix}"
