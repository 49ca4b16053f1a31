"""The views of «Сегодня» driven as a person does: tasks, requests, the month, the report, the digest."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from app.operations import history, month_plan, registers, requests, tasks, today, workday
from app.ui.main_window import MainWindow
from app.ui.pages.today import SEEN, TaskRow, TodayPage, seen_since
from app.ui.widgets.basics import Button
from tests.ui.conftest import TODAY, settle
from tests.ui.fakes import FakeDialogs


def _page(window: MainWindow, qapp: QApplication, payload: object = None) -> TodayPage:
    window.go("today", payload)
    settle(qapp)
    page = window.page
    assert isinstance(page, TodayPage)
    return page


def _desk(window: MainWindow) -> Any:
    """The desk of these tests keeps its connections in sight."""
    return window.session.desk


def _texts(widget: Any) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def _open_tasks(window: MainWindow) -> dict[str, dict[str, Any]]:
    rows = registers.rows(_desk(window).reader, "tasks")
    return {row["text"]: row for row in rows if row["done_on"] is None}


# --- the day -----------------------------------------------------------------------------------------------------


def test_every_line_of_the_day_opens_its_place(window: MainWindow, qapp: QApplication) -> None:
    page = _page(window, qapp)
    found = today.today(_desk(window).reader, TODAY)
    assert {step.line.source for step in found.steps if step.line} >= {"task", "request", "activity"}
    tabs = {"school_list": "tab_school_list", "monitoring": "monitoring", "schools": "school", "checklists": "forms"}
    for number, step in enumerate(found.steps):
        window.go("today", None)
        settle(qapp)
        rows = page.steps.findChildren(TaskRow)
        row = [row for row in rows if row.isVisibleTo(page)][number]
        row.findChildren(Button)[-1].click()
        settle(qapp)
        assert window.page is not None
        if step.place is not None and step.place[0] in tabs.values():
            assert tabs[window.page.name] == step.place[0], step.text
        else:
            assert window.page.name in {"today", "school_list", "schools", "reports", "programme", "work"}, step.text
        window.workspace.close_windows()


def test_a_task_is_marked_right_from_the_day(window: MainWindow, qapp: QApplication) -> None:
    page = _page(window, qapp)
    before = _open_tasks(window)
    weekly = next(text for text, row in before.items() if row["repeat"] == "week")
    row = next(row for row in page.steps.findChildren(TaskRow) if row.text.text() == weekly)
    next(button for button in row.findChildren(Button) if button.text() == "Сделано").click()
    settle(qapp)
    again = _open_tasks(window)[weekly]
    assert again["due_on"] > before[weekly]["due_on"]
    assert "следующее уже записано" in _texts(page.bar)
    window.perform("undo")
    settle(qapp)
    assert _open_tasks(window)[weekly]["due_on"] == before[weekly]["due_on"]


def test_changes_are_told_since_the_last_day_of_work(window: MainWindow) -> None:
    session = window.session
    key = str(session.desk.path)
    session.habits.put(SEEN, {})
    assert seen_since(session) is None, "the first time everything is told"
    assert seen_since(session) is None, "and the whole first day"
    session.habits.put(SEEN, {key: ["2026-11-20", "2026-11-19T10:00:00+00:00", "2026-11-20T15:00:00+00:00"]})
    assert seen_since(session) == "2026-11-20T15:00:00+00:00", "another day: since it was seen last"
    assert seen_since(session) == "2026-11-20T15:00:00+00:00", "in the evening the same as in the morning"
    session.habits.put(SEEN, {key: "nonsense"})
    assert seen_since(session) is None


def test_the_heading_says_since_when(window: MainWindow, qapp: QApplication) -> None:
    key = str(window.session.desk.path)
    window.habits.put(SEEN, {key: ["2026-11-20", "", "2099-01-01T00:00:00+00:00"]})
    page = window.show_page("today")
    page.mark_stale()
    settle(qapp)
    assert isinstance(page, TodayPage)
    assert page.changes.heading.text().startswith("Что изменилось с")
    assert "С прошлого раза ничего не менялось." in _texts(page.changes)


# --- tasks -------------------------------------------------------------------------------------------------------


def test_a_task_is_written_from_anywhere_with_the_place_that_is_shown(
    window: MainWindow, dialogs: FakeDialogs, qapp: QApplication
) -> None:
    window.show_page("programme")
    settle(qapp)
    dialogs.answers = [{"text": "Свериться с планом", "due": "24.11.2026", "repeat": "month"}]
    window.perform("new_task")
    settle(qapp)
    row = _open_tasks(window)["Свериться с планом"]
    assert (row["due_on"], row["repeat"], row["place"]) == ("2026-11-24", "month", "programme")
    page = _page(window, qapp)
    assert "Свериться с планом" in {row.text.text() for row in page.steps.findChildren(TaskRow)}


def test_a_bad_day_is_told_before_the_form_is_accepted() -> None:
    from app.ui.typed_days import day_trouble

    assert day_trouble("28.11.2026") == ""
    assert day_trouble("") == ""
    assert "не дата" in day_trouble("завтра")


def test_done_tasks_are_out_of_the_way_until_they_are_asked_for(window: MainWindow, qapp: QApplication) -> None:
    view = _page(window, qapp, "tasks").views["tasks"]
    grid = view.pane.grid  # type: ignore[attr-defined]
    rows = view.pane.table.rows  # type: ignore[attr-defined]
    hidden = {line.key for place, line in enumerate(view.pane.model.rows) if grid.isRowHidden(place)}  # type: ignore[attr-defined]
    assert hidden == {key for key, row in rows.items() if row["done_on"] is not None} != set()
    view.which.choose("all")  # type: ignore[attr-defined]
    assert not any(grid.isRowHidden(place) for place in range(len(view.pane.model.rows)))  # type: ignore[attr-defined]


def test_the_card_marks_takes_back_and_ties(window: MainWindow, qapp: QApplication) -> None:
    row = next(row for row in _open_tasks(window).values() if row["repeat"] == "month")
    view: Any = _page(window, qapp, ("tasks", row["id"])).views["tasks"]
    assert view.pane.current == row["id"]
    chip = view.card.chips.flow.itemAt(0).widget()
    assert chip.text == "через 2\u00a0дня"
    view.card.done.click()
    settle(qapp)
    again = next(one for one in _open_tasks(window).values() if one["repeat"] == "month")
    assert again["id"] != row["id"]
    assert view.pane.current == again["id"], "the cursor stands on the one that came again"
    view.card.place.choose("route")
    view.card.place.activated.emit(view.card.place.currentIndex())
    settle(qapp)
    assert next(one for one in _open_tasks(window).values() if one["repeat"] == "month")["place"] == "route"
    view.which.choose("all")
    view.pane.choose(row["id"])
    settle(qapp)
    view.card.again.click()
    settle(qapp)
    assert [one["id"] for one in _open_tasks(window).values() if one["repeat"] == "month"] == [row["id"]]


def test_a_task_on_a_day_off_names_the_last_working_day(window: MainWindow, qapp: QApplication) -> None:
    key = tasks.add(_desk(window).store, text="В воскресенье", due_on="2026-11-29")
    view: Any = _page(window, qapp, ("tasks", key)).views["tasks"]
    settle(qapp)
    told = _texts(view.card).replace("\u00a0", " ")
    assert "29.11.2026, воскресенье" in told
    assert "последний рабочий перед ним — 27.11.2026" in told


# --- requests ----------------------------------------------------------------------------------------------------


def test_an_answer_is_written_with_its_file(
    window: MainWindow, dialogs: FakeDialogs, qapp: QApplication, tmp_path: Path
) -> None:
    waiting = requests.listing(_desk(window).reader, TODAY, open_only=True)
    line = waiting[0]
    letter = tmp_path / "письмо.pdf"
    letter.write_bytes(b"letter")
    view: Any = _page(window, qapp, ("requests", line.id)).views["requests"]
    dialogs.answers = [{"day": "20.11.2026", "number": "88", "text": "Сведения отправлены", "file": str(letter)}]
    view.buttons[0].click()
    settle(qapp)
    found = requests.line(_desk(window).reader, line.id, TODAY)
    assert (found.answered_on, found.answer_number, found.answer) == ("2026-11-20", "88", "Сведения отправлены")
    files = registers.table(_desk(window).reader, "requests", {}).files[line.id]
    assert [item.title for item in files] == ["Ответ: письмо.pdf"]
    assert history.history(_desk(window).reader, 1)[0].label.startswith("Ответ на запрос")


# --- the month ---------------------------------------------------------------------------------------------------


@pytest.fixture
def month(window: MainWindow, qapp: QApplication) -> Any:
    return _page(window, qapp, "month").views["month"]


def test_a_day_of_the_calendar_leaves_its_lines(month: Any, qapp: QApplication) -> None:
    plan = month_plan.plan(month.session.desk.reader, workday.period("2026-11"), TODAY)
    assert month.table.model.total == len(plan.late) + len(plan.lines)
    day = next(item for item in plan.days if len(item.lines) >= 2)
    month.calendar.choose(day.day)
    settle(qapp)
    assert month.table.model.total == len(day.lines)
    QTest.keyClick(month.calendar, Qt.Key.Key_Escape)
    settle(qapp)
    assert month.table.model.total == len(plan.late) + len(plan.lines)


def test_periods_are_stepped_and_a_quarter_is_remembered(month: Any, qapp: QApplication) -> None:
    month.step(2)
    settle(qapp)
    assert month.period.key == "2027-01"
    assert "Январь 2027" in month.name.text()
    month.go_today()
    month.span.choose("quarter")
    settle(qapp)
    assert month.period.key == "2026-Q4"
    assert month.session.habits.get("today:period", "") == "quarter"
    assert "64\u00a0рабочих дня" in month.page.header.state.text()


def test_a_text_of_the_report_is_kept_and_taken_back(month: Any, qapp: QApplication) -> None:
    month.what.choose("report")
    box = month.report.boxes["intro"]
    derived = box.edit.toPlainText()
    box.edit.setPlainText("Ноябрь прошёл ровно.")
    box.keep()
    settle(qapp)

    def text() -> str:
        found = month_plan.report(month.session.desk.reader, month.period, TODAY)
        return next(block.text for block in found.blocks if block.key == "intro").replace("\u00a0", " ")

    assert text() == "Ноябрь прошёл ровно."
    assert not box.mark.isHidden()
    box.back.click()
    settle(qapp)
    assert text() == derived == box.edit.toPlainText()
    assert box.mark.isHidden()


def test_the_calendar_takes_a_day_and_a_break(window: MainWindow, month: Any, qapp: QApplication) -> None:
    before = month_plan.plan(_desk(window).reader, month.period, TODAY).working
    registers.put_cells(
        _desk(window).store, "days", {}, [(-1, "day", "28.11.2026"), (-1, "kind", "рабочий")]
    )  # fmt: skip
    settle(qapp)
    assert f"{before + 1}\u00a0рабоч" in month.page.header.state.text()


# --- papers and texts --------------------------------------------------------------------------------------------


def test_the_digest_is_copied_and_saved(
    window: MainWindow, dialogs: FakeDialogs, qapp: QApplication, tmp_path: Path
) -> None:
    window.perform("digest")
    settle(qapp)
    shown: Any = window.workspace.windows[-1]
    assert shown.text.toPlainText().startswith("Сегодня, 22 ноября 2026 года, воскресенье")
    assert "Сегодня не рабочий день: выходной." in shown.text.toPlainText()
    shown.copy()
    assert QGuiApplication.clipboard().text() == shown.text.toPlainText()
    dialogs.answers = [tmp_path / "сводка"]
    shown.save()
    settle(qapp)
    assert (tmp_path / "сводка.txt").read_text("utf-8-sig") == shown.text.toPlainText()


def test_both_papers_of_the_month_are_shown(window: MainWindow, month: Any, qapp: QApplication) -> None:
    month.buttons[1].click()
    settle(qapp)
    shown: Any = window.workspace.windows[-1]
    assert shown.heading.text() == "План работы"
    assert shown.saves[0].isEnabled()
    shown.kind.setCurrentIndex(1)
    settle(qapp)
    assert shown.heading.text() == "Отчёт о работе"
    assert shown._name(".pdf") == "Отчёт о работе за ноябрь 2026 года.pdf"


def test_a_file_open_for_reading_can_be_looked_at_and_printed(
    bare_window: MainWindow, db: Path, qapp: QApplication
) -> None:
    bare_window.session.desk.open_read_only(db).result()
    bare_window.show_file()
    settle(qapp)
    view: Any = _page(bare_window, qapp, "tasks").views["tasks"]
    assert not view.card.done.isEnabled()
    assert not view.buttons[0].isEnabled()
    month: Any = _page(bare_window, qapp, "month").views["month"]
    assert [button.isEnabled() for button in month.buttons] == [False, True, True]
    month.what.choose("report")
    assert month.report.boxes["intro"].edit.isReadOnly()
    page = _page(bare_window, qapp)
    assert not any(button.text() == "Сделано" for button in page.steps.findChildren(Button))


def test_an_empty_file_says_what_to_do(bare_window: MainWindow, qapp: QApplication, tmp_path: Path) -> None:
    bare_window.session.desk.create(tmp_path / "пусто.opora", "Пустой округ").result()
    bare_window.show_file()
    settle(qapp)
    page = _page(bare_window, qapp)
    assert [row.text.text() for row in page.steps.findChildren(TaskRow)] == ["Загрузите реестр школ"]
    for key in ("tasks", "requests", "month"):
        _page(bare_window, qapp, key)
        assert page.header.state.text()
    assert date(2026, 11, 22) == TODAY


def test_hidden_rows_leave_no_gaps_in_the_numbers(window: MainWindow, qapp: QApplication) -> None:
    for view in ("tasks", "requests"):
        page = _page(window, qapp, view)
        shown: Any = page.views[view]
        pane = shown.pane
        stored = [place for place, line in enumerate(pane.model.rows) if line.key in pane.table.rows]

        def told(pane: Any = pane, stored: list[int] = stored) -> list[str]:
            header = [pane.model.headerData(place, Qt.Orientation.Vertical) for place in stored]
            return [str(text) for place, text in zip(stored, header, strict=True) if not pane.grid.isRowHidden(place)]

        number = len(told())
        assert 0 < number < len(stored), "something is done, and it is hidden"
        assert told() == [str(place) for place in range(1, number + 1)]
        shown.which.setCurrentIndex(1 - shown.which.currentIndex())
        settle(qapp)
        assert told() == [str(place) for place in range(1, len(stored) + 1)]
