"""The pictures of «Отчёты» → «Документы»: several papers, a search, nothing to choose from, the batch."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from app.ui.pages.papers_centre import PapersCentre
    from app.ui.screens import Tour

SHOWN = ("school_card", "recommendations", "chart", "survey_report", "programme_changes")
SEARCHED = "школ"


def shoot(tour: Tour, centre: Any) -> None:
    """Show papers with many settings, the search, and the window of the batch."""
    _papers(tour, centre)
    centre.list.search.setText(SEARCHED)
    centre.list.search.flush()
    tour.wait()
    tour.shoot("reports-papers-search", tour.window)
    centre.list.search.clear()
    centre.list.search.flush()
    centre.open_payload("school_card")
    tour.wait()
    _batch(tour, centre)
    _slides(tour, centre)
    centre.open_payload("school_list")
    tour.wait()


def _papers(tour: Tour, centre: PapersCentre) -> None:
    for key in SHOWN:
        centre.open_payload(key)
        tour.wait()
        tour.shoot(f"reports-papers-{key}", tour.window)


def _batch(tour: Tour, centre: PapersCentre) -> None:
    if centre.kind is None:
        return
    tour.window.go("batch", (centre.kind.key, centre.settings.values()))
    tour.wait()
    for dialog in tour.window.workspace.windows:
        tour.shoot("reports-batch", dialog)
        dialog.close()


def _slides(tour: Tour, centre: PapersCentre) -> None:
    if centre.paper is None:
        return
    tour.window.go("slides", centre.paper)
    tour.wait()
    for dialog in tour.window.workspace.windows:
        tour.shoot("reports-slides", dialog)
        dialog.close()
