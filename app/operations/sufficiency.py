"""Sufficiency of activities: task × activities × results × indicators up to a plan year (004, §1.5, the second block).

Takes the execution and the lights as their own views show them; the judgement is ``analysis.sufficiency``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.analysis.programme_numbers import numbers
from app.analysis.sufficiency import (
    VERDICT_WORDS,
    ActivityFacts,
    IndicatorFacts,
    Judgement,
    Verdict,
    activity_findings,
    judge,
)
from app.errors import UserError
from app.models import programme_reading
from app.models.programme_records import Node, Programme, Tree
from app.models.store import Connection
from app.operations import execution, indicators
from app.operations.execution import ExecutionLine
from app.operations.indicator_book import IndicatorLine
from app.texts import count

URGENT = ("late", "soon", "running", "part", "moved", "no_term", "planned", "cancelled", "done")
"""Of several occurrences of an activity the first of these speaks for it: it is done when all of them are."""


@dataclass(frozen=True, slots=True)
class ActivityCell:
    """An activity of a task.

    Attributes:
        results: expected ones; ``product``: what came of it.
        shown, word: how it stands; None and «позже» where nothing of it was due up to this year.
        serves: nodes of the indicators it works for.
        findings: what to mend.
    """

    node_id: int
    lineage: int
    number: str
    text: str
    results: tuple[str, ...]
    shown: str | None
    word: str
    product: str
    serves: frozenset[int]
    findings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class IndicatorCell:
    """An indicator of a task: its light and the activities that work for it."""

    node_id: int
    lineage: int
    number: str
    text: str
    light: str
    word: str
    served: int


@dataclass(frozen=True, slots=True)
class TaskLine:
    """One task of the programme; ``key`` None gathers what stands under no task.

    Attributes:
        done, due: activities that are done, of those due up to this year.
        reached, known: indicators that are reached, of those with a light.
    """

    key: int | None
    number: str
    text: str
    activities: tuple[ActivityCell, ...]
    indicators: tuple[IndicatorCell, ...]
    done: int
    due: int
    reached: int
    known: int
    judgement: Judgement


@dataclass(frozen=True, slots=True)
class Sufficiency:
    """The matrix of a programme up to a plan year on a day."""

    programme: Programme
    year: int
    day: date
    lines: tuple[TaskLine, ...]

    def count(self, *verdicts: Verdict) -> int:
        """Return how many tasks have one of these verdicts."""
        return sum(line.judgement.verdict in verdicts for line in self.tasks)

    @property
    def tasks(self) -> tuple[TaskLine, ...]:
        """The tasks without what stands under none."""
        return tuple(line for line in self.lines if line.key is not None)

    @property
    def sentence(self) -> str:
        """How it stands in one sentence."""
        if not self.tasks:
            return "В программе нет задач"
        told = [count(len(self.tasks), "задача", "задачи", "задач"), self.brief]
        stray = sum(len(line.activities) for line in self.lines if line.key is None)
        return " · ".join([*told, *([f"мероприятий вне задач: {stray}"] if stray else [])])

    @property
    def brief(self) -> str:
        """How many tasks have which verdict."""
        return " · ".join(f"{word}: {number}" for v, word in VERDICT_WORDS.items() if (number := self.count(v)))


def table(connection: Connection, programme_id: int, year: int, day: date) -> Sufficiency:
    """Return the matrix of a programme.

    Args:
        connection: reading connection.
        programme_id: an edition.
        year: plan year; activities due up to its end count.
        day: today.

    Raises:
        UserError: ``PROGRAMME_UNKNOWN``.
    """
    tree = programme_reading.tree(connection, programme_id)
    if tree is None:
        raise UserError("PROGRAMME_UNKNOWN", key=programme_id)
    standing = _standing(execution.table(connection, programme_id, None, day).lines, year)
    lights = {line.node_id: line for line in indicators.table(connection, programme_id, year, day).lines}
    known = numbers(tree)
    keys: list[int | None] = [task.id for task in tree.of_kind("task")]
    lines = [_line(tree, key, known, standing, lights) for key in [*keys, None]]
    return Sufficiency(
        tree.programme, year, day, tuple(line for line in lines if line.key is not None or line.activities)
    )  # fmt: skip


def _standing(lines: Iterable[ExecutionLine], year: int) -> dict[int, list[ExecutionLine]]:
    """Return lineage → occurrences up to a plan year."""
    found: dict[int, list[ExecutionLine]] = {}
    for line in lines:
        if line.plan_year <= year:
            found.setdefault(line.lineage, []).append(line)
    return found


def _line(
    tree: Tree, key: int | None, known: Mapping[int, str], standing: Mapping[int, Sequence[ExecutionLine]],
    lights: Mapping[int, IndicatorLine],
) -> TaskLine:  # fmt: skip
    activities = [node for node in tree.of_kind("activity") if _task(tree, node) == key]
    measured = [node for node in tree.of_kind("indicator") if _task(tree, node) == key] if key is not None else []
    cells, facts = [], []
    for node in activities:
        cell, fact = _activity(tree, node, known, standing.get(node.lineage, ()))
        cells.append(cell)
        facts.append(fact)
    shown = tuple(_indicator(tree, node, known, lights.get(node.id)) for node in measured)
    judgement = judge(facts, [IndicatorFacts(item.light, item.served) for item in shown])
    if key is None:
        judgement = Judgement("gap", "Эти мероприятия не стоят ни под одной задачей.", judgement.findings)
    task = tree.nodes.get(key) if key is not None else None
    return TaskLine(
        key, known.get(key, "") if key is not None else "", task.text if task is not None else "Вне задач",
        tuple(cells), shown, sum(cell.shown == "done" for cell in cells), sum(cell.shown is not None for cell in cells),
        sum(item.light == "reached" for item in shown),
        sum(item.light not in {"no_data", "no_target"} for item in shown), judgement,
    )  # fmt: skip


def _task(tree: Tree, node: Node) -> int | None:
    above = tree.parent(node, "task")
    return None if above is None else above.id


def _activity(
    tree: Tree, node: Node, known: Mapping[int, str], lines: Sequence[ExecutionLine]
) -> tuple[ActivityCell, ActivityFacts]:
    first = min(lines, key=lambda line: URGENT.index(line.shown)) if lines else None
    product = "; ".join(line.product for line in lines if line.product)
    results = tuple(item.text for item in tree.results.get(node.id, ()) if item.text.strip())
    serves = frozenset(tree.linked("serves", node.id))
    fact = ActivityFacts(len(results), len(serves), first.shown if first is not None else None, bool(product))
    cell = ActivityCell(
        node.id, node.lineage, known.get(node.id, ""), node.text, results, fact.shown,
        first.word if first is not None else "позже этого года", product, serves, activity_findings(fact),
    )  # fmt: skip
    return cell, fact


def _indicator(tree: Tree, node: Node, known: Mapping[int, str], line: IndicatorLine | None) -> IndicatorCell:
    served = len(tree.linked("serves", node.id, forward=False))
    light, word = (line.light, line.word) if line is not None else ("no_data", "нет данных")
    return IndicatorCell(node.id, node.lineage, known.get(node.id, ""), node.text, light, word, served)
