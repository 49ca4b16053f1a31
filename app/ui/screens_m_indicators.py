"""The pictures of «Показатели» for «opora screens»: an indicator by formula, the sheet, the formula, the points."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from app.ui.screens import Tour


def shoot(tour: Tour, view: Any) -> None:
    """Show the inner states of the view and its windows."""
    if view.table is None or not view.table.lines:
        return
    view.show_look("table")
    for light in ("behind", "near"):
        line = next((one for one in view.table.lines if one.light == light), None)
        if line is not None:
            view.lines.choose(line.lineage)
            tour.shoot(f"monitoring-indicators-{light}", tour.window)
    view.show_look("grid")
    tour.shoot("monitoring-indicators-grid", tour.window)
    view.show_look("table")
    _windows(tour, view)


def _windows(tour: Tour, view: Any) -> None:
    from app.ui.windows.formula_editor import FormulaWindow
    from app.ui.windows.measuring_points import PointsWindow

    year, programme = view.table.year, view.table.programme.id
    line = next((one for one in view.table.lines if one.formula.startswith("доля")), view.table.lines[0])
    made = FormulaWindow(tour.window.session, (programme, line.lineage, year), tour.window)
    made.show()
    tour.wait()
    made.panel.table.choose("участников ниже минимума")
    _first_part(made.how)
    tour.shoot("window-formula", made)
    made.text.setPlainText("доля([школ в списк]; [школ с ответом]")
    made.try_formula()
    tour.shoot("window-formula-faults", made)
    made.close()
    points = PointsWindow(tour.window.session, (programme, year), tour.window)
    points.show()
    tour.wait()
    tour.shoot("window-points", points)
    points.close()


def _first_part(made: Any) -> None:
    """Choose the first line that a metric is made of."""
    item = made.tree.topLevelItem(0)
    while item is not None and item.childCount():
        item.setExpanded(True)
        item = item.child(0)
    if item is not None:
        made.tree.setCurrentItem(item)
