"""What the work of a plan year brought to an activity of the programme: its events and its entries of help together.

Whoever was at a seminar and was visited afterwards is one person: people over both are a span of ``analysis.coverage``.
What the plan asks for («не менее 100 человек») is set beside it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.analysis.coverage import Attendance, Coverage, Reached, coverage
from app.analysis.wanted_people import Wanted, wanted
from app.models import execution as stored
from app.models import programmes
from app.models.store import Connection
from app.operations import event_years, events, help_journal
from app.operations.events import ActivityEvents
from app.operations.help_journal import HelpLine


@dataclass(frozen=True, slots=True)
class Asked:
    """A demand of the plan and whether it is met; ``was``: connections that were counted, None for people."""

    wanted: Wanted
    reached: Reached
    was: int | None = None


@dataclass(frozen=True, slots=True)
class ActivityWork:
    """Events and help of an activity in a plan year.

    Attributes:
        help: entries of the journal up to the day, the newest first.
        people: different people of held events and of help.
        schools: canonical schools of both, in the file's order.
        asked: what the activity and its planned results ask for.
        doubtful: events with names on their lists that may be one person.
    """

    events: ActivityEvents
    help: tuple[HelpLine, ...]
    people: Coverage
    schools: tuple[int, ...]
    asked: tuple[Asked, ...]
    doubtful: tuple[int, ...] = ()

    @property
    def lineage(self) -> int:
        """The activity."""
        return self.events.lineage

    @property
    def plan_year(self) -> int:
        """Year of the plan."""
        return self.events.plan_year

    @property
    def can_be_taken(self) -> bool:
        """Whether anything has happened that the execution could take."""
        return bool(self.events.held or self.help)


def of_activity(connection: Connection, lineage: int, plan_year: int, day: date) -> ActivityWork:
    """Return what a plan year brought to an activity, up to a day.

    An entry of help belongs to a plan year as an event does (``event_years.plan_year``).
    """
    found = events.of_activity(connection, lineage, plan_year, day)
    helped = _help(connection, lineage, plan_year, day)
    held = [line.id for line in found.lines if line.held]
    came = events.attendance_of(connection, held)
    # keys of entries are keys of another table: they must not meet those of events
    visited = [Attendance(-line.id, line.school_id, line.people) for line in helped]
    people = coverage([*came, *visited])
    schools = {*found.schools, *(line.school_id for line in helped if line.school_id is not None)}
    return ActivityWork(
        found, helped, people, tuple(key for key in events.kept_order(connection) if key in schools) if schools else (),
        tuple(_asked(one, people, found) for one in wanted(_texts(connection, lineage))), _doubtful(came, people),
    )  # fmt: skip


def _doubtful(came: list[Attendance], people: Coverage) -> tuple[int, ...]:
    """Return the events on whose lists the names stand that may be one person, in their order."""
    names = frozenset().union(*people.alike)
    return tuple(dict.fromkeys(row.occasion for row in came if row.named & names))


def _help(connection: Connection, lineage: int, plan_year: int, day: date) -> tuple[HelpLine, ...]:
    lines = [line for line in help_journal.listing(connection, None, day, lineage=lineage) if line.held_on]
    terms = event_years.terms(connection, lineage) if lines else ()
    return tuple(line for line in lines if event_years.plan_year(terms, line.held_on or "") == plan_year)


def _asked(one: Wanted, people: Coverage, found: ActivityEvents) -> Asked:
    if one.what == "people":
        return Asked(one, people.reached(one.number))
    if found.connections is None:
        return Asked(one, "unknown")
    return Asked(one, "yes" if found.connections >= one.number else "no", found.connections)


def _texts(connection: Connection, lineage: int) -> list[str]:
    """Return the text of an activity and its planned results in its newest edition."""
    editions = stored.programmes_of(connection, lineage)
    tree = programmes.tree(connection, editions[0]) if editions else None
    if tree is None:
        return []
    node = next((one for one in tree.of_kind("activity") if one.lineage == lineage), None)
    return [] if node is None else [node.text, *(result.text for result in tree.results.get(node.id, ()))]
