"""Expected and actual: what the context of a school lets expect of its result (domain §3.3).

Ordinary least squares by statsmodels: share below minimum (per cent) on the index of context, one point a school, with
95 % prediction intervals of single schools. Below thirty schools nothing is computed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from app.errors import UserError

LEAST = 30
LEVEL = 95
NOT_FOR = (
    "Не годится, чтобы судить о работе школы по одному году: интервалы широкие, а индекс описывает условия не целиком. "
    "Это повод присмотреться к школе, а не оценка её учителей или директора, и связь здесь не значит причину."
)


@dataclass(frozen=True, slots=True)
class ExpectedRow:
    """One school; shares in per cent.

    Attributes:
        actual: the share below minimum as it is.
        expected: what a school of this context has on the line.
        low, high: the 95 % prediction interval, cut to 0…100.
        residual: actual − expected; above zero is worse than expected.
    """

    school_id: int
    below: int
    participants: int
    context: float
    actual: float
    expected: float
    low: float
    high: float

    @property
    def residual(self) -> float:
        """Return actual − expected in percentage points; above zero is worse than expected."""
        return self.actual - self.expected

    @property
    def outside(self) -> int:
        """Return 1 where the result is worse than the interval lets expect, −1 where it is better, else 0."""
        return int(self.actual > self.high) - int(self.actual < self.low)


@dataclass(frozen=True, slots=True)
class ExpectedResult:
    """The line and every school beside it.

    Attributes:
        slope: percentage points for one point of the index.
        r_squared: which part of the spread of results goes along with the context, 0…1.
        not_for: what it may not be used for; stands beside every figure of it.
    """

    rows: tuple[ExpectedRow, ...]
    intercept: float
    slope: float
    r_squared: float
    result_year: int
    context_title: str
    not_for: str = NOT_FOR
    _places: dict[int, int] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._places.update({row.school_id: place for place, row in enumerate(self.rows)})

    def row(self, school_id: int) -> ExpectedRow | None:
        """Return the row of a school."""
        place = self._places.get(school_id)
        return None if place is None else self.rows[place]


def compute(
    points: Sequence[tuple[int, int, int, float]], *, result_year: int, context_title: str = "", least: int = LEAST
) -> ExpectedResult:
    """Return the regression of result on context.

    Args:
        points: (school, below minimum, participants, context), one a school with both.
        result_year: the year of the results.
        context_title: what the context is.
        least: fewest schools for which a line is drawn.

    Raises:
        UserError: ``DATA_EXPECTED_FEW``; ``DATA_EXPECTED_FLAT`` where all schools have the same context.
    """
    if len(points) < least:
        raise UserError("DATA_EXPECTED_FEW", have=len(points), need=least)
    if len({round(context, 9) for _school, _below, _of, context in points}) < 2:
        raise UserError("DATA_EXPECTED_FLAT")
    import numpy as np
    import statsmodels.api as sm

    actual = np.array([float(Fraction(100 * below, of)) for _school, below, of, _context in points])
    context = np.array([point[3] for point in points])
    design = np.column_stack([np.ones(len(points)), context])
    fitted = sm.OLS(actual, design).fit()
    bands = fitted.get_prediction(design).conf_int(obs=True, alpha=1 - LEVEL / 100)
    rows = tuple(
        ExpectedRow(
            school, below, of, x, float(actual[place]), float(fitted.fittedvalues[place]),
            max(0.0, float(bands[place, 0])), min(100.0, float(bands[place, 1])),
        )
        for place, (school, below, of, x) in enumerate(points)
    )  # fmt: skip
    intercept, slope = (float(value) for value in fitted.params)
    spread = float(((actual - actual.mean()) ** 2).sum())
    r_squared = float(fitted.rsquared) if spread > 0 else 0.0
    return ExpectedResult(rows, intercept, slope, r_squared, result_year, context_title)
