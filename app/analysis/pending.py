"""The answer for one school whose figures are made when somebody looks at them.

A list of a country has forty thousand rows and a screen shows forty: fractions, steps and places of the others are
never asked for. What every row is ordered and counted by (answer, edge, worst share, number of procedures) is ready.
"""

from __future__ import annotations

from dataclasses import fields
from typing import Any, Final, cast

from app.analysis.columns import Details, Source
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
    SchoolVerdict,
)

_NOT_MADE: Final = object()


class PendingVerdict(SchoolVerdict):
    """A verdict that asks its source for figures at the first look and keeps them.

    Equal to a plain verdict with the same figures; a copy or a pickle of it is a plain one.

    Args:
        source: the computed rule; it never changes.
        index: of the school in it.
        ready: the attributes that are not figures.
    """

    __slots__ = ("_details", "_fractions", "_index", "_ranking", "_source", "_worst")
    _source: Source
    _index: int

    def __init__(self, source: Source, index: int, ready: dict[str, Any]) -> None:
        put = object.__setattr__  # frozen
        put(self, "_source", source)
        put(self, "_index", index)
        for name in ("_details", "_fractions", "_ranking", "_worst"):
            put(self, name, _NOT_MADE)
        for name, value in ready.items():
            put(self, name, value)

    def _made(self, name: str) -> Any:
        """Return fractions, worst, ranking or details, made now if nobody has asked before."""
        found = getattr(self, f"_{name}")
        if found is _NOT_MADE:
            found = getattr(self._source, name)(self._index)
            object.__setattr__(self, f"_{name}", found)
        return found

    def _figures(self) -> Details:
        return cast("Details", self._made("details"))

    @property
    def fractions(self) -> tuple[ResultFraction, ...]:
        """Return what the parent keeps under this name; so do the others."""
        return cast("tuple[ResultFraction, ...]", self._made("fractions"))

    @property
    def worst(self) -> ResultFraction | None:  # noqa: D102
        return cast("ResultFraction | None", self._made("worst"))

    @property
    def to_leave(self) -> tuple[LeaveStep, ...]:  # noqa: D102
        return self._figures().to_leave

    @property
    def edge_steps(self) -> tuple[EdgeStep, ...]:  # noqa: D102
        return self._figures().edge_steps

    @property
    def missing(self) -> tuple[Missing, ...]:  # noqa: D102
        return self._figures().missing

    @property
    def quality(self) -> tuple[QualityFraction, ...]:  # noqa: D102
        return self._figures().quality

    @property
    def ranking(self) -> Ranking | None:  # noqa: D102
        return cast("Ranking | None", self._made("ranking"))

    @property
    def metrics(self) -> tuple[MetricFraction, ...]:  # noqa: D102
        return self._figures().metrics

    @property
    def gaps(self) -> tuple[GapFraction, ...]:  # noqa: D102
        return self._figures().gaps

    @property
    def indices(self) -> tuple[IndexPlace, ...]:  # noqa: D102
        return self._figures().indices

    def counted(self, year: int) -> tuple[int, int]:
        """Return hits and known procedures of a year; those of the year itself are counted for all schools at once."""
        found = self._source.counted(self._index, year)
        return super().counted(year) if found is None else found

    def _values(self) -> tuple[Any, ...]:
        return tuple(getattr(self, field.name) for field in fields(SchoolVerdict))

    def __eq__(self, other: object) -> bool:
        """Compare figures, whether they were made before or are made now."""
        if not isinstance(other, SchoolVerdict):
            return NotImplemented
        return self._values() == tuple(getattr(other, field.name) for field in fields(SchoolVerdict))

    def __hash__(self) -> int:
        """Equal verdicts have equal hashes, plain or not."""
        return hash(self._values())

    def __reduce__(self) -> tuple[type[SchoolVerdict], tuple[Any, ...]]:
        """Copy as a plain verdict: no copy drags the counts of all schools along."""
        return SchoolVerdict, self._values()
