"""«Динамика результатов» and «Школы с поддержкой рядом с похожими» before they are printed, saved or registered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from PySide6.QtWidgets import QWidget

from app.operations.dynamics import Works
from app.ui.session import Session
from app.ui.widgets.basics import Combo
from app.ui.widgets.labels import Label
from app.ui.windows.papers import PaperPreview

DynamicsPaper = Literal["dynamics", "support"]
TITLES: dict[DynamicsPaper, str] = {
    "dynamics": "Динамика результатов", "support": "Школы с поддержкой рядом с похожими",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is chosen on the page: which paper first, the last year, for how many years, which works."""

    kind: DynamicsPaper
    year: int
    years: int
    works: Works = "all"


class DynamicsPaperWindow(PaperPreview):
    """The papers about dynamics on the screen."""

    guide = ("13-динамика", "Документы")

    def __init__(self, session: Session, chosen: Chosen, parent: QWidget | None = None) -> None:
        super().__init__(session, TITLES[chosen.kind], parent)
        self._chosen = chosen
        self.kind = Combo("Документ")
        self.kind.fill([(title, key) for key, title in TITLES.items()], chosen.kind)
        self.kind.currentIndexChanged.connect(lambda _i: self._make())
        self.choosers.addWidget(Label("Документ", "muted"))
        self.choosers.addWidget(self.kind)
        self.choosers.addStretch(1)
        self._make()

    def _make(self) -> None:
        chosen, kind = self._chosen, self.kind.currentData()
        self.heading.setText(TITLES[kind])
        self.setWindowTitle(TITLES[kind])
        works = "" if chosen.works == "all" else getattr(chosen.works, "label", chosen.works)
        told = {"year": chosen.year, "works": works}
        if kind == "dynamics":
            self.prepare_kind("dynamics", {**told, "years": chosen.years})
        else:
            self.prepare_kind("support_compare", told)
