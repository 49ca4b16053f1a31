"""The pictures of «Решения» and «Основы» for «opora screens»: every state a view has inside."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QApplication

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
    key = view.documents.documents.current
    if key is not None:
        for what in ("protocol", "control"):
            tour.window.go("print_decisions", (what, key if what == "protocol" else None))
            _top(tour, f"decisions-{what}")
    view.show_mode("control")


def blocks(tour: Tour, view: Any) -> None:
    """Show the second and the third block."""
    for key in ("sufficiency", "speed"):
        view.open_payload(key)
        tour.shoot(f"monitoring-blocks-{key}", tour.window)
    tour.window.go("print_blocks", ("blocks_speed", view.page.scope.programme_id, view.page.scope.year))
    _top(tour, "blocks-paper")
    view.open_payload("legal")


def _top(tour: Tour, name: str) -> None:
    """Photograph the window that has just opened, and close it."""
    tour.wait()
    shown = [
        one for one in QApplication.topLevelWidgets() if one.isVisible() and one is not tour.window and one.isWindow()
    ]
    if shown:
        tour.shoot(name, shown[-1])
        shown[-1].close()
        tour.wait()
