"""The plan of a month and the report of a methodist for a month or a quarter: from what is due, done and journaled.

Every sentence of the report is derived from the file until a person writes another (table ``paper_text``); what a
person wrote stays, and says so when the figures under it have changed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.analysis.person_names import mentions, same_person
from app.analysis.working_days import Break, Calendar, DayKind, Period, days
from app.errors import UserError
from app.models import due_rows, paper_texts
from app.models.store import Connection, Store
from app.operations import day_lines, month_words, month_work, month_work_words, what_changed, workday
from app.operations.day_lines import DayLine
from app.operations.month_words import Figures
from app.operations.month_work_words import WorkTable
from app.texts import NBSP

PAPER = "month_report"
TITLES: Mapping[str, str] = {
    "intro": "Коротко",
    "help": "Помощь школам",
    "events": "События",
    "bodies": "Объединения",
    "practices": "Практики",
    "mentoring": "Наставничество",
    "staff": "Кто что сделал",
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
OF_SERVICE = frozenset({"practices", "mentoring", "staff", "forms"})
"""Sections whose rows name no methodist: the report of one person is without them."""
_NEVER_LATE = frozenset({"event", "round"})
"""Sources whose rows were not late though they ended later: an event goes on over the end of a month, of rounds the
forms tell what is late."""
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


def plan(
    connection: Connection, period: Period, day: date, *, closed: bool = False, who: str = ""
) -> MonthPlan:  # fmt: skip
    """Return what is due in a period, day by day.

    Args:
        connection: reading connection.
        period: a month or a quarter.
        day: what counts as today.
        closed: rounds of closed forms are named too.
        who: only what this person answers for, however the name is spelled; "" for the whole service.
    """
    calendar = workday.load(connection)
    due: dict[str, list[DayLine]] = {}
    for line in _of(day_lines.due_lines(connection, day, period.first, period.last, closed=closed), who):
        due.setdefault(line.due or "", []).append(line)
    before = period.first - timedelta(days=1)
    late = _of(day_lines.open_lines(connection, day, before, closed=closed), who) if before < day else []
    working = calendar.working(period.first, period.last)
    return MonthPlan(
        period,
        tuple(_day(calendar, one, due.get(one.isoformat(), [])) for one in days(period.first, period.last)),
        len(working), sum(one > day for one in working), calendar.known(period.first.year),
        tuple(item for item in calendar.breaks if item.first <= period.last and item.last >= period.first),
        tuple(line for line in late if (line.due or "9") < period.first.isoformat()),
    )  # fmt: skip


def check_person(connection: Connection, period: Period, day: date, who: str) -> None:
    """Refuse a name that nobody in the file has: a report of nothing would pass for a month without work.

    Raises:
        UserError: ``MON_NO_PERSON`` with those who are known.
    """
    known = month_work.people(connection, due_rows.actors(connection))
    if any(same_person(one, who) for one in known):
        return
    due = day_lines.due_lines(connection, day, period.first, period.last)
    done = day_lines.done_lines(connection, day, period.first, period.last)
    named = [line.who for line in (*due, *done) if line.who]
    if not any(mentions(text, who) for text in named):
        raise UserError("MON_NO_PERSON", raw=who, known=", ".join(month_work.people(connection, [*known, *named])))


def _of(lines: list[DayLine], who: str) -> list[DayLine]:
    return [line for line in lines if mentions(line.who, who)] if who else lines


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
        lines: what stands in the table under it; ``table`` another one, by school, event or methodist.
    """

    key: str
    title: str
    text: str
    derived: str
    own: bool
    stale: bool
    lines: tuple[DayLine, ...]
    table: WorkTable | None = None


@dataclass(frozen=True, slots=True)
class MonthReport:
    """The report of a period as it stands on a day; ``who`` is "" where it is the report of the whole service."""

    period: Period
    day: date
    figures: Figures
    blocks: tuple[ReportBlock, ...]
    actors: tuple[str, ...]
    who: str = ""


def report(
    connection: Connection, period: Period, day: date, *, closed: bool = False, who: str = ""
) -> MonthReport:  # fmt: skip
    """Return the report of a period.

    Args:
        connection: reading connection.
        period: a month or a quarter.
        day: what counts as today: what is open then is told as not done; of a period that is over what was open at
            its end, also where it has been done since.
        closed: rounds of closed forms are named too.
        who: only what this person did and answers for; "" for the whole service.
    """
    who = " ".join(who.split())
    done = _of(day_lines.done_lines(connection, day, period.first, period.last, closed=closed), who)
    left = _of(_left(connection, period, day, closed=closed), who)
    ahead = _of(_ahead(connection, period, day, closed=closed), who)
    deeds = due_rows.deeds(
        connection, _before(period.first), what_changed.moment(period.last + timedelta(days=1)), 100_000
    )
    deeds = [deed for deed in deeds if not who or same_person(deed.actor, who)]
    groups = what_changed.grouped(deeds)
    calendar = workday.load(connection)
    figures = Figures(
        period, min(day, period.last), len(calendar.working(period.first, period.last)), tuple(done), tuple(left),
        tuple(ahead),
        _counted(connection, period, who), groups,
        len({what_changed.local_day(deed.at) for deed in deeds}), sum(deed.kind == "results.import" for deed in deeds),
        month_work.work(connection, period, day, who),
    )  # fmt: skip
    kept = paper_texts.texts(connection, PAPER, who, period.key)
    blocks = []
    for key, title in TITLES.items():
        if who and key in OF_SERVICE:
            continue
        derived, own = month_words.WORDS[key](figures), kept.get(key)
        blocks.append(
            ReportBlock(
                key, title, derived if own is None else own.text, derived, own is not None,
                own is not None and own.derived != derived, _lines(key, figures),
                month_work_words.table(key, figures.work),
            )
        )  # fmt: skip
    actors = tuple(dict.fromkeys(deed.actor for deed in reversed(deeds)))
    return MonthReport(period, day, figures, tuple(blocks), actors, who)


def _counted(connection: Connection, period: Period, who: str) -> dict[str, int]:
    """Return ``due_rows.counted``; of one person only the requests, whose rows say who answers for them."""
    first, last = period.first.isoformat(), period.last.isoformat()
    found = due_rows.counted(connection, first, last)
    if not who:
        return found
    rows = [row for row in due_rows.requests(connection, first, last) if mentions(row.responsible, who)]
    answered = [row for row in rows if period.holds(row.answered_on)]
    late = [row for row in answered if row.due_on is not None and str(row.answered_on) > row.due_on]
    mine = {"incoming": sum(period.holds(row.came_on) for row in rows), "answered": len(answered),
            "answered_late": len(late)}  # fmt: skip
    return dict.fromkeys(found, 0) | mine


def _before(day: date) -> str:
    """Return the last second before a local day: operations of its first second count."""
    from datetime import datetime

    return (datetime.fromisoformat(what_changed.moment(day)) - timedelta(seconds=1)).isoformat(timespec="seconds")


def _left(connection: Connection, period: Period, day: date, *, closed: bool) -> list[DayLine]:
    """Return what was overdue at the end of the period, or is today where it lasts still."""
    until = min(period.last, day - timedelta(days=1))
    end = until.isoformat()
    found = [line for line in day_lines.open_lines(connection, day, until, closed=closed)
             if line.due is not None and line.due <= end]  # fmt: skip
    if period.last < day:
        since = day_lines.done_lines(connection, day, period.last + timedelta(days=1), day, closed=closed)
        found += [line for line in since if line.due is not None and line.due <= end and line.source not in _NEVER_LATE]
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


def put_text(store: Store, period: Period, key: str, text: str | None, day: date, who: str = "") -> None:
    """Write the text of a section; None (or nothing) takes the derived one again.

    Args:
        store: the open file.
        period: of the report.
        key: of ``TITLES``.
        text: what a person wrote.
        day: what counts as today: the derived text of that day is kept beside it.
        who: see ``report``: the report of one person has texts of its own.

    Raises:
        UserError: ``MON_NO_BLOCK``.
    """
    who = " ".join(who.split())
    if key not in TITLES or (who and key in OF_SERVICE):
        raise UserError("MON_NO_BLOCK", key=key, known=", ".join(TITLES))
    block = next(item for item in report(store.connection, period, day, who=who).blocks if item.key == key)
    wanted = (text or "").strip() or None
    # an edit on the screen gives no-break spaces back as plain ones
    if wanted is not None and wanted.replace(NBSP, " ") == block.derived.replace(NBSP, " "):
        wanted = None
    label = f"Отчёт за {period.title}: {TITLES[key]}" + (f" ({who})" if who else "")
    with store.operation(label, "month.text", merge=f"month:{period.key}:{who}:{key}") as operation:
        paper_texts.put_text(operation, (PAPER, who, period.key), key, wanted, block.derived if wanted else None)
