"""A protocol of the reserve day in a file of its own: it never takes the place of the main day in silence."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.importers.parsed import FileReading, ParsedMark, ParsedScores, ParsedTask, UnitRef
from app.models.records import Origin, ScoreCount, TaskCount
from app.models.store import Store
from app.operations import history, results, schools
from app.operations.results import Options
from tests.operations.conftest import OGE_MATHS, mark, reading

ONE = UnitRef("school", "ОО 100-00001", (("oo", "100-00001"),))
TWO = UnitRef("school", "ОО 100-00002", (("oo", "100-00002"),))


@pytest.fixture
def day(store: Store) -> FileReading:
    """The main day, loaded: 30 pupils of one school, 3 of them below the minimum."""
    for place in (1, 2):
        key = schools.add(store, {"name": f"СОШ № {place}"})
        schools.set_code(store, key, "oo", f"100-0000{place}")
    found = protocol("основной день.xlsx", mark(ONE, OGE_MATHS, 2026, 3, 30))
    assert results.load(store, found).rows_new == 3
    return found


def protocol(name: str, *rows: ParsedMark) -> FileReading:
    """Counts of a protocol with one task and the scores of each school."""
    sat = [row.count.participants for row in rows]
    return replace(
        reading(*rows, name=name), kind="gia_protocol", sha256=(name.encode().hex() * 3)[:64],
        tasks=tuple(ParsedTask(row.unit, TaskCount(OGE_MATHS, 2026, "1", row.count.participants, 9, max_points=1),
                               Origin("Л", 5, 5)) for row in rows),
        scores=tuple(ParsedScores(row.unit, ScoreCount(OGE_MATHS, 2026, many, (0, many)), Origin("Л", 6, 6))
                     for row, many in zip(rows, sat, strict=True)),
    )  # fmt: skip


def stored(store: Store) -> list[tuple[str, int, int | None]]:
    return [(m.school, m.participants, m.below_min) for m in results.marks(store.connection)]


RESERVE = protocol("резервный день.xlsx", mark(ONE, OGE_MATHS, 2026, 1, 2), mark(TWO, OGE_MATHS, 2026, 0, 1))


def test_fewer_participants_wait_for_a_word_and_nothing_is_written(store: Store, day: FileReading) -> None:
    before = len(history.history(store.connection))
    plan = results.load(store, RESERVE)
    assert (plan.accepted, plan.operation_id, plan.rows_fewer) == (False, None, 1)
    (asked,) = [item for item in plan.problems if item.code == "DATA_FEWER_ASKED"]
    assert "СОШ № 1" in asked.message
    assert "было 30 (основной день.xlsx), здесь 2" in asked.message
    assert [(c.school, c.before[:2], c.after[:1]) for c in plan.changes] == [("СОШ № 1", "30", "2")]
    assert stored(store) == [("СОШ № 1", 30, 3)]
    assert len(history.history(store.connection)) == before


def test_what_was_stays_with_its_tasks_and_scores_and_the_rest_comes_in(store: Store, day: FileReading) -> None:
    plan = results.load(store, RESERVE, Options(fewer="keep"))
    assert (plan.accepted, plan.rows_new, plan.rows_changed, plan.rows_fewer) == (True, 3, 0, 1)
    assert "DATA_FEWER_KEPT" in {item.code for item in plan.problems}
    assert stored(store) == [("СОШ № 1", 30, 3), ("СОШ № 2", 1, 0)]
    assert sorted(t.participants for t in results.tasks(store.connection)) == [1, 30]
    assert sorted(s.participants for s in results.scores(store.connection)) == [1, 30]
    # twice is no more than once
    again = results.load(store, RESERVE, Options(fewer="keep"))
    assert (again.operation_id, again.rows_new, again.rows_fewer) == (None, 0, 1)


def test_who_says_so_replaces_and_may_take_it_back(store: Store, day: FileReading) -> None:
    plan = results.load(store, RESERVE, Options(fewer="replace"))
    assert (plan.rows_new, plan.rows_changed) == (3, 3)
    assert stored(store) == [("СОШ № 1", 2, 1), ("СОШ № 2", 1, 0)]
    assert results.load(store, RESERVE).operation_id is None, "the same file says nothing new and asks nothing"
    history.undo(store)
    assert stored(store) == [("СОШ № 1", 30, 3)]


def test_a_book_of_both_days_has_more_and_asks_nothing(store: Store, day: FileReading) -> None:
    both = protocol("оба дня.xlsx", mark(ONE, OGE_MATHS, 2026, 4, 32))
    plan = results.load(store, both)
    assert (plan.accepted, plan.rows_changed, plan.rows_fewer) == (True, 3, 0)
    assert stored(store) == [("СОШ № 1", 32, 4)]


def test_only_protocols_ask(store: Store, day: FileReading) -> None:
    table = reading(mark(ONE, OGE_MATHS, 2026, 1, 2))
    assert results.load(store, table).rows_changed == 1
