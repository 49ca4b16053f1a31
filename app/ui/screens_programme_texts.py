"""The pictures of «Тексты» of the programme for «opora screens»: a passport row, the analysis, a table, the windows."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.ui.screens import Tour

SHOWN = (
    ("passport.indicators", 0, "passport"),
    ("analysis.results", 1, "results"),
    ("analysis.process", 0, "process"),
    ("analysis.profiles", 0, "profiles"),
    ("section.annexes", 0, "empty"),
    ("table.mechanism", 0, "mechanism"),
    ("table.resource", 0, "resources"),
    ("table.block", 0, "blocks"),
)


def shoot_programme_texts(tour: Tour) -> None:
    """Show texts of several kinds, the chart of the analysis, then both windows; the empty view without a programme."""
    from app.ui.pages.programme import ProgrammePage
    from app.ui.pages.programme_texts_view import TextsView

    page = tour.window.show_page("programme")
    if not isinstance(page, ProgrammePage):
        return
    view = page.show_view("texts")
    tour.wait()
    if not isinstance(view, TextsView):
        return
    if view.book is None:
        tour.shoot("programme-texts-nothing", tour.window)
    else:
        for key, look, name in SHOWN:
            view.list.choose(key)
            tour.wait()
            view.pane.preview.which.setCurrentIndex(min(look, view.pane.preview.which.count() - 1))
            tour.wait()
            tour.shoot(f"programme-texts-{name}", tour.window)
        view.list.choose("analysis.results")
        tour.wait()
        view.pane.preview.which.setCurrentIndex(1)
        view.pane.preview.looks.setCurrentIndex(1)
        tour.wait()
        tour.shoot("programme-texts-chart", tour.window)
        block = view.pane.preview.block
        _windows(tour, (("programme_figures", view.programme_id), ("programme_origin", block)))
    page.show_view(page.first[0])
    tour.wait()


def _windows(tour: Tour, wanted: tuple[tuple[str, object], ...]) -> None:
    for place, payload in wanted:
        tour.window.go(place, payload)
        tour.wait()
        for top in tour.window.workspace.windows[-1:]:
            tour.shoot(place.replace("_", "-"), top)
            top.close()
