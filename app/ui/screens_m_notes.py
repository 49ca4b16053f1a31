"""The pictures of «Справки»: every document, the recommendations of both years, the windows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from app.ui.screens import Tour


def shoot(tour: Tour, view: Any) -> None:
    """Show a section with a table, the note, a school's note, the recommendations, the windows."""
    from app.ui.pages.notes_view import ADVICE, PAPERS

    view.list.choose("execution")
    tour.shoot("monitoring-notes-execution", tour.window)
    for kind in ("note", "school"):
        view.kinds.setCurrentIndex(PAPERS.index(kind))
        tour.wait()
        view.list.choose("results")
        tour.shoot(f"monitoring-notes-{kind}", tour.window)
    view.kinds.setCurrentIndex(PAPERS.index(ADVICE))
    tour.wait()
    grid = view.advice.grid.grid
    grid.setCurrentIndex(grid.model().index(0, 0))
    tour.shoot("monitoring-notes-advice", tour.window)
    view.advice.years.setCurrentIndex(1)
    tour.wait()
    grid.setCurrentIndex(grid.model().index(1, 0))
    tour.shoot("monitoring-notes-advice-before", tour.window)
    view.advice.years.setCurrentIndex(0)
    asked = view.asked
    for place, payload in (("note_advice", asked), ("note_figures", asked), ("print_note", (ADVICE, asked))):
        tour.window.go(place, payload)
        tour.wait()
        for top in tour.window.workspace.windows[-1:]:
            tour.shoot(place.replace("_", "-"), top)
            top.close()
            tour.wait()
    view.kinds.setCurrentIndex(0)
    tour.wait()
