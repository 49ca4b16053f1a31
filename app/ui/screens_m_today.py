"""The pictures of «Сегодня»: all tasks, an answered request, a quarter, the report, the windows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from app.ui.screens import Tour


def tasks(tour: Tour, view: Any) -> None:
    """Show done tasks too."""
    view.which.choose("all")
    tour.wait()
    view.pane.grid.setCurrentIndex(view.pane.model.index(0, 0))
    tour.shoot("today-tasks-all", tour.window)
    view.which.choose("open")


def requests(tour: Tour, view: Any) -> None:
    """Show a request that was answered."""
    view.which.choose("all")
    tour.wait()
    view.pane.grid.setCurrentIndex(view.pane.model.index(0, 0))
    tour.shoot("today-requests-all", tour.window)
    view.which.choose("open")


def month(tour: Tour, view: Any) -> None:
    """Show a quarter, a day, the report, both papers, the sheets of days, the digest."""
    view.span.choose("quarter")
    tour.wait()
    tour.shoot("today-month-quarter", tour.window)
    view.span.choose("month")
    tour.wait()
    view.calendar.choose(tour.window.session.today())
    tour.shoot("today-month-day", tour.window)
    view.what.choose("report")
    tour.wait()
    tour.shoot("today-month-report", tour.window)
    view.what.choose("plan")
    for place, payload, name in (
        ("month_paper", ("plan", view.period.key), "today-plan-paper"),
        ("month_paper", ("report", view.period.key), "today-report-paper"),
        ("calendar_days", None, "today-days"),
        ("digest", None, "today-digest"),
    ):
        tour.window.go(place, payload)
        tour.wait()
        for top in tour.window.workspace.windows[-1:]:
            tour.shoot(name, top)
            top.close()
            tour.wait()
