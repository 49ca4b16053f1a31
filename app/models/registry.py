"""Queries behind the registry's table and its edits; the records themselves stand in ``organisations``."""

from __future__ import annotations

import sqlite3

from app.models.store import Operation

Pair = tuple[int | None, int | None]


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
    )
    return dict(rows.fetchall())


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
    """Return keys of the appointments to a post that have not ended."""
    rows = operation.connection.execute(
        "SELECT id FROM appointment WHERE organisation_id = ? AND role = ? AND date_to IS NULL", (organisation_id, role)
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


def shared_results(connection: sqlite3.Connection, one: int, other: int) -> tuple[int, int]:
    """Return how many results the first organisation has, and how many of them the other has too."""
    total = connection.execute("SELECT count(*) FROM mark_count WHERE organisation_id = ?", (one,)).fetchone()[0]
    both = connection.execute(
        "SELECT count(*) FROM mark_count a JOIN mark_count b ON b.assessment_id = a.assessment_id"
        " AND b.result_year = a.result_year AND b.autumn = a.autumn"
        " WHERE a.organisation_id = ? AND b.organisation_id = ?",
        (one, other),
    ).fetchone()[0]
    return int(total), int(both)


def has_own_schools(connection: sqlite3.Connection) -> bool:
    """Tell whether the file knows any organisation of its own."""
    return connection.execute("SELECT 1 FROM organisation WHERE own = 1 LIMIT 1").fetchone() is not None


def code_pairs(connection: sqlite3.Connection) -> list[tuple[int, str, str]]:
    """Return (organisation, system, value) of every code."""
    return connection.execute("SELECT organisation_id, system, value FROM organisation_code").fetchall()


def reminders(connection: sqlite3.Connection) -> list[tuple[int | None, str | None, str, str]]:
    """Return (organisation, its name, text, day) of open notes with a reminder, the earliest first."""
    return connection.execute(
        "SELECT n.organisation_id, coalesce(o.short_name, o.name), n.text, n.remind_on FROM note n"
        " LEFT JOIN organisation o ON o.id = n.organisation_id"
        " WHERE n.done = 0 AND n.remind_on IS NOT NULL ORDER BY n.remind_on"
    ).fetchall()
