"""The calendar driven through the window: keys, drag and drop, conflicts, kinds, year, file, other places."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QAction, QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.models.store import new_id
from app.operations.calendar_items import KIND_WORDS
from app.ui import theme
from app.ui.day_line_mime import MIME, DayThing, pack, unpack
from app.ui.main_window import MainWindow
from app.ui.pages import lines_to_take
from app.ui.pages.work import WorkPage
from app.ui.pages.work_calendar import CalendarView
from app.ui.screen_check import faults
from app.ui.widgets.agenda import ITEM
from app.ui.widgets.basics import Button
from app.ui.widgets.labels import Label
from app.ui.widgets.month_grid import MonthGrid
from tests.ui.conftest import settle
from tests.ui.fakes import FakeDialogs, type_ru

BUSY = date(2032, 4, 14)
"""A Wednesday of a year in which the example has nothing."""


def _put(window: MainWindow, table: str, **values: Any) -> int:
    desk: Any = window.session.desk
    with desk.store.operation("проба", "test") as operation:
        return int(operation.insert(table, id=new_id(), **values))


def _event(window: MainWindow, title: str, first: str, **values: Any) -> int:
    return _put(window, "work_event", title=title, date_from=first, **values)


_DAYS = "SELECT date_from || ' ' || date_to FROM work_event WHERE id = ?"


def _value(window: MainWindow, sql: str, *values: Any) -> Any:
    desk: Any = window.session.desk
    return desk.reader.execute(sql, values).fetchone()[0]


def _view(window: MainWindow, qapp: QApplication, day: date | None = BUSY) -> CalendarView:
    window.go("work", "calendar" if day is None else ("calendar", day.isoformat()))
    settle(qapp)
    page = window.page
    assert isinstance(page, WorkPage)
    view = page.views["calendar"]
    assert isinstance(view, CalendarView)
    view.focus_main()
    return view


def _key(view: Any, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(view, key, modifier)


@pytest.fixture
def gone(window: MainWindow) -> list[tuple[str, Any]]:
    """Where the view asks the window to go, without going."""
    found: list[tuple[str, Any]] = []
    window.session.wanted.disconnect()
    window.session.wanted.connect(lambda place, payload: found.append((place, payload)))
    return found


# --- keys --------------------------------------------------------------------------------------------------------


def test_arrows_and_pages_go_through_days_weeks_and_months(window: MainWindow, qapp: QApplication) -> None:
    view = _view(window, qapp, date(2032, 4, 1))
    grid = view.month_grid
    assert view.name.text() == "Апрель 2032"
    for key, wanted in (
        (Qt.Key.Key_Right, date(2032, 4, 2)), (Qt.Key.Key_Down, date(2032, 4, 9)), (Qt.Key.Key_Home, date(2032, 4, 5)),
        (Qt.Key.Key_End, date(2032, 4, 11)), (Qt.Key.Key_Up, date(2032, 4, 4)), (Qt.Key.Key_PageDown, date(2032, 5, 4)),
        (Qt.Key.Key_PageUp, date(2032, 4, 4)), (Qt.Key.Key_PageUp, date(2032, 3, 4)),
    ):  # fmt: skip
        _key(grid, key)
        settle(qapp)
        assert (view.day, grid.day()) == (wanted, wanted)
    view.show_day(date(2032, 3, 1))
    _key(grid, Qt.Key.Key_Left)
    settle(qapp)
    assert (view.day, view.name.text()) == (date(2032, 2, 29), "Февраль 2032")
    view.go_today()
    assert view.day == window.session.today()
    assert grid.hasFocus()


def test_a_day_of_the_month_beside_brings_its_month(window: MainWindow, qapp: QApplication) -> None:
    view = _view(window, qapp, date(2032, 4, 30))
    assert view.month_grid.choose(date(2032, 5, 2))
    settle(qapp)
    assert (view.name.text(), view.month_grid.day()) == ("Май 2032", date(2032, 5, 2))


@pytest.mark.parametrize(
    ("edge", "number", "key"), [(date(2099, 12, 31), 1, Qt.Key.Key_Down), (date(2000, 1, 1), -1, Qt.Key.Key_Up)]
)
def test_past_its_ends_the_calendar_stays_where_it_is(
    window: MainWindow, qapp: QApplication, edge: date, number: int, key: Qt.Key
) -> None:
    view = _view(window, qapp, edge)
    view.step(number)
    QTest.keyClick(view.month_grid, key)
    settle(qapp)
    view.show_day(date.max if number > 0 else date.min)
    settle(qapp)
    assert (view.day.year, view.month_grid.day()) == (edge.year, edge)


def test_enter_goes_into_the_day_and_esc_back(window: MainWindow, qapp: QApplication, gone: list[Any]) -> None:
    key = _event(window, "Семинар о чтении", BUSY.isoformat(), time_from="10:00")
    view = _view_without_going(window, qapp)
    agenda = view.side.agenda
    _key(view.month_grid, Qt.Key.Key_Return)
    assert agenda.hasFocus()
    _key(agenda, Qt.Key.Key_Return)
    assert gone == [("work", ("events", key))]
    _key(agenda, Qt.Key.Key_Escape)
    assert view.month_grid.hasFocus()


def _view_without_going(window: MainWindow, qapp: QApplication) -> CalendarView:
    window.go("work", ("calendar", BUSY.isoformat()))
    settle(qapp)
    page = window.page
    assert isinstance(page, WorkPage)
    view = page.views["calendar"]
    assert isinstance(view, CalendarView)
    view.focus_main()
    return view


@pytest.mark.parametrize("typed", ["n", "т", "insert"])
def test_n_begins_an_event_on_the_day_in_both_layouts(
    window: MainWindow, qapp: QApplication, gone: list[Any], typed: str
) -> None:
    view = _view_without_going(window, qapp)
    if typed != "т":
        _key(view.month_grid, Qt.Key.Key_Insert if typed == "insert" else Qt.Key.Key_N)
    else:
        type_ru(view.month_grid, typed)
    assert gone == [("event", {"date_from": "14.04.2032"})]


def test_alt_with_arrows_moves_a_thing_and_ctrl_z_takes_it_back(window: MainWindow, qapp: QApplication) -> None:
    key_of = _event(window, "Семинар", BUSY.isoformat())
    view = _view(window, qapp)
    agenda = view.side.agenda
    agenda.setFocus()
    for key, wanted in ((Qt.Key.Key_Right, "2032-04-15"), (Qt.Key.Key_Down, "2032-04-22"),
                        (Qt.Key.Key_Left, "2032-04-21")):  # fmt: skip
        _key(agenda, key, Qt.KeyboardModifier.AltModifier)
        settle(qapp)
        assert _value(window, "SELECT date_from FROM work_event WHERE id = ?", key_of) == wanted
        assert (view.day.isoformat(), agenda.current_name().partition(":")[0]) == (wanted, "event")
    desk: Any = window.session.desk
    for _step in range(3):
        desk.store.undo()
    settle(qapp)
    assert _value(window, "SELECT date_from FROM work_event WHERE id = ?", key_of) == BUSY.isoformat()


# --- what is seen ------------------------------------------------------------------------------------------------


def test_everybody_hears_what_a_day_is(window: MainWindow, qapp: QApplication) -> None:
    _event(window, "Семинар", "2032-05-07", time_from="10:00", time_to="12:00")
    view = _view(window, qapp, date(2032, 5, 7))
    model = view.month_grid.days
    told = model.data(model.place(date(2032, 5, 7)), Qt.ItemDataRole.AccessibleTextRole)
    assert told == ("07.05.2032, пятница; рабочий день\n1\u00a0запись\n— семинар «Семинар», 10:00–12:00, запланировано")
    off = model.data(model.place(date(2032, 5, 1)), Qt.ItemDataRole.AccessibleTextRole)
    assert off.startswith("01.05.2032, суббота; выходной; Праздник Весны и Труда")
    assert view.month_grid.accessibleDescription() == told
    assert model.headerData(0, Qt.Orientation.Vertical, Qt.ItemDataRole.AccessibleTextRole) == "неделя\u00a018"
    line = view.side.agenda.item(0)
    assert line.data(Qt.ItemDataRole.AccessibleTextRole) == "семинар «Семинар», 10:00–12:00, запланировано"
    assert view.sentence == "Май 2032: 1\u00a0запись, рабочих дней\u00a019"


def test_things_over_several_days_run_through_and_the_rest_is_counted(window: MainWindow, qapp: QApplication) -> None:
    long = _event(window, "Стажировка", "2032-04-15", date_to="2032-04-20")
    for number in range(9):
        _event(window, f"Событие {number}", BUSY.isoformat(), time_from=f"{number + 9:02}:00")
    view = _view(window, qapp)
    grid = view.month_grid
    pieces = [(week.number, piece.column, piece.days, piece.begins, piece.ends) for week in grid.weeks
              for piece in week.pieces if piece.key == f"event:{long}"]  # fmt: skip
    assert pieces == [(16, 3, 4, True, False), (17, 0, 2, False, True)]
    week = next(week for week in grid.weeks if BUSY in week.days)
    shown = sum(piece.column == 2 for piece in week.pieces)
    assert shown == grid.lanes() - 1
    assert week.hidden[2] == 9 - shown
    assert view.side.agenda.count() == 9
    boxes = [box for _item, box, _begins, _ends in grid.boxes()]
    assert all(grid.viewport().rect().contains(box.toRect()) for box in boxes)


def test_a_small_window_cuts_nothing(window: MainWindow, qapp: QApplication) -> None:
    _event(window, "Конференция с очень длинным названием " * 3, BUSY.isoformat(), methodist="Ким О. В.",
           time_from="10:00")  # fmt: skip
    _event(window, "Второе", BUSY.isoformat(), methodist="Ким О. В.", time_from="10:30")
    window.resize(1280, 720)
    view = _view(window, qapp)
    assert not [fault for fault in faults(window) if fault.kind != "latin"]
    assert view.month_grid.lanes() >= 2
    view.mode.choose("year")
    settle(qapp)
    assert not [fault for fault in faults(window) if fault.kind != "latin"]
    theme.install(qapp, theme.Theme(theme.DARK, 16))
    settle(qapp)
    view.mode.choose("month")
    view.month_grid.follow_theme()
    assert view.month_grid.lanes() >= 1


def test_an_empty_month_says_so(window: MainWindow, qapp: QApplication) -> None:
    view = _view(window, qapp)
    assert view.sentence == "Апрель 2032: записей нет, рабочих дней\u00a022"
    assert view.side.nothing.isVisible()
    assert not view.side.agenda.isVisible()


# --- drag and drop -----------------------------------------------------------------------------------------------


def _drop(grid: MonthGrid, data: QMimeData, day: date) -> tuple[bool, bool]:
    """Drag data over a day and let it go; returns whether entering and dropping were taken."""
    place = grid.visualRect(grid.days.place(day)).center()
    actions, left, none = Qt.DropAction.MoveAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(place, actions, data, left, none)
    enter.ignore()
    grid.dragEnterEvent(enter)
    grid.dragMoveEvent(QDragMoveEvent(place, actions, data, left, none))
    drop = QDropEvent(QPointF(place), actions, data, left, none)
    drop.ignore()
    grid.dropEvent(drop)
    return enter.isAccepted(), drop.isAccepted()


def test_an_event_dropped_on_another_day_moves_whole(window: MainWindow, qapp: QApplication) -> None:
    key = _event(window, "Стажировка", "2032-04-13", date_to="2032-04-15")
    view = _view(window, qapp)
    grid = view.month_grid
    box = grid.box_of(f"event:{key}")
    assert box is not None
    item = grid.item_at(QPoint(box.left() + 5, box.center().y()))
    assert item is not None
    data = grid.make_drag(item, date(2032, 4, 14)).mimeData()
    assert json.loads(data.data(MIME).toStdString()) == {
        "source": "event", "key": key, "day": "2032-04-14", "text": "Стажировка", "school_id": None
    }  # fmt: skip
    assert _drop(grid, data, date(2032, 4, 21)) == (True, True)
    settle(qapp)
    assert _value(window, _DAYS, key) == "2032-04-20 2032-04-22"
    assert view.day == date(2032, 4, 21)
    assert grid.over is None
    desk: Any = window.session.desk
    desk.store.undo()
    settle(qapp)
    assert _value(window, _DAYS, key) == "2032-04-13 2032-04-15"
    assert grid.box_of(f"event:{key}") == box


def test_a_task_from_another_page_can_be_dropped_on_a_day(window: MainWindow, qapp: QApplication) -> None:
    key = _put(window, "task", text="Собрать отчёты", due_on="2032-04-05")
    view = _view(window, qapp)
    assert _drop(view.month_grid, pack(DayThing("task", key, "2032-04-05", "Собрать отчёты")), BUSY) == (True, True)
    assert _value(window, "SELECT due_on FROM task WHERE id = ?", key) == BUSY.isoformat()


def test_what_cannot_move_says_why(window: MainWindow, qapp: QApplication) -> None:
    key = _event(window, "Прошло", "2032-04-13", state="held")
    view = _view(window, qapp)
    _drop(view.month_grid, pack(DayThing("event", key, "2032-04-13", "Прошло")), BUSY)
    settle(qapp)
    assert _value(window, "SELECT date_from FROM work_event WHERE id = ?", key) == "2032-04-13"
    told = [label.text() for label in view.page.findChildren(Label) if label.isVisible()]
    assert any("«Прошло» перенести нельзя: событие уже прошло." in text for text in told)


def test_strange_data_are_not_taken(window: MainWindow, qapp: QApplication) -> None:
    view = _view(window, qapp)
    strange = QMimeData()
    strange.setText("текст")
    broken = []
    for raw in (b"{", b"[]", b'{"source": "event"}', b'{"source": 1, "key": 2, "day": "", "text": ""}',
                b'{"source": "task", "key": "2", "day": "", "text": ""}'):  # fmt: skip
        data = QMimeData()
        data.setData(MIME, raw)
        broken.append(data)
    for data in (strange, *broken):
        assert unpack(data) is None
        assert _drop(view.month_grid, data, BUSY) == (False, False)
    thing = DayThing("task", 5, "2032-04-05", "«Дело», счёт", 7)
    assert unpack(pack(thing)) == thing


def test_the_agenda_gives_the_same_data(window: MainWindow, qapp: QApplication) -> None:
    school = _value(window, "SELECT id FROM organisation WHERE kind = 'school' LIMIT 1")
    key = _put(window, "help_entry", kind="visit", held_on="2032-04-01", organisation_id=school,
               next_step="повторный выезд", next_on=BUSY.isoformat())  # fmt: skip
    view = _view(window, qapp)
    agenda = view.side.agenda
    assert agenda.item(0).data(ITEM).text.endswith(": повторный выезд")
    assert unpack(agenda.mimeData([agenda.item(0)])) == DayThing("next", key, "2032-04-14", "повторный выезд", school)


# --- conflicts, menus, kinds -------------------------------------------------------------------------------------


def test_a_conflict_is_told_and_its_step_mends_it(window: MainWindow, qapp: QApplication) -> None:
    for title, start in (("Чтение", "10:00"), ("Письмо", "10:30")):
        _event(window, title, BUSY.isoformat(), time_from=start, time_to="12:00", methodist="Ким О. В.")
    view = _view(window, qapp)
    assert view.month_grid.days.clash == {BUSY: 1}
    assert view.sentence.endswith("1\u00a0накладка")
    button = next(one for one in view.side.clashes.findChildren(Button) if one.isVisible())
    assert button.text() == "Перенести второе на\u00a015.04.2032"
    assert button.accessibleName() == "Перенести второе на\u00a015.04.2032: Письмо"
    button.click()
    settle(qapp)
    assert _value(window, "SELECT date_from FROM work_event WHERE title = 'Письмо'") == "2032-04-15"
    assert view.day == date(2032, 4, 15)
    assert not view.month_grid.days.clash


def _actions(menu: Any) -> dict[str, QAction]:
    return {action.text(): action for action in menu.actions() if action.text()}


def test_the_menu_of_a_thing_moves_it_and_writes_it_down(
    window: MainWindow, qapp: QApplication, gone: list[Any]
) -> None:
    key = _put(window, "task", kind="visit", text="Выезд", due_on=BUSY.isoformat())
    view = _view_without_going(window, qapp)
    item = view.side.agenda.item_now()
    actions = _actions(view.item_menu(item))
    actions["Записать в журнал…"].trigger()
    assert gone == [("new_help", {"source": "task", "key": key, "day": "2032-04-14", "text": "Выезд",
                                  "school_id": None})]  # fmt: skip
    actions["На неделю позже"].trigger()
    assert _value(window, "SELECT due_on FROM task WHERE id = ?", key) == "2032-04-21"
    _actions(view.item_menu(None))["Записать помощь…"].trigger()
    assert gone[-1] == ("new_help", {"day": "21.04.2032"})


def test_kinds_are_hidden_and_remembered(window: MainWindow, qapp: QApplication) -> None:
    _event(window, "Семинар", BUSY.isoformat())
    _put(window, "task", text="Дело", due_on=BUSY.isoformat())
    view = _view(window, qapp)
    assert view.side.agenda.count() == 2
    menu = view.kinds_menu()
    assert list(_actions(menu)) == [*KIND_WORDS.values(), "Показать все"]
    _actions(menu)["Дела"].trigger()
    settle(qapp)
    assert [view.side.agenda.item(0).text(), view.side.agenda.count()] == ["Семинар", 1]
    assert view.kinds.text() == "Видов 8 из 9…"
    assert window.session.habits.get("calendar:hidden", []) == ["task"]
    _actions(view.kinds_menu())["Показать все"].trigger()
    assert view.side.agenda.count() == 2


def test_a_lead_school_has_a_calendar_of_its_own(window: MainWindow, qapp: QApplication) -> None:
    school = _value(window, "SELECT id FROM organisation WHERE kind = 'school' LIMIT 1")
    _event(window, "Служба", BUSY.isoformat())
    _event(window, "Школа", BUSY.isoformat(), owner_id=school)
    view = _view(window, qapp)
    assert view.side.agenda.count() == 2
    assert view.whose.choose(f"school:{school}")
    settle(qapp)
    assert [view.side.agenda.item(0).text(), view.side.agenda.count()] == ["Школа", 1]


# --- the year, the file, papers ----------------------------------------------------------------------------------


def test_the_year_counts_and_opens_a_month(window: MainWindow, qapp: QApplication) -> None:
    _event(window, "Семинар", BUSY.isoformat())
    view = _view(window, qapp)
    view.mode.choose("year")
    settle(qapp)
    grid = view.year_grid
    assert (view.name.text(), grid.day(), grid.days.total(4)) == ("2032\u00a0год", BUSY, 1)
    view.focus_main()
    _key(grid, Qt.Key.Key_Down)
    assert (view.day, view.side.name.text()) == (date(2032, 4, 21), "Среда, 21\u00a0апреля")
    _key(grid, Qt.Key.Key_PageDown)
    settle(qapp)
    assert (view.name.text(), grid.day()) == ("2033\u00a0год", date(2033, 4, 21))
    _key(grid, Qt.Key.Key_PageUp)
    settle(qapp)
    heading = grid.visualRect(grid.days.index(8, 8)).center()
    QTest.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=heading)
    settle(qapp)
    assert (view.mode.currentData(), view.name.text(), view.month_grid.hasFocus()) == ("month", "Июнь 2032", True)
    view.show_day(date(2032, 1, 1))
    view.mode.choose("year")
    settle(qapp)
    _key(grid, Qt.Key.Key_Left)
    settle(qapp)
    assert (view.name.text(), grid.day()) == ("2031\u00a0год", date(2031, 12, 31))


def test_the_file_of_the_month_is_written(
    window: MainWindow, qapp: QApplication, dialogs: FakeDialogs, tmp_path: Path
) -> None:
    key = _event(window, "Семинар", BUSY.isoformat(), methodist="Ким О. В.")
    view = _view(window, qapp)
    target = tmp_path / "календарь.ics"
    for people in (False, True):
        dialogs.answers.append(target)
        view.export(people=people)
        settle(qapp)
        found: Any = list(Calendar.from_ical(target.read_bytes()).walk("VEVENT"))
        assert [str(one["UID"]).partition("@")[0] for one in found] == [f"event-{key}"]
        assert ("Ким" in str(found[0]["DESCRIPTION"])) is people
    assert list(_actions(view.export_menu())) == ["Без имён людей…", "С именами ответственных…"]


def test_print_opens_the_paper_of_what_is_shown(window: MainWindow, qapp: QApplication, gone: list[Any]) -> None:
    view = _view_without_going(window, qapp)
    view.print_page()
    view.mode.choose("year")
    view.print_page()
    assert gone == [("papers", ("work_calendar_month", {"period": "2032-04", "whose": "all"})),
                    ("papers", ("work_calendar_year", {"year": "2032", "whose": "all"}))]  # fmt: skip


def test_a_file_open_for_reading_moves_nothing(window: MainWindow, qapp: QApplication, db: Path) -> None:
    key = _event(window, "Семинар", BUSY.isoformat())
    view = _view(window, qapp)
    desk: Any = window.session.desk
    desk.store, kept = None, desk.store
    view.refresh()
    assert not view.buttons[2].isEnabled()
    assert _drop(view.month_grid, pack(DayThing("event", key, "", "Семинар")), date(2032, 4, 20)) == (False, False)
    assert not _actions(view.item_menu(view.side.agenda.item_now()))["На день позже"].isEnabled()
    desk.store = kept


# --- from «Сегодня» ----------------------------------------------------------------------------------------------


def test_lines_of_the_day_go_to_journal_and_calendar(window: MainWindow, qapp: QApplication, gone: list[Any]) -> None:
    from app.operations import day_lines

    key = _put(window, "task", kind="visit", text="Выезд", due_on="2026-11-24")
    desk: Any = window.session.desk
    found = day_lines.due_lines(desk.reader, window.session.today(), date(2026, 11, 24), date(2026, 11, 24))
    line = next(one for one in found if one.key == key)
    actions = _actions(lines_to_take.menu_of(window, window.session, line))
    for action in actions.values():
        action.trigger()
    assert gone == [
        ("new_help", {"source": "task", "key": key, "day": "2026-11-24", "text": "Выезд", "school_id": None}),
        ("work", ("calendar", ("2026-11-24", f"task:{key}"))),
    ]


def test_a_line_of_the_day_is_shown_in_the_calendar(window: MainWindow, qapp: QApplication) -> None:
    first = _put(window, "task", text="Первое", due_on=BUSY.isoformat())
    second = _put(window, "task", text="Второе", due_on=BUSY.isoformat())
    for key in (first, second):
        window.go("work", ("calendar", (BUSY.isoformat(), f"task:{key}")))
        settle(qapp)
        page = window.page
        assert isinstance(page, WorkPage)
        view: Any = page.views["calendar"]
        assert (view.day, view.side.agenda.current_name()) == (BUSY, f"task:{key}")
        assert view.month_grid.current_name == f"task:{key}"
