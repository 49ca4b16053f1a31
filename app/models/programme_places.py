"""Nodes that stand under one node: what a change of their order needs, without reading the whole programme."""

from __future__ import annotations

import sqlite3

from app.models.programme_records import Node
from app.models.programmes import columns


def under(connection: sqlite3.Connection, programme_id: int, parent_id: int | None) -> list[Node]:
    """Return the nodes of a programme directly under a node, or (None) those that stand by themselves, in order."""
    names = ", ".join(columns(Node))
    if parent_id is None:
        sql = f"SELECT {names} FROM programme_node WHERE programme_id = ? AND parent_id IS NULL ORDER BY position, id"
        rows = connection.execute(sql, (programme_id,))
    else:
        # the plus keeps SQLite from going through all nodes of the programme: the parent names only a few
        sql = f"SELECT {names} FROM programme_node WHERE parent_id = ? AND +programme_id = ? ORDER BY position, id"
        rows = connection.execute(sql, (parent_id, programme_id))
    return [Node(*row) for row in rows]
