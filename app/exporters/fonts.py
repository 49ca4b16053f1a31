"""The embedded face of the papers: Tinos, with the widths of Times New Roman. reportlab loads at the first call."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from app.errors import UserError
from app.paths import resources

REGULAR, BOLD = "Tinos", "Tinos-Bold"

_FILES = {REGULAR: "Tinos-Regular.ttf", BOLD: "Tinos-Bold.ttf"}


class _Widths(dict[str, float]):
    """Width of a character in ems; what the font lacks is as wide as its empty box."""

    default = 0.5

    def __missing__(self, char: str) -> float:
        return self.default


@dataclass(frozen=True, slots=True)
class Face:
    """A registered face.

    Attributes:
        name: as reportlab knows it.
        widths: width of each character in ems.
        chars: characters that the face has.
        ascent: height of the line above the baseline, ems.
    """

    name: str
    widths: dict[str, float]
    chars: frozenset[str]
    ascent: float

    def width(self, text: str, size: float) -> float:
        """Return the width of a text, points."""
        widths = self.widths
        return sum([widths[char] for char in text]) * size


@cache
def face(name: str) -> Face:
    """Register a face once and return its measures.

    Args:
        name: ``REGULAR`` or ``BOLD``.

    Raises:
        UserError: ``PAPER_FONT`` where the file is missing or damaged.
    """
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFError, TTFont

    from app.exporters.glyphs import DRAWN

    if name not in pdfmetrics.getRegisteredFontNames():
        path = resources() / "fonts" / _FILES[name]
        try:
            pdfmetrics.registerFont(TTFont(name, str(path)))
        except (OSError, TTFError) as error:
            raise UserError("PAPER_FONT", file=path.name) from error
    font: Any = pdfmetrics.getFont(name)  # the stubs know no ``face`` of a TrueType font
    metrics = font.face
    widths = _Widths({chr(code): width / 1000 for code, width in metrics.charWidths.items()})
    widths.default = metrics.defaultWidth / 1000
    widths["\u00a0"] = widths[" "]
    widths.update(dict.fromkeys(DRAWN, DRAWN_WIDTH))
    return Face(name, widths, frozenset(map(chr, metrics.charToGlyph)), metrics.ascent / 1000)


DRAWN_WIDTH = 0.86
"""Width of the signs that are drawn by hand, ems."""
