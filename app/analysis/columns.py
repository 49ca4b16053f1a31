"""The answer as columns: what both kinds of rules (thresholds, comparison of schools) hand over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from app.analysis.metric_values import MetricAmount
from app.analysis.rule_model import Branch, Rule
from app.analysis.verdicts import (
    EdgeStep,
    GapFraction,
    IndexPlace,
    LeaveStep,
    MetricFraction,
    Missing,
    QualityFraction,
    Ranking,
    ResultFraction,
)

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Metrics = Mapping[str, Mapping[int, MetricAmount | tuple[int, int]]]
"""Values of metrics by id and school; a plain pair is a count of a count."""

NO_DATA, NOT_LISTED, LISTED = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Columns:
    """One value a school; ``truth`` and ``unknown`` are school × branch.

    ``smallest`` is the size of the smallest group that decided, 0 where there is none.
    """

    verdict: npt.NDArray[np.int8]
    truth: Bools
    unknown: Bools
    edge: Bools
    incomplete: Bools
    missing_matters: Bools
    rounding_matters: Bools
    smallest: Ints


@dataclass(frozen=True, slots=True)
class Details:
    """What stands beside the fractions of one school, made only when someone looks at it."""

    to_leave: tuple[LeaveStep, ...] = ()
    edge_steps: tuple[EdgeStep, ...] = ()
    missing: tuple[Missing, ...] = ()
    quality: tuple[QualityFraction, ...] = ()
    metrics: tuple[MetricFraction, ...] = ()
    gaps: tuple[GapFraction, ...] = ()
    indices: tuple[IndexPlace, ...] = ()


class Source(Protocol):
    """A computed rule: its columns, and the figures of one school on demand."""

    columns: Columns

    def fractions(self, index: int) -> tuple[ResultFraction, ...]:
        """Return all known fractions of the school at that index, those that decided first."""

    def worst(self, index: int) -> ResultFraction | None:
        """Return the largest share of the year (``worst_of`` of the fractions), without making the others."""

    def counted(self, index: int, year: int) -> tuple[int, int] | None:
        """Return hits and known procedures of the year itself, None for any other year."""

    def ranking(self, index: int) -> Ranking | None:
        """Return the place of the school at that index where the rule compares schools."""

    def details(self, index: int) -> Details:
        """Return everything else about the school at that index."""


def worst_places(below: Ints, participants: Ints, first: Bools) -> Ints:
    """Return for each school which of its procedures ``worst_of`` would choose, -1 where there is none.

    Args:
        below: school × procedure, of one year.
        participants: the same, 0 for no data.
        first: the same: fractions that stand before the others.
    """
    schools, procedures = below.shape
    place = np.full(schools, -1, dtype=np.int64)
    best_below, best_size = np.zeros(schools, np.int64), np.ones(schools, np.int64)
    best_first = np.zeros(schools, np.bool_)
    for at in range(procedures):
        size, ours, theirs = participants[:, at], below[:, at] * best_size, best_below * participants[:, at]
        better = (ours > theirs) | (
            (ours == theirs) & ((size > best_size) | ((size == best_size) & first[:, at] & ~best_first))
        )
        better = (size > 0) & ((place < 0) | better)
        place[better] = at
        best_below, best_size = np.where(better, below[:, at], best_below), np.where(better, size, best_size)
        best_first = np.where(better, first[:, at], best_first)
    return place


def worst_of(fractions: tuple[ResultFraction, ...], year: int) -> ResultFraction | None:
    """Return the largest share of the year, compared exactly; among equal ones the larger group, then the first."""
    worst: ResultFraction | None = None
    for item in fractions:
        if item.year != year:
            continue
        if worst is None:
            worst = item
            continue
        ours, best = item.below * worst.participants, worst.below * item.participants
        if ours > best or (ours == best and item.participants > worst.participants):
            worst = item
    return worst


def metric_answer(branch: Branch, school_ids: Ints, metrics: Metrics) -> tuple[Bools, Bools]:
    """Return (true, known) of a branch that looks at a metric: exact comparison, no floats."""
    truth = np.zeros(len(school_ids), dtype=np.bool_)
    known = np.zeros(len(school_ids), dtype=np.bool_)
    values = metrics.get(branch.metric or "", {})
    if not values:
        return truth, known
    for index, school_id in enumerate(school_ids.tolist()):
        value = values.get(school_id)
        if value is not None and value[1] > 0:
            known[index] = True
            truth[index] = metric_holds(branch, value[0], value[1])
    return truth, known


def metric_holds(branch: Branch, part: int, whole: int) -> bool:
    """Compare the value of a metric with what the branch asks; of low monitorings there must be ``n``."""
    if branch.kind == "flag":
        return (part > 0) == branch.wanted
    if branch.kind == "quality_at_most":
        return part >= branch.n * whole
    if branch.bound is None:
        return False
    bound, of = branch.bound
    left, right = part * of, bound * whole
    return {"less": left < right, "at_most": left <= right, "more": left > right}[branch.compare]


def gap_holds(branch: Branch, school_id: int, metrics: Metrics) -> bool | None:
    """Tell whether a value exceeds its base by the bound or more, None where neither they nor the flag are there."""
    names = (branch.data, branch.base, branch.flag)
    value, base, flag = (metrics.get((name or "").partition(":")[2], {}).get(school_id) for name in names)
    if value is not None and base is not None and value[1] > 0 and base[1] > 0 and branch.bound is not None:
        bound, of = branch.bound
        return (value[0] * base[1] - base[0] * value[1]) * of >= bound * value[1] * base[1]
    return None if flag is None else flag[0] > 0


def metric_gap_answer(branch: Branch, school_ids: Ints, metrics: Metrics) -> tuple[Bools, Bools]:
    """Return (true, known) of a branch that compares a metric with another one."""
    told = [gap_holds(branch, school_id, metrics) for school_id in school_ids.tolist()]
    truth = np.array([bool(item) for item in told], dtype=np.bool_)
    return truth, np.array([item is not None for item in told], dtype=np.bool_)


def gap_fractions(branch: Branch, school_id: int, metrics: Metrics) -> list[MetricFraction]:
    """Return the value and its base, or the flag that speaks in their place."""
    hit = gap_holds(branch, school_id, metrics)
    if hit is None:
        return []
    amounts = [metrics.get((name or "").partition(":")[2], {}).get(school_id) for name in (branch.data, branch.base)]
    if any(item is None or item[1] <= 0 for item in amounts):
        return [MetricFraction(branch.id, int(hit), 1, "number", 1, hit)]
    found = [MetricAmount(*item) for item in amounts if item is not None]
    return [MetricFraction(branch.id, it.part, it.whole, it.basis, it.years, hit) for it in found]


def metric_fractions(rule: Rule, school_id: int, metrics: Metrics) -> tuple[MetricFraction, ...]:
    """Return the values that the criteria of a rule compared for one school, in the order of the criteria."""
    found = []
    for branch in rule.branches:
        if branch.kind == "metric_gap":
            found.extend(gap_fractions(branch, school_id, metrics))
            continue
        value = metrics.get(branch.metric, {}).get(school_id) if branch.metric else None
        if value is not None and value[1] > 0:
            it = MetricAmount(*value)
            hit = metric_holds(branch, it.part, it.whole)
            found.append(MetricFraction(branch.id, it.part, it.whole, it.basis, it.years, hit))
    return tuple(found)


def answer(rule: Rule, truth: Bools, anything_known: Bools) -> npt.NDArray[np.int8]:
    """Return the verdict codes: listed if enough branches are true, no data where nothing is known (decision 11)."""
    listed = truth.sum(axis=1) >= rule.enough
    return np.where(listed, LISTED, np.where(anything_known, NOT_LISTED, NO_DATA)).astype(np.int8)
