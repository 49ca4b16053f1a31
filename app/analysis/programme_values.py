"""What a person types for a value or a sum, understood exactly: decimal texts and whole kopecks, never a float."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from app.texts import NBSP, grouped

_SPACES = re.compile(r"[\s\u00a0\u202f\u2009']")
_NUMBER = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)?$")
_PERCENT = re.compile(r"%|проц\w*\.?$")
_SUM = re.compile(
    r"(?P<number>[+-]?[0-9]+(?:[.,][0-9]+)?)(?P<unit>тыс|млн)?\.?(?:руб\w*|р|₽)?\.?(?:(?P<kopecks>[0-9]{1,2})коп\w*\.?)?$"
)
_TIMES = {None: 1, "тыс": 1_000, "млн": 1_000_000}
_DASHES = {"-", "–", "—", "−"}


@dataclass(frozen=True, slots=True)
class Value:
    """A number that was typed: exact decimal text, or a code that says why there is none."""

    value: str | None
    code: str | None


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum of money that was typed: whole kopecks, or a code that says why there is none."""

    kopecks: int | None
    code: str | None


LONGEST = 30
"""A number of more signs is a slip of the keyboard, and no reckoning with it would be exact."""


def number(raw: str) -> Value:
    """Understand a value of an indicator: «12,5», «12.50 %», «1 200», «не менее 95 %».

    Returns:
        ``value`` without superfluous zeros; nothing at all for an empty text or a dash; ``PROGRAMME_NOT_NUMBER``
        where there is a text but no number of its own.
    """
    text = _SPACES.sub("", raw).casefold().replace("−", "-")
    if not text or text in _DASHES:
        return Value(None, None)
    text = re.sub(r"^(не(менее|более|ниже|выше)|до|около|от|≥|≤|>=|<=|>|<)", "", _PERCENT.sub("", text))
    if not _NUMBER.match(text) or len(text) > LONGEST:
        return Value(None, "PROGRAMME_NOT_NUMBER")
    return Value(plain(Decimal(text.replace(",", "."))), None)


def sum_of(raw: str) -> Sum:
    """Understand a sum: «12,5 тыс.», «1 200 000», «1200,50 руб.», «0».

    Returns:
        Whole kopecks; nothing for an empty text or a dash; ``PROGRAMME_NOT_SUM`` for words, a sum below zero or parts
        of a kopeck.
    """
    text = _SPACES.sub("", raw).casefold().replace("−", "-")
    if not text or text in _DASHES:
        return Sum(None, None)
    found = _SUM.match(text)
    if found is None:
        return Sum(None, "PROGRAMME_NOT_SUM")
    exact = Decimal(found["number"].replace(",", ".")) * _TIMES[found["unit"]] * 100 + int(found["kopecks"] or 0)
    if exact < 0 or exact != int(exact) or exact > 10**17:
        return Sum(None, "PROGRAMME_NOT_SUM")
    return Sum(int(exact), None)


def plain(exact: Decimal) -> str:
    """Return a decimal as text without an exponent and without zeros at its end: «12.5», «30»."""
    text = f"{exact:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text


def number_text(value: str | None) -> str:
    """Return a value as a person reads it: «12,5», «−3», «1 200»; empty where there is none."""
    if not value:
        return ""
    sign, digits = ("−", value[1:]) if value.startswith("-") else ("", value)
    whole, _, rest = digits.partition(".")
    return f"{sign}{grouped(int(whole))}{',' + rest if rest else ''}"


def money_text(kopecks: int | None, *, thousands: bool = False) -> str:
    """Return a sum as a paper shows it: «1 234 567,00», in thousands «1 234,567» without zeros at its end."""
    if kopecks is None:
        return ""
    if thousands:
        return number_text(plain(Decimal(kopecks) / 100_000))
    return f"{grouped(kopecks // 100)},{kopecks % 100:02}"


def roubles(kopecks: int | None) -> str:
    """Return a sum with its sign of currency: «1 234 567,00 ₽»."""
    return f"{money_text(kopecks)}{NBSP}₽" if kopecks is not None else ""
