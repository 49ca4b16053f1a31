"""The pages of the main window, one a file; their order is the order of the tabs.

A page is imported when it is shown for the first time: what the first one does not need would only put off the start.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from app.ui.pages.base import Page


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab: what its page is called, and what imports the page."""

    name: str
    title: str
    icon: str
    page: Callable[[], type[Page]]


def _today() -> type[Page]:
    from app.ui.pages.today import TodayPage

    return TodayPage


def _schools() -> type[Page]:
    from app.ui.pages.schools import SchoolsPage

    return SchoolsPage


def _school_list() -> type[Page]:
    from app.ui.pages.school_list import SchoolListPage

    return SchoolListPage


def _programme() -> type[Page]:
    from app.ui.pages.programme import ProgrammePage

    return ProgrammePage


def _checklists() -> type[Page]:
    from app.ui.pages.checklists import ChecklistsPage

    return ChecklistsPage


def _monitoring() -> type[Page]:
    from app.ui.pages.monitoring import MonitoringPage

    return MonitoringPage


def _reports() -> type[Page]:
    from app.ui.pages.reports import ReportsPage

    return ReportsPage


def _work() -> type[Page]:
    from app.ui.pages.work import WorkPage

    return WorkPage


PAGES: tuple[Tab, ...] = (
    Tab("today", "Сегодня", "calendar-event", _today),
    Tab("schools", "Школы", "school", _schools),
    Tab("school_list", "Список ШНОР", "list-search", _school_list),
    Tab("programme", "Программа", "sitemap", _programme),
    Tab("checklists", "Чек-листы", "checklist", _checklists),
    Tab("monitoring", "Мониторинг", "chart-line", _monitoring),
    Tab("reports", "Отчёты", "report", _reports),
    Tab("work", "Работа", "briefcase", _work),
)
