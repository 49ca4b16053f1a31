"""The pictures of «Работа» for «opora screens»: every view with what it has inside."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from app.ui.screens import Tour

More = Callable[["Tour", Any], None]


def inside() -> dict[str, More]:
    """Return view → function(tour, view) that photographs its other states."""
    from app.ui import (
        screens_w_bodies,
        screens_w_calendar,
        screens_w_events,
        screens_w_journal,
        screens_w_mentoring,
        screens_w_practices,
    )

    return {
        "journal": screens_w_journal.shoot,
        "events": screens_w_events.shoot,
        "bodies": screens_w_bodies.shoot,
        "practices": screens_w_practices.shoot,
        "mentoring": screens_w_mentoring.shoot,
        "calendar": screens_w_calendar.shoot,
    }


def shoot(tour: Tour) -> None:
    """Show every view."""
    from app.ui.pages.work import JOURNAL, VIEWS, WorkPage

    page = tour.window.show_page("work")
    if not isinstance(page, WorkPage):
        return
    for key in (JOURNAL, *VIEWS):
        view = page.show_view(key)
        tour.wait()
        tour.shoot(f"work-{key}", tour.window)
        inside()[key](tour, page.journal if view is None else view)
