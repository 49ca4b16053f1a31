"""The plan of a month and the report of a methodist as papers."""

from __future__ import annotations

from collections.abc import Iterable
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
    from app.reports.month_paper import MonthHead, PaperLine

DONE_WORD = "сделано"
_OPEN_BLOCKS = frozenset({"left", "next"})


def _head(connection: Connection, period: Period, day: date) -> MonthHead:
    from app.reports.month_paper import MonthHead

    values = settings.get_all(connection)
    return MonthHead(
        values["municipality"], values["organisation"], period.title, now(), day.isoformat(), values["executor"],
        values["signer_position"], values["signer_name"],
    )  # fmt: skip


def _lines(lines: Iterable[DayLine]) -> tuple[PaperLine, ...]:
    from app.reports.month_paper import PaperLine

    return tuple(
        PaperLine(line.text, line.word, line.due, line.done_on, line.who, line.school, line.detail, state_word(line))
        for line in lines
    )


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


def plan(connection: Connection, period: Period, day: date, *, closed: bool = False) -> Paper:
    """Return «План работы на ноябрь 2026 года»."""
    from app.reports.month_paper import plan_paper

    found = month_plan.plan(connection, period, day, closed=closed)
    document = plan_paper(
        _head(connection, period, day), _lines(found.lines), _lines(found.late), calendar_note(found)
    )  # fmt: skip
    return Paper("month_plan", f"План работы на {plain(period)}", document, None)


def report(connection: Connection, period: Period, day: date, *, closed: bool = False) -> Paper:
    """Return «Отчёт о работе за ноябрь 2026 года»; texts of a person stand where they wrote them."""
    from app.reports.month_paper import PaperBlock, report_paper

    found = month_plan.report(connection, period, day, closed=closed)
    blocks = tuple(
        PaperBlock(item.title, item.text, _lines(item.lines), item.key not in _OPEN_BLOCKS) for item in found.blocks
    )
    return Paper(
        "month_report", f"Отчёт о работе за {plain(period)}", report_paper(_head(connection, period, day), blocks), None
    )


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
