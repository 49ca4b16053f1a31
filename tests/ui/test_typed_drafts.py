"""Nothing typed into «Анкеты» and «Курсы» is lost: through the window, closed and opened anew, given up, killed."""

from __future__ import annotations

import signal
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from app.models.store import Store
from app.models.surveys import HANDED_IN
from app.operations import checks, course_lines, courses, survey_counts, surveys
from app.ui.main_window import MainWindow
from app.ui.pages.checklists import ChecklistsPage
from app.ui.pages.surveys_view import SurveysView
from app.ui.widgets.entry_cells import EntryRole
from app.ui.widgets.entry_grid import EntryGrid
from app.ui.windows.courses import CoursesWindow
from app.ui.windows.problems import ProblemsWindow
from tests.helpers.stores import opened
from tests.ui.conftest import settle

ROOT = Path(__file__).resolve().parents[2]
HIGH = ("content", "high")


@pytest.fixture
def view(window: MainWindow, qapp: QApplication) -> SurveysView:
    """The sheet of the lesson, which holds counts."""
    page = window.show_page("checklists")
    assert isinstance(page, ChecklistsPage)
    made = page.show_view("surveys")
    settle(qapp)
    assert isinstance(made, SurveysView)
    lesson = next(line for line in made.table.model.visible_rows() if line.sheet.mode == "tallies")
    made.table.choose(lesson.sheet.id)
    settle(qapp)
    return made


@pytest.fixture
def register(window: MainWindow, qapp: QApplication) -> CoursesWindow:
    return opened_register(window, qapp)


def opened_register(window: MainWindow, qapp: QApplication) -> CoursesWindow:
    window.go("courses", 2026)
    settle(qapp)
    top = window.workspace.windows[-1]
    assert isinstance(top, CoursesWindow)
    return top


def type_into(grid: EntryGrid, row: int, column: int, text: str, *keys: Qt.Key) -> None:
    grid.setCurrentIndex(grid.model().index(row, column))
    grid.edit(grid.currentIndex())
    editor = open_line(grid)
    editor.selectAll()
    editor.insert(text)
    editor.setModified(True)
    for key in keys:
        QTest.keyClick(editor, key)
    QApplication.processEvents()  # an entry is ended when the key has been dealt with
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def open_line(grid: EntryGrid) -> QLineEdit:
    (editor,) = grid.viewport().findChildren(QLineEdit)
    return editor


def undo(window: MainWindow, qapp: QApplication) -> None:
    window.perform("undo")
    settle(qapp)


# --- counts ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["двенадцать", "3,5", "-1", "100000", "²"])
def test_a_count_that_is_none_is_kept_marked_listed_and_put_right(
    view: SurveysView, window: MainWindow, qapp: QApplication, text: str
) -> None:
    assert view.open_sheet is not None
    sheet, before = view.open_sheet.line.sheet.id, view.open_sheet.numbers[HIGH]
    model, grid = view.numbers.grids[0][2:]
    type_into(grid, 0, 0, text, Qt.Key.Key_Return)
    settle(qapp)
    assert view.open_sheet.drafts == {HIGH: (text, "FORM_SURVEY_NUMBER")}
    assert model.data(model.index(0, 0), EntryRole.MARK) == "bad"
    assert f"«{text}» — не число анкет" in str(model.data(model.index(0, 0), Qt.ItemDataRole.ToolTipRole))
    assert "не посчитано: 1" in view.told.text().replace("\u00a0", " ")
    assert f"Не посчитано: «{text}»" in view.numbers.told.text()
    found = view.session.desk.read(survey_counts.distribution, "listener", sheet_id=sheet).result()
    assert next(one for one in found.items if one.item.id == "content").choices[0].number == 0
    listed = [one for one in view.session.desk.read(checks.problems).result() if one.place.kind == "survey"]
    assert [(one.place.key, f"«{text}»" in one.what, "высокая" in one.what) for one in listed] == [(sheet, True, True)]
    window.go("problems")
    settle(qapp)
    top = window.workspace.windows[-1]
    assert isinstance(top, ProblemsWindow)
    top.table.choose(listed[0].id)
    top._open_place()
    settle(qapp)
    assert view.open_sheet.line.sheet.id == sheet
    undo(window, qapp)
    assert (view.open_sheet.numbers[HIGH], view.open_sheet.drafts) == (before, {})
    type_into(grid, 0, 0, text, Qt.Key.Key_Return)
    type_into(grid, 0, 0, "5", Qt.Key.Key_Return)
    settle(qapp)
    assert (view.open_sheet.numbers[HIGH], view.open_sheet.drafts, model.rows[0].troubles) == (5, {}, {})


def test_how_many_were_handed_in_is_kept_as_it_was_typed(view: SurveysView, qapp: QApplication) -> None:
    edit = view.numbers.handed_in
    edit.setText("двадцать")
    edit.commit()
    settle(qapp)
    assert view.open_sheet is not None
    assert view.open_sheet.drafts == {(HANDED_IN, ""): ("двадцать", "FORM_SURVEY_NUMBER")}
    assert (edit.text(), edit.property("bad")) == ("двадцать", "true")
    assert "сдано анкет" in view.numbers.told.text()
    edit.setText("24")
    edit.commit()
    settle(qapp)
    assert (edit.text(), edit.property("bad"), view.open_sheet.drafts) == ("24", "false", {})


def test_half_typed_text_of_a_count_waits_and_is_finished_or_given_up(
    view: SurveysView, window: MainWindow, qapp: QApplication
) -> None:
    assert view.open_sheet is not None
    before = view.open_sheet.numbers[HIGH]
    model, grid = view.numbers.grids[0][2:]
    type_into(grid, 0, 0, "41")
    grid._tell_draft(0, 0, "41")
    settle(qapp)
    assert (view.open_sheet.numbers[HIGH], view.open_sheet.drafts) == (before, {HIGH: ("41", "DRAFT")})
    editor = open_line(grid)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    settle(qapp)
    assert (view.open_sheet.numbers[HIGH], view.open_sheet.drafts) == (41, {}), "Enter on what was told already"
    undo(window, qapp)
    assert (view.open_sheet.numbers[HIGH], view.open_sheet.drafts) == (before, {})
    type_into(grid, 0, 0, "много", Qt.Key.Key_Return)
    type_into(grid, 0, 0, "мало")
    grid._tell_draft(0, 0, "мало")
    settle(qapp)
    editor = open_line(grid)
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    settle(qapp)
    assert view.open_sheet.drafts == {HIGH: ("много", "FORM_SURVEY_NUMBER")}
    assert model.rows[0].texts[0] == "много"


# --- courses -----------------------------------------------------------------------------------------------------


def test_a_line_begun_stands_there_again_and_becomes_a_record(
    register: CoursesWindow, window: MainWindow, qapp: QApplication
) -> None:
    row, before = register.model.rowCount() - 3, people(register)
    type_into(register.grid, row, 5, "Чтение на уроке", Qt.Key.Key_Return)
    type_into(register.grid, row, 0, "Школа, которой нет", Qt.Key.Key_Tab)
    type_into(register.grid, row, 4, "пять", Qt.Key.Key_Tab)
    settle(qapp)
    register.close()
    again = opened_register(window, qapp)
    model = again.model
    assert model.rows[row].texts == ["Школа, которой нет", "", "", "", "пять", "Чтение на уроке", "", ""]
    marks = [model.data(model.index(row, column), EntryRole.MARK) for column in range(8)]
    assert marks == ["bad", "warn", "warn", "warn", "bad", None, None, None]
    assert again.told.text().startswith(f"Строка {row + 1}: ")
    assert "не посчитано: 1" in again.sentence.text().replace("\u00a0", " ")
    listed = [one for one in again.session.desk.read(checks.problems).result() if one.place.kind == "courses"]
    assert ["«Школа, которой нет; пять; Чтение на уроке»" in one.what for one in listed] == [True]
    for column, text in ((0, ""), (1, "специалисты"), (2, "лоиро"), (3, "пк"), (4, "5")):
        type_into(again.grid, row, column, text, Qt.Key.Key_Tab)
    settle(qapp)
    assert people(again) == before + 5
    assert model.rows[row].texts[2] == "ГАОУ ДПО «ЛОИРО»"
    again.grid.setCurrentIndex(model.index(row, 0))
    again.drop.click()
    settle(qapp)
    assert people(again) == before
    undo(window, qapp)
    assert people(again) == before + 5


def test_a_line_emptied_stays_free_where_it_stands(register: CoursesWindow, qapp: QApplication) -> None:
    row = register.model.rowCount() - 3
    for place, text in ((row, "Чтение"), (row + 1, "Счёт")):
        type_into(register.grid, place, 5, text, Qt.Key.Key_Return)
    settle(qapp)
    register.grid.setCurrentIndex(register.model.index(row, 5))
    register.grid.clear_cells()
    settle(qapp)
    assert [line.texts[5] for line in register.model.rows[row : row + 2]] == ["", "Счёт"]
    type_into(register.grid, row, 5, "Письмо", Qt.Key.Key_Return)
    settle(qapp)
    assert [line.texts[5] for line in register.model.rows[row : row + 2]] == ["Письмо", "Счёт"]


def test_half_typed_text_of_a_new_line_waits_and_is_given_up(register: CoursesWindow, qapp: QApplication) -> None:
    row = register.model.rowCount() - 3
    type_into(register.grid, row, 5, "Чте")
    register.grid._tell_draft(row, 5, "Чте")
    settle(qapp)
    (waiting,) = [line for line in grid(register).lines if not line.counted]
    assert (waiting.texts[5], waiting.troubles[5]) == ("Чте", course_lines.UNFINISHED)
    editor = open_line(register.grid)
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    settle(qapp)
    assert grid(register).waiting == 0
    assert register.model.rows[row].texts[5] == ""


def grid(top: CoursesWindow) -> course_lines.CourseGrid:
    return top.session.desk.read(course_lines.grid, 2026).result()


def people(top: CoursesWindow) -> int:
    return top.session.desk.read(courses.register, 2026).result().people


# --- killed ------------------------------------------------------------------------------------------------------

CHILD = textwrap.dedent(
    """
    import sys
    from pathlib import Path

    from PySide6.QtWidgets import QApplication

    from app.ui import theme
    from app.ui.habits import Habits
    from app.ui.main_window import MainWindow
    from tests.ui.fakes import FakeDialogs, InstantDesk, InstantRunner
    from tests.ui.conftest import settle

    qapp = QApplication(sys.argv[:1])
    theme.install(qapp, theme.Theme())
    desk = InstantDesk()
    desk.open(Path(sys.argv[1])).result()
    window = MainWindow(desk, InstantRunner(print), FakeDialogs(), Habits(None))
    window.show()
    settle(qapp)
    view = window.show_page("checklists").show_view("surveys")
    settle(qapp)
    line = next(line for line in view.table.model.visible_rows() if line.sheet.mode == "tallies")
    view.table.choose(line.sheet.id)
    settle(qapp)
    model = view.numbers.grids[0][2]
    model.setData(model.index(0, 0), "двенадцать")
    view.numbers.grids[0][3].drafted.emit(0, 1, "3,")
    settle(qapp)
    window.go("courses", 2026)
    settle(qapp)
    top = window.workspace.windows[-1]
    row = top.model.rowCount() - 3
    top.model.setData(top.model.index(row, 5), "Чтение")
    top.model.setData(top.model.index(row, 4), "пять")
    top.grid.drafted.emit(row + 1, 2, "лои")
    settle(qapp)
    print("typed", flush=True)
    sys.stdin.read()
    """
)


def test_killed_while_typing_nothing_is_lost(db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    with subprocess.Popen(
        [sys.executable, "-c", CHILD, str(db)], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"typed\n"
        child.send_signal(signal.SIGKILL)
    with opened(db, actor="Ракитина Е. В.") as again:
        after_the_kill(again)


def after_the_kill(store: Store) -> None:
    line = next(line for line in surveys.sheets(store.connection) if line.sheet.mode == "tallies")
    view = surveys.view(store.connection, line.sheet.id)
    assert view.drafts == {HIGH: ("двенадцать", "FORM_SURVEY_NUMBER"), ("content", "middle"): ("3,", "DRAFT")}
    assert HIGH not in view.numbers
    assert ("content", "middle") in view.numbers, "half-typed text changes nothing yet"
    waiting = [one.texts for one in course_lines.grid(store.connection, 2026).lines if not one.counted]
    assert waiting == [("", "", "", "", "пять", "Чтение", "", ""), ("", "", "лои", "", "", "", "", "")]
    undone: list[Callable[[], object]] = [store.undo] * 5
    for act in undone:
        act()
    assert surveys.view(store.connection, line.sheet.id).drafts == {}
    assert course_lines.grid(store.connection, 2026).waiting == 0
