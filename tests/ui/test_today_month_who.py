"""«Месяц»: the report of the service and of one methodist; an event taken out in the window changes it."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from app.operations import month_plan, workday
from app.ui.main_window import MainWindow
from tests.ui.conftest import TODAY, settle
from tests.ui.fakes import FakeDialogs

NOVEMBER = workday.period("2026-11")


@pytest.fixture
def month(window: MainWindow, qapp: QApplication) -> Any:
    window.go("today", "month")
    settle(qapp)
    page: Any = window.page
    view: Any = page.views["month"]
    view.what.choose("report")
    settle(qapp)
    return view


def _told(month: Any) -> str:
    return str(month.report.boxes["events"].edit.toPlainText()).replace("\u00a0", " ")


def _derived(month: Any, who: str = "") -> dict[str, str]:
    found = month_plan.report(month.session.desk.reader, NOVEMBER, TODAY, who=who)
    return {block.key: block.derived.replace("\u00a0", " ") for block in found.blocks}


def test_an_event_taken_out_in_the_window_changes_the_report_and_undo_brings_both_back(
    window: MainWindow, month: Any, qapp: QApplication, dialogs: FakeDialogs
) -> None:
    before = _told(month)
    held = month_plan.report(month.session.desk.reader, NOVEMBER, TODAY).figures.work.events.held
    assert before == _derived(month)["events"]
    key, number = held[0][0].id, len(held)
    window.go("work", ("events", key))
    settle(qapp)
    events: Any = window.page
    dialogs.answers = ["remove"]
    events.views["events"].acts.remove()
    settle(qapp)
    window.go("today", "month")
    settle(qapp)
    assert len(month_plan.report(month.session.desk.reader, NOVEMBER, TODAY).figures.work.events.held) == number - 1
    assert _told(month) == _derived(month)["events"] != before
    window.go("undo")
    settle(qapp)
    assert _told(month) == before


def test_the_report_of_one_methodist_is_chosen_and_keeps_its_own_texts(month: Any, qapp: QApplication) -> None:
    assert month.whose.itemText(0) == "Вся служба"
    assert {"practices", "mentoring", "staff"} <= set(month.report.boxes)
    month.whose.setCurrentIndex(1)
    settle(qapp)
    who = month.whose.currentData()
    assert who
    assert month.who == who
    assert month.report.heading.text().endswith(f": {who}")
    assert not {"practices", "mentoring", "staff", "forms"} & set(month.report.boxes)
    box = month.report.boxes["help"]
    box.edit.setPlainText("Мой ноябрь.")
    box.keep()
    settle(qapp)
    assert not box.mark.isHidden()
    month.whose.setCurrentIndex(0)
    settle(qapp)
    assert month.report.boxes["help"].edit.toPlainText().replace("\u00a0", " ") == _derived(month)["help"]
    month.whose.choose(who)
    settle(qapp)
    assert month.report.boxes["help"].edit.toPlainText() == "Мой ноябрь."


def test_the_paper_is_of_whom_is_chosen(window: MainWindow, month: Any, qapp: QApplication) -> None:
    month.whose.setCurrentIndex(1)
    settle(qapp)
    month.buttons[2].click()
    settle(qapp)
    shown: Any = window.workspace.windows[-1]
    assert shown.heading.text() == "Отчёт о работе"
    assert month.who in shown._name(".pdf")
