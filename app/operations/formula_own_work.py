"""Metrics of formulas about the methodist's own work: help, events, associations, practices, mentoring.

A year is a calendar year, as the plan's: an entry belongs to its day, an event to its first day. Where the file has no
row of that kind for the year there is no value: nobody has written anything down, which is not nought.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from app.analysis.coverage import Attendance, Coverage, coverage
from app.models import work_counts
from app.models.work_counts import EventRow
from app.operations import help_journal, work_turnout
from app.operations.formula_facts import Facts, Parameters, Part, Reading, missing, reading
from app.operations.help_journal import HelpLine
from app.operations.month_work import at_work
from app.operations.register_work_events import EVENT_WORDS
from app.operations.register_work_mentoring import FORM_WORDS
from app.operations.work_turnout import NOT_STAFF
from app.reports.card_data import Origin, Way
from app.texts import NBSP, ru_date, school_year

HELP_KINDS: Mapping[str, str] = {
    "выезды": "visit", "консультации": "consultation", "посещения уроков": "lesson", "тьюторство": "tutoring",
}  # fmt: skip
LEAST = "разных людей не менее; без родителей, учеников и прочих"


def _span(facts: Facts, told: Parameters) -> tuple[str, str]:
    year = facts.year_of(told)
    return f"{year}-01-01", f"{year}-12-31"


def _inside(facts: Facts, told: Parameters) -> tuple[Mapping[int, str] | None, str]:
    """Return the schools a metric is narrowed to and their words; None where it counts everything."""
    if not told.get("школы") and facts.one is None:
        return None, ""
    wanted, whose = facts.schools(told)
    return wanted, f"; {whose}"


# --- help --------------------------------------------------------------------------------------------------------


def _entries(facts: Facts, told: Parameters) -> tuple[tuple[HelpLine, ...], bool, str]:
    """Return the entries looked at, whether the year has any at all, and the words for them."""
    year = facts.year_of(told)
    first, last = (date.fromisoformat(day) for day in _span(facts, told))
    lines = facts.keep(("help", year), lambda: help_journal.listing(facts.connection, first, last))
    wanted, whose = _inside(facts, told)
    kind = HELP_KINDS.get(told.get("помощь", ""))
    found = tuple(
        line for line in reversed(lines)
        if (kind is None or line.kind == kind) and (wanted is None or line.school_id in wanted)
    )  # fmt: skip
    words = f"журнал помощи за {year}{NBSP}год{whose}" + (f"; {told['помощь']}" if kind else "")
    return found, bool(lines), words


def _entry(line: HelpLine) -> Part:
    said = f"{line.word}, {ru_date(line.held_on)}" if line.held_on else line.word
    return Part(line.school or "школа не указана", said, True, None, Way("help", str(line.id)))


def helped(facts: Facts, told: Parameters) -> Reading:
    """How many times help was given."""
    lines, any_, words = _entries(facts, told)
    return reading(len(lines), words, [_entry(line) for line in lines]) if any_ else missing(f"{words}: записей нет")


def helped_schools(facts: Facts, told: Parameters) -> Reading:
    """How many schools got help."""
    year = facts.year_of(told)
    lines, any_, words = _entries(facts, {key: value for key, value in told.items() if key != "школы"})
    if not any_:
        return missing(f"{words}: записей нет")
    wanted, whose = facts.schools(told)
    times = {key: sum(line.school_id == key for line in lines) for key in wanted}
    parts = [Part(name, f"записей: {times[key]}", times[key] > 0,
                  Origin("organisation", key)) for key, name in wanted.items()]  # fmt: skip
    return reading(sum(part.counted for part in parts), f"журнал помощи за {year}{NBSP}год; {whose}", parts)


def helped_people(facts: Facts, told: Parameters) -> Reading:
    """How many different people got help, at least."""
    lines, any_, words = _entries(facts, told)
    lines = tuple(line for line in lines if line.audience not in NOT_STAFF)
    found = help_journal.people_of(lines)
    if not any_ or not found.occasions:
        return missing(f"{words}: {'число людей не вписано' if any_ else 'записей нет'}")
    parts = [replace(_entry(line), amount=str(line.people)) for line in lines if line.people is not None]
    return reading(found.least, f"{words}; {_spanned(found)}", parts)


def _spanned(found: Coverage) -> str:
    return LEAST if found.exact else f"{LEAST}, не более {found.most}"


# --- events ------------------------------------------------------------------------------------------------------


def _held(facts: Facts, told: Parameters) -> tuple[list[EventRow], bool, str]:
    """Return the events that were held, whether the year has any event at all, and the words for them."""
    year = facts.year_of(told)
    rows = facts.keep(("events", year), lambda: work_counts.events(facts.connection, *_span(facts, told)))
    kind = next((key for key, word in EVENT_WORDS.items() if word == told.get("событие")), None)
    found = [row for row in rows if row.state == "held" and (kind is None or row.kind == kind)]
    words = f"события {year}{NBSP}года, которые прошли" + (f"; {told['событие']}" if kind else "")
    return found, bool(rows), words


def _event(row: EventRow) -> Part:
    title = (row.title or "").strip() or EVENT_WORDS[row.kind]
    return Part(title, ru_date(row.date_from or ""), True, None, Way("event", str(row.id)))


def events_held(facts: Facts, told: Parameters) -> Reading:
    """How many events were held."""
    rows, any_, words = _held(facts, told)
    return reading(len(rows), words, [_event(row) for row in rows]) if any_ else missing(f"{words}: событий нет")


def _turned(facts: Facts, rows: Sequence[EventRow]) -> dict[int, list[Attendance]]:
    found: dict[int, list[Attendance]] = {}
    keys = tuple(row.id for row in rows)
    for one in facts.keep(("staff", keys), lambda: work_turnout.staff_of(facts.connection, keys)):
        found.setdefault(one.occasion, []).append(one)
    return found


def event_people(facts: Facts, told: Parameters) -> Reading:
    """How many different people came to events, at least."""
    rows, any_, words = _held(facts, told)
    wanted, whose = _inside(facts, told)
    turned = {
        key: [one for one in found if wanted is None or one.school_id in wanted]
        for key, found in _turned(facts, rows).items()
    }  # fmt: skip
    found = coverage(one for rows_ in turned.values() for one in rows_)
    if not any_ or not found.occasions:
        return missing(f"{words}{whose}: {'участники не вписаны' if any_ else 'событий нет'}")
    parts = []
    for row in rows:
        alone = coverage(turned.get(row.id, ()))
        if alone.occasions:
            parts.append(replace(_event(row), amount=str(alone.least)))
    return reading(found.least, f"{words}{whose}; {_spanned(found)}", parts)


def event_schools(facts: Facts, told: Parameters) -> Reading:
    """How many schools took part in events."""
    rows, any_, words = _held(facts, told)
    if not any_:
        return missing(f"{words}: событий нет")
    wanted, whose = facts.schools(told)
    turned = facts.keep(
        ("turnout", tuple(row.id for row in rows)),
        lambda: work_turnout.turnout(facts.connection, [row.id for row in rows]),
    )
    times = {key: sum(key in came.schools for came in turned.values()) for key in wanted}
    parts = [Part(name, f"событий: {times[key]}", times[key] > 0, Origin("organisation", key))
             for key, name in wanted.items()]  # fmt: skip
    return reading(sum(part.counted for part in parts), f"{words}; {whose}", parts)


def connections(facts: Facts, told: Parameters) -> Reading:
    """How many connections events had; they are never added to people."""
    rows, any_, words = _held(facts, told)
    turned = work_turnout.turnout(facts.connection, [row.id for row in rows])
    parts = [replace(_event(row), amount=str(number)) for row in rows
             if (number := turned[row.id].connections) is not None]  # fmt: skip
    if not parts:
        return missing(f"{words}: {'подключения не вписаны' if any_ else 'событий нет'}")
    return reading(sum(int(part.amount) for part in parts), words, parts)


# --- bodies and practices ----------------------------------------------------------------------------------------


def bodies(facts: Facts, told: Parameters) -> Reading:
    """How many professional associations work in the year."""
    first, last = _span(facts, told)
    known = work_counts.bodies(facts.connection)
    year = facts.year_of(told)
    if not known:
        return missing("объединений в файле нет")
    parts = [
        Part(name, kind, (since or "") <= last and (until or "9") >= first, None, Way("body", str(key)))
        for key, (name, kind, since, until) in known.items()
    ]  # fmt: skip
    return reading(sum(part.counted for part in parts), f"объединения, которые работали в {year}{NBSP}году", parts)


def meetings(facts: Facts, told: Parameters) -> Reading:
    """How many meetings of professional associations were held."""
    rows, any_, words = _held(facts, {key: value for key, value in told.items() if key == "год"})
    names = work_counts.bodies(facts.connection)
    found = [row for row in rows if row.kind == "meeting" and row.body_id in names]
    if not any_:
        return missing(f"{words}: событий нет")
    parts = [replace(_event(row), what=names[row.body_id or 0][0]) for row in found]
    return reading(len(found), f"{words}; заседания объединений", parts)


def practices(facts: Facts, told: Parameters) -> Reading:
    """How many practices and products were accepted into the bank in the year."""
    first, last = _span(facts, told)
    bank = work_counts.practices(facts.connection)
    wanted, whose = _inside(facts, told)
    if not bank:
        return missing("банк практик пуст")
    found = [row for row in bank if wanted is None or row.school_id in wanted]
    parts = [
        Part(row.title or "без названия", ru_date(row.accepted_on) if row.accepted_on else "день не указан",
             row.accepted_on is not None and first <= row.accepted_on <= last, None, Way("practice", str(row.id)))
        for row in found
    ]  # fmt: skip
    words = f"принято в банк практик за {facts.year_of(told)}{NBSP}год{whose}"
    return reading(sum(part.counted for part in parts), words, parts)


def adopting(facts: Facts, told: Parameters) -> Reading:
    """How many schools have adopted somebody's practice by the end of the year."""
    _first, last = _span(facts, told)
    uses = work_counts.uses(facts.connection, last=last)
    if not uses:
        return missing("о внедрении практик записей нет")
    wanted, whose = facts.schools(told)
    have = {row.school_id for row in uses if row.state == "adopted"}
    parts = [Part(name, "внедрила" if key in have else "нет", key in have, Origin("organisation", key))
             for key, name in wanted.items()]  # fmt: skip
    words = f"внедрили практики к концу {facts.year_of(told)}{NBSP}года; {whose}"
    return reading(sum(part.counted for part in parts), words, parts)


# --- mentoring ---------------------------------------------------------------------------------------------------


def pairs(facts: Facts, told: Parameters) -> Reading:
    """How many mentoring pairs are at work in the year; nobody is named."""
    first, last = _span(facts, told)
    wanted, whose = _inside(facts, told)
    rows = work_counts.pairs(facts.connection)
    if not rows:
        return missing("наставнических пар в файле нет")
    parts = [
        Part(facts.name(row.school_id) or "школа не указана", FORM_WORDS[row.form], at_work(row, first, last), None,
             Way("mentor", str(row.id)))
        for row in rows if wanted is None or row.school_id in wanted
    ]  # fmt: skip
    words = f"наставнические пары {facts.year_of(told)}{NBSP}года{whose}"
    return reading(sum(part.counted for part in parts), words, parts)


def _young(facts: Facts, told: Parameters, take: Callable[[work_counts.YoungRow], int | None]) -> Reading:
    year = facts.school_year(told, "young_count")
    if year is None:
        return missing(f"молодые педагоги: за {facts.year_of(told)}{NBSP}год строк нет")
    wanted, whose = _inside(facts, told)
    rows = work_counts.young(facts.connection, year)
    found = [(row, number) for row in rows
             if (wanted is None or row.school_id in wanted) and (number := take(row)) is not None]  # fmt: skip
    words = f"молодые педагоги, {school_year(year)}{whose}"
    if not found:
        return missing(f"{words}: чисел нет")
    parts = [Part(facts.name(row.school_id) or "школа не указана", "молодые педагоги", True,
                  Origin("young_count", row.id), None, str(number)) for row, number in found]  # fmt: skip
    return reading(sum(number for _row, number in found), words, parts)


def young(facts: Facts, told: Parameters) -> Reading:
    """How many young teachers there are."""
    return _young(facts, told, lambda row: row.young)


def mentored(facts: Facts, told: Parameters) -> Reading:
    """How many of them have a mentor."""
    return _young(facts, told, lambda row: row.mentored)
