"""Copies of parts of a programme: what comes along, what stays, one step back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.errors import UserError
from app.models.store import Store
from app.operations import history, programme_copy, programme_edit, programme_parts, programmes
from tests.helpers import stores


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = stores.made(tmp_path / "копии.opora")
    yield made
    made.abandon()


def _filled(store: Store) -> dict[str, int]:
    """One goal, two tasks, an indicator and two activities with everything in the first task."""
    key = programmes.create(store, "municipal", "Первая", 2026, 2028)
    made = {"programme": key}
    made["goal"] = programme_edit.add(store, key, "goal", "Цель")
    made["problem"] = programme_edit.add(store, key, "problem", "Проблема")
    made["task"] = programme_edit.add(store, key, "task", "Задача", parent_id=made["goal"])
    made["other"] = programme_edit.add(store, key, "task", "Вторая", parent_id=made["goal"])
    made["measure"] = programme_edit.add(store, key, "measure", "Показатель", parent_id=made["task"])
    made["indicator"] = programme_edit.add(store, key, "indicator", "Индикатор", parent_id=made["measure"])
    made["act"] = programme_edit.add(store, key, "activity", "Курсы", parent_id=made["task"])
    made["next"] = programme_edit.add(store, key, "activity", "Проверка", parent_id=made["task"])
    made["direction"] = programme_parts.put_direction(store, key, None, "Кадры")
    programme_edit.put_target(store, made["indicator"], 2027, "12,5")
    programme_edit.put_term(store, made["act"], "март 2026")
    programme_edit.put_results(store, made["act"], ["12 учителей", "План"])
    programme_edit.put_money(store, made["act"], 2026, "municipal", "1000")
    programme_edit.put_activity(store, made["act"], direction_id=made["direction"], free=True)
    programme_edit.link(store, "serves", made["act"], made["indicator"])
    programme_edit.link(store, "after", made["next"], made["act"])
    programme_edit.link(store, "solves", made["task"], made["problem"])
    return made


def test_a_task_is_copied_with_all_under_it_in_one_step(store: Store) -> None:
    made = _filled(store)
    before = stores.dump(store.connection)
    copied = programme_copy.paste(store, made["programme"], [made["task"], made["act"]], made["goal"], made["other"])
    tree = programmes.tree(store.connection, made["programme"])
    assert len(copied) == 1  # the activity stands under the task and goes with it
    assert [node.text for node in tree.under(made["goal"])] == ["Задача", "Задача", "Вторая"]
    assert tree.under(made["goal"])[1].id == copied[0]
    acts = tree.under(copied[0], "activity")
    assert [node.text for node in acts] == ["Курсы", "Проверка"]
    indicator = tree.under(tree.under(copied[0], "measure")[0].id)[0]
    assert tree.targets[indicator.id][2027].value == "12.5"
    assert [row.text for row in tree.results[acts[0].id]] == ["12 учителей", "План"]
    assert [(row.date_from, row.date_to) for row in tree.terms[acts[0].id]] == [("2026-03-01", "2026-03-31")]
    assert tree.money[acts[0].id][0].kopecks == 100_000
    assert tree.activities[acts[0].id].free
    assert tree.activities[acts[0].id].direction_id == made["direction"]
    assert tree.linked("serves", acts[0].id) == (indicator.id,)
    assert tree.linked("after", acts[1].id) == (acts[0].id,)
    assert tree.linked("solves", copied[0]) == (made["problem"],)
    assert tree.nodes[copied[0]].lineage == copied[0]
    history.undo(store)
    assert stores.dump(store.connection) == before
    history.redo(store)
    assert len(programmes.tree(store.connection, made["programme"]).nodes) == len(tree.nodes)


def test_into_another_programme_only_inner_ties_and_directions_by_name(store: Store) -> None:
    made = _filled(store)
    other = programmes.create(store, "municipal", "Вторая", 2027, 2029)
    goal = programme_edit.add(store, other, "goal", "Цель")
    [task] = programme_copy.paste(store, other, [made["task"]], goal)
    tree = programmes.tree(store.connection, other)
    act = tree.under(task, "activity")[0]
    assert [item.title for item in tree.directions] == ["Кадры"]
    assert tree.activities[act.id].direction_id == tree.directions[0].id != made["direction"]
    assert {link.kind for link in tree.links} == {"serves", "after"}


def test_what_may_not_stand_somewhere_is_refused(store: Store) -> None:
    made = _filled(store)
    with pytest.raises(UserError) as told:
        programme_copy.paste(store, made["programme"], [made["act"]], made["goal"])
    assert told.value.code == "PROGRAMME_NOT_UNDER"


def test_lines_and_activities_of_a_direction(store: Store) -> None:
    made = _filled(store)
    added = programme_copy.add_lines(
        store, made["programme"], "activity", ["Один", " ", "Два  слова"], parent_id=made["task"], before=made["next"]
    )
    tree = programmes.tree(store.connection, made["programme"])
    assert [node.text for node in tree.under(made["task"], "activity")] == ["Курсы", "Один", "Два слова", "Проверка"]
    assert programme_copy.add_lines(store, made["programme"], "activity", ["", "  "]) == []
    own = programme_copy.add_activity(store, made["programme"], direction_id=made["direction"], text="Своё")
    programme_copy.put_direction_of(store, made["programme"], added, made["direction"])
    tree = programmes.tree(store.connection, made["programme"])
    assert {key for key, row in tree.activities.items() if row.direction_id == made["direction"]} == {
        made["act"], own, *added
    }  # fmt: skip
    history.undo(store)
    assert tree.activities[added[0]].direction_id == made["direction"]
    again = programmes.tree(store.connection, made["programme"])
    assert again.activities[added[0]].direction_id is None


def test_an_approved_programme_takes_no_copies(store: Store) -> None:
    made = _filled(store)
    with store.operation("Утверждена", "test") as operation:
        operation.update("programme", made["programme"], approved_on="2026-11-20")
    for act in (
        lambda: programme_copy.paste(store, made["programme"], [made["task"]], made["goal"]),
        lambda: programme_copy.add_lines(store, made["programme"], "goal", ["Ещё"]),
        lambda: programme_copy.add_activity(store, made["programme"]),
        lambda: programme_copy.put_direction_of(store, made["programme"], [made["act"]], None),
    ):
        with pytest.raises(UserError) as told:
            act()
        assert told.value.code == "PROGRAMME_FROZEN"
