from __future__ import annotations

from fractions import Fraction

import pytest

from app.ui.item_models.order import fold, keep, natural_key, number_of, number_test, words_of


def test_numbers_inside_names_are_ordered_by_value():
    names = ["СОШ № 10", "СОШ № 2", "Гимназия", "СОШ № 1", "ёлочка", "Ель", "Яр"]
    assert sorted(names, key=natural_key) == ["Гимназия", "ёлочка", "Ель", "СОШ № 1", "СОШ № 2", "СОШ № 10", "Яр"]


def test_fold_forgets_case_quotes_and_yo():
    assert fold("МБОУ «Озёрская\u00a0ООШ»") == "мбоу озерская оош"


def test_every_word_of_the_needle_must_be_found():
    texts = [fold("СОШ № 3 с. Берёзово"), fold("СОШ № 13 с. Сосновка"), fold("Гимназия")]
    assert keep([0, 1, 2], texts, "БЕРЕЗ 3") == [0]
    assert keep([2, 1, 0], texts, "сош") == [1, 0], "the order of rows stays"
    assert keep([0, 1, 2], texts, "  ") == [0, 1, 2]
    assert words_of(" Две  Школы ") == ["две", "школы"]


@pytest.mark.parametrize(
    ("needle", "text", "expected"),
    [
        ("> 30", "38,7\u00a0%", True),
        (">30", "30,0\u00a0%", False),
        (">= 30", "30,0\u00a0%", True),
        ("≤5", "5", True),
        ("< 5", "—", False),
        ("= 12", "12 из 31", True),
    ],
)
def test_comparisons(needle, text, expected):
    test = number_test(needle)
    assert test is not None
    assert test(text) is expected


def test_what_is_no_comparison_stays_a_text():
    assert number_test("12 из") is None
    assert number_of("38,7\u00a0%") == Fraction(387, 10)
    assert number_of("нет") is None
