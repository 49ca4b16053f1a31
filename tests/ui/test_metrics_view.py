"""The grid of metrics: as quick as Excel, one undo step for a block, nothing typed is lost."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit

from app.operations import history, metrics, schools
from app.ui import theme
from app.ui.main_window import MainWindow
from app.ui.pages.metric_grid import in_order, mark_of
from app.ui.pages.metrics_view import MetricsView
from app.ui.widgets.entry_cells import EntryRole
from app.ui.widgets.entry_grid import block_of
from tests.ui.conftest import settle
from tests.ui.fakes import FakeDialogs, press, type_ru

YEAR = 2026
CONTROL = Qt.KeyboardModifier.ControlModifier
GROUP = ("posts_psychologist", "vacancies_psychologist", "posts_defectologist", "vacancies_defectologist")


@pytest.fixture
def view(window: MainWindow, qapp: QApplication) -> MetricsView:
    """The group «Специалисты сопровождения», all cells of it empty in this year."""
    page = window.show_page("schools")
    settle(qapp)
    made = page.show_view("metrics")
    assert isinstance(made, MetricsView)
    settle(qapp)
    store = window.session.desk.store
    ids = [line.school.id for line in made.model.lines]
    codes = [metric.code for metric in metrics.catalogue(store.connection).group("specialists")]
    metrics.put(store, YEAR, [(school, code, "") for school in ids for code in codes])
    made.open_payload((ids[0], YEAR, GROUP[0]))
    settle(qapp)
    return made


def cells(view: MetricsView, rows: int = 3, columns: int = 4) -> list[list[str]]:
    """Return what the file holds, not what the window shows."""
    ids = [line.school.id for line in view.model.lines[:rows]]
    table = metrics.table(view.session.desk.reader, YEAR, GROUP[:columns], school_ids=ids)
    return [[cell.text for cell in line.cells] for line in table.lines]


def at(view: MetricsView, row: int, column: int) -> None:
    view.grid.setCurrentIndex(view.model.index(row, column))


def choose(view: MetricsView, rows: tuple[int, int], columns: tuple[int, int]) -> None:
    block = QItemSelection(view.model.index(rows[0], columns[0]), view.model.index(rows[1], columns[1]))
    at(view, rows[0], columns[0])
    view.grid.selectionModel().select(block, QItemSelectionModel.SelectionFlag.ClearAndSelect)


def operations(view: MetricsView) -> int:
    return view.session.desk.reader.execute("SELECT count(*) FROM operation WHERE state = 'done'").fetchone()[0]


def bar_text(view: MetricsView) -> str:
    return view.page.bar.text.text().replace("\u00a0", " ")


BLOCK = "1\t2\t3\t4\n5\t6\t7\t8\n0,5\t0,25\t1\t0\n"


def test_a_block_of_three_by_four_is_one_undo_step_and_the_cursor_stays(view, window, qapp):
    before = operations(view)
    at(view, 0, 0)
    view.grid.paste(BLOCK)
    settle(qapp)
    assert cells(view) == [["1", "2", "3", "4"], ["5", "6", "7", "8"], ["0,5", "0,25", "1", "0"]]
    assert operations(view) == before + 1
    assert "12 ячеек" in history.history(view.session.desk.reader, 1)[0].label.replace("\u00a0", " ")
    at(view, 1, 2)
    window.perform("undo")
    settle(qapp)
    assert cells(view) == [[""] * 4] * 3
    assert (view.grid.currentIndex().row(), view.grid.currentIndex().column()) == (1, 2)


def test_typing_replaces_and_enter_goes_down(view, qapp):
    at(view, 0, 0)
    type_ru(view.grid, "7")
    editor = view.grid.findChild(QLineEdit)
    assert editor is not None
    assert editor.text() == "7"
    press(editor, Qt.Key.Key_Return)
    settle(qapp)
    assert cells(view, 1, 1) == [["7"]]
    assert view.grid.currentIndex().row() == 1
    at(view, 0, 0)
    type_ru(view.grid, "9")
    press(view.grid.findChildren(QLineEdit)[-1], Qt.Key.Key_Tab)
    settle(qapp)
    assert cells(view, 1, 1) == [["9"]]
    assert view.grid.currentIndex().column() == 1
    assert view.grid.state() != view.grid.State.EditingState, "Tab chooses the next cell, it does not open it"


def test_delete_clears_the_selection_in_one_step(view, window, qapp):
    at(view, 0, 0)
    view.grid.paste(BLOCK)
    settle(qapp)
    choose(view, (0, 1), (0, 1))
    press(view.grid, Qt.Key.Key_Delete)
    settle(qapp)
    assert cells(view) == [["", "", "3", "4"], ["", "", "7", "8"], ["0,5", "0,25", "1", "0"]]
    window.perform("undo")
    settle(qapp)
    assert cells(view)[0] == ["1", "2", "3", "4"]


def test_ctrl_d_fills_down_in_one_step(view, qapp):
    at(view, 0, 1)
    view.grid.paste("4")
    settle(qapp)
    before = operations(view)
    choose(view, (0, 2), (1, 1))
    press(view.grid, Qt.Key.Key_D, CONTROL)
    settle(qapp)
    assert [row[1] for row in cells(view)] == ["4", "4", "4"]
    assert operations(view) == before + 1


def test_a_bad_cell_stays_is_marked_and_told_with_its_cure(view, qapp):
    at(view, 1, 0)
    view.grid.paste("много")
    settle(qapp)
    index = view.model.index(1, 0)
    assert index.data() == "много"
    assert index.data(EntryRole.MARK) == "bad"
    assert index.data(Qt.ItemDataRole.BackgroundRole) == theme.color("bad_soft")
    assert "не число" in index.data(Qt.ItemDataRole.ToolTipRole)
    assert view.side.chip.text == "не подходит"
    assert "Впишите число цифрами" in view.side.trouble.text()
    assert view.chips["bad"].text() == "не подходит 1"
    at(view, 0, 0)
    view.chips["bad"].click()
    assert (view.grid.currentIndex().row(), view.grid.currentIndex().column()) == (1, 0)


def test_lines_below_the_last_school_are_not_lost_in_silence(view, qapp):
    last = view.model.rowCount() - 1
    at(view, last, 0)
    view.grid.paste("1\n2\n3\n")
    settle(qapp)
    assert view.model.index(last, 0).data() == "1"
    assert not view.page.bar.isHidden()
    assert "2 строки ниже последней школы" in bar_text(view)
    button = next(b for b in view.page.bar.findChildren(type(view.side.take)) if "непоместившееся" in b.text())
    button.click()
    assert QGuiApplication.clipboard().text().split() == ["2", "3"]


def test_half_typed_text_is_kept_and_one_undo_takes_back_draft_and_value(view, window, qapp):
    at(view, 0, 0)
    type_ru(view.grid, "1")
    editor = view.grid.findChild(QLineEdit)
    view.grid._tell_draft(0, 0, "1")
    settle(qapp)
    drafts = metrics.table(view.session.desk.reader, YEAR, GROUP[:1]).lines[0].cells[0]
    assert (drafts.draft, drafts.raw, drafts.trouble) == (True, "1", None)
    type_ru(editor, "2")
    assert editor.text() == "12", "what is read anew leaves the open line alone"
    press(editor, Qt.Key.Key_Return)
    settle(qapp)
    assert cells(view, 1, 1) == [["12"]]
    window.perform("undo")
    settle(qapp)
    found = metrics.table(view.session.desk.reader, YEAR, GROUP[:1]).lines[0].cells[0]
    assert (found.text, found.draft) == ("", False)


def test_esc_takes_the_draft_back(view, qapp):
    at(view, 0, 0)
    type_ru(view.grid, "5")
    editor = view.grid.findChild(QLineEdit)
    view.grid._tell_draft(0, 0, "5")
    settle(qapp)
    press(editor, Qt.Key.Key_Escape)
    settle(qapp)
    found = metrics.table(view.session.desk.reader, YEAR, GROUP[:1]).lines[0].cells[0]
    assert (found.text, found.draft) == ("", False)


def test_last_year_is_shown_muted_and_taken_for_the_selection(view, qapp):
    past = metrics.table(view.session.desk.reader, YEAR - 1, GROUP[:2]).lines
    index = view.model.index(0, 0)
    assert index.data() == past[0].cells[0].text != ""
    assert index.data(Qt.ItemDataRole.EditRole) == ""
    assert index.data(Qt.ItemDataRole.ForegroundRole) == theme.color("muted")
    assert index.data(Qt.ItemDataRole.FontRole).italic()
    choose(view, (0, 1), (0, 0))
    view.take_selected()
    settle(qapp)
    assert cells(view, 3, 1) == [[past[0].cells[0].text], [past[1].cells[0].text], [""]]
    assert not index.data(Qt.ItemDataRole.FontRole).italic()
    assert "2 значения" in bar_text(view)


def test_how_much_of_last_year_is_asked(view, dialogs: FakeDialogs, qapp):
    at(view, 2, 0)
    dialogs.answers = ["group"]
    view._ask_last_year()
    settle(qapp)
    assert all(row[0] for row in cells(view))
    dialogs.answers = ["selected"]
    view._ask_last_year()
    settle(qapp)
    assert "Брать нечего" in bar_text(view)


def test_a_computed_share_is_muted_not_edited_and_says_what_it_is_made_of(view, qapp):
    view.open_payload((None, YEAR, "share_ovz"))
    settle(qapp)
    code = next(m.code for m in view.model.metrics if m.part == "pupils_ovz")
    view.open_payload((view.model.lines[0].school.id, YEAR, code))
    settle(qapp)
    index = view.grid.currentIndex()
    assert not view.model.flags(index) & Qt.ItemFlag.ItemIsEditable
    assert index.data(Qt.ItemDataRole.ForegroundRole) == theme.color("muted")
    assert "Считается само из «С ОВЗ» и «Обучающихся»" in index.data(Qt.ItemDataRole.ToolTipRole)
    before = operations(view)
    view.grid.paste("50 %")
    press(view.grid, Qt.Key.Key_Delete)
    settle(qapp)
    assert operations(view) == before
    assert "С ОВЗ" in "\n".join(label.text() for label in view.side.origin.findChildren(QLabel))


def test_where_a_value_is_from_is_told_with_file_sheet_cell_and_operation(view, qapp):
    view.session.set_school_year(YEAR - 1)
    settle(qapp)
    at(view, 0, 0)
    settle(qapp)
    told = "\n".join(label.text() for label in view.side.origin.findChildren(QLabel))
    assert "Контекстные показатели 2025-26.xlsx" in told.replace("\u00a0", " ")
    assert "Показатели" in told
    assert "Загружен файл" in told
    stored = metrics.origin(view.session.desk.reader, *view.model.key(0, 0)[:1], YEAR - 1, GROUP[0])
    assert stored.cells in told


def test_a_percentage_alone_and_an_odd_value_are_marked(view):
    table = metrics.table(view.session.desk.reader, YEAR, ["satisfaction", "noko"])
    school = schools.find(view.session.desk.reader, "СОШ № 1").id
    line = next(line for line in table.lines if line.school.id == school)
    assert mark_of(line.cells[0]) == "none"
    store = view.session.desk.store
    metrics.put(store, YEAR, [(school, "noko", "940")])
    line = metrics.table(view.session.desk.reader, YEAR, ["noko"], school_ids=[school]).lines[0]
    assert mark_of(line.cells[0]) == "warn"


def test_copying_with_headings_names_schools_metrics_and_units(view, qapp):
    at(view, 0, 0)
    view.grid.paste(BLOCK)
    settle(qapp)
    choose(view, (0, 1), (0, 1))
    view.grid.copy(headings=True)
    lines = [line.split("\t") for line in QGuiApplication.clipboard().text().splitlines()]
    assert lines[0][1] == "Ставки педагога-психолога, ставки"
    assert [line[1:] for line in lines[1:]] == [["1", "2"], ["5", "6"]]
    assert lines[1][0] == view.model.lines[0].school.shown


def test_a_file_open_for_reading_takes_nothing(view, qapp):
    view.model.read_only = True
    before = operations(view)
    at(view, 0, 0)
    view.grid.paste(BLOCK)
    settle(qapp)
    assert operations(view) == before
    assert view.model.rows[0].texts[0] == ""


def test_counts_come_before_the_shares_that_follow_from_them():
    known = metrics.catalogue()
    both = in_order(known.group("contingent"), shares=True)
    typed = in_order(known.group("contingent"), shares=False)
    assert both[: len(typed)] == typed
    assert all(m.part for m in both[len(typed) :])


def test_a_copied_block_is_taken_apart_as_excel_wrote_it():
    assert block_of("1\t2\r\n3\t4\r\n") == [["1", "2"], ["3", "4"]]
    assert block_of('"два\nряда"\t5\n') == [["два\nряда", "5"]]
    assert block_of('ООО "Ромашка\t5') == [['ООО "Ромашка', "5"]], "a single quotation mark is a letter"
    assert block_of("1\n\n3") == [["1"], [""], ["3"]]


def test_the_switch_goes_round_and_is_remembered(window: MainWindow, qapp):
    page = window.show_page("schools")
    settle(qapp)
    assert page.view == "registry"
    page.step(1)
    assert page.view == "metrics"
    assert page.header.title.text() == "Показатели школ"
    assert len(page.header.buttons) <= 4
    page.step(-1)
    page.step(-1)
    assert page.view == "externals"
    assert window.habits.get("schools:view") == "externals"
    page.open_card(page.table.model.all_rows()[0].school.id)
    assert page.switch.isHidden()
    page.escape()
    assert page.stack.currentWidget() is page.views["externals"]
