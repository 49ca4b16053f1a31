"""Events as they are shown: how one stands, who came, different people of an activity, activities to choose from."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.errors import UserError
from app.models.store import Store
from app.operations import activity_choice, day_lines, event_words, event_years, events, finding, registers, schools
from app.operations import event_taking as taking
from app.operations import programme_edit as edit
from tests.helpers import programmes, stores
from tests.helpers.work_events import event, rows

TODAY = date(2026, 11, 23)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = stores.made(tmp_path / "file.opora")
    yield made
    made.abandon()


def people(store: Store, key: int, *found: tuple[int | None, str | None, int | None, int | None]) -> None:
    """Write lines (school, category, came, connections)."""
    rows(store, "event_people", *(
        {"event_id": key, "organisation_id": school, "audience": audience, "came": came, "connections": connections}
        for school, audience, came, connections in found
    ))  # fmt: skip


def guests(store: Store, key: int, *found: tuple[str, int | None, str | None]) -> None:
    """Write lines (name, school, came)."""
    rows(store, "event_guest", *(
        {"event_id": key, "position": place, "name": name, "organisation_id": school, "came": came}
        for place, (name, school, came) in enumerate(found)
    ))  # fmt: skip


def line(store: Store, key: int) -> events.EventLine:
    (found,) = events.listing(store.connection, TODAY, keys=[key])
    return found


@pytest.mark.parametrize(
    ("values", "chip", "word"),
    [
        ({"date_from": "2026-12-05"}, "none", "запланировано"),
        ({"date_from": "2026-11-23"}, "info", "сегодня"),
        ({"date_from": "2026-11-22", "date_to": "2026-11-24"}, "info", "идёт"),
        ({"date_from": "2026-11-20", "date_to": "2026-11-22"}, "warn", "ждёт отметки"),
        ({"date_from": "2026-12-05", "state": "moved"}, "info", "перенесено на\u00a005.12"),
        ({"state": "moved"}, "warn", "перенесено, дня нет"),
        ({}, "warn", "дня нет"),
        ({"date_from": "2026-11-20", "state": "held"}, "warn", "без участников"),
        ({"date_from": "2026-11-20", "state": "cancelled"}, "none", "отменено"),
    ],
)
def test_an_event_says_how_it_stands(store: Store, values: dict[str, Any], chip: str, word: str) -> None:
    found = line(store, event(store, title="Семинар", **values))
    assert (found.chip, found.chip_word) == (chip, word)


def test_people_and_connections_stand_apart(store: Store) -> None:
    one, two = (stores.school(store, f"СОШ № {number}", own=1) for number in (1, 2))
    key = event(store, title="Вебинар", kind="webinar", date_from="2026-10-09", state="held", wanted=10)
    assert line(store, key).came is None  # nobody has said: that is no nought
    people(
        store, key, (one, "teachers", 4, 2), (one, "heads", 1, None), (two, "teachers", 3, 1), (two, "young", None, 5)
    )
    found = line(store, key)
    assert (found.came, found.connections, set(found.schools)) == (8, 8, {one, two})
    assert (found.chip_word, found.reached) == ("прошло", "no")
    assert event_words.came_words(found).replace("\u00a0", " ") == "8 человек из 2 школ, подключений 8"


def test_a_list_longer_than_the_number_wins_and_names_count_once(store: Store) -> None:
    one = stores.school(store, "СОШ № 1", own=1)
    key = event(store, title="Семинар", date_from="2026-10-09", state="held")
    people(store, key, (one, "teachers", 1, None))
    guests(
        store, key, ("Иванова А. П.", one, "yes"), ("иванова  а.п.", one, "online"), ("Ёлкина О. И.", one, "yes"),
        ("Елкина О. И.", one, "yes"), ("Петрова В. В.", one, "no"), ("Сомова Е. А.", one, None), ("", one, "yes"),
    )  # fmt: skip
    assert line(store, key).came == 2
    assert line(store, key).invited == 7
    (school,) = events.card(store.connection, key, TODAY).schools
    assert (school.people, school.named, school.by) == (2, 2, {"teachers": 1})


def test_a_person_of_the_directory_is_one_person_whatever_the_school(store: Store) -> None:
    one, two = (stores.school(store, f"СОШ № {number}", own=1) for number in (1, 2))
    rows(store, "person", {"full_name": "Ким Ольга Викторовна"})
    keys = [event(store, title="А", date_from=f"2026-10-0{day}", state="held") for day in (1, 2)]
    guests(store, keys[0], ("Ким Ольга Викторовна", one, "yes"), ("Иванова Анна Петровна", one, "yes"))
    guests(store, keys[1], ("Ким  Ольга  Викторовна", two, "yes"), ("Иванова Анна Петровна", two, "yes"))
    found = events.people_of(store.connection, keys)
    # Ким is known to be one; the two Ivanovas of two schools may well be two
    assert (found.least, found.most, found.visits) == (3, 3, 4)


def test_a_merged_school_counts_once_and_under_its_record(store: Store) -> None:
    one, two = stores.school(store, "СОШ № 1", own=1), stores.school(store, "Школа 1", own=1)
    key = event(store, title="А", date_from="2026-10-01", state="held", host_id=two)
    people(store, key, (one, "teachers", 3, None), (two, "heads", 2, None))
    assert len(line(store, key).schools) == 2
    schools.merge(store, two, one)
    found = line(store, key)
    assert (found.came, found.schools, found.event.host_id) == (5, (one,), one)
    assert [item.school for item in events.card(store.connection, key, TODAY).schools] == ["СОШ № 1"]


def test_an_activity_counts_different_people_of_its_held_events(store: Store) -> None:
    one, two = (stores.school(store, f"СОШ № {number}", own=1) for number in (1, 2))
    keys = programmes.small(store)
    (lineage,) = store.connection.execute(
        "SELECT lineage FROM programme_node WHERE id = ?", (keys["first"],)
    ).fetchone()
    made = [event(store, title=f"Стажировка {day}", lineage=lineage, date_from=f"2026-10-{day}", state=state)
            for day, state in (("01", "held"), ("08", "held"), ("15", "planned"), ("22", "cancelled"))]  # fmt: skip
    event(store, title="В другом году", lineage=lineage, date_from="2027-02-01", state="held")
    people(store, made[0], (one, "teachers", 30, 2), (two, "teachers", 10, None))
    people(store, made[1], (one, "teachers", 5, 1), (two, "teachers", 17, None))
    people(store, made[2], (one, "teachers", 99, None))
    found = events.of_activity(store.connection, lineage, 2026, TODAY)
    assert (len(found.lines), found.held, found.last_held, found.connections) == (4, 2, "2026-10-08", 3)
    # of each school at its fullest: 30 + 17; at most everybody was new: 62
    assert (found.coverage.least, found.coverage.most) == (47, 62)
    assert taking.people_words(found.coverage) == "от 47 до 62\u00a0человек"
    assert [found.coverage.reached(wanted) for wanted in (47, 50, 63)] == ["yes", "perhaps", "no"]
    assert line(store, made[0]).activity == "1.1. Стажировки учителей"
    told = event_words.together(found).replace("\u00a0", " ")
    assert told == "В плане 2026 года событий 4, прошло 2, от 47 до 62 человек из 2 школ, подключений 3"


def test_an_event_belongs_to_the_plan_year_whose_term_holds_its_day(store: Store) -> None:
    keys = programmes.small(store)
    edit.put_dates(store, keys["first"], [("2026-09-01", "2027-04-30"), ("2027-10-01", "2028-03-31")])
    (lineage,) = store.connection.execute(
        "SELECT lineage FROM programme_node WHERE id = ?", (keys["first"],)
    ).fetchone()
    terms = event_years.terms(store.connection, lineage)
    years = {day: event_years.plan_year(terms, day) for day in (
        "2026-02-01", "2026-10-05", "2027-04-30", "2027-06-01", "2027-11-01", "2028-02-01", "2029-01-01",
    )}  # fmt: skip
    assert list(years.values()) == [2027, 2027, 2027, 2027, 2028, 2028, 2028]
    assert event_years.plan_year((), "2026-10-05") == 2026
    key = event(store, title="Стажировка", lineage=lineage, date_from="2026-10-05", state="held")
    assert not events.of_activity(store.connection, lineage, 2026, TODAY).lines
    assert [one.id for one in events.of_activity(store.connection, lineage, 2027, TODAY).lines] == [key]
    together = events.card(store.connection, key, TODAY).together
    assert together is not None
    assert together.plan_year == 2027


def test_a_span_of_days_holds_events_that_only_touch_it(store: Store) -> None:
    long = event(store, title="Неделя", date_from="2026-10-28", date_to="2026-11-03")
    day, none = event(store, title="День", date_from="2026-11-30"), event(store, title="Без дня")
    found = events.listing(store.connection, TODAY, first="2026-11-01", last="2026-11-30")
    assert [item.id for item in found] == [long, day]
    assert [item.id for item in events.listing(store.connection, TODAY)] == [long, day, none]


def test_a_list_of_a_span_keeps_events_that_have_no_day_yet(store: Store) -> None:
    inside, after, none = (
        registers.add(store, "events", {}, title=day or "Без дня", date_from=day)
        for day in ("2026-11-10", "2026-12-01", None)
    )
    found = events.listing(store.connection, TODAY, first="2026-11-01", last="2026-11-30", undated=True)
    assert [item.id for item in found] == [inside, none]
    assert [item.id for item in events.listing(store.connection, TODAY, first="2026-11-01")] == [inside, after]
    assert events.number(store.connection) == 3


def test_an_unknown_event_is_refused(store: Store) -> None:
    with pytest.raises(UserError) as refused:
        events.card(store.connection, 17, TODAY)
    assert refused.value.code == "EVENT_UNKNOWN"


# --- other places ------------------------------------------------------------------------------------------------


def test_the_day_tells_of_events_to_come_and_of_those_that_lack_something(store: Store) -> None:
    ahead = event(store, title="Впереди", date_from="2026-11-25", time_from="14:30", place="зал")
    late = event(store, title="Без отметки", date_from="2026-11-18")
    silent = event(store, title="Без участников", date_from="2026-11-10", state="held")
    event(store, title="Давно и без участников", date_from="2026-05-10", state="held")
    event(store, title="Отменено", date_from="2026-11-24", state="cancelled")
    done = event(store, title="Прошло", date_from="2026-11-11", state="held")
    people(store, done, (None, None, 7, None))
    found = {item.key: item for item in day_lines.open_lines(store.connection, TODAY, date(2026, 11, 30))}
    assert {key: item.detail for key, item in found.items()} == {
        ahead: "14:30, зал", late: "отметьте, прошло ли", silent: "впишите, кто был",
    }  # fmt: skip
    assert found[silent].place == ("work", ("events", ("people", silent)))
    (line_done,) = [
        item for item in day_lines.done_lines(store.connection, TODAY, date(2026, 11, 11), date(2026, 11, 11))
        if item.source == "event"
    ]  # fmt: skip
    assert (line_done.key, line_done.people, line_done.open) == (done, 7, False)


def test_the_search_of_the_window_finds_an_event(store: Store) -> None:
    key = event(store, title="Семинар о чтении", date_from="2026-10-09")
    (found,) = [item for item in finding.findable(store.connection) if item.text == "Семинар о чтении"]
    assert (found.what, found.page, found.payload) == ("семинар, 09.10.2026", "work", ("events", key))


# --- activities --------------------------------------------------------------------------------------------------


def test_an_activity_is_named_by_number_text_or_words(store: Store) -> None:
    keys = programmes.small(store)
    lineages = dict(store.connection.execute("SELECT id, lineage FROM programme_node"))
    first, second = lineages[keys["first"]], lineages[keys["second"]]
    assert list(activity_choice.names(store.connection).values()) == ["1.1. Стажировки учителей", "1.2. Разбор работ"]
    for text in ("1.2", "1.2.", "1.2. Разбор работ", "РАЗБОР РАБОТ", "работ"):
        assert activity_choice.find(store.connection, text) == second, text
    assert activity_choice.find(store.connection, "стажировки") == first
    assert activity_choice.find(store.connection, "р") is None  # both have it
    assert activity_choice.find(store.connection, "3.1") is None
    assert activity_choice.labels(store.connection, [17]) == {17: "мероприятия больше нет"}


def test_a_grid_keeps_the_lineage_and_marks_what_no_programme_has(store: Store) -> None:
    keys = programmes.small(store)
    (lineage,) = store.connection.execute(
        "SELECT lineage FROM programme_node WHERE id = ?", (keys["first"],)
    ).fetchone()
    made = registers.put_cells(store, "events", {}, [(-1, "lineage", "1.1"), (-1, "time_from", "9")])[-1]
    assert registers.rows(store.connection, "events")[0]["lineage"] == lineage
    registers.put_cells(store, "events", {}, [(made, "lineage", "9.9"), (made, "time_from", "25:00")])
    found = registers.table(store.connection, "events", {})
    row = found.lines[0]
    told = dict(zip((one.key for one in found.register.columns), row.texts, strict=True))
    assert (told["lineage"], told["time_from"]) == ("9.9", "25:00")
    assert len(row.troubles) == 2
    assert found.offers["activity"] == ("1.1. Стажировки учителей", "1.2. Разбор работ")
    assert registers.rows(store.connection, "events")[0]["lineage"] == lineage  # what was good stays


# --- properties --------------------------------------------------------------------------------------------------


CAME = st.lists(
    st.tuples(st.integers(0, 2), st.integers(0, 1), st.one_of(st.none(), st.integers(0, 9)), st.integers(0, 3)),
    max_size=8,
)  # fmt: skip


@given(CAME)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_sum_is_lost_and_the_span_holds(tmp_path: Path, drawn: list[tuple[int, int, int | None, int]]) -> None:
    """Lines (event, school, number, names): every total equals a sum made another way, the span keeps its bounds."""
    path = tmp_path / "drawn.opora"
    path.unlink(missing_ok=True)
    store = stores.made(path)
    keys = [event(store, title=f"Событие {number}", date_from="2026-10-01", state="held") for number in range(3)]
    known = [stores.school(store, f"СОШ № {number}", own=1) for number in range(2)]
    for at, school, number, named in drawn:
        people(store, keys[at], (known[school], "teachers", number, None))
        if named:
            guests(store, keys[at], *((f"Гость {one} А.", known[school], "yes") for one in range(named)))
    told = events.listing(store.connection, TODAY)
    expected = 0
    for at, key in enumerate(keys):
        mine = [row for row in drawn if row[0] == at]
        by_school = []
        for school in range(2):
            here = [row for row in mine if row[1] == school]
            by_school.append(max(sum(row[2] or 0 for row in here), max((row[3] for row in here), default=0)))
        said = any(row[2] is not None or row[3] for row in mine)
        (shown,) = [item for item in told if item.id == key]
        assert shown.came == (sum(by_school) if said else None)
        expected += sum(by_school)
    found = events.people_of(store.connection, keys)
    assert found.visits == expected
    assert found.named <= found.least <= found.most <= found.visits
    assert max((item.came or 0 for item in told), default=0) <= found.least
    store.abandon()
