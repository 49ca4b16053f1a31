"""The screens of forms: every view of «Чек-листы», a form in its states, a grid with a cell that does not fit."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.ui.pages.form_fill_view import FormFillView
    from app.ui.screens import Tour

STATES = ("with_errors", "returned", "accepted", "sent")


def shoot_forms(tour: Tour) -> None:
    """Show the views of the checklists, then forms as they are filled."""
    from app.ui.pages.checklists import VIEWS, ChecklistsPage
    from app.ui.pages.form_fill_view import FormFillView

    page = tour.window.show_page("checklists")
    if not isinstance(page, ChecklistsPage):
        return
    for key in VIEWS:
        page.show_view(key)
        tour.shoot(f"checklists-{key}", tour.window)
    view = page.show_view("fill")
    tour.wait()
    if isinstance(view, FormFillView) and view.found is not None and view.found.view is not None:
        _states(tour, view)
        _paper(tour, view)
        _grid(tour, view)
    page.show_view(page.first[0])
    tour.wait()


def _states(tour: Tour, view: FormFillView) -> None:
    lines = view.found.lines if view.found is not None else ()
    for state in STATES:
        line = next((line for line in lines if line.state == state), None)
        if line is None:
            continue
        view.open_payload(line.case.id)
        tour.wait()
        if state == "with_errors" and view.form is not None:
            view.form.focus_trouble()
        tour.shoot(f"form-{state.replace('_', '-')}", tour.window)


def _paper(tour: Tour, view: FormFillView) -> None:
    tour.window.go("print_form", view.case_id)
    tour.wait()
    window = tour.window.workspace.windows[-1]
    tour.shoot("print-form", window)
    window.close()


def _grid(tour: Tour, view: FormFillView) -> None:
    """Begin a round of the table of courses in the copy and fill a part of it."""
    from app.models.forms import SubjectRef
    from app.operations import form_rounds

    session = tour.window.session
    if session.desk.read_only:
        return
    subjects = [SubjectRef("mms", name="Методическая служба")]
    round_id = session.desk.write(form_rounds.start, "courses", session.school_year, subjects).result()
    case = session.desk.read(form_rounds.cases, round_id).result()[0].case.id
    view.open_payload(case)
    tour.wait()
    if view.form is None or not view.form.grids:
        return
    grid = view.form.grids[0]
    grid.focus_item(grid.section.items[0].id)
    grid.grid.paste("1\t2\t0\t4\n3\tдва\t5\t12")
    tour.shoot("form-grid", tour.window)
