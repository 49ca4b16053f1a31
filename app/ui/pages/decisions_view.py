"""«Решения» of the monitoring."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.ui.pages.view import View

if TYPE_CHECKING:
    from app.ui.pages.monitoring import MonitoringPage


class DecisionsView(View):
    """«Решения»."""

    key = "decisions"
    title = "Решения"
    heading = "Решения и их исполнение"

    page: MonitoringPage
