"""Dynamics of results over the years: schools, groups, the municipality; supported schools beside similar ones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from app.errors import UserError
from app.models import frames, metrics, organisations, registry, results, settings, support_facts
from app.models.organisations import School
from app.models.records import PROCEDURES, Assessment, Procedure
from app.models.store import Connection
from app.models.support_facts import SupportFact
from app.operations import identification, indices

if TYPE_CHECKING:
    from app.analysis.change import Tally
    from app.analysis.dynamics import ByItself, Cells, Comparison, SideBySide, Traits

LineKind = Literal["school", "group", "municipality", "region"]
Works = Literal["all"] | Procedure | Assessment
"""Which works are counted: all, those of one procedure, one work."""

MOST_YEARS, USUAL_YEARS = 5, 5
CITY, VILLAGE = "Школы города и посёлка", "Школы села"
TOGETHER, REGION = "Муниципалитет", "Регион"


@dataclass(frozen=True, slots=True)
class DynamicsLine:
    """A school, a group of schools or the municipality.

    Attributes:
        key: id of the school, name of the group, "" for the municipality.
        schools: members with results; of a school itself.
        of_schools: how many members there are.
        counts: result year → participants below minimum over all chosen works of that year.
        year_change: the last year against the one before; None where one of them has nothing.
        change: the last year against the first of the line.
        by_itself: what chance alone let expect of ``change``; None with too few schools.
        note: «закрыта» and the like.
    """

    kind: LineKind
    key: int | str
    name: str
    schools: tuple[int, ...]
    of_schools: int
    counts: Mapping[int, Tally]
    year_change: Comparison | None
    change: Comparison | None
    by_itself: ByItself | None
    listed: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class DynamicsTable:
    """Everything the view shows.

    Attributes:
        year: the last result year.
        years: result years, the earliest first.
        groups: own groups first, then those made by settlement, then the listed schools of the year before.
    """

    year: int
    years: tuple[int, ...]
    works: Works
    schools: tuple[DynamicsLine, ...]
    groups: tuple[DynamicsLine, ...]
    municipality: DynamicsLine
    region: DynamicsLine | None
    known_works: tuple[Assessment, ...]

    def line(self, kind: LineKind, key: int | str) -> DynamicsLine | None:
        """Return a line."""
        if kind in {"municipality", "region"}:
            return self.municipality if kind == "municipality" else self.region
        lines = self.schools if kind == "school" else self.groups
        return next((line for line in lines if line.key == key), None)

    @property
    def lines(self) -> tuple[DynamicsLine, ...]:
        """Return all lines, the widest first."""
        region = () if self.region is None else (self.region,)
        return (*region, self.municipality, *self.groups, *self.schools)


@dataclass(frozen=True, slots=True)
class _Read:
    connection: Connection
    years: tuple[int, ...]
    cells: Mapping[int, Cells]
    biased: frozenset[tuple[int, int]]
    names: Mapping[int, School]


def year_choice(connection: Connection) -> tuple[int, ...]:
    """Return the result years of the file, the newest first."""
    return tuple(results.years(connection))


def table(
    connection: Connection, year: int | None = None, years: int = USUAL_YEARS, *, works: Works = "all"
) -> DynamicsTable:
    """Return the dynamics up to a result year.

    Args:
        connection: reading connection.
        year: the last result year; the newest when omitted.
        years: at most so many calendar years, from 2 to 5.
        works: which works are counted.

    Raises:
        UserError: ``MON_NO_RESULTS``; ``MON_NO_RESULT_YEAR``.
    """
    from app.analysis import dynamics as analysis

    last = _last(connection, year)
    chosen = tuple(one for one in reversed(year_choice(connection)) if last - max(2, years) < one <= last)
    read = _read(connection, chosen, works)
    own = list(organisations.listing(connection))
    listed = _listed(connection, chosen[-1])
    lines = [
        _line(read, "school", school.id, school.shown, (school.id,), listed=school.id in listed, note=_note(school))
        for school in own
        if school.status == "active" or any((school.id in _with(read.cells[one])) for one in chosen)
    ]
    everyone = tuple(school.id for school in own)
    known = {work.assessment for one in chosen for _school, work in analysis.of(read.cells[one], everyone)}
    if works != "all":
        known |= set(_works(connection, chosen))
    return DynamicsTable(
        last, chosen, works, tuple(lines), tuple(_groups(read, own, chosen)),
        _line(read, "municipality", "", TOGETHER, everyone), _region(connection, chosen, works),
        tuple(sorted(known, key=lambda work: (PROCEDURES.index(work.procedure), work.label))),
    )  # fmt: skip


def _last(connection: Connection, year: int | None) -> int:
    known = year_choice(connection)
    if not known:
        raise UserError("MON_NO_RESULTS")
    if year is not None and year not in known:
        raise UserError("MON_NO_RESULT_YEAR", year=year, known=", ".join(map(str, known)))
    return year or known[0]


def _read(connection: Connection, years: tuple[int, ...], works: Works) -> _Read:
    from app.analysis.dynamics import cells_of

    found = cells_of(frames.mark_frame(connection, years), years)
    cells = {
        year: {key: tally for key, tally in one.items() if _wanted(key[1].assessment, works)}
        for year, one in found.items()
    }
    names = {school.id: school for school in organisations.listing(connection)}
    return _Read(connection, years, cells, _biased(connection, years), names)


def _wanted(assessment: Assessment, works: Works) -> bool:
    if isinstance(works, Assessment):
        return assessment == works
    return works in {"all", assessment.procedure}


def _works(connection: Connection, years: Sequence[int]) -> set[Assessment]:
    from app.analysis.dynamics import cells_of

    found = cells_of(frames.mark_frame(connection, tuple(years)), years)
    return {work.assessment for cells in found.values() for _school, work in cells}


def _biased(connection: Connection, years: Iterable[int]) -> frozenset[tuple[int, int]]:
    """Return (school, year) with markers of biased results."""
    from app.operations.pairs import markers

    return frozenset((school, year) for year in years for school, number in markers(connection, year).items() if number)


def _with(cells: Cells) -> set[int]:
    return {school for school, _work in cells}


def _note(school: School) -> str:
    return "" if school.status == "active" else {"closed": "закрыта", "reorganised": "реорганизована"}.get(
        school.status, ""
    )  # fmt: skip


def _listed(connection: Connection, year: int) -> frozenset[int]:
    """Return the schools in the list of a result year, by the rule of the settings."""
    rule_id = settings.get(connection, "rule")
    if rule_id not in identification.rules(connection):
        return frozenset()
    found = identification.school_list(connection, rule_id, year, with_change=False)
    return frozenset(row.school_id for row in found.rows if row.listed)


def _line(
    read: _Read, kind: LineKind, key: int | str, name: str, schools: Sequence[int], *, listed: bool = False,
    note: str = "",
) -> DynamicsLine:  # fmt: skip
    from app.analysis import change, dynamics

    mine = {year: dynamics.of(read.cells[year], schools) for year in read.years}
    counts = {year: change.total(cells.values()) for year, cells in mine.items() if cells}
    known = sorted(counts)
    last = read.years[-1]
    whole = year_change = None
    if len(known) > 1 and known[-1] == last:
        whole = dynamics.compare(mine[known[0]], mine[last], (known[0], last), read.biased)
        year_change = dynamics.compare(mine[known[-2]], mine[last], (known[-2], last), read.biased)
    alone = None if whole is None else dynamics.by_itself(whole, read.cells[whole.year_from])
    inside = {school for cells in mine.values() for school, _work in cells}
    return DynamicsLine(
        kind, key, name, tuple(sorted(inside)), len(schools), counts, year_change, whole, alone, listed, note
    )


def _groups(read: _Read, own: Sequence[School], years: Sequence[int]) -> Iterable[DynamicsLine]:
    """Yield own groups, schools by settlement, and the listed ones of the year before."""
    mine = {school.id for school in own}
    for name, members in registry.groups(read.connection).items():
        if members & mine:
            yield _line(read, "group", name, name, sorted(members & mine))
    cities = [school.id for school in own if school.settlement_kind in {"city", "town"}]
    villages = [school.id for school in own if school.settlement_kind == "village"]
    for name, found in ((CITY, cities), (VILLAGE, villages)):
        if cities and villages:
            yield _line(read, "group", name, name, found)
    if len(years) > 1:
        before = sorted(_listed(read.connection, years[-2]) & mine)
        if before:
            yield _line(read, "group", f"listed:{years[-2]}", f"В списке по результатам {years[-2]} года", before)


def _region(connection: Connection, years: tuple[int, ...], works: Works) -> DynamicsLine | None:
    """Return the region as the files give it, None where they say nothing of it."""
    from app.analysis.dynamics import cells_of

    frame = frames.area_frame(connection, years, "region")
    if frame is None or frame.empty:
        return None
    cells = {
        year: {key: tally for key, tally in one.items() if _wanted(key[1].assessment, works)}
        for year, one in cells_of(frame, years).items()
    }
    keys = {school for one in cells.values() for school, _work in one}
    read = _Read(connection, years, cells, frozenset(), {})
    return _line(read, "region", "", REGION, sorted(keys)) if keys else None


# --- supported schools beside similar ones -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SupportTable:
    """Listed schools that had support beside similar schools that had none.

    Attributes:
        year_from, year: both result years.
        school_years: in which support is looked for.
        sides: the pairs and their sums.
        facts: school → its support.
        names: school → shown name.
        listed: how many schools were in the list of ``year_from``; ``supported`` of them had support.
        others: how many schools had no support at all and have results.
    """

    year_from: int
    year: int
    school_years: tuple[int, ...]
    sides: SideBySide
    facts: Mapping[int, tuple[SupportFact, ...]]
    names: Mapping[int, str]
    listed: int
    supported: int
    others: int
    everyone: bool = False

    def by(self, school_id: int) -> tuple[str, ...]:
        """Return who supported a school, each once."""
        return tuple(dict.fromkeys(fact.by for fact in self.facts.get(school_id, ()) if fact.by))


def supported_against_similar(
    connection: Connection, year: int | None = None, *, year_from: int | None = None, works: Works = "all",
    everyone: bool = False,
) -> SupportTable:  # fmt: skip
    """Return listed schools with support beside similar ones without any.

    Support counts where it took place in the school years between the two results: after the results of ``year_from``
    (school year ``year_from``) and before those of ``year``. Only own schools are compared: of others nobody knows
    whether they had support.

    Args:
        connection: reading connection.
        year: the last result year; the newest when omitted.
        year_from: the result year before support; the one before ``year`` when omitted.
        works: which works are counted.
        everyone: every school with support, not only those of the list.

    Raises:
        UserError: ``MON_NO_RESULTS``, ``MON_NO_RESULT_YEAR``, ``MON_NO_YEAR_BEFORE``.
    """
    from app.analysis.dynamics import side_by_side

    last = _last(connection, year)
    earlier = [one for one in year_choice(connection) if one < last]
    first = year_from if year_from is not None else next(iter(earlier), None)
    if first is None or first not in earlier:
        raise UserError("MON_NO_YEAR_BEFORE", year=last)
    read = _read(connection, (first, last), works)
    school_years = tuple(range(first, last))
    facts: dict[int, list[SupportFact]] = {}
    for fact in support_facts.facts(connection, school_years):
        facts.setdefault(fact.school_id, []).append(fact)
    own = [school for school in read.names.values() if school.status == "active"]
    listed = _listed(connection, first)
    with_support = [s for s in own if s.id in facts and (everyone or s.id in listed)]
    known = _with(read.cells[first]) & _with(read.cells[last])
    without = [school for school in own if school.id not in facts and school.id in known]
    traits = _traits(connection, [*with_support, *without], first)
    sides = side_by_side(
        [traits[school.id] for school in with_support], [traits[school.id] for school in without],
        read.cells[first], read.cells[last], (first, last),
    )  # fmt: skip
    return SupportTable(
        first, last, school_years, sides, {key: tuple(found) for key, found in facts.items()},
        {school.id: school.shown for school in own}, sum(school.id in listed for school in own),
        len(with_support), len(without), everyone,
    )  # fmt: skip


def _traits(connection: Connection, schools: Sequence[School], result_year: int) -> dict[int, Traits]:
    """Return in what schools are compared: context, type, settlement, size of the school year of the first results."""
    from app.analysis.dynamics import Traits
    from app.operations import pairs

    context = indices.school_year_of(result_year)
    try:
        index = indices.values(connection, pairs.definition(connection).context, context, [s.id for s in schools])
    except UserError:  # an index that the settings name and nobody has: schools are compared without it
        index = {}
    found = metrics.values(connection, (context,), ("pupils",))
    pupils = {school: value.part for (school, _year, _name), value in found.items()}
    return {
        school.id: Traits(
            school.id, index.get(school.id), school.school_type, school.settlement_kind, pupils.get(school.id)
        )
        for school in schools
    }
