"""The plan of a month and the report before they are printed, saved or put into the register."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.operations import papers, workday
from app.ui.pages.closed_forms import with_closed
from app.ui.session import Session
from app.ui.widgets.basics import Combo
from app.ui.widgets.labels import Label
from app.ui.windows.papers import PaperPreview

TITLES = {"plan": "План работы", "report": "Отчёт о работе"}


class MonthPaperWindow(PaperPreview):
    """Both papers of a period on the screen."""

    guide = ("18-сегодня", "Отчёт за месяц или квартал")

    def __init__(
        self, session: Session, payload: tuple[str, ...] | None = None, parent: QWidget | None = None
    ) -> None:  # fmt: skip
        kind, key, *more = payload or ("report", workday.month_of(session.today()).key)
        self._who = more[0] if more else ""
        super().__init__(session, TITLES[kind], parent)
        self._period = workday.period(key)
        self.kind = Combo("Документ")
        self.kind.fill([(title, name) for name, title in TITLES.items()], kind)
        self.kind.currentIndexChanged.connect(lambda _place: self._make())
        self.choosers.addWidget(Label("Документ", "muted"))
        self.choosers.addWidget(self.kind)
        whose = f", {self._who}" if self._who else ""
        self.choosers.addWidget(Label(f"{self._period.title}{whose}", "muted"))
        self.choosers.addStretch(1)
        self._make()

    def _make(self) -> None:
        kind, period = str(self.kind.currentData()), self._period
        closed = with_closed(self.session)
        self.heading.setText(TITLES[kind])
        self.setWindowTitle(TITLES[kind])

        self.prepare_kind(f"month_{kind}", {"period": period.key, "who": self._who, "closed": closed})

    def _name(self, suffix: str) -> str:
        paper = self._paper
        return f"{papers.plain_name(paper)}{suffix}" if paper is not None else f"План{suffix}"
