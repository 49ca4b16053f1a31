"""Factors of risk of the received profile with their measures, and the levels of «Школа Минпросвещения» by year.

Nothing is computed here: significance comes with the profile, levels with the self-diagnosis (domain §2, §7).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.errors import UserError
from app.models import externals as external_rows
from app.models import metrics as metric_rows
from app.models import organisations
from app.models.metric_cells import shown as figure_words
from app.models.store import Connection, Store
from app.operations import externals, metrics, registers
from app.operations.matching import fold
from app.operations.register_catalogue import RISK_WORDS
from app.operations.support_partners import names, ranks
from app.texts import count, school_year

ASKED = frozenset({"высокая", "средняя", ""})
"""Significance that asks for a measure [R]; a factor without one asks, too."""
_GRAVE = {"высокая": 0, "средняя": 1, "": 2, "низкая": 3}
SELF_CHECK = "self_check"
LEVEL, TOTAL = "smp_level", "smp_total"


@dataclass(frozen=True, slots=True)
class RiskMeasure:
    """One measure; ``late`` on the day that was asked for."""

    id: int
    school_id: int | None
    school: str
    factor: str
    text: str
    responsible: str
    due_on: str | None
    state: str
    done_on: str | None
    result: str
    late: bool

    @property
    def word(self) -> str:
        """Return the state in words; what is late says so."""
        return "просрочена" if self.late else RISK_WORDS[self.state]


@dataclass(frozen=True, slots=True)
class FactorLine:
    """One factor of a school's profile with what is done about it."""

    school_id: int
    school: str
    code: str
    name: str
    significance: str
    measures: tuple[RiskMeasure, ...]

    @property
    def asks(self) -> bool:
        """Tell whether the factor is grave enough to ask for a measure and has none."""
        return self.significance in ASKED and not self.measures


@dataclass(frozen=True, slots=True)
class Risks:
    """Factors of the newest profile received up to a school year, and all measures of that year.

    Attributes:
        profile: its name and document, "" where no profile was received.
        loose: measures whose factor is in no profile.
    """

    profile: str
    profile_year: int | None
    factors: tuple[FactorLine, ...]
    measures: tuple[RiskMeasure, ...]
    loose: tuple[RiskMeasure, ...]

    @property
    def asking(self) -> tuple[FactorLine, ...]:
        """Return the factors that ask for a measure."""
        return tuple(item for item in self.factors if item.asks)

    @property
    def late(self) -> int:
        """Return how many measures are late."""
        return sum(item.late for item in self.measures)


@dataclass(frozen=True, slots=True)
class SelfCheckLine:
    """A school's self-diagnosis by school year: level and points as words, "" where the year has none."""

    school_id: int
    school: str
    levels: Mapping[int, str]
    totals: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class SelfCheck:
    """Levels of all schools; ``years`` ascending, the last is the one that was asked for."""

    years: tuple[int, ...]
    lines: tuple[SelfCheckLine, ...]

    @property
    def known(self) -> int:
        """Return how many schools have something in the last year."""
        last = self.years[-1]
        return sum(bool(line.levels.get(last) or line.totals.get(last)) for line in self.lines)


# --- factors and measures ----------------------------------------------------------------------------------------


def risks(connection: Connection, year: int, day: date, school_id: int | None = None) -> Risks:
    """Return factors of risk and their measures.

    Args:
        connection: reading connection.
        year: first calendar year of the school year; the newest profile not later than its end counts.
        day: the day on which a measure is late or not.
        school_id: only of this canonical school.
    """
    shown = names(connection)
    rows = registers.rows(connection, "risks", school_year=year)
    rank = ranks(shown)
    made = [_measure(row, shown, day.isoformat()) for row in rows if school_id in {None, row["organisation_id"]}]
    measures = tuple(sorted(made, key=lambda item: (rank.get(item.school_id, len(rank)), item.factor, item.id)))
    lists = [item for item in externals.lists(connection, kind="risk_profile") if item.year <= year + 1]
    if not lists:
        return Risks("", None, (), measures, measures)
    newest = lists[0].year
    found: dict[tuple[int, str], FactorLine] = {}
    spelt = _spellings(connection)
    for item in (item for item in lists if item.year == newest):
        for entry in external_rows.entries(connection, list_id=item.id):
            if school_id in {None, entry.organisation_id} and entry.item:
                line = _factor(entry, spelt, measures)
                found.setdefault((line.school_id, line.code), line)
    factors = sorted(
        found.values(),
        key=lambda line: (rank.get(line.school_id, len(rank)), _GRAVE.get(line.significance, 2), line.name),
    )
    used = {measure.id for line in factors for measure in line.measures}
    loose = tuple(item for item in measures if item.id not in used)
    title = " · ".join(part for part in (lists[0].title, externals.document_words(lists[0].document)) if part)
    return Risks(title, newest, tuple(factors), measures, loose)


def _measure(row: Mapping[str, Any], shown: Mapping[int, str], day: str) -> RiskMeasure:
    key, due = row["organisation_id"], row["due_on"]
    late = row["state"] in {"planned", "running"} and due is not None and due < day
    return RiskMeasure(
        row["id"], key, shown.get(key or 0, ""), row["factor"] or "", row["text"] or "", row["responsible"] or "", due,
        row["state"], row["done_on"], row["result"] or "", late,
    )  # fmt: skip


def _spellings(connection: Connection) -> dict[str, tuple[str, ...]]:
    """Return code → every way a factor is called, its name first."""
    return {factor.code: (factor.name, *factor.spellings) for factor in externals.factors(connection)}


def _factor(
    entry: external_rows.ExternalEntry, spelt: Mapping[str, tuple[str, ...]], measures: Iterable[RiskMeasure]
) -> FactorLine:
    ways = spelt.get(entry.item, (entry.item,))
    told = {fold(entry.item), *map(fold, ways)}
    mine = tuple(item for item in measures if item.school_id == entry.organisation_id and fold(item.factor) in told)
    return FactorLine(entry.organisation_id, entry.school, entry.item, ways[0], entry.value or "", mine)


def start(store: Store, year: int, day: date, chosen: Iterable[tuple[int, str]]) -> int:
    """Make a line for every chosen factor; the measure itself is written there by a person. Returns how many.

    Args:
        store: the open file.
        year: school year.
        day: as of ``risks``.
        chosen: (school, code of a factor).

    Raises:
        UserError: ``MON_FACTOR_GONE`` where a factor is not in the profile or has a measure by now.
    """
    asking = {(item.school_id, item.code): item for item in risks(store.connection, year, day).factors
              if not item.measures}  # fmt: skip
    wanted = list(dict.fromkeys(chosen))
    if any(place not in asking for place in wanted):
        raise UserError("MON_FACTOR_GONE")
    if not wanted:
        return 0
    told = count(len(wanted), "фактор", "фактора", "факторов")
    with store.operation(f"Меры по факторам риска, {school_year(year)}: {told}", "risks.start") as operation:
        for school, code in wanted:
            registers.add_in(operation, "risks", {"school_year": year}, organisation_id=school,
                             factor=asking[school, code].name)  # fmt: skip
    return len(wanted)


# --- self-diagnosis ----------------------------------------------------------------------------------------------


def self_check(connection: Connection, year: int, years: int = 4) -> SelfCheck:
    """Return levels and points of «Школа Минпросвещения» of all own schools at work, by school year.

    Args:
        connection: reading connection.
        year: the last school year.
        years: how many years back, itself counted.
    """
    wanted = tuple(range(year - years + 1, year + 1))
    found = metric_rows.values(connection, wanted, [LEVEL, TOTAL])
    known = metrics.catalogue(connection)
    lines = []
    for school in (item for item in organisations.listing(connection) if item.status == "active"):
        told: dict[str, dict[int, str]] = {LEVEL: {}, TOTAL: {}}
        for code, of_year in told.items():
            for one in wanted:
                value = found.get((school.id, one, code))
                if value is not None:
                    of_year[one] = figure_words(known.find(code).kind, *value.figures)
        lines.append(SelfCheckLine(school.id, school.shown, told[LEVEL], told[TOTAL]))
    return SelfCheck(wanted, tuple(lines))


def directions(connection: Connection, school_id: int, year: int, years: int = 4) -> dict[str, dict[int, str]]:
    """Return direction → school year → points of one school, in the order of the catalogue."""
    wanted = range(year - years + 1, year + 1)
    group = metrics.catalogue(connection).group(SELF_CHECK)
    found = metric_rows.values(connection, wanted, [metric.code for metric in group])
    made: dict[str, dict[int, str]] = {}
    for metric in group:
        told = {one: found[school_id, one, metric.code] for one in wanted if (school_id, one, metric.code) in found}
        if told:
            made[metric.short] = {one: figure_words(metric.kind, *value.figures) for one, value in told.items()}
    return made
