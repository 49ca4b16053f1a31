"""Drafts of orders: rows and their reading."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True)
class OrderRow:
    """One draft of an order.

    Attributes:
        kind: of the templates; act: «order», «disposal», «decree».
        title: what it is about, as it was the day it got its number.
        details: what was chosen for it, as JSON.
        number, dated: empty until it is signed.
        paper_id: the line of the register of outgoing papers that carries it; written with its number.
        legal_act_id: the line of the legal base that it became.
    """

    id: int
    kind: str
    school_year: int
    act: str
    title: str | None
    details: str | None
    number: str | None
    dated: str | None
    signer_id: int | None
    paper_id: int | None
    legal_act_id: int | None
    created_at: str
    note: str | None


_COLUMNS = ", ".join(field.name for field in fields(OrderRow))


def orders(connection: sqlite3.Connection, school_year: int | None = None) -> list[OrderRow]:
    """Return the drafts of a school year (None: all), the oldest first."""
    where, told = ("", ()) if school_year is None else (" WHERE school_year = ?", (school_year,))
    rows = connection.execute(f"SELECT {_COLUMNS} FROM order_draft{where} ORDER BY created_at, id", told)
    return [OrderRow(*row) for row in rows]


def order(connection: sqlite3.Connection, key: int) -> OrderRow | None:
    """Return one draft."""
    row = connection.execute(f"SELECT {_COLUMNS} FROM order_draft WHERE id = ?", (key,)).fetchone()
    return None if row is None else OrderRow(*row)


def paper_of(connection: sqlite3.Connection, row: OrderRow) -> tuple[int, int, str | None, str | None] | None:
    """Return (key, number, number of the letter, its date) of the newest paper in force made of a draft."""
    return connection.execute(  # type: ignore[no-any-return]
        "SELECT id, number, out_number, dated FROM outgoing_paper WHERE kind = ? AND state <> 'withdrawn'"
        " AND json_extract(recipe, '$.values.draft') = ? ORDER BY number DESC LIMIT 1",
        (f"order_{row.kind}", str(row.id)),
    ).fetchone()


def act_like(connection: sqlite3.Connection, number: str, dated: str) -> int | None:
    """Return the line of the legal base with this number and date."""
    row = connection.execute("SELECT id FROM legal_act WHERE number = ? AND dated = ?", (number, dated)).fetchone()
    return None if row is None else int(row[0])


def act_there(connection: sqlite3.Connection, key: int | None) -> bool:
    """Tell whether a line of the legal base is still there."""
    return connection.execute("SELECT 1 FROM legal_act WHERE id = ?", (key,)).fetchone() is not None
