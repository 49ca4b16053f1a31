"""Forms of a region that fill themselves from our figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.ui.pages.view import View
from app.ui.widgets.empty import EmptyState

if TYPE_CHECKING:
    from app.ui.pages.reports import ReportsPage


class ForeignView(View):
    """Forms of a region that fill themselves from our figures."""

    key = "foreign"
    title = "Формы региона"
    heading = "Формы региона"

    def __init__(self, page: ReportsPage) -> None:
        super().__init__(page)
        self.column.addWidget(EmptyState("report", "Формы региона", "Здесь появятся книги, которые заполняются сами."))
