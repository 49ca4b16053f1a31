"""Names with what is known beside them, and room to write by hand: the dense parts of a card."""

from __future__ import annotations

from collections.abc import Sequence

from app.exporters.fonts import BOLD, REGULAR, face
from app.exporters.glyphs import typeset
from app.exporters.pdf import style
from app.exporters.pdf.blocks import Drawn
from app.exporters.pdf.measure import wrap
from app.exporters.pdf.pages import Item, keep_ends
from app.exporters.pdf.pen import BORDER, INK, MUTED, Pen
from app.exporters.pdf.tags import Tag
from app.exporters.pdf.tags import lines as spaced
from app.reports.document import Fact, Facts, HandNotes

GAP, BETWEEN = 5.0, 16.0
"""Room above the block and between its two columns, points."""
LABEL_ONE, LABEL_TWO = 0.23, 0.365
"""Share of the width that names take in one column and in each of two."""
_SPACE = 1.6
_BOX = 0.42
"""Share of the width that the empty frame takes."""

Cell = tuple[list[str], list[str], bool]


def facts_items(block: Facts, width: float) -> list[Item]:
    """Return a line a fact; two columns stand side by side as one piece."""
    if len(block.columns) == 1:
        cells = [_cell(fact, width, LABEL_ONE) for fact in block.columns[0]]
        items: list[Item] = [_one(cell, width, GAP if not place else 0.0) for place, cell in enumerate(cells)]
        whole = Tag("L")
        for item in items:
            item.tag = whole
        keep_ends(items)
        return items
    room = (width - BETWEEN * (len(block.columns) - 1)) / len(block.columns)
    columns = [[_cell(fact, room, LABEL_TWO) for fact in column] for column in block.columns]

    def how(pen: Pen, left: float, top: float) -> None:
        for place, column in enumerate(columns):
            y = top
            for cell in column:
                _draw(pen, cell, left + place * (room + BETWEEN), y, room * LABEL_TWO)
                y -= _height(cell)

    height = max(sum(_height(cell) for cell in column) for column in columns)
    return [Drawn(height=height, gap=GAP, how=how, kind="facts", tag=Tag("L"))]


def _cell(fact: Fact, width: float, share: float) -> Cell:
    label = wrap(typeset(fact.label), face(REGULAR), style.HEAD, width * share - 4.0)
    text = wrap(typeset(fact.text), face(BOLD if fact.bold else REGULAR), style.TABLE, width * (1 - share))
    return label, text, fact.bold


def _height(cell: Cell) -> float:
    return max(len(cell[0]), len(cell[1])) * style.TABLE_LEADING + _SPACE


def _one(cell: Cell, width: float, gap: float) -> Item:
    def how(pen: Pen, left: float, top: float) -> None:
        _draw(pen, cell, left, top, width * LABEL_ONE)

    return Drawn(height=_height(cell), gap=gap, how=how, kind="facts")


def _draw(pen: Pen, cell: Cell, left: float, top: float, label_room: float) -> None:
    label, text, bold = cell
    base = top - face(REGULAR).ascent * style.TABLE
    with pen.inside(Tag("LI")):
        with pen.inside(Tag("Lbl")):
            for place, line in enumerate(spaced(label)):
                pen.text(left, base - place * style.TABLE_LEADING, line, REGULAR, style.HEAD, MUTED)
        with pen.inside(Tag("LBody")):
            for place, line in enumerate(spaced(text)):
                y = base - place * style.TABLE_LEADING
                pen.text(left + label_room, y, line, BOLD if bold else REGULAR, style.TABLE, INK)


def hand_notes_item(block: HandNotes, width: float) -> Item:
    """Return numbered lines on the left and an empty frame on the right, as high as the higher of both."""
    room = width * (1 - _BOX) - BETWEEN if block.lines else 0.0
    lines = [
        (line, 0.0 if first else _hang(number))
        for number, text in enumerate(block.lines, start=1)
        for first, line in _numbered(number, text, room)
    ]
    height = max(len(lines) * style.TABLE_LEADING, block.height_mm * style.MM)
    start = width * (1 - _BOX) if block.lines else 0.0

    def how(pen: Pen, left: float, top: float) -> None:
        y = top - face(REGULAR).ascent * style.TABLE
        with pen.inside(Tag("L")):
            item = Tag("LI")
            for line, indent in lines:
                item = item if indent else Tag("LI")
                with pen.inside(item):
                    pen.text(left + indent, y, f"{line} ", REGULAR, style.TABLE, INK)
                y -= style.TABLE_LEADING
        _frame(pen, left + start, left + width, top, top - height)
        caption_y = top - face(REGULAR).ascent * style.SMALL - 3.0
        with pen.inside(Tag("P")):
            pen.text(left + start + 4.0, caption_y, typeset(block.caption), REGULAR, style.SMALL, MUTED)

    return Drawn(height=height, gap=GAP, how=how, kind="notes")


def _hang(number: int) -> float:
    return face(REGULAR).width(f"{number}. ", style.TABLE)


def _numbered(number: int, text: str, room: float) -> Sequence[tuple[bool, str]]:
    """Return (is it the first, line) of a numbered sentence; later lines hang under its first word."""
    found = wrap(typeset(text), face(REGULAR), style.TABLE, room - _hang(number))
    return [(not place, f"{number}. {line}" if not place else line) for place, line in enumerate(found)]


def _frame(pen: Pen, left: float, right: float, top: float, bottom: float) -> None:
    for y in (top, bottom):
        pen.horizontal(left, right, y, colour=BORDER)
    for x in (left, right):
        pen.vertical(x, top, bottom, colour=BORDER)
