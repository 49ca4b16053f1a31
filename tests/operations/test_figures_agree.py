"""Figures at their edges, worked out by hand: months, dynamics, terms of activities; one number in every place."""

from __future__ import annotations

import math
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app.models.store import Store
from app.operations import dynamics, execution, execution_words, month_plan, notes, registers, results, today, workday
from app.operations.note_scope import Asked
from app.operations.plans import Options
from tests.helpers import stores
from tests.helpers.programmes import small
from tests.operations.conftest import MATHS5, mark, reading, school

DAY = date(2026, 11, 23)


# --- a month and a quarter ---------------------------------------------------------------------------------------

DONE: dict[str, tuple[str, dict[str, Any], str, str]] = {
    "tasks": ("done", {"text": "Дело", "due_on": "2026-11-10", "done_on": "2026-11-10"}, "Сделано: 1 дело", ""),
    "requests": ("requests", {"subject": "Запрос", "received_on": "2026-11-02", "due_on": "2026-11-09",
                              "answered_on": "2026-11-10"}, "Поступил 1 запрос", "Входящих запросов не было"),
    "risks": ("support", {"text": "Мера", "due_on": "2026-11-20", "done_on": "2026-11-18", "state": "done"},
              "Выполнено: 1 мера", "не отмечено"),
}  # fmt: skip


def _block(store: Store, period: str, key: str) -> str:
    found = month_plan.report(store.connection, workday.period(period), DAY)
    return next(block.text for block in found.blocks if block.key == key).replace("\u00a0", " ")


@pytest.mark.parametrize("period", ["2026-11", "2026-Q4"])
@pytest.mark.parametrize("register", DONE)
def test_a_deleted_row_leaves_the_report_and_undo_brings_it_back(tmp_path: Path, register: str, period: str) -> None:
    store = stores.made(tmp_path / "файл.opora")
    block, values, with_row, _without = DONE[register]
    scope: dict[str, Any] = {"school_year": 2026} if register == "risks" else {}
    empty = _block(store, period, block)
    key = registers.add(store, register, scope, **values)
    told = _block(store, period, block)
    assert with_row in told
    assert with_row not in empty
    registers.remove(store, register, scope, [key])
    assert _block(store, period, block) == empty
    store.undo()
    assert _block(store, period, block) == told
    store.close()


# --- dynamics ----------------------------------------------------------------------------------------------------


def _wilson(part: int, of: int) -> tuple[float, float]:
    z, p = 1.959963984540054, part / of
    middle, spread = p + z * z / (2 * of), z * math.sqrt(p * (1 - p) / of + z * z / (4 * of * of))
    return (middle - spread) / (1 + z * z / of), (middle + spread) / (1 + z * z / of)


def _compared(store: Store, before: tuple[int, int], after: tuple[int, int]) -> Any:
    unit = school("СОШ № 1", "edu1")
    marks = [mark(unit, MATHS5, 2025, *before), mark(unit, MATHS5, 2026, *after, 10)]
    results.load(store, reading(*marks), Options(create_schools=True, all_own=True))
    return dynamics.table(store.connection, 2026).schools[0].change


@pytest.mark.parametrize(
    ("before", "after", "verdict", "marks"),
    [
        ((1000, 10_000), (1999, 10_000), "rising", ()),  # 9,99 points: not yet negative dynamics
        ((1000, 10_000), (2000, 10_000), "worse", ()),  # exactly 10
        ((2000, 10_000), (1001, 10_000), "falling", ()),
        ((2000, 10_000), (1000, 10_000), "better", ()),
        ((1, 9), (3, 9), "small", ("small",)),
        ((1, 10), (3, 10), "worse", ()),
        ((1, 10), (3, 9), "small", ("small",)),
        ((2, 10), (2, 13), "same", ()),  # exactly 30 % more children
        ((2, 10), (2, 14), "same", ("pupils",)),
    ],
)
def test_dynamics_at_the_edges(
    store: Store, before: tuple[int, int], after: tuple[int, int], verdict: str, marks: tuple[str, ...]
) -> None:
    found = _compared(store, before, after)
    assert (found.verdict, found.marks) == (verdict, marks)
    (a, m), (b, n) = before, after
    one, two = a / m, b / n
    (low1, high1), (low2, high2) = _wilson(a, m), _wilson(b, n)
    assert found.bounds.value == pytest.approx(two - one)
    assert found.bounds.low == pytest.approx(two - one - math.hypot(two - low2, high1 - one))
    assert found.bounds.high == pytest.approx(two - one + math.hypot(high2 - two, one - low1))


# --- execution ---------------------------------------------------------------------------------------------------


def _term(store: Store, key: int, *spans: tuple[str, str]) -> None:
    with store.operation("Сроки", "test.terms") as operation:
        for (old,) in store.connection.execute("SELECT id FROM programme_term WHERE node_id = ?", (key,)).fetchall():
            operation.delete("programme_term", old)
        for place, (first, last) in enumerate(spans):
            operation.insert("programme_term", node_id=key, position=place, date_from=first, date_to=last)


@pytest.mark.parametrize(
    ("spans", "year", "due", "shown"),
    [
        ((("2026-11-01", "2026-11-22"),), 2026, "2026-11-22", "late"),
        ((("2026-11-01", "2026-11-23"),), 2026, "2026-11-23", "soon"),
        ((("2026-11-15", "2027-01-20"),), 2027, "2027-01-20", "planned"),
        ((("2026-02-01", "2026-02-10"), ("2026-12-01", "2026-12-20")), 2026, "2026-12-20", "planned"),
    ],
)
def test_every_place_counts_the_same(
    store: Store, spans: tuple[tuple[str, str], ...], year: int, due: str, shown: str
) -> None:
    keys = small(store)
    _term(store, keys["first"], *spans)
    found = execution.table(store.connection, keys["programme"], year, DAY)
    assert [(line.due_on, line.shown) for line in found.lines] == [(due, shown), (None, "no_term")]
    assert (found.totals.count(shown), found.totals.total) == (1, 2)  # type: ignore[arg-type]
    late = int(shown == "late")
    sentence = execution_words.sentence(found).replace("\u00a0", " ")
    assert bool(re.search("просроч", sentence)) == bool(late), sentence
    if year == DAY.year:
        book = notes.read(store.connection, Asked("report", year, DAY, keys["programme"]))
        figures = {figure.key: figure.value for block in book.blocks for figure in block.figures}
        assert figures["execution.total"] == "2"
        assert figures.get("execution.late", "0") == str(late)
    found_today = today.today(store.connection, DAY)
    mine = [step for step in found_today.steps if step.line is not None and step.line.source == "activity"]
    assert len(mine) == int(shown in {"late", "soon"})
    assert found_today.late == late
    assert sum(line.shown == "late" for line in execution.due(store.connection, DAY)) == late


def test_done_before_the_year_and_moved(store: Store) -> None:
    keys = small(store)
    _term(store, keys["first"], ("2026-03-01", "2026-04-30"))
    lineage = execution.table(store.connection, keys["programme"], 2026, DAY).lines[0].key
    execution.mark(store, [lineage], "done", done_on="2025-12-20")
    line = execution.table(store.connection, keys["programme"], 2026, DAY).lines[0]
    assert (line.shown, line.in_time) == ("done", True)
    execution.mark(store, [lineage], "moved", moved_to="2026-11-22")
    line = execution.table(store.connection, keys["programme"], 2026, DAY).lines[0]
    assert (line.shown, line.days, line.due_on) == ("late", 1, "2026-11-22")
