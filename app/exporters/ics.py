"""A calendar as an .ics file (RFC 5545), for any other calendar program.

Times are local times without a zone («floating», RFC 5545, 3.3.5): ten o'clock in the municipality is ten o'clock on
the clock of whoever opens the file there. The file of «Опора» does not know its zone, and a guessed one would move
every event by hours on a machine that is set otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

PRODUCT = "-//Опора//Календарь методиста//RU"


@dataclass(frozen=True, slots=True)
class IcsEntry:
    """One thing of the calendar.

    Attributes:
        uid: the same in every file, so that another program puts the new in the place of the old.
        first: first day; ``last`` the last one, included.
        start: «HH:MM», "" of a whole day; ``end`` likewise, "" where nobody knows.
        busy: it takes somebody's time; a term does not.
    """

    uid: str
    title: str
    first: date
    last: date
    start: str = ""
    end: str = ""
    text: str = ""
    place: str = ""
    link: str = ""
    category: str = ""
    cancelled: bool = False
    busy: bool = True


def calendar_file(entries: Iterable[IcsEntry], name: str, made: datetime) -> bytes:
    """Return the bytes of an .ics file.

    Args:
        entries: in the order in which they are to stand.
        name: what programs call the calendar.
        made: moment of making, with its zone.
    """
    from icalendar import Calendar, vText

    whole = Calendar()
    for key, value in (("prodid", PRODUCT), ("version", "2.0"), ("calscale", "GREGORIAN"), ("method", "PUBLISH"),
                       ("x-wr-calname", vText(_plain(name)))):  # fmt: skip
        whole.add(key, value)
    for entry in entries:
        whole.add_component(_event(entry, made))
    return bytes(whole.to_ical())


def _event(entry: IcsEntry, made: datetime):  # type: ignore[no-untyped-def]
    from icalendar import Event

    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", made)
    event.add("summary", _plain(entry.title))
    for key, value in _when(entry):
        event.add(key, value)
    for key, text in (("description", entry.text), ("location", entry.place), ("url", entry.link)):
        if text:
            event.add(key, _plain(text) if key != "description" else text)
    if entry.category:
        event.add("categories", [entry.category])
    event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    event.add("transp", "OPAQUE" if entry.busy and not entry.cancelled else "TRANSPARENT")
    return event


def _when(entry: IcsEntry) -> list[tuple[str, object]]:
    """Return begin and end; what has hours on several days comes again every day."""
    if not entry.start:
        # the end is the day after the last one; after the last day of all days there is none
        end = min(entry.last, date.max - timedelta(days=1)) + timedelta(days=1)
        return [("dtstart", entry.first), *([("dtend", end)] if end > entry.first else [])]
    begin = datetime.combine(entry.first, time.fromisoformat(entry.start))
    found: list[tuple[str, object]] = [("dtstart", begin)]
    if entry.end and entry.end > entry.start:
        found.append(("dtend", datetime.combine(entry.first, time.fromisoformat(entry.end))))
    if entry.last > entry.first:
        found.append(("rrule", {"freq": "daily", "count": (entry.last - entry.first).days + 1}))
    return found


def _plain(text: str) -> str:
    """Return a text in one line, without signs that a file of lines cannot have."""
    return " ".join("".join(sign if sign.isprintable() or sign.isspace() else " " for sign in text).split())
