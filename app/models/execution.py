"""What happened to activities, by lineage and plan year: it stands beside the programme, never in it. Only SQL."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable
from dataclasses import dataclass, fields
from typing import Any

from app.models.organisations import canonical_map
from app.models.store import Operation

TABLE = "execution"
Key = tuple[int, int]
"""(lineage of the activity, plan year)."""


@dataclass(frozen=True, slots=True)
class Execution:
    """One row: what was marked of an activity in a plan year.

    ``*_raw`` is what was typed, ``*_code`` why it did not fit; dates are ISO, money whole kopecks.
    """

    id: int
    lineage: int
    plan_year: int
    state: Any
    done_raw: str | None
    done_on: str | None
    done_code: str | None
    moved_to: str | None
    product: str | None
    participants: int | None
    reason: str | None
    remark: str | None
    spent_raw: str | None
    spent_kopecks: int | None
    spent_code: str | None

    @property
    def key(self) -> Key:
        """Of which activity and year."""
        return self.lineage, self.plan_year

    @property
    def told(self) -> bool:
        """Whether it says anything at all."""
        values = (self.done_raw, self.moved_to, self.product, self.participants, self.reason, self.remark,
                  self.spent_raw)  # fmt: skip
        return self.state != "planned" or any(value is not None for value in values)


_COLUMNS = ", ".join(item.name for item in fields(Execution))


def rows(connection: sqlite3.Connection, lineages: Collection[int] | None = None) -> dict[Key, Execution]:
    """Return what was marked; of these activities, or (None) of all."""
    sql = f"SELECT {_COLUMNS} FROM execution"
    if lineages is None:
        found = connection.execute(sql)
    else:
        wanted = json.dumps(sorted(lineages))
        found = connection.execute(f"{sql} WHERE lineage IN (SELECT value FROM json_each(?))", (wanted,))
    return {(row[1], row[2]): Execution(*row) for row in found}


def row(connection: sqlite3.Connection, key: Key) -> Execution | None:
    """Return one row."""
    sql = f"SELECT {_COLUMNS} FROM execution WHERE lineage = ? AND plan_year = ?"
    found = connection.execute(sql, key).fetchone()
    return None if found is None else Execution(*found)


def schools(connection: sqlite3.Connection, executions: Iterable[int]) -> dict[int, tuple[int, ...]]:
    """Return execution → the schools that took part, in the file's order; a merged school as the one it became."""
    found: dict[int, dict[int, None]] = {}
    wanted = json.dumps(sorted(executions))
    merged = canonical_map(connection)
    for execution, organisation in connection.execute(
        "SELECT e.execution_id, o.id FROM execution_school e"
        " JOIN organisation o ON o.id = e.organisation_id"
        " WHERE e.execution_id IN (SELECT value FROM json_each(?)) ORDER BY o.position IS NULL, o.position, o.name",
        (wanted,),
    ).fetchall():
        found.setdefault(execution, {})[merged.get(organisation, organisation)] = None
    return {execution: tuple(keys) for execution, keys in found.items()}


def names(connection: sqlite3.Connection, keys: Iterable[int]) -> dict[int, str]:
    """Return short names of organisations."""
    found = connection.execute(
        "SELECT id, coalesce(short_name, name) FROM organisation WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(sorted(set(keys))),),
    )
    return {int(key): str(name) for key, name in found}


def activity_text(connection: sqlite3.Connection, lineage: int) -> str | None:
    """Return the text of an activity in its newest edition; None where no programme has it."""
    found = connection.execute(
        "SELECT n.text FROM programme_node n JOIN programme p ON p.id = n.programme_id"
        " WHERE n.lineage = ? AND n.kind = 'activity' ORDER BY p.edition DESC LIMIT 1",
        (lineage,),
    ).fetchone()
    return None if found is None else str(found[0])


def programmes_of(connection: sqlite3.Connection, lineage: int) -> tuple[int, ...]:
    """Return the editions in which an activity stands, the newest first."""
    found = connection.execute(
        "SELECT p.id FROM programme_node n JOIN programme p ON p.id = n.programme_id"
        " WHERE n.lineage = ? AND n.kind = 'activity' ORDER BY p.edition DESC",
        (lineage,),
    )
    return tuple(int(key) for (key,) in found)


def reasons(connection: sqlite3.Connection, most: int = 12) -> list[str]:
    """Return the reasons that were given so far, the most frequent first."""
    found = connection.execute(
        "SELECT reason FROM execution WHERE reason IS NOT NULL GROUP BY reason ORDER BY count(*) DESC, reason LIMIT ?",
        (most,),
    )
    return [str(reason) for (reason,) in found]


# --- writing -----------------------------------------------------------------------------------------------------


def ensured(operation: Operation, key: Key) -> Execution:
    """Return the row of an activity and a year, making it where there is none."""
    found = row(operation.connection, key)
    if found is not None:
        return found
    operation.insert(TABLE, lineage=key[0], plan_year=key[1])
    made = row(operation.connection, key)
    assert made is not None
    return made


def put(operation: Operation, present: Execution, **values: Any) -> None:
    """Change what differs."""
    changed = {name: value for name, value in values.items() if value != getattr(present, name)}
    if changed:
        operation.update(TABLE, present.id, **changed)


def put_schools(operation: Operation, execution: int, organisations: Collection[int]) -> None:
    """Say which schools took part; those that are right already stay."""
    present = {
        int(organisation): int(key)
        for key, organisation in operation.connection.execute(
            "SELECT id, organisation_id FROM execution_school WHERE execution_id = ?", (execution,)
        ).fetchall()
    }
    for organisation, key in present.items():
        if organisation not in organisations:
            operation.delete("execution_school", key)
    for organisation in dict.fromkeys(organisations):
        if organisation not in present:
            operation.insert("execution_school", execution_id=execution, organisation_id=organisation)
