"""Views that a person has saved under a name: a place of the program, a title, what is chosen (JSON)."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from app.models.store import Operation


@dataclass(frozen=True, slots=True)
class SavedView:
    """One saved view; ``spec`` is JSON that its place understands."""

    id: int
    title: str
    spec: str


def listing(connection: sqlite3.Connection, place: str) -> list[SavedView]:
    """Return the views of a place by title."""
    rows = connection.execute("SELECT id, title, spec FROM saved_view WHERE place = ? ORDER BY title, id", (place,))
    return [SavedView(*row) for row in rows]


def put(operation: Operation, place: str, title: str, spec: str) -> int:
    """Write a view; the same title is replaced. Returns its key."""
    row = operation.connection.execute(
        "SELECT id FROM saved_view WHERE place = ? AND title = ?", (place, title)
    ).fetchone()
    if row is None:
        return operation.insert("saved_view", place=place, title=title, spec=spec)
    operation.update("saved_view", int(row[0]), spec=spec)
    return int(row[0])


def remove(operation: Operation, key: int) -> None:
    """Delete a view."""
    operation.delete("saved_view", key)
