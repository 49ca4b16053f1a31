"""The plan of a month and the report of a methodist as papers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from app.analysis.working_days import Period
from app.models import settings
from app.models.journal import now
from app.models.store import Connection
from app.operations import month_plan
from app.operations.day_lines import DayLine
from app.operations.month_plan import MonthPlan
from app.operations.papers import Paper
from app.texts import NBSP, count, ru_date

if TYPE_CHECKING:
    from app.operations.month_work_words import WorkTable
    from app.reports.month_paper import MonthHead, PaperLine, PaperTable

DONE_WORD = "сделано"
_OPEN_BLOCKS = frozenset({"left", "next"})


def _head(connection: Connection, period: Period, day: date, who: str) -> MonthHead:
    from app.reports.month_paper import MonthHead

    values = settings.get_all(connection)
    return MonthHead(
        values["municipality"], values["organisation"], period.title, now(), day.isoformat(), values["executor"],
        values["signer_position"], values["signer_name"], who,
    )  # fmt: skip


def _lines(lines: Iterable[DayLine]) -> tuple[PaperLine, ...]:
    from app.reports.month_paper import PaperLine

    return tuple(
        PaperLine(line.text, line.word, line.due, line.done_on, line.who, line.school, line.detail, state_word(line))
        for line in lines
    )


def _unnamed(lines: Iterable[DayLine]) -> list[DayLine]:
    """Take the names of mentoring pairs out: a report may leave the service, they stay inside."""
    return [replace(line, text=_meeting(line.text)) if line.source == "mentoring" else line for line in lines]


def _meeting(text: str) -> str:
    """Return «Встреча наставника: урок в 7 классе» of «Рябинина О. В. → Лисицын П. А.: урок в 7 классе»."""
    topic = text.partition(": ")[2]
    return f"Встреча наставника: {topic}" if topic else "Встреча наставника"


def state_word(line: DayLine) -> str:
    """Return «сделано 20.11.2026», «сделано», "" of what waits."""
    if line.done_on is not None:
        return f"{DONE_WORD} {ru_date(line.done_on)}"
    return "" if line.open else "закрыто"


def calendar_note(found: MonthPlan) -> str:
    """Return «Рабочих дней 20. Каникулы: осенние, 26.10.2026 — 03.11.2026.»"""
    parts = [f"Рабочих дней в это время:{NBSP}{found.working}."]
    told = [
        f"{item.title or 'каникулы'}, {ru_date(item.first)}{NBSP}— {ru_date(item.last)}" for item in found.breaks
    ]  # fmt: skip
    if told:
        parts.append(f"Каникулы школ: {'; '.join(told)}.")
    if not found.known:
        parts.append(
            f"Постановления о переносе выходных на {found.period.first.year}{NBSP}год в программе нет: "
            "посчитано по ст. 112 Трудового кодекса."
        )
    return " ".join(parts)


def plan(connection: Connection, period: Period, day: date, *, closed: bool = False, who: str = "") -> Paper:
    """Return «План работы на ноябрь 2026 года», of one methodist where ``who`` is said."""
    from app.reports.month_paper import plan_paper

    found = month_plan.plan(connection, period, day, closed=closed, who=who)
    document = plan_paper(
        _head(connection, period, day, who), _lines(found.lines), _lines(found.late), calendar_note(found)
    )  # fmt: skip
    return Paper("month_plan", f"План работы на {plain(period)}{_named(who)}", document, None)


def report(connection: Connection, period: Period, day: date, *, closed: bool = False, who: str = "") -> Paper:
    """Return «Отчёт о работе за ноябрь 2026 года»; texts of a person stand where they wrote them.

    Args:
        connection: reading connection.
        period: a month or a quarter.
        day: what counts as today.
        closed: rounds of closed forms are named too.
        who: the report of this methodist alone; "" for the whole service.
    """
    from app.reports.month_paper import PaperBlock, report_paper

    found = month_plan.report(connection, period, day, closed=closed, who=who)
    blocks = tuple(
        PaperBlock(
            item.title, item.text, _lines(_unnamed(item.lines)), item.key not in _OPEN_BLOCKS, _table(item.table)
        )
        for item in found.blocks
    )
    document = report_paper(_head(connection, period, day, found.who), blocks)
    return Paper("month_report", f"Отчёт о работе за {plain(period)}{_named(found.who)}", document, None)


def _named(who: str) -> str:
    return f": {who}" if who else ""


def _table(found: WorkTable | None) -> PaperTable | None:
    """Return a table as papers take it: days are marked as days."""
    if found is None:
        return None
    from app.reports.document import Day, Value
    from app.reports.month_paper import PaperTable

    def cell(value: str | int | date | None) -> Value:
        return Day(value.isoformat()) if isinstance(value, date) else value

    return PaperTable(found.name, found.columns, tuple(tuple(cell(value) for value in row) for row in found.rows))


def plain(period: Period) -> str:
    """Return the title of a period as names of files take it."""
    return period.title.replace(NBSP, " ")


def sentence(found: MonthPlan, day: date) -> str:
    """Return the state of a month in one line: «20 рабочих дней, осталось 5 · дел и сроков 14, сделано 3»."""
    parts = [count(found.working, "рабочий день", "рабочих дня", "рабочих дней")]
    if found.period.first <= day <= found.period.last:
        parts[0] += f", впереди{NBSP}{found.left}"
    lines = found.lines
    done = sum(not line.open for line in lines)
    parts.append(f"сроков{NBSP}{len(lines)}, сделано{NBSP}{done}" if lines else "сроков нет")
    if found.late:
        parts.append(f"осталось с прошлых месяцев{NBSP}{len(found.late)}")
    return " · ".join(parts)
