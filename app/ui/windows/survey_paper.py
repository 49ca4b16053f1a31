"""The papers of a sheet of questionnaires: the distribution, and the questionnaire itself, two to a page."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QCheckBox, QWidget

from app.operations import papers, survey_papers, surveys
from app.operations.papers import Made, Paper
from app.operations.surveys import SheetView
from app.texts import quoted, school_year
from app.ui.run import Job
from app.ui.session import Session
from app.ui.widgets.basics import Combo
from app.ui.widgets.labels import Label
from app.ui.windows.papers import PaperPreview

BLANK, SHEET, ROUND, YEAR, ALL = "blank", "sheet", "round", "year", "all"


class SurveyPaperWindow(PaperPreview):
    """What is printed about a questionnaire."""

    guide = ("09-чек-листы", "Анкеты")

    def __init__(self, session: Session, sheet_id: int, parent: QWidget | None = None) -> None:
        super().__init__(session, "Результаты анкетирования", parent)
        self._sheet_id = sheet_id
        self._view: SheetView | None = None
        self.kind = Combo("Документ")
        self.two = QCheckBox("Две на листе")
        self.two.setToolTip("Анкета в одну страницу печатается дважды, лист разрезают пополам")
        self.two.setChecked(True)
        self.two.hide()
        self.choosers.addWidget(Label("Документ", "muted"))
        self.choosers.addWidget(self.kind)
        self.choosers.addWidget(self.two)
        self.choosers.addStretch(1)
        self.take(session.desk.read(surveys.view, sheet_id), self._opened)

    def _opened(self, view: SheetView) -> None:
        self._view = view
        line = view.line
        choices = [
            ("Результаты: этот лист", SHEET), (f"Результаты: {quoted(line.round.title)}", ROUND),
            (f"Результаты: {school_year(line.round.school_year)} учебный год", YEAR), ("Результаты: все годы", ALL),
            ("Анкета, чтобы раздать", BLANK),
        ]  # fmt: skip
        self.kind.fill(choices, SHEET if view.mode != "empty" else BLANK)
        self.kind.currentIndexChanged.connect(lambda _place: self._make())
        self.two.toggled.connect(lambda _on: self._make())
        self._make()

    def _make(self) -> None:
        view = self._view
        if view is None:
            return
        kind = str(self.kind.currentData())
        form, of_round, sheet_id = view.line.form, view.line.round, self._sheet_id
        self.two.setVisible(kind == BLANK)
        title = "Анкета" if kind == BLANK else "Результаты анкетирования"
        self.heading.setText(title)
        self.setWindowTitle(title)
        told: dict[str, dict[str, object]] = {
            BLANK: {"form": form.id, "version": form.version},
            SHEET: {"survey": form.id, "sheet": sheet_id},
            ROUND: {"survey": form.id, "round": of_round.id},
            YEAR: {"survey": form.id, "school_year": of_round.school_year},
            ALL: {"survey": form.id},
        }
        self.prepare_kind("survey_blank" if kind == BLANK else "survey_report", told[kind])

    def _draw(self, paper: Paper, suffix: str, then: Callable[[Made], object]) -> None:
        """Draw the paper; the questionnaire twice on a page where that is wanted and it is short."""
        double = suffix == ".pdf" and self.kind.currentData() == BLANK and self.two.isChecked()

        def work(_job: Job) -> Made:
            made = papers.render(paper, suffix)
            return survey_papers.two_to_a_page(made) if double else made

        self.session.job(self, work, then, self.fail)
