"""«Сроки» in the real window: bars lie where the dates are, mouse and keys move them, the calendar, the table."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.analysis.programme_dates import DateRow
from app.models.store import Store
from app.operations import programme_edit, programme_life, programmes
from app.ui.main_window import MainWindow
from app.ui.pages.programme import ProgrammePage
from app.ui.pages.programme_dates import DatesView, dates_trouble, typed_dates
from app.ui.widgets.gantt import Gantt
from tests.ui.conftest import settle
from tests.ui.fakes import FakeDialogs, press

LEFT = Qt.MouseButton.LeftButton
ACTS = (
    ("first", "Список школ", "март 2026"),
    ("second", "Стажировки", "сентябрь – ноябрь 2026"),
    ("due", "Отчёт", "до 15.12.2026"),
    ("whole", "Консультации", "в течение года"),
    ("undated", "Беседы", ""),
)


def made(store: Store) -> dict[str, int]:
    key = {"programme": programmes.create(store, "municipal", "Поддержка школ", 2026, 2027)}
    task = programme_edit.add(store, key["programme"], "task", "Обучить учителей")
    for name, text, term in ACTS:
        key[name] = programme_edit.add(store, key["programme"], "activity", text, parent_id=task)
        if term:
            programme_edit.put_term(store, key[name], term)
    return key


@pytest.fixture
def key(window: MainWindow, qapp: QApplication) -> dict[str, int]:
    found = window.session.desk.write(made).result(10)
    settle(qapp)
    return found


@pytest.fixture
def view(window: MainWindow, key: dict[str, int], qapp: QApplication) -> DatesView:
    window.resize(1366, 768)
    page = window.show_page("programme")
    settle(qapp)
    assert isinstance(page, ProgrammePage)
    page.choose(key["programme"])
    found = page.show_view("dates")
    settle(qapp)
    assert isinstance(found, DatesView)
    found.zoom.setCurrentIndex(1)
    settle(qapp)
    return found


def spans(window: MainWindow, key: dict[str, int], name: str) -> list[tuple[str, str]]:
    tree = window.session.desk.read(programmes.tree, key["programme"]).result(10)
    return [(row.date_from, row.date_to) for row in tree.terms.get(key[name], ())]


def drag(chart: Gantt, start: QPoint, end: QPoint, qapp: QApplication) -> None:
    port = chart.viewport()
    QTest.mousePress(port, LEFT, pos=start)
    for step in range(1, 5):
        QTest.mouseMove(port, start + (end - start) * (step / 4))
        qapp.processEvents()
    QTest.mouseRelease(port, LEFT, pos=end)
    settle(qapp)


def shown(view: DatesView, node: int) -> None:
    assert view.chart.choose(node)


def current(view: DatesView) -> DateRow:
    found = view.chart.current()
    assert found is not None
    return found


def by_days(view: DatesView, days: int) -> QPoint:
    return QPoint(round(days * view.chart.scale.day), 0)


def test_without_a_programme_the_view_says_what_will_stand_here(window: MainWindow, qapp: QApplication) -> None:
    for line in window.session.desk.read(programmes.listing).result(10):
        window.session.desk.write(programmes.remove, line.programme.id).result(10)
    settle(qapp)
    page = window.show_page("programme")
    assert isinstance(page, ProgrammePage)
    found = page.show_view("dates")
    settle(qapp)
    assert isinstance(found, DatesView)
    assert found.body.currentIndex() == 0
    assert found.nothing.isVisible()
    assert not found.saving.isEnabled()


def test_a_bar_lies_from_its_first_to_its_last_day(view: DatesView, key: dict[str, int]) -> None:
    chart = view.chart
    shown(view, key["second"])
    box = chart.rect_of(key["second"])
    assert chart.day_at(box.left() + 1) == date(2026, 9, 1)
    assert chart.day_at(box.right() - 1) == date(2026, 11, 30)
    due = chart.rect_of(key["due"])
    assert due.width() == due.height()
    middle = (chart.view_x(date(2026, 12, 15)) + chart.view_right(date(2026, 12, 15))) / 2
    assert abs(due.center().x() + 0.5 - middle) <= 1
    assert chart.rect_of(key["undated"]).isEmpty()
    assert "без срока 1" in view.chips["undated"].text()


def test_dragging_a_bar_moves_it_and_the_text_is_marked_then_rewritten(
    view: DatesView, window: MainWindow, key: dict[str, int], qapp: QApplication
) -> None:
    shown(view, key["second"])
    middle = view.chart.rect_of(key["second"]).center()
    drag(view.chart, middle, middle + by_days(view, 30), qapp)
    assert spans(window, key, "second") == [("2026-10-01", "2026-12-30")]
    row = current(view)
    assert row.marked("text-differs")
    assert row.term == "сентябрь – ноябрь 2026"
    assert view.one_text.isVisible()
    view.one_text.click()
    settle(qapp)
    assert current(view).term == "01.10.2026 – 30.12.2026"
    assert current(view).marks == ()
    assert spans(window, key, "second") == [("2026-10-01", "2026-12-30")]


def test_dragging_an_end_changes_that_end_alone(
    view: DatesView, window: MainWindow, key: dict[str, int], qapp: QApplication
) -> None:
    shown(view, key["second"])
    box = view.chart.rect_of(key["second"])
    drag(view.chart, QPoint(box.right(), box.center().y()), QPoint(box.right(), box.center().y()) + by_days(view, -20),
         qapp)  # fmt: skip
    assert spans(window, key, "second") == [("2026-09-01", "2026-11-10")]
    box = view.chart.rect_of(key["second"])
    drag(view.chart, QPoint(box.left() + 1, box.center().y()),
         QPoint(box.left() + 1, box.center().y()) + by_days(view, 500), qapp)  # fmt: skip
    assert spans(window, key, "second") == [("2026-11-10", "2026-11-10")], "the begin never passes the end"


def test_escape_lets_go_and_nothing_is_written(
    view: DatesView, window: MainWindow, key: dict[str, int], qapp: QApplication
) -> None:
    shown(view, key["second"])
    middle = view.chart.rect_of(key["second"]).center()
    QTest.mousePress(view.chart.viewport(), LEFT, pos=middle)
    QTest.mouseMove(view.chart.viewport(), middle + by_days(view, 20))
    qapp.processEvents()
    assert view.chart.moved is not None
    press(view.chart, Qt.Key.Key_Escape)
    QTest.mouseRelease(view.chart.viewport(), LEFT, pos=middle + by_days(view, 20))
    settle(qapp)
    assert spans(window, key, "second") == [("2026-09-01", "2026-11-30")]


def test_dates_are_drawn_into_an_empty_row(
    view: DatesView, window: MainWindow, key: dict[str, int], qapp: QApplication
) -> None:
    shown(view, key["second"])
    y = view.chart.row_area(view.chart._places[key["undated"]]).center().y()
    start = QPoint(round(view.chart.view_x(date(2026, 9, 5))) + 1, y)
    end = QPoint(round(view.chart.view_x(date(2026, 9, 25))) + 1, y)
    drag(view.chart, start, end, qapp)
    assert spans(window, key, "undated") == [("2026-09-05", "2026-09-25")]


def test_a_tie_is_drawn_from_the_end_of_one_bar_to_another_row_and_taken_away(
    view: DatesView, window: MainWindow, key: dict[str, int], qapp: QApplication
) -> None:
    shown(view, key["second"])
    handle = view.chart.handle_rect(view.chart.current_row)
    assert handle is not None
    target = view.chart.rect_of(key["due"]).center()
    drag(view.chart, handle.center(), target, qapp)
    row = next(row for row in view.chart.rows if row.node_id == key["due"])
    assert row.after == (key["second"],)
    assert [(first, second) for first, second, _wrong in view.chart.arrows] == [(2, 3)]
    view.chart.choose(key["due"])
    word, run = view.chart.row_actions[-1]
    assert word == "Убрать связь «после 1.2»"
    run()
    settle(qapp)
    assert view.chart.arrows == []


def test_keys_go_through_rows_and_move_dates_by_a_day_a_week_a_month(
    view: DatesView, window: MainWindow, key: dict[str, int], qapp: QApplication
) -> None:
    chart = view.chart
    chart.choose(key["first"])
    press(chart, Qt.Key.Key_Down)
    assert current(view).node_id == key["second"]
    assert "Стажировки" in chart.accessibleDescription()
    assert "01.09.2026–30.11.2026" in chart.accessibleDescription()
    press(chart, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    settle(qapp)
    assert spans(window, key, "second") == [("2026-09-02", "2026-12-01")], "a day where months are wide"
    press(chart, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier)
    settle(qapp)
    assert spans(window, key, "second") == [("2026-09-02", "2026-11-30")], "the end alone"
    view.zoom.setCurrentIndex(2)
    press(chart, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    settle(qapp)
    assert spans(window, key, "second") == [("2026-09-09", "2026-12-07")], "a week"


def test_enter_opens_the_node_in_the_tree(view: DatesView, key: dict[str, int], qapp: QApplication) -> None:
    view.chart.choose(key["due"])
    press(view.chart, Qt.Key.Key_Return)
    settle(qapp)
    assert view.page.view == "tree"


def test_dates_are_typed_too(
    view: DatesView, window: MainWindow, key: dict[str, int], dialogs: FakeDialogs, qapp: QApplication
) -> None:
    view.chart.choose(key["undated"])
    dialogs.answers.append({"dates": "01.09.2026–30.09.2026\n15.12.2026"})
    view.dating.click()
    settle(qapp)
    assert spans(window, key, "undated") == [("2026-09-01", "2026-09-30"), ("2026-12-15", "2026-12-15")]
    assert dates_trouble("31.02.2026").startswith("«31.02.2026» — не дата")
    assert "конец раньше" in dates_trouble("02.03.2026 - 01.03.2026")
    assert typed_dates("02.03.2026 — 05.03.2026") == [(date(2026, 3, 2), date(2026, 3, 5))]


def test_an_approved_programme_is_not_moved(
    view: DatesView, window: MainWindow, key: dict[str, int], qapp: QApplication
) -> None:
    window.session.desk.write(
        programme_life.approve, key["programme"], act_kind="постановление", act_number="7", act_date="2026-11-20"
    ).result(10)
    settle(qapp)
    view.page.refresh()
    settle(qapp)
    shown(view, key["second"])
    middle = view.chart.rect_of(key["second"]).center()
    drag(view.chart, middle, middle + by_days(view, 30), qapp)
    press(view.chart, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    settle(qapp)
    assert spans(window, key, "second") == [("2026-09-01", "2026-11-30")]
    assert not view.dating.isEnabled()


def test_the_calendar_tells_a_day_and_a_month(view: DatesView, key: dict[str, int], qapp: QApplication) -> None:
    view.show_look("calendar")
    calendar = view.calendar
    calendar.year, calendar.month = 2026, 11
    calendar.step(1)
    assert calendar.title.text() == "декабрь 2026"
    place = next(calendar.model.index(row, column) for row in range(5) for column in range(7)
                 if calendar.model.day(calendar.model.index(row, column)) == date(2026, 12, 15))  # fmt: skip
    assert calendar.model.text(place) == "15\nсрок 1.3"
    calendar.grid.setCurrentIndex(place)
    assert calendar.listed() == ["срок 1.3. Отчёт"]
    calendar.look.setCurrentIndex(1)
    assert calendar.model.text(calendar.model.index(8, 0)) == "1.2", "September: begins"
    assert calendar.model.text(calendar.model.index(11, 2)) == "1.3"
    calendar.list.activated.emit(calendar.model.events_at(calendar.model.index(11, 2))[0])
    settle(qapp)
    assert view.page.view == "tree"


def test_the_same_is_a_table_and_is_copied(view: DatesView, qapp: QApplication) -> None:
    view.show_look("table")
    view.copying.click()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0].split("\t") == ["№", "Мероприятие", "Срок словами", "Даты", "Состояние"]
    assert lines[2].split("\t")[1:4] == ["Стажировки", "сентябрь – ноябрь 2026", "01.09.2026–30.11.2026"]
    assert lines[5].endswith("без срока")


def test_only_rows_with_a_mark_are_shown_with_their_heading(view: DatesView, key: dict[str, int]) -> None:
    view.chips["undated"].click()
    assert [row.node_id for row in view.chart.rows if not row.heading] == [key["undated"]]
    assert view.chart.rows[0].heading
    view.chips["undated"].click()
    assert len(view.chart.rows) == 6


def test_the_picture_holds_all_days(view: DatesView, dialogs: FakeDialogs, tmp_path: Path, qapp: QApplication) -> None:
    dialogs.answers.append(tmp_path / "сроки")
    view.saving.click()
    settle(qapp)
    saved = tmp_path / "сроки.png"
    assert saved.read_bytes().startswith(b"\x89PNG")
    assert view.chart.picture().width() == view.chart.left_width + view.chart.scale.width
