"""Who has to sign a paper, in which order, and what came of it; files of signatures with the bytes they belong to."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from app.models import blobs
from app.models.journal import now
from app.models.store import Operation

SignerState = Literal["waiting", "sent", "signed", "refused"]


@dataclass(frozen=True, slots=True)
class PaperSignature:
    """One place in the order of signing.

    Attributes:
        position: 1, 2, …
        state: waiting; sent (the file went to another computer); signed; refused.
        file_id: the file that holds the signature.
        happened_on: ISO date of the state.
    """

    id: int
    paper_id: int
    position: int
    post: str | None
    name: str
    state: SignerState
    file_id: int | None
    happened_on: str | None
    note: str | None


_COLUMNS = "id, paper_id, position, post, name, state, file_id, happened_on, note"


def listing(connection: sqlite3.Connection, paper_id: int) -> tuple[PaperSignature, ...]:
    """Return the order of signing of a paper, first place first."""
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM paper_signature WHERE paper_id = ? ORDER BY position", (paper_id,)
    )
    return tuple(PaperSignature(*row) for row in rows)


def put_order(operation: Operation, paper_id: int, people: Sequence[tuple[str, str]]) -> None:
    """Write the order of signing anew: places that were signed stay, the others follow as given.

    Args:
        operation: the operation under way.
        paper_id: whose order.
        people: post and name of everybody who has not signed yet.
    """
    present = listing(operation.connection, paper_id)
    for item in present:
        if item.state not in {"signed", "refused"}:
            operation.delete("paper_signature", item.id)
    first = max((item.position for item in present if item.state in {"signed", "refused"}), default=0) + 1
    for position, (post, name) in enumerate(people, start=first):
        operation.insert("paper_signature", paper_id=paper_id, position=position, post=post or None, name=name)


def mark(
    operation: Operation, signature_id: int, state: SignerState, day: date, *, file_id: int | None = None,
    note: str | None = None,
) -> None:  # fmt: skip
    """Write what became of one place."""
    operation.update(
        "paper_signature", signature_id, state=state, happened_on=day.isoformat(), file_id=file_id, note=note
    )


def add_signature_file(
    operation: Operation, paper_id: int, *, role: str, file_name: str, data: bytes, signer: str | None,
    certificate: str | None, note: str | None, way: str, of_sha256: str | None,
) -> int:  # fmt: skip
    """Keep a signed form, a detached signature or a scan with the way it was made; returns the key of the file."""
    digest = blobs.put(operation.connection, data)
    return operation.insert(
        "paper_file", paper_id=paper_id, role=role, file_name=file_name, sha256=digest, signer=signer,
        certificate=certificate, added_at=now(), note=note, way=way, of_sha256=of_sha256,
    )  # fmt: skip


def event_for_signing(operation: Operation, paper_id: int, day: date, *, person: str, text: str, actor: str) -> None:
    """Write that a paper went to another computer to be signed."""
    operation.insert(
        "paper_event", paper_id=paper_id, kind="for_signing", happened_on=day.isoformat(), person=person or None,
        text=text, added_at=now(), actor=actor,
    )  # fmt: skip


def kept_files(connection: sqlite3.Connection) -> tuple[tuple[int, int, str, str, str, int], ...]:
    """Return what a signature from elsewhere can belong to: paper, number, role, name, SHA-256, size in bytes.

    Withdrawn papers are left out; a paper's newest file comes first.
    """
    return tuple(
        connection.execute(
            "SELECT p.id, p.number, f.role, f.file_name, f.sha256, b.size FROM paper_file f"
            " JOIN outgoing_paper p ON p.id = f.paper_id JOIN blob b ON b.sha256 = f.sha256"
            " WHERE p.state <> 'withdrawn' ORDER BY p.number DESC, f.added_at DESC, f.rowid DESC"
        ).fetchall()
    )
