"""«25 % школ с самыми низкими результатами» and the other criteria of 000, §1.2.1, by hand and by a slow reference."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.analysis.cells import share_key, share_shift
from app.analysis.identification import Identification
from tests.analysis.made import E_BASE, E_PROFILE, MATH, O_MATH, RUS, V_MATH_5, V_RUS_5, Row, answers, changed, row

RPR_MATH_8, RPR_RUS_8 = ("РПР", MATH, None, 8), ("РПР", RUS, None, 8)


def lenobl(rows: list[Row], schools: int, **fields: object) -> Identification:
    return answers(rows, changed("lenobl-2018", **fields), 2026, tuple(range(1, schools + 1)))


def shares(*pairs: tuple[int, int]) -> list[Row]:
    """One work of 2026 a school, schools numbered from 1."""
    return [row(O_MATH, 2026, below, size, school=number) for number, (below, size) in enumerate(pairs, 1)]


@pytest.mark.parametrize(("schools", "taken"), [(1, 1), (2, 1), (4, 1), (5, 2), (8, 2), (9, 3), (12, 3), (13, 4)])
def test_a_quarter_is_rounded_up(schools: int, taken: int) -> None:
    got = lenobl(shares(*((number, 100) for number in range(1, schools + 1))), schools)
    # the higher the number the lower the result
    assert got.listed_ids() == tuple(range(schools - taken + 1, schools + 1))


def test_equal_shares_at_the_border_are_all_included() -> None:
    # of 5 schools ceil(1.25) = 2 are taken: 1/2, then 1/3 = 10/30 = 3/9 three times, then 1/4
    got = lenobl(shares((1, 3), (1, 2), (10, 30), (1, 4), (3, 9)), 5)
    assert got.listed_ids() == (1, 2, 3, 5)
    ranking = got.verdict(3).ranking
    assert ranking is not None
    assert (ranking.place, ranking.schools, ranking.taken) == (2, 5, 2)
    assert Fraction(ranking.border_below, ranking.border_participants) == Fraction(1, 3)


def test_results_of_three_years_and_three_kinds_are_summed() -> None:
    rows = [
        row(V_MATH_5, 2026, 1, 10),
        row(O_MATH, 2025, 2, 20),
        row(E_BASE, 2024, 3, 30),
        row(E_PROFILE, 2024, 1, 10),
        row(("ЕГЭ", MATH, None, 11), 2024, 4, 40),  # the total of the two above
        row(V_MATH_5, 2023, 9, 10),  # too old
        row(RPR_MATH_8, 2026, 9, 10),  # another kind
        row(V_RUS_5, 2026, None, 10),  # unknown
        row(V_RUS_5, 2025, 0, 0),
    ]
    got = lenobl(rows, 1).verdict(1)
    assert got.ranking is not None
    assert (got.ranking.below, got.ranking.participants) == (7, 70)
    assert [(f.year, f.procedure, f.below) for f in got.fractions] == [
        (2026, "ВПР", 1),
        (2025, "ОГЭ", 2),
        (2024, "ЕГЭ", 3),
        (2024, "ЕГЭ", 1),
    ]
    assert got.branches == ("lowest_quarter",)
    assert got.sample == ">=50"  # 70 together decided


def test_a_school_without_results_is_not_ranked_and_has_no_data() -> None:
    got = lenobl(shares((1, 10), (2, 10), (3, 10), (4, 10)), 6)
    assert [item.verdict for item in got.rows()] == ["not_listed"] * 3 + ["listed"] + ["no_data"] * 2
    ranking = got.verdict(1).ranking
    assert ranking is not None
    assert ranking.schools == 4


def test_criteria_without_data_answer_so_and_leave_the_answer_incomplete() -> None:
    got = lenobl(shares((1, 10), (2, 10), (3, 10), (4, 10)), 4)
    out = got.verdict(1)
    assert out.unknown_branches == ("senior_stage", "mean_gap", "olympiads", "satisfaction", "quality")
    assert (out.incomplete, out.missing_matters) == (True, True)
    assert got.verdict(4).incomplete is False


def test_edge_is_one_pupil_of_the_sum() -> None:
    # of 4 schools one is taken: 40/100 leads, and with one fewer still ties; 39/100 ties with one more, 38/100 does not
    got = lenobl(shares((40, 100), (39, 100), (38, 100), (10, 100)), 4)
    assert got.listed_ids() == (1,)
    assert [item.edge for item in got.rows()] == [False, True, False, False]
    alone = lenobl(shares((40, 100), (40, 100), (38, 100), (10, 100)), 4)
    # both lead; either would leave with one fewer, the other staying
    assert alone.listed_ids() == (1, 2)
    assert [item.edge for item in alone.rows()] == [True, True, False, False]
    assert [step.change for step in alone.verdict(1).edge_steps] == [-1]


def test_how_many_fewer_would_take_a_school_out() -> None:
    got = lenobl(shares((40, 100), (15, 50), (10, 100), (5, 100)), 4)
    ranking = got.verdict(1).ranking
    assert ranking is not None
    # the next is 15/50 = 30 %: with 29 of 100 school 1 is under it
    assert ranking.fewer == 11
    only = lenobl(shares((40, 100)), 1).verdict(1).ranking
    assert only is not None
    assert only.fewer is None


def test_restored_counts_near_the_border_are_marked() -> None:
    rows = [
        row(O_MATH, 2026, 40, 100, school=1),
        row(O_MATH, 2026, 39, 100, school=2, restored=1),
        row(O_MATH, 2026, 30, 100, school=3, restored=1),
        row(O_MATH, 2026, 10, 100, school=4),
    ]
    assert [item.rounding_matters for item in lenobl(rows, 4).rows()] == [False, True, False, False]


def test_quality_of_knowledge_needs_two_low_monitorings() -> None:
    def marks(work: tuple[str, str, str | None, int | None], year: int, m4: int, m5: int, school: int) -> Row:
        return row(work, year, 0, 20, school=school, m4=m4, m5=m5)

    rows = [
        marks(RPR_MATH_8, 2026, 5, 3, 1),  # 8 of 20 is exactly 40 %
        marks(RPR_RUS_8, 2025, 4, 4, 1),
        marks(RPR_MATH_8, 2026, 5, 3, 2),
        marks(RPR_RUS_8, 2026, 5, 4, 2),  # 9 of 20 is 45 %
        marks(RPR_MATH_8, 2026, 0, 0, 3),
        marks(RPR_RUS_8, 2023, 0, 0, 3),  # too old
    ]
    got = lenobl(rows, 4)
    assert [item.branches for item in got.rows()] == [("quality",), (), (), ()]
    assert [item.verdict for item in got.rows()] == ["listed", "not_listed", "not_listed", "no_data"]
    assert [(q.year, q.good, q.hit) for q in got.verdict(2).quality] == [(2026, 8, True), (2026, 9, False)]
    assert got.verdict(1).sample == "20-49"
    # marks that are not there are no monitoring
    assert lenobl([row(RPR_MATH_8, 2026, 5, 20)], 1).verdict(1).verdict == "no_data"


def test_how_many_criteria_are_enough_is_a_setting() -> None:
    rows = [*shares((5, 10), (1, 10)), *(row(work, 2026, 0, 9, m4=1, m5=1) for work in (RPR_MATH_8, RPR_RUS_8))]
    assert lenobl(rows, 2, need=2).listed_ids() == (1,)
    assert lenobl(rows, 2, need=3).listed_ids() == ()
    # one pupil fewer would make 4/10, still the lowest of the two
    assert lenobl(rows, 2, need=2).verdict(1).edge is False


def test_share_keys_order_fractions_exactly_even_of_millions() -> None:
    below = np.array([333_333, 1, 333_334, 2, 0], dtype=np.int64)
    size = np.array([1_000_000, 3, 1_000_001, 6, 5], dtype=np.int64)
    keys = share_key(below, size, share_shift(size))
    found = [Fraction(int(b), int(s)) for b, s in zip(below, size, strict=True)]
    for i in range(5):
        for j in range(5):
            assert (keys[i] < keys[j]) == (found[i] < found[j])
            assert (keys[i] == keys[j]) == (found[i] == found[j])


def taken_by_hand(sums: dict[int, tuple[int, int]]) -> set[int]:
    """Return the lowest quarter, ties included, the slow way."""
    ordered = sorted((Fraction(*pair) for pair in sums.values()), reverse=True)
    if not ordered:
        return set()
    border = ordered[-(-len(ordered) // 4) - 1]
    return {school for school, pair in sums.items() if Fraction(*pair) >= border}


@settings(max_examples=120, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 12), st.integers(1, 12)).filter(lambda pair: pair[0] <= pair[1]), max_size=14))
def test_the_lowest_quarter_equals_a_slow_reference(pairs: list[tuple[int, int]]) -> None:
    sums = dict(enumerate(pairs, 1))
    got = lenobl(shares(*pairs), max(1, len(pairs)))
    expected = taken_by_hand(sums)
    assert set(got.listed_ids()) == expected
    for school, (below, size) in sums.items():
        found = got.verdict(school)
        other = [
            school in taken_by_hand({**sums, school: (below + change, size)})
            for change in (1, -1)
            if 0 <= below + change <= size
        ]
        assert found.edge == any(item != (school in expected) for item in other)
        if school not in expected:
            continue
        out = [
            fewer
            for fewer in range(1, below + 1)
            if school not in taken_by_hand({**sums, school: (below - fewer, size)})
        ]
        assert found.ranking is not None
        assert found.ranking.fewer == (out[0] if out else None)
