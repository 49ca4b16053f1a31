"""Settings that belong to the file (not to the user's profile)."""

from __future__ import annotations

import sqlite3

from app.models import signers
from app.models.store import Operation

DEFAULTS: dict[str, str] = {
    "municipality": "",
    "municipality_genitive": "",
    "organisation": "",
    "schools_label": "школ с низкими результатами обучения",
    "signer_position": "",
    "signer_name": "",
    "executor": "",
    "blob_limit_mb": "200",
    "all_own": "0",
    "demo": "0",
    "show_intervals_on_papers": "0",
    "show_types_on_papers": "0",
    "rule": "rosobrnadzor-2022",
    "check_jump_points": "30",
    "check_jump_percent": "50",
    "check_small_group": "10",
    "mode": "",
    "request": "",
    "filler": "",
    "filler_post": "",
    "replied": "",
    "cycle_directions": "",
    "help_templates_hidden": "",
}
"""Every setting with its default; an unknown key is a bug."""


_SIGNER = {"signer_position": "post", "signer_name": "name"}
"""Settings that are the first row of the register of signers: one source for old papers and new ones."""


def _of_signer(connection: sqlite3.Connection) -> dict[str, str]:
    found = signers.usual(connection)
    if found is None:
        return {}
    return {"signer_position": found.post or "", "signer_name": found.name or signers.short(found.full_name or "")}


def get(connection: sqlite3.Connection, key: str) -> str:
    """Return a setting or its default."""
    if key in _SIGNER and (told := _of_signer(connection)):
        return told[key]
    row = connection.execute("SELECT value FROM setting WHERE key = ?", (key,)).fetchone()
    return DEFAULTS[key] if row is None else str(row[0])


def get_all(connection: sqlite3.Connection) -> dict[str, str]:
    """Return every setting with defaults filled in."""
    stored = dict(connection.execute("SELECT key, value FROM setting").fetchall())
    return DEFAULTS | stored | _of_signer(connection)


def put(operation: Operation, key: str, value: str) -> None:
    """Store one setting."""
    if key not in DEFAULTS:
        raise KeyError(key)
    if key in _SIGNER:
        signers.put_usual(operation, **{_SIGNER[key]: value})
        return
    row = operation.connection.execute("SELECT id FROM setting WHERE key = ?", (key,)).fetchone()
    if row is None:
        operation.insert("setting", key=key, value=value)
    else:
        operation.update("setting", row[0], value=value)
