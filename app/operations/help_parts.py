"""What other places bring into the journal of help: a line of the day, a dictionary of a command, an entry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, is_dataclass
from datetime import date
from typing import Any

from app.analysis import help_line
from app.operations.help_journal import HelpLine
from app.operations.help_understanding import LINKS, HelpDraft
from app.texts import ru_date

STEP = "help_id"
"""Link to the entry whose next step an entry is: it is marked as done with it."""
_TEXTS = ("school", "kind", "people", "topic", "outcome", "day")


def of_payload(payload: object, today: date) -> HelpDraft:
    """Return the draft that a place of the window hands over: a draft, fields, or a line of the day."""
    if isinstance(payload, HelpDraft):
        return payload
    if is_dataclass(payload) and not isinstance(payload, type):
        payload = asdict(payload)
    if not isinstance(payload, Mapping):
        return HelpDraft()
    if "source" in payload:
        return of_day_line(payload, today)
    school, kind, people, topic, outcome, day = (str(payload.get(name) or "") for name in _TEXTS)
    day = day or (ru_date(str(payload["held_on"])) if payload.get("held_on") else "")
    links = {name: int(payload[name]) for name in (*LINKS, STEP) if payload.get(name) is not None}
    return HelpDraft(
        school, kind, people, topic, outcome, day, payload.get("school_id"),
        payload.get("deficit_id"), payload.get("way"),
        links,
    )  # fmt: skip


def of_day_line(line: Mapping[str, Any], today: date) -> HelpDraft:
    """Return a draft from a line of the day: its text, school and day; a task is tied to it.

    Args:
        line: ``source``, ``key``, ``day`` (ISO or None), ``text``, ``school_id``.
        today: a line that lies ahead is written down for today: the journal tells what was done.
    """
    told = str(line.get("text") or "")
    day = date.fromisoformat(str(line["day"])) if line.get("day") else today
    tie = {"task": "task_id", "next": STEP}.get(str(line.get("source")))
    links = {} if tie is None or line.get("key") is None else {tie: int(line["key"])}
    school = line.get("school_id")
    fields = help_line.read_line(told, today)
    return HelpDraft(
        kind=(fields.kind if fields is not None else None) or "", topic=told, day=ru_date(min(day, today)),
        school_id=None if school is None else int(school), links=links,
    )  # fmt: skip


def words(line: HelpLine) -> str:
    """Return an entry in one line: «23.11.2026, СОШ № 7, выезд: чтение, 3 учителя»."""
    parts = [
        ru_date(line.held_on) if line.held_on else "", line.school, line.title,
        help_line.people_words(line.people, line.audience),
    ]  # fmt: skip
    return ", ".join(part for part in parts if part)
