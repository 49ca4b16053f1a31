"""How sure a change of a share is, and how much of it chance alone would bring (domain §3.1, §7).

Three statistics, each of a published source; all are shown, none decides anything stored:

* Newcombe's interval for the difference of two independent shares: R. G. Newcombe, Statistics in Medicine 17 (1998)
  873-890, method 10, made of two Wilson intervals;
* the interval of a difference of two such differences, by the same squaring and adding: G. Y. Zou, A. Donner,
  Statistics in Medicine 27 (2008) 1693-1702 (MOVER);
* regression to the mean: of a school that stood ``x`` in one year the next year is expected at ``m + r·(x - m)``
  without any help (J. M. Bland, D. G. Altman, BMJ 308 (1994) 1499; A. G. Barnett et al., Int. J. Epidemiology 34 (2005)
  215-220), where ``r = b / (b + w)``, ``b`` the variance between schools (R. DerSimonian, N. Laird, Controlled
  Clinical Trials 7 (1986) 177-188) and ``w = m·(1 - m)/n`` the chance of ``n`` participants.

Shares stand as exact fractions, intervals as plain numbers from -1 to 1.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from math import sqrt

from app.analysis.intervals import Interval, wilson

LEAST_SCHOOLS = 5
"""With fewer schools the spread between them says nothing, and nothing is expected (ours)."""


@dataclass(frozen=True, slots=True)
class Tally:
    """Participants below minimum of all participants."""

    below: int
    of: int

    @property
    def share(self) -> Fraction:
        """Return the share exactly; 0 of no one."""
        return Fraction(self.below, self.of) if self.of else Fraction()

    @property
    def interval(self) -> Interval | None:
        """Return Wilson's interval of the share, None of no one."""
        return wilson(self.below, self.of)

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.below + other.below, self.of + other.of)


def total(tallies: Iterable[Tally]) -> Tally:
    """Return the sum of tallies."""
    return sum(tallies, Tally(0, 0))


@dataclass(frozen=True, slots=True)
class Bounds:
    """A difference with the ends of its 95 % interval, shares from -1 to 1."""

    value: float
    low: float
    high: float

    @property
    def sure(self) -> bool:
        """Tell whether the interval leaves nought out: chance alone hardly brings such a difference."""
        return self.low > 0 or self.high < 0


def newcombe(before: Tally, after: Tally) -> Bounds | None:
    """Return ``after − before`` with Newcombe's hybrid score interval; None where either is of no one.

    With l, u the Wilson bounds of each share and d = p₂ - p₁: from ``d - √((p₂-l₂)² + (u₁-p₁)²)`` to
    ``d + √((u₂-p₂)² + (p₁-l₁)²)``. The groups are taken as different children, which they are: each year another class
    writes the work.
    """
    first, second = before.interval, after.interval
    if first is None or second is None:
        return None
    one, two = float(before.share), float(after.share)
    difference = two - one
    low = difference - sqrt((two - second.low) ** 2 + (first.high - one) ** 2)
    high = difference + sqrt((second.high - two) ** 2 + (one - first.low) ** 2)
    return Bounds(difference, low, high)


def apart(one: Bounds, other: Bounds) -> Bounds:
    """Return ``one − other`` of two independent differences with its interval (MOVER)."""
    difference = one.value - other.value
    low = difference - sqrt((one.value - one.low) ** 2 + (other.high - other.value) ** 2)
    high = difference + sqrt((one.high - one.value) ** 2 + (other.value - other.low) ** 2)
    return Bounds(difference, low, high)


@dataclass(frozen=True, slots=True)
class Spread:
    """How schools of one year differ: what chance explains and what does not.

    Attributes:
        mean: share of all participants together.
        between: variance between schools beyond chance, never below nought.
        schools: how many were compared.
    """

    mean: Fraction
    between: Fraction
    schools: int

    def kept(self, participants: int) -> Fraction:
        """Return which part of a school's distance from the mean lasts, 0…1: ``b / (b + m(1-m)/n)``."""
        chance = self.mean * (1 - self.mean) / participants if participants else Fraction()
        whole = self.between + chance
        return self.between / whole if whole else Fraction()

    def expected(self, tally: Tally) -> Fraction:
        """Return the share a school is expected to have next time though nothing is done: ``m + r·(p - m)``."""
        return self.mean + self.kept(tally.of) * (tally.share - self.mean)

    def drift(self, tally: Tally) -> Fraction:
        """Return how the share is expected to move by itself: below nought for a school that stood above the mean."""
        return self.expected(tally) - tally.share


def spread(tallies: Iterable[Tally], least: int = LEAST_SCHOOLS) -> Spread | None:
    """Return how schools of one year differ; None of fewer than ``least`` schools with participants.

    By moments: with weights nᵢ and m the common share, ``b = (Σnᵢ(pᵢ-m)² - (k-1)·m(1-m)) / (N - Σnᵢ²/N)``, at least 0.
    """
    known = [tally for tally in tallies if tally.of > 0]
    if len(known) < least:
        return None
    whole = total(known)
    mean = whole.share
    scatter = sum((tally.of * (tally.share - mean) ** 2 for tally in known), Fraction())
    weight = whole.of - Fraction(sum(tally.of**2 for tally in known), whole.of)
    between = (scatter - (len(known) - 1) * mean * (1 - mean)) / weight
    return Spread(mean, max(Fraction(), between), len(known))


def drift_of(spread_of_year: Spread, tallies: Iterable[Tally]) -> Fraction:
    """Return how a group is expected to move by itself: the moves of its schools, weighted by participants."""
    known = [tally for tally in tallies if tally.of > 0]
    people = sum(tally.of for tally in known)
    moved = sum((tally.of * spread_of_year.drift(tally) for tally in known), Fraction())
    return moved / people if people else Fraction()
