"""The folder for a visit or a hearing before it is printed, saved or put into the register."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.operations.route_pack import PURPOSES
from app.ui.session import Session
from app.ui.widgets.basics import Combo
from app.ui.widgets.labels import Label
from app.ui.windows.papers import PaperPreview


class RoutePaperWindow(PaperPreview):
    """One school; ``payload`` is its key and the school year."""

    guide = ("16-маршрут", "Папка к выезду и заслушиванию")

    def __init__(self, session: Session, payload: tuple[int, int], parent: QWidget | None = None) -> None:
        self._key, self._year = payload
        super().__init__(session, PURPOSES["visit"], parent)
        self.purpose = Combo("Для чего папка")
        self.purpose.fill([("к выезду в школу", "visit"), ("к заслушиванию", "hearing")])
        self.purpose.currentIndexChanged.connect(lambda _place: self._make())
        self.choosers.addWidget(Label("Папка", "muted"))
        self.choosers.addWidget(self.purpose)
        self.choosers.addStretch(1)
        self._make()

    def _make(self) -> None:
        purpose = str(self.purpose.currentData())
        self.heading.setText(PURPOSES[purpose])
        self.setWindowTitle(PURPOSES[purpose])
        self.prepare_kind("route_pack", {"school": self._key, "school_year": self._year, "purpose": purpose})
