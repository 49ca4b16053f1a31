"""What is typed into a window and not written yet: it waits in the file, a crash or Esc loses none of it (decision 18).

Texts wait as entries (``draft_cell``) under «table:typed», those of a row that is being put right under
«table:key of the row:typed». The key of the entries is their place: its low half says whose they are, its high half
tells several windows of one person apart, so that what was begun at a task never takes the place of what waits already.
"""

from __future__ import annotations

import secrets
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

from app.models import registers as stored
from app.models.store import Connection, Operation, Store

_WHOSE = 32
"""Bits that say whose a place is."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Texts that wait.

    Attributes:
        place: where; ``keep`` goes on there.
        at: moment of the last key, None where the journal has been cut off since.
        others: how many more wait of the same person.
    """

    place: int
    texts: Mapping[str, str]
    at: str | None
    others: int


def place_of(actor: str) -> int:
    """Return the place of a person's corrections: each row has one."""
    return zlib.crc32(actor.encode())


def fresh_place(actor: str) -> int:
    """Return a place that nothing waits at, for a window that begins something new."""
    return (secrets.randbelow(1 << 30) + 1) << _WHOSE | place_of(actor)


def _where(table: str, row: int | None) -> str:
    return f"{table}:typed" if row is None else f"{table}:{row}:typed"


def waiting(connection: Connection, table: str, actor: str, row: int | None = None) -> Waiting | None:
    """Return what somebody has typed last and not written, None where nothing waits.

    Args:
        connection: reading connection.
        table: of what is typed.
        actor: whose.
        row: of a correction; None: of something new.
    """
    where = _where(table, row)
    own = {place: {name: raw for name, (raw, _code) in cells.items()}
           for place, cells in stored.drafts(connection, where).items()
           if place & ((1 << _WHOSE) - 1) == place_of(actor)}  # fmt: skip
    if not own:
        return None
    moments = {place: stored.draft_moment(connection, where, place) for place in own}
    last = max(own, key=lambda place: (moments[place][0], place))
    return Waiting(last, own[last], moments[last][1], len(own) - 1)


def keep(
    store: Store, table: str, place: int, texts: Mapping[str, str], label: str, visit: str, row: int | None = None
) -> None:  # fmt: skip
    """Keep what stands in the fields of a window; no text at all forgets it.

    Args:
        store: the open file.
        table: of what is typed.
        place: see the head of this file.
        texts: field → text; empty ones are left out.
        label: of the journal.
        visit: what is typed into one window is one operation, what comes of it included.
        row: of a correction; None: of something new.
    """
    where = _where(table, row)
    told = {name: raw for name, raw in texts.items() if raw.strip()}
    with store.operation(label, f"{table}.typed", merge=visit) as operation:
        for name in stored.drafts(operation.connection, where).get(place, {}):
            if name not in told:
                stored.put_entry(operation, where, place, name, "", None)
        for name, raw in told.items():
            stored.put_entry(operation, where, place, name, raw, "DRAFT")


def drop_in(operation: Operation, table: str, place: int, row: int | None = None) -> None:
    """Forget what waits, inside the operation that writes it."""
    stored.drop_entries(operation, _where(table, row), place)
