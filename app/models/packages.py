"""Packages: those that went upward, those that came from municipalities, and who is awaited."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from app.models.journal import now
from app.models.store import Operation


@dataclass(frozen=True, slots=True)
class PackageOut:
    """A package that was made; ``papers`` are numbers of the register."""

    id: int
    number: int
    title: str
    addressee: str | None
    period: str | None
    file_name: str
    sha256: str
    size: int
    manifest: str
    impersonal: bool
    made_at: str
    actor: str
    sent_on: str | None
    answered_on: str | None
    answer: str | None
    note: str | None
    papers: tuple[int, ...] = ()

    @property
    def description(self) -> dict[str, Any]:
        """The manifest as it went out."""
        made: dict[str, Any] = json.loads(self.manifest)
        return made


@dataclass(frozen=True, slots=True)
class PackageIn:
    """A package that a municipality sent; ``data`` is read apart.

    Attributes:
        verdict: «ok» or «eyes».
        problems: messages of its check, one a line.
        replaced_by: key of the package that came later for the same period; None while it counts.
    """

    id: int
    municipality: str
    oktmo: str | None
    period: str
    title: str
    file_name: str
    sha256: str
    size: int
    verdict: str
    problems: tuple[str, ...]
    made_at: str
    taken_at: str
    actor: str
    replaced_by: int | None
    remark: str | None


_OUT = (
    "id, number, title, addressee, period, file_name, sha256, size, manifest, impersonal, made_at, actor, sent_on,"
    " answered_on, answer, note"
)
_IN = (
    "id, municipality, oktmo, period, title, file_name, sha256, size, verdict, problems, made_at, taken_at, actor,"
    " replaced_by, remark"
)


def _package_out(row: tuple[Any, ...]) -> PackageOut:
    values = list(row)
    values[9] = bool(row[9])
    return PackageOut(*values)


def _package_in(row: tuple[Any, ...]) -> PackageIn:
    values = list(row)
    values[9] = tuple(str(row[9]).splitlines())
    return PackageIn(*values)


def sent(connection: sqlite3.Connection) -> list[PackageOut]:
    """Return packages that were made, newest first."""
    numbers: dict[int, list[int]] = {}
    for package_id, number in connection.execute(
        "SELECT k.package_id, p.number FROM package_paper k JOIN outgoing_paper p ON p.id = k.paper_id"
        " ORDER BY p.number"
    ):
        numbers.setdefault(package_id, []).append(number)
    rows = connection.execute(f"SELECT {_OUT} FROM package_out ORDER BY number DESC").fetchall()
    return [replace(_package_out(row), papers=tuple(numbers.get(row[0], ()))) for row in rows]


def next_number(connection: sqlite3.Connection) -> int:
    """Return the number of the next package."""
    return int(connection.execute("SELECT coalesce(max(number), 0) + 1 FROM package_out").fetchone()[0])


def add_out(operation: Operation, papers: Iterable[int], **values: Any) -> int:
    """Write a package that was made and what is in it (keys of papers); returns its number."""
    number = next_number(operation.connection)
    key = operation.insert("package_out", number=number, **values)
    for paper_id in papers:
        operation.insert("package_paper", package_id=key, paper_id=paper_id)
    return number


def out_extras(connection: sqlite3.Connection) -> dict[int, dict[str, Any]]:
    """Return number of a paper → its own number, date, period, digest of its snapshot."""
    rows = connection.execute(
        "SELECT p.number, p.out_number, p.dated, p.period, s.sha256, p.recipe FROM outgoing_paper p"
        " LEFT JOIN snapshot s ON s.id = p.snapshot_id"
    )
    return {
        row[0]: {"out_number": row[1], "dated": row[2], "period": row[3], "snapshot_sha256": row[4], "recipe": row[5]}
        for row in rows
    }


def taken(connection: sqlite3.Connection, period: str | None = None, *, replaced: bool = False) -> list[PackageIn]:
    """Return packages that came, of a period or of all; those that a later one replaced only where asked for."""
    where, values = [], []
    if period is not None:
        where.append("period = ?")
        values.append(period)
    if not replaced:
        where.append("replaced_by IS NULL")
    clause = f" WHERE {' AND '.join(where)}" if where else ""
    rows = connection.execute(f"SELECT {_IN} FROM package_in{clause} ORDER BY municipality, taken_at DESC", values)
    return [_package_in(row) for row in rows]


def data_of(connection: sqlite3.Connection, key: int) -> dict[str, Any]:
    """Return the figures of a package that came."""
    made: dict[str, Any] = json.loads(
        connection.execute("SELECT data FROM package_in WHERE id = ?", (key,)).fetchone()[0]
    )
    return made


def periods(connection: sqlite3.Connection) -> list[str]:
    """Return periods of the packages that came, the one of the newest package first."""
    rows = connection.execute("SELECT period FROM package_in GROUP BY period ORDER BY max(taken_at) DESC")
    return [row[0] for row in rows]


def add_in(operation: Operation, **values: Any) -> int:
    """Write a package that came; returns its key."""
    return operation.insert("package_in", taken_at=now(), **values)
