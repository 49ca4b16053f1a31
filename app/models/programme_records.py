"""What a programme is in memory: one record a thing, and the whole tree of them, read at once.

Texts that a person typed stand beside what was understood of them (``raw`` beside ``value``, ``term_text`` beside
``terms``); money is whole kopecks, values are exact decimal texts with a point («12.5»), dates are ISO.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

ProgrammeKind = Literal["municipal", "school"]
DocumentKind = Literal["programme", "complex", "plan", "road_map"]
Building = Literal["tasks", "directions"]
NodeKind = Literal["problem", "cause", "goal", "task", "measure", "indicator", "activity", "risk"]
CauseKind = Literal["result", "process", "conditions", "management"]
Direction = Literal["up", "down", "hold"]
Coverage = Literal["none", "listed", "all", "chosen"]
LinkKind = Literal["serves", "solves", "after"]

PARENTS: Mapping[NodeKind, tuple[NodeKind, ...]] = {
    "problem": (),
    "cause": ("problem",),
    "goal": (),
    "task": ("goal",),
    "measure": ("task", "goal"),
    "indicator": ("measure",),
    "activity": ("task", "activity"),
    "risk": (),
}
"""Under what a node may hang. Any node may also hang under nothing: it is kept, shown and named by a check."""

LINKS: Mapping[LinkKind, tuple[tuple[NodeKind, NodeKind], ...]] = {
    "serves": (("activity", "indicator"),),
    "solves": (("goal", "problem"), ("task", "cause"), ("task", "problem")),
    "after": (("activity", "activity"),),
}
"""What a link may join, source before target."""

SOURCES: tuple[str, ...] = ("regional", "municipal", "off_budget", "sponsor", "grant", "federal")
"""Sources of money as the program knows them (004 «Финансовое обеспечение программы»); any other word is the
municipality's own."""


@dataclass(frozen=True, slots=True)
class Programme:
    """One edition of a programme.

    Attributes:
        organisation_id: the school of a school's programme; None for the municipality's.
        document: what the paper calls itself; its grammatical gender follows from it.
        year_from, year_to: plan years, both included.
        date_from, date_to: exact limits where the period is not whole calendar years.
        period_text: the term as the document words it, where a person typed it.
        lineage: key of the first edition; the same in all of them.
        agreement_from: since when it is being agreed; approved_on: since when it is frozen.
    """

    id: int
    kind: ProgrammeKind
    organisation_id: int | None
    document: DocumentKind
    title: str
    year_from: int
    year_to: int
    date_from: str | None
    date_to: str | None
    period_text: str | None
    building: Building
    edition: int
    lineage: int
    previous_id: int | None
    copied_from: int | None
    created_at: str
    agreement_from: str | None
    approved_on: str | None
    act_kind: str | None
    act_number: str | None
    act_date: str | None
    snapshot_id: int | None
    cancelled_on: str | None
    cancel_reason: str | None
    source_name: str | None
    source_sha256: str | None
    note: str | None

    @property
    def years(self) -> range:
        """Plan years of the programme."""
        return range(self.year_from, self.year_to + 1)

    @property
    def limits(self) -> tuple[str, str]:
        """First and last day, ISO."""
        return self.date_from or f"{self.year_from}-01-01", self.date_to or f"{self.year_to}-12-31"

    @property
    def frozen(self) -> bool:
        """Approved and not cancelled: nothing in it changes any more."""
        return self.approved_on is not None and self.cancelled_on is None


@dataclass(frozen=True, slots=True)
class ProgrammeDirection:
    """A direction of work: the other way of building of 004."""

    id: int
    programme_id: int
    position: int
    title: str


@dataclass(frozen=True, slots=True)
class Node:
    """Anything with a place in the tree.

    Attributes:
        lineage: key of the same thing in the first edition.
        cause_kind: of a cause: result, process, conditions, management.
        answer: of a risk: what is done against it.
        wording: key of the library's wording it was made from.
        origin: where an imported one stood («Лист 1, строка 12»).
    """

    id: int
    programme_id: int
    parent_id: int | None
    kind: NodeKind
    position: int
    text: str
    lineage: int
    cause_kind: CauseKind | None
    answer: str | None
    wording: str | None
    origin: str | None
    note: str | None


@dataclass(frozen=True, slots=True)
class Indicator:
    """What only an индикатор has. ``baseline`` is the exact number, ``baseline_raw`` what was typed."""

    id: int
    node_id: int
    unit: str | None
    direction: Direction | None
    baseline_year: int | None
    baseline_raw: str | None
    baseline: str | None
    baseline_code: str | None
    requirement: str | None
    source: str | None
    method: str | None
    period: str | None
    responsible: str | None
    person_id: int | None
    formula: str | None
    tolerance: str | None


@dataclass(frozen=True, slots=True)
class Target:
    """A target of one year: our own and, beside it, what is required from above."""

    id: int
    node_id: int
    plan_year: int
    raw: str | None
    value: str | None
    code: str | None
    required_raw: str | None
    required: str | None
    required_code: str | None


@dataclass(frozen=True, slots=True)
class Activity:
    """What only an activity has.

    Attributes:
        label: its own number as a source prints it; None: numbered by its place.
        term_text: the term as typed; ``term_code`` says why no date was found in it.
        coverage: which schools: none named, the list («listed»), all of the municipality, chosen ones.
        own: done by the methodical service itself.
        free: said to need no money.
    """

    id: int
    node_id: int
    label: str | None
    term_text: str | None
    term_code: str | None
    direction_id: int | None
    reason: str | None
    conditions: str | None
    coverage: Coverage
    own: bool
    free: bool


@dataclass(frozen=True, slots=True)
class Term:
    """One span of dates, both days included."""

    id: int
    node_id: int
    position: int
    date_from: str
    date_to: str
    typed: bool


@dataclass(frozen=True, slots=True)
class Responsible:
    """Who answers for an activity: a text, and whom of the directory it means."""

    id: int
    node_id: int
    position: int
    text: str
    person_id: int | None
    body_id: int | None
    organisation_id: int | None


@dataclass(frozen=True, slots=True)
class ActivityResult:
    """One expected result of an activity."""

    id: int
    node_id: int
    position: int
    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """A tie of two nodes: an activity serves an indicator, a task solves a cause, an activity comes after another."""

    id: int
    programme_id: int
    kind: LinkKind
    source_id: int
    target_id: int


@dataclass(frozen=True, slots=True)
class Money:
    """Money of an activity (or of a task) for a plan year from one source; ``kopecks`` None where ``raw`` is no sum."""

    id: int
    node_id: int
    plan_year: int
    source: str
    raw: str
    kopecks: int | None
    code: str | None


@dataclass(frozen=True, slots=True)
class EstimateLine:
    """A line of the estimate («смета») of an activity for one year."""

    id: int
    node_id: int
    plan_year: int
    position: int
    text: str
    source: str
    raw: str
    kopecks: int | None
    code: str | None
    comes_raw: str | None
    comes_on: str | None


@dataclass(frozen=True, slots=True)
class SectionText:
    """The text of a passport row or a section; ``figures`` is JSON with the figures a derived text was made from."""

    id: int
    programme_id: int
    key: str
    text: str
    origin: Literal["typed", "derived"]
    figures: str | None


@dataclass(frozen=True, slots=True)
class Stakeholder:
    """Who has a stake in the programme, what they want of it and what they do in it."""

    id: int
    programme_id: int
    position: int
    name: str
    interest: str
    part: str


@dataclass(frozen=True, slots=True)
class MechanismLine:
    """Participant × powers × result: the management mechanism."""

    id: int
    programme_id: int
    position: int
    participant: str
    powers: str
    result: str
    person_id: int | None
    body_id: int | None
    organisation_id: int | None


@dataclass(frozen=True, slots=True)
class MonitorLine:
    """What is watched, by what measures, from which source, how often, by whom."""

    id: int
    programme_id: int
    position: int
    subject: str
    measures: str
    source: str
    period: str
    responsible: str


@dataclass(frozen=True, slots=True)
class Resource:
    """A resource that works, is to be developed or is absent, with the effect expected of it."""

    id: int
    programme_id: int
    position: int
    state: Literal["works", "develop", "absent"]
    text: str
    detail: str
    effect: str


@dataclass(frozen=True, slots=True)
class ApprovalBlock:
    """One гриф: УТВЕРЖДАЮ, УТВЕРЖДЕНА, СОГЛАСОВАНО, ПРИНЯТО."""

    id: int
    programme_id: int
    position: int
    word: Literal["approve", "approved", "agreed", "accepted"]
    post: str
    name: str
    act: str
    number: str
    dated: str | None
    person_id: int | None


@dataclass(frozen=True, slots=True)
class Silence:
    """A hint that a person switched off for this document, for one node or (None) for all of it."""

    id: int
    programme_id: int
    rule: str
    node_id: int | None
    reason: str


@dataclass(frozen=True)
class Tree:
    """One programme with everything in it, read at once.

    Mappings by node hold only nodes that have something; lists are in order of their positions. ``drafts`` are entries
    that did not fit their column: (node, column of a grid) → (as typed, code).
    """

    programme: Programme
    nodes: Mapping[int, Node]
    indicators: Mapping[int, Indicator] = field(default_factory=dict)
    targets: Mapping[int, Mapping[int, Target]] = field(default_factory=dict)
    activities: Mapping[int, Activity] = field(default_factory=dict)
    terms: Mapping[int, tuple[Term, ...]] = field(default_factory=dict)
    responsible: Mapping[int, tuple[Responsible, ...]] = field(default_factory=dict)
    results: Mapping[int, tuple[ActivityResult, ...]] = field(default_factory=dict)
    schools: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    money: Mapping[int, tuple[Money, ...]] = field(default_factory=dict)
    estimate: Mapping[int, tuple[EstimateLine, ...]] = field(default_factory=dict)
    links: tuple[Link, ...] = ()
    directions: tuple[ProgrammeDirection, ...] = ()
    texts: Mapping[str, SectionText] = field(default_factory=dict)
    stakeholders: tuple[Stakeholder, ...] = ()
    mechanism: tuple[MechanismLine, ...] = ()
    monitoring: tuple[MonitorLine, ...] = ()
    resources: tuple[Resource, ...] = ()
    blocks: tuple[ApprovalBlock, ...] = ()
    silences: tuple[Silence, ...] = ()
    drafts: Mapping[tuple[int, str], tuple[str, str]] = field(default_factory=dict)

    @cached_property
    def remembered(self) -> dict[str, Any]:
        """What has been worked out of this tree; a tree made from it by ``replace`` begins anew."""
        return {}

    @cached_property
    def children(self) -> Mapping[int | None, tuple[Node, ...]]:
        """Nodes under each node in their order; under None, the roots."""
        found: dict[int | None, list[Node]] = {}
        for node in self.nodes.values():
            found.setdefault(node.parent_id if node.parent_id in self.nodes else None, []).append(node)
        return {key: tuple(sorted(nodes, key=lambda node: (node.position, node.id))) for key, nodes in found.items()}

    def under(self, key: int | None, kind: NodeKind | None = None) -> tuple[Node, ...]:
        """Return the children of a node, of one kind or of all."""
        return tuple(node for node in self.children.get(key, ()) if kind is None or node.kind == kind)

    @cached_property
    def _by_kind(self) -> Mapping[NodeKind, tuple[Node, ...]]:
        found: dict[NodeKind, list[Node]] = {}
        for node in self.walk():
            found.setdefault(node.kind, []).append(node)
        return {kind: tuple(nodes) for kind, nodes in found.items()}

    def of_kind(self, kind: NodeKind) -> tuple[Node, ...]:
        """Return all nodes of a kind in the order of the tree."""
        return self._by_kind.get(kind, ())

    def walk(self, key: int | None = None) -> Iterator[Node]:
        """Go through the tree from above, children after their parent, without ``key`` itself."""
        waiting = list(reversed(self.children.get(key, ())))
        while waiting:
            node = waiting.pop()
            yield node
            waiting.extend(reversed(self.children.get(node.id, ())))

    def parent(self, node: Node, kind: NodeKind) -> Node | None:
        """Return the nearest node of a kind above this one."""
        above = self.nodes.get(node.parent_id) if node.parent_id is not None else None
        while above is not None and above.kind != kind:
            above = self.nodes.get(above.parent_id) if above.parent_id is not None else None
        return above

    @cached_property
    def _linked(self) -> Mapping[tuple[LinkKind, int, bool], tuple[int, ...]]:
        found: dict[tuple[LinkKind, int, bool], list[int]] = {}
        for link in self.links:
            found.setdefault((link.kind, link.source_id, True), []).append(link.target_id)
            found.setdefault((link.kind, link.target_id, False), []).append(link.source_id)
        return {key: tuple(keys) for key, keys in found.items()}

    def linked(self, kind: LinkKind, node_id: int, *, forward: bool = True) -> tuple[int, ...]:
        """Return the targets of a node's links of a kind, or (not ``forward``) the sources that point at it."""
        return self._linked.get((kind, node_id, forward), ())
