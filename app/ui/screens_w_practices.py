"""Pictures of the bank of practices."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from app.ui.screens import Tour


def shoot(tour: Tour, view: Any) -> None:
    """Photograph a search, the description of a practice, what fits a school."""
    view.search.setText("математика ОГЭ")
    view.search.flush()
    tour.wait()
    tour.shoot("work-practices-found", tour.window)
    view.card.looks.setCurrentIndex(1)
    tour.shoot("work-practices-description", tour.window)
    view.card.looks.setCurrentIndex(0)
    view.search.clear()
    if view.whom.count() > 1:
        view.open_payload(("school", view.whom.itemData(1)))
        tour.wait()
        tour.shoot("work-practices-school", tour.window)
        view.whom.choose(0)
    view.refresh()
    tour.wait()
