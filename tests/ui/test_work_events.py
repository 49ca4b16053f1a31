"""«События» through the real window: the list, the form, participants by keys, marks, the execution card."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.models import work_events
from app.operations import events
from app.ui.main_window import MainWindow
from app.ui.pages.work_events import EventsView
from app.ui.widgets.basics import Button
from app.ui.widgets.labels import Label
from app.ui.windows.event_form import EventWindow
from tests.ui.conftest import TODAY, settle
from tests.ui.fakes import FakeDialogs, InstantDesk, type_ru


@pytest.fixture
def view(window: MainWindow, qapp: QApplication) -> EventsView:
    window.session.go("work", "events")
    settle(qapp)
    page: Any = window.show_page("work")
    found = page.views["events"]
    assert isinstance(found, EventsView)
    return found


def connection(desk: InstantDesk) -> Any:
    assert desk.store is not None
    return desk.store.connection


def line(desk: InstantDesk, title: str) -> events.EventLine:
    return next(one for one in events.listing(connection(desk), TODAY) if one.title.startswith(title))


def chosen(view: EventsView, desk: InstantDesk, title: str, qapp: QApplication) -> events.EventLine:
    found = line(desk, title)
    view.choose(found.id)
    settle(qapp)
    assert view.line is not None
    assert view.line.id == found.id
    return found


def said(view: EventsView) -> str:
    return "\n".join(label.text() for label in view.side.findChildren(Label)).replace("\u00a0", " ")


def press(view: EventsView, word: str, qapp: QApplication) -> None:
    next(button for button in view.side.findChildren(Button) if button.text() == word).click()
    settle(qapp)


def test_the_card_says_why_and_what_next(view: EventsView, desk: InstantDesk, qapp: QApplication) -> None:
    assert "ждут отметки 1" in view.sentence.replace("\u00a0", " ")
    chosen(view, desk, "Мастер-класс", qapp)
    assert "Кто был, не вписано" in said(view)
    chosen(view, desk, "Семинар «Как составить", qapp)
    assert "День события был 4 дня назад, а отметки нет" in said(view)
    press(view, "Прошло", qapp)
    assert line(desk, "Семинар «Как составить").held
    assert "Вернуть в план" in [button.text() for button in view.side.findChildren(Button)]
    view.chips["silent"].click()
    settle(qapp)
    assert view.table.model.shown == 2


def test_an_event_is_made_in_the_form_by_keyboard(
    view: EventsView, window: MainWindow, desk: InstantDesk, qapp: QApplication
) -> None:
    view.adding.click()
    settle(qapp)
    form = next(one for one in window.findChildren(EventWindow) if one.isVisible())
    type_ru(form.edits["title"], "Круглый стол о домашних заданиях")
    type_ru(form.edits["date_from"], "03.12.2026")
    type_ru(form.edits["time_from"], "1430")
    type_ru(form.edits["wanted"], "много")
    form.combos["kind"].choose("round_table")
    QTest.keyClick(form, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(qapp)
    assert form.isVisible()  # «много» is shown first, nothing is lost
    assert "не целое число" in form.troubles["wanted"].text()
    form.edits["wanted"].setText("25")
    form.saving.click()
    settle(qapp)
    made = line(desk, "Круглый стол о домашних")
    assert (made.event.kind, made.day, made.event.time_from, made.event.wanted) == (
        "round_table", "2026-12-03", "14:30", 25,
    )  # fmt: skip
    assert view.line is not None
    assert view.line.id == made.id


def test_participants_are_typed_pasted_and_marked_by_space(
    view: EventsView, desk: InstantDesk, dialogs: FakeDialogs, qapp: QApplication
) -> None:
    found = chosen(view, desk, "Мастер-класс", qapp)
    view.show_part("people")
    settle(qapp)
    part: Any = view.parts["people"]
    part.listed.click()
    settle(qapp)
    listed = work_events.people(connection(desk), [found.id])[found.id]
    assert listed
    index = part.schools.model.index(0, 3)
    part.schools.model.setData(index, "6")
    settle(qapp)
    assert events.card(connection(desk), found.id, TODAY).line.came == 6
    dialogs.answers.append({"text": "Ли А. Б.\tСОШ № 1\tучитель\nЦой В. Р.\tСОШ № 1\tучитель"})
    part.pasting.click()
    settle(qapp)
    grid = part.guests.grid
    assert [row.texts[0] for row in part.guests.model.rows[:2]] == ["Ли А. Б.", "Цой В. Р."]
    grid.setCurrentIndex(part.guests.model.index(1, 0))
    grid.setFocus()
    QTest.keyClick(grid, Qt.Key.Key_Space)
    settle(qapp)
    assert [one.came for one in work_events.guests(connection(desk), [found.id])[found.id]] == [None, "yes"]
    QTest.keyClick(grid, Qt.Key.Key_Space)
    settle(qapp)
    assert [one.came for one in work_events.guests(connection(desk), [found.id])[found.id]] == [None, None]
    part.came.click()
    settle(qapp)
    assert {one.came for one in work_events.guests(connection(desk), [found.id])[found.id]} == {"yes"}
    view.tabs.setCurrentIndex(0)
    settle(qapp)
    assert view.part == "list"


def test_the_members_of_a_body_come_into_the_list_with_one_press(
    view: EventsView, desk: InstantDesk, qapp: QApplication
) -> None:
    chosen(view, desk, "Мастер-класс", qapp)
    view.show_part("people")
    settle(qapp)
    part: Any = view.parts["people"]
    assert not part.members.isVisible()  # nobody holds it but the service
    assert desk.store is not None
    body, member = (
        connection(desk)
        .execute(
            "SELECT body_id, count(DISTINCT person_id) FROM body_member WHERE date_to IS NULL"
            " GROUP BY body_id ORDER BY 2 DESC"
        )
        .fetchone()
    )
    with desk.store.operation("Заседание", "event.add") as operation:
        key = operation.insert("work_event", kind="meeting", title="Разбор", date_from="2026-12-03", body_id=body)
    view.refresh()
    settle(qapp)
    view.choose(key)
    view.show_part("people")
    settle(qapp)
    assert part.members.isVisible()
    part.members.click()
    settle(qapp)
    guests = work_events.guests(connection(desk), [key])[key]
    assert len(guests) == member > 1
    assert {one.came for one in guests} == {None}
    desk.store.undo()
    assert work_events.guests(connection(desk), [key]).get(key, []) == []


def test_moving_cancelling_repeating_and_removing(
    view: EventsView, window: MainWindow, desk: InstantDesk, dialogs: FakeDialogs, qapp: QApplication
) -> None:
    found = chosen(view, desk, "Публичное заслушивание", qapp)
    dialogs.answers.append({"day": "18.12.2026", "reason": "просьба школ"})
    view.acts.move()
    settle(qapp)
    assert line(desk, "Публичное заслушивание").chip_word == "перенесено на\u00a018.12"
    dialogs.answers.append({"step": "month", "times": "2"})
    view.acts.repeat()
    settle(qapp)
    assert sum(one.title == found.title for one in events.listing(connection(desk), TODAY)) == 3
    view.choose(found.id)
    dialogs.answers.append({"reason": "нет зала"})
    view.acts.cancel()
    settle(qapp)
    assert "Событие отменено: нет зала." in said(view)
    dialogs.answers.append("remove")
    view.acts.remove()
    settle(qapp)
    assert work_events.event(connection(desk), found.id) is None
    desk.store.undo()  # type: ignore[union-attr]
    view.refresh()
    settle(qapp)
    assert work_events.event(connection(desk), found.id) is not None


def test_the_execution_takes_people_of_its_events(
    view: EventsView, desk: InstantDesk, dialogs: FakeDialogs, qapp: QApplication
) -> None:
    chosen(view, desk, "Стажировка на базе лицея", qapp)
    assert "В плане 2027 года событий 1, 7 человек из 4 школ" in said(view)
    dialogs.answers.append("all")
    press(view, "Взять в исполнение…", qapp)
    found = line(desk, "Стажировка на базе лицея")
    taken = connection(desk).execute("SELECT participants FROM execution WHERE lineage = ? AND plan_year = 2027",
                                     (found.lineage,)).fetchone()  # fmt: skip
    assert taken == (found.came,)


def test_the_card_of_an_activity_shows_its_events(
    view: EventsView, window: MainWindow, desk: InstantDesk, qapp: QApplication
) -> None:
    found = line(desk, "Стажировка на базе лицея")
    window.session.go("monitoring", ("execution", (found.lineage, 2027)))
    settle(qapp)
    page: Any = window.show_page("monitoring")
    card = page.views["execution"].card
    told = "\n".join(label.text() for label in card.findChildren(Label)).replace("\u00a0", " ")
    assert "В плане 2027 года событий 1, 7 человек из 4 школ" in told


def test_an_event_of_another_year_brings_all_years(
    view: EventsView, window: MainWindow, desk: InstantDesk, qapp: QApplication
) -> None:
    assert desk.store is not None
    with desk.store.operation("Событие", "event.add") as operation:
        key = operation.insert("work_event", title="Давнее", date_from="2021-03-01", state="held")
    window.session.go("work", ("events", key))
    settle(qapp)
    assert view.line is not None
    assert view.line.id == key
    assert view.period.currentData() == "all"
