"""A copy of the school's own workbook with what is to be mended: marked cells, notes, and a first sheet with the list.

Only single cells of the sheets concerned, their notes, the styles and the table of contents are edited; every other
part of the file stays as it was, byte for byte. A copy that comes back mended and is marked again loses the marks of
the time before.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from app.errors import UserError
from app.exporters import marked_notes
from app.exporters.marked_parts import Package, plain, tag
from app.exporters.marked_styles import Styles
from app.texts import count

LIST_SHEET = "Что исправить"
_ADDRESS = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_TAB_COLOUR = "FFC00000"


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing to mend.

    Attributes:
        sheet: name of the sheet; empty where it concerns the whole book.
        cell: address as Excel writes it; empty where there is none.
        note: what is wrong and what to do, in words.
        level: how grave it is: the colour of the cell.
    """

    sheet: str
    cell: str
    note: str
    level: Literal["error", "warning", "hint"] = "error"


def mark(original: bytes, marks: Sequence[Mark], *, file: str = "", intro: str = "") -> bytes:
    """Return the marked copy of a workbook (.xlsx, .xlsm).

    Args:
        original: the file as it came.
        marks: what to mend, in the order of the list; several of one cell become one note.
        file: its name, for messages.
        intro: a line over the list, for example that this is not their file.

    Raises:
        UserError: ``FORM_MARK_NOT_XLSX`` where it is no such book, ``FORM_MARK_CELL`` where a sheet is not in it.
    """
    from lxml import etree

    try:
        package = Package(original)
        return _marked(package, marks, file, intro)
    except (zipfile.BadZipFile, KeyError, IndexError, ValueError, etree.XMLSyntaxError, NotImplementedError) as error:
        raise UserError("FORM_MARK_NOT_XLSX", file=file) from error


def _marked(package: Package, marks: Sequence[Mark], file: str, intro: str) -> bytes:
    book = package.book()
    styles = Styles(package)
    by_sheet: dict[str, list[Mark]] = {}
    for one in marks:
        if one.sheet and _ADDRESS.fullmatch(one.cell):
            by_sheet.setdefault(one.sheet, []).append(one)
    for name in by_sheet:
        if name not in book.sheets:
            raise UserError("FORM_MARK_CELL", file=file, sheet=name)
    for name, part in book.sheets.items():
        if name != LIST_SHEET and part in package.names:
            _mark_sheet(package, part, by_sheet.get(name, ()), styles)
    _list_sheet(package, marks, styles, intro)
    styles.save()
    return package.save()


def _mark_sheet(package: Package, part: str, marks: Sequence[Mark], styles: Styles) -> None:
    """Mark the cells of one sheet; a sheet without marks, old or new, is not touched."""
    raw = package.read(part)
    stale = styles.stale()
    if not marks and not _maybe_stale(raw, stale) and not marked_notes.ours(package, part):
        return
    root = package.xml(part)
    for cell in root.iter(tag(root, "c")) if stale else ():
        style = int(cell.get("s", "0"))
        if style in stale:
            cell.set("s", str(stale[style]))
    notes: dict[str, list[str]] = {}
    levels: dict[str, str] = {}
    for one in marks:
        notes.setdefault(one.cell, []).append(one.note)
        if levels.get(one.cell) != "error":
            levels[one.cell] = one.level
    for address, level in levels.items():
        cell = _cell(root, address)
        cell.set("s", str(styles.marked(int(cell.get("s", "0")), level)))
    marked_notes.write(package, part, root, {address: "\n".join(texts) for address, texts in notes.items()})
    package.put_xml(part, root)


def _maybe_stale(raw: bytes, stale: dict[int, int]) -> bool:
    return any(f's="{style}"'.encode() in raw for style in stale)


def _cell(root: Any, address: str) -> Any:
    """Return a cell of a sheet, put in its place where the file has none."""
    from lxml import etree

    letters, digits = _ADDRESS.fullmatch(address).groups()  # type: ignore[union-attr]
    data = root.find(tag(root, "sheetData"))
    if data is None:
        raise ValueError("a sheet without data")
    row = _placed(data, int(digits), lambda item: int(item.get("r", "0")))
    if row is None:
        row = etree.Element(tag(root, "row"), r=digits)
        _insert(data, row, int(digits), lambda item: int(item.get("r", "0")))
    found = _placed(row, _number(letters), _column)
    if found is None:
        found = etree.Element(tag(root, "c"), r=address)
        row.attrib.pop("spans", None)
        _insert(row, found, _number(letters), _column)
    return found


def _column(cell: Any) -> int:
    found = _ADDRESS.fullmatch(cell.get("r", ""))
    if found is None:
        raise ValueError("a cell without an address")
    return _number(found[1])


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _placed(parent: Any, wanted: int, key: Any) -> Any:
    return next((item for item in parent if isinstance(item.tag, str) and key(item) == wanted), None)


def _insert(parent: Any, item: Any, wanted: int, key: Any) -> None:
    for number, other in enumerate(parent):
        if isinstance(other.tag, str) and key(other) > wanted:
            parent.insert(number, item)
            return
    parent.append(item)


# --- the first sheet ---------------------------------------------------------------------------------------------


def _list_sheet(package: Package, marks: Sequence[Mark], styles: Styles, intro: str) -> None:
    """Write the list of what to mend as the first sheet; an older one is written anew where it stands."""
    book = package.book()
    text = _list_xml(marks, styles, intro).encode("utf-8")
    known = book.sheets.get(LIST_SHEET)
    if known is not None:
        package.put(known, text)
        return
    part = package.free("xl/worksheets/sheet{}.xml")
    package.put(part, text)
    package.content_type(part, "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml")
    relation = package.relate(book.part, "worksheet", posixpath.relpath(part, posixpath.dirname(book.part)))
    root = package.xml(book.part)
    sheets = root.find(tag(root, "sheets"))
    if sheets is None:
        raise ValueError("a book without sheets")
    from lxml import etree

    made = etree.Element(tag(root, "sheet"), name=LIST_SHEET)
    made.set("sheetId", str(max(int(item.get("sheetId", "0")) for item in sheets) + 1))
    made.set(f"{{{book.relations}}}id", relation)
    sheets.insert(0, made)
    for name in root.iter(tag(root, "definedName")):
        if name.get("localSheetId") is not None:
            name.set("localSheetId", str(int(name.get("localSheetId")) + 1))
    for view in root.iter(tag(root, "workbookView")):
        view.set("activeTab", "0")
        view.attrib.pop("firstSheet", None)
    package.put_xml(book.part, root)
    # two selected sheets would be edited together
    for other in book.sheets.values():
        if other in package.names and b'tabSelected="' in package.read(other):
            plain = re.sub(rb' tabSelected="(?:1|true)"', b"", package.read(other), count=1)
            package.put(other, plain)


def _list_xml(marks: Sequence[Mark], styles: Styles, intro: str) -> str:
    from xml.sax.saxutils import quoteattr

    title, head, body = styles.plain("title"), styles.plain("head"), styles.plain("body")
    found = count(len(marks), "замечание", "замечания", "замечаний")
    lead = intro or "Исправьте отмеченные ячейки и верните книгу. Этот лист можно не удалять."
    rows = [[(LIST_SHEET + f": {found}", title)], [(lead, body)], []]
    rows.append([(text, head) for text in ("№", "Лист", "Ячейка", "Что исправить")])
    links: list[str] = []
    for number, one in enumerate(marks, start=1):
        rows.append([(str(number), body), (one.sheet, body), (one.cell, body), (one.note, body)])
        if one.sheet and one.cell:
            sheet = "'" + one.sheet.replace("'", "''") + "'"
            links.append(f'<hyperlink ref="C{len(rows)}" location={quoteattr(f"{sheet}!{one.cell}")}/>')
    data = "".join(_row(number, row) for number, row in enumerate(rows, start=1))
    merges = '<mergeCells count="2"><mergeCell ref="A1:D1"/><mergeCell ref="A2:D2"/></mergeCells>'
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<worksheet xmlns={quoteattr(styles.namespace)}><sheetPr><tabColor rgb="{_TAB_COLOUR}"/>'
        '<pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView tabSelected="1" workbookViewId="0"/></sheetViews>'
        '<cols><col min="1" max="1" width="5" customWidth="1"/><col min="2" max="2" width="22" customWidth="1"/>'
        '<col min="3" max="3" width="9" customWidth="1"/><col min="4" max="4" width="84" customWidth="1"/></cols>'
        f"<sheetData>{data}</sheetData>{merges}"
        + (f"<hyperlinks>{''.join(links)}</hyperlinks>" if links else "")
        + '<pageMargins left="0.5" right="0.4" top="0.5" bottom="0.5" header="0.3" footer="0.3"/>'
        '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/></worksheet>'
    )


def _row(number: int, cells: Iterable[tuple[str, int]]) -> str:
    made = ""
    for letter, (text, style) in zip("ABCD", cells, strict=False):
        body = f't="inlineStr"><is><t xml:space="preserve">{plain(text)}</t></is></c>' if text else "/>"
        made += f'<c r="{letter}{number}" s="{style}" {body}'
    return f'<row r="{number}">{made}</row>'
