"""«Дела и даты» of the page «Сегодня»."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.ui.pages.view import View

if TYPE_CHECKING:
    from app.ui.pages.today import TodayPage


class TasksView(View):
    """«Дела и даты»."""

    key = "tasks"
    title = "Дела и даты"
    heading = "Дела и даты"

    page: TodayPage
