"""Names with what is known beside them, and room to write by hand, in Word: tables without borders."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from app.exporters.docx import parts
from app.exporters.docx.parts import STYLE_SMALL, STYLE_TABLE
from app.exporters.glyphs import typeset
from app.reports.document import Fact, Facts, HandNotes

if TYPE_CHECKING:
    from docx.document import Document as Word
    from docx.table import Table as WordTable
    from docx.table import _Cell

LABEL_ONE, LABEL_TWO, BOX = 0.23, 0.365, 0.42
ROOM = 6
"""Above and below a line, twips: as dense as on the page of the PDF, for a card has one side in Word too."""
_GREY = "555555"


def add_facts(word: Word, block: Facts, width: float) -> None:
    """Add the facts: a row a line, two columns of facts as four cells. ``width`` in mm."""
    share = LABEL_ONE if len(block.columns) == 1 else LABEL_TWO
    room = width / len(block.columns)
    widths = [part for _column in block.columns for part in (room * share, room * (1 - share))]
    table = _plain(word, max(len(column) for column in block.columns), widths)
    for at, column in enumerate(block.columns):
        for row, fact in enumerate(column):
            cells = table.rows[row].cells[at * 2 : at * 2 + 2]
            _put(cells, fact)
            if at < len(block.columns) - 1:  # the names of the next column stand close
                margins = parts.element("tcMar")
                margins.append(parts.element("right", w="110", type="dxa"))
                parts.cell_property(cells[1], margins)


def _put(cells: Sequence[_Cell], fact: Fact) -> None:
    from docx.shared import RGBColor

    label, text = (cell.paragraphs[0] for cell in cells)
    label.add_run(typeset(fact.label)).font.color.rgb = RGBColor.from_string(_GREY)
    text.add_run(typeset(fact.text)).bold = fact.bold or None


def add_hand_notes(word: Word, block: HandNotes, width: float) -> None:
    """Add numbered lines beside an empty frame. ``width`` in mm."""
    from docx.enum.table import WD_ROW_HEIGHT_RULE
    from docx.shared import Mm

    widths = [width * (1 - BOX), width * BOX] if block.lines else [width]
    table = _plain(word, 1, widths)
    row = table.rows[0]
    row.height, row.height_rule = Mm(block.height_mm), WD_ROW_HEIGHT_RULE.AT_LEAST
    for number, text in enumerate(block.lines, start=1):
        line = row.cells[0].paragraphs[0] if number == 1 else row.cells[0].add_paragraph(style=STYLE_TABLE)
        line.text = typeset(f"{number}. {text}")
    frame = row.cells[-1]
    lines = parts.element("tcBorders")
    for edge in ("top", "left", "bottom", "right"):
        lines.append(parts.element(edge, val="single", sz="4", space="0", color="444444"))
    parts.cell_property(frame, lines)
    margins = parts.element("tcMar")
    margins.append(parts.element("left", w="70", type="dxa"))
    parts.cell_property(frame, margins)
    caption = frame.paragraphs[0]
    caption.style, caption.text = STYLE_SMALL, typeset(block.caption)


def _plain(word: Word, rows: int, widths: Sequence[float]) -> WordTable:
    table = parts.plain_table(word, widths, rows=rows, room=ROOM)
    for row in table.rows:
        for cell in row.cells:
            cell.paragraphs[0].style = STYLE_TABLE
    return table
