"""Further pictures of «Динамика»: one work, groups, schools with support beside similar ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from app.ui.screens import Tour


def shoot(tour: Tour, view: Any) -> None:
    """Show the other modes of the view and its paper."""
    if view.year.count() == 0:
        return
    view.works.setCurrentIndex(view.works.count() - 1)
    view.refresh()
    tour.shoot("monitoring-dynamics-work", tour.window)
    view.works.setCurrentIndex(0)
    for place, name in ((1, "groups"), (2, "support")):
        view.modes.setCurrentIndex(place)
        tour.shoot(f"monitoring-dynamics-{name}", tour.window)
    view.modes.setCurrentIndex(0)
    tour.wait()
