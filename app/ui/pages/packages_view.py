"""Packages for the region and the region's summary of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.ui.pages.view import View
from app.ui.widgets.empty import EmptyState

if TYPE_CHECKING:
    from app.ui.pages.reports import ReportsPage


class PackagesView(View):
    """Packages for the region and the region's summary of them."""

    key = "packages"
    title = "Пакеты"
    heading = "Пакеты наверх"

    def __init__(self, page: ReportsPage) -> None:
        super().__init__(page)
        self.column.addWidget(EmptyState("report", "Пакеты наверх", "Здесь появятся пакеты документов."))
