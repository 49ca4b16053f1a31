"""Queries behind the registry's table and its edits; the records themselves stand in ``organisations``."""

from __future__ import annotations

import sqlite3

from app.models.organisations import FAMILY, canonical_map
from app.models.store import Operation

Pair = tuple[int | None, int | None]
_FAMILY_IDS = f"{FAMILY} SELECT id FROM family"


def year_figures(connection: sqlite3.Connection, school_year: int) -> dict[int, Pair]:
    """Return organisation → (pupils, teachers) of a school year."""
    rows = connection.execute(
        "SELECT organisation_id, pupils, teachers FROM organisation_year WHERE school_year = ?", (school_year,)
    )
    return {key: (pupils, teachers) for key, pupils, teachers in rows}


def heads(connection: sqlite3.Connection) -> dict[int, str]:
    """Return organisation → name of its present head."""
    rows = connection.execute(
        "SELECT t.organisation_id, p.full_name FROM appointment t JOIN person p ON p.id = t.person_id"
        " WHERE t.role = 'директор' AND t.date_to IS NULL ORDER BY t.date_from"
    ).fetchall()
    merged = canonical_map(connection)
    # the record's own head last: it wins over that of a merged one
    rows.sort(key=lambda row: row[0] not in merged)
    return {merged.get(key, key): name for key, name in rows}


def tallies(connection: sqlite3.Connection) -> tuple[dict[int, int], dict[int, int], dict[int, int]]:
    """Return organisation → number of results, of open notes, of drafts."""
    results = "SELECT organisation_id, count(*) FROM mark_count WHERE organisation_id IS NOT NULL GROUP BY 1"
    notes = "SELECT organisation_id, count(*) FROM note WHERE done = 0 AND organisation_id IS NOT NULL GROUP BY 1"
    drafts = "SELECT row_key, count(*) FROM draft_cell WHERE table_name = 'organisation' GROUP BY 1"
    return (
        dict(connection.execute(results).fetchall()),
        dict(connection.execute(notes).fetchall()),
        dict(connection.execute(drafts).fetchall()),
    )


def codes(connection: sqlite3.Connection, organisation_id: int, system: str) -> list[int]:
    """Return keys of the codes of one system that an organisation has."""
    rows = connection.execute(
        "SELECT id FROM organisation_code WHERE organisation_id = ? AND system = ?", (organisation_id, system)
    )
    return [key for (key,) in rows]


def code_holder(connection: sqlite3.Connection, organisation_id: int, system: str, value: str) -> str | None:
    """Return the name of another organisation that has a code, if any."""
    row = connection.execute(
        "SELECT coalesce(o.short_name, o.name) FROM organisation_code c JOIN organisation o ON o.id = c.organisation_id"
        " WHERE c.system = ? AND c.value = ? AND c.organisation_id <> ?",
        (system, value, organisation_id),
    ).fetchone()
    return None if row is None else str(row[0])


def ensure_year(operation: Operation, organisation_id: int, school_year: int) -> int:
    """Return the key of an organisation's row of a school year, making it when it is missing."""
    row = operation.connection.execute(
        "SELECT id FROM organisation_year WHERE organisation_id = ? AND school_year = ?", (organisation_id, school_year)
    ).fetchone()
    if row is not None:
        return int(row[0])
    return operation.insert("organisation_year", organisation_id=organisation_id, school_year=school_year)


def present_appointments(operation: Operation, organisation_id: int, role: str) -> list[int]:
    """Return keys of the appointments to a post that have not ended, those of merged records among them."""
    rows = operation.connection.execute(
        f"{FAMILY} SELECT id FROM appointment WHERE organisation_id IN (SELECT id FROM family) AND role = :role"
        " AND date_to IS NULL",
        {"key": organisation_id, "role": role},
    )
    return [key for (key,) in rows.fetchall()]


def replace_group(operation: Operation, name: str, organisation_ids: list[int]) -> None:
    """Make the group of that name hold exactly these organisations."""
    row = operation.connection.execute("SELECT id FROM organisation_group WHERE name = ?", (name,)).fetchone()
    group = int(row[0]) if row else operation.insert("organisation_group", name=name)
    old = operation.connection.execute("SELECT id FROM organisation_group_member WHERE group_id = ?", (group,))
    for (member,) in old.fetchall():
        operation.delete("organisation_group_member", member)
    for key in organisation_ids:
        operation.insert("organisation_group_member", group_id=group, organisation_id=key)


def groups(connection: sqlite3.Connection) -> dict[str, frozenset[int]]:
    """Return the groups of organisations with their members, by name; a merged member counts as the one that stays."""
    merged = canonical_map(connection)
    rows = connection.execute(
        "SELECT g.name, m.organisation_id FROM organisation_group g"
        " JOIN organisation_group_member m ON m.group_id = g.id ORDER BY g.name"
    )
    found: dict[str, set[int]] = {}
    for name, key in rows:
        found.setdefault(name, set()).add(merged.get(key, key))
    return {name: frozenset(keys) for name, keys in found.items()}


def put_custom(operation: Operation, organisation_id: int, title: str, raw: str) -> None:
    """Write a value of an own column, making the column when it is new."""
    row = operation.connection.execute("SELECT id FROM custom_column WHERE title = ?", (title,)).fetchone()
    column = int(row[0]) if row else operation.insert("custom_column", title=title)
    value = operation.connection.execute(
        "SELECT id FROM custom_value WHERE column_id = ? AND organisation_id = ?", (column, organisation_id)
    ).fetchone()
    if value is None:
        operation.insert("custom_value", column_id=column, organisation_id=organisation_id, raw=raw)
    else:
        operation.update("custom_value", value[0], raw=raw)


def own_area(connection: sqlite3.Connection) -> int | None:
    """Return the key of the file's own municipality."""
    row = connection.execute("SELECT id FROM area WHERE own = 1 AND kind = 'municipality' LIMIT 1").fetchone()
    return None if row is None else int(row[0])


def family(connection: sqlite3.Connection, organisation_id: int) -> list[int]:
    """Return a record and everything merged into it."""
    return [key for (key,) in connection.execute(_FAMILY_IDS, {"key": organisation_id})]


def merged_into(connection: sqlite3.Connection, organisation_id: int) -> list[int]:
    """Return records that point straight to an organisation."""
    rows = connection.execute("SELECT id FROM organisation WHERE duplicate_of = ?", (organisation_id,))
    return [key for (key,) in rows]


def came_along(connection: sqlite3.Connection, duplicate_id: int) -> list[int]:
    """Return records that pointed to a duplicate until its merging led them on, and are still where it led them.

    The journal knows: it keeps what the rows were before that operation.
    """
    rows = connection.execute(
        "SELECT o.id FROM journal j JOIN organisation o ON o.id = j.row_key"
        " JOIN organisation d ON d.id = :key AND d.duplicate_of = o.duplicate_of"
        " WHERE j.table_name = 'organisation' AND j.action = 'U' AND j.row_key <> :key"
        " AND json_extract(j.before, '$.duplicate_of') = :key AND j.operation_id = ("
        "  SELECT max(m.operation_id) FROM journal m JOIN operation p ON p.id = m.operation_id AND p.state = 'done'"
        "  WHERE m.table_name = 'organisation' AND m.action = 'U' AND m.row_key = :key"
        "  AND json_extract(m.before, '$.duplicate_of') IS NOT d.duplicate_of)",
        {"key": duplicate_id},
    )
    return [key for (key,) in rows]


def known_of(connection: sqlite3.Connection, organisation_id: int) -> tuple[tuple[tuple[str, str], ...], int, int]:
    """Return (code system, value) of every code of an organisation, how many contacts and how many notes it has."""
    codes = connection.execute(
        "SELECT system, value FROM organisation_code WHERE organisation_id = ? ORDER BY system, id", (organisation_id,)
    ).fetchall()
    contacts, notes = connection.execute(
        "SELECT (SELECT count(*) FROM contact WHERE organisation_id = :key),"
        " (SELECT count(*) FROM note WHERE organisation_id = :key)",
        {"key": organisation_id},
    ).fetchone()
    return tuple((system, value) for system, value in codes), int(contacts), int(notes)


def has_own_schools(connection: sqlite3.Connection) -> bool:
    """Tell whether the file knows any organisation of its own."""
    return connection.execute("SELECT 1 FROM organisation WHERE own = 1 LIMIT 1").fetchone() is not None


def code_pairs(connection: sqlite3.Connection) -> list[tuple[int, str, str]]:
    """Return (organisation, system, value) of every code."""
    return connection.execute("SELECT organisation_id, system, value FROM organisation_code").fetchall()
