"""A chart as data: what is drawn, with the numbers it is drawn from (decision 27).

``exporters.charts`` draws it, the same for the window and for papers. Everything that a reader needs to trust a chart
stands in it: intervals, numbers of people, «нет данных», the sentence under it. Colours are not here: they come from
the palette of the place it is drawn for, and each series has a marker and a dash of its own, so that black and white
is enough.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Tone = Literal["series", "ok", "warn", "bad", "none", "accent"]
"""What a part means; ``series`` takes the colour of its place in the row of series."""


@dataclass(frozen=True, slots=True)
class Point:
    """One value with its interval.

    Attributes:
        label: the place on the axis of categories: a year, a procedure.
        value: in the unit of the chart (per cent as 0…100); None is «нет данных» and breaks the line.
        low: lower end of the interval, None where none is known.
        high: upper end.
        told: how the value is said: «12 из 31, 38,7 %».
        small: fewer participants than a sure answer needs; the marker is hollow.
        link: the id of a school a click opens, None where there is none.
    """

    label: str
    value: float | None
    low: float | None = None
    high: float | None = None
    told: str = ""
    small: bool = False
    link: int | None = None


@dataclass(frozen=True, slots=True)
class Series:
    """Points of one kind, labelled directly at the end of the line."""

    name: str
    points: tuple[Point, ...]
    tone: Tone = "series"


@dataclass(frozen=True, slots=True)
class Level:
    """A horizontal line with a word: the threshold, the region's mean."""

    value: float
    word: str


@dataclass(frozen=True, slots=True)
class LineChart:
    """Dynamics over years: lines with intervals. All series share the labels of the first."""

    title: str
    unit: str
    series: tuple[Series, ...]
    levels: tuple[Level, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class BarChart:
    """One bar a label, horizontal: contributions, the risk profile, distances. Values may be negative."""

    title: str
    unit: str
    series: tuple[Series, ...]
    ticks: tuple[tuple[float, str], ...] = ()
    levels: tuple[Level, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class StackedChart:
    """Marks 2…5 or shares of «понизили, подтвердили, повысили»: bars of 100 %, one a label; counts are the points.

    ``unit`` is what is counted.
    """

    title: str
    series: tuple[Series, ...]
    note: str = ""
    unit: str = "чел."


@dataclass(frozen=True, slots=True)
class HeatCell:
    """One cell of a heat map.

    Attributes:
        value: in per cent; None is «нет данных».
        told: its fraction, in words.
        word: what stands in the cell instead of the number («2», «н/п»).
        bar: share of the width that a bar at the foot of the cell takes, 0…1: a sign beside the shade.
    """

    value: float | None
    told: str = ""
    small: bool = False
    word: str = ""
    bar: float | None = None


@dataclass(frozen=True, slots=True)
class HeatChart:
    """Schools × procedures. The number stands in the cell; the bound between shades is the rule's threshold.

    ``links`` are ids of schools by row; ``classes`` are the words of the legend where per cents say too little.
    """

    title: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[tuple[HeatCell, ...], ...]
    bounds: tuple[float, ...] = (10.0, 20.0, 30.0, 50.0)
    links: tuple[int, ...] = ()
    note: str = ""
    classes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Dot:
    """One school of a scatter: ``kind`` is the key of its group (its type), ``named`` puts its name beside it."""

    x: float
    y: float
    name: str
    kind: str = ""
    told: str = ""
    named: bool = False
    link: int | None = None


@dataclass(frozen=True, slots=True)
class ScatterChart:
    """Result × context with quadrants.

    Attributes:
        kinds: key → word of each group of dots, in the order of the legend.
        x_cuts, y_cuts: cut-offs drawn as lines.
        corners: words of the four corners: left top, right top, left bottom, right bottom; empty for none.
        fit: a line with its band: (x, y, low, high), sorted by x.
    """

    title: str
    x_title: str
    y_title: str
    dots: tuple[Dot, ...]
    kinds: tuple[tuple[str, str], ...] = ()
    x_cuts: tuple[float, ...] = ()
    y_cuts: tuple[float, ...] = ()
    corners: tuple[str, str, str, str] = ("", "", "", "")
    fit: tuple[tuple[float, float, float, float], ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class RadarChart:
    """The risk profile as a star: all series share the labels of the first; ``ticks`` name the rings."""

    title: str
    series: tuple[Series, ...]
    ticks: tuple[tuple[float, str], ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Bullet:
    """One indicator: where it stands against its target.

    Attributes:
        value, target, baseline: in the unit of the row; None is unknown.
        tone: of the bar: «ok», «warn», «bad», «none»; its shape stands before ``word``.
        told: value and target as people read them: «29,2 %, цель 30 %».
        word: the state in words: «достигнуто», «отстаёт: −24,4».
    """

    label: str
    value: float | None
    target: float | None = None
    baseline: float | None = None
    tone: Tone = "none"
    told: str = ""
    word: str = ""
    link: int | None = None


@dataclass(frozen=True, slots=True)
class BulletChart:
    """Indicators against their targets, each row on a scale of its own (S. Few, Bullet Graph Specification, 2006)."""

    title: str
    rows: tuple[Bullet, ...]
    note: str = ""


ChartSpec = LineChart | BarChart | StackedChart | HeatChart | ScatterChart | RadarChart | BulletChart


def texts(chart: ChartSpec) -> Iterator[str]:
    """Yield everything that is written on a chart, for the checks of glyphs and of the page."""
    yield chart.title
    yield chart.note
    match chart:
        case HeatChart():
            yield from (*chart.rows, *chart.columns, *chart.classes)
            yield from (text for row in chart.cells for cell in row for text in (cell.told, cell.word))
        case ScatterChart():
            yield from (chart.x_title, chart.y_title, *chart.corners, *(word for _key, word in chart.kinds))
            yield from (dot.name for dot in chart.dots)
        case BulletChart():
            yield from (text for row in chart.rows for text in (row.label, row.told, row.word))
        case _:
            for series in chart.series:
                yield series.name
                yield from (point.label for point in series.points)
                yield from (point.told for point in series.points)
            if isinstance(chart, LineChart | BarChart):
                yield chart.unit
                yield from (level.word for level in chart.levels)
            if isinstance(chart, BarChart | RadarChart):
                yield from (word for _step, word in chart.ticks)
