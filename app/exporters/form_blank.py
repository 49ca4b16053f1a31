"""Excel blanks of forms: one template a layout, drawn by xlsxwriter; each blank is the template with its cells filled.

A blank drawn anew takes 70 ms, one filled in a ready template about a millisecond (stack.md §6): this is how a thousand
schools get theirs. A template has every look, list, check and formula; only the cells of ``BlankPlan.values`` are
rewritten, as plain text, numbers or dates, never as formulas.
"""

from __future__ import annotations

import io
import re
import struct
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from xml.sax.saxutils import escape

from app.exporters import fonts
from app.exporters.glyphs import clean
from app.exporters.pdf.measure import wrap
from app.forms.excel_cells import CELL
from app.forms.excel_model import (
    STYLES,
    BlankPlan,
    Cell,
    Check,
    Layout,
    Look,
    Place,
    SheetPlan,
    Style,
    Tint,
    Value,
    address,
)

LONGEST_TEXT = 32_767
_FONT, _SIZE = "Times New Roman", 11
_DIGIT, _EDGES, _PIXEL = 7, 5, 0.75
"""A column of n is 7·n + 5 pixels wide, a pixel is 0.75 pt."""
_LINE, _MOST_HEIGHT, _SAFETY = 1.32, 400.0, 0.93
"""Height of a line for a size of type; the tallest row; programs set type a little wider than the font says."""
_BUTTON, _INDENT = 14.0, 9.0
_TITLE_MARK = "\ue000title\ue000"
_BAD_SIGNS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LIKE_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_NO_RESULT = re.compile(r"(</f>)<v>[^<]*</v>")
_CELL = re.compile(r'<c r="([A-Z]+)(\d+)" s="(\d+)"/>')
_ROW = re.compile(r'<row r="(\d+)"([^>]*)>')
_ZERO = date(1899, 12, 30)
_CREATED = datetime(2026, 1, 1)  # noqa: DTZ001 - a property of the file that says nothing of the person who makes it


def render(plan: BlankPlan) -> bytes:
    """Draw a blank.

    Args:
        plan: what stands where; a plan of a known layout is drawn from its template.

    Returns:
        The workbook (.xlsx).
    """
    return _template(plan.layout).fill(plan)


# --- filling -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Stored:
    """One part of the file, compressed already."""

    name: bytes
    data: bytes
    checksum: int
    size: int


@dataclass(frozen=True, slots=True)
class _Filled:
    """One part with gaps: ``texts`` has one piece more than there are places between them."""

    name: str
    texts: tuple[str, ...]
    places: tuple[Place | None, ...]
    styles: tuple[str, ...]


class _Template:
    """A drawn layout, cut where its blanks differ."""

    def __init__(self, layout: Layout, book: bytes) -> None:
        import zipfile

        self._layout = layout
        by_sheet: dict[int, dict[tuple[int, int], Place]] = {}
        for place in layout.spots.values():
            by_sheet.setdefault(place.sheet, {})[place.row, place.column] = place
        self._parts: list[_Stored | _Filled] = []
        with zipfile.ZipFile(io.BytesIO(book)) as archive:
            for name in archive.namelist():
                text = archive.read(name).decode("utf-8")
                found = re.fullmatch(r"xl/worksheets/sheet(\d+)\.xml", name)
                if found:
                    text = _NO_RESULT.sub(r"\1", text)
                    self._parts.append(_cut(name, text, by_sheet.get(int(found[1]) - 1, {})))
                elif _TITLE_MARK in text:
                    before, after = text.split(_TITLE_MARK)
                    self._parts.append(_Filled(name, (before, after), (None,), ("",)))
                else:
                    self._parts.append(_stored(name, text))

    def fill(self, plan: BlankPlan) -> bytes:
        """Return the file with the values of a plan in their places."""
        grown = _grown(plan)
        parts: list[_Stored] = []
        for part in self._parts:
            if isinstance(part, _Stored):
                parts.append(part)
                continue
            pieces = [part.texts[0]]
            for place, style, after in zip(part.places, part.styles, part.texts[1:], strict=True):
                if place is None:
                    pieces.append(_text(plan.title))
                else:
                    pieces.append(_cell(address(place.row, place.column), style, plan.values.get(place)))
                pieces.append(after)
            text = "".join(pieces)
            number = part.places[0].sheet if part.places and part.places[0] is not None else -1
            parts.append(_stored(part.name, _raised(text, grown[number]) if number in grown else text))
        return _zipped(parts)


@lru_cache(maxsize=16)
def _template(layout: Layout) -> _Template:
    return _Template(layout, _draw(layout))


def _cut(name: str, text: str, places: Mapping[tuple[int, int], Place]) -> _Filled:
    texts: list[str] = []
    found: list[Place | None] = []
    styles: list[str] = []
    wanted = {address(row, column): place for (row, column), place in places.items()}
    start = 0
    for cell in _CELL.finditer(text):
        place = wanted.pop(cell[1] + cell[2], None)
        if place is not None:
            texts.append(text[start : cell.start()])
            found.append(place)
            styles.append(cell[3])
            start = cell.end()
    if wanted:
        raise AssertionError(f"the template has no empty cells {sorted(wanted)}")
    return _Filled(name, (*texts, text[start:]), tuple(found), tuple(styles))


def _text(text: str) -> str:
    plain = _BAD_SIGNS.sub("", text)
    if len(plain) > LONGEST_TEXT:
        plain = plain[: LONGEST_TEXT - 1] + "…"
    return escape(_LIKE_ESCAPE.sub("_x005F_", plain))


def _cell(where: str, style: str, value: Value | None) -> str:
    """Return the XML of a cell; a text is a text whatever it begins with."""
    if value is None:
        return f'<c r="{where}" s="{style}"/>'
    if isinstance(value, str):
        return f'<c r="{where}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{_text(value)}</t></is></c>'
    if isinstance(value, date):
        return f'<c r="{where}" s="{style}"><v>{(date(value.year, value.month, value.day) - _ZERO).days}</v></c>'
    return f'<c r="{where}" s="{style}"><v>{value!r}</v></c>'


def _grown(plan: BlankPlan) -> dict[int, dict[int, float]]:
    """Return the rows that texts of this subject make taller: sheet → row → points."""
    found: dict[int, dict[int, float]] = {}
    for place, value in plan.values.items():
        sheet = plan.layout.sheets[place.sheet]
        if not isinstance(value, str) or sheet.kind not in {"list", "grid"}:
            continue
        column = sheet.columns[place.column]
        # the line with the subject runs across the whole table
        if column.hidden or place.row < sheet.head_row or len(value) < column.width * 0.8:
            continue
        height = _height(value, column.width, STYLES["typed"])
        rows = found.setdefault(place.sheet, {})
        rows[place.row] = max(rows.get(place.row, 0.0), height)
    return found


def _raised(text: str, rows: Mapping[int, float]) -> str:
    def taller(found: re.Match[str]) -> str:
        height = rows.get(int(found[1]) - 1)
        if height is None:
            return found[0]
        known = re.search(r' ht="([0-9.]+)"', found[2])
        if known and float(known[1]) >= height:
            return found[0]
        kept = re.sub(r' (?:ht|customHeight)="[^"]*"', "", found[2])
        return f'<row r="{found[1]}"{kept} ht="{height:.1f}" customHeight="1">'

    return _ROW.sub(taller, text)


def _stored(name: str, text: str) -> _Stored:
    data = text.encode("utf-8")
    packer = zlib.compressobj(6, zlib.DEFLATED, -15)
    return _Stored(name.encode(), packer.compress(data) + packer.flush(), zlib.crc32(data), len(data))


def _zipped(parts: Sequence[_Stored]) -> bytes:
    """Return an archive; parts that all blanks share are not compressed again and again."""
    body, directory = bytearray(), bytearray()
    moment, day = 0, (46 << 9) | (1 << 5) | 1  # 01.01.2026 in the words of DOS: the same bytes for the same blank
    for part in parts:
        facts = struct.pack(
            "<HHHHHLLLHH", 20, 0x800, 8, moment, day, part.checksum, len(part.data), part.size, len(part.name), 0
        )
        start = len(body)
        body += b"PK\x03\x04" + facts + part.name + part.data
        directory += b"PK\x01\x02\x14\x00" + facts + struct.pack("<HHHLL", 0, 0, 0, 0, start) + part.name
    count = len(parts)
    end = struct.pack("<4sHHHHLLH", b"PK\x05\x06", 0, 0, count, count, len(directory), len(body), 0)
    return bytes(body) + bytes(directory) + end


# --- drawing a template ------------------------------------------------------------------------------------------


def _draw(layout: Layout) -> bytes:
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
    book.set_properties({"title": _TITLE_MARK, "created": _CREATED})
    formats = {look: book.add_format(_format(style)) for look, style in STYLES.items()}
    for number, plan in enumerate(layout.sheets):
        sheet = book.add_worksheet(plan.name)
        _draw_sheet(sheet, plan, formats)
        for check in plan.checks:
            _draw_check(sheet, check)
        for tint in plan.tints:
            _draw_tint(book, sheet, tint)
        opened = _answers(layout, number)
        if opened:
            sheet.set_selection(opened[0].row, opened[0].column, opened[0].row, opened[0].column)
    book.close()
    return buffer.getvalue()


def _answers(layout: Layout, sheet: int) -> list[Place]:
    found = [place for spot, place in layout.spots.items() if place.sheet == sheet and spot.name == "answer"]
    return sorted(found, key=lambda place: (place.row, place.column))


def _format(style: Style) -> dict[str, Any]:
    align = {"center": "vcenter"}.get(style.valign, style.valign)
    made: dict[str, Any] = {"font_name": _FONT, "font_size": style.size, "valign": align, "align": style.align}
    made |= {"bold": style.bold, "italic": style.italic, "text_wrap": style.wrap, "locked": style.locked}
    if style.colour:
        made["font_color"] = f"#{style.colour}"
    if style.fill:
        made["bg_color"] = f"#{style.fill}"
    if style.border:
        made |= {"border": 1, "border_color": "#A6A6A6"}
        if style.align != "center":
            made["indent"] = 1
    if style.number:
        made["num_format"] = style.number
    return made


def _draw_sheet(sheet: Any, plan: SheetPlan, formats: Mapping[Look, Any]) -> None:
    for number, column in enumerate(plan.columns):
        sheet.set_column(number, number, column.width, None, {"hidden": True} if column.hidden else {})
    for row, height in _heights(plan).items():
        sheet.set_row(row, height)
    for row in plan.hidden_rows:
        sheet.set_row(row, None, None, {"hidden": True})
    for cell in plan.cells:
        _draw_cell(sheet, cell, formats[cell.look])
    if plan.kind in {"list", "grid"}:
        sheet.freeze_panes(plan.head_row + 1, 0 if plan.kind == "list" else 2)
        sheet.repeat_rows(plan.head_first, plan.head_row)
        edge = max(number for number, column in enumerate(plan.columns) if not column.hidden)
        if plan.filtered:
            sheet.autofilter(plan.head_row, 1, plan.last_row, edge)
        sheet.print_area(0, 1, max(cell.row for cell in plan.cells), edge)
        _print_setup(sheet, plan)
    elif plan.kind == "check":
        _print_setup(sheet, plan)
    if plan.hidden:
        sheet.very_hidden()
    # without a password: it guards against slips of the hand, not against people
    sheet.protect("", {"autofilter": True, "format_columns": True, "format_rows": True})


def _print_setup(sheet: Any, plan: SheetPlan) -> None:
    sheet.set_paper(9)
    if plan.landscape:
        sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.6, right=0.4, top=0.5, bottom=0.6)
    sheet.set_footer(f"&L&9{clean(plan.footer)[:120].replace('&', '&&')}&R&9Страница &P из &N")


def _draw_cell(sheet: Any, cell: Cell, look: Any) -> None:
    if cell.across > cell.column:
        sheet.merge_range(cell.row, cell.column, cell.row, cell.across, "", look)
    if cell.formula:
        sheet.write_formula(cell.row, cell.column, "=" + cell.formula, look, "")
    elif isinstance(cell.value, str):
        sheet.write_string(cell.row, cell.column, _BAD_SIGNS.sub("", cell.value)[:LONGEST_TEXT], look)
    elif cell.value is None:
        sheet.write_blank(cell.row, cell.column, None, look)
    else:
        sheet.write_number(cell.row, cell.column, cell.value, look)


def _draw_check(sheet: Any, check: Check) -> None:
    first, *others = _areas(check.cells)
    options: dict[str, Any] = {
        "validate": {"whole": "integer"}.get(check.kind, check.kind),
        "error_title": check.title[:32],
        "error_message": check.message[:255],
        "ignore_blank": True,
    }
    if others:
        options["other_cells"] = [list(area) for area in others]
    match check.kind:
        case "list":
            options["source"] = "=" + check.source
        case "custom":
            options["value"] = "=" + check.source.replace(CELL, address(first[0], first[1]))
        case "date":
            options |= {"criteria": "between", "minimum": date(check.least or 1900, 1, 1)}
            options["maximum"] = date(check.most or 2099, 12, 31)
        case _:
            options |= {"criteria": "between", "minimum": check.least, "maximum": check.most}
            options["minimum"] = -999_999_999 if check.least is None else check.least
            options["maximum"] = 999_999_999 if check.most is None else check.most
    sheet.data_validation(*first, options)


def _areas(cells: Sequence[tuple[int, int]]) -> list[tuple[int, int, int, int]]:
    """Return the cells as areas of one column each, neighbours joined."""
    areas: list[tuple[int, int, int, int]] = []
    for row, column in sorted(cells, key=lambda cell: (cell[1], cell[0])):
        if areas and areas[-1][1] == column and areas[-1][2] == row - 1:
            areas[-1] = (areas[-1][0], column, row, column)
        else:
            areas.append((row, column, row, column))
    return areas


def _draw_tint(book: Any, sheet: Any, tint: Tint) -> None:
    look = ({"bg_color": f"#{tint.fill}"} if tint.fill else {}) | (
        {"font_color": f"#{tint.colour}"} if tint.colour else {}
    )
    options = {"type": "formula", "criteria": "=" + tint.formula, "format": book.add_format(look), "stop_if_true": True}
    sheet.conditional_format(tint.first_row, tint.first_column, tint.last_row, tint.last_column, options)


# --- heights -----------------------------------------------------------------------------------------------------


def _heights(plan: SheetPlan) -> dict[int, float]:
    """Return the heights of rows of wrapped texts: Excel would find them itself, other programs don't."""
    found: dict[int, float] = {}
    longest = _longest_answers(plan)
    for cell, text in _texts(plan, longest):
        style = STYLES[cell.look]
        last = max(cell.across, cell.column)
        width = sum(column.width for column in plan.columns[cell.column : last + 1] if not column.hidden)
        if not style.wrap or not width:
            continue
        taken = _BUTTON if plan.filtered and cell.row == plan.head_row else 0.0
        found[cell.row] = max(found.get(cell.row, 0.0), _height(text, width, style, taken=taken))
    return found


def _texts(plan: SheetPlan, longest: Mapping[tuple[int, int], str]) -> Iterator[tuple[Cell, str]]:
    for cell in plan.cells:
        if isinstance(cell.value, str):
            yield cell, cell.value
        elif (cell.row, cell.column) in longest:
            yield cell, longest[cell.row, cell.column]
        elif cell.formula and cell.across > cell.column:
            yield cell, "0"


def _longest_answers(plan: SheetPlan) -> dict[tuple[int, int], str]:
    """Return the longest answer that can be chosen in a cell: the row must have room for it."""
    return {cell: check.longest for check in plan.checks if check.longest for cell in check.cells}


def _height(text: str, width: float, style: Style, *, taken: float = 0.0) -> float:
    face = fonts.face(fonts.BOLD if style.bold else fonts.REGULAR)
    taken += _INDENT if style.border else 0.0
    room = max(((width * _DIGIT + _EDGES) * _PIXEL - 4 - taken) * _SAFETY, 2.0 * style.size)
    lines = sum(len(wrap(clean(part), face, style.size, room)) for part in text.split("\n"))
    return min(lines * style.size * _LINE + 3, _MOST_HEIGHT)
