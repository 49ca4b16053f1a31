"""Criteria beside the threshold: places by an index, flags and other metrics, the gap to the region's own row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from app.analysis.cells import Cells, gather
from app.analysis.columns import Bools, Ints, Metrics, metric_answer, metric_gap_answer
from app.analysis.rule_model import Branch, Rule
from app.analysis.verdicts import GapFraction, IndexPlace
from app.models.frames import MEANS

if TYPE_CHECKING:
    import pandas as pd

Indices = Mapping[str, Mapping[int, float]]
"""Values of indices, by id of the index and school."""

_FURTHER = (*MEANS, "participants")
"""What a comparison of means adds up: also of those whose number below minimum is unknown."""
_FINE = 9
"""Values of an index are told apart by so many decimals: what a processor rounds further down is no difference."""


@dataclass(frozen=True)
class Given:
    """What the criteria of a rule look at beside the results of schools.

    Attributes:
        metrics: values of «metric:<id>», by id and school.
        indices: values of «index:<id>», by id and school.
        areas: results of areas, one frame by «region» and «municipality», shaped as the frame of results with the id of
            one area in ``school_id``; a missing one answers «no data».
    """

    metrics: Metrics = field(default_factory=dict)
    indices: Indices = field(default_factory=dict)
    areas: Mapping[str, pd.DataFrame] = field(default_factory=dict)


class LowestIndex:
    """Schools ordered by an index; ceil(share·n) of the lowest are taken, equal values at the border too."""

    def __init__(self, branch: Branch, school_ids: Ints, indices: Indices) -> None:
        part, of = branch.share or (1, 1)
        known = indices.get(branch.index or "", {})
        self.branch = branch
        self.values = {s: round(known[s], _FINE) for s in school_ids.tolist() if s in known}
        self.order = sorted(self.values.values())
        self.taken = -(-part * len(self.order) // of)
        self.border = self.order[self.taken - 1] if self.order else 0.0
        ids = school_ids.tolist()
        self.known: Bools = np.array([school in self.values for school in ids], dtype=np.bool_)
        self.truth: Bools = np.array([self.values.get(school, np.inf) <= self.border for school in ids], dtype=np.bool_)

    def place(self, school_id: int) -> IndexPlace | None:
        """Return the place of one school with the border."""
        value = self.values.get(school_id)
        if value is None:
            return None
        below = int(np.searchsorted(np.array(self.order), value, side="left"))
        return IndexPlace(
            branch=self.branch.id,
            value=f"{value:.6f}",
            place=below + 1,
            schools=len(self.order),
            taken=self.taken,
            border=f"{self.border:.6f}",
            hit=value <= self.border,
        )


class Gap:
    """How far the school is behind the row of the region (municipality) for the same procedure, exactly.

    Args:
        rule: the rule; its procedures are compared one by one.
        branch: a branch of kind ``region_gap``.
        cells: the school's counts; only the year itself is looked at.
        areas: the frame of the area, None where there is none.
    """

    def __init__(self, rule: Rule, branch: Branch, cells: Cells, areas: pd.DataFrame | None, year: int) -> None:
        self.rule, self.branch, self.cells, self.year = rule, branch, cells, year
        self.count = cells.participants.shape[1]
        shape = (self.count, len(cells.procedures))
        self.part, self.whole = np.zeros(shape, dtype=object), np.zeros(shape, dtype=object)
        self.area_part = np.zeros(len(cells.procedures), dtype=object)
        self.area_whole = np.zeros(len(cells.procedures), dtype=object)
        if areas is not None and len(areas):
            self._compare(areas)
        self.known: Bools = ((self.whole > 0) & (self.area_whole > 0)).astype(np.bool_)
        self.hit = self.hits()

    def _compare(self, areas: pd.DataFrame) -> None:
        means = self.branch.measure == "mean"
        area = gather(areas, self.rule, self.year, [int(areas["school_id"].iloc[0])], _FURTHER if means else ())
        places = {item: number for number, item in enumerate(area.procedures)}
        pairs = [(at, places[item]) for at, item in enumerate(self.cells.procedures) if item in places]
        for at, there in pairs:
            if not means:
                self.part[:, at], self.whole[:, at] = self.cells.below[0, :, at], self.cells.participants[0, :, at]
                self.area_part[at], self.area_whole[at] = (
                    int(area.below[0, 0, there]),
                    int(area.participants[0, 0, there]),
                )
                continue
            self._means(area, at, there)

    def _means(self, area: Cells, at: int, there: int) -> None:
        """Take means made of marks where both have all marks, else the stated ones where both state them."""
        for part, whole in ((MEANS[2], MEANS[3]), (MEANS[0], MEANS[1])):
            of_area = int(area.sums[whole][0, 0, there])
            mine = self.cells.sums[whole][0, :, at]
            both = (mine > 0) & (of_area > 0)
            if not both.any():
                continue
            # one column has one row of the area: means of marks come last and take the place of stated ones
            self.part[:, at] = np.where(both, self.cells.sums[part][0, :, at], 0)
            self.whole[:, at] = np.where(both, mine, 0)
            self.area_part[at], self.area_whole[at] = int(area.sums[part][0, 0, there]), of_area

    def hits(self, change: int = 0) -> Bools:
        """Return school × procedure where the gap reaches the bound, with ``change`` more below minimum in each."""
        bound, of = self.branch.bound or (1, 1)
        part = self.part + change
        size = self.cells.sums["participants"][0] if self._mean else self.cells.participants[0]
        if self.branch.measure == "mean":
            behind = (self.area_part * self.whole - self.part * self.area_whole) * of
            enough = behind >= bound * self.whole * self.area_whole
        else:
            behind = (part * self.area_whole - self.area_part * self.whole) * (of * 100)
            enough = behind >= bound * self.whole * self.area_whole
        possible = (part >= 0) & (part <= self.whole) if change else np.ones_like(self.known)
        hit: Bools = enough.astype(np.bool_) & self.known & (size >= self.rule.min_participants) & possible.astype(bool)
        return hit

    @property
    def truth(self) -> Bools:
        """Return which schools are behind in enough procedures."""
        enough: Bools = self.hit.sum(axis=1) >= self.branch.n
        return enough

    @property
    def possible(self) -> Bools:
        """Return where it could be true, were the missing data there."""
        could: Bools = (self.hit | ~self.known).sum(axis=1) >= self.branch.n
        return could

    def fractions(self, index: int) -> tuple[GapFraction, ...]:
        """Return what was compared for one school, in the order of the rule."""
        found = []
        for at, item in enumerate(self.cells.procedures):
            if not self.known[index, at]:
                continue
            hit = bool(self.hit[index, at])
            found.append(
                GapFraction(
                    branch=self.branch.id,
                    procedure=item.procedure,
                    subject=item.subject,
                    level=item.level,
                    grade=item.grade,
                    year=self.year,
                    measure=self.branch.measure,
                    part=int(self.part[index, at]),
                    whole=int(self.whole[index, at]),
                    area_part=int(self.area_part[at]),
                    area_whole=int(self.area_whole[at]),
                    hit=hit,
                    fewer=int(self.part[index, at]) - self.allowed(index, at) if hit and not self._mean else 0,
                )
            )
        return tuple(found)

    @property
    def _mean(self) -> bool:
        return self.branch.measure == "mean"

    def allowed(self, index: int, at: int) -> int:
        """Return the largest count below minimum that stays under the bound."""
        bound, of = self.branch.bound or (1, 1)
        whole, area_part, area_whole = (
            int(v) for v in (self.whole[index, at], self.area_part[at], self.area_whole[at])
        )
        least = bound * whole * area_whole + area_part * whole * of * 100
        return -(-least // (area_whole * of * 100)) - 1


def gaps_of(
    rule: Rule, frame: pd.DataFrame, year: int, school_ids: Sequence[int], given: Given
) -> tuple[Cells, dict[int, Gap]]:
    """Return the counts of the rule's procedures and its gaps by number of branch."""
    chosen = [(number, branch) for number, branch in enumerate(rule.branches) if branch.kind == "region_gap"]
    means = any(branch.measure == "mean" for _number, branch in chosen)
    cells = gather(frame, rule, year, school_ids, _FURTHER if means else ())
    return cells, {number: Gap(rule, branch, cells, given.areas.get(branch.against), year) for number, branch in chosen}


def plain_answer(branch: Branch, school_ids: Ints, given: Given) -> tuple[Bools, Bools]:
    """Return (true, known) of a criterion that looks at nothing but metrics."""
    if branch.kind == "metric_gap":
        return metric_gap_answer(branch, school_ids, given.metrics)
    return metric_answer(branch, school_ids, given.metrics)
