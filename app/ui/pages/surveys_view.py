"""«Анкеты»: anonymous questionnaires, kept as tallies."""

from __future__ import annotations

from app.ui.pages.view import View
from app.ui.pages.views_page import ViewsPage
from app.ui.widgets.basics import Card
from app.ui.widgets.empty import EmptyState


class SurveysView(View):
    """Questionnaires."""

    key = "surveys"
    title = "Анкеты"
    heading = "Анонимные анкеты"
    guide = ("09-чек-листы", "Анкеты")

    def __init__(self, page: ViewsPage) -> None:
        super().__init__(page)
        card = Card()
        card.body.addWidget(EmptyState("checklist", "Анкет пока нет", "Здесь будут ответы на анонимные анкеты."))
        self.column.addWidget(card, 1)
