"""Codes of schools in the systems they come from, recognised by their shape (decision 4)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from operator import mul
from typing import Literal

from app.importers.grid import Cell, text
from app.models.records import CodeSystem

Shape = Literal["fisoko", "oo", "inn", "ogrn", "like_inn", "like_ogrn", "six_digits", "other"]

_LOGIN = re.compile(r"(?<![a-z0-9])(edu|sch|spo|ksh)(\d{6})(?!\d)", re.IGNORECASE)
_JOINED = re.compile(r"\d{2,4}\s*[-–—]\s*\d{3,6}")
_DASH = re.compile(r"\s*[-–—]\s*")
_INN_10 = (2, 4, 10, 3, 5, 9, 4, 6, 8)
_INN_11 = (7, *_INN_10)
_INN_12 = (3, *_INN_11)


def fisoko_login(value: str) -> str | None:
    """Return the ФИС ОКО login: ``sch123456`` and ``edu123456`` are one school and come out as ``edu123456``.

    ``spo`` and ``ksh`` logins stay as they are (fis_oko_format §0).
    """
    found = _LOGIN.search(value)
    if found is None:
        return None
    prefix = found.group(1).lower()
    return ("edu" if prefix == "sch" else prefix) + found.group(2)


def _check(digits: str, weights: tuple[int, ...]) -> bool:
    total: int = sum(map(mul, map(int, digits), weights))  # the check digits beyond the weights are left out
    return total % 11 % 10 == int(digits[len(weights)])


def inn_is_right(value: str) -> bool:
    """Tell whether an ИНН of 10 or 12 digits has right check digits."""
    if not value.isascii() or not value.isdecimal() or not value.strip("0"):
        return False
    if len(value) == 10:
        return _check(value, _INN_10)
    return len(value) == 12 and _check(value, _INN_11) and _check(value, _INN_12)


def ogrn_is_right(value: str) -> bool:
    """Tell whether an ОГРН of 13 digits has the right check digit."""
    if len(value) != 13 or not value.isascii() or not value.isdecimal() or not value.strip("0"):
        return False
    return int(value[:12]) % 11 % 10 == int(value[12])


def repair_inn(value: str) -> str:
    """Give back the zero that Excel takes from the front of an ИНН, where the check digits agree."""
    padded = "0" + value
    return padded if len(value) in {9, 11} and inn_is_right(padded) else value


def shape(value: str) -> Shape:
    """Return what one code looks like."""
    if fisoko_login(value):
        return "fisoko"
    if _JOINED.fullmatch(value):
        return "oo"
    if not value.isascii() or not value.isdecimal():
        return "other"
    if inn_is_right(repair_inn(value)):
        return "inn"
    if len(value) in {10, 12}:
        return "like_inn"
    if len(value) == 13:
        return "ogrn" if ogrn_is_right(value) else "like_ogrn"
    return "six_digits" if len(value) == 6 else "other"


def clean(system: CodeSystem, value: str) -> str | None:
    """Return the code as it is stored, or None where the value does not fit the system."""
    if system == "fisoko":
        digits = f"edu{value}" if value.isdecimal() and len(value) == 6 else value
        return fisoko_login(digits)
    if system == "inn":
        value = repair_inn(value)
        return value if inn_is_right(value) else None
    if system == "ogrn":
        return value if ogrn_is_right(value) else None
    if system == "oo":
        return value if value.isdecimal() else _DASH.sub("-", value) or None
    return value or None


class CodeColumn:
    """A column «Код»: each value goes to the system its shape tells, the doubtful ones as the whole column does.

    Attributes:
        question: true where a person must say what the codes are: six bare digits may be a login, a code of ОО or
            an own number; ten or twelve digits of which some are ИНН and most are not.
    """

    def __init__(self, values: Iterable[Cell], answer: str | None = None) -> None:
        shapes: Counter[Shape] = Counter()
        for value, times in Counter(values).items():  # a long table of results names each school many times
            if line := text(value):
                shapes[shape(line)] += times
        good, doubtful = shapes["inn"], shapes["like_inn"]
        self._answer: CodeSystem | None = system_of(answer) if answer else None
        self._inn = good > 0 and good >= doubtful
        self._ogrn = shapes["ogrn"] >= max(1, shapes["like_ogrn"])
        unclear = "six_digits" in shapes or (good > 0 and not self._inn)
        self.question = unclear and self._answer is None

    def split(self, value: Cell) -> tuple[CodeSystem, str | None]:
        """Return the system and the stored code; None for a code that does not fit its system."""
        line = text(value)
        found = shape(line)
        if found in {"fisoko", "oo"}:
            system: CodeSystem = "fisoko" if found == "fisoko" else "oo"
        elif self._answer is not None:
            system = self._answer
        elif found == "inn" or (found == "like_inn" and self._inn):
            system = "inn"
        elif found == "ogrn" or (found == "like_ogrn" and self._ogrn):
            system = "ogrn"
        else:
            system = "own"
        return system, clean(system, line)


_SYSTEM_WORDS: dict[str, CodeSystem] = {
    "fisoko": "fisoko",
    "логин фис око": "fisoko",
    "фис око": "fisoko",
    "oo": "oo",
    "код оо": "oo",
    "inn": "inn",
    "инн": "inn",
    "ogrn": "ogrn",
    "огрн": "ogrn",
    "own": "own",
    "свой номер": "own",
}
SYSTEM_OPTIONS = ("логин ФИС ОКО", "код ОО", "свой номер")


def system_of(answer: str) -> CodeSystem | None:
    """Return the system that an answer to the question about codes names."""
    return _SYSTEM_WORDS.get(text(answer).lower())
