"""What a school would have to change to leave the list: the cheapest set of procedures, in pupils."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

from app.analysis.rule_model import SAME_KINDS, Branch, Rule
from app.analysis.verdicts import LeaveStep, ResultFraction

Work = tuple[str, str, str | None, int | None]


def work_of(item: ResultFraction) -> Work:
    """Return what was sat, without the year."""
    return item.procedure, item.subject, item.level, item.grade


def allowed_below(threshold: tuple[int, int], participants: int) -> int:
    """Return the largest count below minimum that stays under the threshold: 30 % of 27 → 8, of 10 → 2."""
    part, of = threshold
    return -(-part * participants // of) - 1


def cheapest_way(
    rule: Rule,
    breakable: Sequence[int],
    to_break: int,
    steps: Sequence[LeaveStep],
    gaps: Mapping[int, Sequence[LeaveStep]],
    ages: Mapping[Work, int],
) -> tuple[LeaveStep, ...]:
    """Return the cheapest changes of the year that make enough branches false, none where nothing would.

    Every choice of branches that would do is tried, and for each the dearest procedures are kept within what the
    branches allow. Where a choice mixes threshold and gap branches the two sets are put together: enough, but a
    smaller one may exist.

    Args:
        rule: the rule.
        breakable: numbers of true branches that results of the year can make false.
        to_break: how many must become false.
        steps: procedures of the year that reached the threshold.
        gaps: procedures of the year that lie behind the region, by number of branch.
        ages: in how many years running before the year itself a work reached the threshold.
    """
    best: tuple[LeaveStep, ...] = ()
    for chosen in combinations(breakable, to_break) if to_break <= len(breakable) else ():
        counted = [rule.branches[number] for number in chosen if number not in gaps]
        found = list(_cheapest(steps, counted, ages)) if counted else []
        for number in chosen:
            if number in gaps:
                keep = rule.branches[number].n - 1
                found += sorted(gaps[number], key=lambda item: -item.fewer)[keep:]
        whole = _largest(found)
        if not best or _price(whole) < _price(best):
            best = whole
    return best


def _largest(steps: Sequence[LeaveStep]) -> tuple[LeaveStep, ...]:
    """Keep of two steps of one procedure the larger one."""
    kept: dict[Work, LeaveStep] = {}
    for step in steps:
        work = work_of(step.fraction)
        if work not in kept or step.fewer > kept[work].fewer:
            kept[work] = step
    return tuple(kept.values())


def _price(steps: Sequence[LeaveStep]) -> tuple[int, int]:
    return sum(step.fewer for step in steps), len(steps)


def _cheapest(
    steps: Sequence[LeaveStep], branches: Sequence[Branch], ages: Mapping[Work, int]
) -> tuple[LeaveStep, ...]:
    """Return the cheapest steps that make these branches false.

    Of the procedures that reached the threshold in the last k years only so many may keep it as the branches of k
    years allow. Keeping the dearest first is exact: these limits lie one inside the other.
    """
    room: dict[int, int] = {}
    for branch in branches:
        years = branch.span if branch.kind in SAME_KINDS else 1
        room[years] = min(room.get(years, branch.n - 1), branch.n - 1)
    clear: list[LeaveStep] = []
    for step in sorted(steps, key=lambda item: -item.fewer):
        concerned = [years for years in room if ages[work_of(step.fraction)] >= years - 1]
        if all(room[years] > 0 for years in concerned):
            for years in concerned:
                room[years] -= 1
            continue
        clear.append(step)
    return tuple(step for step in steps if step in clear)
