"""Working days, school breaks and periods of a plan: pure arithmetic of the calendar.

Holidays are those of article 112 of the Labour Code: a holiday that falls on a weekend moves to the next working day,
those of January by a decree of each year. What the person says of a day wins over both. Of a year whose decree is not
known the rule alone speaks, and ``Calendar.known`` says so.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

from app.errors import UserError
from app.texts import NBSP, ru_date

DayKind = Literal["work", "off", "short"]
PeriodKind = Literal["month", "quarter"]
MONTHS = ("январь", "февраль", "март", "апрель", "май", "июнь", "июль", "август", "сентябрь", "октябрь", "ноябрь",
          "декабрь")  # fmt: skip
QUARTERS = ("I", "II", "III", "IV")
WEEK = ("понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье")
NEW_YEAR = "Новогодние каникулы"
HOLIDAYS: Mapping[tuple[int, int], str] = {
    **{(1, day): NEW_YEAR for day in (1, 2, 3, 4, 5, 6, 8)},
    (1, 7): "Рождество Христово",
    (2, 23): "День защитника Отечества",
    (3, 8): "Международный женский день",
    (5, 1): "Праздник Весны и Труда",
    (5, 9): "День Победы",
    (6, 12): "День России",
    (11, 4): "День народного единства",
}
"""Month and day → holiday (Labour Code, art. 112)."""
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2099, 12, 31)
"""Days that can be gone to: a period is of one of these years (``period``); past an edge every step stays on it."""
_MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])")
_QUARTER = re.compile(r"(20\d\d)-[QqКк]?([1-4])")


@dataclass(frozen=True, slots=True)
class Move:
    """A day off instead of another one, by a decree."""

    off: date
    instead: date


@dataclass(frozen=True, slots=True)
class Break:
    """A break of the schools, both days included."""

    title: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Marked:
    """What a person says of a day."""

    kind: DayKind
    title: str = ""


@dataclass(frozen=True, slots=True)
class Calendar:
    """The calendar of a municipality.

    Attributes:
        moves: by year, of the decrees that are known.
        marked: days that a person has marked; they win.
        breaks: of the schools.
    """

    moves: Mapping[int, tuple[Move, ...]] = field(default_factory=dict)
    marked: Mapping[date, Marked] = field(default_factory=dict)
    breaks: tuple[Break, ...] = ()

    def known(self, year: int) -> bool:
        """Tell whether the decree of a year is known."""
        return year in self.moves

    def kind(self, day: date) -> DayKind:
        """Return what a day is."""
        told = self.marked.get(day)
        if told is not None:
            return told.kind
        if self._off(day):
            return "off"
        tomorrow = ahead(day, 1)
        return "short" if (tomorrow.month, tomorrow.day) in HOLIDAYS else "work"

    def _off(self, day: date) -> bool:
        moves = self.moves.get(day.year, ())
        if day in self._holidays(day.year) or any(move.off == day for move in moves):
            return True
        worked = any(move.instead == day for move in moves) and (day.month, day.day) not in HOLIDAYS
        return day.weekday() >= 5 and not worked

    def _holidays(self, year: int) -> dict[date, str]:
        return _holidays_of(year, self.moves.get(year, ()))

    def title(self, day: date) -> str:
        """Return why a day is what it is, "" where it is a day as any other."""
        told = self.marked.get(day)
        if told is not None:
            return told.title or {"work": "рабочий день", "off": "выходной", "short": "сокращённый день"}[told.kind]
        holiday = self._holidays(day.year).get(day)
        if holiday:
            return holiday
        for move in self.moves.get(day.year, ()):
            if move.off == day:
                return f"выходной вместо {ru_date(move.instead)}"
            if move.instead == day and not self._off(day):
                return f"рабочий день вместо {ru_date(move.off)}"
        return ""

    def works(self, day: date) -> bool:
        """Tell whether a day is a working one, a short one too."""
        return self.kind(day) != "off"

    def on_break(self, day: date) -> str:
        """Return the name of the school break that a day belongs to, "" where there is none."""
        return next((item.title or "Каникулы" for item in self.breaks if item.first <= day <= item.last), "")

    def working(self, first: date, last: date) -> list[date]:
        """Return the working days from ``first`` to ``last``, both included."""
        return [day for day in days(first, last) if self.works(day)]

    def before(self, day: date) -> date:
        """Return the day itself where it is a working one, else the last working day before it."""
        while not self.works(day):
            day -= timedelta(days=1)
        return day

    def after(self, day: date, number: int = 1) -> date:
        """Return the ``number``-th working day after a day."""
        for _ in range(number):
            day += timedelta(days=1)
            while not self.works(day):
                day += timedelta(days=1)
        return day

    def left(self, day: date, due: date) -> int:
        """Return how many working days lie after ``day`` up to ``due``; below nought for days that have passed."""
        if due >= day:
            return len(self.working(day + timedelta(days=1), due))
        return -len(self.working(due + timedelta(days=1), day))


def ahead(day: date, number: int) -> date:
    """Return the day so many days on; past the ends of all days the first or the last there is."""
    return date.fromordinal(min(max(day.toordinal() + number, 1), date.max.toordinal()))


def days(first: date, last: date) -> Iterator[date]:
    """Yield the days from ``first`` to ``last``."""
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number)


@lru_cache(maxsize=64)
def _holidays_of(year: int, moves: tuple[Move, ...]) -> dict[date, str]:
    """Return the holidays of a year and the days to which those of a weekend move where no decree says otherwise."""
    found = {date(year, month, day): title for (month, day), title in HOLIDAYS.items()}
    decreed = {move.instead for move in moves}
    for day, title in list(found.items()):
        if day.month > 1 and day.weekday() >= 5 and day not in decreed:
            moved = day
            while moved.weekday() >= 5 or moved in found:
                moved += timedelta(days=1)
            found[moved] = f"{title}, перенос с {ru_date(day)}"
    return found


# --- periods -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Period:
    """A month or a quarter of a calendar year; ``key`` is «2026-11» or «2026-Q4»."""

    key: str
    kind: PeriodKind
    first: date
    last: date

    @property
    def title(self) -> str:
        """«ноябрь 2026 года», «IV квартал 2026 года»."""
        if self.kind == "month":
            return f"{MONTHS[self.first.month - 1]} {self.first.year}{NBSP}года"
        return f"{QUARTERS[(self.first.month - 1) // 3]}{NBSP}квартал {self.first.year}{NBSP}года"

    def holds(self, day: str | None) -> bool:
        """Tell whether an ISO day lies in it."""
        return day is not None and self.first.isoformat() <= day[:10] <= self.last.isoformat()

    def step(self, number: int) -> Period:
        """Return the period so many further on, or back below nought."""
        size = 1 if self.kind == "month" else 3
        months = self.first.year * 12 + self.first.month - 1 + number * size
        day = within(months // 12, months % 12 + 1)
        return month_of(day) if self.kind == "month" else quarter_of(day)


def within(year: int, month: int, number: int = 1) -> date:
    """Return a day of a year that may be any number; beyond the days that can be gone to the nearest of them."""
    if FIRST_DAY.year <= year <= LAST_DAY.year:
        return date(year, month, number)
    return FIRST_DAY if year < FIRST_DAY.year else LAST_DAY


def month_of(day: date) -> Period:
    """Return the month that a day belongs to."""
    last = calendar.monthrange(day.year, day.month)[1]
    return Period(f"{day.year}-{day.month:02d}", "month", day.replace(day=1), day.replace(day=last))


def quarter_of(day: date) -> Period:
    """Return the quarter that a day belongs to."""
    number = (day.month - 1) // 3
    last = month_of(date(day.year, number * 3 + 3, 1)).last
    return Period(f"{day.year}-Q{number + 1}", "quarter", date(day.year, number * 3 + 1, 1), last)


def period(text: str) -> Period:
    """Return the period of «2026-11» (a month), «2026-Q4» or «2026-4» (a quarter).

    Raises:
        UserError: ``MON_BAD_PERIOD``.
    """
    plain = text.strip()
    if found := _MONTH.fullmatch(plain):
        return month_of(date(int(found[1]), int(found[2]), 1))
    if found := _QUARTER.fullmatch(plain):
        return quarter_of(date(int(found[1]), int(found[2]) * 3, 1))
    raise UserError("MON_BAD_PERIOD", text=plain)


def week_of(day: date) -> tuple[date, date]:
    """Return Monday and Sunday of the week of a day."""
    first = day - timedelta(days=day.weekday())
    return first, first + timedelta(days=6)


# --- repeating ---------------------------------------------------------------------------------------------------

_MONTHS_OF = {"month": 1, "quarter": 3, "year": 12}


def shifted(day: date, months: int, anchor: int) -> date:
    """Return the day so many months on, on the day ``anchor`` of the month or its last one."""
    number = day.year * 12 + day.month - 1 + months
    year, month = number // 12, number % 12 + 1
    return date(year, month, min(anchor, calendar.monthrange(year, month)[1]))


def next_due(due: date, repeat: str, after: date, anchor: int | None = None) -> date | None:
    """Return the next day of something that repeats.

    Args:
        due: the day it was due.
        repeat: week, month, quarter, year; anything else does not repeat.
        after: the next day lies after this one too: what was missed is not asked for anew.
        anchor: day of the month of the first one, so that the 31st comes back after February.

    Returns:
        None where it does not repeat, or where the calendar has no day after it.
    """
    if max(due, after).year == date.max.year:
        return None
    if repeat == "week":
        weeks = max(1, (after - due).days // 7 + 1)
        return due + timedelta(days=7 * weeks)
    step = _MONTHS_OF.get(repeat)
    if step is None:
        return None
    number, found = step, shifted(due, step, anchor or due.day)
    while found <= after:
        number += step
        found = shifted(due, number, anchor or due.day)
    return found


def usual_breaks(school_year: int) -> tuple[Break, ...]:
    """Return the breaks of a school year as they usually fall; a proposal of ours, the schools' own order decides.

    Autumn and spring: nine days from the last Saturday of October and of March. Winter: from 31 December to the Sunday
    on or after 8 January. Summer: from 27 May to the end of August.

    Args:
        school_year: its first calendar year.
    """
    first, second = school_year, school_year + 1
    autumn, spring = _last_saturday(first, 10), _last_saturday(second, 3)
    winter = date(second, 1, 8)
    return (
        Break("Осенние каникулы", autumn, autumn + timedelta(days=8)),
        Break("Зимние каникулы", date(first, 12, 31), winter + timedelta(days=6 - winter.weekday())),
        Break("Весенние каникулы", spring, spring + timedelta(days=8)),
        Break("Летние каникулы", date(second, 5, 27), date(second, 8, 31)),
    )


def _last_saturday(year: int, month: int) -> date:
    last = date(year, month, 31)
    return last - timedelta(days=(last.weekday() - 5) % 7)
