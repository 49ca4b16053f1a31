"""«Формы»: what can be asked: shipped and own forms."""

from __future__ import annotations

from app.ui.pages.view import View
from app.ui.pages.views_page import ViewsPage
from app.ui.widgets.basics import Card
from app.ui.widgets.empty import EmptyState


class FormsView(View):
    """The forms themselves."""

    key = "forms"
    title = "Формы"
    heading = "Формы"
    guide = ("09-чек-листы", "Формы")

    def __init__(self, page: ViewsPage) -> None:
        super().__init__(page)
        card = Card()
        card.body.addWidget(EmptyState("checklist", "Форм пока нет", "Здесь будут чек-листы и анкеты, готовые и свои."))
        self.column.addWidget(card, 1)
