"""Events of the methodist's work: what they are, who came, what was said. Only SQL; schools are canonical records."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from functools import partial
from typing import Any, Literal, NamedTuple

from app.models.organisations import canonical_map

TABLE = "work_event"
State = Literal["planned", "held", "moved", "cancelled"]


@dataclass(frozen=True, slots=True)
class Event:
    """One row of ``work_event``: days are ISO, times «HH:MM»; ``lineage`` names an activity of the programme."""

    id: int
    kind: str
    title: str | None
    date_from: str | None
    date_to: str | None
    time_from: str | None
    time_to: str | None
    state: State
    reason: str | None
    lineage: int | None
    body_id: int | None
    platform_id: int | None
    owner_id: int | None
    host_id: int | None
    place: str | None
    link: str | None
    topic: str | None
    subject: str | None
    deficit: str | None
    methodist: str | None
    wanted: int | None
    result: str | None
    document_id: int | None
    note: str | None


class Item(NamedTuple):
    """A line of an event's programme."""

    id: int
    event_id: int
    position: int
    starts: str | None
    topic: str | None
    speaker: str | None
    organisation_id: int | None


class People(NamedTuple):
    """So many of one category from one school: invited, came, connections (apart from people)."""

    id: int
    event_id: int
    organisation_id: int | None
    audience: str | None
    invited: int | None
    came: int | None
    connections: int | None
    note: str | None


class Guest(NamedTuple):
    """A name on the list of an event; ``came`` is «yes», «online», «no», None where nobody has said."""

    id: int
    event_id: int
    position: int
    person_id: int | None
    name: str | None
    organisation_id: int | None
    post: str | None
    audience: str | None
    came: str | None
    certificate: str | None
    note: str | None


_EVENT = ", ".join(item.name for item in fields(Event))


def events(
    connection: sqlite3.Connection, first: str | None = None, last: str | None = None, *,
    lineage: int | None = None, body_id: int | None = None, keys: Iterable[int] | None = None, undated: bool = False,
) -> list[Event]:  # fmt: skip
    """Return events by their first day, those without a day last.

    Args:
        connection: reading connection.
        first: ISO day, included; an event of several days belongs to every one of them; events without a day are
            left out.
        last: the same at the other end.
        lineage: only those of an activity.
        body_id: only those of a professional association.
        keys: only these.
        undated: events without a day stand in every span.
    """
    where: list[str] = []
    lasting = " OR date_from IS NULL" if undated else ""
    if first is not None:
        where.append(f"(coalesce(date_to, date_from) >= :first{lasting})")
    if last is not None:
        where.append(f"(date_from <= :last{lasting})")
    if lineage is not None:
        where.append("lineage = :lineage")
    if body_id is not None:
        where.append("body_id = :body")
    wanted = None if keys is None else json.dumps(list(keys))
    if wanted is not None:
        where.append("id IN (SELECT value FROM json_each(:keys))")
    found = connection.execute(
        f"SELECT {_EVENT} FROM work_event{' WHERE ' + ' AND '.join(where) if where else ''}"
        " ORDER BY date_from IS NULL, date_from, time_from IS NULL, time_from, id",
        {"first": first, "last": last, "lineage": lineage, "body": body_id, "keys": wanted},
    ).fetchall()
    merged = canonical_map(connection) if found else {}
    return [_of_records(Event(*row), merged, "owner_id", "host_id") for row in found]


def number(connection: sqlite3.Connection) -> int:
    """Return how many events there are."""
    return int(connection.execute("SELECT count(*) FROM work_event").fetchone()[0])


def event(connection: sqlite3.Connection, key: int) -> Event | None:
    """Return one event."""
    found = events(connection, keys=[key])
    return found[0] if found else None


def _of_records(row: Any, merged: dict[int, int], *columns: str) -> Any:
    """Return a row that names the records schools were merged into."""
    changed = {name: merged[key] for name in columns if (key := getattr(row, name)) is not None and key in merged}
    return replace(row, **changed) if changed else row


def _below(
    connection: sqlite3.Connection, table: str, record: Any, keys: Iterable[int], order: str
) -> dict[int, list[Any]]:
    merged = canonical_map(connection)
    event, school = record._fields.index("event_id"), record._fields.index("organisation_id")
    made = partial(tuple.__new__, record)  # ``_make`` counts the columns anew in every row
    found: dict[int, list[Any]] = defaultdict(list)
    for row in connection.execute(
        f"SELECT {', '.join(record._fields)} FROM {table} WHERE event_id IN (SELECT value FROM json_each(?))"
        f" ORDER BY {order}",
        (json.dumps(list(keys)),),
    ):
        item = made(row)
        if merged and row[school] in merged:
            item = item._replace(organisation_id=merged[row[school]])
        found[row[event]].append(item)
    return dict(found)


def items(connection: sqlite3.Connection, keys: Iterable[int]) -> dict[int, list[Item]]:
    """Return event → its programme in order."""
    return _below(connection, "event_item", Item, keys, "position, id")


def people(connection: sqlite3.Connection, keys: Iterable[int]) -> dict[int, list[People]]:
    """Return event → numbers by school and category."""
    return _below(connection, "event_people", People, keys, "id")


def guests(connection: sqlite3.Connection, keys: Iterable[int]) -> dict[int, list[Guest]]:
    """Return event → its list of names in order."""
    return _below(connection, "event_guest", Guest, keys, "position, id")


def sheets(connection: sqlite3.Connection, keys: Iterable[int]) -> dict[int, int]:
    """Return event → how many sheets of questionnaires are tied to it."""
    found = connection.execute(
        "SELECT event_id, count(*) FROM survey_sheet WHERE event_id IN (SELECT value FROM json_each(?)) GROUP BY 1",
        (json.dumps(list(keys)),),
    )
    return {int(key): int(number) for key, number in found}


def plan_items(connection: sqlite3.Connection, key: int) -> int:
    """Return how many lines of plans of associations name an event."""
    return int(connection.execute("SELECT count(*) FROM body_plan WHERE event_id = ?", (key,)).fetchone()[0])


def files(connection: sqlite3.Connection, keys: Iterable[int]) -> dict[int, int]:
    """Return event → how many files and links lie beside it."""
    found = connection.execute(
        "SELECT row_key, count(*) FROM attachment WHERE table_name = 'work_event'"
        " AND row_key IN (SELECT value FROM json_each(?)) GROUP BY 1",
        (json.dumps(list(keys)),),
    )
    return {int(key): int(number) for key, number in found}


def bodies(connection: sqlite3.Connection) -> dict[int, str]:
    """Return professional association → its name."""
    return {int(key): str(name) for key, name in connection.execute("SELECT id, name FROM body ORDER BY name")}


def platforms(connection: sqlite3.Connection) -> dict[int, str]:
    """Return network platform → its title."""
    found = connection.execute("SELECT id, coalesce(title, '') FROM network_platform ORDER BY 2")
    return {int(key): str(title) for key, title in found}
