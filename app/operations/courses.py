"""The register of courses: one for the file; the form «courses» fills it and is filled from it.

A cell of the form is a number of people by category, provider and kind. What the register already holds is not entered
again: an accepted form adds only what goes beyond it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.errors import UserError
from app.forms.schema import FormDef, Section
from app.models import course_records, organisations
from app.models import forms as stored
from app.models.course_records import CourseRecord
from app.models.forms import FormCase, FormSubject
from app.models.store import Connection, Operation, Store
from app.operations import forms
from app.texts import school_year as year_words

FORM = "courses"
"""The form whose table is the register: a row a category, a column «provider-pp» or «provider-pk»."""
KIND_WORDS: Mapping[str, str] = {"retraining": "переподготовка", "upgrading": "повышение квалификации"}
_KINDS = {"pp": "retraining", "pk": "upgrading", "retraining": "retraining", "upgrading": "upgrading"}
_COLUMN = re.compile(r"(.+)[-_.](pp|pk|retraining|upgrading)")
MOST = 9999
Place = tuple[str, str, str]
"""Category, provider, kind."""


@dataclass(frozen=True, slots=True)
class CourseAxes:
    """Words of the register as the form has them: id → text."""

    categories: Mapping[str, str]
    providers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Register:
    """The register of a school year; ``totals`` are people by category, provider and kind of the whole file."""

    school_year: int
    axes: CourseAxes
    records: tuple[CourseRecord, ...]
    totals: Mapping[Place, int]

    @property
    def people(self) -> int:
        """How many people were trained."""
        return sum(self.totals.values())


@dataclass(frozen=True, slots=True)
class CourseDraft:
    """A record as it is entered; ``organisation_id`` None is the municipality beyond its schools."""

    organisation_id: int | None
    category: str
    provider: str
    kind: str
    people: int
    title: str = ""
    hours: int | None = None
    ended_on: str | None = None
    note: str = ""


def axes(connection: Connection) -> CourseAxes:
    """Return categories and providers in the order and words of the form."""
    return _axes(forms.definition(connection, FORM))


def _axes(form: FormDef) -> CourseAxes:
    categories: dict[str, str] = {}
    providers: dict[str, str] = {}
    for section in _tables(form):
        categories |= {row.id: row.text for row in section.rows}
        for column in section.columns:
            found = _COLUMN.fullmatch(column.id)
            if found:
                providers.setdefault(found[1], column.group or column.text)
    return CourseAxes(categories, providers)


def _tables(form: FormDef) -> Iterable[Section]:
    return (s for s in form.sections if s.grid and any(_COLUMN.fullmatch(column.id) for column in s.columns))


def places(form: FormDef) -> dict[str, Place]:
    """Return item → category, provider, kind for the cells of a form that is a table of courses."""
    if form.kind != "counts":
        return {}
    found = {}
    for section in _tables(form):
        for item in section.items:
            match = _COLUMN.fullmatch(item.column)
            if match:
                found[item.id] = (item.row, match[1], _KINDS[match[2]])
    return found


def register(connection: Connection, school_year: int) -> Register:
    """Return the register of a school year."""
    found = tuple(course_records.records(connection, school_year))
    return Register(school_year, axes(connection), found, _sums(found))


def _sums(records: Iterable[CourseRecord]) -> dict[Place, int]:
    totals: dict[Place, int] = {}
    for record in records:
        place = (record.category, record.provider, record.kind)
        totals[place] = totals.get(place, 0) + record.people
    return totals


# --- entering ----------------------------------------------------------------------------------------------------


def put(store: Store, school_year: int, draft: CourseDraft, record_id: int | None = None) -> int:
    """Enter a record, or change one; returns its key.

    Raises:
        UserError: ``FORM_COURSE_WORD``, ``FORM_COURSE_NUMBER``, ``GEN_NO_SCHOOL``, ``FORM_NO_COURSE``;
            ``FORM_COURSE_LOCKED`` for a record of an accepted form.
    """
    connection = store.connection
    _check(connection, draft)
    if record_id is not None:
        refuse_locked(connection, record_id)
    values = _values(connection, draft)
    word = "Изменена запись о курсах" if record_id is not None else "Записаны курсы"
    merge = None if record_id is None else f"course:{record_id}"
    with store.operation(f"{word} за {year_words(school_year)}", "course.put", merge=merge) as operation:
        if record_id is None:
            return operation.insert("course_record", school_year=school_year, **values)
        operation.update("course_record", record_id, **values)
    return record_id


def put_all(store: Store, school_year: int, drafts: Iterable[CourseDraft]) -> int:
    """Enter several records as one operation; returns how many.

    Raises:
        UserError: as ``put``; then none of them is entered.
    """
    listed = list(drafts)
    for draft in listed:
        _check(store.connection, draft)
    label = f"Записаны курсы за {year_words(school_year)}: {len(listed)}"
    with store.operation(label, "course.put") as operation:
        for draft in listed:
            operation.insert("course_record", school_year=school_year, **_values(operation.connection, draft))
    return len(listed)


def _values(connection: Connection, draft: CourseDraft) -> dict[str, str | int | None]:
    school = organisations.canonical_map(connection).get(draft.organisation_id or 0, draft.organisation_id)
    return {
        "organisation_id": school, "category": draft.category, "provider": draft.provider, "kind": draft.kind,
        "people": draft.people, "title": draft.title.strip() or None, "hours": draft.hours,
        "ended_on": draft.ended_on, "note": draft.note.strip() or None,
    }  # fmt: skip


def _check(connection: Connection, draft: CourseDraft) -> None:
    known = axes(connection)
    for word, words in (
        (draft.category, known.categories),
        (draft.provider, known.providers),
        (draft.kind, KIND_WORDS),
    ):
        if word not in words:
            raise UserError("FORM_COURSE_WORD", raw=word, known="; ".join(f"{k} ({t})" for k, t in words.items()))
    for number in (draft.people, draft.hours or 0):
        if not 0 <= number <= MOST:
            raise UserError("FORM_COURSE_NUMBER", raw=number)
    if draft.organisation_id is not None and organisations.get(connection, draft.organisation_id) is None:
        raise UserError("GEN_NO_SCHOOL", query=draft.organisation_id)


def refuse_locked(connection: Connection, record_id: int) -> CourseRecord:
    """Return a record that may be changed here.

    Raises:
        UserError: ``FORM_NO_COURSE``, ``FORM_COURSE_LOCKED``.
    """
    found = course_records.get(connection, record_id)
    if found is None:
        raise UserError("FORM_NO_COURSE")
    if found.case_id is not None:
        case = stored.case_of(connection, found.case_id)
        record = None if case is None else stored.round_of(connection, case.round_id)
        raise UserError("FORM_COURSE_LOCKED", school=found.school or "муниципалитет",
                        form=record.title if record else "")  # fmt: skip
    return found


# --- the form and the register -----------------------------------------------------------------------------------


def for_prefill(connection: Connection, form: FormDef, school_id: int | None, year: int) -> dict[str, int]:
    """Return item → people for a table of courses: of one school, or of the whole file where there is none."""
    cells = places(form)
    if not cells:
        return {}
    totals = _sums(_scope(course_records.records(connection, year), school_id))
    return {item: totals[place] for item, place in cells.items() if place in totals}


def _scope(records: Iterable[CourseRecord], school_id: int | None) -> list[CourseRecord]:
    return [record for record in records if school_id is None or record.school_id == school_id]


def from_case(operation: Operation, case: FormCase, form: FormDef, subject: FormSubject, year: int) -> int:
    """Enter what accepted answers say beyond the register; returns how many records were made.

    A cell of which the register holds as many people or more makes no record: nothing is entered twice.
    """
    cells = places(form)
    if not cells:
        return 0
    totals = _sums(_scope(course_records.records(operation.connection, year), subject.school_id))
    made = 0
    for row in stored.answers(operation.connection, [case.id])[case.id]:
        place = cells.get(row.item_id)
        if place is None or not row.confirmed or row.value is None or not row.value.isdigit():
            continue
        beyond = int(row.value) - totals.get(place, 0)
        if beyond > 0:
            category, provider, kind = place
            operation.insert(
                "course_record", organisation_id=subject.school_id, school_year=year, category=category,
                provider=provider, kind=kind, people=beyond, case_id=case.id,
            )  # fmt: skip
            made += 1
    return made


def take_back(operation: Operation, case_id: int) -> None:
    """Delete what an accepted form has entered: it is reopened."""
    course_records.take_back(operation, case_id)
