"""Who signs papers, and what is kept to be put round papers of a kind: rows and their writing."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, fields

from app.models.store import Operation


@dataclass(frozen=True, slots=True)
class SignerRow:
    """One person who signs.

    Attributes:
        post: «Начальник управления образования»; name: «М. П. Иванова»; full_name: «Иванова Мария Петровна».
        organisation: where it is not the file's own.
        role: «sign», «approve», «agree»; None where it may be any of them.
        own_cases: own forms by case as JSON: {"post": {case: form}, "name": {case: form}}.
    """

    id: int
    position: int
    post: str | None
    name: str | None
    full_name: str | None
    organisation: str | None
    role: str | None
    own_cases: str | None
    note: str | None


_COLUMNS = ", ".join(field.name for field in fields(SignerRow))


def signers(connection: sqlite3.Connection) -> list[SignerRow]:
    """Return everybody who signs, in the order of the register."""
    rows = connection.execute(f"SELECT {_COLUMNS} FROM signer ORDER BY position, id")
    return [SignerRow(*row) for row in rows]


def usual(connection: sqlite3.Connection) -> SignerRow | None:
    """Return who signs when nothing is said: the first who signs, else the first of whom no role is said.

    None where nobody is named, and in an older file that is open for reading only.
    """
    if connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'signer'").fetchone() is None:
        return None
    row = connection.execute(
        f"SELECT {_COLUMNS} FROM signer WHERE coalesce(role, 'sign') = 'sign' AND coalesce(post, name, full_name) <> ''"
        " ORDER BY role IS NULL, position, id LIMIT 1"
    ).fetchone()
    return None if row is None else SignerRow(*row)


def put_usual(operation: Operation, *, post: str | None = None, name: str | None = None) -> None:
    """Write post or name of who signs when nothing is said, making the first row where there is none."""
    told = {key: value for key, value in (("post", post), ("name", name)) if value is not None}
    found = usual(operation.connection)
    if found is not None:
        operation.update("signer", found.id, **told)
    elif any(told.values()):
        last = operation.connection.execute("SELECT coalesce(max(position), -1) FROM signer").fetchone()[0]
        operation.insert("signer", position=last + 1, role="sign", **told)


def short(full_name: str) -> str:
    """Return «М. П. Иванова» of «Иванова Мария Петровна»; any other form of a name stays as it is."""
    words = full_name.split()
    if len(words) != 3 or any("." in word for word in words):
        return full_name
    family, first, second = words
    return f"{first[0]}. {second[0]}. {family}"


def put_cases(operation: Operation, key: int, own_cases: str | None) -> None:
    """Keep own forms of a signer's post and name."""
    operation.update("signer", key, own_cases=own_cases)


def setup(connection: sqlite3.Connection, kind: str, key: str) -> str:
    """Return what is kept for papers of a kind; empty where nothing is."""
    row = connection.execute("SELECT value FROM paper_setup WHERE kind = ? AND key = ?", (kind, key)).fetchone()
    return "" if row is None else str(row[0])


def put_setup(operation: Operation, kind: str, key: str, value: str) -> None:
    """Keep a value for papers of a kind; an empty one is forgotten."""
    found = operation.connection.execute(
        "SELECT id, value FROM paper_setup WHERE kind = ? AND key = ?", (kind, key)
    ).fetchone()
    if found is None:
        if value:
            operation.insert("paper_setup", kind=kind, key=key, value=value)
    elif not value:
        operation.delete("paper_setup", found[0])
    elif found[1] != value:
        operation.update("paper_setup", found[0], value=value)
