"""«Согласование» as a person uses it: the real window, the real keys."""

from __future__ import annotations

import json
import sqlite3

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCalendarWidget, QLineEdit

from app.models import lists
from app.operations import agreement, files, history, identification
from app.ui.main_window import MainWindow
from app.ui.pages.agreement_view import STEPS, AgreementView
from tests.ui.conftest import settle
from tests.ui.fakes import FakeDialogs

RULE, YEAR = "rosobrnadzor-2022", 2026


@pytest.fixture
def view(window: MainWindow, qapp) -> AgreementView:
    page = window.show_page("school_list")
    found = page.show_view("agreement")
    settle(qapp)
    assert isinstance(found, AgreementView)
    return found


def stored(window: MainWindow):
    return agreement.of_list(window.session.desk.reader, RULE, YEAR)


def type_into(view: AgreementView, qapp, part: str, row: int, *texts: str) -> None:
    """Type texts from the first cell of a row on, with Tab between them."""
    grid = view.grids[part]
    grid.setFocus()
    grid.setCurrentIndex(view.models[part].index(row, 0))
    for text in texts:
        if text:
            QTest.keyClick(grid, Qt.Key.Key_F2)
            editor = next(edit for edit in grid.viewport().findChildren(QLineEdit) if edit.isVisible())
            editor.setText(text)
            editor.setModified(True)
            QTest.keyClick(editor, Qt.Key.Key_Tab)
        else:
            QTest.keyClick(grid, Qt.Key.Key_Tab)
        settle(qapp)


def test_the_steps_say_how_far_it_has_come(view: AgreementView, qapp):
    names = [button.accessibleName().replace("\u00a0", " ") for button in view.steps.buttons]
    assert names[2] == "Лист согласования: ждёт, ответили 2 из 4"
    assert names[5] == "Утверждён: не начато, список — проект"
    assert "протокол 6 участников" in view.sentence.replace("\u00a0", " ")
    for place, name in enumerate(STEPS):
        view.open_payload(name)
        settle(qapp)
        assert view.stack.currentIndex() == max(0, place - 1)


def test_a_row_is_typed_below_and_is_stored_as_one_row(window: MainWindow, view: AgreementView, qapp):
    before = len(stored(window).parties)
    type_into(view, qapp, "party", before, "совет", "Родительский совет", "", "20.11.2026")
    parties = stored(window).parties
    assert len(parties) == before + 1
    assert (parties[-1].name, parties[-1].sent_on) == ("Родительский совет", "2026-11-20")
    # «совет» begins no word of the column: it stays as it was typed, and is marked
    assert stored(window).stored.drafts["agreement_party", parties[-1].id]["kind"] == ("совет", "DATA_AGR_NO_WORD")
    model = view.models["party"]
    assert model.rowCount() == before + 2, "an empty row waits below"
    assert "учредитель" in model.data(model.index(before, 0), Qt.ItemDataRole.ToolTipRole)


def test_what_is_typed_while_the_row_is_being_made_goes_into_it(window: MainWindow, view: AgreementView, qapp):
    model, before = view.models["road_map"], len(stored(window).road_map)
    fresh = model.rows[-1].key
    view._creating["road_map"][fresh] = []
    model.put([(before, 7, "ММС")])
    assert len(stored(window).road_map) == before, "it waits for the key of its row"
    later = view._creating["road_map"].pop(fresh)
    assert later == [(fresh, "responsible", "ММС")]
    made = window.session.desk.write(
        agreement.put_cells, RULE, YEAR, "road_map", [(fresh, "activity", "Курсы")]
    ).result()
    view._creating["road_map"][fresh] = later
    view._settled("road_map", [(fresh, "activity", "Курсы")], {fresh}, made)
    settle(qapp)
    items = stored(window).road_map
    assert [(i.activity, i.responsible) for i in items[before:]] == [("Курсы", "ММС")]


def test_a_block_from_excel_makes_rows(window: MainWindow, view: AgreementView, qapp):
    view.open_payload("road_map")
    grid, before = view.grids["road_map"], len(stored(window).road_map)
    grid.setCurrentIndex(view.models["road_map"].index(before, 0))
    grid.paste("Курсы\t\tпричина\nВыезд\t\tпричина\nСеминар")
    settle(qapp)
    assert [item.activity for item in stored(window).road_map[before:]] == ["Курсы", "Выезд", "Семинар"]
    history.undo(window.session.desk.store)
    settle(qapp)
    assert len(stored(window).road_map) == before
    assert view.models["road_map"].rowCount() == before + 1


def test_a_wrong_date_is_kept_and_marked(window: MainWindow, view: AgreementView, qapp):
    model = view.models["party"]
    place = [item.key for item in model.columns].index("answered_on")
    model.put([(2, place, "31.02.2026")])
    settle(qapp)
    assert model.rows[2].texts[place] == "31.02.2026"
    assert place in model.rows[2].troubles
    assert model.data(model.index(2, place), Qt.ItemDataRole.BackgroundRole) is not None


@pytest.mark.qt_log_ignore("grabbing the keyboard")
def test_a_day_is_taken_from_the_calendar(window: MainWindow, view: AgreementView, qapp):
    view.open_payload("protocol")
    settle(qapp)
    edit = view.form.rows["dated"].edit
    edit.setText("25.11.2026")
    edit.actions()[0].trigger()
    (calendar,) = edit.findChildren(QCalendarWidget)
    assert calendar.selectedDate() == QDate(2026, 11, 25)
    calendar.clicked.emit(QDate(2026, 11, 27))
    settle(qapp)
    assert stored(window).protocol.dated == "2026-11-27"


def test_rows_move_and_go(window: MainWindow, view: AgreementView, qapp):
    view.open_payload("road_map")
    grid = view.grids["road_map"]
    names = [item.activity for item in stored(window).road_map]
    grid.setCurrentIndex(view.models["road_map"].index(1, 0))
    grid.move_row(-1)
    settle(qapp)
    assert [item.activity for item in stored(window).road_map] == [names[1], names[0], *names[2:]]
    assert grid.currentIndex().row() == 0
    grid.remove_rows()
    settle(qapp)
    assert [item.activity for item in stored(window).road_map] == [names[0], *names[2:]]


def test_votes_of_members_and_entered_ones_must_agree(window: MainWindow, view: AgreementView, qapp):
    model = view.models["member"]
    vote = [item.key for item in model.columns].index("vote")
    model.put([(row, vote, "за") for row in range(5)])
    settle(qapp)
    assert "за 5, против 0" in view.form.counted.text().replace("\u00a0", " ")
    edit = view.form.rows["votes_for"].edit
    edit.setText("6")
    edit.commit()
    settle(qapp)
    assert "Голоса не сходятся" in view.form.counted.text()


def test_the_whole_way_to_an_approved_list(window: MainWindow, view: AgreementView, dialogs: FakeDialogs, qapp):
    model = view.models["party"]
    keys = [item.key for item in model.columns]
    for row in range(4):
        model.put([(row, keys.index("answer"), "согласовано"), (row, keys.index("due_on"), "27.11.2026")])
        settle(qapp)
    for row in range(6):
        view.models["member"].put([(row, 3, "за")])
        settle(qapp)
    for key, text in (("number", "4"), ("dated", "25.11.2090")):
        view.form.rows[key].edit.setText(text)
        view.form.rows[key].edit.commit()
    view.form.texts["decision"].setPlainText("Согласовать список.")
    view.approving.click()  # leaves the text, which saves it
    settle(qapp)
    dialog = window.workspace.windows[-1]
    assert "Протокол от" in dialog.protocol.text()
    dialog.edits["order_number"].setText("214")
    dialog.edits["order_date"].setText("24.11.2090")
    assert "раньше протокола" in dialog.order_note.text()
    dialog.edits["order_date"].setText("28.11.2090")
    assert dialog.order_note.isHidden()
    dialog.verb.click()
    settle(qapp)
    approval = lists.approval_in_force(window.session.desk.reader, RULE, YEAR)
    kept = lists.snapshot(window.session.desk.reader, approval.snapshot_id)
    assert (kept["format"], len(kept["agreement"]["parties"]), kept["agreement"]["missing"]) == (2, 4, [])
    assert kept["agreement"]["protocol"]["decision"] == "Согласовать список."
    assert kept["order"]["protocol"].startswith("Протокол от 25.11.2090 № 4")
    for statement in (f"UPDATE snapshot SET json = '{json.dumps({})}'", "DELETE FROM snapshot"):
        with pytest.raises(sqlite3.IntegrityError, match="frozen"):
            window.session.desk.store.connection.execute(statement)
    assert not view.models["party"].flags(view.models["party"].index(0, 0)) & Qt.ItemFlag.ItemIsEditable
    assert "не меняется" in view.sentence
    assert view.approving.text() == "Отменить утверждение…"
    dialogs.answers = [{"reason": "ошибка в приказе"}]
    view.approve()
    settle(qapp)
    assert identification.school_list(window.session.desk.reader, RULE, YEAR).approval is None
    assert view.models["party"].flags(view.models["party"].index(0, 0)) & Qt.ItemFlag.ItemIsEditable


def test_what_is_missing_is_said_before_approving(window: MainWindow, qapp):
    window.go("approve", (RULE, YEAR))
    settle(qapp)
    dialog = window.workspace.windows[-1]
    texts = [label.text() for label in dialog.findChildren(type(dialog.protocol))]
    assert any(text.startswith("Не все ответили: Региональный центр") for text in texts)
    assert "не заполнен" in dialog.protocol.text()


def test_every_paper_of_the_list_is_shown(window: MainWindow, view: AgreementView, dialogs: FakeDialogs, qapp):
    for kind, title in (("agreement", "Лист согласования"), ("protocol", "Протокол"), ("road_map", "Дорожная карта")):
        dialogs.answers = [kind]
        view.print_paper()
        settle(qapp)
        dialog = window.workspace.windows[-1]
        assert dialog.windowTitle().startswith(title)
        assert dialog.view.data.startswith(b"%PDF")
        assert "ПРОЕКТ" in dialog.sentence.text()
        dialog.accept()


def test_last_years_parties_are_taken_with_one_press(window: MainWindow, view: AgreementView, qapp):
    view.grids["party"].selectAll()
    view.grids["party"].remove_rows()
    settle(qapp)
    assert stored(window).parties == ()
    view.last_parties.click()
    settle(qapp)
    assert len(stored(window).parties) == 4
    assert {party.sent_on for party in stored(window).parties} == {None}


def test_a_file_without_results_says_what_is_needed_first(window: MainWindow, qapp, tmp_path):
    window.workspace.close_file(lambda: None)
    path = tmp_path / "пустой.opora"
    files.new(path, "Пустой округ", "Тестова А. Б.")
    window.workspace.open(path)
    settle(qapp)
    page = window.show_page("school_list")
    settle(qapp)
    shown = page.show_view("agreement")
    settle(qapp)
    assert isinstance(shown, AgreementView)
    assert shown.empty.isVisible()
    assert not shown.way.isVisible()
    assert not shown.printing.isEnabled()
    assert not shown.approving.isEnabled()
