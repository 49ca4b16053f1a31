"""Copies of parts of a programme: a subtree doubled or put into another programme, lines of text made into nodes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.models import programmes as stored
from app.models.programme_records import Node, NodeKind, Programme, Tree
from app.models.store import Operation, Store
from app.operations.programme_edit import add_in, called, move_in, node_of, put_activity_in
from app.operations.programme_parts import put_direction_in
from app.operations.programmes import own_row, writable
from app.operations.programmes import tree as read_tree
from app.texts import count


def paste(
    store: Store, programme_id: int, node_ids: Sequence[int], parent_id: int | None = None, before: int | None = None
) -> list[int]:
    """Copy nodes with all under them to a place and return the keys of the copies, in the order given.

    Texts, values, terms, money and ties of the copied come along. A tie to a node that is not copied is kept within
    the same programme; in another programme it is left out. Values and money keep their years.

    Args:
        store: the open file.
        programme_id: into which programme.
        node_ids: what is copied, of one programme; a node under another one of them is copied with it.
        parent_id: under what the copies stand; None by themselves.
        before: the neighbour they are put before; None: at the end.

    Raises:
        UserError: ``PROGRAMME_UNKNOWN``, ``PROGRAMME_FROZEN``, ``PROGRAMME_NO_NODE``, ``PROGRAMME_NOT_UNDER``.
    """
    programme = writable(store.connection, programme_id)
    nodes = [node_of(store.connection, key) for key in node_ids]
    if not nodes:
        return []
    source = read_tree(store.connection, nodes[0].programme_id)
    tops = _tops(source, nodes)
    label = called(tops[0]) if len(tops) == 1 else count(len(tops), "строка", "строки", "строк")
    with store.operation(f"Программа: скопировано — {label}", "programme.copy_node") as operation:
        keys: dict[int, int] = {}
        for node in tops:
            _copy_node(operation, source, node, programme, parent_id, keys)
        made = [keys[node.id] for node in tops]
        _copy_details(operation, source, programme, keys)
        if before is not None:
            move_in(operation, [node_of(operation.connection, key) for key in made], parent_id, before)
    return made


def add_lines(
    store: Store, programme_id: int, kind: NodeKind, texts: Sequence[str], *, parent_id: int | None = None,
    before: int | None = None,
) -> list[int]:  # fmt: skip
    """Add a node for every text that is not empty; one operation. Errors: see ``programme_edit.add``."""
    told = [" ".join(text.split()) for text in texts if text.strip()]
    if not told:
        return []
    programme = writable(store.connection, programme_id)
    label = f"Программа: вставлено — {count(len(told), 'строка', 'строки', 'строк')}"
    with store.operation(label, "programme.add") as operation:
        made = [add_in(operation, programme, kind, text, parent_id=parent_id) for text in told]
        if before is not None:
            move_in(operation, [node_of(operation.connection, key) for key in made], parent_id, before)
    return made


def _tops(source: Tree, nodes: Sequence[Node]) -> list[Node]:
    """Return the nodes that stand under none of the others."""
    wanted = {node.id for node in nodes}
    found = []
    for node in nodes:
        above = source.nodes[node.id].parent_id
        while above is not None and above not in wanted:
            above = source.nodes[above].parent_id
        if above is None:
            found.append(node)
    return found


def _copy_node(
    operation: Operation, source: Tree, node: Node, programme: Programme, parent_id: int | None, keys: dict[int, int]
) -> None:
    extra = {"cause_kind": node.cause_kind, "answer": node.answer, "wording": node.wording, "note": node.note}
    told: dict[str, Any] = {name: value for name, value in extra.items() if value is not None}
    # the detail row is copied with its values later
    keys[node.id] = add_in(operation, programme, node.kind, node.text, parent_id=parent_id, detail=False, **told)
    for child in source.under(node.id):
        _copy_node(operation, source, child, programme, keys[node.id], keys)


def _copy_details(operation: Operation, source: Tree, programme: Programme, keys: dict[int, int]) -> None:
    same = source.programme.id == programme.id
    directions: dict[int | None, int | None] = {None: None}
    for table in stored.BY_NODE:
        for row in stored.of_nodes(operation.connection, table, source.programme.id):
            if row.node_id in keys:
                values = _values(row) | {"node_id": keys[row.node_id]}
                if table == "programme_activity" and not same:
                    values["direction_id"] = _direction(operation, source, programme, row.direction_id, directions)
                operation.insert(table, **values)
    for node_id, chosen in source.schools.items():
        for organisation_id in chosen if node_id in keys else ():
            operation.insert("programme_school", node_id=keys[node_id], organisation_id=organisation_id)
    for link in source.links:
        if link.source_id in keys and (same or link.target_id in keys):
            target = keys.get(link.target_id, link.target_id)
            operation.insert(
                "programme_link", programme_id=programme.id, kind=link.kind, source_id=keys[link.source_id],
                target_id=target,
            )  # fmt: skip
    for (node_id, column), (raw, code) in source.drafts.items():
        if node_id in keys:
            operation.insert(
                "draft_cell", table_name=stored.DRAFTS, row_key=keys[node_id], column_name=column, raw=raw, code=code
            )


def _direction(
    operation: Operation, source: Tree, programme: Programme, key: int | None, known: dict[int | None, int | None]
) -> int | None:
    """Return the direction of the same name in the other programme, making it there when it is missing."""
    if key not in known:
        title = next((item.title for item in source.directions if item.id == key), "")
        known[key] = put_direction_in(operation, programme.id, None, title) if title else None
    return known[key]


def _values(row: Any) -> dict[str, Any]:
    values = {name: getattr(row, name) for name in stored.columns(type(row)) if name != "id"}
    return {name: int(value) if isinstance(value, bool) else value for name, value in values.items()}


def add_activity(
    store: Store, programme_id: int, *, parent_id: int | None = None, before: int | None = None,
    direction_id: int | None = None, text: str = "",
) -> int:  # fmt: skip
    """Add an activity of a direction; one operation. Errors: see ``programme_edit.add``."""
    programme = writable(store.connection, programme_id)
    with store.operation("Программа: добавлено — мероприятие", "programme.add") as operation:
        key = add_in(operation, programme, "activity", text, parent_id=parent_id, before=before)
        put_activity_in(operation, key, direction_id=direction_id)
        return key


def put_direction_of(store: Store, programme_id: int, node_ids: Sequence[int], direction_id: int | None) -> None:
    """Give several activities a direction (None: take it away) as one operation.

    Raises:
        UserError: ``PROGRAMME_UNKNOWN``, ``PROGRAMME_FROZEN``, ``PROGRAMME_NO_NODE``.
    """
    writable(store.connection, programme_id)
    own_row(store.connection, "programme_direction", direction_id, programme_id)
    for key in node_ids:
        own_row(store.connection, "programme_node", key, programme_id)
    label = f"Программа: направление — {count(len(node_ids), 'мероприятие', 'мероприятия', 'мероприятий')}"
    with store.operation(label, "programme.cells") as operation:
        for key in node_ids:
            put_activity_in(operation, key, direction_id=direction_id)
