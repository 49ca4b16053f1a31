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
    from docx.text.paragraph import Paragraph

SIZE, SIZE_OF_MANY = 9.0, 8.0
SCALE = 3.0
"""Pixels a point: 216 an inch."""
GAP = 3.0
"""Between charts side by side, mm."""
_MM = 72 / 25.4


def add_charts(word: Word, charts: tuple[ChartSpec, ...], height: float, width: float, *, keep: bool) -> None:
    """Add charts side by side: in a table without borders, for pictures of one line do not stay in it everywhere.

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
    lines = [word.add_paragraph()] if of == 1 else _cells(word, of, width)
    for line, chart in zip(lines, charts, strict=True):
        line.paragraph_format.space_before = Pt(7)
        line.paragraph_format.keep_with_next = keep
        # an exact distance of lines would cut the picture to one of them; small type leaves no room under it
        line.style = parts.STYLE_FOOT
        line.paragraph_format.line_spacing = 1.0
        size = SIZE if of == 1 else SIZE_OF_MANY
        drawing = draw(chart, column * _MM, height * _MM, look="paper", size=size, scale=SCALE)
        picture = line.add_run().add_picture(io.BytesIO(drawing.data), width=Mm(column), height=Mm(height))
        parts.describe(picture, clean(chart.title), clean(" ".join(filter(None, (chart.title + ".", chart.note)))))


def _cells(word: Word, of: int, width: float) -> list[Paragraph]:
    """Return a paragraph in each of so many cells beside each other; the first chart stands left, the last right."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    table = parts.plain_table(word, [width / of] * of)
    lines = [cell.paragraphs[0] for cell in table.rows[0].cells]
    for line in lines[1:-1]:
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    lines[-1].alignment = WD_ALIGN_PARAGRAPH.RIGHT
    return lines
