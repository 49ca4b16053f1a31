"""«Месяц» of the page «Сегодня»."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.ui.pages.view import View

if TYPE_CHECKING:
    from app.ui.pages.today import TodayPage


class MonthView(View):
    """«Месяц»."""

    key = "month"
    title = "Месяц"
    heading = "План и отчёт за месяц"

    page: TodayPage
