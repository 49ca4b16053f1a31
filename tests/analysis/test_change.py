"""Statistics of dynamics against published and hand-worked vectors."""

from __future__ import annotations

from fractions import Fraction
from math import sqrt

import pytest

from app.analysis.change import Bounds, Tally, apart, drift_of, newcombe, spread


@pytest.mark.parametrize(
    ("first", "second", "low", "high"),
    [
        # Newcombe 1998, table II, method 10 (without continuity correction); his difference is first − second
        (Tally(56, 70), Tally(48, 80), 0.0524, 0.3339),
        (Tally(9, 10), Tally(3, 10), 0.1705, 0.8090),
        (Tally(6, 7), Tally(2, 7), 0.0582, 0.8062),
        (Tally(5, 56), Tally(0, 29), -0.0381, 0.1926),
        (Tally(0, 10), Tally(0, 20), -0.1611, 0.2775),
        (Tally(10, 10), Tally(0, 20), 0.6791, 1.0000),
    ],
)
def test_newcombe_gives_the_published_intervals(first: Tally, second: Tally, low: float, high: float) -> None:
    found = newcombe(second, first)
    assert found is not None
    assert (round(found.low, 4), round(found.high, 4)) == (low, high)
    assert found.value == pytest.approx(float(first.share - second.share))


def test_the_interval_turns_round_with_the_years() -> None:
    there, back = newcombe(Tally(12, 40), Tally(20, 40)), newcombe(Tally(20, 40), Tally(12, 40))
    assert there is not None
    assert back is not None
    assert there.low == pytest.approx(-back.high)
    assert there.high == pytest.approx(-back.low)


def test_of_no_one_there_is_no_interval() -> None:
    assert newcombe(Tally(0, 0), Tally(3, 10)) is None
    assert newcombe(Tally(3, 10), Tally(0, 0)) is None


def test_it_agrees_with_statsmodels() -> None:
    from statsmodels.stats.proportion import confint_proportions_2indep

    for first, second in ((Tally(8, 27), Tally(12, 31)), (Tally(1, 3), Tally(2, 40)), (Tally(30, 100), Tally(15, 90))):
        found = newcombe(first, second)
        low, high = confint_proportions_2indep(
            second.below, second.of, first.below, first.of, method="newcomb", compare="diff"
        )
        assert found is not None
        assert found.low == pytest.approx(low)
        assert found.high == pytest.approx(high)


def test_sure_means_that_nought_lies_outside() -> None:
    assert Bounds(0.2, 0.01, 0.4).sure
    assert Bounds(-0.2, -0.4, -0.01).sure
    assert not Bounds(0.2, 0.0, 0.4).sure


def test_two_differences_are_set_apart_by_squaring_and_adding() -> None:
    # −10 (−18…−2) against −4 (−9…+1): −6, down √(8²+5²) = √89, up √(8²+5²) = √89
    found = apart(Bounds(-0.10, -0.18, -0.02), Bounds(-0.04, -0.09, 0.01))
    assert found.value == pytest.approx(-0.06)
    assert found.low == pytest.approx(-0.06 - sqrt(0.0089))
    assert found.high == pytest.approx(-0.06 + sqrt(0.0089))
    # uneven arms: down √(4²+3²) = 5, up √(12²+5²) = 13
    uneven = apart(Bounds(0.20, 0.16, 0.32), Bounds(0.10, 0.05, 0.13))
    assert uneven.low == pytest.approx(0.05)
    assert uneven.high == pytest.approx(0.23)


def test_expected_shrinkage_by_hand() -> None:
    """Three schools of 20: 2, 6, 10 below minimum.

    m = 18/60 = 0,3; Σn(p−m)² = 20·0,04·2 = 1,6; b = (1,6 − 2·0,21)/(60 − 1200/60) = 1,18/40 = 0,0295; w = 0,21/20 =
    0,0105; r = 0,0295/0,04 = 0,7375. The school with 50 %: 0,3 + 0,7375·0,2 = 0,4475, so −5,25 points by itself.
    """
    schools = [Tally(2, 20), Tally(6, 20), Tally(10, 20)]
    found = spread(schools, least=3)
    assert found is not None
    assert (found.mean, found.between, found.schools) == (Fraction(3, 10), Fraction(295, 10_000), 3)
    assert found.kept(20) == Fraction(7375, 10_000)
    assert found.expected(schools[2]) == Fraction(4475, 10_000)
    assert found.drift(schools[2]) == Fraction(-525, 10_000)
    assert found.drift(schools[0]) == Fraction(525, 10_000), "a strong year drifts the other way"
    assert found.drift(schools[1]) == 0
    # a small school keeps less of an unusual year: w = 0,21/5 = 0,042, r = 0,0295/0,0715 = 59/143
    assert found.kept(5) == Fraction(59, 143)


def test_sizes_are_weighed() -> None:
    """10 of 20 and 10 of 80: m = 0,2; Σn(p−m)² = 20·0,09 + 80·0,005625 = 2,25.

    b = (2,25 − 0,16)/(100 − (400 + 6400)/100) = 2,09/32.
    """
    found = spread([Tally(10, 20), Tally(10, 80)], least=2)
    assert found is not None
    assert found.between == Fraction(209, 3200)


def test_schools_that_differ_by_chance_alone_keep_nothing() -> None:
    found = spread([Tally(3, 10)] * 5)
    assert found is not None
    assert found.between == 0
    assert found.expected(Tally(6, 10)) == Fraction(3, 10)


def test_nobody_below_minimum_anywhere_expects_nothing_else() -> None:
    found = spread([Tally(0, 10)] * 5)
    assert found is not None
    assert found.expected(Tally(0, 10)) == 0


def test_with_few_schools_nothing_is_expected() -> None:
    assert spread([Tally(1, 10)] * 4) is None
    assert spread([Tally(1, 10)] * 4 + [Tally(0, 0)]) is None, "a school without participants is none"


def test_a_group_moves_as_its_schools_weighted_by_participants() -> None:
    # the school with 50 % of 20 moves by −0,0525; another of 60 with the mean not at all: −0,0525·20/80
    found = spread([Tally(2, 20), Tally(6, 20), Tally(10, 20)], least=3)
    assert found is not None
    assert drift_of(found, [Tally(10, 20), Tally(18, 60), Tally(0, 0)]) == Fraction(-525, 40_000)
    assert drift_of(found, []) == 0
