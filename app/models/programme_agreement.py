"""With whom a programme is agreed, and what they remarked."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Literal

from app.models.programmes import PARTY_DRAFTS, columns
from app.models.store import Operation

DRAFTS = PARTY_DRAFTS


@dataclass(frozen=True, slots=True)
class Party:
    """One party of the agreement: to whom, when, what they answered."""

    id: int
    programme_id: int
    position: int
    name: str
    person: str | None
    sent_on: str | None
    due_on: str | None
    answered_on: str | None
    answer: Literal["agreed", "remarks", "refused"] | None


@dataclass(frozen=True, slots=True)
class Remark:
    """One remark: by whom, about which place, what became of it."""

    id: int
    programme_id: int
    party_id: int | None
    node_id: int | None
    place: str
    author: str
    text: str
    made_on: str | None
    state: Literal["open", "taken", "part", "declined"]
    answer: str


def parties(connection: sqlite3.Connection, programme_id: int) -> list[Party]:
    """Return the parties in their order."""
    sql = f"SELECT {', '.join(columns(Party))} FROM programme_party WHERE programme_id = ? ORDER BY position, id"
    return [Party(*row) for row in connection.execute(sql, (programme_id,))]


def remarks(connection: sqlite3.Connection, programme_id: int) -> list[Remark]:
    """Return the remarks, the open ones first, the earliest first."""
    rows = connection.execute(
        f"SELECT {', '.join(columns(Remark))} FROM programme_remark WHERE programme_id = ?"
        " ORDER BY state <> 'open', made_on IS NULL, made_on, rowid",
        (programme_id,),
    )
    return [Remark(*row) for row in rows]


def drafts(connection: sqlite3.Connection, programme_id: int) -> dict[int, dict[str, tuple[str, str]]]:
    """Return entries of the sheet that did not fit: party → column → (as typed, code)."""
    rows = connection.execute(
        "SELECT d.row_key, d.column_name, d.raw, d.code FROM draft_cell d JOIN programme_party p ON p.id = d.row_key"
        " WHERE d.table_name = ? AND p.programme_id = ?",
        (DRAFTS, programme_id),
    )
    found: dict[int, dict[str, tuple[str, str]]] = {}
    for party, column, raw, code in rows:
        found.setdefault(party, {})[column] = (raw, code)
    return found


def drop_drafts(operation: Operation, party_id: int) -> None:
    """Forget all entries of a party that did not fit."""
    rows = operation.connection.execute(
        "SELECT id FROM draft_cell WHERE table_name = ? AND row_key = ?", (DRAFTS, party_id)
    ).fetchall()
    for (row,) in rows:
        operation.delete("draft_cell", row)
