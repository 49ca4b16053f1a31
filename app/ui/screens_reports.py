"""The pictures of «Отчёты» for «opora screens»: the centre of papers and every view with what it has inside."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from app.ui.screens import Tour

More = Callable[["Tour", Any], None]


def inside() -> dict[str, More]:
    """Return view («papers» is the centre) → function(tour, view) that photographs its other states."""
    from app.ui import screens_r_foreign, screens_r_orders, screens_r_outgoing, screens_r_packages, screens_r_papers

    return {
        "papers": screens_r_papers.shoot,
        "orders": screens_r_orders.orders,
        "outgoing": screens_r_outgoing.outgoing,
        "foreign": screens_r_foreign.foreign,
        "packages": screens_r_packages.packages,
    }


def shoot(tour: Tour) -> None:
    """Show the centre and every view."""
    from app.ui.pages.reports import CENTRE, VIEWS, ReportsPage

    page = tour.window.show_page("reports")
    if not isinstance(page, ReportsPage):
        return
    for key in (CENTRE, *VIEWS):
        view = page.show_view(key)
        tour.wait()
        tour.shoot(f"reports-{key}", tour.window)
        more = inside().get(key)
        if more is not None:
            more(tour, page.centre if view is None else view)
