"""kill −9 in the middle of the methodist's own work: an act is done whole or not at all, and the file is sound."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.models import health, journal, lock
from app.models.store import Store
from app.operations import (
    bodies_writing,
    directory,
    event_marks,
    event_people,
    history,
    mentoring,
    practices,
    registers,
)
from tests.forms_break import killing
from tests.forms_break.killing import ACTOR, AFTER, BEFORE, killed, killed_at
from tests.forms_break.test_old_stores import released, rows
from tests.helpers import stores
from tests.work_break import acts

killing.preload("tests.work_break.acts")
WAYS = [*BEFORE, AFTER]
Whole = Callable[[Store], bool]


def prove(path: Path, when: str, act: Callable[..., Any], args: tuple[Any, ...], whole: Whole) -> None:
    """Kill the act, open the file again, and look at everything that must hold."""
    with stores.opened(path, actor=ACTOR) as store:
        before, entries = stores.dump(store.connection), len(history.history(store.connection))
        known = {one.code for one in health.check(store.connection)} | {"STORE_DRAFT"}
        assert not whole(store)
    killed(path, when, act, *args)
    assert lock.lock_path(path).exists(), "the act ended before it was killed"
    with stores.opened(path, actor=ACTOR) as store:
        connection = store.connection
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert {one.code for one in health.check(connection)} <= known
        if when == AFTER:
            assert len(history.history(connection)) == entries + 1
        else:
            assert stores.dump(connection) == before
            assert len(history.history(connection)) == entries
            act(store, *args)
        assert whole(store)
        after = stores.dump(connection)
        history.undo(store)
        assert stores.dump(connection) == before
        history.redo(store)
        assert stores.dump(connection) == after
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert journal.present_triggers(connection) == journal.expected_triggers(connection)


def number(table: str, where: str = "1") -> Callable[[Store], int]:
    return lambda store: int(store.connection.execute(f"SELECT count(*) FROM {table} WHERE {where}").fetchone()[0])


@pytest.fixture
def keys(path: Path) -> dict[str, int]:
    """A file with three schools, an event with guests, a pair with meetings, a body with a meeting, a practice."""
    store = stores.made(path, actor=ACTOR)
    schools = [stores.school(store, f"СОШ № {one}", own=1, kind="school") for one in (1, 2, 3)]
    found = {"task": registers.add(store, "tasks", {}, text="Съездить", due_on="2026-11-22")}
    found["event"] = event_marks.make(store, {"title": "Семинар", "date_from": "10.11.2026"})
    event_people.paste(store, found["event"], "Осокина Роза Даниловна\tСОШ № 1\tучитель\nЛи Чен\tСОШ № 2\tучитель",
                       came="yes")  # fmt: skip
    event_people.add_schools(store, found["event"], schools)
    people = [
        directory.add_person(store, name) for name in ("Светлякова Пелагея Харитоновна", "Звонарёва Инна Юрьевна")
    ]
    found["pair"] = registers.add(store, "mentor_pairs", {}, mentor_id=people[0], mentee_id=people[1],
                                  organisation_id=schools[0])  # fmt: skip
    registers.add(store, "mentor_meetings", {"pair_id": found["pair"]}, planned_on="2026-11-20")
    found["body"] = bodies_writing.add(store, name="РМО химиков", kind="rmo")
    bodies_writing.add_member(store, found["body"], "Светлякова Пелагея Харитоновна", "руководитель")
    found["meeting"] = bodies_writing.add_meeting(store, found["body"], title="Первое", day="05.11.2026")
    found["practice"] = practices.add(store, title="Метод", organisation_id=schools[0])
    practices.put_use(store, found["practice"], schools[1], state="adopted", rating="5")
    store.abandon()
    return found


CUTS: dict[str, tuple[Callable[..., Any], tuple[str, ...], Whole]] = {
    "help": (acts.write_help, ("task",), lambda store: number("help_entry")(store) == 1
             == number("task", "done_on IS NOT NULL")(store)),
    "guests": (acts.paste_guests, ("event",), lambda store: number("event_guest")(store) == 42),
    "certificates": (acts.give_certificates, ("event",),
                     lambda store: number("event_guest", "certificate IS NOT NULL")(store) == 2),
    "event removed": (acts.remove_event, ("event",), lambda store: number("event_people")(store)
                      + number("event_guest")(store) == 0 and number("work_event")(store) == 1),
    "event repeated": (acts.repeat_event, ("event",),
                       lambda store: number("work_event", "kind <> 'meeting'")(store) == 4),
    "plan of a pair": (acts.plan_pair, ("pair",), lambda store: number("mentor_meeting")(store) == 6),
    "pair removed": (acts.remove_pair, ("pair",), lambda store: number("mentor_meeting")(store) == 0),
    "protocol": (acts.write_protocol, ("meeting",), lambda store: number("decision_document")(store) == 1),
    "practice removed": (acts.remove_practice, ("practice",), lambda store: number("practice_use")(store) == 0),
    "counts": (acts.put_counts, (), lambda store: number("young_count")(store) == 3 == number("draft_cell")(store)),
}  # fmt: skip


@pytest.mark.parametrize("when", WAYS)
@pytest.mark.parametrize("what", CUTS)
def test_killed_in_the_middle(path: Path, keys: dict[str, int], what: str, when: str) -> None:
    act, wanted, whole = CUTS[what]
    prove(path, when, act, tuple(keys[name] for name in wanted), whole)


@pytest.mark.parametrize("place", ["app.models.journal:regenerate_triggers", "app.models.backup:verify"])
def test_killed_while_the_tables_of_the_work_are_made(tmp_path: Path, place: str) -> None:
    path = released(tmp_path / "a.opora", "007")
    killed_at(place, 1, acts.open_only, str(path))
    with stores.opened(path, actor=ACTOR) as store:
        assert rows(store.connection)["help_entry"] == 0
        assert mentoring.board(store.connection, 2026, acts.DAY) is not None
        assert journal.present_triggers(store.connection) == journal.expected_triggers(store.connection)
