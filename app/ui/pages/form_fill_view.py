"""«Заполнение»: one form of one subject, answered on the screen."""

from __future__ import annotations

from app.ui.pages.view import View
from app.ui.pages.views_page import ViewsPage
from app.ui.widgets.basics import Card
from app.ui.widgets.empty import EmptyState


class FormFillView(View):
    """One form."""

    key = "fill"
    title = "Заполнение"
    heading = "Заполнение формы"
    guide = ("09-чек-листы", "Заполнение")

    def __init__(self, page: ViewsPage) -> None:
        super().__init__(page)
        card = Card()
        card.body.addWidget(EmptyState("checklist", "Форма не выбрана", "Выберите школу и форму на виде «Приём»."))
        self.column.addWidget(card, 1)
