"""The grammar of terms: words become stretches between two named parts of a year, still without knowing the programme.

The input is one line of small letters with plain dashes (``terms.tidy``). The grammar is built once, when the first
term is read: pyparsing is not needed before.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    import pyparsing as pp

Edge = Literal["", "until", "by", "from"]
Day = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Atom:
    """A named part of a year: a day, a month, a quarter, the year itself.

    Attributes:
        days: month and day of its begin and end; day 0 is the last of the month.
        year: calendar year, None where it is not said.
        school: first calendar year of the school year it is said to lie in.
        further: how many years later it ends: «2023-2025 гг.» is 2.
        whole_month: a month without a day, as «до декабря» means it.
    """

    days: tuple[Day, Day]
    year: int | None = None
    school: int | None = None
    further: int = 0
    whole_month: bool = False

    @property
    def dated(self) -> bool:
        """Tell whether its year is known."""
        return self.year is not None or self.school is not None

    def of(self, year: int) -> Atom:
        """Return it in a calendar year."""
        return replace(self, year=year)

    def like(self, other: Atom) -> Atom:
        """Return it in the year of another."""
        return replace(self, year=other.year, school=other.school)


@dataclass(frozen=True, slots=True)
class Stretch:
    """From one atom to another (the same one where one alone is named)."""

    begin: Atom
    end: Atom
    edge: Edge = ""


@dataclass(frozen=True, slots=True)
class Words:
    """A whole term: its stretches, and what is said of them.

    ``whole`` is «в течение года», ``recurring`` «ежемесячно», ``yearly`` «ежегодно».
    """

    stretches: tuple[Stretch, ...] = ()
    whole: bool = False
    recurring: bool = False
    yearly: bool = False


@dataclass(frozen=True, slots=True)
class _Mark:
    kind: Literal["whole", "recurring", "yearly", "floating"]


WHOLE_YEAR: tuple[Day, Day] = ((1, 1), (12, 31))
SCHOOL_YEAR: tuple[Day, Day] = ((9, 1), (8, 31))
_MONTHS = (
    r"янв(?:ар[а-я]{1,3})?", r"февр?(?:ал[а-я]{1,3})?", r"мар(?:т[а-я]{0,3})?", r"апр(?:ел[а-я]{1,3})?",
    r"ма(?:й|я|е|ю|ем)", r"июн[а-я]{0,3}", r"июл[а-я]{0,3}", r"авг(?:уст[а-я]{0,3})?", r"сент?(?:ябр[а-я]{1,3})?",
    r"окт(?:ябр[а-я]{1,3})?", r"ноя(?:б|бр[а-я]{1,3})?", r"дек(?:абр[а-я]{1,3})?",
)  # fmt: skip
_NO_LETTER = r"(?![а-яa-z])"
_YEAR_WORD = rf"(?:\s*(?:гг?\.?|год[а-я]{{0,3}}\.?){_NO_LETTER})"
_YEAR = rf"(?:19|20)\d\d(?!\d|\s*[-/]\s*(?:20)?\d\d\s*уч){_YEAR_WORD}?"
_SCHOOL = (
    r"(?P<first>20\d\d)\s*[-/]\s*(?P<last>20\d\d|\d\d)" + _YEAR_WORD + r"?\s*(?:учебн[а-я]{2,3}|уч\.?)"
    + _YEAR_WORD + "?"
)  # fmt: skip
_ORDINALS: dict[str, int] = {
    "i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4,
    "перв": 1, "втор": 2, "трет": 3, "четверт": 4,
}  # fmt: skip
_ORDINAL = (
    r"(?:iv|i{1,3}|[1-4]|перв[а-я]{2,3}|втор[а-я]{2,3}|трет[а-я]{1,4}|четверт[а-я]{2,3})"
    r"(?:-?(?:ы?й|я|е|ое|го|ого|ом))?(?![а-я\d.])"
)
_SEASONS: dict[str, tuple[Day, Day]] = {
    "осен": ((9, 1), (11, 30)), "весн": ((3, 1), (5, 31)), "лет": ((6, 1), (8, 31)),
}  # fmt: skip


def _month_of(word: str) -> int:
    starts = ("янв", "фев", "мар", "апр", "ма", "июн", "июл", "авг", "сен", "окт", "ноя", "дек")
    return next(number for number, start in enumerate(starts, 1) if word.startswith(start))


def _ordinal(word: str) -> int:
    for start, number in sorted(_ORDINALS.items(), key=lambda pair: -len(pair[0])):
        if word.startswith(start):
            return number
    return 0


def _year_of(text: str) -> int:
    number = int(text)
    return number if number > 99 else 2000 + number


def read(line: str) -> Words | None:
    """Return what a tidy line says, or None where the grammar does not know it."""
    import pyparsing as pp

    if not line:
        return None
    try:
        found = _grammar().parse_string(line, parse_all=True)
    except pp.ParseException:
        return None
    items: list[Any] = list(found)
    kinds = {item.kind for item in items if isinstance(item, _Mark)}
    stretches = tuple(item for item in items if isinstance(item, Stretch))
    return Words(stretches, "whole" in kinds, "recurring" in kinds, "yearly" in kinds)


@lru_cache(1)
def _grammar() -> pp.ParserElement:
    import pyparsing as pp

    atom = _atoms(pp)
    dash = pp.Suppress(pp.one_of("- —")) | pp.Suppress(pp.Regex(r"по(?![а-я])"))
    joined = (atom + dash + atom).set_parse_action(_range)
    single = atom.copy().add_parse_action(lambda found: Stretch(found[0], found[0]))
    since = pp.Suppress(pp.Regex(r"(?:начиная\s+)?со?(?![а-я])"))
    tail = pp.Suppress(pp.Regex(r"до(?![а-я])"))
    from_to = (since + atom + (dash | tail) + atom).set_parse_action(_range)
    edges = (
        (pp.Suppress(pp.Regex(r"(?:не позд?нее|к концу|до конца|по(?=\s*\d))(?![а-я])")) + atom).set_parse_action(
            lambda found: Stretch(found[0], found[0], "by")
        )
        | (pp.Suppress(pp.Regex(r"(?:срок\s+)?(?:до|к)(?![а-я])")) + atom).set_parse_action(
            lambda found: Stretch(found[0], found[0], "until")
        )
        | (since + atom).set_parse_action(lambda found: Stretch(found[0], found[0], "from"))
    )
    before = pp.Suppress(
        pp.Regex(r"(?:в течение|в период|на протяжении|во?|на|за|в срок|срок[а-я]{0,2}|период[а-я]{0,2})(?![а-я])")
    )
    days = pp.Suppress(pp.Regex(r"с(?=\s+\d{1,2}\s+(?:по|до)\s+\d{1,2}(?:-?го)?\s+[а-я])")) + single
    dates = pp.Optional(before) + (days | from_to | edges | joined | single)
    item = _marks(pp) | dates
    apart = pp.Suppress(pp.Regex(r"(?:[,;:/&+.]|и(?![а-я])|а также(?![а-я]))+"))
    whole: pp.ParserElement = item + pp.ZeroOrMore(pp.Optional(pp.OneOrMore(apart)) + item) + pp.Optional(apart)
    return whole


def _range(found: Any) -> Stretch:
    begin, end = found[0], found[1]
    return Stretch(begin, end)


def _marks(pp: Any) -> Any:
    """Words that are no dates: «в течение года», «ежемесячно», «по мере необходимости»."""

    def mark(pattern: str, kind: Literal["whole", "recurring", "yearly", "floating"]) -> Any:
        return pp.Regex(pattern).set_parse_action(lambda: _Mark(kind))

    programme = (
        r"(?:\s+(?:действия|реализации|исполнения|выполнения|работы)?\s*(?:муниципальной\s+|школьной\s+)?"
        r"(?:программы|плана|проекта|комплекса мер|дорожной карты))?"
    )
    year = (
        r"(?:всего\s+|каждого\s+)?(?:календарного\s+|учебного\s+|отчетного\s+|текущего\s+|данного\s+)?"
        r"(?:года|уч\.?\s*г(?:ода|\.)?|периода|срока)"
    )
    whole = (
        rf"(?:в течение|на протяжении)\s+{year}(?!\s*\d){programme}(?![а-я])"
        rf"|(?:весь|в)\s+(?:учебный\s+|календарный\s+)?(?:период|год|срок)(?!\s*\d){programme}(?![а-я])"
        r"|(?:в ходе|в период)\s+реализации\s+программы"
        r"|период реализации программы|срок реализации программы"
        r"|(?:учебный|календарный|текущий)\s+год(?![а-я])|по\s?стоянно|систематически|регулярно|круглогодично"
    )
    recurring = (
        r"(?:ежемесячно|ежеквартально|еженедельно|ежедневно)(?![а-я])"
        r"(?:[,\s]+(?:до|не позд?нее)?\s*\d{1,2}(?:-?го)?\s*числа(?:\s+(?:каждого\s+)?месяца)?)?"
        r"|(?:не\s+реже\s+(?:чем\s+)?|не\s+менее\s+)?(?:\d{1,2}|один|одного|два|двух|три|трех)?\s*раза?\s+в\s+"
        r"(?:год|месяц|квартал|полугодие|неделю|четверть|триместр)(?![а-я])"
        r"|кажд(?:ый|ую|ое)\s+(?:месяц|квартал|неделю|четверть|полугодие)(?![а-я])"
    )
    yearly = r"(?:ежегодно|каждый год|каждого года)(?![а-я])"
    floating = (
        r"(?:по|при|в соответствии с|согласно)\s+(?:мере|необходимости|отдельн[а-я]+|план[а-я]+|график[а-я]+"
        r"|запрос[а-я]+|согласовани[а-я]+|утвержденн[а-я]+|итогам|результатам|заявк[а-я]+)(?:\s+(?!и(?![а-я]))[а-я]+){0,4}"
    )
    return mark(whole, "whole") | mark(recurring, "recurring") | mark(yearly, "yearly") | mark(floating, "floating")


def _atoms(pp: Any) -> Any:
    """Everything that names a part of a year, the longest forms first."""
    return (
        _numeric(pp)
        | _school_years(pp)
        | _parts_of_years(pp)
        | _parts_of_months(pp)
        | _days_of_months(pp)
        | _months(pp)
        | _years(pp)
    )


def _element(pp: Any, pattern: str, make: Callable[[dict[str, str | None]], Atom | None]) -> Any:
    """Return a terminal whose groups become an atom; what ``make`` refuses does not match."""

    def act(text: str, place: int, found: Any) -> Atom:
        made = make(found.as_dict())
        if made is None:
            raise pp.ParseException(text, place, "no date")
        return made

    return pp.Regex(pattern).set_parse_action(act)


def _dated(found: dict[str, str | None], days: tuple[Day, Day], *, month: bool = False) -> Atom:
    """Put the year that stands beside an atom into it."""
    first, year = found.get("first"), found.get("year")
    if first:
        return Atom(days, school=int(first), whole_month=month)
    return Atom(days, year=_year_of(year[:4]) if year else None, whole_month=month)


_OF_YEAR = rf"(?:\s*,?\s*(?:(?:в|на)\s+)?(?:{_SCHOOL}|(?P<year>{_YEAR})))?"


def _numeric(pp: Any) -> Any:
    def iso(found: dict[str, str | None]) -> Atom:
        day = int(str(found["m"])), int(str(found["d"]))
        return Atom((day, day), int(str(found["y"])))

    def full(found: dict[str, str | None]) -> Atom | None:
        day = int(str(found["m"])), int(str(found["d"]))
        return Atom((day, day), _year_of(str(found["y"]))) if _fits(day) else None

    def short(found: dict[str, str | None]) -> Atom | None:
        day = int(str(found["m"])), int(str(found["d"]))
        return Atom((day, day)) if _fits(day) else None

    def days(found: dict[str, str | None]) -> Atom | None:
        month = int(str(found["m"]))
        first, last = (month, int(str(found["d"]))), (month, int(str(found["e"])))
        year = _year_of(str(found["y"])) if found.get("y") else None
        return Atom((first, last), year) if _fits(first) and _fits(last) and first <= last else None

    def month(found: dict[str, str | None]) -> Atom:
        number = int(str(found["m"]))
        return Atom(((number, 1), (number, 0)), int(str(found["y"])), whole_month=True)

    year = r"(?P<y>(?:19|20)\d\d|\d\d)(?!\d)"
    return (
        _element(pp, r"(?P<y>(?:19|20)\d\d)-(?P<m>0[1-9]|1[0-2])-(?P<d>0[1-9]|[12]\d|3[01])(?!\d)", iso)
        | _element(pp, rf"(?P<d>\d{{1,2}})\s*-\s*(?P<e>\d{{1,2}})\.(?P<m>\d{{1,2}})\.{year}{_YEAR_WORD}?", days)
        | _element(pp, rf"(?P<d>\d{{1,2}})[./](?P<m>\d{{1,2}})[./]{year}{_YEAR_WORD}?", full)
        | _element(pp, rf"(?P<m>0?[1-9]|1[0-2])[./](?P<y>20\d\d)(?!\d){_YEAR_WORD}?", month)
        | _element(pp, r"(?P<d>\d{1,2})\.(?P<m>\d{2})\.?(?!\d)", short)
    )


def _fits(day: Day) -> bool:
    return 1 <= day[0] <= 12 and 1 <= day[1] <= 31


def _school_years(pp: Any) -> Any:
    def make(found: dict[str, str | None]) -> Atom | None:
        first = int(str(found["first"]))
        last = _year_of(str(found["last"]))
        if last <= first:
            return None
        if last == first + 1:
            return Atom(SCHOOL_YEAR, school=first)
        return Atom(SCHOOL_YEAR, year=first, further=last - first)

    return _element(pp, _SCHOOL + r"(?![а-я])", make)


def _parts_of_years(pp: Any) -> Any:
    """Quarters, halves and seasons; «1-2 квартал», «II и III кварталы 2025 года»."""

    def quarters(found: dict[str, str | None]) -> Atom | None:
        first = _ordinal(str(found["a"]))
        last = _ordinal(str(found["b"])) if found.get("b") else first
        return _dated(found, ((first * 3 - 2, 1), (last * 3, 0))) if first <= last else None

    def halves(found: dict[str, str | None]) -> Atom | None:
        number = _ordinal(str(found["a"]))
        if number > 2:
            return None
        school = ((9, 1), (12, 31)) if number == 1 else ((1, 1), (5, 31))
        calendar = ((1, 1), (6, 30)) if number == 1 else ((7, 1), (12, 31))
        return _dated(found, school if found.get("first") else calendar)

    def seasons(found: dict[str, str | None]) -> Atom:
        start = str(found["s"])
        return _dated(found, next(days for word, days in _SEASONS.items() if start.startswith(word)))

    pair = rf"(?P<a>{_ORDINAL})(?:\s*(?:-|,|и)\s*(?P<b>{_ORDINAL}))?"
    return (
        _element(pp, rf"{pair}\s*кв(?:артал[а-я]{{0,3}}|\.)?{_NO_LETTER}{_OF_YEAR}", quarters)
        | _element(pp, rf"(?P<a>{_ORDINAL})\s*полугоди[а-я]{{1,2}}{_OF_YEAR}", halves)
        | _element(pp, rf"(?P<s>осен(?:ь|и|ью)|весн(?:а|ы|у|ой)|лет(?:о|а|ом)){_NO_LETTER}{_OF_YEAR}", seasons)
    )


def _parts_of_months(pp: Any) -> Any:
    def make(found: dict[str, str | None]) -> Atom | None:
        month, part = _month_of(str(found["m"])), str(found["part"])
        number = _ordinal(str(found["a"])) if found.get("a") else 0
        if part.startswith("декад"):
            days = {1: (1, 10), 2: (11, 20), 3: (21, 0)}.get(number)
        elif part.startswith("половин"):
            days = {1: (1, 15), 2: (16, 0)}.get(number)
        elif part.startswith("недел"):
            days = (number * 7 - 6, number * 7)
        else:
            days = (1, 10) if part.startswith("нач") else (11, 20) if part.startswith("сер") else (21, 0)
        return None if days is None else _dated(found, ((month, days[0]), (month, days[1])))

    def year_end(found: dict[str, str | None]) -> Atom:
        days = ((1, 1), (1, 31)) if str(found["part"]).startswith("нач") else ((12, 1), (12, 31))
        if found.get("first"):
            days = ((9, 1), (9, 30)) if str(found["part"]).startswith("нач") else ((5, 1), (5, 31))
        return _dated(found, days)

    months = "|".join(_MONTHS)
    part = (
        rf"(?:(?P<a>{_ORDINAL})\s*(?P<part>декад[а-я]|половин[а-я]|недел[а-я])"
        r"|(?P<edge>начал[а-я]|середин[а-я]|кон(?:ец|ца|це)))"
    )

    def either(found: dict[str, str | None]) -> Atom | None:
        return make(found | {"part": found.get("part") or found.get("edge")})

    ends = rf"(?P<part>начал[а-я]|кон(?:ец|ца|це))\s+(?:{_SCHOOL}|(?P<year>{_YEAR}))"
    return _element(pp, rf"{part}\s+(?P<m>{months})\.?{_NO_LETTER}{_OF_YEAR}", either) | _element(pp, ends, year_end)


def _days_of_months(pp: Any) -> Any:
    """«1 сентября 2025», «10-20 января», «с 10 по 20 января» (the begin alone: «10»)."""

    def make(found: dict[str, str | None]) -> Atom | None:
        month = _month_of(str(found["m"]))
        first = month, int(str(found["d"]))
        last = month, int(str(found["e"] or found["d"]))
        return _dated(found, (first, last)) if _fits(first) and _fits(last) and first <= last else None

    months = "|".join(_MONTHS)
    return _element(
        pp,
        r"(?P<d>\d{1,2})(?:\s*(?:-(?:го\s+)?|(?:по|до|и)\s+)\s*(?P<e>\d{1,2}))?(?:-?го)?\s+"
        rf"(?P<m>{months})\.?{_NO_LETTER}{_OF_YEAR}",
        make,
    )


def _months(pp: Any) -> Any:
    def make(found: dict[str, str | None]) -> Atom:
        month = _month_of(str(found["m"]))
        return _dated(found, ((month, 1), (month, 0)), month=True)

    months = "|".join(_MONTHS)
    return _element(pp, rf"(?P<m>{months})\.?{_NO_LETTER}(?:\s+месяц[а-я]?)?{_OF_YEAR}", make)


def _years(pp: Any) -> Any:
    def several(found: dict[str, str | None]) -> Atom | None:
        first, last = int(str(found["a"])), int(str(found["b"]))
        return Atom(WHOLE_YEAR, year=first, further=last - first) if first <= last else None

    def make(found: dict[str, str | None]) -> Atom:
        return Atom(WHOLE_YEAR, year=int(str(found["a"])))

    return _element(
        pp, rf"(?P<a>(?:19|20)\d\d){_YEAR_WORD}?\s*-\s*(?P<b>(?:19|20)\d\d)(?!\d){_YEAR_WORD}?", several
    ) | _element(pp, rf"(?P<a>(?:19|20)\d\d)(?!\d|\s+уч){_YEAR_WORD}?", make)
