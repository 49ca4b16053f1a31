"""The window «Приём файлов», driven as a person does."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication

from app.models import forms as stored
from app.models.forms import SubjectRef
from app.operations import form_answers, form_blanks, form_rounds, forms, history, schools
from app.ui.main_window import MainWindow
from app.ui.windows.receiving import ReceivingWindow
from tests.helpers import blanks, filled
from tests.ui.conftest import settle


@pytest.fixture
def cases(window: MainWindow) -> list[int]:
    """Begin a round of the form with every kind of question for two schools of the example."""
    store = window.session.desk.store  # type: ignore[attr-defined]
    forms.save(store, blanks.every_kind())
    found = schools.listing(store.connection)[:2]
    refs = [SubjectRef("school", organisation_id=school.id) for school in found]
    key = form_rounds.start(store, "every", 2026, refs)
    return [line.case.id for line in form_rounds.cases(store.connection, key)]


@pytest.fixture
def shown(window: MainWindow, cases: list[int], qapp: QApplication) -> ReceivingWindow:
    window.perform("receive_forms")
    settle(qapp)
    made = window.workspace.windows[-1]
    assert isinstance(made, ReceivingWindow)
    return made


def book(window: MainWindow, case: int, path: Path, **answers: object) -> Path:
    reader = window.session.desk.reader  # type: ignore[attr-defined]
    made = filled.fill(filled.opened(form_blanks.blank(reader, case).data))
    for key, value in ({"7": None} | {name.removeprefix("q"): value for name, value in answers.items()}).items():
        made.put(key, value)
    path.write_bytes(made.bytes())
    return path


def drop(shown: ReceivingWindow | MainWindow, *paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    action, buttons, keys = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    shown.dropEvent(QDropEvent(QPoint(5, 5), action, data, buttons, keys))


def states(shown: ReceivingWindow) -> dict[str, str]:
    return {line.file: line.state for line in shown.receiving.lines}


def test_dropped_files_are_shown_first_and_written_by_the_button(shown, window, cases, tmp_path, qapp):
    folder = tmp_path / "почта"
    folder.mkdir()
    book(window, cases[0], folder / "а.xlsx")
    book(window, cases[1], folder / "б.xlsx", q5="много")
    (folder / "в.xlsx").write_bytes(b"PK\x03\x04")
    store = window.session.desk.store
    assert not shown.accept_read.isEnabled()
    drop(shown, folder)
    settle(qapp)
    assert states(shown) == {"а.xlsx": "ready", "б.xlsx": "with_errors", "в.xlsx": "refused"}
    assert shown.accept_read.text() == "Принять прочитанное: 2\u00a0файла"
    assert form_answers.case(store.connection, cases[0]).progress.answered == 0
    before = len(history.history(store.connection))
    shown.accept_read.click()
    settle(qapp)
    assert len(history.history(store.connection)) == before + 2
    assert form_answers.case(store.connection, cases[0]).state == "received"
    assert form_answers.case(store.connection, cases[1]).state == "with_errors"
    assert "Приняты 2\u00a0файла" in shown.bar.text.text()
    # what is written leaves the window, what could not be read stays
    assert states(shown) == {"в.xlsx": "refused"}


def test_the_details_name_the_cell_and_the_letter_can_be_copied(shown, window, cases, tmp_path, qapp, dialogs):
    path = book(window, cases[0], tmp_path / "а.xlsx", q5="много")
    drop(shown, path)
    settle(qapp)
    shown.table.choose(shown.receiving.lines[0].key)
    [found] = shown.problems.model.visible_rows()
    assert (found.cell, "много" in found.message) == ("D19", True)
    assert "ячейка D19" in shown.letter.toPlainText().replace("\u00a0", " ")
    shown.copy.click()
    assert "Здравствуйте!" in QGuiApplication.clipboard().text()
    out = tmp_path / "назад"
    out.mkdir()
    dialogs.answers = [out]
    shown.marked.click()
    settle(qapp)
    assert [one.name for one in out.iterdir()] == ["а — что исправить.xlsx"]
    assert "1 копия" in shown.bar.text.text().replace("\u00a0", " ")


def test_what_was_typed_here_too_is_chosen_item_by_item(shown, window, cases, tmp_path, qapp):
    store = window.session.desk.store
    path = book(window, cases[0], tmp_path / "а.xlsx")
    form_answers.put(store, cases[0], "5", "300")
    form_answers.put(store, cases[0], "6", "9")
    drop(shown, path)
    settle(qapp)
    assert states(shown) == {"а.xlsx": "conflict"}
    assert not shown.accept_read.isEnabled()
    shown.table.choose(shown.receiving.lines[0].key)
    shown.changes.choose("5")
    shown.one_stored.click()
    settle(qapp)
    assert states(shown) == {"а.xlsx": "conflict"}
    shown.changes.choose("6")
    shown.one_file.click()
    settle(qapp)
    assert states(shown) == {"а.xlsx": "ready"}
    shown.accept_read.click()
    settle(qapp)
    answers = form_answers.case(store.connection, cases[0]).answers
    assert (answers.get("5").value, answers.get("6").value) == ("300", "4.5")


def test_whose_answer_it_is_can_be_said(shown, window, cases, tmp_path, qapp):
    store = window.session.desk.store
    subjects = {item.id: item.shown for item in stored.subjects(store.connection)}
    other = subjects[form_answers.case(store.connection, cases[1]).case.subject_id]
    path = book(window, cases[0], tmp_path / f"{other} — Все виды.xlsx")
    drop(shown, path)
    settle(qapp)
    assert set(states(shown).values()) == {"ask"}
    shown.table.choose(shown.receiving.lines[0].key)
    assert shown.question.isVisible()
    shown.whose.setCurrentIndex(1)
    shown.whose_take.click()
    settle(qapp)
    assert [(line.state, line.case_id) for line in shown.receiving.lines] == [("ready", cases[1])]


def test_of_two_files_the_other_can_be_meant(shown, window, cases, tmp_path, qapp):
    one = book(window, cases[0], tmp_path / "а.xlsx")
    two = book(window, cases[0], tmp_path / "б.xlsx", q5=5)
    drop(shown, one, two)
    settle(qapp)
    asking = next(line for line in shown.receiving.lines if line.state == "ask")
    shown.table.choose(asking.key)
    shown.this_one.click()
    settle(qapp)
    assert states(shown)[asking.file] == "ready"
    assert sorted(states(shown).values()) == ["ask", "ready"]


def test_files_are_taken_out_of_the_window(shown, window, cases, tmp_path, qapp, dialogs):
    dialogs.answers = [[book(window, cases[0], tmp_path / "а.xlsx")]]
    shown.add.click()
    settle(qapp)
    assert states(shown) == {"а.xlsx": "ready"}
    shown.table.choose(shown.receiving.lines[0].key)
    shown.drop.click()
    settle(qapp)
    assert not shown.receiving.lines
    assert not shown.accept_read.isEnabled()


def test_files_dropped_on_the_tab_of_checklists_are_received(window, cases, tmp_path, qapp):
    path = book(window, cases[0], tmp_path / "а.xlsx")
    window.show_page("checklists")
    settle(qapp)
    drop(window, path)
    settle(qapp)
    made = window.workspace.windows[-1]
    assert isinstance(made, ReceivingWindow)
    assert states(made) == {"а.xlsx": "ready"}
