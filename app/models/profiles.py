"""Saved column maps: how a table that nobody knows was once read (issue B, point 1)."""

from __future__ import annotations

import hashlib
import sqlite3
from dataclasses import dataclass

from app.models.journal import now
from app.models.store import Operation


@dataclass(frozen=True, slots=True)
class Profile:
    """One saved map. ``signature`` is what its tables are recognised by, ``text`` the map itself."""

    id: int
    name: str
    target: str
    signature: str
    text: str
    digest: str
    added_at: str
    actor: str


_COLUMNS = "id, name, target, signature, text, digest, added_at, actor"


def listing(connection: sqlite3.Connection) -> list[Profile]:
    """Return every profile by name."""
    rows = connection.execute(f"SELECT {_COLUMNS} FROM import_profile ORDER BY name")
    return [Profile(*row) for row in rows]


def get(connection: sqlite3.Connection, name: str) -> Profile | None:
    """Return the profile of that name."""
    row = connection.execute(f"SELECT {_COLUMNS} FROM import_profile WHERE name = ?", (name,)).fetchone()
    return None if row is None else Profile(*row)


def texts(connection: sqlite3.Connection) -> tuple[str, ...]:
    """Return the maps themselves, the newest first: of two that fit a table the later one was made knowing better."""
    rows = connection.execute("SELECT text FROM import_profile ORDER BY added_at DESC, name")
    return tuple(text for (text,) in rows)


def put(operation: Operation, *, name: str, target: str, signature: str, text: str, actor: str) -> int:
    """Keep a profile; one of the same name is replaced. Returns its key."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    present = get(operation.connection, name)
    if present is None:
        return operation.insert(
            "import_profile", name=name, target=target, signature=signature, text=text, digest=digest,
            added_at=now(), actor=actor,
        )  # fmt: skip
    if (present.target, present.signature, present.text) != (target, signature, text):
        operation.update(
            "import_profile", present.id, target=target, signature=signature, text=text, digest=digest,
            added_at=now(), actor=actor,
        )  # fmt: skip
    return present.id
