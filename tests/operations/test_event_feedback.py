from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from app.errors import UserError
from app.models.forms import SubjectRef
from app.models.store import Store
from app.models.surveys import HANDED_IN
from app.operations import event_feedback, event_papers, events, surveys, work_list_papers
from app.operations.surveys import SheetDraft
from app.texts import NBSP
from tests.helpers import stores
from tests.helpers.work_events import event, seminar

DAY = date(2026, 11, 23)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    path = tmp_path / "f.opora"
    stores.made(path).abandon()
    with stores.opened(path) as found:
        yield found


def enter(store: Store, sheet: int, handed: int, useful: int) -> None:
    cells = [(HANDED_IN, "", str(handed)), ("useful", "yes", str(useful)), ("useful", "no", str(handed - useful))]
    surveys.put_numbers(store, sheet, cells)


def test_a_sheet_of_an_event_stands_in_the_round_of_its_school_year(store: Store) -> None:
    key = seminar(store, date_from="2026-05-18").event
    sheet = event_feedback.make(store, key, given_out=15)
    found = event_feedback.of_event(store.connection, key)
    (one,) = found.sheets
    assert (one.line.sheet.id, one.line.sheet.held_on, one.line.sheet.given_out) == (sheet, "2026-05-18", 15)
    assert one.line.round.school_year == 2025
    assert one.line.shown == "Смысловое чтение"
    assert one.empty
    assert found.handed_in is None
    assert found.sentence == "Отзывы пока не введены"
    again = event_feedback.make(store, key)
    assert {line.round.id for line in surveys.sheets(store.connection)} == {one.line.round.id}
    assert again != sheet
    assert events.listing(store.connection, DAY, keys=[key])[0].sheets == 2


def test_no_answers_are_not_nought_and_few_are_marked(store: Store) -> None:
    key = seminar(store).event
    assert event_feedback.told(store.connection, [key]) == {}
    assert "не раздавали" in event_feedback.of_event(store.connection, key).sentence
    sheet = event_feedback.make(store, key)
    assert event_feedback.told(store.connection, [key]) == {key: "не введены"}
    enter(store, sheet, 4, 3)
    assert event_feedback.told(store.connection) == {key: f"4{NBSP}анкеты, мало"}
    found = event_feedback.of_event(store.connection, key)
    assert found.sentence == f"Сдано: 4{NBSP}анкеты, участников 12 · мало ответов"
    useful = next(item for item in found.sheets[0].found.items if item.item.id == "useful")
    assert [(one.choice.value, one.number) for one in useful.choices[:2]] == [("yes", 3), ("no", 1)]
    enter(store, sheet, 24, 20)
    assert "анкет больше, чем людей" in event_feedback.of_event(store.connection, key).sentence


def test_several_sheets_are_added_up(store: Store) -> None:
    key = seminar(store).event
    enter(store, event_feedback.make(store, key), 7, 5)
    enter(store, event_feedback.make(store, key), 8, 8)
    event_feedback.make(store, key)
    assert event_feedback.of_event(store.connection, key).handed_in == 15
    assert event_feedback.told(store.connection) == {key: f"15{NBSP}анкет"}


def test_a_sheet_that_is_there_is_tied_and_untied(store: Store) -> None:
    key = seminar(store).event
    other = event(store, title="Другое", date_from="2026-11-20")
    sheet = surveys.add(store, "listener", 2026, SheetDraft(SubjectRef("event", name="Занятие"), "18.11.2026"))
    later = surveys.add(store, "listener", 2025, SheetDraft(SubjectRef("event", name="Давно"), "18.11.2025"))
    free = event_feedback.of_event(store.connection, key).free
    assert [line.sheet.id for line in free] == [sheet]
    event_feedback.link(store, key, sheet)
    assert [one.line.sheet.id for one in event_feedback.of_event(store.connection, key).sheets] == [sheet]
    assert event_feedback.of_event(store.connection, other).free == ()
    with pytest.raises(UserError) as told:
        event_feedback.link(store, other, sheet)
    assert told.value.code == "EVENT_SHEET_TAKEN"
    store.undo()
    assert event_feedback.of_event(store.connection, key).sheets == ()
    store.redo()
    event_feedback.unlink(store, sheet)
    assert event_feedback.of_event(store.connection, key).sheets == ()
    assert len(surveys.sheets(store.connection)) == 2
    assert later != sheet


def test_an_event_without_a_title_gives_its_form_and_day(store: Store) -> None:
    key = event(store, kind="round_table", date_from="2026-11-20")
    event_feedback.make(store, key)
    (one,) = event_feedback.of_event(store.connection, key).sheets
    assert one.line.shown == "Круглый стол 20.11.2026"


def test_unknown_events_and_questionnaires_are_refused(store: Store) -> None:
    with pytest.raises(UserError) as told:
        event_feedback.make(store, 404)
    assert told.value.code == "EVENT_UNKNOWN"
    key = seminar(store).event
    with pytest.raises(UserError) as told:
        event_feedback.make(store, key, "rmo")
    assert told.value.code == "FORM_SURVEY_NOT"


def test_feedback_stands_in_the_report_and_in_the_list(store: Store) -> None:
    key = seminar(store).event
    enter(store, event_feedback.make(store, key), 20, 15)
    report = event_papers.report(store.connection, key, DAY)
    answers = next(one for one in report.document.tables() if one.name == "Отзывы")
    assert "Сдано: 20" not in answers.caption
    assert "20" in answers.caption
    texts = [str(row.cells[2]).replace(NBSP, " ") for row in answers.rows()]
    assert "да — 15 (75,0 %); нет — 5 (25,0 %)" in texts
    listed = work_list_papers.event_list(store.connection, 2026, "", DAY)
    (row,) = next(one for one in listed.document.tables()).rows()
    assert f"20{NBSP}анкет" in row.cells
    event_feedback.make(store, key)
    silent = event_papers.report(store.connection, key, DAY)
    assert any("не значит, что событие не понравилось" in text for _place, text in silent.document.texts())
