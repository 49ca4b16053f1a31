"""The visible mark of an electronic signature and the sheet that carries marks of a foreign paper.

The mark is drawn only inside the act of signing: a mark without a signature is forgery (domain §8). It says what
the certificate says and draws no state emblem. All colours are opaque, so PDF/A-1b survives.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from app.paths import resources

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

REGULAR, BOLD = "Tinos", "Tinos-Bold"
INK = "#1F3F7F"
TITLE_HALVES = ("ДОКУМЕНТ ПОДПИСАН", "ЭЛЕКТРОННОЙ ПОДПИСЬЮ")

LARGEST, READABLE, SMALLEST = 9.0, 5.5, 1.0
"""Type sizes in points. Down to the readable one numbers and dates keep to one line; the smallest only serves
foreign fields of a few millimetres."""

LEADING = 1.18
TITLE_SCALE = 1.1
RULE = 0.6
"""Room for the line under the title, in type sizes."""

INSET = 6.0
"""Distance of the text from the edge of the mark, points."""


@dataclass(frozen=True, slots=True)
class MarkText:
    """What the mark says; all of it comes from the certificate, save ``position`` typed by the signer."""

    serial: str
    owner: str
    valid_from: str
    valid_to: str
    position: str | None = None

    def rows(self) -> list[tuple[str, str]]:
        """Return label and value of each row."""
        rows = [("Сертификат:", self.serial), ("Владелец:", self.owner)]
        if self.position:
            rows.append(("Должность:", self.position))
        rows.append(("Действителен:", f"с {self.valid_from} по {self.valid_to}"))
        return rows


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    font: str


@dataclass(frozen=True, slots=True)
class _Layout:
    size: float
    title: list[list[_Word]]
    rows: list[list[list[_Word]]]

    @property
    def height(self) -> float:
        lines = TITLE_SCALE * len(self.title) + sum(len(row) for row in self.rows)
        return LEADING * self.size * lines + RULE * self.size

    @property
    def torn(self) -> bool:
        """A number or dates run over the end of a line, or the title does."""
        return len(self.title) > 2 or len(self.rows[0]) > 1 or len(self.rows[-1]) > 1


def draw_mark(text: MarkText, width: float, height: float) -> bytes:
    """Draw the mark on a page of its own size.

    The type shrinks until everything fits: a name is never cut.

    Args:
        text: what to say.
        width: width of the signature field, points.
        height: height of the signature field, points.

    Returns:
        A PDF of one page.
    """
    from reportlab.lib.colors import HexColor, white

    register_fonts()
    buffer = io.BytesIO()
    canvas = _canvas(buffer, width, height)
    inset = min(INSET, width * 0.06, height * 0.08)
    stroke = min(1.0, height / 60)
    canvas.setFillColor(white)
    canvas.setStrokeColor(HexColor(INK))
    canvas.setLineWidth(stroke)
    canvas.roundRect(stroke, stroke, width - 2 * stroke, height - 2 * stroke, inset, stroke=1, fill=1)
    canvas.setFillColor(HexColor(INK))
    _write(canvas, _fit(text, width - 2 * inset, height - 2 * inset), width, height, inset)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def draw_sheet(width: float, height: float, pages: str) -> bytes:
    """Draw the page «Лист подписей» that goes behind a foreign document; it carries no mark yet.

    Args:
        width: width of the page, points; the same as of the document's last page.
        height: height of the page, points.
        pages: how many pages stand before it, in words («3 страницы»).
    """
    from reportlab.lib.colors import black
    from reportlab.pdfbase.pdfmetrics import stringWidth

    register_fonts()
    buffer = io.BytesIO()
    canvas = _canvas(buffer, width, height)
    canvas.setTitle("Лист подписей")
    canvas.setFillColor(black)
    margin = sheet_margin(width, height)
    lines = (
        ("Лист подписей", BOLD, 14.0),
        (f"К документу: {pages} перед этим листом.", REGULAR, 10.0),
        ("Лист добавлен при подписании. Отметки на нём поставлены вместе с подписями.", REGULAR, 10.0),
    )
    top = height - margin
    for line, font, size in lines:
        shrunk = min(size, size * (width - 2 * margin) / stringWidth(line, font, size))
        top -= shrunk * 1.4
        canvas.setFont(font, shrunk)
        canvas.drawString(margin, top, line)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def sheet_margin(width: float, height: float) -> float:
    """Return the margin of the sheet, points: 20 mm, less on a small page."""
    return min(57.0, width * 0.1, height * 0.1)


def register_fonts() -> None:
    """Make Tinos known to reportlab, once."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    known = pdfmetrics.getRegisteredFontNames()
    for name, file in ((REGULAR, "Tinos-Regular.ttf"), (BOLD, "Tinos-Bold.ttf")):
        if name not in known:
            pdfmetrics.registerFont(TTFont(name, str(resources() / "fonts" / file)))


def _canvas(buffer: io.BytesIO, width: float, height: float) -> Canvas:
    from reportlab.pdfgen.canvas import Canvas

    # Without a first font every file would name Helvetica, which nobody embeds.
    first: Any = REGULAR  # the type stubs of reportlab take a number here, reportlab itself a name
    return Canvas(buffer, pagesize=(width, height), initialFontName=first, pageCompression=1)


def _fit(text: MarkText, width: float, height: float) -> _Layout:
    """Return the layout in the largest type that fits."""
    size = LARGEST
    while True:
        layout = _Layout(size, _title(width, size * TITLE_SCALE), [_row(*row, width, size) for row in text.rows()])
        if layout.height <= height and (size <= READABLE or not layout.torn):
            return layout
        if size <= SMALLEST:
            return layout
        size = max(SMALLEST, size * 0.97)


def _title(width: float, size: float) -> list[list[_Word]]:
    """Set the title in one line, or broken in the middle, or as it comes."""
    halves = [[_Word(word, BOLD) for word in half.split()] for half in TITLE_HALVES]
    whole = _wrap([*halves[0], *halves[1]], width, size)
    if len(whole) == 1:
        return whole
    return [line for half in halves for line in _wrap(half, width, size)]


def _row(label: str, value: str, width: float, size: float) -> list[list[_Word]]:
    words = [_Word(label, REGULAR), *(_Word(word, BOLD) for word in value.split())]
    return _wrap(words, width, size)


def _wrap(words: list[_Word], width: float, size: float) -> list[list[_Word]]:
    """Break words into lines no wider than ``width``; a word wider than a line is broken inside."""
    lines: list[list[_Word]] = [[]]
    used = 0.0
    gap = _measure(_Word(" ", REGULAR), size)
    for word in (part for whole in words for part in _pieces(_printable(whole), width, size)):
        advance = _measure(word, size) + (gap if lines[-1] else 0.0)
        if lines[-1] and used + advance > width:
            lines.append([])
            used, advance = 0.0, _measure(word, size)
        lines[-1].append(word)
        used += advance
    return lines


def _pieces(word: _Word, width: float, size: float) -> list[_Word]:
    pieces: list[_Word] = []
    rest = word.text
    while _measure(_Word(rest, word.font), size) > width and len(rest) > 1:
        fits = len(rest) - 1
        while fits > 1 and _measure(_Word(rest[:fits], word.font), size) > width:
            fits -= 1
        pieces.append(_Word(rest[:fits], word.font))
        rest = rest[fits:]
    return [*pieces, _Word(rest, word.font)]


def _measure(word: _Word, size: float) -> float:
    from reportlab.pdfbase.pdfmetrics import stringWidth

    return float(stringWidth(word.text, word.font, size))


def _printable(word: _Word) -> _Word:
    """Replace what the font lacks by «?»: a missing glyph would print as nothing."""
    from reportlab.pdfbase import pdfmetrics

    font: Any = pdfmetrics.getFont(word.font)
    glyphs = font.face.charToGlyph
    return _Word("".join(char if ord(char) in glyphs else "?" for char in word.text), word.font)


def _write(canvas: Canvas, layout: _Layout, width: float, height: float, inset: float) -> None:
    """Write the lines, the block standing in the middle of the frame."""
    gap = _measure(_Word(" ", REGULAR), layout.size)
    step = layout.size * LEADING
    descent = layout.size * (LEADING - 0.95)
    y = height - max(inset, (height - layout.height) / 2) + descent
    for line in layout.title:
        y -= step * TITLE_SCALE
        canvas.setFont(BOLD, layout.size * TITLE_SCALE)
        canvas.drawCentredString(width / 2, y, " ".join(word.text for word in line))
    canvas.setLineWidth(layout.size / 18)
    y -= layout.size * RULE * 0.7
    canvas.line(inset, y, width - inset, y)
    y -= layout.size * RULE * 0.3
    for line in (line for row in layout.rows for line in row):
        y -= step
        x = inset
        for word in line:
            canvas.setFont(word.font, layout.size)
            canvas.drawString(x, y, word.text)
            x += _measure(word, layout.size) + gap
