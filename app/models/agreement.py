"""Agreement of a list: its parties, meetings, protocol with members, road map (domain §3.4); records and SQL."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from app.models.store import Operation

Draft = tuple[str, str]
"""What was typed and the code of what is wrong with it."""

TABLES: dict[str, str] = {
    "party": "agreement_party",
    "meeting": "agreement_meeting",
    "member": "list_protocol_member",
    "road_map": "road_map_item",
}
"""Grid of the agreement → its table."""
PROTOCOL = "list_protocol"
EMPTY: dict[str, dict[str, Any]] = {
    "party": {"kind": "other", "name": ""},
    "meeting": {"topic": ""},
    "member": {"name": "", "role": "member"},
    "road_map": {"activity": ""},
}
"""What a row that has just been begun holds where the schema wants something."""


@dataclass(frozen=True, slots=True)
class Party:
    """Who agrees: a body, when it was asked and until when, what it answered, what was done about its remark."""

    id: int
    kind: str
    name: str
    person: str | None = None
    sent_on: str | None = None
    due_on: str | None = None
    answered_on: str | None = None
    answer: str | None = None
    remark: str | None = None
    reply: str | None = None
    position: int | None = None


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting about the list."""

    id: int
    held_on: str | None
    place: str | None
    topic: str
    present: str | None
    outcome: str | None


@dataclass(frozen=True, slots=True)
class Member:
    """A participant of the meeting that the protocol tells of, with the vote."""

    id: int
    person_id: int | None
    name: str
    post: str | None = None
    role: str = "member"
    vote: str | None = None
    position: int | None = None


@dataclass(frozen=True, slots=True)
class Protocol:
    """The protocol of a list; ``body`` is the name of the body as the directory has it."""

    id: int
    body_id: int | None
    body: str | None
    number: str | None = None
    dated: str | None = None
    place: str | None = None
    votes_for: int | None = None
    votes_against: int | None = None
    votes_abstained: int | None = None
    decision: str | None = None
    opinion: str | None = None
    members: tuple[Member, ...] = ()


@dataclass(frozen=True, slots=True)
class RoadMapItem:
    """An activity of the year's road map (000: name, why it is needed, conditions of success).

    Attributes:
        organisation_id: the school it is for; None for all schools of the list.
        school: the name of that school.
    """

    id: int
    organisation_id: int | None
    school: str | None
    activity: str
    reason: str | None = None
    conditions: str | None = None
    term: str | None = None
    date_from: str | None = None
    date_to: str | None = None
    responsible: str | None = None
    result: str | None = None
    position: int | None = None


@dataclass(frozen=True, slots=True)
class Stored:
    """Everything that is stored about the agreement of one list; ``drafts``: (table, key) → column → draft."""

    parties: tuple[Party, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    protocol: Protocol | None = None
    road_map: tuple[RoadMapItem, ...] = ()
    drafts: Mapping[tuple[str, int], Mapping[str, Draft]] = field(default_factory=dict)


_IN_ORDER = "ORDER BY position IS NULL, position, id"


def read(connection: sqlite3.Connection, rule_id: str, year: int) -> Stored:
    """Return what is stored about the agreement of a list."""
    of_list = (rule_id, year)
    parties = connection.execute(
        "SELECT id, kind, name, person, sent_on, due_on, answered_on, answer, remark, reply, position"
        f" FROM agreement_party WHERE rule_id = ? AND result_year = ? {_IN_ORDER}",
        of_list,
    )
    meetings = connection.execute(
        "SELECT id, held_on, place, topic, present, outcome FROM agreement_meeting"
        " WHERE rule_id = ? AND result_year = ? ORDER BY held_on IS NULL, held_on, id",
        of_list,
    )
    items = connection.execute(
        "SELECT r.id, r.organisation_id, coalesce(o.short_name, o.name), r.activity, r.reason, r.conditions, r.term,"
        " r.date_from, r.date_to, r.responsible, r.result, r.position FROM road_map_item r"
        " LEFT JOIN organisation o ON o.id = r.organisation_id"
        " WHERE r.rule_id = ? AND r.result_year = ? ORDER BY r.position IS NULL, r.position, r.id",
        of_list,
    )
    found = Stored(
        tuple(Party(*row) for row in parties),
        tuple(Meeting(*row) for row in meetings),
        protocol(connection, rule_id, year),
        tuple(RoadMapItem(*row) for row in items),
    )
    return Stored(found.parties, found.meetings, found.protocol, found.road_map, _drafts(connection, found))


def protocol(connection: sqlite3.Connection, rule_id: str, year: int) -> Protocol | None:
    """Return the protocol of a list with its members."""
    row = connection.execute(
        "SELECT p.id, p.body_id, b.name, p.number, p.dated, p.place, p.votes_for, p.votes_against, p.votes_abstained,"
        " p.decision, p.opinion FROM list_protocol p LEFT JOIN body b ON b.id = p.body_id"
        " WHERE p.rule_id = ? AND p.result_year = ?",
        (rule_id, year),
    ).fetchone()
    if row is None:
        return None
    members = connection.execute(
        f"SELECT id, person_id, name, post, role, vote, position FROM list_protocol_member WHERE protocol_id = ?"
        f" {_IN_ORDER}",
        (row[0],),
    )
    return replace(Protocol(*row), members=tuple(Member(*member) for member in members))


def _drafts(connection: sqlite3.Connection, found: Stored) -> dict[tuple[str, int], dict[str, Draft]]:
    """Return entries of these rows that do not fit their columns."""
    keys = {
        "agreement_party": [item.id for item in found.parties],
        "agreement_meeting": [item.id for item in found.meetings],
        "road_map_item": [item.id for item in found.road_map],
        PROTOCOL: [found.protocol.id] if found.protocol else [],
        "list_protocol_member": [item.id for item in found.protocol.members] if found.protocol else [],
    }
    made: dict[tuple[str, int], dict[str, Draft]] = {}
    names = ", ".join("?" * len(keys))
    rows = connection.execute(
        f"SELECT table_name, row_key, column_name, raw, code FROM draft_cell WHERE table_name IN ({names})", tuple(keys)
    )
    for table, key, column, raw, code in rows:
        if key in keys[table]:
            made.setdefault((table, key), {})[column] = (raw, code)
    return made


def ensure_protocol(operation: Operation, rule_id: str, year: int) -> int:
    """Return the key of the protocol of a list, beginning one where there is none."""
    row = operation.connection.execute(
        "SELECT id FROM list_protocol WHERE rule_id = ? AND result_year = ?", (rule_id, year)
    ).fetchone()
    return int(row[0]) if row else operation.insert(PROTOCOL, rule_id=rule_id, result_year=year)


def add(operation: Operation, part: str, rule_id: str, year: int, **values: Any) -> int:
    """Add a row at the end of a grid of the agreement and return its key."""
    made = EMPTY[part] | values
    place: str
    bound: list[int | str]
    if part == "member":
        made["protocol_id"] = ensure_protocol(operation, rule_id, year)
        place, bound = "protocol_id = ?", [made["protocol_id"]]
    else:
        made |= {"rule_id": rule_id, "result_year": year}
        place, bound = "rule_id = ? AND result_year = ?", [rule_id, year]
    if part != "meeting" and made.get("position") is None:
        last = operation.connection.execute(f"SELECT max(position) FROM {TABLES[part]} WHERE {place}", bound)
        made["position"] = (last.fetchone()[0] or 0) + 1
    return operation.insert(TABLES[part], **made)


def remove(operation: Operation, part: str, key: int) -> None:
    """Take a row out together with its drafts."""
    drafts = operation.connection.execute(
        "SELECT id FROM draft_cell WHERE table_name = ? AND row_key = ?", (TABLES[part], key)
    ).fetchall()
    for (draft,) in drafts:
        operation.delete("draft_cell", draft)
    operation.delete(TABLES[part], key)


def year_before(connection: sqlite3.Connection, part: str, rule_id: str, year: int) -> tuple[str, int] | None:
    """Return rule and year of the nearest earlier list that has parties (a road map); the same rule is preferred."""
    row = connection.execute(
        f"SELECT rule_id, result_year FROM {TABLES[part]} WHERE result_year < ?"
        " GROUP BY rule_id, result_year ORDER BY result_year DESC, rule_id = ? DESC, rule_id LIMIT 1",
        (year, rule_id),
    ).fetchone()
    return None if row is None else (str(row[0]), int(row[1]))


def known_since(connection: sqlite3.Connection, rule_id: str, year: int) -> str | None:
    """Return the day since which the list is what it is: of the last load of its results, of its last correction."""
    row = connection.execute(
        "SELECT max(day) FROM (SELECT max(substr(f.imported_at, 1, 10)) AS day FROM import_file f"
        " WHERE f.id IN (SELECT import_file_id FROM mark_count WHERE result_year = :year)"
        " UNION ALL SELECT max(substr(created_at, 1, 10)) FROM list_correction"
        " WHERE rule_id = :rule AND result_year = :year)",
        {"rule": rule_id, "year": year},
    ).fetchone()
    return None if row is None or row[0] is None else str(row[0])


_OF_LIST = ("agreement_party", "agreement_meeting", PROTOCOL, "road_map_item")


def list_touched_by(connection: sqlite3.Connection, operation_id: int) -> tuple[str, int] | None:
    """Return rule and result year of the list whose agreement an operation changed, if it changed one."""
    for table in _OF_LIST:
        row = connection.execute(
            "SELECT coalesce(t.rule_id, json_extract(j.before, '$.rule_id')),"
            " coalesce(t.result_year, json_extract(j.before, '$.result_year'))"
            f" FROM journal j LEFT JOIN {table} t ON t.id = j.row_key"
            " WHERE j.operation_id = ? AND j.table_name = ? LIMIT 1",
            (operation_id, table),
        ).fetchone()
        if row is not None and row[0] is not None:
            return str(row[0]), int(row[1])
    row = connection.execute(
        "SELECT p.rule_id, p.result_year FROM journal j LEFT JOIN list_protocol_member m ON m.id = j.row_key"
        " JOIN list_protocol p ON p.id = coalesce(m.protocol_id, json_extract(j.before, '$.protocol_id'))"
        " WHERE j.operation_id = ? AND j.table_name = 'list_protocol_member' LIMIT 1",
        (operation_id,),
    ).fetchone()
    return None if row is None else (str(row[0]), int(row[1]))
