"""Values and sums as people type them, understood exactly."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.analysis.programme_values import money_text, number, number_text, plain, roubles, sum_of


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("12,5", "12.5"), ("12.50 %", "12.5"), ("1 200", "1200"), ("не менее 95 %", "95"), ("≥ 95", "95"),
        ("−3", "-3"), ("0", "0"), ("0,0", "0"), ("30%", "30"), ("до 15 процентов", "15"), ("007", "7"),
        ("  41 ", "41"), ("1\u00a0000,25", "1000.25"),
    ],
)  # fmt: skip
def test_a_number_is_exact(raw: str, value: str) -> None:
    assert (number(raw).value, number(raw).code) == (value, None)


@pytest.mark.parametrize("raw", ["", "  ", "-", "—"])
def test_nothing_is_no_number_and_no_fault(raw: str) -> None:
    assert (number(raw).value, number(raw).code) == (None, None)
    assert (sum_of(raw).kopecks, sum_of(raw).code) == (None, None)


@pytest.mark.parametrize("raw", ["много", "____", "12-15", "1,2,3", "рост", "95 % школ", "²", "١٢"])
def test_words_are_kept_with_a_code(raw: str) -> None:
    assert (number(raw).value, number(raw).code) == (None, "PROGRAMME_NOT_NUMBER")


@pytest.mark.parametrize(
    ("raw", "kopecks"),
    [
        ("120 000", 12_000_000), ("1200,50", 120_050), ("1200,50 руб.", 120_050), ("12,5 тыс.", 1_250_000),
        ("12,5 тыс. руб.", 1_250_000), ("1,2 млн", 120_000_000), ("0", 0), ("5 руб. 07 коп.", 507), ("100 ₽", 10_000),
        ("0,01", 1),
    ],
)  # fmt: skip
def test_a_sum_is_whole_kopecks(raw: str, kopecks: int) -> None:
    assert (sum_of(raw).kopecks, sum_of(raw).code) == (kopecks, None)


@pytest.mark.parametrize("raw", ["сто рублей", "-5", "0,001", "12,345", "в пределах сметы", "10 $"])
def test_what_is_no_sum_is_kept_with_a_code(raw: str) -> None:
    assert (sum_of(raw).kopecks, sum_of(raw).code) == (None, "PROGRAMME_NOT_SUM")


def test_sums_are_shown_as_papers_show_them() -> None:
    assert money_text(123_456_789) == "1\u00a0234\u00a0567,89"
    assert money_text(5) == "0,05"
    assert money_text(None) == ""
    assert money_text(123_456_789, thousands=True) == "1234,56789"
    assert money_text(12_000_000, thousands=True) == "120"
    assert roubles(100) == "1,00\u00a0₽"


def test_numbers_are_shown_with_a_comma() -> None:
    assert number_text("12.5") == "12,5"
    assert number_text("-1200") == "−1200"
    assert number_text("12345.5") == "12\u00a0345,5"
    assert number_text(None) == ""


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**9), max_value=10**9))
def test_what_is_shown_reads_back(exact: Decimal) -> None:
    text = plain(exact)
    assert Decimal(text) == exact
    assert number(number_text(text)).value == text


@given(st.integers(0, 10**15))
def test_a_shown_sum_reads_back(kopecks: int) -> None:
    assert sum_of(money_text(kopecks)).kopecks == kopecks
    assert sum_of(roubles(kopecks)).kopecks == kopecks
