"""The calendar of the work as a file for other calendar programs: .ics, without names of people unless asked for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from app.errors import UserError
from app.models import settings
from app.models import work_calendar as stored
from app.models.store import Connection
from app.operations.calendar_items import ALL, KIND_WORDS, CalendarItem, items, owner_words
from app.texts import capital, ru_date

if TYPE_CHECKING:
    from app.exporters.ics import IcsEntry

_BUSY = frozenset({"event", "meeting", "help", "visit", "mentoring"})
"""Kinds that take somebody's hours; the others are terms."""


@dataclass(frozen=True, slots=True)
class CalendarFile:
    """A made file: its bytes and how many things are in it."""

    data: bytes
    number: int


def make(
    connection: Connection, day: date, first: date, last: date, *, whose: str = ALL, kinds: Iterable[str] | None = None,
    people: bool = False, made: datetime | None = None,
) -> CalendarFile:  # fmt: skip
    """Return the calendar of a span as an .ics file.

    Args:
        connection: reading connection.
        day: what counts as today.
        first: included.
        last: included.
        whose: see ``calendar_items.owners``.
        kinds: keys of ``calendar_items.KIND_WORDS``; None: all.
        people: say who is responsible and leave names in texts; False takes everybody out whom the file knows.
        made: moment of making; None: now.

    Raises:
        UserError: ``CAL_KIND``, ``CAL_OWNER``, ``CAL_SPAN``, ``CAL_EMPTY``.
    """
    from app.exporters.ics import calendar_file

    found = items(connection, day, first, last, whose=whose, kinds=kinds)
    if not found:
        raise UserError("CAL_EMPTY")
    host = stored.file_uid(connection)
    entries = [_entry(item, host, people=people) for item in found]
    if not people:
        entries = _without_people(connection, entries)
    return CalendarFile(calendar_file(entries, name_of(connection, whose), made or datetime.now(UTC)), len(entries))


def write(path: Path, made: CalendarFile) -> None:
    """Write the file. Errors: those of writing papers."""
    from app.operations import papers

    papers.write(path, made.data)


def name_of(connection: Connection, whose: str) -> str:
    """Return what the calendar is called: the service's own name, the school, the association."""
    values = settings.get_all(connection)
    own = values["organisation"] or values["municipality"] or "Методическая служба"
    words = owner_words(connection, whose)
    return own if not words or whose == "service" else f"{words} ({own})"


def file_name(connection: Connection, whose: str, first: date, last: date) -> str:
    """Return the name that a file is offered under."""
    from app.operations import papers

    words = owner_words(connection, whose)
    who = f" {words}" if words else ""
    return f"{papers.fitting(f'Календарь{who} {ru_date(first)}–{ru_date(last)}')}.ics"


def _entry(item: CalendarItem, host: str, *, people: bool) -> IcsEntry:
    from app.exporters.ics import IcsEntry

    lines = [capital(item.word), item.body, item.owner, capital(item.state)]
    if item.school and item.school not in item.text:
        lines.append(item.school)
    if people and item.who:
        lines.append(f"Кто: {item.who}")
    return IcsEntry(
        f"{item.source}-{item.key}@{host}.opora", item.text, item.first, item.last, item.start, item.end,
        "\n".join(line for line in dict.fromkeys(lines) if line), "" if item.where == "по ссылке" else item.where,
        item.link, KIND_WORDS[item.kind], item.cancelled, item.kind in _BUSY,
    )  # fmt: skip


def _without_people(connection: Connection, entries: list[IcsEntry]) -> list[IcsEntry]:
    """Take names out of titles and texts, as papers without people have it."""
    from dataclasses import replace

    from app.operations import impersonal

    people = impersonal.people_of(connection)
    return [
        replace(one, title=people.without(one.title)[0], text=people.without(one.text)[0],
                place=people.without(one.place)[0])
        for one in entries
    ]  # fmt: skip
