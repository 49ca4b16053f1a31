"""From a document to the bytes of a PDF: items, pages, canvas."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING, Any

from app.exporters import glyphs, qr
from app.exporters.fonts import REGULAR, face
from app.exporters.glyphs import typeset
from app.exporters.pdf import blocks, style
from app.exporters.pdf.charts import chart_item, put_charts
from app.exporters.pdf.facts import facts_items, hand_notes_item
from app.exporters.pdf.front import CAPTION_GAP, Listing, contents_items, cover_item
from app.exporters.pdf.measure import wrap
from app.exporters.pdf.pages import Item, Placed, paginate, spread
from app.exporters.pdf.pen import BLUE, MUTED, Pen
from app.exporters.pdf.tables import line_heights, table_items
from app.exporters.pdf.tags import Tag
from app.exporters.signature_places import SignaturePlace
from app.reports.document import (
    Annex,
    Block,
    Centred,
    ChartBlock,
    ChartRow,
    Contents,
    Document,
    Executor,
    Facts,
    HandNotes,
    Heading,
    Note,
    PageBreak,
    Paragraph,
    SignatureBlock,
    Table,
    Turn,
    charts_of,
    paragraph,
)
from app.texts import NBSP

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

CREATOR = "Опора"

QR_GAP = 6.0
"""Room between the text of the first page and the QR code at its foot, points."""

TOGETHER = 4
"""So many signatures are kept on one page with the text above them."""


@dataclass(frozen=True, slots=True)
class PdfPaper:
    """A drawn paper.

    Attributes:
        data: bytes of the file as reportlab made it; not PDF/A yet, without signature fields.
        places: where signatures will stand.
        pages: how many pages.
        tags: its structure, to be put over the pages by ``put_tags`` once.
    """

    data: bytes
    places: tuple[SignaturePlace, ...]
    pages: int
    tags: Tag


def render_pdf(document: Document, *, invariant: bool = False) -> PdfPaper:
    """Draw a document as PDF with embedded Tinos (ГОСТ Р 7.0.97-2025, domain §8).

    Args:
        document: what to draw.
        invariant: the same document gives the same bytes (for tests); the date of creation is then fixed.

    Raises:
        UserError: ``PAPER_GLYPH`` where the font lacks a character, ``PAPER_FONT`` where the font is missing.
    """
    glyphs.check(document)
    sheets = _sheets(document)
    buffer = io.BytesIO()
    canvas = _canvas(buffer, document, sheets[0].area, invariant=invariant)
    pen = Pen(canvas)
    for number, sheet in enumerate(sheets, start=1):
        area = sheet.area
        canvas.setPageSize((area.page_width, area.page_height))
        if number > 1:
            _page_number(pen, number, area)
            _running(pen, document, area)
        for placed in sheet.placed:
            with pen.inside(placed.item.tag):
                placed.item.draw(pen, area.left, area.top - placed.top)
        if number == 1 and document.qr:
            _qr(pen, document, area)
        _foot(pen, document, area)
        if document.ceremonial:
            _frame(pen, area)
        pen.end_page()
    canvas.save()
    data = put_charts(buffer.getvalue(), pen.charts) if pen.charts else buffer.getvalue()
    return PdfPaper(data, tuple(pen.places), len(sheets), pen.root)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page: its text area and what stands in it."""

    area: style.Area
    placed: list[Placed]


def layout(document: Document) -> list[list[Placed]]:
    """Return what stands on each page; the rules of keeping together are applied here."""
    return [sheet.placed for sheet in _sheets(document)]


def measured(document: Document) -> Listing:
    """Return headings with their pages and heights of the lines of tables: what Word needs to have the same pages."""
    listing = Listing()
    _sheets(document, listing)
    return listing


def _sheets(document: Document, listing: Listing | None = None) -> list[Sheet]:
    """Lay out all runs of pages of one orientation; the contents learn their pages when everything stands."""
    listing = Listing() if listing is None else listing
    sheets: list[Sheet] = []
    runs = _runs(document, listing)
    for block, area, items in runs.contents:
        items[:0] = contents_items(block, listing.headings, area.width)
    for number, (area, items) in enumerate(runs.runs):
        # a title page keeps its height: what stands at its foot is in the middle
        lower = QR_GAP + qr.SIDE_MM * style.MM if document.qr and not number and not document.cover else 0.0
        pages = paginate(items, area.height, area.height - lower)
        if document.ceremonial:
            pages = [spread(placed, area.height - lower) for placed in pages]
        sheets += [Sheet(area, placed) for placed in pages]
    numbers = {id(placed.item): number for number, sheet in enumerate(sheets, start=1) for placed in sheet.placed}
    for entry, item in listing.entries:
        entry.page = numbers.get(id(item), 0)
    return sheets


@dataclass(slots=True)
class _Runs:
    """Pages of one orientation after another, and where contents go when all headings are known."""

    runs: list[tuple[style.Area, list[Item]]]
    contents: list[tuple[Contents, style.Area, list[Item]]]


def _runs(document: Document, listing: Listing) -> _Runs:
    area = _area(document, document.landscape)
    items: list[Item] = [cover_item(document, area)] if document.cover else blocks.top_items(document, area.width)
    found = _Runs([(area, items)], [])
    breaks = bool(document.cover)
    # Word does not tie small print to a table; a long paper has the same pages there and here
    tied = SignatureBlock | Executor if document.profile is not None else SignatureBlock | Executor | Note
    for index, block in enumerate(document.blocks):
        if isinstance(block, Turn):
            area, items = _area(document, block.landscape), []
            found.runs.append((area, items))
            breaks = False
        elif isinstance(block, PageBreak):
            breaks = True
        elif isinstance(block, Contents):
            # it begins a page of its own, and so does what follows it
            area, items = _area(document, document.landscape), []
            found.runs.append((area, items))
            found.contents.append((block, area, items))
            breaks = True
        else:
            made = _items(block, area, document)
            made[0].breaks, breaks = breaks or made[0].breaks, False
            if isinstance(block, Heading):
                listing.add(block.text, block.level, made[0])
            if isinstance(block, Annex):
                listing.add(block.heading, 1, made[0])
            if isinstance(block, Table):
                listing.heights[id(block)] = line_heights(made)
            if isinstance(block, tied) and not made[0].breaks and items:
                _tie(items, document.blocks, index)
            items += made
    found.runs = [
        (area, items) for area, items in found.runs if items or any(items is kept[2] for kept in found.contents)
    ]
    return found


def _area(document: Document, landscape: bool) -> style.Area:
    return style.area(
        long_storage=document.long_storage, landscape=landscape, profile=document.profile,
        ceremonial=document.ceremonial,
    )  # fmt: skip


def _tie(items: list[Item], all_blocks: Sequence[Block], index: int) -> None:
    """Tie a signature to what it signs and small print to what it explains.

    A few signatures stand on one page with the text. Of many, the first stands with the text and the last two stand
    together; those between may begin a page.
    """
    before = list(takewhile(_is_signature, reversed(all_blocks[:index])))
    after = list(takewhile(_is_signature, all_blocks[index:]))
    in_the_middle = len(before) > 0 and len(after) > 1
    items[-1].keep = items[-1].keep or not in_the_middle or len(before) + len(after) <= TOGETHER


def _is_signature(block: Block) -> bool:
    return isinstance(block, SignatureBlock)


def _items(block: Block, area: style.Area, document: Document) -> list[Item]:
    width, body = area.width, style.body(document.profile)
    match block:
        case Heading():
            return blocks.heading_items(block, width)
        case Paragraph() | Centred():
            return blocks.text_items(block, width, body)
        case Table():
            return _table(block, width, body)
        case Note():
            return blocks.note_items(block, width)
        case SignatureBlock():
            return [blocks.signature_item(block, width)]
        case Executor():
            return blocks.executor_items(block, width)
        case ChartBlock(height_mm=height) | ChartRow(height_mm=height):
            return [chart_item(charts_of(block), min(height * style.MM, area.height), width)]
        case Annex():
            return blocks.annex_items(block, width)
        case Facts():
            return facts_items(block, width)
        case HandNotes():
            return [hand_notes_item(block, width)]
        case PageBreak() | Turn() | Contents():
            raise ValueError("what only parts pages is no item")


def _table(table: Table, width: float, body: style.Body) -> list[Item]:
    """Return a table with the explanations of its marks tied to its last row, or its sentence where it is empty."""
    if not any(True for _ in table.rows()):
        return blocks.paragraph_items(paragraph(table.empty), width, body)
    items = table_items(table, width)
    items[0].gap = 7.0
    if table.caption:
        caption = Tag("P")
        over = blocks.paragraph_items(paragraph(table.caption, justified=False, indent=False), width, body)
        for item in over:
            item.keep, item.tag = True, caption
        over[0].gap, items[0].gap = CAPTION_GAP, 4.0
        items = over + items
    for number, mark in enumerate(table.used_marks()):
        items[-1].keep = True
        items += blocks.note_items(Note(f"{mark.sign}{NBSP}{mark.text}"), width, 1.0 if number else 4.0)
    return items


# --- page furniture ----------------------------------------------------------------------------------------------


def _canvas(buffer: io.BytesIO, document: Document, area: style.Area, *, invariant: bool) -> Canvas:
    from reportlab.pdfgen.canvas import Canvas

    # Without a first font every file would name Helvetica, which nobody embeds. The stubs take a number here.
    first: Any = face(REGULAR).name
    canvas = Canvas(
        buffer,
        pagesize=(area.page_width, area.page_height),
        initialFontName=first,
        pageCompression=1,
        invariant=1 if invariant else None,
        lang=document.language,
    )
    canvas.setTitle(typeset(document.heading))
    canvas.setAuthor(typeset(document.meta.author))
    canvas.setSubject(typeset(document.meta.kind))
    canvas.setCreator(CREATOR)
    canvas.setViewerPreference("DisplayDocTitle", "true")
    return canvas


def _page_number(pen: Pen, number: int, area: style.Area) -> None:
    text = str(number)
    x = area.left + (area.width - face(REGULAR).width(text, style.TABLE)) / 2
    pen.text(x, area.page_height - style.PAGE_NUMBER_TOP, text, REGULAR, style.TABLE)


def _running(pen: Pen, document: Document, area: style.Area) -> None:
    text = typeset(document.running)
    x = area.left + area.width - face(REGULAR).width(text, style.SMALL)
    pen.text(x, area.page_height - style.PAGE_NUMBER_TOP, text, REGULAR, style.SMALL, MUTED)


def _qr(pen: Pen, document: Document, area: style.Area) -> None:
    right, bottom, side = area.left + area.width, area.top - area.height, qr.SIDE_MM * style.MM
    picture = Tag("Figure", alt=f"QR-код: {document.qr}", box=(right - side, bottom, right, bottom + side))
    with pen.inside(picture):
        pen.qr(qr.squares(document.qr), right, bottom, side)


def _frame(pen: Pen, area: style.Area) -> None:
    """Draw the thin double frame of a certificate."""
    for inset, width in ((style.FRAME, 1.2), (style.FRAME + 4.0, 0.4)):
        left, right = inset, area.page_width - inset
        bottom, top = inset, area.page_height - inset
        for y in (bottom, top):
            pen.horizontal(left, right, y, width, BLUE)
        for x in (left, right):
            pen.vertical(x, top, bottom, width, BLUE)


def free_room(document: Document) -> float:
    """Return how much free room stands above each block of a ceremonial paper that asks for it, points."""
    for sheet in _sheets(document):
        asking = [place for place, placed in enumerate(sheet.placed) if placed.item.spread]
        if asking:
            placed = sheet.placed[asking[0]]
            return max(0.0, placed.top - sheet.placed[asking[0] - 1].bottom - placed.item.gap)
    return 0.0


def _foot(pen: Pen, document: Document, area: style.Area) -> None:
    if not document.provenance:
        return
    lines = wrap(typeset(document.provenance), face(REGULAR), style.FOOT, area.width)
    y = style.FOOT_BOTTOM + (len(lines) - 1) * style.FOOT * 1.15
    for line in lines:
        pen.text(area.left, y, line, REGULAR, style.FOOT, MUTED)
        y -= style.FOOT * 1.15
