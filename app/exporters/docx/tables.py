"""Tables of Word: widths in each cell, a head on each page, rows that hold together.

Rows are made of plain elements: python-docx looks a style up for each cell, which takes seconds in a long list.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from app.exporters.docx import parts
from app.exporters.docx.parts import element
from app.exporters.glyphs import typeset
from app.reports.document import Align, Group, Row, Table, Value, marks_of, shown
from app.texts import NBSP

if TYPE_CHECKING:
    from docx.document import Document as Word

HEAD_FILL = "EEF0F3"
TWIPS = 1440 / 25.4
"""Twentieths of a point in a millimetre."""


@dataclass(frozen=True, slots=True)
class _Look:
    """What the cells of one table share: widths in twips, alignments, ids of the two styles."""

    widths: tuple[int, ...]
    aligns: tuple[Align, ...]
    cell_style: str
    head_style: str
    heights: Iterator[float] | None = None
    page: float = 0.0


ROOM, FINE_ROOM = 28, 20
"""Above and below the text of a cell, twips; less where rows have heights of their own."""


def add_table(
    word: Word, table: Table, width: float, *, keep: bool, heights: Sequence[float] | None = None, page: float = 0.0
) -> None:
    """Add a table with at least one row.

    Args:
        word: where to; it has the styles ``parts.STYLE_TABLE`` and ``parts.STYLE_HEAD``.
        table: what.
        width: mm.
        keep: its last row stands on one page with what follows.
        heights: of all lines as the PDF draws them, points: pages then end alike and the contents are right.
        page: height of the text area; only what is higher may be torn.
    """
    total = sum(column.weight for column in table.columns)
    look = _Look(
        tuple(round(width * TWIPS * column.weight / total) for column in table.columns),
        tuple(column.align for column in table.columns),
        str(word.styles[parts.STYLE_TABLE].style_id),
        str(word.styles[parts.STYLE_HEAD].style_id),
        None if heights is None else iter(heights),
        page,
    )
    made = word.add_table(rows=0, cols=len(look.widths))
    made.autofit = False
    parts.table_layout(made, borders=True, room=ROOM if heights is None else FINE_ROOM)
    body: Any = made._tbl  # noqa: SLF001 - rows are elements here, see above
    for column, twips in zip(body.tblGrid.gridCol_lst, look.widths, strict=True):
        column.set(parts.name("w"), str(twips))
    for line in _heads(table, look):
        body.append(line)
    for number, group in enumerate(table.groups, start=1):
        _add_group(body, group, table, look, keep=keep and number == len(table.groups))


def _heads(table: Table, look: _Look) -> list[Any]:
    """Return the row of headings, and over it the row of those over several columns where there are any."""
    if not any(column.over for column in table.columns):
        return [_head(table, look)]
    row = _row(look, head=True)
    for first, number, text in table.spans():
        width = sum(look.widths[first : first + number])
        cell = _cell(width, span=number, merge=None if text else "restart", fill=HEAD_FILL, foot=True)
        align: Align = "center" if text else look.aligns[first]
        _write(cell, (text or table.columns[first].title,), align, look.head_style, keep=True)
        row.append(cell)
    return [row, _head(table, look, under=True)]


def _head(table: Table, look: _Look, *, under: bool = False) -> Any:
    row = _row(look, head=True)
    for index, column in enumerate(table.columns):
        continued = under and not column.over
        cell = _cell(look.widths[index], merge="continue" if continued else None, fill=HEAD_FILL, foot=True)
        _write(cell, ("" if continued else column.title,), look.aligns[index], look.head_style, keep=True)
        row.append(cell)
    return row


def _add_group(body: Any, group: Group, table: Table, look: _Look, *, keep: bool) -> None:
    if group.title and group.rows:
        row = _row(look)
        cell = _cell(sum(look.widths), span=len(look.widths))
        _write(cell, (group.title,), "left", look.head_style, keep=True)
        row.append(cell)
        body.append(row)
    last = len(group.rows) - 1
    for index, line in enumerate(group.rows):
        # Word has no «never one row alone»: the first two and the last two hold each other instead.
        _add_row(body, line, table, look, keep=keep if index == last else index in {0, last - 1})


def _add_row(body: Any, line: Row, table: Table, look: _Look, *, keep: bool) -> None:
    lines: Sequence[Sequence[Value]] = line.parts or (("",) * sum(column.inner for column in table.columns),)
    for number, part in enumerate(lines):
        tied = keep or number < len(lines) - 1
        outer, inner = iter(line.cells), iter(part)
        row = _row(look)
        for index, column in enumerate(table.columns):
            value = next(inner if column.inner else outer)
            merge = None if column.inner or len(lines) == 1 else "continue" if number else "restart"
            cell = _cell(look.widths[index], merge=merge)
            texts = ("",) if merge == "continue" else _texts(value)
            _write(cell, texts, look.aligns[index], look.cell_style, keep=tied, bold=bool(line.total))
            row.append(cell)
        body.append(row)


def _texts(value: Value) -> tuple[str, ...]:
    texts = shown(value)
    signs = marks_of(value)
    return (*texts[:-1], f"{texts[-1]}{NBSP}{', '.join(signs)}") if signs else texts


# --- elements ----------------------------------------------------------------------------------------------------


def _row(look: _Look, *, head: bool = False) -> Any:
    row = element("tr")
    properties = element("trPr")
    height = next(look.heights) if look.heights is not None else None
    if height is None or height <= look.page:
        properties.append(element("cantSplit"))
        if height is not None:
            properties.append(element("trHeight", val=str(round(height * 20)), hRule="atLeast"))
    if head:
        properties.append(element("tblHeader"))
    row.append(properties)
    return row


def _cell(width: int, *, span: int = 1, merge: str | None = None, fill: str | None = None, foot: bool = False) -> Any:
    cell = element("tc")
    properties = element("tcPr")
    properties.append(element("tcW", w=str(width), type="dxa"))
    if span > 1:
        properties.append(element("gridSpan", val=str(span)))
    if merge:
        properties.append(element("vMerge", val=merge))
    if fill:
        properties.append(element("shd", val="clear", color="auto", fill=fill))
    if foot:
        properties.append(element("vAlign", val="bottom"))
    cell.append(properties)
    return cell


def _write(cell: Any, texts: Sequence[str], align: Align, style: str, *, keep: bool, bold: bool = False) -> None:
    for text in texts:
        line = element("p")
        properties = element("pPr")
        properties.append(element("pStyle", val=style))
        if keep:
            properties.append(element("keepNext"))
        if align != "left":
            properties.append(element("jc", val=align))
        line.append(properties)
        if text:
            run, content = element("r"), element("t")
            if bold:
                face = element("rPr")
                face.append(element("b"))
                run.append(face)
            content.text = typeset(text)
            content.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            run.append(content)
            line.append(run)
        cell.append(line)
