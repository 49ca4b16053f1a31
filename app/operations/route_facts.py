"""What the file already knows of the steps of a route: a curator, courses, a plan, a visit. Offered, never demanded.

A fact says of which row it was made and since when it is true; taking it marks the step as held that day.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.errors import UserError
from app.models import course_records, organisations
from app.models import programmes as stored_programmes
from app.models.registers import people
from app.models.store import Connection, Store
from app.operations import form_card, registers, route
from app.operations.register_catalogue import DOCUMENT_WORDS, STEP_WORDS
from app.texts import NBSP, count, quoted, ru_date, school_year

_PEOPLE = ("человек", "человека", "человек")
_SELF_CHECKS = frozenset({"school-programme-self", "school-transition"})
"""Forms by which a school looks at itself."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that is known of a school.

    Attributes:
        step: which step it is.
        day: since when; None where the file does not say.
        text: what is known, in words.
    """

    school_id: int
    step: str
    day: str | None
    text: str

    @property
    def title(self) -> str:
        """The step in words."""
        return str(STEP_WORDS[self.step])


def facts(connection: Connection, year: int, school_id: int) -> tuple[Fact, ...]:
    """Return what the file knows of the steps of a school that are not held yet, in the order of the route.

    Args:
        connection: reading connection.
        year: school year.
        school_id: the school.
    """
    key = organisations.canonical(connection, school_id)
    own = route.of_year(connection, year, date(year, 1, 1)).get(key, [])
    held = {step.step for step in own if step.held_on}
    _stages, steps = route.catalogue()
    order = list(steps)
    found = [fact for fact in _all(connection, year, key) if fact.step not in held]
    # of one step the earliest fact counts: it happened then
    first: dict[str, Fact] = {}
    for fact in sorted(found, key=lambda fact: (order.index(fact.step), fact.day or "9", fact.text)):
        first.setdefault(fact.step, fact)
    return tuple(first.values())


def _all(connection: Connection, year: int, key: int) -> Iterator[Fact]:
    yield from _curator(connection, year, key)
    yield from _courses(connection, year, key)
    yield from _plan(connection, year, key)
    yield from _self_check(connection, year, key)
    yield from _of_register(connection, year, key)
    yield from _decisions(connection, year, key)


def _curator(connection: Connection, year: int, key: int) -> Iterator[Fact]:
    names = people(connection)
    for row in registers.rows(connection, "supporters"):
        current = not row["date_to"] or row["date_to"] >= f"{year}-09-01"
        begun = not row["date_from"] or row["date_from"] < f"{year + 1}-08-01"
        if row["organisation_id"] == key and "куратор" in (row["role"] or "").casefold() and current and begun:
            act = f", {row['act']}" if row["act"] else ""
            yield Fact(key, "curator", row["date_from"], f"{names.get(row['person_id'], '')}{act}")


def _courses(connection: Connection, year: int, key: int) -> Iterator[Fact]:
    found = [item for item in course_records.records(connection, year) if item.school_id == key and item.people]
    if found:
        ended = sorted(item.ended_on for item in found if item.ended_on)
        number = sum(item.people for item in found)
        yield Fact(key, "courses", ended[-1] if ended else None, f"на курсах {count(number, *_PEOPLE)}")


def _plan(connection: Connection, year: int, key: int) -> Iterator[Fact]:
    merged = organisations.canonical_map(connection)
    for item in stored_programmes.programmes(connection):
        own = item.organisation_id or 0
        mine = item.kind == "school" and merged.get(own, own) == key
        if mine and item.frozen and {year, year + 1} & set(item.years):
            yield Fact(key, "plan", item.act_date or item.approved_on, f"утверждена программа {quoted(item.title)}")


def _self_check(connection: Connection, year: int, key: int) -> Iterator[Fact]:
    from app.models import forms, registry

    if not forms.any_round(connection):
        return
    records = registry.family(connection, key)
    rounds = {item.id: item for item in forms.rounds(connection)}
    for item in form_card.last_answers(connection, records):
        case = item.line.case
        form_id = rounds[case.round_id].form_id if case.round_id in rounds else ""
        if item.school_year == year and form_id in _SELF_CHECKS and case.accepted_on:
            yield Fact(key, "self_check", case.accepted_on[:10], f"принята форма {quoted(item.title)}")


def _of_register(connection: Connection, year: int, key: int) -> Iterator[Fact]:
    plans: list[dict[str, Any]] = [
        row
        for row in registers.rows(connection, "plans", school_year=year)
        if row["organisation_id"] == key and row["kind"] == "teacher" and row["planned"]
    ]
    if plans:
        yield Fact(key, "paths", None, f"индивидуальных планов учителей: {sum(row['planned'] for row in plans)}")
    for row in registers.rows(connection, "tasks"):
        mine = row["organisation_id"] == key and row["kind"] == "visit" and row["done_on"]
        if mine and f"{year}-08-01" <= row["done_on"] < f"{year + 1}-08-01":
            yield Fact(key, "visit", row["done_on"], row["result"] or row["text"] or "выезд отмечен в делах")


def _decisions(connection: Connection, year: int, key: int) -> Iterator[Fact]:
    documents = {row["id"]: row for row in registers.rows(connection, "documents", school_year=year)}
    for row in registers.rows(connection, "points"):
        document = documents.get(row["document_id"])
        if document is not None and row["organisation_id"] == key and document["kind"] in {"protocol", "decision"}:
            word = DOCUMENT_WORDS[document["kind"]]
            number = f" №{NBSP}{document['number']}" if document["number"] else ""
            day = f" от{NBSP}{ru_date(document['dated'])}" if document["dated"] else ""
            yield Fact(key, "decision", document["dated"], f"{word}{day}{number}: {row['text'] or ''}".rstrip(": "))


def take(store: Store, year: int, school_id: int, steps: Collection[str], day: str) -> int:
    """Mark steps as held by what the file knows, as one operation; returns how many.

    A step that stands in the plan is marked, one that does not is added.

    Args:
        store: the open file.
        year: school year.
        school_id: the school.
        steps: which of the facts.
        day: ISO; of facts whose day the file does not know.

    Raises:
        UserError: ``MON_ROUTE_NOTHING`` where none of them is known any more.
    """
    key = organisations.canonical(store.connection, school_id)
    chosen: Sequence[Fact] = [fact for fact in facts(store.connection, year, key) if fact.step in set(steps)]
    if not chosen:
        raise UserError("MON_ROUTE_NOTHING")
    rows = {step.step: step for step in route.of_year(store.connection, year, date(year, 1, 1)).get(key, [])}
    number = count(len(chosen), "шаг", "шага", "шагов")
    with store.operation(f"Маршрут, {school_year(year)}: отмечено по данным файла, {number}", "route.take") as one:
        for fact in chosen:
            held = fact.day or day
            known = rows.get(fact.step)
            if known is None:
                one.insert(
                    "route_step", school_year=year, organisation_id=key, step=fact.step, held_on=held,
                    outcome=fact.text or None,
                )  # fmt: skip
            else:
                one.update("route_step", known.id, held_on=held, outcome=known.outcome or fact.text or None)
    return len(chosen)
