"""Tables of a Word document: merged cells, several tables, the text above each."""

from __future__ import annotations

import zlib
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from app.errors import UserError
from app.importers.plan_records import PlanLine, PlanTable
from app.importers.plan_text import WIDEST, lines_of

MOST_ROWS = 20_000
_NAMESPACE = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LEAST_OF_WIDTH = 0.6
_CAPTION_LINES = 4


def tables(path: Path) -> tuple[PlanTable, ...]:
    """Return the tables of a document that has passed the guard, in their order; tables inside tables are read too.

    Raises:
        UserError: IMP_PLAN_WORD where the document can't be opened.
    """
    import docx
    from docx.opc.exceptions import OpcError
    from lxml.etree import LxmlError

    try:
        document = docx.Document(str(path))
        body = document.element.body
    except (OpcError, LxmlError, BadZipFile, zlib.error, EOFError, LookupError, TypeError, ValueError, AttributeError,
            OSError) as fault:  # fmt: skip
        # the library follows whatever the parts name: a relation without a target, a part that is not there
        raise UserError("IMP_PLAN_WORD", name=path.name) from fault
    found: list[PlanTable] = []
    above: list[str] = []
    for element in body.iter(f"{_NAMESPACE}p", f"{_NAMESPACE}tbl"):
        inside = next(element.iterancestors(f"{_NAMESPACE}tbl"), None) is not None
        if element.tag == f"{_NAMESPACE}tbl":
            caption = "\n".join(above[-_CAPTION_LINES:]) if not inside else ""
            found.append(PlanTable(f"Таблица {len(found) + 1}", caption, tuple(_lines(element))))
            above = [] if not inside else above
        elif not inside:
            text = _paragraph(element)
            if text:
                above.append(text)
    return tuple(table for table in found if any(line.filled for line in table.lines))


def _children(element: Any, name: str) -> list[Any]:
    """Return own children of a kind, also where Word has wrapped them into a content control."""
    found = []
    for child in element:
        if child.tag == f"{_NAMESPACE}{name}":
            found.append(child)
        elif child.tag in {f"{_NAMESPACE}sdt", f"{_NAMESPACE}sdtContent", f"{_NAMESPACE}customXml", f"{_NAMESPACE}ins"}:
            found += _children(child, name)
    return found


def _lines(table: Any) -> list[PlanLine]:
    made = []
    width = 0
    for number, row in enumerate(_children(table, "tr")[:MOST_ROWS], start=1):
        cells, down, spans = _cells(row)
        width = max(width, len(cells))
        filled = [place for place, text in enumerate(cells) if text]
        wide = len(filled) == 1 and spans.get(filled[0], 1) > 1 and spans[filled[0]] >= _LEAST_OF_WIDTH * width
        made.append(PlanLine(number, tuple(cells), wide, frozenset(down)))
    return made


def _cells(row: Any) -> tuple[list[str], set[int], dict[int, int]]:
    """Return texts, columns merged with the row above, and how many columns each cell spans."""
    cells: list[str] = [""] * min(WIDEST, _number(row, "trPr", "gridBefore"))
    down: set[int] = set()
    spans: dict[int, int] = {}
    for cell in _children(row, "tc"):
        place, span = len(cells), max(1, min(WIDEST, _number(cell, "tcPr", "gridSpan")))
        properties = cell.find(f"{_NAMESPACE}tcPr")
        merge = properties.find(f"{_NAMESPACE}vMerge") if properties is not None else None
        continued = merge is not None and merge.get(f"{_NAMESPACE}val") != "restart"
        text = lines_of("\n".join(_paragraph(one) for one in _children(cell, "p")))
        if continued and not text:
            down.add(place)
        cells += [text] + [""] * (span - 1)
        spans[place] = span
    return cells[:WIDEST], down, spans


def _number(element: Any, properties: str, name: str) -> int:
    found = element.find(f"{_NAMESPACE}{properties}/{_NAMESPACE}{name}")
    value = found.get(f"{_NAMESPACE}val", "0") if found is not None else "0"
    return int(value) if value.isascii() and value.isdigit() and len(value) < 4 else 0


def _paragraph(paragraph: Any) -> str:
    """Return the text of a paragraph as it is shown: what was struck out by tracked changes is not."""
    parts: list[str] = []
    for element in paragraph.iter():
        if element.tag == f"{_NAMESPACE}t":
            parts.append(element.text or "")
        elif element.tag == f"{_NAMESPACE}tab":
            if element.getparent().tag == f"{_NAMESPACE}r":
                parts.append(" ")
        elif element.tag in {f"{_NAMESPACE}br", f"{_NAMESPACE}cr"}:
            parts.append("\n")
        elif element.tag == f"{_NAMESPACE}noBreakHyphen":
            parts.append("-")
    number = _list_mark(paragraph)
    return lines_of(number + "".join(parts)) if parts else ""


def _list_mark(paragraph: Any) -> str:
    """A line of a numbered or marked list is told from its neighbours by a dash: the numbers are not in the text."""
    marked = paragraph.find(f"{_NAMESPACE}pPr/{_NAMESPACE}numPr") is not None
    return "• " if marked else ""
