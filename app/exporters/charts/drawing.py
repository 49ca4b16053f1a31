"""From a chart as data to the bytes of a picture, and to what a paper puts on its page."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any, Literal

from app.exporters.charts.look import LOOKS, LookName
from app.exporters.charts.placing import Box
from app.exporters.charts.stage import LOCK, Area, Stage, Word, ready
from app.reports.charts import (
    BarChart,
    BulletChart,
    ChartSpec,
    HeatChart,
    LineChart,
    RadarChart,
    ScatterChart,
    StackedChart,
)

Form = Literal["png", "svg", "pdf"]

TITLE = 1.12
"""Size of the title, of ordinary text."""
NOTE = 0.92
NO_DATA = "Нет данных"


@dataclass(frozen=True, slots=True)
class Drawing:
    """A finished chart.

    Attributes:
        data: bytes in the form that was asked for.
        areas: places that answer to the mouse, in units of ``width`` and ``height``.
        words: all texts with their places; a paper writes them itself.
    """

    data: bytes
    width: float
    height: float
    areas: tuple[Area, ...]
    words: tuple[Word, ...]


def draw(
    spec: ChartSpec, width: float, height: float, *, form: Form = "png", look: LookName = "light",
    scale: float = 1.0, size: float = 12.0, titled: bool = True, written: bool = True,
) -> Drawing:  # fmt: skip
    """Draw a chart.

    Args:
        spec: what it shows.
        width: logical pixels on the screen, points on paper.
        height: in the same.
        form: PNG without transparency, SVG with letters as outlines, PDF with embedded fonts.
        look: colours and fonts.
        scale: pixels of a PNG in one logical pixel.
        size: of ordinary text.
        titled: put the title into the picture; the window shows it above.
        written: False leaves words out of the picture (``Drawing.words`` has them).

    Raises:
        UserError: ``PAPER_FONT`` where a font is missing.
    """
    with LOCK:
        ready()
        stage = Stage(max(width, 60.0), max(height, 60.0), LOOKS[look], size, written)
        room = _frame(stage, spec, titled=titled)
        _body(stage, spec, room)
        if written:
            stage.write_words()
        data = _bytes(stage, form, scale)
    return Drawing(data, stage.width, stage.height, tuple(stage.areas), tuple(stage.words))


def _frame(stage: Stage, spec: ChartSpec, *, titled: bool) -> Box:
    """Write the title above and the note below; return what is left between them."""
    size, edge = stage.size, stage.size * 0.35
    top, bottom = stage.height - edge, edge
    if titled and spec.title:
        lines = stage.wrap(spec.title, stage.width - 2 * edge, size * TITLE, most=2, bold=True)
        top = stage.say_lines(edge, top, lines, size=size * TITLE, bold=True) - size * 0.45
    if spec.note:
        lines = stage.wrap(spec.note, stage.width - 2 * edge, size * NOTE, most=4)
        high = len(lines) * stage.line(size * NOTE)
        stage.say_lines(edge, bottom + high, lines, stage.look.muted, size=size * NOTE)
        bottom += high + size * 0.4
    return Box(edge, bottom, stage.width - edge, max(top, bottom + size))


def _body(stage: Stage, spec: ChartSpec, room: Box) -> None:
    from app.exporters.charts import bars, bullets, heat, lines, radar, scatter, stacked

    if is_empty(spec):
        middle = (room.left + room.right) / 2
        stage.say(middle, (room.bottom + room.top) / 2, NO_DATA, stage.look.muted, side="center")
        return
    match spec:
        case LineChart():
            lines.draw(stage, spec, room)
        case BarChart():
            bars.draw(stage, spec, room)
        case StackedChart():
            stacked.draw(stage, spec, room)
        case HeatChart():
            heat.draw(stage, spec, room)
        case ScatterChart():
            scatter.draw(stage, spec, room)
        case RadarChart():
            radar.draw(stage, spec, room)
        case BulletChart():
            bullets.draw(stage, spec, room)


def is_empty(spec: ChartSpec) -> bool:
    """Tell whether a chart has not one value."""
    match spec:
        case HeatChart():
            return all(cell.value is None for row in spec.cells for cell in row)
        case ScatterChart():
            return not spec.dots
        case BulletChart():
            return not spec.rows
        case _:
            return all(point.value is None for series in spec.series for point in series.points)


def _bytes(stage: Stage, form: Form, scale: float) -> bytes:
    buffer = io.BytesIO()
    if form == "png":
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from PIL import Image

        stage.figure.set_dpi(72 * scale)
        canvas: Any = FigureCanvasAgg(stage.figure)  # the stubs leave its methods untyped
        canvas.draw()
        size = canvas.get_width_height()
        # no alpha: PDF/A-1 and old Word know none
        Image.frombuffer("RGBA", size, bytes(canvas.buffer_rgba()), "raw", "RGBA", 0, 1).convert("RGB").save(
            buffer, "png", dpi=(96 * scale, 96 * scale)
        )
    else:
        # dates would make two files of one chart differ
        nothing = {"CreationDate": None} if form == "pdf" else {"Date": None}
        stage.figure.savefig(buffer, format=form, metadata=nothing, facecolor=stage.look.page)
    return buffer.getvalue()
