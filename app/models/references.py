"""User copies and updates of rules and scales, kept as text with a digest (decisions 9, 13)."""

from __future__ import annotations

import hashlib
import sqlite3

from app.models.journal import now
from app.models.store import Operation


def texts(connection: sqlite3.Connection, kind: str) -> list[tuple[str, str, str]]:
    """Return (id, version, text) of the file's own references of a kind, oldest first."""
    rows = connection.execute(
        "SELECT ref_id, version, text FROM reference_text WHERE kind = ? ORDER BY added_at, id", (kind,)
    )
    return [(ref_id, version, text) for ref_id, version, text in rows]


def put(operation: Operation, kind: str, ref_id: str, version: str, text: str) -> None:
    """Keep a reference; the same id and version are replaced."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    row = operation.connection.execute(
        "SELECT id FROM reference_text WHERE kind = ? AND ref_id = ? AND version = ?", (kind, ref_id, version)
    ).fetchone()
    if row is None:
        operation.insert(
            "reference_text", kind=kind, ref_id=ref_id, version=version, text=text, digest=digest, added_at=now()
        )
    else:
        operation.update("reference_text", row[0], text=text, digest=digest, added_at=now())


def drop(operation: Operation, kind: str, ref_id: str, version: str) -> None:
    """Forget a reference of the file's own."""
    rows = operation.connection.execute(
        "SELECT id FROM reference_text WHERE kind = ? AND ref_id = ? AND version = ?", (kind, ref_id, version)
    )
    for (key,) in rows.fetchall():
        operation.delete("reference_text", key)
