"""Programmes in the store: reading one whole tree at once, copying it, taking it away. The only SQL about them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import fields
from typing import Any, TypeVar

from app.models.programme_records import (
    Activity,
    ActivityResult,
    ApprovalBlock,
    EstimateLine,
    Indicator,
    Link,
    MechanismLine,
    Money,
    MonitorLine,
    Node,
    Programme,
    ProgrammeDirection,
    Resource,
    Responsible,
    SectionText,
    Silence,
    Stakeholder,
    Target,
    Term,
    Tree,
)
from app.models.store import Operation, new_id

Row = TypeVar("Row")

BY_NODE: dict[str, type[Any]] = {
    "programme_indicator": Indicator,
    "programme_target": Target,
    "programme_activity": Activity,
    "programme_term": Term,
    "programme_responsible": Responsible,
    "programme_result": ActivityResult,
    "programme_money": Money,
    "programme_estimate": EstimateLine,
}
"""Tables whose rows belong to one node, with their records; ``programme_school`` has none."""
BY_PROGRAMME: dict[str, type[Any]] = {
    "programme_direction": ProgrammeDirection,
    "programme_link": Link,
    "programme_text": SectionText,
    "programme_stakeholder": Stakeholder,
    "programme_mechanism": MechanismLine,
    "programme_monitor": MonitorLine,
    "programme_resource": Resource,
    "programme_block": ApprovalBlock,
    "programme_silence": Silence,
}
"""Tables whose rows belong to a programme, with their records."""
OF_AGREEMENT = ("programme_remark", "programme_party")
PARTY_DRAFTS = "programme_party"
"""Under which name entries of the agreement sheet wait that did not fit."""
"""What belongs to the life of one edition and does not go into the next; remarks name parties, so they go first."""
DRAFTS = "programme_node"
"""Under which name entries wait that did not fit (``draft_cell.table_name``); the row's key is the node's, the column
is that of the grid."""
_ORDERED = {
    "programme_term", "programme_responsible", "programme_result", "programme_direction", "programme_stakeholder",
    "programme_mechanism", "programme_monitor", "programme_resource", "programme_block",
}  # fmt: skip
_FLAGS = {Activity: ("own", "free"), Term: ("typed",)}


_COLUMNS: dict[type[Any], tuple[str, ...]] = {}


def columns(record: type[Any]) -> tuple[str, ...]:
    """Return the columns of a record's table, in the record's order."""
    if record not in _COLUMNS:
        _COLUMNS[record] = tuple(item.name for item in fields(record))
    return _COLUMNS[record]


def _records(rows: Iterable[tuple[Any, ...]], record: type[Row]) -> list[Row]:
    flags = [columns(record).index(name) for name in _FLAGS.get(record, ())]
    if not flags:
        return [record(*row) for row in rows]
    found = []
    for row in rows:
        values = list(row)
        for place in flags:
            values[place] = bool(values[place])
        found.append(record(*values))
    return found


def _order(table: str) -> str:
    if table in _ORDERED:
        return "position, id"
    if table == "programme_estimate":
        return "plan_year, position, id"
    return "plan_year, id" if table in {"programme_target", "programme_money"} else "id"


# --- reading -------------------------------------------------------------------------------------------------------


def programmes(connection: sqlite3.Connection) -> list[Programme]:
    """Return all editions of all programmes: the municipality's first, the newest first."""
    rows = connection.execute(
        f"SELECT {', '.join(columns(Programme))} FROM programme"
        " ORDER BY kind, year_to DESC, year_from DESC, lineage, edition DESC, created_at DESC"
    )
    return _records(rows, Programme)


def programme(connection: sqlite3.Connection, key: int) -> Programme | None:
    """Return one edition."""
    sql = f"SELECT {', '.join(columns(Programme))} FROM programme WHERE id = ?"
    row = connection.execute(sql, (key,)).fetchone()
    return None if row is None else Programme(*row)


def node(connection: sqlite3.Connection, key: int) -> Node | None:
    """Return one node."""
    row = connection.execute(f"SELECT {', '.join(columns(Node))} FROM programme_node WHERE id = ?", (key,)).fetchone()
    return None if row is None else Node(*row)


def nodes(connection: sqlite3.Connection, programme_id: int) -> list[Node]:
    """Return all nodes of a programme in the order of their positions."""
    sql = f"SELECT {', '.join(columns(Node))} FROM programme_node WHERE programme_id = ? ORDER BY position, id"
    return [Node(*row) for row in connection.execute(sql, (programme_id,))]


def of_nodes(connection: sqlite3.Connection, table: str, programme_id: int) -> list[Any]:
    """Return the rows of a table of ``BY_NODE`` for all nodes of a programme."""
    record = BY_NODE[table]
    names = ", ".join(f"t.{name}" for name in columns(record))
    order = ", ".join(f"t.{name}" for name in _order(table).split(", "))
    rows = connection.execute(
        f"SELECT {names} FROM {table} t JOIN programme_node n ON n.id = t.node_id WHERE n.programme_id = ?"
        f" ORDER BY {order}",
        (programme_id,),
    )
    return _records(rows, record)


def of_node(connection: sqlite3.Connection, table: str, node_id: int) -> list[Any]:
    """Return the rows of a table of ``BY_NODE`` of one node."""
    record = BY_NODE[table]
    sql = f"SELECT {', '.join(columns(record))} FROM {table} WHERE node_id = ? ORDER BY {_order(table)}"
    return _records(connection.execute(sql, (node_id,)), record)


def of_programme(connection: sqlite3.Connection, table: str, programme_id: int) -> list[Any]:
    """Return the rows of a table of ``BY_PROGRAMME``."""
    record = BY_PROGRAMME[table]
    sql = f"SELECT {', '.join(columns(record))} FROM {table} WHERE programme_id = ? ORDER BY {_order(table)}"
    return _records(connection.execute(sql, (programme_id,)), record)


def schools(connection: sqlite3.Connection, programme_id: int) -> dict[int, tuple[int, ...]]:
    """Return the chosen schools by node, schools merged into another as that one."""
    rows = connection.execute(
        "SELECT DISTINCT s.node_id, coalesce(o.duplicate_of, o.id), o.position, o.name FROM programme_school s"
        " JOIN programme_node n ON n.id = s.node_id JOIN organisation o ON o.id = s.organisation_id"
        " WHERE n.programme_id = ? ORDER BY o.position IS NULL, o.position, o.name",
        (programme_id,),
    )
    found: dict[int, dict[int, None]] = {}
    for node_id, organisation_id, *_ in rows:
        found.setdefault(node_id, {})[organisation_id] = None
    return {key: tuple(keys) for key, keys in found.items()}


def tree(connection: sqlite3.Connection, key: int) -> Tree | None:
    """Return a programme with everything in it; a programme of 600 activities takes some tens of milliseconds."""
    found = programme(connection, key)
    if found is None:
        return None
    return Tree(programme=found, **{name: read(connection, key) for name, (_of, read) in PARTS.items()})


def drafts(connection: sqlite3.Connection, programme_id: int) -> dict[tuple[int, str], tuple[str, str]]:
    """Return entries that did not fit their column (decision 18): (node, column) → (as typed, code)."""
    rows = connection.execute(
        "SELECT d.row_key, d.column_name, d.raw, d.code FROM draft_cell d JOIN programme_node n ON n.id = d.row_key"
        " WHERE d.table_name = ? AND n.programme_id = ? ORDER BY d.id",
        (DRAFTS, programme_id),
    )
    return {(node_id, column): (raw, code) for node_id, column, raw, code in rows}


def _grouped(rows: Iterable[Any], key: Callable[[Any], int]) -> dict[int, tuple[Any, ...]]:
    found: dict[int, list[Any]] = {}
    for row in rows:
        found.setdefault(key(row), []).append(row)
    return {place: tuple(kept) for place, kept in found.items()}


def _many(table: str) -> tuple[tuple[str, ...], _Read]:
    """Rows of a table by node."""
    return (table,), lambda connection, key: _grouped(of_nodes(connection, table, key), lambda row: row.node_id)


def _one(table: str) -> tuple[tuple[str, ...], _Read]:
    """The only row of a table by node."""
    return (table,), lambda connection, key: {row.node_id: row for row in of_nodes(connection, table, key)}


def _own(table: str) -> tuple[tuple[str, ...], _Read]:
    return (table,), lambda connection, key: tuple(of_programme(connection, table, key))


def _targets(connection: sqlite3.Connection, key: int) -> dict[int, dict[int, Target]]:
    found: dict[int, dict[int, Target]] = {}
    for row in of_nodes(connection, "programme_target", key):
        found.setdefault(row.node_id, {})[row.plan_year] = row
    return found


_Read = Callable[[sqlite3.Connection, int], Any]
PARTS: dict[str, tuple[tuple[str, ...], _Read]] = {
    "nodes": (
        ("programme_node",),
        lambda connection, key: {node.id: node for node in nodes(connection, key)},
    ),
    "indicators": _one("programme_indicator"),
    "targets": (("programme_target",), _targets),
    "activities": _one("programme_activity"),
    "terms": _many("programme_term"),
    "responsible": _many("programme_responsible"),
    "results": _many("programme_result"),
    "schools": (("programme_school", "organisation"), schools),
    "money": _many("programme_money"),
    "estimate": _many("programme_estimate"),
    "links": _own("programme_link"),
    "directions": _own("programme_direction"),
    "texts": (
        ("programme_text",),
        lambda connection, key: {row.key: row for row in of_programme(connection, "programme_text", key)},
    ),
    "stakeholders": _own("programme_stakeholder"),
    "mechanism": _own("programme_mechanism"),
    "monitoring": _own("programme_monitor"),
    "resources": _own("programme_resource"),
    "blocks": _own("programme_block"),
    "silences": _own("programme_silence"),
    "drafts": (("draft_cell",), drafts),
}
"""Parts of a tree: of which tables each is read, and how; without rows of these tables it can't change."""


def activities_of_school(connection: sqlite3.Connection, organisation_id: int) -> list[tuple[int, int, str]]:
    """Return (programme, node, coverage) of every activity that names this school or all schools.

    Whether a school is on the list, for ``listed``, is asked elsewhere: this room does not identify.
    """
    rows = connection.execute(
        "SELECT n.programme_id, n.id, a.coverage FROM programme_activity a JOIN programme_node n ON n.id = a.node_id"
        " WHERE a.coverage IN ('all', 'listed') OR (a.coverage = 'chosen' AND EXISTS (SELECT 1 FROM programme_school s"
        " JOIN organisation o ON o.id = s.organisation_id WHERE s.node_id = n.id"
        " AND coalesce(o.duplicate_of, o.id) = ?1)) ORDER BY n.programme_id, n.position, n.id",
        (organisation_id,),
    )
    return [(programme_id, node_id, coverage) for programme_id, node_id, coverage in rows]


# --- writing -------------------------------------------------------------------------------------------------------


def clear_nodes(operation: Operation, keys: Iterable[int]) -> None:
    """Delete nodes with all that hangs on them: rows, links, silenced hints; remarks keep their place as words."""
    for key in keys:
        for table in (*BY_NODE, "programme_school"):
            _delete_where(operation, table, "node_id = ?", key)
        _delete_where(operation, "programme_link", "source_id = ?1 OR target_id = ?1", key)
        _delete_where(operation, "programme_silence", "node_id = ?", key)
        _delete_where(operation, "draft_cell", f"table_name = '{DRAFTS}' AND row_key = ?", key)
        for (remark,) in operation.connection.execute(
            "SELECT id FROM programme_remark WHERE node_id = ?", (key,)
        ).fetchall():
            operation.update("programme_remark", remark, node_id=None)
    for key in reversed(list(keys)):
        operation.delete("programme_node", key)


def clear_programme(operation: Operation, key: int) -> None:
    """Delete an edition with everything in it."""
    ordered = [found.id for found in _downwards(nodes(operation.connection, key))]
    clear_nodes(operation, ordered)
    waiting = f"table_name = '{PARTY_DRAFTS}' AND row_key IN (SELECT id FROM programme_party WHERE programme_id = ?)"
    _delete_where(operation, "draft_cell", waiting, key)
    for table in (*OF_AGREEMENT, *BY_PROGRAMME):
        _delete_where(operation, table, "programme_id = ?", key)
    operation.delete("programme", key)


def _delete_where(operation: Operation, table: str, condition: str, key: int) -> None:
    rows = operation.connection.execute(f"SELECT id FROM {table} WHERE {condition}", (key,)).fetchall()
    for (row,) in rows:
        operation.delete(table, row)


def _downwards(found: Iterable[Node]) -> list[Node]:
    """Sort nodes so that a parent stands before its children."""
    below: dict[int | None, list[Node]] = {}
    known = {node.id: node for node in found}
    for node in known.values():
        below.setdefault(node.parent_id if node.parent_id in known else None, []).append(node)
    ordered: list[Node] = []
    waiting = list(below.get(None, ()))
    while waiting:
        node = waiting.pop()
        ordered.append(node)
        waiting.extend(below.get(node.id, ()))
    return ordered


def copy(operation: Operation, source: Tree, head: dict[str, Any], *, shift: int = 0, lineage: bool = True) -> int:
    """Write a programme with the same content under a new head and return its key.

    Args:
        operation: the operation in progress.
        source: what is copied.
        head: columns of the new ``programme`` row; ``lineage`` may be left out for a programme of its own.
        shift: by how many years plan years and dates of terms move (a new period).
        lineage: True keeps the lineage of every node (an edition); False begins a new one.
    """
    key = new_id()
    operation.insert("programme", id=key, **{"lineage": key, **head})
    below = {node.id: node for node in source.nodes.values()}
    keys = {node_id: new_id() for node_id in below}
    for node in _downwards(below.values()):
        row = _values(node) | {"programme_id": key, "parent_id": keys.get(node.parent_id or 0)}
        row["lineage"] = node.lineage if lineage else keys[node.id]
        operation.insert("programme_node", id=keys[node.id], **row)
    directions = {}
    for direction in source.directions:
        directions[direction.id] = operation.insert(
            "programme_direction", **(_values(direction) | {"programme_id": key})
        )
    for row in _of_nodes(source):
        values = _moved(_values(row), shift) | {"node_id": keys[row.node_id]}
        if isinstance(row, Activity):
            values["direction_id"] = directions.get(row.direction_id or 0)
        operation.insert(_TABLE_OF[type(row)], **values)
    for node_id, chosen in source.schools.items():
        for organisation_id in chosen:
            operation.insert("programme_school", node_id=keys[node_id], organisation_id=organisation_id)
    for line in _of_programme(source):
        values = _values(line) | {"programme_id": key}
        for name in ("source_id", "target_id", "node_id"):
            if values.get(name) is not None and name in values:
                values[name] = keys[values[name]]
        operation.insert(_TABLE_OF[type(line)], **values)
    for (node_id, column), (raw, code) in source.drafts.items():
        operation.insert(
            "draft_cell", table_name=DRAFTS, row_key=keys[node_id], column_name=column, raw=raw, code=code
        )  # fmt: skip
    return key


_TABLE_OF: dict[type[Any], str] = {record: table for table, record in (BY_NODE | BY_PROGRAMME).items()}


def _of_nodes(source: Tree) -> Iterable[Any]:
    yield from source.indicators.values()
    yield from source.activities.values()
    for rows in source.targets.values():
        yield from rows.values()
    for kept in (source.terms, source.responsible, source.results, source.money, source.estimate):
        for many in kept.values():
            yield from many


def _of_programme(source: Tree) -> Iterable[Any]:
    yield from source.links
    yield from source.texts.values()
    for rows in (
        source.stakeholders, source.mechanism, source.monitoring, source.resources, source.blocks, source.silences
    ):  # fmt: skip
        yield from rows


def _values(row: Any) -> dict[str, Any]:
    """Return the columns of a record but its key, flags as whole numbers."""
    values = {name: getattr(row, name) for name in columns(type(row)) if name != "id"}
    return {name: int(value) if isinstance(value, bool) else value for name, value in values.items()}


def _moved(values: dict[str, Any], shift: int) -> dict[str, Any]:
    if not shift:
        return values
    moved = dict(values)
    for name in ("plan_year", "baseline_year"):
        if moved.get(name) is not None:
            moved[name] += shift
    for name in ("date_from", "date_to", "comes_on"):
        if moved.get(name):
            moved[name] = _later(moved[name], shift)
    return moved


def _later(day: str, years: int) -> str:
    """Return the same day some years later; the 29th of February becomes the 28th."""
    year, rest = int(day[:4]) + years, day[4:]
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return f"{year:04}{'-02-28' if rest == '-02-29' and not leap else rest}"


def counts(connection: sqlite3.Connection) -> dict[tuple[int, str], int]:
    """Return how many nodes of each kind every programme has: (programme, kind) → number."""
    rows = connection.execute("SELECT programme_id, kind, count(*) FROM programme_node GROUP BY programme_id, kind")
    return {(key, kind): number for key, kind, number in rows}


def unbind(operation: Operation, key: int) -> None:
    """Let go of a programme wherever another row names it: later editions, copies, subjects of forms."""
    for table, column in (("programme", "previous_id"), ("programme", "copied_from"), ("form_subject", "programme_id")):
        rows = operation.connection.execute(f"SELECT id FROM {table} WHERE {column} = ?", (key,)).fetchall()
        for (row,) in rows:
            operation.update(table, row, **{column: None})


def programme_touched_by(connection: sqlite3.Connection, operation_id: int) -> list[int]:
    """Return the programmes whose content an operation changed, those that are still there."""
    direct = ", ".join(f"'{table}'" for table in ("programme_node", *BY_PROGRAMME, *OF_AGREEMENT))
    by_node = ", ".join(f"'{table}'" for table in (*BY_NODE, "programme_school"))
    found: set[int] = set()
    for table, key, before in connection.execute(
        f"SELECT table_name, row_key, before FROM journal WHERE operation_id = ?"
        f" AND table_name IN ('programme', {direct}, {by_node})",
        (operation_id,),
    ).fetchall():
        found.update(_owners(connection, table, key, before))
    return sorted(found)


def _owners(connection: sqlite3.Connection, table: str, key: int, before: str | None) -> set[int]:
    if table == "programme":
        return {key}
    row = json.loads(before) if before else {}
    if table in BY_NODE or table == "programme_school":
        kept = connection.execute(f"SELECT node_id FROM {table} WHERE id = ?", (key,)).fetchone()
        node_id = kept[0] if kept else row.get("node_id")
        owner = connection.execute("SELECT programme_id FROM programme_node WHERE id = ?", (node_id,)).fetchone()
    else:
        owner = connection.execute(f"SELECT programme_id FROM {table} WHERE id = ?", (key,)).fetchone()
        owner = owner or ((row["programme_id"],) if "programme_id" in row else None)
    return {int(owner[0])} if owner and owner[0] is not None else set()


def belongs(connection: sqlite3.Connection, table: str, key: int, programme_id: int) -> bool:
    """Tell whether a row of a table with ``programme_id`` is there and is this edition's."""
    sql = f"SELECT 1 FROM {table} WHERE id = ? AND programme_id = ?"
    return connection.execute(sql, (key, programme_id)).fetchone() is not None


def of_key(connection: sqlite3.Connection, table: str, key: int) -> Any:
    """Return one row of a table of ``BY_NODE`` or ``BY_PROGRAMME`` that is known to be there."""
    record = (BY_NODE | BY_PROGRAMME)[table]
    row = connection.execute(f"SELECT {', '.join(columns(record))} FROM {table} WHERE id = ?", (key,)).fetchone()
    return _records([row], record)[0]


def school_rows(connection: sqlite3.Connection, node_id: int) -> dict[int, int]:
    """Return the chosen schools of an activity: school → key of the row."""
    rows = connection.execute("SELECT organisation_id, id FROM programme_school WHERE node_id = ?", (node_id,))
    return dict(rows.fetchall())


def link_of(connection: sqlite3.Connection, kind: str, source_id: int, target_id: int) -> int | None:
    """Return the key of a tie, None where there is none."""
    row = connection.execute(
        "SELECT id FROM programme_link WHERE kind = ? AND source_id = ? AND target_id = ?", (kind, source_id, target_id)
    ).fetchone()
    return None if row is None else int(row[0])


def links_of(connection: sqlite3.Connection, kind: str, node_id: int, *, forward: bool) -> dict[int, int]:
    """Return the ties of a node of one kind: the other node → key of the row."""
    mine, other = ("source_id", "target_id") if forward else ("target_id", "source_id")
    rows = connection.execute(f"SELECT {other}, id FROM programme_link WHERE kind = ? AND {mine} = ?", (kind, node_id))
    return dict(rows.fetchall())
