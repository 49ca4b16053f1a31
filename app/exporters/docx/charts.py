"""Charts in Word: pictures sharp enough to print, with a text for those who don't see them."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from app.exporters.charts import draw
from app.exporters.docx import parts
from app.exporters.glyphs import clean
from app.reports.charts import ChartSpec

if TYPE_CHECKING:
    from docx.document import Document as Word

SIZE, SIZE_OF_MANY = 9.0, 8.0
SCALE = 3.0
"""Pixels a point: 216 an inch."""
GAP = 3.0
"""Between charts side by side, mm."""
_MM = 72 / 25.4


def add_charts(word: Word, charts: tuple[ChartSpec, ...], height: float, width: float, *, keep: bool) -> None:
    """Add charts side by side in one line.

    Args:
        word: the file.
        charts: one to three.
        height: of each, mm.
        width: of the text, mm.
        keep: the next paragraph stands on the same page.
    """
    from docx.shared import Mm, Pt

    of = len(charts)
    column = (width - GAP * (of - 1)) / of - 0.5
    line = word.add_paragraph()
    line.paragraph_format.space_before = Pt(7)
    line.paragraph_format.keep_with_next = keep
    for place, chart in enumerate(charts):
        size = SIZE if of == 1 else SIZE_OF_MANY
        drawing = draw(chart, column * _MM, height * _MM, look="paper", size=size, scale=SCALE)
        if place:
            line.add_run(" ")
        picture = line.add_run().add_picture(io.BytesIO(drawing.data), width=Mm(column), height=Mm(height))
        parts.describe(picture, clean(chart.title), clean(" ".join(filter(None, (chart.title + ".", chart.note)))))
