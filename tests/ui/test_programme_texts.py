"""«Тексты» in the real window: states, typing that saves itself, back to derived, figures, sheets."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.models.store import Store
from app.operations import programme_edit, programme_parts, programme_text_grids, programme_texts, programmes
from app.ui.main_window import MainWindow
from app.ui.pages.programme import ProgrammePage
from app.ui.pages.programme_texts_view import TextsView
from app.ui.widgets.field import DRAFT_MS
from app.ui.windows.programme_figures import FigureOriginWindow, FiguresWindow
from tests.ui.conftest import settle


def wrote(window: MainWindow, function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    """Do an operation behind the window's back, on the window's own writer."""
    return window.session.desk.write(function, *args, **kwargs).result(10)


def asked(window: MainWindow, function: Callable[..., Any], *args: Any) -> Any:
    return window.session.desk.read(function, *args).result(10)


@pytest.fixture
def key(window: MainWindow, qapp: QApplication) -> int:
    found = wrote(window, programmes.create, "municipal", "Поддержка школ", 2027, 2029)
    goal = wrote(window, programme_edit.add, found, "goal", "Снизить долю не сдавших")
    wrote(window, programme_edit.add, found, "task", "Обучить учителей", parent_id=goal)
    settle(qapp)
    return int(found)


@pytest.fixture
def view(window: MainWindow, key: int, qapp: QApplication) -> TextsView:
    page = window.show_page("programme")
    settle(qapp)
    assert isinstance(page, ProgrammePage)
    found = page.show_view("texts")
    settle(qapp)
    assert isinstance(found, TextsView)
    assert found.programme_id == key
    return found


def word(view: TextsView, key: str) -> str:
    return next(line.word for line in view.list.lines if line.key == key)


def choose(view: TextsView, key: str, qapp: QApplication) -> None:
    assert view.list.choose(key)
    settle(qapp)


def text(window: MainWindow, key: int, name: str) -> str:
    return next(str(field.text) for field in asked(window, programme_texts.fields, key) if field.key == name)


def test_without_a_programme_the_view_says_what_to_do(window: MainWindow, qapp: QApplication) -> None:
    for line in asked(window, programmes.listing):
        wrote(window, programmes.remove, line.programme.id)
    settle(qapp)
    page = window.show_page("programme")
    settle(qapp)
    assert isinstance(page, ProgrammePage)
    found = page.show_view("texts")
    settle(qapp)
    assert isinstance(found, TextsView)
    assert found.body.currentWidget() is found.nothing
    assert not found.updating.isEnabled()


def test_states_stand_in_the_list(view: TextsView) -> None:
    assert word(view, "passport.tasks") == "из структуры"
    assert word(view, "passport.developers") == "пусто"
    assert word(view, "analysis.results") == "из данных"
    assert word(view, "table.mechanism") == "пусто"


def test_typing_is_kept_a_moment_after_the_last_key_and_can_be_given_back(
    view: TextsView, window: MainWindow, key: int, qapp: QApplication
) -> None:
    choose(view, "passport.tasks", qapp)
    editor = view.pane.editor
    assert editor.text == "1. Обучить учителей."
    editor.setFocus()
    editor.selectAll()
    QTest.keyClicks(editor, "Svoi")
    assert DRAFT_MS <= 1000
    QTest.qWait(DRAFT_MS + 150)
    settle(qapp)
    assert text(window, key, "passport.tasks") == "Svoi"
    assert word(view, "passport.tasks") == "введено"
    assert view.pane.chip.text == "введено"
    view.pane.back.click()
    settle(qapp)
    assert word(view, "passport.tasks") == "из структуры"
    assert editor.text == "1. Обучить учителей."


def test_leaving_a_text_saves_it_where_it_belongs(
    view: TextsView, window: MainWindow, key: int, qapp: QApplication
) -> None:
    choose(view, "passport.developers", qapp)
    view.pane.editor.setFocus()
    QTest.keyClicks(view.pane.editor, "Otdel")
    choose(view, "section.annexes", qapp)
    assert view.pane.editor.text == ""
    assert text(window, key, "passport.developers") == "Otdel"
    assert text(window, key, "section.annexes") == ""


def test_no_break_spaces_survive_the_editor(view: TextsView, qapp: QApplication) -> None:
    choose(view, "analysis.results", qapp)
    field = view.pane.field
    assert field is not None
    assert "\u00a0" in field.text
    assert view.pane.editor.text == field.text


def test_the_analysis_shows_its_figures_and_where_they_come_from(
    view: TextsView, window: MainWindow, qapp: QApplication
) -> None:
    choose(view, "analysis.results", qapp)
    preview = view.pane.preview
    titles = [preview.which.itemText(place) for place in range(preview.which.count())]
    assert titles[0] == "Школы, которым нужна поддержка"
    preview.which.setCurrentIndex(1)
    settle(qapp)
    assert preview.table is not None
    assert preview.table.model.total > 3
    preview.looks.setCurrentIndex(1)
    assert preview.stack.currentWidget() is preview.chart
    preview.origin.click()
    settle(qapp)
    top = window.workspace.windows[-1]
    assert isinstance(top, FigureOriginWindow)
    rows = list(top.table.model.visible_rows())
    assert rows
    assert all(" из" in row.value for row in rows)
    top.close()


def test_figures_that_changed_are_shown_old_and_new_and_chosen(
    view: TextsView, window: MainWindow, key: int, qapp: QApplication
) -> None:
    assert not view.updating.isEnabled()
    wrote(window, programme_texts.put, key, "passport.tasks", "1. Обучить учителей.\nСвоё.")
    task = next(node.id for node in asked(window, programmes.tree, key).of_kind("task"))
    wrote(window, programme_edit.put_text, task, "Обучить 40 учителей")
    settle(qapp)
    assert word(view, "passport.tasks") == "цифры устарели"
    view.updating.click()
    settle(qapp)
    top = window.workspace.windows[-1]
    assert isinstance(top, FiguresWindow)
    (card,) = top.cards
    assert (card.change.title, card.box.isChecked()) == ("Задачи программы", False)
    assert not top.go_on.isEnabled()
    card.box.setChecked(True)
    top.go_on.click()
    settle(qapp)
    assert text(window, key, "passport.tasks") == "1. Обучить 40 учителей.\nСвоё."
    assert word(view, "passport.tasks") == "введено"


def test_a_sheet_takes_rows_and_says_what_does_not_fit(
    view: TextsView, window: MainWindow, key: int, qapp: QApplication
) -> None:
    choose(view, "table.resource", qapp)
    grid = view.grid.view
    grid.setCurrentIndex(grid.part.index(0, 0))
    grid.paste("Точки роста\tработает\nЛогопед\tнет\nПсихолог\tплохо")
    settle(qapp)
    found = programme_text_grids.lines(asked(window, programmes.tree, key), "resource")
    assert [line.texts[:2] for line in found] == [
        ("Точки роста", "работает"), ("Логопед", "нет"), ("Психолог", "работает")
    ]  # fmt: skip
    assert view.grid.trouble.text() == "«плохо» не записано. Можно: работает, развивать, нет."
    assert grid.part.rows[2].troubles
    assert word(view, "table.resource") == "3\u00a0строки"
    # a key that another test left pressed must not widen the selection
    grid.selectionModel().setCurrentIndex(grid.part.index(1, 0), QItemSelectionModel.SelectionFlag.ClearAndSelect)
    view.grid.out.click()
    settle(qapp)
    assert len(asked(window, programmes.tree, key).resources) == 2


def test_an_approved_edition_is_only_read(view: TextsView, window: MainWindow, key: int, qapp: QApplication) -> None:
    wrote(window, programme_parts.put_rows, key, "mechanism", [{"participant": "Отдел"}])

    def approve(store: Store) -> None:
        with store.operation("Утверждение", "programme.test") as operation:
            operation.update("programme", key, approved_on="2026-12-01")

    wrote(window, approve)
    settle(qapp)
    choose(view, "passport.tasks", qapp)
    assert view.pane.editor.isReadOnly()
    assert not view.pane.back.isEnabled()
    choose(view, "table.mechanism", qapp)
    flags = view.grid.view.part.flags(view.grid.view.part.index(0, 0))
    assert not flags & Qt.ItemFlag.ItemIsEditable
    assert not view.grid.out.isEnabled()


def test_another_place_opens_a_text(window: MainWindow, view: TextsView, qapp: QApplication) -> None:
    page = window.show_page("programme")
    assert isinstance(page, ProgrammePage)
    page.show_section("section.risks")
    settle(qapp)
    assert view.list.key == "section.risks"
    assert view.pane.name.text() == "Риски"
