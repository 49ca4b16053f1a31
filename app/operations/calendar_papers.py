"""The calendar of the work as papers: a month, a year."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from app.analysis.calendar_month import month_step, weeks_of
from app.analysis.working_days import MONTHS, Period, days, month_of
from app.models import settings
from app.models.journal import now
from app.models.store import Connection
from app.operations import work_calendar
from app.operations.calendar_items import ALL, CalendarItem, owner_words
from app.operations.papers import Paper
from app.operations.work_calendar import CalendarDay, CalendarPage
from app.texts import NBSP, capital, ru_date

if TYPE_CHECKING:
    from app.reports.work_calendar import CalendarHead, ListLine, MonthLine, SheetDay

_EVENTS = frozenset({"event", "meeting"})
_DOINGS = frozenset({"next", "plan", "mentoring", "visit", "task"})


def _head(connection: Connection, period: str, whose: str) -> CalendarHead:
    from app.reports.work_calendar import CalendarHead

    values = settings.get_all(connection)
    return CalendarHead(values["organisation"] or values["municipality"], period, owner_words(connection, whose), now())


def month(connection: Connection, period: Period, day: date, whose: str = ALL) -> Paper:
    """Return the calendar of a month; of a quarter its first month.

    Raises:
        UserError: ``CAL_OWNER``.
    """
    from app.reports.work_calendar import month_paper

    first = period.first
    page = work_calendar.month(connection, day, first.year, first.month, whose=whose)
    span = month_of(first)
    weeks = tuple(
        (week[0].isocalendar().week, tuple(_sheet_day(page, one, before) for one, before in _pairs(week)))
        for week in weeks_of(first.year, first.month)
    )
    lines = tuple(_line(item) for item in page.inside())
    document = month_paper(_head(connection, span.title, whose), weeks, lines, _notes(page))
    title = f"Календарь на {span.title.replace(NBSP, ' ')}"
    return Paper("work_calendar_month", title, document, None, period=span.title)


def _pairs(week: Sequence[date]) -> list[tuple[date, date | None]]:
    return [(one, week[place - 1] if place else None) for place, one in enumerate(week)]


def _sheet_day(page: CalendarPage, day: date, before: date | None) -> SheetDay:
    from app.reports.work_calendar import SheetDay

    item = page.days[day]
    note = item.title or item.on_break
    if before is not None and not item.title and page.days[before].on_break == item.on_break:
        note = ""  # a break is named once a week
    inside = page.first <= day <= page.last
    shown = [one for one in item.items if inside and not one.cancelled]
    shown.sort(key=lambda one: (one.kind == "term", one.start or "~"))  # what is cut off stands in the list below
    lines = tuple(f"{one.start} {one.text}" if one.start else one.text for one in shown)
    return SheetDay(day, inside, note, lines)


def _line(item: CalendarItem) -> ListLine:
    from app.reports.work_calendar import ListLine

    where = ", ".join(part for part in (item.where, item.body or item.owner) if part)
    return ListLine(
        item.first.isoformat(), item.last.isoformat(), item.time, item.text, item.word, where, item.who, item.state
    )  # fmt: skip


def _notes(page: CalendarPage) -> str:
    parts = [f"Рабочих дней:{NBSP}{page.working}."]
    if not page.known:
        parts.append(
            f"Переносы выходных на {page.first.year}{NBSP}год программе не известны: считано по ст. 112 ТК РФ."
        )
    own = [one for one in page.conflicts if page.first <= one.day <= page.last]
    parts += [f"Накладка {ru_date(one.day)}: {one.text}" for one in own if one.sure]
    return " ".join(parts)


def year(connection: Connection, number: int, day: date, whose: str = ALL) -> Paper:
    """Return the calendar of a year, a row a month.

    Raises:
        UserError: ``CAL_OWNER``.
    """
    from app.reports.work_calendar import year_paper

    page = work_calendar.year(connection, day, number, whose=whose)
    first = date(number, 1, 1)
    months = tuple(_month_line(page, month_step(first, step)) for step in range(12))
    document = year_paper(_head(connection, f"{number}{NBSP}год", whose), months, _notes(page))
    return Paper("work_calendar_year", f"Календарь на {number} год", document, None, period=f"{number}{NBSP}год")


def _month_line(page: CalendarPage, first: date) -> MonthLine:
    from app.reports.work_calendar import MonthLine

    span = month_of(first)
    own = [page.days[day] for day in days(span.first, span.last)]
    found = [item for item in page.items if item.first <= span.last and item.last >= span.first]
    events = tuple(_short(item) for item in found if item.kind in _EVENTS and not item.cancelled)
    counts = (
        sum(item.kind == "help" for item in found), sum(item.kind in _DOINGS for item in found),
        sum(item.kind == "term" for item in found),
    )  # fmt: skip
    word = MONTHS[first.month - 1]
    working = sum(day.kind != "off" for day in own)
    return MonthLine(capital(word), working, _off(own), events, counts)


def _short(item: CalendarItem) -> str:
    first = f"{item.first.day:02}.{item.first.month:02}"
    when = first if item.days == 1 else f"{first}–{item.last.day:02}.{item.last.month:02}"
    return f"{when} {item.text}"


def _off(own: Sequence[CalendarDay]) -> tuple[str, ...]:
    """Return holidays and breaks of a month with their days: «01.01–08.01 Новогодние каникулы»."""
    spans: list[tuple[str, date, date]] = []
    for word in dict.fromkeys([day.title for day in own if day.kind == "off"] + [day.on_break for day in own]):
        marked = [day.day for day in own if word and word in {day.title, day.on_break}]
        if marked:
            spans.append((word, marked[0], marked[-1]))
    spans.sort(key=lambda span: (span[1], span[0]))
    return tuple(_span_words(*span) for span in spans)


def _span_words(word: str, first: date, last: date) -> str:
    begin, end = f"{first.day:02}.{first.month:02}", f"{last.day:02}.{last.month:02}"
    return f"{begin} {word}" if first == last else f"{begin}–{end} {word}"
