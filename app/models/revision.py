"""Which state the data of a file are in, told from every other state in one look at the journal."""

from __future__ import annotations

import sqlite3
from collections.abc import Hashable

Revision = tuple[Hashable, ...]

_REVISION = """
SELECT (SELECT file FROM pragma_database_list WHERE name = 'main'),
       (SELECT value FROM file_meta WHERE key = 'uid'), (SELECT user_version FROM pragma_user_version),
       o.id, o.at, o.state, o.kind, (SELECT group_concat(id) FROM operation WHERE state = 'undone'),
       j.id, j.table_name, j.row_key, j.action
FROM (SELECT 1) LEFT JOIN (SELECT * FROM operation ORDER BY id DESC LIMIT 1) o
LEFT JOIN (SELECT id, table_name, row_key, action FROM journal ORDER BY id DESC LIMIT 1) j
"""
"""The last operation alone is not enough: edits of one cell in one visit go into one operation, and undoing makes none.
Keys of rows are random, so a file restored from a copy and changed anew does not look like the one before."""


def revision(connection: sqlite3.Connection) -> Revision:
    """Return what differs between any two states of the data: file, last operation, undone ones, last journal entry.

    Args:
        connection: any connection to the file; what other connections have committed counts.
    """
    found: Revision = connection.execute(_REVISION).fetchone()
    return found


def settled(connection: sqlite3.Connection) -> bool:
    """Tell whether a connection sees what has been committed, so that what it reads may be kept for others.

    A reader holds a transaction to see one moment; only a writer in one may see what is not there yet.
    """
    return not connection.in_transaction or bool(connection.execute("PRAGMA query_only").fetchone()[0])


_BESIDES = """
SELECT (SELECT file FROM pragma_database_list WHERE name = 'main'),
       (SELECT value FROM file_meta WHERE key = 'uid'), (SELECT user_version FROM pragma_user_version),
       (SELECT group_concat(id) FROM operation WHERE state = 'undone'),
       (SELECT count(*) FROM operation WHERE state = 'discarded'),
       (SELECT max(id) FROM operation WHERE kind = 'person.erase'), j.id, j.table_name, j.row_key, j.action
FROM (SELECT 1) LEFT JOIN (SELECT id, table_name, row_key, action FROM journal
                           WHERE substr(table_name, 1, length(?1)) <> ?1 ORDER BY id DESC LIMIT 1) j
"""
"""The journal keeps the entries of what was undone and then discarded, and an erasure writes none: both are asked for.
What has been discarded stays so, hence their number is enough."""


def revision_besides(connection: sqlite3.Connection, beginning: str) -> Revision:
    """Return what differs between states of the data in tables that are not called so.

    Args:
        connection: any connection to the file.
        beginning: how the names of the tables begin whose changes do not count.
    """
    found: Revision = connection.execute(_BESIDES, (beginning,)).fetchone()
    return found
