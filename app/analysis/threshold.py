"""Rules that count procedures one by one: «не менее 30 % участников ниже минимума в двух процедурах»."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from app.analysis.cells import Cells
from app.analysis.columns import (
    LISTED,
    NO_DATA,
    NOT_LISTED,
    Bools,
    Columns,
    Details,
    Ints,
    answer,
    metric_fractions,
    worst_places,
)
from app.analysis.criteria import Gap, Given, LowestIndex, plain_answer
from app.analysis.leaving import Work, allowed_below, cheapest_way, work_of
from app.analysis.rule_model import ANY_KINDS, SAME_KINDS, THRESHOLD_KINDS, Rule
from app.analysis.verdicts import EdgeStep, LeaveStep, Missing, Ranking, ResultFraction

Placed = tuple[ResultFraction, int, int]
"""A fraction with how many years back it is and the number of its procedure."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many procedures reached the threshold, by school.

    Attributes:
        by_year: years back × school.
        running: k → how many reached it in each of the last k years.
    """

    by_year: Ints
    running: Mapping[int, Ints]

    def moved(self, age: int, change: int, reach: int) -> Tally:
        """Return the tally with one cell of a year changed, whose run of other years goes up to ``reach``."""
        by_year = self.by_year.copy()
        by_year[age] += change
        running = {k: value + change if age < k <= reach else value for k, value in self.running.items()}
        return Tally(by_year, running)


class ThresholdRule:
    """A rule of procedures computed for all schools at once.

    Args:
        rule: the rule; with threshold branches ``rule.threshold`` is set, the loader sees to it.
        cells: the counts.
        school_ids: the schools in the order of the answer.
        given: values of metrics and indices.
        gaps: branches that compare with the region, by number.
    """

    columns: Columns

    def __init__(self, rule: Rule, cells: Cells, school_ids: Ints, given: Given, gaps: Mapping[int, Gap]) -> None:
        self.rule = rule
        self.cells = cells
        self.school_ids, self.metrics = school_ids, given.metrics
        self.threshold = rule.threshold
        self.gaps = gaps
        self.indices = {
            number: LowestIndex(branch, school_ids, given.indices)
            for number, branch in enumerate(rule.branches)
            if branch.kind == "index"
        }
        self.fixed: dict[int, tuple[Bools, Bools]] = {
            number: plain_answer(branch, school_ids, given)
            for number, branch in enumerate(rule.branches)
            if branch.kind not in {*THRESHOLD_KINDS, "region_gap", "index"}
        }
        self.fixed |= {number: (index.truth, index.known) for number, index in self.indices.items()}
        self.absent: Bools
        self.hit = self._hit(cells.below)
        slack = cells.restored
        self.hit_low = self._hit(np.maximum(cells.below - slack, 0))
        self.hit_high = self._hit(np.minimum(cells.below + slack, cells.participants))
        self.columns = self._columns()

    def _hit(self, below: Ints) -> Bools:
        size = self.cells.participants
        if self.threshold is None:
            return np.zeros(size.shape, dtype=np.bool_)
        part, of = self.threshold
        return (size >= self.rule.min_participants) & (size > 0) & (below * of >= part * size)

    def _truth(self, tally: Tally, behind: Mapping[int, Ints]) -> Bools:
        """Return school × branch for counts of procedures that reached the threshold and of those that lie behind."""
        truth = np.zeros((tally.by_year.shape[1], len(self.rule.branches)), dtype=np.bool_)
        for number, branch in enumerate(self.rule.branches):
            if number in self.fixed:
                truth[:, number] = self.fixed[number][0]
            elif number in self.gaps:
                truth[:, number] = behind[number] >= branch.n
            elif branch.kind in SAME_KINDS:
                truth[:, number] = tally.running[branch.span] >= branch.n
            elif branch.kind in ANY_KINDS:
                truth[:, number] = (tally.by_year[: branch.span] >= branch.n).all(axis=0)
            else:
                truth[:, number] = tally.by_year[0] >= branch.n
        return truth

    def _tally(self, hit: Bools) -> Tally:
        spans = {branch.span for branch in self.rule.branches if branch.kind in SAME_KINDS}
        return Tally(
            hit.sum(axis=2, dtype=np.int64),
            {k: hit[:k].all(axis=0).sum(axis=1, dtype=np.int64) for k in spans},
        )

    @property
    def _behind(self) -> dict[int, Ints]:
        return {number: gap.hit.sum(axis=1, dtype=np.int64) for number, gap in self.gaps.items()}

    def _listed(self, tally: Tally, behind: Mapping[int, Ints]) -> Bools:
        listed: Bools = self._truth(tally, behind).sum(axis=1) >= self.rule.enough
        return listed

    def _reach(self, age: int) -> Ints:
        """Return school × procedure: up to which k the other ones of the last k years reached the threshold."""
        reach = np.full(self.hit.shape[1:], max(age, 1), dtype=np.int64)
        alive = self.hit[:age].all(axis=0)
        for k in range(age + 1, len(self.hit) + 1):
            if k - 1 != age:
                alive = alive & self.hit[k - 1]
            reach[alive] = k
        return reach

    def _edge(self, listed: Bools) -> Bools:
        """Mark schools that one pupil moves: each cell can flip one way only, so a few kinds of flip are tried.

        A group that is whole below minimum is over any threshold, so one more is never one more than there are.
        """
        cells = self.cells
        flips = (
            (1, ~self.hit & self._hit(cells.below + 1)),
            (-1, self.hit & (cells.below > 0) & ~self._hit(cells.below - 1)),
        )
        tally, behind = self._tally(self.hit), self._behind
        edge = np.zeros(len(listed), dtype=np.bool_)
        for age in range(len(self.hit)):
            reaches = self._reach(age)
            for change, flip in flips:
                if age == 0 and self.gaps:
                    edge |= self._edge_beside(listed, change, flip[0], reaches, tally)
                    continue
                for reach in range(max(age, 1), len(self.hit) + 1):
                    possible = (flip[age] & (reaches == reach)).any(axis=1)
                    if possible.any():
                        edge |= possible & (self._listed(tally.moved(age, change, reach), behind) != listed)
        return edge

    def _edge_beside(self, listed: Bools, change: int, flip: Bools, reaches: Ints, tally: Tally) -> Bools:
        """Try one pupil in each procedure of the year, who may move the threshold and the gap to the region at once."""
        behind = self._behind
        moved = {
            number: gap.hits(change).astype(np.int64) - gap.hit
            for number, gap in self.gaps.items()
            if gap.branch.measure == "share"
        }
        below, size = self.cells.below[0] + change, self.cells.participants[0]
        edge = np.zeros(len(listed), dtype=np.bool_)
        for at in range(len(self.cells.procedures)):
            possible = (size[:, at] > 0) & (below[:, at] >= 0) & (below[:, at] <= size[:, at])
            others = {number: count + moved[number][:, at] if number in moved else count
                      for number, count in behind.items()}  # fmt: skip
            step = change * flip[:, at]
            by_year = tally.by_year.copy()
            by_year[0] += step
            running = {k: count + step * (reaches[:, at] >= k) for k, count in tally.running.items()}
            edge |= possible & (self._listed(Tally(by_year, running), others) != listed)
        return edge

    def _columns(self) -> Columns:
        cells, rule = self.cells, self.rule
        behind = self._behind
        truth = self._truth(self._tally(self.hit), behind)
        anything = np.asarray(
            cells.known.any(axis=(0, 2)) if self.threshold is not None else np.zeros(len(truth), bool)
        )
        for _, known in self.fixed.values():
            anything |= known
        for gap in self.gaps.values():
            anything |= gap.known.any(axis=1)
        verdict = answer(rule, truth, anything)
        listed = verdict == LISTED
        duty = np.array([not item.optional for item in cells.procedures], dtype=np.bool_)
        absent = self.absent = (~cells.known & duty) | cells.partial
        possible = self._truth(self._tally(self.hit | absent) if self.threshold else self._tally(self.hit), behind)
        unmeasured = np.zeros(len(listed), dtype=np.bool_)
        for number, (_, known) in self.fixed.items():
            possible[:, number] |= ~known
            unmeasured |= ~known
        for number, gap in self.gaps.items():
            possible[:, number] = gap.possible
            unmeasured |= (~gap.known & duty).any(axis=1)
        incomplete = (verdict == NOT_LISTED) & (absent.any(axis=(0, 2)) | unmeasured)
        could = possible.sum(axis=1) >= rule.enough
        low, high = (self._listed(self._tally(hit), behind) for hit in (self.hit_low, self.hit_high))
        return Columns(
            verdict=verdict,
            truth=truth,
            unknown=possible & ~truth,
            edge=self._edge(listed) & (verdict != NO_DATA),
            incomplete=incomplete,
            missing_matters=incomplete & could,
            rounding_matters=low != high,
            smallest=self._smallest(listed, truth),
        )

    def _decided(self, listed: Bools, truth: Bools) -> Bools:
        """Mark the hits of the true branches of listed schools."""
        decided = np.zeros_like(self.hit)
        for number, branch in enumerate(self.rule.branches):
            which = (listed & truth[:, number])[:, None]
            if number in self.gaps:
                decided[0] |= which & self.gaps[number].hit
            elif branch.kind in SAME_KINDS:
                decided[: branch.span] |= which & self.hit[: branch.span].all(axis=0)
            elif branch.kind in THRESHOLD_KINDS:
                decided[: branch.span] |= which & self.hit[: branch.span]
        return decided

    def _smallest(self, listed: Bools, truth: Bools) -> Ints:
        self.decided = self._decided(listed, truth)
        size = self.cells.participants
        counted = self.decided.copy()
        counted[0] |= ~listed[:, None] & self.cells.known[0]
        none = np.iinfo(np.int64).max
        smallest = np.where(counted, size, none).min(axis=(0, 2), initial=none)
        return np.where(smallest == none, 0, smallest)

    def details(self, index: int) -> Details:
        """Return what stands beside the fractions of one school."""
        fractions = self._fractions(index)
        placed = self._placed(index, fractions)
        verdict = int(self.columns.verdict[index])
        school_id = int(self.school_ids[index])
        places = (lowest.place(school_id) for lowest in self.indices.values())
        return Details(
            to_leave=self._to_leave(index, placed) if verdict == LISTED else (),
            edge_steps=self._edge_steps(index, placed) if self.columns.edge[index] else (),
            missing=self._missing(index) if verdict != LISTED else (),
            metrics=metric_fractions(self.rule, school_id, self.metrics),
            gaps=tuple(item for gap in self.gaps.values() for item in gap.fractions(index)),
            indices=tuple(place for place in places if place is not None),
        )

    def fractions(self, index: int) -> tuple[ResultFraction, ...]:
        """Return all known fractions of one school, those that decided first."""
        return tuple(sorted(self._fractions(index), key=lambda item: not item.decided))

    @cached_property
    def _worst(self) -> list[int]:
        cells = self.cells
        places: list[int] = worst_places(cells.below[0], cells.participants[0], self.decided[0]).tolist()
        return places

    def worst(self, index: int) -> ResultFraction | None:
        """Return the largest share of the year."""
        at = self._worst[index]
        return None if at < 0 else self._fraction(index, at)

    @cached_property
    def _counted(self) -> list[list[int]]:
        known = self.cells.known[0]
        pairs: list[list[int]] = np.stack(((self.hit[0] & known).sum(axis=1), known.sum(axis=1)), axis=1).tolist()
        return pairs

    def counted(self, index: int, year: int) -> tuple[int, int] | None:
        """Return hits and known procedures of the year itself."""
        if year != self.cells.years[0]:
            return None
        hits, known = self._counted[index]
        return hits, known

    def ranking(self, index: int) -> Ranking | None:  # noqa: ARG002 - of a Source
        """Return nothing: this kind of rule does not compare schools."""
        return None

    def _fraction(self, index: int, at: int) -> ResultFraction:
        """Return one fraction of the year itself."""
        cells, item = self.cells, self.cells.procedures[at]
        where = (0, index, at)
        return ResultFraction(
            procedure=item.procedure,
            subject=item.subject,
            level=item.level,
            grade=item.grade,
            year=cells.years[0],
            below=int(cells.below[where]),
            participants=int(cells.participants[where]),
            restored=bool(cells.restored[where] > 0),
            hit=bool(self.hit[where]),
            decided=bool(self.decided[where]),
            rounding_matters=bool(self.hit_low[where] != self.hit_high[where]),
        )

    def _fractions(self, index: int) -> list[ResultFraction]:
        """Return the known fractions of a school, the year first, then in the order of the rule."""
        cells = self.cells
        layers = (cells.participants, cells.below, cells.restored, self.hit, self.decided, self.hit_low, self.hit_high)
        sizes, belows, restored, hits, decided, low, high = (layer[:, index, :].tolist() for layer in layers)
        return [
            ResultFraction(
                procedure=item.procedure,
                subject=item.subject,
                level=item.level,
                grade=item.grade,
                year=year,
                below=belows[age][number],
                participants=sizes[age][number],
                restored=restored[age][number] > 0,
                hit=hits[age][number],
                decided=decided[age][number],
                rounding_matters=low[age][number] != high[age][number],
            )
            for age, year in enumerate(cells.years)
            for number, item in enumerate(cells.procedures)
            if sizes[age][number] > 0
        ]

    def _missing(self, index: int) -> tuple[Missing, ...]:
        cells = self.cells
        absent = self.absent[:, index, :]
        if not absent.any():
            return ()
        flags = absent.tolist()
        return tuple(
            Missing(item.label, year)
            for age, year in enumerate(cells.years)
            for number, item in enumerate(cells.procedures)
            if flags[age][number]
        )

    def _true_branches(self, index: int, hits: Sequence[Sequence[bool]], behind: Mapping[int, int]) -> int:
        """Count the true branches of one school for hits of year × procedure."""
        by_year = [sum(row) for row in hits]
        running = {k: sum(all(column) for column in zip(*hits[:k], strict=True)) for k in range(1, len(hits) + 1)}
        return sum(
            bool(self.fixed[number][0][index])
            if number in self.fixed
            else behind[number] >= branch.n
            if number in self.gaps
            else branch.holds(by_year, running)
            for number, branch in enumerate(self.rule.branches)
        )

    def _edge_steps(self, index: int, placed: Sequence[Placed]) -> tuple[EdgeStep, ...]:
        """Return every single pupil that changes the answer."""
        listed = self.columns.verdict[index] == LISTED
        hits: list[list[bool]] = self.hit[:, index, :].tolist()
        behind = {number: int(gap.hit[index].sum()) for number, gap in self.gaps.items()}
        steps = []
        for item, age, at in placed:
            for change in (1, -1):
                if not 0 <= item.below + change <= item.participants:
                    continue
                hit = self._reaches(item.below + change, item.participants)
                others = self._behind_with(index, at, change, behind) if age == 0 else behind
                if hit == hits[age][at] and others == behind:
                    continue
                changed = [row if back != age else [*row[:at], hit, *row[at + 1 :]] for back, row in enumerate(hits)]
                if (self._true_branches(index, changed, others) >= self.rule.enough) != listed:
                    steps.append(EdgeStep(item, change))
        return tuple(steps)

    def _reaches(self, below: int, participants: int) -> bool:
        if self.threshold is None or participants < self.rule.min_participants:
            return False
        return below > allowed_below(self.threshold, participants)

    def _behind_with(self, index: int, at: int, change: int, behind: Mapping[int, int]) -> Mapping[int, int]:
        """Return how many procedures lie behind the region, were one count other by ``change``."""
        size = int(self.cells.participants[0, index, at])
        found = dict(behind)
        for number, gap in self.gaps.items():
            if gap.branch.measure == "share" and gap.known[index, at] and size >= self.rule.min_participants:
                now = int(gap.part[index, at]) + change > gap.allowed(index, at)
                found[number] += int(now) - int(gap.hit[index, at])
        return found

    def _to_leave(self, index: int, placed: Sequence[Placed]) -> tuple[LeaveStep, ...]:
        """Return the smallest set of changes in the year itself (the past cannot be changed)."""
        year = self.cells.years[0]
        hits: list[list[bool]] = self.hit[:, index, :].tolist()
        behind = {number: int(gap.hit[index].sum()) for number, gap in self.gaps.items()}
        true = self.columns.truth[index].tolist()
        to_break = self._true_branches(index, hits, behind) - self.rule.enough + 1
        ages: dict[Work, int] = {}
        for item, _age, at in placed:
            runs = [row[at] for row in hits[1:]]
            ages[work_of(item)] = runs.index(False) if False in runs else len(runs)
        by_threshold = [
            LeaveStep(item, item.below - allowed, allowed)
            for item, _age, _at in placed
            if self.threshold is not None and item.hit and item.year == year
            for allowed in (allowed_below(self.threshold, item.participants),)
        ]
        gaps = {
            number: [
                LeaveStep(item, item.below - gap.allowed(index, at), gap.allowed(index, at))
                for item, age, at in placed
                if age == 0 and gap.hit[index, at]
            ]
            for number, gap in self.gaps.items()
            if gap.branch.measure == "share"
        }
        breakable = [
            number
            for number, holds in enumerate(true)
            if holds and (number in gaps or (number not in self.fixed and number not in self.gaps))
        ]
        return cheapest_way(self.rule, breakable, to_break, by_threshold, gaps, ages)

    def _placed(self, index: int, fractions: Sequence[ResultFraction]) -> list[Placed]:
        """Return the known fractions of a school with years back and number of procedure."""
        sizes = self.cells.participants[:, index, :].tolist()
        places = [(age, at) for age, row in enumerate(sizes) for at, size in enumerate(row) if size > 0]
        return [(item, *place) for item, place in zip(fractions, places, strict=True)]
