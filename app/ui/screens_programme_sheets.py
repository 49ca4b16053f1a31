"""The pictures of «План», «Показатели» and «Деньги» of the programme for «opora screens»."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.ui.pages.programme import ProgrammePage
    from app.ui.screens import Tour


def shoot_programme_sheets(tour: Tour) -> None:
    """Show the plan built both ways and filtered, the indicators with and without what is required, the money."""
    from app.ui.pages.programme import ProgrammePage

    page = tour.window.show_page("programme")
    if not isinstance(page, ProgrammePage):
        return
    _plan(tour, page)
    _targets(tour, page)
    _money(tour, page)
    page.show_view(page.first[0])
    tour.wait()


def _plan(tour: Tour, page: ProgrammePage) -> None:
    from app.ui.pages.programme_plan import PlanView

    view = page.show_view("plan")
    tour.wait()
    if not isinstance(view, PlanView):
        return
    if view.sheet is None:
        tour.shoot("programme-plan-nothing", tour.window)
        return
    view.focus_main()
    view.grid.go_to(min(1, len(view.model.rows) - 1), 2)
    tour.shoot("programme-plan", tour.window)
    view.grid.go_to(min(1, len(view.model.rows) - 1), len(view.model.columns) - 1)
    tour.shoot("programme-plan-right", tour.window)
    if view.writable:
        built = str(view.building.currentData())
        for way in ("directions" if built == "tasks" else "tasks", built):
            view.building.choose(way)
            view.building.activated.emit(view.building.currentIndex())
            tour.wait()
            if way != built:
                tour.shoot("programme-plan-other-way", tour.window)
        view.grid.go_to(1, 1)
        view.grid.edit(view.grid.currentIndex())
        tour.shoot("programme-plan-typing", tour.window)
        view.focus_main()
        tour.wait()


def _targets(tour: Tour, page: ProgrammePage) -> None:
    from app.ui.pages.programme_targets import TargetsView

    view = page.show_view("targets")
    tour.wait()
    if not isinstance(view, TargetsView) or view.sheet is None:
        return
    view.focus_main()
    tour.shoot("programme-targets", tour.window)
    for _time in range(2):
        view.required.click()
        tour.wait()
        if not view.required.isChecked():
            tour.shoot("programme-targets-own", tour.window)


def _money(tour: Tour, page: ProgrammePage) -> None:
    from app.ui.pages.programme_money import MoneyView

    view = page.show_view("money")
    tour.wait()
    if not isinstance(view, MoneyView) or view.sheet is None:
        return
    view.focus_main()
    estimated = next((key for key in view.sheet.tree.estimate if view.model.row_of(key) >= 0), None)
    if estimated is not None:
        view.show_node(estimated, "title")
    tour.shoot("programme-money", tour.window)
    for source in ("municipal", "", "*"):
        view.source.choose(source)
        view.source.activated.emit(view.source.currentIndex())
        tour.wait()
        if source != "*":
            tour.shoot(f"programme-money-{source or 'together'}", tour.window)
