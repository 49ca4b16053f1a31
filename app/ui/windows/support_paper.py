"""Papers about support before they are printed, saved or put into the register."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.models.organisations import School
from app.operations import schools
from app.operations.support_papers import TITLES, SupportPaper
from app.texts import school_year
from app.ui.session import Session
from app.ui.widgets.basics import Combo
from app.ui.widgets.labels import Label
from app.ui.windows.papers import PaperPreview

BY_SECTION: dict[str, SupportPaper] = {
    "partnerships": "agreements", "supporters": "agreements", "platforms": "platforms", "deficits": "deficits",
}  # fmt: skip
"""Section of the page → the paper that is shown first."""


class SupportPaperWindow(PaperPreview):
    """Choose the paper, and the school where it is of one."""

    guide = ("15-поддержка", "Документы")

    def __init__(
        self, session: Session, payload: tuple[int, str, int | None] | None = None, parent: QWidget | None = None
    ) -> None:
        year, section, school = payload or (session.school_year, "", None)
        super().__init__(session, "Документы о поддержке", parent)
        self._year, self._wanted = year, school
        self.kind = Combo("Документ")
        first: SupportPaper = BY_SECTION.get(section, "school" if section == "risks" and school else "map")
        self.kind.fill([(title, key) for key, title in TITLES.items()], first)
        self.school = Combo("Школа")
        self.kind.currentIndexChanged.connect(lambda _place: self._make())
        self.school.currentIndexChanged.connect(lambda _place: self._make())
        for widget in (Label("Документ", "muted"), self.kind, self.school):
            self.choosers.addWidget(widget)
        self.choosers.addStretch(1)
        self.take(session.desk.read(schools.listing), self._take_schools)

    def _take_schools(self, found: list[School]) -> None:
        self.school.fill([(item.shown, item.id) for item in found], self._wanted)
        self._make()

    def _make(self) -> None:
        kind: SupportPaper = self.kind.currentData()
        self.school.setVisible(kind == "school")
        of = self.school.currentData() if kind == "school" else None
        self.heading.setText(f"{TITLES[kind]}, {school_year(self._year)}")
        self.prepare_kind(f"support_{kind}", {"school_year": self._year, "school": of})
