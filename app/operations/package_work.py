"""The methodist's own work in a package: counts and titles go upward, names stay inside the file (ADR 007).

Events, help, professional associations, practices, young teachers and pairs of a school year. People are told as a span
with the rule and the version it was counted by. Titles are written by people, so whoever is named in one is taken out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from app import school_years
from app.analysis.coverage import Coverage
from app.analysis.working_days import Period
from app.models import organisations, work_counts
from app.models.store import Connection
from app.operations import bodies, help_journal, month_work
from app.operations.help_journal import HelpLine
from app.operations.month_work import EventWork, HelpWork, MentorWork

RULE, RULE_TITLE, RULE_VERSION = "people-once", "Люди считаются один раз", 1
"""How different people are counted; the version grows whenever the same rows would give other numbers."""
Clean = Callable[[str], str]


def collect(connection: Connection, day: date) -> dict[str, Any] | None:
    """Return the work of the school year of a day, up to it (``work`` of resources/package/data-2.schema.json).

    Nothing of it names a person. None where the file knows nothing of such work: no data is not zero.
    """
    year = school_years.year_of(day)
    first, _last = school_years.days_of(year)
    known = month_work.work(connection, Period(str(year), "quarter", first, day), day)
    clean = _cleaner(connection)
    codes = {school.id: school.code for school in organisations.listing(connection)}
    made = {
        "rule": RULE, "rule_title": RULE_TITLE, "rule_version": str(RULE_VERSION),
        "first": first.isoformat(), "last": day.isoformat(),
        "events": _events(known.events), "help": _help(known.help, codes),
        "bodies": list(_bodies(connection, year, day, clean)),
        "practices": list(_practices(connection, day, codes, clean)), "mentoring": _mentoring(known.mentoring),
    }  # fmt: skip
    return made if _says(known, made) else None


def _says(known: month_work.Work, made: Mapping[str, Any]) -> bool:
    events, mentoring = known.events, known.mentoring
    return bool(
        known.help.lines or events.held or events.waiting or events.cancelled or made["bodies"] or made["practices"]
        or mentoring.pairs or mentoring.told
    )  # fmt: skip


def _cleaner(connection: Connection) -> Clean:
    from app.operations import impersonal

    people = impersonal.people_of(connection)
    return lambda text: people.without(" ".join(text.split()))[0]


def span(found: Coverage) -> dict[str, int]:
    """Return different people: at least, at most; visits with repeats; occasions with a number and without one."""
    return {
        "least": found.least, "most": found.most, "visits": found.visits, "counted": found.occasions,
        "silent": found.silent,
    }  # fmt: skip


def _events(found: EventWork) -> dict[str, Any]:
    forms = []
    for kind, number in found.kinds.items():
        own = [(row, came) for row, came in found.held if row.kind == kind]
        told = [came.connections for _row, came in own if came.connections is not None]
        forms.append({
            "form": kind, "held": number, "people": span(month_work.of_events(own)),
            "connections": sum(told) if told else None,
        })  # fmt: skip
    return {
        "held": len(found.held), "waiting": found.waiting, "cancelled": found.cancelled, "people": span(found.people),
        "connections": found.connections, "schools": len(found.schools), "activities": found.activities,
        "forms": forms,
    }  # fmt: skip


def _help(found: HelpWork, codes: Mapping[int, str]) -> dict[str, Any]:
    """Return help by kind and by school; entries of schools of other municipalities are counted with the unplaced."""
    here: dict[str, list[HelpLine]] = {}
    kinds: dict[str, list[HelpLine]] = {}
    for line in found.lines:
        kinds.setdefault(line.kind, []).append(line)
        if line.school_id is not None and line.school_id in codes:
            here.setdefault(codes[line.school_id], []).append(line)
    return {
        "entries": len(found.lines), "people": span(found.totals.people),
        "unplaced": len(found.lines) - sum(map(len, here.values())), "steps": found.steps,
        "steps_done": found.steps_done,
        "kinds": [{"kind": kind, **_entries(kinds[kind])} for kind in help_journal.KIND_WORDS if kind in kinds],
        "schools": [{"school": code, **_entries(own)} for code, own in sorted(here.items())],
    }  # fmt: skip


def _entries(lines: Sequence[HelpLine]) -> dict[str, Any]:
    return {"entries": len(lines), "people": span(help_journal.people_of(lines))}


def _bodies(connection: Connection, year: int, day: date, clean: Clean) -> Iterator[dict[str, Any]]:
    """Yield those that work, or worked in the year."""
    for line in bodies.listing(connection, year, day):
        if not line.over or line.held or line.done:
            yield {
                "title": clean(line.name), "kind": clean(line.kind), "members": line.members,
                "schools": len(line.schools), "held": line.held, "plan": line.plan, "done": line.done,
                "late": line.late,
            }  # fmt: skip


def _practices(connection: Connection, day: date, codes: Mapping[int, str], clean: Clean) -> Iterator[dict[str, Any]]:
    """Yield what is accepted in the bank by a day, with the schools that took it up."""
    uses = [row for row in work_counts.uses(connection) if row.school_id is not None]
    for row in work_counts.practices(connection):
        if row.state == "accepted" and (row.accepted_on or "") <= day.isoformat():
            yield {
                "kind": row.kind, "title": clean(row.title or ""),
                "school": None if row.school_id is None else codes.get(row.school_id), "school_year": row.school_year,
                "accepted_on": row.accepted_on, "trying": _schools(uses, row.id, "trying"),
                "adopted": _schools(uses, row.id, "adopted"),
            }  # fmt: skip


def _schools(uses: Iterable[work_counts.UseRow], practice: int, state: str) -> int:
    return len({row.school_id for row in uses if row.practice_id == practice and row.state == state})


def _mentoring(found: MentorWork) -> dict[str, Any]:
    return {
        "school_year": found.school_year, "young": found.young, "first_year": found.first_year,
        "mentored": found.mentored, "told": found.told, "pairs": found.pairs,
        "forms": [{"form": form, "pairs": number} for form, number in found.forms.items()], "begun": found.begun,
        "ended": found.ended, "meetings": found.meetings, "met": found.met,
    }  # fmt: skip
