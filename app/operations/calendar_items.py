"""What stands in the calendar of the work: events, help, next steps, plans, tasks and terms in one shape.

Events, help, next steps, plans of associations and meetings of mentors are read from their tables, everything else from
the providers of ``day_lines``. Cancelled events stay visible and say so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, Literal

from app.errors import UserError
from app.models import due_rows, organisations
from app.models import work_calendar as stored
from app.models.store import Connection
from app.operations import day_lines
from app.operations.day_lines import Ask, DayLine, Place
from app.texts import capital, quoted

Mark = Literal["ok", "warn", "bad", "info", "none"]
KIND_WORDS: Mapping[str, str] = {
    "event": "События",
    "meeting": "Заседания объединений",
    "help": "Помощь школам",
    "next": "Следующие шаги",
    "plan": "Планы объединений",
    "mentoring": "Наставничество",
    "visit": "Комиссии и выезды",
    "task": "Дела",
    "term": "Сроки",
}
"""What can be shown and hidden: key → words."""
ALL, SERVICE = "all", "service"
_LINES = (
    "task", "request", "note", "round", "activity", "point", "measuring", "risk", "support", "partnership", "route",
    "recommendation", "remark",
)  # fmt: skip
"""Sources of ``day_lines`` that the calendar takes; the others are read here from their own tables."""
_UNPLANNED = frozenset({"task", "request", "route", "partnership"})
"""Sources whose rows may be done without a due day: steps of a route, joint events of partners, tasks."""
_VISITS = frozenset({"visit", "commission"})
MOVABLE = frozenset({"event", "next", "body_plan", "mentoring", "task"})
"""Sources whose day a person sets; every other day belongs to a document or a plan."""


@dataclass(frozen=True, slots=True)
class CalendarItem:
    """One thing of the calendar.

    Attributes:
        source: «event», «help», «next», «body_plan», «mentoring» or a source of ``day_lines``; ``key`` of its row.
        kind: key of ``KIND_WORDS``; ``word`` what it is in particular: «семинар», «выезд».
        first, last: both included; ``start`` and ``end`` are «HH:MM», "" where unknown.
        mark: of the state, ``state`` its word; ``open``: somebody still has to do something.
        fixed: why its day cannot be changed here, "" where it can.
        owner_id: the school whose event it is; None: the service's.
        opens: place of the window.
    """

    source: str
    key: int
    kind: str
    word: str
    text: str
    first: date
    last: date
    start: str = ""
    end: str = ""
    mark: Mark = "none"
    state: str = ""
    open: bool = True
    cancelled: bool = False
    who: str = ""
    school_id: int | None = None
    school: str = ""
    where: str = ""
    link: str = ""
    owner_id: int | None = None
    owner: str = ""
    body_id: int | None = None
    body: str = ""
    event_kind: str = ""
    host_id: int | None = None
    fixed: str = ""
    opens: Place = field(default=("work", "calendar"))

    @property
    def name(self) -> str:
        """«event:17»: what tells it from every other thing."""
        return f"{self.source}:{self.key}"

    @property
    def time(self) -> str:
        """«14:30–16:00», "" of a whole day."""
        from app.analysis.day_time import shown_time  # the first page knows the item, not its hours

        return shown_time(self.start or None, self.end or None)

    @property
    def days(self) -> int:
        """How many days it takes."""
        return (self.last - self.first).days + 1

    def on(self, day: date) -> bool:
        """Tell whether it stands on a day."""
        return self.first <= day <= self.last


class _Reading:
    """What all sources need while they are read."""

    def __init__(self, connection: Connection, day: date, first: date, last: date) -> None:
        self.connection, self.day, self.first, self.last = connection, day, first, last

    def rows(self, source: str) -> list[dict[str, Any]]:
        return stored.rows(self.connection, source, self.first.isoformat(), self.last.isoformat())

    @cached_property
    def names(self) -> Mapping[int, str]:
        return due_rows.names(self.connection)

    @cached_property
    def merged(self) -> Mapping[int, int]:
        return organisations.canonical_map(self.connection)

    @cached_property
    def bodies(self) -> Mapping[int, str]:
        return stored.bodies(self.connection)

    def school(self, key: int | None) -> int | None:
        return None if key is None else self.merged.get(key, key)

    def name(self, key: int | None) -> str:
        return "" if key is None else self.names.get(key, "")


def _events(reading: _Reading) -> Iterator[CalendarItem]:
    from app.operations.register_work_events import EVENT_WORDS

    today = reading.day.isoformat()
    for row in reading.rows("event"):
        first, last = row["date_from"], max(row["date_to"], row["date_from"])
        mark, state, fixed = _event_state(row, last, today)
        body = reading.bodies.get(row["body_id"], "") if row["body_id"] is not None else ""
        word = EVENT_WORDS.get(row["kind"], "событие")
        where = ", ".join(part for part in (reading.name(row["host_id"]), (row["place"] or "").strip()) if part)
        yield CalendarItem(
            "event", row["id"], "meeting" if row["kind"] == "meeting" and body else "event",
            "событие" if row["kind"] == "other" else word, (row["title"] or "").strip() or _untitled(word, body),
            date.fromisoformat(first), date.fromisoformat(last), row["time_from"] or "", row["time_to"] or "",
            mark, state, row["state"] in {"planned", "moved"}, row["state"] == "cancelled", row["methodist"] or "",
            None, "", where or ("по ссылке" if row["link"] else ""), row["link"] or "",
            reading.school(row["owner_id"]), reading.name(row["owner_id"]), row["body_id"], body, row["kind"],
            reading.school(row["host_id"]), fixed, ("work", ("events", row["id"])),
        )  # fmt: skip


def _untitled(word: str, body: str) -> str:
    named = capital(word)
    return f"{named}: {body}" if body else named


def _event_state(row: Mapping[str, Any], last: str, today: str) -> tuple[Mark, str, str]:
    match row["state"]:
        case "held":
            return "ok", "прошло", "событие уже прошло"
        case "cancelled":
            return "none", "отменено", "событие отменено"
        case _ if last < today:
            return "warn", "отметьте, прошло ли", ""
        case "moved":
            return "info", "перенесено", ""
        case _:
            return ("info", "сегодня", "") if row["date_from"] <= today else ("none", "запланировано", "")


def _helped(reading: _Reading) -> Iterator[CalendarItem]:
    from app.operations.help_journal import KIND_WORDS as WORDS

    for row in reading.rows("help"):
        word, school = WORDS[row["kind"]], reading.name(row["organisation_id"])
        told = (row["topic"] or "").strip()
        text = f"{school}: {told}" if school and told else told or school or capital(word)
        day = date.fromisoformat(row["held_on"])
        yield CalendarItem(
            "help", row["id"], "help", word, text, day, day, mark="ok", state="сделано", open=False,
            who=row["methodist"] or "", school_id=reading.school(row["organisation_id"]), school=school,
            body_id=row["body_id"], fixed="запись о помощи хранит день, когда помощь была",
            opens=("work", ("journal", row["id"])),
        )  # fmt: skip


def _next_steps(reading: _Reading) -> Iterator[CalendarItem]:
    for row in reading.rows("next"):
        school = reading.name(row["organisation_id"])
        told = (row["next_step"] or "").strip() or "Следующий шаг"
        mark, state = _due(row["next_on"], row["next_done_on"], reading.day)
        day = date.fromisoformat(row["next_on"])
        yield CalendarItem(
            "next", row["id"], "next", "следующий шаг", f"{school}: {told}" if school else capital(told), day, day,
            mark=mark, state=state, open=row["next_done_on"] is None, who=row["methodist"] or "",
            school_id=reading.school(row["organisation_id"]), school=school, body_id=row["body_id"],
            fixed="шаг уже сделан" if row["next_done_on"] else "", opens=("work", ("journal", row["id"])),
        )  # fmt: skip


def _plans(reading: _Reading) -> Iterator[CalendarItem]:
    for row in reading.rows("body_plan"):
        body = reading.bodies.get(row["body_id"], "")
        mark, state = _due(row["due_on"], row["done_on"], reading.day)
        day = date.fromisoformat(row["due_on"])
        yield CalendarItem(
            "body_plan", row["id"], "plan", "план объединения",
            capital((row["text"] or "").strip() or "Пункт плана"), day, day, mark=mark, state=state,
            open=row["done_on"] is None, who=row["responsible"] or "", body_id=row["body_id"], body=body,
            fixed="пункт плана уже выполнен" if row["done_on"] else "",
            opens=("work", ("bodies", row["body_id"])),
        )  # fmt: skip


def _mentoring(reading: _Reading) -> Iterator[CalendarItem]:
    for row in reading.rows("mentoring"):
        day = row["held_on"] or row["planned_on"]
        mark, state = _due(day, row["held_on"], reading.day)
        # names of pairs stay in their own view: a calendar is shown, printed and sent
        school = reading.name(row["organisation_id"])
        told = (row["topic"] or "").strip() or "Встреча с наставником"
        yield CalendarItem(
            "mentoring", row["id"], "mentoring", "встреча с наставником", f"{school}: {told}" if school else told,
            date.fromisoformat(day), date.fromisoformat(day), mark=mark, state=state, open=row["held_on"] is None,
            school_id=reading.school(row["organisation_id"]), school=school,
            fixed="встреча уже прошла" if row["held_on"] else "", opens=("work", ("mentoring", row["pair_id"])),
        )  # fmt: skip


def _due(due: str, done: str | None, day: date) -> tuple[Mark, str]:
    if done:
        return ("warn", "сделано позже") if done > due else ("ok", "сделано")
    if due < day.isoformat():
        return "bad", "просрочено"
    return ("info", "сегодня") if due == day.isoformat() else ("none", "впереди")


def _terms(reading: _Reading, sources: Iterable[str]) -> Iterator[CalendarItem]:
    wanted = [key for key in _LINES if key in set(sources)]
    ask = Ask(reading.connection, reading.day, "due", reading.first, reading.last)
    for line in day_lines.lines(ask, wanted):
        if line.due is not None:
            yield _of_line(line, line.due, reading.day)
    ask = Ask(reading.connection, reading.day, "done", reading.first, reading.last)
    for line in day_lines.lines(ask, [key for key in wanted if key in _UNPLANNED]):
        if line.due is None and line.done_on is not None:  # steps that were made without a plan
            yield _of_line(line, line.done_on, reading.day)


def _of_line(line: DayLine, iso: str, day: date) -> CalendarItem:
    kind = "term"
    if line.source == "task":
        kind = "visit" if line.kind in _VISITS else "task"
    mark, state = _due(iso, line.done_on, day)
    if not line.open and line.done_on is None:
        mark, state = "none", "закрыто"
    text = f"{line.school}: {line.text}" if line.school and line.source != "task" else line.text
    when = date.fromisoformat(iso)
    return CalendarItem(
        line.source, line.key, kind, line.word, text, when, when, mark=mark, state=state, open=line.open, who=line.who,
        school_id=line.school_id, school=line.school, event_kind=line.kind, fixed=_fixed(line), opens=line.place,
    )  # fmt: skip


def _fixed(line: DayLine) -> str:
    if line.source not in MOVABLE:
        return f"срок ({line.word}) меняется там, где он записан"
    return "" if line.open else "дело уже сделано"


_OWN: Mapping[str, tuple[frozenset[str], Callable[[_Reading], Iterable[CalendarItem]]]] = {
    "event": (frozenset({"event", "meeting"}), _events),
    "help": (frozenset({"help"}), _helped),
    "next": (frozenset({"next"}), _next_steps),
    "body_plan": (frozenset({"plan"}), _plans),
    "mentoring": (frozenset({"mentoring"}), _mentoring),
}
_OF_LINES: Mapping[str, frozenset[str]] = {
    "visit": frozenset({"task"}), "task": frozenset({"task"}), "term": frozenset(_LINES) - {"task"},
}  # fmt: skip


def items(
    connection: Connection, day: date, first: date, last: date, *, whose: str = ALL, kinds: Iterable[str] | None = None
) -> list[CalendarItem]:
    """Return what stands in the calendar, by day and time; what lasts longer comes first.

    Args:
        connection: reading connection.
        day: what counts as today.
        first: included.
        last: included.
        whose: see ``owners``.
        kinds: keys of ``KIND_WORDS``; None: all of them.

    Raises:
        UserError: ``CAL_KIND``, ``CAL_OWNER``, ``CAL_SPAN``.
    """
    wanted = set(KIND_WORDS if kinds is None else kinds)
    if unknown := sorted(wanted - KIND_WORDS.keys()):
        raise UserError("CAL_KIND", kind=unknown[0], known=", ".join(KIND_WORDS))
    if last < first:
        raise UserError("CAL_SPAN")
    fits = belongs(connection, whose)
    reading = _Reading(connection, day, first, last)
    found = [item for own, read in _OWN.values() if own & wanted for item in read(reading)]
    sources = {source for kind in wanted & _OF_LINES.keys() for source in _OF_LINES[kind]}
    if sources and whose in {ALL, SERVICE}:
        found += _terms(reading, sources)
    seen = [item for item in found if item.kind in wanted and fits(item)]
    return sorted(seen, key=lambda item: (item.first, item.start or "99", -item.days, item.kind, item.text, item.name))


def owners(connection: Connection) -> tuple[tuple[str, str], ...]:
    """Return (words, value) of every calendar: all, the service, lead schools, associations."""
    names = due_rows.names(connection)
    found = [("Все календари", ALL), ("Методическая служба", SERVICE)]
    schools = sorted((names.get(key, ""), key) for key in stored.owners(connection))
    found += [(f"Школа: {name}", f"school:{key}") for name, key in schools]
    bodies = sorted(stored.bodies(connection).items(), key=lambda pair: (pair[1], pair[0]))
    found += [(f"Объединение: {name}", f"body:{key}") for key, name in bodies]
    return tuple(found)


def owner_words(connection: Connection, whose: str) -> str:
    """Return whose calendar it is, as papers and files name it; "" of all of them. Errors: ``CAL_OWNER``."""
    belongs(connection, whose)
    if whose == ALL:
        return ""
    words = next((word for word, value in owners(connection) if value == whose), "")
    return words.partition(": ")[2] or words


def belongs(connection: Connection, whose: str) -> Callable[[CalendarItem], bool]:
    """Return what tells whether an item is of a calendar. Errors: ``CAL_OWNER``."""
    if whose == ALL:
        return lambda _item: True
    if whose == SERVICE:
        return lambda item: item.owner_id is None
    kind, _, text = whose.partition(":")
    key = int(text) if text.lstrip("-").isdecimal() else None
    if kind not in {"school", "body"} or key is None:
        raise UserError("CAL_OWNER", owner=whose)
    if kind == "body":
        if key not in stored.bodies(connection):
            raise UserError("CAL_OWNER", owner=whose)
        return lambda item: item.body_id == key
    merged = organisations.canonical_map(connection)
    school = merged.get(key, key)
    if school not in due_rows.names(connection):
        raise UserError("CAL_OWNER", owner=whose)
    return lambda item: item.owner_id == school


def told(item: CalendarItem) -> str:
    """Return an item in words: «семинар «Смысловое чтение», 10:00–12:00, СОШ № 3, запланировано»."""
    when = item.time
    parts = [f"{item.word} {quoted(item.text)}", when, item.where, item.body, item.owner, item.who, item.state]
    return ", ".join(part for part in parts if part)
