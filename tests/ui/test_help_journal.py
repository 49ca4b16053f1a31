"""«Журнал помощи» driven as a person does: spans, search, the card, next steps, what is dropped on it."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication

from app.models import registers as stored
from app.operations import help_entry, help_journal
from app.operations.help_understanding import HelpDraft
from app.ui.day_line_mime import DayThing, pack
from app.ui.main_window import MainWindow
from app.ui.pages.work import WorkPage
from app.ui.pages.work_journal import HelpJournal
from app.ui.windows.help_entry import HelpEntryWindow
from app.ui.windows.help_templates import HelpTemplatesWindow
from tests.ui.conftest import TODAY, settle
from tests.ui.fakes import FakeDialogs, press


def _store(window: MainWindow) -> Any:
    return window.session.desk.store  # type: ignore[attr-defined]  # the desk of these tests shows it


@pytest.fixture
def view(window: MainWindow, qapp: QApplication) -> HelpJournal:
    """The journal with three entries of its own."""
    store = _store(window)
    help_entry.remove(store, [line.id for line in help_journal.listing(store.connection)])
    for school, kind, topic, outcome, day in (
        ("7", "visit", "чтение", "обсудили → 20.11.2026 звонок", "02.11.2026"),
        ("СОШ № 1", "consultation", "оценивание", "решили", "02.10.2026"),
        ("СОШ № 99", "lesson", "урок", "", "03.10.2025"),
    ):
        help_entry.write(store, HelpDraft(school, kind, "3 учителя", topic, outcome, day), TODAY)
    window.go("work", "journal")
    settle(qapp)
    page = window.page
    assert isinstance(page, WorkPage)
    page.journal.show_span("all")
    settle(qapp)
    return page.journal


def _topics(view: HelpJournal) -> list[str]:
    return [line.topic for line in view.table.model.visible_rows()]


def test_spans_and_search_narrow_the_journal(view: HelpJournal, qapp: QApplication) -> None:
    assert _topics(view) == ["чтение", "оценивание", "урок"]
    assert view.sentence.startswith("3\u00a0записи · от\u00a06 до\u00a09\u00a0человек · 2\u00a0школы")
    for kind, topics in (("month", ["чтение"]), ("quarter", ["чтение", "оценивание"]),
                         ("year", ["чтение", "оценивание"])):  # fmt: skip
        view.show_span(kind)
        settle(qapp)
        assert _topics(view) == topics, kind
    view.step(-1)
    settle(qapp)
    assert (_topics(view), view.period.text()) == (["урок"], "2025/26 учебный год")
    view.show_span("all")
    view.search.setText("СОШ решили")
    view.search.flush()
    settle(qapp)
    assert _topics(view) == ["оценивание"]
    view.search.setText("нет такого")
    view.search.flush()
    settle(qapp)
    assert view.empty.isVisible()


def test_chips_show_what_waits_and_what_was_not_understood(view: HelpJournal) -> None:
    assert view.chips["late"].isVisible()
    view.quick("late")
    assert _topics(view) == ["чтение"]
    view.quick("wrong")
    assert _topics(view) == ["урок"]
    assert "№\u00a099" in view.card.wrong.text()
    view.quick(None)
    assert len(_topics(view)) == 3


def test_the_next_step_is_marked_and_followed(window: MainWindow, view: HelpJournal, qapp: QApplication) -> None:
    store = _store(window)
    view.card.done.click()
    settle(qapp)
    line = view.table.current()
    assert line.next_done_on == TODAY.isoformat()
    assert view.card.chip.text == "сделано 22.11.2026"
    view.card.again.click()
    settle(qapp)
    view.card.next.click()
    settle(qapp)
    (entry,) = (item for item in window.workspace.windows if isinstance(item, HelpEntryWindow))
    assert (entry.topic.text(), entry.school.value) == ("звонок", line.school_id)
    entry.people.setText("директор")
    entry.save()
    settle(qapp)
    before = help_journal.get(store.connection, line.id)
    assert before is not None
    assert before.next_done_on == "2026-11-20", "the day of the entry that the step was"


def test_the_card_edits_in_place(window: MainWindow, view: HelpJournal, qapp: QApplication) -> None:
    edit = view.card.edits["outcome"].edit
    edit.setText("решили иначе")
    edit.commit()
    settle(qapp)
    assert view.table.current().outcome == "решили иначе"
    edit = view.card.edits["next_on"].edit
    edit.setText("как-нибудь")
    edit.commit()
    settle(qapp)
    drafts = stored.drafts(_store(window).connection, "help_entry")
    assert drafts[view.table.current().id]["next_on"][0] == "как-нибудь"
    assert view.card.wrong.isVisible()
    window.perform("undo")
    window.perform("undo")
    settle(qapp)
    assert view.table.current().outcome == "обсудили"


def test_an_entry_is_tied_to_what_it_belongs_to(
    window: MainWindow, view: HelpJournal, dialogs: FakeDialogs, qapp: QApplication
) -> None:
    platform = next(iter(view.card.names["platform_id"]))
    activity = next(iter(view.card.names["lineage"]))
    dialogs.answers = [{"platform_id": str(platform), "lineage": str(activity)}]
    view.card.tie()
    settle(qapp)
    line = view.table.current()
    assert (line.platform_id, line.lineage, line.body_id) == (platform, activity, None)
    assert help_journal.listing(_store(window).connection, platform_id=platform) == (line,)


def test_rows_are_repeated_and_removed_by_keys(window: MainWindow, view: HelpJournal, qapp: QApplication) -> None:
    press(view, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    settle(qapp)
    assert view.table.current().held_on == TODAY.isoformat(), "the new one is shown"
    assert len(_topics(view)) == 4
    view.remove()
    settle(qapp)
    assert len(_topics(view)) == 3
    window.perform("undo")
    settle(qapp)
    assert len(_topics(view)) == 4


def test_a_thing_of_the_calendar_dropped_here_begins_an_entry(
    window: MainWindow, view: HelpJournal, qapp: QApplication
) -> None:
    data = pack(DayThing("task", 5, "2026-11-20", "Выезд: чтение", None))
    event = QDropEvent(
        QPoint(10, 10), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    view.dropEvent(event)
    settle(qapp)
    (entry,) = (item for item in window.workspace.windows if isinstance(item, HelpEntryWindow))
    assert (entry.topic.text(), entry.day.text(), entry.draft().links) == (
        "Выезд: чтение", "20.11.2026", {"task_id": 5})  # fmt: skip


def test_schools_of_the_list_without_help_begin_an_entry(
    window: MainWindow, view: HelpJournal, qapp: QApplication
) -> None:
    view.show_span("month")
    settle(qapp)
    actions = view.left_out_menu().actions()
    assert actions
    assert f"{len(actions)}" in view.left_out.text()
    actions[0].trigger()
    settle(qapp)
    (entry,) = (item for item in window.workspace.windows if isinstance(item, HelpEntryWindow))
    assert entry.school.value is not None
    assert actions[0].text().startswith(entry.school.text())


def test_templates_are_edited_as_a_grid(window: MainWindow, view: HelpJournal, qapp: QApplication) -> None:
    view.shaping.click()
    settle(qapp)
    (shown,) = (item for item in window.workspace.windows if isinstance(item, HelpTemplatesWindow))
    before = len(stored.rows(_store(window).connection, "help_template"))
    shown.register._typed([(-1, "title", "Новый"), (-1, "people", "3")])
    settle(qapp)
    assert len(stored.rows(_store(window).connection, "help_template")) == before + 1


def test_ready_templates_are_made_ones_own_hidden_and_brought_back(
    window: MainWindow, view: HelpJournal, qapp: QApplication
) -> None:
    view.shaping.click()
    settle(qapp)
    (shown,) = (item for item in window.workspace.windows if isinstance(item, HelpTemplatesWindow))
    titles = [shown.ready.itemText(place) for place in range(shown.ready.count())]
    assert "Посещение урока" in titles
    assert "Урок молодого педагога" not in titles, "the example has its own of this name"
    assert not shown.returning.isVisible()
    assert shown.told.text().startswith("Выезд, команда школы"), "what it fills in stands beside"
    shown.ready.choose(titles.index("Посещение урока"))
    shown.taking.click()
    settle(qapp)
    assert stored.rows(_store(window).connection, "help_template", {"title": "Посещение урока"})
    assert shown.ready.findText("Посещение урока") == -1
    left = shown.ready.count()
    gone = shown.ready.currentText()
    shown.hiding.click()
    settle(qapp)
    assert (shown.ready.count(), shown.ready.findText(gone)) == (left - 1, -1)
    assert shown.returning.isVisible()
    window.perform("undo")
    settle(qapp)
    assert shown.ready.findText(gone) >= 0
    shown.hiding.click()
    shown.returning.click()
    settle(qapp)
    assert shown.ready.findText(gone) >= 0
    assert not shown.returning.isVisible()


def test_the_example_has_a_year_of_help(window: MainWindow) -> None:
    lines = help_journal.listing(_store(window).connection)
    found = help_journal.totals(lines, TODAY)
    assert found.occasions > 20
    assert set(found.kinds) == {"visit", "consultation", "lesson", "tutoring"}
    assert found.late > 0
    assert found.waiting > found.late
    assert any(line.deficit_id for line in lines)
