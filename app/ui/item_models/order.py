"""Russian order and likeness of texts: «СОШ № 2» before «СОШ № 10», letter case and ё/е ignored. No Qt."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from fractions import Fraction

_DIGITS = re.compile(r"\d+")
_OPERATOR = re.compile(r"^\s*(<=|>=|≤|≥|<|>|=)\s*(-?\d+(?:[.,]\d+)?)\s*%?\s*$")
_NUMBER = re.compile(r"-?\d+(?:[.,]\d+)?")
_QUOTES = str.maketrans({"«": None, "»": None, '"': None, "„": None, "“": None, "”": None, "ё": "е", "\u00a0": " "})

_WIDTH = 12


def fold(text: str) -> str:
    """Return what is compared: lower case, ё as е, no quotes, common spaces."""
    return text.casefold().translate(_QUOTES)


def _padded(match: re.Match[str]) -> str:
    return match[0].zfill(_WIDTH)


def natural_key(text: str) -> str:
    """Return a key that orders numbers inside texts by their value; a number comes before a letter."""
    return _DIGITS.sub(_padded, fold(text).strip())


def words_of(text: str) -> list[str]:
    """Return the words that all must be found."""
    return fold(text).split()


def number_of(text: str) -> Fraction | None:
    """Return the first number of a text: «38,7 %» is 387/10."""
    match = _NUMBER.search(text.replace("\u00a0", "").replace("−", "-"))
    return Fraction(match[0].replace(",", ".")) if match else None


_TESTS: dict[str, Callable[[Fraction, Fraction], bool]] = {
    "<": lambda a, b: a < b,
    ">": lambda a, b: a > b,
    "<=": lambda a, b: a <= b,
    "≤": lambda a, b: a <= b,
    ">=": lambda a, b: a >= b,
    "≥": lambda a, b: a >= b,
    "=": lambda a, b: a == b,
}


def number_test(needle: str) -> Callable[[str], bool] | None:
    """Return the test of «> 30» or «<= 5» on the text of a cell; None where the needle is no comparison."""
    match = _OPERATOR.match(needle)
    if match is None:
        return None
    compare, bound = _TESTS[match[1]], Fraction(match[2].replace(",", "."))

    def test(text: str) -> bool:
        found = number_of(text)
        return found is not None and compare(found, bound)

    return test


def keep(order: Sequence[int], texts: Sequence[str], needle: str) -> list[int]:
    """Return the rows, in their order, whose text holds every word of the needle."""
    found = list(order)
    for word in words_of(needle):
        found = [index for index in found if word in texts[index]]
    return found
