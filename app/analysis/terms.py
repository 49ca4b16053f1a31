"""Free-text Russian terms of plans become spans of dates: «август – декабрь 2019 года», «В течение года».

The words stay where they are; what is understood of them stands beside them. The forms of terms are those of 001
(column «Сроки исполнения») and of the work schedule of 000 («Срок (период) выполнения отдельного действия»).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from app.analysis.term_words import Atom, Stretch, Words, read

LONGEST = 400
MOST_SPANS = 60
_FIRST_YEAR, _LAST_YEAR = 1990, 2099
_BRACKETS = re.compile(r"\([^()]*\)")

Span = tuple[str, str]


@dataclass(frozen=True, slots=True)
class ParsedTerm:
    """What was understood of a term.

    Attributes:
        spans: first and last day, ISO, both included; in the order of the text. A deadline is its one day.
        code: None where nothing is wrong, else TERM_EMPTY, TERM_UNKNOWN, TERM_FLOATING (words without dates: «по
            мере необходимости»), TERM_NO_DAY (31 February), TERM_NO_YEAR, TERM_BACKWARDS, TERM_OUTSIDE.
    """

    spans: tuple[Span, ...] = ()
    code: str | None = None


def parse(text: str, *, year_from: int, year_to: int, limits: Span | None = None) -> ParsedTerm:
    """Return the dates that a term names.

    A month without a year takes the year of its neighbour to the right, then to the left, then the only year of the
    programme in which it can stand; else the code is TERM_NO_YEAR. «В течение года», «постоянно» and «ежемесячно»
    are the whole programme, «ежегодно, сентябрь» every September of it.

    Args:
        text: as it was typed.
        year_from: first plan year of the programme.
        year_to: its last plan year, included.
        limits: first and last day of the programme (ISO) where it is not whole calendar years.
    """
    first, last = limits or (f"{year_from:04d}-01-01", f"{year_to:04d}-12-31")
    return _parse(text, first, last)


@lru_cache(4096)
def _parse(text: str, first: str, last: str) -> ParsedTerm:
    line = tidy(text)
    if not line:
        return ParsedTerm(code="TERM_EMPTY")
    found = None if len(line) > LONGEST else next(filter(None, map(read, _readings(line))), None)
    if found is None:
        return ParsedTerm(code="TERM_UNKNOWN")
    return _Resolver(date.fromisoformat(first), date.fromisoformat(last)).resolve(found)


def _readings(line: str) -> tuple[str, ...]:
    """What stands in brackets is read with the rest, else it is passed over: «май (по графику школы)»."""
    if "(" not in line:
        return (line,)
    opened = line.replace("(", ", ").replace(")", " ")
    return tuple(" ".join(one.split()).strip(" ,;.") for one in (opened, _BRACKETS.sub(" ", line)))


_DASHES = re.compile(r"[\u2010-\u2015\u2212\u2043]")
_SPACES = re.compile(r"[\s\u00a0\u2007\u202f\u200b\ufeff]+")
_NOTHING = frozenset({"", "-", "--", "---", "нет", "x", "х", "_", "__", "___", "____", "...", "…"})


def tidy(text: str) -> str:
    """Return a term in one line of small letters with plain dashes; "" where nothing is written in it."""
    line = _SPACES.sub(" ", _DASHES.sub("-", text)).strip().lower().replace("ё", "е").strip(" .;:,")
    return "" if line in _NOTHING or not line.strip("_-. ") else line


class _WrongError(Exception):
    """What is wrong with a stretch of dates; ``code`` is the code of the term."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


class _Resolver:
    """Stretches of words become days within one programme."""

    def __init__(self, first: date, last: date) -> None:
        self._first = first
        self._last = last

    def resolve(self, words: Words) -> ParsedTerm:
        """Return the days of a whole term."""
        if not words.stretches:
            if words.whole or words.recurring or words.yearly:
                return ParsedTerm(((self._first.isoformat(), self._last.isoformat()),))
            return ParsedTerm(code="TERM_FLOATING")
        spans: list[tuple[date, date]] = []
        codes: list[str] = []
        for stretch in _filled(words.stretches):
            try:
                spans += self._days(stretch, every_year=words.yearly)
            except _WrongError as wrong:
                codes.append(wrong.code)
        if not codes and any(begin < self._first or end > self._last for begin, end in spans):
            codes.append("TERM_OUTSIDE")
        distinct = tuple(dict.fromkeys((begin.isoformat(), end.isoformat()) for begin, end in spans))
        return ParsedTerm(distinct[:MOST_SPANS], codes[0] if codes else None)

    def _days(self, stretch: Stretch, *, every_year: bool) -> list[tuple[date, date]]:
        if stretch.begin.year is not None or stretch.begin.school is not None:
            return [self._between(stretch)]
        found = []
        for year in range(self._first.year - 1, self._last.year + 1):
            at = Stretch(stretch.begin.of(year), stretch.end.of(year), stretch.edge)
            if stretch.begin is not stretch.end and _key(stretch.end) < _key(stretch.begin):
                at = Stretch(at.begin, at.end.of(year + 1), stretch.edge)
            try:
                begin, end = self._between(at)
            except _WrongError as wrong:
                if wrong.code == "TERM_NO_DAY" and stretch.begin.days[0][0] != 2:
                    raise  # the thirty-first of June is there in no year, the twenty-ninth of February in some
                continue
            if self._first <= begin and end <= self._last:
                found.append((begin, end))
        if len(found) == 1 or (found and every_year):
            return found
        if not found and self._first.year == self._last.year and _key(stretch.end) < _key(stretch.begin):
            raise _WrongError("TERM_BACKWARDS")
        raise _WrongError("TERM_NO_YEAR")

    def _between(self, stretch: Stretch) -> tuple[date, date]:
        first, last = _of_atom(stretch.begin)[0], _of_atom(stretch.end)[1]
        if stretch.edge == "until":
            # «до декабря» is before it, «до конца декабря» has been made its last day already
            return (first, first) if stretch.begin.whole_month else (last, last)
        if stretch.edge == "by":
            return last, last
        if stretch.edge == "from":
            return first, max(first, self._last)
        if last < first:
            raise _WrongError("TERM_BACKWARDS")
        return first, last


def _key(atom: Atom) -> tuple[int, int]:
    return atom.days[0]


def _of_atom(atom: Atom) -> tuple[date, date]:
    """Return the days of an atom whose year is known.

    Raises:
        _WrongError: TERM_NO_DAY.
    """
    (month, day), (last_month, last_day) = atom.days
    if atom.school is not None:
        # a school year goes from September to August (law 273-ФЗ leaves the begin to 1 September)
        year = atom.school if month >= 9 else atom.school + 1
        last_year = year if last_month >= month else year + 1
    else:
        year = atom.year if atom.year is not None else 0
        last_year = year + atom.further + (0 if atom.further or last_month >= month else 1)
    if not _FIRST_YEAR <= year <= last_year <= _LAST_YEAR + 1:
        raise _WrongError("TERM_UNKNOWN")
    return _day(year, month, day), _day(last_year, last_month, last_day)


def _day(year: int, month: int, day: int) -> date:
    if day == 0:  # the last of the month
        return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
    try:
        return date(year, month, day)
    except ValueError as fault:
        raise _WrongError("TERM_NO_DAY") from fault


def _filled(stretches: Sequence[Stretch]) -> list[Stretch]:
    """Give stretches without a year the year of their neighbour: «март, апрель 2018 г.» are both of 2018."""
    made: list[Stretch] = []
    donor: Atom | None = None
    for stretch in reversed(stretches):
        begin, end = stretch.begin, stretch.end
        alone = begin is end
        if not end.dated and begin.dated and not alone:
            end = _after(begin, end)
        elif not end.dated and donor is not None:
            end = end.like(donor)
        if alone:
            begin = end
        elif not begin.dated and end.dated:
            begin = begin.like(end)
        if begin.dated:
            donor = begin if begin.school is None else end
        made.append(Stretch(begin, end, stretch.edge))
    made.reverse()
    return _from_left(made)


def _after(begin: Atom, end: Atom) -> Atom:
    """«Октябрь 2025 – апрель»: the first April after it."""
    found = end.like(begin)
    if begin.school is None and begin.year is not None and _key(end) < _key(begin):
        return end.of(begin.year + 1)
    return found


def _from_left(stretches: list[Stretch]) -> list[Stretch]:
    made: list[Stretch] = []
    before: Atom | None = None
    for stretch in stretches:
        one = stretch
        if not stretch.begin.dated and before is not None:
            begin = stretch.begin.like(before)
            end = begin if stretch.begin is stretch.end else stretch.end.like(before)
            one = Stretch(begin, end, stretch.edge)
        if one.end.dated:
            before = one.end
        made.append(one)
    return made
