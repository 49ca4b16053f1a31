"""A month as weeks, a year as months: where things of one or several days stand. Pure arithmetic.

A week shows things in lanes: one that lasts several days keeps its lane through the week, what finds no room is counted
as «ещё 3» for every day it touches.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.analysis.working_days import FIRST_DAY, LAST_DAY, days, month_of, shifted, within

WEEK_DAYS = 7


@dataclass(frozen=True, slots=True)
class Span:
    """Something with its first and last day, both included.

    Attributes:
        key: of the thing.
        order: what comes first among things of equal length that begin on one day.
    """

    key: Hashable
    first: date
    last: date
    order: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Piece:
    """What is seen of a span in one week.

    Attributes:
        lane: from 0, the uppermost.
        column: of its first day, 0 is Monday; ``days`` how many it covers.
        begins: the span begins in this week; ``ends`` it ends in it.
    """

    key: Hashable
    lane: int
    column: int
    days: int
    begins: bool
    ends: bool


@dataclass(frozen=True, slots=True)
class Week:
    """One week of the grid.

    Attributes:
        number: of the week in its year (ISO 8601).
        days: Monday to Sunday.
        hidden: how many things of each day found no room.
    """

    number: int
    days: tuple[date, ...]
    pieces: tuple[Piece, ...]
    hidden: tuple[int, ...]


def weeks_of(year: int, month: int) -> tuple[tuple[date, ...], ...]:
    """Return the weeks of a month, Monday to Sunday, with the days of the months beside it.

    The first week of year 1 and the last of 9999 are none: whoever shows a month stays ``working_days.within``.
    """
    whole = month_of(date(year, month, 1))
    first = whole.first - timedelta(days=whole.first.weekday())
    last = whole.last + timedelta(days=6 - whole.last.weekday())
    found = tuple(days(first, last))
    return tuple(found[place : place + WEEK_DAYS] for place in range(0, len(found), WEEK_DAYS))


def lay_out(week: Sequence[date], spans: Iterable[Span], lanes: int) -> Week:
    """Put spans into the lanes of a week.

    Longer ones come first, so that they run through; a day with more things than lanes gives its last lane to the line
    «ещё N».

    Args:
        week: seven days from Monday.
        spans: any; those outside the week are left out.
        lanes: how many lines a day has room for, at least 1.
    """
    placed = [_piece(week, span, lane) for span, lane in _lanes(week, spans)]
    hidden: set[Hashable] = set()
    full: set[int] = {
        day for piece in placed if piece.lane >= lanes for day in range(piece.column, piece.column + piece.days)
    }
    while True:  # hiding a long one gives its other days a line «ещё», which takes a lane there too
        more = {
            piece.key for piece in placed
            if piece.lane >= lanes - 1 and any(day in full for day in _columns(piece))
        }  # fmt: skip
        if more == hidden:
            break
        hidden = more
        full = {day for piece in placed if piece.key in hidden for day in _columns(piece)}
    counts = tuple(sum(piece.key in hidden and day in _columns(piece) for piece in placed) for day in range(WEEK_DAYS))
    seen = tuple(piece for piece in placed if piece.key not in hidden)
    return Week(week[0].isocalendar().week, tuple(week), seen, counts)


def _columns(piece: Piece) -> range:
    return range(piece.column, piece.column + piece.days)


def _lanes(week: Sequence[date], spans: Iterable[Span]) -> list[tuple[Span, int]]:
    """Give each span the first lane that is free on all its days."""
    met = [span for span in spans if span.first <= week[-1] and span.last >= week[0]]
    met.sort(key=lambda span: (max(span.first, week[0]), -(span.last - span.first).days, span.order, str(span.key)))
    met.sort(key=lambda span: span.first == span.last)
    taken: list[set[int]] = []
    found = []
    for span in met:
        columns = set(range(*_columns_of(week, span)))
        lane = next((place for place, used in enumerate(taken) if not used & columns), len(taken))
        if lane == len(taken):
            taken.append(set())
        taken[lane] |= columns
        found.append((span, lane))
    return found


def _columns_of(week: Sequence[date], span: Span) -> tuple[int, int]:
    first, last = max(span.first, week[0]), min(span.last, week[-1])
    return (first - week[0]).days, (last - week[0]).days + 1


def _piece(week: Sequence[date], span: Span, lane: int) -> Piece:
    first, after = _columns_of(week, span)
    return Piece(span.key, lane, first, after - first, span.first >= week[0], span.last <= week[-1])


def month_step(day: date, months: int) -> date:
    """Return the same day so many months on; the last day of a shorter month; past the calendar its edge."""
    year = day.year + (day.month - 1 + months) // 12
    return shifted(day, months, day.day) if FIRST_DAY.year <= year <= LAST_DAY.year else within(year, 1)
