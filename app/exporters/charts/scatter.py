"""Result by context with quadrants: a dot is a school, its group is said by shape and word."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.exporters.charts.look import MARKERS
from app.exporters.charts.placing import Box, Placer, are_whole, ticks
from app.exporters.charts.stage import ASCENT, DESCENT, Stage, number
from app.reports.charts import Dot, ScatterChart, Tone
from app.texts import NBSP

_SMALL, _NAMED = 0.92, 0.85
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
    x_steps = ticks(min(across), max(across), max(2, min(8, int(room.width / (size * 6)))), whole=are_whole(across))
    y_steps = ticks(min(up), max(up), max(2, min(8, int(room.height / (size * 3)))), whole=are_whole(up))
    y_words = [number(step) for step in y_steps]
    left = room.left + stage.widest(y_words, size * _SMALL) + size * 1.9
    bottom = room.bottom + stage.line(size * _SMALL) * 2 + size * 0.4
    box = Box(left, bottom, room.right - size * 0.5, max(top, bottom + size))
    x = _scale(x_steps, box.left, box.right)
    inside, outside = (_plan(stage, chart, box, x, y_steps, outside=out) for out in (False, True))
    _show(
        stage, chart, outside if len(outside.names) > len(inside.names) or inside.crowded else inside, x_steps, y_steps
    )


@dataclass(frozen=True, slots=True)
class _Plan:
    """Where things stand: the axes, the words of the corners and the names of dots; whether a dot lies on a word."""

    box: Box
    x: Scale
    y: Scale
    outside: bool
    seats: list[tuple[str, Box]]
    names: list[tuple[str, Box]]
    crowded: bool


def _plan(stage: Stage, chart: ScatterChart, box: Box, x: Scale, y_steps: Sequence[float], *, outside: bool) -> _Plan:
    """Find places for all words; ``outside`` puts the words of the corners beside the axes."""
    if outside:
        box = Box(box.left, box.bottom, box.right, max(box.top - stage.line(stage.size * _SMALL), box.bottom + 1))
    y = _scale(y_steps, box.bottom, box.top)
    placer = Placer(Box(box.left + 1, box.bottom + 1, box.right - 1, box.top - 1))
    for cut in chart.x_cuts:
        placer.draw_through([(x(cut), box.bottom), (x(cut), box.top)])
    for cut in chart.y_cuts:
        placer.draw_through([(box.left, y(cut)), (box.right, y(cut))])
    if len(chart.fit) >= 2:
        placer.draw_through([(x(point[0]), y(point[1])) for point in chart.fit])
    seats = _seats(stage, chart, box, outside=outside)
    gap = stage.size * 0.7
    for _text, seat in seats:
        placer.take(Box(seat.left - gap, seat.bottom - 2, seat.right + gap, seat.top + 2))
    keys = [key for key, _word in chart.kinds]
    marks = [stage.around(x(dot.x), y(dot.y), _style(stage, dot.kind, keys)[2] * 0.5) for dot in chart.dots]
    for mark in marks:
        placer.take(mark)
    crowded = any(seat.meets(mark) for _text, seat in seats for mark in marks)
    return _Plan(box, x, y, outside, seats, _names(stage, chart.dots, placer, x, y), crowded)


def _show(stage: Stage, chart: ScatterChart, plan: _Plan, x_steps: Sequence[float], y_steps: Sequence[float]) -> None:
    size, x, y = stage.size, plan.x, plan.y
    _axes(stage, chart, plan.box, (x_steps, y_steps), (x, y), outside=plan.outside)
    _cuts(stage, chart, plan.box, x, y)
    for text, seat in plan.seats:
        stage.say(seat.left, seat.bottom, text, stage.look.muted, size=size * _SMALL)
    _fit(stage, chart, x, y)
    keys = [key for key, _word in chart.kinds]
    for dot in sorted(chart.dots, key=lambda item: item.kind in {"", "middle"}, reverse=True):
        colour, marker, side = _style(stage, dot.kind, keys)
        stage.mark(x(dot.x), y(dot.y), marker, colour, side=side)
        reach = stage.around(x(dot.x), y(dot.y), max(7.0, size * 0.55))
        stage.answer(reach, dot.link, f"{dot.name}: {dot.told}" if dot.told else dot.name)
    small = size * _NAMED
    for text, box in plan.names:
        stage.say(box.left, box.bottom + DESCENT * small, text, size=small)


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
    scales: tuple[Scale, Scale], *, outside: bool,
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
    foot = max((stage.wide(word, size) for word in chart.corners[2:]), default=0.0) if outside else 0.0
    title = stage.elide(f"{chart.x_title} →", box.width - 2 * foot - size, size)
    stage.say((box.left + box.right) / 2, box.bottom - 2 * stage.line(size), title, size=size, side="center")
    title = stage.elide(f"{chart.y_title} →", box.height, size)
    edge = stage.size * 0.35 + size * 0.8
    stage.say(edge, (box.bottom + box.top) / 2, title, size=size, side="center", turned=True)


def _cuts(stage: Stage, chart: ScatterChart, box: Box, x: Scale, y: Scale) -> None:
    for cut in chart.x_cuts:
        stage.path([(x(cut), box.bottom), (x(cut), box.top)], stage.look.axis, 0.9, dash=(5, 3), order=1.2)
    for cut in chart.y_cuts:
        stage.path([(box.left, y(cut)), (box.right, y(cut))], stage.look.axis, 0.9, dash=(5, 3), order=1.2)


def _seats(stage: Stage, chart: ScatterChart, box: Box, *, outside: bool) -> list[tuple[str, Box]]:
    """Return the words of the corners with their places: inside the axes, or above them and beside their title."""
    size, pad = stage.size * _SMALL, stage.size * 0.5
    found = []
    for place, word in enumerate(chart.corners):
        if not word:
            continue
        text = stage.elide(word, box.width * 0.45, size)
        wide, edge = stage.wide(text, size), 0.0 if outside else pad
        left = box.left + edge if place % 2 == 0 else box.right - edge - wide
        above, below = box.top + size * 0.4, box.bottom - 2 * stage.line(size)
        upper, lower = (above, below) if outside else (box.top - pad - ASCENT * size, box.bottom + pad)
        bottom = upper if place < 2 else lower
        found.append((text, Box(left, bottom, left + wide, bottom + ASCENT * size)))
    return found


def _fit(stage: Stage, chart: ScatterChart, x: Scale, y: Scale) -> None:
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


def _names(stage: Stage, dots: Sequence[Dot], placer: Placer, x: Scale, y: Scale) -> list[tuple[str, Box]]:
    """Return names with places beside their dots; one without a free place is under the mouse and in the table."""
    size, found = stage.size * _NAMED, []
    for dot in dots:
        if not dot.named:
            continue
        for share in (0.3, 0.2):
            text = stage.elide(dot.name, stage.width * share, size)
            box = placer.place(x(dot.x), y(dot.y), stage.wide(text, size), size, size * 0.7)
            if box is not None:
                found.append((text, box))
                break
    return found


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
