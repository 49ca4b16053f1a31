"""From a document to the bytes of a DOCX (domain §8: everything textual is also Word)."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from app.exporters.docx import front, parts
from app.exporters.docx.charts import add_charts
from app.exporters.docx.facts import add_facts, add_hand_notes
from app.exporters.docx.parts import STYLE_APPROVAL, STYLE_FOOT, STYLE_HEAD, STYLE_SMALL, STYLE_TABLE
from app.exporters.docx.tables import add_table
from app.exporters.glyphs import clean, typeset
from app.exporters.pdf.front import CAPTION_GAP, Listing
from app.exporters.pdf.style import EDGE, MM
from app.reports.document import (
    ActApproval,
    Annex,
    Approval,
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
from app.reports.profile import Profile
from app.texts import NBSP

if TYPE_CHECKING:
    from docx.document import Document as Word
    from docx.text.paragraph import Paragraph as WordParagraph

BODY, TITLE, TABLE, HEAD, SMALL = 13.0, 14.0, 11.0, 10.5, 9.5
BLUE, GREY = "1F3F7F", "555555"
TEXT_WIDTH, TEXT_WIDTH_LONG = 180.0, 170.0
"""Width between the margins of an upright page, mm."""

SHORT, LONG = 210.0, 297.0
"""Sides of the page, mm."""

MARGIN = 20.0
"""Above and below the text, mm."""

STAMP_WIDTH = 80.0
"""Room for a signature or its mark, mm."""

_FONT_RESERVE = 2.0
"""What the letters of another font may need beyond those of the PDF in one line, mm."""

POINTS = 72 / 25.4
"""Points in a millimetre."""

_LONGEST_PROPERTY = 255
"""Signs that a property of the file may have (ECMA-376, part 2)."""


def render_docx(document: Document) -> bytes:
    """Draw a document for Word: A4, margins and sizes of ГОСТ Р 7.0.97-2025, page number from the second page.

    Characters that Times New Roman lacks are left to Word, which takes another font for them.

    Args:
        document: what to draw.
    """
    import docx

    word = docx.Document()
    _properties(word, document)
    _styles(word, document)
    _page(word, document)
    writer = _Writer(word, document, _width(document, document.landscape))
    if document.cover:
        front.title_page(word, document, _above_title(word, document, writer.width))
    else:
        _top(word, document, writer.width)
    for block, following in zip(document.blocks, (*document.blocks[1:], None), strict=True):
        writer.add(block, keep=isinstance(following, SignatureBlock | Executor))
    buffer = io.BytesIO()
    word.save(buffer)
    return buffer.getvalue()


def _width(document: Document, landscape: bool) -> float:
    """Return the width of the text, mm."""
    if document.ceremonial:
        return (LONG if landscape else SHORT) - 2 * EDGE / MM
    return (TEXT_WIDTH_LONG if document.long_storage else TEXT_WIDTH) + (LONG - SHORT if landscape else 0.0)


def _measured(document: Document) -> Listing | None:
    """Return what the PDF knows of a long paper, so that both have the same pages; None of a common one."""
    from app.exporters.pdf.render import measured

    long = document.profile is not None or any(isinstance(block, Contents) for block in document.blocks)
    return measured(document) if long else None


def _free(document: Document) -> float:
    """Return the free room above the blocks of a certificate that ask for it, points: less than the PDF has there."""
    from app.exporters.pdf.render import free_room

    return free_room(document) * _OF_FREE if document.ceremonial else 0.0


_OF_FREE = 0.7
"""Programs set type a little higher or lower than the PDF: a certificate stays one page all the same."""


class _Writer:
    """Adds blocks one after another: knows the width of the page and what begins a new one."""

    def __init__(self, word: Word, document: Document, width: float) -> None:
        self.word, self.document, self.width = word, document, width
        self.breaks, self.turned = bool(document.cover), False
        self.headings = 0
        self.listed = False
        self.known = _measured(document)
        self.free = _free(document)

    def add(self, block: Block, *, keep: bool) -> None:
        """Add one block; ``keep`` ties it to the next."""
        match block:
            case PageBreak():
                self.breaks = True
            case Turn(landscape=landscape):
                front.new_section(self.word, landscape=landscape, short=SHORT, long=LONG)
                self.width, self.breaks, self.turned = _width(self.document, landscape), False, True
            case Contents():
                self._contents(block)
            case _:
                self._block(block, keep=keep)

    def _contents(self, block: Contents) -> None:
        front.toc_styles(self.word, block.depth, self.width)
        front.add_contents(self.word, block, self.known.headings if self.known else [])
        self.breaks = self.listed = True

    def _block(self, block: Block, *, keep: bool) -> None:
        from docx.shared import Pt

        before = len(self.word.element.body)
        if isinstance(block, Centred):
            front.add_centred(self.word, block, self.free if block.spread else 0.0)
        elif isinstance(block, Table) and self.known is not None:
            _table(self.word, block, self.width, self.document.profile, self.known.heights[id(block)], keep=keep)
        else:
            _block(self.word, block, self.width, self.document.profile, keep=keep)
        if isinstance(block, Heading | Annex):
            self.headings += 1
            if self.listed:
                front.bookmark(self.word.paragraphs[-1], self.headings)
        if self.breaks or (isinstance(block, Annex) and not self.turned):
            _break_before(self.word, before)
        if (self.breaks or self.turned) and isinstance(block, Heading):
            self.word.paragraphs[-1].paragraph_format.space_before = Pt(0)  # as at the top of a page of the PDF
        self.breaks = self.turned = False


# --- the file ----------------------------------------------------------------------------------------------------


def _properties(word: Word, document: Document) -> None:
    core = word.core_properties
    core.title = clean(document.heading)[:_LONGEST_PROPERTY]
    core.author = core.last_modified_by = clean(document.meta.author)
    core.subject = clean(document.meta.kind)
    core.language = document.language
    core.comments = ""
    core.created = core.modified = datetime.fromisoformat(document.meta.created)


def _styles(word: Word, document: Document) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.oxml.ns import qn
    from docx.shared import Pt

    styles = word.styles
    parts.drop_theme(styles.element)
    parts.modern_layout(word.settings.element)
    defaults = styles.element.find(qn("w:docDefaults"))
    if defaults is not None:
        parts.set_font(defaults.find(qn("w:rPrDefault")), BODY)
    body = document.profile.body if document.profile else BODY
    known: dict[str, tuple[float, bool, str | None]] = {"Normal": (body, False, None), "Title": (TITLE, True, None)}
    known |= {"Heading 1": (BODY, True, BLUE), "Heading 2": (12.0, True, BLUE), "Header": (TABLE, False, None)}
    for name, (size, bold, colour) in known.items():
        style = styles[name]
        parts.set_font(style.element, size, bold=bold, colour=colour)
        parts.plain_spacing(style)
    own: dict[str, tuple[float, bool, str | None]] = {
        STYLE_TABLE: (TABLE, False, None),
        STYLE_HEAD: (HEAD, True, None),
        STYLE_SMALL: (SMALL, False, GREY),
    }
    own |= {STYLE_APPROVAL: (BODY, False, None), STYLE_FOOT: (8.0, False, GREY)}
    for name, (size, bold, colour) in own.items():
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = styles["Normal"]
        parts.set_font(style.element, size, bold=bold, colour=colour)
    for name in (*known, *own):
        spacing = styles[name].paragraph_format
        spacing.space_before = spacing.space_after = Pt(0)
        spacing.line_spacing = 1.0
        spacing.widow_control = True
    for name in ("Heading 1", "Heading 2"):
        spacing = styles[name].paragraph_format
        spacing.space_before, spacing.space_after, spacing.keep_with_next = Pt(14), Pt(5), True
    if document.profile is not None:
        _exact_lines(word, document.profile)


def _exact_lines(word: Word, profile: Profile) -> None:
    """Set lines as far apart as the PDF does, so that a long paper has the same pages in both."""
    from docx.shared import Pt

    leadings = {"Normal": profile.leading, STYLE_TABLE: 12.5, STYLE_HEAD: 12.0, STYLE_SMALL: 11.5}
    leadings |= {STYLE_APPROVAL: 15.5, "Heading 1": BODY * 1.22, "Heading 2": 12.0 * 1.22, "Title": 17.5}
    for name, leading in leadings.items():
        word.styles[name].paragraph_format.line_spacing = Pt(leading)
    for name in ("Heading 1", "Heading 2"):
        spacing = word.styles[name].paragraph_format
        spacing.space_before, spacing.space_after = Pt(16), Pt(0)


def _page(word: Word, document: Document) -> None:
    from docx.enum.section import WD_ORIENT
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Mm

    section = word.sections[0]
    section.page_width, section.page_height = Mm(SHORT), Mm(LONG)
    if document.landscape:
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Mm(LONG), Mm(SHORT)
    section.left_margin = Mm(30 if document.long_storage else 20)
    section.right_margin, section.top_margin, section.bottom_margin = Mm(10), Mm(20), Mm(20)
    section.header_distance, section.footer_distance = Mm(10), Mm(9)
    if document.ceremonial:
        section.left_margin = section.right_margin = Mm(EDGE / MM)
        front.frame(section)
    section.different_first_page_header_footer = True
    number = section.header.paragraphs[0]
    number.alignment = WD_ALIGN_PARAGRAPH.CENTER
    parts.page_field(number)
    if document.running:
        line = section.header.add_paragraph(style=STYLE_FOOT)
        line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        line.text = typeset(document.running)
    for footer in (section.first_page_footer, section.footer):
        line = footer.paragraphs[0]
        line.style = STYLE_FOOT
        line.text = clean(document.provenance)
    if document.qr:
        front.qr_code(section.first_page_footer.paragraphs[0], document.qr)


# --- top of the paper --------------------------------------------------------------------------------------------


def _top(word: Word, document: Document, width: float) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    _above_title(word, document, width)
    title = word.add_paragraph(style="Title")
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.paragraph_format.keep_with_next = True
    title.paragraph_format.space_before = Pt(28 if document.draft or document.approvals else 0)
    title.paragraph_format.space_after = Pt(8)
    if document.ceremonial:
        front.grand_title(title, document)
        return
    for number, line in enumerate(document.title):
        if number:
            title.add_run().add_break()
        title.add_run(typeset(line))


def _above_title(word: Word, document: Document, width: float) -> float:
    """Add the mark of a draft and the approvals; return about how high they are, points."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    if document.draft:
        draft = word.add_paragraph(style=STYLE_APPROVAL)
        draft.add_run(typeset(document.draft_word)).bold = True
        draft.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    if not document.approvals:
        return _APPROVAL_LINE * document.draft
    _approvals(word, document.approvals, width)
    return _APPROVAL_LINE * (document.draft + max(len(_approval_lines(one)) + 1 for one in document.approvals))


_APPROVAL_LINE = 15.5
"""Height of a line of the approvals, points."""


def _approvals(word: Word, approvals: Sequence[Approval], width: float) -> None:
    """Blocks stand in a table without borders: one stands right, two left and right, three side by side."""
    column = width * {1: 0.46, 2: 0.44, 3: 0.31}[len(approvals)]
    free = width - column * len(approvals)
    gaps = max(1, len(approvals) - 1)
    widths = [free, column] if len(approvals) == 1 else [column, *([free / gaps, column] * gaps)]
    table = parts.plain_table(word, widths)
    cells = table.rows[0].cells[1::2] if len(approvals) == 1 else table.rows[0].cells[::2]
    for cell, approval in zip(cells, approvals, strict=True):
        lines = list(_approval_lines(approval))
        cell.paragraphs[0].text = typeset(lines[0])
        for line in lines[1:]:
            cell.add_paragraph(typeset(line))
        for line_paragraph in cell.paragraphs:
            line_paragraph.style = STYLE_APPROVAL


def _approval_lines(approval: Approval) -> tuple[str, ...]:
    if isinstance(approval, ActApproval):
        return approval.lines()
    name = f"______________ {approval.name.replace(' ', NBSP)}"
    return tuple(line for line in (approval.word, approval.position, name, approval.shown_date) if line)


# --- blocks ------------------------------------------------------------------------------------------------------


def _block(word: Word, block: Block, width: float, profile: Profile | None, *, keep: bool) -> None:
    match block:
        case Heading(text=text, level=level):
            _heading(word, text, level)
        case Paragraph():
            _paragraph(word, block, profile).paragraph_format.keep_with_next = keep
        case Table():
            _table(word, block, width, profile, None, keep=keep)
        case Note(text=text):
            _small(word, text, 3.0).paragraph_format.keep_with_next = keep
        case SignatureBlock():
            _signature(word, block, width, keep=keep)
        case Executor(text=text):
            _small(word, text, 20.0)
        case ChartBlock(height_mm=height) | ChartRow(height_mm=height):
            add_charts(word, charts_of(block), height, width, keep=keep)
        case Annex():
            front.add_annex(word, block, width)
        case Facts():
            add_facts(word, block, width)
        case HandNotes():
            add_hand_notes(word, block, width)
        case PageBreak() | Turn() | Contents():
            raise ValueError("what only parts pages is no block of Word")


def _heading(word: Word, text: str, level: int) -> None:
    from docx.shared import Pt

    made = word.add_paragraph(typeset(text), style=f"Heading {min(level, 2)}")
    if level > 2:  # of a dense paper: less room around it
        made.paragraph_format.space_before, made.paragraph_format.space_after = Pt(6), Pt(2)


def _paragraph(word: Word, block: Paragraph, profile: Profile | None) -> WordParagraph:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Mm, Pt

    made = word.add_paragraph()
    made.paragraph_format.space_before = Pt(6 if profile is None else 7)
    made.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY if block.justified else WD_ALIGN_PARAGRAPH.LEFT
    if block.indent:
        made.paragraph_format.first_line_indent = Mm(profile.indent if profile else 12.5)
    for run in block.runs:
        made.add_run(typeset(run.text)).bold = run.bold or None
    return made


def _table(
    word: Word, block: Table, width: float, profile: Profile | None, heights: list[float] | None, *, keep: bool
) -> None:
    if not any(True for _ in block.rows()):
        made = word.add_paragraph(typeset(block.empty))
        made.paragraph_format.keep_with_next = keep
        return
    from docx.shared import Pt

    marks = block.used_marks()
    if block.caption:
        over = _paragraph(word, paragraph(block.caption, justified=False, indent=False), profile)
        over.paragraph_format.keep_with_next = True
        over.paragraph_format.space_before = Pt(CAPTION_GAP)
    _spacer(word, 4.0 if block.caption else 6.0 if profile is None else 7.0)
    page = (LONG if width < SHORT else SHORT) - 2 * MARGIN
    add_table(word, block, width, keep=keep or bool(marks), heights=heights, page=page * MM)
    for number, mark in enumerate(marks, start=1):
        note = _small(word, f"{mark.sign}{NBSP}{mark.text}", 3.0 if number == 1 else 0.0)
        note.paragraph_format.keep_with_next = keep or number < len(marks)


def _spacer(word: Word, height: float = 6.0) -> None:
    """Add a thin empty line before a table: two tables that touch are one in Word."""
    from docx.shared import Pt

    made = word.add_paragraph(style=STYLE_FOOT)
    made.paragraph_format.keep_with_next = True
    made.paragraph_format.line_spacing = Pt(height)


def _small(word: Word, text: str, before: float) -> WordParagraph:
    from docx.shared import Pt

    made = word.add_paragraph(typeset(text), style=STYLE_SMALL)
    made.paragraph_format.space_before = Pt(before)
    return made


def _signature(word: Word, block: SignatureBlock, width: float, *, keep: bool) -> None:
    """Position, line, name: three cells, the text at their foot."""
    from docx.enum.table import WD_ROW_HEIGHT_RULE
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Mm

    side, beside = _signature_sides(block, width - STAMP_WIDTH)
    _spacer(word)
    table = parts.plain_table(word, [side, STAMP_WIDTH, beside])
    row = table.rows[0]
    row.height, row.height_rule = Mm(26), WD_ROW_HEIGHT_RULE.AT_LEAST
    texts = (block.position or "_" * 20, "_" * 26, block.name or "_" * 20)
    # Without a name the lines are filled in by hand, so each says what it is for.
    captions = ("", "", "") if block.position and block.name else ("должность", "подпись", "инициалы, фамилия")
    for cell, text, caption in zip(row.cells, texts, captions, strict=True):
        parts.bottom(cell)
        cell.paragraphs[0].text = typeset(text)
        if caption:
            cell.add_paragraph(caption, style=STYLE_SMALL)
        for line in cell.paragraphs:
            line.paragraph_format.keep_with_next = keep
    for line in row.cells[1].paragraphs:
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if block.seal:
        row.cells[0].add_paragraph(f"М.{NBSP}П.", style=STYLE_SMALL)


def _signature_sides(block: SignatureBlock, room: float) -> tuple[float, float]:
    """Return the widths of position and name as in the PDF, mm."""
    from app.exporters.pdf.blocks import signature_sides

    position, name = signature_sides(block, (room - 2 * _FONT_RESERVE) * POINTS)
    return position / POINTS + _FONT_RESERVE, name / POINTS + _FONT_RESERVE


def _break_before(word: Word, position: int) -> None:
    """Begin a page with what was added at a position of the body; a table gets an empty line for that."""
    from docx.oxml.ns import qn
    from docx.text.paragraph import Paragraph as WordParagraph

    first = word.element.body[position - 1]  # the last child of the body is always the section
    if first.tag == qn("w:p"):
        WordParagraph(first, word).paragraph_format.page_break_before = True
        return
    made = word.add_paragraph()
    made.paragraph_format.page_break_before = True
    first.addprevious(made._p)  # noqa: SLF001
