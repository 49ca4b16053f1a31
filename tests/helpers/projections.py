"""Papers as readable text: what stands where, independent of how the bytes are packed."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree as ET

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


TOUCH, STRETCHED = 1.2, 20.0
"""Letters further apart than this are no longer one piece; the second is for letters after a space. Points."""


@dataclass(frozen=True, slots=True)
class PdfText:
    """A piece of text on a page: ends and baseline in points from the lower left corner, and its ink box."""

    left: float
    baseline: float
    right: float
    bottom: float
    top: float
    text: str


def pdf_texts(pdf: bytes) -> list[list[PdfText]]:
    """Return the pieces of text of each page, top to bottom, left to right."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    pages = []
    for page in document:
        text_page = page.get_textpage()
        pieces = [piece for piece in _joined(_chars(text_page)) if piece.text]
        pages.append(sorted(pieces, key=lambda piece: (-piece.baseline, piece.left)))
        text_page.close()
        page.close()
    document.close()
    return pages


def _chars(text_page: Any) -> Iterator[PdfText]:
    """Yield the characters that were drawn, in the order of drawing, spaces too."""
    import ctypes

    import pypdfium2.raw as pdfium

    x, y = ctypes.c_double(), ctypes.c_double()
    for index in range(text_page.count_chars()):
        if pdfium.FPDFText_IsGenerated(text_page, index):
            continue
        pdfium.FPDFText_GetCharOrigin(text_page, index, x, y)
        left, _, right, _ = text_page.get_charbox(index, loose=True)
        _, bottom, _, top = text_page.get_charbox(index)
        yield PdfText(left, round(y.value, 1), right, bottom, top, chr(pdfium.FPDFText_GetUnicode(text_page, index)))


def _joined(chars: Iterable[PdfText]) -> Iterator[PdfText]:
    gathered: list[PdfText] = []
    for char in chars:
        if gathered:
            last = gathered[-1]
            near = abs(char.left - last.right) < (STRETCHED if last.text.isspace() else TOUCH)
            if char.baseline != last.baseline or not near or char.left < last.left:
                yield _piece(gathered)
                gathered = []
        gathered.append(char)
    if gathered:
        yield _piece(gathered)


def _piece(chars: list[PdfText]) -> PdfText:
    ink = [char for char in chars if not char.text.isspace()] or chars
    return PdfText(
        ink[0].left,
        ink[0].baseline,
        ink[-1].right,
        min(char.bottom for char in ink),
        max(char.top for char in ink),
        " ".join("".join(char.text for char in chars).split()),
    )


def pdf_text(pdf: bytes) -> list[str]:
    """Return the plain text of each page in drawing order."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    texts = []
    for page in document:
        text_page = page.get_textpage()
        texts.append(text_page.get_text_range().replace("\r\n", "\n"))
        text_page.close()
        page.close()
    document.close()
    return texts


def pdf_projection(pdf: bytes) -> str:
    """Return pages, positions in whole points and texts."""
    lines = []
    for number, page in enumerate(pdf_texts(pdf), start=1):
        lines.append(f"== страница {number}")
        lines += [f"{piece.left:5.0f} {piece.baseline:5.0f}  {piece.text}" for piece in page]
    return "\n".join(lines)


# --- DOCX --------------------------------------------------------------------------------------------------------


def docx_part(docx: bytes, name: str) -> ET.Element:
    """Return the root of a part of a DOCX."""
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        return ET.fromstring(archive.read(name))


def docx_names(docx: bytes) -> list[str]:
    """Return the parts of a DOCX."""
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        return sorted(archive.namelist())


def docx_projection(docx: bytes) -> str:
    """Return body, headers and footers: style, marks of the paragraph, text; tables row by row."""
    styles = {
        style.get(f"{_W}styleId"): style.find(f"{_W}name").get(f"{_W}val")
        for style in docx_part(docx, "word/styles.xml").iter(f"{_W}style")
    }
    lines = []
    for child in docx_part(docx, "word/document.xml").find(f"{_W}body"):
        lines += _docx_block(child, styles)
    for name in docx_names(docx):
        if name.startswith(("word/header", "word/footer")):
            lines.append(f"== {name}")
            for child in docx_part(docx, name):
                lines += _docx_block(child, styles)
    return "\n".join(lines)


def _docx_block(block: Any, styles: dict[str, str]) -> list[str]:
    if block.tag == f"{_W}p":
        return [_docx_paragraph(block, styles)]
    if block.tag == f"{_W}tbl":
        lines = ["[таблица]"]
        for row in block.iter(f"{_W}tr"):
            marks = [mark for mark in ("tblHeader", "cantSplit") if row.find(f"{_W}trPr/{_W}{mark}") is not None]
            cells = [_docx_cell(cell) for cell in row.findall(f"{_W}tc")]
            lines.append(f"  {'+'.join(marks)}: " + " | ".join(cells))
        return lines
    if block.tag == f"{_W}sectPr":
        size, margins = block.find(f"{_W}pgSz"), block.find(f"{_W}pgMar")
        values = [f"{key.removeprefix(_W)}={value}" for part in (size, margins) for key, value in part.items()]
        return [f"[страница] {' '.join(values)} titlePg={block.find(f'{_W}titlePg') is not None}"]
    return [block.tag]


def _docx_cell(cell: Any) -> str:
    merge = cell.find(f"{_W}tcPr/{_W}vMerge")
    mark = "" if merge is None else {"restart": "⇓", "continue": "↓"}[merge.get(f"{_W}val", "continue")]
    keep = "&" if cell.find(f"{_W}p/{_W}pPr/{_W}keepNext") is not None else ""
    return mark + keep + " / ".join(_docx_text(line) for line in cell.findall(f"{_W}p"))


def _docx_paragraph(paragraph: Any, styles: dict[str, str]) -> str:
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    name = styles.get(style.get(f"{_W}val"), "?") if style is not None else "Normal"
    keep = " &" if paragraph.find(f"{_W}pPr/{_W}keepNext") is not None else ""
    align = paragraph.find(f"{_W}pPr/{_W}jc")
    side = f" {align.get(f'{_W}val')}" if align is not None else ""
    return f"<{name}{side}{keep}> {_docx_text(paragraph)}"


def _docx_text(paragraph: Any) -> str:
    out = []
    for node in paragraph.iter():
        if node.tag == f"{_W}t":
            out.append(node.text or "")
        elif node.tag == f"{_W}br":
            out.append("⏎")
        elif node.tag == f"{_W}instrText":
            out.append(f"{{{node.text}}}")
    return "".join(out).replace("\u00a0", "~")


# --- XLSX --------------------------------------------------------------------------------------------------------


def xlsx_book(xlsx: bytes) -> Any:
    """Return the book as openpyxl reads it."""
    import openpyxl

    return openpyxl.load_workbook(io.BytesIO(xlsx))


def xlsx_projection(xlsx: bytes) -> str:
    """Return each sheet: set-up for screen and print, then cells with type, format and value."""
    lines = []
    for sheet in xlsx_book(xlsx).worksheets:
        lines.append(f"== {sheet.title}")
        lines.append(
            f"закреплено {sheet.freeze_panes}, фильтр {sheet.auto_filter.ref}, повтор {sheet.print_title_rows}, "
            f"{sheet.page_setup.orientation or 'portrait'}, бумага {sheet.page_setup.paperSize}, "
            f"по ширине {sheet.page_setup.fitToWidth or 1}×{sheet.page_setup.fitToHeight}"
        )
        lines.append(f"внизу: {sheet.oddFooter.left.text} | {sheet.oddFooter.right.text}")
        widths = [f"{name}={column.width:.0f}" for name, column in sorted(sheet.column_dimensions.items())]
        lines.append("ширина: " + " ".join(widths))
        for row in sheet.iter_rows():
            lines += [
                f"{cell.coordinate} {cell.data_type} {cell.number_format}: {_xlsx_value(cell.value)}"
                for cell in row
                if cell.value is not None
            ]
    return "\n".join(lines)


def _xlsx_value(value: Any) -> str:
    text = f"{value:.6f}" if isinstance(value, float) else str(value)
    return text.replace("\u00a0", "~").replace("\n", "⏎")
