"""Making events, changing them, marking what became of them, repeating them; each is one operation, one step back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from app.analysis.calendar_month import month_step
from app.analysis.working_days import ahead
from app.errors import UserError
from app.models import organisations
from app.models import registers as kept
from app.models import work_events as stored
from app.models.store import Connection, Operation, Store
from app.models.work_events import TABLE, Event
from app.operations import activity_choice, registers, typed_texts
from app.operations import agreement_grids as grids
from app.operations.events import head
from app.operations.register_catalogue import column
from app.texts import count, quoted, ru_date

Step = Literal["week", "month", "year"]
STEP_WORDS: Mapping[str, str] = {"week": "через неделю", "month": "через месяц", "year": "через год"}
MOST_REPEATS = 24
_LONGEST = 60
_COPIED = (
    "kind", "title", "time_from", "time_to", "lineage", "body_id", "platform_id", "owner_id", "host_id", "place",
    "link", "topic", "subject", "deficit", "methodist", "wanted",
)  # fmt: skip
"""Columns of an event that its copy has, too: what it is, not what became of it."""


def named(event: Event) -> str:
    """Return the event as the journal calls it."""
    title = " ".join((event.title or "").split()) or "без названия"
    return f"Событие {quoted(title if len(title) <= _LONGEST else title[:_LONGEST].rstrip() + '…')}"


# --- making and changing -----------------------------------------------------------------------------------------


def make(
    store: Store, /, texts: Mapping[str, str], *, visit: str | None = None, place: int | None = None, **values: Any
) -> int:  # fmt: skip
    """Make an event; returns its key.

    Args:
        store: the open file.
        texts: column of the register «events» → text as typed; what does not fit waits beside it and is marked.
        visit: under which what was typed was kept, at ``place``: it waits no more, one undo takes both back.
        place: see ``typed_texts``.
        values: columns by value: ``body_id``, ``platform_id`` and others.

    Raises:
        UserError: ``REG_NO_COLUMN``.
    """
    title = " ".join(texts.get("title", "").split()) or "без названия"
    with store.operation(f"Новое событие {quoted(title[:_LONGEST])}", "events.add", merge=visit) as operation:
        if place is not None:
            typed_texts.drop_in(operation, TABLE, place)
        key = operation.insert(TABLE, **values)
        _put(operation, key, {name: text for name, text in texts.items() if text.strip()})
        return key


def edit(store: Store, /, key: int, texts: Mapping[str, str], *, visit: str | None = None, **values: Any) -> None:
    """Change an event; see ``make``.

    Raises:
        UserError: ``EVENT_UNKNOWN``, ``REG_NO_COLUMN``.
    """
    event = head(store.connection, key)
    with store.operation(f"{named(event)}: изменено", "events.edit", merge=visit) as operation:
        if visit is not None:
            typed_texts.drop_in(operation, TABLE, typed_texts.place_of(store.actor), key)
        _put(operation, key, texts)
        _update(operation, key, values)


def keep_typed(store: Store, texts: Mapping[str, str], visit: str, place: int, entry: int | None = None) -> None:
    """Keep the fields of an event that is being typed or put right; no text at all forgets them.

    Args:
        store: the open file.
        texts: field of the form → text.
        visit: what is typed into one form is one operation, the event that comes of it included.
        place: see ``typed_texts``.
        entry: that is put right.
    """
    label = "Набрано событие" if entry is None else "Набрана правка события"
    typed_texts.keep(store, TABLE, place, texts, label, visit, entry)


def typed(connection: Connection, actor: str, entry: int | None = None) -> typed_texts.Waiting | None:
    """Return what somebody has typed last and not saved, of a new event or of one that is put right."""
    return typed_texts.waiting(connection, TABLE, actor, entry)


def _put(operation: Operation, key: int, texts: Mapping[str, str]) -> None:
    item = registers.register("events")
    told = {column(item, name).key: text for name, text in texts.items()}
    if told:
        registers.put_in(operation, "events", {}, key, told)


def _update(operation: Operation, key: int, values: Mapping[str, Any]) -> None:
    present = kept.row(operation.connection, TABLE, key)
    if present is not None and values:
        registers.write_in(operation, TABLE, present, values)


def hanging(connection: Connection, key: int) -> list[str]:
    """Return what goes with an event when it is removed, and what is let go of: «8 строк участников»."""
    told = []
    for found, words in (
        (len(stored.items(connection, [key]).get(key, ())),
         ("строка программы", "строки программы", "строк программы")),
        (len(stored.people(connection, [key]).get(key, ())),
         ("строка участников", "строки участников", "строк участников")),
        (len(stored.guests(connection, [key]).get(key, ())),
         ("человек из списка", "человека из списка", "человек из списка")),
        (stored.files(connection, [key]).get(key, 0), ("материал", "материала", "материалов")),
    ):  # fmt: skip
        if found:
            told.append(count(found, *words))
    return told


def let_go(connection: Connection, key: int) -> list[str]:
    """Return what stays when an event is removed and names it no more: questionnaires, lines of plans."""
    told = []
    sheets, plans = stored.sheets(connection, [key]).get(key, 0), stored.plan_items(connection, key)
    if sheets:
        told.append(count(sheets, "опросный лист", "опросных листа", "опросных листов"))
    if plans:
        told.append(count(plans, "пункт плана объединения", "пункта плана объединения", "пунктов плана объединения"))
    return told


def remove(store: Store, keys: Iterable[int]) -> None:
    """Remove events with their programme, participants and materials; questionnaires stay and name them no more.

    Raises:
        UserError: ``REG_NO_ROW``.
    """
    registers.remove(store, "events", {}, keys)


# --- what became of it -------------------------------------------------------------------------------------------


def hold(store: Store, key: int, day: date | None = None) -> None:
    """Mark that an event took place.

    Args:
        store: the open file.
        key: of the event.
        day: on which; None keeps the day that is planned. Without either nothing is known but that it was.

    Raises:
        UserError: ``EVENT_UNKNOWN``.
    """
    event = head(store.connection, key)
    values: dict[str, Any] = {"state": "held"}
    if day is not None:
        values |= _days(event, day)
    with store.operation(f"{named(event)}: прошло", "events.hold") as operation:
        _update(operation, key, values)


def _days(event: Event, day: date) -> dict[str, str | None]:
    """Return the days of an event that begins on another day and lasts as long as it did."""
    if event.date_from is None or event.date_to is None:
        return {"date_from": day.isoformat(), "date_to": event.date_to and max(event.date_to, day.isoformat())}
    lasts = date.fromisoformat(event.date_to) - date.fromisoformat(event.date_from)
    return {"date_from": day.isoformat(), "date_to": ahead(day, lasts.days).isoformat()}


def move(store: Store, key: int, day: date | None, reason: str = "") -> None:
    """Put an event on another day.

    With a reason it counts as put off («перенесено»); without one it is only planned anew.

    Args:
        store: the open file.
        key: of the event.
        day: the new first day, the event lasts as long as before; None: nobody knows yet, then a reason is needed.
        reason: why.

    Raises:
        UserError: ``EVENT_UNKNOWN``, ``EVENT_NO_REASON``, ``EVENT_HELD``.
    """
    event = head(store.connection, key)
    if event.state == "held":
        raise UserError("EVENT_HELD", title=event.title or "")
    told = reason.strip()
    if day is None and not told:
        raise UserError("EVENT_NO_REASON")
    values: dict[str, Any] = {"date_from": None, "date_to": None} if day is None else dict(_days(event, day))
    if told:
        values |= {"state": "moved", "reason": told}
    elif event.state == "cancelled":
        values |= {"state": "planned", "reason": None}
    where = "дня пока нет" if day is None else f"на {ru_date(day)}"
    with store.operation(f"{named(event)}: перенесено, {where}", "events.move", merge=f"event:{key}:move") as operation:
        _update(operation, key, values)


def cancel(store: Store, key: int, reason: str) -> None:
    """Mark that an event will not take place.

    Raises:
        UserError: ``EVENT_UNKNOWN``, ``EVENT_NO_REASON``.
    """
    event = head(store.connection, key)
    if not reason.strip():
        raise UserError("EVENT_NO_REASON")
    with store.operation(f"{named(event)}: отменено", "events.cancel") as operation:
        _update(operation, key, {"state": "cancelled", "reason": reason.strip()})


def plan(store: Store, key: int) -> None:
    """Take a mark back: the event is planned as it was, its participants stay.

    Raises:
        UserError: ``EVENT_UNKNOWN``.
    """
    event = head(store.connection, key)
    with store.operation(f"{named(event)}: снова запланировано", "events.plan") as operation:
        _update(operation, key, {"state": "planned", "reason": None})


# --- again -------------------------------------------------------------------------------------------------------


def copy(store: Store, key: int, day: date | None = None, *, guests: bool = False) -> int:
    """Make an event like another one: its programme and who was invited, nothing of what became of it.

    Args:
        store: the open file.
        key: of the event to copy.
        day: of the new one; None: it has none yet.
        guests: the list of names, too; nobody on it was present yet.

    Raises:
        UserError: ``EVENT_UNKNOWN``.
    """
    event = head(store.connection, key)
    with store.operation(f"{named(event)}: сделана копия", "events.copy") as operation:
        return _copy(operation, event, day, guests=guests)


def repeat(store: Store, key: int, step: Step, times: int = 1, *, guests: bool = False) -> list[int]:
    """Plan an event again: every week, month or year; a day off gives way to the next working day.

    Args:
        store: the open file.
        key: of the event.
        step: how far apart.
        times: how many new ones, at most ``MOST_REPEATS``.
        guests: see ``copy``.

    Returns:
        Keys of the new events.

    Raises:
        UserError: ``EVENT_UNKNOWN``, ``EVENT_NO_DAY``.
    """
    event = head(store.connection, key)
    if event.date_from is None:
        raise UserError("EVENT_NO_DAY")
    days = [working(store.connection, later(date.fromisoformat(event.date_from), step, number))
            for number in range(1, min(max(times, 1), MOST_REPEATS) + 1)]  # fmt: skip
    told = count(len(days), "раз", "раза", "раз")
    with store.operation(f"{named(event)}: повторится ещё {told}", "events.repeat") as operation:
        return [_copy(operation, event, day, guests=guests) for day in days]


def later(day: date, step: Step, number: int) -> date:
    """Return the day so many weeks, months or years later; the 31st becomes the last day of a shorter month."""
    if step == "week":
        return ahead(day, 7 * number)
    return month_step(day, number * (12 if step == "year" else 1))


def working(connection: Connection, day: date) -> date:
    """Return the day itself where people work on it, else the next one on which they do."""
    from app.operations import workday

    calendar = workday.load(connection)
    return day if calendar.works(day) else calendar.after(day)


def _copy(operation: Operation, event: Event, day: date | None, *, guests: bool) -> int:
    connection = operation.connection
    days: dict[str, str | None] = {"date_from": None, "date_to": None} if day is None else _days(event, day)
    new = operation.insert(TABLE, **{name: getattr(event, name) for name in _COPIED}, **days)
    for item in stored.items(connection, [event.id]).get(event.id, ()):
        operation.insert("event_item", event_id=new, position=item.position, starts=item.starts, topic=item.topic,
                         speaker=item.speaker, organisation_id=item.organisation_id)  # fmt: skip
    for row in stored.people(connection, [event.id]).get(event.id, ()):
        if row.invited is not None or row.came is not None:
            operation.insert("event_people", event_id=new, organisation_id=row.organisation_id, audience=row.audience,
                             invited=row.invited)  # fmt: skip
    for guest in stored.guests(connection, [event.id]).get(event.id, ()) if guests else ():
        operation.insert("event_guest", event_id=new, position=guest.position, person_id=guest.person_id,
                         name=guest.name, organisation_id=guest.organisation_id, post=guest.post,
                         audience=guest.audience)  # fmt: skip
    return new


# --- the form ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Form:
    """What the form of an event shows.

    Attributes:
        texts: column → text, as it is stored or, where it did not fit, as it was typed.
        body_id, platform_id: what it is tied to.
        offers: kind of column → names to choose from.
        bodies, platforms: key → name.
    """

    key: int | None
    texts: Mapping[str, str]
    body_id: int | None
    platform_id: int | None
    offers: Mapping[str, tuple[str, ...]]
    bodies: Mapping[int, str]
    platforms: Mapping[int, str]


def form(connection: Connection, key: int | None) -> Form:
    """Return the form of an event; None: of a new one.

    Raises:
        UserError: ``EVENT_UNKNOWN``.
    """
    item = registers.register("events")
    schools = {school.id: school.shown for school in organisations.listing(connection, own=None, kind=None)}
    activities = activity_choice.names(connection)
    people = tuple(kept.people(connection).values())
    offers = {"school": tuple(schools.values()), "activity": tuple(activities.values()), "person": people}
    texts: dict[str, str] = {}
    row: Mapping[str, Any] = {"body_id": None, "platform_id": None}
    if key is not None:
        head(connection, key)
        row = next(one for one in registers.rows(connection, "events", id=key))
        texts = registers.texts_of(item, row, schools, {}, {"activity": activities})
        if row["lineage"] is not None and row["lineage"] not in activities:
            texts["lineage"] = ""  # no programme in force has it: what is tied stays tied until another is chosen
        waiting = kept.drafts(connection, TABLE).get(key, {})
        texts |= {name: raw for name, (raw, _code) in waiting.items()}
    return Form(key, texts, row["body_id"], row["platform_id"], offers, stored.bodies(connection),
                stored.platforms(connection))  # fmt: skip


def troubles(connection: Connection, texts: Mapping[str, str]) -> dict[str, str]:
    """Return column → what is wrong with a text that does not fit."""
    found: dict[str, str] = {}
    for name, text in texts.items():
        one = column(registers.register("events"), name)
        _value, code = registers.read_entry(connection, one, text)
        if code is not None:
            found[name] = grids.trouble(one, (text.strip(), code))
    return found
