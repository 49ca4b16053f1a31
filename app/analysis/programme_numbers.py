"""Numbers of the parts of a programme and the order of its plan: by tasks or by directions (004, §1.2)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from app.models.programme_records import Node, NodeKind, Tree


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One activity of the plan: its number as printed and how deep it stands under another activity (0, 1, …)."""

    node: Node
    number: str
    depth: int


@dataclass(frozen=True, slots=True)
class PlanGroup:
    """Activities under one heading: a task, a direction, or (``kind`` «rest») what belongs to neither."""

    kind: Literal["task", "direction", "rest"]
    key: int | None
    number: str
    title: str
    lines: tuple[PlanLine, ...]


_COUNTED: tuple[NodeKind, ...] = ("problem", "goal", "task", "risk")
_UNDER: tuple[tuple[NodeKind, NodeKind], ...] = (("cause", "problem"), ("measure", "task"), ("indicator", "measure"))


def numbers(tree: Tree) -> Mapping[int, str]:
    """Return the number of every node, without a dot at its end.

    Problems, goals, tasks and risks are counted through; a cause and a показатель after what they hang under, an
    индикатор after its показатель, an activity after its group of the plan or as its own label says. Counted once for
    a tree, however many ask.
    """
    known: Mapping[int, str] | None = tree.remembered.get("numbers")
    if known is None:
        known = tree.remembered["numbers"] = MappingProxyType(_counted(tree))
    return known


def _counted(tree: Tree) -> dict[int, str]:
    found: dict[int, str] = {}
    for kind in _COUNTED:
        _count(tree, kind, found)
    for kind, above in _UNDER:
        _count_under(tree, kind, above, found)
    for group in plan_groups(tree, found):
        found.update({line.node.id: line.number for line in group.lines})
    return found


def _count(tree: Tree, kind: NodeKind, found: dict[int, str]) -> None:
    for place, node in enumerate(tree.of_kind(kind), 1):
        found[node.id] = str(place)


def _count_under(tree: Tree, kind: NodeKind, above: NodeKind, found: dict[int, str]) -> None:
    """Count nodes within the node they hang under; those that hang under none of that kind by themselves.

    A показатель of a goal is «Ц.1», so that it is never taken for one of a task; of the second goal «Ц2.1».
    """
    counts: dict[int | None, int] = {}
    for node in tree.of_kind(kind):
        over = tree.parent(node, above) or (tree.parent(node, "goal") if kind == "measure" else None)
        place = counts[over.id if over else None] = counts.get(over.id if over else None, 0) + 1
        found[node.id] = f"{_prefix(tree, over, found)}.{place}" if over is not None else str(place)


def _prefix(tree: Tree, node: Node, found: Mapping[int, str]) -> str:
    if node.kind != "goal":
        return found[node.id]
    return "Ц" if len(tree.of_kind("goal")) == 1 else f"Ц{found[node.id]}"


def plan_groups(tree: Tree, known: Mapping[int, str] | None = None) -> tuple[PlanGroup, ...]:
    """Return the plan in its order: by tasks or by directions, what belongs to none of them last.

    A task or a direction without activities is a group without lines: it is seen that nothing is planned for it.
    """
    if tree.programme.building == "directions":
        return _by_directions(tree)
    tasks = tree.of_kind("task")
    numbered = known or {node.id: str(place) for place, node in enumerate(tasks, 1)}
    groups = [
        PlanGroup("task", task.id, numbered[task.id], task.text, _lines(tree, task.id, numbered[task.id]))
        for task in tasks
    ]
    return (*groups, *_rest(tree, list(tree.under(None, "activity")), len(groups)))


def _by_directions(tree: Tree) -> tuple[PlanGroup, ...]:
    tops = [node for node in tree.of_kind("activity") if _is_top(tree, node)]
    found: dict[int | None, list[Node]] = {}
    known = {direction.id for direction in tree.directions}
    for node in tops:
        activity = tree.activities.get(node.id)
        key = activity.direction_id if activity is not None else None
        found.setdefault(key if key in known else None, []).append(node)
    groups = []
    for place, direction in enumerate(tree.directions, 1):
        lines = tuple(_numbered(tree, found.get(direction.id, []), str(place), 0))
        groups.append(PlanGroup("direction", direction.id, str(place), direction.title, lines))
    return (*groups, *_rest(tree, found.get(None, []), len(groups)))


def _rest(tree: Tree, tops: list[Node], before: int) -> tuple[PlanGroup, ...]:
    if not tops:
        return ()
    number = str(before + 1) if before else ""
    return (PlanGroup("rest", None, number, "", tuple(_numbered(tree, tops, number, 0))),)


def _is_top(tree: Tree, node: Node) -> bool:
    above = tree.nodes.get(node.parent_id or 0)
    return above is None or above.kind != "activity"


def _lines(tree: Tree, key: int, number: str) -> tuple[PlanLine, ...]:
    return tuple(_numbered(tree, list(tree.under(key, "activity")), number, 0))


def _numbered(tree: Tree, nodes: list[Node], prefix: str, depth: int) -> Iterator[PlanLine]:
    for place, node in enumerate(nodes, 1):
        activity = tree.activities.get(node.id)
        own = activity.label if activity is not None else None
        number = own or (f"{prefix}.{place}" if prefix else str(place))
        yield PlanLine(node, number, depth)
        yield from _numbered(tree, list(tree.under(node.id, "activity")), number, depth + 1)
