"""A heat map: schools by procedures. The number stands in each cell, the legend says what a shade means."""

from __future__ import annotations

from itertools import pairwise

from app.exporters.charts.look import Fill
from app.exporters.charts.placing import Box
from app.exporters.charts.stage import Stage, figure, number
from app.reports.charts import HeatChart
from app.texts import NBSP

_SMALL = 0.92
_LABEL_SHARE = 0.34
_HEAD_SHARE = 0.3
SMALL_WORD = "пунктир — мало детей, вывод ненадёжен"
NONE_WORD = "— нет данных"


def draw(stage: Stage, chart: HeatChart, room: Box) -> None:
    """Draw the head, the rows with their cells and the legend at the foot."""
    size = stage.size
    bottom = _legend(stage, chart, room) + size * 0.5
    labels = [stage.elide(row, room.width * _LABEL_SHARE) for row in chart.rows]
    left = room.left + stage.widest(labels) + size * 0.6
    column = (room.right - left) / len(chart.columns)
    top = _head(stage, chart, Box(left, bottom, room.right, room.top), column)
    row = (top - bottom) / max(1, len(chart.rows))
    row = min(row, size * 4.5)
    type_size = min(size, row * 0.72, column * 0.3)
    for place, (label, cells) in enumerate(zip(labels, chart.cells, strict=True)):
        middle = top - row * (place + 0.5)
        link = chart.links[place] if place < len(chart.links) else None
        label_size = min(size, row * 0.8)
        stage.say(left - size * 0.5, stage.middle(middle, label_size), label, size=label_size, side="right")
        stage.answer(Box(room.left, middle - row / 2, left, middle + row / 2), link, chart.rows[place])
        for index, cell in enumerate(cells):
            box = Box(left + column * index, middle - row / 2, left + column * (index + 1), middle + row / 2)
            shade = None if cell.value is None else _shade(stage, chart, cell.value)
            if shade is None:
                text, ink = cell.word or "—", stage.look.muted
                stage.box(box, stage.look.page, edge=stage.look.line, width=0.6)
            else:
                text, ink = cell.word or figure(cell.value or 0.0, "%").partition(NBSP)[0], shade.ink
                stage.box(box, shade.colour, edge=stage.look.page, width=1.0)
            if cell.small and shade is not None:
                gap = 2.0 if row > size * 1.4 else 0.8
                inner = Box(box.left + gap, box.bottom + gap, box.right - gap, box.top - gap)
                stage.box(inner, "", edge=shade.ink, width=0.7, dash=(3, 2), order=1.7)
            if cell.bar and shade is not None:
                long, foot = (column - 3.0) * cell.bar, box.bottom + 1.0
                bar = Box(box.left + 1.5, foot, box.left + 1.5 + long, foot + max(1.2, row * 0.06))
                stage.box(bar, shade.ink, width=0.0, order=1.7)
            x = (box.left + box.right) / 2
            stage.say(x, stage.middle(middle, type_size), text, ink, size=type_size, side="center")
            told = cell.told or ("нет данных" if cell.value is None else figure(cell.value, "%"))
            stage.answer(box, link, f"{chart.rows[place]}, {chart.columns[index]}: {told}")


def place_of(value: float, bounds: tuple[float, ...]) -> int:
    """Return the class of a value: a value at a bound belongs to the class above it, as it does in the rules."""
    return sum(value >= bound for bound in bounds)


def _shade(stage: Stage, chart: HeatChart, value: float) -> Fill:
    return stage.look.shade(place_of(value, chart.bounds), len(chart.bounds) + 1)


def _head(stage: Stage, chart: HeatChart, box: Box, column: float) -> float:
    """Write the headings of the columns, upwards where they are too narrow; return the bottom."""
    size = stage.size * _SMALL
    wrapped = [stage.wrap(title, column * 0.94, size, most=4) for title in chart.columns]
    if any("…" in line for lines in wrapped for line in lines) or column < size * 3:
        most = box.height * _HEAD_SHARE
        room = max(1, min(3, int(column / stage.line(size))))
        turned = [stage.wrap(title, most, size, most=room) for title in chart.columns]
        high = max(stage.widest(lines, size) for lines in turned) + size * 0.5
        for index, lines in enumerate(turned):
            x = box.left + column * (index + 0.5) - (len(lines) - 1) * stage.line(size) / 2 + size * 0.36
            for place, line in enumerate(lines):
                stage.say(x + place * stage.line(size), box.top - high + size * 0.3, line, size=size, turned=True)
        return box.top - high
    high = max(len(lines) for lines in wrapped) * stage.line(size)
    for index, lines in enumerate(wrapped):
        x = box.left + column * (index + 0.5)
        foot = box.top - high + len(lines) * stage.line(size)
        stage.say_lines(x, foot, lines, size=size, side="center")
    return box.top - high - size * 0.3


def _legend(stage: Stage, chart: HeatChart, room: Box) -> float:
    """Write the shades with their bounds from the lower left corner; return the top."""
    size = stage.size * 0.88
    items: list[tuple[str, int | None]] = [
        (text, place) for place, text in enumerate(chart.classes or _class_words(chart.bounds))
    ]
    if any(cell.value is None for row in chart.cells for cell in row):
        items.append((NONE_WORD, None))
    if any(cell.small for row in chart.cells for cell in row):
        items.append((SMALL_WORD, None))
    rows: list[list[tuple[str, int | None]]] = [[]]
    used, side = 0.0, size * 0.95
    for item in items:
        wide = stage.wide(item[0], size) + (side * 1.4 if item[1] is not None else 0) + size * 1.1
        if rows[-1] and used + wide > room.width:
            rows.append([])
            used = 0.0
        rows[-1].append(item)
        used += wide
    top = room.bottom + len(rows) * stage.line(size) * 1.08
    for number_of, row in enumerate(rows):
        x = room.left
        middle = top - stage.line(size) * 1.08 * (number_of + 0.5)
        for text, place in row:
            if place is not None:
                fill = stage.look.shade(place, len(chart.bounds) + 1).colour
                box = Box(x, middle - side / 2, x + side, middle + side / 2)
                stage.box(box, fill, edge=stage.look.muted, width=0.6)
                x += side * 1.4
            stage.say(x, stage.middle(middle, size), text, stage.look.muted, size=size)
            x += stage.wide(text, size) + size * 1.1
    return top


def _class_words(bounds: tuple[float, ...]) -> list[str]:
    if not bounds:
        return []
    said = [number(bound) for bound in bounds]
    middle = [f"{low}–{high}" for low, high in pairwise(said)]
    return [f"меньше {said[0]}", *middle, f"{said[-1]}{NBSP}% и больше"]
