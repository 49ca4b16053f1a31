"""Who came to events, for counts over many of them: by school, by category, connections apart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.analysis.coverage import Attendance, coverage
from app.models import registers, work_events
from app.models.store import Connection
from app.operations import events

NOT_STAFF = frozenset({"parents", "pupils", "other"})
"""Categories that are no heads and teachers of schools; an unsaid category is taken for staff."""


@dataclass(frozen=True, slots=True)
class Turnout:
    """Who came to one event.

    Attributes:
        attended: one row a school (``events.attendance``); a silent one where nobody has said.
        connections: None where nobody counted them.
        audiences: category → how many came, by schools: the number, or the names where they are more; None: unsaid.
    """

    attended: tuple[Attendance, ...]
    connections: int | None
    audiences: Mapping[str | None, int]

    @property
    def schools(self) -> frozenset[int]:
        """Schools from which somebody came."""
        return frozenset(row.school_id for row in self.attended if row.school_id is not None and row.people)


def turnout(connection: Connection, keys: Iterable[int]) -> dict[int, Turnout]:
    """Return event → who came to it."""
    wanted = list(keys)
    people, guests = work_events.people(connection, wanted), work_events.guests(connection, wanted)
    known = events.Directory(registers.people(connection) if guests else {})
    found = {}
    for key in wanted:
        counted, listed = people.get(key, ()), guests.get(key, ())
        told = [row.connections for row in counted if row.connections is not None]
        kinds = dict.fromkeys(row.audience for row in (*counted, *listed))
        audiences = {
            kind: coverage(events.attendance(
                key, [row for row in counted if row.audience == kind],
                [row for row in listed if row.audience == kind], known,
            )).visits
            for kind in kinds
        }  # fmt: skip
        found[key] = Turnout(
            events.attendance(key, counted, listed, known), sum(told) if told else None, audiences
        )  # fmt: skip
    return found


def staff_of(connection: Connection, keys: Iterable[int]) -> list[Attendance]:
    """Return who came to events of heads and teachers only, as 004's annex on platforms asks."""
    return events.attendance_of(connection, keys, without=NOT_STAFF)
