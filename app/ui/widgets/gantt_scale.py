"""The time line of the chart of dates: days as places, the two lines of its head, how far one step of the keys goes."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from app.analysis.programme_dates import MONTHS

Zoom = Literal["month", "quarter", "year", "fit"]
ZOOMS: tuple[tuple[str, Zoom], ...] = (
    ("Весь срок", "fit"), ("Месяцы", "month"), ("Кварталы", "quarter"), ("Годы", "year"),
)  # fmt: skip
_QUARTERS = ("I", "II", "III", "IV")
_MONTH_DAYS, _YEAR_DAYS = 30.44, 365.25
MONTH_WIDTH, SHORT_MONTH_WIDTH, QUARTER_WIDTH = 62, 34, 26
"""How wide a month or a quarter must be to have its own mark, at 100 %."""
LEAST_MONTH = 13
"""How wide a month is at the year's zoom, at 100 %."""


@dataclass(frozen=True, slots=True)
class Tick:
    """A piece of a line of the head: from one day up to (not including) another."""

    first: date
    after: date
    text: str


@dataclass(frozen=True, slots=True)
class Scale:
    """Days from ``first`` on, ``day`` pixels each; ``unit`` is the size of the font (1 at 100 %)."""

    first: date
    last: date
    day: float
    unit: float = 1.0

    def x(self, when: date) -> float:
        """Return the left edge of a day, from the left edge of the first one."""
        return (when - self.first).days * self.day

    def right(self, when: date) -> float:
        """Return the right edge of a day."""
        return self.x(when) + self.day

    def at(self, x: float) -> date:
        """Return the day at a place, kept within a hundred years of the limits."""
        return self.first + timedelta(days=int(max(-36500.0, min(x / self.day, 36500.0)) // 1))

    @property
    def width(self) -> int:
        """How wide all days are."""
        return round(self.right(self.last))

    @property
    def lower(self) -> Literal["month", "quarter", "year"]:
        """What the lower line of the head has room for."""
        month = self.day * _MONTH_DAYS
        if month >= SHORT_MONTH_WIDTH * self.unit:
            return "month"
        return "quarter" if month * 3 >= QUARTER_WIDTH * self.unit else "year"

    @property
    def step(self) -> int:
        """How many days Shift with an arrow moves: a day, a week, a month by how close one looks."""
        if self.day * _MONTH_DAYS >= MONTH_WIDTH * self.unit:
            return 1
        return 7 if self.lower == "month" else 30

    def years(self) -> Iterator[Tick]:
        """Return the upper line."""
        for year in range(self.first.year, self.last.year + 1):
            yield Tick(max(date(year, 1, 1), self.first), min(date(year + 1, 1, 1), self._end), str(year))

    def parts(self) -> Iterator[Tick]:
        """Return the lower line: months, quarters, or nothing."""
        if self.lower == "year":
            return
        size = 1 if self.lower == "month" else 3
        whole = self.day * _MONTH_DAYS >= MONTH_WIDTH * self.unit
        for year in range(self.first.year, self.last.year + 1):
            for begin in range(1, 13, size):
                first, after = date(year, begin, 1), _after(year, begin + size - 1)
                if after > self.first and first <= self.last:
                    text = MONTHS[begin - 1] if whole else MONTHS[begin - 1][:3]
                    if size == 3:
                        room = self.day * _MONTH_DAYS * 3 >= 44 * self.unit
                        text = f"{_QUARTERS[begin // 3]} кв." if room else _QUARTERS[begin // 3]
                    yield Tick(max(first, self.first), min(after, self._end), text)

    def school_years(self) -> Iterator[date]:
        """Return the first days of school years."""
        for year in range(self.first.year, self.last.year + 1):
            if self.first <= date(year, 9, 1) <= self.last:
                yield date(year, 9, 1)

    @property
    def _end(self) -> date:
        return self.last + timedelta(days=1)


def _after(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1]) + timedelta(days=1)


def scale_for(zoom: Zoom, first: date, last: date, room: int, unit: float) -> Scale:
    """Return the scale of a zoom; days are whole months from the first to the last, at least as wide as the room."""
    begin = first.replace(day=1)
    end = _after(last.year, last.month) - timedelta(days=1)
    days = (end - begin).days + 1
    least = {"month": 88.0, "quarter": 38.0, "year": float(LEAST_MONTH), "fit": 3.0}[zoom] * unit / _MONTH_DAYS
    return Scale(begin, end, max(least, room / days), unit)
