"""«Основы» of the monitoring."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.ui.pages.view import View

if TYPE_CHECKING:
    from app.ui.pages.monitoring import MonitoringPage


class BlocksView(View):
    """«Основы»."""

    key = "blocks"
    title = "Основы"
    heading = "Три блока мониторинга"

    page: MonitoringPage
