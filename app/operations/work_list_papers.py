"""Papers over many things of the methodist's own work: events of a time, an activity's reach, the journal of help."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from app import school_years
from app.analysis.coverage import Coverage
from app.models import due_rows, organisations
from app.models.store import Connection
from app.operations import (
    activity_choice,
    activity_words,
    activity_work,
    event_feedback,
    event_words,
    events,
    help_journal,
    workday,
)
from app.operations.activity_work import ActivityWork
from app.operations.event_certificates import form_said
from app.operations.events import EventLine
from app.operations.help_journal import HelpLine
from app.operations.paper_head import head
from app.operations.papers import Paper
from app.texts import NBSP, capital, count, ru_date, school_year

if TYPE_CHECKING:
    from app.reports.work_lists import EventRow, HelpRow, SchoolRow


def span(year: int, period: str = "") -> tuple[date, date, str]:
    """Return first day, last day and words of a school year, or of a month or quarter («2026-11», «2026-Q4»)."""
    if period:
        found = workday.period(period)
        return found.first, found.last, found.title
    words = f"{school_year(year)}{NBSP}учебный год"
    return *school_years.days_of(year), words


def people_words(found: Coverage) -> str:
    """Return «47 человек», «от 47 до 60 человек»; that nobody has counted."""
    if not found.occasions:
        return "никто не считал"
    if found.exact:
        return count(found.least, "человек", "человека", "человек")
    return f"от {found.least} до {count(found.most, 'человека', 'человек', 'человек')}"


def event_list(connection: Connection, year: int, period: str, day: date) -> Paper:
    """Return the events of a month, a quarter or a school year."""
    from app.reports import work_lists as paper

    first, last, words = span(year, period)
    lines = events.listing(connection, day, first=first.isoformat(), last=last.isoformat())
    counted = events.begun(lines, first.isoformat())
    held = [line for line in counted if line.held]
    met = events.people_of(connection, [line.id for line in held])
    told = f"Всего событий: {len(counted)}, прошло: {len(held)}."
    if held:
        told += f" Разных участников: {people_words(met)}, участий {met.visits}."
    links = [line.connections for line in held if line.connections is not None]
    told += f" Подключений: {sum(links)}." if links else ""
    before = event_words.earlier(len(lines) - len(counted))
    told += f" {capital(before)}." if before else ""
    document = paper.events(head(connection), words, told, _rows(connection, lines))
    return Paper("event_list", f"События, {_plain(words)}", document, None, period=_plain(words))


def _plain(text: str) -> str:
    return text.replace(NBSP, " ")


def _rows(connection: Connection, lines: tuple[EventLine, ...]) -> tuple[EventRow, ...]:
    from app.reports.work_lists import EventRow

    feedback = event_feedback.told(connection, [line.id for line in lines])
    titles = {line.id: (line.event.title or "").strip() for line in lines}
    return tuple(
        EventRow(line.days, "" if form_said(line.word, titles[line.id]) else line.word, titles[line.id], line.where,
                 line.activity, line.came, line.connections, feedback.get(line.id, ""), line.chip_word)
        for line in lines
    )  # fmt: skip


def reached(connection: Connection, lineage: int, plan_year: int, day: date) -> Paper:
    """Return how many different people the events of an activity reached in a plan year."""
    from app.reports import work_lists as paper

    work = activity_work.of_activity(connection, lineage, plan_year, day)
    found = work.events
    activity = activity_choice.labels(connection, [lineage])[lineage]
    schools = tuple(_school_rows(connection, found.lines))
    told = (
        ("Событий прошло", f"{found.held} из {len(found.lines)}"),
        ("Разных участников", people_words(found.coverage)), ("Участий", str(found.coverage.visits)),
        ("По именам", count(found.coverage.named, "человек", "человека", "человек") if found.coverage.named else ""),
        ("Подключений", "" if found.connections is None else str(found.connections)),
        ("Школ", str(len(found.schools))), ("Без числа участников", str(found.uncounted) if found.uncounted else ""),
        *_help_told(work), *((f"План: «{one.wanted.text}»", activity_words.asked_words(one, work)[1])
                             for one in work.asked),
    )  # fmt: skip
    document = paper.reached(head(connection), activity, plan_year, told, _rows(connection, found.lines), schools,
                             coverage_note(found.coverage))  # fmt: skip
    return Paper("event_coverage", f"Охват мероприятия: {activity}, {plan_year} год", document, None,
                 period=f"{plan_year} год")  # fmt: skip


def _help_told(work: ActivityWork) -> tuple[tuple[str, str], ...]:
    """Return what the journal of help adds to the events of an activity; nothing where nobody was helped for it."""
    if not work.help:
        return ()
    helped = help_journal.people_of(work.help)
    return (
        ("Записей о помощи", f"{len(work.help)}, людей: {people_words(helped)}"),
        ("Разных людей с помощью", f"{people_words(work.people)}, школ: {len(work.schools)}"),
    )


def coverage_note(found: Coverage) -> str:
    """Say why people are a span, or that they are counted exactly."""
    if not found.occasions:
        return "Участников никто не вписал: охват не известен, это не ноль."
    if found.exact:
        return "Считаются разные люди: кто был несколько раз, посчитан один раз."
    told = ["Считаются разные люди."]
    if found.most > found.named:
        told.append("Там, где есть списки по именам, повторы видны; где вписано только число, они не видны.")
    if found.alike:
        cases = count(len(found.alike), "случае", "случаях", "случаях")
        told.append(f"В{NBSP}{cases} имена записаны так, что за ними может быть один человек или разные люди.")
    told.append("Поэтому охват — от числа, меньше которого быть не может, до числа, если никто не посчитан дважды.")
    return " ".join(told)


def _school_rows(connection: Connection, lines: tuple[EventLine, ...]) -> list[SchoolRow]:
    from app.reports.work_lists import SchoolRow

    held = [line.id for line in lines if line.held]
    at: dict[int, set[int]] = {}
    visits: dict[int, int] = {}
    for row in events.attendance_of(connection, held):
        if row.school_id is not None and row.people:
            at.setdefault(row.school_id, set()).add(row.occasion)
            visits[row.school_id] = visits.get(row.school_id, 0) + row.people
    names = due_rows.names(connection)
    order = [key for key in events.kept_order(connection) if key in at]
    return [SchoolRow(names.get(key, ""), len(at[key]), visits[key]) for key in order]


# --- the journal of help -----------------------------------------------------------------------------------------


def journal(connection: Connection, year: int, period: str, school_id: int | None, day: date) -> Paper:
    """Return the journal of help of a time, of one school where one is given."""
    from app.reports import work_lists as paper

    first, last, words = span(year, period)
    lines = help_journal.listing(connection, first, last, school_id=school_id)
    names = due_rows.names(connection)
    school = "" if school_id is None else names.get(organisations.canonical(connection, school_id), "")
    over = f"{school}, {words}" if school else words
    # entries of one day stand by school: their keys say nothing
    ordered = sorted(lines, key=lambda line: (line.held_on or "9999", line.school, line.kind, line.topic, line.outcome))
    rows = tuple(_help_row(line) for line in ordered)
    document = paper.journal(head(connection), over, _told(lines, day), rows)
    return Paper("help_journal", f"Журнал помощи, {_plain(over)}", document, None, period=_plain(words),
                 addressee=school)  # fmt: skip


def _help_row(line: HelpLine) -> HelpRow:
    from app.reports.work_lists import HelpRow

    number = "" if line.people is None else str(line.people)
    people = f"{line.whom}{NBSP}— {number}" if line.whom and number else line.whom or (
        count(line.people, "человек", "человека", "человек") if line.people is not None else "")  # fmt: skip
    step = line.next_step or ("следующий шаг" if line.next_on else "")
    if step and line.next_on:
        step = f"{step}, до{NBSP}{ru_date(line.next_on)}"
    if step and line.next_done_on:
        step = f"{step} (сделано {ru_date(line.next_done_on)})"
    topic = "; ".join(dict.fromkeys(part for part in (line.topic, line.deficit) if part))
    return HelpRow(line.held_on, line.school, line.word, people, topic, line.outcome, step, line.methodist)


def _told(lines: tuple[HelpLine, ...], day: date) -> tuple[str, ...]:
    """Return totals: entries by kind, people as a span, schools, steps that wait."""
    if not lines:
        return ()
    found = help_journal.totals(lines, day)
    kinds = ", ".join(f"{help_journal.KIND_WORDS[kind]}{NBSP}— {number}" for kind, number in found.kinds.items())
    told = [f"Записей: {found.occasions} ({kinds})."]
    told.append(f"Людей: {people_words(found.people)}. Школ: {len(found.schools)}.")
    if found.waiting:
        late = f", просрочено: {found.late}" if found.late else ""
        told.append(f"Следующих шагов не сделано: {found.waiting}{late}.")
    return (" ".join(told),)
