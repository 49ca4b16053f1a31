"""Charts of results of a school or of the whole municipality, made from what the file holds (issue C, point 7)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from app.analysis.intervals import wilson
from app.models import registry, result_totals, results, settings
from app.models.organisations import School
from app.models.records import Assessment
from app.models.result_totals import JournalTotal, MarkTotal
from app.models.store import Connection
from app.operations import externals, identification, schools
from app.texts import count

if TYPE_CHECKING:
    from app.reports.charts import ChartSpec
    from app.reports.result_charts import Counted

Kind = Literal["dynamics", "zones", "marks", "heat", "journal", "risks", "radar"]

KINDS: dict[Kind, str] = {
    "dynamics": "Динамика",
    "zones": "Школы по доле «2»",
    "marks": "Отметки",
    "heat": "Школы и процедуры",
    "journal": "Сравнение с журналом",
    "risks": "Рисковый профиль",
    "radar": "Риски звездой",
}
OF_SCHOOL: frozenset[Kind] = frozenset({"risks", "radar"})
"""Charts that are of one school only."""
YEARS, LINES, COLUMNS, ROWS = 5, 4, 12, 40
"""At most so many years, lines without a chosen work, columns and rows of a heat map."""
SCHOOLS = 6
"""At most so many schools as lines of their own."""
ZONES = (10, 20, 30)
"""Bounds of the zones of the share of «2», per cent (ours)."""
TOGETHER, REGION = "муниципалитет", "регион"


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be chosen.

    Attributes:
        schools: own ones, in the order of the registry.
        groups: saved groups with their own schools.
        works: all that own schools have counts of, the most common first.
        years: result years, the newest first.
    """

    schools: tuple[School, ...]
    works: tuple[Assessment, ...]
    years: tuple[int, ...]
    groups: tuple[tuple[str, frozenset[int]], ...] = ()


def choices(connection: Connection) -> Choices:
    """Return what can be chosen for a chart."""
    works: Counter[Assessment] = Counter()
    for total in result_totals.of_schools(connection):
        works[total.assessment] += 1
    common = tuple(sorted(works, key=lambda work: (-works[work], work.label)))
    own = tuple(schools.listing(connection))
    mine = {school.id for school in own}
    groups = tuple((name, keys & mine) for name, keys in registry.groups(connection).items() if keys & mine)
    return Choices(own, common, tuple(results.years(connection)), groups)


def chart(
    connection: Connection, kind: Kind, *, school_id: int | None = None, work: Assessment | None = None,
    year: int | None = None, since: int | None = None, among: Collection[int] = (), name: str = "",
) -> ChartSpec:  # fmt: skip
    """Return one chart as data.

    Args:
        connection: reading connection.
        kind: which chart.
        school_id: of one school; None is of all own schools together.
        work: of one procedure, subject and grade; None is of the most common ones.
        year: the result year of charts of one year, the last one of charts of several; the newest when omitted.
        since: the first result year of charts of several; ``YEARS`` years back when omitted.
        among: of these schools only, instead of ``school_id``.
        name: of the group that ``among`` is; "" where they were chosen one by one.

    Raises:
        UserError: ``DATA_NO_SCHOOL`` where there is no such school.
    """
    if school_id is None and len(among) == 1 and not name:
        school_id, among = next(iter(among)), ()
    whose = "все школы" if school_id is None else schools.card(connection, school_id).school.shown
    if among:
        whose = name or count(len(among), "школа", "школы", "школ")
    last = year or next(iter(results.years(connection)), None)
    asked = _Asked(connection, school_id, work, last, whose, since, tuple(among), name, bool(year))
    match kind:
        case "dynamics":
            return _dynamics(asked)
        case "zones":
            return _zones(asked)
        case "marks":
            return _marks(asked)
        case "heat":
            return _heat_of_school(asked) if school_id is not None else _heat(asked)
        case "journal":
            return _journal(asked)
        case "risks" | "radar":
            return _risks(asked, star=kind == "radar")


@dataclass(frozen=True, slots=True)
class _Asked:
    connection: Connection
    school_id: int | None
    work: Assessment | None
    year: int | None
    whose: str
    since: int | None = None
    among: tuple[int, ...] = ()
    group: str = ""
    till: bool = False

    @property
    def scope(self) -> int | tuple[int, ...] | None:
        """Whose counts are read."""
        return self.among or self.school_id

    def within(self, labels: Iterable[str]) -> list[str]:
        """Return the labels («2025», «2020, осень») of the chosen years, at most ``YEARS`` where nobody chose."""
        last = self.year if self.till else None
        known = [one for one in labels if (self.since or 0) <= int(one[:4]) <= (last or 9999)]
        return known if self.since else known[-YEARS:]

    def title(self, words: str) -> str:
        """Return «Ниже минимума: ВПР математика, 6 кл., СОШ № 3»."""
        return f"{words}: {self.work.label}, {self.whose}" if self.work else f"{words}, {self.whose}"


def threshold(connection: Connection) -> tuple[int, int] | None:
    """Return the threshold of the rule that the settings name, None where it has none."""
    rule_id = settings.get(connection, "rule")
    rule = identification.rules(connection).get(rule_id)
    return rule.threshold if rule else None


def _label(total: MarkTotal | JournalTotal) -> str:
    return f"{total.year}, осень" if total.autumn else str(total.year)


def _counted(total: MarkTotal, link: int | None = None) -> Counted | None:
    from app.reports.result_charts import Counted

    if total.below is None or not total.participants:
        return None
    interval = wilson(total.below, total.participants)
    return Counted(total.below, total.participants, (interval.low, interval.high) if interval else None, link)


def _by_year(totals: Iterable[MarkTotal], link: int | None = None) -> dict[str, Counted]:
    found = {_label(total): _counted(total, link) for total in totals}
    return {label: counted for label, counted in found.items() if counted is not None}


def _about(totals: Iterable[MarkTotal], work: Assessment) -> list[MarkTotal]:
    return [total for total in totals if total.assessment == work]


def _lines(asked: _Asked) -> list[tuple[str, dict[str, Counted]]]:
    own = result_totals.of_schools(asked.connection, asked.scope)
    if asked.work is None:
        common = _common(own)
        return [(work.label, _by_year(_about(own, work), asked.school_id)) for work in common]
    lines = [(asked.whose, _by_year(_about(own, asked.work), asked.school_id))]
    if asked.among and not asked.group:
        # several schools chosen one by one are lines of their own
        lines = [
            (schools.card(asked.connection, key).school.shown,
             _by_year(_about(result_totals.of_schools(asked.connection, key), asked.work), key))
            for key in asked.among[:SCHOOLS]
        ]  # fmt: skip
    if asked.scope is not None:
        together = result_totals.of_schools(asked.connection)
        lines.append((TOGETHER, _by_year(_about(together, asked.work))))
    lines.append((REGION, _by_year(_about(result_totals.of_area(asked.connection, "region"), asked.work))))
    return [(name, counts) for name, counts in lines if counts]


def _common(totals: Sequence[MarkTotal], most: int = LINES) -> list[Assessment]:
    """Return the works with most years, of these the ones with most participants."""
    years: Counter[Assessment] = Counter()
    people: Counter[Assessment] = Counter()
    for total in totals:
        if total.below is not None:
            years[total.assessment] += 1
            people[total.assessment] += total.participants
    found = sorted(years, key=lambda work: (-years[work], -people[work], work.label))[:most]
    return sorted(found, key=lambda work: work.label)


def _dynamics(asked: _Asked) -> ChartSpec:
    from app.reports import result_charts as maker

    lines = _lines(asked)
    labels = sorted({label for _name, counts in lines for label in counts})
    if len(labels) > 1 and all(label.isdigit() for label in labels):
        # a year between two others that nobody has counts of is a gap, too
        labels = [str(value) for value in range(int(labels[0]), int(labels[-1]) + 1)]
    labels = asked.within(labels)
    lines = [(name, {label: counts[label] for label in labels if label in counts}) for name, counts in lines]
    title = asked.title("Ниже минимума, %")
    return maker.dynamics(title, labels, lines or [(asked.whose, {})], threshold(asked.connection))


def _zones(asked: _Asked) -> ChartSpec:
    """Return how many schools stand in each zone of the share of «2», by year; shares by whole counts."""
    from app.reports import programme_charts as maker

    own = {school.id for school in schools.listing(asked.connection)}
    own &= set(asked.among) or ({asked.school_id} if asked.school_id is not None else own)
    rows = []
    for label in asked.within(sorted(map(str, results.years(asked.connection)))):
        sums: dict[int, tuple[int, int]] = {}
        for total in result_totals.by_school(asked.connection, int(label)):
            if total.below is None or not total.participants or asked.work not in {None, total.assessment}:
                continue
            if total.key in own and not total.autumn:
                below, of = sums.get(total.key, (0, 0))
                sums[total.key] = below + total.below, of + total.participants
        counts = [0] * (len(ZONES) + 1)
        for below, of in sums.values():
            counts[sum(below * 100 >= bound * of for bound in ZONES)] += 1
        rows.append((label, counts))
    note = "По всем работам года вместе." if asked.work is None else ""
    return maker.zones(asked.title("Школы по доле «2»"), rows, ZONES, note)


def _marks(asked: _Asked) -> ChartSpec:
    from app.reports import result_charts as maker

    own = result_totals.of_schools(asked.connection, asked.scope)
    if asked.work is None:
        of_year = [total for total in own if total.year == asked.year and not total.autumn]
        works = [(total.assessment.label, total.marks) for total in of_year if total.marks]
        return maker.marks(asked.title(f"Отметки, {asked.year or ''}"), works[:COLUMNS])
    mine = [total for total in _about(own, asked.work) if total.marks]
    rows: list[tuple[str, tuple[int, ...] | None]] = []
    chosen = set(asked.within(_label(total) for total in mine))
    rows += [(_label(total), total.marks) for total in mine if _label(total) in chosen]
    shown = {total.year for total in mine if _label(total) in chosen}
    above = [(TOGETHER, result_totals.of_schools(asked.connection))] if asked.scope is not None else []
    above.append((REGION, result_totals.of_area(asked.connection, "region")))
    for name, totals in above:
        last = [total for total in _about(totals, asked.work) if total.marks and total.year in shown][-1:]
        rows += [(f"{name}, {_label(total)}", total.marks) for total in last]
    return maker.marks(asked.title("Отметки"), rows)


def _heat(asked: _Asked) -> ChartSpec:
    from app.reports import result_charts as maker

    totals = [] if asked.year is None else result_totals.by_school(asked.connection, asked.year)
    totals = [total for total in totals if not total.autumn and (asked.work in {None, total.assessment})]
    if asked.among:
        totals = [total for total in totals if total.key in asked.among]
    works = _common_of_schools(totals)
    names = {school.id: school.shown for school in schools.listing(asked.connection)}
    edge = threshold(asked.connection) or (30, 100)
    found: dict[int, dict[Assessment, Counted]] = {}
    for total in totals:
        counted = _counted(total, total.key)
        if counted is not None and total.assessment in works and total.key in names:
            found.setdefault(total.key, {})[total.assessment] = counted
    order = sorted(found, key=lambda key: (-_over(found[key], edge), -_worst(found[key]), names[key]))[:ROWS]
    cells = {
        (row, column): found[key][work]
        for row, key in enumerate(order)
        for column, work in enumerate(works)
        if work in found[key]
    }
    note = "" if len(found) <= ROWS else f"Показаны {ROWS} из {count(len(found), 'школы', 'школ', 'школ')}: худшие."
    title = f"Ниже минимума по школам и процедурам, {asked.year}, %" if asked.year else "Ниже минимума"
    title += f", {asked.whose}" if asked.among else ""
    return maker.heat(title, [(names[key], key) for key in order], [work.label for work in works], cells, edge, note)


def _common_of_schools(totals: Sequence[MarkTotal]) -> list[Assessment]:
    seats = Counter(total.assessment for total in totals if total.below is not None)
    found = sorted(seats, key=lambda work: (-seats[work], work.label))[:COLUMNS]
    return sorted(found, key=lambda work: work.label)


def _over(counts: Mapping[Assessment, Counted], edge: tuple[int, int]) -> int:
    """Return how many works reach the threshold, in whole numbers."""
    return sum(item.below * edge[1] >= item.of * edge[0] for item in counts.values())


def _worst(counts: Mapping[Assessment, Counted]) -> float:
    return max(item.below / item.of for item in counts.values())


def _heat_of_school(asked: _Asked) -> ChartSpec:
    """Return years × procedures of one school."""
    from app.reports import result_charts as maker

    totals = result_totals.of_schools(asked.connection, asked.school_id)
    works = [asked.work] if asked.work else _common(totals, COLUMNS)
    labels = asked.within(sorted({_label(total) for total in totals}))
    cells = {}
    for total in totals:
        counted = _counted(total, asked.school_id)
        if counted is not None and total.assessment in works and _label(total) in labels:
            cells[labels.index(_label(total)), works.index(total.assessment)] = counted
    title = f"Ниже минимума по годам и процедурам, %, {asked.whose}"
    edge = threshold(asked.connection)
    return maker.heat(title, [(label, None) for label in labels], [work.label for work in works], cells, edge)


def _journal(asked: _Asked) -> ChartSpec:
    from app.reports import result_charts as maker

    own = result_totals.journals(asked.connection, asked.scope)
    if asked.work is None:
        rows = [
            (f"{t.assessment.label}{', осень' if t.autumn else ''}", (t.lowered, t.confirmed, t.raised))
            for t in own
            if t.year == asked.year
        ]
        return maker.journal(asked.title(f"Сравнение с журналом, {asked.year or ''}"), rows[:COLUMNS])
    named = [(_label(item), item) for item in own if item.assessment == asked.work]
    known = asked.within(label for label, _item in named)
    named = [(label, item) for label, item in named if label in known]
    above = [(TOGETHER, result_totals.journals(asked.connection))] if asked.scope is not None else []
    above.append((REGION, result_totals.journals(asked.connection, area="region")))
    for name, totals in above:
        last = [item for item in totals if item.assessment == asked.work][-1:]
        named += [(f"{name}, {_label(item)}", item) for item in last]
    rows = [(label, (item.lowered, item.confirmed, item.raised)) for label, item in named]
    return maker.journal(asked.title("Сравнение с журналом"), rows)


def _risks(asked: _Asked, *, star: bool) -> ChartSpec:
    from app.reports import result_charts as maker

    words = externals.item_words(asked.connection)
    found: dict[int, dict[str, str]] = {}
    if asked.school_id is not None:
        for entry in externals.of_school(asked.connection, asked.school_id):
            if entry.kind == "risk_profile":
                found.setdefault(entry.year, {})[words.get(entry.item, entry.item)] = entry.value or ""
    years = sorted(found)
    for said in found.values():
        # factors that the profile leaves out are shown as «нет данных», not left out
        said.update({name: said.get(name, "") for name in words.values()})
    title = f"Рисковый профиль, {asked.whose}" if asked.school_id is not None else "Рисковый профиль школы"
    if star:
        return maker.risk_radar(title, [(str(year), found[year]) for year in years[-2:]])
    last = found[years[-1]] if years else {}
    note = f"Получен за {years[-1]} год." if years else ""
    return maker.risk_bars(title, list(last.items()), note)
