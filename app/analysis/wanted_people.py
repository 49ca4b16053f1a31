"""How many people a planned result asks for: «с охватом не менее 100 человек», «не менее 60 точек подключения» (003).

Only what can be set beside the people of a whole plan year is read: a number for each school or each seminar, and a
share, ask for something else and are left to the reader.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

What = Literal["people", "connections"]

_NUMBER = r"(?P<number>\d{1,3}(?:[ \u00a0\u202f]\d{3})+|\d{1,6})(?:-?(?:ти|и|ми|х|ёх|а|сот))?"
_PEOPLE = (
    r"чел(?:\.|овек\w*)|участник\w*|педагог\w*|учител\w*|преподавател\w*|слушател\w*|руководител\w*|директор\w*"
    r"|завуч\w*|специалист\w*|методист\w*|наставник\w*|работник\w*|родител\w*|обучающихся|учащихся|школьник\w*"
    r"|стаж[её]р\w*|представител\w*"
)
_LINKS = r"точ(?:ек|ки)[ \u00a0]подключени\w*|подключени\w*"
# one or two words may stand before the one that is counted: «100 молодых педагогов», «120 руководящих работников»
_ASKED = re.compile(
    r"(?:не[ \u00a0]+мен(?:ее|ьше)(?:[ \u00a0]+чем)?|охва(?:т\w*|чен\w*)[ \u00a0]*(?:[—–:-]|до)?)[ \u00a0]*"
    rf"{_NUMBER}[ \u00a0]+(?:[а-яё-]+[ \u00a0]+){{0,2}}?(?:(?P<people>{_PEOPLE})|(?P<links>{_LINKS}))(?![а-яё])",
    re.IGNORECASE,
)
_EACH = re.compile(
    r"^[^.;]{0,30}?\b(?:в|на|от|из|с|для)[ \u00a0]+(?:кажд\w+|одн(?:ой|ого|ом)[ \u00a0]+школ\w*|школы|муниципалитета)"
    r"|^[^.;]{0,12}?\bежемесячно|^[^.;]{0,12}?\bв[ \u00a0]месяц",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """One demand; ``text`` is its words as they stand in the plan."""

    number: int
    what: What
    text: str


def wanted(texts: Iterable[str]) -> tuple[Wanted, ...]:
    """Return what texts of a plan ask for, each demand once, in their order.

    Args:
        texts: of an activity and its planned results.
    """
    found: dict[tuple[int, What], Wanted] = {}
    for text in texts:
        for match in _ASKED.finditer(text):
            if _EACH.match(text[match.end() :]):
                continue
            number = int(re.sub(r"\D", "", match["number"]))
            what: What = "people" if match["people"] else "connections"
            if number:
                found.setdefault((number, what), Wanted(number, what, " ".join(match[0].split())))
    return tuple(found.values())
