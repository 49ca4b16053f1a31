"""«Проверка» in the real window: remarks, filters, the way to the place, hints off and on, the checklists."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from app.models import forms as stored_forms
from app.operations import history, programme_checklists, programme_edit, programme_parts, programmes
from app.ui.main_window import MainWindow
from app.ui.pages.programme import ProgrammePage
from app.ui.pages.programme_checks_view import ChecksView
from app.ui.pages.programme_texts_view import TextsView
from app.ui.widgets.basics import Button
from tests.ui.conftest import settle


def wrote(window: MainWindow, function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    return window.session.desk.write(function, *args, **kwargs).result(10)


@pytest.fixture
def key(window: MainWindow, qapp: QApplication) -> int:
    found = wrote(window, programmes.create, "municipal", "Поддержка школ", 2027, 2029)
    goal = wrote(window, programme_edit.add, found, "goal", "Создание условий для успеха")
    wrote(window, programme_edit.add, found, "task", "Обучить учителей", parent_id=goal)
    wrote(window, programme_parts.put_section, found, "passport.control", "Отдел «_____»")
    settle(qapp)
    return int(found)


@pytest.fixture
def view(window: MainWindow, key: int, qapp: QApplication) -> ChecksView:
    page = window.show_page("programme")
    settle(qapp)
    assert isinstance(page, ProgrammePage)
    page.choose(key)
    found = page.show_view("checks")
    settle(qapp)
    assert isinstance(found, ChecksView)
    assert found.checked is not None
    assert found.checked.programme_id == key
    return found


def _rules(view: ChecksView) -> list[str]:
    return [row.finding.rule for row in view.table.model.visible_rows()]


def _choose(view: ChecksView, rule: str, qapp: QApplication) -> None:
    row = next(row for row in view.table.model.all_rows() if row.finding.rule == rule)
    assert view.table.choose(row.key)
    settle(qapp)


def _verbs(view: ChecksView) -> list[str]:
    return [button.text() for button in view.side.card.findChildren(Button) if button.isVisibleTo(view)]


def test_remarks_stand_by_part_with_their_count(view: ChecksView) -> None:
    assert view.checked is not None
    assert len(_rules(view)) == len(view.checked.findings)
    assert view.sections.item(0).text() == f"Все разделы: {len(view.checked.findings)}\u00a0замечаний"
    assert view.sentence.startswith(f"{view.checked.count('error')}\u00a0ошибок")
    assert view.side.bar.value() == view.checked.completeness.filled
    assert view.side.bar.maximum() == view.checked.completeness.total


def test_a_part_and_a_level_narrow_the_list(view: ChecksView, qapp: QApplication) -> None:
    view.open_payload("structure")
    settle(qapp)
    assert {"task-no-activity", "task-no-measure", "goal-no-term"} <= set(_rules(view))
    assert "plan-empty" not in _rules(view)
    view.chips["hint"].click()
    settle(qapp)
    assert set(_rules(view)) == {"goal-no-term", "goal-not-measurable"}
    view.chips["hint"].click()
    view.open_payload("all")
    settle(qapp)
    assert "plan-empty" in _rules(view)


def test_a_remark_leads_to_its_node_and_its_text(view: ChecksView, qapp: QApplication) -> None:
    page = view.page
    _choose(view, "blank-left", qapp)
    assert "Показать место" in _verbs(view)
    view.open_place()
    settle(qapp)
    assert page.view == "texts"
    assert isinstance(page.views["texts"], TextsView)
    page.show_view("checks")
    settle(qapp)
    _choose(view, "task-no-activity", qapp)
    view.open_place()
    settle(qapp)
    assert page.view == "tree"


def test_a_hint_is_switched_off_and_on_again(
    view: ChecksView, window: MainWindow, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    _choose(view, "empty-words", qapp)
    assert "Отключить здесь…" in _verbs(view)
    monkeypatch.setattr(window.session.dialogs, "ask", lambda *_args, **_kwargs: {"reason": "так в паспорте области"})
    view.silence(whole=False)
    settle(qapp)
    assert "empty-words" not in _rules(view)
    assert view.chips["off"].isVisibleTo(view)
    view.chips["off"].click()
    settle(qapp)
    assert _rules(view) == ["empty-words"]
    assert _verbs(view) == ["Показать место", "Включить снова"]
    view.speak()
    settle(qapp)
    assert "empty-words" in _rules(view)
    assert not view.chips["off"].isVisibleTo(view)
    wrote(window, history.undo)
    settle(qapp)
    assert "empty-words" not in _rules(view)


def test_an_error_cannot_be_switched_off(view: ChecksView, qapp: QApplication) -> None:
    _choose(view, "task-no-activity", qapp)
    assert _verbs(view) == ["Показать место"]
    view.silence(whole=True)
    settle(qapp)
    assert "task-no-activity" in _rules(view)


def test_what_is_put_right_goes_away_by_itself(
    view: ChecksView, window: MainWindow, key: int, qapp: QApplication
) -> None:
    assert "plan-empty" in _rules(view)
    wrote(window, programme_edit.add, key, "activity", "Семинар")
    settle(qapp)
    assert "plan-empty" not in _rules(view)
    assert "activity-no-term" in _rules(view)


def test_a_checklist_opens_with_proposed_answers(
    view: ChecksView, window: MainWindow, key: int, qapp: QApplication
) -> None:
    view.open_payload("programme-quality")
    settle(qapp)
    assert len(view.questions.model.visible_rows()) == 36
    assert "Начать чек-лист" in _verbs(view)
    view.open_checklist()
    settle(qapp)
    assert window.page is not None
    assert window.page.name == "checklists"
    found = window.session.desk.read(programme_checklists.checklists, key).result(10)
    case_id = found[1].case_id
    assert case_id is not None
    rows = window.session.desk.read(stored_forms.answers, [case_id]).result(10)[case_id]
    assert rows
    assert not any(row.confirmed for row in rows if not row.item_id.startswith("@"))
    window.show_page("programme")
    settle(qapp)
    assert _verbs(view) == ["Открыть ответы", "Эксперты и протокол"]


def test_without_a_programme_the_view_says_what_to_do(view: ChecksView, window: MainWindow, qapp: QApplication) -> None:
    for line in list(view.page.lines):
        wrote(window, programmes.remove, line.programme.id)
    settle(qapp)
    assert view.stack.currentWidget() is view.nothing
    assert view.sentence == ""
