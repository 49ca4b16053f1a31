"""Whom a form is sent to: candidates by the kind of form, subjects that are in the file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.forms.schema import FormDef
from app.models import forms as stored
from app.models import organisations, people
from app.models.forms import Contact, FormSubject, SubjectRef
from app.models.store import Connection, Operation, Store
from app.texts import quoted

SUBJECT_WORDS: Mapping[str, str] = {
    "school": "школа",
    "school_programme": "программа школы",
    "municipal_programme": "муниципальная программа",
    "rmo": "районное методическое объединение",
    "mms": "муниципальная методическая служба",
    "dpp": "дополнительная профессиональная программа",
    "head": "руководитель",
    "event": "мероприятие",
}
_OF_SCHOOLS = frozenset({"school", "school_programme", "head"})
_HEADS: Mapping[str, str] = {"head-kindergarten": "kindergarten", "head-extra": "extra"}
"""Forms about heads of organisations that are not schools."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One whom a form can be sent to; ``shown`` as lists name it, ``subject_id`` where it is in the file already."""

    ref: SubjectRef
    shown: str
    subject_id: int | None = None


def candidates(connection: Connection, form: FormDef) -> list[Candidate]:
    """Return whom a form can be sent to, in the file's own order.

    Schools, their programmes and their heads come from the registry: own, not closed, not merged into another. For a
    head the person who holds the post now is named. Everything else is what the file knows of that kind, and bodies.
    """
    known = {subject.key: subject for subject in stored.subjects(connection, kind=form.subject)}
    if form.subject in _OF_SCHOOLS:
        heads = stored.contacts(connection) if form.subject == "head" else {}
        found = [_of_school(form, school, heads.get(school.id)) for school in asked_organisations(connection, form)]
        return [Candidate(ref, shown, _key(known, ref)) for ref, shown in found]
    listed = [Candidate(_ref(subject), subject.shown, subject.id) for subject in known.values()]
    if form.subject in {"rmo", "mms"}:
        taken = {candidate.ref.body_id for candidate in listed}
        listed += [
            Candidate(SubjectRef(form.subject, body_id=body.id), body.name)
            for body in people.bodies(connection)
            if body.id not in taken
        ]
    return listed


def asked_organisations(connection: Connection, form: FormDef) -> list[organisations.School]:
    """Return own organisations that work: closed and reorganised ones are not asked."""
    kind = _HEADS.get(form.id, "school")
    return [item for item in organisations.listing(connection, kind=kind) if item.status == "active"]


def _of_school(form: FormDef, school: organisations.School, head: Contact | None) -> tuple[SubjectRef, str]:
    ref = SubjectRef(form.subject, organisation_id=school.id, person_id=None if head is None else head.person_id)
    named = head is not None and head.name
    return ref, f"{school.shown} — {head.name}" if head is not None and named else school.shown


def _key(known: Mapping[tuple[object, ...], FormSubject], ref: SubjectRef) -> int | None:
    found = known.get((ref.kind, ref.organisation_id, ref.body_id, ref.person_id, ref.name))
    return None if found is None else found.id


def _ref(subject: FormSubject) -> SubjectRef:
    return SubjectRef(
        subject.kind, subject.school_id, subject.body_id, subject.person_id, subject.name or "", subject.note or ""
    )


def listing(connection: Connection, kind: str | None = None) -> list[FormSubject]:
    """Return the subjects that are in the file."""
    return stored.subjects(connection, kind=kind)


def ensure(operation: Operation, refs: Sequence[SubjectRef]) -> list[int]:
    """Return keys of subjects in the order given, each once; new ones are made.

    Closed schools and those that nothing names are left out.
    """
    closed = stored.closed(operation.connection)
    merged = organisations.canonical_map(operation.connection)
    named = [ref for ref in refs if ref.organisation_id or ref.body_id or ref.person_id or ref.name.strip()]
    asked = [ref for ref in named if merged.get(ref.organisation_id or 0, ref.organisation_id) not in closed]
    return list(dict.fromkeys(stored.ensure_subject(operation, ref) for ref in asked))


def add(store: Store, ref: SubjectRef) -> int:
    """Add a subject that no register knows: a programme, an event, a РМО without a body."""
    with store.operation(f"Добавлено для форм: {quoted(ref.name)}", "form.subject") as operation:
        return stored.ensure_subject(operation, ref)
