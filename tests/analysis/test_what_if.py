"""Another threshold, other numbers: the strip of stability and the rule moved; vectors worked out by hand."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.analysis.rules import Rule, load_shipped
from app.analysis.what_if import ALWAYS, NEVER, Change, movable, moved, present_n, steps, tops
from tests.analysis.made import O_MATH, O_RUS, V_MATH_5, V_MATH_6, V_RUS_5, Row, answers, row

RULES = [rule for rule in load_shipped().values() if movable(rule)]
RULE = load_shipped()["rosobrnadzor-2022"]
WORKS = (V_MATH_5, V_MATH_6, V_RUS_5, O_MATH, O_RUS)


def test_the_highest_threshold_of_a_school() -> None:
    rows = [
        # two procedures: 8 of 27 is 29.63 %, 3 of 10 is 30 %: two of them up to 29
        row(V_MATH_5, 2026, 8, 27, school=1), row(V_MATH_6, 2026, 3, 10, school=1),
        # one procedure in each year, 40 and 35 %: up to 35 by «хотя бы одна в каждом из двух лет»
        row(V_MATH_5, 2026, 4, 10, school=2), row(V_RUS_5, 2025, 7, 20, school=2),
        # 10 %, 20 % and 50 % in the year: the second largest decides
        row(V_MATH_5, 2026, 1, 10, school=3), row(V_MATH_6, 2026, 2, 10, school=3), row(O_RUS, 2026, 5, 10, school=3),
        # one procedure only: two are never reached, and there is no year before
        row(V_MATH_5, 2026, 10, 10, school=4),
    ]  # fmt: skip
    found = answers(rows, RULE, schools=(1, 2, 3, 4, 5))
    assert tops(found) == (29, 35, 20, NEVER, NEVER)
    assert found.listed_ids() == (2,)


def test_same_procedure_in_both_years_and_both_grounds() -> None:
    rows = [row(V_MATH_5, 2026, 5, 10), row(V_MATH_5, 2025, 3, 10), row(V_RUS_5, 2026, 4, 10), row(O_RUS, 2025, 9, 10)]
    either, both = (load_shipped()[name] for name in ("quoted-2025", "quoted-2025-and"))
    # two in the year: 50 and 40 give 40; the same in both years: the smaller of 50 and 30
    assert tops(answers(rows, either)) == (40,)
    assert tops(answers(rows, both)) == (30,)


def test_a_small_group_never_counts() -> None:
    rows = [row(V_MATH_5, 2026, 3, 4), row(V_RUS_5, 2026, 4, 10)]
    assert tops(answers(rows, RULE)) == (40,)
    assert tops(answers(rows, replace(RULE, min_participants=5))) == (NEVER,)


def test_the_strip_counts_those_above_and_names_those_who_move() -> None:
    made = steps([(1, 29), (2, 35), (3, 20), (4, NEVER), (5, ALWAYS), (6, 19)])
    by_percent = {step.percent: step for step in made}
    assert sorted(by_percent) == list(range(20, 41))
    assert [by_percent[p].listed for p in (20, 21, 29, 30, 35, 36, 40)] == [4, 3, 3, 2, 2, 1, 1]
    assert by_percent[29].come == (1,)
    assert by_percent[30].leave == (1,)
    assert by_percent[20].come == (3,)
    assert by_percent[20].leave == (6,)
    assert all(
        two.listed == one.listed - len(two.leave) and one.come == two.leave for one, two in itertools.pairwise(made)
    )


def test_moving_what_a_rule_does_not_have_leaves_it_alone() -> None:
    lowest = load_shipped()["lenobl-2018"]
    assert not movable(lowest)
    assert moved(lowest, Change(threshold=25, n=3)) == lowest
    assert moved(RULE, Change()) is RULE
    assert moved(RULE, Change(threshold=30, n=present_n(RULE), min_participants=1, egemath="one", join="or")) == RULE
    assert moved(RULE, Change(threshold=35)).threshold == (35, 100)
    assert [b.n for b in moved(RULE, Change(n=3)).branches] == [3, 1], "the ground of two years is another number"


@st.composite
def results(draw: st.DrawFn) -> list[Row]:
    made = []
    for school in range(1, draw(st.integers(1, 6)) + 1):
        for year in (2024, 2025, 2026):
            for work in draw(st.lists(st.sampled_from(WORKS), unique=True)):
                size = draw(st.integers(0, 40))
                made.append(row(work, year, draw(st.integers(0, size)), size, school=school))
    return made


@settings(max_examples=60, deadline=None)
@given(results(), st.sampled_from(RULES), st.integers(1, 100), st.integers(1, 12))
def test_the_tops_answer_every_threshold_as_the_rule_itself(rows: list[Row], rule: Rule, at: int, least: int) -> None:
    schools = tuple(range(1, 7))
    moving = moved(rule, Change(threshold=at, min_participants=least))
    listed = set(answers(rows, moving, schools=schools).listed_ids())
    small = answers(rows, moved(rule, Change(min_participants=least)), schools=schools)
    assert {school for school, top in zip(schools, tops(small), strict=True) if top >= at} == listed


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_rule_with_a_threshold_can_be_moved(rule: Rule) -> None:
    assert moved(rule, Change(threshold=25)).threshold == (25, 100)
    assert moved(moved(rule, Change(threshold=25)), Change(threshold=30)).digest == rule.digest
