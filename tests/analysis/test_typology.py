"""Types by hand: quantiles as whole ranks, ties at the border, missing data; the regression against its formulas."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from app.analysis import expected
from app.analysis.expected import ExpectedResult, ExpectedRow
from app.analysis.typology import TypeRow, TypologyResult, as_toml, compute, load_shipped, parse, results_of
from app.errors import UserError
from tests.analysis.made import E_BASE, E_PROFILE, MATH, O_MATH, RUS, V_MATH_5, V_RUS_5, frame, row

RPR = ("РПР", RUS, None, 7)

SHIPPED = load_shipped()


def types(
    results: dict[int, tuple[int, int]], contexts: dict[int, float], cut: tuple[int, int] = (25, 100)
) -> tuple[TypologyResult, dict[int, str]]:
    found = compute(replace(SHIPPED, cut=cut), 2026, sorted({*results, *contexts}), results, contexts)
    return found, {row.school_id: row.kind for row in found.rows}


# school: (below, participants), context; ranks of results 1..8 from the strongest, of contexts from the weakest
EIGHT = {1: (40, 100), 2: (1, 100), 3: (20, 100), 4: (21, 100), 5: (22, 100), 6: (23, 100), 7: (39, 100), 8: (2, 100)}
WHERE = {1: -2.0, 2: -1.5, 3: -0.3, 4: -0.1, 5: 0.0, 6: 0.2, 7: 1.5, 8: 2.0}


def test_four_corners_and_the_middle() -> None:
    """ceil(8/4) = 2 at each end: results weak 1, 7, strong 2, 8; contexts weak 1, 2, good 7, 8."""
    found, kinds = types(EIGHT, WHERE)
    assert kinds == {1: "disadvantaged", 2: "resilient", 3: "middle", 4: "middle", 5: "middle", 6: "middle",
                     7: "unsuccessful", 8: "successful"}  # fmt: skip
    assert (found.compared, found.taken) == (8, 2)
    assert found.context_cuts == (-1.5, 1.5)
    assert found.result_cuts == (Fraction(2, 100), Fraction(39, 100))
    assert [of(found, school).word for school in (1, 2, 3, 7, 8)] == [
        "неблагополучная", "резильентная", "не отнесена", "неуспешная", "успешная",
    ]  # fmt: skip
    assert found.counts() == {"disadvantaged": 1, "resilient": 1, "unsuccessful": 1, "successful": 1, "middle": 4,
                              "no_data": 0}  # fmt: skip
    assert found.school_year == 2025
    assert of(found, 1).share == Fraction(2, 5)


def test_a_weak_context_alone_is_no_type() -> None:
    _found, kinds = types({**EIGHT, 1: (20, 100), 3: (40, 100)}, WHERE)
    assert (kinds[1], kinds[3]) == ("middle", "middle")


def test_thirty_per_cent_takes_whole_schools() -> None:
    """ceil(0.3·8) = 3: contexts −0.3 and 0.2 come in; results 20 and 23 of 100 too."""
    found, kinds = types(EIGHT, WHERE, (30, 100))
    assert found.taken == 3
    assert found.context_cuts == (-0.3, 0.2)
    assert (kinds[3], kinds[6]) == ("resilient", "unsuccessful")


def test_equal_values_at_the_border_all_belong_to_the_end() -> None:
    """1/3 and 2/6 are one share: with one place at the weak end both are weak."""
    results = {1: (1, 3), 2: (2, 6), 3: (1, 10), 4: (0, 10)}
    _found, kinds = types(results, {1: -1.0, 2: 1.0, 3: 0.0, 4: 0.1})
    assert (kinds[1], kinds[2]) == ("disadvantaged", "unsuccessful")


def test_where_all_are_equal_nobody_has_a_type() -> None:
    _found, kinds = types(dict.fromkeys(range(1, 5), (1, 10)), dict.fromkeys(range(1, 5), 0.5))
    assert set(kinds.values()) == {"middle"}
    _found, kinds = types({1: (1, 10)}, {1: 0.5})
    assert kinds == {1: "middle"}, "a single school is compared with nobody"


def test_no_data_is_an_answer_of_its_own_and_shifts_nobody() -> None:
    found, kinds = types({**EIGHT, 9: (0, 0), 10: (9, 10)}, {**WHERE, 9: 5.0, 11: -9.0})
    assert (kinds[9], kinds[10], kinds[11]) == ("no_data", "no_data", "no_data")
    assert of(found, 10).word == "нет данных"
    assert (found.compared, kinds[1], kinds[8]) == (8, "disadvantaged", "successful")
    assert found.row(12) is None


def test_nothing_to_compare_is_an_answer() -> None:
    found, kinds = types({1: (1, 10)}, {})
    assert (kinds, found.context_cuts, found.result_cuts, found.taken) == ({1: "no_data"}, None, None, 0)


def test_results_are_summed_over_the_procedures_of_the_year() -> None:
    """3 + 2 of 30; another year, another kind, an unknown count and a total beside its parts are left out."""
    total = ("ЕГЭ", MATH, None, 11)
    made = frame([
        row(V_MATH_5, 2026, 3, 20), row(V_RUS_5, 2026, 2, 10), row(V_MATH_5, 2025, 9, 9), row(RPR, 2026, 7, 7),
        row(O_MATH, 2026, None, 12), row(E_BASE, 2026, 1, 5, school=2), row(E_PROFILE, 2026, 0, 4, school=2),
        row(total, 2026, 1, 9, school=2), row(total, 2026, 2, 8, school=3), row(V_MATH_5, 2026, 1, 1, school=4),
    ])  # fmt: skip
    found = results_of(made, 2026, [1, 2, 3, 5], ("ВПР", "ОГЭ", "ЕГЭ"))
    assert found == {1: (5, 30), 2: (1, 9), 3: (2, 8)}
    assert results_of(made, 2026, [1], ("ВПР", "РПР")) == {1: (12, 37)}
    assert results_of(frame([]), 2026, [1], ("ВПР",)) == {}


def test_the_shipped_definition_names_its_source_and_its_types() -> None:
    assert (SHIPPED.cut, SHIPPED.variants) == ((25, 100), ((25, 100), (30, 100)))
    assert SHIPPED.procedures == ("ВПР", "ОГЭ", "ЕГЭ")
    assert "сборнике Ленинградского областного института" in SHIPPED.source
    assert "решение составителей" in SHIPPED.note
    changed = replace(SHIPPED, cut=(30, 100), version="1.4", procedures=("ОГЭ",), context="mean")
    assert parse(as_toml(changed)) == changed


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("cut = [25, 100]", "cut = [60, 100]"), "больше половины"),
        (("cut = [25, 100]", "cut = 25"), "cut —"),
        (('kind = "resilient"', 'kind = "successful"'), "четыре типа"),
        (('procedures = ["ВПР", "ОГЭ", "ЕГЭ"]', 'procedures = ["ВПР", "ВПР"]'), "procedures —"),
        (("format = 1", "format = 1\nwhat = 2"), "what"),
        (("format = 1", "format = ["), "TOML"),
        (('context = "good"\nresult = "weak"', 'context = "good"\nresult = "strong"'), "одни и те же условия"),
    ],
)
def test_a_wrong_definition_is_refused(change: tuple[str, str], says: str) -> None:
    text = as_toml(SHIPPED)
    assert change[0] in text
    with pytest.raises(UserError) as refused:
        parse(text.replace(*change, 1))
    assert refused.value.code == "DATA_TYPOLOGY_FAULTS"
    assert says in str(refused.value)


def of(found: TypologyResult, school: int) -> TypeRow:
    row = found.row(school)
    assert row is not None
    return row


# --- expected and actual -------------------------------------------------------------------------------------------

FOUR = [(1, 10, 100, 0.0), (2, 20, 100, 1.0), (3, 20, 100, 2.0), (4, 30, 100, 3.0)]


def test_the_line_and_its_intervals_by_hand() -> None:
    """Sxy = 30, Sxx = 5: slope 6, intercept 11; SSE = 20, s² = 10; t(2; 0.975) = 4.302653.

    At x = 0 the variance of a prediction is 10·(1 + 1/4 + 2.25/5) = 17, so 11 ± 17.7403.
    """
    found = expected.compute(FOUR, result_year=2026, least=4)
    assert (found.slope, found.intercept, found.r_squared) == pytest.approx((6.0, 11.0, 0.9))
    assert [row.residual for row in found.rows] == pytest.approx([-1.0, 3.0, -3.0, 1.0])
    first = found.rows[0]
    assert (first.low, first.high) == pytest.approx((0.0, 28.7403), abs=1e-4), "a share is never below zero"
    assert [row.outside for row in found.rows] == [0, 0, 0, 0]
    assert _at(found, 3).expected == pytest.approx(23.0)
    assert "по одному году" in found.not_for


def test_a_school_far_from_the_line_is_outside_its_interval() -> None:
    points = [(n, 20 + n % 3, 100, n / 10) for n in range(1, 40)]
    points += [(50, 60, 100, 2.0), (51, 0, 100, 2.1)]
    found = expected.compute(points, result_year=2026)
    assert (_at(found, 50).outside, _at(found, 51).outside, _at(found, 5).outside) == (1, -1, 0)


def test_few_schools_and_equal_contexts_are_refused_with_a_reason() -> None:
    points = [(n, n, 100, n / 10) for n in range(1, 30)]
    with pytest.raises(UserError) as few:
        expected.compute(points, result_year=2026)
    assert (few.value.code, "29" in str(few.value), "30" in str(few.value)) == ("DATA_EXPECTED_FEW", True, True)
    with pytest.raises(UserError) as flat:
        expected.compute([(n, n, 100, 0.5) for n in range(1, 40)], result_year=2026)
    assert flat.value.code == "DATA_EXPECTED_FLAT"


def test_equal_results_are_a_flat_line() -> None:
    found = expected.compute([(n, 10, 100, n / 10) for n in range(1, 40)], result_year=2026)
    assert (found.slope, found.r_squared) == pytest.approx((0.0, 0.0), abs=1e-9)


def _at(found: ExpectedResult, school: int) -> ExpectedRow:
    row = found.row(school)
    assert row is not None
    return row
