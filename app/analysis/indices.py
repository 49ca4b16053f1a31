"""Indices of context: standardised shares, weighted and signed (domain §3.2, 000 §1.2.1).

How an index is made, in one place:

* every component of a school is compared with the other schools of the municipality: z = (value − mean) / SD, where
  mean and SD (of the whole population, divided by n) are of the schools that have the value;
* a contribution is sign × weight × z divided by the sum of the weights of the components that the school has; the
  index is the sum of its contributions. So 0 is «as the mean of the municipality», and a school that lacks a component
  stays on the same scale as the others;
* a component with equal values everywhere tells no school from another: its contribution is 0, and that is said;
* a school with fewer than half of the components has no index: «нет данных»;
* the best school has place 1; equal indices share a place. Values are compared after rounding to nine digits, so that
  the order of additions decides nothing;
* lowest N % = ceil(N·n/100) of the schools that have an index, ties at the border included (decision 11).

Values stay whole numbers until they are standardised: whether all of them are equal is decided without rounding, and
one division of two whole numbers is rounded once, so that equal shares stay equal.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import fsum, sqrt
from typing import Literal

from app.analysis.index_model import MEAN, IndexComponent, IndexDefinition
from app.analysis.metric_values import MetricAmount

DIGITS = 9
Note = Literal["", "same", "alone"]
NOTE_WORDS: dict[Note, str] = {
    "": "",
    "same": "у всех школ одинаково, на индекс не влияет",
    "alone": "значение есть только у этой школы, сравнить не с чем",
}
Values = Mapping[str, Mapping[int, MetricAmount]]
"""Metric → school → what is compared."""


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one component gives to the index of one school.

    Attributes:
        amount: the school's own value, exactly.
        z: how many standard deviations the value is from the mean of the municipality; the sign is not yet applied.
        value: sign × weight × z / sum of the school's weights; above zero it raises the index.
        note: why the component tells nothing, "" where it does.
    """

    component: IndexComponent
    amount: MetricAmount
    z: float
    value: float
    note: Note = ""

    @property
    def metric(self) -> str:
        """Return the code of the metric whose cell the value is."""
        return self.component.metric


@dataclass(frozen=True, slots=True)
class IndexRow:
    """The index of one school.

    Attributes:
        value: None where fewer than half of the components are there.
        place: 1 is the highest index; equal ones share it.
        of: how many schools have an index.
        tied: how many schools share the place, the school itself among them.
        contributions: of the components that the school has, in the order of the definition.
        missing: the components it lacks.
        lowest: it belongs to the lowest share of schools.
    """

    school_id: int
    value: float | None
    place: int | None
    of: int
    tied: int
    contributions: tuple[Contribution, ...]
    missing: tuple[IndexComponent, ...]
    lowest: bool = False

    @property
    def total(self) -> int:
        """Return how many components the index has."""
        return len(self.contributions) + len(self.missing)


@dataclass(frozen=True, slots=True)
class IndexResult:
    """An index of all schools in a school year.

    Attributes:
        taken: how many schools the lowest share is, ceil(share·n); with ties at the border more are ``lowest``.
        populations: how many schools have each component, by metric.
    """

    definition: IndexDefinition
    school_year: int
    rows: tuple[IndexRow, ...]
    taken: int
    populations: Mapping[str, int]
    _places: dict[int, int] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._places.update({row.school_id: place for place, row in enumerate(self.rows)})

    def row(self, school_id: int) -> IndexRow | None:
        """Return the row of a school."""
        place = self._places.get(school_id)
        return None if place is None else self.rows[place]

    @property
    def known(self) -> int:
        """Return how many schools have an index."""
        return sum(row.value is not None for row in self.rows)

    @property
    def lowest(self) -> tuple[IndexRow, ...]:
        """Return the rows of the lowest share, the lowest first."""
        rows = [row for row in self.rows if row.lowest]
        return tuple(sorted(rows, key=lambda row: (rounded(row.value or 0.0), row.school_id)))


def rounded(value: float) -> float:
    """Return a value as it is compared with others."""
    return round(value, DIGITS) + 0.0


def ceil_share(share: tuple[int, int], count: int) -> int:
    """Return ceil(share·count) in whole numbers: 25 % of 10 is 3."""
    return -(-share[0] * count // share[1])


@dataclass(frozen=True, slots=True)
class _Scale:
    """Mean and standard deviation of one component over the municipality."""

    mean: float
    deviation: float
    note: Note

    def z(self, amount: MetricAmount) -> float:
        """Return the standardised value, 0 where all are equal."""
        return 0.0 if self.note else (amount.part / amount.whole - self.mean) / self.deviation


def _scale(amounts: Sequence[MetricAmount]) -> _Scale:
    """Return the scale of a component; sums are exact to the last digit, whatever the order of the schools."""
    first = amounts[0] if amounts else MetricAmount(0, 1)
    if all(item.part * first.whole == first.part * item.whole for item in amounts):
        return _Scale(first.part / first.whole, 0.0, "alone" if len(amounts) == 1 else "same")
    numbers = [item.part / item.whole for item in amounts]
    mean = fsum(numbers) / len(numbers)
    deviation = sqrt(fsum((number - mean) ** 2 for number in numbers) / len(numbers))
    return _Scale(mean, deviation, "") if deviation > 0 else _Scale(mean, 0.0, "same")


class _Weights:
    """Weights of the components that a school has, as parts of one; schools with the same components share them."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, ...], list[float]] = {}

    def of(self, have: Sequence[IndexComponent]) -> list[float]:
        """Return one signed factor a component; without their signs they add up to 1."""
        key = tuple(component.metric for component in have)
        found = self._known.get(key)
        if found is None:
            whole = sum((component.weight_fraction for component in have), Fraction(0))
            found = [component.sign * float(component.weight_fraction / whole) for component in have]
            self._known[key] = found
        return found


def compute(definition: IndexDefinition, school_year: int, school_ids: Iterable[int], values: Values) -> IndexResult:
    """Return the index of every school asked for; they are the municipality that values are compared in.

    Args:
        definition: the index.
        school_year: first calendar year of the school year that the values are of.
        school_ids: the schools, in the order of the answer, none twice.
        values: metric → school → value; schools that are not asked for are passed over.
    """
    schools = list(school_ids)
    wanted = set(schools)
    present = {
        part.metric: {school: amount for school, amount in values.get(part.metric, {}).items() if school in wanted}
        for part in definition.used
    }
    scales = {metric: _scale(list(found.values())) for metric, found in present.items()}
    used, weights = definition.used, _Weights()
    rows = [_row(used, school, present, scales, weights) for school in schools]
    known = sorted((rounded(row.value) for row in rows if row.value is not None), reverse=True)
    taken = ceil_share(definition.lowest, len(known))
    border = known[-taken] if taken else None
    placed = _placed(rows, known, border)
    return IndexResult(
        definition, school_year, placed, taken, {metric: len(found) for metric, found in present.items()}
    )


def _row(
    used: Sequence[IndexComponent], school: int, present: Values, scales: Mapping[str, _Scale], weights: _Weights
) -> IndexRow:
    """Return the row of one school without its place."""
    have = [component for component in used if school in present[component.metric]]
    missing = tuple(component for component in used if school not in present[component.metric])
    contributions = []
    for component, weight in zip(have, weights.of(have), strict=True):
        scale, amount = scales[component.metric], present[component.metric][school]
        z = scale.z(amount)
        contributions.append(Contribution(component, amount, z, weight * z + 0.0, scale.note))
    enough = have and 2 * len(have) >= len(used)
    index = fsum(item.value for item in contributions) if enough else None
    return IndexRow(school, index, None, 0, 0, tuple(contributions), missing)


def _placed(rows: Sequence[IndexRow], known: Sequence[float], border: float | None) -> tuple[IndexRow, ...]:
    """Give rows their places; ``known`` runs from the highest index to the lowest."""
    first: dict[float, int] = {}
    for place, value in enumerate(known, start=1):
        first.setdefault(value, place)
    shared = Counter(known)
    placed = []
    for row in rows:
        if row.value is None:
            placed.append(IndexRow(row.school_id, None, None, len(known), 0, row.contributions, row.missing))
            continue
        value = rounded(row.value)
        placed.append(
            IndexRow(
                row.school_id, row.value, first[value], len(known), shared[value], row.contributions, row.missing,
                border is not None and value <= border,
            )
        )  # fmt: skip
    return tuple(placed)


def mean_of(results: Sequence[IndexResult], school_id: int) -> float | None:
    """Return the mean of a school's indices; None where one of them has no data: half a context is another context."""
    found = [row.value for row in (result.row(school_id) for result in results) if row is not None]
    if not found or len(found) < len(results) or any(value is None for value in found):
        return None
    return fsum(value for value in found if value is not None) / len(found)


__all__ = [
    "MEAN", "NOTE_WORDS", "Contribution", "IndexResult", "IndexRow", "Note", "Values", "ceil_share", "compute",
    "mean_of", "rounded",
]  # fmt: skip
