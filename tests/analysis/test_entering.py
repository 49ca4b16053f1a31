"""How many more pupils below minimum would list a school: worked out by hand, and by trying."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.analysis.entering import to_enter
from app.analysis.rules import load_shipped
from tests.analysis.made import O_MATH, O_RUS, V_MATH_5, V_MATH_6, V_RUS_5, Row, Work, row, verdict

RULE = load_shipped()["rosobrnadzor-2022"]


@pytest.mark.parametrize(
    ("rows", "wanted"),
    [
        # 8 of 27 twice: one more in each makes 9 of 27
        ([row(V_MATH_5, 2026, 8, 27), row(V_RUS_5, 2026, 8, 27)], 2),
        # one is there, the other needs one more
        ([row(V_MATH_5, 2026, 9, 27), row(V_RUS_5, 2026, 8, 27)], 1),
        # the year before has one: one procedure of this year is enough, the nearer of 4 and 2 pupils
        ([row(V_MATH_5, 2026, 2, 20), row(V_RUS_5, 2026, 4, 20), row(O_RUS, 2025, 9, 10)], 2),
        # only one procedure, and nothing before: nobody's result lists it
        ([row(V_MATH_5, 2026, 2, 20)], None),
        # listed already
        ([row(V_MATH_5, 2026, 9, 20), row(V_RUS_5, 2026, 9, 20)], None),
        ([], None),
    ],
)
def test_how_many_more(rows: list[Row], wanted: int | None) -> None:
    assert to_enter(verdict(rows), RULE, 2026) == wanted


def test_a_group_that_is_too_small_can_not_help() -> None:
    rule = replace(RULE, min_participants=10)
    rows = [row(V_MATH_5, 2026, 1, 5), row(V_RUS_5, 2026, 5, 20), row(O_MATH, 2026, 5, 20)]
    assert to_enter(verdict(rows, rule), rule, 2026) == 2


def test_a_rule_that_compares_schools_has_no_such_number() -> None:
    rule = load_shipped()["lenobl-2018"]
    assert to_enter(verdict([row(V_MATH_5, 2026, 1, 5)], rule), rule, 2026) is None


WORKS = st.sampled_from((V_MATH_5, V_MATH_6, O_MATH))
FOUND = st.tuples(WORKS, st.sampled_from((2025, 2026)), st.integers(1, 12), st.integers(0, 12))


@settings(max_examples=80, deadline=None)
@given(st.lists(FOUND, unique_by=lambda item: item[:2], max_size=6))
def test_one_pupil_is_the_edge(found: list[tuple[Work, int, int, int]]) -> None:
    """A school that one more pupil of this year lists is on the edge, and the other way round."""
    rows = [row(work, year, min(below, size), size) for work, year, size, below in found]
    answer = verdict(rows)
    if answer.verdict == "not_listed":
        up = any(step.change == 1 and step.fraction and step.fraction.year == 2026 for step in answer.edge_steps)
        assert (to_enter(answer, RULE, 2026) == 1) == up
