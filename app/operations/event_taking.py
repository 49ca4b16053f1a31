"""Taking what events and help of an activity brought into its execution: people, schools, the day; old beside new."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from app.analysis.coverage import Coverage
from app.errors import UserError
from app.models import execution as stored
from app.models import registers as kept
from app.models.store import Connection, Store
from app.operations import activity_work
from app.texts import count, ru_date

HUMAN = ("человек", "человека", "человек")


@dataclass(frozen=True, slots=True)
class Change:
    """One entry of the execution that the events can fill.

    Attributes:
        column: «participants», «schools», «done_on».
        old, new: as they are told; ``old`` is "" where nothing is written yet.
        same: both say the same: there is nothing to take.
    """

    column: str
    title: str
    old: str
    new: str
    same: bool


def proposal(connection: Connection, lineage: int, plan_year: int, day: date) -> tuple[Change, ...]:
    """Return what the events and the help of an activity in a plan year can tell its execution.

    Of a span the lower end is proposed: «не менее» is what can be vouched for. The day of the last event is proposed
    only where no event of the activity is still to come. Nothing is proposed that neither tells.
    """
    found = activity_work.of_activity(connection, lineage, plan_year, day)
    row = stored.row(connection, (lineage, plan_year))
    changes = []
    if found.people.occasions:
        old = None if row is None else row.participants
        changes.append(Change("participants", "Участников", "" if old is None else str(old),
                              str(found.people.least), old == found.people.least))  # fmt: skip
    if found.schools:
        before = set(stored.schools(connection, [row.id]).get(row.id, ())) if row is not None else set()
        # a school that was named by hand stays: it may have taken part in another way
        after = before | set(found.schools)
        changes.append(Change("schools", "Школы", count(len(before), "школа", "школы", "школ") if before else "",
                              count(len(after), "школа", "школы", "школ"), before == after))  # fmt: skip
    waiting = [line for line in found.events.lines if line.event.state in {"planned", "moved"}]
    if found.events.last_held and not waiting:
        told = "" if row is None or row.done_on is None else ru_date(row.done_on)
        new = ru_date(found.events.last_held)
        changes.append(Change("done_on", "Выполнено", told, new, told == new))
    return tuple(changes)


def take(store: Store, lineage: int, plan_year: int, day: date, columns: Collection[str]) -> int:
    """Write what events tell into the execution of their activity; returns how many entries have changed.

    Args:
        store: the open file.
        lineage: of the activity.
        plan_year: of its execution.
        day: what counts as today.
        columns: which of ``proposal`` to take: what a person typed is replaced only where they have said so.

    Raises:
        UserError: ``EVENT_NOTHING_TO_TAKE``, ``MON_EXEC_NO_ACTIVITY``.
    """
    if stored.activity_text(store.connection, lineage) is None:
        raise UserError("MON_EXEC_NO_ACTIVITY")
    wanted = [change for change in proposal(store.connection, lineage, plan_year, day)
              if change.column in columns and not change.same]  # fmt: skip
    if not wanted:
        raise UserError("EVENT_NOTHING_TO_TAKE")
    found = activity_work.of_activity(store.connection, lineage, plan_year, day)
    told = ", ".join(change.title.lower() for change in wanted)
    with store.operation(f"Исполнение: взято из событий и помощи, {told}", "execution.events") as operation:
        row = stored.ensured(operation, (lineage, plan_year))
        for change in wanted:
            kept.forget_entries(operation, stored.TABLE, row.id, [change.column])
            if change.column == "participants":
                stored.put(operation, row, participants=found.people.least)
            elif change.column == "schools":
                before = stored.schools(operation.connection, [row.id]).get(row.id, ())
                stored.put_schools(operation, row.id, [*before, *(key for key in found.schools if key not in before)])
            else:
                last = found.events.last_held
                stored.put(operation, row, state="done", done_on=last, done_raw=last, done_code=None)
    return len(wanted)


def people_words(found: Coverage) -> str:
    """Return «47 человек», «не менее 47 человек», «не менее 47 и не более 60 человек», "" where nobody has said."""
    if not found.occasions:
        return ""
    if found.exact and not found.silent:
        return count(found.least, *HUMAN)
    if found.exact or found.silent:
        return f"не менее {count(found.least, 'человека', 'человек', 'человек')}"
    return f"от {found.least} до {count(found.most, 'человека', 'человек', 'человек')}"
