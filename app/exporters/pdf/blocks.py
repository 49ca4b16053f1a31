"""Everything of a paper but its tables: title, approval, running text, signatures, small print."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from app.exporters.fonts import BOLD, REGULAR, face
from app.exporters.glyphs import typeset
from app.exporters.pdf import style
from app.exporters.pdf.measure import Line, Word, even, loosened, stretched, words, wrap, wrap_words
from app.exporters.pdf.pages import Item, keep_ends
from app.exporters.pdf.pen import BLUE, INK, MUTED, Pen
from app.exporters.pdf.tags import Tag, heading
from app.exporters.pdf.tags import lines as spaced
from app.reports.document import (
    ActApproval,
    Annex,
    Approval,
    Centred,
    Document,
    Executor,
    Heading,
    Note,
    Paragraph,
    PersonApproval,
    SignatureBlock,
)
from app.texts import NBSP

_APPROVAL_GAP = 12.0
_APPROVAL_WIDTHS = {1: 0.46, 2: 0.46, 3: 0.31}
_SIGN_GAP = 7.0
DENSE = 3
"""Level of the headings of a dense paper."""
_LEAST_LINE = 70.0
_MOST_POSITION = 3
"""Lines of a position in its half of the room; a longer one takes what the name beside leaves."""
_LINE_LIFT = 24.0
"""The line for a signature by hand: height over the lower edge of the place, points. A mark hides it."""


@dataclass(slots=True, kw_only=True)
class Drawn(Item):
    """An item drawn by a function of (pen, left, top)."""

    how: Callable[[Pen, float, float], None]
    kind: str = "text"

    def draw(self, pen: Pen, left: float, top: float) -> None:
        """Call the function."""
        self.how(pen, left, top)


# --- top of the paper --------------------------------------------------------------------------------------------


def top_items(document: Document, width: float) -> list[Item]:
    """Return «ПРОЕКТ», the approval blocks and the title, tied to each other."""
    items: list[Item] = []
    if document.draft:
        items.append(draft_item(document.draft_word, width))
    if document.approvals:
        items.append(approvals_item(document.approvals, width))
    gap = 30.0 if items else 0.0
    sizes = ceremonial_sizes(document) if document.ceremonial else (style.TITLE,) * len(document.title)
    items.append(_title(document.title, width, gap, document.heading, sizes))
    for item in items:
        item.keep = True
    return items


def draft_item(text: str, width: float) -> Item:
    """Return the mark of a draft at the right edge."""
    word = typeset(text)

    def how(pen: Pen, left: float, top: float) -> None:
        bold = face(BOLD)
        x = left + width - bold.width(word, style.BODY)
        pen.text(x, top - bold.ascent * style.BODY, word, BOLD, style.BODY)

    return Drawn(height=style.BODY_LEADING, how=how, kind="draft", tag=Tag("P"))


def approvals_item(approvals: Sequence[Approval], width: float) -> Item:
    """Return the approval blocks side by side; one alone stands right, two stand left and right."""
    count = len(approvals)
    column = width * _APPROVAL_WIDTHS[count]
    step = (width - column) / (count - 1) if count > 1 else 0.0
    starts = [step * index for index in range(count)] if count > 1 else [width - column]
    parts = [_approval_parts(approval, column) for approval in approvals]

    def how(pen: Pen, left: float, top: float) -> None:
        for start, (_, draw) in zip(starts, parts, strict=True):
            with pen.inside(Tag("P")):
                draw(pen, left + start, top)

    return Drawn(height=max(height for height, _ in parts), gap=_APPROVAL_GAP, how=how, kind="approval")


def _approval_parts(approval: Approval, width: float) -> tuple[float, Callable[[Pen, float, float], None]]:
    """Return the height of a block and what draws it."""
    if isinstance(approval, ActApproval):
        return _lines_part(approval.lines(), width)
    above, draw_above = _lines_part((approval.word, approval.position), width)
    beside = not approval.place and _LEAST_LINE + face(REGULAR).width(approval.name, style.BODY) <= width
    sign_height = style.STAMP_HEIGHT if approval.place else style.BODY_LEADING + 12.0
    below, draw_below = _lines_part((approval.shown_date,) if beside else (approval.name, approval.shown_date), width)
    sign = partial(_sign_here, approval, width, sign_height, beside=beside)

    def how(pen: Pen, left: float, top: float) -> None:
        draw_above(pen, left, top)
        sign(pen, left, top - above)
        draw_below(pen, left, top - above - sign_height - 4.0)

    return above + sign_height + below + 4.0, how


def _sign_here(
    approval: PersonApproval, width: float, height: float, pen: Pen, left: float, top: float, *, beside: bool
) -> None:
    """Draw the line for a signature, with the name beside it where both fit, and remember its place."""
    bottom = top - height
    if approval.place:
        right = left + min(width, style.STAMP_WIDTH)
        pen.horizontal(left, left + width * 0.8, bottom + _LINE_LIFT / 2, colour=INK)
        pen.place(approval.place, (left, bottom, right, top), approval.position or approval.word)
        return
    name = typeset(approval.name) if beside else ""
    room = face(REGULAR).width(name, style.BODY)
    pen.horizontal(left, left + (width - room - 6.0 if beside else width * 0.8), bottom + 4.0, colour=INK)
    pen.text(left + width - room, bottom + 5.0, f"{name} " if name else "", REGULAR, style.BODY)


def _lines_part(texts: Sequence[str], width: float) -> tuple[float, Callable[[Pen, float, float], None]]:
    regular = face(REGULAR)
    found = [line for text in texts if text for line in wrap(typeset(text), regular, style.BODY, width)]
    lines = spaced([*found, ""])[:-1]

    def how(pen: Pen, left: float, top: float) -> None:
        y = top - regular.ascent * style.BODY
        for line in lines:
            pen.text(left, y, line, REGULAR, style.BODY)
            y -= style.BODY_LEADING

    return len(lines) * style.BODY_LEADING, how


def ceremonial_sizes(document: Document) -> tuple[float, ...]:
    """Return the type of each line of a certificate's title: small ones, then a large one, points."""
    return (*((style.BODY,) * (len(document.title) - 1)), style.GRAND)


def _title(texts: Sequence[str], width: float, gap: float, bookmark: str = "", sizes: Sequence[float] = ()) -> Item:
    bold = face(BOLD)
    lines = [
        (line, size)
        for text, size in zip(texts, sizes or (style.TITLE,) * len(texts), strict=True)
        for line in even(typeset(text), bold, size, width)
    ]

    def how(pen: Pen, left: float, top: float) -> None:
        if bookmark:
            pen.bookmark(typeset(bookmark), top, 0)
        y = top
        for (line, size), said in zip(lines, spaced([line for line, _size in lines]), strict=True):
            grand = size > style.TITLE
            y -= style.GRAND_GAP * grand
            x = left + (width - bold.width(line, size)) / 2
            pen.text(x, y - bold.ascent * size, said, BOLD, size, BLUE if grand else INK)
            y -= size * 1.22

    height = sum(size * 1.22 + style.GRAND_GAP * (size > style.TITLE) for _line, size in lines)
    return Drawn(height=height, gap=gap, how=how, kind="title", tag=heading(1))


def text_items(block: Paragraph | Centred, width: float, body: style.Body) -> list[Item]:
    """Return running text, or a line in the middle."""
    return [centred_item(block, width)] if isinstance(block, Centred) else paragraph_items(block, width, body)


def centred_item(block: Centred, width: float) -> Item:
    """Return a line in the middle of the width, in one piece."""
    name = BOLD if block.bold else REGULAR
    own = face(name)
    lines = even(typeset(block.text), own, block.size, width)
    leading = block.size * 1.22

    def how(pen: Pen, left: float, top: float) -> None:
        y = top - own.ascent * block.size
        for line, said in zip(lines, spaced(lines), strict=True):
            pen.text(left + (width - own.width(line, block.size)) / 2, y, said, name, block.size)
            y -= leading

    return Drawn(
        height=len(lines) * leading, gap=block.gap, how=how, kind="centred", spread=block.spread, keep=True,
        tag=Tag("P"),
    )  # fmt: skip


def annex_items(block: Annex, width: float) -> list[Item]:
    """Return «Приложение 1» with what it belongs to, top right of a new page, and the annex's own title."""
    column = width * _APPROVAL_WIDTHS[1]
    height, draw = _lines_part((block.name, block.to), column)

    def how(pen: Pen, left: float, top: float) -> None:
        pen.bookmark(typeset(block.heading), top, 1)
        draw(pen, left + width - column, top)

    items: list[Item] = [Drawn(height=height, keep=True, breaks=True, how=how, kind="annex")]
    items[0].tag = Tag("P") if block.title else heading(2)
    if block.title:
        title = _title((block.title,), width, 18.0)
        title.keep, title.tag = True, heading(2)
        items.append(title)
    return items


# --- running text ------------------------------------------------------------------------------------------------


def heading_items(block: Heading, width: float) -> list[Item]:
    """Return a heading; it keeps with what follows and becomes a bookmark under the title."""
    bold, size = face(BOLD), style.HEADINGS.get(block.level, style.HEADINGS[2])
    lines = wrap(typeset(block.text), bold, size, width)
    leading = size * 1.22

    def how(pen: Pen, left: float, top: float) -> None:
        pen.bookmark(typeset(block.text), top, min(block.level, 2))
        y = top - bold.ascent * size
        for line in spaced(lines):
            pen.text(left, y, line, BOLD, size, BLUE)
            y -= leading

    gap = 16.0 if block.level < DENSE else 8.0
    return [
        Drawn(height=len(lines) * leading, gap=gap, keep=True, how=how, kind="heading", tag=heading(block.level + 1))
    ]


def paragraph_items(block: Paragraph, width: float, body: style.Body | None = None) -> list[Item]:
    """Return the lines of a paragraph, the first two and the last two tied."""
    body = body or style.Body()
    regular, bold = face(REGULAR), face(BOLD)
    runs = [(typeset(run.text), bold if run.bold else regular) for run in block.runs]
    indent = body.indent if block.indent else 0.0
    lines = wrap_words(list(words(runs)), regular, body.size, width, indent)
    items: list[Item] = []
    whole = Tag("P")
    for number, line in enumerate(lines):
        start = indent if not number else 0.0
        stretch = block.justified and not line.last
        how = _text_line(line, start, width - start, body.size, stretch=stretch)
        items.append(Drawn(height=body.leading, gap=0.0 if number else 7.0, how=how, tag=whole))
    keep_ends(items)
    return items


def _text_line(
    line: Line, start: float, room: float, size: float, *, stretch: bool
) -> Callable[[Pen, float, float], None]:
    regular = face(REGULAR)
    parts = list(loosened(line.words)) if stretch else [(word, " " if word.space else "") for word in line.words]
    gaps = sum(bool(after) for _word, after in parts[:-1])
    gap = regular.width(" ", size)
    extra = stretched(room - line.width, gaps, gap) if stretch else 0.0

    def how(pen: Pen, left: float, top: float) -> None:
        x, y = left + start, top - regular.ascent * size
        for number, (word, after) in enumerate(parts, start=1):
            ends = line.last and number == len(parts)
            x = _draw_word(pen, word, x, y, size, after="" if ends else after)
            if after:
                x += regular.width(after, size) + extra

    return how


def _draw_word(pen: Pen, word: Word, x: float, y: float, size: float, *, after: str) -> float:
    """Draw a word with its space, so that copied text has spaces; return where it ends."""
    for number, (text, measure) in enumerate(word.pieces, start=1):
        tail = after if number == len(word.pieces) else ""
        pen.text(x, y, text + tail, measure.name, size)
        x += measure.width(text, size)
    return x


def note_items(block: Note, width: float, gap: float = 6.0) -> list[Item]:
    """Return small print, the first two and the last two lines tied."""
    items = _small_lines(block.text, width, gap)
    keep_ends(items)
    return items


def executor_items(block: Executor, width: float) -> list[Item]:
    """Return the line of the executor, all in one piece."""
    items = _small_lines(block.text, width, 24.0)
    for item in items[:-1]:
        item.keep = True
    return items


def _small_lines(text: str, width: float, gap: float) -> list[Item]:
    regular = face(REGULAR)
    items: list[Item] = []
    whole = Tag("P")
    for number, line in enumerate(spaced(wrap(typeset(text), regular, style.SMALL, width))):

        def how(pen: Pen, left: float, top: float, line: str = line) -> None:
            pen.text(left, top - regular.ascent * style.SMALL, line, REGULAR, style.SMALL, MUTED)

        items.append(Drawn(height=style.SMALL_LEADING, gap=0.0 if number else gap, how=how, kind="note", tag=whole))
    return items


# --- signatures --------------------------------------------------------------------------------------------------


def signature_item(block: SignatureBlock, width: float) -> Item:
    """Return position, place of the signature and name; the place is as large as the mark of a signature."""
    regular = face(REGULAR)
    side, beside = signature_sides(block, width - style.STAMP_WIDTH - 2 * _SIGN_GAP)
    position = wrap(typeset(block.position), regular, style.BODY, side) if block.position else []
    name = wrap(typeset(block.name), regular, style.BODY, beside) if block.name else []
    height = max(style.STAMP_HEIGHT, max(len(position), len(name)) * style.BODY_LEADING + 4.0)
    box_left = side + _SIGN_GAP

    def how(pen: Pen, left: float, top: float) -> None:
        bottom = top - (height + style.STAMP_HEIGHT) / 2
        base = bottom + _LINE_LIFT
        pen.horizontal(left + box_left + 20.0, left + box_left + style.STAMP_WIDTH - 20.0, base - 3.0, colour=INK)
        _stack(pen, position, left, base, height, top)
        _stack(pen, name, left + box_left + style.STAMP_WIDTH + _SIGN_GAP, base, height, top)
        if not block.position:
            _blank(pen, left, side, base, "должность")
        if not block.name:
            _blank(pen, left + box_left + style.STAMP_WIDTH + _SIGN_GAP, beside, base, "инициалы, фамилия")
        if not (block.position and block.name):
            _caption(pen, left + box_left, style.STAMP_WIDTH, base, "подпись")
        if block.seal:
            pen.text(left, bottom + 2.0, f"М.{NBSP}П.", REGULAR, style.SMALL, MUTED)
        box = (left + box_left, bottom, left + box_left + style.STAMP_WIDTH, bottom + style.STAMP_HEIGHT)
        if not block.by_hand:
            pen.place(block.place, box, block.position or "Подпись")

    return Drawn(height=height, gap=20.0, how=how, kind="signature", tag=Tag("P"))


def signature_sides(block: SignatureBlock, room: float) -> tuple[float, float]:
    """Return the widths of position and name, points: halves, unless a long position can take what a name leaves.

    Args:
        block: the signature.
        room: what both have together, points.
    """
    half = room / 2
    regular, position, name = face(REGULAR), typeset(block.position), typeset(block.name)
    if not (position and name) or len(wrap(position, regular, style.BODY, half)) <= _MOST_POSITION:
        return half, half
    lines = wrap(name, regular, style.BODY, half)
    # the name keeps the lines it has: no hyphen comes into it for the sake of a position
    needed = max(regular.width(line, style.BODY) for line in lines) + 1.0
    beside = min(half, needed)
    return room - beside, beside


def _stack(pen: Pen, lines: Sequence[str], left: float, base: float, height: float, top: float) -> None:
    """Write lines so that the last stands on the line of the signature, or higher if there is no room above."""
    above = (len(lines) - 1) * style.BODY_LEADING
    first = min(base + above, top - face(REGULAR).ascent * style.BODY)
    lowest = top - height + 3.0
    y = max(first, lowest + above)
    for line in spaced([*lines, ""])[:-1]:
        pen.text(left, y, line, REGULAR, style.BODY)
        y -= style.BODY_LEADING


def _blank(pen: Pen, left: float, width: float, base: float, caption: str) -> None:
    pen.horizontal(left, left + width, base - 3.0, colour=INK)
    _caption(pen, left, width, base, caption)


def _caption(pen: Pen, left: float, width: float, base: float, caption: str) -> None:
    room = face(REGULAR).width(caption, style.FOOT)
    pen.text(left + (width - room) / 2, base - 12.0, f"{caption} ", REGULAR, style.FOOT, MUTED)
