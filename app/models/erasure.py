"""Erasing a person's entries from file, journal and backups on request (decision 6).

What has been approved or signed stays: a frozen snapshot and the bytes of a paper are documents, not our notes.
"""

from __future__ import annotations

import json
import os
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from app.models import backup, journal
from app.models.backup import Backup

ERASED = "запись удалена по просьбе"
_PERSONAL = ("full_name", "position", "phone", "email", "name_cases", "note")


def _redacted(image: str | None) -> str | None:
    """Return a row image of ``person`` without anything personal."""
    if image is None:
        return None
    row: dict[str, Any] = json.loads(image)
    return json.dumps(row | _blank(), ensure_ascii=False)


def _blank() -> dict[str, str | None]:
    return {"full_name": ERASED} | dict.fromkeys(_PERSONAL[1:])


def erase(connection: sqlite3.Connection, person_id: int) -> int:
    """Erase one person inside an open transaction; returns how many journal entries were redacted.

    The row itself stays under its key without a name, so that posts and memberships keep their history. The journal
    does not record this: it would keep what must go.
    """
    row = connection.execute("SELECT full_name FROM person WHERE id = ?", (person_id,)).fetchone()
    connection.execute("UPDATE journal_state SET recording = 0")
    sets = ", ".join(f"{name} = ?" for name in _PERSONAL)
    connection.execute(f"UPDATE person SET {sets} WHERE id = ?", (*_blank().values(), person_id))
    entries = connection.execute(
        "SELECT id, before, after FROM journal WHERE table_name = 'person' AND row_key = ?", (person_id,)
    ).fetchall()
    for key, before, after in entries:
        connection.execute(
            "UPDATE journal SET before = ?, after = ? WHERE id = ?", (_redacted(before), _redacted(after), key)
        )
    if row is not None and row[0] != ERASED:
        connection.execute("UPDATE operation SET label = replace(label, ?, ?)", (row[0], ERASED))
        connection.execute("DELETE FROM draft_cell WHERE table_name = 'person' AND row_key = ?", (person_id,))
    connection.execute("UPDATE journal_state SET recording = 1")
    return len(entries)


def scrub(connection: sqlite3.Connection) -> None:
    """Rewrite the file so that no freed page still holds what was erased."""
    connection.execute("VACUUM")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def erase_from_backup(copy: Backup, person_id: int) -> None:
    """Erase one person from a backup: on a copy of it, checked, then renamed into its place."""
    temp = copy.path.with_name(copy.path.name + ".part")
    try:
        with closing(sqlite3.connect(f"{copy.path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as source:
            backup.copy_to(source, temp)
        with closing(sqlite3.connect(temp, isolation_level=None)) as fresh:
            fresh.execute("PRAGMA journal_mode = MEMORY")
            fresh.execute("BEGIN")
            erase(fresh, person_id)
            fresh.execute("COMMIT")
            fresh.execute("VACUUM")
        os.replace(temp, copy.path)  # noqa: PTH105 - one call, atomic on every system
    finally:
        Path(temp).unlink(missing_ok=True)


def note_erasure(connection: sqlite3.Connection, actor: str) -> None:
    """Leave a line in the history that says it was done, without saying about whom; it can't be undone."""
    connection.execute(
        "INSERT INTO operation(at, actor, kind, label, reversible) VALUES (?, ?, 'person.erase', ?, 0)",
        (journal.now(), actor, "Удалены личные данные по просьбе"),
    )
