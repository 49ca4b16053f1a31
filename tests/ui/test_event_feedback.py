"""«Отзывы» and the papers of an event through the real window."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from app.models import work_events
from app.operations import event_certificates, event_feedback, surveys
from app.ui.main_window import MainWindow
from app.ui.pages.work_event_feedback import FeedbackPane, answers
from app.ui.pages.work_events import EventsView
from app.ui.widgets.basics import Button
from app.ui.windows.event_paper import EventPaperWindow
from tests.ui.conftest import settle
from tests.ui.fakes import FakeDialogs, InstantDesk


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


def event(desk: InstantDesk, kind: str) -> int:
    found = work_events.events(connection(desk))
    return next(one.id for one in found if one.kind == kind and one.state == "held")


def pane(view: EventsView, desk: InstantDesk, kind: str, qapp: QApplication) -> FeedbackPane:
    view.choose(event(desk, kind))
    settle(qapp)
    view.show_part("feedback")
    settle(qapp)
    found = view.parts["feedback"]
    assert isinstance(found, FeedbackPane)
    return found


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def test_answers_of_an_event_are_told_with_counts_before_shares(
    view: EventsView, desk: InstantDesk, qapp: QApplication
) -> None:
    shown = pane(view, desk, "webinar", qapp)
    assert plain(shown.told.text()).startswith("Сдано: 19 анкет, участников")
    assert not shown.questions.isHidden()
    assert shown.found is not None
    items = {one.item.id: one for one in shown.found.sheets[0].found.items}
    assert plain(answers(items["useful"])) == "да 16 (94,1 %), нет 1 (5,9 %), затрудняюсь ответить 2"
    few = pane(view, desk, "workshop", qapp)
    assert "мало ответов" in few.told.text()


def test_no_answers_are_not_nought(view: EventsView, desk: InstantDesk, qapp: QApplication) -> None:
    shown = pane(view, desk, "council", qapp)
    assert plain(shown.told.text()) == "Отзывы пока не введены"
    assert shown.questions.isHidden()
    assert "не значит" in shown.hint.text()


def test_a_sheet_is_begun_tied_and_opened(
    view: EventsView, desk: InstantDesk, dialogs: FakeDialogs, qapp: QApplication, window: MainWindow
) -> None:
    shown = pane(view, desk, "conference", qapp)
    assert shown.body.currentWidget() is shown.empty
    offered = [one for one in shown.findChildren(Button) if one.isVisibleTo(shown) and one.text() == "Завести лист…"]
    assert offered == [shown.empty.button]
    dialogs.answers.append({"form": "listener", "out": "20"})
    offered[0].click()
    settle(qapp)
    key = event(desk, "conference")
    (one,) = event_feedback.of_event(connection(desk), key).sheets
    assert one.line.sheet.given_out == 20
    assert shown.body.currentWidget() is shown.parts
    free = event_feedback.of_event(connection(desk), key).free[0].sheet.id
    dialogs.answers.append({"sheet": str(free)})
    shown.tying.click()
    settle(qapp)
    assert {one.line.sheet.id for one in event_feedback.of_event(connection(desk), key).sheets} >= {free}
    assert shown.sheets.current().line.sheet.id == free
    labels = [label for label, _act in (item for item in shown._row_actions() if item is not None)]
    assert any(label.startswith("Отвязать") for label in labels)
    next(act for label, act in (item for item in shown._row_actions() if item) if label.startswith("Отвязать"))()
    settle(qapp)
    assert len(event_feedback.of_event(connection(desk), key).sheets) == 1
    shown.sheets.choose(one.line.sheet.id)
    shown.entering.click()
    settle(qapp)
    opened: Any = window.show_page("checklists")
    assert opened.views["surveys"].open_sheet.line.sheet.id == one.line.sheet.id


def test_turning_away_changes_nothing(
    view: EventsView, desk: InstantDesk, dialogs: FakeDialogs, qapp: QApplication
) -> None:
    shown = pane(view, desk, "conference", qapp)
    before = len(surveys.sheets(connection(desk)))
    for act in (shown.add, shown.tie):
        dialogs.answers.append(None)
        act()
        settle(qapp)
    assert len(surveys.sheets(connection(desk))) == before


def test_papers_of_an_event_are_shown_and_numbers_given(
    view: EventsView, desk: InstantDesk, qapp: QApplication, window: MainWindow
) -> None:
    key = event(desk, "workshop")
    view.choose(key)
    settle(qapp)
    view.printing.click()
    settle(qapp)
    (shown,) = [one for one in window.workspace.windows if isinstance(one, EventPaperWindow)]
    titles = {}
    for place in range(shown.kind.count()):
        shown.kind.setCurrentIndex(place)
        settle(qapp)
        assert shown._paper is not None, shown.kind.itemText(place)
        titles[shown.kind.itemData(place)] = shown._paper.kind
    assert titles["list:blank"] == "event_attendance"
    shown.kind.choose("event_certificate")
    settle(qapp)
    waiting = [one for one in event_certificates.receivers(connection(desk), key) if one.number is None]
    assert waiting
    assert shown.giving.text().endswith(str(len(waiting)))
    shown.giving.click()
    settle(qapp)
    assert all(one.number for one in event_certificates.receivers(connection(desk), key))
    assert shown.giving.isHidden()
    assert shown._paper is not None
    assert "№" in str(shown._paper.document)
