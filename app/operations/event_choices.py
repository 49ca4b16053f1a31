"""What settings of papers about events are chosen from: events of a school year, who was there, activities."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from app.models import work_events
from app.models.store import Connection
from app.models.work_events import Event
from app.operations import activity_choice, event_certificates
from app.operations.paper_choices import number
from app.texts import NBSP, ru_date

Values = Mapping[str, str]
Offered = tuple[tuple[tuple[str, str], ...], str]
"""(value, word) that is offered, and the value that is usual."""


def _events(connection: Connection, values: Values) -> list[Event]:
    from app.operations.work_list_papers import span

    year = number(values, "school_year")
    if year is None:
        return work_events.events(connection)
    first, last, _words = span(year)
    found = work_events.events(connection, first.isoformat(), last.isoformat())
    # whoever has no day yet may get one in any year
    return found + [event for event in work_events.events(connection) if event.date_from is None]


def _word(event: Event) -> str:
    title = " ".join((event.title or "").split()) or event_certificates.event_word(event.kind)
    return f"{ru_date(event.date_from)}{NBSP}· {title}" if event.date_from else f"без дня{NBSP}· {title}"


def _options(found: list[Event]) -> tuple[tuple[str, str], ...]:
    return tuple((str(event.id), _word(event)) for event in reversed(found))


def event(connection: Connection, values: Values, day: date) -> Offered:
    """Return events, the newest first; the last one that has begun is usual, one that took place before others."""
    found = _events(connection, values)
    begun = [one for one in found if one.date_from is not None and one.date_from <= day.isoformat()]
    held = [one for one in begun if one.state == "held"] or begun
    return _options(found), str(held[-1].id) if held else ""


def coming(connection: Connection, values: Values, day: date) -> Offered:
    """Return events, the newest first; the next one that is to come is usual."""
    found = _events(connection, values)
    ahead = [one for one in found if one.state in {"planned", "moved"} and (one.date_from or "") >= day.isoformat()]
    return _options(found), str(ahead[0].id) if ahead else ""


def attended(connection: Connection, values: Values, day: date) -> Offered:
    """Return events on whose list of names somebody is marked as having taken part, the newest first."""
    options, _usual = event(connection, values, day)
    found = [(key, word) for key, word in options if event_certificates.receivers(connection, int(key))]
    begun = {str(one.id) for one in _events(connection, values) if (one.date_from or "9") <= day.isoformat()}
    return tuple(found), next((key for key, _word in found if key in begun), "")


def guest(connection: Connection, values: Values, _day: date) -> Offered:
    """Return who took part in the chosen event, in the order of its list."""
    chosen = number(values, "event")
    if chosen is None:
        return (), ""
    found = event_certificates.receivers(connection, chosen)
    return tuple((str(one.key), ", ".join(part for part in (one.name, one.school) if part)) for one in found), ""


def activity(connection: Connection, _values: Values, day: date) -> Offered:
    """Return activities of the programme that events serve; the one whose event was last is usual."""
    found = [one for one in work_events.events(connection) if one.lineage is not None]
    names = activity_choice.labels(connection, [one.lineage for one in found if one.lineage is not None])
    begun = [one.lineage for one in found if one.date_from is not None and one.date_from <= day.isoformat()]
    order = [key for key in activity_choice.names(connection) if key in names]
    order += [key for key in names if key not in order]
    return tuple((str(key), names[key]) for key in order), str(begun[-1]) if begun else ""


OFFERS: Mapping[str, Callable[[Connection, Values, date], Offered]] = {
    "event": event, "coming": coming, "attended": attended, "guest": guest, "activity": activity,
}  # fmt: skip
