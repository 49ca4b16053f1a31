"""«Помощь и события» in the card of a school: help of the school year, next steps, events its people came to."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from app import clock, school_years
from app.models import work_counts
from app.models.store import Connection
from app.models.work_counts import EventRow
from app.operations import help_journal, month_work_words, work_turnout
from app.operations.help_journal import HelpLine
from app.operations.month_work import of_events
from app.operations.register_work_events import EVENT_WORDS
from app.operations.work_turnout import Turnout
from app.reports.card_data import Line, Origin, Section, Way
from app.texts import NBSP, count, quoted, ru_date

KEY, TITLE = "work", "Помощь и события"
NOTHING = "помощь не записана, на события из школы не приходили"
MOST_STEPS = 3


def section(connection: Connection, school_id: int, school_year: int, day: date | None = None) -> Section:
    """Return what the service did with a school in a school year (from August to July).

    Args:
        connection: reading connection.
        school_id: canonical record; those merged into it count as it.
        school_year: first calendar year.
        day: today: next steps before it are late.
    """
    first, last = school_years.days_of(school_year)
    lines = help_journal.listing(connection, first, last, school_id=school_id)
    events = work_counts.events(connection, first.isoformat(), last.isoformat())
    turned = work_turnout.turnout(connection, [row.id for row in events if row.state == "held"])
    came = [(row, turned[row.id]) for row in events if row.state == "held" and school_id in turned[row.id].schools]
    today = (day or clock.today()).isoformat()
    found = (
        *_helped(lines), *_steps(lines, today), *_came(came, school_id), *_bodies(connection, school_id, today)
    )  # fmt: skip
    return Section(KEY, TITLE, found, NOTHING)


def _helped(lines: tuple[HelpLine, ...]) -> Iterator[Line]:
    if not lines:
        return
    words, people = month_work_words.HELP_FORMS, help_journal.people_of(lines)
    kinds = [count(number, *words[kind]) for kind, number in help_journal.totals(lines, date.min).kinds.items()]
    told = f"разных людей: {month_work_words.span(people)}" if people.occasions else ""
    yield Line("Помощь за год", ", ".join(kinds), told, way=_way(lines[0]))
    last = lines[0]
    on = ru_date(last.held_on) if last.held_on else ""
    yield Line("Последний раз", f"{on}, {last.title}", last.outcome, origin=Origin("help_entry", last.id),
               way=_way(last))  # fmt: skip


def _way(line: HelpLine) -> Way:
    return Way("help", str(line.id))


def _steps(lines: tuple[HelpLine, ...], today: str) -> Iterator[Line]:
    """Next steps that nobody has done, the most urgent first."""
    waiting = sorted((line for line in lines if line.waits), key=lambda line: (line.next_on or "9", line.id))
    for line in waiting[:MOST_STEPS]:
        late = line.next_on is not None and line.next_on < today
        on = "срок не назначен" if line.next_on is None else f"до{NBSP}{ru_date(line.next_on)}"
        on = f"просрочено, {on}" if late else on
        yield Line("Следующий шаг", line.next_step or line.title, on, "bad" if late else "none",
                   Origin("help_entry", line.id), _way(line))  # fmt: skip
    if len(waiting) > MOST_STEPS:
        yield Line("Ещё", f"следующих шагов:{NBSP}{len(waiting) - MOST_STEPS}", way=_way(waiting[MOST_STEPS]))


def _came(found: list[tuple[EventRow, Turnout]], school_id: int) -> Iterator[Line]:
    if not found:
        return
    mine = [
        (row, Turnout(tuple(one for one in came.attended if one.school_id == school_id), None, {}))
        for row, came in found
    ]  # fmt: skip
    people = of_events(mine)
    row = found[-1][0]
    way = Way("event", str(row.id))
    yield Line("События", f"приходили на {count(len(found), *month_work_words.EVENT)}",
               f"разных людей: {month_work_words.span(people)}", way=way)  # fmt: skip
    title = f" {quoted(row.title)}" if row.title else ""
    yield Line("Последнее", f"{ru_date(row.date_from or '')}, {EVENT_WORDS[row.kind]}{title}",
               origin=Origin("work_event", row.id), way=way)  # fmt: skip


def _bodies(connection: Connection, school_id: int, today: str) -> Iterator[Line]:
    found = work_counts.bodies_of_school(connection, school_id, today)
    if found:
        key = found[0][0]
        yield Line("Объединения", "; ".join(name for _key, name in found), way=Way("body", str(key)))
