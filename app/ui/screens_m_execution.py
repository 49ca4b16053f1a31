"""Pictures of «Исполнение»: the sheet, the chart, the report of a period."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from app.ui.screens import Tour


def shoot(tour: Tour, view: Any) -> None:
    """Photograph the other looks of the view and the report."""
    from app.ui.windows.execution_paper import ExecutionPaperWindow

    if view.table is None:
        return
    for look in ("grid", "chart"):
        view.show_look(look)
        tour.shoot(f"monitoring-execution-{look}", tour.window)
    view.show_look("table")
    view.filter("done")
    tour.shoot("monitoring-execution-done", tour.window)
    view.filter(None)
    view.print_report()
    tour.wait()
    for window in QApplication.topLevelWidgets():
        if isinstance(window, ExecutionPaperWindow) and window.isVisible():
            tour.shoot("monitoring-execution-report", window)
            window.reject()
    tour.wait()
