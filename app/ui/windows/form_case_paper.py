"""A filled form before it is printed, saved or put into the register; or its empty blank."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.operations import form_papers
from app.ui.session import Session
from app.ui.widgets.basics import Combo
from app.ui.widgets.labels import Label
from app.ui.windows.papers import PaperPreview


class CasePaperWindow(PaperPreview):
    """The paper of one subject's answers."""

    guide = ("09-чек-листы", "Заполнение")

    def __init__(self, session: Session, case_id: int, parent: QWidget | None = None) -> None:
        super().__init__(session, "Форма на бумаге", parent)
        self._case = case_id
        self.which = Combo("Что напечатать")
        self.which.fill([("Форма с ответами", "form_filled"), ("Пустой бланк", "form_case_blank")], "form_filled")
        self.which.currentIndexChanged.connect(lambda _place: self._make())
        self.choosers.addWidget(Label("Что напечатать", "muted"))
        self.choosers.addWidget(self.which)
        self.choosers.addStretch(1)
        self._make()

    def _make(self) -> None:
        kind, key, day = str(self.which.currentData()), self._case, self.session.today()
        self.prepare(lambda connection: form_papers.case_by_recipe(connection, key, kind, day))
