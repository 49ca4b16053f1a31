"""«Заполнение» through the real window: every answer is stored, nothing typed is lost, schools are walked through."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication

from app.forms.loader import load
from app.models.forms import SubjectRef
from app.operations import form_answers, form_rounds, forms, schools
from app.ui.main_window import MainWindow
from app.ui.pages.form_fill_view import MANY_LINES, FormFillView
from tests.ui.conftest import settle
from tests.ui.fakes import FakeDialogs, press, type_ru
from tests.ui.test_form_view_widgets import TEXT

YEAR = 2026
ROOT = Path(__file__).resolve().parents[2]


def begin(window: MainWindow, number: int = 3) -> int:
    """Begin a round of the form of the tests for some schools."""
    store = window.session.desk.store
    forms.save(store, load(TEXT))
    ids = [school.id for school in schools.listing(store.connection)][:number]
    return form_rounds.start(store, "proba", YEAR, [SubjectRef("school", organisation_id=key) for key in ids])


@pytest.fixture
def view(window: MainWindow, qapp: QApplication) -> FormFillView:
    """The first school of a fresh round."""
    round_id = begin(window)
    first = form_rounds.cases(window.session.desk.reader, round_id)[0].case.id
    window.go("forms", ("fill", first))
    settle(qapp)
    page = window.page
    made = page.views["fill"]
    assert isinstance(made, FormFillView)
    assert made.form is not None
    made.form.finish()
    window.activateWindow()
    settle(qapp)
    return made


def kept(view: FormFillView, case_id: int | None = None) -> form_answers.CaseView:
    """Return what the file holds, not what the window shows."""
    return form_answers.case(view.session.desk.reader, view.case_id if case_id is None else case_id)


def bar_text(view: FormFillView) -> str:
    return view.page.bar.text.text().replace("\u00a0", " ")


def repair(view: FormFillView, word: str) -> None:
    next(button for button in view.page.bar.findChildren(type(view.accepting)) if word in button.text()).click()


def answer(view: FormFillView, key: str, text: str, qapp: QApplication) -> None:
    view.form.focus_item(key)
    type_ru(view.form.rows[key].answer.target(), text)
    view.form.rows[key].commit()
    settle(qapp)


def test_a_whole_form_is_filled_and_accepted_by_keyboard_alone(view, qapp):
    view.focus_main()
    for text in ("2", "1"):
        type_ru(QApplication.focusWidget(), text)
        settle(qapp)
        press(QApplication.focusWidget(), Qt.Key.Key_Return)
    found = kept(view)
    assert {key: given.value for key, given in found.answers.answers.items()} == {"1": "2", "2": "1"}
    assert found.progress.done
    assert view.chip.text == "получено"
    assert "2 из 2" in view.form.strip.words.text()
    view.accepting.setFocus()
    press(view.accepting, Qt.Key.Key_Space)
    settle(qapp)
    assert kept(view).state == "accepted"
    assert "Принято" in view.told.text
    assert "Ким О. В. Ответы закрыты" in view.told.text
    assert view.accepting.isHidden()
    assert view.reopening.isVisible()
    type_ru(view.form.rows["1"].answer.target(), "0")
    settle(qapp)
    assert kept(view).answers.get("1").value == "2"


def test_a_wrong_answer_is_stored_as_typed_and_one_undo_takes_it_back(view, window, qapp):
    answer(view, "5", "сто", qapp)
    found = kept(view).answers.get("5")
    assert (found.raw, found.code) == ("сто", "ITEM_NUMBER")
    assert view.form.rows["5"].remark.isVisible()
    assert view.chip.text == "с ошибками"
    window.perform("undo")
    settle(qapp)
    assert kept(view).answers.get("5").raw == ""
    assert view.form.rows["5"].answer.edit.text() == ""


def test_half_typed_text_is_kept_within_a_second_and_found_again(view, window, qapp, qtbot):
    view.form.focus_item("5")
    edit = view.form.rows["5"].answer.edit
    type_ru(edit, "4")
    qtbot.waitUntil(lambda: kept(view).drafts == {"5": "4"})
    type_ru(edit, "2")
    assert edit.text() == "42", "what is read anew leaves the open line alone"
    edit.commit()
    settle(qapp)
    found = kept(view)
    assert (found.drafts, found.answers.get("5").value) == ({}, "42")


def test_an_undo_elsewhere_leaves_caret_and_text_alone(view, window, qapp):
    answer(view, "1", "2", qapp)
    answer(view, "2", "0", qapp)
    view.form.focus_item("5")
    edit = view.form.rows["5"].answer.edit
    type_ru(edit, "123")
    edit.setCursorPosition(2)
    window.perform("undo")
    settle(qapp)
    assert kept(view).answers.get("2").value is None
    assert not any(button.isChecked() for button in view.form.rows["2"].answer.buttons)
    assert (edit.text(), edit.cursorPosition()) == ("123", 2)


def test_leaving_for_another_school_saves_what_is_being_typed(view, qapp):
    first = view.case_id
    view.form.focus_item("5")
    type_ru(view.form.rows["5"].answer.edit, "7")
    view.after.click()
    settle(qapp)
    assert view.case_id != first
    assert kept(view, first).answers.get("5").value == "7"
    assert view.form.rows["5"].answer.edit.text() == "", "the other school has no answer yet"
    assert view.form.current() == "1", "the keyboard is in the form of the other school"
    view.step(-1)
    settle(qapp)
    assert view.case_id == first
    assert view.form.rows["5"].answer.edit.text() == "7"
    assert not view.before.isEnabled()


def test_the_list_shows_state_and_progress_and_finds_a_school(view, qapp):
    answer(view, "1", "2", qapp)
    lines = view.found.lines
    item = view.cases.list.item(0)
    said = item.data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == f"{lines[0].subject.shown}: не отправлено, отвечено 1 из 2"
    view.cases.search.setText(lines[2].subject.shown.upper())
    press(view.cases.search, Qt.Key.Key_Return)
    settle(qapp)
    assert view.case_id == lines[2].case.id
    assert view.cases.neighbour(-1) is None, "only what was found is walked through"


def test_what_is_missing_is_said_before_accepting_and_can_be_accepted_as_it_is(view, qapp):
    view.accepting.click()
    settle(qapp)
    assert kept(view).state == "not_sent"
    assert "2 пункта" in bar_text(view)
    repair(view, "Показать")
    assert view.form.current() == "1"
    view.accepting.click()
    settle(qapp)
    repair(view, "Принять как есть")
    settle(qapp)
    assert kept(view).state == "accepted"
    repair(view, "Следующая")
    settle(qapp)
    assert view.case_id == view.found.lines[1].case.id


def test_giving_back_offers_what_is_wrong_and_reopening_asks_for_a_reason(view, dialogs: FakeDialogs, qapp):
    answer(view, "5", "сто", qapp)
    dialogs.answers = [{}]
    view.returning.click()
    settle(qapp)
    assert "число" in kept(view).case.return_remark
    assert "Возвращено" in view.told.text
    answer(view, "5", "1", qapp)
    view.accept(anyway=True)
    settle(qapp)
    dialogs.answers = [{"reason": "Ошибка в пункте 1"}]
    view.reopening.click()
    settle(qapp)
    assert not kept(view).locked
    answer(view, "1", "1", qapp)
    assert kept(view).answers.get("1").value == "1"


def test_an_expert_changes_the_level_with_a_reason(view, dialogs: FakeDialogs, qapp):
    answer(view, "1", "2", qapp)
    answer(view, "2", "2", qapp)
    assert "высокий уровень" in view.form.strip.score_text()
    dialogs.answers = [{"level": "low", "reason": "План не показан"}]
    view.form.strip.level.click()
    settle(qapp)
    assert kept(view).level.id == "low"
    assert "Уровень по решению эксперта низкий уровень" in view.form.strip.score_text()
    assert "План не показан" in view.told.text


def test_proofs_are_attached_opened_and_taken_away(view, dialogs: FakeDialogs, tmp_path, qapp, monkeypatch):
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    paper, script = tmp_path / "Приказ 4.pdf", tmp_path / "запуск.bat"
    paper.write_bytes(b"%PDF-1.4 proba")
    script.write_bytes(b"echo")
    dialogs.answers = [[paper, script]]
    view.form.rows["1"].details.add.click()
    settle(qapp)
    proofs = sorted(kept(view).evidence, key=lambda proof: proof.title)
    assert [proof.title for proof in proofs] == ["Приказ 4.pdf", "запуск.bat"]
    found = view.form.rows["1"].details.proofs.findChildren(type(view.accepting))
    buttons = sorted(found, key=lambda button: button.text())
    buttons[0].click()
    settle(qapp)
    assert Path(opened[0]).read_bytes() == b"%PDF-1.4 proba"
    target = tmp_path / "сохранено.bat"
    dialogs.answers = [target]
    buttons[1].click()
    settle(qapp)
    assert len(opened) == 1, "what might be a program is never opened"
    assert target.read_bytes() == b"echo"
    view.form.detached.emit(proofs[0].id)
    settle(qapp)
    assert [proof.title for proof in kept(view).evidence] == ["запуск.bat"]


def test_a_block_in_the_grid_is_one_undo_step(view, window, qapp):
    grid = view.form.grids[0]
    view.form.focus_item("r1.c1")
    grid.grid.paste("1\t2\n3\t4")
    settle(qapp)
    found = kept(view).answers
    assert [found.get(key).value for key in ("r1.c1", "r1.c2", "r2.c1", "r2.c2")] == ["1", "2", "3", "4"]
    assert grid.model.index(2, 2).data() == "10"
    window.perform("undo")
    settle(qapp)
    assert kept(view).answers.get("r2.c2").value is None
    assert grid.model.index(2, 2).data() == ""


def test_last_years_answers_are_confirmed_one_by_one_and_all_at_once(view, window, qapp):
    store = window.session.desk.store
    subject = SubjectRef("school", organisation_id=view.found.view.subject.school_id)
    past = form_rounds.start(store, "proba", YEAR - 1, [subject])
    case = form_rounds.cases(store.connection, past)[0].case.id
    for key, raw in (("1", "1"), ("2", "2"), ("5", "12")):
        form_answers.put(store, case, key, raw)
    form_rounds.accept(store, [case])
    settle(qapp)
    details = view.form.rows["1"].details
    assert details.last.text().replace("\u00a0", " ") == "2025/26: Частично"
    details.keep.click()
    settle(qapp)
    assert {key: given.value for key, given in kept(view).answers.answers.items() if given.given} == {"1": "1"}
    view.form.strip.same.click()
    settle(qapp)
    assert {key: given.value for key, given in kept(view).answers.answers.items()} == {"1": "1", "2": "2", "5": "12"}
    assert view.form.strip.same.isHidden()


def test_head_comment_and_closing_words_are_stored(view, qapp):
    type_ru(view.form.head.fields["author"].edit, "Ким О. В.")
    view.form.rows["1"].details.open_comment()
    type_ru(view.form.rows["1"].details.comment, "до декабря")
    view.form.closing.edit.setFocus()
    type_ru(view.form.closing.edit, "Работать дальше")
    view.form.commit()
    settle(qapp)
    found = kept(view)
    assert found.head == {"author": "Ким О. В."}
    assert found.answers.get("1").comment == "до декабря"
    assert found.case.conclusion == "Работать дальше"


def test_without_a_round_the_way_to_one_is_offered(window, qapp):
    page = window.show_page("checklists")
    settle(qapp)
    window.session.set_school_year(2030)
    settle(qapp)
    made = page.show_view("fill")
    settle(qapp)
    assert made.stack.currentIndex() == 0
    assert made.empty.isVisible()
    assert "сборов нет" in made.sentence


def test_a_round_of_many_schools_is_read_after_a_rest_and_shows_what_was_typed_at_once(view, window, qapp, qtbot):
    lines = view.found.lines
    view.found = type(view.found)(view.found.year, view.found.rounds, view.found.round_id, lines * MANY_LINES,
                                  view.found.view)  # fmt: skip
    view.form.focus_item("1")
    type_ru(view.form.rows["1"].answer.target(), "2")
    assert view.form.strip.words.text() == "1 из 2 отвечено"
    qtbot.waitUntil(lambda: view.found.lines[0].answered == 1 and len(view.found.lines) == 3)


# --- killed while typing -------------------------------------------------------------------------------------------

CHILD = textwrap.dedent(
    """
    import os, signal, sys
    from pathlib import Path
    from app.ui import start
    from app.ui.habits import Habits
    from app.ui.quiet import only_real_messages
    from app.ui.screens import wait_idle
    from PySide6.QtCore import QElapsedTimer, QEventLoop, QTimer
    from tests.ui.fakes import type_ru

    def rest(milliseconds):
        loop = QEventLoop()
        QTimer.singleShot(milliseconds, loop.quit)
        loop.exec()

    app = start.make_application()
    bugs = []
    window = start.make_window(Habits(None), bugs.append, "Ким О. В.")
    window.show()
    window.workspace.open(Path(sys.argv[1]))
    wait_idle(window)
    window.go("forms", ("fill", int(sys.argv[2])))
    wait_idle(window)
    form = window.page.views["fill"].form
    form.finish()
    form.focus_item("1")
    type_ru(form.rows["1"].answer.target(), "2")
    form.focus_item("5")
    type_ru(form.rows["5"].answer.target(), "4")
    form.rows["1"].details.open_comment()
    type_ru(form.rows["1"].details.comment, "до дек")
    form.focus_item("5")
    type_ru(form.rows["5"].answer.target(), "2")
    rest(1000)
    assert not bugs
    os.kill(os.getpid(), signal.SIGKILL)
    """
)


def test_killed_while_typing_nothing_is_lost(view, window, db, qapp):
    case_id = view.case_id
    window.session.desk.store.connection.execute("SELECT 1")
    window.session.desk.abandon()
    done = subprocess.run(
        [sys.executable, "-c", CHILD, str(db), str(case_id)], cwd=ROOT, check=False, capture_output=True, timeout=120,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert done.returncode == -signal.SIGKILL, done.stderr.decode()
    window.workspace.open(db)
    settle(qapp)
    found = form_answers.case(window.session.desk.reader, case_id)
    assert found.answers.get("1").value == "2"
    assert found.answers.get("1").comment == "до дек"
    assert found.drafts.get("5", found.answers.get("5").raw) == "42"
    window.go("forms", ("fill", case_id))
    settle(qapp)
    again = window.page.views["fill"].form
    again.finish()
    assert again.rows["5"].answer.edit.text() == "42"
