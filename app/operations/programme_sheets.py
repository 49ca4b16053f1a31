"""Writing of the programme's grids: blocks of cells with rows that begin with them, half-typed text, rows that move."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.errors import UserError
from app.models import organisations
from app.models import programmes as stored
from app.models.programme_records import PARENTS, Node, NodeKind, Programme, Tree
from app.models.store import Connection, Operation, Store, new_id
from app.operations import programme_edit as edit
from app.operations.programme_cells import HALF_TYPED, Cell, indicator_numbers, put_cell_in, put_serves_in
from app.operations.programmes import own_row, writable
from app.texts import capital, count

WORDS = {
    "text": "текст", "label": "номер", "term": "срок", "responsible": "ответственные", "results": "результаты",
    "direction": "направление", "schools": "школы", "serves": "индикаторы", "reason": "основание",
    "conditions": "условия", "own": "кто проводит", "free": "нужны ли деньги", "unit": "единица",
    "baseline": "исходное значение", "baseline_year": "год исходного значения", "requirement": "документ требования",
    "source": "источник данных", "method": "методика", "period": "период", "tolerance": "допуск", "note": "примечание",
}  # fmt: skip
"""Columns as a label of the journal names them."""
_YEARLY = {"target": "цель на {} год", "required": "требование на {} год", "money": "деньги на {} год"}


@dataclass(frozen=True, slots=True)
class NewLine:
    """Where a row of a grid that is not stored yet will stand.

    Attributes:
        kind: what it will be.
        parent_id: under what.
        direction: name of the direction it belongs to, "" for none.
        before: the neighbour it is put before; None: at the end.
    """

    kind: NodeKind
    parent_id: int | None
    direction: str = ""
    before: int | None = None


def new_keys(number: int) -> list[int]:
    """Return keys of rows that are about to be begun: all cells of one row are written under one key."""
    return [new_id() for _row in range(number)]


# --- cells -------------------------------------------------------------------------------------------------------


def put(store: Store, programme_id: int, cells: Sequence[Cell], new: Mapping[int, NewLine] | None = None) -> None:
    """Write cells of a grid as one operation; rows that are not there yet are begun.

    Args:
        store: the open file.
        programme_id: of which programme.
        cells: see ``programme_cells.put_cells``; every row has the key of its node.
        new: key of a row that may not be there yet → where it will stand; an empty entry alone begins no row.

    Raises:
        UserError: ``PROGRAMME_UNKNOWN``, ``PROGRAMME_FROZEN``, ``PROGRAMME_NO_NODE``, ``PROGRAMME_NOT_UNDER``,
            ``PROGRAMME_COLUMN``.
    """
    programme = writable(store.connection, programme_id)
    places = dict(new or {})
    present = {node.id for node in stored.nodes(store.connection, programme_id)}
    begun = {cell.row for cell in cells if cell.row not in present and cell.text.strip()}
    if not begun <= places.keys():
        raise UserError("PROGRAMME_NO_NODE")
    told = [cell for cell in cells if cell.row in present or cell.row in begun]
    if not told:
        return
    single = _visit(told[0].row, told[0].column) if len(told) == 1 else None
    with store.operation(_label(store.connection, told), "programme.cells", merge=single) as operation:
        fresh = [key for key in dict.fromkeys(cell.row for cell in told) if key in begun]
        _begin(operation, programme, [(key, places[key]) for key in fresh])
        serves = [cell for cell in told if cell.column == "serves"]
        known = indicator_numbers(operation.connection, programme_id) if serves else {}
        for cell in told:
            if cell.column == "serves":
                put_serves_in(operation, cell.row, cell.text, known)
            else:
                put_cell_in(operation, programme_id, cell.row, cell.column, cell.text)


def _visit(row: int, column: str) -> str:
    return f"programme.cell:{row}:{column}"


def _label(connection: Connection, told: Sequence[Cell]) -> str:
    if len(told) > 1:
        return f"Программа: {count(len(told), 'ячейка', 'ячейки', 'ячеек')}"
    name, *rest = told[0].column.split(":", 2)
    what = _YEARLY[name].format(rest[0]) if name in _YEARLY else WORDS.get(name, name)
    node = stored.node(connection, told[0].row)
    who = edit.called(node) if node is not None else "новая строка"
    return f"{capital(who)}: {what}"


def _begin(operation: Operation, programme: Programme, lines: Sequence[tuple[int, NewLine]]) -> None:
    """Make rows under the keys they were given; what stands behind them moves on."""
    siblings: dict[int | None, list[int]] = {}
    before: dict[int, int] = {}
    for node in stored.nodes(operation.connection, programme.id) if lines else ():
        siblings.setdefault(node.parent_id, []).append(node.id)
        before[node.id] = node.position
    touched: dict[int | None, None] = {}
    for key, line in lines:
        _check_place(operation.connection, programme.id, line)
        row = siblings.setdefault(line.parent_id, [])
        row.insert(row.index(line.before) if line.before in row else len(row), key)
        before[key] = len(row)
        operation.insert(
            "programme_node", id=key, programme_id=programme.id, parent_id=line.parent_id, kind=line.kind, text="",
            position=len(row), lineage=key,
        )  # fmt: skip
        if line.kind in edit.DETAIL:
            operation.insert(edit.DETAIL[line.kind], node_id=key)
        if line.direction:
            put_cell_in(operation, programme.id, key, "direction", line.direction)
        touched[line.parent_id] = None
    for parent in touched:
        for position, key in enumerate(siblings[parent]):
            if before[key] != position:
                operation.update("programme_node", key, position=position)


def _check_place(connection: Connection, programme_id: int, line: NewLine) -> None:
    if line.parent_id is None:
        return
    parent = edit.node_of(connection, line.parent_id)
    if parent.programme_id != programme_id or parent.kind not in PARENTS[line.kind]:
        word = edit.KIND_WORDS[line.kind]
        raise UserError("PROGRAMME_NOT_UNDER", what=capital(word), where=edit.called(parent))


# --- half-typed text ---------------------------------------------------------------------------------------------


def put_draft(store: Store, programme_id: int, cell: Cell, new: NewLine | None = None) -> None:
    """Keep half-typed text of a cell (decision 18); what is stored stays until the cell is left.

    The draft and the entry of the same cell in one visit are one operation: one Ctrl+Z takes both back.

    Raises:
        UserError: ``PROGRAMME_UNKNOWN``, ``PROGRAMME_FROZEN``, ``PROGRAMME_NO_NODE``, ``PROGRAMME_NOT_UNDER``.
    """
    programme = writable(store.connection, programme_id)
    there = stored.node(store.connection, cell.row) is not None
    if there or new is None:
        own_row(store.connection, "programme_node", cell.row, programme_id)
    with store.operation("Набран текст", "programme.draft", merge=_visit(cell.row, cell.column)) as operation:
        if not there and new is not None:
            _begin(operation, programme, [(cell.row, new)])
        organisations.put_draft(operation, stored.DRAFTS, cell.row, cell.column, cell.text.strip(), HALF_TYPED)


def give_up(store: Store, programme_id: int, row: int, column: str) -> None:
    """Forget half-typed text; a row that began with it and has nothing else goes too.

    Raises:
        UserError: ``PROGRAMME_UNKNOWN``, ``PROGRAMME_FROZEN``.
    """
    writable(store.connection, programme_id)
    tree = stored.tree(store.connection, programme_id)
    if tree is None or row not in tree.nodes:
        return
    node = tree.nodes[row]
    waiting = [name for key, name in tree.drafts if key == row and name != column]
    held: Sequence[Mapping[int, object]] = (
        tree.results, tree.responsible, tree.money, tree.estimate, tree.schools, tree.targets, tree.terms
    )  # fmt: skip
    bare = not node.text and not waiting and not any(row in part for part in held) and not tree.under(row)
    activity, indicator = tree.activities.get(row), tree.indicators.get(row)
    if activity is not None:
        bare = bare and not any((activity.label, activity.term_text, activity.reason, activity.conditions))
    if indicator is not None:
        bare = bare and not any((indicator.unit, indicator.direction, indicator.baseline_raw, indicator.source))
    begun = (row, column) in tree.drafts and tree.drafts[row, column][1] == HALF_TYPED
    with store.operation("Ввод отменён", "programme.draft", merge=_visit(row, column)) as operation:
        organisations.drop_draft(operation, stored.DRAFTS, row, column)
        if bare and begun:
            stored.clear_nodes(operation, [row])


# --- rows --------------------------------------------------------------------------------------------------------


def add_line(store: Store, programme_id: int, place: NewLine) -> int:
    """Begin an empty row and return its key.

    Raises:
        UserError: ``PROGRAMME_UNKNOWN``, ``PROGRAMME_FROZEN``, ``PROGRAMME_NO_NODE``, ``PROGRAMME_NOT_UNDER``.
    """
    programme = writable(store.connection, programme_id)
    key = new_id()
    with store.operation(f"Программа: добавлено — {edit.KIND_WORDS[place.kind]}", "programme.add") as operation:
        _begin(operation, programme, [(key, place)])
    return key


def move_line(store: Store, programme_id: int, node_id: int, step: int) -> bool:
    """Put a row before the neighbour above it or behind the one below, of the same kind and under the same parent.

    An activity at the end of its task goes into the next task.

    Returns:
        False where there is nowhere to go.

    Raises:
        UserError: ``PROGRAMME_UNKNOWN``, ``PROGRAMME_FROZEN``, ``PROGRAMME_NO_NODE``.
    """
    programme = writable(store.connection, programme_id)
    tree = stored.tree(store.connection, programme_id)
    if tree is None or node_id not in tree.nodes:
        raise UserError("PROGRAMME_NO_NODE")
    node = tree.nodes[node_id]
    row = [other for other in tree.under(node.parent_id, node.kind) if _same_group(tree, programme, node, other)]
    place = row.index(node) + step
    if 0 <= place < len(row):
        before = row[place] if step < 0 else row[place + 1] if place + 1 < len(row) else None
        edit.move(store, [node_id], node.parent_id, before.id if before is not None else None)
        return True
    above = tree.nodes.get(node.parent_id or 0)
    if programme.building == "directions" or above is None or above.kind != "task":
        return False
    tasks = tree.of_kind("task")
    target = tasks.index(above) + step
    if not 0 <= target < len(tasks):
        return False
    there = tree.under(tasks[target].id, "activity")
    edit.move(store, [node_id], tasks[target].id, there[0].id if step > 0 and there else None)
    return True


def _same_group(tree: Tree, programme: Programme, node: Node, other: Node) -> bool:
    if programme.building != "directions" or node.kind != "activity":
        return True
    found = [tree.activities.get(item.id) for item in (node, other)]
    return len({activity.direction_id if activity is not None else None for activity in found}) == 1
