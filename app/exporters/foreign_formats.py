"""What a number format of Excel shows: a date, a percentage, a text, a number; and values as such a cell takes them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Literal

FormatKind = Literal["general", "number", "percent", "date", "text"]

_BUILTIN: dict[int, FormatKind] = {
    0: "general", 9: "percent", 10: "percent", 49: "text",
    **dict.fromkeys((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)), "date"),
}  # fmt: skip
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?![hms]+\])[^\]]*\]', re.IGNORECASE)
_DATE_LETTERS = re.compile(r"[dmyhs]|\[[hms]+\]", re.IGNORECASE)
_ZERO = date(1899, 12, 30)
_ZERO_1904 = date(1904, 1, 1)
_LONGEST_EXACT = 15
SHARE_DIGITS, OTHER_DIGITS = 1, 2
"""Digits after the comma where the cell has no format of its own: of percentages and of other values."""


@dataclass(frozen=True, slots=True)
class Figure:
    """An exact number.

    Attributes:
        exact: its value; of a percentage in percents: 38.7 is «38,7 %».
        share: it is a percentage.
    """

    exact: Fraction
    share: bool = False


CellValue = str | Figure | date | None
"""What is written into a cell; None empties it."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """A value as the XML of a cell holds it.

    Attributes:
        number: text of a number; None where it is a text or empty.
        text: a text; None where it is a number or empty.
    """

    number: str | None = None
    text: str | None = None


def kind_of(number: int, code: str | None) -> FormatKind:
    """Return what a format shows.

    Args:
        number: ``numFmtId``.
        code: its own code where the book defines one («dd.mm.yyyy», «0.0%»).
    """
    if code is None:
        return _BUILTIN.get(number, "number")
    bare = _LITERAL.sub("", code).split(";")[0].strip()
    if bare.casefold() in {"general", "основной", ""}:
        return "general"
    if "%" in bare:
        return "percent"
    if bare == "@":
        return "text"
    return "date" if _DATE_LETTERS.search(bare) else "number"


def fitted(value: CellValue, kind: FormatKind, *, epoch_1904: bool = False) -> Fitted:
    """Return a value as a cell of a format takes it: dates as days, percentages as shares of one.

    Args:
        value: exact.
        kind: what the cell shows.
        epoch_1904: the book counts days from 1904.
    """
    match value:
        case None | "":
            return Fitted()
        case str():
            return Fitted(text=value)
        case Figure():
            return _number(value, kind)
        case date():
            if kind == "date":
                return Fitted(number=str((value - (_ZERO_1904 if epoch_1904 else _ZERO)).days))
            return Fitted(text=f"{value:%d.%m.%Y}")


def _number(value: Figure, kind: FormatKind) -> Fitted:
    if kind == "text":
        return Fitted(text=said(value))
    if kind == "percent" and value.share:
        return Fitted(number=number_xml(value.exact / 100))
    if kind == "general":
        return Fitted(number=number_xml(rounded(value.exact, SHARE_DIGITS if value.share else OTHER_DIGITS)))
    return Fitted(number=number_xml(value.exact))


def said(value: Figure) -> str:
    """Return a number as a person reads it: «38,7 %», «1234,5»."""
    exact = rounded(value.exact, SHARE_DIGITS if value.share else OTHER_DIGITS)
    return number_xml(exact).replace(".", ",").replace("-", "−") + ("\u00a0%" if value.share else "")


def rounded(value: Fraction, digits: int) -> Fraction:
    """Return a number rounded half up, exactly."""
    scaled = abs(value) * 10**digits
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Fraction(whole if value >= 0 else -whole, 10**digits)


def number_xml(value: Fraction) -> str:
    """Return a number as XML writes it: exact decimals where there are few enough, else the nearest double."""
    if value.denominator == 1 and len(str(abs(value.numerator))) <= _LONGEST_EXACT:
        return str(value.numerator)
    for digits in range(1, _LONGEST_EXACT):
        scaled = value * 10**digits
        if scaled.denominator == 1:
            if len(str(abs(scaled.numerator))) > _LONGEST_EXACT:
                break
            shown = str(abs(scaled.numerator)).rjust(digits + 1, "0")
            return f"{'-' if value < 0 else ''}{shown[:-digits]}.{shown[-digits:]}"
    return repr(float(value))


def shown(raw: str, kind: FormatKind, *, epoch_1904: bool = False) -> str:
    """Return a number of a cell nearly as Excel shows it; what is no number comes back as it is."""
    try:
        value = float(raw)
    except ValueError:
        return raw
    if kind == "date" and 0 < value < 2_958_466:
        try:
            day = (_ZERO_1904 if epoch_1904 else _ZERO) + timedelta(days=int(value))
        except OverflowError:  # counted from 1904 the last days of the calendar lie beyond the year 9999
            return raw
        return f"{day:%d.%m.%Y}"
    percent = kind == "percent"
    text = f"{value * 100 if percent else value:.10g}"
    return text.replace(".", ",").replace("-", "−") + ("\u00a0%" if percent else "")
