"""Checks never fail, whatever stands in the store, and name only places that are there; they are quick."""

from __future__ import annotations

import random
import statistics
import time
from dataclasses import fields, replace
from datetime import date
from typing import Any, get_args

import pytest

from app.analysis import programme_checks
from app.analysis.programme_checks import RULES, Given
from app.analysis.programme_numbers import numbers
from app.analysis.programme_sections import BY_KEY
from app.models.programme_records import PARENTS, Coverage, NodeKind, Tree
from tests.helpers.programme_trees import Planting, whole
from tests.helpers.rows import TEXTS

_WORDS = (
    *TEXTS, "____", "«____» %", "комплекс мер", "2023–2024", "всего 12 тыс. руб.", "12,5", "999999999999999999999",
    "-", "Семинар", "Семинар", "после дождичка", "(", "{rule}", "%s", "2023 2024 2025", "«", "»", "…………",
)  # fmt: skip


def _tree(seed: int) -> Tree:
    chance = random.Random(seed)

    def words() -> str:
        return chance.choice(_WORDS)

    plant = Planting(words(), (2023, chance.choice([2023, 2025])), building=chance.choice(["tasks", "directions"]),
                     document=chance.choice(["programme", "complex", "plan", "road_map"]),
                     kind=chance.choice(["municipal", "school"]), period_text=words())  # fmt: skip
    kinds = get_args(NodeKind)
    for _ in range(chance.randrange(25)):
        kind = chance.choice(kinds)
        above = chance.choice([None, 999, *plant.nodes])
        if chance.random() < 0.7:
            fitting = [key for key, node in plant.nodes.items() if node.kind in PARENTS[kind]]
            above = chance.choice(fitting) if fitting else None
        if kind == "activity" and chance.random() < 0.8:
            plant.activity(words(), above, term=words(), term_code=chance.choice([None, "TERM"]), results=[words()],
                           responsible=[words()], label=words(), coverage=chance.choice(get_args(Coverage)),
                           spans=chance.choice([(), (("2023-01-01", "2026-02-28"),)]),
                           serves=[chance.choice([7, *plant.nodes])])  # fmt: skip
        elif kind == "indicator" and chance.random() < 0.8:
            key = plant.indicator(words(), above, baseline=words(), targets={2024: words(), 2030: words()},
                                  required={2024: words()}, tolerance=words(), unit=words(),
                                  direction=chance.choice([None, "up", "down", "hold"]))  # fmt: skip
            plant.targets[key][2024] = replace(plant.targets[key][2024], value=words(), required="NaN")
        else:
            plant.node(kind, words(), above, answer=words())
    for key in list(plant.nodes):
        if chance.random() < 0.3:
            plant.money(key, chance.choice([2023, 2026]), chance.choice([None, 0, 5]), words() or "x", words())
            plant.estimate(key, 2023, chance.choice([None, 5]), text=words(), source=words(), comes=None)
    for _ in range(10):
        pair = [chance.choice([1, *plant.nodes]) for _side in range(2)]
        plant.link(chance.choice(["serves", "solves", "after"]), *pair)
    for section in BY_KEY:
        if chance.random() < 0.5:
            plant.text(section, words(), chance.choice(["typed", "derived"]))
    plant.text("of another version", words())
    for add in (plant.stakeholder, plant.mechanism, plant.monitor):
        add(words(), words())
    plant.block(chance.choice(["approve", "approved", "agreed", "accepted"]), words(), words(), words(), words())
    return plant.tree()


@pytest.mark.parametrize("seed", range(150))
def test_no_tree_breaks_the_checks(seed: int) -> None:
    tree = _tree(seed)
    given = Given(date(2023, 5, 5), programme_checks.read_words(), listed=random.Random(seed).choice([None, 0, 3]))
    look = programme_checks.look_at(tree, given)
    for item in look.found:
        assert item.rule in RULES
        assert item.node_id is None or item.node_id in tree.nodes
        assert item.section is None or item.section in BY_KEY
        assert item.where
    share = programme_checks.completeness(look)
    assert 0 <= share.filled <= share.total
    assert all(0 <= part.filled <= part.total for part in share.parts)
    assert programme_checks.check(tree, given) == programme_checks.check(tree, given)


def test_an_empty_tree_is_checked() -> None:
    tree = Planting("").tree()
    assert {field.name for field in fields(tree)} >= {"programme", "nodes"}
    rules = {item.rule for item in programme_checks.check(tree, Given(date(2023, 1, 1)))}
    assert {"goal-missing", "plan-empty", "passport-missing"} <= rules


def large(tasks: int = 60, activities: int = 10) -> Tree:
    """Return a programme of 60 tasks and 600 activities, each with an indicator, a term, money."""
    plant = Planting()
    goal = plant.node("goal", "К концу 2025 года снизить долю не сдавших до 10 %")
    for number in range(tasks):
        task = plant.node("task", f"Поддержать школы по направлению {number}", goal)
        measure = plant.node("measure", f"Качество {number}", task)
        key = plant.indicator(f"Доля {number}", measure, baseline="34", targets={2023: "30", 2024: "20", 2025: "10"})
        for place in range(activities):
            node = plant.activity(_sentence(number * activities + place), task, serves=[key], free=False)
            plant.money(node, 2023, 100_000)
    return plant.tree()


_DOING = ("Семинар", "Курсы", "Выезд", "Консультация", "Открытый урок", "Круглый стол", "Стажировка", "Совещание")
_WHOM = ("учителей математики", "учителей физики", "директоров школ", "заместителей", "молодых педагогов",
         "классных руководителей", "психологов", "наставников")  # fmt: skip
_ABOUT = ("разбор проверочных работ", "подготовка к экзамену", "план урока", "работа с родителями", "чтение",
          "дефициты", "наставничество", "внутренняя оценка", "адаптация", "мотивация")  # fmt: skip


def _sentence(number: int) -> str:
    rest, doing = divmod(number, len(_DOING))
    about, whom = divmod(rest, len(_WHOM))
    return f"{_DOING[doing]} для {_WHOM[whom]}: {_ABOUT[about % len(_ABOUT)]}"


def _seconds(call: Any, times: int = 5) -> float:
    found = []
    for _ in range(times):
        start = time.perf_counter()
        call()
        found.append(time.perf_counter() - start)
    return statistics.median(found)


def test_checks_grow_with_the_programme_no_faster() -> None:
    """Ten times the programme costs at most about ten times the check: nothing is compared with everything."""
    given = Given(date(2023, 5, 5), programme_checks.read_words())
    small, big = large(6), large(60)
    assert len(big.activities) == 600
    assert {item.rule for item in programme_checks.check(big, given)} >= {"problem-missing"}
    assert _seconds(lambda: programme_checks.check(big, given)) < 25 * _seconds(
        lambda: programme_checks.check(small, given)
    )


def test_checks_cost_no_more_than_some_walks_over_the_tree() -> None:
    given = Given(date(2023, 5, 5), programme_checks.read_words())
    big = large()
    programme_checks.check(big, given)
    assert _seconds(lambda: programme_checks.check(big, given)) < 100 * _seconds(lambda: numbers(replace(big)))


def test_a_whole_tree_names_nothing_twice() -> None:
    plant, _key = whole()
    found = programme_checks.check(plant.tree(), Given(date(2023, 5, 5), programme_checks.read_words()))
    assert len(found) == len(set(found)) == 0
