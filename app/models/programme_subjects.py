"""Which subject of forms a programme is: its checklists are cases of that subject."""

from __future__ import annotations

import sqlite3

from app.models.store import Operation


def subject_of(connection: sqlite3.Connection, programme_id: int) -> int | None:
    """Return the key of the subject that an edition is, None where no form was begun for it."""
    sql = "SELECT id FROM form_subject WHERE programme_id = ? ORDER BY id LIMIT 1"
    row = connection.execute(sql, (programme_id,)).fetchone()
    return None if row is None else int(row[0])


def programme_of(connection: sqlite3.Connection, subject_id: int) -> int | None:
    """Return the edition that a subject of forms is, None for any other subject."""
    row = connection.execute("SELECT programme_id FROM form_subject WHERE id = ?", (subject_id,)).fetchone()
    return None if row is None or row[0] is None else int(row[0])


def ensure(operation: Operation, programme_id: int, kind: str, title: str) -> int:
    """Return the subject of an edition, making one where there is none.

    A subject of this name that was begun by hand and belongs to no edition becomes this one's; a name that another
    edition has already gets a number.
    """
    known = subject_of(operation.connection, programme_id)
    if known is not None:
        return known
    sql = "SELECT id, name, programme_id FROM form_subject WHERE kind = ? AND organisation_id IS NULL"
    taken = {name: (key, owner) for key, name, owner in operation.connection.execute(sql, (kind,))}
    found = taken.get(title)
    if found is not None and found[1] is None:
        operation.update("form_subject", found[0], programme_id=programme_id)
        return int(found[0])
    name, number = title, 2
    while name in taken:
        name, number = f"{title} ({number})", number + 1
    return operation.insert("form_subject", kind=kind, name=name, programme_id=programme_id)
