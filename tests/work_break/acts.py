"""Acts on the methodist's own work that are broken off: functions of a module, for another process to do."""

from __future__ import annotations

from datetime import date

from app.models.store import Store
from app.operations import (
    bodies_writing,
    event_certificates,
    event_marks,
    event_people,
    help_entry,
    mentoring,
    practices,
    registers,
)
from app.operations.help_understanding import HelpDraft

DAY = date(2026, 11, 23)


def write_help(store: Store, task: int) -> None:
    """Write an entry that answers a task: the row, the mark of what was not understood, the task done."""
    draft = HelpDraft("СОШ № 1", "выезд", "3 учителя", "дроби", "договорились → 01.12 повторный выезд", "вчера",
                      links={"task_id": task})  # fmt: skip
    help_entry.write(store, draft, DAY, "Ким О. В.")


def paste_guests(store: Store, event: int) -> None:
    """Put forty names with schools into the list of an event."""
    lines = [f"Иванова Анна {chr(0x410 + number % 30)}етровна-{number}\tСОШ № {number % 3 + 1}\tучитель"
             for number in range(40)]  # fmt: skip
    event_people.paste(store, event, "\n".join(lines))


def give_certificates(store: Store, event: int) -> None:
    event_certificates.give(store, event)


def remove_event(store: Store, event: int) -> None:
    event_marks.remove(store, [event])


def repeat_event(store: Store, event: int) -> None:
    event_marks.repeat(store, event, "month", 3, guests=True)


def plan_pair(store: Store, pair: int) -> None:
    mentoring.plan(store, pair, 2026)


def remove_pair(store: Store, pair: int) -> None:
    registers.remove(store, "mentor_pairs", {}, [pair])


def write_protocol(store: Store, event: int) -> None:
    bodies_writing.protocol(store, event)


def remove_practice(store: Store, practice: int) -> None:
    practices.remove(store, [practice])


def put_counts(store: Store) -> None:
    """Paste counts of young teachers of three schools."""
    cells = [
        (-row, name, text) for row in (1, 2, 3)
        for name, text in (("organisation_id", f"СОШ № {row}"), ("young", str(row)), ("mentored", "много"))
    ]  # fmt: skip
    registers.put_cells(store, "young_counts", {"school_year": 2026}, cells)


def open_only(path: str) -> None:
    from pathlib import Path

    Store.open(Path(path), actor="Ким О. В.").abandon()
