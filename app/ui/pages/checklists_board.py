"""«Приём»: schools, forms and the state of each."""

from __future__ import annotations

from app.ui.pages.view import View
from app.ui.pages.views_page import ViewsPage
from app.ui.widgets.basics import Card
from app.ui.widgets.empty import EmptyState


class BoardView(View):
    """The board."""

    key = "board"
    title = "Приём"
    heading = "Чек-листы"
    guide = ("09-чек-листы", "Приём")

    def __init__(self, page: ViewsPage) -> None:
        super().__init__(page)
        card = Card()
        card.body.addWidget(
            EmptyState("checklist", "Сборов пока нет", "Здесь будет видно, какая школа какую форму прислала.")
        )
        self.column.addWidget(card, 1)
