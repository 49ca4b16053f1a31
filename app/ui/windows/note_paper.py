"""The report, notes and recommendations before they are printed, saved or put into the register."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.models.store import Connection
from app.operations import card_papers, note_papers
from app.operations.note_scope import Asked, Kind
from app.operations.notes import KINDS
from app.operations.papers import Paper
from app.ui.session import Session
from app.ui.widgets.basics import Combo
from app.ui.widgets.labels import Label
from app.ui.windows.papers import PaperPreview

ADVICE = "advice"
TITLES: dict[str, str] = {str(key): title for key, title in KINDS.items()} | {ADVICE: "Адресные рекомендации"}


class NotePaperWindow(PaperPreview):
    """A paper of the monitoring; ``payload`` is (key of the document, what is asked), None the report of this year."""

    guide = ("17-справки", "Бумаги")

    def __init__(self, session: Session, payload: tuple[str, Asked] | None, parent: QWidget | None = None) -> None:
        today = session.today()
        self._first, self._asked = payload or ("report", Asked("report", today.year, today))
        super().__init__(session, TITLES[self._first], parent)
        self.kind = Combo("Документ")
        self.whom = Combo("Кому")
        self.which = Combo("Какие рекомендации")
        self._of_advice = QWidget()
        self._offer()
        self._make()

    @property
    def document(self) -> str:
        """Key of the document that is shown."""
        return str(self.kind.currentData())

    def _offer(self) -> None:
        wanted = [key for key in TITLES if key != "school" or self._asked.school_id is not None]
        self.kind.fill([(TITLES[key], key) for key in wanted], self._first)
        self.kind.currentIndexChanged.connect(lambda _place: self._changed_kind())
        self.which.fill([("На этот учебный год", False), ("Прошлого года с отметками", True)], False)
        self.which.currentIndexChanged.connect(lambda _place: self._changed())
        self.whom.fill([("Всем", "")], "")
        self.whom.currentIndexChanged.connect(lambda _place: self._make())
        row = QHBoxLayout(self._of_advice)
        row.setContentsMargins(0, 0, 0, 0)
        for word, combo in (("Рекомендации", self.which), ("Кому", self.whom)):
            row.addWidget(Label(word, "muted"))
            row.addWidget(combo)
        self.choosers.addWidget(Label("Документ", "muted"))
        self.choosers.addWidget(self.kind)
        self.choosers.addWidget(self._of_advice)
        self.choosers.addStretch(1)
        self._of_advice.setVisible(self._first == ADVICE)
        self._read_whom()

    def _changed_kind(self) -> None:
        self.heading.setText(TITLES[self.document])
        self.setWindowTitle(TITLES[self.document])
        self._of_advice.setVisible(self.document == ADVICE)
        self._make()

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
        document, whom, before = self.document, str(self.whom.currentData() or ""), bool(self.which.currentData())
        asked = self._asked
        if document != ADVICE:
            school = asked.school_id if document == "school" else None
            asked = replace(asked, kind=cast("Kind", document), school_id=school)

        def make(connection: Connection) -> Paper:
            if document == ADVICE:
                return note_papers.advice(connection, asked, whom, before=before)
            return note_papers.paper(connection, asked)

        self.prepare(make)

    def _name(self, suffix: str) -> str:
        """Return a name without the colon of the title."""
        day = self.session.today().strftime("%d.%m.%Y")
        if self._paper is None:
            return f"{TITLES[self.document]}{suffix}"
        return f"{card_papers.plain_name(self._paper)}, {day}{suffix}"
