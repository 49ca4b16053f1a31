"""Writing participants that came as a file: one operation, one step back; of the file only its name and hash stay."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from app.errors import UserError
from app.models import organisations, results, work_events
from app.models import registers as stored
from app.models.store import Operation, Store, new_id
from app.operations.event_file import Choice, Line, Preview, Source, lacking, preview, spelling
from app.operations.event_marks import named
from app.operations.events import folded_name, head
from app.texts import count, quoted

GUEST, KIND = "event_guest", "participants"
_SHOWN = 12
"""How much of the hash the journal shows; the whole of it stands among the loaded files."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What was written: so many people came in, so many lines were filled up; the preview that was true then."""

    added: int
    filled: int
    found: Preview


def load(store: Store, event: int, source: Source, choice: Choice | None = None) -> Loaded:
    """Write what ``preview`` says as one operation; it is asked anew, for the list may have changed since.

    Telephones, addresses and the file itself are not kept. A school that a person has chosen for a spelling is
    remembered for the next file.

    Args:
        store: the open file.
        event: key of the event.
        source: what was read.
        choice: what a person has said of it.

    Raises:
        UserError: ``EVENT_UNKNOWN``, ``EVENT_FILE_NOTHING``.
    """
    found = preview(store.connection, event, source, choice)
    new, filled = found.of("new"), found.of("filled")
    if not found.to_write:
        raise UserError("EVENT_FILE_NOTHING", name=source.name)
    people = count(len(new), "человек", "человека", "человек")
    told = f"вписано {people}" if new else f"дополнено строк: {len(filled)}"
    origin = f"из файла {quoted(source.name)} (SHA-256 {source.sha256[:_SHOWN]}…)"
    label = f"{named(head(store.connection, event))}: {origin} {told}"
    with store.operation(label, "event_guests.file") as operation:
        _keep_name(operation, found, store.actor)
        _add(operation, event, new)
        _fill(operation, event, filled)
        _remember(operation, found)
    return Loaded(len(new), len(filled), found)


def _keep_name(operation: Operation, found: Preview, actor: str) -> None:
    source = found.source
    results.add_file(
        operation, id=new_id(), name=source.name, sha256=source.sha256, size=source.size, kind=KIND, title="", kept=0,
        rows_new=len(found.of("new")), rows_changed=len(found.of("filled")),
        rows_same=len(found.of("known", "twice")), actor=actor,
    )  # fmt: skip


def _add(operation: Operation, event: int, lines: tuple[Line, ...]) -> None:
    connection = operation.connection
    persons: dict[str, list[int]] = {}
    for person, name in stored.people(connection).items():
        persons.setdefault(folded_name(name), []).append(person)
    there = len(work_events.guests(connection, [event]).get(event, ()))
    where = stored.draft_table(GUEST, {"event_id": event})
    for position, line in enumerate(lines, start=there):
        meant = persons.get(folded_name(line.name), [])
        key = operation.insert(
            GUEST, event_id=event, position=position, name=line.name, organisation_id=line.school,
            post=line.post or None, audience=line.audience, came=line.came, note=line.row.note or None,
            person_id=meant[0] if len(meant) == 1 else None,
        )  # fmt: skip
        if line.code is not None:
            stored.put_entry(operation, where, key, "organisation_id", line.school_text, line.code)


def _fill(operation: Operation, event: int, lines: tuple[Line, ...]) -> None:
    guests = {guest.id: guest for guest in work_events.guests(operation.connection, [event]).get(event, ())}
    for line in lines:
        guest = guests.get(line.guest or 0)
        values: dict[str, Any] = {} if guest is None else lacking(line, guest)
        if guest is not None and values:
            stored.forget_entries(operation, GUEST, guest.id, values.keys())
            operation.update(GUEST, guest.id, **values)


def _remember(operation: Operation, found: Preview) -> None:
    """Keep the spellings whose school a person has chosen."""
    from app.operations.matching import normal_name

    told = found.choice.schools
    for text in dict.fromkeys(line.school_text for line in found.to_write if spelling(line.school_text) in told):
        organisations.add_alias(operation, told[spelling(text)], text, normal_name(text), "")
