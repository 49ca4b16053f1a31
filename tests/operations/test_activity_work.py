"""What events and the journal of help bring to an activity together; what its plan asks for beside it."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app.models import execution as stored
from app.models.store import Store
from app.operations import (
    activity_words,
    activity_work,
    event_taking,
    event_words,
    events,
    history,
    work_list_papers,
)
from app.operations import programme_edit as edit
from tests.helpers import programmes, stores
from tests.helpers.work_events import event, rows

TODAY = date(2026, 11, 23)


@pytest.fixture
def lineage(store: Store) -> int:
    keys = programmes.small(store)
    edit.put_results(store, keys["first"], ["Стажировку прошли не менее 20 человек", "не менее 5 подключений"])
    found = store.connection.execute("SELECT lineage FROM programme_node WHERE id = ?", (keys["first"],)).fetchone()
    return int(found[0])


@pytest.fixture
def schools(store: Store) -> tuple[int, int, int]:
    one, two, three = (stores.school(store, f"СОШ № {number}", own=1) for number in (1, 2, 3))
    return one, two, three


def fill(store: Store, lineage: int, schools: tuple[int, int, int]) -> None:
    one, two, three = schools
    key = event(store, title="Стажировка", lineage=lineage, date_from="2026-10-01", state="held")
    rows(store, "event_people", {"event_id": key, "organisation_id": one, "audience": "teachers", "came": 10},
         {"event_id": key, "organisation_id": two, "audience": "teachers", "came": 4})  # fmt: skip
    visit = {"kind": "visit", "lineage": lineage, "held_on": "2026-10-20"}
    rows(
        store, "help_entry",
        {**visit, "organisation_id": two, "people": 6}, {**visit, "organisation_id": three, "people": 3},
        {**visit, "organisation_id": three, "people": 2, "held_on": "2026-11-02"},
        # of another plan year, still to come, without a day, of no activity: they say nothing here
        {**visit, "organisation_id": three, "people": 90, "held_on": "2027-02-01"},
        {**visit, "organisation_id": three, "people": 90, "held_on": "2026-12-01"},
        {**visit, "organisation_id": three, "people": 90, "held_on": None},
        {**visit, "organisation_id": three, "people": 90, "lineage": None},
    )  # fmt: skip


def test_people_of_events_and_help_are_counted_once(store: Store, lineage: int, schools: tuple[int, int, int]) -> None:
    fill(store, lineage, schools)
    found = activity_work.of_activity(store.connection, lineage, 2026, TODAY)
    assert (len(found.help), found.events.held, found.schools) == (3, 1, schools)
    # of each school at its fullest: 10 + 6 + 3; if everybody was new each time: 10 + 4 + 6 + 3 + 2
    assert (found.people.least, found.people.most) == (19, 25)
    assert [(one.wanted.number, one.reached) for one in found.asked] == [(20, "perhaps"), (5, "unknown")]
    told = [text.replace("\u00a0", " ") for text in activity_words.work_words(found)]
    assert told == [
        "В плане 2026 года событий 1, 14 человек из 2 школ.",
        "Помощь: 3 записи журнала, от 9 до 11 человек из 2 школ.",
        "Вместе разных людей: от 19 до 25 человек из 3 школ.",
    ]
    said = [activity_words.asked_words(one, found) for one in found.asked]
    assert said[0][:2] == ("warn", "возможно, набрано")
    assert "не менее 20 человек" in said[0][2].replace("\u00a0", " ")
    assert said[1][1] == "подключений пока нет"


def test_help_alone_goes_into_the_execution_and_back(store: Store, lineage: int, schools: tuple[int, int, int]) -> None:
    rows(store, "help_entry", {"kind": "tutoring", "lineage": lineage, "held_on": "2026-10-20", "people": 3,
                               "organisation_id": schools[0]})  # fmt: skip
    changes = event_taking.proposal(store.connection, lineage, 2026, TODAY)
    # a consultation ends nothing: the day of fulfilment is left to the person
    assert [(one.column, one.new) for one in changes] == [("participants", "3"), ("schools", "1\u00a0школа")]
    event_taking.take(store, lineage, 2026, TODAY, ["participants", "schools"])
    row = stored.row(store.connection, (lineage, 2026))
    assert row is not None
    assert (row.participants, stored.schools(store.connection, [row.id])[row.id]) == (3, (schools[0],))
    history.undo(store)
    assert stored.row(store.connection, (lineage, 2026)) is None


def test_an_activity_without_a_programme_asks_for_nothing(store: Store) -> None:
    assert activity_work.of_activity(store.connection, 17, 2026, TODAY).asked == ()


def test_the_event_card_tells_of_help_too(store: Store, lineage: int, schools: tuple[int, int, int]) -> None:
    fill(store, lineage, schools)
    (line,) = events.listing(store.connection, TODAY)
    together = events.card(store.connection, line.id, TODAY).together
    assert together is not None
    assert (together.plan_year, len(together.help)) == (2026, 3)


def test_the_command_says_the_same(
    store: Store, lineage: int, schools: tuple[int, int, int], capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    from app.main import main

    fill(store, lineage, schools)
    path = Path(store.path)
    store.close()
    monkeypatch.setattr("app.clock.today", lambda: TODAY)
    assert main(["event", "activity", "--db", str(path), "--activity", "1.1", "--year", "2026", "--json"]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)["activity"]
    assert (found["events"], found["help"], found["schools"]) == (1, 3, 3)
    assert (found["coverage"]["least"], found["coverage"]["most"]) == (19, 25)
    assert [one["reached"] for one in found["asked"]] == ["perhaps", "unknown"]
    assert main(["event", "activity", "--db", str(path), "--activity", "1.1", "--year", "2026"]) == 0
    assert "возможно, набрано" in capsys.readouterr().out


def test_names_that_may_be_one_person_are_told_with_their_lists(
    store: Store, lineage: int, schools: tuple[int, int, int]
) -> None:
    keys = [
        event(store, title=title, lineage=lineage, date_from="2026-10-01", state="held") for title in ("А", "Б", "В")
    ]
    for key, name in zip(keys, ("Ким О. В.", "Ким Оксана Викторовна", "Цой Анна"), strict=True):
        rows(store, "event_guest", {"event_id": key, "position": 0, "name": name, "organisation_id": schools[0],
                                    "came": "yes"})  # fmt: skip
    found = activity_work.of_activity(store.connection, lineage, 2026, TODAY)
    assert (found.people.least, found.people.most, set(found.doubtful)) == (2, 3, set(keys[:2]))
    assert activity_words.work_words(found)[1] == "Могут быть одним человеком: Ким О. В. и\u00a0Ким Оксана Викторовна."
    assert "Точнее" not in activity_words.asked_words(found.asked[0], found)[2]  # there are lists everywhere
    told = work_list_papers.coverage_note(found.people)
    assert "В\u00a01\u00a0случае имена записаны так" in told
    assert "Ким" not in told  # the paper leaves the file, names do not
    one = event_words.wanted(found.people, 3, "perhaps")
    assert one[2].endswith("Впишите имена одинаково или полностью, и число станет точнее.")
    rename(store, keys[0])
    sure = activity_work.of_activity(store.connection, lineage, 2026, TODAY)
    assert (sure.people.least, sure.people.most, sure.doubtful) == (2, 2, ())


def rename(store: Store, key: int) -> None:
    row = store.connection.execute("SELECT id FROM event_guest WHERE event_id = ?", (key,)).fetchone()[0]
    with store.operation("имя", "test") as operation:
        operation.update("event_guest", row, name="Ким Оксана Викторовна")
