"""Ratios of the work on a programme, small sizes, generous (decision 35); both sides must have done the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import programme_edit as bench
from benchmarks.programme import begun
from tests.helpers import plans


def _ratio(ours: list[float], bound: list[float]) -> float:
    return min(ours) / min(bound)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(begun(tmp_path_factory.mktemp("программа"), 10))


def test_a_tree_is_not_many_times_dearer_than_its_rows(path: str) -> None:
    mine, facts = bench.read_whole(path, 4)
    bound, seen = bench.rows_of_tables(path, 4)
    assert facts == seen == {"nodes": 4 + 10 * (3 + 10)}
    assert _ratio(mine, bound) < 12
    again, _facts = bench.read_again(path, 4)
    assert _ratio(again, mine) < 0.5, "what has not changed is not read again"


def test_only_what_an_edit_touched_is_read_after_it(path: str) -> None:
    mine, _facts = bench.read_after_edit(path, 4)
    whole, _facts = bench.read_whole(path, 4)
    assert _ratio(mine, whole) < 0.8


def test_numbers_are_not_many_times_dearer_than_a_walk(path: str) -> None:
    mine, facts = bench.numbers(path, 4)
    bound, seen = bench.walk(path, 4)
    assert facts == seen
    assert _ratio(mine, bound) < 30


def test_checks_after_an_edit_are_not_many_times_dearer_than_reading_every_word(path: str) -> None:
    mine, facts = bench.checks(path, 4)
    bound, seen = bench.words(path, 4)
    assert facts["findings"] > 100
    assert seen["words"] > 1000
    assert _ratio(mine, bound) < 25


def test_a_move_costs_the_same_in_a_programme_five_times_as_large(path: str, tmp_path: Path) -> None:
    """Only the rows beside it are read and written."""
    small, _facts = bench.edits(str(begun(tmp_path, 2)), 6)
    large, _facts = bench.edits(path, 6)
    assert _ratio(large, small) < 3


def test_a_plan_comes_in_whole_on_both_sides(tmp_path: Path) -> None:
    table = plans.xlsx(tmp_path / "план.xlsx", plans.TITLE, [bench.plan_rows(40)])
    _mine, facts = bench.imported(str(table), str(tmp_path), 1)
    _bound, seen = bench.inserted(str(table), str(tmp_path), 1)
    assert facts == seen == {"activities": 40}
