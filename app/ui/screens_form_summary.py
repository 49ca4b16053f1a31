"""The screens of the summary of a form: its looks, the experts, the protocol, the paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.ui.screens import Tour

UNSCORED, MANY = "programme-quality", "school-transition"


def shoot_summary(tour: Tour) -> None:
    """Show every look of «Сводка», a form with many items, one without points with its experts."""
    from app.ui.pages.checklists import ChecklistsPage
    from app.ui.pages.form_summary_view import LOOKS, FormSummaryView

    page = tour.window.show_page("checklists")
    if not isinstance(page, ChecklistsPage):
        return
    view = page.show_view("summary")
    tour.wait()
    if isinstance(view, FormSummaryView) and view.found is not None:
        known = [view.form.itemData(place) for place in range(view.form.count())]
        scored = next((key for key in known if key not in {UNSCORED, MANY}), known[0])
        view.open_payload(scored)
        for _word, look in LOOKS:
            view.look.choose(look)
            tour.shoot(f"form-summary-{look}", tour.window)
        if MANY in known:
            view.open_payload(MANY)
            tour.shoot("form-summary-many", tour.window)
        view.look.choose("who")
        if UNSCORED in known:
            view.open_payload(UNSCORED)
            tour.shoot("form-summary-unscored", tour.window)
            _experts(tour, view)
        view.show_paper()
        _shoot_top(tour, "print-form-summary")
    page.show_view(page.first[0])
    tour.wait()


def _experts(tour: Tour, view: object) -> None:
    from app.ui.pages.form_summary_view import FormSummaryView
    from app.ui.windows.form_group import FormGroupWindow

    if not isinstance(view, FormSummaryView):
        return
    view.show_experts()
    tour.wait()
    window = tour.window.workspace.windows[-1]
    tour.shoot("form-group", window)
    if isinstance(window, FormGroupWindow):
        window.show_paper()
        _shoot_top(tour, "print-form-protocol")
    window.close()


def _shoot_top(tour: Tour, name: str) -> None:
    tour.wait()
    window = tour.window.workspace.windows[-1]
    tour.shoot(name, window)
    window.close()
