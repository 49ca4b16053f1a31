"""«Сводка»: answers of all subjects to one form."""

from __future__ import annotations

from app.ui.pages.view import View
from app.ui.pages.views_page import ViewsPage
from app.ui.widgets.basics import Card
from app.ui.widgets.empty import EmptyState


class FormSummaryView(View):
    """The summary of one form."""

    key = "summary"
    title = "Сводка"
    heading = "Сводка по форме"
    guide = ("09-чек-листы", "Сводка")

    def __init__(self, page: ViewsPage) -> None:
        super().__init__(page)
        card = Card()
        card.body.addWidget(EmptyState("checklist", "Сводить нечего", "Здесь встанут ответы всех школ на одну форму."))
        self.column.addWidget(card, 1)
