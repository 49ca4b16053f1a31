"""Drafts of orders: what they say, their number and date, their way into the legal base."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.ui.pages.view import View
from app.ui.widgets.empty import EmptyState

if TYPE_CHECKING:
    from app.ui.pages.reports import ReportsPage


class OrdersView(View):
    """Drafts of orders: what they say, their number and date, their way into the legal base."""

    key = "orders"
    title = "Приказы"
    heading = "Приказы"

    def __init__(self, page: ReportsPage) -> None:
        super().__init__(page)
        self.column.addWidget(EmptyState("report", "Приказы", "Здесь появятся проекты приказов."))
