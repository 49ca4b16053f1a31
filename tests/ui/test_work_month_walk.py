"""November of a methodist walked through the window, by keys and mouse; the report equals what was counted by hand.

The file has three schools and nothing else. Whatever the report says comes from what this test types.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget

from app.models import registers as tables
from app.models.store import Store
from app.operations import month_plan, workday
from app.ui.main_window import MainWindow
from app.ui.windows.event_form import EventWindow
from app.ui.windows.event_paper import EventPaperWindow
from app.ui.windows.help_entry import HelpEntryWindow
from tests.ui.conftest import TODAY, settle
from tests.ui.fakes import FakeDialogs, press, type_ru

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
LINES = (
    "05.11.2026 1 визит 3 учителя тема: чтение; договорились → 20.11.2026 звонок",
    "10.11.2026 1 консультация 2 учителя тема: ВПР",
    "12.11.2026 2 урок 1 учитель тема: опыт",
)  # fmt: skip

# Counted on paper from what is typed below. People: school 1 had 3 and then 2, who may be the same (3 to 5), school 2
# had 1; the seminar had three by name. The meeting was held, nobody wrote who was there: it is late, as is the call.
BY_HAND = {
    "help": "Помощь школам записана 3 раза: 1 выезд, 1 консультация и 1 посещение урока. Помощь получили 2 школы. "
            "Разных людей: не менее 4 и не более 6 человек. Намечено следующих шагов: 1.",
    "events": "Прошли 2 события: 1 заседание и 1 семинар. Участвовало разных людей: 3 человека. Участники были из 2 "
              "школ. Участники не вписаны у 1 события. Назначено и ещё не проведено: 2.",
    "bodies": "Работало 1 объединение. Прошло 1 заседание, с протоколом 1.",
    "practices": "В банк принято: 1 практика. Всего в банке принято 1.",
    "mentoring": "Работала 1 наставническая пара. Прошла 1 встреча у 1 пары.",
    "left": "На 22.11.2026 просрочено: 1 событие и 1 следующий шаг помощи.",
}  # fmt: skip
TABLES = {
    "help": (("СОШ № 1", 2, "3–5", date(2026, 11, 10)), ("СОШ № 2", 1, "1", date(2026, 11, 12))),
    "events": (
        (date(2026, 11, 12), "заседание", "Итоги ВПР", None, None),
        (date(2026, 11, 20), "семинар", "Семинар о чтении", "3", None),
    ),
    "bodies": (("РМО математиков", 1, 0, 0, 0),),
    "staff": (("Ким О. В.", 1, 1, 1, 0, 2, "4–6", 2, "3", None),),
}  # fmt: skip


@pytest.fixture
def db(tmp_path: Path) -> Path:
    path = tmp_path / "Округ.opora"
    store = Store.create(path, name="Лесогорский округ", actor="Ким О. В.")
    with store.operation("школы", "test") as operation:
        for number in (1, 2, 3):
            operation.insert("organisation", name=f"МБОУ «СОШ № {number}»", short_name=f"СОШ № {number}",
                             kind="school", own=1)  # fmt: skip
    store.close()
    return path


class Walk:
    """The window and what a hand does with it."""

    def __init__(self, window: MainWindow, dialogs: FakeDialogs, qapp: QApplication) -> None:
        self.window, self.dialogs, self.qapp = window, dialogs, qapp

    @property
    def connection(self) -> Any:
        return self.window.session.desk.store.connection  # type: ignore[attr-defined]  # the desk of these tests shows it

    def top(self, kind: type[Any]) -> Any:
        settle(self.qapp)
        (found,) = (item for item in self.window.workspace.windows if isinstance(item, kind))
        found.activateWindow()
        settle(self.qapp)
        return found

    def click(self, button: QWidget) -> None:
        assert button.isEnabled(), button
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        settle(self.qapp)

    def click_word(self, inside: QWidget, word: str) -> None:
        self.click(next(one for one in inside.findChildren(QPushButton) if one.isVisible() and one.text() == word))

    def view(self, key: str) -> Any:
        """Show a view of «Работа»: Ctrl+8, then its place in the switch by Ctrl+PgDown."""
        self.window.activateWindow()
        settle(self.qapp)
        QTest.keyClick(self.window, Qt.Key.Key_8, CTRL)
        settle(self.qapp)
        page: Any = self.window.page
        assert page.name == "work"
        for _step in range(8):
            if page.view == key:
                break
            QTest.keyClick(page, Qt.Key.Key_PageDown, CTRL)
            settle(self.qapp)
        assert page.view == key
        return page.views.get(key, page.journal)

    def rows(self, table: str, **scope: Any) -> list[dict[str, Any]]:
        return tables.rows(self.connection, table, scope)

    def write_down(self, line: str) -> None:
        self.window.activateWindow()
        settle(self.qapp)
        QTest.keyClick(self.window, Qt.Key.Key_N, CTRL | SHIFT)
        entry = self.top(HelpEntryWindow)
        type_ru(entry.school, line)
        press(entry.school, Qt.Key.Key_Tab)
        QTest.keyClick(entry, Qt.Key.Key_Return, CTRL)
        settle(self.qapp)

    def type_cell(self, pane: Any, row: int, name: str, text: str) -> None:
        """Type into a cell of a register: F2, the text, Tab."""
        column = [one.key for one in pane.register.columns].index(name)
        pane.grid.setFocus()
        pane.grid.setCurrentIndex(pane.model.index(row, column))
        QTest.keyClick(pane.grid, Qt.Key.Key_F2)
        editor = next(edit for edit in pane.grid.viewport().findChildren(QLineEdit) if edit.isVisible())
        type_ru(editor, text)
        QTest.keyClick(editor, Qt.Key.Key_Tab)
        settle(self.qapp)

    def add_event(self, kind: str, **texts: str) -> int:
        view = self.view("events")
        self.click(view.adding)
        form = self.top(EventWindow)
        form.combos["kind"].choose(kind)
        for name, text in texts.items():
            form.edits[name].selectAll()
            type_ru(form.edits[name], text)
        QTest.keyClick(form, Qt.Key.Key_Return, CTRL)
        settle(self.qapp)
        (row,) = self.rows("work_event", title=texts["title"])
        return int(row["id"])


@pytest.fixture
def walk(window: MainWindow, dialogs: FakeDialogs, qapp: QApplication) -> Walk:
    window.resize(1366, 900)
    return Walk(window, dialogs, qapp)


def _help(walk: Walk) -> None:
    for line in LINES:
        walk.write_down(line)
    assert len(walk.rows("help_entry")) == len(LINES)


def _seminar(walk: Walk) -> int:
    event = walk.add_event("seminar", title="Семинар о чтении", date_from="20.11.2026", time_from="10", wanted="3")
    view = walk.view("events")
    view.show_part("people")
    part = view.parts["people"]
    walk.dialogs.answers.append(
        {
            "text": "Ли Анна Борисовна\tСОШ № 1\tучитель\nЦой Вера Романовна\tСОШ № 1\tучитель\n"
            "Пак Олег Ильич\tСОШ № 3\tучитель"
        }
    )
    walk.click(part.pasting)
    grid = part.guests.grid
    grid.setFocus()
    grid.setCurrentIndex(part.guests.model.index(0, 0))
    QTest.keyClick(grid, Qt.Key.Key_Space)
    settle(walk.qapp)
    assert [row["came"] for row in tables.rows(walk.connection, "event_guest", {"event_id": event}, ("position",))] == [
        "yes", None, None]  # fmt: skip
    walk.click(part.came)
    view.show_part("list")
    settle(walk.qapp)
    walk.click_word(view.side, "Прошло")
    assert walk.rows("work_event", id=event)[0]["state"] == "held"
    return event


def _certificates(walk: Walk, event: int) -> None:
    view = walk.view("events")
    view.choose(event)
    settle(walk.qapp)
    walk.click(view.printing)
    shown = walk.top(EventPaperWindow)
    shown.kind.choose("event_certificate")
    settle(walk.qapp)
    walk.click(shown.giving)
    assert len({row["certificate"] for row in walk.rows("event_guest", event_id=event)} - {None}) == 3
    shown.close()
    settle(walk.qapp)


def _conflict(walk: Walk) -> None:
    for title, start, end in (("Чтение", "10:00", "12:00"), ("Письмо", "10:30", "12:00")):
        walk.add_event("workshop", title=title, date_from="25.11.2026", time_from=start, time_to=end)
    walk.view("calendar")
    walk.window.go("work", ("calendar", "2026-11-25"))
    settle(walk.qapp)
    view = walk.view("calendar")
    assert view.sentence.endswith("1\u00a0накладка")
    walk.click_word(view.side.clashes, "Перенести второе на\u00a026.11.2026")
    assert [row["date_from"] for row in walk.rows("work_event", title="Письмо")] == ["2026-11-26"]


def _meeting(walk: Walk) -> None:
    view = walk.view("bodies")
    walk.dialogs.answers.append({"name": "РМО математиков", "kind": "РМО"})
    walk.click(view.adding)
    walk.dialogs.answers.append({"day": "12.11.2026", "title": "Итоги ВПР", "place": "СОШ № 1"})
    view.panel.show_part("meetings")
    settle(walk.qapp)
    part = view.panel.part
    walk.click(part.adding)
    walk.click(part.minutes)
    (event,) = walk.rows("work_event", title="Итоги ВПР")
    events = walk.view("events")
    events.choose(event["id"])
    settle(walk.qapp)
    walk.click_word(events.side, "Прошло")
    assert walk.rows("work_event", title="Итоги ВПР")[0]["document_id"] is not None


def _practice(walk: Walk) -> None:
    bank = walk.view("practices")
    walk.dialogs.answers.append({"title": "Читаем вместе", "problem": "не понимают прочитанное"})
    walk.click(bank.adding)
    walk.dialogs.answers.append({"act": "протокол № 9"})
    walk.click(bank.taking)
    assert walk.rows("practice", title="Читаем вместе")[0]["state"] == "accepted"


def _pair(walk: Walk) -> None:
    view = walk.view("mentoring")
    for name, text in (("mentor_id", "Ли Анна Борисовна"), ("mentee_id", "Юн Инна Олеговна")):
        walk.type_cell(view.pairs, 0, name, text)
    (pair,) = walk.rows("mentor_pair")
    view.open_payload(pair["id"])
    settle(walk.qapp)
    walk.click(view.holding)
    assert [row["held_on"] for row in walk.rows("mentor_meeting")] == [TODAY.isoformat()]


def test_a_month_is_walked_and_its_report_is_what_a_hand_counts(walk: Walk) -> None:
    _help(walk)
    seminar = _seminar(walk)
    _certificates(walk, seminar)
    _conflict(walk)
    _meeting(walk)
    _practice(walk)
    _pair(walk)
    walk.window.go("today", "month")
    settle(walk.qapp)
    page: Any = walk.window.page
    boxes = page.views["month"].report.boxes
    told = {key: box.edit.toPlainText().replace("\u00a0", " ") for key, box in boxes.items()}
    assert {key: told[key] for key in BY_HAND} == BY_HAND
    found = month_plan.report(walk.connection, workday.period("2026-11"), TODAY)
    assert {block.key: block.table.rows for block in found.blocks if block.table is not None} == TABLES
