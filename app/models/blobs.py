"""Files inside the file: append-only, kept once by content (decision 15)."""

from __future__ import annotations

import hashlib
import sqlite3

from app.models.journal import now


def put(connection: sqlite3.Connection, data: bytes) -> str:
    """Keep bytes and return their SHA-256; the same bytes are kept once."""
    digest = hashlib.sha256(data).hexdigest()
    connection.execute(
        "INSERT INTO blob(sha256, size, bytes, added_at) VALUES (?, ?, ?, ?) ON CONFLICT(sha256) DO NOTHING",
        (digest, len(data), data, now()),
    )
    return digest


def get(connection: sqlite3.Connection, digest: str) -> bytes:
    """Return kept bytes; KeyError where there are none."""
    row = connection.execute("SELECT bytes FROM blob WHERE sha256 = ?", (digest,)).fetchone()
    if row is None:
        raise KeyError(digest)
    return bytes(row[0])
