"""«Исполнение плана за период»: what was due, what is done, what is late and why, what comes next.

Everything is told as it stood at the end of the period (or on the day, where the period is not over): what was done
later was late then, and its date is said beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from app.analysis.execution import STATE_WORDS, Marked, standing
from app.analysis.programme_values import roubles
from app.errors import UserError
from app.models import settings
from app.models.execution import names as school_names
from app.models.journal import now
from app.models.programme_records import Programme
from app.models.store import Connection
from app.operations import execution, programmes
from app.operations.execution import ExecutionLine, ExecutionTotals
from app.operations.execution_marks import ACTIVITIES
from app.operations.papers import Paper
from app.texts import NBSP, count, ru_date

if TYPE_CHECKING:
    from app.reports.execution_paper import PaperLine, PaperLists, PaperSum

NEXT_DAYS = 31
"""How far beyond the period «впереди» looks."""
Period = tuple[date, date]


@dataclass(frozen=True, slots=True)
class PeriodReport:
    """What a period brought; each line stands in one list only.

    Attributes:
        at: on which day it is told.
        planned: lines whose term ends in the period, the term as the plan had it.
        done, part, late, moved, cancelled: see ``SHOWN_WORDS``; done and part by their date of doing.
        older: late ones whose term had ended before the period.
        running: begun and not yet due.
        ahead: due within a month after the period and not begun.
        names: short names of schools.
    """

    programme: Programme
    first: date
    last: date
    at: date
    planned: tuple[ExecutionLine, ...]
    done: tuple[ExecutionLine, ...]
    part: tuple[ExecutionLine, ...]
    late: tuple[ExecutionLine, ...]
    older: tuple[ExecutionLine, ...]
    moved: tuple[ExecutionLine, ...]
    cancelled: tuple[ExecutionLine, ...]
    running: tuple[ExecutionLine, ...]
    ahead: tuple[ExecutionLine, ...]
    totals: ExecutionTotals
    names: dict[int, str]

    @property
    def spent_kopecks(self) -> int | None:
        """Money spent on what was done, wholly or partly, in the period."""
        known = [line.spent_kopecks for line in (*self.done, *self.part) if line.spent_kopecks is not None]
        return sum(known) if known else None

    @property
    def participants(self) -> int | None:
        """Participants of what was done, wholly or partly, in the period."""
        known = [line.participants for line in (*self.done, *self.part) if line.participants is not None]
        return sum(known) if known else None


def period(connection: Connection, programme_id: int, first: date, last: date, day: date) -> PeriodReport:
    """Return what a period brought.

    Args:
        connection: reading connection.
        programme_id: an edition.
        first: first day of the period.
        last: last day of it.
        day: today; a period that is not over is told as it stands today.

    Raises:
        UserError: ``PROGRAMME_UNKNOWN``, ``MON_EXEC_PERIOD``.
    """
    if last < first:
        raise UserError("MON_EXEC_PERIOD", first=ru_date(first), last=ru_date(last))
    # a term that ends on the last day is late on the morning after it
    at, morning = min(day, last), min(day, last + timedelta(days=1))
    found = execution.table(connection, programme_id, None, morning)
    lines = [_as_it_stood(line, at, morning) for line in found.lines]
    begin, end, today = first.isoformat(), last.isoformat(), at.isoformat()
    beyond = (last + timedelta(days=NEXT_DAYS)).isoformat()
    planned = tuple(line for line in lines if begin <= (_planned_end(line) or "") <= end)
    inside = {line.key for line in planned}

    def shown(word: str) -> list[ExecutionLine]:
        return [line for line in lines if line.shown == word]

    def finished(word: str) -> tuple[ExecutionLine, ...]:
        return tuple(
            line for line in shown(word)
            if (begin <= line.done_on <= end if line.done_on else line.key in inside)
        )  # fmt: skip

    late = shown("late")
    open_lines = [line for line in lines if line.shown in {"running", "soon", "planned"}]
    begun = [line for line in open_lines if line.state == "running" or (line.date_from or "9") <= today]
    used = {key for line in lines for key in line.schools}
    return PeriodReport(
        programme=found.programme, first=first, last=last, at=at, planned=planned,
        done=finished("done"), part=finished("part"),
        late=tuple(line for line in late if (line.due_on or "") >= begin),
        older=tuple(line for line in late if (line.due_on or "") < begin),
        moved=tuple(line for line in shown("moved") if line.key in inside),
        cancelled=tuple(line for line in shown("cancelled") if line.key in inside),
        running=tuple(begun),
        ahead=tuple(line for line in open_lines if line not in begun and (line.due_on or "9") <= beyond),
        totals=execution.totals_of(planned, morning), names=school_names(connection, used),
    )  # fmt: skip


def _planned_end(line: ExecutionLine) -> str | None:
    """Return the term as the plan had it."""
    return max((last for _first, last in line.spans), default=None)


def _as_it_stood(line: ExecutionLine, at: date, morning: date) -> ExecutionLine:
    """Return a line as it stood when a day was over: what was done later was not done yet."""
    if line.shown not in {"done", "part"} or line.done_on is None or line.done_on <= at.isoformat():
        return line
    was = Marked("moved" if line.moved_to else "running", moved_to=line.moved_to)
    how = standing(was, _planned_end(line), line.date_from, morning)
    return replace(line, shown=how.shown, word=how.word, days=how.days, due_on=how.due_on, in_time=None)


def period_words(first: date, last: date) -> str:
    """Return a period as a heading says it: «за 2026 год», «за III квартал 2026 года», «за ноябрь 2026 года»."""
    from app.analysis.programme_dates import MONTHS

    whole = first.day == 1 and (last + timedelta(days=1)).day == 1
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    if whole and months == 1:
        return f"за {MONTHS[first.month - 1]} {first.year}{NBSP}года"
    if whole and first.year == last.year and (first.month, months) == (1, 12):
        return f"за {first.year}{NBSP}год"
    if whole and months == 3 and first.month % 3 == 1:
        return f"за {('I', 'II', 'III', 'IV')[first.month // 3]}{NBSP}квартал {first.year}{NBSP}года"
    return f"с{NBSP}{ru_date(first)} по{NBSP}{ru_date(last)}"


def periods(year: int) -> list[tuple[str, Period]]:
    """Return the usual periods of a plan year: the year, its halves, its quarters."""
    marks = [("год", 1, 12), ("I полугодие", 1, 6), ("II полугодие", 7, 12)]
    marks += [(f"{word} квартал", 3 * place + 1, 3 * place + 3) for place, word in enumerate(("I", "II", "III", "IV"))]
    found = []
    for word, begin, end in marks:
        last = date(year + end // 12, end % 12 + 1, 1) - timedelta(days=1)
        named = f"{year} год" if word == "год" else f"{word} {year} года"
        found.append((named, (date(year, begin, 1), last)))
    return found


def paper(connection: Connection, programme_id: int, first: date, last: date, day: date) -> Paper:
    """Return «Исполнение плана мероприятий» for a period as a paper.

    Raises:
        UserError: ``PROGRAMME_UNKNOWN``, ``MON_EXEC_PERIOD``.
    """
    from app.reports.execution_paper import PaperHead, execution_paper

    found = period(connection, programme_id, first, last, day)
    line = next(item for item in programmes.listing(connection) if item.programme.id == programme_id)
    values = settings.get_all(connection)
    head = PaperHead(
        found.programme.title, period_words(first, last), f"редакция {found.programme.edition}, {line.state_word}",
        now(), ru_date(found.at), values["organisation"], values["executor"],
        (values["signer_position"], values["signer_name"]),
    )  # fmt: skip
    named = f"Исполнение плана мероприятий {period_words(first, last)}"
    return Paper("execution", named, execution_paper(head, lists(found)), None)


def sentences(found: PeriodReport) -> tuple[str, ...]:
    """Return how the period went, in a few sentences; every number is a count over the lists."""
    if not found.planned:
        first = "В этом периоде не заканчивается срок ни одного мероприятия."
    else:
        parts = [
            f"{word}{NBSP}— {number}"
            for word, number in (
                ("выполнено", found.totals.count("done")), ("частично", found.totals.count("part")),
                ("просрочено", found.totals.count("late")), ("перенесено", found.totals.count("moved")),
                ("отменено", found.totals.count("cancelled")),
            )
            if number
        ]  # fmt: skip
        open_ones = sum(found.totals.count(word) for word in ("soon", "planned", "running"))
        if open_ones:
            parts.append(f"срок ещё не истёк{NBSP}— {open_ones}")
        total = count(len(found.planned), *ACTIVITIES)
        ends = "заканчивается срок" if len(found.planned) == 1 else "заканчиваются сроки"
        first = f"В этом периоде {ends}: {total}. Из них {', '.join(parts)}."
    more = []
    if found.totals.dated:
        more.append(f"В срок выполнено {found.totals.in_time}{NBSP}из{NBSP}{found.totals.dated}.")
    if found.older:
        more.append(f"С прошлых периодов осталось {count(len(found.older), *ACTIVITIES)}.")
    if found.participants is not None:
        more.append(f"Участников в выполненных мероприятиях: {found.participants}.")
    if found.spent_kopecks is not None:
        more.append(f"Потрачено на выполненное: {roubles(found.spent_kopecks)}.")
    if found.at < found.last:
        more.append(f"Период ещё идёт: состояние на{NBSP}{ru_date(found.at)}.")
    return (first, " ".join(more)) if more else (first,)


def lists(found: PeriodReport) -> PaperLists:
    """Return the lists of the paper."""
    from app.reports.execution_paper import PaperLists

    changed = sorted((*found.moved, *found.cancelled), key=found.planned.index)
    unexplained = sum(line.unexplained for line in (*found.late, *found.older, *found.part, *changed))
    silent = (f"Причина не названа: {count(unexplained, *ACTIVITIES)}.",) if unexplained else ()

    def told(lines: Sequence[ExecutionLine]) -> tuple[PaperLine, ...]:
        return tuple(map(_paper_line, lines))

    return PaperLists(
        sentences(found), tuple(_sum_of(group, lines) for group, lines in by_group(found.planned)),
        done=told(found.done), part=told(found.part), late=told(found.late), older=told(found.older),
        changed=told(changed), running=told(found.running), ahead=told(found.ahead), notes=silent,
    )  # fmt: skip


def _sum_of(group: str, lines: Sequence[ExecutionLine]) -> PaperSum:
    from app.reports.execution_paper import PaperSum

    def number(*words: str) -> int:
        return sum(line.shown in words for line in lines)

    return PaperSum(group, len(lines), number("done"), number("part"), number("late"), number("moved"),
                    number("cancelled"), number("soon", "planned", "running", "no_term"))  # fmt: skip


def _paper_line(line: ExecutionLine) -> PaperLine:
    from app.reports.execution_paper import PaperLine

    later = ""
    if line.shown in {"moved", "cancelled"}:
        later = line.word
    elif line.shown == "late" and line.state in {"done", "part"} and line.done_on:
        later = f"{STATE_WORDS[line.state]} {ru_date(line.done_on)}"
    shown_end = line.done_on if line.shown in {"done", "part"} else None
    what = [line.product, line.remark if line.shown not in {"done", "part"} else ""]
    return PaperLine(
        line.number, line.text, line.group, line.term or "не указан", "; ".join(line.responsible), line.due_on,
        shown_end, line.moved_to, line.days if line.shown == "late" else None,
        ". ".join(part.rstrip(". ") for part in what if part), line.participants, len(line.schools) or None,
        line.spent_kopecks, line.reason, later,
    )  # fmt: skip


def by_group(lines: Sequence[ExecutionLine]) -> list[tuple[str, list[ExecutionLine]]]:
    """Return lines under the headings of the plan, in its order."""
    found: dict[str, list[ExecutionLine]] = {}
    for line in lines:
        found.setdefault(line.group, []).append(line)
    return list(found.items())
