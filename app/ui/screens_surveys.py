"""The pictures of anonymous questionnaires and of the register of courses for «opora screens»."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.ui.screens import Tour


def shoot_surveys(tour: Tour) -> None:
    """Show every sheet of the example: entering and distribution; then the windows beside."""
    from app.ui.pages.checklists import ChecklistsPage
    from app.ui.pages.surveys_view import SurveysView

    page = tour.window.show_page("checklists")
    if not isinstance(page, ChecklistsPage):
        return
    view = page.show_view("surveys")
    if not isinstance(view, SurveysView):
        return
    tour.wait()
    for number, line in enumerate(list(view.table.model.visible_rows())[:3], start=1):
        view.table.choose(line.sheet.id)
        for place, word in enumerate(("entry", "shares")):
            view.tabs.setCurrentIndex(place)
            tour.shoot(f"surveys-{number}-{word}", tour.window)
    view.tabs.setCurrentIndex(0)
    line = view.table.current()
    if line is not None:
        _windows(tour, line.sheet.id)
    page.show_view(page.first[0])
    tour.wait()


def _windows(tour: Tour, sheet_id: int) -> None:
    from app.ui.windows.courses import CoursesWindow

    for place, payload in (("survey_paste", sheet_id), ("print_survey", sheet_id), ("courses", None)):
        tour.window.go(place, payload)
        tour.wait()
        for top in tour.window.workspace.windows[-1:]:
            tour.shoot(place.replace("_", "-"), top)
            if isinstance(top, CoursesWindow):
                top.tabs.setCurrentIndex(1)
                tour.shoot("courses-totals", top)
            top.close()
