"""The screens of «Приём»: the year, one round, several rows, sending and reminding, an urgent collection."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.ui.pages.checklists_board import BoardView
    from app.ui.screens import Tour

HEADINGS = (
    "1. Количество педагогов\n2. Доля учителей с категорией, %\nЕсть ли горячее питание\nДата проверки\n"
    "Ответственный за организацию питания (фамилия, имя, отчество)"
)


def shoot_board(tour: Tour) -> None:
    """Show the board in its states, then the windows that it opens."""
    from app.ui.pages.checklists import ChecklistsPage

    page = tour.window.show_page("checklists")
    if not isinstance(page, ChecklistsPage):
        return
    session = tour.window.session
    chosen = session.school_year
    if session.info is not None and session.info.years:
        session.set_school_year(max(session.info.years))
    page.show_view("board")
    tour.wait()
    if page.board.table.model.shown:
        _answers(tour, page.board)
        _urgent(tour, page.board)
    tour.shoot("board", tour.window)
    tour.window.go("new_round")
    _top(tour, "new-round")
    session.set_school_year(chosen)
    tour.wait()


def _answers(tour: Tour, board: BoardView) -> None:
    for state in ("received", "with_errors"):
        lines = board.table.model.visible_rows()
        line = next((line for line in lines if any(cell.state == state for cell in line.cells())), None)
        if line is not None:
            board.table.choose(line.key)
            tour.shoot(f"board-{state.replace('_', '-')}", tour.window)
    board.table.view.selectAll()
    tour.shoot("board-many", tour.window)
    cases = tuple(cell.case_id for line in board.table.model.all_rows() for cell in line.cells())
    board.which.setCurrentIndex(1)
    tour.shoot("board-round", tour.window)
    for mode in ("send", "remind"):
        tour.window.go("form_send", (mode, cases))
        _top(tour, f"board-{mode}")
    board.printing.click()
    _top(tour, "print-board")
    board.which.setCurrentIndex(0)


def _urgent(tour: Tour, board: BoardView) -> None:
    """Begin a collection in the copy, so that its table has something to show."""
    from app.operations import form_answers, form_urgent
    from app.ui.windows.urgent import UrgentWindow

    desk, year = tour.window.session.desk, tour.window.session.school_year
    tour.window.go("urgent")
    tour.wait()
    window = tour.window.workspace.windows[-1]
    if isinstance(window, UrgentWindow):
        window.name.setText("Горячее питание")
        window.text.setPlainText(HEADINGS)
        window.read_headings()
        window.due.setText(f"25.11.{year}")
    _top(tour, "urgent")
    if desk.read_only:
        return
    refs = desk.read(form_urgent.school_refs).result()
    asked = form_urgent.headings(HEADINGS)
    begun = desk.write(form_urgent.begin, "Горячее питание", asked, refs, year, due_on=f"25.11.{year}").result()
    for case, answers in zip(begun.case_ids, (("12", "45,5", "да", "01.11.2026"), ("много",)), strict=False):
        for item, raw in zip(("q1", "q2", "q3", "q4"), answers, strict=False):
            desk.write(form_answers.put, case, item, raw).result()
    board.refresh()
    tour.wait()
    tour.window.go("request_table", begun.round_id)
    _top(tour, "request-table")


def _top(tour: Tour, name: str) -> None:
    tour.wait()
    windows = tour.window.workspace.windows
    if windows:
        tour.shoot(name, windows[-1])
        windows[-1].close()
