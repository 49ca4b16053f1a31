"""Pictures of events: an event that took place, its parts, the form of a new one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from app.ui.screens import Tour


def shoot(tour: Tour, view: Any) -> None:
    """Photograph the other states of the view."""
    from app.ui.windows.event_form import EventWindow

    made = EventWindow(tour.window.session, None, tour.window)
    made.show()
    tour.wait()
    tour.shoot("window-event", made)
    made.close()
    held = next((line for line in view.lines if line.held and line.event.wanted), None)
    if held is None:
        return
    view.choose(held.id)
    tour.wait()
    tour.shoot("work-events-held", tour.window)
    for part in ("items", "people", "files", "feedback"):
        view.show_part(part)
        tour.wait()
        tour.shoot(f"work-events-{part}", tour.window)
    view.show_part("list")
    made = EventWindow(tour.window.session, held.id, tour.window)
    made.show()
    tour.wait()
    tour.shoot("window-event-held", made)
    made.close()
