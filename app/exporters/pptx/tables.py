"""Tables on slides: at most twelve lines a slide, heads repeated, names of groups too."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from app.exporters import fonts
from app.exporters.glyphs import clean
from app.exporters.pdf.measure import wrap
from app.exporters.pptx import look
from app.reports.document import Row, Table, Value, marks_of, shown

MOST_LINES = 12
"""Lines of a table on one slide: more cannot be read from the last row of a room."""

MOST_IN_CELL = 6
"""Lines of text in a cell; a longer text ends with «…» and stands whole in the paper."""

_PAD_X, _PAD_Y = 5.0, 3.0
_LEADING = 1.2
_SIZES = ((3, 16.0), (4, 14.0), (6, 13.0), (8, 11.5), (11, 10.5))
_SMALLEST = 9.0

Line = tuple[str, ...]
"""Texts of all columns."""


@dataclass(frozen=True, slots=True)
class Band:
    """What stays on one slide: the lines of a row, or the title of a group.

    Attributes:
        lines: at least one; the outer columns of later ones are empty.
        title: the only text stands over all columns.
        bold: a total.
    """

    lines: tuple[Line, ...]
    title: bool = False
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """The bands of one slide."""

    bands: tuple[Band, ...]


def size_of(table: Table) -> float:
    """Return the size of the type, by the number of columns."""
    return next((size for most, size in _SIZES if len(table.columns) <= most), _SMALLEST)


def sheets(table: Table) -> list[Sheet]:
    """Share out the rows of a table among slides, about as many on each; a table without rows takes none."""
    found = _packed(table, MOST_LINES)
    if len(found) < 2:
        return found
    lines = sum(len(band.lines) for sheet in found for band in sheet.bands)
    for most in range(-(-lines // len(found)), MOST_LINES):
        evenly = _packed(table, most)
        if len(evenly) == len(found):
            return evenly
    return found


def _packed(table: Table, most: int) -> list[Sheet]:
    """Fill slide after slide with at most so many lines."""
    widths, size = _widths(table), size_of(table)
    room = look.BODY_HEIGHT - _head_height(table, widths, size)
    made: list[list[Band]] = [[]]
    used, lines = 0.0, 0
    title: Band | None = None
    for band in _bands(table, widths, size):
        title = band if band.title else title
        height = _height(band, widths, size)
        least = height + (3 * size if band.title else 0.0)  # a title keeps with a row
        full = lines + len(band.lines) + band.title > most or used + least > room
        if full and made[-1]:
            again = [title] if title is not None and not band.title else []
            made.append(list(again))
            used = sum(_height(one, widths, size) for one in again)
            lines = len(again)
        made[-1].append(band)
        used, lines = used + height, lines + len(band.lines)
    return [Sheet(tuple(bands)) for bands in made if bands]


def _widths(table: Table) -> list[float]:
    total = sum(column.weight for column in table.columns)
    return [look.BODY_WIDTH * column.weight / total for column in table.columns]


def _bands(table: Table, widths: Sequence[float], size: float) -> Iterator[Band]:
    for group in table.groups:
        if group.title and group.rows:
            yield Band(((_fitted(clean(group.title), look.BODY_WIDTH, size),),), title=True)
        for row in group.rows:
            lines = tuple(_lines(table, row, widths, size))
            for start in range(0, len(lines), MOST_LINES - 1):
                yield Band(lines[start : start + MOST_LINES - 1], bold=bool(row.total))


def _lines(table: Table, row: Row, widths: Sequence[float], size: float) -> Iterator[Line]:
    inner = sum(column.inner for column in table.columns)
    for number, part in enumerate(row.parts or ((None,) * inner,)):
        outer = iter(row.cells)
        own: Iterator[Value] = iter(part)
        texts = []
        for column, width in zip(table.columns, widths, strict=True):
            value = next(own if column.inner else outer)
            hidden = (number and not column.inner) or (column.inner and not row.parts)
            texts.append("" if hidden else _fitted(_text(value), width, size))
        yield tuple(texts)


def _text(value: Value) -> str:
    marks = ", ".join(marks_of(value))
    text = "\n".join(map(clean, shown(value)))
    return f"{text}\u00a0{marks}" if marks else text


def _wrapped(text: str, width: float, size: float, *, bold: bool = False) -> list[str]:
    face = fonts.face(fonts.BOLD if bold else fonts.REGULAR)
    room = max((width - 2 * _PAD_X) / look.WIDER, 2 * size)
    return [line for part in text.split("\n") for line in wrap(part, face, size, room)]


def _fitted(text: str, width: float, size: float) -> str:
    lines = _wrapped(text, width, size)
    if len(lines) <= MOST_IN_CELL:
        return text
    return " ".join(lines[:MOST_IN_CELL])[:-2].rstrip() + "…"


def _height(band: Band, widths: Sequence[float], size: float) -> float:
    if band.title:
        return _line_height(band.lines[0], [look.BODY_WIDTH], size)
    return sum(_line_height(line, widths, size) for line in band.lines)


def _line_height(line: Line, widths: Sequence[float], size: float, *, bold: bool = False) -> float:
    most = max(len(_wrapped(text, width, size, bold=bold)) for text, width in zip(line, widths, strict=True))
    return most * size * _LEADING + 2 * _PAD_Y


def _head_height(table: Table, widths: Sequence[float], size: float) -> float:
    return sum(_line_height(line, widths, size, bold=True) for line in _heads(table))


def _heads(table: Table) -> list[Line]:
    """Return one line of headings, two where some stand over several columns."""
    titles = tuple(clean(column.title) for column in table.columns)
    if not any(column.over for column in table.columns):
        return [titles]
    upper = tuple(
        clean(column.over or column.title) if not column.over or _begins(table, index) else ""
        for index, column in enumerate(table.columns)
    )
    return [upper, tuple(title if column.over else "" for title, column in zip(titles, table.columns, strict=True))]


def _begins(table: Table, index: int) -> bool:
    return any(start == index for start, _number, _text in table.spans())


# --- drawing -----------------------------------------------------------------------------------------------------


def put_table(slide: Any, table: Table, sheet: Sheet) -> Any:
    """Put one sheet of a table on a slide as a table of PowerPoint's own and return its frame."""
    from pptx.util import Pt

    widths, size = _widths(table), size_of(table)
    heads = _heads(table)
    rows = len(heads) + sum(len(band.lines) for band in sheet.bands)
    frame = slide.shapes.add_table(
        rows, len(widths), Pt(look.EDGE), Pt(look.BODY_TOP), Pt(look.BODY_WIDTH), Pt(rows * size * 1.6)
    )
    made = frame.table
    made.first_row, made.horz_banding = True, False
    for column, width in zip(made.columns, widths, strict=True):
        column.width = Pt(width)
    for number, line in enumerate(heads):
        made.rows[number].height = Pt(_line_height(line, widths, size, bold=True))
        for index, text in enumerate(line):
            _cell(made.cell(number, index), text, size, table.columns[index].align, bold=True, fill=look.HEAD)
    _join_heads(made, table, len(heads))
    at = len(heads)
    for band in sheet.bands:
        _put_band(made, table, band, at, widths, size)
        at += len(band.lines)
    return frame


def _join_heads(made: Any, table: Table, heads: int) -> None:
    if heads == 1:
        return
    for start, number, text in table.spans():
        if text and number > 1:
            made.cell(0, start).merge(made.cell(0, start + number - 1))
        elif not text:
            for index in range(start, start + number):
                made.cell(0, index).merge(made.cell(1, index))


def _put_band(made: Any, table: Table, band: Band, at: int, widths: Sequence[float], size: float) -> None:
    from pptx.util import Pt

    if band.title:
        made.rows[at].height = Pt(_line_height(band.lines[0], [look.BODY_WIDTH], size))
        for index in range(len(widths)):
            _cell(made.cell(at, index), band.lines[0][0] if not index else "", size, "left", bold=True, fill=look.BAND)
        if len(widths) > 1:
            made.cell(at, 0).merge(made.cell(at, len(widths) - 1))
        return
    for number, line in enumerate(band.lines):
        made.rows[at + number].height = Pt(_line_height(line, widths, size))
        for index, text in enumerate(line):
            _cell(made.cell(at + number, index), text, size, table.columns[index].align, bold=band.bold)
    if len(band.lines) > 1:
        for index, column in enumerate(table.columns):
            if not column.inner:
                made.cell(at, index).merge(made.cell(at + len(band.lines) - 1, index))


def _cell(cell: Any, text: str, size: float, align: str, *, bold: bool = False, fill: str = "") -> None:
    from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
    from pptx.util import Pt

    cell.margin_left = cell.margin_right = Pt(_PAD_X)
    cell.margin_top = cell.margin_bottom = Pt(_PAD_Y)
    cell.vertical_anchor = MSO_ANCHOR.TOP
    if fill:
        cell.fill.solid()
        cell.fill.fore_color.rgb = look.rgb(fill)
    else:
        cell.fill.background()
    _borders(cell)
    frame = cell.text_frame
    for number, part in enumerate(text.split("\n")):
        line = frame.paragraphs[0] if not number else frame.add_paragraph()
        line.alignment = {"left": PP_ALIGN.LEFT, "right": PP_ALIGN.RIGHT, "center": PP_ALIGN.CENTER}[align]
        look.say(line.add_run(), part, size, bold=bold)


def _borders(cell: Any) -> None:
    """Draw thin lines all around: the style of the file alone is not the same in every program."""
    from lxml import etree

    properties = cell._tc.get_or_add_tcPr()  # noqa: SLF001 - python-pptx has no call for borders
    for place, side in enumerate(("a:lnL", "a:lnR", "a:lnT", "a:lnB")):
        line = etree.Element(look.name(side), w="6350")
        filled = etree.SubElement(line, look.name("a:solidFill"))
        etree.SubElement(filled, look.name("a:srgbClr"), val=look.LINE)
        properties.insert(place, line)


def shortened(table: Table, rows: int) -> Table:
    """Return a table with its first rows only, for a small picture."""
    groups, left = [], rows
    for group in table.groups:
        groups.append(replace(group, rows=group.rows[:left]))
        left -= len(groups[-1].rows)
        if left <= 0:
            break
    return replace(table, groups=tuple(groups), caption="")
