"""Parts of a whole: marks 2…5, «понизили, подтвердили, повысили». Bars of 100 %, one a label."""

from __future__ import annotations

from collections.abc import Sequence

from app.exporters.charts.bars import legend, row_labels
from app.exporters.charts.placing import Box
from app.exporters.charts.stage import Stage, number
from app.reports.charts import Point, StackedChart
from app.texts import NBSP, grouped, percent

_SMALL = 0.92
_LABEL_SHARE = 0.34


def draw(stage: Stage, chart: StackedChart, room: Box) -> None:
    """Draw the bars, each with its label at the left and its number of people at the right."""
    size = stage.size
    rows = list(zip(*(series.points for series in chart.series), strict=True))
    lines = row_labels(stage, [row[0].label for row in rows], room, _LABEL_SHARE)
    wholes = [_whole(row) for row in rows]
    left = room.left + max(stage.widest(item) for item in lines) + size * 0.7
    right = room.right - stage.widest([_people(whole, chart.unit) for whole in wholes], size * _SMALL) - size * 0.7
    top = legend(stage, chart.series, room) - size * 0.2
    bottom = room.bottom + stage.line(size * _SMALL) + size * 0.3
    box = Box(left, bottom, max(right, left + size * 4), max(top, bottom + size))
    _axis(stage, box)
    step = box.height / len(rows)
    for place, (row, item, whole) in enumerate(zip(rows, lines, wholes, strict=True)):
        middle = box.top - step * (place + 0.5)
        stage.say_lines(left - size * 0.6, middle + len(item) * stage.line() / 2, item, side="right")
        if whole:
            _bar(
                stage,
                chart,
                row,
                whole,
                Box(box.left, middle - _half(step, size), box.right, middle + _half(step, size)),
            )
            stage.say(
                box.right + size * 0.6, stage.middle(middle, size * _SMALL), _people(whole, chart.unit),
                stage.look.muted,
                size=size * _SMALL,
            )  # fmt: skip
        else:
            stage.say(left + size * 0.5, stage.middle(middle), row[0].told or "нет данных", stage.look.muted)


def _half(step: float, size: float) -> float:
    return min(step * 0.36, size * 1.3)


def _whole(row: Sequence[Point]) -> int:
    return round(sum(point.value or 0.0 for point in row))


def _people(whole: int, unit: str) -> str:
    return f"{grouped(whole)}{NBSP}{unit}" if whole else ""


def _axis(stage: Stage, box: Box) -> None:
    size = stage.size * _SMALL
    for share in (0, 25, 50, 75, 100):
        x = box.left + box.width * share / 100
        stage.path([(x, box.bottom), (x, box.top)], stage.look.line, 0.6, order=1.0)
        text = number(share, "%")
        stage.say(x, box.bottom - stage.line(size) + size * 0.1, text, stage.look.muted, size=size, side="center")


def _bar(stage: Stage, chart: StackedChart, row: Sequence[Point], whole: int, box: Box) -> None:
    x = box.left
    size = stage.size * _SMALL
    for index, (series, point) in enumerate(zip(chart.series, row, strict=True)):
        count = round(point.value or 0.0)
        if not count:
            continue
        part = Box(x, box.bottom, x + box.width * count / whole, box.top)
        fill = stage.look.fill(series.tone, index)
        stage.box(part, fill.colour, edge=stage.look.page, width=1.2)
        share = percent(count, whole)
        for text in (f"{count} · {share}", str(count)):
            if stage.wide(text, size) + size * 0.5 <= part.width and box.height >= size:
                middle = stage.middle((part.bottom + part.top) / 2, size)
                stage.say((part.left + part.right) / 2, middle, text, fill.ink, size=size, side="center")
                break
        told = point.told or f"{count}{NBSP}из{NBSP}{whole}, {share}"
        stage.answer(part, point.link, f"{point.label}, {series.name}: {told}")
        x = part.right
    stage.box(box, "", edge=stage.look.axis, width=0.6, order=1.6)
