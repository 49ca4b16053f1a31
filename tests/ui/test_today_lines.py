"""Every kind of line of «Сегодня» opens the very thing it speaks of, in the real window."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from app.models import organisations
from app.operations import day_lines, registers, today
from app.operations.day_lines import DayLine
from app.ui.main_window import MainWindow
from app.ui.pages.today import TaskRow, TodayPage
from app.ui.widgets.basics import Button
from tests.ui.conftest import TODAY, settle

LATE = "2026-11-20"
FAR = date(2027, 11, 30)


def _desk(window: MainWindow) -> Any:
    """The desk of these tests keeps its connections in sight."""
    return window.session.desk


def _schools(window: MainWindow) -> list[int]:
    return [school.id for school in organisations.listing(_desk(window).reader)]


def _write(window: MainWindow, qapp: QApplication, register: str, scope: dict[str, Any], **values: Any) -> int:
    key = int(window.session.desk.write(registers.add, register, scope, **values).result())
    settle(qapp)
    return key


def _open(window: MainWindow, qapp: QApplication, text: str) -> None:
    """Press the button of a line of the day that begins so."""
    window.go("today", "day")
    settle(qapp)
    page = window.page
    assert isinstance(page, TodayPage)
    page.mark_stale()
    page.activate()
    settle(qapp)
    row = next(row for row in page.steps.findChildren(TaskRow) if row.text.text().startswith(text))
    row.findChildren(Button)[-1].click()
    settle(qapp)


def _view(window: MainWindow) -> Any:
    page: Any = window.page
    return page.views[page.view]


# --- rows of registers -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("year", [2026, 2025])
@pytest.mark.parametrize(
    ("register", "school", "values", "text"),
    [
        ("risks", "organisation_id", {"text": "Найти учителя", "due_on": LATE}, "Найти учителя"),
        ("support", "organisation_id", {"offer": "Наставник", "date_to": LATE, "state": "running"}, "Наставник"),
        ("partnerships", "receiver_id", {"topic": "Физика", "date_to": LATE}, "Кончилось соглашение: Физика"),
    ],
)
def test_a_line_of_support_opens_its_row_in_its_school_year(
    window: MainWindow, qapp: QApplication, register: str, school: str, values: dict[str, Any], text: str, year: int
) -> None:  # fmt: skip
    own = _schools(window)[3]
    before = _write(window, qapp, register, {"school_year": year}, **{school: own})
    key = _write(window, qapp, register, {"school_year": year}, **{school: own}, **values)
    after = _write(window, qapp, register, {"school_year": year}, **{school: own})
    _open(window, qapp, text)
    view = _view(window)
    assert view.section.key == register
    assert view.section.pane.current == key, "not another row of the same school"
    assert key not in {before, after}
    assert window.session.school_year == year
    view.section.pane.choose(after)
    _open(window, qapp, text)
    assert view.section.pane.current == key, "asked for again it is found again"


def test_a_joint_event_opens_itself_under_its_agreement(window: MainWindow, qapp: QApplication) -> None:
    own, year = _schools(window)[2], {"school_year": 2026}
    keys = [_write(window, qapp, "partnerships", year, receiver_id=own, topic=topic) for topic in ("Химия", "Физика")]
    events = [
        _write(window, qapp, "joint", {"partnership_id": keys[1]}, title=title, planned_on=LATE)
        for title in ("Урок", "Круглый стол", "Поездка")
    ]
    _open(window, qapp, "Круглый стол")
    section = _view(window).section
    assert (section.pane.current, section.joint.current) == (keys[1], events[1])


@pytest.mark.parametrize("year", [2026, 2025])
def test_a_step_of_the_route_opens_itself(window: MainWindow, qapp: QApplication, year: int) -> None:
    own = _schools(window)[4]
    scope = {"school_year": year, "organisation_id": own}
    _write(window, qapp, "route", scope, step="self_check", planned_on=f"{year}-09-10", held_on=f"{year}-09-11")
    key = _write(window, qapp, "route", scope, step="interview", planned_on=LATE)
    meeting = _write(window, qapp, "route", scope, step="visit", held_on="2026-11-18", next_on="2026-11-24")
    for text, wanted in (("Собеседование", key), ("Следующая встреча", meeting)):
        _open(window, qapp, text)
        view = _view(window)
        assert view.key == "route"
        assert (view.board.school_id, view.pane.current) == (own, wanted)


def test_last_years_recommendation_without_a_mark_is_asked_about_once(window: MainWindow, qapp: QApplication) -> None:
    for text, due in (("Раз", "2026-05-31"), ("Два", None)):
        _write(window, qapp, "recommendations", {"school_year": 2025}, addressee="mms", name="ММС", text=text,
               **({"due_on": due} if due else {}))  # fmt: skip
    this = _write(window, qapp, "recommendations", {"school_year": 2026}, addressee="mms", name="ММС", text="Нынешняя",
                  due_on="2026-11-25")  # fmt: skip
    found = [step for step in today.today(_desk(window).reader, TODAY).steps if step.line is not None]
    told = [step for step in found if step.line is not None and step.line.source == "recommendation"]
    rows = registers.rows(_desk(window).reader, "recommendations", school_year=2025)
    unmarked = [row["id"] for row in rows if row["used"] is None]
    assert len(unmarked) > 1
    asked = next(step for step in told if step.text == "Отметьте, выполнены ли рекомендации 2025/26 года")
    assert (asked.group, asked.urgency) == ("next", "warn"), "nothing is late: the year is over"
    assert asked.detail.replace("\u00a0", " ") == f"Рекомендации · без отметки {len(unmarked)} рекомендации"
    assert not {"Раз", "Два"} & {step.text for step in told}
    _open(window, qapp, "Отметьте, выполнены ли")
    view = _view(window)
    assert (view.kind, view.step, view.advice.grid.current) == ("advice", -1, unmarked[0])
    _open(window, qapp, "Нынешняя")
    assert (view.kind, view.step, view.advice.grid.current) == ("advice", 0, this)


# --- the rest ----------------------------------------------------------------------------------------------------


def _task(window: MainWindow, line: DayLine) -> None:
    place, payload = line.place
    if place == "today":
        assert _view(window).pane.current == line.key
    else:
        page: Any = window.page
        assert page.name == {"tab_school_list": "school_list", "school": "schools"}.get(place, place)
        assert place != "monitoring" or page.view == payload


def _request(window: MainWindow, line: DayLine) -> None:
    assert _view(window).pane.current == line.key


def _note(window: MainWindow, line: DayLine) -> None:
    page: Any = window.page
    assert page.name == "schools"
    assert line.school_id is None or page.card.school_id == line.school_id


def _round(window: MainWindow, line: DayLine) -> None:
    page: Any = window.page
    assert page.name == "checklists"
    assert page.board.round_id == line.key


def _activity(window: MainWindow, line: DayLine) -> None:
    assert _view(window).lines.current().key == line.place[1][1]


def _point(window: MainWindow, line: DayLine) -> None:
    assert _view(window).control.table.current().id == line.key


def _measuring(window: MainWindow, line: DayLine) -> None:
    view = _view(window)
    assert view.key == "indicators"
    assert view.table.year == line.place[1][1][2]
    assert line.key in {point.id for point in view.table.points}
    assert "убран" not in line.text


def _row_of_support(window: MainWindow, line: DayLine) -> None:
    section = _view(window).section
    assert (section.joint if line.source == "joint" else section.pane).current == line.key


def _route(window: MainWindow, line: DayLine) -> None:
    assert _view(window).pane.current == line.key


def _advice(window: MainWindow, line: DayLine) -> None:
    assert _view(window).advice.grid.current == line.key


def _item_of_body(window: MainWindow, line: DayLine) -> None:
    page: Any = window.page
    view = page.views["bodies"]
    assert (page.view, view.body) == ("bodies", line.place[1][1][0])
    assert view.panel.part.pane.current == line.key


def _entry(window: MainWindow, line: DayLine) -> None:
    page: Any = window.page
    assert (page.view, page.journal.table.current().id) == ("journal", line.key)


def _event(window: MainWindow, line: DayLine) -> None:
    page: Any = window.page
    assert (page.view, page.views["events"].table.current().id) == ("events", line.key)


def _meeting_of_pair(window: MainWindow, line: DayLine) -> None:
    page: Any = window.page
    assert (page.view, page.views["mentoring"].meetings.current) == ("mentoring", line.key)


CURRENT: dict[str, Callable[[MainWindow, DayLine], None]] = {
    "task": _task, "request": _request, "note": _note, "round": _round, "activity": _activity, "point": _point,
    "measuring": _measuring, "risk": _row_of_support, "support": _row_of_support, "partnership": _row_of_support,
    "joint": _row_of_support, "route": _route, "meeting": _route, "recommendation": _advice,
    "body_plan": _item_of_body, "next": _entry, "event": _event, "mentoring": _meeting_of_pair,
}  # fmt: skip


def test_every_source_of_the_example_opens_what_it_speaks_of(window: MainWindow, qapp: QApplication) -> None:
    own = _schools(window)[0]
    this = {"school_year": 2026}
    _write(window, qapp, "risks", this, text="Мера", due_on=LATE, organisation_id=own)
    agreement = _write(window, qapp, "partnerships", this, topic="Химия", receiver_id=own, date_to="2026-12-01")
    _write(window, qapp, "joint", {"partnership_id": agreement}, title="Урок", planned_on="2026-11-25")
    _write(window, qapp, "support", this, offer="Наставник", date_to=LATE, organisation_id=own, state="running")
    _write(window, qapp, "recommendations", this, addressee="school", organisation_id=own, text="Сделать", due_on=LATE)
    step = {"school_year": 2026, "organisation_id": own}
    _write(window, qapp, "route", step, step="hearing", planned_on="2026-11-24")
    _write(window, qapp, "route", step, step="interview", held_on="2026-11-10", next_on="2026-11-26")
    _write(window, qapp, "tasks", {}, text="Своё дело", due_on=LATE)
    found = day_lines.together(day_lines.open_lines(_desk(window).reader, TODAY, FAR))
    assert {line.source for line in found} == set(CURRENT), "every source has a line that is tried"
    tried: dict[tuple[str, str], int] = {}
    for line in found:
        kind = line.source, line.place[0]
        if tried.setdefault(kind, 0) == 2:  # two of each kind
            continue
        tried[kind] += 1
        window.go("today", None)
        window.go(*line.place)
        settle(qapp)
        try:
            CURRENT[line.source](window, line)
        except AssertionError as error:
            raise AssertionError(f"{line.source}: {line.text} → {line.place}") from error
        window.workspace.close_windows()
