"""Context metrics as figures: shares that follow from two counts, sums over years, what a rule compares.

Whole numbers where there are whole numbers; a percentage that was given as such stays exact. Nothing is rounded and
no part is made up.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from app.analysis.metric_catalogue import Catalogue, Metric

if TYPE_CHECKING:
    import pandas as pd

Figures = tuple[int | None, int | None, str | None]
"""(part, whole, exact) as they are stored."""
Basis = Literal["counts", "percent", "number"]


class MetricAmount(NamedTuple):
    """What a criterion compares: ``part`` of ``whole``, exactly.

    Attributes:
        basis: «counts» for real counts, «percent» for a percentage that came without them, «number» for anything else.
        years: how many school years it was made of.
    """

    part: int
    whole: int
    basis: Basis = "counts"
    years: int = 1


def derived(metric: Metric, own: Figures | None, part: Figures | None, whole: Figures | None) -> Figures | None:
    """Return the figures of a metric: its own, else for a share those that follow from its two counts.

    A share is known from counts only where both are there, the whole is not zero and the part does not exceed it.
    """
    if own is not None or metric.kind != "share" or part is None or whole is None:
        return own
    of, all_of = part[0], whole[0]
    if of is None or not all_of or of > all_of:
        return None
    return of, all_of, None


def amount(metric: Metric, figures: Figures) -> MetricAmount | None:
    """Return what a criterion compares, or None where the metric has no number."""
    part, whole, exact = figures
    if metric.kind == "share":
        if part is not None and whole:
            return MetricAmount(part, whole)
        return None if exact is None else _of_text(exact, 100, "percent")
    if part is not None:
        return MetricAmount(part, 1, "number")
    return None if exact is None or metric.kind == "text" else _of_text(exact, 1, "number")


def out_of_bounds(metric: Metric, figures: Figures) -> bool:
    """Tell whether a value lies outside the reasonable bounds of its metric; of a share the percentage counts."""
    value = amount(metric, figures)
    if value is None or metric.kind in {"flag", "text"}:
        return False
    # multiplied out, not divided: a grid asks this of tens of thousands of cells, and nothing may be rounded
    number, low, high = value.part * (100 if metric.kind == "share" else 1), metric.lower, metric.upper
    return (low is not None and number < low * value.whole) or (high is not None and number > high * value.whole)


def _of_text(exact: str, of: int, basis: Basis) -> MetricAmount:
    share = Fraction(exact) / of
    return MetricAmount(share.numerator, share.denominator, basis)


def total(amounts: Iterable[MetricAmount]) -> MetricAmount | None:
    """Add up one metric over school years: parts and wholes of counts, numbers as they are.

    Percentages without counts can't be added: with several years of them only a single year is an answer, and where
    some years have counts those are added and the percentages left out.
    """
    found = list(amounts)
    counted = [item for item in found if item.basis == "counts"]
    if counted:
        return MetricAmount(sum(a.part for a in counted), sum(a.whole for a in counted), "counts", len(counted))
    if len(found) <= 1 or found[0].basis == "percent":
        return found[0] if len(found) == 1 else None
    value = sum((Fraction(item.part, item.whole) for item in found), Fraction(0))
    return MetricAmount(value.numerator, value.denominator, "number", len(found))


def needed(catalogue: Catalogue, codes: Iterable[str]) -> tuple[str, ...]:
    """Return the codes together with the counts that shares among them are made of."""
    found: dict[str, None] = {}
    for code in codes:
        metric = catalogue.get(code)
        for name in (code, metric.part if metric else None, metric.whole if metric else None):
            if name is not None:
                found[name] = None
    return tuple(found)


def amounts(frame: pd.DataFrame, catalogue: Catalogue, code: str, years: Iterable[int]) -> Mapping[int, MetricAmount]:
    """Return one metric summed over school years, by school; schools without it are left out.

    Args:
        frame: from ``models.frames.metric_frame`` with the codes of ``needed``.
        catalogue: the catalogue in force.
        code: the metric.
        years: school years.
    """
    metric = catalogue.get(code)
    if metric is None:
        return {}
    wanted = [name for name in (code, metric.part, metric.whole) if name is not None]
    rows = frame[frame["metric"].isin(wanted) & frame["school_year"].isin(list(years))]
    cells: dict[tuple[int, int], dict[str, Figures]] = {}
    names = ("school_id", "school_year", "metric", "part", "whole", "exact")
    for school, year, name, part, whole, exact in zip(*(_plain_values(rows[name]) for name in names), strict=True):
        cells.setdefault((school, year), {})[name] = (part, whole, exact)
    found: dict[int, list[MetricAmount]] = {}
    for (school, _year), known in sorted(cells.items()):
        part_of = known.get(metric.part) if metric.part else None
        whole_of = known.get(metric.whole) if metric.whole else None
        figures = derived(metric, known.get(code), part_of, whole_of)
        value = None if figures is None else amount(metric, figures)
        if value is not None:
            found.setdefault(school, []).append(value)
    summed = {school: total(values) for school, values in found.items()}
    return {school: value for school, value in summed.items() if value is not None}


def _plain_values(column: pd.Series) -> list[Any]:
    """Return plain values of a column, None for an empty one."""
    empty = column.isna().to_numpy()
    return [None if nothing else value for value, nothing in zip(column.tolist(), empty, strict=True)]
