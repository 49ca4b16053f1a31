"""What a list would be with another threshold or other numbers: the rule moved, and the strip of stability.

All branches with a threshold grow with every procedure that reaches it, so each school has one highest whole per cent
at which it is listed. That number answers every threshold at once (``tops``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from app.analysis.rule_model import ANY_KINDS, SAME_KINDS, THRESHOLD_KINDS, Branch, EgeMath, Join, Rule

if TYPE_CHECKING:
    import numpy.typing as npt

    from app.analysis.identification import Identification
    from app.analysis.threshold import ThresholdRule

LOWEST, HIGHEST = 20, 40
"""Whole per cents that the strip of stability shows."""
NEVER, ALWAYS = -1, 101
"""Instead of a per cent: listed at no threshold at all; listed at any, by another ground."""


@dataclass(frozen=True, slots=True)
class Change:
    """What is moved in a rule; None leaves it as it is.

    Attributes:
        threshold: whole per cent of participants below minimum, 1 to 100.
        n: how many procedures of the year are enough (branches «не менее N процедур за год»).
        min_participants: smaller groups never reach the threshold.
        egemath: base and profile ЕГЭ maths as one procedure or two.
        join: «or» — enough grounds as the rule says, at least one; «and» — all of them.
    """

    threshold: int | None = None
    n: int | None = None
    min_participants: int | None = None
    egemath: EgeMath | None = None
    join: Join | None = None


def movable(rule: Rule) -> bool:
    """Tell whether a rule has a threshold that can be moved."""
    return rule.threshold is not None and rule.by_procedures


def present_percent(rule: Rule) -> float | None:
    """Return the threshold in per cent (30.0), None where the rule has none."""
    return None if rule.threshold is None else rule.threshold[0] * 100 / rule.threshold[1]


def present_n(rule: Rule) -> int | None:
    """Return how many procedures of one year are enough, None where no branch asks that."""
    return next((branch.n for branch in rule.branches if branch.kind == "at_least_in_year"), None)


def moved(rule: Rule, change: Change) -> Rule:
    """Return the rule with the change in it; what it does not have is left alone.

    Args:
        rule: any rule.
        change: what is moved.
    """
    fields: dict[str, Any] = {}
    if change.threshold is not None and rule.threshold is not None and present_percent(rule) != change.threshold:
        fields["threshold"] = (change.threshold, 100)
    if change.min_participants is not None:
        fields["min_participants"] = change.min_participants
    if change.egemath is not None:
        fields["egemath"] = change.egemath
    if change.join is not None:
        fields["join"] = change.join
    if change.n is not None:
        fields["branches"] = tuple(_with_n(branch, change.n) for branch in rule.branches)
    return replace(rule, **fields) if fields else rule


def _with_n(branch: Branch, n: int) -> Branch:
    return replace(branch, n=n) if branch.kind == "at_least_in_year" else branch


# --- the strip ---------------------------------------------------------------------------------------------------


def tops(answers: Identification) -> tuple[int, ...]:
    """Return of each school the highest whole per cent at which it is listed, in the order of ``school_ids``.

    ``NEVER`` where no threshold lists it, ``ALWAYS`` where another ground lists it at any. Shares are rounded down:
    29.63 % reaches 29 and not 30, 30 of 100 reaches 30.

    Args:
        answers: of a rule that counts procedures with a threshold.

    Raises:
        ValueError: the rule has none (a bug of the caller).
    """
    import numpy as np

    from app.analysis.threshold import ThresholdRule

    source = answers.source
    if not isinstance(source, ThresholdRule):
        raise TypeError("the rule has no threshold to move")
    by_branch = np.stack(
        [_tops_of(source, number, branch) for number, branch in enumerate(answers.rule.branches)], axis=1
    )
    return tuple(_largest(by_branch, answers.rule.enough).tolist())


def _tops_of(source: ThresholdRule, number: int, branch: Branch) -> npt.NDArray[Any]:
    """Return the highest per cent at which one branch is true, by school."""
    import numpy as np

    if branch.kind not in THRESHOLD_KINDS:
        return np.where(source.columns.truth[:, number], ALWAYS, NEVER)
    shares = _shares(source)
    if branch.kind in SAME_KINDS:
        return _largest(shares[: branch.span].min(axis=0), branch.n)
    years = [_largest(shares[age], branch.n) for age in range(branch.span if branch.kind in ANY_KINDS else 1)]
    return np.asarray(np.stack(years).min(axis=0))


def _shares(source: ThresholdRule) -> npt.NDArray[Any]:
    """Return year × school × procedure: whole per cents, rounded down; ``NEVER`` where there is nothing to count."""
    import numpy as np

    cells = source.cells
    size = np.maximum(cells.participants, 1)
    counted = (cells.participants > 0) & (cells.participants >= source.rule.min_participants)
    shares: npt.NDArray[Any] = np.where(counted, cells.below * 100 // size, NEVER)
    return shares


def _largest(values: npt.NDArray[Any], n: int) -> npt.NDArray[Any]:
    """Return the n-th largest of each row, ``NEVER`` where a row is shorter."""
    import numpy as np

    if values.shape[1] < n:
        return np.full(len(values), NEVER, dtype=np.int64)
    ordered: npt.NDArray[Any] = np.sort(values, axis=1)
    return np.asarray(ordered[:, values.shape[1] - n])


@dataclass(frozen=True, slots=True)
class Step:
    """One whole per cent of the strip.

    Attributes:
        percent: the threshold.
        listed: how many schools the list would have.
        come: schools that come in when the threshold goes down to this per cent from the next one.
        leave: schools that are gone when it goes up to this per cent from the one before.
    """

    percent: int
    listed: int
    come: tuple[int, ...]
    leave: tuple[int, ...]


def steps(found: Sequence[tuple[int, int]], lowest: int = LOWEST, highest: int = HIGHEST) -> tuple[Step, ...]:
    """Return the strip of schools with their tops.

    Args:
        found: (school, top) pairs; a school whose answer a person has set has ``ALWAYS`` or ``NEVER``.
        lowest: first whole per cent.
        highest: last whole per cent.
    """
    by_top: dict[int, list[int]] = {}
    for school, top in found:
        by_top.setdefault(top, []).append(school)
    listed = sum(top >= lowest for _school, top in found)
    made = []
    for percent in range(lowest, highest + 1):
        gone = by_top.get(percent - 1, [])
        if percent > lowest:
            listed -= len(gone)
        made.append(Step(percent, listed, tuple(by_top.get(percent, ())), tuple(gone)))
    return tuple(made)
