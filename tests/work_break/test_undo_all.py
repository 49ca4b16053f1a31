"""Anything done with the methodist's own work in any order, the file opened anew in between: undo all, redo all."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from app.errors import UserError
from app.models import health, journal
from app.models.schema_008 import STEP_008
from app.models.store import Store
from app.operations import (
    bodies,
    bodies_writing,
    event_certificates,
    event_feedback,
    event_marks,
    event_people,
    events,
    help_entry,
    help_journal,
    history,
    mentoring,
    practices,
    registers,
    schools,
    work_calendar,
)
from app.operations.demo import fill
from app.operations.help_understanding import HelpDraft
from app.operations.register_catalogue import REGISTERS
from tests.helpers import stores

DAY = date(2026, 11, 23)
OPERATIONS = 45
RESTART_EVERY = 15
Chance = random.Random
Act = Callable[[Store, Chance], Any]
WORDS = (
    "", "Ким О. В.", "Незабудкина Аглая Прокофьевна", "25.11.2026", "2026-02-30", "12", "-1", "СОШ № 1", "нет такой",
    "первая\nвторая", "математика", "✓ 14:30", "ж" * 120, "проведено", "выезд", "14:30", "3 учителя", "5",
)  # fmt: skip
SCOPED = {
    "event_items": ("event_id", "work_event"), "event_people": ("event_id", "work_event"),
    "event_guests": ("event_id", "work_event"), "mentor_meetings": ("pair_id", "mentor_pair"),
    "body_members": ("body_id", "body"), "body_schools": ("body_id", "body"), "body_plan": ("body_id", "body"),
    "practice_uses": ("practice_id", "practice"),
}  # fmt: skip
WORK = ("events", "help", "help_templates", "mentor_pairs", "young_counts", "practices", *SCOPED)
"""Registers of the work."""


def _keys(store: Store, table: str) -> list[int]:
    return [row[0] for row in store.connection.execute(f'SELECT id FROM "{table}" ORDER BY id')]


def _any(store: Store, chance: Chance, table: str) -> int:
    """Return a row, now and then one that is not there."""
    found = _keys(store, table)
    return chance.choice(found) if found and chance.random() < 0.95 else 7


def _register(store: Store, chance: Chance) -> None:
    key = chance.choice([one for one in WORK if one in REGISTERS])
    item = REGISTERS[key]
    scope: dict[str, Any] = {}
    if key in SCOPED:
        column, parent = SCOPED[key]
        found = _keys(store, parent)
        if not found:
            return
        scope[column] = chance.choice(found)
    if "school_year" in item.scope:
        scope["school_year"] = 2026
    names = [one.key for one in item.columns]
    lines = [line.key for line in registers.table(store.connection, key, scope).lines]
    match chance.randrange(5):
        case 0 if lines:
            registers.remove(store, key, scope, chance.sample(lines, 1))
        case 1 if lines and item.ordered:
            registers.move(store, key, scope, chance.choice(lines), chance.choice((-1, 1)))
        case 2 if lines and item.files:
            stored = [one for one in lines if one in registers.table(store.connection, key, scope).rows]
            if stored:
                registers.attach(store, key, chance.choice(stored), link="https://example.org/1")
        case _:
            rows = chance.sample([*lines, -1, -2], 2) if lines else [-1, -2]
            registers.put_cells(store, key, scope, [(row, chance.choice(names), chance.choice(WORDS)) for row in rows])


def _help(store: Store, chance: Chance) -> None:
    links = {"task_id": _any(store, chance, "task")} if chance.random() < 0.3 and _keys(store, "task") else {}
    school, kind, people, topic, outcome, day = chance.choices(WORDS, k=6)
    draft = HelpDraft(school, kind, people, topic, outcome, day, links=links)
    found = _keys(store, "help_entry")
    key = chance.choice(found) if found else 7
    chance.choice((
        lambda: help_entry.write(store, draft, DAY),
        lambda: help_entry.write(store, HelpDraft("7 визит 3 учителя: дроби → 01.12 снова"), DAY),
        lambda: help_entry.rewrite(store, key, draft, DAY),
        lambda: help_entry.duplicate(store, key, DAY),
        lambda: help_entry.finish_step(store, [key], chance.choice((DAY, None))),
        lambda: help_entry.remove(store, [key]),
        lambda: help_entry.save_template(store, chance.choice(WORDS), draft, DAY),
    ))()  # fmt: skip


def _event(store: Store, chance: Chance) -> None:
    key, day = _any(store, chance, "work_event"), DAY + timedelta(chance.randrange(-40, 40))
    steps: tuple[event_marks.Step, ...] = ("week", "month", "year")
    step = chance.choice(steps)
    chance.choice((
        lambda: event_marks.make(store, {"title": chance.choice(WORDS), "date_from": chance.choice(WORDS)}),
        lambda: event_marks.edit(store, key, {"title": chance.choice(WORDS), "time_from": chance.choice(WORDS)}),
        lambda: event_marks.hold(store, key, day),
        lambda: event_marks.move(store, key, day, chance.choice(WORDS)),
        lambda: event_marks.cancel(store, key, chance.choice(WORDS)),
        lambda: event_marks.plan(store, key),
        lambda: event_marks.copy(store, key, day, guests=True),
        lambda: event_marks.repeat(store, key, step, 2),
        lambda: event_marks.remove(store, [key]),
    ))()  # fmt: skip


def _people(store: Store, chance: Chance) -> None:
    key = _any(store, chance, "work_event")
    own = [row[0] for row in store.connection.execute("SELECT id FROM event_guest WHERE event_id = ?", (key,))]
    some = chance.sample(own, min(len(own), 2))
    every = _keys(store, "organisation")
    chance.choice((
        lambda: event_people.paste(store, key, "Осокина Роза Даниловна\tСОШ № 1\tучитель\nЛи Чен\tнигде", came="yes"),
        lambda: event_people.add_schools(store, key, chance.sample(every, 3)),
        lambda: event_people.present(store, key, some, chance.choice(("yes", "online", "no", None))),
        lambda: event_certificates.give(store, key, some or None),
    ))()  # fmt: skip


def _feedback(store: Store, chance: Chance) -> None:
    sheets = [row[0] for row in store.connection.execute("SELECT id FROM survey_sheet ORDER BY id")]
    key = _any(store, chance, "work_event")
    chance.choice((
        lambda: event_feedback.make(store, key),
        lambda: event_feedback.link(store, key, chance.choice(sheets)) if sheets else None,
        lambda: event_feedback.unlink(store, chance.choice(sheets)) if sheets else None,
    ))()  # fmt: skip


def _body(store: Store, chance: Chance) -> None:
    key, items = _any(store, chance, "body"), _keys(store, "body_plan")
    meetings = [row[0] for row in store.connection.execute("SELECT id FROM work_event WHERE body_id IS NOT NULL")]
    word = chance.choice(WORDS)
    chance.choice((
        lambda: bodies_writing.add(store, name=word, kind="rmo"),
        lambda: bodies_writing.edit(store, key, topic=word),
        lambda: bodies_writing.add_member(store, key, word, "участник"),
        lambda: bodies_writing.add_item(store, key, 2026, word, due_on="2026-12-01"),
        lambda: bodies_writing.copy_plan(store, key, 2026, 2027),
        lambda: bodies_writing.event_of(store, chance.sample(items, min(2, len(items))), actor="Ким О. В."),
        lambda: bodies_writing.add_meeting(store, key, title=word, day="05.12.2026"),
        lambda: bodies_writing.protocol(store, chance.choice(meetings)) if meetings else None,
        lambda: bodies_writing.add_product(store, key, word, year=2026),
        lambda: bodies_writing.remove(store, key),
    ))()  # fmt: skip


def _practice(store: Store, chance: Chance) -> None:
    key, school = _any(store, chance, "practice"), _any(store, chance, "organisation")
    chance.choice((
        lambda: practices.add(store, title=chance.choice(WORDS), organisation_id=None),
        lambda: practices.edit(store, key, problem=chance.choice(WORDS)),
        lambda: practices.accept(store, key, chance.choice(WORDS), DAY),
        lambda: practices.put_state(store, [key], chance.choice(("proposed", "archived", "accepted"))),
        lambda: practices.offer_to(store, key, school, DAY),
        lambda: practices.put_use(store, key, school, state=chance.choice(("adopted", "внедрено")), rating="4"),
        lambda: practices.remove(store, [key]),
    ))()  # fmt: skip


def _mentoring(store: Store, chance: Chance) -> None:
    key = _any(store, chance, "mentor_pair")
    chance.choice((
        lambda: mentoring.hold(store, key, DAY, chance.choice(WORDS)),
        lambda: mentoring.plan(store, key, chance.choice((2025, 2026))),
        lambda: mentoring.take(store, 2026, chance.sample(_keys(store, "organisation"), 2)),
        lambda: registers.remove(store, "mentor_pairs", {}, [key]),
    ))()  # fmt: skip


def _calendar(store: Store, chance: Chance) -> None:
    source, table = chance.choice((
        ("event", "work_event"), ("next", "help_entry"), ("task", "task"), ("body_plan", "body_plan"),
        ("mentoring", "mentor_meeting"),
    ))  # fmt: skip
    work_calendar.move(store, source, _any(store, chance, table), DAY + timedelta(chance.randrange(-30, 30)))


def _around(store: Store, chance: Chance) -> None:
    """What rows of the work point at goes, merges, closes."""
    one, two = chance.sample(schools.listing(store.connection), 2)
    merged = [row[0] for row in store.connection.execute("SELECT id FROM organisation WHERE duplicate_of IS NOT NULL")]
    year = {"school_year": 2026}
    chance.choice((
        lambda: schools.merge(store, one.id, two.id),
        lambda: schools.separate(store, chance.choice(merged)) if merged else None,
        lambda: schools.edit(store, one.id, {"status": chance.choice(("closed", "active"))}),
        lambda: registers.remove(store, "tasks", {}, [_any(store, chance, "task")]),
        lambda: registers.remove(store, "platforms", year, [_any(store, chance, "network_platform")]),
        lambda: registers.remove(store, "deficits", year, [_any(store, chance, "deficit")]),
        lambda: registers.remove(store, "documents", year, [_any(store, chance, "decision_document")]),
    ))()  # fmt: skip


WALKED: tuple[tuple[Act, int], ...] = (
    (_register, 12), (_help, 8), (_event, 9), (_people, 7), (_feedback, 3), (_body, 7), (_practice, 7), (_mentoring, 5),
    (_calendar, 5), (_around, 5),
)  # fmt: skip
"""What is done, and how often as against the others."""


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("undo") / "Пример.opora"
    store = Store.create(path, name="Лесогорский округ", actor="Ракитина Е. В.")
    fill(store, schools=5, years=(2026,))
    store.close()
    return path.read_bytes()


def _look(store: Store) -> None:
    """Everything that shows the work can show what is there, whatever it is."""
    connection = store.connection
    mentoring.board(connection, 2026, DAY)
    help_journal.totals(help_journal.listing(connection), DAY)
    for line in events.listing(connection, DAY):
        events.card(connection, line.event.id, DAY)
    practices.totals(practices.listing(connection))
    bodies.listing(connection, 2026, DAY)
    work_calendar.month(connection, DAY, 2026, 11)
    work_calendar.conflicts(connection, DAY, date(2026, 11, 1), date(2026, 12, 31))


def _do(path: Path, seed: int) -> tuple[list[dict[str, Any]], set[str]]:
    """Do the acts of one chance; returns the dumps, the first before all, and what did something."""
    chance = random.Random(seed)
    walked, weights = zip(*WALKED, strict=True)
    store = Store.open(path, actor="Ким О. В.")
    dumps = [stores.dump(store.connection)]
    entries, did = len(journal.history(store.connection)), set()
    for number, act in enumerate(chance.choices(walked, weights, k=OPERATIONS)):
        if number % RESTART_EVERY == RESTART_EVERY - 1:
            _look(store)
            store.abandon()
            store = Store.open(path, actor="Ким О. В.")
        try:
            act(store, chance)
        except UserError:
            assert stores.dump(store.connection) == dumps[-1], f"{act.__name__}: refused, yet something changed"
        now = len(journal.history(store.connection))
        assert now - entries in (0, 1), f"{act.__name__}: one act is one step"
        found = stores.dump(store.connection)
        if now > entries:
            dumps.append(found)
            did.add(act.__name__)
        elif found != dumps[-1]:
            dumps[-1] = found  # the same cell in the same visit: the step before has grown
        entries = now
    _look(store)
    store.abandon()
    return dumps, did


@pytest.mark.parametrize("seed", range(6))
def test_undo_all_is_the_first_dump_and_redo_all_the_last(example: bytes, tmp_path: Path, seed: int) -> None:
    path = tmp_path / "Пример.opora"
    path.write_bytes(example)
    with stores.opened(path) as store:
        known = {one.code for one in health.check(store.connection)} | {"STORE_DRAFT", "STORE_MERGED_DIFFERS"}
    dumps, did = _do(path, seed)
    assert len(dumps) > OPERATIONS // 3, "most acts do something"
    assert len(did) > len(WALKED) // 2
    with stores.opened(path) as store:
        assert {one.code for one in health.check(store.connection)} <= known
        assert store.connection.execute("PRAGMA foreign_key_check").fetchall() == []
    half = len(dumps) // 2
    for part in (dumps[:-1][half:], dumps[:-1][:half]):
        with stores.opened(path) as store:
            for wanted in reversed(part):
                done = history.undo(store)
                assert _differences(wanted, stores.dump(store.connection)) == [], done.label
    with stores.opened(path) as store:
        for wanted in dumps[1:]:
            done = history.redo(store)
            assert _differences(wanted, stores.dump(store.connection)) == [], done.label
        assert store.connection.execute("PRAGMA foreign_key_check").fetchall() == []


def _differences(wanted: dict[str, Any], found: dict[str, Any]) -> list[Any]:
    return [(table, set(wanted[table]) ^ set(found[table])) for table in wanted if wanted[table] != found[table]]


def test_no_table_of_the_work_is_left_out() -> None:
    made = set(re.findall(r"CREATE TABLE (\w+)", STEP_008))
    assert made == {REGISTERS[key].table for key in WORK} - {"body_member"}
