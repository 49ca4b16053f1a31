"""The folder of the management cycle before it is printed, saved or put into the register."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.operations import cycle
from app.operations.cycle import Cycle
from app.texts import school_year
from app.ui.session import Session
from app.ui.widgets.basics import Combo
from app.ui.widgets.labels import Label
from app.ui.windows.papers import PaperPreview

TITLE = "Папка управленческого цикла"


class CyclePaperWindow(PaperPreview):
    """The folder; ``payload`` is the school year and the direction (None: all of them)."""

    guide = ("16-маршрут", "Папка цикла")

    def __init__(self, session: Session, payload: tuple[int, str | None], parent: QWidget | None = None) -> None:
        self._year, self._first = payload
        super().__init__(session, f"{TITLE}, {school_year(self._year)}", parent)
        self.which = Combo("Направление")
        self.which.currentIndexChanged.connect(lambda _place: self._make())
        self.choosers.addWidget(Label("Направление", "muted"))
        self.choosers.addWidget(self.which)
        self.choosers.addStretch(1)
        self.take(session.desk.read(cycle.catalogue), self._fill)

    def _fill(self, known: Cycle) -> None:
        items: list[tuple[str, object]] = [("все", None), *((item.title, item.id) for item in known.directions)]
        self.which.fill(items, self._first)
        self._make()

    def _make(self) -> None:
        self.prepare_kind("cycle_folder", {"school_year": self._year, "direction": self.which.currentData()})
