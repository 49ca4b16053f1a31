"""A programme's tree for those who look at it: only what has changed since it was read last is read anew.

Every operation writes into the journal which tables it touched. So after one edit of 600 activities some tables of
twenty are read, and a second view asks for the same tree for nothing.
"""

from __future__ import annotations

import sqlite3
import threading
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass, field, replace

from app.models import programmes
from app.models.programme_records import Tree
from app.models.revision import settled

_MARK = """
SELECT (SELECT file FROM pragma_database_list WHERE name = 'main'),
       (SELECT value FROM file_meta WHERE key = 'uid'), (SELECT user_version FROM pragma_user_version),
       (SELECT group_concat(id) FROM operation WHERE state = 'undone'),
       (SELECT count(*) FROM operation WHERE state = 'discarded'),
       (SELECT max(id) FROM operation WHERE kind = 'person.erase'), j.id, j.table_name, j.row_key, j.action
FROM (SELECT 1) LEFT JOIN (SELECT id, table_name, row_key, action FROM journal ORDER BY id DESC LIMIT 1) j
"""
"""Undoing and erasing write no entries: where they differ, nothing that was read before is trusted."""
_ENTRY = 6
"""From here on a mark names the last entry of the journal."""
_MOST = 4


@dataclass
class _Shelf:
    """Trees as last read, each with the state it is of; behind one lock: reader and writer threads ask."""

    trees: OrderedDict[Hashable, tuple[tuple[Hashable, ...], Tree]] = field(default_factory=OrderedDict)
    lock: threading.Lock = field(default_factory=threading.Lock)


_shelf = _Shelf()


def tree(connection: sqlite3.Connection, key: int) -> Tree | None:
    """Return a programme with everything in it, as ``programmes.tree`` does; nobody may change what is in it.

    Inside an operation nothing is kept and nothing is taken: what is not committed may yet be rolled back.

    Args:
        connection: any connection to the file; what other connections have committed counts.
        key: the edition.
    """
    if not settled(connection):
        return programmes.tree(connection, key)
    # before the rows: what is written meanwhile stands after this mark, so next time it is read anew
    mark: tuple[Hashable, ...] = connection.execute(_MARK).fetchone()
    place = (*mark[:2], key)
    with _shelf.lock:
        kept = _shelf.trees.get(place)
    touched = _touched(connection, kept[0], mark) if kept is not None else None
    found = programmes.tree(connection, key) if kept is None or touched is None else _anew(connection, kept[1], touched)
    with _shelf.lock:
        if found is None:
            _shelf.trees.pop(place, None)
        else:
            _shelf.trees[place] = (mark, found)
            _shelf.trees.move_to_end(place)
            while len(_shelf.trees) > _MOST:
                _shelf.trees.popitem(last=False)
    return found


def forget() -> None:
    """Forget all trees: for measuring what the first look costs."""
    with _shelf.lock:
        _shelf.trees.clear()


def _touched(
    connection: sqlite3.Connection, before: tuple[Hashable, ...], now: tuple[Hashable, ...]
) -> frozenset[str] | None:
    """Return the tables written between two states; None where that can't be told from the journal."""
    if before[:_ENTRY] != now[:_ENTRY] or before[_ENTRY] is None:
        return None
    if before == now:
        return frozenset()
    sql = "SELECT id, table_name, row_key, action FROM journal WHERE id = ?"
    if connection.execute(sql, (before[_ENTRY],)).fetchone() != before[_ENTRY:]:
        return None
    # the plus keeps SQLite from walking the whole journal by table
    rows = connection.execute("SELECT DISTINCT +table_name FROM journal WHERE id > ?", (before[_ENTRY],))
    return frozenset(name for (name,) in rows)


def _anew(connection: sqlite3.Connection, kept: Tree, touched: frozenset[str]) -> Tree | None:
    key = kept.programme.id
    parts = {name: read(connection, key) for name, (of, read) in programmes.PARTS.items() if touched & set(of)}
    if "programme" in touched:
        head = programmes.programme(connection, key)
        if head is None:
            return None
        parts["programme"] = head
    return replace(kept, **parts) if parts else kept
