"""Charts of the programme made from execution, indicators and checklists (issue F, point 11)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Literal, TypeVar

from app.models.store import Connection
from app.texts import NBSP, school_year

if TYPE_CHECKING:
    from app.operations.execution import ExecutionLine, ExecutionTable
    from app.operations.indicators import IndicatorTable
    from app.reports.charts import BarChart, BulletChart, ChartSpec, LineChart, StackedChart

ProgrammeKind = Literal["plan_fact", "execution", "money", "bullets"]
MOST_ROWS, MOST_YEARS, MOST_NAMED = 14, 5, 6
REST = "остальные"
SELF_CHECK, SELF_CHECK_TITLE = "self_check", "«Школа Минпросвещения»"
"""Stands among the forms with levels: «Школа Минпросвещения» is received, not filled in here."""
_BEST_FIRST = ("высокий", "средний", "базовый", "ниже базового")
Row = TypeVar("Row")
_PARTS: Mapping[str, int] = {
    "done": 0, "part": 1, "running": 2, "soon": 2, "planned": 2, "no_term": 2, "late": 3, "moved": 4, "cancelled": 4,
}  # fmt: skip


def in_force(connection: Connection, plan_year: int) -> int | None:
    """Return the municipal programme that is watched in a plan year; None where there is none."""
    from app.operations import execution

    found = [one for one in execution.in_force(connection, (plan_year,)) if one.kind == "municipal"]
    return found[0].id if found else None


def chart(
    connection: Connection, kind: ProgrammeKind, day: date, *, plan_year: int | None = None,
    programme_id: int | None = None,
) -> ChartSpec:  # fmt: skip
    """Return one chart of a programme in a plan year; an empty one where there is no programme.

    Args:
        connection: reading connection.
        kind: which chart.
        day: on which it is looked at.
        plan_year: the year of the day when omitted.
        programme_id: an edition; the municipal one in force when omitted.

    Raises:
        UserError: ``PROGRAMME_UNKNOWN``.
    """
    from app.operations import execution, indicators

    year = plan_year or day.year
    programme = programme_id if programme_id is not None else in_force(connection, year)
    if kind == "bullets":
        return _bullets(None if programme is None else indicators.table(connection, programme, year, day), year)
    table = None if programme is None else execution.table(connection, programme, year, day)
    if kind == "plan_fact":
        return plan_fact(table, year, day)
    return _execution(table, year) if kind == "execution" else _money(table, year)


def _counted(table: ExecutionTable | None) -> list[ExecutionLine]:
    return [] if table is None else list(table.lines)


def plan_fact(table: ExecutionTable | None, year: int, day: date) -> LineChart:
    """Return activities due and done by the end of each month of a plan year.

    What is cancelled is no plan; what was moved is due on its new day; what is done without a day counts from today.
    """
    from app.reports import programme_charts as maker

    lines = [line for line in _counted(table) if line.shown != "cancelled"]
    ends = [f"{year}-{month:02d}-31" for month in range(1, 13)]
    # without a term an activity is due by the end of the year
    planned = [sum((line.due_on or ends[-1]) <= end for line in lines) for end in ends]
    finished = [line.done_on or day.isoformat() for line in lines if line.state == "done"]
    this_month = f"{day.isoformat()[:7]}-31"
    done = [sum(one <= end for one in finished) if end <= this_month else None for end in ends]
    if lines:
        # a term moved beyond the year is still a plan of this programme, but not of this year
        later = sum((line.due_on or "") > ends[-1] for line in lines)
        note = f"Перенесено на следующий год: {later}." if later else ""
        return maker.plan_fact(f"План и факт: мероприятия нарастающим итогом, {year}{NBSP}год", planned, done, note)
    return maker.plan_fact(f"План и факт, {year}{NBSP}год", (), ())


def _groups(lines: Iterable[ExecutionLine]) -> dict[str, list[ExecutionLine]]:
    found: dict[str, list[ExecutionLine]] = {}
    for line in lines:
        found.setdefault(line.group or "Мероприятия", []).append(line)
    return found


def _execution(table: ExecutionTable | None, year: int) -> StackedChart:
    from app.reports import programme_charts as maker

    rows = []
    for group, lines in _groups(_counted(table)).items():
        counts = [0] * len(maker.EXECUTION_PARTS)
        for line in lines:
            counts[_PARTS[line.shown]] += 1
        rows.append((group, counts))
    shown, rest = _cut(rows)
    if rest:
        sums = [sum(counts[place] for _group, counts in rest) for place in range(len(maker.EXECUTION_PARTS))]
        shown.append((REST, sums))
    return maker.execution(f"Исполнение плана по задачам, {year}{NBSP}год", shown, _left_out([row[0] for row in rest]))


def _money(table: ExecutionTable | None, year: int) -> BarChart:
    from app.reports import programme_charts as maker

    rows: list[tuple[str, int | None, int | None]] = []
    for group, lines in _groups(_counted(table)).items():
        planned = [line.planned_kopecks for line in lines if line.planned_kopecks is not None]
        spent = [line.spent_kopecks for line in lines if line.spent_kopecks is not None]
        if planned or spent:
            rows.append((group, sum(planned) if planned else None, sum(spent) if spent else None))
    note = "Потрачено — только то, что отмечено в исполнении." if rows else ""
    shown, rest = _cut(rows)
    if rest:
        shown.append((REST, _sum(row[1] for row in rest), _sum(row[2] for row in rest)))
        note = f"{note} {_left_out([row[0] for row in rest])}"
    return maker.money(f"Деньги: план и расход по задачам, {year}{NBSP}год", shown, note)


def _cut(rows: list[Row]) -> tuple[list[Row], list[Row]]:
    """Return the rows that are shown and those that are summed up in the last one."""
    return (rows, []) if len(rows) <= MOST_ROWS else (rows[: MOST_ROWS - 1], rows[MOST_ROWS - 1 :])


def _left_out(groups: list[str]) -> str:
    """Return «Остальные — ещё 3: задача 14, задача 15, без задачи.»; "" where none is left out."""
    if not groups:
        return ""
    heads = [group.partition(". ")[0] for group in groups]
    named = ", ".join(head[:1].lower() + head[1:] for head in heads[:MOST_NAMED])
    more = f" и другие до «{heads[-1]}»" if len(heads) > MOST_NAMED else ""
    return f"Остальные сложены, их {len(groups)}: {named}{more}."


def _sum(values: Iterable[int | None]) -> int | None:
    known = [value for value in values if value is not None]
    return sum(known) if known else None


def _bullets(table: IndicatorTable | None, year: int) -> BulletChart:
    from app.reports import programme_charts as maker

    rows = [
        maker.IndicatorRow(
            f"{line.number} {line.text}".strip(), _number(line.value), _number(line.target), _number(line.baseline),
            line.light, line.word, line.shown(line.value), line.shown(line.target),
        )
        for line in (table.lines if table is not None else ())
    ]  # fmt: skip
    return maker.bullets(f"Показатели: факт и цель, {year}{NBSP}год", rows, MOST_ROWS)


def _number(exact: str | None) -> float | None:
    return None if exact is None else float(exact)


# --- levels of checklists ----------------------------------------------------------------------------------------


def forms(connection: Connection) -> tuple[tuple[str, str], ...]:
    """Return (id, short name) of the forms with levels that were filled in, the self-diagnosis where it is known."""
    from app.models import metrics
    from app.operations import form_summary, support_risks

    found = [(form.id, form.short) for form, _years in form_summary.choices(connection) if _leveled(form)]
    if metrics.used(connection, support_risks.LEVEL):
        found.append((SELF_CHECK, SELF_CHECK_TITLE))
    return tuple(found)


def _leveled(form: object) -> bool:
    return any(score.levels for score in getattr(form, "scores", ()))


def levels(connection: Connection, form_id: str | None = None) -> StackedChart:
    """Return how many subjects reached each level of a form, by school year; the first form when omitted.

    Raises:
        UserError: ``FORM_UNKNOWN``, ``FORM_NO_SUMMARY``.
    """
    from app.operations import form_summary
    from app.reports import programme_charts as maker

    chosen = form_id or next((key for key, _name in forms(connection)), None)
    if chosen is None:
        return maker.levels("Уровни чек-листов", (), ())
    if chosen == SELF_CHECK:
        return _self_check(connection)
    found = form_summary.summary(connection, chosen)
    names = list(dict.fromkeys(level.text for line in found.by_year for level, _number in line.levels))
    rows = []
    for line in found.by_year[-MOST_YEARS:]:
        known = {level.text: number for level, number in line.levels}
        rows.append((school_year(line.school_year), [*(known.get(name, 0) for name in names), line.unlevelled]))
    versions = {line.version for line in found.by_year}
    note = "В эти годы были разные версии чек-листа: уровни сравнимы не вполне." if len(versions) > 1 else ""
    return maker.levels(f"Уровни: {found.form.short}", names, rows, note)


def _self_check(connection: Connection) -> StackedChart:
    """Return how many schools at work stand on each level of «Школа Минпросвещения», by school year."""
    from app.models import metrics
    from app.operations import support_risks
    from app.reports import programme_charts as maker

    years = metrics.years(connection)
    found = support_risks.self_check(connection, max(years, default=0), MOST_YEARS)
    told = {year: Counter(" ".join(line.levels.get(year, "").split()).casefold() for line in found.lines)
            for year in found.years}  # fmt: skip
    told = {year: counts for year, counts in told.items() if any(counts[name] for name in counts if name)}
    said = {name for counts in told.values() for name in counts if name}
    # a level that a school calls its own way stands after the four known ones
    names = [name for name in _BEST_FIRST if name in said or said & set(_BEST_FIRST)]
    names += sorted(said - set(_BEST_FIRST))
    rows = [(school_year(year), [*(counts[name] for name in names), counts[""]]) for year, counts in told.items()]
    note = "«Без уровня» — школы, по которым самодиагностика не внесена." if any(row[1][-1] for row in rows) else ""
    return maker.levels(f"Уровни: {SELF_CHECK_TITLE}, школ", names, rows, note)
