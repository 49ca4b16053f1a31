"""«Папка» of the monitoring."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.ui.pages.view import View

if TYPE_CHECKING:
    from app.ui.pages.monitoring import MonitoringPage


class CycleView(View):
    """«Папка»."""

    key = "cycle"
    title = "Папка"
    heading = "Папка управленческого цикла"

    page: MonitoringPage
