"""The editor of forms in the real window: a form made by clicks and keys, drafts that survive, pasting, three looks."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractItemView, QWidget

from app.models import forms as stored
from app.models.forms import SubjectRef
from app.models.store import Store
from app.operations import form_answers, form_drafts, form_rounds, forms
from app.ui.main_window import MainWindow
from app.ui.widgets.basics import Button
from app.ui.windows.form_editor import ABOUT, ITEMS, LOOK, SCALES, SCORES, FormEditor, Start
from tests.ui.conftest import settle
from tests.ui.fakes import FakeDialogs, press, type_ru

QUESTIONS = [f"Показатель номер {number}" for number in range(1, 13)]


def opened(window: MainWindow, qapp, start: Start) -> FormEditor:
    window.go("form_editor", start)
    settle(qapp)
    made = window.workspace.windows[-1]
    assert isinstance(made, FormEditor)
    assert made.ready
    return made


@pytest.fixture
def editor(window: MainWindow, qapp) -> FormEditor:
    return opened(window, qapp, Start("new"))


def typed(edit: QWidget, text: str) -> None:
    """Type over what stands there, key by key."""
    edit.setFocus()
    edit.selectAll()  # type: ignore[attr-defined]
    press(edit, Qt.Key.Key_Delete)
    type_ru(edit, text)


def asked(editor: FormEditor) -> list[tuple[str, list[str]]]:
    return [(section.title, [item.text for item in section.items]) for section in editor.model.draft.form.sections]


def build(editor: FormEditor, qapp) -> None:
    """Make twelve questions in two sections by the buttons and keys that a methodist has."""
    typed(editor.item.text, QUESTIONS[0])
    for text in QUESTIONS[1:6]:
        press(editor.tree.tree, Qt.Key.Key_Insert)
        typed(editor.item.text, text)
    editor.tree.add_section.click()
    typed(editor.section.title, "Кадры")
    for text in QUESTIONS[6:]:
        editor.tree.add.click()
        typed(editor.item.text, text)
    editor.tree.choose(("section", editor.model.draft.form.sections[0].id))
    typed(editor.section.title, "Условия")
    settle(qapp)


def test_a_form_of_twelve_questions_by_clicks_and_keys(window, editor, qapp, dialogs):
    build(editor, qapp)
    assert asked(editor) == [("Условия", QUESTIONS[:6]), ("Кадры", QUESTIONS[6:])]
    assert [item.number for item in editor.model.draft.form.items()] == [str(n) for n in range(1, 13)]
    # a scale of its own: four answers, the third with two points
    editor.tree.choose(("item", "q1"))
    editor.item.change.click()
    assert editor.tabs.currentIndex() == SCALES
    editor.scales.add_choice.click()
    for (text, _short, points), (word, number) in zip(
        editor.scales.rows, (("Всегда", "3"), ("Часто", "2"), ("Иногда", "1"), ("Никогда", "0")), strict=True
    ):
        typed(text, word)
        typed(points, number)
    # «не применимо» and a remark, the same for the section
    editor.tabs.setCurrentIndex(ITEMS)
    editor.tree.choose(("item", "q1"))
    editor.item.not_applicable.click()
    editor.item.comment.click()
    editor.item.same.click()
    typed(editor.item.weight, "2")
    # three levels
    editor.tabs.setCurrentIndex(SCORES)
    assert editor.levels.most.text() == "39"
    editor.levels.split.click()
    assert [(text.text(), least.text(), most.text()) for text, least, most, _tone in editor.levels.rows] == [
        ("низкий уровень", "0", "12"), ("средний уровень", "13", "25"), ("высокий уровень", "26", "39"),
    ]  # fmt: skip
    editor.tabs.setCurrentIndex(ABOUT)
    typed(editor.about.short, "Наш чек-лист")
    typed(editor.about.title, "Чек-лист готовности школы")
    editor.model.check()
    assert editor.model.faults == []
    editor.save.click()
    settle(qapp)
    reader = window.session.desk.reader
    assert editor not in window.workspace.windows
    assert form_drafts.kept(reader) == ()
    found = next(one for one in forms.listing(reader) if one.form.short == "Наш чек-лист")
    assert (found.origin, found.form.version) == ("own", "1.0")
    items = list(found.form.items())
    assert [item.text for item in items] == QUESTIONS
    assert [item.not_applicable for item in items] == [True] * 6 + [False] * 6
    assert [choice.text for choice in items[0].scale.choices] == ["Всегда", "Часто", "Иногда", "Никогда"]
    answer_all(window, found.form)


def answer_all(window: MainWindow, form) -> None:
    """A round of the form that was made: everything «Часто», one «не применимо»."""
    store = window.session.desk.store
    ref = SubjectRef("school", organisation_id=store.connection.execute("SELECT id FROM organisation").fetchone()[0])
    round_id = form_rounds.start(store, form.id, 2026, [ref])
    case = stored.cases(store.connection, rounds=[round_id])[0].id
    for item in form.items():
        form_answers.put(store, case, item.id, "часто")
    form_answers.put(store, case, "q2", "", not_applicable=True)
    (score,) = form_answers.case(store.connection, case).scores
    # eleven questions with two points, the first twice: 24 of 39 − 3
    assert (score.points, score.applicable_most) == (24, 36)
    assert score.level is not None
    # 24 · 39 = 26 · 36: exactly the lower border of the highest level
    assert score.level.text == "высокий уровень"


def test_gaps_and_overlaps_are_refused_in_words(editor, qapp):
    build(editor, qapp)
    editor.tabs.setCurrentIndex(SCORES)
    editor.levels.split.click()
    _text, least, _most, _tone = editor.levels.rows[1]
    typed(least, "11")
    editor.model.check()
    said = editor.levels.trouble.text().replace("\u00a0", " ")
    assert said.startswith("Сумма 8–10 не попадает ни в один уровень.")
    assert "нет уровня" in editor.levels.strip.accessibleDescription()
    typed(least, "6")
    editor.model.check()
    assert "перекрываются" in editor.levels.trouble.text()
    assert "уровень и средний уровень" in editor.levels.strip.accessibleDescription()
    editor.save.click()
    settle(qapp)
    assert editor.isVisible()
    assert editor.fault_box.isVisible()
    links = [button.text() for button in editor.fault_box.findChildren(Button)]
    assert any("перекрываются" in text for text in links)
    editor.tabs.setCurrentIndex(ITEMS)
    next(button for button in editor.fault_box.findChildren(Button) if "перекрываются" in button.text()).click()
    assert editor.tabs.currentIndex() == SCORES


def test_a_number_that_cannot_be_read_stays_and_is_marked(editor, qapp):
    typed(editor.item.weight, "много")
    editor.model.check()
    settle(qapp)
    assert editor.item.weight.text() == "много"
    assert editor.item.weight.property("bad") == "true"
    assert "от 1 до 1000" in editor.item.answer_trouble.text()


def test_undo_and_redo_inside_the_editor(editor, qapp):
    build(editor, qapp)
    editor.tree.choose(("item", "q3"))
    press(editor.tree.tree, Qt.Key.Key_Delete)
    assert len(asked(editor)[0][1]) == 5
    editor.undo.click()
    assert asked(editor)[0][1] == QUESTIONS[:6]
    editor.redo.click()
    assert len(asked(editor)[0][1]) == 5
    editor.undo.click()
    typed(editor.item.text, "Другое")
    editor.undo.click()
    assert "Другое" not in asked(editor)[0][1]


def test_moving_by_keys_and_by_the_mouse(editor, qapp):
    build(editor, qapp)
    tree = editor.tree.tree
    editor.tree.choose(("item", "q6"))
    press(tree, Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    assert asked(editor)[1][1][0] == QUESTIONS[5]
    press(tree, Qt.Key.Key_Up, Qt.KeyboardModifier.ControlModifier)
    assert asked(editor)[0][1][-1] == QUESTIONS[5]
    rows = editor.tree._nodes
    drop = QAbstractItemView.DropIndicatorPosition
    tree.drop_on(rows["item", "q1"], rows["item", "q3"], drop.BelowItem)
    assert asked(editor)[0][1][:3] == [QUESTIONS[1], QUESTIONS[2], QUESTIONS[0]]
    rows = editor.tree._nodes
    tree.drop_on(rows["section", "s2"], rows["section", "s1"], drop.AboveItem)
    assert [title for title, _items in asked(editor)] == ["Кадры", "Условия"]
    press(tree, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert [title for title, _items in asked(editor)].count("Кадры") == 2


def test_half_done_work_survives_a_crash_and_closing(window, editor, qapp, qtbot, tmp_path):
    typed(editor.item.text, "Есть план")
    assert editor._keep_soon.interval() <= 1000
    qtbot.waitUntil(lambda: bool(form_drafts.kept(window.session.desk.reader)))
    # what a killed program leaves: the file and its log, nothing closed
    source = window.session.desk.where
    for path in source.parent.glob(f"{source.name}*"):
        if not path.name.endswith(".lock"):
            shutil.copy(path, tmp_path / path.name.replace(source.name, "после.opora"))
    with Store.open(tmp_path / "после.opora", actor="Ким О. В.") as left:
        (waiting,) = form_drafts.kept(left.connection)
        kept = form_drafts.read(left.connection, waiting.form_id)
        assert kept is not None
        assert next(kept.form.items()).text == "Есть план"
    typed(editor.item.text, "Есть план и отчёт")
    editor.close()
    settle(qapp)
    again = opened(window, qapp, Start("draft", waiting.form_id))
    assert again.item.text.toPlainText() == "Есть план и отчёт"
    assert not again.undo.isEnabled()


def test_a_draft_is_thrown_away_only_when_one_says_so(window, editor, qapp, dialogs):
    typed(editor.item.text, "Есть план")
    editor.keep()
    dialogs.answers = ["stay"]
    editor.throw.click()
    assert editor.isVisible()
    dialogs.answers = ["drop"]
    editor.throw.click()
    settle(qapp)
    assert editor not in window.workspace.windows
    assert form_drafts.kept(window.session.desk.reader) == ()


def clip(text: str, html: str) -> None:
    data = QMimeData()
    data.setText(text)
    data.setHtml(html)
    QGuiApplication.clipboard().setMimeData(data)


def test_a_table_of_excel_is_pasted_with_a_look_at_what_was_understood(editor, qapp):
    clip(
        "№\tПоказатель\tДа (2)\tНет (0)\nКадры\n1\tЕсть психолог\n2\tЕсть логопед\n",
        "<table><tr><td>№</td><td>Показатель</td><td>Да (2)</td><td>Нет (0)</td></tr><tr><td colspan=4>Кадры</td></tr>"
        "<tr><td>1</td><td>Есть психолог</td><td></td><td></td></tr>"
        "<tr><td>2</td><td>Есть логопед</td><td></td><td></td></tr></table>",
    )
    editor.tree.paste.click()
    settle(qapp)
    window = editor.paste_window
    assert window is not None
    assert [row[1].meaning for row in window.table.model.visible_rows()] == ["head", "section", "item", "item"]
    assert not window.take.isVisible()
    window.instead.click()
    settle(qapp)
    assert asked(editor) == [("Кадры", ["Есть психолог", "Есть логопед"])]
    assert [choice.points for choice in next(editor.model.draft.form.items()).scale.choices] == [2, 0]
    editor.undo.click()
    assert asked(editor) == [("", [""])]


def test_a_list_is_added_to_what_is_there(editor, qapp):
    typed(editor.item.text, "Есть план")
    clip("", "")
    editor.ask_paste()
    window = editor.paste_window
    window.put("1. Есть отчёт\n2. Есть приказ")
    window.usual.setCurrentIndex(window.usual.count() - 1)
    window.take.click()
    settle(qapp)
    assert asked(editor)[-1][1] == ["Есть отчёт", "Есть приказ"]
    assert [item.kind for item in editor.model.draft.form.items()] == ["choice", "text", "text"]
    assert len({item.id for item in editor.model.draft.form.items()}) == 3


def test_conditions_are_chosen_not_written(editor, qapp):
    typed(editor.item.text, "Есть план")
    editor.tree.add.click()
    typed(editor.item.text, "Кто утвердил")
    assert editor.item.base.choose("q1")
    assert [box.isChecked() for _value, box in editor.item.value_boxes] == [True, False, False]
    editor.item.value_boxes[1][1].click()
    (condition,) = editor.model.draft.form.item("q2").when
    assert condition.values == ("2", "1")
    editor.tree.choose(("item", "q1"))
    press(editor.tree.tree, Qt.Key.Key_Delete)
    assert editor.model.draft.form.item("q2").when == ()


def test_a_section_becomes_a_table_of_numbers(editor, qapp):
    typed(editor.item.text, "Учителя")
    editor.tree.choose(("section", "s1"))
    editor.section.look.choose("grid")
    typed(editor.section.rows, "Учителя")
    editor.section.rows.appendPlainText("Директора")
    typed(editor.section.columns, "2025 / ПК")
    section = editor.model.draft.form.sections[0]
    assert [axis.text for axis in section.rows] == ["Учителя", "Директора"]
    assert [(axis.group, axis.text) for axis in section.columns] == [("2025", "ПК")]
    assert [item.text for item in section.items] == ["Учителя: 2025, ПК", "Директора: 2025, ПК"]


def test_three_looks_at_a_half_done_form(window, editor, qapp):
    editor.tabs.setCurrentIndex(LOOK)
    settle(qapp)
    assert editor.look.view is not None
    assert "q1" in editor.look.view.rows
    editor.tabs.setCurrentIndex(ITEMS)
    typed(editor.item.text, "Есть план")
    editor.tabs.setCurrentIndex(LOOK)
    editor.look.choose("excel")
    settle(qapp)
    table = editor.look.table
    texts = {
        table.item(row, column).text()
        for row in range(table.rowCount())
        for column in range(table.columnCount())
        if table.item(row, column) is not None
    }
    assert "Есть план" in texts
    editor.look.choose("paper")
    settle(qapp)
    assert editor.look.pdf.data.startswith(b"%PDF")
    looks = [editor.look.looks.widget(place) for place in range(3)]
    assert [look.isVisible() for look in looks] == [False, False, True]
    editor.look.choose("together")
    settle(qapp)
    assert all(look.isVisible() for look in looks)
    assert looks[0].geometry().right() < looks[1].x() < looks[2].x()
    editor.tabs.setCurrentIndex(SCALES)
    editor.scales.add_choice.click()
    editor.tabs.setCurrentIndex(LOOK)
    settle(qapp)
    assert editor.look.form is None
    assert editor.look.note.isVisible()


def test_a_change_with_answers_tells_what_becomes_of_them(window, editor, qapp, dialogs: FakeDialogs):
    build(editor, qapp)
    editor.about.refresh()
    editor.tabs.setCurrentIndex(ABOUT)
    typed(editor.about.short, "Наша")
    editor.save.click()
    settle(qapp)
    store = window.session.desk.store
    form = next(one.form for one in forms.listing(store.connection) if one.form.short == "Наша")
    school = store.connection.execute("SELECT id FROM organisation").fetchone()[0]
    form_rounds.start(store, form.id, 2026, [SubjectRef("school", organisation_id=school)])
    change = opened(window, qapp, Start("change", form.id))
    change.tree.choose(("item", "q12"))
    change.tree.remove.click()
    dialogs.answers = ["stay"]
    change.save.click()
    assert change.isVisible()
    assert dialogs.asked[-1] == ("choose", "Новая версия формы")
    dialogs.answers = ["save"]
    change.save.click()
    settle(qapp)
    assert forms.entry(store.connection, form.id).versions == ("1.1", "1.0")
    assert change not in window.workspace.windows


def test_a_table_from_the_disc_opens_as_a_draft(window, qapp, tmp_path: Path):
    path = tmp_path / "Наши_вопросы.csv"
    path.write_text("Вопрос;Шкала\nЕсть план;Да = 1, Нет = 0\n", "utf-8-sig")
    editor = opened(window, qapp, Start("table", path=path))
    assert asked(editor) == [("", ["Есть план"])]
    assert editor.heading.text() == "Наши вопросы"
    editor.close()
    settle(qapp)
    assert [one.short for one in form_drafts.kept(window.session.desk.reader)] == ["Наши вопросы"]


def test_a_composite_form_changes_only_its_facts(window, qapp):
    editor = opened(window, qapp, Start("copy", "method-work", "Наша составная"))
    assert not editor.tabs.isTabEnabled(SCALES)
    assert not editor.tree.add.isEnabled()
    assert editor.nothing.isVisible()
    assert editor.about.short.text() == "Наша составная"
