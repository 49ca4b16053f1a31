"""Formulas said in words, written out by hand."""

from __future__ import annotations

import pytest

from app.analysis.formula_grammar import FUNCTIONS
from app.analysis.formula_words import in_words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("доля([школ в списке]; [школ с ответом])", "«школ в списке» в процентах от «школ с ответом»."),
        ("[школ в списке; год: прошлый]", "«школ в списке» (год: прошлый)."),
        ("100 - доля([а]; [б])", "100 минус («а» в процентах от «б»)."),
        ("[а] + [б] - 1,5", "«а» плюс «б» минус 1,5."),
        ("([а] + [б]) * 2", "(«а» плюс «б») умножить на 2."),
        ("[а] - ([б] - [в])", "«а» минус («б» минус «в»)."),
        ("-[а]", "Минус «а»."),
        ("среднее([а]; 2; [б])", "Среднее: «а», 2, «б»."),
        ("округлить(рост([а]; [б]); 1)", "(на сколько процентов «а» больше, чем «б»), знаков после запятой 1."),
        ("доля([а]", ""),
        ("", ""),
    ],
)
def test_a_formula_in_words(text: str, words: str) -> None:
    assert in_words(text) == words


def test_every_function_has_words() -> None:
    for one in FUNCTIONS.values():
        given = "; ".join(["[а]"] * one.least)
        assert in_words(f"{one.name}({given})")
