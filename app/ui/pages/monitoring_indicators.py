"""«Показатели» of the monitoring."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.ui.pages.view import View

if TYPE_CHECKING:
    from app.ui.pages.monitoring import MonitoringPage


class MonitoringIndicatorsView(View):
    """«Показатели»."""

    key = "indicators"
    title = "Показатели"
    heading = "Показатели программы"

    page: MonitoringPage
