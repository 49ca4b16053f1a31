"""Events among what is due on a day: those to come, and those whose day is over while something lacks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from app.operations import events
from app.operations.day_lines import Ask, DayLine
from app.operations.events import EventLine

REMEMBERED = 60
"""So many days after an event who was there can still be found out; later it is only seen in the list of events."""


def lines(ask: Ask, keys: list[int]) -> Iterator[DayLine]:
    """Yield a line for each event; ``keys`` are those the day asks for."""
    today = ask.day.isoformat()
    for event in events.listing(ask.connection, ask.day, keys=keys):
        silent = event.held and not event.counted
        if silent and ask.mode == "open" and _long_ago(event, ask.day):
            continue
        done = (event.last_day or event.day) if event.held else None
        # what goes on today is not late, though it began before
        running = ask.mode == "open" and not event.held and (event.day or "9") <= today <= (event.last_day or "")
        yield DayLine(
            "event", event.word, event.id, event.title, today if running else event.day, done,
            event.event.state in {"planned", "moved"} or silent, event.event.methodist or "", event.event.host_id,
            ask.school(event.event.host_id), _detail(event, ask.day), event.event.state,
            ("work", (("events", ("people", event.id)) if silent else ("events", event.id))), people=event.came,
        )  # fmt: skip


def _long_ago(event: EventLine, day: date) -> bool:
    last = event.last_day or event.day
    return last is not None and (day - date.fromisoformat(last)).days > REMEMBERED


def _detail(event: EventLine, day: date) -> str:
    """Return what is to be done, else when and where."""
    if event.held and not event.counted:
        return "впишите, кто был"
    last = event.last_day or event.day or ""
    if event.event.state in {"planned", "moved"} and last < day.isoformat():
        return "отметьте, прошло ли"
    place = event.event.place if event.event.host_id is not None else event.where
    return ", ".join(part for part in (event.time, place or "") if part)
