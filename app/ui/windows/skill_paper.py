"""«Выполнение заданий» and «Темы для РМО и курсов» before they are printed, saved or put into the register."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from PySide6.QtWidgets import QWidget

from app.analysis.skills import WorkKey
from app.models.store import Connection
from app.operations import skill_papers
from app.operations.papers import Paper
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

        def tasks(connection: Connection) -> Paper:
            return skill_papers.tasks(
                connection, chosen.result_year, school_id=chosen.school_id, work=chosen.work
            )  # fmt: skip

        def topics(connection: Connection) -> Paper:
            return skill_papers.topics(connection, chosen.result_year)

        makers: dict[SkillPaper, Callable[[Connection], Paper]] = {"tasks": tasks, "topics": topics}
        self.prepare(makers[kind])
