"""Vectors worked out by hand: thresholds, branches, levels, missing data, edges (decisions 11-12)."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from app.analysis.identification import identify
from app.analysis.rules import load_shipped
from tests.analysis.made import (
    E_BASE,
    E_PROFILE,
    E_RUS,
    MATH,
    O_MATH,
    O_RUS,
    RUS,
    V_MATH_5,
    V_MATH_6,
    V_RUS_5,
    V_RUS_6,
    answers,
    changed,
    frame,
    row,
    verdict,
)

EIGHT = (V_MATH_5, V_MATH_6, V_RUS_5, V_RUS_6, O_MATH, O_RUS, E_PROFILE, E_RUS)


@pytest.mark.parametrize(
    ("below", "participants", "hit"),
    [
        (8, 27, False),  # 29.63 %
        (9, 27, True),
        (3, 10, True),  # exactly 30 %
        (2, 10, False),
        (1, 3, True),  # 33.3 %
        (0, 3, False),
        (29, 97, False),  # 29.897 %
        (30, 100, True),
        (299999, 1000000, False),  # one pupil short of 30 % of a million
        (300000, 1000000, True),
    ],
)
def test_whole_counts_decide_the_threshold(below: int, participants: int, hit: bool) -> None:
    got = verdict([row(V_MATH_5, 2026, below, participants)])
    assert [item.hit for item in got.fractions] == [hit]
    # one procedure alone never lists a school under this rule
    assert got.verdict == "not_listed"


def test_two_procedures_in_the_year_list_a_school_by_that_branch_and_those_fractions() -> None:
    got = verdict([row(V_MATH_5, 2026, 3, 10), row(O_RUS, 2026, 12, 31), row(V_RUS_5, 2026, 8, 27)])
    assert got.verdict == "listed"
    assert got.branches == ("two_in_year",)
    assert [(f.label, f.below, f.participants, f.hit, f.decided) for f in got.fractions] == [
        ("ВПР математика, 5\u00a0кл.", 3, 10, True, True),
        ("ОГЭ русский язык", 12, 31, True, True),
        ("ВПР русский язык, 5\u00a0кл.", 8, 27, False, False),
    ]
    assert got.sample == "10-19"  # of the smallest group that decided: 10
    assert got.worst is not None
    assert (got.worst.below, got.worst.participants) == (12, 31)
    assert got.incomplete is False


def test_one_procedure_in_each_of_two_years_lists_by_any_or_only_by_the_same() -> None:
    different = [row(V_MATH_5, 2026, 5, 10), row(O_RUS, 2025, 5, 10)]
    assert verdict(different).branches == ("each_year",)
    assert verdict(different, "kriro-2023").verdict == "not_listed"
    assert verdict(different, "quoted-2025").verdict == "not_listed"
    same = [row(V_MATH_5, 2026, 5, 10), row(V_MATH_5, 2025, 5, 10)]
    assert verdict(same).branches == ("each_year",)
    assert verdict(same, "kriro-2023").branches == ("same_both_years",)
    assert verdict(same, "quoted-2025").branches == ("same_both_years",)
    assert verdict(same, "quoted-2025-and").verdict == "not_listed"


def test_and_needs_both_branches_and_names_the_half_that_holds() -> None:
    rows = [row(V_MATH_5, 2026, 5, 10), row(O_RUS, 2026, 6, 12)]
    half = verdict(rows, "quoted-2025-and")
    assert (half.verdict, half.branches, half.true_branches) == ("not_listed", (), ("two_in_year",))
    both = verdict([*rows, row(O_RUS, 2025, 4, 12)], "quoted-2025-and")
    assert (both.verdict, both.branches) == ("listed", ("two_in_year", "same_both_years"))


def test_the_year_before_alone_lists_nobody_and_two_years_back_counts_for_nothing() -> None:
    assert verdict([row(V_MATH_5, 2025, 9, 10), row(O_RUS, 2025, 9, 10)]).verdict == "not_listed"
    old = verdict([row(V_MATH_5, 2026, 9, 10), row(O_RUS, 2024, 9, 10)])
    assert old.verdict == "not_listed"
    assert [f.year for f in old.fractions] == [2026]


def test_two_year_branches_may_ask_for_more_than_one_procedure() -> None:
    each = load_shipped()["rosobrnadzor-2022"].branches[1]
    same = load_shipped()["quoted-2025"].branches[1]
    rule = changed("rosobrnadzor-2022", branches=(replace(each, n=2), replace(same, n=2)))
    now = [row(V_MATH_5, 2026, 5, 10), row(O_RUS, 2026, 5, 10)]
    assert verdict([*now, row(V_MATH_5, 2025, 5, 10)], rule).true_branches == ()
    assert verdict([*now, row(V_MATH_5, 2025, 5, 10), row(V_RUS_5, 2025, 5, 10)], rule).branches == ("each_year",)
    both = verdict([*now, row(V_MATH_5, 2025, 5, 10), row(O_RUS, 2025, 5, 10)], rule)
    assert both.branches == ("each_year", "same_both_years")
    assert both.fewer == 3  # one of the two, from 5 of 10 to 2, breaks both


def test_base_and_profile_are_one_procedure_with_added_counts_or_two() -> None:
    rows = [row(E_BASE, 2026, 3, 10), row(E_PROFILE, 2026, 2, 5)]
    one = verdict(rows)
    assert one.verdict == "not_listed"
    assert [(f.below, f.participants, f.level, f.grade) for f in one.fractions] == [(5, 15, None, 11)]
    two = verdict(rows, changed("rosobrnadzor-2022", egemath="two"))
    assert two.verdict == "listed"
    assert [(f.below, f.participants, f.level) for f in two.fractions] == [(3, 10, "base"), (2, 5, "profile")]


def test_added_counts_may_fall_under_the_threshold_that_one_level_reached() -> None:
    got = verdict([row(E_BASE, 2026, 0, 10), row(E_PROFILE, 2026, 4, 10)])  # 4 of 20
    assert [f.hit for f in got.fractions] == [False]


def test_a_total_without_level_beside_its_levels_is_not_counted_twice() -> None:
    total = ("ЕГЭ", MATH, None, 11)
    rows = [row(E_BASE, 2026, 1, 10), row(E_PROFILE, 2026, 2, 10), row(total, 2026, 3, 20)]
    assert [(f.below, f.participants) for f in verdict(rows).fractions] == [(3, 20)]
    # where there are no levels the total is all there is; another year's levels do not push it out
    alone = verdict([row(total, 2026, 3, 10), row(E_BASE, 2025, 1, 10)])
    assert [(f.year, f.below, f.participants) for f in alone.fractions] == [(2026, 3, 10), (2025, 1, 10)]


def test_grade_of_oge_and_ege_is_implied() -> None:
    got = verdict([row(("ОГЭ", MATH, None, None), 2026, 3, 10), row(("ЕГЭ", RUS, None, None), 2026, 3, 10)])
    assert got.verdict == "listed"
    assert [f.grade for f in got.fractions] == [9, 11]


def test_every_grade_of_vpr_is_a_procedure_under_kriro_and_only_5_and_6_under_rosobrnadzor() -> None:
    rows = [row(("ВПР", MATH, None, 7), 2026, 3, 10), row(("ВПР", MATH, None, 8), 2026, 3, 10)]
    assert verdict(rows, "kriro-2023").branches == ("two_in_year",)
    assert verdict(rows).verdict == "no_data"


def test_other_subjects_and_kinds_do_not_count() -> None:
    rows = [row(("ВПР", "История", None, 5), 2026, 9, 10), row(("РПР", MATH, None, 5), 2026, 9, 10)]
    assert verdict(rows, "kriro-2023").verdict == "no_data"


def test_no_data_is_its_own_answer() -> None:
    for rows in ([], [row(V_MATH_5, 2026, 0, 0)], [row(V_MATH_5, 2026, None, 20)]):
        got = verdict(rows)
        assert (got.verdict, got.branches, got.fractions, got.sample, got.worst) == ("no_data", (), (), None, None)
        assert got.edge is False
        assert got.incomplete is False


def test_an_unknown_count_is_missing_and_not_zero() -> None:
    got = verdict([row(V_MATH_5, 2026, 5, 10), row(O_RUS, 2026, None, 30)])
    assert got.verdict == "not_listed"
    assert got.incomplete is True
    assert got.missing_matters is True
    assert ("ОГЭ русский язык", 2026) in {(item.label, item.year) for item in got.missing}


def test_incomplete_is_about_any_missing_procedure_of_both_years() -> None:
    full = [row(work, year, 0, 20) for work in EIGHT for year in (2025, 2026)]
    whole = verdict(full)
    assert (whole.verdict, whole.incomplete, whole.missing) == ("not_listed", False, ())
    without_one = verdict(full[:-1])
    assert (without_one.incomplete, without_one.missing_matters) == (True, False)
    assert [(item.label, item.year) for item in without_one.missing] == [("ЕГЭ русский язык", 2026)]


def test_partly_known_levels_leave_the_answer_incomplete() -> None:
    full = [row(work, year, 0, 20) for work in EIGHT for year in (2025, 2026)]
    got = verdict([*full, row(E_BASE, 2026, None, 5)])
    assert got.incomplete is True
    assert [(f.below, f.participants) for f in got.fractions if f.procedure == "ЕГЭ" and f.subject == MATH] == [
        (0, 20),
        (0, 20),
    ]


def test_edge_upward_one_pupil_more_lists_the_school() -> None:
    got = verdict([row(V_MATH_5, 2026, 3, 10), row(O_RUS, 2026, 2, 10), row(V_RUS_5, 2026, 1, 10)])
    assert (got.verdict, got.edge) == ("not_listed", True)
    assert [(step.change, step.fraction.label) for step in got.edge_steps if step.fraction] == [(1, "ОГЭ русский язык")]


def test_edge_upward_through_the_year_before() -> None:
    got = verdict([row(V_MATH_5, 2026, 3, 10), row(O_RUS, 2025, 2, 10)])
    assert (got.verdict, got.edge) == ("not_listed", True)
    assert [step.fraction.year for step in got.edge_steps if step.fraction] == [2025]


def test_edge_downward_one_pupil_fewer_takes_the_school_out() -> None:
    got = verdict([row(V_MATH_5, 2026, 3, 10), row(O_RUS, 2026, 9, 10)])
    assert (got.verdict, got.edge) == ("listed", True)
    assert [(step.change, step.fraction.below) for step in got.edge_steps if step.fraction] == [(-1, 3)]


def test_no_edge_where_another_branch_or_procedure_still_holds() -> None:
    three = [row(V_MATH_5, 2026, 3, 10), row(O_RUS, 2026, 3, 10), row(V_RUS_5, 2026, 3, 10)]
    assert verdict(three).edge is False
    two_years = [row(V_MATH_5, 2026, 3, 10), row(O_RUS, 2026, 3, 10), row(O_MATH, 2025, 9, 10)]
    assert verdict(two_years).edge is False


def test_no_edge_where_the_group_is_already_whole() -> None:
    # 2 of 2 cannot become 3 of 2; 0 of 4 needs two pupils
    rows = [row(V_MATH_5, 2026, 2, 2), row(O_RUS, 2026, 0, 4)]
    assert verdict(rows).edge is False


def test_sample_is_of_the_smallest_group_that_decided() -> None:
    listed = verdict([row(V_MATH_5, 2026, 20, 50), row(O_RUS, 2026, 30, 60), row(V_RUS_5, 2026, 0, 3)])
    assert listed.sample == ">=50"
    in_two_years = verdict([row(V_MATH_5, 2026, 20, 50), row(O_RUS, 2025, 5, 9), row(V_RUS_5, 2026, 0, 3)])
    assert in_two_years.sample == "<10"
    not_listed = verdict([row(V_MATH_5, 2026, 0, 49), row(V_RUS_5, 2026, 0, 20), row(O_RUS, 2025, 0, 2)])
    assert not_listed.sample == "20-49"  # of the year only


def test_minimum_of_participants_only_stops_the_threshold() -> None:
    rule = changed("rosobrnadzor-2022", min_participants=10)
    rows = [row(V_MATH_5, 2026, 3, 9), row(O_RUS, 2026, 3, 10), row(V_RUS_5, 2026, 9, 10)]
    got = verdict(rows, rule)
    assert [f.hit for f in got.fractions if f.participants == 9] == [False]
    assert verdict(rows[:2], rule).verdict == "not_listed"
    assert verdict(rows[:2]).verdict == "listed"


def test_restored_counts_are_marked_where_rounding_could_change_the_answer() -> None:
    near = verdict([row(V_MATH_5, 2026, 5, 10), row(O_RUS, 2026, 2, 10, restored=1)])
    assert near.rounding_matters is True
    assert [(f.restored, f.rounding_matters) for f in near.fractions] == [(False, False), (True, True)]
    exact = verdict([row(V_MATH_5, 2026, 5, 10), row(O_RUS, 2026, 2, 10)])
    assert exact.rounding_matters is False
    far = verdict([row(V_MATH_5, 2026, 5, 10), row(O_RUS, 2026, 1, 10, restored=1)])
    assert (far.rounding_matters, far.fractions[1].restored) == (False, True)
    # two restored levels may be off by one each: 4 of 20 could be 6 of 20
    both = verdict(
        [row(V_MATH_5, 2026, 5, 10), row(E_BASE, 2026, 2, 10, restored=1), row(E_PROFILE, 2026, 2, 10, restored=1)]
    )
    assert both.rounding_matters is True


def test_autumn_2020_belongs_to_2020_and_adds_to_spring() -> None:
    rows = [row(V_MATH_5, 2020, 3, 10, autumn=1), row(O_RUS, 2021, 3, 10)]
    assert verdict(rows, year=2021).branches == ("each_year",)
    twice = verdict([row(V_MATH_5, 2020, 1, 10), row(V_MATH_5, 2020, 6, 10, autumn=1)], year=2020)
    assert [(f.below, f.participants) for f in twice.fractions] == [(7, 20)]


def test_leaving_takes_the_fewest_pupils_over_all_true_branches() -> None:
    # 30 % of 10 is 3: to be under it 2 may stay. Costs: 5-2 = 3, 3-2 = 1, 4-2 = 2.
    rows = [row(V_MATH_5, 2026, 5, 10), row(O_RUS, 2026, 3, 10), row(V_RUS_5, 2026, 4, 10)]
    one_branch = verdict(rows)
    assert [(s.fraction.label, s.fewer, s.allowed) for s in one_branch.to_leave] == [
        ("ВПР русский язык, 5\u00a0кл.", 2, 2),
        ("ОГЭ русский язык", 1, 2),
    ]
    # with the year before the second branch holds too: now all three have to go
    both = verdict([*rows, row(O_MATH, 2025, 9, 10)])
    assert both.branches == ("two_in_year", "each_year")
    assert both.fewer == 6
    # the same procedure in both years: it must be among those that go, even though it is the dearest
    same = verdict([*rows, row(V_MATH_5, 2025, 9, 10)], "quoted-2025")
    assert [(s.fraction.label, s.fewer) for s in same.to_leave] == [
        ("ВПР математика, 5\u00a0кл.", 3),
        ("ОГЭ русский язык", 1),
    ]
    # under «и» breaking the cheaper branch is enough
    enough = verdict([*rows, row(O_RUS, 2025, 9, 10)], "quoted-2025-and")
    assert [(s.fraction.label, s.fewer) for s in enough.to_leave] == [("ОГЭ русский язык", 1)]


def test_answers_come_in_the_order_asked_and_only_for_those_asked() -> None:
    rows = [row(V_MATH_5, 2026, 5, 10, school=7), row(O_RUS, 2026, 5, 10, school=7), row(O_RUS, 2026, 5, 10, school=9)]
    got = answers(rows, "rosobrnadzor-2022", schools=(2**62, 7, 3))
    assert [(item.school_id, item.verdict) for item in got.rows()] == [
        (2**62, "no_data"),
        (7, "listed"),
        (3, "no_data"),
    ]
    assert got.listed_ids() == (7,)
    counts = got.counts()
    assert (counts.listed, counts.not_listed, counts.no_data, counts.schools) == (1, 0, 2, 3)
    assert counts.branches == {"two_in_year": 1, "each_year": 0}
    with pytest.raises(KeyError):
        got.verdict(9)
    with pytest.raises(ValueError, match="twice"):
        answers(rows, "rosobrnadzor-2022", schools=(7, 7))


def test_plain_columns_of_text_serve_as_well_as_categories() -> None:
    made = frame([row(E_BASE, 2026, 3, 10), row(V_RUS_5, 2026, 3, 10)])
    plain = pd.DataFrame({name: list(made[name].astype(object).where(made[name].notna(), None)) for name in made})
    rule = load_shipped()["rosobrnadzor-2022"]
    assert list(identify(plain, rule, 2026, [1]).rows()) == list(identify(made, rule, 2026, [1]).rows())
    assert identify(made, rule, 2026, [1]).verdict(1).verdict == "listed"


def test_metric_values_can_list_a_school_and_unknown_ones_stay_unknown() -> None:
    rule = load_shipped()["lenobl-2018"]
    empty = frame([])
    got = identify(empty, rule, 2026, [1, 2, 3], {"senior_stage": {1: (59, 100), 2: (60, 100)}})
    assert [item.verdict for item in got.rows()] == ["listed", "not_listed", "no_data"]
    assert got.verdict(1).branches == ("senior_stage",)
    assert got.verdict(2).incomplete is True
    assert "senior_stage" not in got.verdict(2).unknown_branches
    assert "mean_gap" in got.verdict(2).unknown_branches
