"""Bars, one row a label: contributions, the risk profile, distances. A value may stand on either side of nought."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from app.exporters.charts.lines import said
from app.exporters.charts.placing import Box, are_whole, ticks
from app.exporters.charts.stage import Stage, figure, number
from app.reports.charts import BarChart, Point, Series

_SMALL = 0.92
_LABEL_SHARE = 0.38


def draw(stage: Stage, chart: BarChart, room: Box) -> None:
    """Draw the bars with their labels at the left and what they say at their ends."""
    labels = [point.label for point in chart.series[0].points]
    size = stage.size
    alone = _alone(chart)
    lines = row_labels(stage, labels, room, _LABEL_SHARE)
    left = room.left + max(stage.widest(item) for item in lines) + size * 0.7
    top = room.top
    if len(chart.series) > 1 and any(series.name for series in chart.series):
        top = legend(stage, chart.series, room) - size * 0.3
    if chart.levels:
        top -= stage.line(size * _SMALL)
    values = _values(chart)
    low, high = min(values), max(values)
    steps = [step for step, _word in chart.ticks]
    steps = steps or ticks(low, high, max(2, min(6, int(room.width / (size * 7)))), whole=are_whole(values))
    words = [word for _step, word in chart.ticks] or [number(step, chart.unit) for step in steps]
    bottom = room.bottom + stage.line(size * _SMALL) + size * 0.3
    ends = [_end(stage, chart, point) for series in chart.series for point in series.points]
    # what the bars say must find room behind the longest of them
    right = room.right - max(ends, default=0.0) - size * 0.6
    right = max(right, left + (room.right - left) * 0.4)
    box = Box(left, bottom, right, max(top, bottom + size))
    low, high = min(low, steps[0]), max(high, steps[-1])

    def x(value: float) -> float:
        return box.left + (value - low) / (high - low) * box.width

    _axis(stage, box, x, steps, words, room)
    step = box.height / len(labels)
    for place, item in enumerate(lines):
        middle = box.top - step * (place + 0.5)
        high_text = len(item) * stage.line()
        stage.say_lines(left - size * 0.6, middle + high_text / 2, item, side="right")
        _row(stage, chart, place, (middle, step, 1 if alone else len(chart.series)), x, room)
    for level in chart.levels:
        at = x(level.value)
        stage.path([(at, box.bottom), (at, box.top)], stage.look.tones["bad"], 1.0, dash=(4, 3), order=3.0)
        width = stage.wide(level.word, size * _SMALL)
        at = min(max(at, room.left + width / 2), room.right - width / 2)
        stage.say(at, box.top + size * 0.3, level.word, stage.look.tones["bad"], size=size * _SMALL, side="center")


def row_labels(stage: Stage, labels: Sequence[str], room: Box, share: float) -> list[list[str]]:
    """Return the names of rows in one or two lines, as the height of a row lets them; one line gets more width."""
    step = (room.height - 5 * stage.line()) / max(1, len(labels))
    if step >= 2.1 * stage.line():
        return [stage.wrap(label, room.width * share, most=2) for label in labels]
    return [stage.wrap(label, room.width * min(0.5, share * 1.3), most=1) for label in labels]


def _alone(chart: BarChart) -> bool:
    """Tell whether no label has values in two series: then each bar takes the whole row."""
    rows = zip(*(series.points for series in chart.series), strict=True)
    return all(sum(point.value is not None for point in row) <= 1 for row in rows)


def _end(stage: Stage, chart: BarChart, point: Point) -> float:
    return stage.wide(_told(chart, point), stage.size * _SMALL) if point.value is not None else 0.0


def _told(chart: BarChart, point: Point) -> str:
    return point.told or (_value(point.value, chart.unit) if point.value is not None else "")


def _value(value: float, unit: str) -> str:
    return figure(value, unit) if unit else number(value, digits=2)


def _values(chart: BarChart) -> list[float]:
    values = [0.0, *(level.value for level in chart.levels), *(step for step, _word in chart.ticks)]
    for series in chart.series:
        for point in series.points:
            values += [value for value in (point.value, point.low, point.high) if value is not None]
    return values


def _axis(
    stage: Stage, box: Box, x: Callable[[float], float], steps: Sequence[float], words: Sequence[str], room: Box
) -> None:
    size = stage.size * _SMALL
    last = -1e9
    for step, word in zip(steps, words, strict=True):
        stage.path([(x(step), box.bottom), (x(step), box.top)], stage.look.line, 0.6, order=1.0)
        width = stage.wide(word, size)
        left = min(max(x(step) - width / 2, room.left), room.right - width)
        if left > last + size * 0.5:  # names of steps that would touch are left out
            stage.say(left, box.bottom - stage.line(size) + size * 0.1, word, stage.look.muted, size=size)
            last = left + width
    stage.path([(x(0.0), box.bottom), (x(0.0), box.top)], stage.look.axis, 0.9, order=1.1)


def _row(
    stage: Stage, chart: BarChart, place: int, seat: tuple[float, float, int], x: Callable[[float], float], room: Box
) -> None:
    middle, step, of = seat
    size = stage.size
    high = min(step * 0.68, size * 2.0 * of) / of
    values = [(index, series.points[place]) for index, series in enumerate(chart.series)]
    if all(point.value is None for _index, point in values):
        stage.say(
            x(0.0) + size * 0.5, stage.middle(middle, size * _SMALL), values[0][1].told or "нет данных",
            stage.look.muted, size=size * _SMALL,
        )  # fmt: skip
        return
    for index, point in values:
        if point.value is None:
            continue
        series = chart.series[index]
        top = middle + high * of / 2 - high * (index if of > 1 else 0)
        box = Box(min(x(0.0), x(point.value)), top - high * 0.92, max(x(0.0), x(point.value)), top)
        fill = stage.look.fill(series.tone, index)
        stage.box(box, stage.look.page if point.small else fill.colour, edge=stage.look.muted, width=0.6, order=1.5)
        _say_end(stage, chart, point, box, x)
        stage.answer(Box(box.left, box.bottom, room.right, box.top), point.link, said(series, point))


def _say_end(stage: Stage, chart: BarChart, point: Point, box: Box, x: Callable[[float], float]) -> None:
    size = stage.size * _SMALL
    middle = (box.bottom + box.top) / 2
    edge = box.right if (point.value or 0.0) >= 0 else box.left
    if point.low is not None and point.high is not None:
        low, high = x(point.low), x(point.high)
        stage.path([(low, middle), (high, middle)], stage.look.text, 0.9, order=2.5)
        for at in (low, high):
            stage.path([(at, middle - 2.5), (at, middle + 2.5)], stage.look.text, 0.9, order=2.5)
        edge = max(edge, high) if (point.value or 0.0) >= 0 else min(edge, low)
    text = _told(chart, point)
    if (point.value or 0.0) >= 0:
        stage.say(edge + size * 0.4, stage.middle(middle, size), text, size=size)
    else:
        # beside a bar to the left there may be no room: the words stand on the other side of nought
        stage.say(x(0.0) + size * 0.4, stage.middle(middle, size), text, size=size)


def legend(stage: Stage, series: Sequence[Series], room: Box) -> float:
    """Write the parts with their surfaces in a row, or several; return the bottom."""
    size = stage.size * _SMALL
    x, top = room.left, room.top
    side = size * 0.85
    for index, item in enumerate(series):
        if not item.name:
            continue
        text = stage.elide(item.name, room.width - side * 1.6, size)
        wide = side * 1.5 + stage.wide(text, size)
        if x > room.left and x + wide > room.right:
            x, top = room.left, top - stage.line(size) * 1.1
        middle = top - stage.line(size) / 2
        fill = stage.look.fill(item.tone, index)
        stage.box(Box(x, middle - side / 2, x + side, middle + side / 2), fill.colour, edge=stage.look.muted, width=0.6)
        stage.say(x + side * 1.4, stage.middle(middle, size), text, size=size)
        x += wide + size * 1.2
    return top - stage.line(size) * 1.1
