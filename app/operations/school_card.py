"""The card of a school: everything the file knows of it, for the screen, the command and the paper (issue C, 5)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app import clock, school_years
from app.analysis.intervals import sample_mark, wilson
from app.errors import UserError
from app.models import externals as external_rows
from app.models import frames, organisations, registry, results, settings
from app.models.journal import now
from app.models.records import Assessment
from app.models.results import StoredMark
from app.models.store import Connection
from app.operations import externals, identification, indices, typology
from app.operations.school_card_parts import About, passport, questions, sections
from app.reports.card_data import (
    Answer,
    AreaCount,
    IndexLine,
    Origin,
    Result,
    RiskFactor,
    RiskProfile,
    SchoolCard,
    State,
    TypeLine,
    YearCount,
)
from app.texts import ru_date

if TYPE_CHECKING:
    import pandas as pd

    from app.analysis.indices import IndexResult
    from app.analysis.typology import TypologyResult
    from app.operations.identification import ListRow, SchoolList

MOST_YEARS = 5
"""A new school year begins in August."""
LEVELS = {"высокая": 3, "средняя": 2, "низкая": 1, "нет": 0}
"""Significance of a factor of risk → how long its bar is."""
Work = tuple[Assessment, int, bool]
"""What was sat, in which year, in autumn or not."""


@dataclass(frozen=True, slots=True)
class Shared:
    """What the cards of one school year have in common: computed once for all of them."""

    school_year: int
    result_year: int | None
    values: Mapping[str, str]
    found: SchoolList | None
    indices: tuple[IndexResult, ...]
    types: TypologyResult | None
    municipality: Mapping[Work, AreaCount]
    region: Mapping[Work, AreaCount]


def shared(connection: Connection, school_year: int) -> Shared:
    """Compute what every card of a school year needs: the list of the file's rule, indices, types, areas.

    Args:
        connection: reading connection.
        school_year: first calendar year of the school year.
    """
    known = [year for year in results.years(connection) if year <= school_year + 1]
    year = max(known, default=None)
    values = settings.get_all(connection)
    found = _list(connection, values["rule"], year)
    return Shared(
        school_year=school_year,
        result_year=year,
        values=values,
        found=found,
        indices=_indices(connection, school_year, year),
        types=None if year is None else typology.compute(connection, year),
        municipality={} if year is None else _area(connection, year, "municipality"),
        region={} if year is None else _area(connection, year, "region"),
    )


def card(connection: Connection, school_id: int, school_year: int, common: Shared | None = None) -> SchoolCard:
    """Return the card of a school.

    Args:
        connection: reading connection.
        school_id: the school; a merged record gives the card of its canonical one.
        school_year: first calendar year of the school year; results are those of the latest year not after it.
        common: what ``shared`` has computed, where several cards are made.

    Raises:
        UserError: ``GEN_NO_SCHOOL``.
    """
    key = organisations.canonical(connection, school_id)
    kept = organisations.card(connection, key)
    if kept is None:
        raise UserError("GEN_NO_SCHOOL", query=school_id)
    base = common or shared(connection, school_year)
    answer = _answer(connection, base, key)
    about = About(
        connection, kept, tuple(registry.family(connection, key)), school_year, base.result_year,
        listed=answer is not None and bool(answer.listed), rule_id=None if answer is None else answer.rule_id,
    )  # fmt: skip
    table = _results(connection, key, base, answer)
    years = _years(table, base.result_year)
    parts, risk = sections(about), _risk(connection, key)
    return SchoolCard(
        school=kept.school,
        school_year=school_year,
        result_year=base.result_year,
        years=years,
        passport=passport(about),
        answer=answer,
        results=tuple(table),
        indices=tuple(_index_line(result, key) for result in base.indices),
        kind=_kind(base.types, key),
        risk=risk,
        sections=parts,
        questions=questions(about, table, answer, risk, parts),
        organisation=base.values["organisation"] or base.values["municipality"],
        computed_at=now(),
        intervals=base.values["show_intervals_on_papers"] == "1",
        types=base.values["show_types_on_papers"] == "1",
    )


def year_of(connection: Connection) -> int:
    """Return the school year of a card where none is named: the one after the latest results, else the present one."""
    known, today = results.years(connection), clock.today()
    return known[0] if known else school_years.year_of(today)


def listed(connection: Connection, school_year: int, common: Shared | None = None) -> list[int]:
    """Return the schools in the list of the file's rule, in the order of the list.

    Raises:
        UserError: ``GEN_NO_RESULTS``; ``GEN_NO_YEARS`` where there are no results up to that school year.
    """
    base = common or shared(connection, school_year)
    if base.found is None:
        if not results.years(connection):
            raise UserError("GEN_NO_RESULTS")
        raise UserError("GEN_NO_YEARS", year=school_year + 1)
    return [row.school_id for row in base.found.rows if row.listed]


# --- the answer ------------------------------------------------------------------------------------------------


def _list(connection: Connection, rule_id: str, year: int | None) -> SchoolList | None:
    """Return the list of the file's rule; a rule that is no longer there gives none."""
    if year is None:
        return None
    try:
        return identification.school_list(connection, rule_id, year)
    except UserError as error:
        if error.code != "RULE_NOT_FOUND":
            raise
        return None


def _answer(connection: Connection, base: Shared, school_id: int) -> Answer | None:
    found = base.found
    if found is None:
        return None
    row = next((row for row in found.rows if row.school_id == school_id), None)
    rule, approval = found.rule, found.approval
    word, state = _word(row)
    why = "Школа стоит в файле для сравнения: правило о ней не спрашивают."
    if row is not None:
        why = identification.explain(connection, rule.id, found.year, row).paragraph
    return Answer(
        rule_id=rule.id, rule_title=rule.title, rule_version=rule.version, year=found.year, word=word, state=state,
        listed=None if row is None else row.listed,
        edge=row is not None and row.correction is None and row.verdict.edge,
        change="" if row is None else row.change, branches=() if row is None else row.branch_labels, why=why,
        note=_note(row, found), snapshot=approval.sha256 if approval else None, computed_at=found.computed_at,
        threshold=rule.threshold,
    )  # fmt: skip


def _word(row: ListRow | None) -> tuple[str, State]:
    if row is None:
        return "не спрашивается", "none"
    if row.correction is None and row.verdict.verdict == "no_data":
        return "нет данных", "none"
    if row.listed:
        return "в списке", "bad"
    edge = row.correction is None and row.verdict.edge
    return "не в списке", "warn" if edge else "ok"


def _note(row: ListRow | None, found: SchoolList) -> str:
    parts = []
    if row is not None and row.correction is not None:
        place = "включена в список" if row.listed else "исключена из списка"
        parts.append(f"Решением экспертов {place}: {row.correction.reason.rstrip('.')}.")
    if found.approval is not None:
        order = found.approval
        parts.append(f"Список утверждён приказом от {ru_date(order.order_date)} № {order.order_number}.")
    return " ".join(parts)


# --- results ---------------------------------------------------------------------------------------------------


def _results(connection: Connection, school_id: int, base: Shared, answer: Answer | None) -> list[Result]:
    """Return the works of the school, the most important first."""
    year = base.result_year
    if year is None:
        return []
    span = range(year - MOST_YEARS + 1, year + 1)
    works: dict[Assessment, dict[int, YearCount]] = {}
    for mark in results.marks(connection, organisation_id=school_id):
        known = works.setdefault(mark.assessment, {}) if mark.year in span else {}
        # of a work written twice in a year the one of spring is shown: the autumn one is marked where it is alone
        if mark.year in span and (mark.year not in known or not mark.autumn):
            known[mark.year] = _count(mark, answer)
    first = min((found for counts in works.values() for found in counts), default=year)
    table = []
    for assessment, counts in works.items():
        last = counts.get(year)
        work = (assessment, year, last is not None and last.autumn)
        table.append(
            Result(
                assessment, tuple(counts.get(one) for one in range(first, year + 1)), base.municipality.get(work),
                base.region.get(work),
            )
        )  # fmt: skip
    return sorted(table, key=_importance)


def _importance(result: Result) -> tuple[object, ...]:
    last = result.last
    share = -1.0 if last is None or last.share is None else last.share
    small = last is not None and last.small
    return last is None, last is None or not last.hit, small, -share, result.label


def _count(mark: StoredMark, answer: Answer | None) -> YearCount:
    interval = None if mark.below_min is None else wilson(mark.below_min, mark.participants)
    threshold = answer.threshold if answer is not None else None
    hit = (
        threshold is not None
        and mark.below_min is not None
        and mark.participants > 0
        and mark.below_min * threshold[1] >= threshold[0] * mark.participants
    )
    return YearCount(
        year=mark.year, below=mark.below_min, participants=mark.participants, low=interval.low if interval else None,
        high=interval.high if interval else None, sample=sample_mark(mark.participants), hit=hit, autumn=mark.autumn,
        restored=mark.restored, origin=Origin("mark_count", mark.id),
    )  # fmt: skip


def _years(table: Iterable[Result], year: int | None) -> tuple[int, ...]:
    widest = max((len(result.counts) for result in table), default=0)
    return () if year is None else tuple(range(year - widest + 1, year + 1))


def _area(connection: Connection, year: int, kind: str) -> dict[Work, AreaCount]:
    """Return the counts of the municipality or the region; those of the municipality are summed where none are told."""
    told = frames.area_frame(connection, (year,), kind)
    found = {} if told is None else _sums(told, summed=False)
    if kind == "municipality":
        found = _sums(frames.mark_frame(connection, (year,)), summed=True) | found
    return found


def _sums(frame: pd.DataFrame, *, summed: bool) -> dict[Work, AreaCount]:
    known = frame[frame["below_min"].notna()]
    keys = ["procedure", "subject", "level", "grade", "year", "autumn"]
    found: dict[Work, AreaCount] = {}
    for procedure, subject, level, grade, year, autumn, below, participants in (
        known[[*keys, "below_min", "participants"]].astype(object).itertuples(index=False, name=None)
    ):
        # pandas writes an unknown level or grade as a value that is not equal to itself
        level, grade = (None if value is None or value != value else value for value in (level, grade))  # noqa: PLR0124,PLW2901
        work = (Assessment(procedure, subject, level, None if grade is None else int(grade)), int(year), bool(autumn))
        before = found.get(work, AreaCount(0, 0))
        found[work] = AreaCount(before.below + int(below), before.participants + int(participants), summed)
    return found


# --- indices, type, risk -----------------------------------------------------------------------------------------


def _indices(connection: Connection, school_year: int, result_year: int | None) -> tuple[IndexResult, ...]:
    """Return the indices of the school year that the results belong to, as the view «Индексы» shows them beside them.

    A card without results takes the context of its own school year.
    """
    context = school_year if result_year is None else indices.school_year_of(result_year)
    return tuple(indices.compute_all(connection, context))


def _index_line(result: IndexResult, school_id: int) -> IndexLine:
    definition, row = result.definition, result.row(school_id)
    known = 0 if row is None else len(row.contributions)
    return IndexLine(
        definition.id, definition.title, definition.short, result.school_year, None if row is None else row.value,
        None if row is None else row.place, 0 if row is None else row.of, row is not None and row.lowest,
        known, len(definition.used),
    )  # fmt: skip


def _kind(types: TypologyResult | None, school_id: int) -> TypeLine | None:
    row = None if types is None else types.row(school_id)
    if types is None or row is None:
        return None
    return TypeLine(row.kind, row.word, types.definition.meaning(row.kind), types.result_year)


def _risk(connection: Connection, school_id: int) -> RiskProfile | None:
    """Return the newest risk profile that names the school; factors from the gravest."""
    entries = [e for e in externals.of_school(connection, school_id) if e.kind == "risk_profile" and e.item]
    if not entries:
        return None
    newest = entries[0].list_id
    kept = external_rows.get(connection, newest)
    known = {factor.code: factor for factor in externals.factors(connection)}
    factors = []
    for entry in (entry for entry in entries if entry.list_id == newest):
        factor = known.get(entry.item)
        names = (entry.item,) if factor is None else (factor.name, *factor.spellings)
        factors.append(
            RiskFactor(
                entry.item, names[0], min(names, key=len), entry.raw or entry.value or "",
                LEVELS.get(entry.value or ""), Origin("external_entry", entry.id),
            )
        )  # fmt: skip
    factors.sort(key=lambda factor: (-1 if factor.level is None else -factor.level, factor.name))
    document = externals.document_words(kept.document) if kept is not None else ""
    return RiskProfile(entries[0].title, entries[0].year, document, tuple(factors))
