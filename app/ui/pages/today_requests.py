"""«Запросы» of the page «Сегодня»."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.ui.pages.view import View

if TYPE_CHECKING:
    from app.ui.pages.today import TodayPage


class RequestsView(View):
    """«Запросы»."""

    key = "requests"
    title = "Запросы"
    heading = "Входящие запросы"

    page: TodayPage
