"""Corrections, approvals and the snapshots that nothing can change (decision 17)."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from dataclasses import dataclass
from typing import Any

from app.models.journal import now
from app.models.store import Operation, new_id


@dataclass(frozen=True, slots=True)
class Correction:
    """An expert's correction of the computed answer, with its reason."""

    id: int
    organisation_id: int
    verdict: str
    reason: str
    actor: str
    created_at: str


@dataclass(frozen=True, slots=True)
class Approval:
    """An approval of a list; ``snapshot`` is the canonical JSON that stays for ever."""

    id: int
    rule_id: str
    year: int
    order_number: str
    order_date: str
    issuer: str
    state: str
    approved_at: str
    actor: str
    cancelled_at: str | None
    cancel_reason: str | None
    snapshot_id: int
    sha256: str


def canonical_json(value: Any) -> str:
    """Return the one text that a value has: sorted keys, no spaces, letters as they are."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def freeze(connection: sqlite3.Connection, kind: str, value: Any) -> tuple[int, str]:
    """Write a snapshot and return its key and SHA-256; triggers refuse any later change."""
    text = canonical_json(value)
    digest = hashlib.sha256(text.encode()).hexdigest()
    key = new_id()
    connection.execute(
        "INSERT INTO snapshot(id, kind, json, sha256, created_at) VALUES (?, ?, ?, ?, ?)",
        (key, kind, text, digest, now()),
    )
    return key, digest


def snapshot(connection: sqlite3.Connection, key: int) -> Any:
    """Return what was frozen."""
    row = connection.execute("SELECT json FROM snapshot WHERE id = ?", (key,)).fetchone()
    if row is None:
        raise KeyError(key)
    return json.loads(row[0])


def digest(connection: sqlite3.Connection, key: int) -> str:
    """Return the SHA-256 of what was frozen; "" where there is none."""
    row = connection.execute("SELECT sha256 FROM snapshot WHERE id = ?", (key,)).fetchone()
    return str(row[0]) if row else ""


def corrections(connection: sqlite3.Connection, rule_id: str, year: int) -> dict[int, Correction]:
    """Return corrections of one list by school."""
    rows = connection.execute(
        "SELECT id, organisation_id, verdict, reason, actor, created_at FROM list_correction"
        " WHERE rule_id = ? AND result_year = ?",
        (rule_id, year),
    )
    return {row[1]: Correction(*row) for row in rows}


def put_correction(
    operation: Operation, rule_id: str, year: int, organisation_id: int, verdict: str, reason: str, actor: str
) -> None:
    """Write or replace the correction of one school."""
    present = corrections(operation.connection, rule_id, year).get(organisation_id)
    values = {"verdict": verdict, "reason": reason, "actor": actor, "created_at": now()}
    if present is None:
        operation.insert(
            "list_correction", rule_id=rule_id, result_year=year, organisation_id=organisation_id, **values
        )
    else:
        operation.update("list_correction", present.id, **values)


def list_corrected_by(connection: sqlite3.Connection, operation_id: int) -> tuple[str, int] | None:
    """Return rule and result year of the list that an operation corrected, if it corrected one."""
    row = connection.execute(
        "SELECT coalesce(c.rule_id, json_extract(j.before, '$.rule_id')),"
        " coalesce(c.result_year, json_extract(j.before, '$.result_year'))"
        " FROM journal j LEFT JOIN list_correction c ON c.id = j.row_key"
        " WHERE j.operation_id = ? AND j.table_name = 'list_correction' LIMIT 1",
        (operation_id,),
    ).fetchone()
    return None if row is None else (str(row[0]), int(row[1]))


_APPROVALS = """
SELECT a.id, a.rule_id, a.result_year, a.order_number, a.order_date, a.issuer, a.state, a.approved_at, a.actor,
       a.cancelled_at, a.cancel_reason, a.snapshot_id, s.sha256
FROM list_approval a JOIN snapshot s ON s.id = a.snapshot_id
"""


def approvals(connection: sqlite3.Connection) -> list[Approval]:
    """Return all approvals, newest first, cancelled ones too."""
    return [Approval(*row) for row in connection.execute(f"{_APPROVALS} ORDER BY a.approved_at DESC")]


def approval_in_force(connection: sqlite3.Connection, rule_id: str, year: int) -> Approval | None:
    """Return the approval that holds for a rule and a year."""
    row = connection.execute(
        f"{_APPROVALS} WHERE a.rule_id = ? AND a.result_year = ? AND a.state = 'approved'", (rule_id, year)
    ).fetchone()
    return None if row is None else Approval(*row)
