"""Putting wordings of the library into a tree: where each goes, what it brings, which ties it gets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast

from app.analysis.wordings import KINDS, NODES, Library, Wording
from app.models import programmes as stored
from app.models.programme_records import PARENTS, LinkKind, Node, NodeKind, Programme, Tree
from app.models.store import Operation
from app.operations.programme_edit import (
    add_in,
    link_in,
    node_of,
    put_activity_in,
    put_baseline_in,
    put_indicator_in,
    put_responsible_in,
    put_results_in,
    put_schools_in,
    put_term_in,
)
from app.operations.programme_formulas import Proposal
from app.operations.programme_parts import put_direction_in

ROWS: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "monitor": ("programme_monitor", {
        "subject": "text", "measures": "measures", "source": "data", "period": "period", "responsible": "responsible",
    }),
    "mechanism": ("programme_mechanism", {"participant": "text", "powers": "powers", "result": "result"}),
    "stakeholder": ("programme_stakeholder", {"name": "text", "interest": "interest", "part": "part"}),
}  # fmt: skip
"""Kind of wording that is no node → its table and which field of the wording each column takes."""


def present_rows(tree: Tree) -> set[tuple[str, str]]:
    """Return the rows beside the tree that a programme has: kind of wording and first column."""
    return {
        *(("monitor", row.subject) for row in tree.monitoring),
        *(("mechanism", row.participant) for row in tree.mechanism),
        *(("stakeholder", row.name) for row in tree.stakeholders),
    }


_ONE_SCHOOL = (
    ("каждой школе списка", "школе"), ("каждой школы списка", "школы"), ("каждую школу списка", "школу"),
    ("школами списка", "школой"), ("школах списка", "школе"), ("школам списка", "школе"), ("школ списка", "школы"),
)  # fmt: skip


def for_one_school(text: str) -> str:
    """Return a wording as the programme of one school says it: «в школах списка» is «в школе»."""
    for many, one in _ONE_SCHOOL:
        text = text.replace(many, one)
    return text


class Writing:
    """One insertion: nodes by their wording, those that are there and those that are made."""

    def __init__(
        self, operation: Operation, programme: Programme, tree: Tree, known: Library, parent_id: int | None,
        proposals: Mapping[str, Proposal | None],
    ) -> None:  # fmt: skip
        self._operation = operation
        self._programme = programme
        self._tree = tree
        self._known = known
        self._parents = self._chain(parent_id)
        self._proposals = proposals
        self._places = {node.wording: node.id for node in reversed(list(tree.walk())) if node.wording}
        self._of_kind: dict[str, list[int]] = {}
        for node in tree.walk():
            self._of_kind.setdefault(node.kind, []).append(node.id)
        self._made: dict[str, int] = {}

    def _chain(self, node_id: int | None) -> list[Node]:
        found: list[Node] = []
        while node_id is not None and node_id in self._tree.nodes:
            found.append(self._tree.nodes[node_id])
            node_id = found[-1].parent_id
        return found

    def put(self, keys: Sequence[str]) -> list[int]:
        """Put wordings in, what others hang under first; returns the keys of the nodes that were asked for."""
        order = {kind: place for place, kind in enumerate(KINDS)}
        for item in sorted((self._known.items[key] for key in keys), key=lambda item: order[item.kind]):
            if item.kind in NODES:
                self._node(item)
            else:
                self._row(item)
        self._tie()
        return [self._made[key] for key in keys if key in self._made]

    # --- nodes ---------------------------------------------------------------------------------------------------

    def _node(self, item: Wording) -> int:
        kind = cast("NodeKind", item.kind)
        parent = self._parent(item, kind)
        key = add_in(
            self._operation, self._programme, kind, self._worded(item.text), parent_id=parent, wording=item.key,
            cause_kind=item.cause, answer=item.answer or None,
        )  # fmt: skip
        self._made[item.key] = self._places[item.key] = key
        self._of_kind.setdefault(kind, []).append(key)
        if kind == "indicator":
            self._indicator(item, key)
        elif kind == "activity":
            self._activity(item, key)
        return key

    def _parent(self, item: Wording, kind: NodeKind) -> int | None:
        """Return where it goes: what was made just now, where the person stands, what it belongs under."""
        fits = PARENTS[kind]
        own = [self._made[key] for key in item.above if key in self._made]
        if own:
            return own[0]
        stands = next((node.id for node in self._parents if node.kind in fits and node.kind != kind), None)
        if stands is not None:
            return stands
        there = [self._places[key] for key in item.above if key in self._places]
        if there:
            return there[0]
        if kind in {"cause", "indicator"} and item.above:
            return self._node(
                self._known.items[item.above[0]]
            )  # a cause brings its problem, an indicator its показатель
        only = [key for above in fits if above != kind for key in self._of_kind.get(above, ())][:2]
        return only[0] if len(only) == 1 else None

    def _indicator(self, item: Wording, key: int) -> None:
        put_indicator_in(
            self._operation, key, unit=item.unit, direction=item.trend, source=item.data, method=item.method,
            period=item.period, responsible="; ".join(item.responsible), formula=item.formula,
        )  # fmt: skip
        found = self._proposals.get(item.key)
        if found is not None:
            put_baseline_in(self._operation, key, found.shown)
            put_indicator_in(self._operation, key, baseline_year=found.year)

    def _activity(self, item: Wording, key: int) -> None:
        title = self._known.direction(item)
        direction = put_direction_in(self._operation, self._programme.id, None, title) if title else None
        put_activity_in(self._operation, key, direction_id=direction, own=item.own, free=item.free)
        if "списка" in item.text and self._programme.kind == "municipal":
            put_schools_in(self._operation, key, "listed")  # its words say whom it is for
        if item.term:
            put_term_in(self._operation, key, item.term)
        put_responsible_in(self._operation, key, item.responsible)
        put_results_in(self._operation, key, [self._worded(text) for text in item.results])

    def _worded(self, text: str) -> str:
        return for_one_school(text) if self._programme.kind == "school" else text

    # --- rows and ties -------------------------------------------------------------------------------------------

    def _row(self, item: Wording) -> None:
        table, columns = ROWS[item.kind]
        present = stored.of_programme(self._operation.connection, table, self._programme.id)
        values: dict[str, Any] = {}
        for column, name in columns.items():
            value = getattr(item, name)
            values[column] = "; ".join(value) if isinstance(value, tuple) else value
        self._operation.insert(table, programme_id=self._programme.id, position=len(present), **values)

    def _tie(self) -> None:
        """Tie what is new with what is there, in both directions."""
        pairs: dict[tuple[LinkKind, int, int], None] = {}
        for key, node_id in self._made.items():
            item = self._known.items[key]
            pairs.update(dict.fromkeys(self._pairs(item, node_id)))
            for other in self._known.pointing(key):
                if other.key in self._places:
                    source = self._places[other.key]
                    pairs[_kind(other), source, node_id] = None
        for kind, source, target in pairs:
            nodes = (node_of(self._operation.connection, one) for one in (source, target))
            if all(node.programme_id == self._programme.id for node in nodes):
                link_in(self._operation, kind, source, target)

    def _pairs(self, item: Wording, node_id: int) -> Iterable[tuple[LinkKind, int, int]]:
        for key in item.beside:
            if key in self._places:
                yield _kind(item), node_id, self._places[key]


def _kind(item: Wording) -> LinkKind:
    return "serves" if item.kind == "activity" else "solves"
