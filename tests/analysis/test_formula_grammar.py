"""The grammar of formulas: what it reads, exactly; what it refuses, with place and words; nothing is ever evaluated."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.analysis.formula_grammar import FUNCTIONS, Call, MetricCall, metrics_of, parse
from app.analysis.formula_value import Given, decimal_text, evaluate
from app.analysis.formula_words import in_words

VALUES = {"часть": Fraction(8), "всё": Fraction(27), "ноль": Fraction(0), "пусто": None}


def _value(text: str) -> Fraction | None:
    found = parse(text)
    assert found.node is not None, found.faults
    return evaluate(found.node, lambda call: Given(VALUES[call.name], "проба")).value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2 + 3 × 4", 14),
        ("(2 + 3) * 4", 20),
        ("10 − 2 − 3", 5),
        ("100 / 5 : 2 ÷ 2", 5),
        ("-3 + 5", 2),
        ("2 * -3", -6),
        ("12,5 + 0.5", 13),
        ("доля([часть]; [всё])", Fraction(800, 27)),
        ("ДОЛЯ(3; 10)", 30),
        ("сумма(1; 2; 3)", 6),
        ("среднее(1; 2; 4)", Fraction(7, 3)),
        ("мин(3; 1; 2) + макс(3; 1; 2)", 4),
        ("разность(5; 7)", -2),
        ("рост(30; 24)", 25),
        ("округлить(2,345; 2)", Fraction(235, 100)),
        ("[часть] × 100 / [всё]", Fraction(800, 27)),
    ],
)
def test_a_formula_gives_its_exact_value(text: str, value: Fraction | int) -> None:
    assert _value(text) == value


@pytest.mark.parametrize("text", ["[пусто] + 1", "доля([часть]; [ноль])", "5 / [ноль]", "сумма([часть]; [пусто])"])
def test_missing_data_and_nothing_to_divide_by_give_no_value(text: str) -> None:
    assert _value(text) is None


def test_eight_of_twenty_seven_is_not_thirty() -> None:
    value = _value("доля([часть]; [всё])")
    assert value is not None
    assert decimal_text(value) == "29.63"


@pytest.mark.parametrize(
    ("text", "code", "start", "end"),
    [
        ("", "MON_FORMULA_EMPTY", 0, 0),
        ("доля(1; 2", "MON_FORMULA_OPEN", 4, 5),
        ("1 + 2)", "MON_FORMULA_CLOSE", 5, 6),
        ("[школ", "MON_FORMULA_OPEN", 0, 1),
        ("доя(1; 2)", "MON_FORMULA_FUNCTION", 0, 3),
        ("доля(1)", "MON_FORMULA_ARGUMENTS", 0, 4),
        ("1 > 2", "MON_FORMULA_COMPARES", 2, 3),
        ("1 2", "MON_FORMULA_NO_SIGN", 0, 3),
        ("1 + ", "MON_FORMULA_ENDS", 2, 4),
        ("* 2", "MON_FORMULA_STARTS", 0, 1),
        ("1 + * 2", "MON_FORMULA_NOTHING", 2, 5),
        ("школы × 2", "MON_FORMULA_WORD", 0, 5),
        ("(1; 2)", "MON_FORMULA_APART", 2, 3),
        ("1,2,3", "MON_FORMULA_COMMA", 3, 4),
        ("5 @ 2", "MON_FORMULA_SIGN", 2, 3),
        ("(" * 31 + "1" + ")" * 31, "MON_FORMULA_DEEP", 30, 31),
        ("1+" * 101 + "1", "MON_FORMULA_MANY", 201, 202),
        ("1+" * 1100 + "1", "MON_FORMULA_LONG", 2000, 2201),
        ("__import__('os')", "MON_FORMULA_SIGN", 0, 1),
    ],
)
def test_a_fault_names_its_place(text: str, code: str, start: int, end: int) -> None:
    found = parse(text)
    assert found.node is None
    assert (found.faults[0].code, found.faults[0].start, found.faults[0].end) == (code, start, end)
    assert found.faults[0].message


def test_a_metric_keeps_its_parameters_and_place() -> None:
    text = "доля([участников; предмет: математика ; класс: 5, 6]; [школ])"
    node = parse(text).node
    assert isinstance(node, Call)
    first, second = metrics_of(node)
    assert first == MetricCall("участников", (("предмет", "математика"), ("класс", "5, 6")), 5, 52)
    assert text[first.start : first.end].endswith("5, 6]")
    assert second.name == "школ"


def test_every_sample_of_a_function_can_be_read() -> None:
    for item in FUNCTIONS.values():
        assert item.sample.startswith(f"{item.name}(")
        assert parse(f"{item.name}({'; '.join(['1'] * item.least)})").node is not None


@given(st.text(alphabet="доля()[];:+-*/ 12,.абв\u00a0", max_size=60))
def test_no_text_breaks_the_reader(text: str) -> None:
    found = parse(text)
    assert (found.node is None) == bool(found.faults)
    assert all(0 <= one.start <= one.end <= len(text) for one in found.faults)


def _joined(one: tuple[tuple[str, int], str, tuple[str, int]]) -> tuple[str, int]:
    (left, a), sign, (right, b) = one
    return f"({left} {sign} {right})", {"+": a + b, "-": a - b, "*": a * b}[sign]


@given(st.recursive(
    st.integers(0, 50).map(lambda number: (str(number), number)),
    lambda inner: st.tuples(inner, st.sampled_from("+-*"), inner).map(_joined),
    max_leaves=12,
))  # fmt: skip
def test_signs_mean_what_they_mean_in_arithmetic(told: tuple[str, int]) -> None:
    assert _value(told[0]) == told[1]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        # a number of any length is no fault of the program: it is shown whole, two digits after the comma
        ("9" * 60, "9" * 60), ("-" + "9" * 40 + " / 2", "-4" + "9" * 39 + ".5"), ("1 / 3", "0.33"), ("0,005", "0.01"),
        ("-0,005", "-0.01"), ("-0,004", "0"), ("10 * 10", "100"),
        # 60 ones and a little less than a half of a hundredth: not rounded twice
        ("1" * 40 + " + 0,00499999999999999999999999999999", "1" * 40),
    ],
)  # fmt: skip
def test_a_value_of_any_length_is_exact(text: str, shown: str) -> None:
    node = parse(text).node
    assert node is not None
    step = evaluate(node, lambda _call: Given(None, ""))
    assert step.value is not None
    assert decimal_text(step.value) == shown


@pytest.mark.parametrize("digits", ["5", "0,5", "-1", "99999999999"])
def test_rounding_to_so_many_digits_is_refused_in_words(digits: str) -> None:
    node = parse(f"округлить(2,345; {digits})").node
    assert node is not None
    step = evaluate(node, lambda _call: Given(None, ""))
    assert (step.value, step.words) == (None, "знаков после запятой может быть от 0 до 4")


def test_the_longest_formula_goes_no_deeper_than_the_stack() -> None:
    for text in ("-(" * 30 + "1+" * 69 + "1" + ")" * 30, "доля(" * 30 + "1" + ";2)" * 30):
        node = parse(text).node
        assert node is not None
        assert evaluate(node, lambda _call: Given(None, "")).value is not None
        assert in_words(text)
