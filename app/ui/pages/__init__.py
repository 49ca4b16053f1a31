"""The pages of the main window, one a file; their order is the order of the tabs."""

from __future__ import annotations

from app.ui.pages.base import Page
from app.ui.pages.later import ChecklistsPage, MonitoringPage, ProgrammePage
from app.ui.pages.reports import ReportsPage
from app.ui.pages.school_list import SchoolListPage
from app.ui.pages.schools import SchoolsPage
from app.ui.pages.today import TodayPage

PAGES: tuple[type[Page], ...] = (
    TodayPage,
    SchoolsPage,
    SchoolListPage,
    ProgrammePage,
    ChecklistsPage,
    MonitoringPage,
    ReportsPage,
)
