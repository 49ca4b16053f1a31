"""Settings of papers that a file keeps: kind of paper → key → text."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping

from app.models.store import Operation


def of_kind(connection: sqlite3.Connection, kind: str) -> dict[str, str]:
    """Return what is kept for a kind, key → text."""
    rows = connection.execute("SELECT key, value FROM paper_setup WHERE kind = ? ORDER BY key", (kind,))
    return dict(rows.fetchall())


def put(operation: Operation, kind: str, values: Mapping[str, str]) -> None:
    """Keep these values of a kind beside what is kept of it already."""
    rows = operation.connection.execute("SELECT key, id, value FROM paper_setup WHERE kind = ?", (kind,))
    known = {key: (row_id, value) for key, row_id, value in rows.fetchall()}
    for key, value in values.items():
        if key not in known:
            operation.insert("paper_setup", kind=kind, key=key, value=value)
        elif known[key][1] != value:
            operation.update("paper_setup", known[key][0], value=value)
