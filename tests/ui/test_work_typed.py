"""What is typed into a window of the work and not saved: closed, killed, opened twice, it is there and returns."""

from __future__ import annotations

import signal
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from app.models import registers as stored
from app.operations import event_marks, events, help_entry, help_journal, history, registers
from app.operations.help_understanding import HelpDraft
from app.ui.main_window import MainWindow
from app.ui.windows.event_form import EventWindow
from app.ui.windows.help_entry import HelpEntryWindow
from tests.helpers.stores import opened
from tests.ui.conftest import TODAY, settle
from tests.ui.fakes import type_ru

ROOT = Path(__file__).resolve().parents[2]
WHO = "Ким О. В."


def _store(window: MainWindow) -> Any:
    return window.session.desk.store  # type: ignore[attr-defined]  # the desk of these tests shows it


def _open(window: MainWindow, qapp: QApplication, place: str, payload: object = None) -> Any:
    """Open a window by the way that every button goes."""
    window.workspace.perform(place, payload)
    settle(qapp)
    return window.workspace.windows[-1]


@pytest.fixture
def entry(window: MainWindow) -> int:
    draft = HelpDraft("7", "visit", "3 учителя", "чтение", "обсудили → 01.12 звонок", "20.11.2026")
    return help_entry.write(_store(window), draft, TODAY).key


# --- an entry of help ------------------------------------------------------------------------------------------------


def test_a_correction_that_was_left_comes_back_with_its_entry(
    window: MainWindow, qapp: QApplication, entry: int
) -> None:
    store = _store(window)
    before = help_journal.get(store.connection, entry)
    first: HelpEntryWindow = _open(window, qapp, "new_help", entry)
    assert first.afresh.isHidden()
    first.topic.setText("чтение и письмо")
    first.reject()
    settle(qapp)
    assert help_journal.get(store.connection, entry) == before, "nothing is written before it is saved"
    again: HelpEntryWindow = _open(window, qapp, "new_help", entry)
    assert again.topic.text() == "чтение и письмо"
    assert again.sentence.text().startswith("Вернулась незаконченная правка от")
    assert (again.afresh.text(), again.afresh.isHidden()) == ("Отбросить правку", False)
    again.save()
    settle(qapp)
    line = help_journal.get(store.connection, entry)
    assert line is not None
    assert (line.topic, line.school_id) == ("чтение и письмо", before.school_id)  # type: ignore[union-attr]
    assert help_entry.typed(store.connection, WHO, entry) is None


def test_a_correction_is_thrown_away_on_purpose_only(window: MainWindow, qapp: QApplication, entry: int) -> None:
    store = _store(window)
    first: HelpEntryWindow = _open(window, qapp, "new_help", entry)
    first.people.setText("директор")
    first.reject()
    again: HelpEntryWindow = _open(window, qapp, "new_help", entry)
    assert again.people.text() == "директор"
    again.afresh.click()
    settle(qapp)
    assert again.people.text() == "3\u00a0учителя"
    assert help_entry.typed(store.connection, WHO, entry) is None
    again.people.setText("завуч")
    again.keep_typed()
    again.people.setText("3\u00a0учителя")
    again.reject()
    settle(qapp)
    assert help_entry.typed(store.connection, WHO, entry) is None, "what is as it was waits for nothing"


def test_saving_a_correction_and_what_was_typed_is_one_step_back(
    window: MainWindow, qapp: QApplication, entry: int
) -> None:
    store = _store(window)
    before = help_journal.get(store.connection, entry)
    first: HelpEntryWindow = _open(window, qapp, "new_help", entry)
    first.topic.setText("письмо")
    first.keep_typed()
    settle(qapp)
    first.save()
    settle(qapp)
    history.undo(store)
    assert help_journal.get(store.connection, entry) == before
    assert help_entry.typed(store.connection, WHO, entry) is None


def test_what_a_task_brings_takes_the_place_of_nothing_that_waits(window: MainWindow, qapp: QApplication) -> None:
    store = _store(window)
    task = registers.add(store, "tasks", {}, text="Выезд", due_on="2026-11-20")
    first: HelpEntryWindow = _open(window, qapp, "new_help")
    first.topic.setText("недописанное")
    first.reject()
    line = {"source": "task", "key": task, "day": "2026-11-20", "text": "Выезд", "school_id": None}
    second: HelpEntryWindow = _open(window, qapp, "new_help", line)
    second.people.setText("2 учителя")
    second.keep_typed()
    settle(qapp)
    second.save()
    settle(qapp)
    assert stored.row(store.connection, "task", task)["done_on"]  # type: ignore[index]  # it is there
    third: HelpEntryWindow = _open(window, qapp, "new_help")
    assert third.topic.text() == "недописанное"


def test_of_two_that_wait_none_is_lost(window: MainWindow, qapp: QApplication) -> None:
    first: HelpEntryWindow = _open(window, qapp, "new_help")
    first.topic.setText("первое")
    first.reject()
    second: HelpEntryWindow = _open(window, qapp, "new_help", {"topic": "второе"})
    second.people.setText("2 учителя")
    second.reject()
    found: list[str] = []
    for _time in range(2):
        again: HelpEntryWindow = _open(window, qapp, "new_help")
        found.append(again.topic.text())
        assert ("Ждёт ещё 1\u00a0запись" in again.sentence.text()) == (len(found) == 1)
        again.save()
        settle(qapp)
    assert sorted(found) == ["второе", "первое"]
    assert _open(window, qapp, "new_help").draft().empty


def test_a_window_in_the_place_of_another_sees_what_that_one_keeps(window: MainWindow, qapp: QApplication) -> None:
    """Opened anew before the clock has run down: the last letters are in the file when the new window reads it."""
    first: HelpEntryWindow = _open(window, qapp, "new_help")
    for text in ("ч", "чт", "чте"):
        first.topic.setText(text)
    assert help_entry.typed(_store(window).connection, WHO) is None
    second: HelpEntryWindow = _open(window, qapp, "new_help")
    assert second is not first
    assert second.topic.text() == "чте"
    assert len(window.workspace.windows) == 1


# --- an event --------------------------------------------------------------------------------------------------------


def test_an_event_that_was_begun_comes_back(window: MainWindow, qapp: QApplication) -> None:
    store = _store(window)
    before = stored.number(store.connection, "work_event", {})
    first: EventWindow = _open(window, qapp, "event")
    type_ru(first.edits["title"], "Семинар о письме")
    first.edits["date_from"].setText("31.02")
    first.combos["kind"].choose("webinar")
    first.reject()
    settle(qapp)
    again: EventWindow = _open(window, qapp, "event")
    assert (again.edits["title"].text(), again.edits["date_from"].text()) == ("Семинар о письме", "31.02")
    assert again.combos["kind"].currentData() == "webinar"
    assert "недописанное событие" in again.sentence.text()
    assert stored.number(store.connection, "work_event", {}) == before
    again.edits["date_from"].setText("28.11.2026")
    again.save()
    settle(qapp)
    assert stored.number(store.connection, "work_event", {}) == before + 1
    assert event_marks.typed(store.connection, WHO) is None
    history.undo(store)
    assert stored.number(store.connection, "work_event", {}) == before
    assert event_marks.typed(store.connection, WHO) is not None, (
        "the save alone is taken back: the visit before kept it"
    )


def test_an_event_begun_elsewhere_leaves_what_waits(window: MainWindow, qapp: QApplication) -> None:
    first: EventWindow = _open(window, qapp, "event")
    first.edits["title"].setText("Первое")
    first.reject()
    second: EventWindow = _open(window, qapp, "event", {"date_from": "05.12.2026"})
    assert second.edits["title"].text() == ""
    second.edits["title"].setText("Второе")
    second.save()
    settle(qapp)
    assert _open(window, qapp, "event").edits["title"].text() == "Первое"


def test_a_correction_of_an_event_comes_back_and_writes_only_what_it_changes(
    window: MainWindow, qapp: QApplication
) -> None:
    store = _store(window)
    key = event_marks.make(store, {"title": "Семинар", "date_from": "28.11.2026", "place": "зал"})
    first: EventWindow = _open(window, qapp, "event", key)
    first.edits["title"].setText("Семинар о письме")
    first.reject()
    settle(qapp)
    event_marks.edit(store, key, {"place": "библиотека"})
    again: EventWindow = _open(window, qapp, "event", key)
    assert again.edits["title"].text() == "Семинар о письме"
    assert "незаконченная правка" in again.sentence.text()
    again.afresh.click()
    settle(qapp)
    assert (again.edits["title"].text(), again.edits["place"].text()) == ("Семинар", "библиотека")
    again.edits["title"].setText("Другое")
    again.save()
    settle(qapp)
    event = events.head(store.connection, key)
    assert (event.title, event.place) == ("Другое", "библиотека")
    assert event_marks.typed(store.connection, WHO, key) is None


CHILD = textwrap.dedent(
    """
    import sys
    from pathlib import Path

    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from app.ui import theme
    from app.ui.habits import Habits
    from app.ui.main_window import MainWindow
    from tests.ui.conftest import settle
    from tests.ui.fakes import FakeDialogs, InstantDesk, InstantRunner

    qapp = QApplication(sys.argv[:1])
    theme.install(qapp, theme.Theme())
    desk = InstantDesk()
    desk.open(Path(sys.argv[1])).result()
    window = MainWindow(desk, InstantRunner(print), FakeDialogs(), Habits(None))
    window.show()
    settle(qapp)
    window.workspace.perform("new_help", int(sys.argv[2]))
    settle(qapp)
    window.workspace.windows[-1].topic.setText("чтение и письмо")
    QTest.qWait(1_000)
    window.workspace.perform("event", int(sys.argv[3]))
    settle(qapp)
    window.workspace.windows[-1].edits["result"].setText("договорились")
    QTest.qWait(1_000)
    print("typed", flush=True)
    sys.stdin.read()
    """
)


def test_killed_a_second_after_the_last_key_a_correction_is_there(db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    with opened(db, actor=WHO) as store:
        entry = help_entry.write(store, HelpDraft("7", "visit", "3 учителя", "чтение"), TODAY).key
        event = event_marks.make(store, {"title": "Семинар"})
    with subprocess.Popen(
        [sys.executable, "-c", CHILD, str(db), str(entry), str(event)], cwd=ROOT, stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as child:  # fmt: skip
        assert child.stdout is not None
        assert child.stdout.readline() == b"typed\n"
        child.send_signal(signal.SIGKILL)
    with opened(db, actor=WHO) as again:
        kept = help_entry.typed(again.connection, WHO, entry)
        assert kept is not None
        assert (kept.draft.topic, kept.draft.people) == ("чтение и письмо", "3\u00a0учителя")
        waits = event_marks.typed(again.connection, WHO, event)
        assert waits is not None
        assert (waits.texts["title"], waits.texts["result"]) == ("Семинар", "договорились")
        assert help_entry.typed(again.connection, WHO) is None
