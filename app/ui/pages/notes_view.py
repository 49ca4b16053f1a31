"""«Справки» of the monitoring."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.ui.pages.view import View

if TYPE_CHECKING:
    from app.ui.pages.monitoring import MonitoringPage


class NotesView(View):
    """«Справки»."""

    key = "notes"
    title = "Справки"
    heading = "Справки и рекомендации"

    page: MonitoringPage
