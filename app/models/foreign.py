"""Forms of a region: the workbook as it came, and what its cells are linked to."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, cast

from app.models import blobs
from app.models.journal import now
from app.models.store import Operation

LinkKind = Literal["field", "metric", "indicator", "column", "text"]


@dataclass(frozen=True, slots=True)
class ForeignForm:
    """A workbook of a region; its bytes lie in ``blob``."""

    id: int
    title: str
    region: str | None
    file_name: str
    sha256: str
    added_at: str
    note: str | None


@dataclass(frozen=True, slots=True)
class ForeignLink:
    """What one cell is filled with.

    Attributes:
        source: by kind: the key of a field, a formula, the lineage of an indicator, «kind of paper», a text.
        options: key → text: the year, which value, table and column, rows, labels around.
    """

    id: int
    form_id: int
    sheet: str
    cell: str
    kind: LinkKind
    source: str
    options: Mapping[str, str] = field(default_factory=dict)
    note: str | None = None


_FORM = "id, title, region, file_name, sha256, added_at, note"
_LINK = "id, form_id, sheet, cell, kind, source, options, note"


def forms(connection: sqlite3.Connection) -> list[ForeignForm]:
    """Return the forms by their titles."""
    rows = connection.execute(f"SELECT {_FORM} FROM foreign_form ORDER BY title, id")
    return [ForeignForm(*row) for row in rows]


def form(connection: sqlite3.Connection, key: int) -> ForeignForm | None:
    """Return one form."""
    row = connection.execute(f"SELECT {_FORM} FROM foreign_form WHERE id = ?", (key,)).fetchone()
    return None if row is None else ForeignForm(*row)


def links(connection: sqlite3.Connection, form_id: int | None = None) -> list[ForeignLink]:
    """Return the links of a form, or all of them, in no order of their own."""
    where, values = ("", ()) if form_id is None else (" WHERE form_id = ?", (form_id,))
    return [_link(row) for row in connection.execute(f"SELECT {_LINK} FROM foreign_link{where}", values)]


def link_at(connection: sqlite3.Connection, form_id: int, sheet: str, cell: str) -> ForeignLink | None:
    """Return the link of a cell."""
    row = connection.execute(
        f"SELECT {_LINK} FROM foreign_link WHERE form_id = ? AND sheet = ? AND cell = ?", (form_id, sheet, cell)
    ).fetchone()
    return None if row is None else _link(row)


def _link(row: tuple[object, ...]) -> ForeignLink:
    key, form_id, sheet, cell, kind, source, options, note = row
    found = json.loads(str(options)) if options else {}
    return ForeignLink(
        cast("int", key), cast("int", form_id), str(sheet), str(cell), cast("LinkKind", kind), str(source),
        {str(name): str(value) for name, value in found.items()}, cast("str | None", note),
    )  # fmt: skip


def data(connection: sqlite3.Connection, found: ForeignForm) -> bytes:
    """Return the workbook as it came."""
    return blobs.get(connection, found.sha256)


def add(operation: Operation, *, title: str, region: str | None, file_name: str, data: bytes) -> int:
    """Keep a workbook and return the key of its form."""
    digest = blobs.put(operation.connection, data)
    return operation.insert(
        "foreign_form", title=title, region=region, file_name=file_name, sha256=digest, added_at=now()
    )


def edit(operation: Operation, key: int, **values: str | None) -> None:
    """Change title, region or note of a form."""
    operation.update("foreign_form", key, **values)


def remove(operation: Operation, key: int) -> None:
    """Take a form away with its links; undo brings both back."""
    for link in links(operation.connection, key):
        operation.delete("foreign_link", link.id)
    operation.delete("foreign_form", key)


def put_link(
    operation: Operation, form_id: int, sheet: str, cell: str, *, kind: LinkKind, source: str,
    options: Mapping[str, str], note: str | None = None,
) -> int:  # fmt: skip
    """Link a cell, instead of what it was linked to before."""
    told = json.dumps(dict(options), ensure_ascii=False, sort_keys=True) if options else None
    known = link_at(operation.connection, form_id, sheet, cell)
    if known is None:
        return operation.insert(
            "foreign_link", form_id=form_id, sheet=sheet, cell=cell, kind=kind, source=source, options=told, note=note
        )
    operation.update("foreign_link", known.id, kind=kind, source=source, options=told, note=note)
    return known.id


def drop_link(operation: Operation, key: int) -> None:
    """Take a link away."""
    operation.delete("foreign_link", key)
