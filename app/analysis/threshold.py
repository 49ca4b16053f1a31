"""Rules that count procedures with a threshold: «не менее 30 % участников ниже минимума в двух процедурах»."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

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
    Metrics,
    answer,
    metric_answer,
    metric_fractions,
    worst_of,
)
from app.analysis.rule_model import THRESHOLD_KINDS, Branch, Rule
from app.analysis.verdicts import EdgeStep, LeaveStep, Missing, ResultFraction

Work = tuple[str, str, str | None, int | None]


def _work(item: ResultFraction) -> Work:
    """Return what was sat, without the year."""
    return item.procedure, item.subject, item.level, item.grade


def allowed_below(threshold: tuple[int, int], participants: int) -> int:
    """Return the largest count below minimum that stays under the threshold: 30 % of 27 → 8, of 10 → 2."""
    part, of = threshold
    return -(-part * participants // of) - 1


class ThresholdRule:
    """A rule of thresholds computed for all schools at once.

    Args:
        rule: the rule; ``rule.threshold`` is set, the loader sees to it.
        cells: the counts.
        school_ids: the schools in the order of the answer.
        metrics: values of metrics, by id and school.
    """

    columns: Columns

    def __init__(self, rule: Rule, cells: Cells, school_ids: Ints, metrics: Metrics) -> None:
        if rule.threshold is None:
            raise ValueError("the rule has no threshold")
        self.rule = rule
        self.cells = cells
        self.school_ids, self.metrics = school_ids, metrics
        self.threshold = rule.threshold
        self.fixed: dict[int, tuple[Bools, Bools]] = {
            number: metric_answer(branch, school_ids, metrics)
            for number, branch in enumerate(rule.branches)
            if branch.kind not in THRESHOLD_KINDS
        }
        self.absent: Bools
        self.hit = self._hit(cells.below)
        slack = cells.restored
        self.hit_low = self._hit(np.maximum(cells.below - slack, 0))
        self.hit_high = self._hit(np.minimum(cells.below + slack, cells.participants))
        self.columns = self._columns()

    def _hit(self, below: Ints) -> Bools:
        part, of = self.threshold
        size = self.cells.participants
        return (size >= self.rule.min_participants) & (size > 0) & (below * of >= part * size)

    def _truth(self, in_year: Ints, before: Ints, same: Ints) -> Bools:
        """Return school × branch for counts of procedures that reached the threshold."""
        truth = np.zeros((len(in_year), len(self.rule.branches)), dtype=np.bool_)
        for number, branch in enumerate(self.rule.branches):
            if number in self.fixed:
                truth[:, number] = self.fixed[number][0]
            elif branch.kind == "at_least_in_year":
                truth[:, number] = in_year >= branch.n
            elif branch.kind == "each_of_two_years_any":
                truth[:, number] = (in_year >= branch.n) & (before >= branch.n)
            else:
                truth[:, number] = same >= branch.n
        return truth

    @staticmethod
    def _tally(hit: Bools) -> tuple[Ints, Ints, Ints]:
        """Return how many procedures hit in the year, in the year before, in both."""
        in_year = hit[0].sum(axis=1, dtype=np.int64)
        if len(hit) == 1:
            return in_year, np.zeros_like(in_year), np.zeros_like(in_year)
        return in_year, hit[1].sum(axis=1, dtype=np.int64), (hit[0] & hit[1]).sum(axis=1, dtype=np.int64)

    def _listed(self, in_year: Ints, before: Ints, same: Ints) -> Bools:
        listed: Bools = self._truth(in_year, before, same).sum(axis=1) >= self.rule.enough
        return listed

    def _edge(self, listed: Bools) -> Bools:
        """Mark schools that one pupil moves: each cell can flip one way only, so eight kinds of flip are tried.

        A group that is whole below minimum is over any threshold, so one more is never one more than there are.
        """
        cells = self.cells
        flips = (
            (1, ~self.hit & self._hit(cells.below + 1)),
            (-1, self.hit & (cells.below > 0) & ~self._hit(cells.below - 1)),
        )
        counts = self._tally(self.hit)
        edge = np.zeros(len(listed), dtype=np.bool_)
        for sign, flip in flips:
            for age in range(len(self.hit)):
                other = self.hit[1 - age] if len(self.hit) > 1 else np.zeros_like(self.hit[0])
                for with_other in (True, False):
                    possible = (flip[age] & (other == with_other)).any(axis=1)
                    if not possible.any():
                        continue
                    moved = self._listed(
                        counts[0] + (sign if age == 0 else 0),
                        counts[1] + (sign if age == 1 else 0),
                        counts[2] + (sign if with_other else 0),
                    )
                    edge |= possible & (moved != listed)
        return edge

    def _columns(self) -> Columns:
        cells, rule = self.cells, self.rule
        truth = self._truth(*self._tally(self.hit))
        anything = np.asarray(cells.known.any(axis=(0, 2)))
        for _, known in self.fixed.values():
            anything |= known
        verdict = answer(rule, truth, anything)
        listed = verdict == LISTED
        duty = np.array([not item.optional for item in cells.procedures], dtype=np.bool_)
        absent = self.absent = (~cells.known & duty) | cells.partial
        possible = self._truth(*self._tally(self.hit | absent))
        for number, (_, known) in self.fixed.items():
            possible[:, number] |= ~known
        unmeasured = np.zeros(len(listed), dtype=np.bool_)
        for _, known in self.fixed.values():
            unmeasured |= ~known
        incomplete = (verdict == NOT_LISTED) & (absent.any(axis=(0, 2)) | unmeasured)
        could = possible.sum(axis=1) >= rule.enough
        low, high = (self._listed(*self._tally(hit)) for hit in (self.hit_low, self.hit_high))
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
            if branch.kind not in THRESHOLD_KINDS:
                continue
            which = (listed & truth[:, number])[:, None]
            if branch.kind == "same_in_both_years":
                decided |= which & self.hit[0] & self.hit[1]
                continue
            decided[0] |= which & self.hit[0]
            if branch.kind == "each_of_two_years_any":
                decided[1] |= which & self.hit[1]
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
        """Return the figures of one school."""
        fractions = self._fractions(index)
        ordered = tuple(sorted(fractions, key=lambda item: not item.decided))
        verdict = int(self.columns.verdict[index])
        return Details(
            fractions=ordered,
            worst=worst_of(ordered, self.cells.years[0]),
            to_leave=self._to_leave(index, fractions) if verdict == LISTED else (),
            edge_steps=self._edge_steps(index, fractions) if self.columns.edge[index] else (),
            missing=self._missing(index) if verdict != LISTED else (),
            metrics=metric_fractions(self.rule, int(self.school_ids[index]), self.metrics),
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

    def _counts(self, index: int) -> tuple[int, int, int]:
        in_year, before, same = self._tally(self.hit[:, index : index + 1, :])
        return int(in_year[0]), int(before[0]), int(same[0])

    def _true_branches(self, index: int, counts: tuple[int, int, int]) -> int:
        return sum(
            bool(self.fixed[number][0][index]) if number in self.fixed else branch.holds(*counts)
            for number, branch in enumerate(self.rule.branches)
        )

    def _edge_steps(self, index: int, fractions: Sequence[ResultFraction]) -> tuple[EdgeStep, ...]:
        """Return every single pupil that changes the answer."""
        in_year, before, same = self._counts(index)
        listed = self.columns.verdict[index] == LISTED
        year = self.cells.years[0]
        hit_at = {(_work(item), item.year) for item in fractions if item.hit}
        steps = []
        for item in fractions:
            change = -1 if item.hit else 1
            if item.participants < self.rule.min_participants or not 0 <= item.below + change <= item.participants:
                continue
            if item.below != allowed_below(self.threshold, item.participants) + (1 if item.hit else 0):
                continue
            now = item.year == year
            other = (_work(item), year - 1 if now else year) in hit_at
            counts = (
                in_year + (change if now else 0),
                before + (0 if now else change),
                same + (change if other else 0),
            )
            if (self._true_branches(index, counts) >= self.rule.enough) != listed:
                steps.append(EdgeStep(item, change))
        return tuple(steps)

    def _to_leave(self, index: int, fractions: Sequence[ResultFraction]) -> tuple[LeaveStep, ...]:
        """Return the smallest set of changes in the year itself (the past cannot be changed).

        Enough branches are made false for the school to leave by all of them: every choice of branches that would do
        is tried, and for each the dearest procedures are kept within what the branches allow.
        """
        counts = self._counts(index)
        year = self.cells.years[0]
        hit_before = {_work(item) for item in fractions if item.hit and item.year != year}
        steps = [
            LeaveStep(item, item.below - allowed, allowed)
            for item in fractions
            if item.hit and item.year == year
            for allowed in (allowed_below(self.threshold, item.participants),)
        ]
        true = [
            branch
            for number, branch in enumerate(self.rule.branches)
            if number not in self.fixed and branch.holds(*counts)
        ]
        to_break = self._true_branches(index, counts) - self.rule.enough + 1
        best: tuple[LeaveStep, ...] = ()
        for chosen in combinations(true, to_break) if to_break <= len(true) else ():
            found = _cheapest(steps, chosen, hit_before)
            if not best or _price(found) < _price(best):
                best = found
        return best


def _price(steps: Sequence[LeaveStep]) -> tuple[int, int]:
    return sum(step.fewer for step in steps), len(steps)


def _cheapest(steps: Sequence[LeaveStep], branches: Sequence[Branch], hit_before: set[Work]) -> tuple[LeaveStep, ...]:
    """Return the cheapest steps that make these branches false.

    At most ``most`` procedures may keep the threshold at all, and at most ``twice`` of those that reached it the year
    before. Keeping the dearest first is exact: the two limits lie one inside the other.
    """
    most = min((branch.n - 1 for branch in branches if branch.kind != "same_in_both_years"), default=len(steps))
    twice = min((branch.n - 1 for branch in branches if branch.kind == "same_in_both_years"), default=len(steps))
    clear: list[LeaveStep] = []
    for step in sorted(steps, key=lambda item: -item.fewer):
        repeated = _work(step.fraction) in hit_before
        if most > 0 and (twice > 0 or not repeated):
            most -= 1
            twice -= repeated
            continue
        clear.append(step)
    return tuple(step for step in steps if step in clear)
