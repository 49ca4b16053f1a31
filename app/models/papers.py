"""The register of outgoing papers: what went out, with its bytes (decisions 15, 17)."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, replace

from app.models import blobs
from app.models.journal import now
from app.models.store import Operation


@dataclass(frozen=True, slots=True)
class PaperFile:
    """One file of a paper: the original, a signed form, a detached signature, a scan."""

    id: int
    role: str
    file_name: str
    sha256: str
    signer: str | None
    certificate: str | None
    added_at: str
    note: str | None


@dataclass(frozen=True, slots=True)
class Paper:
    """One line of the register."""

    id: int
    number: int
    kind: str
    title: str
    file_name: str
    sha256: str
    snapshot_id: int | None
    state: str
    registered_at: str
    actor: str
    note: str | None
    files: tuple[PaperFile, ...] = ()


_COLUMNS = "id, number, kind, title, file_name, sha256, snapshot_id, state, registered_at, actor, note"


def listing(connection: sqlite3.Connection) -> list[Paper]:
    """Return the register, newest first, each line with its files."""
    files: dict[int, list[PaperFile]] = {}
    rows = connection.execute(
        "SELECT paper_id, id, role, file_name, sha256, signer, certificate, added_at, note FROM paper_file"
        " ORDER BY added_at, rowid"
    )
    for paper_id, *rest in rows:
        files.setdefault(paper_id, []).append(PaperFile(*rest))
    papers = connection.execute(f"SELECT {_COLUMNS} FROM outgoing_paper ORDER BY number DESC")
    return [replace(Paper(*row), files=tuple(files.get(row[0], ()))) for row in papers]


def get(connection: sqlite3.Connection, number: int) -> Paper | None:
    """Return one line of the register by its number."""
    return next((paper for paper in listing(connection) if paper.number == number), None)


def by_digest(connection: sqlite3.Connection, digest: str) -> Paper | None:
    """Return the line that some bytes belong to, in any of their roles."""
    row = connection.execute(
        "SELECT p.number FROM outgoing_paper p LEFT JOIN paper_file f ON f.paper_id = p.id"
        " WHERE p.sha256 = ? OR f.sha256 = ? LIMIT 1",
        (digest, digest),
    ).fetchone()
    return None if row is None else get(connection, row[0])


def register(
    operation: Operation, *, kind: str, title: str, file_name: str, data: bytes, snapshot_id: int | None, actor: str
) -> int:
    """Write a new line with the bytes of the paper and return its number."""
    number = int(operation.connection.execute("SELECT coalesce(max(number), 0) + 1 FROM outgoing_paper").fetchone()[0])
    digest = blobs.put(operation.connection, data)
    paper_id = operation.insert(
        "outgoing_paper",
        number=number,
        kind=kind,
        title=title,
        file_name=file_name,
        sha256=digest,
        snapshot_id=snapshot_id,
        registered_at=now(),
        actor=actor,
    )
    add_file(operation, paper_id, role="original", file_name=file_name, data=data)
    return number


def add_file(
    operation: Operation,
    paper_id: int,
    *,
    role: str,
    file_name: str,
    data: bytes,
    signer: str | None = None,
    certificate: str | None = None,
    note: str | None = None,
) -> str:
    """Attach a file to a line and return the SHA-256 of its bytes."""
    digest = blobs.put(operation.connection, data)
    operation.insert(
        "paper_file",
        paper_id=paper_id,
        role=role,
        file_name=file_name,
        sha256=digest,
        signer=signer,
        certificate=certificate,
        added_at=now(),
        note=note,
    )
    return digest
