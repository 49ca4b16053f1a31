"""The QR requisite of a paper: squares for the PDF, a picture for Word and Excel."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from app import texts
from app.errors import UserError

if TYPE_CHECKING:
    import segno

SIDE_MM = 20.0
"""Side of the code on the page."""

LONGEST = 300
"""More signs would make squares too small for the camera of a telephone at this side."""

Squares = tuple[tuple[bool, ...], ...]


def squares(text: str) -> Squares:
    """Return the dark (True) and light squares of the code of a text, line by line, without its white edge.

    Raises:
        UserError: ``PAPER_QR_LONG`` for a text of more than ``LONGEST`` signs.
    """
    return tuple(tuple(bool(cell) for cell in line) for line in _code(text).matrix)


def picture(text: str) -> bytes:
    """Return the code as PNG, eight dots a square, with a white edge of one square."""
    buffer = io.BytesIO()
    _code(text).save(buffer, kind="png", scale=8, border=1)
    return buffer.getvalue()


def runs(code: Squares) -> list[tuple[int, int, int]]:
    """Return the dark runs as (line from the top, first square, number of squares)."""
    found: list[tuple[int, int, int]] = []
    for row, line in enumerate(code):
        start = 0
        for place, dark in enumerate((*line, False)):
            if not dark:
                if place > start:
                    found.append((row, start, place - start))
                start = place + 1
    return found


def _code(text: str) -> segno.QRCode:
    import segno

    if len(text) > LONGEST:
        signs = texts.count(len(text), "знак", "знака", "знаков")
        raise UserError("PAPER_QR_LONG", signs=signs, limit=LONGEST)
    return segno.make_qr(text, error="m", encoding="utf-8")
