"""Ties between schools, distances, what donors can do: records and SQL.

Rows of merged records are shown with the canonical school (decision 5); of two rows that then say something of one
and the same thing, that of the canonical record speaks, then the one with the smaller key.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from app.models.organisations import canonical_map, drop_draft, put_draft
from app.models.registers import release
from app.models.store import Operation

TIE = "organisation_tie"
DISTANCE = "organisation_distance"
DONOR = "donor_capacity"
Draft = tuple[str, str]
"""What was typed and the code of what is wrong with it."""
Drafts = Mapping[int, Mapping[str, Draft]]
"""Key of a row → column → draft."""


@dataclass(frozen=True, slots=True)
class Tie:
    """One school helps another in a school year.

    Attributes:
        donor: shown name; ``receiver`` too.
        subject: canonical Russian name, None for any subject; ``grade`` None for any grade.
        state: existing, planned, agreed, declined, ended.
        act_date: ISO.
        reasons: why the pair was proposed, as it was said then; None where a person entered the tie.
    """

    id: int
    donor_id: int
    donor: str
    receiver_id: int
    receiver: str
    school_year: int
    subject: str | None
    grade: int | None
    state: str
    act_number: str | None
    act_date: str | None
    reasons: str | None
    note: str | None


@dataclass(frozen=True, slots=True)
class Distance:
    """How far two schools are from each other, there and back alike; ``first_id`` is the smaller key."""

    first_id: int
    second_id: int
    km: int | None
    minutes: int | None


@dataclass(frozen=True, slots=True)
class Donor:
    """How many schools a donor can help in a school year, and whether it agrees; None where nobody has said it."""

    school_id: int
    capacity: int | None = None
    consent: str | None = None
    note: str | None = None
    drafts: Mapping[str, Draft] = field(default_factory=dict)


# --- ties ------------------------------------------------------------------------------------------------------


_TIES = """
SELECT t.id, t.donor_id, t.receiver_id, t.school_year, t.subject, t.grade, t.state, t.act_number, t.act_date,
       t.reasons, t.note
FROM organisation_tie t
"""


def ties(
    connection: sqlite3.Connection, years: Iterable[int] | None = None, *, school_id: int | None = None
) -> list[Tie]:
    """Return the ties of some school years (of all where None), in the order in which schools stand in lists.

    Args:
        connection: reading connection.
        years: school years wanted.
        school_id: only ties of this school, as a donor or as a receiver.
    """
    merged = canonical_map(connection)
    names = _names(connection)
    wanted = None if years is None else set(years)
    found = []
    for key, donor, receiver, year, *rest in connection.execute(_TIES).fetchall():
        first, second = merged.get(donor, donor), merged.get(receiver, receiver)
        # a school that was merged into its own donor helps nobody any more
        if first == second or (wanted is not None and year not in wanted) or school_id not in {None, first, second}:
            continue
        found.append(Tie(key, first, names[first][1], second, names[second][1], year, *rest))
    return sorted(found, key=lambda t: (names[t.receiver_id], names[t.donor_id], t.subject or "", t.grade or 0, t.id))


def _names(connection: sqlite3.Connection) -> dict[int, tuple[tuple[bool, int], str]]:
    rows = connection.execute("SELECT id, position, coalesce(short_name, name) FROM organisation")
    return {key: ((position is None, position or 0), name) for key, position, name in rows}


def tie(connection: sqlite3.Connection, key: int) -> Tie | None:
    """Return one tie."""
    return next((item for item in ties(connection) if item.id == key), None)


def draft_table(school_year: int) -> str:
    """Return the name under which entries of ties of a school year wait that do not fit, or lack a school."""
    return f"{TIE}:{school_year}"


def drafts(connection: sqlite3.Connection, table: str) -> dict[int, dict[str, Draft]]:
    """Return the entries of a table that do not fit, in the order in which their rows were begun."""
    rows = connection.execute(
        "SELECT row_key, column_name, raw, code FROM draft_cell WHERE table_name = ? ORDER BY rowid", (table,)
    )
    found: dict[int, dict[str, Draft]] = {}
    for key, column, raw, code in rows:
        found.setdefault(key, {})[column] = (raw, code)
    return found


def remove_tie(operation: Operation, key: int, school_year: int) -> None:
    """Take a tie out, or a row that has only been begun, with its drafts."""
    for column in drafts(operation.connection, draft_table(school_year)).get(key, {}):
        drop_draft(operation, draft_table(school_year), key, column)
    release(operation, TIE, key)
    operation.delete(TIE, key)


# --- distances -------------------------------------------------------------------------------------------------


def distances(connection: sqlite3.Connection) -> dict[tuple[int, int], Distance]:
    """Return every distance by (smaller key, larger key)."""
    merged = canonical_map(connection)
    rows = connection.execute("SELECT first_id, second_id, km, minutes FROM organisation_distance ORDER BY id")
    found: dict[tuple[int, int], Distance] = {}
    for first, second, km, minutes in sorted(rows.fetchall(), key=lambda row: row[0] in merged or row[1] in merged):
        one, two = sorted((merged.get(first, first), merged.get(second, second)))
        if one != two:
            found.setdefault((one, two), Distance(one, two, km, minutes))
    return found


def way_table(column: str) -> str:
    """Return the name under which entries of distances wait that do not fit; row and column are the two schools."""
    return f"{DISTANCE}:{column}"


def put_distance(operation: Operation, first: int, second: int, **values: int | None) -> None:
    """Write kilometres or minutes between two schools; a row that says nothing any more goes."""
    one, two = sorted((first, second))
    row = operation.connection.execute(
        "SELECT id, km, minutes FROM organisation_distance WHERE first_id = ? AND second_id = ?", (one, two)
    ).fetchone()
    present = {"km": None, "minutes": None} if row is None else {"km": row[1], "minutes": row[2]}
    wanted = present | values
    if row is not None and not any(value is not None for value in wanted.values()):
        operation.delete(DISTANCE, row[0])
    elif row is not None:
        if wanted != present:
            operation.update(DISTANCE, row[0], **wanted)
    elif any(value is not None for value in wanted.values()):
        operation.insert(DISTANCE, first_id=one, second_id=two, **wanted)


# --- donors ----------------------------------------------------------------------------------------------------


def donor_table(school_year: int) -> str:
    """Return the name under which entries of donors of a school year wait that do not fit."""
    return f"{DONOR}:{school_year}"


def donors(connection: sqlite3.Connection, school_year: int) -> dict[int, Donor]:
    """Return school → what it can do in a school year, entries that do not fit among them."""
    merged = canonical_map(connection)
    rows = connection.execute(
        "SELECT organisation_id, capacity, consent, note FROM donor_capacity WHERE school_year = ? ORDER BY id",
        (school_year,),
    )
    found: dict[int, Donor] = {}
    waiting = drafts(connection, donor_table(school_year))
    for key, *values in sorted(rows.fetchall(), key=lambda row: row[0] in merged):
        found.setdefault(merged.get(key, key), Donor(merged.get(key, key), *values))
    for key, cells in waiting.items():
        present = found.get(key, Donor(key))
        found[key] = Donor(key, present.capacity, present.consent, present.note, cells)
    return found


def put_donor(operation: Operation, school: int, school_year: int, **values: Any) -> None:
    """Write some columns of a donor; a row that says nothing any more goes."""
    row = operation.connection.execute(
        "SELECT id, capacity, consent, note FROM donor_capacity WHERE organisation_id = ? AND school_year = ?",
        (school, school_year),
    ).fetchone()
    names = ("capacity", "consent", "note")
    present = dict.fromkeys(names) if row is None else dict(zip(names, row[1:], strict=True))
    wanted = present | values
    if row is not None and not any(value is not None for value in wanted.values()):
        operation.delete(DONOR, row[0])
    elif row is not None:
        if wanted != present:
            operation.update(DONOR, row[0], **wanted)
    elif any(value is not None for value in wanted.values()):
        operation.insert(DONOR, organisation_id=school, school_year=school_year, **wanted)


def put_entry(operation: Operation, table: str, key: int, column: str, raw: str, code: str | None) -> None:
    """Keep an entry that does not fit, or forget it where ``code`` is None."""
    if code is None:
        drop_draft(operation, table, key, column)
    else:
        put_draft(operation, table, key, column, raw, code)
