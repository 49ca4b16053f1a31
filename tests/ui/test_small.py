"""Habits, dialogs, start: small things that everything stands on."""

from __future__ import annotations

import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog

from app.school_years import year_of
from app.ui import start
from app.ui.dialogs import Choice, ChoiceDialog, Field, FormDialog
from app.ui.habits import RECENT_LIMIT, Habits
from app.ui.widgets.basics import Button
from tests.ui.conftest import TODAY
from tests.ui.fakes import press, type_ru


def test_habits_are_kept_in_a_file(tmp_path):
    path = tmp_path / "habits.json"
    Habits(path).put("look", [True, 15, False])
    assert Habits(path).get("look", []) == [True, 15, False]
    assert json.loads(path.read_text("utf-8")) == {"look": [True, 15, False]}


@pytest.mark.parametrize("content", ["", "{", "[1, 2]", '{"page": 7, "recent": "x"}'])
def test_a_broken_file_of_habits_is_begun_anew(tmp_path, content):
    path = tmp_path / "habits.json"
    path.write_text(content, "utf-8")
    habits = Habits(path)
    assert habits.get("page", "today") == "today", "a value of another type is not believed"
    assert habits.recent() == []
    habits.put("page", "schools")
    assert Habits(path).get("page") == "schools"


def test_habits_that_cannot_be_written_cost_nothing(tmp_path):
    habits = Habits(tmp_path / "нет такой папки" / "habits.json")
    habits.put("page", "schools")
    assert habits.get("page") == "schools"


def test_recent_files_are_few_newest_first_and_real(tmp_path):
    habits = Habits(None)
    files = [tmp_path / f"{n}.opora" for n in range(RECENT_LIMIT + 3)]
    for file in files:
        file.touch()
        habits.add_recent(file)
    assert habits.recent() == list(reversed(files))[:RECENT_LIMIT]
    habits.add_recent(files[5])
    assert habits.recent()[0] == files[5]
    files[5].unlink()
    assert files[5] not in habits.recent()
    habits.forget_recent(files[-1])
    assert files[-1] not in habits.recent()


def test_a_school_year_begins_in_august():
    assert year_of(TODAY) == 2026
    assert year_of(TODAY.replace(month=7, day=31)) == 2025
    assert year_of(TODAY.replace(month=8, day=1)) == 2026


def test_a_form_asks_for_what_is_required(qtbot):
    fields = [Field("reason", "Причина", long=True, required=True), Field("day", "Дата")]
    form = FormDialog("Поправка", "Почему?", fields, "Записать")
    qtbot.addWidget(form)
    form.show()
    assert not form.accept_button.isEnabled()
    type_ru(form._edits["reason"], "  карантин ")
    assert form.accept_button.isEnabled()
    form.accept_button.click()
    assert form.result() == QDialog.DialogCode.Accepted
    assert form.values() == {"reason": "карантин", "day": ""}


def test_the_dangerous_answer_is_never_the_default(qtbot):
    box = ChoiceDialog(
        "Стереть?", "Навсегда.", [Choice("erase", "Стереть навсегда", dangerous=True), Choice("keep", "Не стирать")]
    )
    qtbot.addWidget(box)
    box.show()
    default = [button.text() for button in box.findChildren(Button) if button.isDefault()]
    assert default == ["Не стирать"]
    next(button for button in box.findChildren(Button) if button.text() == "Стереть навсегда").click()
    assert box.chosen == "erase"


def test_esc_turns_away(qtbot):
    box = ChoiceDialog("Вопрос", "?", [Choice("yes", "Да")])
    qtbot.addWidget(box)
    box.show()
    press(box, Qt.Key.Key_Escape)
    assert box.chosen is None
    assert box.result() == QDialog.DialogCode.Rejected


def test_without_a_screen_the_window_says_so(monkeypatch, capsys):
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("sys.platform", "linux")
    assert start.start([]) == 1
    assert "Экрана здесь нет" in capsys.readouterr().err


def test_standard_buttons_are_russian(qapp):
    from PySide6.QtCore import QCoreApplication

    start.make_application()
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "Отмена"


def test_the_look_is_remembered():
    habits = Habits(None)
    assert start.look_of(habits) == (False, 13, False)
    habits.put("look", [True, 16, True])
    assert start.look_of(habits) == (True, 16, True)
    habits.put("look", ["x"])
    assert start.look_of(habits) == (False, 13, False)
