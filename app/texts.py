"""Russian small print: plural forms, dates, numbers, school years, no-break spaces. No Qt, no locale."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

NBSP = "\u00a0"
DASH = "—"


def plural(n: int, one: str, few: str, many: str) -> str:
    """Return the form of a noun that agrees with ``n``: 1 школа, 2 школы, 5 школ, 11 школ, 21 школа."""
    tail = abs(n) % 100
    if 11 <= tail <= 14:
        return many
    match tail % 10:
        case 1:
            return one
        case 2 | 3 | 4:
            return few
        case _:
            return many


def count(n: int, one: str, few: str, many: str) -> str:
    """Return number and noun joined by a no-break space: «5 школ»."""
    return f"{grouped(n)}{NBSP}{plural(n, one, few, many)}"


def grouped(n: int) -> str:
    """Return a whole number with no-break spaces between thousands, from 10 000 on."""
    return f"{n:,}".replace(",", NBSP) if abs(n) >= 10_000 else str(n)


def percent(below: int, of: int, digits: int = 1) -> str:
    """Return a share as «29,6 %», rounded half up from the whole counts; «—» where there is no one."""
    if of == 0:
        return DASH
    step = Decimal(1).scaleb(-digits)
    share = Fraction(below * 100, of)
    value = (Decimal(share.numerator) / Decimal(share.denominator)).quantize(step, ROUND_HALF_UP)
    return f"{value}".replace(".", ",") + f"{NBSP}%"


def ru_date(day: date | datetime | str) -> str:
    """Return dd.mm.yyyy of a date, a moment or an ISO text."""
    if isinstance(day, str):
        day = datetime.fromisoformat(day)
    return day.strftime("%d.%m.%Y")


def ru_moment(moment: datetime | str) -> str:
    """Return «22.11.2026 14:05» in local time of a moment or an ISO text."""
    if isinstance(moment, str):
        moment = datetime.fromisoformat(moment)
    if moment.tzinfo is not None:
        moment = moment.astimezone()
    return moment.strftime("%d.%m.%Y %H:%M")


def school_year(first: int) -> str:
    """Return «2025/26» for the school year that begins in ``first``."""
    return f"{first}/{(first + 1) % 100:02d}"


def capital(text: str) -> str:
    """Return a text that begins a sentence or a heading: its first letter is a capital."""
    return text[:1].upper() + text[1:]


def whole_signs(text: str) -> str:
    """Return a text that a file can hold: a half of a sign (a lone surrogate) becomes «�», two halves their sign.

    Halves come from bytes of a command that are no UTF-8 and from escapes of JSON.
    """
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def quoted(name: str) -> str:
    """Return a name in «», its own quotation marks as „“: «МБОУ „СОШ № 5“»."""
    return f"«{name.replace('«', '„').replace('»', '“')}»"


_GLUE = (
    (re.compile(r"№\s+(?=\d)"), f"№{NBSP}"),
    (re.compile(r"(?<=\d)\s+(?=%)"), NBSP),
    (re.compile(r"(?<=\d)\s+(?=(?:класс|кл\.|чел\.|г\.(?!\s*[А-ЯЁ])|руб\.|из\s))"), NBSP),
    (re.compile(r"(?<=\d)\s+(?=(?:[КМГ]Б|мин|шт\.|стр\.|ч)(?!\w))"), NBSP),
    (re.compile(r"(?<=\d)\s+(?=п\.\s*п\.)"), NBSP),
    (re.compile(r"\bп\.\s+(?=п\.)"), f"п.{NBSP}"),
    (re.compile(r"\b(г|с|п|пос|ул|д|им|ст|пгт)\.\s+(?=[А-ЯЁ\d])"), rf"\1.{NBSP}"),
    (re.compile(r"\b(дер|х|пер|пл|наб|корп|стр|кв|каб|тел)\.\s+(?=[А-ЯЁ\d])"), rf"\1.{NBSP}"),
    (re.compile(r"\b([А-ЯЁ])\.\s*([А-ЯЁ])\.\s+(?=[А-ЯЁ][а-яё])"), rf"\1.{NBSP}\2.{NBSP}"),
    (re.compile(r"(?<=[А-ЯЁа-яё])\s+([А-ЯЁ])\.\s*([А-ЯЁ])\.(?!\w)(?!\s*[А-ЯЁ][а-яё])"), rf"{NBSP}\1.{NBSP}\2."),
    (re.compile(r"(?<=\bиз)\s+(?=\d)"), NBSP),
    (re.compile(r"(?<=\S)[ \t]+(?=—\s)"), NBSP),
    (re.compile(r"\b(с|по|от|до|на)\s+(?=\d{2}\.\d{2}\.\d{4})"), rf"\1{NBSP}"),
)


def glue(text: str) -> str:
    """Put no-break spaces where a line must not end: after №, before %, in initials, in «8 из 27»."""
    for pattern, replacement in _GLUE:
        text = pattern.sub(replacement, text)
    return text
