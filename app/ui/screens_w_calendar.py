"""Pictures of the calendar of the work."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from app.ui.screens import Tour


def shoot(tour: Tour, view: Any) -> None:
    """Photograph a day on which things meet, a year, the month of the longest break."""
    today: date = tour.window.session.today()
    busy = next((one.day for one in view.found.conflicts), None) if view.found is not None else None
    if busy is not None:
        view.show_day(busy)
        view.focus_main()
        tour.wait()
        tour.shoot("work-calendar-conflict", tour.window)
    view.mode.choose("year")
    tour.wait()
    tour.shoot("work-calendar-year", tour.window)
    view.mode.choose("month")
    view.show_day(date(today.year + 1, 1, 12))
    tour.wait()
    tour.shoot("work-calendar-january", tour.window)
    view.show_day(today)
    tour.wait()
