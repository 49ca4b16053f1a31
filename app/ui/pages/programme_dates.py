"""«Сроки»: one view of the programme."""

from __future__ import annotations

from app.ui.pages.view import View
from app.ui.pages.views_page import ViewsPage
from app.ui.widgets.empty import EmptyState


class DatesView(View):
    """Сроки программы."""

    key = "dates"
    title = "Сроки"
    heading = "Сроки программы"

    def __init__(self, page: ViewsPage) -> None:
        super().__init__(page)
        self.column.addWidget(EmptyState("sitemap", "Сроки программы", "Здесь будут сроки."), 1)

    def show_node(self, node_id: int) -> None:
        """Show a node and put the keyboard onto it."""
