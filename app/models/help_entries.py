"""The journal of help and its templates: queries in, rows out. Only SQL and the search over texts."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from typing import Any, NamedTuple

TABLE = "help_entry"


class HelpRow(NamedTuple):
    """One row as it is stored, "" where a text is empty. A tuple: ten years have twenty thousand of them."""

    id: int
    kind: str
    held_on: str | None
    organisation_id: int | None
    people: int | None
    audience: str | None
    way: str | None
    topic: str
    subject: str
    deficit_id: int | None
    deficit: str
    outcome: str
    next_step: str
    next_on: str | None
    next_done_on: str | None
    methodist: str
    lineage: int | None
    platform_id: int | None
    body_id: int | None
    task_id: int | None
    note: str


class HelpTemplate(NamedTuple):
    """One template: what an entry begins with; ``next_days``: so many days after the entry the next step is due."""

    id: int
    position: int
    title: str | None
    kind: str | None
    audience: str | None
    way: str | None
    people: int | None
    topic: str | None
    deficit: str | None
    outcome: str | None
    next_step: str | None
    next_days: int | None


_TEXTS = frozenset({"topic", "subject", "deficit", "outcome", "next_step", "methodist", "note"})
_COLUMNS = ", ".join(f"coalesce({name}, '')" if name in _TEXTS else name for name in HelpRow._fields)
_SEARCHED = " || ' ' || ".join(
    f"coalesce({name}, '')"
    for name in ("topic", "subject", "deficit", "outcome", "next_step", "methodist", "note", "held_on")
)


def _where(first: str | None, last: str | None, columns: dict[str, Any]) -> tuple[str, list[Any]]:
    parts, values = [], []
    if first is not None:
        parts.append("held_on >= ?")
        values.append(first)
    if last is not None:
        parts.append("held_on <= ?")
        values.append(last)
    for name, value in columns.items():
        several = isinstance(value, list)
        parts.append(f"{name} IN (SELECT value FROM json_each(?))" if several else f"{name} IS ?")
        values.append(json.dumps(value) if several else value)
    return (f" WHERE {' AND '.join(parts)}" if parts else ""), values


def rows(
    connection: sqlite3.Connection, first: str | None = None, last: str | None = None, **columns: Any
) -> list[HelpRow]:
    """Return entries, the newest first, those without a day at the end.

    Args:
        connection: reading connection.
        first: ISO day, included; None: from the beginning, entries without a day among them.
        last: ISO day, included; None: to the end.
        **columns: values that columns must have; a list: one of them.
    """
    where, values = _where(first, last, columns)
    found = connection.execute(f"SELECT {_COLUMNS} FROM help_entry{where} ORDER BY held_on DESC, id DESC", values)
    return list(map(HelpRow._make, found))


def by_keys(connection: sqlite3.Connection, keys: Iterable[int]) -> list[HelpRow]:
    """Return these entries, the newest first."""
    found = connection.execute(
        f"SELECT {_COLUMNS} FROM help_entry WHERE id IN (SELECT value FROM json_each(?))"
        " ORDER BY held_on DESC, id DESC",
        (json.dumps(list(keys)),),
    )
    return list(map(HelpRow._make, found))


def row(connection: sqlite3.Connection, key: int) -> HelpRow | None:
    """Return one entry."""
    return next(iter(by_keys(connection, (key,))), None)


def texts(
    connection: sqlite3.Connection, first: str | None = None, last: str | None = None, **columns: Any
) -> list[tuple[int, int | None, str, str | None, str]]:
    """Return (key, school, kind, audience, all texts in one) of entries, for a search; see ``rows``.

    SQLite folds no Cyrillic letters, so the texts alone are looked at first and only the hits are read whole.
    """
    where, values = _where(first, last, columns)
    asked = f"SELECT id, organisation_id, kind, audience, {_SEARCHED} FROM help_entry{where}"
    return connection.execute(asked, values).fetchall()


def schools(connection: sqlite3.Connection, first: str | None = None, last: str | None = None) -> set[int]:
    """Return the records of schools that entries name; see ``rows``."""
    where, values = _where(first, last, {})
    return {key for (key,) in connection.execute(f"SELECT DISTINCT organisation_id FROM help_entry{where}", values)
            if key is not None}  # fmt: skip


def with_files(connection: sqlite3.Connection) -> set[int]:
    """Return the entries that have files or links."""
    asked = connection.execute("SELECT DISTINCT row_key FROM attachment WHERE table_name = 'help_entry'")
    return {int(key) for (key,) in asked}


def latest(connection: sqlite3.Connection, methodist: str | None = None) -> HelpRow | None:
    """Return the entry that was written last, of one methodist where he is named and has one."""
    asked = connection.execute(
        "SELECT j.row_key FROM journal j JOIN help_entry h ON h.id = j.row_key WHERE j.table_name = 'help_entry'"
        " AND j.action = 'I' AND (? IS NULL OR h.methodist = ?) ORDER BY j.id DESC LIMIT 1",
        (methodist, methodist),
    ).fetchone()
    return None if asked is None else row(connection, int(asked[0]))


def topics(connection: sqlite3.Connection, limit: int = 2_000) -> list[tuple[str, int | None]]:
    """Return (topic, organisation) of earlier entries, each pair once, what was written last comes first."""
    asked = connection.execute(
        "SELECT topic, organisation_id, max(held_on) AS day FROM help_entry WHERE trim(coalesce(topic, '')) <> ''"
        " GROUP BY topic, organisation_id ORDER BY day DESC, topic LIMIT ?",
        (limit,),
    )
    return [(str(topic), school) for topic, school, _day in asked]


def last_by_school(connection: sqlite3.Connection) -> dict[int, str]:
    """Return organisation → day of the last help it got."""
    asked = connection.execute(
        "SELECT organisation_id, max(held_on) FROM help_entry WHERE organisation_id IS NOT NULL AND held_on IS NOT NULL"
        " GROUP BY organisation_id"
    )
    return {int(key): str(day) for key, day in asked}


def counts(connection: sqlite3.Connection) -> tuple[int, int]:
    """Return how many entries there are, and how many of them have no day."""
    total, undated = connection.execute(
        "SELECT count(*), count(*) FILTER (WHERE held_on IS NULL) FROM help_entry"
    ).fetchone()
    return int(total), int(undated)


def methodists(connection: sqlite3.Connection) -> list[str]:
    """Return everybody who wrote an entry."""
    return [str(name) for (name,) in connection.execute(
        "SELECT DISTINCT methodist FROM help_entry WHERE methodist IS NOT NULL ORDER BY 1")]  # fmt: skip


def templates(connection: sqlite3.Connection) -> list[HelpTemplate]:
    """Return the templates in their order."""
    asked = connection.execute(f"SELECT {', '.join(HelpTemplate._fields)} FROM help_template ORDER BY position, id")
    return list(map(HelpTemplate._make, asked))
