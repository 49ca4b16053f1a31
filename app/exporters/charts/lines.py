"""Dynamics over years: lines with intervals, named at their ends."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby

from app.exporters.charts.look import DASHES, MARKERS
from app.exporters.charts.placing import Box, Placer, are_whole, spread, ticks
from app.exporters.charts.stage import ASCENT, Stage, figure, number
from app.reports.charts import LineChart, Point, Series
from app.texts import NBSP

NO_DATA = "нет данных"
_SMALL = 0.92
_END_SHARE = 0.32
"""The names at the ends of the lines take no more of the width."""
_VALUED = 3
"""With more lines the values stand in the table and the tooltip only."""


@dataclass(frozen=True, slots=True)
class _Plot:
    """The place of the lines and its scales."""

    box: Box
    places: tuple[float, ...]
    y: Callable[[float], float]
    shift: float

    def x(self, place: int, series: int, of: int) -> float:
        """Return where a point stands; points of several series stand a little apart, so do their intervals."""
        return self.places[place] + (series - (of - 1) / 2) * self.shift


def draw(stage: Stage, chart: LineChart, room: Box) -> None:
    """Draw lines, intervals, levels and their words."""
    ends = _ends(stage, chart, room)
    plot = _plot(stage, chart, room, ends)
    placer = Placer(plot.box)
    for level in chart.levels:
        y = plot.y(level.value)
        stage.path([(plot.box.left, y), (plot.box.right, y)], stage.look.tones["bad"], 1.0, dash=(4, 3), order=1.8)
        placer.draw_through([(plot.box.left, y), (plot.box.right, y)])
    for index, series in enumerate(chart.series):
        _series(stage, plot, placer, series, (index, len(chart.series)))
    _name_ends(stage, chart, plot, placer, ends)
    _say_gaps(stage, chart, plot, placer)
    if 1 < len(chart.series) <= _VALUED or (len(chart.series) == 1 and not _told_below(chart)):
        _say_values(stage, chart, plot, placer)


def _told_below(chart: LineChart) -> bool:
    """One line alone says its fractions under the years."""
    return len(chart.series) == 1 and any(point.told for point in chart.series[0].points)


# --- room --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _End:
    """A name at the right: its lines, the value it stands at, its colour; series and place of the point it names."""

    lines: tuple[str, ...]
    value: float
    colour: str
    bold: bool
    width: float
    seat: tuple[int, int] | None = None


def _ends(stage: Stage, chart: LineChart, room: Box) -> list[_End]:
    most = room.width * _END_SHARE
    found = []
    for index, series in enumerate(chart.series):
        known = [place for place, point in enumerate(series.points) if point.value is not None]
        if not known:
            continue
        value = series.points[known[-1]].value or 0.0
        colour = stage.look.colour(series.tone, index)
        text = series.name if len(chart.series) <= _VALUED else f"{series.name}: {figure(value, chart.unit)}"
        lines = tuple(stage.wrap(text, most, most=2, bold=True))
        found.append(_End(lines, value, colour, True, stage.widest(lines, bold=True), (index, known[-1])))
    for level in chart.levels:
        lines = tuple(stage.wrap(level.word, most, most=2))
        found.append(_End(lines, level.value, stage.look.tones["bad"], False, stage.widest(lines)))
    return found


def _plot(stage: Stage, chart: LineChart, room: Box, ends: Sequence[_End]) -> _Plot:
    size = stage.size
    labels = chart.series[0].points
    values = _values(chart)
    low, high = _range(chart, values)
    steps = ticks(low, high, max(2, min(6, int(room.height / (size * 2.6)))), whole=are_whole(values))
    marks = [number(step, chart.unit) for step in steps]
    left = room.left + stage.widest(marks, size * _SMALL) + size * 0.6
    right = room.right - max((end.width for end in ends), default=0.0) - size * 0.9
    column = (right - left) / max(1, len(labels))
    under = [_under(stage, chart, point, column) for point in labels]
    bottom = room.bottom + max(len(lines) for lines in under) * stage.line(size * _SMALL) + size * 0.35
    box = Box(left, bottom, max(right, left + size), max(room.top - size * 0.5, bottom + size))
    places = tuple(box.left + box.width * (place + 0.5) / len(labels) for place in range(len(labels)))

    def y(value: float) -> float:
        return box.bottom + (value - steps[0]) / (steps[-1] - steps[0]) * box.height

    for step, mark in zip(steps, marks, strict=True):
        first = step == steps[0]
        colour = stage.look.axis if first else stage.look.line
        stage.path([(box.left, y(step)), (box.right, y(step))], colour, 0.8 if first else 0.6, order=1.0)
        stage.say(
            box.left - size * 0.5, stage.middle(y(step), size * _SMALL), mark, stage.look.muted,
            size=size * _SMALL, side="right",
        )  # fmt: skip
    for x, lines in zip(places, under, strict=True):
        stage.path([(x, box.bottom), (x, box.bottom - size * 0.25)], stage.look.axis, 0.8, order=1.0)
        stage.say_lines(x, box.bottom - size * 0.3, lines[:1], size=size * _SMALL, side="center")
        stage.say_lines(
            x, box.bottom - size * 0.3 - stage.line(size * _SMALL), lines[1:], stage.look.muted,
            size=size * _SMALL, side="center",
        )  # fmt: skip
    return _Plot(box, places, y, min(size * 0.75, column / (len(chart.series) + 1)))


def _under(stage: Stage, chart: LineChart, point: Point, column: float) -> list[str]:
    """Return the lines under a place: the year, and with one line alone its fraction and share."""
    told: list[str] = []
    if _told_below(chart):
        said = point.told if point.value is not None else point.told or NO_DATA
        told = stage.wrap(said.replace(", ", "\n"), column * 0.96, stage.size * _SMALL, most=3)
    return [stage.elide(point.label, column, stage.size * _SMALL), *told]


def _values(chart: LineChart) -> list[float]:
    values = [level.value for level in chart.levels]
    for series in chart.series:
        for point in series.points:
            if point.value is not None:
                values += [value for value in (point.value, point.low, point.high) if value is not None]
    return values


def _range(chart: LineChart, values: Sequence[float]) -> tuple[float, float]:
    low, high = min(values), max(values)
    if chart.unit == "%":
        # a share begins at nought unless all of them stand high: then the differences would be lost
        low = 0.0 if low < 40 else low
        high = max(high, low + 10)
        return low, min(high, 100.0) if high <= 100 else high
    return low, high


# --- lines -------------------------------------------------------------------------------------------------------


def _series(stage: Stage, plot: _Plot, placer: Placer, series: Series, seat: tuple[int, int]) -> None:
    index, of = seat
    colour = stage.look.colour(series.tone, index)
    places = [(place, point) for place, point in enumerate(series.points)]
    for known, run in groupby(places, key=lambda pair: pair[1].value is not None):
        if known:
            chain = [(plot.x(place, index, of), plot.y(point.value or 0.0)) for place, point in run]
            stage.path(chain, colour, stage.size * 0.15, dash=DASHES[index % len(DASHES)], order=3.0)
            placer.draw_through(chain)
    for place, point in places:
        if point.value is None:
            continue
        x, y = plot.x(place, index, of), plot.y(point.value)
        reach = Box(x - 9, y - 9, x + 9, y + 9)
        if point.low is not None and point.high is not None:
            low, high = plot.y(point.low), plot.y(point.high)
            _whisker(stage, x, low, high, colour)
            placer.take(Box(x - 3.5, low, x + 3.5, high))
            reach = Box(x - 9, min(low, y - 9), x + 9, max(high, y + 9))
        stage.mark(x, y, MARKERS[index % len(MARKERS)], colour, side=stage.size * 0.52, hollow=point.small)
        placer.take(stage.around(x, y, stage.size * 0.32))
        stage.answer(reach, point.link, said(series, point))


def _whisker(stage: Stage, x: float, low: float, high: float, colour: str) -> None:
    for y in (low, high):
        stage.path([(x - 3.0, y), (x + 3.0, y)], colour, 0.9, order=2.5)
    stage.path([(x, low), (x, high)], colour, 0.9, order=2.5)


def said(series: Series, point: Point) -> str:
    """Return what a point says to the mouse."""
    start = f"{series.name}, {point.label}" if series.name else point.label
    return f"{start}: {point.told or NO_DATA}" if point.told or point.value is None else start


# --- words -------------------------------------------------------------------------------------------------------


def _name_ends(stage: Stage, chart: LineChart, plot: _Plot, placer: Placer, ends: Sequence[_End]) -> None:
    """Write the names beside the ends of the lines, moved apart where the ends are near each other."""
    line = stage.line()
    heights = [len(end.lines) * line + 2 for end in ends]
    wanted = [plot.y(end.value) for end in ends]
    found = spread(wanted, heights, plot.box.bottom, plot.box.top + stage.size * 0.5)
    for end, height, want, middle in zip(ends, heights, wanted, found, strict=True):
        start = None if end.seat is None else plot.x(end.seat[1], end.seat[0], len(chart.series)) + stage.size * 0.4
        left = plot.box.right + stage.size * 0.8
        if start is not None:
            edge = max(plot.box.right - stage.size * 0.4, start + stage.size * 0.4)
            points = [(start, want), (edge, want), (left - stage.size * 0.25, middle)]
            stage.path(points, end.colour, 0.6, dash=(2, 2), order=1.2)
            placer.draw_through(points)
        stage.say_lines(left, middle + height / 2 - 1, end.lines, end.colour, bold=end.bold)


def _say_gaps(stage: Stage, chart: LineChart, plot: _Plot, placer: Placer) -> None:
    """Say at the foot of each gap, with the marker of its line, «нет данных» or what is known of it («впереди»)."""
    if _told_below(chart):
        return
    size = stage.size * 0.85
    for place, x in enumerate(plot.places):
        y = plot.box.bottom + size * 0.35
        for index, series in enumerate(chart.series):
            if series.points[place].value is not None:
                continue
            colour = stage.look.colour(series.tone, index)
            text = series.points[place].told or NO_DATA
            wide = stage.wide(text, size)
            left = max(plot.box.left + size, x - wide / 2)
            stage.mark(left - size * 0.6, y + size * 0.36, MARKERS[index % len(MARKERS)], colour, side=size * 0.5)
            box = stage.say(left, y, text, colour, size=size)
            placer.take(Box(box.left - size, box.bottom, box.right, box.top))
            y += stage.line(size)


def _say_values(stage: Stage, chart: LineChart, plot: _Plot, placer: Placer) -> None:
    """Write the values where there is room; the rest is in the table and under the mouse."""
    size, of = stage.size * 0.88, len(chart.series)
    for index, series in enumerate(chart.series):
        for place, point in enumerate(series.points):
            if point.value is None:
                continue
            text = figure(point.value, chart.unit).partition(NBSP)[0]
            x, y = plot.x(place, index, of), plot.y(point.value)
            box = placer.place(x, y, stage.wide(text, size), ASCENT * size, size * 0.55)
            if box is not None:
                stage.say(box.left, box.bottom, text, stage.look.colour(series.tone, index), size=size)
