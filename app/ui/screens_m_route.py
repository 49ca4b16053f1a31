"""What «Маршрут» and «Папка» have inside, for «opora screens»: papers, years of one direction, the new school year."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from app.ui.screens import Tour


def route(tour: Tour, view: Any) -> None:
    """Show a school that is on its way, its folder, the wizard of the new year."""
    found = view.found
    if found is not None and found.of_stage("control"):
        view.board.choose(found.of_stage("control")[0].school.id)
        tour.shoot("monitoring-route-control", tour.window)
    if view.board.school_id is not None:
        tour.window.go("print_route", (view.board.school_id, view.session.school_year))
        _top(tour, "route-folder")
    _new_year(tour)


def cycle(tour: Tour, view: Any) -> None:
    """Show one direction by years and the folder on paper."""
    view.which.setCurrentIndex(1)
    tour.shoot("monitoring-cycle-years", tour.window)
    view.which.setCurrentIndex(0)
    tour.window.go("print_cycle", (view.session.school_year, None))
    _top(tour, "cycle-folder")


def _new_year(tour: Tour) -> None:
    """Show the steps with answers of every kind."""
    from app.operations.new_year import Answer, NewSchool
    from app.ui.windows.new_year import NewYearWizard

    tour.window.go("new_year", None)
    tour.wait()
    made = next((w for w in QApplication.topLevelWidgets() if isinstance(w, NewYearWizard) and w.isVisible()), None)
    if made is None:
        return
    part, year = made.schools, f"{made.school_year}-09-01"
    keys = [school.id for school in part.schools]
    if len(keys) > 3:
        name = f"{part.schools[0].name} имени первого учителя"
        part.answers[keys[0]] = Answer(keys[0], "renamed", name, day=year)
        part.answers[keys[1]] = Answer(keys[1], "joined", target=keys[0], day=year)
        part.answers[keys[2]] = Answer(keys[2], "closed", day=year)
        part.fresh.append(NewSchool("new:1", "Школа на Озёрной", split_from=keys[3], day=year))
        part.show_schools(part.schools)
    for step in range(len(made.steps)):
        made.show_step(step)
        tour.shoot(f"new-year-{step + 1}", made)
    made.reject()
    tour.wait()


def _top(tour: Tour, name: str) -> None:
    """Photograph the window that has just opened, and close it."""
    tour.wait()
    shown = [w for w in QApplication.topLevelWidgets() if w.isVisible() and w is not tour.window and w.isWindow()]
    if shown:
        tour.shoot(name, shown[-1])
        shown[-1].close()
        tour.wait()
