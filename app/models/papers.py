"""The register of outgoing papers: what went out, with its bytes, and what happened to it (decisions 15, 17)."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from app.models import blobs
from app.models.journal import now
from app.models.store import Operation


@dataclass(frozen=True, slots=True)
class PaperFile:
    """One file of a paper: the original, a signed form, a detached signature, a scan, data, a form to edit.

    Attributes:
        of_sha256: of which bytes it is the signature; None where it is no signature, or of the original.
        way: how it was signed; None where it was not, or nobody has said.
    """

    id: int
    role: str
    file_name: str
    sha256: str
    signer: str | None
    certificate: str | None
    added_at: str
    note: str | None
    of_sha256: str | None = None
    way: str | None = None


@dataclass(frozen=True, slots=True)
class PaperSigner:
    """One who has to sign a paper, in the order of signing; ``state``: waiting, sent, signed, refused."""

    position: int
    post: str | None
    name: str
    state: str
    happened_on: str | None


@dataclass(frozen=True, slots=True)
class PaperEvent:
    """What happened to a paper on its way.

    Attributes:
        kind: sent, receipt, remark, answer, for_signing.
        happened_on: ISO day.
        number: incoming number of the receipt, outgoing one of the answer.
        person: to whom it was sent, who took it, who remarked.
        text: by what it was sent, what was remarked, what was answered.
        due_on: ISO day up to which a remark waits for its answer.
        answers: key of the remark that an answer answers.
    """

    id: int
    kind: str
    happened_on: str
    number: str | None
    person: str | None
    text: str | None
    due_on: str | None
    answers: int | None
    file_name: str | None
    sha256: str | None
    added_at: str
    actor: str


@dataclass(frozen=True, slots=True)
class Paper:
    """One line of the register.

    Attributes:
        number: our running number; ``out_number`` and ``dated`` are those of the letter, as the office gave them.
        recipe: how to make it again, kept text; ``content_sha256`` is what it said.
        replaces: number of the paper whose new version it is; ``replaced_by`` the other way round.
    """

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
    out_number: str | None = None
    dated: str | None = None
    period: str | None = None
    addressee: str | None = None
    recipe: str | None = None
    content_sha256: str | None = None
    replaces: int | None = None
    replaced_by: int | None = None
    files: tuple[PaperFile, ...] = ()
    signers: tuple[PaperSigner, ...] = ()
    events: tuple[PaperEvent, ...] = ()


_COLUMNS = (
    "p.id, p.number, p.kind, p.title, p.file_name, p.sha256, p.snapshot_id, p.state, p.registered_at, p.actor, p.note,"
    " p.out_number, p.dated, p.period, p.addressee, p.recipe, p.content_sha256,"
    " (SELECT r.number FROM outgoing_paper r WHERE r.id = p.replaces)"
)
_FILE = "id, role, file_name, sha256, signer, certificate, added_at, note, of_sha256, way"
_SIGNER = "position, post, name, state, happened_on"
_EVENT = "id, kind, happened_on, number, person, text, due_on, answers, file_name, sha256, added_at, actor"

# keys are random, so what came within one second is put in the order in which it can only have come
_FILES_IN_ORDER = "instr('original editable data scan signed detached', role), rowid"
_EVENTS_IN_ORDER = "instr('for_signing sent receipt remark answer', kind), rowid"


def listing(connection: sqlite3.Connection) -> list[Paper]:
    """Return the register, newest first, each line with its files, its signers and what happened to it."""
    return list(_papers(connection, "1", ()))


def get(connection: sqlite3.Connection, number: int) -> Paper | None:
    """Return one line of the register by its number."""
    return next(_papers(connection, "p.number = ?", (number,)), None)


def _papers(connection: sqlite3.Connection, where: str, values: tuple[Any, ...]) -> Iterator[Paper]:
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM outgoing_paper p WHERE {where} ORDER BY p.number DESC", values
    ).fetchall()
    keys = [row[0] for row in rows]
    files = _of_papers(connection, "paper_file", _FILE, f"added_at, {_FILES_IN_ORDER}", keys)
    signers = _of_papers(connection, "paper_signature", _SIGNER, "position", keys)
    events = _of_papers(connection, "paper_event", _EVENT, f"happened_on, added_at, {_EVENTS_IN_ORDER}", keys)
    newer = _newer(connection)
    for row in rows:
        yield replace(
            Paper(*row),
            replaced_by=newer.get(row[0]),
            files=tuple(PaperFile(*item) for item in files.get(row[0], ())),
            signers=tuple(PaperSigner(*item) for item in signers.get(row[0], ())),
            events=tuple(PaperEvent(*item) for item in events.get(row[0], ())),
        )


def _newer(connection: sqlite3.Connection) -> dict[int, int]:
    """Return key of a paper → number of its newest version in force; read once, a look-up a line would be slow."""
    return dict(
        connection.execute(
            "SELECT replaces, max(number) FROM outgoing_paper WHERE replaces IS NOT NULL AND state <> 'withdrawn'"
            " GROUP BY replaces"
        ).fetchall()
    )


def _of_papers(
    connection: sqlite3.Connection, table: str, columns: str, order: str, keys: list[int]
) -> dict[int, list[tuple[Any, ...]]]:
    """Return paper → its rows of a table; a single paper is asked for by its key, many are read through once."""
    one = len(keys) == 1
    found: dict[int, list[tuple[Any, ...]]] = {}
    where, values = ("WHERE paper_id = ?", tuple(keys)) if one else ("", ())
    for paper_id, *rest in connection.execute(
        f"SELECT paper_id, {columns} FROM {table} {where} ORDER BY {order}", values
    ):
        found.setdefault(paper_id, []).append(tuple(rest))
    return found


def by_digest(connection: sqlite3.Connection, digest: str) -> Paper | None:
    """Return the line that some bytes belong to, in any of their roles; one in force before a withdrawn one."""
    row = connection.execute(
        "SELECT p.number FROM outgoing_paper p LEFT JOIN paper_file f ON f.paper_id = p.id"
        " WHERE p.sha256 = ? OR f.sha256 = ? ORDER BY p.state = 'withdrawn', p.number LIMIT 1",
        (digest, digest),
    ).fetchone()
    return None if row is None else get(connection, row[0])


def recipes_in_force(connection: sqlite3.Connection, kind: str) -> list[tuple[int, str]]:
    """Return (key, recipe) of papers of a kind, newest first, neither withdrawn nor replaced by a new version."""
    newer = _newer(connection)
    rows = connection.execute(
        "SELECT id, recipe FROM outgoing_paper WHERE kind = ? AND state <> 'withdrawn' AND recipe IS NOT NULL"
        " ORDER BY number DESC",
        (kind,),
    )
    return [(int(key), str(recipe)) for key, recipe in rows if key not in newer]


def register(
    operation: Operation, *, kind: str, title: str, file_name: str, data: bytes, snapshot_id: int | None, actor: str,
    period: str = "", addressee: str = "", recipe: str | None = None, content: bytes | None = None,
    replaces: int | None = None, out_number: str = "", dated: str = "",
) -> int:  # fmt: skip
    """Write a new line with the bytes of the paper and return its number.

    Args:
        operation: of which it is a part.
        kind: key of the kind.
        title: in words, as the two below.
        file_name: name of the file.
        data: its bytes.
        snapshot_id: frozen data behind it.
        actor: who registers it.
        period: what time it tells about.
        addressee: who it is for.
        recipe: how to make it again, as text.
        content: what it says, as canonical JSON.
        replaces: key of the paper whose new version it is.
        out_number: number that it has already, as an order that was signed.
        dated: the ISO day of that number.
    """
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
        period=period or None,
        addressee=addressee or None,
        recipe=recipe,
        content_sha256=blobs.put(operation.connection, content) if content is not None else None,
        replaces=replaces,
        out_number=out_number or None,
        dated=dated or None,
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
    of_sha256: str | None = None,
    way: str | None = None,
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
        of_sha256=of_sha256,
        way=way,
    )
    return digest


def add_event(
    operation: Operation, paper_id: int, *, kind: str, happened_on: str, actor: str, number: str = "",
    person: str = "", text: str = "", due_on: str | None = None, answers: int | None = None, file_name: str = "",
    data: bytes | None = None,
) -> int:  # fmt: skip
    """Write what happened to a paper; returns the key. A file that came with it is kept by content."""
    return operation.insert(
        "paper_event",
        paper_id=paper_id,
        kind=kind,
        happened_on=happened_on,
        number=number or None,
        person=person or None,
        text=text or None,
        due_on=due_on,
        answers=answers,
        file_name=file_name or None,
        sha256=blobs.put(operation.connection, data) if data is not None else None,
        added_at=now(),
        actor=actor,
    )


def event_paper(connection: sqlite3.Connection, key: int) -> Paper | None:
    """Return the paper an event belongs to."""
    return next(_papers(connection, "p.id = (SELECT paper_id FROM paper_event WHERE id = ?)", (key,)), None)


def damaged(connection: sqlite3.Connection) -> list[tuple[int, str]]:
    """Return (number, file name) of every file of the register whose bytes no longer have their hash."""
    import hashlib

    rows = connection.execute(
        "SELECT p.number, f.file_name, f.sha256 FROM paper_file f JOIN outgoing_paper p ON p.id = f.paper_id"
        " UNION SELECT p.number, e.file_name, e.sha256 FROM paper_event e JOIN outgoing_paper p ON p.id = e.paper_id"
        " WHERE e.sha256 IS NOT NULL ORDER BY 1, 2"
    ).fetchall()
    found = []
    for number, name, digest in rows:
        row = connection.execute("SELECT bytes FROM blob WHERE sha256 = ?", (digest,)).fetchone()
        if row is None or hashlib.sha256(row[0]).hexdigest() != digest:
            found.append((int(number), str(name)))
    return found
