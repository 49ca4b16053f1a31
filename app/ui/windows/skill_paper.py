"""«Выполнение заданий» and «Темы для РМО и курсов» before they are printed, saved or put into the register."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from PySide6.QtWidgets import QWidget

from app.analysis.skills import WorkKey
from app.ui.session import Session
from app.ui.widgets.basics import Combo
from app.ui.widgets.labels import Label
from app.ui.windows.papers import PaperPreview

SkillPaper = Literal["tasks", "topics"]
TITLES: dict[SkillPaper, str] = {"tasks": "Выполнение заданий", "topics": "Темы для РМО и курсов"}


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is chosen on the page: which paper first, the year, whose results, which work (None is all)."""

    kind: SkillPaper
    result_year: int
    school_id: int | None = None
    work: WorkKey | None = None


class SkillPaperWindow(PaperPreview):
    """The papers about tasks and skills on the screen; the topics are always those of the municipality."""

    guide = ("08-мониторинг", "Задания и умения")

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
        title = TITLES[kind]
        self.heading.setText(title)
        self.setWindowTitle(title)
        told: dict[str, object] = {"year": chosen.result_year}
        if kind == "tasks":
            work = None if chosen.work is None else chosen.work.label
            told |= {"school": chosen.school_id, "work": work}
        self.prepare_kind(kind, told)
