"""Part of a note about the methodist's own work: help to schools and events of the school year (domain §9)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from app import school_years
from app.analysis.russian import agree
from app.models import organisations, work_counts
from app.operations.month_work_words import EVENT, HELP_FORMS, SCHOOL, TIMES, short_span, span
from app.operations.note_scope import NoteScope, block
from app.operations.programme_blocks import AnalysisBlock, Teller, plain_table
from app.reports.card_data import Origin
from app.reports.document import Value
from app.texts import NBSP, count, plural, ru_date, school_year

if TYPE_CHECKING:
    from app.models.work_counts import EventRow
    from app.operations.help_journal import HelpLine
    from app.operations.work_turnout import Turnout

Held = list[tuple["EventRow", "Turnout"]]
OF_SCHOOLS = ("школы", "школ", "школ")


def blocks(scope: NoteScope) -> tuple[AnalysisBlock, ...]:
    """Return the part, none where the file has neither help nor events of the school year up to the day."""
    from app.operations import help_journal, work_turnout

    first, last = school_years.days_of(scope.school_year)
    last = min(last, scope.until)
    lines = help_journal.listing(scope.connection, first, last, school_id=scope.school_id)
    rows = work_counts.events(scope.connection, first.isoformat(), last.isoformat())
    held = [row for row in rows if row.state == "held"]
    turned = work_turnout.turnout(scope.connection, [row.id for row in held])
    came = [(row, turned[row.id]) for row in held if scope.whole or scope.school_id in turned[row.id].schools]
    return tuple(_part(scope, lines, came)) if lines or came else ()


def _part(scope: NoteScope, lines: tuple[HelpLine, ...], came: Held) -> Iterator[AnalysisBlock]:
    teller, rows = Teller(), list[tuple[Value, ...]]()
    listed = _listed(scope) if scope.whole else {}
    if lines:
        rows += _help(teller, scope, lines, listed)
    if came:
        rows += _events(teller, scope, came, listed)
    table = plain_table("Помощь и события", (("Что", 6, False), ("Сколько", 2, True)), rows)
    title = f"Помощь и события, {school_year(scope.school_year)} учебный год"
    yield block(teller, "support.work", title, "support", table)


def _listed(scope: NoteScope) -> Mapping[int, str]:
    """Return the schools of the list under their own records."""
    from app.operations import support

    merged = organisations.canonical_map(scope.connection)
    found = support.listed(scope.connection, scope.school_year).schools
    return {merged.get(key, key): name for key, name in found.items()}


# --- help --------------------------------------------------------------------------------------------------------


def _help(
    teller: Teller, scope: NoteScope, lines: tuple[HelpLine, ...], listed: Mapping[int, str]
) -> Iterator[tuple[Value, ...]]:  # fmt: skip
    from app.operations import help_journal

    found = help_journal.totals(lines, scope.until)
    teller.figure("work.help", "записей о помощи", str(found.occasions), _entries(lines))
    kinds = [count(number, *HELP_FORMS[kind]) for kind, number in found.kinds.items()]
    for kind, number in found.kinds.items():
        some = [line for line in lines if line.kind == kind]
        teller.figure(f"work.help.{kind}", HELP_FORMS[kind][2], str(number), _entries(some))
    whom = "Школам" if scope.whole else "Школе"
    last = "" if scope.whole or not lines[0].held_on else f"; последний раз{NBSP}— {ru_date(lines[0].held_on)}"
    keys = ["work.help", *(f"work.help.{kind}" for kind in found.kinds)]
    teller.say(f"{whom} помогали {count(found.occasions, *TIMES)}: {', '.join(kinds)}{last}.", *keys)
    yield "Помощь школам, записей в журнале", found.occasions
    if scope.whole and found.schools:
        yield "Школ, которые получили помощь", len(found.schools)
        _helped_schools(teller, found.schools, listed)
    if found.people.occasions:
        teller.figure("work.people", "разных людей получили помощь", span(found.people), _entries(lines))
        teller.say(f"Разных людей, которым помогли: {span(found.people)}.", "work.people")
        yield "Разных людей, которым помогли", short_span(found.people)


def _helped_schools(teller: Teller, helped: frozenset[int], listed: Mapping[int, str]) -> None:
    teller.figure("work.schools", "школ получили помощь", str(len(helped)),
                  [Origin("organisation", key) for key in sorted(helped)])  # fmt: skip
    verb = plural(len(helped), "получила", "получили", "получили")
    text, keys = f"Помощь {verb} {count(len(helped), *SCHOOL)}", ["work.schools"]
    inside = sorted(helped & listed.keys())
    if inside:
        teller.figure("work.listed", "школ списка получили помощь", f"{len(inside)} из{NBSP}{len(listed)}",
                      [Origin("organisation", key) for key in inside])  # fmt: skip
        text += f", из{NBSP}них в{NBSP}списке{NBSP}— {len(inside)} из{NBSP}{len(listed)}"
        keys.append("work.listed")
    teller.say(f"{text}.", *keys)
    without = [key for key in listed if key not in helped]
    if without:
        teller.figure("work.without", "школ списка без помощи", str(len(without)),
                      [Origin("organisation", key) for key in without])  # fmt: skip
        teller.say(f"Помощь не{NBSP}записана у{NBSP}{agree(len(without), 'школа', 'genitive')} списка.", "work.without")


def _entries(lines: list[HelpLine] | tuple[HelpLine, ...]) -> list[Origin]:
    return [Origin("help_entry", line.id) for line in lines]


# --- events ------------------------------------------------------------------------------------------------------


def _events(
    teller: Teller, scope: NoteScope, came: Held, listed: Mapping[int, str]
) -> Iterator[tuple[Value, ...]]:  # fmt: skip
    from app.analysis.coverage import coverage

    origins = [Origin("work_event", row.id) for row, _turnout in came]
    teller.figure("work.events", "событий прошло", str(len(came)), origins)
    people = coverage(
        one for _row, found in came for one in found.attended if scope.whole or one.school_id == scope.school_id
    )  # fmt: skip
    keys = ["work.events"]
    if scope.whole:
        text = f"{plural(len(came), 'Прошло', 'Прошли', 'Прошло')} {count(len(came), *EVENT)}"
    else:
        text = f"Люди из{NBSP}школы были на{NBSP}{agree(len(came), 'событие', 'prepositional')}"
    if people.occasions:
        teller.figure("work.came", "разных людей на событиях", span(people), origins)
        keys.append("work.came")
        text += f"; разных людей: {span(people)}"
    teller.say(f"{text}.", *keys)
    yield "Событий прошло" if scope.whole else "Событий, где были люди из школы", len(came)
    if people.occasions:
        yield "Разных людей на событиях", short_span(people)
    schools = {key for _row, found in came for key in found.schools}
    if scope.whole and schools:
        inside = schools & listed.keys()
        teller.figure("work.from", "школ, откуда были участники", str(len(schools)),
                      [Origin("organisation", key) for key in sorted(schools)])  # fmt: skip
        told = f", из{NBSP}них в{NBSP}списке{NBSP}— {len(inside)} из{NBSP}{len(listed)}" if inside else ""
        keys = ["work.from"]
        if inside:
            teller.figure("work.from_listed", "школ списка на событиях", f"{len(inside)} из{NBSP}{len(listed)}",
                          [Origin("organisation", key) for key in sorted(inside)])  # fmt: skip
            keys.append("work.from_listed")
        teller.say(f"Участники были из{NBSP}{count(len(schools), *OF_SCHOOLS)}{told}.", *keys)
        yield "Школ, откуда были участники", len(schools)
