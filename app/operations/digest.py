"""The day as plain text, to send by mail or to read aloud at a meeting."""

from __future__ import annotations

from datetime import date

from app.analysis.working_days import WEEK
from app.models import settings
from app.models.store import Connection
from app.operations import today, what_changed, workday
from app.operations.today import GROUPS, Step, Today
from app.texts import NBSP, count, ru_date

MOST_PROBLEMS = 8
MOST_IN_GROUP = 40
_GENITIVE = (
    "января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября",
    "декабря",
)  # fmt: skip


def long_date(day: date) -> str:
    """Return «23 ноября 2026 года, понедельник»."""
    return f"{day.day} {_GENITIVE[day.month - 1]} {day.year} года, {WEEK[day.weekday()]}"


def digest(
    connection: Connection, day: date, *, since: str | None = None, closed: bool = False, ahead: int = today.AHEAD
) -> str:  # fmt: skip
    """Return the day as plain text: dates ahead, what is overdue and due, what to check, what changed.

    Args:
        connection: reading connection.
        day: what counts as today.
        since: moment from which changes are told; None: of the last day of work.
        closed: rounds of closed forms are named too.
        ahead: how many days ahead what is due is told.
    """
    from app.operations import checks  # loads pandas

    since = since or what_changed.last_day_of_work(connection, day)
    found = today.today(connection, day, since=since, closed=closed, ahead=ahead)
    waiting = [item for item in checks.problems(connection) if item.open]
    calendar = workday.load(connection)
    lines = [f"Сегодня, {long_date(day)}"]
    lines += [name for name in (settings.get(connection, "municipality"),) if name]
    lines += ["", today.sentence(found, len(waiting)) + "."]
    lines += [f"Сегодня не рабочий день: {calendar.title(day) or 'выходной'}."] if not calendar.works(day) else []
    for group, title in GROUPS.items():
        lines += _group(found, group, title)
    if waiting:
        lines += ["", f"ПРОВЕРИТЬ В ДАННЫХ: {len(waiting)}"]
        lines += [f"— {_about(item.school, item.what)}" for item in waiting[:MOST_PROBLEMS]]
        lines += _rest(len(waiting) - MOST_PROBLEMS)
    lines += _changes(found)
    return "\n".join(lines).replace(NBSP, " ") + "\n"


def _group(found: Today, group: today.Group, title: str) -> list[str]:
    steps = found.of_group(group)
    if not steps:
        return []
    return ["", f"{title.upper()}: {len(steps)}", *(f"— {_step(step)}" for step in steps[:MOST_IN_GROUP]),
            *_rest(len(steps) - MOST_IN_GROUP)]  # fmt: skip


def _step(step: Step) -> str:
    """Return one line: the day, what is to be done, who does it."""
    due = step.line.due if step.line is not None else None
    day = f"{ru_date(due)}. " if due else ""
    text = step.text.rstrip()
    ending = "" if text.endswith((".", "!", "?", "…")) else "."
    return f"{day}{text}{ending} {step.detail}.".replace("..", ".") if step.detail else f"{day}{text}{ending}"


def _about(school: str, what: str) -> str:
    return what if not school or what.startswith(school) else f"{school}: {what}"


def _rest(number: int) -> list[str]:
    return [f"  и ещё {count(number, 'строка', 'строки', 'строк')}"] if number > 0 else []


def _changes(found: Today) -> list[str]:
    if not found.groups:
        return []
    head = "ЧТО ИЗМЕНИЛОСЬ"
    if found.since is not None:
        head += f" С {ru_date(what_changed.local_day(found.since))}"
    return ["", head, *(f"— {group.text}" for group in found.groups)]
