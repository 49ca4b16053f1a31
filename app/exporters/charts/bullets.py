"""Bullet charts: an indicator a row, the value as a bar, the target as a stroke, the baseline as a hollow ring.

Every row has a scale of its own, from nought (or the least value below it) to a little beyond the greatest, so that
per cents and numbers of schools stand in one chart. The numbers stand beside the bar: the scale itself is not written.
"""

from __future__ import annotations

from app.exporters.charts.bars import row_labels
from app.exporters.charts.placing import Box
from app.exporters.charts.stage import Stage
from app.reports.charts import Bullet, BulletChart, Tone

_SMALL = 0.92
_LABEL_SHARE = 0.36
_WORDS_SHARE = 0.34
SHAPES: dict[Tone, str] = {"ok": "o", "warn": "^", "bad": "s", "none": "o", "accent": "D", "series": "D"}
"""Markers of the state before its word; that of «none» is hollow."""
KEY = (("факт", "bar"), ("цель", "stroke"), ("база", "ring"))


def draw(stage: Stage, chart: BulletChart, room: Box) -> None:
    """Draw the rows with their labels at the left, their numbers and states at the right."""
    size = stage.size
    lines = row_labels(stage, [row.label for row in chart.rows], room, _LABEL_SHARE)
    left = room.left + max(stage.widest(item) for item in lines) + size * 0.7
    widest = max(_wide(stage, row) for row in chart.rows)
    right = room.right - min(widest, room.width * _WORDS_SHARE) - size * 0.8
    top = _key(stage, room)
    box = Box(left, room.bottom, max(right, left + size * 4), max(top, room.bottom + size))
    step = box.height / len(chart.rows)
    for place, (row, item) in enumerate(zip(chart.rows, lines, strict=True)):
        middle = box.top - step * (place + 0.5)
        stage.say_lines(left - size * 0.6, middle + len(item) * stage.line() / 2, item, side="right")
        _row(stage, row, Box(box.left, middle - _half(step, size), box.right, middle + _half(step, size)))
        _words(stage, row, Box(box.right + size * 0.8, middle - step / 2, room.right, middle + step / 2))
        stage.answer(Box(room.left, middle - step / 2, room.right, middle + step / 2), row.link, _said(row))


def _half(step: float, size: float) -> float:
    return min(step * 0.32, size * 0.85)


def _said(row: Bullet) -> str:
    return ". ".join(text for text in (f"{row.label}: {row.told}", row.word) if text)


def _wide(stage: Stage, row: Bullet) -> float:
    size = stage.size * _SMALL
    return max(stage.wide(row.told, size), stage.wide(row.word, size) + size * 1.3)


def _key(stage: Stage, room: Box) -> float:
    """Say above what the signs mean; return the bottom."""
    size = stage.size * _SMALL
    middle, x = room.top - stage.line(size) / 2, room.left
    for word, sign in KEY:
        if sign == "bar":
            sample = Box(x, middle - size * 0.25, x + size * 1.6, middle + size * 0.25)
            stage.box(sample, stage.look.fill("accent", 0).colour, edge=stage.look.muted)
        elif sign == "stroke":
            stage.path([(x + size * 0.8, middle - size * 0.5), (x + size * 0.8, middle + size * 0.5)],
                       stage.look.text, 2.4, order=4.0)  # fmt: skip
        else:
            stage.mark(x + size * 0.8, middle, "o", stage.look.text, side=size * 0.55, hollow=True)
        stage.say(x + size * 2.0, stage.middle(middle, size), word, stage.look.muted, size=size)
        x += size * 3.4 + stage.wide(word, size)
    return room.top - stage.line(size) * 1.5


def _row(stage: Stage, row: Bullet, box: Box) -> None:
    known = [value for value in (row.value, row.target, row.baseline) if value is not None]
    low, high = min(0.0, *known) if known else 0.0, max([0.0, *known]) if known else 1.0
    reach = (high - low) * 1.06 or 1.0
    size = stage.size

    def x(value: float) -> float:
        return box.left + (value - low) / reach * box.width

    stage.box(box, stage.look.line, order=1.0)
    middle = (box.bottom + box.top) / 2
    if row.value is None:
        stage.say(box.left + size * 0.5, stage.middle(middle, size * _SMALL), "нет данных", stage.look.muted,
                  size=size * _SMALL)  # fmt: skip
    else:
        thin = (box.top - box.bottom) * 0.25
        ends = sorted((x(0.0), x(row.value)))
        bar = Box(ends[0], middle - thin, max(ends[1], ends[0] + 1.0), middle + thin)
        stage.box(bar, stage.look.fill("accent" if row.tone == "none" else row.tone, 0).colour, edge=stage.look.muted,
                  order=2.0)  # fmt: skip
    if row.baseline is not None:
        stage.mark(x(row.baseline), middle, "o", stage.look.text, side=size * 0.55, hollow=True, order=3.5)
    if row.target is not None:
        at = x(row.target)
        stage.path([(at, box.bottom - 1.5), (at, box.top + 1.5)], stage.look.text, 2.4, order=3.8)


def _words(stage: Stage, row: Bullet, box: Box) -> None:
    """Write the numbers and under them the state with its shape; in a low row both in one line, the state first."""
    size = stage.size * _SMALL
    middle, line = (box.bottom + box.top) / 2, stage.line(size)
    colour = stage.look.tones[row.tone]
    state = middle - line / 2 if box.height >= 2 * line and row.told else middle
    if box.height >= 2 * line and row.told:
        stage.say(box.left, stage.middle(middle + line / 2, size), stage.elide(row.told, box.width, size), size=size)
    if row.word:
        stage.mark(box.left + size * 0.4, state, SHAPES[row.tone], colour, side=size * 0.6, hollow=row.tone == "none")
        room = box.width - size * 1.2
        stage.say(
            box.left + size * 1.2, stage.middle(state, size), stage.elide(row.word, room, size), colour, size=size
        )
