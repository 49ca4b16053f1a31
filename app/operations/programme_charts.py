"""Charts of the programme made from execution, indicators and checklists (issue F, point 11)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Literal

from app.models.store import Connection
from app.texts import NBSP, school_year

if TYPE_CHECKING:
    from app.operations.execution import ExecutionLine, ExecutionTable
    from app.operations.indicators import IndicatorTable
    from app.reports.charts import BarChart, BulletChart, ChartSpec, LineChart, StackedChart

ProgrammeKind = Literal["plan_fact", "execution", "money", "bullets"]
MOST_ROWS, MOST_YEARS = 14, 5
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
    return maker.execution(f"Исполнение плана по задачам, {year}{NBSP}год", rows[:MOST_ROWS])


def _money(table: ExecutionTable | None, year: int) -> BarChart:
    from app.reports import programme_charts as maker

    rows: list[tuple[str, int | None, int | None]] = []
    for group, lines in _groups(_counted(table)).items():
        planned = [line.planned_kopecks for line in lines if line.planned_kopecks is not None]
        spent = [line.spent_kopecks for line in lines if line.spent_kopecks is not None]
        if planned or spent:
            rows.append((group, sum(planned) if planned else None, sum(spent) if spent else None))
    note = "Потрачено — только то, что отмечено в исполнении." if rows else ""
    return maker.money(f"Деньги: план и расход по задачам, {year}{NBSP}год", rows[:MOST_ROWS], note)


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
    """Return (id, short name) of the forms with levels that were filled in."""
    from app.operations import form_summary

    return tuple((form.id, form.short) for form, _years in form_summary.choices(connection) if _leveled(form))


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
    found = form_summary.summary(connection, chosen)
    names = list(dict.fromkeys(level.text for line in found.by_year for level, _number in line.levels))
    rows = []
    for line in found.by_year[-MOST_YEARS:]:
        known = {level.text: number for level, number in line.levels}
        rows.append((school_year(line.school_year), [*(known.get(name, 0) for name in names), line.unlevelled]))
    versions = {line.version for line in found.by_year}
    note = "В эти годы были разные версии чек-листа: уровни сравнимы не вполне." if len(versions) > 1 else ""
    return maker.levels(f"Уровни: {found.form.short}", names, rows, note)
