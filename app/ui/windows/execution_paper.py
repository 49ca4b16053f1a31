"""«Исполнение плана мероприятий» for a period before it is printed, saved or put into the register."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QLineEdit, QWidget

from app.errors import UserError
from app.operations import execution_report, papers, schools
from app.texts import ru_date
from app.ui import theme
from app.ui.session import Session
from app.ui.widgets.basics import Combo
from app.ui.widgets.labels import Label
from app.ui.windows.papers import PaperPreview

TITLE = "Исполнение плана мероприятий"


class ExecutionPaperWindow(PaperPreview):
    """The report of a period; ``payload`` is the key of the programme and the plan year."""

    guide = ("11-исполнение", "Отчёт за период")

    def __init__(self, session: Session, payload: tuple[int, int], parent: QWidget | None = None) -> None:
        super().__init__(session, TITLE, parent)
        self._key, year = payload
        self.usual = Combo("Период")
        self.usual.fill([(word, span) for word, span in execution_report.periods(year)])
        self.first, self.last = QLineEdit(), QLineEdit()
        for edit, name in ((self.first, "Начало периода"), (self.last, "Конец периода")):
            edit.setAccessibleName(name)
            edit.setFixedWidth(theme.current().px(96))
            edit.editingFinished.connect(self._make)
        for widget in (Label("Период", "muted"), self.usual, Label("с", "muted"), self.first, Label("по", "muted"),
                       self.last):  # fmt: skip
            self.choosers.addWidget(widget)
        self.choosers.addStretch(1)
        self._asked: tuple[date, date] | None = None
        self.usual.currentIndexChanged.connect(lambda _place: self._choose())
        self._choose_today(session.today())

    def _choose_today(self, today: date) -> None:
        """Begin with the quarter that is going on, else with the whole year."""
        spans = [self.usual.itemData(place) for place in range(self.usual.count())]
        fitting = [place for place, (first, last) in enumerate(spans) if first <= today <= last]
        self.usual.setCurrentIndex(fitting[-1] if fitting else 0)
        self._choose()

    def _choose(self) -> None:
        first, last = self.usual.currentData()
        self.first.setText(ru_date(first))
        self.last.setText(ru_date(last))
        self._make()

    def _make(self) -> None:
        try:
            first, last = (date.fromisoformat(schools.iso_date(edit.text())) for edit in (self.first, self.last))
        except UserError as error:
            self.fail(error)
            return
        if (first, last) == self._asked:
            return
        self._asked = first, last
        self.prepare_kind("execution", {"programme": self._key, "span": f"{first.isoformat()}..{last.isoformat()}"})

    def _name(self, suffix: str) -> str:
        """Return a name without what no file may be called."""
        return f"{papers.plain_name(self._paper)}{suffix}" if self._paper is not None else f"{TITLE}{suffix}"
