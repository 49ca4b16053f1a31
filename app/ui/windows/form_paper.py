"""A form before it is printed: its answers or the empty blank; the summary of a form; the protocol of experts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from PySide6.QtWidgets import QWidget

from app.models.store import Connection
from app.operations import form_papers, paper_catalogue
from app.operations.papers import Paper
from app.ui.session import Session
from app.ui.widgets.basics import Combo
from app.ui.widgets.labels import Label
from app.ui.windows.papers import PaperPreview

FormPaper = Literal["filled", "blank", "summary", "protocol"]
TITLES: dict[FormPaper, str] = {
    "filled": "Форма с ответами",
    "blank": "Пустой бланк",
    "summary": "Сводка по форме",
    "protocol": "Протокол экспертной оценки",
}


@dataclass(frozen=True, slots=True)
class Chosen:
    """What to print: answers or blank of a case, the blank or the summary of a form, the protocol of a subject."""

    kind: FormPaper
    case_id: int | None = None
    form_id: str = ""
    year: int | None = None
    accepted_only: bool = False
    round_id: int = 0
    subject_id: int = 0


class FormPaperWindow(PaperPreview):
    """Papers of forms on the screen; answers and the empty blank of one subject can be exchanged.

    Args:
        session: the session.
        chosen: what to print; the key of a case prints its answers.
        parent: the window.
    """

    guide = ("09-чек-листы", "Печать форм")

    def __init__(self, session: Session, chosen: Chosen | int, parent: QWidget | None = None) -> None:
        self._chosen = Chosen("filled", case_id=chosen) if isinstance(chosen, int) else chosen
        super().__init__(session, TITLES[self._chosen.kind], parent)
        self.kind = Combo("Документ")
        kinds: tuple[FormPaper, ...] = (self._chosen.kind,)
        if self._chosen.case_id is not None and self._chosen.kind in {"filled", "blank"}:
            kinds = ("filled", "blank")
        self.kind.fill([(TITLES[key], key) for key in kinds], self._chosen.kind)
        if len(kinds) > 1:
            self.kind.currentIndexChanged.connect(lambda _i: self._make())
            self.choosers.addWidget(Label("Документ", "muted"))
            self.choosers.addWidget(self.kind)
            self.choosers.addStretch(1)
        self._make()

    def _make(self) -> None:
        kind: FormPaper = self.kind.currentData()
        self.heading.setText(TITLES[kind])
        self.setWindowTitle(TITLES[kind])
        chosen, day = self._chosen, self.session.today()

        def make(connection: Connection) -> Paper:
            return paper_of(connection, kind, chosen, day)

        self.prepare(make)


def paper_of(connection: Connection, kind: FormPaper, chosen: Chosen, day: date) -> Paper:
    """Return the paper that is chosen, with its recipe.

    Raises:
        UserError: ``FORM_UNKNOWN``, ``FORM_NO_CASE``, ``FORM_NO_SUMMARY``.
    """
    year = "" if chosen.year is None else str(chosen.year)
    if kind == "summary":
        told = {"form": chosen.form_id, "school_year": year, "accepted": "1" if chosen.accepted_only else "0"}
        return paper_catalogue.make(connection, "form_summary", told, day)
    if kind == "protocol":
        told = {"group_round": str(chosen.round_id), "subject": str(chosen.subject_id)}
        return paper_catalogue.make(connection, "form_protocol", told, day)
    if chosen.case_id is None:
        return paper_catalogue.make(connection, "form_blank", {"form": chosen.form_id, "school_year": year}, day)
    which = "form_case_blank" if kind == "blank" else "form_filled"
    return form_papers.case_by_recipe(connection, chosen.case_id, which, day)
