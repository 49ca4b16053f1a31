"""What one cell of a context metric holds: text in, exact figures out. Pure: readers and operations use it alike.

A cell that does not fit is never refused: it comes back with a code and stays as a draft (decision 18).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from app.texts import NBSP, grouped, percent

MetricKind = Literal["count", "share", "number", "flag", "text"]

LARGEST = 10**15
"""The greatest number that is believed: a slipped finger, not a municipality."""
LONGEST_TEXT = 2000
_SPACES = re.compile(r"[\s\u00a0\u2007\u202f\u2009\u200b\ufeff]+")
_NOTHING = frozenset({"", "-", "–", "—", "−", "н/д", "нд", "нет данных", "x", "х"})
_UNITS = re.compile(
    r"(?:чел(?:\.|овека?|овек)?|обучающ\w+|учащ\w+|учен\w+|учител\w+|педагог\w+|шт\.?|экз\.?|ед\.?|руб\.?|сем(?:\.|\w+)?|"
    r"мест\w*|ставк\w*|км|балл\w*|мбит/с|класс\w*|год\w*|г\.)$",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"[-+]?[0-9]{1,18}(?:[.,][0-9]{1,12})?")
_COMMA_THOUSANDS = re.compile(r"[-+]?[0-9]{1,3}(?:,[0-9]{3}){2,}")
_OF = re.compile(r"(.+?)\s*(?:/|\\|\bиз\b)\s*(.+)", re.IGNORECASE)
_WITH_PERCENT = re.compile(r"(.+?)\s*\(\s*[0-9.,\s]+%\s*\)")
_YES = frozenset({"да", "есть", "имеется", "1", "+", "true", "истина", "v", "✓"})
_NO = frozenset({"нет", "отсутствует", "не имеется", "0", "false", "ложь"})


@dataclass(frozen=True, slots=True)
class Cell:
    """What was understood: a count is ``part``, a share ``part`` of ``whole`` or an ``exact`` percentage.

    ``code`` names what is wrong with a cell that stays a draft; ``empty`` is a cell that says nothing.
    """

    part: int | None = None
    whole: int | None = None
    exact: str | None = None
    code: str | None = None
    empty: bool = False


def read_cell(kind: MetricKind, raw: str) -> Cell:
    """Read one cell.

    Takes «771», «1 234», «771 чел.»; for a share «12/340», «12 из 340», «12 из 340 (3,5 %)», «3,5 %» and «3,5» (the
    percentage is kept as it is: the part is never made up); for a flag «да», «нет», «1», «0», «+». A dash, «н/д» and
    «нет данных» are empty cells.

    Args:
        kind: what the metric holds.
        raw: the text of the cell.
    """
    text = _SPACES.sub(" ", raw).strip()
    if text.casefold() in _NOTHING:
        return Cell(empty=True)
    if kind == "text":
        return Cell(exact=text) if len(text) <= LONGEST_TEXT else Cell(code="DATA_TEXT_LONG")
    if kind == "flag":
        return _flag(text)
    if kind == "share":
        return _share(text)
    found = _number(_UNITS.sub("", text.removesuffix("%") if kind == "number" else text))
    if found is None:
        return Cell(code="DATA_NOT_NUMBER" if kind == "number" else "DATA_NOT_WHOLE")
    if abs(found) > LARGEST:
        return Cell(code="DATA_TOO_GREAT")
    if kind == "number":
        return Cell(exact=exact_text(found))
    return _whole(found)


def _whole(found: Decimal) -> Cell:
    if found != found.to_integral_value():
        return Cell(code="DATA_NOT_WHOLE")
    return Cell(code="DATA_NEGATIVE") if found < 0 else Cell(part=int(found))


def _flag(text: str) -> Cell:
    word = text.casefold().rstrip(".")
    if word in _YES:
        return Cell(part=1)
    return Cell(part=0) if word in _NO else Cell(code="DATA_NOT_FLAG")


def _share(text: str) -> Cell:
    bare = _WITH_PERCENT.fullmatch(text)
    pair = _OF.fullmatch(bare[1] if bare else text)
    if pair is not None:
        return _pair(pair[1], pair[2])
    found = _number(text.removesuffix("%"))
    if found is None or not 0 <= found <= 100:
        return Cell(code="DATA_NOT_SHARE")
    return Cell(exact=exact_text(found))


def _pair(left: str, right: str) -> Cell:
    part, whole = (_number(_UNITS.sub("", side.strip())) for side in (left, right))
    if part is None or whole is None or any(n != n.to_integral_value() for n in (part, whole)):
        return Cell(code="DATA_NOT_SHARE")
    if part < 0 or whole < 0:
        return Cell(code="DATA_NEGATIVE")
    if max(part, whole) > LARGEST:
        return Cell(code="DATA_TOO_GREAT")
    if part > whole:
        return Cell(code="DATA_PART_ABOVE_WHOLE")
    return Cell(part=int(part), whole=int(whole))


def _number(text: str) -> Decimal | None:
    line = _SPACES.sub("", text).replace("−", "-")
    if _COMMA_THOUSANDS.fullmatch(line):
        line = line.replace(",", "")
    if not line.isascii() or not _NUMBER.fullmatch(line):
        return None
    return Decimal(line.replace(",", "."))


def exact_text(value: Decimal) -> str:
    """Return a number as it is stored: with a point, without needless noughts («83.4», «12»)."""
    text = f"{value:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"


def shown(kind: MetricKind, part: int | None, whole: int | None, exact: str | None) -> str:
    """Return a value as a person reads it: «12 из 340 (3,5 %)», «3,5 %», «1 234», «да»; "" where there is none."""
    match kind:
        case "share" if part is not None and whole is not None:
            return f"{grouped(part)}{NBSP}из{NBSP}{grouped(whole)} ({percent(part, whole)})"
        case "share" if exact is not None:
            return f"{exact.replace('.', ',')}{NBSP}%"
        case "flag" if part is not None:
            return "да" if part else "нет"
        case "count" if part is not None:
            return grouped(part)
        case "number" if exact is not None:
            return exact.replace(".", ",").replace("-", "−")
        case "text":
            return exact or ""
        case _:
            return ""
