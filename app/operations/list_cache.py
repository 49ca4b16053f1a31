"""Computed answers kept for as long as nothing has changed: a list is computed once, however often it is looked at.

An answer is known by its file, by the state of the file's data, by the rule's digest, the year and whether reference
schools are in it. The state is read anew each time from the journal: every operation, its undoing and redoing leave it
different, whoever wrote. So nothing is ever thrown away on a signal, and nothing stale is ever handed out.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

from app.models.revision import Revision, revision, settled
from app.models.store import Connection

T = TypeVar("T")
Key = tuple[Hashable, ...]

MOST_ENTRIES = 24
MOST_WEIGHT = 240_000
"""How many schools all entries together may hold: six lists of a whole country, or many small ones."""


@dataclass
class _Shelf:
    """What is kept, the least lately used first, behind one lock: reader and writer threads ask."""

    entries: OrderedDict[tuple[Revision, Key], tuple[Any, int]] = field(default_factory=OrderedDict)
    lock: threading.Lock = field(default_factory=threading.Lock)


_shelf = _Shelf()


def kept(connection: Connection, key: Key, make: Callable[[], T], weight: Callable[[T], int]) -> T:
    """Return what was made under this key from these data, or make it now and keep it.

    Inside an operation nothing is kept and nothing is taken: what is not committed may yet be rolled back.

    Args:
        connection: the connection that ``make`` reads through.
        key: what is asked for: kind, digest of the rule, year, whether reference schools are in it.
        make: computes the answer.
        weight: how many schools the answer holds.
    """
    if not settled(connection):
        return make()
    before = revision(connection)
    full = (before, key)
    with _shelf.lock:
        found = _shelf.entries.get(full)
        if found is not None:
            _shelf.entries.move_to_end(full)
            return cast("T", found[0])
    made = make()
    # somebody may have written while it was computed: then nobody knows which state the answer is of
    if revision(connection) == before:
        _put(full, made, weight(made))
    return made


def _put(key: tuple[Revision, Key], made: object, weight: int) -> None:
    with _shelf.lock:
        _shelf.entries[key] = (made, weight)
        _shelf.entries.move_to_end(key)
        while len(_shelf.entries) > 1 and (
            len(_shelf.entries) > MOST_ENTRIES or sum(weight for _made, weight in _shelf.entries.values()) > MOST_WEIGHT
        ):
            _shelf.entries.popitem(last=False)


def forget() -> None:
    """Forget everything, as in a program that has just started."""
    with _shelf.lock:
        _shelf.entries.clear()


def size() -> tuple[int, int]:
    """Return how many answers are kept and how many schools they hold together."""
    with _shelf.lock:
        return len(_shelf.entries), sum(weight for _made, weight in _shelf.entries.values())
