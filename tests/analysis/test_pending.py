"""A verdict whose figures wait: nothing is made before it is asked for, and what is made is what it always was."""

from __future__ import annotations

import copy
import pickle
from dataclasses import asdict, fields
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.analysis.columns import worst_of, worst_places
from app.analysis.ranking import RankingRule
from app.analysis.threshold import ThresholdRule
from app.analysis.verdicts import SchoolVerdict
from tests.analysis.made import O_MATH, O_RUS, V_MATH_5, V_MATH_6, V_RUS_5, Row, answers, row

RULES = ("rosobrnadzor-2022", "lenobl-2018")


def works() -> list[Row]:
    """3 of 10 twice in the year, once more the year before."""
    return [row(V_MATH_5, 2026, 3, 10), row(V_RUS_5, 2026, 3, 10), row(O_MATH, 2026, 1, 10), row(O_RUS, 2025, 9, 10)]


@pytest.mark.parametrize("rule", RULES)
def test_a_row_is_ordered_and_counted_without_its_figures(rule: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_arguments: object) -> Any:
        raise AssertionError("nobody has looked at this school")

    for kind in (ThresholdRule, RankingRule):
        monkeypatch.setattr(kind, "details", refuse)
        monkeypatch.setattr(kind, "fractions", refuse)
    [got] = answers(works(), rule).rows()
    assert (got.verdict, got.sample) == ("listed", "10-19" if rule == RULES[0] else "20-49")
    assert got.worst is not None
    assert (got.worst.label, got.worst.below, got.worst.participants) == ("ВПР математика, 5\u00a0кл.", 3, 10)
    # under a rule that compares schools all works of the sum count as hits
    assert got.counted(2026) == ((2, 3) if rule == RULES[0] else (3, 3))
    with pytest.raises(AssertionError, match="nobody has looked"):
        got.to_leave  # noqa: B018 - the look itself is what is tested


@pytest.mark.parametrize("rule", RULES)
def test_figures_are_made_once_and_equal_plain_ones(rule: str) -> None:
    got = answers(works(), rule).verdict(1)
    assert got.fractions is got.fractions
    plain = SchoolVerdict(**{field.name: getattr(got, field.name) for field in fields(SchoolVerdict)})
    assert type(got) is not SchoolVerdict
    assert got == plain
    assert plain == got
    assert hash(got) == hash(plain)
    assert asdict(got) == asdict(plain)
    assert type(copy.copy(got)) is SchoolVerdict
    assert pickle.loads(pickle.dumps(got)) == got
    assert got != answers([row(V_MATH_5, 2026, 3, 10)], rule).verdict(1)
    assert got.counted(2025) == (len(got.hits(2025)), 1) == plain.counted(2025)


def test_the_worst_place_is_exact() -> None:
    # 1 of 3 and 10 of 30 are equal: the larger group; 3 of 10 twice: the one that decided; no data; nobody below
    below = np.array([[1, 10, 0], [3, 3, 2], [0, 0, 0], [0, 0, 0]])
    size = np.array([[3, 30, 5], [10, 10, 10], [0, 0, 0], [0, 4, 9]])
    first = np.zeros((4, 3), dtype=np.bool_)
    first[1, 1] = True
    assert worst_places(below, size, first).tolist() == [1, 1, -1, 2]


def test_spring_and_autumn_are_one_work_when_the_worst_is_sought() -> None:
    # 4 of 10 in autumn alone would be the worst; with spring it is 5 of 20, less than 3 of 10
    rows = [row(V_MATH_5, 2020, 1, 10), row(V_MATH_5, 2020, 4, 10, autumn=1), row(V_MATH_6, 2020, 3, 10)]
    got = answers(rows, "lenobl-2018", 2020).verdict(1)
    assert got.worst is not None
    assert (got.worst.grade, got.worst.below, got.worst.participants) == (6, 3, 10)
    assert got.counted(2020) == (2, 2)


@given(
    st.lists(
        st.tuples(
            st.integers(1, 3),
            st.sampled_from([V_MATH_5, V_MATH_6, V_RUS_5, O_MATH, O_RUS]),
            st.integers(2024, 2026),
            st.integers(0, 6),
            st.integers(0, 6),
        ),
        unique_by=lambda item: item[:3],
        max_size=30,
    )
)
@settings(max_examples=60, deadline=None)
def test_what_is_ready_agrees_with_the_figures(found: list[tuple[int, Any, int, int, int]]) -> None:
    rows = [row(work, year, min(below, size), size, school=key) for key, work, year, below, size in found]
    for rule in RULES:
        for got in answers(rows, rule, 2026, (1, 2, 3)).rows():
            assert got.worst == worst_of(got.fractions, 2026)
            assert got.counted(2026) == (len(got.hits(2026)), len(got.of_year(2026)))
