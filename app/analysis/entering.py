"""How far a school that is not listed stands from the list: how many more pupils below minimum would bring it in."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from app.analysis.rule_model import THRESHOLD_KINDS, Rule
from app.analysis.verdicts import ResultFraction, SchoolVerdict

MOST_PROCEDURES = 3
"""So many procedures at once are tried; a school that needs more is far from the list."""

Work = tuple[str, str, str | None, int | None]


def to_enter(verdict: SchoolVerdict, rule: Rule, year: int) -> int | None:
    """Return the least number of further pupils below minimum in the year that would list the school.

    The years before can't be changed; groups stay as large as they are. None where the school is listed, where no
    such number does it within a few procedures, or where the rule has no threshold.

    Args:
        verdict: from ``identify`` with the same rule and year.
        rule: the rule.
        year: the result year.
    """
    if verdict.verdict != "not_listed" or rule.threshold is None or not rule.by_procedures:
        return None
    now = [item for item in verdict.of_year(year) if not item.hit and item.participants >= rule.min_participants]
    costs = [(more_needed(item, rule.threshold), item) for item in now]
    best: int | None = None
    for size in range(1, MOST_PROCEDURES + 1):
        for chosen in combinations(costs, size):
            total = sum(cost for cost, _item in chosen)
            if (best is None or total < best) and _listed(verdict, rule, year, [item for _cost, item in chosen]):
                best = total
    return best


def more_needed(item: ResultFraction, threshold: tuple[int, int]) -> int:
    """Return how many more below minimum reach the threshold: 8 of 27 needs one more for 30 %."""
    part, of = threshold
    return -(-part * item.participants // of) - item.below


def _work(item: ResultFraction) -> Work:
    return item.procedure, item.subject, item.level, item.grade


def _listed(verdict: SchoolVerdict, rule: Rule, year: int, raised: Sequence[ResultFraction]) -> bool:
    """Tell whether the school would be listed if some procedures of the year reached the threshold too."""
    depth = len(rule.threshold_years(year))
    hits = [{_work(item) for item in verdict.hits(year - age)} for age in range(depth)]
    hits[0] |= {_work(item) for item in raised}
    running = {k: len(set.intersection(*hits[:k])) for k in range(1, depth + 1)}
    by_year = [len(found) for found in hits]
    true = sum(
        branch.holds(by_year, running) if branch.kind in THRESHOLD_KINDS else branch.id in verdict.true_branches
        for branch in rule.branches
    )
    return true >= rule.enough
