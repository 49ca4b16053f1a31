"""Result by context with quadrants: a dot is a school, its group is said by shape and word."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from app.exporters.charts.look import MARKERS
from app.exporters.charts.placing import Box, Placer, ticks
from app.exporters.charts.stage import ASCENT, DESCENT, Stage, number
from app.reports.charts import Dot, ScatterChart, Tone
from app.texts import NBSP

_SMALL = 0.92
TONES: dict[str, Tone] = {
    "disadvantaged": "bad",
    "resilient": "ok",
    "unsuccessful": "warn",
    "successful": "accent",
    "middle": "none",
}
"""Colours of the types of schools by their keys; other groups take the colours of series."""
SHAPES = {"disadvantaged": "s", "resilient": "^", "unsuccessful": "v", "successful": "o", "middle": "o"}

Scale = Callable[[float], float]


def draw(stage: Stage, chart: ScatterChart, room: Box) -> None:
    """Draw the quadrants, the fitted line, the dots and the names that find room."""
    size = stage.size
    top = _legend(stage, chart, room) - size * 0.4
    across = [*(dot.x for dot in chart.dots), *chart.x_cuts, *(point[0] for point in chart.fit)]
    up = [*(dot.y for dot in chart.dots), *chart.y_cuts, *(value for point in chart.fit for value in point[1:])]
    x_steps = ticks(min(across), max(across), max(2, min(8, int(room.width / (size * 6)))))
    y_steps = ticks(min(up), max(up), max(2, min(8, int(room.height / (size * 3)))))
    y_words = [number(step) for step in y_steps]
    left = room.left + stage.widest(y_words, size * _SMALL) + size * 1.9
    bottom = room.bottom + stage.line(size * _SMALL) * 2 + size * 0.4
    box = Box(left, bottom, room.right - size * 0.5, max(top, bottom + size))
    x, y = _scale(x_steps, box.left, box.right), _scale(y_steps, box.bottom, box.top)
    _axes(stage, chart, box, (x_steps, y_steps), (x, y))
    placer = Placer(Box(box.left + 1, box.bottom + 1, box.right - 1, box.top - 1))
    _cuts(stage, chart, box, placer, x, y)
    _fit(stage, chart, placer, x, y)
    keys = [key for key, _word in chart.kinds]
    for dot in sorted(chart.dots, key=lambda item: item.kind in {"", "middle"}, reverse=True):
        colour, marker, side = _style(stage, dot.kind, keys)
        stage.mark(x(dot.x), y(dot.y), marker, colour, side=side)
        reach = stage.around(x(dot.x), y(dot.y), max(7.0, size * 0.55))
        placer.take(stage.around(x(dot.x), y(dot.y), side * 0.5))
        stage.answer(reach, dot.link, f"{dot.name}: {dot.told}" if dot.told else dot.name)
    _names(stage, chart.dots, placer, x, y)


def _scale(steps: Sequence[float], low: float, high: float) -> Scale:
    return lambda value: low + (value - steps[0]) / (steps[-1] - steps[0]) * (high - low)


def _style(stage: Stage, kind: str, keys: Sequence[str]) -> tuple[str, str, float]:
    """Return colour, marker and size of a group."""
    place = keys.index(kind) if kind in keys else 0
    colour = stage.look.tones[TONES[kind]] if kind in TONES else stage.look.series[place % len(stage.look.series)]
    if kind == "middle":
        return colour, "o", stage.size * 0.34
    return colour, SHAPES.get(kind, MARKERS[place % len(MARKERS)]), stage.size * 0.6


def _axes(
    stage: Stage, chart: ScatterChart, box: Box, steps: tuple[Sequence[float], Sequence[float]],
    scales: tuple[Scale, Scale],
) -> None:  # fmt: skip
    size = stage.size * _SMALL
    (x_steps, y_steps), (x, y) = steps, scales
    for step in x_steps:
        stage.path([(x(step), box.bottom), (x(step), box.bottom - size * 0.3)], stage.look.axis, 0.8, order=1.0)
        foot = box.bottom - stage.line(size) - size * 0.1
        stage.say(x(step), foot, number(step, digits=2), stage.look.muted, size=size, side="center")
    for step in y_steps:
        stage.path([(box.left, y(step)), (box.right, y(step))], stage.look.line, 0.5, order=0.9)
        stage.say(
            box.left - size * 0.5, stage.middle(y(step), size), number(step), stage.look.muted, size=size, side="right"
        )
    stage.path([(box.left, box.top), (box.left, box.bottom), (box.right, box.bottom)], stage.look.axis, 0.9, order=1.1)
    title = stage.elide(f"{chart.x_title} →", box.width, size)
    stage.say((box.left + box.right) / 2, box.bottom - 2 * stage.line(size), title, size=size, side="center")
    title = stage.elide(f"{chart.y_title} →", box.height, size)
    edge = stage.size * 0.35 + size * 0.8
    stage.say(edge, (box.bottom + box.top) / 2, title, size=size, side="center", turned=True)


def _cuts(stage: Stage, chart: ScatterChart, box: Box, placer: Placer, x: Scale, y: Scale) -> None:
    for cut in chart.x_cuts:
        stage.path([(x(cut), box.bottom), (x(cut), box.top)], stage.look.axis, 0.9, dash=(5, 3), order=1.2)
        placer.draw_through([(x(cut), box.bottom), (x(cut), box.top)])
    for cut in chart.y_cuts:
        stage.path([(box.left, y(cut)), (box.right, y(cut))], stage.look.axis, 0.9, dash=(5, 3), order=1.2)
        placer.draw_through([(box.left, y(cut)), (box.right, y(cut))])
    size, pad = stage.size * _SMALL, stage.size * 0.5
    for place, word in enumerate(chart.corners):
        if not word:
            continue
        at_top, at_left = place < 2, place % 2 == 0
        text = stage.elide(word, box.width * 0.45, size)
        baseline = box.top - pad - ASCENT * size if at_top else box.bottom + pad
        said = stage.say(
            box.left + pad if at_left else box.right - pad, baseline, text, stage.look.muted, size=size,
            side="left" if at_left else "right",
        )  # fmt: skip
        placer.take(said)


def _fit(stage: Stage, chart: ScatterChart, placer: Placer, x: Scale, y: Scale) -> None:
    """Draw the expected line with its band between two thin dashed lines."""
    if len(chart.fit) < 2:
        return
    middle = [(x(point[0]), y(point[1])) for point in chart.fit]
    low = [(x(point[0]), y(point[2])) for point in chart.fit]
    high = [(x(point[0]), y(point[3])) for point in chart.fit]
    stage.shape([*low, *reversed(high)], stage.look.line, order=0.5)
    for chain in (low, high):
        stage.path(chain, stage.look.muted, 0.6, dash=(4, 3), order=1.3)
    stage.path(middle, stage.look.muted, 1.4, order=1.4)
    placer.draw_through(middle)


def _names(stage: Stage, dots: Sequence[Dot], placer: Placer, x: Scale, y: Scale) -> None:
    """Write names beside their dots; a name without a free place is under the mouse and in the table."""
    size = stage.size * 0.85
    for dot in dots:
        if dot.named:
            text = stage.elide(dot.name, stage.width * 0.3, size)
            box = placer.place(x(dot.x), y(dot.y), stage.wide(text, size), size, size * 0.7)
            if box is not None:
                stage.say(box.left, box.bottom + DESCENT * size, text, size=size)


def _legend(stage: Stage, chart: ScatterChart, room: Box) -> float:
    """Write the groups with their marks and how many dots each has; return the bottom."""
    if not chart.kinds:
        return room.top
    size = stage.size * _SMALL
    keys = [key for key, _word in chart.kinds]
    x, top = room.left, room.top
    for key, word in chart.kinds:
        text = f"{word}:{NBSP}{sum(dot.kind == key for dot in chart.dots)}"
        colour, marker, side = _style(stage, key, keys)
        wide = size * 1.2 + stage.wide(text, size)
        if x > room.left and x + wide > room.right:
            x, top = room.left, top - stage.line(size) * 1.1
        middle = top - stage.line(size) / 2
        stage.mark(x + size * 0.5, middle, marker, colour, side=side)
        stage.say(x + size * 1.2, stage.middle(middle, size), text, size=size)
        x += wide + size * 1.2
    return top - stage.line(size) * 1.1
