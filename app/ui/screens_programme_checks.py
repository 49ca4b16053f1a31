"""The pictures of «Проверка» of the programme for «opora screens»: all remarks, one part, both checklists, nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.ui.screens import Tour

SHOWN = (("all", "all"), ("plan", "plan"), ("programme-document", "document"), ("programme-quality", "quality"))


def shoot_programme_checks(tour: Tour) -> None:
    """Show the view with everything, with one part, with each checklist; empty without a programme."""
    from app.ui.pages.programme import ProgrammePage
    from app.ui.pages.programme_checks_view import ChecksView

    page = tour.window.show_page("programme")
    if not isinstance(page, ProgrammePage):
        return
    view = page.show_view("checks")
    tour.wait()
    if not isinstance(view, ChecksView):
        return
    if view.checked is None:
        tour.shoot("programme-checks-nothing", tour.window)
    else:
        for key, name in SHOWN:
            view.open_payload(key)
            tour.wait()
            tour.shoot(f"programme-checks-{name}", tour.window)
    page.show_view(page.first[0])
    tour.wait()
