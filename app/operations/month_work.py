"""Figures of the methodist's own work in a month or a quarter: of the whole service or of one methodist.

Help, events, professional associations, the bank of practices, mentoring.
An event belongs to the period of its first day, so that months add up to their quarter. People are told as a span
(``app.analysis.coverage``): who came twice counts once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app import school_years
from app.analysis.coverage import Coverage, coverage
from app.analysis.person_names import distinct, mentions, split
from app.analysis.working_days import Period
from app.models import work_counts
from app.models.store import Connection
from app.models.work_counts import EventRow, PairRow
from app.operations import help_journal, work_turnout
from app.operations.help_journal import HelpLine, HelpTotals
from app.operations.work_turnout import Turnout

"""A new school year begins in August."""
Test = Callable[[str | None], bool]


@dataclass(frozen=True, slots=True)
class HelpWork:
    """Help of the period.

    Attributes:
        lines: entries by day; ``totals`` the same in numbers.
        deficits: entries that touch a deficit; ``steps`` those with a next step.
        steps_done: next steps done in the period, whenever they were agreed upon.
        schools: (short name, entries, people at least, day of the last one), the most helped first.
    """

    lines: tuple[HelpLine, ...]
    totals: HelpTotals
    deficits: int
    steps: int
    steps_done: int
    schools: tuple[tuple[str, int, Coverage, str], ...]


@dataclass(frozen=True, slots=True)
class EventWork:
    """Events of the period.

    Attributes:
        held: those that were held, by day, with who came; ``kinds`` form → how many, the most frequent first.
        waiting: planned or moved to another day; ``cancelled``: called off.
        people: of the held ones; ``connections`` apart from people, None where nobody counted any.
        schools: from which somebody came; ``activities``: of the programme that held events belong to.
    """

    held: tuple[tuple[EventRow, Turnout], ...]
    kinds: Mapping[str, int]
    waiting: int
    cancelled: int
    people: Coverage
    connections: int | None
    schools: frozenset[int]
    audiences: Mapping[str | None, int]
    activities: int


@dataclass(frozen=True, slots=True)
class BodyLine:
    """What one body did: held meetings, other events, lines of its plan."""

    name: str
    kind: str
    meetings: int
    events: int
    done: int
    late: int


@dataclass(frozen=True, slots=True)
class BodyWork:
    """Bodies of the period; ``protocols``: held meetings that have one."""

    lines: tuple[BodyLine, ...]
    protocols: int

    @property
    def meetings(self) -> int:
        """Return how many meetings were held."""
        return sum(line.meetings for line in self.lines)

    @property
    def events(self) -> int:
        """Return how many other events bodies held."""
        return sum(line.events for line in self.lines)

    @property
    def done(self) -> int:
        """Return how many lines of their plans were done."""
        return sum(line.done for line in self.lines)

    @property
    def late(self) -> int:
        """Return how many lines of their plans are overdue."""
        return sum(line.late for line in self.lines)


@dataclass(frozen=True, slots=True)
class PracticeWork:
    """The bank: what was accepted and taken up in the period, and how much there is in it.

    Attributes:
        accepted: practices accepted in the period; ``products`` likewise; ``authors`` schools they come from.
        bank: accepted practices and products altogether; ``waiting``: proposed ones.
        begun: schools that took something up in the period; ``adopted`` those of them that use it by now.
    """

    accepted: int
    products: int
    authors: int
    bank: int
    waiting: int
    begun: int
    adopted: int


@dataclass(frozen=True, slots=True)
class MentorWork:
    """Mentoring of the period.

    Attributes:
        forms: form → pairs at work; ``begun`` and ``ended`` in the period.
        meetings: held in it; ``met``: pairs that met.
        young: young teachers of the school year by the counts of schools, ``first_year`` and ``mentored`` of them;
            None where no school has told; ``told``: how many schools have.
    """

    forms: Mapping[str, int]
    begun: int
    ended: int
    meetings: int
    met: int
    school_year: int
    young: int | None
    first_year: int | None
    mentored: int | None
    told: int

    @property
    def pairs(self) -> int:
        """Return how many pairs were at work."""
        return sum(self.forms.values())


@dataclass(frozen=True, slots=True)
class StaffLine:
    """What one methodist has entries of; ``name`` is "" for entries without one."""

    name: str
    kinds: Mapping[str, int]
    schools: int
    helped: Coverage
    events: int
    people: Coverage
    connections: int | None


@dataclass(frozen=True, slots=True)
class Work:
    """Everything; ``practices`` and ``mentoring`` speak of the whole service, ``staff`` is empty for one person."""

    help: HelpWork
    events: EventWork
    bodies: BodyWork
    practices: PracticeWork
    mentoring: MentorWork
    staff: tuple[StaffLine, ...]

    @property
    def empty(self) -> bool:
        """Whether the period has neither help nor held events."""
        return not self.help.lines and not self.events.held


def work(connection: Connection, period: Period, day: date, who: str = "") -> Work:
    """Return the figures of a period.

    Args:
        connection: reading connection.
        period: a month or a quarter.
        day: what counts as today: what is overdue is told as of this day, or of the end of a period that is over.
        who: only of this methodist, however the name is spelled; "" for the whole service.
    """
    first, last = period.first.isoformat(), period.last.isoformat()
    test: Test = (lambda name: mentions(name, who)) if who else (lambda _name: True)
    lines = help_journal.listing(connection, period.first, period.last)
    found = work_counts.events(connection, first, last)
    turned = work_turnout.turnout(connection, [row.id for row in found if row.state == "held"])
    steps = work_counts.steps_done(connection, first, last)
    mine = [row for row in found if test(row.methodist)]
    return Work(
        _help([line for line in reversed(lines) if test(line.methodist)], sum(map(test, steps)), day),
        _events(mine, turned),
        _bodies(connection, mine, period, day, test),
        _practices(connection, first, last),
        _mentoring(connection, period),
        () if who else _staff(lines, found, turned),
    )


def people(connection: Connection, also: Sequence[str] = ()) -> list[str]:
    """Return whose report can be asked for: methodists of entries and events, and ``also``; each person once."""
    return distinct(one for text in [*work_counts.methodists(connection), *also] for one in split(text))


# --- help and events ---------------------------------------------------------------------------------------------


def _help(lines: Sequence[HelpLine], steps_done: int, day: date) -> HelpWork:
    by_school: dict[str, list[HelpLine]] = {}
    for line in lines:
        if line.school_id is not None:
            by_school.setdefault(line.school, []).append(line)
    schools = [
        (name, len(own), help_journal.people_of(own), max(line.held_on or "" for line in own))
        for name, own in by_school.items()
    ]  # fmt: skip
    return HelpWork(
        tuple(lines), help_journal.totals(lines, day), sum(bool(line.deficit_id or line.deficit) for line in lines),
        sum(bool(line.next_step or line.next_on) for line in lines), steps_done,
        tuple(sorted(schools, key=lambda row: (-row[1], row[0]))),
    )  # fmt: skip


def _events(rows: Sequence[EventRow], turned: Mapping[int, Turnout]) -> EventWork:
    held = [(row, turned[row.id]) for row in rows if row.state == "held"]
    audiences: Counter[str | None] = Counter()
    for _row, came in held:
        audiences.update(came.audiences)
    return EventWork(
        tuple(held), dict(Counter(row.kind for row, _came in held).most_common()),
        sum(row.state in {"planned", "moved"} for row in rows), sum(row.state == "cancelled" for row in rows),
        of_events(held), _connections(held), frozenset(key for _row, came in held for key in came.schools),
        {key: number for key, number in audiences.items() if number},
        len({row.lineage for row, _came in held if row.lineage is not None}),
    )  # fmt: skip


def of_events(held: Sequence[tuple[EventRow, Turnout]]) -> Coverage:
    """Return the different people of events; an event that nobody counted is silent."""
    return coverage(row for _event, came in held for row in came.attended)


def _connections(held: Sequence[tuple[EventRow, Turnout]]) -> int | None:
    told = [came.connections for _row, came in held if came.connections is not None]
    return sum(told) if told else None


# --- bodies ------------------------------------------------------------------------------------------------------


def _bodies(connection: Connection, rows: Sequence[EventRow], period: Period, day: date, test: Test) -> BodyWork:
    known = work_counts.bodies(connection)
    until = min(period.last, day).isoformat()
    held = [row for row in rows if row.state == "held" and row.body_id in known]
    meetings = Counter(row.body_id for row in held if row.kind == "meeting")
    others = Counter(row.body_id for row in held if row.kind != "meeting")
    items = [item for item in work_counts.plan_items(connection) if test(item.responsible)]
    done = Counter(item.body_id for item in items if period.holds(item.done_on))
    late = Counter(
        item.body_id for item in items
        if item.due_on is not None and _over(item.due_on, period, day) and (item.done_on or "9999") > until
    )  # fmt: skip
    lines = [
        BodyLine(name, kind, meetings[key], others[key], done[key], late[key])
        for key, (name, kind, _since, _until) in known.items()
        if meetings[key] or others[key] or done[key] or late[key]
    ]
    protocols = sum(row.kind == "meeting" and row.document_id is not None for row in held)
    return BodyWork(tuple(lines), protocols)


def _over(due: str, period: Period, day: date) -> bool:
    """Tell whether a term was over at the end of the period, or is over today where the period lasts still."""
    return due <= period.last.isoformat() if period.last < day else due < day.isoformat()


# --- practices and mentoring -------------------------------------------------------------------------------------


def _practices(connection: Connection, first: str, last: str) -> PracticeWork:
    bank = work_counts.practices(connection)
    taken = [row for row in bank if row.state == "accepted"]
    new = [row for row in bank if row.accepted_on is not None and first <= row.accepted_on <= last]
    uses = [row for row in work_counts.uses(connection, first, last) if row.state in {"trying", "adopted"}]
    return PracticeWork(
        sum(row.kind == "practice" for row in new), sum(row.kind == "product" for row in new),
        len({row.school_id for row in new if row.school_id is not None}), len(taken),
        sum(row.state == "proposed" for row in bank),
        len({row.school_id for row in uses if row.school_id is not None}),
        len({row.school_id for row in uses if row.school_id is not None and row.state == "adopted"}),
    )  # fmt: skip


def _mentoring(connection: Connection, period: Period) -> MentorWork:
    first, last = period.first.isoformat(), period.last.isoformat()
    rows = work_counts.pairs(connection)
    met = work_counts.pair_meetings(connection, first, last)
    year = school_years.year_of(period.last)
    young = work_counts.young(connection, year)
    return MentorWork(
        dict(Counter(row.form for row in rows if at_work(row, first, last)).most_common()),
        sum(row.state != "planned" and period.holds(row.date_from) for row in rows),
        sum(row.state in {"ended", "broken"} and period.holds(row.date_to) for row in rows),
        len(met), len(set(met)), year,
        _sum([row.young for row in young]), _sum([row.first_year for row in young]),
        _sum([row.mentored for row in young]), sum(row.young is not None for row in young),
    )  # fmt: skip


def at_work(row: PairRow, first: str, last: str) -> bool:
    """Tell whether a pair was at work in a span; one that ended on an unknown day was not, as far as anybody knows."""
    if row.state == "planned" or (row.date_from or "") > last:
        return False
    if row.date_to is None:
        return row.state == "active"
    return row.date_to >= first


def _sum(numbers: Sequence[int | None]) -> int | None:
    told = [number for number in numbers if number is not None]
    return sum(told) if told else None


# --- by methodist ------------------------------------------------------------------------------------------------


def _staff(lines: Sequence[HelpLine], rows: Sequence[EventRow], turned: Mapping[int, Turnout]) -> tuple[StaffLine, ...]:
    held = [(row, turned[row.id]) for row in rows if row.state == "held"]
    named = [line.methodist for line in lines] + [row.methodist or "" for row, _came in held]
    names = distinct(one for text in named for one in split(text))
    found = [_member(name, lines, held) for name in names]
    return (*found, *(line for line in (_member("", lines, held),) if line.kinds or line.events))


def _member(name: str, lines: Sequence[HelpLine], held: Sequence[tuple[EventRow, Turnout]]) -> StaffLine:
    def own(written: str | None) -> bool:
        return mentions(written, name) if name else not split(written or "")

    mine = [line for line in lines if own(line.methodist)]
    events = [pair for pair in held if own(pair[0].methodist)]
    schools = {line.school_id for line in mine if line.school_id is not None}
    return StaffLine(
        name, Counter(line.kind for line in mine), len(schools), help_journal.people_of(mine), len(events),
        of_events(events), _connections(events),
    )  # fmt: skip
