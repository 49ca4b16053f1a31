"""Schools merged or closed in the middle of the year: every table of the work counts the record that stays, once."""

from __future__ import annotations

import re
from datetime import date

import pytest

from app.models import merged as counts
from app.models import new_year
from app.models.schema_008 import STEP_008
from app.models.store import Store
from app.operations import (
    bodies,
    bodies_writing,
    checks,
    event_marks,
    events,
    help_journal,
    history,
    mentoring,
    practices,
    programme_edit,
    registers,
    schools,
)
from app.operations.merge_words import FACT_FORMS
from tests.helpers import stores
from tests.helpers.programmes import small

DAY = date(2026, 11, 23)


@pytest.fixture
def two(store: Store) -> tuple[int, int]:
    """Two records of one school, each with a row in every table of the work that names a school."""
    kept, other = (schools.add(store, {"name": f"СОШ № {number}"}) for number in (1, 2))
    event = event_marks.make(store, {"title": "Семинар", "date_from": "10.11.2026"})
    event_marks.hold(store, event)
    body = bodies_writing.add(store, name="РМО химиков", kind="кластер")
    practice = practices.add(store, title="Метод", organisation_id=kept)
    with store.operation("Вписано", "test.fill") as operation:
        person = operation.insert("person", full_name="Ким О. В.")
        for school, number in ((kept, 4), (other, 7)):
            operation.insert("help_entry", kind="visit", held_on="2026-11-11", organisation_id=school, people=number)
            operation.insert("event_people", event_id=event, organisation_id=school, audience="teachers", came=number)
            operation.insert("event_guest", event_id=event, position=0, name=f"Гость {number}", organisation_id=school,
                             came="yes")  # fmt: skip
            operation.insert("body_member", body_id=body, person_id=person, role="участник", organisation_id=school)
            operation.insert("body_school", body_id=body, organisation_id=school)
            operation.insert("practice_use", practice_id=practice, organisation_id=school, state="adopted",
                             rating=5 if school == kept else 3)  # fmt: skip
            operation.insert("mentor_pair", organisation_id=school, mentor_school_id=kept)
            operation.insert("young_count", school_year=2026, organisation_id=school, young=number)
        operation.insert("practice", title="Второй", organisation_id=other)
    return kept, other


def test_every_table_of_the_work_that_names_a_school_is_told_of_before_merging(
    store: Store, two: tuple[int, int]
) -> None:
    kept, other = two
    made = re.findall(r"CREATE TABLE (\w+) \((.*?)\) STRICT;", STEP_008, re.DOTALL)
    naming = {table for table, body in made if re.search(r"^    organisation_id INTEGER", body, re.MULTILINE)}
    naming = naming - {"event_item"} | {"body_member"}  # a speaker's school counts nothing
    assert naming <= set(counts._SAME)
    found = {item.table: (item.new, item.both) for item in counts.coming(store.connection, [other], [kept])}
    assert {table: found[table] for table in naming} == {
        "help_entry": (1, 0), "event_people": (1, 0), "event_guest": (1, 0), "body_member": (1, 0),
        "body_school": (0, 1), "practice": (1, 0), "practice_use": (0, 1), "mentor_pair": (1, 0), "young_count": (0, 1),
    }  # fmt: skip
    assert naming <= set(FACT_FORMS)


def test_a_merged_school_is_one_everywhere(store: Store, two: tuple[int, int]) -> None:
    kept, other = two
    before = stores.dump(store.connection)
    schools.merge(store, other, kept)
    connection = store.connection
    assert {line.school_id for line in help_journal.listing(connection)} == {kept}
    found = help_journal.totals(help_journal.listing(connection), DAY)
    assert len(found.schools) == 1
    (line,) = events.listing(connection, DAY)
    assert set(line.schools) == {kept}
    (body,) = bodies.listing(connection, 2026, DAY)
    assert set(body.schools) == {kept}
    used = next(one for one in practices.listing(connection) if one.title == "Метод")
    assert {one.school_id for one in used.standing.uses} == {kept}
    assert {one.school_id for one in practices.listing(connection)} == {kept}
    board = mentoring.board(connection, 2026, DAY)
    assert [(one.school_id, one.figure("young"), len(one.pairs)) for one in board.lines] == [(kept, 4, 2)]
    assert not any(one.mentor_school for one in board.pairs)
    history.undo(store)
    assert stores.dump(connection) == before
    assert {line.school_id for line in help_journal.listing(connection)} == {kept, other}


def test_a_closed_school_is_told_what_still_expects_something_of_it(store: Store, two: tuple[int, int]) -> None:
    kept, other = two
    with store.operation("Ждёт", "test.fill") as operation:
        operation.insert("help_entry", kind="visit", organisation_id=other, next_on="2026-12-01")
        operation.insert("work_event", title="Открытый урок", date_from="2026-12-05", host_id=other)
    found = new_year.still_named(store.connection, 2026)[other]
    assert {name: found.get(name) for name in ("event", "help", "mentor", "body")} == {
        "event": 1, "help": 1, "mentor": 1, "body": 1,
    }  # fmt: skip
    schools.merge(store, other, kept)
    assert new_year.still_named(store.connection, 2026)[kept]["mentor"] == 2
    from app.operations.new_year_breaks import _THINGS

    assert set(new_year._OPEN) == set(_THINGS)


def test_events_and_help_outlive_their_activity_and_it_is_told(store: Store) -> None:
    keys = small(store)
    event = event_marks.make(store, {"title": "Семинар"}, lineage=keys["first"])
    with store.operation("Вписано", "test.fill") as operation:
        entry = operation.insert("help_entry", kind="visit", lineage=keys["first"])
    assert told(store) == {}
    before = stores.dump(store.connection)
    node = store.connection.execute("SELECT id FROM programme_node WHERE lineage = ?", (keys["first"],)).fetchone()[0]
    programme_edit.remove(store, [node])
    assert {"left:event", "left:help"} <= set(told(store))
    assert {one.place.kind for one in checks.problems(store.connection) if one.subject == "left:event"} == {"work"}
    rows = store.connection.execute("SELECT id, lineage FROM work_event UNION SELECT id, lineage FROM help_entry")
    assert set(rows.fetchall()) == {(event, keys["first"]), (entry, keys["first"])}
    history.undo(store)
    assert told(store) == {}
    assert stores.dump(store.connection) == before


def told(store: Store) -> dict[str, str]:
    found = (item for item in checks.problems(store.connection) if item.code == "MON_LEFT_OVER")
    return {item.subject: item.message for item in found}


def test_everything_of_the_work_is_in_no_check_of_the_file(store: Store, two: tuple[int, int]) -> None:
    """Two merged records with rows of their own are no fault of the file; a row of a closed school is none either."""
    kept, other = two
    schools.merge(store, other, kept)
    registers.put_cells(store, "young_counts", {"school_year": 2026}, [(-1, "young", "много")])
    from app.models import health

    assert {one.code for one in health.check(store.connection)} == {"STORE_DRAFT"}
    (found,) = [one for one in health.check(store.connection) if one.code == "STORE_DRAFT"]
    assert "Молодые педагоги по школам" in found.message
