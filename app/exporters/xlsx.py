"""Excel form of a document, by xlsxwriter: one sheet a table or chart, one sheet with all its words.

Excel carries the data (domain §8): fractions are two columns of whole numbers, shares are numbers, dates are dates.
A string is never taken for a formula or an address, whatever it begins with (stack.md §6).
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from app.errors import UserError
from app.exporters import fonts, qr
from app.exporters.glyphs import clean
from app.exporters.pdf.measure import wrap
from app.exporters.xlsx_charts import write_chart
from app.exporters.xlsx_totals import Counts, formula, total_lines, without_totals
from app.reports.document import (
    ActApproval,
    Annex,
    Approval,
    Block,
    Centred,
    ChartBlock,
    ChartRow,
    Column,
    Contents,
    Day,
    Document,
    Executor,
    Facts,
    Fraction,
    Group,
    HandNotes,
    Heading,
    Note,
    Number,
    PageBreak,
    Paragraph,
    Roubles,
    Row,
    Share,
    SignatureBlock,
    Table,
    Turn,
    Value,
    bare,
    charts_of,
    marks_of,
    shown,
)
from app.texts import NBSP

ABOUT = "О документе"
MARKS_TITLE = "Пометки"
MOST_ROWS = 1_048_576
LONGEST_TEXT = 32_767

_FONT, _SIZE = "Times New Roman", 11
_BAD_IN_NAME = re.compile(r"[\[\]:*?/\\']")
_WIDEST, _WIDEST_OF_FEW, _NARROWEST, _ABOUT_WIDTH = 42.0, 64.0, 6.0, 86.0
"""Widths of columns in characters of the usual type; a sheet of few columns may have wider ones."""

_FEW = 5

_LINE, _MOST_HEIGHT = 14.5, 400.0
"""Height of one line and the largest height that Excel takes (409), points."""

_DIGIT, _EDGES, _PIXEL = 7, 5, 0.75
"""A column of n is 7·n + 5 pixels wide, a pixel is 0.75 pt."""

_INDENT, _BUTTON = 9.0, 16.0
"""Width of one step of indent and of the filter's button, points."""

_PEN_PAGE = 480.0
"""Width of an upright page between its margins, points."""

_SAFETY = 0.94
"""Programs set type a little wider or narrower than the font says."""

_DOTS, _SQUARE = 96, 8
"""Dots of the screen in an inch; dots of the picture in a square of a QR code."""

_LONGEST_FOOTER = 200
"""Excel takes 255 characters for all three parts of a footer with their codes."""

Kind = Literal["value", "below", "of", "marks", "group"]


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A column of Excel: its heading, whose value it takes and which part of it."""

    title: str
    column: int
    kind: Kind = "value"


def render_xlsx(document: Document) -> bytes:
    """Draw a document for Excel.

    Args:
        document: what to draw; each of its tables becomes a sheet, its other words the sheet «О документе».

    Raises:
        UserError: ``PAPER_TOO_LONG`` where a table has more rows than a sheet.
    """
    import xlsxwriter

    buffer = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        # the first font of a book is the measure of its column widths
        "default_format_properties": {"font_name": _FONT, "font_size": _SIZE},
    }
    book = xlsxwriter.Workbook(buffer, options)
    formats = _Formats(book)
    book.set_properties(
        {
            "title": clean(document.heading),
            "author": clean(document.meta.author),
            "subject": clean(document.meta.kind),
            "created": datetime.fromisoformat(document.meta.created).replace(tzinfo=None),
        }
    )
    taken = {ABOUT.casefold()}
    for table in document.tables():
        _write_table(book.add_worksheet(_sheet_name(table.name, taken)), document, table, formats)
    for chart in document.charts():
        name = _sheet_name(chart.title, taken)
        sheet = book.add_worksheet(name)
        wide = write_chart(book, sheet, name, chart, formats)
        _print_setup(sheet, document, wide=wide > _ABOUT_WIDTH + 10, footer=document.provenance)
    _write_about(book.add_worksheet(ABOUT), document, formats)
    book.close()
    return buffer.getvalue()


class _Formats:
    """The looks of cells, each made once; ``totals`` are those of lines that sum others."""

    def __init__(self, book: Any, *, bold: bool = False) -> None:
        self.totals = self if bold else _Formats(book, bold=True)
        base: dict[str, Any] = {"font_name": _FONT, "font_size": _SIZE, "valign": "top"}
        base |= {"bold": True} if bold else {}
        cell = base | {"border": 1, "border_color": "#A6A6A6"}
        self.title = book.add_format(base | {"bold": True, "font_size": 13, "text_wrap": True})
        self.draft = book.add_format(base | {"bold": True})
        self.plain = book.add_format(base)
        self.wrapped = book.add_format(base | {"text_wrap": True})
        self.heading = book.add_format(base | {"bold": True, "font_color": "#1F3F7F", "text_wrap": True})
        self.small = book.add_format(base | {"font_size": 9, "font_color": "#555555", "text_wrap": True})
        head = {"bold": True, "text_wrap": True, "bg_color": "#EEF0F3", "border": 1, "valign": "bottom"}
        self.head = book.add_format(base | head | {"align": "left", "indent": 1})
        # two steps from the edge: the button of the filter stands there
        self.head_right = book.add_format(base | head | {"align": "right", "indent": 2})
        self.text = book.add_format(cell | {"text_wrap": True, "num_format": "@", "align": "left", "indent": 1})
        right = cell | {"align": "right", "indent": 1}
        self.number = book.add_format(right | {"num_format": "0"})
        self.decimal = book.add_format(right | {"num_format": "0.0##"})
        self.share = book.add_format(right | {"num_format": "0.0%"})
        self.exact = book.add_format(right | {"num_format": "#,##0.###"})
        self.money = book.add_format(right | {"num_format": "#,##0.00"})
        self.day = book.add_format(right | {"num_format": "dd.mm.yyyy"})
        self.empty = book.add_format(cell)


# --- sheets of tables --------------------------------------------------------------------------------------------


def _write_table(sheet: Any, document: Document, table: Table, formats: _Formats) -> None:
    columns = _columns(table)
    rights = [_on_the_right(table, column) for column in columns]
    widths = _widths(table, columns)
    top = _write_lines(sheet, 0, _above(document, table, formats), widths)
    head = top + 1
    for index, column in enumerate(columns):
        sheet.set_column(index, index, widths[index])
        sheet.write_string(head, index, clean(column.title), formats.head_right if rights[index] else formats.head)
    taken = _INDENT + _BUTTON
    sheet.set_row(head, _height([column.title for column in columns], widths, taken=taken, bold=True) + 2)
    last = _write_rows(sheet, table, columns, formats, head + 1, widths)
    sheet.freeze_panes(head + 1, 0)
    notes = [(f"{mark.word}: {mark.text}", formats.small) for mark in table.used_marks()]
    if last > head:
        plain = without_totals(total_lines(table, head + 1))
        sheet.autofilter(head, 0, head + plain if plain else last, len(columns) - 1)
    else:
        notes.insert(0, (table.empty, formats.wrapped))
    _write_lines(sheet, last + 1 if last <= head else last + 2, notes, widths)
    _print_setup(sheet, document, wide=sum(widths) > _ABOUT_WIDTH + 10, footer=document.provenance)
    sheet.repeat_rows(head)


def _above(document: Document, table: Table, formats: _Formats) -> list[tuple[str, Any]]:
    """Return the lines over the table; a book of several tables says which one this is."""
    lines = [(document.heading, formats.title)]
    if document.draft:
        lines.insert(0, (document.draft_word, formats.draft))
    if len(document.tables()) > 1:
        lines.append((table.name, formats.heading))
    return lines


def _write_lines(sheet: Any, start: int, lines: Sequence[tuple[str, Any]], widths: Sequence[float]) -> int:
    """Write lines across the whole table, one below another, and return the next row."""
    for number, (text, look) in enumerate(lines, start=start):
        if len(widths) > 1:
            sheet.merge_range(number, 0, number, len(widths) - 1, "", look)
        sheet.write_string(number, 0, clean(text), look)
        sheet.set_row(number, _height([text], [sum(widths)]) + 3)
    return start + len(lines)


def _on_the_right(table: Table, column: _Sheet) -> bool:
    if column.kind == "value":
        return table.columns[column.column].align == "right"
    return column.kind in {"below", "of"}


def _widths(table: Table, columns: Sequence[_Sheet]) -> list[float]:
    """Return widths as Excel counts them: the longest line of a column or word of its heading, within bounds."""
    words = {mark.sign: mark.word for mark in table.marks}
    bold, regular = fonts.face(fonts.BOLD), fonts.face(fonts.REGULAR)
    longest = [
        max(bold.width(clean(word), _SIZE) for word in column.title.split()) + _INDENT + _BUTTON for column in columns
    ]
    for group, values in _all_lines(table):
        for index, column in enumerate(columns):
            value = _part(column, values, group, words)
            if value is not None:
                width = max(regular.width(clean(line), _SIZE) for line in shown(value))
                longest[index] = max(longest[index], width / _SAFETY + 2 * _INDENT)
    for index, points in _by_hand(table, columns).items():
        longest[index] = max(longest[index], points)
    widest = _WIDEST if len(columns) > _FEW else _WIDEST_OF_FEW
    return [round(min(max(points / _PIXEL / _DIGIT, _NARROWEST), widest), 1) for points in longest]


def _by_hand(table: Table, columns: Sequence[_Sheet]) -> dict[int, float]:
    """Return column → points, where nothing is written and a pen needs room: its share of an upright page."""
    whole = sum(column.weight for column in table.columns)
    plain = {index: column.column for index, column in enumerate(columns) if column.kind == "value"}
    values = {index: [bare(value) for value in _values(table, place)] for index, place in plain.items()}
    return {
        index: _PEN_PAGE * table.columns[plain[index]].weight / whole
        for index, found in values.items()
        if found and all(isinstance(value, str) and not value.strip() for value in found)
    }


def _all_lines(table: Table) -> Iterator[tuple[Group, list[Value]]]:
    for group in table.groups:
        for row in group.rows:
            for values in _lines(table.columns, row):
                yield group, values


def _height(texts: Sequence[str], widths: Sequence[float], *, taken: float = 0.0, bold: bool = False) -> float:
    """Return the height of a row of wrapped texts: Excel would find it itself, other programs don't.

    Args:
        texts: one a column.
        widths: as Excel counts them.
        taken: what indents and buttons take of each width, points.
        bold: set in bold.
    """
    face = fonts.face(fonts.BOLD if bold else fonts.REGULAR)
    most = 1
    for text, width in zip(texts, widths, strict=True):
        room = max(((width * _DIGIT + _EDGES) * _PIXEL - taken) * _SAFETY, 2.0 * _SIZE)
        most = max(most, sum(len(wrap(clean(part), face, _SIZE, room)) for part in text.split("\n")))
    return min(most * _LINE, _MOST_HEIGHT)


def _columns(table: Table) -> list[_Sheet]:
    """Return the columns of the sheet: a column of fractions becomes two, marks get one of their own."""
    columns: list[_Sheet] = []
    if any(group.title for group in table.groups):
        columns.append(_Sheet(table.group_title, 0, "group"))
    for index, column in enumerate(table.columns):
        if any(isinstance(bare(value), Fraction) for value in _values(table, index)):
            columns += [
                _Sheet(column.sheet_titles[0], index, "below"),
                _Sheet(column.sheet_titles[1], index, "of"),
            ]
        else:
            columns.append(_Sheet(f"{column.over}: {column.title}" if column.over else column.title, index))
    if table.used_marks():
        columns.append(_Sheet(MARKS_TITLE, 0, "marks"))
    return columns


def _values(table: Table, index: int) -> Iterator[Value]:
    inner = table.columns[index].inner
    position = sum(column.inner == inner for column in table.columns[:index])
    for row in table.rows():
        if inner:
            yield from (part[position] for part in row.parts)
        else:
            yield row.cells[position]


def _lines(columns: Sequence[Column], row: Row) -> Iterator[list[Value]]:
    """Yield the values of all columns for each part of a row; the outer ones are repeated."""
    parts: Iterable[Sequence[Value]] = row.parts or ((None,) * sum(column.inner for column in columns),)
    for part in parts:
        outer, inner = iter(row.cells), iter(part)
        yield [next(inner if column.inner else outer) for column in columns]


def _write_rows(
    sheet: Any, table: Table, columns: Sequence[_Sheet], formats: _Formats, start: int, widths: Sequence[float]
) -> int:
    """Write all rows and return the number of the last one written."""
    lines = sum(max(1, len(row.parts)) for row in table.rows())
    if start + lines > MOST_ROWS:
        raise UserError("PAPER_TOO_LONG", table=table.name, rows=lines, limit=MOST_ROWS - start)
    words = {mark.sign: mark.word for mark in table.marks}
    shift = sum(column.kind == "group" for column in columns)
    sums, counts = total_lines(table, start), Counts()
    number = start - 1
    for number, (group, values) in enumerate(_all_lines(table), start=start):
        chosen = [_part(column, values, group, words) for column in columns]
        looks, line = formats, sums[number - start]
        if line is not None:
            looks = formats.totals
        texts, summed = [], counts.formulas(number, chosen, line)
        for index, (column, value) in enumerate(zip(columns, chosen, strict=True)):
            made = formula(table, column.column, number, line, shift) if column.kind == "value" else None
            if made is not None and isinstance(value, Roubles):
                sheet.write_formula(number, index, made, looks.money, value.kopecks / 100)
                texts.append("")
            elif index in summed and isinstance(value, int):
                sheet.write_formula(number, index, summed[index], looks.number, value)
                texts.append("")
            else:
                texts.append(_write_cell(sheet, number, index, value, looks))
        height = _height(texts, widths, taken=_INDENT)
        if height > _LINE:
            sheet.set_row(number, height + 1)
    return number


def _part(column: _Sheet, values: Sequence[Value], group: Group, words: dict[str, str]) -> Value:
    """Return what a column of the sheet takes from the values of a line."""
    if column.kind == "group":
        return group.title
    if column.kind == "marks":
        signs = dict.fromkeys(sign for value in values for sign in marks_of(value))
        return "; ".join(words.get(sign, sign) for sign in signs) or None
    value = bare(values[column.column])
    if isinstance(value, Fraction) and column.kind == "below":
        return value.below
    if isinstance(value, Fraction) and column.kind == "of":
        return value.of
    return value if column.kind != "of" else None


def _write_cell(sheet: Any, row: int, column: int, value: Value, formats: _Formats) -> str:
    """Write a value by its type and return the text whose height counts."""
    match bare(value):
        case None:
            sheet.write_blank(row, column, None, formats.empty)
        case int(number):
            sheet.write_number(row, column, number, formats.number)
        case Share(below, of):
            if of:
                sheet.write_number(row, column, below / of, formats.share)
            else:
                sheet.write_blank(row, column, None, formats.empty)
        case Number(exact):
            sheet.write_number(row, column, float(exact), formats.number if "." not in exact else formats.exact)
        case Roubles(kopecks):
            sheet.write_number(row, column, kopecks / 100, formats.money)
        case Day(iso):
            sheet.write_datetime(row, column, date.fromisoformat(iso[:10]), formats.day)
        case _:
            # ordinary spaces: what a person types into the search of Excel doesn't find a no-break one
            text = "\n".join(map(clean, shown(value))).replace(NBSP, " ")
            if len(text) > LONGEST_TEXT:
                text = text[: LONGEST_TEXT - 1] + "…"
            sheet.write_string(row, column, text, formats.text)
            return text
    return ""


# --- the sheet with the words ------------------------------------------------------------------------------------


def _write_about(sheet: Any, document: Document, formats: _Formats) -> None:
    sheet.set_column(0, 0, _ABOUT_WIDTH)
    number = 0
    for number, (text, look) in enumerate(_words(document, formats)):
        if text:
            sheet.write_string(number, 0, clean(text)[:LONGEST_TEXT], look)
            sheet.set_row(number, _height([text], [_ABOUT_WIDTH]) + 3)
    if document.qr:
        _write_qr(sheet, number + 1, document.qr)
    _print_setup(sheet, document, wide=False, footer="")


def _write_qr(sheet: Any, row: int, text: str) -> None:
    picture, squares = qr.picture(text), len(qr.squares(text)) + 2
    scale = qr.SIDE_MM / 25.4 * _DOTS / (squares * _SQUARE)
    sheet.insert_image(
        row, 0, "qr.png", {"image_data": io.BytesIO(picture), "x_scale": scale, "y_scale": scale, "description": text}
    )


def _words(document: Document, formats: _Formats) -> Iterator[tuple[str, Any]]:
    if document.draft:
        yield document.draft_word, formats.draft
    for approval in document.approvals:
        yield from ((line, formats.plain) for line in _approval_lines(approval))
        yield "", formats.plain
    yield from ((line, formats.title) for line in document.title)
    yield from ((line, formats.plain) for line in document.cover)
    yield "", formats.plain
    for block in document.blocks:
        yield from _block_words(block, formats)
    yield "", formats.plain
    yield document.provenance, formats.small
    if document.qr:
        yield f"QR-код: {document.qr}", formats.small


def _approval_lines(approval: Approval) -> tuple[str, ...]:
    if isinstance(approval, ActApproval):
        return approval.lines()
    return (approval.word, approval.position, approval.name, approval.shown_date)


def _block_words(block: Block, formats: _Formats) -> Iterator[tuple[str, Any]]:
    match block:
        case Heading(text=text):
            yield text, formats.heading
        case Paragraph() | Centred():
            yield block.text, formats.wrapped
        case Table():
            rows = sum(1 for _ in block.rows())
            yield f"Таблица: лист «{block.name}», строк: {rows}." if rows else block.empty, formats.wrapped
        case Note(text=text) | Executor(text=text):
            yield text, formats.small
        case SignatureBlock(position=position, name=name):
            yield "", formats.plain
            yield f"{position or '_' * 20}   ____________________   {name or '_' * 20}", formats.wrapped
        case Facts():
            yield from ((f"{fact.label}: {fact.text}", formats.wrapped) for fact in block.facts())
        case HandNotes(lines=lines):
            yield from ((f"{place}. {line}", formats.wrapped) for place, line in enumerate(lines, start=1))
        case ChartBlock() | ChartRow():
            yield from (
                (f"График: {chart.title}. Данные на отдельном листе.", formats.wrapped) for chart in charts_of(block)
            )
        case Annex(to=to, title=title):
            yield "", formats.plain
            yield " ".join(part for part in (block.name, to) if part), formats.wrapped
            if title:
                yield title, formats.title
        case PageBreak() | Turn() | Contents():
            return


# --- names and printing ------------------------------------------------------------------------------------------


def _sheet_name(name: str, taken: set[str]) -> str:
    """Return a name that Excel takes: at most 31 characters, without its forbidden ones, once in the book."""
    base = _BAD_IN_NAME.sub(" ", clean(name)).strip()[:31] or "Таблица"
    made, number = base, 1
    while made.casefold() in taken:
        number += 1
        tail = f" ({number})"
        made = base[: 31 - len(tail)] + tail
    taken.add(made.casefold())
    return made


def _print_setup(sheet: Any, document: Document, *, wide: bool, footer: str) -> None:
    sheet.set_paper(9)
    if wide or document.landscape:
        sheet.set_landscape()
    left = 30 if document.long_storage else 20
    sheet.set_margins(left=left / 25.4, right=10 / 25.4, top=20 / 25.4, bottom=20 / 25.4)
    sheet.fit_to_pages(1, 0)
    left_part = clean(footer).replace("&", "&&")[:_LONGEST_FOOTER].rstrip("&")
    sheet.set_footer(f'&L&"{_FONT}"&8{left_part}&R&"{_FONT}"&8&P из &N')
