"""Support of schools in one school year: everything in numbers, everything of one school (issue F, 7)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from app import clock
from app.errors import UserError
from app.models import organisations, results, settings
from app.models.store import Connection
from app.models.ties import Tie
from app.operations import identification, registers
from app.operations import support_needs as need_rows
from app.operations import support_offers as offers
from app.operations import support_partners as partners
from app.operations import support_platforms as platform_rows
from app.operations import support_risks as risk_rows
from app.operations.register_catalogue import SUPPORT_WORDS
from app.operations.support_needs import Deficit
from app.operations.support_partners import Duty, Partnership, Supporter
from app.operations.support_platforms import Platform
from app.operations.support_risks import Risks, SelfCheck


@dataclass(frozen=True, slots=True)
class SupportLine:
    """One line of the support card; ``late``: its end is past and it is not done."""

    id: int
    school_id: int | None
    school: str
    deficit: str
    offer: str
    provider: str
    platform_id: int | None
    form: str
    date_from: str | None
    date_to: str | None
    responsible: str
    state: str
    result: str
    late: bool

    @property
    def word(self) -> str:
        """Return the state in words; what is late says so."""
        return "срок прошёл" if self.late else SUPPORT_WORDS[self.state]


@dataclass(frozen=True, slots=True)
class Listed:
    """The schools of the list in force: computed by the file's rule, or approved; none where there are no results."""

    result_year: int | None
    schools: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Summary:
    """Support of a school year in whole counts; None where nothing says a number.

    Attributes:
        listed: schools of the list.
        agreements: in force; ``unnumbered`` and ``expired`` of them; ``receivers`` schools that have one.
        events, held, participants: joint events of all agreements.
        untaken: agreements of «Кто поможет» that the register does not name.
        people: tutors and curators; ``led`` listed schools that somebody leads that day; ``load`` most schools of one.
        platforms, measures, measured: platforms, their indicators in all, those that have a value.
        deficits: lines; ``closed`` of them by the card; ``deficit_people`` None where nobody was counted.
        lines: the card by state; ``late`` of them.
        courses: people trained.
        factors: of the received profile that ask for a measure or have one; ``covered`` of them.
        measured_risks: measures by state; ``late_risks`` of them.
        self_checked: schools with a level or points of the self-diagnosis this year.
    """

    school_year: int
    listed: tuple[int, ...]
    result_year: int | None
    agreements: int
    unnumbered: int
    expired: int
    receivers: tuple[int, ...]
    events: int
    held: int
    participants: int | None
    untaken: int
    people: int
    led: int
    load: int
    platforms: int
    measures: int
    measured: int
    deficits: int
    closed: int
    deficit_people: int | None
    deficit_schools: int
    plans: tuple[need_rows.PlanTotal, ...]
    lines: Mapping[str, int]
    late: int
    courses: int
    course_schools: tuple[int, ...]
    factors: int
    covered: int
    measured_risks: Mapping[str, int]
    late_risks: int
    self_checked: int
    schools: int

    @property
    def listed_with_agreement(self) -> int:
        """Return how many schools of the list have an agreement in force."""
        return sum(key in self.receivers for key in self.listed)

    @property
    def listed_with_courses(self) -> int:
        """Return how many schools of the list had people trained."""
        return sum(key in self.course_schools for key in self.listed)


@dataclass(frozen=True, slots=True)
class SchoolSupport:
    """Everything about the support of one school in a school year."""

    school_id: int
    school: str
    school_year: int
    receives: tuple[Partnership, ...]
    gives: tuple[Partnership, ...]
    supporters: tuple[tuple[str, Duty], ...]
    platforms: tuple[Platform, ...]
    deficits: tuple[Deficit, ...]
    waiting: tuple[offers.Need, ...]
    lines: tuple[SupportLine, ...]
    plans: tuple[Mapping[str, Any], ...]
    course_people: int | None
    risks: Risks
    directions: Mapping[str, Mapping[int, str]]


# --- the list ----------------------------------------------------------------------------------------------------


def listed(connection: Connection, year: int) -> Listed:
    """Return the schools of the list whose results are known in a school year: the latest not after its end."""
    known = [one for one in results.years(connection) if one <= year + 1]
    if not known:
        return Listed(None, {})
    try:
        found = identification.school_list(connection, settings.get(connection, "rule"), max(known), with_change=False)
    except UserError:
        # the file's rule is gone: the page of the list says so, here the list is only unknown
        return Listed(None, {})
    return Listed(found.year, {row.school_id: row.name for row in found.rows if row.listed})


# --- the card ----------------------------------------------------------------------------------------------------


def lines(connection: Connection, year: int, day: date, school_id: int | None = None) -> tuple[SupportLine, ...]:
    """Return the lines of the support card of a school year.

    Args:
        connection: reading connection.
        year: first calendar year of the school year.
        day: the day on which a line is late or not.
        school_id: only of this canonical school.
    """
    shown, today = partners.names(connection), day.isoformat()
    rows = registers.rows(connection, "support", school_year=year)
    found = [_line(row, shown, today) for row in rows if school_id in {None, row["organisation_id"]}]
    rank = partners.ranks(shown)
    return tuple(sorted(found, key=lambda line: (rank.get(line.school_id, len(rank)), line.deficit, line.id)))


def _line(row: Mapping[str, Any], shown: Mapping[int, str], day: str) -> SupportLine:
    key, end = row["organisation_id"], row["date_to"]
    late = row["state"] in {"planned", "running"} and end is not None and end < day
    return SupportLine(
        row["id"], key, shown.get(key or 0, ""), row["deficit"] or "", row["offer"] or "", row["provider"] or "",
        row["platform_id"], row["form"] or "", row["date_from"], end,
        row["responsible"] or "", row["state"], row["result"] or "", late,
    )  # fmt: skip


# --- everything --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Board:
    """Everything about support in one school year, read once: what the page shows and the numbers are made of."""

    school_year: int
    day: date
    listed: Listed
    names: Mapping[int, str]
    agreements: tuple[Partnership, ...]
    untaken: tuple[Tie, ...]
    people: tuple[Supporter, ...]
    platforms: tuple[Platform, ...]
    deficits: tuple[Deficit, ...]
    needs: tuple[offers.Need, ...]
    lines: tuple[SupportLine, ...]
    plans: tuple[need_rows.PlanTotal, ...]
    courses: need_rows.CourseTotals
    risks: Risks
    self_check: SelfCheck

    @property
    def force(self) -> tuple[Partnership, ...]:
        """Return the agreements in force."""
        return tuple(item for item in self.agreements if item.shown in partners.IN_FORCE)

    @property
    def leading(self) -> tuple[Supporter, ...]:
        """Return who leads a school on the day: a duty that is over leads nobody."""
        return partners.on_day(self.people, self.school_year, self.day)

    @property
    def receivers(self) -> tuple[int, ...]:
        """Return the schools that have an agreement in force, each once."""
        return tuple(dict.fromkeys(item.receiver_id for item in self.force if item.receiver_id is not None))


def board(connection: Connection, school_year: int, day: date | None = None) -> Board:
    """Return everything about support in a school year.

    Args:
        connection: reading connection.
        school_year: its first calendar year.
        day: on which terms are over or not; today where it is not given.
    """
    year, on = school_year, day or clock.today()
    return Board(
        year, on, listed(connection, year), partners.names(connection), partners.partnerships(connection, year, on),
        partners.untaken_ties(connection, year), partners.supporters(connection, year),
        platform_rows.platforms(connection, year), need_rows.deficits(connection, year),
        offers.needs(connection, year, on), lines(connection, year, on), need_rows.plans(connection, year),
        need_rows.course_totals(connection, year), risk_rows.risks(connection, year, on),
        risk_rows.self_check(connection, year),
    )  # fmt: skip


def summary(connection: Connection, school_year: int, day: date | None = None) -> Summary:
    """Return the support of a school year in numbers; see ``board`` for the arguments."""
    return summed(board(connection, school_year, day))


def summed(found: Board) -> Summary:
    """Return the numbers of a board."""
    force, on_list = found.force, found.listed.schools
    told = [item for item in found.risks.factors if item.significance in risk_rows.ASKED or item.measures]
    return Summary(
        school_year=found.school_year,
        listed=tuple(on_list),
        result_year=found.listed.result_year,
        agreements=len(force),
        unnumbered=sum(item.shown == "unnumbered" for item in force),
        expired=sum(item.shown == "expired" for item in force),
        receivers=found.receivers,
        events=sum(len(item.events) for item in found.agreements),
        held=sum(item.held for item in found.agreements),
        participants=need_rows.total(item.participants for item in found.agreements),
        untaken=len(found.untaken),
        people=len(found.people),
        led=len(on_list) - len(partners.without_supporter(found.leading, on_list)),
        load=max((len(item.schools) for item in found.people), default=0),
        platforms=len(found.platforms),
        measures=sum(len(item.lines) for item in found.platforms),
        measured=sum(item.filled for item in found.platforms),
        deficits=len(found.deficits),
        closed=len(found.deficits) - len(found.needs),
        deficit_people=need_rows.total(item.people for item in found.deficits),
        deficit_schools=len({item.school_id for item in found.deficits if item.school_id is not None}),
        plans=found.plans,
        lines=dict(Counter(item.state for item in found.lines)),
        late=sum(item.late for item in found.lines),
        courses=found.courses.people,
        course_schools=tuple(key for key in found.courses.schools if key is not None),
        factors=len(told),
        covered=sum(bool(item.measures) for item in told),
        measured_risks=dict(Counter(item.state for item in found.risks.measures)),
        late_risks=found.risks.late,
        self_checked=found.self_check.known,
        schools=len(found.self_check.lines),
    )


def of_school(
    connection: Connection, school_id: int, school_year: int, day: date | None = None
) -> SchoolSupport:  # fmt: skip
    """Return everything about the support of a school in a school year.

    A merged record gives that of its canonical school.

    Raises:
        UserError: ``GEN_NO_SCHOOL``.
    """
    year, on = school_year, day or clock.today()
    key = organisations.canonical(connection, school_id)
    school = organisations.get(connection, key)
    if school is None:
        raise UserError("GEN_NO_SCHOOL", query=school_id)
    agreements = partners.partnerships(connection, year, on)
    card = lines(connection, year, on, key)
    mine = {line.platform_id for line in card}
    platforms = platform_rows.platforms(connection, year)
    people = partners.supporters(connection, year)
    plans = registers.rows(connection, "plans", school_year=year)
    return SchoolSupport(
        school_id=key,
        school=school.shown,
        school_year=year,
        receives=tuple(item for item in agreements if item.receiver_id == key),
        gives=tuple(item for item in agreements if item.donor_id == key),
        supporters=tuple((item.name, duty) for item in people for duty in item.duties if duty.school_id == key),
        platforms=tuple(item for item in platforms if item.id in mine or item.organisation_id == key),
        deficits=tuple(item for item in need_rows.deficits(connection, year) if item.school_id == key),
        waiting=offers.needs(connection, year, on, key),
        lines=card,
        plans=tuple(row for row in plans if row["organisation_id"] == key),
        course_people=need_rows.course_totals(connection, year).schools.get(key),
        risks=risk_rows.risks(connection, year, on, key),
        directions=risk_rows.directions(connection, key, year),
    )
