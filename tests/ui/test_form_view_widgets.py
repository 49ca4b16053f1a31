"""The form made from a definition: every kind has a widget, digits choose, half-typed text is told, points are live."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit

from app.forms.answers import given, shown
from app.forms.item_types import TYPES
from app.forms.loader import load
from app.forms.schema import Answer, AnswerSet, Choice, FormDef, Item, Scale
from app.operations import forms
from app.ui import theme
from app.ui.form_view.choices import ChoiceBox
from app.ui.form_view.kinds import WIDGETS, widget_for
from app.ui.form_view.lines import LineWidget, TextWidget
from app.ui.form_view.view import FIRST, FormView
from app.ui.widgets.entry_cells import EntryRole
from tests.ui.conftest import settle
from tests.ui.fakes import press, type_ru

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
SCALE = Scale("s", (Choice("yes", "Да", points=1), Choice("no", "Нет", points=0), Choice("own", "Другое", other=True)))

TEXT = """
id = "proba"
version = "1.0"
title = "Проба формы"
short = "Проба"
subject = "school"
kind = "checklist"
source = "Приказ № 1"
notes = ["В источнике два пункта с номером 2."]
conclusion = "Вывод"
head_fields = [{id = "author", text = "Составитель"}]
[[scales]]
id = "full"
choices = [
  {value = "2", text = "В полной мере", points = 2},
  {value = "1", text = "Частично", points = 1},
  {value = "0", text = "Нет", points = 0},
]
[[scales]]
id = "way"
choices = [
  {value = "books", text = "Книги"},
  {value = "talk", text = "Беседы"},
  {value = "own", text = "другое", other = true},
]
[[sections]]
id = "a"
title = "Первый раздел"
items = [
  {id = "1", number = "1", kind = "choice", scale = "full", text = "План есть", comment = true, evidence = true},
  {id = "2", number = "2", kind = "choice", scale = "full", text = "План выполнен", not_applicable = true},
  {id = "3", number = "3", kind = "flag", text = "Есть приказ", required = false},
  {id = "4", number = "4", kind = "text", text = "Приказ", when = [{item = "3", values = ["yes"]}], required = false},
  {id = "5", kind = "whole", least = 0, most = 90, text = "Учителей", not_applicable = true, required = false},
  {id = "6", number = "6", kind = "many", scale = "way", text = "Как учили", required = false},
  {id = "7", number = "7", kind = "date", text = "Когда", required = false},
]
[[sections]]
id = "g"
title = "Таблица"
rows = [{id = "r1", text = "Первая строка"}, {id = "r2", text = "Вторая строка"}]
columns = [{id = "c1", text = "ПП", group = "Институт"}, {id = "c2", text = "ПК", group = "Институт"}]
cell = {kind = "whole", least = 0, required = false}
totals = true
[[scores]]
id = "total"
title = "Итого"
rule = "sum"
levels = [
  {id = "low", text = "низкий уровень", least = 0, most = 2, tone = "bad"},
  {id = "high", text = "высокий уровень", least = 3, most = 4, tone = "ok"},
]
"""


@pytest.fixture
def form() -> FormDef:
    return load(TEXT)


class Heard:
    """What the form has told."""

    def __init__(self, view: FormView) -> None:
        self.answers: list[tuple[str, str, str, bool, str]] = []
        self.drafts: list[tuple[str, str]] = []
        self.blocks: list[dict[str, Answer]] = []
        self.confirmed: list[tuple[str, ...]] = []
        view.answered.connect(lambda *said: self.answers.append(said))
        view.drafted.connect(lambda *said: self.drafts.append(said))
        view.block_answered.connect(self.blocks.append)
        view.confirmed.connect(self.confirmed.append)


def shown_view(qtbot, form: FormDef, answers: AnswerSet | None = None, **more) -> tuple[FormView, Heard]:
    view = FormView(form, answers, **more)
    qtbot.addWidget(view)
    view.resize(1000, 640)
    view.show()
    view.finish()
    view.activateWindow()
    settle(QApplication.instance())
    return view, Heard(view)


def box(view: FormView, key: str) -> ChoiceBox:
    found = view.rows[key].answer
    assert isinstance(found, ChoiceBox)
    return found


# --- every kind --------------------------------------------------------------------------------------------------


def item_of(kind: str) -> Item:
    scale = SCALE if kind in {"choice", "many"} else None
    return Item("x", "Вопрос", kind, number="1", scale=scale, places=2, most=100, least=0)  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", sorted(TYPES))
def test_every_kind_has_a_widget_that_shows_and_tells_its_values(qtbot, kind):
    assert TYPES[kind].widget_kind in WIDGETS
    item = item_of(kind)
    widget = widget_for(item, "1. Вопрос")
    qtbot.addWidget(widget)
    widget.resize(700, widget.heightForWidth(700))
    widget.show()
    for value in TYPES[kind].sample_values(item):
        told: list[str] = []
        widget.answered.connect(lambda raw, *_rest, told=told: told.append(raw))
        widget.show_answer(Answer(), force=True)
        text = shown(item, given(item, value))
        if isinstance(widget, LineWidget):
            widget.edit.setText(text)
        elif isinstance(widget, TextWidget):
            widget.edit.setPlainText(text)
        elif isinstance(widget, ChoiceBox):
            for part in value.split(";"):
                option = next(option for option in widget.options if option.value == part)
                widget.choose(option)
                widget.show_answer(given(item, told[-1]))
        widget.commit()
        assert given(item, told[-1]).value == value
        widget.answered.disconnect()


def test_every_shipped_form_is_drawn_with_all_its_items(qtbot):
    for entry in forms.listing(None, hidden=True):
        view, _heard = shown_view(qtbot, entry.form)
        cells = {item.id for grid in view.grids for item in grid.section.items}
        assert set(view.rows) | cells == {item.id for item in entry.form.items()}
        for row in view.rows.values():
            # only spaces that a line must not break at are another
            assert "".join(row.wording.text().split()) == "".join(row.item.text.split())
        view.hide()
        view.deleteLater()


def test_nothing_is_cut_or_lies_over_another_thing(qtbot, form):
    from app.ui.screen_check import faults

    for width in (1040, 620):
        view, _heard = shown_view(qtbot, form, AnswerSet("proba", "1.0", {"1": Answer("x", None, "ITEM_CHOICE")}))
        view.resize(width, 640)
        settle(QApplication.instance())
        assert faults(view) == []
        for row in view.rows.values():
            if not row.isHidden():
                assert row.height() == row.heightForWidth(row.width())


# --- keyboard ----------------------------------------------------------------------------------------------------


def test_digits_choose_enter_goes_on_backspace_clears(qtbot, form):
    view, heard = shown_view(qtbot, form)
    view.focus_first()
    assert view.current() == "1"
    type_ru(box(view, "1"), "2")
    assert view.answers.get("1").value == "2"
    assert heard.answers == [("1", "2", "", False, "")]
    press(box(view, "1"), Qt.Key.Key_Return)
    assert view.current() == "2"
    press(box(view, "2"), Qt.Key.Key_Up)
    assert view.current() == "1"
    press(box(view, "1"), Qt.Key.Key_Backspace)
    assert view.answers.get("1") == Answer()
    press(box(view, "1"), Qt.Key.Key_Right)
    press(box(view, "1"), Qt.Key.Key_Right)
    assert view.answers.get("1").value == "1"
    press(box(view, "1"), Qt.Key.Key_Return, SHIFT)
    assert view.current() == "1", "there is nothing before the first item"


@pytest.mark.parametrize("letter", ["n", "н", "Т"])
def test_n_says_not_applicable_in_both_layouts_and_only_where_it_may(qtbot, form, letter):
    view, heard = shown_view(qtbot, form)
    view.focus_item("2")
    type_ru(box(view, "2"), letter)
    assert view.answers.get("2").not_applicable
    view.focus_item("1")
    type_ru(box(view, "1"), letter)
    assert view.answers.get("1") == Answer()
    view.focus_item("5")
    type_ru(view.rows["5"].answer.target(), letter)
    assert view.answers.get("5").not_applicable
    assert [said[0] for said in heard.answers] == ["2", "5"]


def test_ctrl_enter_goes_to_the_next_item_without_an_answer_and_begins_anew(qtbot, form):
    view, _heard = shown_view(qtbot, form)
    view.focus_item("1")
    press(box(view, "1"), Qt.Key.Key_Return, CONTROL)
    assert view.current() == "2"
    press(box(view, "2"), Qt.Key.Key_Return, CONTROL)
    assert view.current() == "1"
    type_ru(box(view, "1"), "0")
    press(box(view, "1"), Qt.Key.Key_Return, CONTROL)
    type_ru(box(view, "2"), "1")
    assert view.strip.words.text() == "2 из 2 отвечено"
    assert view.strip.next.isHidden()


def test_a_digit_sets_and_takes_away_a_mark_and_other_asks_for_words(qtbot, form):
    view, heard = shown_view(qtbot, form)
    view.focus_item("6")
    many = box(view, "6")
    type_ru(many, "3")
    type_ru(many, "1")
    assert view.answers.get("6").value == "books;own"
    assert "не вписан" in view.rows["6"].shown.remark[1] or view.rows["6"].shown.remark[1]
    assert many.other is not None
    assert many.other.isVisible()
    type_ru(many.other, "кружок")
    many.other.commit()
    assert view.answers.get("6").other == "кружок"
    type_ru(many, "1")
    assert (view.answers.get("6").value, view.answers.get("6").other) == ("own", "кружок")
    assert heard.answers[-1][2] == "кружок"


def test_f2_opens_the_comment_which_goes_with_the_answer(qtbot, form):
    view, heard = shown_view(qtbot, form)
    view.focus_item("1")
    type_ru(box(view, "1"), "1")
    press(box(view, "1"), Qt.Key.Key_F2)
    comment = view.rows["1"].details.comment
    assert comment is not None
    assert comment.hasFocus()
    type_ru(comment, "Приказ № 4")
    comment.commit()
    assert heard.answers[-1] == ("1", "1", "", False, "Приказ № 4")
    type_ru(box(view, "1"), "2")
    assert heard.answers[-1] == ("1", "2", "", False, "Приказ № 4"), "another answer keeps the comment"


# --- typing ------------------------------------------------------------------------------------------------------


def test_half_typed_text_is_told_within_a_second_and_esc_takes_it_back(qtbot, form):
    view, heard = shown_view(qtbot, form)
    view.focus_item("5")
    edit = view.rows["5"].answer.target()
    type_ru(edit, "1")
    qtbot.waitUntil(lambda: heard.drafts == [("5", "1")])
    assert heard.answers == []
    press(edit, Qt.Key.Key_Escape)
    assert heard.drafts[-1] == ("5", "")
    type_ru(edit, "17")
    press(edit, Qt.Key.Key_Return)
    assert heard.answers[-1][:2] == ("5", "17")
    assert view.current() == "6"


def test_a_draft_that_became_the_stored_answer_again_is_forgotten(qtbot, form):
    view, heard = shown_view(qtbot, form, AnswerSet("proba", "1.0", {"5": given(form.item("5"), "1")}))
    view.focus_item("5")
    edit = view.rows["5"].answer.edit
    edit.end(False)
    type_ru(edit, "2")
    edit._draft()
    press(edit, Qt.Key.Key_Backspace)
    edit.commit()
    assert heard.drafts == [("5", "12"), ("5", "")]
    assert heard.answers == []


def test_a_wrong_answer_stays_as_typed_with_word_shape_and_colour(qtbot, form):
    view, heard = shown_view(qtbot, form)
    view.focus_item("5")
    edit = view.rows["5"].answer.edit
    type_ru(edit, "много")
    edit.commit()
    assert heard.answers[-1][:2] == ("5", "много")
    assert edit.text() == "много"
    row = view.rows["5"]
    assert row.remark is not None
    assert row.remark.isVisible()
    assert row.remark.kind == "bad"
    assert "число" in row.remark.text
    assert edit.property("bad") == "true"
    assert view.strip.wrong.text() == "проверить 1"
    view.focus_item("1")
    view.strip.wrong.click()
    assert view.current() == "5"


def test_text_grows_shift_enter_begins_a_line_and_enter_goes_on(qtbot, form):
    yes = AnswerSet("proba", "1.0", {"3": given(form.item("3"), "yes")})
    view, heard = shown_view(qtbot, form, yes)
    view.focus_item("4")
    edit = view.rows["4"].answer.edit
    before = view.rows["4"].height()
    type_ru(edit, "Приказ")
    for _line in range(4):
        press(edit, Qt.Key.Key_Return, SHIFT)
    type_ru(edit, "от сентября")
    settle(QApplication.instance())
    assert view.rows["4"].height() > before
    press(edit, Qt.Key.Key_Return)
    assert heard.answers[-1][1] == "Приказ\n\n\n\nот сентября"
    assert view.current() == "5"


def test_what_is_typed_survives_another_reading_with_its_caret(qtbot, form):
    view, _heard = shown_view(qtbot, form)
    view.focus_item("5")
    edit = view.rows["5"].answer.edit
    type_ru(edit, "12")
    edit.setCursorPosition(1)
    view.show_answers(AnswerSet("proba", "1.0", {"1": given(form.item("1"), "2")}))
    assert (edit.text(), edit.cursorPosition(), edit.hasFocus()) == ("12", 1, True)
    assert box(view, "1").buttons[0].isChecked()


def test_an_answer_on_its_way_is_not_taken_back_by_an_older_reading(qtbot, form):
    view, _heard = shown_view(qtbot, form)
    view.focus_item("1")
    type_ru(box(view, "1"), "2")
    view.show_answers(AnswerSet("proba", "1.0"))
    assert view.answers.get("1").value == "2"
    view.settled("1")
    view.show_answers(AnswerSet("proba", "1.0"))
    assert view.answers.get("1") == Answer(), "an undo elsewhere is seen"


# --- points, conditions, last year -----------------------------------------------------------------------------------


def test_points_are_live_with_their_maximum_and_the_level_with_its_word(qtbot, form):
    view, _heard = shown_view(qtbot, form)
    assert view.strip.score_text() == "Итого пока 0 из 4"
    type_ru(box(view, "1"), "2")
    assert view.strip.score_text() == "Итого пока 2 из 4"
    assert view.strip.words.text() == "1 из 2 отвечено"
    type_ru(box(view, "2"), "1")
    assert view.strip.score_text() == "Итого 3 из 4 высокий уровень"
    type_ru(box(view, "2"), "н")
    assert view.strip.score_text().startswith("Итого 2 из 2")


def test_an_item_appears_with_its_condition_and_never_hides_an_answer(qtbot, form):
    view, _heard = shown_view(qtbot, form)
    assert view.rows["4"].isHidden()
    type_ru(box(view, "3"), "1")
    assert view.rows["4"].isVisible()
    view.focus_item("4")
    type_ru(view.rows["4"].answer.target(), "№ 5")
    view.rows["4"].commit()
    type_ru(box(view, "3"), "2")
    assert view.rows["4"].isVisible()
    assert "не спрашивают" in view.rows["4"].shown.remark[1]
    view.rows["4"].answer.edit.setPlainText("")
    view.rows["4"].commit()
    assert view.rows["4"].isHidden()


def test_last_year_stands_beside_and_space_confirms(qtbot, form):
    last = AnswerSet("proba", "1.0", {"1": given(form.item("1"), "1")})
    prefilled = AnswerSet("proba", "1.0", {"2": given(form.item("2"), "2", confirmed=False)})
    view, heard = shown_view(qtbot, form, prefilled, last_year=last)
    assert view.rows["1"].details.last.text().replace("\u00a0", " ") == "Прошлый год: Частично"
    assert view.rows["2"].remark.kind == "warn"
    assert view.strip.words.text() == "0 из 2 отвечено", "what nobody confirmed does not count"
    view.focus_item("2")
    press(box(view, "2"), Qt.Key.Key_Space)
    assert heard.confirmed == [("2",)]
    view.rows["1"].details.keep.click()
    assert heard.confirmed[-1] == ("1",)
    assert view.strip.same.text().replace("\u00a0", " ") == "Без изменений: 2 ответа"
    view.strip.same.click()
    assert heard.confirmed[-1] == ("1", "2")


def test_a_comment_does_not_confirm_what_was_filled_in_beforehand(qtbot, form):
    prefilled = AnswerSet("proba", "1.0", {"1": given(form.item("1"), "2", confirmed=False)})
    view, heard = shown_view(qtbot, form, prefilled)
    assert view.strip.wrong.isHidden(), "it waits for a button of its own"
    view.focus_item("1")
    assert view.rows["1"]._hot
    press(box(view, "1"), Qt.Key.Key_F2)
    type_ru(view.rows["1"].details.comment, "проверить")
    view.rows["1"].details.commit()
    assert heard.answers == []
    assert [(key, made.confirmed, made.comment) for key, made in heard.blocks[-1].items()] == [
        ("1", False, "проверить")
    ]
    assert view.strip.words.text() == "0 из 2 отвечено"


def test_notes_of_the_source_stand_at_the_foot_and_the_heading_is_official(qtbot, form):
    from app.ui.widgets.labels import Label

    view, _heard = shown_view(qtbot, form)
    words = [label.text().replace("\u00a0", " ") for label in view.scroller.widget().findChildren(Label)]
    assert words[0] == "Проба формы"
    assert "Источник: Приказ № 1" in words
    assert "1. В источнике два пункта с номером 2." in words


def test_the_lines_over_and_under_the_form_are_told(qtbot, form):
    view, _heard = shown_view(qtbot, form)
    told: list[tuple[str, ...]] = []
    view.head_changed.connect(lambda *said: told.append(said))
    view.conclusion_changed.connect(lambda text: told.append((text,)))
    type_ru(view.head.fields["author"].edit, "Ким О. В.")
    view.closing.edit.setFocus()
    type_ru(view.closing.edit, "Хорошо")
    view.commit()
    assert ("author", "Ким О. В.") in told
    assert ("Хорошо",) in told


def test_read_only_nothing_can_be_answered_but_everything_is_read(qtbot, form):
    filled = AnswerSet("proba", "1.0", {"1": given(form.item("1"), "2"), "5": given(form.item("5"), "4")})
    view, heard = shown_view(qtbot, form, filled, read_only=True)
    type_ru(box(view, "1"), "0")
    press(box(view, "1"), Qt.Key.Key_Backspace)
    type_ru(view.rows["5"].answer.edit, "8")
    view.rows["5"].commit()
    assert heard.answers == []
    assert view.answers.get("1").value == "2"
    press(box(view, "1"), Qt.Key.Key_Return)
    assert view.current() is None or view.current() != "1"
    assert view.strip.next.isHidden()


# --- the grid ----------------------------------------------------------------------------------------------------


def test_a_grid_takes_a_block_at_once_and_sums_what_is_known(qtbot, form):
    view, heard = shown_view(qtbot, form)
    grid = view.grids[0]
    view.focus_item("r1.c1")
    grid.grid.paste("1\t2\nмного\t4")
    assert [sorted(block) for block in heard.blocks] == [["r1.c1", "r1.c2", "r2.c1", "r2.c2"]]
    assert view.answers.get("r2.c1").code == "ITEM_NUMBER"
    model = grid.model
    texts = [[model.index(row, column).data() for column in range(3)] for row in range(3)]
    assert texts == [["1", "2", "3"], ["много", "4", "4"], ["1", "6", "7"]]
    assert model.index(1, 0).data(EntryRole.MARK) == "bad"
    assert model.index(1, 0).data(Qt.ItemDataRole.BackgroundRole) == theme.color("bad_soft")
    assert not model.flags(model.index(0, 2)) & Qt.ItemFlag.ItemIsEditable
    view.settled(*heard.blocks[0])
    type_ru(grid.grid, "9")
    press(grid.grid.viewport().findChild(QLineEdit), Qt.Key.Key_Return)
    settle(QApplication.instance())
    assert heard.answers[-1][:2] == ("r1.c1", "9")


def test_a_form_of_many_items_is_there_at_once_and_completes_itself(qtbot):
    form = forms.definition(None, "school-transition")
    view = FormView(form)
    qtbot.addWidget(view)
    view.resize(1000, 640)
    view.show()
    assert len(view.rows) == FIRST
    qtbot.waitUntil(lambda: len(view.rows) == 43)
    assert list(view.rows) == [item.id for item in form.items()]
    view.set_form(form)
    view.focus_item("43")
    assert len(view.rows) == 43, "an item that is asked for is there"


def test_names_for_those_who_hear_the_screen(qtbot, form):
    view, _heard = shown_view(qtbot, form, AnswerSet("proba", "1.0", {"1": given(form.item("1"), "2")}))
    assert box(view, "1").accessibleName() == "1. План есть. Ответ: В полной мере"
    assert "2 — В полной мере" in box(view, "1").accessibleDescription()
    edits = view.findChildren(QPlainTextEdit)
    assert all(edit.accessibleName() for edit in edits)
    assert QGuiApplication.focusWindow() is not None
