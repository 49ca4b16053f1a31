"""The calendar of the work: a month and a year of it, what does not fit, moving a thing to another day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.analysis.calendar_conflicts import MANY, SEARCHED, Busy, Clash, clashes, minutes, squash
from app.analysis.calendar_month import weeks_of
from app.analysis.working_days import FIRST_DAY, LAST_DAY, WEEK, Calendar, DayKind, days
from app.errors import UserError
from app.models import registers as kept
from app.models import work_calendar as stored
from app.models.store import Connection, Store
from app.operations import registers, workday
from app.operations.calendar_items import ALL, CalendarItem, items
from app.texts import NBSP, count, quoted, ru_date

_PLANNED = frozenset({"event", "meeting", "next", "plan", "mentoring", "visit", "task"})
"""Kinds that take somebody's day."""
_TABLES: Mapping[str, tuple[str, str, str]] = {
    "event": ("work_event", "date_from", "date_to"),
    "task": ("task", "due_on", ""),
    "next": ("help_entry", "next_on", ""),
    "body_plan": ("body_plan", "due_on", ""),
    "mentoring": ("mentor_meeting", "planned_on", ""),
}
"""Source → table, column of the day, column of the last day."""
_NUMBERS = ("", "одного", "двух", "трёх", "четырёх", "пяти", "шести", "семи", "восьми", "девяти", "десяти")


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """One day as it is shown.

    Attributes:
        kind: working, short or off; ``title`` why it is what it is; ``on_break`` the school break.
        items: what stands on it, in the order of its times.
    """

    day: date
    kind: DayKind
    title: str
    on_break: str
    items: tuple[CalendarItem, ...]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Something that does not fit, in words.

    Attributes:
        text: what and why, one or two sentences.
        item: the one that could move, None where none can; ``free`` the day on which it would fit.
        keys: names of the items.
        sure: it is so; else it is only possible.
    """

    code: str
    day: date
    text: str
    keys: tuple[str, ...]
    sure: bool
    item: CalendarItem | None
    free: date | None


@dataclass(frozen=True, slots=True)
class CalendarPage:
    """A month or a year of the calendar.

    Attributes:
        days: of the period and, for a month, the days that fill its weeks.
        known: the decree about the days off of the year is known.
    """

    first: date
    last: date
    today: date
    days: Mapping[date, CalendarDay]
    items: tuple[CalendarItem, ...]
    conflicts: tuple[Conflict, ...]
    working: int
    known: bool

    def inside(self) -> list[CalendarItem]:
        """Return what stands in the period itself, not in the days beside it."""
        return [item for item in self.items if item.first <= self.last and item.last >= self.first]


def month(
    connection: Connection, day: date, year: int, number: int, *, whose: str = ALL, kinds: Iterable[str] | None = None
) -> CalendarPage:
    """Return the weeks of a month with what stands in them and what does not fit.

    Args:
        connection: reading connection.
        day: what counts as today.
        year: of the month.
        number: of the month, 1 to 12.
        whose: see ``calendar_items.owners``.
        kinds: keys of ``calendar_items.KIND_WORDS``; None: all.

    Raises:
        UserError: ``CAL_KIND``, ``CAL_OWNER``.
    """
    weeks = weeks_of(year, number)
    own = [one for week in weeks for one in week if one.month == number]
    return _page(connection, day, (own[0], own[-1]), (weeks[0][0], weeks[-1][-1]), whose, kinds)


def year(
    connection: Connection, day: date, number: int, *, whose: str = ALL, kinds: Iterable[str] | None = None
) -> CalendarPage:
    """Return a calendar year, see ``month``."""
    span = date(number, 1, 1), date(number, 12, 31)
    return _page(connection, day, span, span, whose, kinds)


def _page(
    connection: Connection, day: date, own: tuple[date, date], seen: tuple[date, date], whose: str,
    kinds: Iterable[str] | None,
) -> CalendarPage:  # fmt: skip
    wanted = None if kinds is None else tuple(kinds)
    calendar = workday.load(connection)
    found = items(connection, day, *seen, whose=whose, kinds=wanted)
    standing: dict[date, list[CalendarItem]] = {}
    for item in found:
        for one in days(max(item.first, seen[0]), min(item.last, seen[1])):
            standing.setdefault(one, []).append(item)
    shown = {
        one: CalendarDay(one, calendar.kind(one), calendar.title(one), calendar.on_break(one),
                         tuple(sorted(standing.get(one, ()), key=_by_time)))
        for one in days(*seen)
    }  # fmt: skip
    names = {item.name for item in found}
    clash = [one for one in conflicts(connection, day, *seen) if names & set(one.keys)]
    return CalendarPage(
        *own, day, shown, tuple(found), tuple(clash), len(calendar.working(*own)), calendar.known(own[0].year)
    )


def _by_time(item: CalendarItem) -> tuple[str, str, str]:
    return item.start or "", item.kind, item.text


# --- what does not fit -------------------------------------------------------------------------------------------


def conflicts(connection: Connection, day: date, first: date, last: date, many: int = MANY) -> list[Conflict]:
    """Return what does not fit from today on, with a step that would mend it; nothing past the days one can go to.

    Args:
        connection: reading connection.
        day: what counts as today; days before it are over.
        first: included.
        last: included.
        many: a day with more things than this is told.
    """
    begin, last = max(first, day, FIRST_DAY), min(last, LAST_DAY)
    if last < begin:
        return []
    after = timedelta(days=2 * SEARCHED)
    until = last + after
    planned = [item for item in items(connection, day, begin, until, kinds=_PLANNED) if item.open]
    # past the last thing there is nothing to look through, however long the span
    last = min(last, max((item.last for item in planned), default=begin))
    schools = stored.event_schools(connection, begin.isoformat(), until.isoformat())
    calendar = workday.load(connection)
    known = {item.name: item for item in planned}
    names = _names(connection)
    found = clashes((_busy(item, schools) for item in planned), calendar, begin, last, many)
    days_off = {"event", "meeting", "visit"}
    return [
        _conflict(clash, known, names, calendar, many) for clash in found
        if clash.code not in {"off", "break"} or known[clash.keys[0]].kind in days_off
    ]  # fmt: skip


def _names(connection: Connection) -> Mapping[int, str]:
    from app.models import due_rows

    return due_rows.names(connection)


def _busy(item: CalendarItem, schools: Mapping[int, frozenset[int]]) -> Busy:
    if item.source == "event":
        called = schools.get(item.key, frozenset())
        place = squash(item.where) if item.where and item.where != "по ссылке" else ""
        return Busy(item.name, item.first, item.last, minutes(item.start), minutes(item.end), person(item.who), place,
                    called, item.event_kind)  # fmt: skip
    visited = frozenset({item.school_id}) if item.kind == "visit" and item.school_id is not None else frozenset()
    return Busy(item.name, item.first, item.last, schools=visited, kind=item.event_kind)


def person(name: str) -> str:
    """Return surname and initials in small letters, so that a full name and initials are one person."""
    first, *rest = name.replace(".", " ").casefold().replace("ё", "е").split() or [""]
    return " ".join((first, *(part[0] for part in rest[:2])))


def _conflict(
    clash: Clash, known: Mapping[str, CalendarItem], names: Mapping[int, str], calendar: Calendar, many: int
) -> Conflict:
    things = [known[key] for key in clash.keys]
    last = things[-1]
    movable = last if not last.fixed else None
    text = _told(clash, things, names, calendar, many)
    return Conflict(clash.code, clash.day, text, clash.keys, clash.sure, movable, clash.free if movable else None)


def _told(clash: Clash, things: Sequence[CalendarItem], names: Mapping[int, str], calendar: Calendar, many: int) -> str:
    both = " и ".join(_with_time(item) for item in things[:2])
    unsure = " Время вписано не у обоих: проверьте, не совпадают ли они."
    match clash.code:
        case "who" if clash.sure:
            return f"{things[0].who} в одно время на двух событиях: {both}."
        case "who":
            return f"{things[0].who} в один день на двух событиях: {both}.{unsure}"
        case "place":
            return f"Место занято дважды, {things[0].where}: {both}." + ("" if clash.sure else unsure)
        case "school":
            called = sorted(names.get(key, "") for key in clash.schools)
            listed = ", ".join(called[:3]) + (f" и ещё{NBSP}{len(called) - 3}" if len(called) > 3 else "")
            verb = "занята" if len(called) == 1 else "заняты"
            return f"{listed} в один день {verb} дважды: {both}."
        case "off":
            why = calendar.title(clash.day) or WEEK[clash.day.weekday()]
            return f"{quoted(things[0].text)} стоит в выходной: {why}."
        case "break":
            tail = "" if clash.sure else " Если нужны уроки или ученики, перенесите."
            return f"{quoted(things[0].text)} попадает на каникулы школ: {calendar.on_break(clash.day)}.{tail}"
        case _:
            most = _NUMBERS[many] if many < len(_NUMBERS) else str(many)
            return f"На день намечено {count(clash.number, 'дело', 'дела', 'дел')}: больше {most}."


def _with_time(item: CalendarItem) -> str:
    return quoted(item.text) + (f" ({item.time})" if item.time else "")


# --- moving ------------------------------------------------------------------------------------------------------


def move(store: Store, source: str, key: int, day: date, grabbed: date | None = None) -> bool:
    """Put a thing of the calendar on another day as one operation; what lasts several days keeps its length.

    Args:
        store: the open file.
        source: of the item; ``key`` of its row.
        key: of the row.
        day: the new day.
        grabbed: the day by which it was taken; None: its first day. A thing of three days taken by its second one
            begins the day before ``day``.

    Returns:
        False where it stands there already.

    Raises:
        UserError: ``CAL_GONE``, ``CAL_FIXED``.
    """
    if source not in _TABLES:
        raise UserError("CAL_FIXED", what="Этот срок", why="он записан в другом месте")
    table, first_column, last_column = _TABLES[source]
    row = kept.row(store.connection, table, key)
    if row is None or row[first_column] is None:
        raise UserError("CAL_GONE")
    name = quoted(_name(row))
    if why := _why_fixed(source, row):
        raise UserError("CAL_FIXED", what=name, why=why)
    before = date.fromisoformat(row[first_column])
    shift = day - (grabbed or before)
    if not shift:
        return False
    changed = {first_column: (before + shift).isoformat()}
    if last_column and row[last_column]:
        changed[last_column] = (date.fromisoformat(row[last_column]) + shift).isoformat()
    label = f"Перенесено: {name}, с{NBSP}{ru_date(before)} на{NBSP}{ru_date(before + shift)}"
    with store.operation(label, "calendar.move") as operation:
        registers.write_in(operation, table, row, changed)
    return True


def _name(row: Mapping[str, object]) -> str:
    for column in ("title", "text", "next_step", "topic"):
        if told := str(row.get(column) or "").strip():
            return told
    return "без названия"


def _why_fixed(source: str, row: Mapping[str, object]) -> str:
    if source == "event":
        return {"held": "событие уже прошло", "cancelled": "событие отменено"}.get(str(row["state"]), "")
    done = {"task": "done_on", "next": "next_done_on", "body_plan": "done_on", "mentoring": "held_on"}[source]
    return "" if row[done] is None else "уже сделано"
