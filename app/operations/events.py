"""Events of the methodist's work as they are shown: one line each, one card, the events of an activity together.

Writing is in ``event_marks`` and ``event_people``. People and connections are never added to each other: behind one
screen of a webinar there may sit a whole staff room (domain §9). Different people over several events: see
``analysis.coverage``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

from app.analysis.coverage import Attendance, Coverage, Reached, coverage
from app.analysis.day_time import shown_time
from app.analysis.people_alike import identity
from app.errors import UserError
from app.models import due_rows
from app.models import registers as kept
from app.models import work_events as stored
from app.models.registers import Attachment
from app.models.store import Connection
from app.models.work_events import Event, Guest, Item, People
from app.texts import NBSP, ru_date

if TYPE_CHECKING:
    from app.operations.activity_work import ActivityWork

Kind = Literal["ok", "warn", "bad", "info", "none"]
PRESENT = frozenset({"yes", "online"})
"""Words of a list that say: this person took part."""


@dataclass(frozen=True, slots=True)
class SchoolPeople:
    """Who came from one school; None where nobody has said.

    Attributes:
        school_id: canonical record; None: no school was written down.
        people: the number, or the list where it is longer.
        by: category → people: the number, or the names of that category where they are more.
        named: on the list of names and present.
    """

    school_id: int | None
    school: str
    invited: int | None
    people: int | None
    connections: int | None
    by: Mapping[str, int]
    named: int


@dataclass(frozen=True, slots=True)
class EventLine:
    """One event of the list.

    Attributes:
        kind: code of ``EVENT_WORDS``; ``word`` is its word.
        day, last_day: ISO; None where no day is set yet.
        chip, chip_word: how it stands on the day, never by colour alone.
        activity: number and text of the activity of the programme it serves, "" where none.
        where: place, else the school that hosts it, else «по ссылке».
        invited, came, connections: None where nobody has said; ``came`` are people, connections stand apart.
        schools: canonical schools somebody came from.
        coverage: of this event alone.
        reached: whether ``wanted`` people came; None where nothing is wanted.
    """

    event: Event
    word: str
    title: str
    day: str | None
    last_day: str | None
    time: str
    chip: Kind
    chip_word: str
    activity: str
    body: str
    owner: str
    where: str
    invited: int | None
    came: int | None
    connections: int | None
    schools: tuple[int, ...]
    coverage: Coverage
    reached: Reached | None
    files: int
    sheets: int

    @property
    def id(self) -> int:
        """Key of the event."""
        return self.event.id

    @property
    def lineage(self) -> int | None:
        """The activity it serves."""
        return self.event.lineage

    @property
    def days(self) -> str:
        """«23.11.2026», «23.11.2026–25.11.2026», "" where no day is set."""
        if self.day is None:
            return ""
        return ru_date(self.day) + (f"–{ru_date(self.last_day)}" if self.last_day not in {None, self.day} else "")

    @property
    def counted(self) -> bool:
        """Whether anybody has said who came or how many screens were on."""
        return self.came is not None or self.connections is not None

    @property
    def held(self) -> bool:
        """It has taken place."""
        return self.event.state == "held"


@dataclass(frozen=True, slots=True)
class EventCard:
    """Everything about one event.

    Attributes:
        schools: in the file's order, those without a school last.
        attachments: materials.
        plan_items: so many lines of plans of associations name it.
        together: its activity over the plan year; None where it serves none or has no day.
        similar: days of other events of the same title, the newest first.
    """

    line: EventLine
    items: tuple[Item, ...]
    schools: tuple[SchoolPeople, ...]
    guests: tuple[Guest, ...]
    attachments: tuple[Attachment, ...]
    platform: str
    host: str
    plan_items: int
    together: ActivityWork | None
    similar: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ActivityEvents:
    """Events of an activity of the programme in a plan year.

    Attributes:
        lines: all of them by day; ``held`` of so many took place.
        coverage: different people over the held ones.
        schools: canonical schools somebody came from.
        last_held: ISO day of the last one that took place.
        connections: of the held ones; None where nobody has said.
        uncounted: held ones without any number.
    """

    lineage: int
    plan_year: int
    lines: tuple[EventLine, ...]
    held: int
    coverage: Coverage
    schools: tuple[int, ...]
    last_held: str | None
    connections: int | None
    uncounted: int


# --- reading -----------------------------------------------------------------------------------------------------


def listing(
    connection: Connection, day: date, *, first: str | None = None, last: str | None = None,
    lineage: int | None = None, body_id: int | None = None, keys: Iterable[int] | None = None, undated: bool = False,
) -> tuple[EventLine, ...]:  # fmt: skip
    """Return events by day, those without one last.

    Args:
        connection: reading connection.
        day: what counts as today.
        first: ISO day, included; events without a day are left out then.
        last: the same at the other end.
        lineage: only those of an activity.
        body_id: only those of a professional association.
        keys: only these.
        undated: events without a day stand in every span.
    """
    found = stored.events(connection, first, last, lineage=lineage, body_id=body_id, keys=keys, undated=undated)
    return _lines(connection, found, day) if found else ()


def number(connection: Connection) -> int:
    """Return how many events the file has."""
    return stored.number(connection)


def _lines(connection: Connection, found: list[Event], day: date) -> tuple[EventLine, ...]:
    from app.operations import activity_choice

    wanted = [event.id for event in found]
    names = due_rows.names(connection)
    activities = activity_choice.labels(connection, [event.lineage for event in found if event.lineage is not None])
    bodies = stored.bodies(connection) if any(event.body_id is not None for event in found) else {}
    people, guests = stored.people(connection, wanted), stored.guests(connection, wanted)
    files, sheets = stored.files(connection, wanted), stored.sheets(connection, wanted)
    known = Directory(kept.people(connection) if guests else {})
    lines = []
    for event in found:
        rows = attendance(event.id, people.get(event.id, ()), guests.get(event.id, ()), known)
        lines.append(_line(event, day, rows, people.get(event.id, ()), guests.get(event.id, ()), names, activities,
                           bodies, files.get(event.id, 0), sheets.get(event.id, 0)))  # fmt: skip
    return tuple(lines)


def begun(lines: Iterable[EventLine], first: str | None) -> list[EventLine]:
    """Return the events that begin on a day (ISO) or later.

    A list shows an event on each of its days; a count has it once, in the month of its first day.
    """
    return [line for line in lines if first is None or line.day is None or line.day >= first]


class Directory:
    """Who is who: a name that only one person of the directory has is that person, wherever it is written."""

    def __init__(self, people: Mapping[int, str]) -> None:
        found: dict[str, list[int]] = {}
        self._names = {key: folded_name(name) for key, name in people.items()}
        for key, name in self._names.items():
            found.setdefault(name, []).append(key)
        self._known = {name: keys[0] for name, keys in found.items() if len(keys) == 1}
        self._told: dict[tuple[int | None, str | None, int | None], str | None] = {}

    def identity(self, guest: Guest) -> str | None:
        """Return what tells a guest from others; None where the line has no name."""
        line = guest.person_id, guest.name, guest.organisation_id
        if line not in self._told:  # the same people come again and again
            self._told[line] = self._identity(guest)
        return self._told[line]

    def _identity(self, guest: Guest) -> str | None:
        name = folded_name(guest.name or "")
        key = self._known.get(name) if guest.person_id is None else guest.person_id
        if key is not None:
            return identity(self._names.get(key, name), person=key)
        return identity(name, school=guest.organisation_id) if name else None


def folded_name(name: str) -> str:
    """Return a name in one spelling: small letters, «е» for «ё», one space between its parts, none after a dot."""
    return " ".join(name.replace("\u00a0", " ").replace(".", ". ").casefold().replace("ё", "е").split())


def attendance(
    occasion: int, people: Iterable[People], guests: Iterable[Guest], known: Directory
) -> tuple[Attendance, ...]:  # fmt: skip
    """Return who came to an event, one row a school: the numbers of its categories and its names.

    Five teachers as a number and two heads by name are seven people; where nobody said of what category a number is,
    those on the list may be among them.
    """
    numbers: dict[int | None, dict[str | None, int]] = {}
    lists: dict[int | None, dict[str | None, set[str]]] = {}
    schools: dict[int | None, None] = {}
    for row in people:
        schools[row.organisation_id] = None
        if row.came is not None:
            told = numbers.setdefault(row.organisation_id, {})
            told[row.audience] = told.get(row.audience, 0) + row.came
    for guest in guests:
        who = known.identity(guest) if guest.came in PRESENT else None
        if who is not None:
            schools[guest.organisation_id] = None
            lists.setdefault(guest.organisation_id, {}).setdefault(guest.audience, set()).add(who)
    found = tuple(
        Attendance(
            occasion, key, sum(numbers[key].values()) if key in numbers else None,
            frozenset().union(*lists.get(key, {}).values()), _beside(numbers.get(key, {}), lists.get(key, {})),
        )
        for key in schools
    )  # fmt: skip
    return found or (Attendance(occasion, None),)


def _beside(numbers: Mapping[str | None, int], lists: Mapping[str | None, Collection[str]]) -> int:
    """Return how many of the numbers of one school are none of those on its list.

    Of each category it is what goes over its names; whoever is listed without a category may be any of them.
    """
    if not (numbers and lists):
        return 0
    over = (max(0, number - len(lists.get(kind, ()))) for kind, number in numbers.items() if kind is not None)
    return max(0, sum(over) - len(lists.get(None, ())))


def _sum(values: Iterable[int | None]) -> int | None:
    known = [value for value in values if value is not None]
    return sum(known) if known else None


def _line(
    event: Event, day: date, rows: tuple[Attendance, ...], people: Iterable[People], guests: Iterable[Guest],
    names: Mapping[int, str], activities: Mapping[int, str], bodies: Mapping[int, str], files: int, sheets: int,
) -> EventLine:  # fmt: skip
    from app.operations.register_work_events import EVENT_WORDS

    people, guests = list(people), list(guests)
    met = coverage(rows)
    # whoever stands on the lists of two schools came once
    came = met.visits if met.occasions else None
    connections = _sum(row.connections for row in people)
    invited = _sum(row.invited for row in people)
    chip, word = standing(event, day, counted=came is not None or connections is not None)
    return EventLine(
        event=event, word=EVENT_WORDS[event.kind], title=(event.title or "").strip() or "Без названия",
        day=event.date_from, last_day=event.date_to, time=shown_time(event.time_from, event.time_to), chip=chip,
        chip_word=word, activity=activities.get(event.lineage or 0, ""), body=bodies.get(event.body_id or 0, ""),
        owner=names.get(event.owner_id or 0, ""), where=_where(event, names),
        # who stands on the list was asked to come, too, where nobody has typed how many were
        invited=len(guests) or None if invited is None else invited, came=came, connections=connections,
        schools=tuple(row.school_id for row in rows if row.school_id is not None and row.people), coverage=met,
        reached=None if event.wanted is None else met.reached(event.wanted), files=files, sheets=sheets,
    )  # fmt: skip


def _where(event: Event, names: Mapping[int, str]) -> str:
    host = names.get(event.host_id or 0, "")
    parts = [part for part in (host, (event.place or "").strip()) if part]
    return ", ".join(dict.fromkeys(parts)) or ("по ссылке" if (event.link or "").strip() else "")


def standing(event: Event, day: date, *, counted: bool) -> tuple[Kind, str]:
    """Return mark and word of how an event stands on a day."""
    today, last = day.isoformat(), event.date_to or event.date_from
    if event.state == "cancelled":
        return "none", "отменено"
    if event.state == "held":
        return ("ok", "прошло") if counted else ("warn", "без участников")
    if event.date_from is None or last is None:
        return "warn", "перенесено, дня нет" if event.state == "moved" else "дня нет"
    if last < today:
        return "warn", "ждёт отметки"
    if event.date_from <= today:
        return "info", "сегодня" if event.date_from == last else "идёт"
    if event.state == "moved":
        return "info", f"перенесено на{NBSP}{ru_date(event.date_from)[:5]}"
    return "none", "запланировано"


# --- one event ---------------------------------------------------------------------------------------------------


def head(connection: Connection, key: int) -> Event:
    """Return an event.

    Raises:
        UserError: ``EVENT_UNKNOWN``.
    """
    found = stored.event(connection, key)
    if found is None:
        raise UserError("EVENT_UNKNOWN", key=key)
    return found


def card(connection: Connection, key: int, day: date) -> EventCard:
    """Return everything about one event.

    Raises:
        UserError: ``EVENT_UNKNOWN``.
    """
    event = head(connection, key)
    (line,) = _lines(connection, [event], day)
    people, guests = stored.people(connection, [key]).get(key, []), stored.guests(connection, [key]).get(key, [])
    names = due_rows.names(connection)
    together = None
    if event.lineage is not None and event.date_from is not None:
        from app.operations import activity_work, event_years  # load the plans of programmes

        year = event_years.plan_year(event_years.terms(connection, event.lineage), event.date_from)
        together = activity_work.of_activity(connection, event.lineage, year, day)
    return EventCard(
        line=line, items=tuple(stored.items(connection, [key]).get(key, ())),
        schools=_schools(connection, people, guests), guests=tuple(guests),
        attachments=tuple(kept.attachments(connection, stored.TABLE, [key]).get(key, ())),
        platform=stored.platforms(connection).get(event.platform_id or 0, ""), host=names.get(event.host_id or 0, ""),
        plan_items=stored.plan_items(connection, key), together=together, similar=_similar(connection, event),
    )  # fmt: skip


def _schools(connection: Connection, people: list[People], guests: list[Guest]) -> tuple[SchoolPeople, ...]:
    names = due_rows.names(connection)
    directory = Directory(kept.people(connection))
    rows = attendance(0, people, guests, directory)
    rank = {key: place for place, key in enumerate(kept_order(connection))}
    told = {row.school_id: row for row in rows}
    keys = dict.fromkeys([*(row.organisation_id for row in people), *(guest.organisation_id for guest in guests)])
    found = []
    for key in sorted(keys, key=lambda key: (key is None, rank.get(key or 0, len(rank)))):
        mine = [row for row in people if row.organisation_id == key]
        listed = [guest for guest in guests if guest.organisation_id == key]
        invited = _sum(row.invited for row in mine)
        here = told.get(key)
        found.append(SchoolPeople(
            key, names.get(key, "") if key is not None else "", len(listed) or None if invited is None else invited,
            here.people if here else None, _sum(row.connections for row in mine), _by(mine, listed, directory),
            len(here.named) if here else 0,
        ))  # fmt: skip
    return tuple(found)


def _by(people: Iterable[People], guests: Iterable[Guest], known: Directory) -> dict[str, int]:
    """Return category → people of one school: the number, or the names of that category where they are more.

    Whoever is listed without a category may be any of those that were counted and adds to none.
    """
    found: dict[str, int] = {}
    for row in people:
        if row.came is not None:
            found[row.audience or "other"] = found.get(row.audience or "other", 0) + row.came
    names: dict[str, set[str]] = {}
    for guest in guests:
        who = known.identity(guest) if guest.came in PRESENT and guest.audience else None
        if who is not None:
            names.setdefault(guest.audience or "", set()).add(who)
    kinds = dict.fromkeys((*found, *names))
    return {kind: max(found.get(kind, 0), len(names.get(kind, ()))) for kind in kinds}


def kept_order(connection: Connection) -> list[int]:
    """Return the organisations in the file's own order."""
    from app.models import organisations

    return [school.id for school in organisations.listing(connection, own=None, kind=None)]


def _similar(connection: Connection, event: Event) -> tuple[str, ...]:
    """Days of other events of the same title: what repeats is seen at once."""
    title = " ".join((event.title or "").casefold().split())
    if not title:
        return ()
    days = [
        other.date_from for other in stored.events(connection)
        if other.id != event.id and other.date_from and " ".join((other.title or "").casefold().split()) == title
    ]  # fmt: skip
    return tuple(sorted(days, reverse=True))


# --- an activity -------------------------------------------------------------------------------------------------


def of_activity(connection: Connection, lineage: int, plan_year: int, day: date) -> ActivityEvents:
    """Return the events of an activity in a plan year and the different people they reached.

    Only events that took place count; those that are cancelled or still to come bring nobody. Which year an event
    belongs to is told by ``event_years.plan_year``.
    """
    from app.operations import event_years  # loads the plans of programmes

    found = [event for event in stored.events(connection, lineage=lineage) if event.date_from is not None]
    terms = event_years.terms(connection, lineage) if found else ()
    mine = [event for event in found if event_years.plan_year(terms, event.date_from or "") == plan_year]
    lines = _lines(connection, mine, day) if mine else ()
    held = [line for line in lines if line.held]
    schools = {key for line in held for key in line.schools}
    return ActivityEvents(
        lineage, plan_year, lines, len(held), people_of(connection, [line.id for line in held]),
        tuple(key for key in kept_order(connection) if key in schools) if schools else (),
        max((line.last_day or line.day or "" for line in held), default="") or None,
        _sum(line.connections for line in held), sum(not line.counted for line in held),
    )  # fmt: skip


def people_of(connection: Connection, keys: Iterable[int]) -> Coverage:
    """Return how many different people came to these events."""
    return coverage(attendance_of(connection, keys))


def attendance_of(
    connection: Connection, keys: Iterable[int], *, without: Collection[str] = ()
) -> list[Attendance]:  # fmt: skip
    """Return who came to these events, for counts over events and other occasions together.

    Args:
        connection: reading connection.
        keys: of the events; each has a row at least, a silent one where nobody has said.
        without: categories that are left out; a line without a category stays.
    """
    wanted = list(keys)
    people, guests = stored.people(connection, wanted), stored.guests(connection, wanted)
    known = Directory(kept.people(connection) if guests else {})
    return [
        row for key in wanted for row in attendance(
            key, [one for one in people.get(key, ()) if one.audience not in without],
            [guest for guest in guests.get(key, ()) if guest.audience not in without], known,
        )
    ]  # fmt: skip
