"""kill −9 in the middle of the great acts of the monitoring: all of it or nothing, a sound file, undo afterwards."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from app.models import blobs, health, journal, lock
from app.models import indicators as stored
from app.models.store import Connection, Store
from app.operations import history, indicators, measuring_points, programmes, registers, schools
from app.operations.new_year import Answer, Answers, NewSchool
from app.operations.new_year_carry import CARRIERS
from tests.forms_break import killing
from tests.forms_break.killing import ACTOR, AFTER, BEFORE, killed
from tests.helpers import monitoring_year, stores
from tests.helpers.programmes import small
from tests.monitoring_break import acts

killing.preload("tests.monitoring_break.acts")
WAYS = [*BEFORE, AFTER]
MB = 1 << 20


@dataclass(frozen=True)
class Cut:
    """An act, with what must hold once it was done whole.

    Attributes:
        back: it can be undone by Ctrl+Z; False where only a reverse operation ends it (decision 17).
    """

    act: Callable[..., Any]
    args: tuple[Any, ...]
    whole: Callable[[Store], bool]
    back: bool = True


def prove(path: Path, when: str, cut: Cut) -> None:
    """Kill the act, open the file again, and look at everything that must hold."""
    with stores.opened(path, actor=ACTOR) as store:
        before, entries = stores.dump(store.connection), len(history.history(store.connection))
        assert not cut.whole(store)
    killed(path, when, cut.act, *cut.args)
    assert lock.lock_path(path).exists(), "the act ended before it was killed"
    with stores.opened(path, actor=ACTOR) as store:
        connection = store.connection
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        # an entry that does not fit is told as such; nothing else is
        assert {one.code for one in health.check(connection)} <= {"STORE_DRAFT"}
        if when == AFTER:
            assert cut.whole(store)
            assert len(history.history(connection)) == entries + 1
        else:
            assert stores.dump(connection) == before
            assert len(history.history(connection)) == entries
            # the same again, whole this time
            cut.act(store, *cut.args)
            assert cut.whole(store)
        if cut.back:
            after = stores.dump(connection)
            history.undo(store)
            assert stores.dump(connection) == before
            history.redo(store)
            assert stores.dump(connection) == after
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert journal.present_triggers(connection) == journal.expected_triggers(connection)


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A municipality of the size of the bench, made once."""
    path = tmp_path_factory.mktemp("year") / "a.opora"
    store = monitoring_year.filled(path)
    store.close()
    return path.read_bytes()


# --- measuring points --------------------------------------------------------------------------------------------


def _programme(connection: Connection) -> int:
    return programmes.listing(connection)[0].programme.id


@pytest.mark.parametrize("when", WAYS)
def test_closing_a_point_of_sixty_indicators(year: bytes, path: Path, when: str) -> None:
    path.write_bytes(year)
    with stores.opened(path, actor=ACTOR) as store:
        programme = _programme(store.connection)
        point = indicators.add_point(store, programme, 2026, "Выход", "output", "20.12.2026")

    def whole(opened: Store) -> bool:
        kept = stored.stored_at(opened.connection, point)
        closed = next(one for one in measuring_points.points(opened.connection, programme) if one.id == point).closed
        assert (len(kept), closed) in ((0, False), (monitoring_year.INDICATORS, True))
        return bool(kept)

    prove(path, when, Cut(acts.close_point, (programme, point), whole, back=False))


@pytest.mark.parametrize("when", WAYS)
def test_opening_a_closed_point_anew(year: bytes, path: Path, when: str) -> None:
    path.write_bytes(year)
    with stores.opened(path, actor=ACTOR) as store:
        programme = _programme(store.connection)
        point = indicators.add_point(store, programme, 2026, "Выход", "output", "20.12.2026")
        indicators.close(store, programme, point, acts.DAY)
        values = indicators.table(store.connection, programme, 2026, acts.DAY).lines

    def whole(opened: Store) -> bool:
        kept = stored.stored_at(opened.connection, point)
        found = next(one for one in measuring_points.points(opened.connection, programme) if one.id == point)
        assert (len(kept), found.closed) in ((0, False), (monitoring_year.INDICATORS, True))
        if found.closed:
            assert indicators.table(opened.connection, programme, 2026, acts.DAY).lines == values
        return not found.closed

    prove(path, when, Cut(acts.reopen_point, (point,), whole, back=False))


# --- a hundred activities ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("when", WAYS)
def test_a_hundred_activities_at_once(year: bytes, path: Path, when: str) -> None:
    path.write_bytes(year)
    with stores.opened(path, actor=ACTOR) as store:
        sql = "SELECT lineage FROM programme_node WHERE kind = 'activity' ORDER BY id LIMIT 100"
        keys = [(row[0], 2027) for row in store.connection.execute(sql)]
        # a draft that the mark sweeps away, and a row that is there already
        from app.operations import execution_marks

        execution_marks.put_cells(store, [(keys[0], "participants", "12"), (keys[1], "state", "почти")])

    def whole(opened: Store) -> bool:
        sql = "SELECT count(*) FROM execution WHERE plan_year = 2027 AND state = 'done' AND done_on = '2026-11-20'"
        found = opened.connection.execute(sql).fetchone()[0]
        drafts = opened.connection.execute("SELECT count(*) FROM draft_cell").fetchone()[0]
        assert (found, drafts) in ((0, 1), (100, 0))
        return bool(found)

    prove(path, when, Cut(acts.mark_all, (keys,), whole))


# --- three hundred rows ------------------------------------------------------------------------------------------

GRIDS: dict[str, tuple[dict[str, Any], tuple[tuple[str, str], ...]]] = {
    "deficits": ({"school_year": 2026}, (("text", "дроби"), ("people", "4"), ("of_people", "много"))),
    "tasks": ({}, (("text", "Позвонить"), ("due_on", "30.11.2026"), ("done_on", "20.11.2026"),
                   ("repeat", "каждый месяц"))),
    "acts": ({}, (("title", "Приказ"), ("dated", "вчера"))),
}  # fmt: skip


@pytest.mark.parametrize("when", WAYS)
@pytest.mark.parametrize("key", GRIDS)
def test_three_hundred_rows_of_a_register(store: Store, path: Path, key: str, when: str) -> None:
    store.abandon()
    scope, entries = GRIDS[key]
    cells = [(-row, name, text) for row in range(1, 301) for name, text in entries]

    def whole(opened: Store) -> bool:
        found = len(registers.table(opened.connection, key, scope).lines)
        # a repeating task that is done begins its next one in the same step
        assert found in (0, 600 if key == "tasks" else 300)
        return bool(found)

    prove(path, when, Cut(acts.put_rows, (key, scope, cells), whole))


# --- recommendations ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("when", WAYS)
def test_taking_every_recommendation(year: bytes, path: Path, when: str) -> None:
    path.write_bytes(year)
    with stores.opened(path, actor=ACTOR) as store:
        from app.operations import recommendations

        wanted = len(recommendations.read(store.connection, acts.ASKED).waiting)
        assert wanted > 10

    def whole(opened: Store) -> bool:
        sql = "SELECT count(*), count(DISTINCT position), min(position) FROM recommendation"
        found = opened.connection.execute(sql).fetchone()
        assert found in ((0, 0, None), (wanted, wanted, 0))
        return bool(found[0])

    prove(path, when, Cut(acts.take_all, (), whole))


# --- a file of twenty megabytes ----------------------------------------------------------------------------------


@pytest.mark.parametrize("when", WAYS)
def test_a_file_of_twenty_megabytes(store: Store, path: Path, tmp_path: Path, when: str) -> None:
    row = registers.add(store, "acts", {}, title="Приказ")
    store.abandon()
    data = bytes(range(256)) * (20 * MB // 256)
    scan = tmp_path / "Приказ.pdf"
    scan.write_bytes(data)

    def whole(opened: Store) -> bool:
        files = registers.table(opened.connection, "acts", {}).files.get(row, ())
        assert len(files) in (0, 1)
        if files:
            assert registers.file_bytes(opened.connection, files[0].id) == ("Приказ.pdf", data)
            assert blobs.get(opened.connection, str(files[0].sha256)) == data
        return bool(files)

    prove(path, when, Cut(acts.attach, (row, scan), whole))
    # nothing of an act that was broken off makes the file larger for ever
    with stores.opened(path, actor=ACTOR) as opened:
        assert opened.connection.execute("SELECT count(*) FROM blob").fetchone() == (1,)
    assert path.stat().st_size < 30 * MB


# --- the new school year -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("when", WAYS)
def test_the_new_school_year(store: Store, path: Path, when: str) -> None:
    small(store)
    keys = [schools.add(store, {"name": f"СОШ № {number}"}) for number in range(1, 9)]
    year = {"school_year": 2026}
    for key in keys:
        registers.add(store, "support", year, organisation_id=key, deficit="Дроби", offer="Практикум", state="running")
        registers.add(store, "risks", year, organisation_id=key, factor="Кадры", text="Набор", state="planned")
        registers.add(store, "partnerships", year, donor="Институт", receiver_id=key, state="active")
    store.abandon()
    answers = Answers(
        (Answer(keys[0], "renamed", name="Гимназия № 1"), Answer(keys[1], "closed"),
         Answer(keys[2], "joined", target=keys[3]), Answer(keys[4], "joined", target="new:1")),
        (NewSchool("new:1", "Образовательный центр"),),
        frozenset(one.key for one in CARRIERS),
    )  # fmt: skip

    def whole(opened: Store) -> bool:
        next_year = {"school_year": 2027}
        rows = [
            len(registers.rows(opened.connection, key, **next_year)) for key in ("support", "risks", "partnerships")
        ]
        names = {school.name for school in schools.listing(opened.connection)}
        assert ("Гимназия № 1" in names, "Образовательный центр" in names) in ((False, False), (True, True))
        assert all(rows) == any(rows) == ("Гимназия № 1" in names)
        return any(rows)

    prove(path, when, Cut(acts.begin_year, (answers,), whole))
