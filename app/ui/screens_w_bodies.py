"""Pictures of professional associations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from app.ui.screens import Tour


def shoot(tour: Tour, view: Any) -> None:
    """Photograph the parts of a body, then another body of another kind."""
    from app.ui.pages.work_bodies_card import PARTS

    if not view.table.model.total:
        return
    lines = view.table.model.visible_rows()
    first = next((line for line in lines if "математики" in line.name), lines[0])
    view.table.choose(first.id)
    for key in PARTS:
        view.panel.show_part(key)
        tour.wait()
        tour.shoot(f"work-bodies-{key}", tour.window)
    cluster = next((line for line in lines if line.kind == "кластер"), None)
    if cluster is not None:
        view.table.choose(cluster.id)
        view.panel.show_part("schools")
        tour.wait()
        tour.shoot("work-bodies-cluster", tour.window)
    view.panel.show_part("members")
