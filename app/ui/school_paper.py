"""The form as a paper in school mode: to look at, to print, to save; there is no register here."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.operations import form_papers
from app.ui.session import Session
from app.ui.windows.papers import PaperPreview


class SchoolPaper(PaperPreview):
    """One filled form before it is printed."""

    guide = ("09-чек-листы", "Школа заполняет сама")

    def __init__(self, session: Session, case_id: int, parent: QWidget | None = None) -> None:
        super().__init__(session, "Печать формы", parent)
        self.registering.hide()
        # on the writer's thread: after what has just been typed
        self.say("Готовлю документ…")
        future = session.written(lambda store: form_papers.case_paper(store.connection, case_id))
        self._turn += 1
        turn = self._turn
        self.take(future, lambda paper: self._render(turn, paper))
