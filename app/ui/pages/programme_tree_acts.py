"""Where a thing may stand in the tree of a programme: for adding, moving, pasting and dragging. No Qt here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.models.programme_records import PARENTS, Node, NodeKind, Tree
from app.operations.programme_edit import KIND_WORDS
from app.ui.pages.programme_tree_rows import GROUPS, Key, direction_of

DEFAULT_CHILD: Mapping[NodeKind, NodeKind] = {
    "problem": "cause", "goal": "task", "task": "activity", "measure": "indicator", "activity": "activity",
}  # fmt: skip
"""What Ctrl+Enter adds under a thing."""
ADD_WORDS: Mapping[NodeKind, str] = {
    "problem": "&Проблему", "cause": "При&чину", "goal": "&Цель", "task": "&Задачу", "measure": "По&казатель",
    "indicator": "&Индикатор", "activity": "&Мероприятие", "risk": "&Риск",
}  # fmt: skip
FIRST_OF: Mapping[str, NodeKind] = {"problems": "problem", "goals": "goal", "risks": "risk", "plan": "activity"}
"""What is added under a heading."""
HOME: Mapping[NodeKind, str] = {"problem": "problems", "goal": "goals", "risk": "risks"}


@dataclass(frozen=True, slots=True)
class Spot:
    """A place: under what, before which neighbour (None: at the end), of which direction (None: not asked)."""

    parent_id: int | None
    before: int | None = None
    direction_id: int | None = None


def allowed(tree: Tree, kind: NodeKind, parent_id: int | None) -> bool:
    """Whether a kind may hang under a node; by itself everything may stand."""
    return parent_id is None or (parent_id in tree.nodes and tree.nodes[parent_id].kind in PARENTS[kind])


def after(tree: Tree, node: Node) -> int | None:
    """Return the neighbour behind a node, None at the end."""
    line = tree.under(node.parent_id)
    place = next((at for at, item in enumerate(line) if item.id == node.id), len(line))
    return line[place + 1].id if place + 1 < len(line) else None


def spot_for(tree: Tree, kind: NodeKind, at: Key | None) -> Spot:
    """Return where a new thing of a kind stands, the line ``at`` being chosen.

    Under it where it may, behind it where it is of the same kind, else under the nearest above that takes it; by
    itself where none does.
    """
    if not isinstance(at, int) or at not in tree.nodes:
        direction = direction_of(at) if at is not None else None
        only = [node for node in tree.nodes.values() if node.kind in PARENTS[kind]]
        if kind == "activity" and direction is not None:
            return Spot(None, direction_id=direction or None)
        return Spot(only[0].id if len(only) == 1 and kind not in HOME else None)
    here: Node | None = tree.nodes[at]
    while here is not None:
        if here.kind == kind:
            return Spot(here.parent_id, after(tree, here), _direction(tree, here))
        if here.kind in PARENTS[kind]:
            return Spot(here.id)
        here = tree.nodes.get(here.parent_id) if here.parent_id is not None else None
    return Spot(None)


def _direction(tree: Tree, node: Node) -> int | None:
    row = tree.activities.get(node.id)
    return row.direction_id if row is not None and tree.programme.building == "directions" else None


def sibling(tree: Tree, at: Key | None) -> tuple[NodeKind, Spot] | None:
    """Return what Enter adds: the same kind behind a node; the first thing under a heading."""
    if isinstance(at, int) and at in tree.nodes:
        node = tree.nodes[at]
        return node.kind, Spot(node.parent_id, after(tree, node), _direction(tree, node))
    return child(tree, at)


def child(tree: Tree, at: Key | None) -> tuple[NodeKind, Spot] | None:
    """Return what Ctrl+Enter adds under a line; None where nothing."""
    if isinstance(at, int) and at in tree.nodes:
        kind = DEFAULT_CHILD.get(tree.nodes[at].kind)
        return (kind, Spot(at)) if kind is not None else None
    if at is not None and direction_of(at) is not None:
        return "activity", Spot(None, direction_id=direction_of(at) or None)
    first = FIRST_OF.get(str(at))
    return (first, Spot(None)) if first is not None else None


def offered(tree: Tree, at: Key | None) -> list[NodeKind]:
    """Return the kinds that «Добавить» offers at a line, those that fit under it first."""
    first: list[NodeKind] = []
    if isinstance(at, int) and at in tree.nodes:
        here = tree.nodes[at]
        first = [kind for kind, above in PARENTS.items() if here.kind in above]
        first += [kind for kind in (here.kind,) if kind not in first]
    elif (found := child(tree, at)) is not None:
        first = [found[0]]
    return [*first, *(kind for kind in PARENTS if kind not in first)]


# --- moving ------------------------------------------------------------------------------------------------------


def whole(tree: Tree, keys: Iterable[Key]) -> list[Node]:
    """Return the nodes that are chosen, from above, without those that stand under another chosen one."""
    wanted = {key for key in keys if isinstance(key, int) and key in tree.nodes}
    found = []
    for node in tree.walk():
        above = node.parent_id
        while above is not None and above in tree.nodes and above not in wanted:
            above = tree.nodes[above].parent_id
        if node.id in wanted and (above is None or above not in tree.nodes):
            found.append(node)
    return found


def step(tree: Tree, nodes: Sequence[Node], way: str) -> Spot | None:
    """Return where «up», «down», «in» and «out» put nodes of one parent; None where they stay."""
    if not nodes or len({node.parent_id for node in nodes}) != 1:
        return None
    first, last = nodes[0], nodes[-1]
    line = _line(tree, first)
    places = [at for at, node in enumerate(line) if node.id in {item.id for item in nodes}]
    if not places:
        return None
    if way == "up":
        if places[0] > 0:
            return Spot(first.parent_id, line[places[0] - 1].id)
        return _neighbour(tree, first, -1)
    if way == "down":
        if places[-1] + 1 < len(line):
            behind = line[places[-1] + 2].id if places[-1] + 2 < len(line) else None
            return Spot(first.parent_id, behind)
        return _neighbour(tree, last, 1)
    if way == "in":
        above = line[places[0] - 1] if places[0] > 0 else None
        fits = above is not None and all(allowed(tree, node.kind, above.id) for node in nodes)
        return Spot(above.id) if fits and above is not None else None
    over = tree.nodes.get(first.parent_id or 0)
    if over is None:
        return None
    if not all(allowed(tree, node.kind, over.parent_id) for node in nodes):
        return None
    return Spot(over.parent_id, after(tree, over))


def _line(tree: Tree, node: Node) -> list[Node]:
    """Return the neighbours a node is seen among: roots of other kinds stand under other headings."""
    line = list(tree.under(node.parent_id))
    if node.parent_id is None:
        home = HOME.get(node.kind)
        line = [item for item in line if HOME.get(item.kind) == home]
    return line


def _neighbour(tree: Tree, node: Node, way: int) -> Spot | None:
    """Return the end of the next parent of the same kind, so that a thing at the edge goes on there."""
    over = tree.nodes.get(node.parent_id or 0)
    if over is None:
        return None
    line = list(tree.of_kind(over.kind))
    at = line.index(over) + way
    if not 0 <= at < len(line) or not allowed(tree, node.kind, line[at].id):
        return None
    below = tree.under(line[at].id)
    return Spot(line[at].id, None if way < 0 or not below else below[0].id)


# --- dropping ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Drop:
    """What a drop means: nodes go to a place, activities get a direction, activities serve an indicator."""

    what: str
    spot: Spot
    nodes: tuple[int, ...]


def drop(tree: Tree, keys: Sequence[int], target: Key | None, neighbour: Key | None) -> Drop | None:
    """Return what dropping nodes on a line means, None where they cannot stand there.

    Args:
        tree: the programme.
        keys: the dragged nodes.
        target: the line they are dropped on or under.
        neighbour: the line they are dropped before; None: on the target itself.
    """
    nodes = whole(tree, keys)
    if not nodes or target is None:
        return None
    ids = tuple(node.id for node in nodes)
    before = neighbour if isinstance(neighbour, int) and neighbour not in ids else None
    if isinstance(target, int):
        return _on_node(tree, nodes, ids, target, before)
    direction = direction_of(target)
    if direction is not None:
        fits = all(node.kind == "activity" for node in nodes)
        return Drop("direction", Spot(None, direction_id=direction or None), ids) if fits else None
    if target not in GROUPS or target == "plan":
        return None
    homes = {HOME.get(node.kind, "loose") for node in nodes}
    return Drop("move", Spot(None, before), ids) if homes == {target} else None


def _on_node(tree: Tree, nodes: list[Node], ids: tuple[int, ...], target: int, before: int | None) -> Drop | None:
    here = tree.nodes.get(target)
    if here is None:
        return None
    if here.kind == "indicator" and all(node.kind == "activity" for node in nodes):
        return Drop("serves", Spot(target), ids)
    above: Node | None = here
    while above is not None:
        if above.id in ids:
            return None
        above = tree.nodes.get(above.parent_id) if above.parent_id is not None else None
    fits = all(allowed(tree, node.kind, target) for node in nodes)
    return Drop("move", Spot(target, before), ids) if fits else None


def as_text(tree: Tree, nodes: Sequence[Node], numbers: Mapping[int, str]) -> str:
    """Return nodes with all under them as indented lines with their numbers, for other programs."""
    lines: list[str] = []

    def tell(node: Node, depth: int) -> None:
        word = "" if node.kind == "activity" else KIND_WORDS[node.kind].capitalize() + " "
        lines.append("\t" * depth + f"{word}{numbers.get(node.id, '')}. {node.text}".replace("..", "."))
        for below in tree.under(node.id):
            tell(below, depth + 1)

    for node in nodes:
        tell(node, 0)
    return "\n".join(lines)
