"""Pictures of mentoring."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from app.ui.screens import Tour


def shoot(tour: Tour, view: Any) -> None:
    """Photograph the counts by school."""
    view.open_payload("young")
    tour.wait()
    tour.shoot("work-mentoring-young", tour.window)
    view.open_payload("pairs")
    tour.wait()
