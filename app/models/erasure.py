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
        _erase_from_agreement(connection, person_id, str(row[0]))
        connection.execute("UPDATE operation SET label = replace(label, ?, ?)", (row[0], ERASED))
        connection.execute("DELETE FROM draft_cell WHERE table_name = 'person' AND row_key = ?", (person_id,))
    connection.execute("UPDATE journal_state SET recording = 1")
    return len(entries)


_NAMED = {
    "agreement_party": ("name", "person", "remark", "reply"),
    "agreement_meeting": ("topic", "place", "present", "outcome"),
    "list_protocol": ("decision", "opinion"),
    "list_protocol_member": ("name", "post"),
    "road_map_item": ("activity", "reason", "conditions", "term", "responsible", "result"),
}
"""Tables of the agreement of a list and their texts that may name an official."""


def _erase_from_agreement(connection: sqlite3.Connection, person_id: int, name: str) -> None:
    """Erase a person from agreement sheets, protocols and road maps, from what the journal kept of them too.

    A participant of a protocol is known by the key or by the whole name; elsewhere the whole name is taken out of
    the texts.
    """
    present = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if not present.issuperset(_NAMED):
        return  # a backup from before there was an agreement
    members = [row[0] for row in connection.execute(
        "SELECT id FROM list_protocol_member WHERE person_id = ? OR name = ?", (person_id, name))]  # fmt: skip
    for key in members:
        connection.execute("UPDATE list_protocol_member SET name = ?, post = NULL WHERE id = ?", (ERASED, key))
    connection.executemany(
        "DELETE FROM draft_cell WHERE table_name = 'list_protocol_member' AND row_key = ?", [(key,) for key in members]
    )
    for table, columns in _NAMED.items():
        for column in columns:
            connection.execute(
                f"UPDATE {table} SET {column} = replace({column}, ?, ?) WHERE instr({column}, ?)", (name, ERASED, name)
            )
    connection.execute("DELETE FROM draft_cell WHERE table_name IN (SELECT value FROM json_each(?)) AND instr(raw, ?)",
                       (json.dumps(list(_NAMED)), name))  # fmt: skip
    _redact_agreement(connection, person_id, name, set(members))


def _redact_agreement(connection: sqlite3.Connection, person_id: int, name: str, members: set[int]) -> None:
    """Take a person out of the images that the journal keeps of rows of the agreement and of their drafts."""
    entries = connection.execute(
        "SELECT id, table_name, before, after FROM journal WHERE table_name IN (SELECT value FROM json_each(?))",
        (json.dumps([*_NAMED, "draft_cell"]),),
    ).fetchall()
    for key, table, *images in entries:
        made = [_agreement_image(table, image, person_id, name, members) for image in images]
        if made != images:
            connection.execute("UPDATE journal SET before = ?, after = ? WHERE id = ?", (*made, key))


def _agreement_image(table: str, image: str | None, person_id: int, name: str, members: set[int]) -> str | None:
    if image is None:
        return None
    row: dict[str, Any] = json.loads(image)
    if table == "draft_cell":
        if row.get("table_name") not in _NAMED:
            return image
        own = row.get("table_name") == "list_protocol_member" and row.get("row_key") in members
        if own or name in str(row.get("raw")):
            row["raw"] = ERASED
    elif table == "list_protocol_member" and (
        row.get("id") in members or row.get("person_id") == person_id or row.get("name") == name
    ):
        row |= {"name": ERASED, "post": None}
    else:
        row = {key: value.replace(name, ERASED) if isinstance(value, str) else value for key, value in row.items()}
    made = json.dumps(row, ensure_ascii=False)
    return image if json.loads(image) == row else made


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
