"""The risk profile as a star: one spoke a factor, rings are the steps of significance."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from app.exporters.charts.lines import said
from app.exporters.charts.look import DASHES, MARKERS
from app.exporters.charts.placing import Box, crosses
from app.exporters.charts.stage import Side, Stage
from app.reports.charts import RadarChart, Series

_SMALL = 0.92
_LABEL_SHARE = 0.27
_UPRIGHT = 0.15

At = Callable[[int, float], tuple[float, float]]


def draw(stage: Stage, chart: RadarChart, room: Box) -> None:
    """Draw rings, spokes, labels around and the stars."""
    size = stage.size
    labels = [point.label for point in chart.series[0].points]
    top = _legend(stage, chart, room)
    lines = [stage.wrap(label, room.width * _LABEL_SHARE, size * _SMALL, most=3) for label in labels]
    side = max(stage.widest(item, size * _SMALL) for item in lines) + size * 0.8
    tall = max(len(item) for item in lines) * stage.line(size * _SMALL) + size * 0.5
    reach = max(size * 2, min((room.width - 2 * side) / 2, (top - room.bottom - 2.6 * tall) / 2))
    centre = ((room.left + room.right) / 2, (top + room.bottom) / 2)
    largest = max(*(step for step, _word in chart.ticks), *_values(chart))
    turns = [math.pi / 2 - 2 * math.pi * place / len(labels) for place in range(len(labels))]

    def at(place: int, value: float) -> tuple[float, float]:
        far = reach * value / largest
        return centre[0] + far * math.cos(turns[place]), centre[1] + far * math.sin(turns[place])

    for step, _word in chart.ticks:
        ring = [at(place, step) for place in range(len(labels))]
        stage.path(ring, stage.look.line, 0.7, order=1.2, closed=True)
    # labels right above and below come last: they give way to those beside them
    taken: list[Box] = []
    for place in sorted(range(len(lines)), key=lambda index: abs(math.cos(turns[index])) < _UPRIGHT):
        stage.path([centre, at(place, largest)], stage.look.line, 0.6, order=1.1)
        _label(stage, lines[place], at(place, largest), turns[place], taken)
    for index, series in enumerate(chart.series):
        colour = stage.look.colour(series.tone, index)
        known = [(place, point) for place, point in enumerate(series.points) if point.value is not None]
        for start, end in _segments(series, at):
            stage.path([start, end], colour, stage.size * 0.15, dash=DASHES[index % len(DASHES)], order=3.0)
        for place, point in known:
            x, y = at(place, point.value or 0.0)
            stage.mark(x, y, MARKERS[index % len(MARKERS)], colour, side=size * 0.5, hollow=point.small)
            stage.answer(stage.around(x, y), point.link, said(series, point))
    _ring_words(stage, chart, at)


def _values(chart: RadarChart) -> list[float]:
    return [point.value for series in chart.series for point in series.points if point.value is not None] or [0.0]


def _ring_words(stage: Stage, chart: RadarChart, at: At) -> None:
    """Name the rings in the gap between two spokes where the fewest lines of the stars run."""
    size = stage.size * 0.82
    steps = [(step, word) for step, word in chart.ticks if step > 0 and word]
    of = len(chart.series[0].points)

    def boxes(gap: int) -> list[Box]:
        found = []
        for step, word in steps:
            (x0, y0), (x1, y1) = at(gap, step), at((gap + 1) % of, step)
            x, y, wide = (x0 + x1) / 2, (y0 + y1) / 2, stage.wide(word, size)
            found.append(Box(x - wide / 2 - 2, y - size * 0.55, x + wide / 2 + 2, y + size * 0.55))
        return found

    segments = [segment for series in chart.series for segment in _segments(series, at)]
    spokes = [(at(place, 0.0), at(place, steps[-1][0])) for place in range(of)] if steps else []

    def cost(gap: int) -> int:
        found = boxes(gap)
        together = sum(100 for one, other in pairwise(found) if one.meets(other))
        hit = together + sum(10 for box in found for start, end in segments if crosses(box, start, end))
        return hit + sum(1 for box in found for start, end in spokes if crosses(box, start, end))

    for box, (_step, word) in zip(boxes(min(range(of), key=cost)), steps, strict=True):
        stage.box(box, stage.look.page, order=1.3)
        middle = stage.middle((box.bottom + box.top) / 2, size)
        stage.say((box.left + box.right) / 2, middle, word, stage.look.muted, size=size, side="center")


def _segments(series: Series, at: At) -> Iterator[tuple[tuple[float, float], tuple[float, float]]]:
    """Yield what joins neighbouring spokes that both have a value; «нет данных» leaves the star open."""
    points = series.points
    for place, point in enumerate(points):
        following = (place + 1) % len(points)
        if point.value is not None and points[following].value is not None:
            yield at(place, point.value), at(following, points[following].value or 0.0)


def _label(stage: Stage, lines: Sequence[str], end: tuple[float, float], turn: float, taken: list[Box]) -> None:
    size = stage.size * _SMALL
    high, wide = len(lines) * stage.line(size), stage.widest(lines, size)
    across, up = math.cos(turn), math.sin(turn)
    x, y = end[0] + size * 0.7 * across, end[1] + size * 0.7 * up
    top = y + high / 2 + (high / 2) * (up if abs(across) < 0.9 else 0)
    upright = abs(across) < _UPRIGHT
    left = x - wide / 2 if upright else x if across > 0 else x - wide

    def box() -> Box:
        return Box(left, top - high, left + wide, top)

    for other in sorted(taken, key=lambda item: item.top, reverse=up < 0):
        if box().meets(other):
            top = other.top + high if up > 0 else other.bottom
    taken.append(box())
    side: Side = "center" if upright else "left" if across > 0 else "right"
    stage.say_lines(x, top, lines, size=size, side=side)


def _legend(stage: Stage, chart: RadarChart, room: Box) -> float:
    named = [(index, series) for index, series in enumerate(chart.series) if series.name]
    if len(chart.series) < 2:
        return room.top
    size = stage.size * _SMALL
    x, top = room.left, room.top
    for index, series in named:
        colour = stage.look.colour(series.tone, index)
        text = stage.elide(series.name, room.width - size * 3, size)
        wide = size * 2.6 + stage.wide(text, size)
        if x > room.left and x + wide > room.right:
            x, top = room.left, top - stage.line(size) * 1.1
        middle = top - stage.line(size) / 2
        stage.path([(x, middle), (x + size * 2.2, middle)], colour, stage.size * 0.15, dash=DASHES[index % len(DASHES)])
        stage.mark(x + size * 1.1, middle, MARKERS[index % len(MARKERS)], colour, side=size * 0.5)
        stage.say(x + size * 2.6, stage.middle(middle, size), text, size=size)
        x += wide + size
    return top - stage.line(size) * 1.1
