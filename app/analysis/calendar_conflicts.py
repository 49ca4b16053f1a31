"""What cannot be at once: one person, one school, one room at one time; days off; too much on one day. Pure.

A clash is *sure* where the times are known and meet; where a time is missing the day alone speaks, and the clash says
that it is only possible.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations, islice
from typing import Literal

from app.analysis.working_days import Calendar, days

Code = Literal["who", "place", "school", "off", "break", "many"]
ASSUMED = 60
"""Minutes that something lasts of which only the beginning is known."""
MANY = 6
"""More things than this on one day are too many for one service."""
SEARCHED = 60
"""Days ahead in which a free one is looked for."""
AT_SCHOOL = frozenset({"open_lesson", "visit", "commission"})
"""Kinds of things that need the school at work: in a break they cannot be."""


@dataclass(frozen=True, slots=True)
class Busy:
    """Something that takes somebody's time.

    Attributes:
        key: of the thing.
        start: minutes from midnight, None where unknown; ``end`` likewise.
        who: the methodist, "" of nobody.
        place: room or address as compared: see ``squash``.
        schools: those that take part or are visited.
        kind: of the event or the task.
    """

    key: str
    first: date
    last: date
    start: int | None = None
    end: int | None = None
    who: str = ""
    place: str = ""
    schools: frozenset[int] = frozenset()
    kind: str = "event"

    def on(self, day: date) -> bool:
        """Tell whether it takes a part of a day."""
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class Clash:
    """One thing that does not fit.

    Attributes:
        day: the first day on which it is so.
        keys: of the things, in the order of their times.
        sure: times are known and meet; else it is only possible.
        schools: of a clash of schools.
        number: things of the day, of «many».
        free: the next working day on which the last of ``keys`` would fit; None where there is none.
    """

    code: Code
    day: date
    keys: tuple[str, ...]
    sure: bool = True
    schools: tuple[int, ...] = ()
    number: int = 0
    free: date | None = None


def minutes(text: str | None) -> int | None:
    """Return the minutes of «14:30», None of anything else."""
    hours, colon, rest = (text or "").partition(":")
    if not colon or not (hours.isdecimal() and rest.isdecimal()):
        return None
    found = int(hours) * 60 + int(rest)
    return found if int(rest) < 60 and found < 24 * 60 else None


def squash(text: str | None) -> str:
    """Return a place as it is compared: letters and digits in lower case."""
    return "".join(sign for sign in (text or "").casefold().replace("ё", "е") if sign.isalnum())


def meets(one: Busy, other: Busy) -> bool | None:
    """Tell whether two things of one day meet; None where a time is unknown."""
    if one.start is None or other.start is None:
        return None
    return one.start < _end(other) and other.start < _end(one)


def _end(one: Busy) -> int:
    start = one.start or 0
    return one.end if one.end is not None and one.end > start else start + ASSUMED


def clashes(things: Iterable[Busy], calendar: Calendar, first: date, last: date, many: int = MANY) -> list[Clash]:
    """Return what does not fit in a span, by day; pairs are told once, on the first day they share.

    Args:
        things: those of the span and after it, so that a free day is really free.
        calendar: days off and breaks.
        first: included.
        last: included.
        many: a day with more things is told.
    """
    everything = list(things)
    inside = [one for one in everything if one.last >= first and one.first <= last]
    found: list[Clash] = []
    told: set[tuple[Code, str, str]] = set()
    for day in days(first, last):
        today = sorted((one for one in inside if one.on(day)), key=_by_time)
        found += [_freed(clash, everything, calendar) for clash in _pairs(today, day, told)]
        if len(today) > many:
            full = Clash("many", day, tuple(one.key for one in today), number=len(today))
            found.append(_freed(full, everything, calendar, _room(everything, many)))
    off = [_day_off(one, calendar, first, last) for one in inside]
    found += [_freed(clash, everything, calendar) for clash in off if clash is not None]
    order: tuple[Code, ...] = ("who", "place", "school", "off", "break", "many")
    return sorted(found, key=lambda clash: (clash.day, not clash.sure, order.index(clash.code), clash.keys))


def _by_time(one: Busy) -> tuple[int, str]:
    return (24 * 60 if one.start is None else one.start), one.key


def _pairs(today: Sequence[Busy], day: date, told: set[tuple[Code, str, str]]) -> list[Clash]:
    found = []
    for one, other in combinations(today, 2):
        for clash in _between(one, other, day):
            name = (clash.code, one.key, other.key)
            if name not in told:
                told.add(name)
                found.append(clash)
    return found


def _between(one: Busy, other: Busy, day: date) -> list[Clash]:
    met = meets(one, other)
    keys = (one.key, other.key)
    found = []
    if met is not False:
        if one.who and one.who == other.who:
            found.append(Clash("who", day, keys, met is True))
        if one.place and one.place == other.place:
            found.append(Clash("place", day, keys, met is True))
    if both := tuple(sorted(one.schools & other.schools)):
        # a school that is called twice on one day loses the day, whatever the hours are
        found.append(Clash("school", day, keys, met is True, both))
    return found


def _day_off(one: Busy, calendar: Calendar, first: date, last: date) -> Clash | None:
    seen = days(max(one.first, first), min(one.last, last))
    for day in seen:
        if not calendar.works(day):
            return Clash("off", day, (one.key,))
        if calendar.on_break(day):
            return Clash("break", day, (one.key,), one.kind in AT_SCHOOL)
    return None


def _room(everything: Sequence[Busy], many: int) -> Callable[[date], bool]:
    counts = Counter(day for one in everything for day in islice(days(one.first, one.last), SEARCHED + 1))
    return lambda day: counts[day] < many


def _freed(
    clash: Clash, everything: Sequence[Busy], calendar: Calendar, room: Callable[[date], bool] = lambda _day: True
) -> Clash:
    """Return the clash with a day on which its last thing would meet nothing."""
    known = {one.key: one for one in everything}
    thing = known[clash.keys[-1]]
    others = [one for one in everything if one.key != thing.key]
    length = (thing.last - thing.first).days
    # what lasts as long as the search itself has no other day; the last days of the calendar have none after them
    ahead = min(SEARCHED, (date.max - clash.day).days - length) if length < SEARCHED else 0
    for number in range(1, ahead + 1):
        day = clash.day + timedelta(days=number)
        wanted = list(days(day, day + timedelta(days=length)))
        if any(not calendar.works(one) or calendar.on_break(one) or not room(one) for one in wanted):
            continue
        if not any(_between(thing, other, one) for one in wanted for other in others if other.on(one)):
            return Clash(clash.code, clash.day, clash.keys, clash.sure, clash.schools, clash.number, day)
    return clash
