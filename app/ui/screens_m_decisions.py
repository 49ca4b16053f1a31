"""The pictures of «Решения» and «Основы» for «opora screens»: every state a view has inside."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from app.ui.screens import Tour


def decisions(tour: Tour, view: Any) -> None:
    """Show several points selected, then the documents with each part of the newest one."""
    table = view.control.table
    if table.model.shown > 2:
        table.view.selectAll()
        tour.shoot("monitoring-decisions-many", tour.window)
        table.make_current(0, 0)
    view.show_mode("documents")
    for place, name in enumerate(("points", "agenda", "meeting")):
        view.documents.parts.setCurrentIndex(place)
        tour.shoot(f"monitoring-decisions-{name}", tour.window)
    view.documents.parts.setCurrentIndex(0)
    view.show_mode("control")


def blocks(tour: Tour, view: Any) -> None:
    """Show the second and the third block."""
    for key in ("sufficiency", "speed"):
        view.open_payload(key)
        tour.shoot(f"monitoring-blocks-{key}", tour.window)
    view.open_payload("legal")
