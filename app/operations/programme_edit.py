"""Changes of a programme's tree: each one operation, one entry of the journal, one step back.

What a person typed is kept as typed; what was understood of it stands beside. A function that ends in ``_in`` works
inside an operation of the caller, so that a grid, an import or the library can put many changes into one step.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from typing import Any, get_args

from app.analysis import terms
from app.analysis.programme_values import number, sum_of
from app.errors import UserError
from app.models import programmes as stored
from app.models.programme_places import under
from app.models.programme_records import (
    LINKS,
    PARENTS,
    CauseKind,
    Coverage,
    Direction,
    LinkKind,
    Node,
    NodeKind,
    Programme,
)
from app.models.store import Connection, Operation, Store, new_id
from app.operations.programmes import own_row, writable
from app.texts import capital, count, quoted

KIND_WORDS: dict[NodeKind, str] = {
    "problem": "проблема",
    "cause": "причина",
    "goal": "цель",
    "task": "задача",
    "measure": "показатель",
    "indicator": "индикатор",
    "activity": "мероприятие",
    "risk": "риск",
}
DETAIL = {"indicator": "programme_indicator", "activity": "programme_activity"}
_NODE_COLUMNS = {"text", "cause_kind", "answer", "note"}
_INDICATOR_COLUMNS = {
    "unit", "direction", "baseline_year", "requirement", "source", "method", "period", "responsible", "person_id",
    "formula", "tolerance",
}  # fmt: skip
_ACTIVITY_COLUMNS = {"label", "direction_id", "reason", "conditions", "own", "free"}
_LONG = 48


# --- finding and naming ------------------------------------------------------------------------------------------


def node_of(connection: Connection, node_id: int) -> Node:
    """Return one node.

    Raises:
        UserError: ``PROGRAMME_NO_NODE``.
    """
    found = stored.node(connection, node_id)
    if found is None:
        raise UserError("PROGRAMME_NO_NODE")
    return found


def open_node(connection: Connection, node_id: int, *kinds: NodeKind) -> Node:
    """Return one node that may change, of one of these kinds where some are given.

    Raises:
        UserError: ``PROGRAMME_NO_NODE``, ``PROGRAMME_FROZEN``.
    """
    found = node_of(connection, node_id)
    writable(connection, found.programme_id)
    if kinds and found.kind not in kinds:
        raise ValueError(f"{found.kind} is none of {kinds}")
    return found


def called(node: Node, word: str = "") -> str:
    """Return how a label of the journal names a node: «мероприятие «Стажировки…»»."""
    text = " ".join(node.text.split())
    shown = text if len(text) <= _LONG else f"{text[:_LONG].rstrip()}…"
    return f"{word or KIND_WORDS[node.kind]} {quoted(shown)}" if shown else word or KIND_WORDS[node.kind]


def _step(store: Store, node: Node, what: str, *, merge: str | None = None) -> AbstractContextManager[Operation]:
    name = called(node)
    return store.operation(f"{capital(name)}: {what}", "programme.edit", merge=merge)


def _changed(record: Any, values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if getattr(record, name) != value}


def _text(value: Any) -> Any:
    """Return a typed text without spaces at its ends, None where nothing is left; other values as they are."""
    return (value.strip() or None) if isinstance(value, str) else value


# --- nodes -------------------------------------------------------------------------------------------------------


def add(
    store: Store, programme_id: int, kind: NodeKind, text: str = "", *, parent_id: int | None = None,
    before: int | None = None,
) -> int:  # fmt: skip
    """Add a node and return its key.

    Args:
        store: the open file.
        programme_id: of which programme.
        kind: what it is.
        text: its wording; may be empty for now.
        parent_id: under what; None stands by itself.
        before: the neighbour it is put before; None: at the end.

    Raises:
        UserError: ``PROGRAMME_UNKNOWN``, ``PROGRAMME_FROZEN``, ``PROGRAMME_NOT_UNDER``, ``PROGRAMME_NO_NODE``.
    """
    programme = writable(store.connection, programme_id)
    with store.operation(f"Программа: добавлено — {KIND_WORDS[kind]}", "programme.add") as operation:
        return add_in(operation, programme, kind, text, parent_id=parent_id, before=before)


def add_in(
    operation: Operation, programme: Programme, kind: NodeKind, text: str = "", *, parent_id: int | None = None,
    before: int | None = None, detail: bool = True, **columns: Any,
) -> int:  # fmt: skip
    """Add a node inside an operation; ``columns`` are further ones of ``programme_node``. Errors: see ``add``.

    Without ``detail`` the caller writes the row of the indicator or activity.
    """
    _check_parent(operation.connection, programme.id, kind, parent_id)
    siblings = under(operation.connection, programme.id, parent_id)
    key = new_id()
    operation.insert(
        "programme_node", id=key, programme_id=programme.id, parent_id=parent_id, kind=kind, text=text.strip(),
        position=len(siblings), **({"lineage": key} | columns),
    )  # fmt: skip
    if kind in DETAIL and detail:
        operation.insert(DETAIL[kind], node_id=key)
    if before is not None:
        _arrange(operation, siblings, [node_of(operation.connection, key)], before)
    return key


def _check_parent(connection: Connection, programme_id: int, kind: NodeKind, parent_id: int | None) -> None:
    if parent_id is None:
        return
    parent = node_of(connection, parent_id)
    if parent.programme_id != programme_id or parent.kind not in PARENTS[kind]:
        what = KIND_WORDS[kind]
        raise UserError("PROGRAMME_NOT_UNDER", what=capital(what), where=called(parent))


def _arrange(operation: Operation, siblings: Sequence[Node], moved: Sequence[Node], before: int | None) -> None:
    """Give the positions anew: ``moved`` before a neighbour or at the end; only rows that change are written."""
    keys = {node.id for node in moved}
    order = [node for node in siblings if node.id not in keys]
    place = next((index for index, node in enumerate(order) if node.id == before), len(order))
    order[place:place] = moved
    for position, node in enumerate(order):
        if node.position != position or node.id in keys:
            operation.update("programme_node", node.id, position=position)


def put_text(store: Store, node_id: int, text: str) -> None:
    """Word a node anew; the changes of one visit are one step back.

    Raises:
        UserError: ``PROGRAMME_NO_NODE``, ``PROGRAMME_FROZEN``.
    """
    put_node(store, node_id, text=text.strip())


def put_node(store: Store, node_id: int, **columns: Any) -> None:
    """Change text, cause_kind, answer or note of a node.

    Raises:
        UserError: ``PROGRAMME_NO_NODE``, ``PROGRAMME_FROZEN``, ``PROGRAMME_NOT_CHOICE``.
    """
    _allowed(columns, _NODE_COLUMNS)
    if columns.get("cause_kind") not in {None, *get_args(CauseKind)}:
        raise UserError("PROGRAMME_NOT_CHOICE", raw=columns["cause_kind"], known=", ".join(get_args(CauseKind)))
    node = open_node(store.connection, node_id)
    changed = _changed(node, {name: value if name == "text" else _text(value) for name, value in columns.items()})
    if changed:
        what = "изменён текст" if "text" in changed else "изменены сведения"
        with _step(store, node, what, merge=f"programme.node:{node_id}:{'+'.join(changed)}") as operation:
            operation.update("programme_node", node_id, **changed)


def _allowed(columns: Iterable[str], known: set[str]) -> None:
    if not set(columns) <= known:
        raise ValueError(f"not columns that can be put: {sorted(set(columns) - known)}")


def move(store: Store, node_ids: Sequence[int], parent_id: int | None, before: int | None = None) -> None:
    """Put nodes with all under them elsewhere, in the order given; everything is numbered anew by its place.

    Raises:
        UserError: ``PROGRAMME_NO_NODE``, ``PROGRAMME_FROZEN``, ``PROGRAMME_NOT_UNDER``.
    """
    nodes = [open_node(store.connection, key) for key in node_ids]
    if not nodes:
        return
    for node in nodes:
        _check_parent(store.connection, node.programme_id, node.kind, parent_id)
        _check_circle(store.connection, node, parent_id)
    label = called(nodes[0]) if len(nodes) == 1 else count(len(nodes), "строка", "строки", "строк")
    with store.operation(f"Программа: перенесено — {label}", "programme.move") as operation:
        move_in(operation, nodes, parent_id, before)


def move_in(operation: Operation, nodes: Sequence[Node], parent_id: int | None, before: int | None = None) -> None:
    """Put nodes elsewhere inside an operation; whether they may stand there has been asked."""
    left = {node.parent_id for node in nodes} - {parent_id}
    for node in nodes:
        if node.parent_id != parent_id:
            operation.update("programme_node", node.id, parent_id=parent_id)
    _arrange(operation, under(operation.connection, nodes[0].programme_id, parent_id), nodes, before)
    for parent in left:
        _arrange(operation, under(operation.connection, nodes[0].programme_id, parent), [], None)


def _check_circle(connection: Connection, node: Node, parent_id: int | None) -> None:
    above = parent_id
    while above is not None:
        if above == node.id:
            word = KIND_WORDS[node.kind]
            raise UserError("PROGRAMME_NOT_UNDER", what=capital(word), where="внутри себя")
        above = node_of(connection, above).parent_id


def remove(store: Store, node_ids: Sequence[int]) -> None:
    """Take nodes away with all under them; undo brings everything back.

    Raises:
        UserError: ``PROGRAMME_NO_NODE``, ``PROGRAMME_FROZEN``.
    """
    nodes = [open_node(store.connection, key) for key in node_ids]
    if not nodes:
        return
    label = called(nodes[0]) if len(nodes) == 1 else count(len(nodes), "строка", "строки", "строк")
    with store.operation(f"Программа: удалено — {label}", "programme.remove_node") as operation:
        keys = _with_all_under(operation.connection, nodes[0].programme_id, [node.id for node in nodes])
        stored.clear_nodes(operation, keys)
        for parent in {node.parent_id for node in nodes} - set(keys):
            _arrange(operation, under(operation.connection, nodes[0].programme_id, parent), [], None)


def _with_all_under(connection: Connection, programme_id: int, keys: Sequence[int]) -> list[int]:
    """Return these nodes and everything under them, parents before their children."""
    below: dict[int | None, list[int]] = {}
    for node in stored.nodes(connection, programme_id):
        below.setdefault(node.parent_id, []).append(node.id)
    found: dict[int, None] = {}
    waiting = list(reversed(keys))
    while waiting:
        key = waiting.pop()
        found.pop(key, None)  # named itself and under another named one: it stands after its parent
        found[key] = None
        waiting.extend(below.get(key, ()))
    return list(found)


# --- indicators --------------------------------------------------------------------------------------------------


def put_indicator(store: Store, node_id: int, **columns: Any) -> None:
    """Change unit, direction, baseline_year, requirement, source, method, period, responsible, person_id, formula or
    tolerance of an indicator.

    Raises:
        UserError: ``PROGRAMME_NO_NODE``, ``PROGRAMME_FROZEN``, ``PROGRAMME_NOT_CHOICE``.
    """  # noqa: D205 - one sentence
    node = open_node(store.connection, node_id, "indicator")
    merge = f"programme.indicator:{node_id}:{'+'.join(sorted(columns))}"
    with _step(store, node, "изменены сведения", merge=merge) as operation:
        put_indicator_in(operation, node_id, **columns)


def put_indicator_in(operation: Operation, node_id: int, **columns: Any) -> None:
    """Change columns of an indicator inside an operation. Errors: see ``put_indicator``."""
    _allowed(columns, _INDICATOR_COLUMNS)
    if columns.get("direction") not in {None, *get_args(Direction)}:
        raise UserError("PROGRAMME_NOT_CHOICE", raw=columns["direction"], known=", ".join(get_args(Direction)))
    _put_detail(operation, "programme_indicator", node_id, columns)


def _put_detail(operation: Operation, table: str, node_id: int, columns: dict[str, Any]) -> None:
    found = stored.of_node(operation.connection, table, node_id)
    row = found[0] if found else stored.of_key(operation.connection, table, operation.insert(table, node_id=node_id))
    changed = _changed(row, {name: _text(value) for name, value in columns.items()})
    if changed:
        operation.update(table, row.id, **{n: int(v) if isinstance(v, bool) else v for n, v in changed.items()})


def put_baseline(store: Store, node_id: int, raw: str) -> None:
    """Put the value an indicator starts from, as typed.

    Raises:
        UserError: ``PROGRAMME_NO_NODE``, ``PROGRAMME_FROZEN``.
    """
    node = open_node(store.connection, node_id, "indicator")
    with _step(store, node, "исходное значение", merge=f"programme.baseline:{node_id}") as operation:
        put_baseline_in(operation, node_id, raw)


def put_baseline_in(operation: Operation, node_id: int, raw: str) -> None:
    """Put the value an indicator starts from inside an operation."""
    found = number(raw)
    values = {"baseline_raw": _text(raw), "baseline": found.value, "baseline_code": found.code}
    _put_detail(operation, "programme_indicator", node_id, values)


def put_target(store: Store, node_id: int, plan_year: int, raw: str, *, required: bool = False) -> None:
    """Put the target of a year as typed, or (``required``) what is required from above; "" takes it away.

    Raises:
        UserError: ``PROGRAMME_NO_NODE``, ``PROGRAMME_FROZEN``.
    """
    node = open_node(store.connection, node_id, "indicator")
    what = f"{'требование' if required else 'цель'} на {plan_year} год"
    merge = f"programme.target:{node_id}:{plan_year}:{int(required)}"
    with _step(store, node, what, merge=merge) as operation:
        put_target_in(operation, node_id, plan_year, raw, required=required)


def put_target_in(operation: Operation, node_id: int, plan_year: int, raw: str, *, required: bool = False) -> None:
    """Put a target inside an operation; a year with neither target nor requirement keeps no row."""
    found = number(raw)
    names = ("required_raw", "required", "required_code") if required else ("raw", "value", "code")
    values = dict(zip(names, (_text(raw), found.value, found.code), strict=True))
    rows = stored.of_node(operation.connection, "programme_target", node_id)
    row = next((row for row in rows if row.plan_year == plan_year), None)
    if row is None:
        if values[names[0]] is not None:
            operation.insert("programme_target", node_id=node_id, plan_year=plan_year, **values)
        return
    if values[names[0]] is None and (row.raw if required else row.required_raw) is None:
        operation.delete("programme_target", row.id)
        return
    changed = _changed(row, values)
    if changed:
        operation.update("programme_target", row.id, **changed)


# --- activities --------------------------------------------------------------------------------------------------


def put_activity(store: Store, node_id: int, **columns: Any) -> None:
    """Change label, direction_id, reason, conditions, own or free of an activity.

    Raises:
        UserError: ``PROGRAMME_NO_NODE``, ``PROGRAMME_FROZEN``.
    """
    node = open_node(store.connection, node_id, "activity")
    own_row(store.connection, "programme_direction", columns.get("direction_id"), node.programme_id)
    merge = f"programme.activity:{node_id}:{'+'.join(sorted(columns))}"
    with _step(store, node, "изменены сведения", merge=merge) as operation:
        put_activity_in(operation, node_id, **columns)


def put_activity_in(operation: Operation, node_id: int, **columns: Any) -> None:
    """Change columns of an activity inside an operation."""
    _allowed(columns, _ACTIVITY_COLUMNS)
    _put_detail(operation, "programme_activity", node_id, columns)


def put_term(store: Store, node_id: int, text: str) -> None:
    """Put the term of an activity as typed; the dates that are found in it stand beside.

    Raises:
        UserError: ``PROGRAMME_NO_NODE``, ``PROGRAMME_FROZEN``.
    """
    node = open_node(store.connection, node_id, "activity")
    with _step(store, node, "срок", merge=f"programme.term:{node_id}") as operation:
        put_term_in(operation, node_id, text)


def put_term_in(operation: Operation, node_id: int, text: str) -> None:
    """Put the term of an activity inside an operation: text, code, spans of dates."""
    node = node_of(operation.connection, node_id)
    programme = writable(operation.connection, node.programme_id)
    found = terms.parse(text, year_from=programme.year_from, year_to=programme.year_to, limits=programme.limits)
    _put_detail(operation, "programme_activity", node_id, {"term_text": text, "term_code": found.code})
    rows = [{"date_from": first, "date_to": last, "typed": 0} for first, last in found.spans]
    _replace(operation, "programme_term", node_id, rows)


def put_dates(store: Store, node_id: int, spans: Sequence[tuple[str, str]]) -> None:
    """Put the dates of an activity by hand (ISO, both days included); its text stays as it is.

    Raises:
        UserError: ``PROGRAMME_NO_NODE``, ``PROGRAMME_FROZEN``.
    """
    node = open_node(store.connection, node_id, "activity")
    with _step(store, node, "даты", merge=f"programme.dates:{node_id}") as operation:
        rows = [{"date_from": first, "date_to": last, "typed": 1} for first, last in sorted(spans)]
        _replace(operation, "programme_term", node_id, rows)


def _replace(operation: Operation, table: str, node_id: int, rows: Sequence[dict[str, Any]]) -> None:
    """Make the rows of a node these ones, in this order; rows that stay the same are not written."""
    present = stored.of_node(operation.connection, table, node_id)
    for position, values in enumerate(rows):
        if position < len(present):
            changed = _changed(present[position], values | {"position": position})
            if changed:
                operation.update(table, present[position].id, **changed)
        else:
            operation.insert(table, node_id=node_id, position=position, **values)
    for row in present[len(rows) :]:
        operation.delete(table, row.id)


def put_responsible(store: Store, node_id: int, texts: Sequence[str | dict[str, Any]]) -> None:
    """Put who answers for an activity: texts, or ``{"text", "person_id" | "body_id" | "organisation_id"}``.

    Raises:
        UserError: ``PROGRAMME_NO_NODE``, ``PROGRAMME_FROZEN``.
    """
    node = open_node(store.connection, node_id, "activity")
    with _step(store, node, "ответственные", merge=f"programme.responsible:{node_id}") as operation:
        put_responsible_in(operation, node_id, texts)


def put_responsible_in(operation: Operation, node_id: int, texts: Sequence[str | dict[str, Any]]) -> None:
    """Put who answers for an activity inside an operation; a text that stays keeps whom it means."""
    known = {
        row.text: {"person_id": row.person_id, "body_id": row.body_id, "organisation_id": row.organisation_id}
        for row in stored.of_node(operation.connection, "programme_responsible", node_id)
    }
    empty: dict[str, Any] = {"person_id": None, "body_id": None, "organisation_id": None}
    rows = []
    for item in texts:
        values = {"text": item} if isinstance(item, str) else dict(item)
        values["text"] = str(values["text"]).strip()
        if values["text"]:
            rows.append(known.get(values["text"], empty) | values if isinstance(item, str) else empty | values)
    _replace(operation, "programme_responsible", node_id, rows)


def put_results(store: Store, node_id: int, texts: Sequence[str]) -> None:
    """Put the expected results of an activity.

    Raises:
        UserError: ``PROGRAMME_NO_NODE``, ``PROGRAMME_FROZEN``.
    """
    node = open_node(store.connection, node_id, "activity")
    with _step(store, node, "результаты", merge=f"programme.results:{node_id}") as operation:
        put_results_in(operation, node_id, texts)


def put_results_in(operation: Operation, node_id: int, texts: Sequence[str]) -> None:
    """Put the expected results of an activity inside an operation."""
    rows = [{"text": text.strip()} for text in texts if text.strip()]
    _replace(operation, "programme_result", node_id, rows)


def put_schools(store: Store, node_id: int, coverage: Coverage, organisation_ids: Sequence[int] = ()) -> None:
    """Say which schools an activity covers; chosen ones stay remembered while another coverage is set.

    Raises:
        UserError: ``PROGRAMME_NO_NODE``, ``PROGRAMME_FROZEN``.
    """
    node = open_node(store.connection, node_id, "activity")
    with _step(store, node, "школы", merge=f"programme.schools:{node_id}") as operation:
        put_schools_in(operation, node_id, coverage, organisation_ids)


def put_schools_in(
    operation: Operation, node_id: int, coverage: Coverage, organisation_ids: Sequence[int] = ()
) -> None:
    """Say which schools an activity covers inside an operation."""
    _put_detail(operation, "programme_activity", node_id, {"coverage": coverage})
    if coverage != "chosen":
        return
    present = stored.school_rows(operation.connection, node_id)
    for organisation_id in dict.fromkeys(organisation_ids):
        if organisation_id not in present:
            operation.insert("programme_school", node_id=node_id, organisation_id=organisation_id)
    for organisation_id in present.keys() - set(organisation_ids):
        operation.delete("programme_school", present[organisation_id])


# --- links -------------------------------------------------------------------------------------------------------


def link(store: Store, kind: LinkKind, source_id: int, target_id: int) -> None:
    """Tie two nodes; a tie that is there stays as it is.

    Raises:
        UserError: ``PROGRAMME_NO_NODE``, ``PROGRAMME_FROZEN``, ``PROGRAMME_NOT_LINK``.
    """
    node = open_node(store.connection, source_id)
    with _step(store, node, "связь добавлена") as operation:
        link_in(operation, kind, source_id, target_id)


def link_in(operation: Operation, kind: LinkKind, source_id: int, target_id: int) -> None:
    """Tie two nodes inside an operation. Errors: see ``link``."""
    source, target = (node_of(operation.connection, key) for key in (source_id, target_id))
    fits = (source.kind, target.kind) in LINKS[kind] and source.programme_id == target.programme_id
    if not fits or source_id == target_id:
        raise UserError("PROGRAMME_NOT_LINK")
    if stored.link_of(operation.connection, kind, source_id, target_id) is None:
        operation.insert(
            "programme_link", programme_id=source.programme_id, kind=kind, source_id=source_id, target_id=target_id
        )


def unlink(store: Store, kind: LinkKind, source_id: int, target_id: int) -> None:
    """Take a tie away.

    Raises:
        UserError: ``PROGRAMME_NO_NODE``, ``PROGRAMME_FROZEN``.
    """
    node = open_node(store.connection, source_id)
    with _step(store, node, "связь убрана") as operation:
        found = stored.link_of(operation.connection, kind, source_id, target_id)
        if found is not None:
            operation.delete("programme_link", found)


def put_links(store: Store, kind: LinkKind, node_id: int, other_ids: Iterable[int], *, forward: bool = True) -> None:
    """Make the ties of a node exactly these: its targets, or (not ``forward``) the sources that point at it.

    Raises:
        UserError: ``PROGRAMME_NO_NODE``, ``PROGRAMME_FROZEN``, ``PROGRAMME_NOT_LINK``.
    """
    node = open_node(store.connection, node_id)
    with _step(store, node, "связи", merge=f"programme.links:{kind}:{node_id}:{int(forward)}") as operation:
        put_links_in(operation, kind, node_id, other_ids, forward=forward)


def put_links_in(
    operation: Operation, kind: LinkKind, node_id: int, other_ids: Iterable[int], *, forward: bool = True
) -> None:
    """Make the ties of a node exactly these inside an operation. Errors: see ``put_links``."""
    wanted = set(other_ids)
    present = stored.links_of(operation.connection, kind, node_id, forward=forward)
    for other, key in present.items():
        if other not in wanted:
            operation.delete("programme_link", key)
    for other in sorted(wanted - present.keys()):
        link_in(operation, kind, *((node_id, other) if forward else (other, node_id)))


# --- money -------------------------------------------------------------------------------------------------------


def put_money(store: Store, node_id: int, plan_year: int, source: str, raw: str) -> None:
    """Put the money of an activity for a year from a source, as typed; "" takes it away.

    Raises:
        UserError: ``PROGRAMME_NO_NODE``, ``PROGRAMME_FROZEN``.
    """
    node = open_node(store.connection, node_id, "activity", "task")
    merge = f"programme.money:{node_id}:{plan_year}:{source}"
    with _step(store, node, f"деньги на {plan_year} год", merge=merge) as operation:
        put_money_in(operation, node_id, plan_year, source, raw)


def put_money_in(operation: Operation, node_id: int, plan_year: int, source: str, raw: str) -> None:
    """Put money inside an operation."""
    found, text = sum_of(raw), raw.strip()
    rows = stored.of_node(operation.connection, "programme_money", node_id)
    row = next((row for row in rows if (row.plan_year, row.source) == (plan_year, source)), None)
    values = {"raw": text, "kopecks": found.kopecks, "code": found.code}
    if row is None:
        if text:
            operation.insert("programme_money", node_id=node_id, plan_year=plan_year, source=source, **values)
    elif not text:
        operation.delete("programme_money", row.id)
    elif changed := _changed(row, values):
        operation.update("programme_money", row.id, **changed)
