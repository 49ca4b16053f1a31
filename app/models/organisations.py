"""Schools and other organisations: queries in, records out; writing through an ``Operation``."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from app.models.records import CodeSystem
from app.models.store import Operation

CODE_ORDER: tuple[CodeSystem, ...] = ("fisoko", "oo", "inn", "own")
"""Which code is shown first (decision 4)."""


@dataclass(frozen=True, slots=True)
class School:
    """One organisation as a table shows it; ``code`` is chosen by decision 4, "" where there is none."""

    id: int
    name: str
    short_name: str | None
    kind: str
    school_type: str | None
    area_id: int | None
    municipality: str | None
    settlement: str | None
    settlement_kind: str | None
    address: str | None
    status: str
    own: bool
    duplicate_of: int | None
    position: int | None
    code: str = ""
    codes: tuple[tuple[str, str], ...] = ()

    @property
    def shown(self) -> str:
        """Short name where there is one."""
        return self.short_name or self.name


@dataclass(frozen=True, slots=True)
class Appointment:
    """Who holds a post in a school and since when."""

    id: int
    person_id: int
    person: str
    role: str
    act: str | None
    date_from: str | None
    date_to: str | None
    phone: str | None
    email: str | None


@dataclass(frozen=True, slots=True)
class Merged:
    """A record merged into a school: its codes (system, value) and its years (school year, pupils, teachers)."""

    id: int
    name: str
    codes: tuple[tuple[str, str], ...]
    years: tuple[tuple[int, int | None, int | None], ...]


@dataclass(frozen=True, slots=True)
class SchoolCard:
    """Everything the registry knows of one organisation."""

    school: School
    codes: tuple[tuple[int, str, str, str | None, str | None], ...]
    aliases: tuple[tuple[int, str], ...]
    years: tuple[tuple[int, int, int | None, int | None], ...]
    appointments: tuple[Appointment, ...]
    contacts: tuple[tuple[int, str, str, str | None], ...]
    notes: tuple[tuple[int, str, str | None, bool, str], ...]
    groups: tuple[str, ...]
    custom: tuple[tuple[int, str, str], ...]
    predecessors: tuple[tuple[int, str, str | None, str | None], ...]
    successors: tuple[tuple[int, str, str | None, str | None], ...]
    duplicates: tuple[tuple[int, str], ...]
    merged: tuple[Merged, ...] = field(default=())
    drafts: tuple[tuple[str, str, str], ...] = field(default=())
    year_drafts: tuple[tuple[int, str, str, str], ...] = field(default=())


_SELECT = """
SELECT o.id, o.name, o.short_name, o.kind, o.school_type, o.area_id, a.name, o.settlement, o.settlement_kind,
       o.address, o.status, o.own, o.duplicate_of, o.position
FROM organisation o LEFT JOIN area a ON a.id = o.area_id
"""


def _codes(connection: sqlite3.Connection, where: str = "", values: Iterable[int] = ()) -> dict[int, dict[str, str]]:
    found: dict[int, dict[str, str]] = {}
    rows = connection.execute(
        f"SELECT organisation_id, system, value FROM organisation_code {where} ORDER BY valid_to IS NULL, id DESC",
        tuple(values),
    )
    for key, system, value in rows:
        found.setdefault(key, {})[system] = value
    return found


def chosen_code(codes: dict[str, str]) -> str:
    """Return the code shown outside: ФИС ОКО login, else МСУ-ОО, else ИНН, else our own."""
    if "oo" not in codes and "msu" in codes:
        codes = {**codes, "oo": codes["msu"]}
    return next((codes[system] for system in CODE_ORDER if system in codes), "")


def _school(row: tuple[Any, ...], codes: dict[str, str]) -> School:
    values = [*row, chosen_code(codes), tuple(sorted(codes.items()))]
    values[11] = bool(values[11])
    return School(*values)


def listing(
    connection: sqlite3.Connection, *, own: bool | None = True, kind: str | None = "school", duplicates: bool = False
) -> list[School]:
    """Return organisations in the file's own order, then by name.

    Args:
        connection: reading connection.
        own: True for the municipality's own, False for reference schools, None for both.
        kind: one kind of organisation, None for all.
        duplicates: whether records that point to a canonical one are given too.
    """
    where, values = ["1"], []
    if own is not None:
        where.append("o.own = ?")
        values.append(str(int(own)))
    if kind is not None:
        where.append("o.kind = ?")
        values.append(kind)
    if not duplicates:
        where.append("o.duplicate_of IS NULL")
    rows = connection.execute(
        f"{_SELECT} WHERE {' AND '.join(where)} ORDER BY o.position IS NULL, o.position, o.name", values
    ).fetchall()
    codes = _codes(connection)
    return [_school(row, codes.get(row[0], {})) for row in rows]


def get(connection: sqlite3.Connection, key: int) -> School | None:
    """Return one organisation by its key."""
    row = connection.execute(f"{_SELECT} WHERE o.id = ?", (key,)).fetchone()
    if row is None:
        return None
    return _school(row, _codes(connection, "WHERE organisation_id = ?", (key,)).get(key, {}))


def by_code(connection: sqlite3.Connection, value: str, system: str | None = None) -> list[int]:
    """Return canonical keys of the organisations that carry a code."""
    rows = connection.execute(
        "SELECT DISTINCT organisation_id FROM organisation_code WHERE value = ? AND (? IS NULL OR system = ?)",
        (value, system, system),
    ).fetchall()
    return list(dict.fromkeys(canonical(connection, key) for (key,) in rows))


def canonical(connection: sqlite3.Connection, key: int) -> int:
    """Follow ``duplicate_of`` to the record that counts."""
    seen = {key}
    while True:
        row = connection.execute("SELECT duplicate_of FROM organisation WHERE id = ?", (key,)).fetchone()
        if row is None or row[0] is None or row[0] in seen:
            return key
        key = row[0]
        seen.add(key)


def canonical_map(connection: sqlite3.Connection) -> dict[int, int]:
    """Return duplicate → canonical for every merged record."""
    rows = connection.execute("SELECT id FROM organisation WHERE duplicate_of IS NOT NULL").fetchall()
    return {key: canonical(connection, key) for (key,) in rows}


def card(connection: sqlite3.Connection, key: int) -> SchoolCard | None:
    """Return the whole card of one organisation; spellings, people, contacts, notes of merged records are in it."""
    school = get(connection, key)
    if school is None:
        return None
    named = {"key": key}
    parts = {name: tuple(connection.execute(sql, named).fetchall()) for name, sql in _CARD_PARTS.items()}
    return SchoolCard(
        school=school,
        merged=tuple(_merged(connection, *record) for record in parts["duplicates"]),
        appointments=tuple(Appointment(*row) for row in connection.execute(_CARD_APPOINTMENTS, named)),
        notes=tuple(
            (note, text, remind, bool(done), at)
            for note, text, remind, done, at in connection.execute(_CARD_NOTES, named)
        ),
        groups=tuple(name for (name,) in connection.execute(_CARD_GROUPS, named)),
        **parts,
    )


def _merged(connection: sqlite3.Connection, key: int, name: str) -> Merged:
    years = connection.execute(
        "SELECT school_year, pupils, teachers FROM organisation_year WHERE organisation_id = ?"
        " AND (pupils IS NOT NULL OR teachers IS NOT NULL) ORDER BY school_year DESC",
        (key,),
    ).fetchall()
    codes = connection.execute(
        "SELECT system, value FROM organisation_code WHERE organisation_id = ? ORDER BY system, id", (key,)
    ).fetchall()
    return Merged(key, name, tuple(codes), tuple(years))


FAMILY = """WITH RECURSIVE family(id) AS (
    SELECT :key UNION SELECT o.id FROM organisation o JOIN family f ON o.duplicate_of = f.id
) """
"""A record and everything merged into it: nothing is rewritten when records are merged (decision 5)."""
_IN_FAMILY = "organisation_id IN (SELECT id FROM family)"
_CARD_APPOINTMENTS = f"""{FAMILY}
SELECT t.id, p.id, p.full_name, t.role, t.act, t.date_from, t.date_to, p.phone, p.email
FROM appointment t JOIN person p ON p.id = t.person_id WHERE t.{_IN_FAMILY}
ORDER BY t.date_to IS NOT NULL, t.organisation_id <> :key, t.date_from DESC
"""
_CARD_NOTES = f"""{FAMILY}
SELECT id, text, remind_on, done, created_at FROM note WHERE {_IN_FAMILY} ORDER BY created_at DESC
"""
_CARD_GROUPS = """
SELECT g.name FROM organisation_group g JOIN organisation_group_member m ON m.group_id = g.id
WHERE m.organisation_id = :key ORDER BY g.name
"""
_CARD_LINK = """
SELECT l.id, o.name, l.on_date, l.act FROM organisation_link l JOIN organisation o ON o.id = l.{0}_id
WHERE l.{1}_id = :key ORDER BY l.on_date
"""
_CARD_PARTS: dict[str, str] = {
    "codes": "SELECT id, system, value, valid_from, valid_to FROM organisation_code WHERE organisation_id = :key"
    " ORDER BY system, valid_from",
    "aliases": f"{FAMILY} SELECT id, spelling FROM organisation_alias WHERE {_IN_FAMILY} ORDER BY spelling",
    "years": "SELECT id, school_year, pupils, teachers FROM organisation_year WHERE organisation_id = :key"
    " ORDER BY school_year DESC",
    "contacts": f"{FAMILY} SELECT id, kind, value, note FROM contact WHERE {_IN_FAMILY}"
    " ORDER BY organisation_id <> :key, id",
    "custom": "SELECT c.id, c.title, v.raw FROM custom_value v JOIN custom_column c ON c.id = v.column_id"
    " WHERE v.organisation_id = :key ORDER BY c.position, c.title",
    "predecessors": _CARD_LINK.format("predecessor", "successor"),
    "successors": _CARD_LINK.format("successor", "predecessor"),
    "duplicates": f"{FAMILY} SELECT o.id, o.name FROM organisation o JOIN family f ON f.id = o.id"
    " WHERE o.id <> :key ORDER BY o.name",
    "year_drafts": "SELECT y.school_year, d.column_name, d.raw, d.code FROM draft_cell d"
    " JOIN organisation_year y ON y.id = d.row_key AND d.table_name = 'organisation_year'"
    " WHERE y.organisation_id = :key",
    "drafts": "SELECT column_name, raw, code FROM draft_cell WHERE table_name = 'organisation' AND row_key = :key",
}
"""Parts of a card that are rows as they stand."""


def aliases(connection: sqlite3.Connection) -> dict[tuple[str, str], int]:
    """Return (normal spelling, scope) → canonical key for every remembered spelling."""
    merged = canonical_map(connection)
    rows = connection.execute("SELECT normal, scope, organisation_id FROM organisation_alias")
    return {(normal, scope): merged.get(key, key) for normal, scope, key in rows}


def add_alias(operation: Operation, key: int, spelling: str, normal: str, scope: str) -> None:
    """Remember a spelling; a spelling that another record holds moves to this one."""
    row = operation.connection.execute(
        "SELECT id, organisation_id FROM organisation_alias WHERE normal = ? AND scope = ?", (normal, scope)
    ).fetchone()
    if row is None:
        operation.insert("organisation_alias", organisation_id=key, spelling=spelling, normal=normal, scope=scope)
    elif row[1] != key:
        operation.update("organisation_alias", row[0], organisation_id=key, spelling=spelling)


def set_code(operation: Operation, key: int, system: str, value: str) -> None:
    """Give an organisation a code of a system unless it has it already."""
    row = operation.connection.execute(
        "SELECT id FROM organisation_code WHERE organisation_id = ? AND system = ? AND value = ?", (key, system, value)
    ).fetchone()
    if row is None:
        operation.insert("organisation_code", organisation_id=key, system=system, value=value)


def areas(connection: sqlite3.Connection) -> list[tuple[int, str, str, str | None, bool]]:
    """Return (id, kind, name, code, own) of every area."""
    rows = connection.execute("SELECT id, kind, name, code, own FROM area ORDER BY kind, name")
    return [(i, kind, name, code, bool(own)) for i, kind, name, code, own in rows]


def put_draft(operation: Operation, table: str, key: int, column: str, raw: str, code: str) -> None:
    """Keep an entry that does not fit its column (decision 18)."""
    row = operation.connection.execute(
        "SELECT id FROM draft_cell WHERE table_name = ? AND row_key = ? AND column_name = ?", (table, key, column)
    ).fetchone()
    if row is None:
        operation.insert("draft_cell", table_name=table, row_key=key, column_name=column, raw=raw, code=code)
    else:
        operation.update("draft_cell", row[0], raw=raw, code=code)


def drafts(connection: sqlite3.Connection, table: str) -> dict[int, frozenset[str]]:
    """Return row → columns with an entry that does not fit, for one table."""
    rows = connection.execute("SELECT row_key, column_name FROM draft_cell WHERE table_name = ?", (table,))
    found: dict[int, set[str]] = {}
    for key, column in rows:
        found.setdefault(key, set()).add(column)
    return {key: frozenset(columns) for key, columns in found.items()}


def drop_draft(operation: Operation, table: str, key: int, column: str) -> None:
    """Forget a draft that has been put right."""
    row = operation.connection.execute(
        "SELECT id FROM draft_cell WHERE table_name = ? AND row_key = ? AND column_name = ?", (table, key, column)
    ).fetchone()
    if row is not None:
        operation.delete("draft_cell", row[0])
