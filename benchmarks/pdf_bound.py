"""The bound of a long list in PDF: the same rows drawn by bare reportlab calls, without any layout at all."""

from __future__ import annotations

import io
from typing import Any

from app.exporters.fonts import BOLD, REGULAR, face
from app.exporters.pdf import style
from app.reports.document import shown
from tests.helpers.papers import BIG_RIGHT, BIG_TITLES, BIG_WEIGHTS, big_values

_ROW = style.TABLE_LEADING + 2 * style.PAD_Y


def draw_raw(rows: int) -> bytes:
    """Draw so many rows of eight cells with ``drawString`` and lines; the head stands on each page.

    Args:
        rows: as many as ``tests.helpers.papers.big_list`` is asked for.
    """
    from reportlab.pdfgen.canvas import Canvas

    face(REGULAR)
    face(BOLD)
    area = style.area(long_storage=False)
    edges = [area.left]
    for weight in BIG_WEIGHTS:
        edges.append(edges[-1] + area.width * weight / sum(BIG_WEIGHTS))
    texts = [[shown(value)[0] for value in values] for values in big_values(rows)]
    per_page = int(area.height // _ROW) - 2
    buffer = io.BytesIO()
    first: Any = REGULAR
    canvas = Canvas(
        buffer, pagesize=(style.PAGE_WIDTH, style.PAGE_HEIGHT), initialFontName=first, pageCompression=1, lang="ru-RU"
    )
    for start in range(0, rows, per_page):
        _page(canvas, edges, area, texts[start : start + per_page])
    canvas.save()
    return buffer.getvalue()


def _page(canvas: Any, edges: list[float], area: style.Area, texts: list[list[str]]) -> None:
    top = area.top
    canvas.setFont(BOLD, style.HEAD)
    _cells(canvas, edges, BIG_TITLES, top - _ROW + 4)
    canvas.setFont(REGULAR, style.TABLE)
    canvas.setLineWidth(0.5)
    y = top - _ROW
    canvas.line(edges[0], top, edges[-1], top)
    for row in texts:
        canvas.line(edges[0], y, edges[-1], y)
        y -= _ROW
        _cells(canvas, edges, row, y + 4)
    canvas.line(edges[0], y, edges[-1], y)
    for edge in edges:
        canvas.line(edge, top, edge, y)
    canvas.showPage()


def _cells(canvas: Any, edges: list[float], texts: Any, y: float) -> None:
    for index, text in enumerate(texts):
        if index in BIG_RIGHT:
            canvas.drawRightString(edges[index + 1] - style.PAD_X, y, text)
        else:
            canvas.drawString(edges[index] + style.PAD_X, y, text)
