"""Decisions: documents with their points across all school years. Only SQL; what a state means is said elsewhere."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from typing import Any

_POINTS = """
SELECT p.id, p.document_id, p.agenda_id, p.position, p.label, p.text, p.responsible, p.person_id, p.organisation_id,
       p.activity_lineage, p.due_on, p.state, p.done_on, p.result, p.reason,
       d.school_year, d.kind, d.number, d.dated, d.title, d.body, d.data_on, d.ground, a.topic,
       a.position AS agenda_position,
       (SELECT count(*) FROM attachment t WHERE t.table_name = 'decision_point' AND t.row_key = p.id) AS files
FROM decision_point p JOIN decision_document d ON d.id = p.document_id LEFT JOIN agenda_item a ON a.id = p.agenda_id
"""
_ORDER = " ORDER BY d.dated IS NULL, d.dated, d.id, p.position, p.id"


def points(
    connection: sqlite3.Connection, school_year: int | None = None, document_id: int | None = None
) -> list[dict[str, Any]]:
    """Return points with their documents: of a school year, of one document, or all."""
    cursor = connection.execute(
        f"{_POINTS} WHERE (:year IS NULL OR d.school_year = :year) AND (:document IS NULL OR d.id = :document){_ORDER}",
        {"year": school_year, "document": document_id},
    )
    return _rows(cursor)


def some_points(connection: sqlite3.Connection, keys: Iterable[int]) -> list[dict[str, Any]]:
    """Return points by their keys, with their documents."""
    cursor = connection.execute(
        f"{_POINTS} WHERE p.id IN (SELECT value FROM json_each(?)){_ORDER}", (json.dumps(list(keys)),)
    )
    return _rows(cursor)


def documents(connection: sqlite3.Connection, school_year: int | None = None) -> list[dict[str, Any]]:
    """Return documents, of a school year or all, the oldest first."""
    cursor = connection.execute(
        "SELECT * FROM decision_document WHERE :year IS NULL OR school_year = :year ORDER BY dated IS NULL, dated, id",
        {"year": school_year},
    )
    return _rows(cursor)


def activities(connection: sqlite3.Connection) -> Mapping[int, str]:
    """Return lineage → text of an activity in the newest edition that has it."""
    found = connection.execute(
        "SELECT n.lineage, n.text FROM programme_node n JOIN programme p ON p.id = n.programme_id"
        " WHERE n.kind = 'activity' ORDER BY p.edition, n.id"
    )
    return {int(lineage): str(text) for lineage, text in found}


def _rows(cursor: sqlite3.Cursor) -> list[dict[str, Any]]:
    names = [item[0] for item in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]
