"""With whom a programme is agreed, and what they remarked."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Literal

from app.models.programmes import columns


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
