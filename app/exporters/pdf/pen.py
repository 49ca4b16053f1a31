"""Drawing of one page: text, hairlines and signs gathered first, put on the canvas once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from app.exporters import fonts
from app.exporters.glyphs import DRAWN
from app.exporters.pdf.tags import Piece, Tag
from app.exporters.qr import Squares, runs
from app.exporters.signature_places import SignaturePlace

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

INK, MUTED, BLUE = "#000000", "#555555", "#1F3F7F"
HEAD_FILL = "#EEF0F3"
HAIRLINE, THIN = 0.5, 0.25
BORDER, INNER = "#444444", "#A6A6A6"

_DRAWN = re.compile(f"([{''.join(sorted(DRAWN))}])")
_TOUCH = 0.01
_NO_TAG = "/Artifact BMC"
SIGN_WORDS = {"☐": "не отмечено", "☑": "отмечено", "☒": "отмечено", "✓": "да", "✗": "нет"}
"""What is said of the signs that are drawn as lines."""


@dataclass(frozen=True, slots=True)
class ChartPlace:
    """A chart on a page: its lines and surfaces as a PDF of one page, and its lower left corner, points.

    ``number`` is that of the marked piece that the page keeps for it; None where it has no tag.
    """

    page: int
    left: float
    bottom: float
    data: bytes
    number: int | None = None


@dataclass(slots=True)
class Pen:
    """Gathers what stands on the pages of one file.

    Attributes:
        canvas: of reportlab.
        page: number of the page counted from 0.
        places: signature places met so far.
        charts: charts met so far; their lines are put under the words when the file is finished.
        root: the whole paper; its parts are what was drawn ``inside`` them.
    """

    canvas: Canvas
    page: int = 0
    places: list[SignaturePlace] = field(default_factory=list)
    charts: list[ChartPlace] = field(default_factory=list)
    root: Tag = field(default_factory=lambda: Tag("Document"))
    _tag: Tag | None = None
    _marked: Tag | Literal["nothing"] | None = "nothing"
    _pieces: int = 0
    _text: Any = None  # of reportlab: its stubs hide the list of operators that marked content goes into
    _face: tuple[str, float] | None = None
    _colour: str = INK
    _lines: dict[tuple[float, str], list[tuple[float, float, float, float]]] = field(default_factory=dict)
    _verticals: dict[tuple[float, float, str], tuple[float, float]] = field(default_factory=dict)
    _signs: list[tuple[str, str, float, float, float, str]] = field(default_factory=list)
    _bookmarks: int = 0
    _levels: int = 0

    @contextmanager
    def inside(self, tag: Tag | None) -> Iterator[None]:
        """What is drawn meanwhile is the content of a part; the part takes its place in what is open."""
        before = self._tag
        if tag is not None:
            (before or self.root).add(tag)
        self._tag = tag
        try:
            yield
        finally:
            self._tag = before

    def _piece(self, tag: Tag) -> Piece:
        piece = (self.page, self._pieces)
        tag.kids.append(piece)
        self._pieces += 1
        return piece

    def _begin(self, tag: Tag | None) -> str:
        """Return the operator that begins a piece of a part, or of what is not read out."""
        return _NO_TAG if tag is None else f"/{tag.kind} <</MCID {self._piece(tag)[1]}>> BDC"

    def text(self, x: float, y: float, text: str, face: str, size: float, colour: str = INK) -> None:
        """Write a text with its left end at ``x`` and its baseline at ``y``, points."""
        if not text:
            return
        if DRAWN.isdisjoint(text):
            self._write(x, y, text, face, size, colour)
            return
        measure = fonts.face(face)
        for part in _DRAWN.split(text):
            if part in DRAWN:
                self._sign(part, x, y, size, colour)
            elif part:
                self._write(x, y, part, face, size, colour)
            x += measure.width(part, size)

    def _sign(self, sign: str, x: float, y: float, size: float, colour: str) -> None:
        spoken = self._tag.add(Tag("Span", alt=SIGN_WORDS[sign])) if self._tag is not None else None
        self._signs.append((self._begin(spoken), sign, x, y, size, colour))
        self._end_piece()

    def _end_piece(self) -> None:
        """End the piece of text that is open, so that what follows stands behind what was drawn meanwhile."""
        if self._text is not None and self._marked != "nothing":
            self._text._code.append("EMC")  # noqa: SLF001 - reportlab has no call for marked content in a text
        self._marked = "nothing"

    def turned(self, x: float, y: float, text: str, face: str, size: float, colour: str = INK) -> None:
        """Write a text that reads upwards from ``y`` with its baseline at ``x``, points."""
        canvas = self.canvas
        self._end_piece()
        canvas.addLiteral(self._begin(self._tag))
        canvas.saveState()
        canvas.translate(x, y)
        canvas.rotate(90)
        canvas.setFont(face, size)
        canvas.setFillColor(colour)
        canvas.drawString(0, 0, text)
        canvas.restoreState()
        canvas.addLiteral("EMC")

    def chart(self, left: float, bottom: float, data: bytes) -> None:
        """Remember a chart of this page."""
        number = None if self._tag is None else self._piece(self._tag)[1]
        self.charts.append(ChartPlace(self.page, left, bottom, data, number))

    def _write(self, x: float, y: float, text: str, face: str, size: float, colour: str) -> None:
        out = self._text
        if out is None:
            out = self._text = self.canvas.beginText()
            self._face, self._colour = None, INK
        if self._marked is not self._tag:
            self._end_piece()
            out._code.append(self._begin(self._tag))  # noqa: SLF001
            self._marked = self._tag
        if self._face != (face, size):
            out.setFont(face, size)
            self._face = (face, size)
        if self._colour != colour:
            out.setFillColor(colour)
            self._colour = colour
        out.setTextOrigin(x, y)
        out.textOut(text)

    def horizontal(self, left: float, right: float, y: float, width: float = HAIRLINE, colour: str = BORDER) -> None:
        """Draw a horizontal line."""
        self._lines.setdefault((width, colour), []).append((left, y, right, y))

    def vertical(self, x: float, top: float, bottom: float, width: float = HAIRLINE, colour: str = BORDER) -> None:
        """Draw a vertical line; one that continues the last one at the same place makes it longer."""
        key = (x, width, colour)
        past = self._verticals.get(key)
        if past is not None:
            if abs(past[1] - top) < _TOUCH:
                top = past[0]
            else:
                self._lines.setdefault((width, colour), []).append((x, past[0], x, past[1]))
        self._verticals[key] = (top, bottom)

    def fill(self, left: float, bottom: float, width: float, height: float, colour: str) -> None:
        """Fill a box; what is drawn later lies over it."""
        self.canvas.addLiteral(_NO_TAG)
        self.canvas.setFillColor(colour)
        self.canvas.rect(left, bottom, width, height, stroke=0, fill=1)
        self.canvas.setFillColor(INK)
        self.canvas.addLiteral("EMC")

    def qr(self, code: Squares, right: float, bottom: float, side: float) -> None:
        """Draw a QR code with its lower right corner at the given point."""
        step = side / len(code)
        path = self.canvas.beginPath()
        for row, first, count in runs(code):
            left = right - side + first * step
            path.rect(left, bottom + side - (row + 1) * step, count * step, step)
        self._end_piece()
        self.canvas.addLiteral(self._begin(self._tag))
        self.canvas.setFillColor(INK)
        self.canvas.drawPath(path, stroke=0, fill=1)
        self.canvas.addLiteral("EMC")

    def bookmark(self, title: str, top: float, level: int) -> None:
        """Add a line to the outline that leads here; a level may not be skipped downwards."""
        key = f"h{self._bookmarks}"
        level = min(level, self._levels)
        self.canvas.bookmarkHorizontal(key, 0, top)
        self.canvas.addOutlineEntry(title, key, level)
        self._bookmarks += 1
        self._levels = level + 1

    def place(self, name: str, box: tuple[float, float, float, float], role: str) -> None:
        """Remember where a signature field will stand on this page."""
        left, bottom, right, top = (round(value, 2) for value in box)
        self.places.append(SignaturePlace(name, self.page, (left, bottom, right, top), role))

    def end_page(self) -> None:
        """Put everything gathered on the page and begin the next one."""
        for (x, width, colour), (top, bottom) in self._verticals.items():
            self._lines.setdefault((width, colour), []).append((x, top, x, bottom))
        if self._lines:
            self.canvas.addLiteral(_NO_TAG)
            for (width, colour), lines in self._lines.items():
                self.canvas.setLineWidth(width)
                self.canvas.setStrokeColor(colour)
                self.canvas.lines(lines)
            self.canvas.addLiteral("EMC")
        for begin, sign, x, y, size, colour in self._signs:
            self.canvas.addLiteral(begin)
            draw_sign(self.canvas, sign, x, y, size, colour)
            self.canvas.addLiteral("EMC")
        self._end_piece()
        if self._text is not None:
            self.canvas.drawText(self._text)
        self._text = None
        self._pieces = 0
        self._lines.clear()
        self._verticals.clear()
        self._signs.clear()
        self.canvas.showPage()
        self.page += 1


def draw_sign(canvas: Any, sign: str, x: float, y: float, size: float, colour: str) -> None:
    """Draw one of the signs that the font lacks.

    Args:
        canvas: of reportlab.
        sign: one of ``DRAWN``.
        x: left edge, points.
        y: baseline.
        size: of the type around it.
        colour: of the lines.
    """
    side = 0.68 * size
    left, bottom = x + 0.09 * size, y - 0.04 * size
    canvas.saveState()
    canvas.setStrokeColor(colour)
    canvas.setLineWidth(size * 0.06)
    canvas.setLineJoin(1)
    if sign in "☐☑☒":
        canvas.rect(left, bottom, side, side, stroke=1, fill=0)
    canvas.setLineWidth(size * 0.09)
    if sign in "☑✓":
        path = canvas.beginPath()
        path.moveTo(left + 0.18 * side, bottom + 0.50 * side)
        path.lineTo(left + 0.42 * side, bottom + 0.22 * side)
        path.lineTo(left + 0.84 * side, bottom + 0.82 * side)
        canvas.drawPath(path, stroke=1, fill=0)
    if sign in "☒✗":
        low, high = 0.2 * side, 0.8 * side
        canvas.line(left + low, bottom + low, left + high, bottom + high)
        canvas.line(left + low, bottom + high, left + high, bottom + low)
    canvas.restoreState()
