"""The directory of people and bodies (decision 6)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING

from app.errors import UserError
from app.models import backup, erasure
from app.models import people as repository
from app.models.people import Body, Person
from app.models.store import Connection, Store
from app.operations.schools import iso_date

if TYPE_CHECKING:
    from app.analysis.russian import Case


def people(connection: Connection) -> list[Person]:
    """Return everybody, by name."""
    return repository.people(connection)


def bodies(connection: Connection) -> list[Body]:
    """Return working groups, councils and commissions with their members."""
    return repository.bodies(connection)


def find_person(connection: Connection, full_name: str) -> Person:
    """Return the one person of that name.

    Raises:
        UserError: ``GEN_NO_PERSON``.
    """
    found = [person for person in people(connection) if person.full_name.casefold() == full_name.strip().casefold()]
    if len(found) != 1:
        raise UserError("GEN_NO_PERSON", name=full_name, found=len(found))
    return found[0]


def name_in(person: Person, case: Case) -> str:
    """Return a person's name in a case: as they said it themselves, else by rule."""
    from app.analysis import russian

    return russian.person(person.full_name, case, own=person.name_cases)


def case_forms(forms: Mapping[Case, str]) -> str | None:
    """Return own forms of a name as they are stored; None where nothing is said."""
    said = {case: form.strip() for case, form in forms.items() if form.strip()}
    return json.dumps(said, ensure_ascii=False, sort_keys=True) if said else None


def own_forms(person: Person) -> dict[str, str]:
    """Return own forms of a name by case."""
    try:
        forms = json.loads(person.name_cases or "{}")
    except json.JSONDecodeError:
        return {}
    return {str(case): str(form) for case, form in forms.items()} if isinstance(forms, dict) else {}


def add_person(store: Store, full_name: str, **fields: str | None) -> int:
    """Add a person.

    Raises:
        UserError: ``GEN_EMPTY_PERSON``.
    """
    if not full_name.strip():
        raise UserError("GEN_EMPTY_PERSON")
    with store.operation(f"Добавлен человек: {full_name.strip()}", "person.add") as operation:
        return operation.insert("person", full_name=full_name.strip(), **fields)


def edit_person(store: Store, person_id: int, **fields: str | None) -> None:
    """Change fields of a person."""
    key = f"person:{person_id}:{','.join(sorted(fields))}"
    with store.operation("Изменена запись о человеке", "person.edit", merge=key) as operation:
        operation.update("person", person_id, **fields)


def erase_person(store: Store, person_id: int) -> int:
    """Erase a person from file, journal and backups on request; returns how many backups were rewritten.

    There is no undo: that is the point. Approved snapshots and signed papers stay as they are.
    """
    store.erase(person_id)
    copies = backup.listing(store.path)
    for copy in copies:
        erasure.erase_from_backup(copy, person_id)
    return len(copies)


def add_body(store: Store, name: str, kind: str, act: str | None = None, date_from: str | None = None) -> int:
    """Add a body.

    Raises:
        UserError: ``GEN_EMPTY_NAME``, ``GEN_BAD_DATE``.
    """
    if not name.strip():
        raise UserError("GEN_EMPTY_NAME")
    since = iso_date(date_from) if date_from else None
    with store.operation(f"Добавлен орган «{name.strip()}»", "body.add") as operation:
        return operation.insert("body", name=name.strip(), kind=kind, act=act, date_from=since)


def add_member(store: Store, body_id: int, person_id: int, role: str, date_from: str | None = None) -> int:
    """Add a member to a body.

    Raises:
        UserError: ``GEN_BAD_DATE``.
    """
    since = iso_date(date_from) if date_from else None
    with store.operation("Добавлен член рабочей группы", "body.member") as operation:
        return operation.insert("body_member", body_id=body_id, person_id=person_id, role=role, date_from=since)
