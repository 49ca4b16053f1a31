"""A programme or its activity goes while the monitoring has rows of it: nothing is lost, what is left is told."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from app.models import indicators as stored
from app.models.store import Store
from app.operations import (
    checks,
    decisions,
    execution,
    execution_marks,
    history,
    indicators,
    measuring_points,
    programme_edit,
    programme_life,
    programmes,
    registers,
)
from tests.helpers import stores
from tests.helpers.programmes import small
from tests.monitoring_break import looks

DAY = date(2026, 11, 23)


@pytest.fixture
def keys(store: Store) -> dict[str, int]:
    """A small programme with an execution, a value, a rule, a closed point and a decision about its activity."""
    found = small(store)
    programme_edit.put_target(store, found["indicator"], 2026, "30")
    execution_marks.mark(store, [(found["first"], 2026), (found["second"], 2027)], "done", done_on="2026-10-01")
    execution_marks.put_cells(store, [((found["first"], 2026), "participants", "много")])
    found["point"] = measuring_points.add_point(store, found["programme"], 2026, "Выход", "output")
    indicators.put_value(store, found["indicator"], 2026, "31", found["point"])
    indicators.put_rule(store, found["indicator"], tolerance="4")
    measuring_points.close(store, found["programme"], found["point"], DAY)
    document = registers.add(store, "documents", {"school_year": 2026}, title="Протокол", kind="protocol")
    found["decision"] = registers.add(store, "points", {"document_id": document}, text="Провести", due_on="2026-12-01")
    decisions.tie(store, [found["decision"]], found["first"])
    return found


def kept(store: Store) -> dict[str, int]:
    tables = ("execution", "indicator_value", "indicator_rule", "indicator_stored", "measuring_point", "decision_point")
    return {name: store.connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in tables}


def told(store: Store) -> dict[str, str]:
    found = (item for item in checks.problems(store.connection) if item.code == "MON_LEFT_OVER")
    return {item.subject: item.message for item in found}


def everything_looks(store: Store, tmp_path: Path) -> None:
    """Every command and paper goes on; one that needs a programme says in words that there is none."""
    documents = tuple(key for key, _name in decisions.documents(store.connection))
    store.abandon()
    for words in [*looks.commands("СОШ № 1", documents), *looks.papers("СОШ № 1", tmp_path, documents)]:
        code, _answer, said = looks.look(store.path, words)
        assert code in looks.SEEN or (code == 1 and said and "\n" not in said), (words, said)


def test_nothing_is_told_where_nothing_is_gone(store: Store, keys: dict[str, int]) -> None:
    assert told(store) == {}


def test_an_activity_taken_out_of_the_plan_leaves_its_execution(store: Store, keys: dict[str, int]) -> None:
    before = kept(store)
    programme_edit.remove(store, [keys["first"]])
    assert kept(store) == before
    found = told(store)
    assert set(found) == {"left:activity", "left:point"}
    assert "«Стажировки учителей» (2026)" in found["left:activity"]
    assert "1\u00a0строка" in found["left:activity"]
    # what is gone is not shown as if it were planned
    lines = execution.table(store.connection, keys["programme"], None, DAY).lines
    assert keys["first"] not in {line.lineage for line in lines}
    history.undo(store)
    assert told(store) == {}
    lines = execution.table(store.connection, keys["programme"], 2026, DAY).lines
    assert [line.shown for line in lines if line.lineage == keys["first"]] == ["done"]


def test_an_indicator_taken_out_leaves_value_and_closed_point(store: Store, keys: dict[str, int]) -> None:
    before = kept(store)
    programme_edit.remove(store, [keys["indicator"]])
    assert kept(store) == before
    assert set(told(store)) == {"left:indicator", "left:rule"}
    assert indicators.table(store.connection, keys["programme"], 2026, DAY).lines == ()
    assert [one.lineage for one in stored.stored_at(store.connection, keys["point"])] == [keys["indicator"]]
    measuring_points.reopen(store, keys["point"], "Индикатор убран")


def test_a_programme_removed_leaves_everything_and_all_views_go_on(
    store: Store, keys: dict[str, int], tmp_path: Path
) -> None:
    stores.school(store, "СОШ № 1", own=1)
    before = kept(store)
    programmes.remove(store, keys["programme"])
    assert kept(store) == before
    found = told(store)
    assert set(found) == {"left:activity", "left:indicator", "left:rule", "left:programme", "left:point"}
    assert "«Поддержка школ округа» (2026)" in found["left:programme"]
    assert "2\u00a0строки" in found["left:activity"]
    history.undo(store)
    assert told(store) == {}
    programmes.remove(store, keys["programme"])
    everything_looks(store, tmp_path)


def test_a_new_edition_goes_on_with_what_was_measured(store: Store, keys: dict[str, int]) -> None:
    """The draft drops an activity: while the edition in force still has it, nothing is left over."""
    programme_life.approve(store, keys["programme"], act_kind="постановление", act_number="7", act_date="2026-09-01")
    draft = programme_life.new_edition(store, keys["programme"])
    nodes = programmes.tree(store.connection, draft).of_kind("activity")
    programme_edit.remove(store, [node.id for node in nodes if node.lineage == keys["first"]])
    assert told(store) == {}
    lines = execution.table(store.connection, keys["programme"], 2026, DAY).lines
    assert [line.shown for line in lines if line.lineage == keys["first"]] == ["done"]
    # execution and values of an approved edition stay writable, and the draft shows the same ones
    execution_marks.mark(store, [(keys["second"], 2027)], "part", done_on="2026-11-01")
    for edition in (keys["programme"], draft):
        rows = execution.table(store.connection, edition, 2027, DAY).lines
        assert [line.shown for line in rows if line.lineage == keys["second"]] == ["part"]
    [line] = indicators.table(store.connection, draft, 2026, DAY).lines
    assert line.value == "31"
