"""«Согласование» in the real window: the sheet, remarks, approval in two steps, editions and their comparison."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from app.models.store import Store
from app.operations import programme_edit, programme_life, programmes
from app.operations import programme_stage as stages
from app.ui.main_window import MainWindow
from app.ui.pages.programme import ProgrammePage
from app.ui.pages.programme_life_remarks import put
from app.ui.pages.programme_life_view import LifeView
from app.ui.widgets.field import DRAFT_MS
from app.ui.windows.programme_approve import ApproveProgrammeWizard
from app.ui.windows.programme_compare import CompareProgrammesWindow, LifePaperWindow, marked
from tests.helpers.programmes import small
from tests.ui.conftest import TODAY, settle
from tests.ui.fakes import FakeDialogs, press, type_ru


@pytest.fixture
def keys(window: MainWindow, qapp: QApplication) -> dict[str, int]:
    found = window.session.desk.write(lambda store: small(store)).result(10)  # noqa: PLW0108 - the writer hands the store by place
    settle(qapp)
    return found


@pytest.fixture
def view(window: MainWindow, keys: dict[str, int], qapp: QApplication) -> LifeView:
    window.resize(1366, 768)
    page = window.show_page("programme")
    settle(qapp)
    assert isinstance(page, ProgrammePage)
    page.choose(keys["programme"])
    found = page.show_view("life")
    settle(qapp)
    assert isinstance(found, LifeView)
    return found


def stage(window: MainWindow, key: int) -> stages.Stage:
    return window.session.desk.read(stages.stage, key, TODAY).result(10)


def opened(window: MainWindow, kind: type[Any]) -> Any:
    return next(item for item in reversed(window.workspace.windows) if isinstance(item, kind))


def test_without_a_programme_the_view_says_what_will_stand_here(window: MainWindow, qapp: QApplication) -> None:
    for line in window.session.desk.read(programmes.listing).result(10):
        window.session.desk.write(programmes.remove, line.programme.id).result(10)
    page = window.show_page("programme")
    assert isinstance(page, ProgrammePage)
    found = page.show_view("life")
    settle(qapp)
    assert isinstance(found, LifeView)
    assert found.nothing.isVisible()
    assert not any(button.isEnabled() for button in found.buttons)


def test_a_party_is_typed_into_the_empty_row_and_stays(
    view: LifeView, window: MainWindow, keys: dict[str, int], qapp: QApplication
) -> None:
    grid = view.parties.grid
    grid.setCurrentIndex(view.parties.model.index(0, 0))
    grid.setFocus()
    press(grid, Qt.Key.Key_F2)
    editor = next(edit for edit in grid.viewport().findChildren(QLineEdit) if edit.isVisible())
    type_ru(editor, "Совет")
    QTest.keyClick(editor, Qt.Key.Key_Tab)
    settle(qapp)
    view.parties.model.put([(0, 3, "скоро"), (0, 5, "согл")])
    settle(qapp)
    lines = stage(window, keys["programme"]).lines
    assert [line.texts for line in lines] == [("Совет", "", "", "скоро", "", "согласовано")]
    assert set(lines[0].troubles) == {3}
    view.parties.usual.click()
    settle(qapp)
    assert len(stage(window, keys["programme"]).lines) == 5
    grid.setCurrentIndex(view.parties.model.index(0, 0))
    view.parties.grid.remove_rows()
    settle(qapp)
    assert "Совет" not in [line.texts[0] for line in stage(window, keys["programme"]).lines]


def test_a_remark_is_added_answered_and_leads_to_its_place(
    view: LifeView, window: MainWindow, keys: dict[str, int], dialogs: FakeDialogs, qapp: QApplication
) -> None:
    view.steps.choose(1)
    dialogs.answers.append({"text": "Перенести на каникулы", "place": f"node:{keys['first']}", "author": "Сомов И. П."})
    view.remarks.adding.click()
    settle(qapp)
    row = view.remarks.table.current()
    assert row.where == "Мероприятие 1.1: Стажировки учителей"
    assert row.remark.made_on == TODAY.isoformat()
    assert "без ответа 1" in view.steps.buttons[1].accessibleName()
    view.remarks.state.choose("taken")
    view.remarks.state.activated.emit(view.remarks.state.currentIndex())
    view.remarks.answer.setFocus()
    view.remarks.answer.setPlainText("Перенесли на ноябрь")
    QTest.qWait(DRAFT_MS + 150)
    settle(qapp)
    kept = stage(window, keys["programme"]).remarks[0].remark
    assert (kept.state, kept.answer) == ("taken", "Перенесли на ноябрь")
    view.remarks.jump.click()
    settle(qapp)
    assert view.page.view == "tree"


def test_an_answer_that_is_being_typed_stays_with_its_remark(
    view: LifeView, window: MainWindow, keys: dict[str, int], qapp: QApplication
) -> None:
    write, key = window.session.desk.write, keys["programme"]
    for text, day in (("Первое", "2026-11-01"), ("Второе", "2026-11-02")):
        write(put, key, None, {"text": text, "made_on": day}).result(10)
    settle(qapp)
    view.steps.choose(1)
    first, second = view.remarks.table.model.visible_rows()
    view.remarks.table.choose(first.remark.id)
    view.remarks.answer.setFocus()
    view.remarks.answer.setPlainText("Учтём")
    view.remarks.table.choose(second.remark.id)
    settle(qapp)
    assert view.remarks.answer.toPlainText() == ""
    kept = {row.remark.text: row.remark.answer for row in stage(window, key).remarks}
    assert kept == {"Первое": "Учтём", "Второе": ""}


def test_sending_and_taking_back(
    view: LifeView, window: MainWindow, keys: dict[str, int], dialogs: FakeDialogs, qapp: QApplication
) -> None:
    dialogs.answers.append({"on": "20.11.2026"})
    view.sending.click()
    settle(qapp)
    assert [chip.kind for chip, _said in view.way] == ["ok", "ok", "none", "none"]
    assert view.way[1][1].text() == "с 20.11.2026"
    assert view.sending.text() == "Снова проект"
    view.sending.click()
    settle(qapp)
    assert [chip.kind for chip, _said in view.way] == ["ok", "none", "none", "none"]


def approved(view: LifeView, window: MainWindow, qapp: QApplication) -> None:
    view.approving.click()
    settle(qapp)
    wizard = opened(window, ApproveProgrammeWizard)
    assert wizard.stage is not None
    wizard.go_on()
    assert not wizard.next.isEnabled()
    for name, text in (("act_kind", "постановление"), ("act_number", "214"), ("act_date", "28.13.2026")):
        wizard.edits[name].setText(text)
    assert not wizard.next.isEnabled(), "no such month"
    wizard.edits["act_date"].setText("28.11.2026")
    assert "ошиб" in wizard.summary.text(), "errors are named and forbid nothing"
    wizard.next.click()
    settle(qapp)


def test_approval_freezes_and_is_taken_back_with_a_reason(
    view: LifeView, window: MainWindow, keys: dict[str, int], dialogs: FakeDialogs, qapp: QApplication
) -> None:
    approved(view, window, qapp)
    assert view.approving.text() == "Отменить утверждение…"
    assert "№\u00a0214" in view.sentence
    assert view.parties.model.read_only
    assert not view.remarks.adding.isEnabled()
    dialogs.answers.append({"reason": "Постановление отменено"})
    view.approving.click()
    settle(qapp)
    assert view.approving.text() == "Утвердить…"
    assert "Постановление отменено" in view.way[2][1].text()


def changed(store: Store, key: int, lineage: int) -> None:
    node = next(node for node in programmes.tree(store.connection, key).walk() if node.lineage == lineage)
    programme_edit.put_text(store, node.id, "Стажировки 12 учителей")
    programme_edit.add(store, key, "risk", "Не хватит автобусов")


def test_a_new_edition_is_compared_word_by_word_and_printed(
    view: LifeView, window: MainWindow, keys: dict[str, int], qapp: QApplication
) -> None:
    assert not view.editions.renewing.isEnabled()
    approved(view, window, qapp)
    view.editions.renewing.click()
    settle(qapp)
    new = view.page.programme_id
    assert new not in {None, keys["programme"]}
    window.session.desk.write(changed, new, keys["first"]).result(10)
    settle(qapp)
    assert [row.programme.edition for row in view.editions.table.model.visible_rows()] == [2, 1]
    view.editions.comparing.click()
    settle(qapp)
    shown = opened(window, CompareProgrammesWindow)
    assert [(item.kind, item.place) for item in shown.rows] == [("changed", "Мероприятие 1.1"), ("added", "Риск 2")]
    html = shown.detail.toHtml()
    assert "12" in shown.detail.toPlainText()
    assert "underline" in html
    shown.chips["added"].click()
    assert [row[1].kind for row in shown.table.model.visible_rows()] == ["added"]
    shown.print.click()
    settle(qapp)
    paper = opened(window, LifePaperWindow)
    assert paper._paper.kind == "programme_changes"
    view.printing.click()
    settle(qapp)
    assert opened(window, LifePaperWindow)._paper.kind == "programme_agreement"


def test_a_copy_moves_to_the_next_years(
    view: LifeView, window: MainWindow, keys: dict[str, int], dialogs: FakeDialogs, qapp: QApplication
) -> None:
    dialogs.answers.append({"title": "Поддержка школ на 2029–2031 годы"})
    view.editions.copying.click()
    settle(qapp)
    assert view.page.programme_id is not None
    head = window.session.desk.read(programmes.head, view.page.programme_id).result(10)
    assert (head.year_from, head.year_to, head.copied_from) == (2029, 2031, keys["programme"])


def test_what_went_and_what_came_is_told_without_colours() -> None:
    from app.analysis.word_difference import pieces

    text = marked(pieces("три <b>", "пять <b>"))
    assert "line-through" in text
    assert "underline" in text
    assert "&lt;" in text
    assert "</span> <span" in text, "the words do not run together"


def test_an_operation_elsewhere_is_seen_here(
    view: LifeView, window: MainWindow, keys: dict[str, int], qapp: QApplication
) -> None:
    window.session.desk.write(
        programme_life.approve, keys["programme"], act_kind="приказ", act_number="3", act_date="2026-11-20"
    ).result(10)
    settle(qapp)
    assert view.approval.verb.text() == "Отменить утверждение…"
