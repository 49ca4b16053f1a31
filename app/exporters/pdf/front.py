"""What stands before the text of a long paper: the title page and the contents with their page numbers."""

from __future__ import annotations

from dataclasses import dataclass, field

from app.exporters.fonts import BOLD, REGULAR, face
from app.exporters.glyphs import typeset
from app.exporters.pdf import style
from app.exporters.pdf.blocks import Drawn, approvals_item, draft_item
from app.exporters.pdf.measure import even, wrap
from app.exporters.pdf.pages import Item
from app.exporters.pdf.pen import Pen
from app.exporters.pdf.tags import Tag, heading
from app.exporters.pdf.tags import lines as spaced
from app.reports.document import Contents, Document

STEP = 14.0
"""Indent of each next level of the contents, points."""
NUMBER_ROOM = 30.0
"""Width kept for the page number, points."""
ENTRY_GAP = 2.5
TITLE_AT = 0.42
"""Where the middle of the title stands, share of the height of a title page."""
LEAST = 30.0
"""Least room between the approvals and the title, points."""
ABOVE_GAP = 12.0
CAPTION_GAP = 12.0
"""Room above the title of a table, points."""
TITLE_LEADING = 17.5
TITLE_WIDE = 0.86
"""Share of the width that lines of a title page's title may take."""
ENTRY_LEADING = 14.5
"""Distance of lines of the contents, points."""
_DOT = "."


@dataclass(slots=True)
class Entry:
    """A heading in the contents; the page becomes known when everything has its place."""

    text: str
    level: int
    page: int = 0


@dataclass(slots=True)
class Listing:
    """What is known of a paper when everything has its place.

    Attributes:
        entries: headings, each with the item that stands on a page.
        heights: heights of the lines of each table by the table's identity, points.
    """

    entries: list[tuple[Entry, Item]] = field(default_factory=list)
    heights: dict[int, list[float]] = field(default_factory=dict)

    def add(self, text: str, level: int, item: Item) -> None:
        """Remember a heading and the item that draws it."""
        self.entries.append((Entry(text, level), item))

    @property
    def headings(self) -> list[Entry]:
        """The headings with their pages."""
        return [entry for entry, _item in self.entries]


@dataclass(frozen=True, slots=True)
class Cover:
    """What stands on a title page and where: heights from its top, points.

    Attributes:
        above: mark of a draft and approvals.
        used: what they take.
        titles: lines of the title.
        start: where the title begins.
        feet: lines at the foot.
    """

    above: tuple[Item, ...]
    used: float
    titles: tuple[str, ...]
    start: float
    feet: tuple[str, ...]

    @property
    def taken(self) -> float:
        """What everything but the room between title and foot takes, points."""
        return self.start + len(self.titles) * TITLE_LEADING + len(self.feet) * style.BODY_LEADING


def cover(document: Document, area: style.Area) -> Cover:
    """Return the places of a title page."""
    above = [draft_item(document.draft_word, area.width)] if document.draft else []
    above += [approvals_item(document.approvals, area.width)] if document.approvals else []
    used = sum(item.height + ABOVE_GAP for item in above)
    titles = tuple(
        line
        for text in document.title
        for line in even(typeset(text), face(BOLD), style.TITLE, area.width * TITLE_WIDE)
    )
    start = max(area.height * TITLE_AT - len(titles) * TITLE_LEADING / 2, used + LEAST)
    feet = tuple(line for text in document.cover for line in wrap(typeset(text), face(REGULAR), style.BODY, area.width))
    return Cover(tuple(above), used, titles, start, feet)


def cover_item(document: Document, area: style.Area) -> Item:
    """Return the whole title page as one item: draft mark and approvals above, title in the middle, place at foot."""
    bold, regular = face(BOLD), face(REGULAR)
    found = cover(document, area)

    def how(pen: Pen, left: float, top: float) -> None:
        y = top
        for item in found.above:
            with pen.inside(item.tag):
                item.draw(pen, left, y)
            y -= item.height + ABOVE_GAP
        pen.bookmark(typeset(document.heading), top, 0)
        y = top - found.start - bold.ascent * style.TITLE
        with pen.inside(heading(1)):
            for line, said in zip(found.titles, spaced(found.titles), strict=True):
                pen.text(left + (area.width - bold.width(line, style.TITLE)) / 2, y, said, BOLD, style.TITLE)
                y -= TITLE_LEADING
        y = top - area.height + (len(found.feet) - 1) * style.BODY_LEADING + 4.0
        with pen.inside(Tag("P")):
            for line, said in zip(found.feet, spaced(found.feet), strict=True):
                pen.text(left + (area.width - regular.width(line, style.BODY)) / 2, y, said, REGULAR, style.BODY)
                y -= style.BODY_LEADING

    return Drawn(height=area.height, how=how, kind="cover")


def contents_items(block: Contents, entries: list[Entry], width: float) -> list[Item]:
    """Return the title of the contents and a line for each heading, page numbers at the right edge."""
    bold = face(BOLD)
    text = typeset(block.title)

    def head(pen: Pen, left: float, top: float) -> None:
        pen.bookmark(text, top, 1)
        x = left + (width - bold.width(text, style.TITLE)) / 2
        pen.text(x, top - bold.ascent * style.TITLE, text, BOLD, style.TITLE)

    items: list[Item] = [Drawn(height=style.TITLE * 1.22 + 6.0, keep=True, how=head, kind="contents", tag=heading(2))]
    whole = Tag("TOC")
    items += [_entry(entry, width, whole) for entry in entries if entry.level <= block.depth]
    return items


def _entry(entry: Entry, width: float, whole: Tag) -> Item:
    regular, size = face(REGULAR), style.TABLE + 1.0
    indent = STEP * (entry.level - 1)
    lines = wrap(typeset(entry.text), regular, size, width - indent - NUMBER_ROOM)

    def how(pen: Pen, left: float, top: float) -> None:
        y = top - regular.ascent * size
        with pen.inside(Tag("TOCI")):
            _draw_entry(pen, entry, lines, left, y, width, indent)

    return Drawn(height=len(lines) * ENTRY_LEADING, gap=ENTRY_GAP, how=how, kind="entry", tag=whole)


def _draw_entry(pen: Pen, entry: Entry, lines: list[str], left: float, y: float, width: float, indent: float) -> None:
    regular, size = face(REGULAR), style.TABLE + 1.0
    for line in spaced(lines)[:-1]:
        pen.text(left + indent, y, line, REGULAR, size)
        y -= ENTRY_LEADING
    number = str(entry.page)
    end = left + width - regular.width(number, size)
    start = left + indent + regular.width(lines[-1], size)
    dot = regular.width(_DOT, size)
    dots = max(0, int((end - start - 8.0) / dot))
    pen.text(left + indent, y, lines[-1] + " ", REGULAR, size)
    pen.text(end - 3.0 - dots * dot, y, _DOT * dots + " ", REGULAR, size)
    pen.text(end, y, number, REGULAR, size)
