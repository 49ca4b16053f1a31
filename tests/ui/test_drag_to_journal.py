"""A line of «Сегодня» and a thing of the calendar carried to the journal of help by the mouse."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QDrag, QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTabBar, QWidget

from app.models import registers as stored
from app.operations import help_journal, registers
from app.ui.main_window import MainWindow
from app.ui.widgets.labels import Label
from app.ui.windows.help_entry import HelpEntryWindow
from tests.ui.conftest import TODAY, settle

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
Act = Callable[[], QPoint | None]
"""One move of the hand: a place of the window to go to; None: what is to be gone to is not shown yet."""
WAITS = 150


def _store(window: MainWindow) -> Any:
    return window.session.desk.store  # type: ignore[attr-defined]  # the desk of these tests shows it


def _place(window: MainWindow, widget: QWidget, place: QPoint | None = None) -> QPoint:
    return widget.mapTo(window, place if place is not None else widget.rect().center())


def _tab(window: MainWindow, bar: QTabBar, word: str) -> QPoint:
    number = next(number for number in range(bar.count()) if bar.tabText(number).replace("&", "") == word)
    return _place(window, bar, bar.tabRect(number).center())


class Hand:
    """Carries things over a window: the press and the first moves are the mouse's, then the drag's own.

    A platform without a screen has no drags: ``QDrag.exec`` comes back at once. So the hand goes on itself and tells
    the window what a platform tells it, entering, moving, letting go; which widget that reaches is left to Qt.
    """

    def __init__(self, window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
        self.window, self.acts, self.dropped = window, list[Act](), False

        def begin(drag: QDrag, *_actions: Qt.DropAction) -> Qt.DropAction:
            return self._drag(drag)

        monkeypatch.setattr(QDrag, "exec", begin)

    def carry(self, start: QPoint, *acts: Act) -> bool:
        """Press at a place, go through the others, let go at the last; returns whether something took it."""
        self.acts, handle = list(acts), self.window.windowHandle()
        QTest.mousePress(handle, LEFT, NONE, start)
        QTest.mouseMove(handle, start + QPoint(3, 2))
        QTest.mouseMove(handle, start + QPoint(30, 12))
        assert not self.acts, "a drag has begun and ended"
        return self.dropped

    def _drag(self, drag: QDrag) -> Qt.DropAction:
        data, actions, taken = drag.mimeData(), Qt.DropAction.MoveAction | Qt.DropAction.CopyAction, False
        place, entered = QPoint(), False
        for act in self.acts:
            place = self._wait(act)
            kinds = (QDragMoveEvent,) if entered else (QDragEnterEvent, QDragMoveEvent)
            entered = True
            for kind in kinds:
                moved = kind(place, actions, data, LEFT, NONE)
                moved.setAccepted(taken)  # as a platform does: who took the entering need not take each move
                taken = QApplication.sendEvent(self.window.windowHandle(), moved) and moved.isAccepted()
            QTest.qWait(20)
        self.acts.clear()
        self.dropped = taken
        if taken:
            QApplication.sendEvent(self.window.windowHandle(), QDropEvent(QPointF(place), actions, data, LEFT, NONE))
        else:
            QApplication.sendEvent(self.window.windowHandle(), QDragLeaveEvent())
        return Qt.DropAction.CopyAction if taken else Qt.DropAction.IgnoreAction

    def _wait(self, act: Act) -> QPoint:
        for _time in range(WAITS):
            place = act()
            if place is not None:
                return place
            QTest.qWait(20)
        raise AssertionError("what was waited for has not come")


@pytest.fixture
def hand(window: MainWindow, monkeypatch: pytest.MonkeyPatch, qapp: QApplication) -> Hand:
    window.resize(1366, 1500)
    settle(qapp)
    return Hand(window, monkeypatch)


def _entry(window: MainWindow, qapp: QApplication) -> HelpEntryWindow:
    settle(qapp)
    (found,) = (item for item in window.workspace.windows if isinstance(item, HelpEntryWindow))
    return found


def _over_journal(window: MainWindow) -> QPoint | None:
    """Return a place over the table of the journal, once the page shows it."""
    page: Any = window.page
    if page.name != "work" or page.view != "journal" or not page.journal.isVisible():
        return None
    return _place(window, page.journal.table.view.viewport())


def _row(window: MainWindow, words: str) -> QPoint:
    page: Any = window.page
    (label,) = (one for one in page.body.findChildren(Label) if one.isVisible() and words in one.text())
    return _place(window, label, QPoint(8, label.height() // 2))


def test_a_line_of_the_day_is_carried_over_the_tab_into_the_journal(
    window: MainWindow, hand: Hand, qapp: QApplication
) -> None:
    school = (
        _store(window).connection.execute("SELECT id FROM organisation WHERE kind = 'school' LIMIT 1").fetchone()[0]
    )
    task = registers.add(
        _store(window), "tasks", {}, text="Выезд по чтению", due_on=TODAY.isoformat(), organisation_id=school
    )
    window.go("today")
    settle(qapp)
    before = len(help_journal.listing(_store(window).connection))
    tabs = window.top.tabs
    journal = lambda: _over_journal(window)  # noqa: E731 - a place to go to, twice
    assert hand.carry(_row(window, "Выезд по чтению"), lambda: _tab(window, tabs, "Работа"), journal, journal)
    entry = _entry(window, qapp)
    assert (entry.topic.text(), entry.kind.kind, entry.draft().links) == ("Выезд по чтению", "visit", {"task_id": task})
    assert entry.school.value == school
    QTest.keyClick(entry, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(qapp)
    assert len(help_journal.listing(_store(window).connection)) == before + 1
    row = stored.row(_store(window).connection, "task", task)
    assert row is not None
    assert row["done_on"] == TODAY.isoformat(), "what was to be done is done with the entry"
    window.perform("undo")
    settle(qapp)
    row = stored.row(_store(window).connection, "task", task)
    assert row is not None
    assert (row["done_on"], len(help_journal.listing(_store(window).connection))) == (None, before)


def test_an_event_of_the_calendar_is_carried_into_the_journal(
    window: MainWindow, hand: Hand, qapp: QApplication
) -> None:
    with _store(window).operation("событие", "test") as operation:
        event = operation.insert(
            "work_event", kind="seminar", title="Семинар о чтении", date_from="2032-04-14", state="planned"
        )
    window.go("work", ("calendar", ("2032-04-14", f"event:{event}")))
    settle(qapp)
    page: Any = window.page
    grid = page.views["calendar"].month_grid
    box = grid.box_of(f"event:{event}")
    start = _place(window, grid.viewport(), QPoint(box.left() + 8, box.center().y()))
    switch = page.switch
    journal = lambda: _over_journal(window)  # noqa: E731 - a place to go to, twice
    assert hand.carry(start, lambda: _tab(window, switch, "Журнал помощи"), journal, journal)
    entry = _entry(window, qapp)
    assert (entry.topic.text(), entry.kind.kind) == ("Семинар о чтении", "visit")
    entry.done(0)
    assert _store(window).connection.execute(
        "SELECT date_from FROM work_event WHERE title = 'Семинар о чтении'"
    ).fetchone() == ("2032-04-14",), "carried away it has not moved"


def test_let_go_where_nothing_takes_it_a_line_stays(window: MainWindow, hand: Hand, qapp: QApplication) -> None:
    registers.add(_store(window), "tasks", {}, text="Выезд по чтению", due_on=TODAY.isoformat())
    window.go("today")
    settle(qapp)
    operations = _store(window).connection.execute("SELECT count(*) FROM operation").fetchone()
    assert not hand.carry(_row(window, "Выезд по чтению"), *[lambda: QPoint(5, window.height() - 5)] * 3)
    settle(qapp)
    assert not window.workspace.windows
    assert _store(window).connection.execute("SELECT count(*) FROM operation").fetchone() == operations
