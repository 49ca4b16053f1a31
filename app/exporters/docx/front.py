"""What a long paper has in Word: a title page, contents as a field that is already filled, pages that lie."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from app.exporters import qr
from app.exporters.docx import parts
from app.exporters.docx.parts import STYLE_APPROVAL, STYLE_FOOT, element, name
from app.exporters.glyphs import clean, typeset
from app.exporters.pdf.front import ENTRY_GAP, ENTRY_LEADING, LEAST, STEP, TITLE_WIDE, Entry, cover
from app.exporters.pdf.style import BODY, FRAME, GRAND, GRAND_GAP, MM, area
from app.reports.document import Annex, Centred, Contents, Document

if TYPE_CHECKING:
    from docx.document import Document as Word
    from docx.section import Section
    from docx.text.paragraph import Paragraph

SLACK = 40.0
"""Room of a title page that nothing may take: programs set type a little higher or lower, points."""
_ANNEX_SHARE = 0.46
"""Share of the width that stands right, as in the PDF."""

_MARK = "_Toc{:06}"


def title_page(word: Word, document: Document, used: float) -> None:
    """Add title and foot of a title page at the height they have in the PDF.

    Args:
        word: where to.
        document: whose title page.
        used: what stands above them takes so much, points.
    """
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Mm, Pt

    page = area(long_storage=document.long_storage, profile=document.profile)
    found = cover(document, page)
    lines = [(text, "Title") for text in document.title] + [(text, "Normal") for text in document.cover]
    start = max(found.start, used + LEAST)
    before = {0: start - used, len(document.title): max(LEAST, page.height - found.taken - start + found.start - SLACK)}
    for number, (text, style) in enumerate(lines):
        line = word.add_paragraph(typeset(text), style=style)
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER
        if style == "Title":
            side = Mm(page.width / MM * (1 - TITLE_WIDE) / 2)
            line.paragraph_format.left_indent = line.paragraph_format.right_indent = side
        line.paragraph_format.space_before = Pt(before.get(number, 0.0))


def add_centred(word: Word, block: Centred, free: float) -> None:
    """Add a line in the middle of the width; ``free``: further room above it, points."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    line = word.add_paragraph()
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    line.paragraph_format.space_before = Pt(round(block.gap + free, 1))
    line.paragraph_format.keep_with_next = True
    run = line.add_run(typeset(block.text))
    run.font.size, run.bold = Pt(block.size), block.bold or None


def grand_title(title: Paragraph, document: Document) -> None:
    """Write the title of a certificate: small lines, then a large one."""
    from docx.shared import Pt, RGBColor

    *small, grand = document.title
    for line in small:
        title.add_run(typeset(line)).font.size = Pt(BODY)
        title.add_run().add_break()
    gap = title.add_run()
    gap.font.size = Pt(GRAND_GAP / 1.22)
    if small:
        gap.add_break()
    large = title.add_run(typeset(grand))
    large.font.size, large.font.color.rgb = Pt(GRAND), RGBColor(0x1F, 0x3F, 0x7F)


def frame(section: Section) -> None:
    """Put a thin double frame round the pages of a section."""
    away = str(round(FRAME))
    borders = element("pgBorders", offsetFrom="page")
    for side in ("top", "left", "bottom", "right"):
        borders.append(element(side, val="thickThinSmallGap", sz="12", space=away, color="1F3F7F"))
    own = section._sectPr  # noqa: SLF001 - python-docx has no call for borders of pages
    margins = own.find(name("pgMar"))
    if margins is not None:
        margins.addnext(borders)


def add_annex(word: Word, block: Annex, width: float) -> None:
    """Add «Приложение 1» and what it belongs to at the right, then the annex's title, which the contents know."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Mm, Pt

    lines = [word.add_paragraph(typeset(text), style=STYLE_APPROVAL) for text in (block.name, block.to) if text]
    for line in lines:
        line.paragraph_format.left_indent = Mm(width * (1 - _ANNEX_SHARE))
        line.paragraph_format.keep_with_next = True
    named = lines[0]
    if block.title:
        named = word.add_paragraph(typeset(block.title), style="Title")
        named.alignment = WD_ALIGN_PARAGRAPH.CENTER
        named.paragraph_format.space_before, named.paragraph_format.space_after = Pt(16), Pt(8)
        named.paragraph_format.keep_with_next = True
    # the style alone would leave it out of the contents and of the navigation pane
    parts.outline_level(named, 0)


def qr_code(line: Paragraph, text: str) -> None:
    """Put the QR code of a text over a line at the foot of the page, at its right edge."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Mm

    above = line.insert_paragraph_before(style=STYLE_FOOT)
    above.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    made = above.add_run().add_picture(io.BytesIO(qr.picture(text)), width=Mm(qr.SIDE_MM))
    parts.describe(made, "QR-код", text)


def new_section(word: Word, *, landscape: bool, short: float, long: float) -> Section:
    """Begin a page upright or lying; numbers and lines of the pages go on as before."""
    from docx.enum.section import WD_ORIENT, WD_SECTION
    from docx.shared import Mm, Pt

    section: Section = word.add_section(WD_SECTION.NEW_PAGE)
    # the paragraph that ends the old section is as low as can be, or it would begin a page of its own
    last = word.paragraphs[-1]
    last.style = STYLE_FOOT
    last.paragraph_format.line_spacing = Pt(1)
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (Mm(long), Mm(short)) if landscape else (Mm(short), Mm(long))
    section.different_first_page_header_footer = False
    return section


# --- contents ----------------------------------------------------------------------------------------------------


def bookmark(paragraph: Paragraph, number: int) -> None:
    """Mark a heading, so that the contents lead to it."""
    body = paragraph._p  # noqa: SLF001 - python-docx has no call for bookmarks
    start = element("bookmarkStart", id=str(number), name=_MARK.format(number))
    body.insert(1 if body.pPr is not None else 0, start)
    body.append(element("bookmarkEnd", id=str(number)))


def toc_styles(word: Word, depth: int, width: float) -> None:
    """Make the styles of the contents: one a level, page numbers behind dots at the right edge (``width`` mm)."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
    from docx.shared import Mm, Pt

    for level in range(1, depth + 1):
        style = word.styles.add_style(f"toc {level}", WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = word.styles["Normal"]
        parts.set_font(style.element, 12.0)
        spacing = style.paragraph_format
        spacing.left_indent = Pt(STEP * (level - 1))
        spacing.space_before, spacing.line_spacing = Pt(ENTRY_GAP), Pt(ENTRY_LEADING)
        spacing.tab_stops.add_tab_stop(Mm(width), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)


def add_contents(word: Word, block: Contents, entries: Sequence[Entry]) -> None:
    """Add the contents as Word's own field with its lines already filled.

    Args:
        word: where to; it has the styles of ``toc_styles``.
        block: title and depth.
        entries: all headings with their pages as the PDF has them; the n-th is bookmarked n.
    """
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    title = word.add_paragraph(style="Title")
    title.text = typeset(block.title)
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.paragraph_format.page_break_before = True
    title.paragraph_format.space_after = Pt(6)
    chosen = [(number, entry) for number, entry in enumerate(entries, start=1) if entry.level <= block.depth]
    for place, (number, entry) in enumerate(chosen):
        line = word.add_paragraph(style=f"toc {entry.level}")
        body: Any = line._p  # noqa: SLF001
        if not place:
            _field_begin(body, rf'TOC \o "1-{block.depth}" \h \z \u')
        link = element("hyperlink", anchor=_MARK.format(number), history="1")
        link.append(_run(typeset(entry.text)))
        tab = element("r")
        tab.append(element("tab"))
        link.append(tab)
        _field_begin(link, rf"PAGEREF {_MARK.format(number)} \h")
        link.append(_run(str(entry.page)))
        link.append(_char("end"))
        body.append(link)
        if place == len(chosen) - 1:
            body.append(_char("end"))


def _run(text: str) -> Any:
    run, content = element("r"), element("t")
    content.text = clean(text)
    content.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    run.append(content)
    return run


def _char(kind: str) -> Any:
    run = element("r")
    run.append(element("fldChar", fldCharType=kind))
    return run


def _field_begin(parent: Any, text: str) -> None:
    run, instruction = element("r"), element("instrText")
    instruction.text = f" {text} "
    instruction.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    run.append(instruction)
    for part in (_char("begin"), run, _char("separate")):
        parent.append(part)
