"""«Записать помощь» driven by the keyboard alone, as a methodist does between two telephone calls."""

from __future__ import annotations

import signal
import subprocess
import sys
import textwrap
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.models import help_entries
from app.models import registers as stored
from app.operations import help_entry, help_journal, registers
from app.operations.help_journal import HelpLine
from app.operations.help_understanding import HelpDraft
from app.texts import ru_date
from app.ui.main_window import MainWindow
from app.ui.windows.help_entry import HelpEntryWindow
from tests.helpers.stores import opened
from tests.ui.conftest import TODAY, settle
from tests.ui.fakes import FakeDialogs, press, type_ru

ROOT = Path(__file__).resolve().parents[2]
CTRL = Qt.KeyboardModifier.ControlModifier


def _store(window: MainWindow) -> Any:
    return window.session.desk.store  # type: ignore[attr-defined]  # the desk of these tests shows it


def _entries(window: MainWindow) -> tuple[HelpLine, ...]:
    return help_journal.listing(_store(window).connection)


def _before(window: MainWindow) -> set[int]:
    return {line.id for line in _entries(window)}


def _new(window: MainWindow, before: set[int]) -> HelpLine:
    (line,) = (line for line in _entries(window) if line.id not in before)
    return line


def _opened(window: MainWindow, qapp: QApplication) -> HelpEntryWindow:
    (found,) = (item for item in window.workspace.windows if isinstance(item, HelpEntryWindow))
    found.activateWindow()
    settle(qapp)
    return found


@pytest.fixture
def entry(window: MainWindow, qapp: QApplication) -> HelpEntryWindow:
    """The dialog, opened by its key from the first tab."""
    QTest.keyClick(window, Qt.Key.Key_N, CTRL | Qt.KeyboardModifier.ShiftModifier)
    return _opened(window, qapp)


def _type(qapp: QApplication, text: str) -> None:
    focused = qapp.focusWidget()
    assert focused is not None
    type_ru(focused, text)


def _tab(qapp: QApplication) -> None:
    focused = qapp.focusWidget()
    assert focused is not None
    press(focused, Qt.Key.Key_Tab)


def test_a_visit_is_entered_by_keyboard_alone_in_five_fields(
    window: MainWindow, entry: HelpEntryWindow, qapp: QApplication
) -> None:
    before = _before(window)
    school = (
        _store(window)
        .connection.execute("SELECT id, short_name FROM organisation WHERE short_name LIKE '%№ 7 %'")
        .fetchone()
    )
    assert qapp.focusWidget() is entry.school, "the keyboard is in the first field at once"
    for text in ("7", "в", "3 учителя математики", "смысловое чтение"):
        _type(qapp, text)
        _tab(qapp)
    assert qapp.focusWidget() is entry.outcome, "five fields, four steps"
    _type(qapp, "договорились о плане → 01.12 повторный выезд")
    assert school[1] in entry.fields.told("school")
    assert "предмет: математика" in entry.fields.told("people")
    assert entry.fields.told("outcome") == "следующий шаг: 01.12.2026, повторный выезд"
    press(entry.outcome, Qt.Key.Key_Return)
    settle(qapp)
    line = _new(window, before)
    assert (line.held_on, line.school_id, line.kind, line.people, line.audience, line.subject) == (
        TODAY.isoformat(), school[0], "visit", 3, "teachers", "математика")  # fmt: skip
    assert (line.topic, line.outcome, line.next_on, line.next_step) == (
        "смысловое чтение", "договорились о плане", "2026-12-01", "повторный выезд")  # fmt: skip
    assert line.methodist == "Ким О. В."
    assert not window.workspace.windows, "and the dialog is gone"
    window.perform("undo")
    settle(qapp)
    assert _before(window) == before


def test_a_whole_line_is_spread_by_tab_and_saved_by_enter(
    window: MainWindow, entry: HelpEntryWindow, qapp: QApplication
) -> None:
    before = _before(window)
    _type(qapp, "вчера 7 посещение урока 1 учитель русского языка тема: диктант; обсудили → через неделю")
    assert "Tab разложит" in entry.fields.told("school")
    press(entry.school, Qt.Key.Key_Return)
    assert (entry.school.text(), entry.kind.kind, entry.topic.text()) == ("7", "lesson", "диктант")
    assert entry.day.text() == ru_date(TODAY - timedelta(days=1))
    assert qapp.focusWidget() is entry.outcome
    press(entry.outcome, Qt.Key.Key_Return)
    settle(qapp)
    line = _new(window, before)
    assert (line.people, line.subject, line.next_on) == (1, "русский язык", (TODAY + timedelta(days=6)).isoformat())


def test_a_school_is_chosen_from_the_list_under_the_field(entry: HelpEntryWindow, qapp: QApplication) -> None:
    _type(qapp, "сош")
    offers = entry.school.offers
    assert len(offers) > 2
    assert entry.fields.told("school").startswith("▲ подходят несколько"), "and its mark is not a colour alone"
    press(entry.school, Qt.Key.Key_Down)
    press(entry.school, Qt.Key.Key_Down)
    press(entry.school, Qt.Key.Key_Return)
    assert (entry.school.text(), entry.school.value) == (offers[1].text, offers[1].value)
    assert not entry.school.offers
    press(entry.school, Qt.Key.Key_Return)
    assert qapp.focusWidget() is entry.kind, "Enter goes on"
    for letter, kind in (("к", "consultation"), ("п", "lesson"), ("т", "tutoring"), ("в", "visit"), ("3", "lesson")):
        type_ru(entry.kind, letter)
        assert entry.kind.kind == kind


def test_a_deficit_of_the_school_is_offered_and_linked(
    window: MainWindow, entry: HelpEntryWindow, qapp: QApplication
) -> None:
    before = _before(window)
    connection = _store(window).connection
    key, school, text = connection.execute(
        "SELECT d.id, o.short_name, d.text FROM deficit d JOIN organisation o ON o.id = d.organisation_id"
        " WHERE d.school_year = 2026 AND d.text IS NOT NULL ORDER BY d.id LIMIT 1"
    ).fetchone()
    _type(qapp, school)
    _tab(qapp)
    _tab(qapp)
    _tab(qapp)
    assert qapp.focusWidget() is entry.topic
    press(entry.topic, Qt.Key.Key_Down)
    offers = entry.topic.offers
    place = next(place for place, one in enumerate(offers) if one.value == key)
    for _step in range(place):
        press(entry.topic, Qt.Key.Key_Down)
    _tab(qapp)
    assert text in entry.topic.text()
    assert entry.fields.told("topic").startswith("дефицит школы")
    press(entry.outcome, Qt.Key.Key_Return)
    settle(qapp)
    assert _new(window, before).deficit_id == key


def test_the_day_moves_by_keys_and_is_told(entry: HelpEntryWindow, qapp: QApplication) -> None:
    assert entry.day.text() == ru_date(TODAY)
    assert entry.weekday.text() == "воскресенье, сегодня"
    for widget in (entry.school, entry.kind, entry.people):
        press(widget, Qt.Key.Key_Down, CTRL)
    assert entry.day.text() == ru_date(TODAY - timedelta(days=3))
    press(entry.outcome, Qt.Key.Key_Up, CTRL)
    assert entry.day.text() == ru_date(TODAY - timedelta(days=2))
    entry.day.setText("1 декабря")
    assert entry.weekday.text() == "▲ вторник, 01.12.2026, этот день ещё впереди"
    entry.day.setText("когда-то")
    assert entry.weekday.text().startswith("▲ не дата")


def test_what_is_not_understood_is_saved_with_a_mark(
    window: MainWindow, entry: HelpEntryWindow, qapp: QApplication
) -> None:
    before = _before(window)
    _type(qapp, "СОШ № 777")
    _tab(qapp)
    _tab(qapp)
    _type(qapp, "все кто был")
    QTest.keyClick(entry, Qt.Key.Key_Return, CTRL)
    settle(qapp)
    line = _new(window, before)
    assert (line.school_id, line.people, line.note) == (None, None, "Кого: все кто был")
    drafts = stored.drafts(_store(window).connection, "help_entry")[line.id]
    assert {name: raw for name, (raw, _code) in drafts.items()} == {
        "organisation_id": "СОШ № 777", "people": "все кто был"}  # fmt: skip


def test_one_more_of_the_same_day_and_the_last_again(
    window: MainWindow, entry: HelpEntryWindow, qapp: QApplication
) -> None:
    before = _before(window)
    press(entry.school, Qt.Key.Key_Down, CTRL)
    _type(qapp, "7 визит 3 учителя смысловое чтение")
    entry.save_and_more()
    settle(qapp)
    assert _new(window, before).held_on == (TODAY - timedelta(days=1)).isoformat()
    assert (entry.school.text(), entry.topic.text(), entry.kind.kind) == ("", "", "visit")
    assert entry.day.text() == ru_date(TODAY - timedelta(days=1))
    entry.reject()
    window.perform("new_help")
    again = _opened(window, qapp)
    QTest.keyClick(again, Qt.Key.Key_D, CTRL)
    assert (again.people.text(), again.topic.text(), again.outcome.text()) == (
        "3\u00a0учителя", "смысловое чтение", "")  # fmt: skip
    assert again.day.text() == ru_date(TODAY), "the day is today's, not that of the last one"


def test_a_template_is_kept_and_taken_by_its_key(
    window: MainWindow, entry: HelpEntryWindow, dialogs: FakeDialogs, qapp: QApplication
) -> None:
    _store(window)
    for template in help_entries.templates(_store(window).connection):
        registers.remove(_store(window), "help_templates", {}, [template.id])
    _type(qapp, "7 консультация директор оценивание; обсудили → через 2 недели звонок")
    _tab(qapp)
    dialogs.answers = [{"title": "Оценивание"}]
    entry.save_template()
    settle(qapp)
    (template,) = help_entries.templates(_store(window).connection)
    assert (template.title, template.people, template.audience, template.next_days) == ("Оценивание", 1, "heads", 14)
    entry.show_draft(HelpDraft(school="7", kind="visit"))
    QTest.keyClick(entry, Qt.Key.Key_1, CTRL)
    assert (entry.school.text(), entry.kind.kind, entry.people.text(), entry.topic.text()) == (
        "7", "consultation", "1\u00a0руководитель", "оценивание")  # fmt: skip
    assert entry.outcome.text() == f"обсудили → {ru_date(TODAY + timedelta(days=14))} звонок"


def test_an_empty_file_offers_ready_templates_by_their_keys(
    window: MainWindow, entry: HelpEntryWindow, qapp: QApplication
) -> None:
    for template in help_entries.templates(_store(window).connection):
        registers.remove(_store(window), "help_templates", {}, [template.id])
    entry.done(0)
    window.activateWindow()
    settle(qapp)
    QTest.keyClick(window, Qt.Key.Key_N, CTRL | Qt.KeyboardModifier.ShiftModifier)
    entry = _opened(window, qapp)
    assert entry.templates.itemText(1) == "1. Выезд мобильного методиста"
    before = _before(window)
    _type(qapp, "7")
    QTest.keyClick(entry, Qt.Key.Key_3, CTRL)
    assert (entry.school.text(), entry.kind.kind, entry.people.text(), entry.topic.text()) == (
        "7", "lesson", "1\u00a0учитель", "наблюдение и анализ урока")  # fmt: skip
    QTest.keyClick(entry, Qt.Key.Key_Return, CTRL)
    settle(qapp)
    line = _new(window, before)
    assert (line.kind, line.people, line.way, line.next_on) == ("lesson", 1, "school", "2026-12-13")


def test_what_was_typed_and_not_written_comes_back(
    window: MainWindow, entry: HelpEntryWindow, qapp: QApplication
) -> None:
    _type(qapp, "7")
    press(entry.school, Qt.Key.Key_Escape)
    assert entry.isVisible(), "the first Esc closes the list"
    press(entry.school, Qt.Key.Key_Escape)
    settle(qapp)
    assert not window.workspace.windows
    window.perform("new_help")
    again = _opened(window, qapp)
    assert again.school.text() == "7"
    assert "недописанная" in again.sentence.text()
    assert qapp.focusWidget() is again.people, "the first field that is empty"
    _type(qapp, "директор")
    before = _before(window)
    QTest.keyClick(again, Qt.Key.Key_Return, CTRL)
    settle(qapp)
    assert _new(window, before).people == 1
    assert help_entry.typed(_store(window).connection, "Ким О. В.") is None
    window.perform("undo")
    settle(qapp)
    assert _before(window) == before
    window.perform("new_help")
    third = _opened(window, qapp)
    assert third.school.text() == "7", "the entry and what was typed for it are told apart by closing between them"
    third.afresh.click()
    settle(qapp)
    third.reject()
    settle(qapp)
    assert help_entry.typed(_store(window).connection, "Ким О. В.") is None, "forgotten on purpose"


def test_what_is_typed_is_in_the_file_a_second_later(
    window: MainWindow, entry: HelpEntryWindow, qapp: QApplication
) -> None:
    connection, before = _store(window).connection, _before(window)
    assert entry._keeping.interval() <= 1_000
    assert not entry._keeping.isActive() or entry.draft().empty
    _type(qapp, "7 визит 3 уч")
    assert entry._keeping.isActive(), "the clock runs from the last key"
    entry._keeping.timeout.emit()
    settle(qapp)
    kept = help_entry.typed(connection, "Ким О. В.")
    assert kept is not None
    assert (kept.draft.school, kept.draft.day) == ("7 визит 3 уч", ru_date(TODAY))
    assert help_entry.typed(connection, "Сомов А. А.") is None, "another person's window begins empty"
    _type(qapp, "ителя чтение")
    QTest.keyClick(entry, Qt.Key.Key_Return, CTRL)
    settle(qapp)
    assert _new(window, before).people == 3
    assert help_entry.typed(connection, "Ким О. В.") is None
    window.perform("undo")
    settle(qapp)
    assert _before(window) == before
    assert help_entry.typed(connection, "Ким О. В.") is None, "one undo takes back both"


def test_a_task_brings_its_text_school_and_day_and_is_done_with_the_entry(
    window: MainWindow, qapp: QApplication
) -> None:
    store = _store(window)
    school = store.connection.execute(
        "SELECT id, short_name FROM organisation WHERE short_name LIKE '%№ 7 %'"
    ).fetchone()
    task = registers.add(store, "tasks", {}, text="Выезд: смысловое чтение", due_on="2026-11-20",
                         organisation_id=school[0])  # fmt: skip
    before = _before(window)
    window.go("new_help", {"source": "task", "key": task, "day": "2026-11-20", "text": "Выезд: смысловое чтение",
                           "school_id": school[0]})  # fmt: skip
    entry = _opened(window, qapp)
    assert (entry.school.text(), entry.topic.text(), entry.day.text()) == (
        school[1], "Выезд: смысловое чтение", "20.11.2026")  # fmt: skip
    assert "дело будет отмечено" in entry.sentence.text()
    assert qapp.focusWidget() is entry.people, "the first field that is empty"
    _type(qapp, "2 учителя")
    QTest.keyClick(entry, Qt.Key.Key_Return, CTRL)
    settle(qapp)
    line = _new(window, before)
    assert (line.task_id, line.school_id, line.kind) == (task, school[0], "visit")
    assert stored.row(store.connection, "task", task)["done_on"] == "2026-11-20"  # type: ignore[index]  # it is there
    window.perform("undo")
    settle(qapp)
    assert _before(window) == before
    assert stored.row(store.connection, "task", task)["done_on"] is None  # type: ignore[index]  # it is there


def test_an_entry_is_put_right_in_the_same_dialog(window: MainWindow, qapp: QApplication) -> None:
    store = _store(window)
    key = help_entry.write(store, HelpDraft("СОШ № 777", "visit", "3 учителя", "чтение", "→ 31.02"), TODAY).key
    window.go("new_help", key)
    entry = _opened(window, qapp)
    assert entry.school.text() == "СОШ № 777", "what waits stands as it was typed"
    entry.school.selectAll()
    type_ru(entry.school, "7")
    entry.outcome.setText("→ 28.02 звонок")
    press(entry.outcome, Qt.Key.Key_Return)
    settle(qapp)
    line = help_journal.get(store.connection, key)
    assert line is not None
    assert line.school_id is not None
    assert (line.next_on, line.next_step, line.people) == ("2027-02-28", "звонок", 3)
    assert key not in stored.drafts(store.connection, "help_entry")


def test_an_empty_entry_is_not_written(window: MainWindow, entry: HelpEntryWindow, qapp: QApplication) -> None:
    entry.school.setText("")
    assert not entry.go.isEnabled()
    before = _before(window)
    press(entry.outcome, Qt.Key.Key_Return)
    settle(qapp)
    assert _before(window) == before


def test_nothing_is_written_into_a_file_that_is_read_only(
    window: MainWindow, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(type(window.session.desk), "read_only", property(lambda _desk: True))
    done = "SELECT count(*) FROM operation"
    before = _store(window).connection.execute(done).fetchone()
    QTest.keyClick(window, Qt.Key.Key_N, CTRL | Qt.KeyboardModifier.ShiftModifier)
    entry = _opened(window, qapp)
    entry.topic.setText("Смысловое чтение")
    press(entry.outcome, Qt.Key.Key_Return)
    QTest.qWait(900)  # longer than half-typed text waits for the next key
    assert not entry.go.isEnabled()
    assert not entry.keep.isEnabled()
    assert _store(window).connection.execute(done).fetchone() == before, "neither an entry nor what is half typed"


def test_a_task_of_the_desk_begins_an_entry(window: MainWindow, qapp: QApplication) -> None:
    task = registers.add(_store(window), "tasks", {}, text="Консультация: ВПР", due_on="2026-11-20")
    window.go("today", ("tasks", task))
    settle(qapp)
    page: Any = window.page
    page.views["tasks"].card.help.click()
    entry = _opened(window, qapp)
    assert (entry.topic.text(), entry.kind.kind, entry.draft().links) == (
        "Консультация: ВПР", "consultation", {"task_id": task})  # fmt: skip


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
    window.go("new_help")
    settle(qapp)
    entry = window.workspace.windows[-1]
    entry.school.setText("7")
    entry.people.setText("3 учителя")
    QTest.qWait(1_000)
    print("typed", flush=True)
    sys.stdin.read()
    """
)


def test_killed_a_second_after_the_last_key_nothing_is_lost(db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    with subprocess.Popen(
        [sys.executable, "-c", CHILD, str(db)], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"typed\n"
        child.send_signal(signal.SIGKILL)
    with opened(db, actor="Ким О. В.") as again:
        kept = help_entry.typed(again.connection, "Ким О. В.")
        assert kept is not None
        assert (kept.draft.school, kept.draft.people, kept.draft.topic) == ("7", "3 учителя", "")
