"""The plan of a month and the report of a methodist for a month or a quarter: from what is due, done and journaled.

Every sentence of the report is derived from the file until a person writes another (table ``paper_text``); what a
person wrote stays, and says so when the figures under it have changed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.analysis.working_days import Break, Calendar, DayKind, Period, days
from app.errors import UserError
from app.models import due_rows, paper_texts
from app.models.store import Connection, Store
from app.operations import day_lines, month_words, what_changed, workday
from app.operations.day_lines import DayLine
from app.operations.month_words import Figures
from app.texts import NBSP

PAPER = "month_report"
TITLES: Mapping[str, str] = {
    "intro": "Коротко",
    "done": "Сделано",
    "activities": "Мероприятия программы",
    "decisions": "Решения и поручения",
    "requests": "Запросы",
    "forms": "Сборы сведений и документы",
    "support": "Работа со школами",
    "data": "Работа с данными",
    "left": "Не сделано в срок",
    "next": "Что дальше",
}
"""Sections of the report in their order; each has a text, some have lines under it."""
_OF_BLOCK: Mapping[str, frozenset[str]] = {
    "done": frozenset({"task"}),
    "activities": frozenset({"activity", "measuring"}),
    "decisions": frozenset({"point"}),
    "requests": frozenset({"request", "remark"}),
    "support": frozenset({"route", "joint", "risk", "support", "partnership", "recommendation"}),
}


@dataclass(frozen=True, slots=True)
class PlanDay:
    """One day of a month.

    Attributes:
        title: why it is what it is; ``on_break`` the school break it belongs to.
        lines: what is due on it.
    """

    day: date
    kind: DayKind
    title: str
    on_break: str
    lines: tuple[DayLine, ...]


@dataclass(frozen=True, slots=True)
class MonthPlan:
    """What is due in a period.

    Attributes:
        working: number of working days; ``left`` of those after today.
        known: the decree about the days off of the year is known.
        breaks: school breaks that meet the period.
        late: what is overdue from before the period.
    """

    period: Period
    days: tuple[PlanDay, ...]
    working: int
    left: int
    known: bool
    breaks: tuple[Break, ...]
    late: tuple[DayLine, ...]

    @property
    def lines(self) -> tuple[DayLine, ...]:
        """Everything that is due in the period."""
        return tuple(line for item in self.days for line in item.lines)


def plan(connection: Connection, period: Period, day: date, *, closed: bool = False) -> MonthPlan:
    """Return what is due in a period, day by day.

    Args:
        connection: reading connection.
        period: a month or a quarter.
        day: what counts as today.
        closed: rounds of closed forms are named too.
    """
    calendar = workday.load(connection)
    due: dict[str, list[DayLine]] = {}
    for line in day_lines.due_lines(connection, day, period.first, period.last, closed=closed):
        due.setdefault(line.due or "", []).append(line)
    before = period.first - timedelta(days=1)
    late = day_lines.open_lines(connection, day, before, closed=closed) if before < day else []
    working = calendar.working(period.first, period.last)
    return MonthPlan(
        period,
        tuple(_day(calendar, one, due.get(one.isoformat(), [])) for one in days(period.first, period.last)),
        len(working), sum(one > day for one in working), calendar.known(period.first.year),
        tuple(item for item in calendar.breaks if item.first <= period.last and item.last >= period.first),
        tuple(line for line in late if (line.due or "9") < period.first.isoformat()),
    )  # fmt: skip


def _day(calendar: Calendar, day: date, lines: Sequence[DayLine]) -> PlanDay:
    return PlanDay(day, calendar.kind(day), calendar.title(day), calendar.on_break(day), tuple(lines))


# --- the report --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ReportBlock:
    """One section of the report.

    Attributes:
        text: what is printed: of a person where they wrote one, else ``derived``.
        derived: what the figures say now.
        own: a person wrote the text; ``stale``: the figures have changed since.
        lines: what stands in the table under it.
    """

    key: str
    title: str
    text: str
    derived: str
    own: bool
    stale: bool
    lines: tuple[DayLine, ...]


@dataclass(frozen=True, slots=True)
class MonthReport:
    """The report of a period as it stands on a day."""

    period: Period
    day: date
    figures: Figures
    blocks: tuple[ReportBlock, ...]
    actors: tuple[str, ...]


def report(connection: Connection, period: Period, day: date, *, closed: bool = False) -> MonthReport:
    """Return the report of a period.

    Args:
        connection: reading connection.
        period: a month or a quarter.
        day: what counts as today: what is open then is told as not done; of a period that is over what was open at
            its end, also where it has been done since.
        closed: rounds of closed forms are named too.
    """
    done = day_lines.done_lines(connection, day, period.first, period.last, closed=closed)
    left = _left(connection, period, day, closed=closed)
    ahead = _ahead(connection, period, day, closed=closed)
    deeds = due_rows.deeds(
        connection, _before(period.first), what_changed.moment(period.last + timedelta(days=1)), 100_000
    )
    groups = what_changed.grouped(deeds)
    calendar = workday.load(connection)
    figures = Figures(
        period, min(day, period.last), len(calendar.working(period.first, period.last)), tuple(done), tuple(left),
        tuple(ahead),
        due_rows.counted(connection, period.first.isoformat(), period.last.isoformat()), groups,
        len({what_changed.local_day(deed.at) for deed in deeds}), sum(deed.kind == "results.import" for deed in deeds),
    )  # fmt: skip
    kept = paper_texts.texts(connection, PAPER, "", period.key)
    blocks = []
    for key, title in TITLES.items():
        derived, own = month_words.WORDS[key](figures), kept.get(key)
        blocks.append(
            ReportBlock(
                key, title, derived if own is None else own.text, derived, own is not None,
                own is not None and own.derived != derived, _lines(key, figures),
            )
        )  # fmt: skip
    actors = tuple(dict.fromkeys(deed.actor for deed in reversed(deeds)))
    return MonthReport(period, day, figures, tuple(blocks), actors)


def _before(day: date) -> str:
    """Return the last second before a local day: operations of its first second count."""
    from datetime import datetime

    return (datetime.fromisoformat(what_changed.moment(day)) - timedelta(seconds=1)).isoformat(timespec="seconds")


def _left(connection: Connection, period: Period, day: date, *, closed: bool) -> list[DayLine]:
    """Return what was overdue at the end of the period, or is today where it lasts still."""
    until = min(period.last, day - timedelta(days=1))
    found = [line for line in day_lines.open_lines(connection, day, until, closed=closed) if line.due]
    if period.last < day:
        since = day_lines.done_lines(connection, day, period.last + timedelta(days=1), day, closed=closed)
        found += [line for line in since if line.due is not None and line.due <= until.isoformat()]
    return sorted(found, key=lambda line: (line.due or "", line.source, line.text, line.school))


def _ahead(connection: Connection, period: Period, day: date, *, closed: bool) -> list[DayLine]:
    """Return what is due in the period after this one and was not done before it."""
    following = period.step(1)
    found = day_lines.due_lines(connection, day, following.first, following.last, closed=closed)
    return [line for line in found if line.open or (line.done_on or "") > period.last.isoformat()]


def _lines(key: str, figures: Figures) -> tuple[DayLine, ...]:
    if key == "left":
        return figures.left
    if key == "next":
        return figures.ahead
    wanted = _OF_BLOCK.get(key, frozenset())
    return tuple(line for line in figures.done if line.source in wanted)


def put_text(store: Store, period: Period, key: str, text: str | None, day: date) -> None:
    """Write the text of a section; None (or nothing) takes the derived one again.

    Args:
        store: the open file.
        period: of the report.
        key: of ``TITLES``.
        text: what a person wrote.
        day: what counts as today: the derived text of that day is kept beside it.

    Raises:
        UserError: ``MON_NO_BLOCK``.
    """
    if key not in TITLES:
        raise UserError("MON_NO_BLOCK", key=key, known=", ".join(TITLES))
    block = next(item for item in report(store.connection, period, day).blocks if item.key == key)
    wanted = (text or "").strip() or None
    # an edit on the screen gives no-break spaces back as plain ones
    if wanted is not None and wanted.replace(NBSP, " ") == block.derived.replace(NBSP, " "):
        wanted = None
    label = f"Отчёт за {period.title}: {TITLES[key]}"
    with store.operation(label, "month.text", merge=f"month:{period.key}:{key}") as operation:
        paper_texts.put_text(operation, (PAPER, "", period.key), key, wanted, block.derived if wanted else None)
