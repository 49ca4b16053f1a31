"""The screens of the library of wordings and of the programmes of schools."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.ui.screens import Tour


def shoot_programme_library(tour: Tour) -> None:
    """Show the library with marks, the activities of a direction, the own ones; the schools with their programmes."""
    from app.ui.windows.programme_library import LibraryWindow
    from app.ui.windows.programme_library_parts import MINE
    from app.ui.windows.programme_schools import SchoolProgrammesWindow

    tour.window.go("programme_library", None)
    tour.wait()
    window = tour.window.workspace.windows[-1]
    if isinstance(window, LibraryWindow):
        tour.shoot("programme-library", window)
        window.kinds.go_to(("task", ""))
        window.list.mark_shown(on=False)
        window.list.setCurrentRow(1)
        window.list.turn()
        window.below.setChecked(True)
        tour.shoot("programme-library-task", window)
        window.kinds.go_to(("activity", "Помощь ученикам"))
        tour.shoot("programme-library-activities", window)
        window.kinds.go_to((MINE, ""))
        tour.shoot("programme-library-own", window)
        window.close()
    tour.window.go("programme_schools", None)
    tour.wait()
    schools = tour.window.workspace.windows[-1]
    if isinstance(schools, SchoolProgrammesWindow):
        schools.table.view.selectRow(0)
        tour.shoot("programme-schools", schools)
        schools.close()
