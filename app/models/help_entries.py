"""The journal of help and its templates: queries in, rows out. Only SQL."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

TABLE = "help_entry"


class HelpRow(NamedTuple):
    """One row as it is stored, "" where a text is empty. A tuple: ten years have twenty thousand of them.

    Attributes:
        school_id: organisation; ``school`` its name, which whoever shows the row fills in.
        people: None where nobody was counted, which is not 0.
        next_on: ISO day of the next step; ``next_done_on`` the day on which it was done.
    """

    id: int
    kind: str
    held_on: str | None
    school_id: int | None
    school: str
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
_OTHER = {"school_id": "organisation_id", "school": "''"}
_COLUMNS = ", ".join(f"coalesce({name}, '')" if name in _TEXTS else _OTHER.get(name, name) for name in HelpRow._fields)
_TOLD = ("topic", "outcome", "subject", "deficit", "next_step", "methodist", "note", "held_on")
_SEARCHED = " OR ".join(f"{name} GLOB ?" for name in _TOLD)
"""A text that is empty answers nothing; columns that are mostly filled stand first."""
_AT_ONCE = 20
"""Words asked for in one statement: SQLite limits how deep a condition may go."""


class Word(NamedTuple):
    """A word of a search.

    Attributes:
        pattern: of the texts in which it stands (``any_case.anywhere``).
        schools: records of schools, ``kinds``, ``audiences``: whose names have it.
    """

    pattern: str
    schools: tuple[int, ...] = ()
    kinds: tuple[str, ...] = ()
    audiences: tuple[str, ...] = ()


def _where(
    first: str | None, last: str | None, columns: dict[str, Any], words: Sequence[Word] = ()
) -> tuple[str, list[Any]]:  # fmt: skip
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
    for word in words:
        named = {"organisation_id": word.schools, "kind": word.kinds, "audience": word.audiences}
        said = {name: keys for name, keys in named.items() if keys}
        ways = [f"{name} IN (SELECT value FROM json_each(?))" for name in said] + [_SEARCHED]
        parts.append(f"({' OR '.join(ways)})")
        values += [*map(json.dumps, said.values()), *[word.pattern] * len(_TOLD)]
    return (f" WHERE {' AND '.join(parts)}" if parts else ""), values


def rows(
    connection: sqlite3.Connection, first: str | None = None, last: str | None = None, words: Sequence[Word] = (),
    **columns: Any,
) -> Iterator[tuple[Any, ...]]:  # fmt: skip
    """Return entries in the columns of ``HelpRow``, the newest first, those without a day at the end.

    Args:
        connection: reading connection.
        first: ISO day, included; None: from the beginning, entries without a day among them.
        last: ISO day, included; None: to the end.
        words: each of them must stand somewhere in the entry.
        **columns: values that columns must have; a list: one of them.
    """
    columns = dict(columns)
    while len(words) > _AT_ONCE:
        words, asked = words[:-_AT_ONCE], words[-_AT_ONCE:]
        where, values = _where(first, last, columns, asked)
        columns = {"id": [key for (key,) in connection.execute(f"SELECT id FROM help_entry{where}", values)]}
    where, values = _where(first, last, columns, words)
    # few entries answer a search: they are found in the order of the file and sorted then
    order = "+held_on" if words else "held_on"
    return connection.execute(f"SELECT {_COLUMNS} FROM help_entry{where} ORDER BY {order} DESC, id DESC", values)


def row(connection: sqlite3.Connection, key: int) -> HelpRow | None:
    """Return one entry."""
    return next(map(HelpRow._make, rows(connection, id=key)), None)


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
