"""«Чек-листы»: what was asked of whom and what came back; filling, summary, questionnaires and the forms themselves."""

from __future__ import annotations

from collections.abc import Callable

from app.ui.pages.base import REGISTRY, SETTINGS
from app.ui.pages.checklists_board import BoardView
from app.ui.pages.view import View
from app.ui.pages.views_page import ViewsPage
from app.ui.session import Session
from app.ui.widgets.table import DataTable

FORMS = frozenset({
    "form_subject", "form_round", "form_case", "form_answer", "form_evidence", "form_file", "form_protocol",
    "form_protocol_member", "survey_sheet", "survey_respondent", "survey_answer", "survey_tally", "survey_remark",
    "course_record", "reference_text", "metric_value", "body", "body_member",
})  # fmt: skip


def _fill(page: ChecklistsPage) -> View:
    from app.ui.pages.form_fill_view import FormFillView

    return FormFillView(page)


def _summary(page: ChecklistsPage) -> View:
    from app.ui.pages.form_summary_view import FormSummaryView

    return FormSummaryView(page)


def _surveys(page: ChecklistsPage) -> View:
    from app.ui.pages.surveys_view import SurveysView

    return SurveysView(page)


def _forms(page: ChecklistsPage) -> View:
    from app.ui.pages.forms_view import FormsView

    return FormsView(page)


VIEWS: dict[str, tuple[str, Callable[[ChecklistsPage], View]]] = {
    "fill": ("Заполнение", _fill),
    "summary": ("Сводка", _summary),
    "surveys": ("Анкеты", _surveys),
    "forms": ("Формы", _forms),
}


class ChecklistsPage(ViewsPage):
    """Schools × forms × states, and the views of one form."""

    name = "checklists"
    title = "Чек-листы"
    icon = "checklist"
    subjects = FORMS | REGISTRY | SETTINGS
    guide = ("09-чек-листы", "Приём")
    first = ("board", "Приём")
    others = VIEWS
    switch_name = "Что показать"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.board = BoardView(self)
        self.show_body(self.board, self.board.buttons)

    def view_said(self, view: View) -> None:
        """The board speaks for the page, the others for themselves."""
        if view is self.board:
            self.say(view.sentence)
        else:
            super().view_said(view)

    def refresh(self) -> None:
        """Read the board, then the view that is shown."""
        self.board.refresh()
        self.refresh_views()

    def open_payload(self, payload: object) -> None:
        """Show («fill», key of a case), («summary», form and year) or another view by its key."""
        key, thing = payload if isinstance(payload, tuple) else (payload, None)
        view = self.show_view(str(key))
        (self.board if view is None else view).open_payload(thing)

    def focus_main(self) -> None:
        """Put the keyboard into the view that is shown."""
        if self.view == self.first[0]:
            self.board.focus_main()
            return
        super().focus_main()

    def tables(self) -> list[DataTable]:
        """Return the tables of the view that is shown, its main one first."""
        shown = self.stack.currentWidget()
        found = super().tables()
        return sorted(found, key=lambda table: not shown.isAncestorOf(table)) if shown is not None else found
