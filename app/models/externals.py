"""Lists from outside and the documents they came with: kept as they are, never computed (issue B, point 5)."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from app.models.journal import now
from app.models.store import Operation


@dataclass(frozen=True, slots=True)
class SourceDocument:
    """The letter or order that a list came with; ``sha256`` is that of the kept file, if any. ``dated`` is ISO."""

    id: int
    title: str
    issuer: str | None
    number: str | None
    dated: str | None
    file_name: str | None
    sha256: str | None
    note: str | None


@dataclass(frozen=True, slots=True)
class ExternalList:
    """One list from outside: kind, calendar year, title, how many schools it names, its document and its file."""

    id: int
    kind: str
    year: int
    title: str
    schools: int
    entries: int
    document: SourceDocument | None
    import_file_id: int | None
    file: str | None
    added_at: str
    actor: str


@dataclass(frozen=True, slots=True)
class ExternalEntry:
    """One cell of a list: school, what is said of it, where it stands. A merged school shows its canonical record."""

    id: int
    list_id: int
    kind: str
    year: int
    title: str
    organisation_id: int
    school: str
    item: str
    value: str | None
    raw: str
    file: str | None
    sheet: str | None
    row_from: int | None
    cells: str | None


_LISTS = """
SELECT l.id, l.kind, l.year, l.title,
       (SELECT count(DISTINCT e.organisation_id) FROM external_entry e WHERE e.list_id = l.id),
       (SELECT count(*) FROM external_entry e WHERE e.list_id = l.id),
       l.import_file_id, f.name, l.added_at, l.actor,
       d.id, d.title, d.issuer, d.number, d.dated, d.file_name, d.sha256, d.note
FROM external_list l
LEFT JOIN import_file f ON f.id = l.import_file_id
LEFT JOIN source_document d ON d.id = l.source_document_id
"""


def _list(row: tuple[Any, ...]) -> ExternalList:
    document = None if row[10] is None else SourceDocument(*row[10:])
    values: list[Any] = [*row[:6], document, *row[6:10]]
    return ExternalList(*values)


def lists(connection: sqlite3.Connection, *, kind: str | None = None, year: int | None = None) -> list[ExternalList]:
    """Return the lists, the newest year first."""
    rows = connection.execute(
        f"{_LISTS} WHERE (? IS NULL OR l.kind = ?) AND (? IS NULL OR l.year = ?)"
        " ORDER BY l.year DESC, l.kind, l.added_at DESC, l.id",
        (kind, kind, year, year),
    )
    return [_list(row) for row in rows.fetchall()]


def get(connection: sqlite3.Connection, list_id: int) -> ExternalList | None:
    """Return one list by its key."""
    row = connection.execute(f"{_LISTS} WHERE l.id = ?", (list_id,)).fetchone()
    return None if row is None else _list(row)


def entries(
    connection: sqlite3.Connection, *, list_id: int | None = None, organisation_id: int | None = None
) -> list[ExternalEntry]:
    """Return what a list says, or what all lists say of a school, the newest year first."""
    where, values = ["1"], []
    if list_id is not None:
        where.append("e.list_id = ?")
        values.append(list_id)
    if organisation_id is not None:
        where.append("(e.organisation_id = ? OR eo.duplicate_of = ?)")
        values += [organisation_id, organisation_id]
    rows = connection.execute(
        "SELECT e.id, l.id, l.kind, l.year, l.title, o.id, coalesce(o.short_name, o.name), e.item, e.value, e.raw,"
        " f.name, e.sheet, e.row_from, e.cells FROM external_entry e JOIN external_list l ON l.id = e.list_id"
        " JOIN organisation eo ON eo.id = e.organisation_id"
        " JOIN organisation o ON o.id = coalesce(eo.duplicate_of, eo.id)"
        " LEFT JOIN import_file f ON f.id = l.import_file_id"
        f" WHERE {' AND '.join(where)} ORDER BY l.year DESC, l.kind, l.id, 7, e.item",
        values,
    )
    return [ExternalEntry(*row) for row in rows.fetchall()]


def all_of(connection: sqlite3.Connection, list_id: int) -> dict[tuple[Any, ...], tuple[Any, ...]]:
    """Return every entry of a list as (organisation, list, item) → (id, value, raw)."""
    rows = connection.execute(
        "SELECT organisation_id, list_id, item, id, value, raw FROM external_entry WHERE list_id = ?", (list_id,)
    )
    return {(school, key, item): (entry, value, raw) for school, key, item, entry, value, raw in rows}


def put_list(
    operation: Operation, *, key: int, kind: str, year: int, title: str, import_file_id: int | None, actor: str
) -> None:
    """Write the head of a list under a key that its entries already bear, or the later file of a list that is there."""
    row = operation.connection.execute("SELECT title FROM external_list WHERE id = ?", (key,)).fetchone()
    if row is None:
        operation.insert(
            "external_list", id=key, kind=kind, year=year, title=title, import_file_id=import_file_id,
            added_at=now(), actor=actor,
        )  # fmt: skip
    else:
        operation.update("external_list", key, title=title, import_file_id=import_file_id, added_at=now(), actor=actor)


def drop_entries(operation: Operation, keys: Iterable[int]) -> None:
    """Delete entries."""
    operation.connection.executemany("DELETE FROM external_entry WHERE id = ?", ((key,) for key in keys))


def move_entries(operation: Operation, rows: Iterable[tuple[tuple[Any, ...], int]]) -> None:
    """Let entries point to (sheet, first row, last row, cells) of the newer file."""
    operation.connection.executemany(
        "UPDATE external_entry SET sheet = ?, row_from = ?, row_to = ?, cells = ? WHERE id = ?",
        ((*place, key) for place, key in rows),
    )


def remove_list(operation: Operation, list_id: int) -> int:
    """Delete a list with its entries; its document stays. Returns how many entries it had."""
    rows = operation.connection.execute("SELECT id FROM external_entry WHERE list_id = ?", (list_id,))
    keys = [key for (key,) in rows.fetchall()]
    drop_entries(operation, keys)
    operation.delete("external_list", list_id)
    return len(keys)


def attach(operation: Operation, list_id: int, document_id: int) -> None:
    """Say which document a list came with."""
    operation.update("external_list", list_id, source_document_id=document_id)


def add_document(operation: Operation, **values: Any) -> int:
    """Write a document: title, issuer, number, dated, file_name, sha256, note."""
    return operation.insert("source_document", **values, added_at=now())


def documents(connection: sqlite3.Connection) -> list[SourceDocument]:
    """Return every document, the latest first."""
    rows = connection.execute(
        "SELECT id, title, issuer, number, dated, file_name, sha256, note FROM source_document"
        " ORDER BY dated IS NULL, dated DESC, added_at DESC, id"
    )
    return [SourceDocument(*row) for row in rows.fetchall()]
