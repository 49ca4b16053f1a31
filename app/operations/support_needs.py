"""What schools need: deficits by school and subject, individual plans as counts, courses (004, 002 chapter 4)."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from app.models.store import Connection
from app.operations import courses, registers
from app.operations.matching import fold
from app.operations.register_catalogue import AUDIENCE_WORDS, DEFICIT_WORDS, PLAN_WORDS
from app.operations.support_partners import names, ranks

K = TypeVar("K", bound=Hashable)
NO_SUBJECT = "Без предмета"
ALL_SCHOOLS = "Муниципалитет"


@dataclass(frozen=True, slots=True)
class Deficit:
    """One line of the register; ``people`` None where nobody was counted."""

    id: int
    school_id: int | None
    school: str
    audience: str | None
    subject: str
    kind: str | None
    text: str
    people: int | None
    of_people: int | None
    source: str

    @property
    def words(self) -> str:
        """Return «Математика: подготовка к ОГЭ», the kind where nothing else is said."""
        kind = DEFICIT_WORDS.get(self.kind or "", "")
        said = self.text or (f"{kind} дефицит" if kind else "")
        return f"{self.subject}: {said}" if self.subject and said else self.subject or said or "дефицит не описан"

    @property
    def whose(self) -> str:
        """Return «учителя», "" where it is not said."""
        return AUDIENCE_WORDS.get(self.audience or "", "")


@dataclass(frozen=True, slots=True)
class Cell:
    """Deficits of one school in one subject: how many lines, people of those that count them (None: nobody counts)."""

    lines: int
    people: int | None

    @property
    def text(self) -> str:
        """Return the people; «есть» where nobody counted them."""
        return "есть" if self.people is None else str(self.people)


@dataclass(frozen=True, slots=True)
class Pivot:
    """Schools × subjects. A cell that is not there: no deficit is entered, which is not the same as none exists.

    Attributes:
        schools: (key, shown name); the key None is the municipality as a whole.
        cells: by school and subject; ``totals`` by subject, ``by_school`` by school.
    """

    schools: tuple[tuple[int | None, str], ...]
    subjects: tuple[str, ...]
    cells: Mapping[tuple[int | None, str], Cell]
    totals: Mapping[str, Cell]
    by_school: Mapping[int | None, Cell]


@dataclass(frozen=True, slots=True)
class PlanTotal:
    """Plans of one kind; a number is None where no line says it.

    Attributes:
        short: names of schools where fewer plans are written than needed.
    """

    kind: str
    schools: int
    need: int | None
    planned: int | None
    done: int | None
    short: tuple[str, ...]

    @property
    def word(self) -> str:
        """Return «планы учителей (ИППР)»."""
        return PLAN_WORDS[self.kind]


@dataclass(frozen=True, slots=True)
class CourseTotals:
    """Courses of a school year: people by category (in words), by school (None: the municipality)."""

    people: int
    records: int
    categories: tuple[tuple[str, int | None], ...]
    schools: Mapping[int | None, int]


# --- deficits ----------------------------------------------------------------------------------------------------


def deficits(connection: Connection, year: int) -> tuple[Deficit, ...]:
    """Return the deficits of a school year; a line in which nothing is said is passed over."""
    shown = names(connection)
    found = [_deficit(row, shown) for row in registers.rows(connection, "deficits", school_year=year)]
    told = [item for item in found if item.school_id or item.subject or item.text or item.kind]
    rank = ranks(shown)
    return tuple(sorted(told, key=lambda item: (rank.get(item.school_id, len(rank)), item.words, item.id)))


def _deficit(row: Mapping[str, Any], shown: Mapping[int, str]) -> Deficit:
    key = row["organisation_id"]
    return Deficit(
        row["id"], key, shown.get(key or 0, ""), row["audience"], row["subject"] or "", row["kind"], row["text"] or "",
        row["people"], row["of_people"], row["source"] or "",
    )  # fmt: skip


def pivot(found: Iterable[Deficit], audience: str | None = None) -> Pivot:
    """Return deficits by school and subject; a subject written in two ways is one.

    Args:
        found: of one school year.
        audience: only of teachers, heads or specialists.
    """
    kept = [item for item in found if audience is None or item.audience == audience]
    spelt: dict[str, str] = {}
    for item in kept:
        spelt.setdefault(fold(item.subject), item.subject or NO_SUBJECT)
    places = [(item, spelt[fold(item.subject)]) for item in kept]
    schools = {item.school_id: item.school or ALL_SCHOOLS for item in kept}
    subjects = sorted(spelt.values(), key=lambda word: (word == NO_SUBJECT, word))
    return Pivot(
        tuple(schools.items()),
        tuple(subjects),
        _summed(places, lambda item, subject: (item.school_id, subject)),
        _summed(places, lambda _item, subject: subject),
        _summed(places, lambda item, _subject: item.school_id),
    )


def _summed(places: list[tuple[Deficit, str]], key: Callable[[Deficit, str], K]) -> dict[K, Cell]:
    lines: dict[K, list[Deficit]] = {}
    for item, subject in places:
        lines.setdefault(key(item, subject), []).append(item)
    return {place: Cell(len(items), total(item.people for item in items)) for place, items in lines.items()}


def total(numbers: Iterable[int | None]) -> int | None:
    """Return the sum of what is known; None where nothing is."""
    known = [number for number in numbers if number is not None]
    return sum(known) if known else None


# --- plans -------------------------------------------------------------------------------------------------------


def plans(connection: Connection, year: int) -> tuple[PlanTotal, ...]:
    """Return individual plans of teachers and plans for pupils who fail, as counts; kinds without a line are left out.

    A school is short where it says both numbers and has fewer plans than it needs.
    """
    shown = names(connection)
    rows = registers.rows(connection, "plans", school_year=year)
    made = []
    for kind in PLAN_WORDS:
        mine = [row for row in rows if row["kind"] == kind]
        if mine:
            short = [shown.get(row["organisation_id"] or 0, ALL_SCHOOLS) for row in mine if _short(row)]
            made.append(PlanTotal(
                kind, len({row["organisation_id"] for row in mine}), total(row["need"] for row in mine),
                total(row["planned"] for row in mine), total(row["done"] for row in mine), tuple(dict.fromkeys(short)),
            ))  # fmt: skip
    return tuple(made)


def _short(row: Mapping[str, Any]) -> bool:
    need, planned = row["need"], row["planned"]
    return need is not None and planned is not None and bool(planned < need)


# --- courses -----------------------------------------------------------------------------------------------------


def course_totals(connection: Connection, year: int) -> CourseTotals:
    """Return how many people were trained, by category of the table of 002 (chapter 4) and by school."""
    found = courses.register(connection, year)
    categories: dict[str, int] = {}
    schools: dict[int | None, int] = {}
    for record in found.records:
        categories[record.category] = categories.get(record.category, 0) + record.people
        schools[record.school_id] = schools.get(record.school_id, 0) + record.people
    told = tuple((text, categories.get(key)) for key, text in found.axes.categories.items())
    return CourseTotals(found.people, len(found.records), told, schools)
