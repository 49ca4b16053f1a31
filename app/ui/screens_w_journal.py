"""Pictures of the journal of help."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from app.ui.screens import Tour


def shoot(tour: Tour, view: Any) -> None:
    """Show everything, what was not understood, a search without answers, the dialog, the templates."""
    from app.operations.help_understanding import HelpDraft

    view.show_span("all")
    tour.wait()
    view.quick("wrong")
    tour.shoot("work-journal-wrong", tour.window)
    view.quick(None)
    view.search.setText("такого нет")
    view.refresh()
    tour.shoot("work-journal-nothing", tour.window)
    view.search.setText("")
    view.show_span("year")
    tour.wait()
    full = HelpDraft("7", "visit", "3 учителя математики Сомов", "дефицит: чтение", "план готов → 01.12 выезд")
    wrong = HelpDraft("СОШ № 99", "lesson", "все, кто был", "дефицит: чтение", "план → 31.02", "01.12.2026")
    for name, payload in (("full", full), ("wrong", wrong)):
        tour.window.go("new_help", payload)
        tour.wait()
        for top in tour.window.workspace.windows[-1:]:
            tour.shoot(f"work-help-{name}", top)
            top.done(0)
            tour.wait()
    tour.window.go("help_templates")
    tour.wait()
    for top in tour.window.workspace.windows[-1:]:
        tour.shoot("work-help-templates", top)
        top.close()
        tour.wait()
