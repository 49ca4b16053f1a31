"""Two years compared: what is common, what stands against it, what is said of it."""

from __future__ import annotations

from fractions import Fraction

import pytest

from app.analysis import dynamics_words as words
from app.analysis.change import Tally
from app.analysis.dynamics import (
    Comparison,
    Traits,
    Work,
    by_itself,
    compare,
    side_by_side,
    twin,
)
from app.models.records import Assessment

MATHS = Work(Assessment("ВПР", "Математика", None, 5))
RUSSIAN = Work(Assessment("ВПР", "Русский язык", None, 5))
AUTUMN = Work(Assessment("ВПР", "Математика", None, 5), autumn=True)
YEARS = (2025, 2026)
Cells = dict[tuple[int, Work], Tally]


def compared(before: Cells, after: Cells, biased: tuple[tuple[int, int], ...] = ()) -> Comparison:
    found = compare(before, after, YEARS, biased)
    assert found is not None
    return found


def maths(below: int, of: int, school: int = 1) -> Cells:
    return {(school, MATHS): Tally(below, of)}


@pytest.mark.parametrize(
    ("before", "after", "verdict"),
    [
        ((2, 20), (4, 20), "worse"),  # exactly ten points, by whole counts
        ((20, 200), (39, 200), "rising"),  # 9,5 points, but surely more
        ((3, 20), (4, 20), "same"),
        ((39, 200), (20, 200), "falling"),
        ((4, 20), (2, 20), "better"),
        ((1, 9), (9, 20), "small"),
        ((1, 20), (9, 9), "small"),
    ],
)
def test_verdicts(before: tuple[int, int], after: tuple[int, int], verdict: str) -> None:
    assert compared(maths(*before), maths(*after)).verdict == verdict


def test_a_verdict_of_ten_points_may_be_unsure() -> None:
    found = compared(maths(2, 20), maths(4, 20))
    assert not found.sure
    assert "может дать и случайность" in words.answer(found)


def test_only_common_works_are_compared_and_the_others_are_named() -> None:
    found = compared({**maths(10, 20), (1, RUSSIAN): Tally(0, 20)}, maths(10, 20))
    assert (found.before, found.after) == (Tally(10, 20), Tally(10, 20)), "the easy work does not count"
    assert found.marks == ("works",)
    assert found.lost == (RUSSIAN,)
    assert words.marks(found)[0].startswith("Набор работ менялся (в\u00a02026 нет: ВПР русский язык, 5")


def test_without_a_common_work_there_is_no_answer() -> None:
    found = compared(maths(10, 20), {(1, RUSSIAN): Tally(1, 20)})
    assert found.verdict == "apart"
    assert found.bounds is None
    assert found.change is None
    assert words.answer(found) == words.VERDICT_MEANING["apart"]
    assert by_itself(found, maths(10, 20)) is None


def test_autumn_is_another_work() -> None:
    found = compared(maths(10, 20), {(1, AUTUMN): Tally(10, 20)})
    assert found.verdict == "apart"
    assert set(found.marks) == {"works", "autumn"}


def test_a_group_says_how_many_schools_are_compared() -> None:
    found = compared({**maths(5, 20), **maths(5, 20, school=2)}, {**maths(6, 20), **maths(5, 20, school=3)})
    assert (found.schools, found.of_schools) == (1, 3)
    assert found.before == Tally(5, 20)
    assert found.marks == ("schools",)
    assert "Сравнить можно 1 из\u00a03 школ" in words.marks(found)[0]


def test_another_number_of_pupils_is_marked_from_thirty_per_cent_on() -> None:
    assert compared(maths(5, 20), maths(5, 26)).marks == ()
    assert compared(maths(5, 20), maths(5, 27)).marks == ("pupils",)
    assert compared(maths(5, 20), maths(5, 14)).marks == ()
    assert compared(maths(5, 20), maths(5, 13)).marks == ("pupils",)


def test_small_means_that_no_work_has_ten() -> None:
    both = {**maths(1, 9), (1, RUSSIAN): Tally(1, 9)}
    found = compared(both, both)
    assert found.marks == ("small",)
    assert found.verdict == "same", "eighteen are compared, with the mark"
    wider = {**maths(1, 9), (1, RUSSIAN): Tally(1, 10)}
    assert compared(wider, wider).marks == ()


def test_markers_of_bias_in_one_of_the_years_are_told() -> None:
    assert compared(maths(1, 20), maths(9, 20), ((1, 2025),)).marks == ("bias",)
    assert compared(maths(1, 20), maths(9, 20), ((1, 2024), (2, 2025))).marks == ()


def test_nothing_against_nothing_is_no_comparison() -> None:
    assert compare({}, maths(1, 20), YEARS) is None
    assert compare(maths(1, 20), {}, YEARS) is None


def test_chance_alone_is_counted_over_the_same_works() -> None:
    """Hand-worked in test_change: three schools of 20 with 2, 6, 10; two more with the mean change only b and w."""
    everybody = {(school, MATHS): Tally(below, 20) for school, below in enumerate((2, 6, 10, 6, 6), start=1)}
    easy = {(school, RUSSIAN): Tally(0, 20) for school in range(1, 6)}
    found = compared({(3, MATHS): Tally(10, 20)}, {(3, MATHS): Tally(8, 20)})
    alone = by_itself(found, {**everybody, **easy})
    assert alone is not None
    # Σn(p−m)² = 1,6; b = (1,6 − 4·0,21)/(100 − 2000/100) = 0,76/80 = 0,0095; r = 0,0095/0,02 = 0,475
    assert alone.spread.mean == Fraction(3, 10)
    assert alone.drift == (Fraction(475, 1000) - 1) * Fraction(2, 10)
    assert alone.expected == Fraction(395, 1000)
    assert "39,5\u00a0% (−10,5\u00a0п.\u00a0п.)" in words.chance(alone)
    assert words.beyond(alone, found).endswith("уверенно не отличить от такого сдвига.")


def test_a_school_at_the_mean_is_expected_to_stay() -> None:
    everybody = {(school, MATHS): Tally(below, 20) for school, below in enumerate((2, 6, 10, 6, 6), start=1)}
    alone = by_itself(compared(maths(6, 20, school=2), maths(1, 20, school=2)), everybody)
    assert alone is not None
    assert "заметно сдвинуться не должна" in words.chance(alone)


# --- support -----------------------------------------------------------------------------------------------------


def years(*rows: tuple[int, int, int]) -> tuple[Cells, Cells]:
    """(school, below before, below after), 40 participants each."""
    return (
        {(school, MATHS): Tally(before, 40) for school, before, _after in rows},
        {(school, MATHS): Tally(after, 40) for school, _before, after in rows},
    )


def test_pairs_begin_near_each_other_and_the_most_alike_goes_first() -> None:
    before, after = years((1, 16, 10), (2, 16, 15), (3, 15, 14), (4, 4, 4))
    mine = Traits(1, None, "СОШ", "village", 300)
    others = [Traits(2, None, "ООШ", "city", 900), Traits(3, None, "СОШ", "village", 400), Traits(4, None, "СОШ")]
    found = side_by_side([mine], others, before, after, YEARS)
    assert [(pair.supported, pair.similar) for pair in found.twins] == [(1, 3)]
    assert found.twins[0].alike == ("type", "settlement", "size")
    assert twin(mine, others[2], before, after, YEARS) is None, "30 points apart: not similar"
    assert found.alone == ()


def test_the_difference_of_changes_by_hand() -> None:
    # with support 16 → 10 of 40 (−15 points), without 15 → 14 of 40 (−2,5): −12,5
    before, after = years((1, 16, 10), (3, 15, 14))
    found = side_by_side([Traits(1)], [Traits(3)], before, after, YEARS)
    assert found.bounds is not None
    assert found.bounds.value == pytest.approx(-0.125)
    assert found.twins[0].difference == Fraction(-125, 1000)
    assert found.better == 1
    assert not found.bounds.sure
    said = " ".join(words.together(found))
    assert "Разница изменений −12,5\u00a0п.\u00a0п." in said
    assert "не отличить от случайной" in said
    assert words.NOT_BY_LOT in said
    assert found.mine_alone is None, "two schools say nothing of chance"


def test_a_school_is_taken_once_and_who_stays_alone_is_told() -> None:
    before, after = years((1, 16, 10), (2, 15, 12), (3, 15, 14))
    found = side_by_side([Traits(1), Traits(2)], [Traits(3)], before, after, YEARS)
    assert len(found.twins) == 1
    assert len(found.alone) == 1
    assert words.pairs_sentence(1, 2) == "Похожие нашлись для 1 из\u00a02\u00a0школ с поддержкой"


def test_pairs_are_compared_on_works_that_both_wrote() -> None:
    before, after = years((1, 16, 10), (3, 15, 14))
    before[1, RUSSIAN] = after[1, RUSSIAN] = Tally(0, 40)
    found = twin(Traits(1), Traits(3), before, after, YEARS)
    assert found is not None
    assert found.mine.before == Tally(16, 40)


def test_without_anybody_nothing_is_said() -> None:
    found = side_by_side([], [], {}, {}, YEARS)
    assert found.bounds is None
    assert words.together(found) == ()


@pytest.mark.parametrize(
    ("value", "said"),
    [(Fraction(49, 1000), "+4,9"), (Fraction(-1, 4000), "−0,0"), (Fraction(-5, 10_000), "−0,1"), (Fraction(), "0,0"),
     (Fraction(1, 4000), "0,0"), (0.1, "+10,0")],
)  # fmt: skip
def test_points(value: Fraction | float, said: str) -> None:
    assert words.tenth(value) == said.replace("−0,0", "0,0")
