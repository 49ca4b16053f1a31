"""«Карточка школы» before it is printed: one school and one school year on one A4 side."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.texts import school_year
from app.ui.session import Session
from app.ui.widgets.basics import Combo
from app.ui.widgets.labels import Label
from app.ui.windows.papers import PaperPreview

YEARS_BACK = 4


class CardPaperWindow(PaperPreview):
    """The card of a school on the screen."""

    guide = ("01-школы", "Карточка")

    def __init__(self, session: Session, school_id: int, parent: QWidget | None = None) -> None:
        super().__init__(session, "Карточка школы", parent)
        self._id = school_id
        self.year = Combo("Учебный год")
        last = session.school_year
        self.year.fill([(school_year(year), year) for year in range(last + 1, last - YEARS_BACK, -1)], last)
        self.year.currentIndexChanged.connect(lambda _i: self._make())
        self.choosers.addWidget(Label("Учебный год", "muted"))
        self.choosers.addWidget(self.year)
        self.choosers.addStretch(1)
        self._make()

    def _make(self) -> None:
        self.prepare_kind("school_card", {"school": self._id, "school_year": self.year.currentData()})
