"""The card of an activity in «Исполнение»: help of the journal beside events, what the plan asks for, taking both."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QApplication

from app.ui.main_window import MainWindow
from app.ui.pages.execution_view import ExecutionView
from app.ui.pages.monitoring import MonitoringPage
from app.ui.widgets.basics import Button
from app.ui.widgets.labels import Label
from tests.ui.conftest import settle
from tests.ui.fakes import FakeDialogs, InstantDesk


def _said(view: ExecutionView) -> str:
    return " ".join(label.text() for label in view.card.findChildren(Label)).replace("\u00a0", " ")


def test_help_of_the_journal_stands_beside_events_and_is_taken(
    window: MainWindow, desk: InstantDesk, dialogs: FakeDialogs, qapp: QApplication
) -> None:
    store: Any = desk.store
    (lineage,) = store.connection.execute(
        "SELECT lineage FROM programme_node WHERE kind = 'activity' AND text LIKE 'Разбор типичных%' ORDER BY id DESC"
    ).fetchone()
    schools = [row[0] for row in store.connection.execute("SELECT id FROM organisation WHERE own = 1 LIMIT 2")]
    with store.operation("Помощь", "help.add") as operation:
        for school, people, day in ((schools[0], 3, "2026-10-05"), (schools[1], 40, "2026-10-06")):
            operation.insert("help_entry", kind="consultation", held_on=day, organisation_id=school, people=people,
                             topic="Разбор ошибок", lineage=lineage)  # fmt: skip
    page = window.show_page("monitoring")
    assert isinstance(page, MonitoringPage)
    window.session.go("monitoring", ("execution", (lineage, 2026)))
    settle(qapp)
    view = page.show_view("execution")
    assert isinstance(view, ExecutionView)
    settle(qapp)
    told = _said(view)
    assert "События и помощь" in told
    assert "Помощь: 2 записи журнала, 43 человека из 2 школ." in told
    opened = [button for button in view.card.findChildren(Button) if button.text() == "консультация: Разбор ошибок"]
    assert len(opened) == 2
    dialogs.answers.append("all")
    next(button for button in view.card.findChildren(Button) if button.text() == "Взять в исполнение…").click()
    settle(qapp)
    taken = store.connection.execute(
        "SELECT participants FROM execution WHERE lineage = ? AND plan_year = 2026", (lineage,)
    ).fetchone()
    assert taken[0] >= 43
