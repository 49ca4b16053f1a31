"""The matrix of a programme: activities with their execution, indicators with their lights, by task."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from app.errors import UserError
from app.models.store import Store
from app.operations import execution, indicators, programme_edit, sufficiency
from tests.helpers import programmes, stores

DAY = date(2026, 11, 23)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return stores.made(tmp_path / "file.opora")


@pytest.fixture
def keys(store: Store) -> dict[str, int]:
    found = programmes.small(store)
    programme_edit.put_indicator(store, found["indicator"], unit="%", direction="down", baseline_year=2025)
    programme_edit.put_baseline(store, found["indicator"], "40")
    programme_edit.put_target(store, found["indicator"], 2026, "30")
    programme_edit.put_term(store, found["first"], "сентябрь – октябрь 2026 года")
    programme_edit.put_term(store, found["second"], "март 2027 года")
    programme_edit.put_results(store, found["first"], ["12 учителей"])
    programme_edit.link(store, "serves", found["first"], found["indicator"])
    return found


def lineage(store: Store, node: int) -> int:
    return int(store.connection.execute("SELECT lineage FROM programme_node WHERE id = ?", (node,)).fetchone()[0])


def test_activities_and_indicators_meet_under_their_task(store: Store, keys: dict[str, int]) -> None:
    found = sufficiency.table(store.connection, keys["programme"], 2026, DAY)
    first, second = found.lines
    assert [cell.text for cell in first.activities] == ["Стажировки учителей", "Разбор работ"]
    assert (first.activities[0].shown, first.activities[0].serves) == ("late", frozenset({keys["indicator"]}))
    assert (first.activities[1].shown, first.activities[1].word) == (None, "позже этого года")
    assert (first.done, first.due, first.reached, first.known) == (0, 1, 0, 0)
    assert first.judgement.verdict == "no_data"
    assert second.judgement.why == "У задачи нет ни одного мероприятия."
    assert found.sentence.replace("\u00a0", " ") == "2 задачи · есть пробел: 1 · нет данных: 1"


def test_done_activities_and_a_lagging_indicator_are_too_few(store: Store, keys: dict[str, int]) -> None:
    indicators.put_value(store, lineage(store, keys["indicator"]), 2026, "39")
    task = sufficiency.table(store.connection, keys["programme"], 2026, DAY).lines[0]
    assert task.judgement.verdict == "undone"
    execution.mark(store, [(lineage(store, keys["first"]), 2026)], "done", done_on="2026-10-20")
    task = sufficiency.table(store.connection, keys["programme"], 2026, DAY).lines[0]
    assert (task.done, task.due, task.judgement.verdict) == (1, 1, "early")
    programme_edit.remove(store, [keys["second"]])
    task = sufficiency.table(store.connection, keys["programme"], 2026, DAY).lines[0]
    assert (task.judgement.verdict, task.known, task.reached) == ("short", 1, 0)
    assert task.activities[0].findings == ("не записано, что получилось",)
    indicators.put_value(store, lineage(store, keys["indicator"]), 2026, "30")
    task = sufficiency.table(store.connection, keys["programme"], 2026, DAY).lines[0]
    assert (task.judgement.verdict, task.reached) == ("enough", 1)


def test_an_activity_of_two_years_is_done_when_both_are(store: Store, keys: dict[str, int]) -> None:
    programme_edit.put_dates(
        store, keys["first"], [("2026-09-01", "2026-10-30"), ("2027-02-01", "2027-03-31")]
    )  # fmt: skip
    own = lineage(store, keys["first"])
    execution.mark(store, [(own, 2026)], "done", done_on="2026-10-20")

    def shown(year: int) -> str | None:
        return sufficiency.table(store.connection, keys["programme"], year, DAY).lines[0].activities[0].shown

    assert (shown(2026), shown(2027)) == ("done", "planned")


def test_what_stands_under_no_task_is_kept_apart(store: Store, keys: dict[str, int]) -> None:
    programme_edit.add(store, keys["programme"], "activity", "Само по себе")
    found = sufficiency.table(store.connection, keys["programme"], 2026, DAY)
    assert (found.lines[-1].key, found.lines[-1].text, len(found.tasks)) == (None, "Вне задач", 2)
    assert found.sentence.endswith("мероприятий вне задач: 1")


def test_an_unknown_programme_is_refused(store: Store) -> None:
    with pytest.raises(UserError):
        sufficiency.table(store.connection, 5, 2026, DAY)
