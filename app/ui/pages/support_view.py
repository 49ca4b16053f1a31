"""«Поддержка» of the monitoring."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.ui.pages.view import View

if TYPE_CHECKING:
    from app.ui.pages.monitoring import MonitoringPage


class SupportView(View):
    """«Поддержка»."""

    key = "support"
    title = "Поддержка"
    heading = "Поддержка школ"

    page: MonitoringPage
