"""Making events, marking them, who came, repeating, taking into the execution; every act is one step back and forth."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app.errors import UserError
from app.models import work_events
from app.models.store import Store
from app.operations import bodies_writing, event_marks, event_people, event_taking, events, execution_marks, registers
from tests.helpers import programmes, stores, undo
from tests.helpers.work_events import event, rows

TODAY = date(2026, 11, 23)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = stores.made(tmp_path / "file.opora")
    yield made
    made.abandon()


def code(act: Any, *args: Any, **kwargs: Any) -> str:
    with pytest.raises(UserError) as refused:
        act(*args, **kwargs)
    return refused.value.code


# --- making ------------------------------------------------------------------------------------------------------


def test_an_event_is_made_of_what_was_typed(store: Store) -> None:
    host = stores.school(store, "СОШ № 7", own=1)
    programmes.small(store)
    key = event_marks.make(store, {
        "kind": "веб", "title": "Чтение", "date_from": "28.11.2026", "time_from": "14.30", "host_id": "СОШ № 7",
        "lineage": "1.2", "wanted": "1 00", "date_to": "",
    })  # fmt: skip
    found = events.head(store.connection, key)
    assert (found.kind, found.title, found.date_from, found.date_to) == ("webinar", "Чтение", "2026-11-28", None)
    assert (found.time_from, found.host_id, found.wanted) == ("14:30", host, 100)
    assert found.lineage is not None


def test_what_does_not_fit_stays_and_is_shown_in_the_form(store: Store) -> None:
    key = event_marks.make(store, {"title": "Чтение", "date_from": "в пятницу", "wanted": "много"})
    assert events.head(store.connection, key).date_from is None
    form = event_marks.form(store.connection, key)
    assert (form.texts["date_from"], form.texts["wanted"]) == ("в пятницу", "много")
    assert list(event_marks.troubles(store.connection, form.texts)) == ["date_from", "wanted"]
    event_marks.edit(store, key, {"date_from": "27.11.2026"})
    assert events.head(store.connection, key).date_from == "2026-11-27"
    assert list(event_marks.troubles(store.connection, event_marks.form(store.connection, key).texts)) == ["wanted"]


def test_a_moved_event_keeps_its_length(store: Store) -> None:
    key = event(store, title="Конкурс", date_from="2026-11-24", date_to="2026-11-26")
    event_marks.move(store, key, date(2026, 12, 1))
    found = events.head(store.connection, key)
    assert (found.date_from, found.date_to, found.state) == ("2026-12-01", "2026-12-03", "planned")
    event_marks.move(store, key, date(2026, 12, 8), "карантин")
    found = events.head(store.connection, key)
    assert (found.date_to, found.state, found.reason) == ("2026-12-10", "moved", "карантин")
    event_marks.move(store, key, None, "ждём зал")
    assert events.head(store.connection, key).date_from is None
    assert code(event_marks.move, store, key, None) == "EVENT_NO_REASON"
    event_marks.hold(store, key, date(2026, 12, 15))
    assert code(event_marks.move, store, key, date(2026, 12, 16)) == "EVENT_HELD"
    assert code(event_marks.cancel, store, key, " ") == "EVENT_NO_REASON"


def test_an_event_comes_again_on_working_days(store: Store) -> None:
    school = stores.school(store, "СОШ № 1", own=1)
    key = event(store, title="Семинар", date_from="2026-01-31", time_from="14:00", wanted=20, state="held", result="да")
    rows(store, "event_item", {"event_id": key, "position": 0, "topic": "Начало"})
    rows(store, "event_people", {"event_id": key, "organisation_id": school, "audience": "teachers", "invited": 3,
                                 "came": 2, "connections": 1})  # fmt: skip
    rows(store, "event_guest", {"event_id": key, "position": 0, "name": "Ли А. Б.", "came": "yes", "certificate": "7"})
    made = event_marks.repeat(store, key, "month", 3, guests=True)
    # 28.02.2026 is a Saturday: Monday; 31.03.2026 is a Tuesday; 30.04.2026 is a Thursday
    found = [events.head(store.connection, one) for one in made]
    assert [one.date_from for one in found] == ["2026-03-02", "2026-03-31", "2026-04-30"]
    assert {(one.state, one.result, one.wanted, one.time_from) for one in found} == {("planned", None, 20, "14:00")}
    (copied,) = work_events.people(store.connection, [made[0]])[made[0]]
    assert (copied.invited, copied.came, copied.connections) == (3, None, None)
    (guest,) = work_events.guests(store.connection, [made[0]])[made[0]]
    assert (guest.name, guest.came, guest.certificate) == ("Ли А. Б.", None, None)
    assert [item.topic for item in work_events.items(store.connection, [made[2]])[made[2]]] == ["Начало"]
    assert code(event_marks.repeat, store, event(store, title="Без дня"), "week") == "EVENT_NO_DAY"


def test_removing_names_what_goes_and_lets_go_of_what_stays(store: Store) -> None:
    key = event(store, title="Семинар")
    rows(store, "event_guest", *({"event_id": key, "position": place, "name": f"Гость {place}"} for place in range(2)))
    rows(store, "event_item", {"event_id": key, "position": 0, "topic": "Начало"})
    (body,) = rows(store, "body", {"name": "РМО", "kind": "РМО"})
    (plan,) = rows(store, "body_plan", {"body_id": body, "school_year": 2026, "position": 0, "event_id": key})
    registers.attach(store, "events", key, (), link="https://example.ru", title="Запись")
    assert event_marks.hanging(store.connection, key) == [
        "1\u00a0строка программы", "2\u00a0человека из списка", "1\u00a0материал",
    ]  # fmt: skip
    assert event_marks.let_go(store.connection, key) == ["1\u00a0пункт плана объединения"]
    before = stores.dump(store.connection)
    event_marks.remove(store, [key])
    assert work_events.event(store.connection, key) is None
    assert store.connection.execute("SELECT id, event_id FROM body_plan").fetchall() == [(plan, None)]
    assert store.connection.execute("SELECT count(*) FROM event_guest").fetchone() == (0,)
    store.undo()
    assert stores.dump(store.connection) == before


# --- who came ----------------------------------------------------------------------------------------------------


LIST = (
    "№\tФИО\tШкола\tДолжность\n1\tИванова Анна Петровна\tСОШ № 1\tучитель физики\n"
    "2\tЛи А. Б.\tшкола № 99\tдиректор\n3\tСидоров Иван\tСОШ № 1\tученик 9 класса\n"
    "4\tОрлова В. В.\tСОШ № 1\tучитель 5 класса\n"
)


def test_a_list_from_excel_is_read_by_the_shape_of_its_cells(store: Store) -> None:
    school = stores.school(store, "СОШ № 1", own=1)
    (person,) = rows(store, "person", {"full_name": "Иванова Анна Петровна"})
    key = event(store, title="Семинар")
    found = event_people.paste(store, key, LIST)
    assert (found.added, found.known, found.pupils, found.unknown) == (3, 0, 1, ("школа № 99",))
    told = [(one.name, one.organisation_id, one.post, one.person_id)
            for one in work_events.guests(store.connection, [key])[key]]  # fmt: skip
    assert told == [
        ("Иванова Анна Петровна", school, "учитель физики", person), ("Ли А. Б.", None, "директор", None),
        ("Орлова В. В.", school, "учитель 5 класса", None),
    ]  # fmt: skip
    table = registers.table(store.connection, "event_guests", {"event_id": key})
    assert [bool(line.troubles) for line in table.lines] == [False, True, False]
    again = event_people.paste(store, key, LIST)
    assert (again.added, again.known) == (0, 3)


def test_a_plain_list_has_commas_and_nobody_is_refused(store: Store) -> None:
    stores.school(store, "Лицей № 4", own=1)
    people, pupils = event_people.read_list(
        store.connection, "Петров П. П., учитель, Лицей № 4\nСомова Елена Юрьевна; Лицей № 4\nЦой А. А."
    )
    assert pupils == 0
    assert [(one.name, one.school, one.post) for one in people] == [
        ("Петров П. П.", "Лицей № 4", "учитель"), ("Сомова Елена Юрьевна", "Лицей № 4", ""), ("Цой А. А.", "", ""),
    ]  # fmt: skip
    assert code(event_people.paste, store, event(store, title="А"), "Котов Петя, ученик 7 класса") == "EVENT_NOBODY"


def test_schools_of_the_list_get_a_line_once(store: Store) -> None:
    one, two = (stores.school(store, f"СОШ № {number}", own=1) for number in (1, 2))
    key = event(store, title="Семинар")
    assert event_people.add_schools(store, key, [two, one]) == 2
    assert event_people.add_schools(store, key, [two, one]) == 0
    assert event_people.add_schools(store, key, [two], "heads") == 1
    event_people.put_school(store, key, one, "teachers", {"came": "4", "connections": None})
    (found,) = [row for row in work_events.people(store.connection, [key])[key] if row.came is not None]
    assert (found.organisation_id, found.came, found.connections) == (one, 4, None)
    assert code(event_people.add_schools, store, key, []) == "EVENT_NO_SCHOOLS"
    assert code(event_people.present, store, key, [17], "yes") == "EVENT_NO_GUEST"


# --- the execution -----------------------------------------------------------------------------------------------


def _activity(store: Store) -> tuple[int, list[int]]:
    """Return an activity with two held events, 30 and 12 people of one school."""
    keys = programmes.small(store)
    (lineage,) = store.connection.execute(
        "SELECT lineage FROM programme_node WHERE id = ?", (keys["first"],)
    ).fetchone()
    school = stores.school(store, "СОШ № 1", own=1)
    made = [event(store, title=f"С{n}", lineage=lineage, date_from=f"2026-10-0{n}", state="held") for n in (1, 2)]
    for key, came in zip(made, (30, 12), strict=True):
        rows(store, "event_people", {"event_id": key, "organisation_id": school, "came": came})
    return lineage, made


def test_people_of_events_go_into_the_execution_and_old_is_shown(store: Store) -> None:
    lineage, made = _activity(store)
    told = event_taking.proposal(store.connection, lineage, 2026, TODAY)
    assert [(one.column, one.old, one.new) for one in told] == [
        ("participants", "", "30"), ("schools", "", "1\u00a0школа"), ("done_on", "", "02.10.2026"),
    ]  # fmt: skip
    event_taking.take(store, lineage, 2026, TODAY, ["participants", "schools"])
    row = store.connection.execute("SELECT state, participants, done_on FROM execution").fetchone()
    assert row == ("planned", 30, None)
    assert code(event_taking.take, store, lineage, 2026, TODAY, ["participants"]) == "EVENT_NOTHING_TO_TAKE"
    execution_marks.put_cells(store, [((lineage, 2026), "participants", "64")])
    (people, *_rest) = event_taking.proposal(store.connection, lineage, 2026, TODAY)
    assert (people.old, people.new, people.same) == ("64", "30", False)
    event_taking.take(store, lineage, 2026, TODAY, ["done_on"])
    assert store.connection.execute("SELECT state, participants, done_on FROM execution").fetchone() == (
        "done", 64, "2026-10-02",
    )  # fmt: skip
    event_marks.plan(store, made[1])
    assert "done_on" not in {one.column for one in event_taking.proposal(store.connection, lineage, 2026, TODAY)}
    assert code(event_taking.take, store, 17, 2026, TODAY, ["schools"]) == "MON_EXEC_NO_ACTIVITY"


def test_a_school_named_by_hand_stays(store: Store) -> None:
    lineage, _made = _activity(store)
    other = stores.school(store, "СОШ № 2", own=1)
    execution_marks.put_schools(store, {(lineage, 2026): [other]})
    event_taking.take(store, lineage, 2026, TODAY, ["schools"])
    assert store.connection.execute("SELECT count(*) FROM execution_school").fetchone() == (2,)


# --- back and forth ----------------------------------------------------------------------------------------------


def test_every_act_goes_back_and_forth(tmp_path: Path) -> None:
    path = tmp_path / "walk.opora"
    with stores.opened(_begun(path)) as store:
        (key,) = [one.id for one in work_events.events(store.connection)]
        (lineage,) = store.connection.execute(
            "SELECT lineage FROM programme_node WHERE kind = 'activity' AND text = 'Стажировки учителей'"
        ).fetchone()
        schools = [row[0] for row in store.connection.execute("SELECT id FROM organisation")]

    def came(made: Store) -> None:
        event_people.put_school(made, key, schools[0], "teachers", {"came": "9"})

    def present(made: Store) -> None:
        event_people.present(made, key, [one.id for one in work_events.guests(made.connection, [key])[key]], "yes")

    undo.walk(path, {
        "make": lambda made: event_marks.make(made, {"title": "Ещё", "wanted": "сто"}),
        "edit": lambda made: event_marks.edit(made, key, {"lineage": "1.1", "time_from": "9"}),
        "day": lambda made: event_marks.move(made, key, date(2026, 10, 5)),
        "put off": lambda made: event_marks.move(made, key, date(2026, 10, 6), "карантин"),
        "schools": lambda made: event_people.add_schools(made, key, schools),
        "came": came,
        "paste": lambda made: event_people.paste(made, key, LIST),
        "members": lambda made: event_people.add_members(made, key, TODAY),
        "present": present,
        "hold": lambda made: event_marks.hold(made, key),
        "take": lambda made: event_taking.take(made, lineage, 2026, TODAY, ["participants", "schools", "done_on"]),
        "repeat": lambda made: event_marks.repeat(made, key, "year", 2),
        "copy": lambda made: event_marks.copy(made, key, guests=True),
        "plan": lambda made: event_marks.plan(made, key),
        "cancel": lambda made: event_marks.cancel(made, key, "нет зала"),
        "remove": lambda made: event_marks.remove(made, [key]),
    })  # fmt: skip


def _begun(path: Path) -> Path:
    store = stores.made(path)
    stores.school(store, "СОШ № 1", own=1)
    programmes.small(store)
    body = bodies_writing.add(store, name="РМО физиков", kind="РМО")
    bodies_writing.add_member(store, body, "Югай Г. Д.", "участник")
    event(store, title="Семинар", body_id=body)
    store.abandon()
    return path
