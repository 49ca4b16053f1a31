"""Protocols of a group assessment: who sat, what was decided; records and SQL."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.models.store import Operation

_PROTOCOL = (
    "SELECT p.id, p.round_id, p.subject_id, p.body_id, b.name, p.number, p.dated, p.place, p.decision, p.opinion"
    " FROM form_protocol p LEFT JOIN body b ON b.id = p.body_id"
)


@dataclass(frozen=True, slots=True)
class ProtocolMember:
    """One who sat: «chair», «deputy», «secretary», «member» or «invited»."""

    name: str
    post: str = ""
    role: str = "member"
    person_id: int | None = None


@dataclass(frozen=True, slots=True)
class FormProtocol:
    """The protocol about one subject in one round; ``body`` is the name of the body as the directory has it."""

    id: int
    round_id: int
    subject_id: int
    body_id: int | None
    body: str | None
    number: str | None
    dated: str | None
    place: str | None
    decision: str | None
    opinion: str | None
    members: tuple[ProtocolMember, ...] = ()


def protocol(connection: sqlite3.Connection, round_id: int, subject_id: int) -> FormProtocol | None:
    """Return the protocol about a subject in a round; None where nobody has begun one."""
    row = connection.execute(
        f"{_PROTOCOL} WHERE p.round_id = ? AND p.subject_id = ?", (round_id, subject_id)
    ).fetchone()
    if row is None:
        return None
    members = connection.execute(
        "SELECT name, coalesce(post, ''), role, person_id FROM form_protocol_member WHERE protocol_id = ?"
        " ORDER BY position, id",
        (row[0],),
    )
    return replace(FormProtocol(*row), members=tuple(ProtocolMember(*member) for member in members))


def ensure(operation: Operation, round_id: int, subject_id: int) -> int:
    """Return the key of the protocol, beginning one where there is none."""
    found = protocol(operation.connection, round_id, subject_id)
    return operation.insert("form_protocol", round_id=round_id, subject_id=subject_id) if found is None else found.id


def put_members(operation: Operation, protocol_id: int, members: Sequence[ProtocolMember]) -> None:
    """Write who sat, in this order; whoever is not named any more goes."""
    old = operation.connection.execute(
        "SELECT id FROM form_protocol_member WHERE protocol_id = ? ORDER BY position, id", (protocol_id,)
    ).fetchall()
    for place, member in enumerate(members):
        values = {
            "name": member.name, "post": member.post or None, "role": member.role, "person_id": member.person_id,
            "position": place,
        }  # fmt: skip
        if place < len(old):
            operation.update("form_protocol_member", old[place][0], **values)
        else:
            operation.insert("form_protocol_member", protocol_id=protocol_id, **values)
    for (key,) in old[len(members) :]:
        operation.delete("form_protocol_member", key)
