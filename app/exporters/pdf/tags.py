"""The structure of a paper for those who hear it or reflow it: headings, paragraphs, tables, pictures in their order.

Tagged PDF (ISO 32000-1, 14.7 and 14.8) with the standard kinds of PDF 1.4, which PDF/A-1 is made of. The pen numbers
the pieces of each page while it draws; here the tree is put over them. What has no tag (heads, feet, lines, fills) is
marked as artifact and not read out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pikepdf

DEEPEST = 6
"""Headings of PDF have so many levels."""

Piece = tuple[int, int]
"""A marked piece: page counted from 0, its number on the page."""


@dataclass(slots=True, eq=False)
class Tag:
    """A part of the paper.

    Attributes:
        kind: «H1», «P», «Table», «TR», «TD», «Figure»…
        alt: what is said instead of a picture.
        across: columns that a cell takes; ``down``: rows.
        scope: «Column» or «Row»: what a heading of a table stands over.
        box: of a picture: left, bottom, right, top on its page, points.
        held: it stands in the tree already.
        kids: what it holds, in reading order.
    """

    kind: str
    alt: str = ""
    across: int = 1
    down: int = 1
    scope: str = ""
    box: tuple[float, float, float, float] | None = None
    held: bool = False
    kids: list[Tag | Piece] = field(default_factory=list)

    def add(self, kid: Tag) -> Tag:
        """Put a part into this one unless it has its place already, and return it."""
        if not kid.held:
            kid.held = True
            self.kids.append(kid)
        return kid

    def parts(self) -> Iterator[Tag]:
        """Yield the parts directly in it."""
        for kid in self.kids:
            if isinstance(kid, Tag):
                yield kid


def heading(level: int) -> Tag:
    """Return the tag of a heading; 1 is the title of the paper."""
    return Tag(f"H{min(level, DEEPEST)}")


def lines(texts: Sequence[str]) -> list[str]:
    """Return lines with a space at the end of those that broke between words: who reads them aloud needs it."""
    return [line if line.endswith("-") else f"{line} " for line in texts[:-1]] + list(texts[-1:])


def put_tags(pdf: pikepdf.Pdf, papers: Sequence[tuple[Tag, int]]) -> None:
    """Put the tree over the marked pieces of a file.

    Args:
        pdf: the file, open.
        papers: the whole of each paper in it with the number of its first page, from 0.
    """
    import pikepdf

    tree = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.StructTreeRoot))
    writer = _Writer(pdf)
    whole = []
    for root, start in papers:
        _settle(root, [0])
        whole.append(writer.element(root, tree, start))
    tree.K = pikepdf.Array(whole)
    numbers: list[Any] = []
    for page, owners in sorted(writer.owners.items()):
        pdf.pages[page].obj.StructParents = page
        pdf.pages[page].obj.Tabs = pikepdf.Name.S
        ordered = [owners[number] for number in range(len(owners))]
        numbers += [page, pdf.make_indirect(pikepdf.Array(ordered))]
    tree.ParentTree = pdf.make_indirect(pikepdf.Dictionary(Nums=pikepdf.Array(numbers)))
    tree.ParentTreeNextKey = len(pdf.pages)
    pdf.Root.StructTreeRoot = tree
    pdf.Root.MarkInfo = pikepdf.Dictionary(Marked=True)


def _settle(tag: Tag, last: list[int]) -> None:
    """Let no heading be more than one level under the one before it, and drop parts that hold nothing."""
    for part in tag.parts():
        if part.kind[0] == "H" and part.kind[1:].isdigit():
            last[0] = min(int(part.kind[1:]), last[0] + 1)
            part.kind = f"H{last[0]}"
        elif part.kind != "Table":
            _settle(part, last)
    tag.kids[:] = [kid for kid in tag.kids if not isinstance(kid, Tag) or kid.kids or kid.kind == "TD"]


class _Writer:
    """Writes elements and remembers which of them owns which piece of which page."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self.pdf = pdf
        self.pages = [page.obj for page in pdf.pages]
        self.owners: dict[int, dict[int, Any]] = {}

    def element(self, tag: Tag, parent: Any, start: int) -> Any:
        """Write a part with everything in it and return it."""
        import pikepdf

        made = self.pdf.make_indirect(pikepdf.Dictionary({"/S": pikepdf.Name("/" + tag.kind), "/P": parent}))
        pieces = [kid for kid in tag.kids if not isinstance(kid, Tag)]
        first = pieces[0][0] + start if pieces else None
        if first is not None:
            made["/Pg"] = self.pages[first]
        kids: list[Any] = []
        for kid in tag.kids:
            if isinstance(kid, Tag):
                kids.append(self.element(kid, made, start))
                continue
            page, number = kid[0] + start, kid[1]
            self.owners.setdefault(page, {})[number] = made
            kids.append(number if page == first else self._elsewhere(page, number))
        if kids:
            made["/K"] = kids[0] if len(kids) == 1 else pikepdf.Array(kids)
        if tag.alt:
            made["/Alt"] = pikepdf.String(tag.alt)
        looks = _attributes(tag)
        if looks:
            made["/A"] = pikepdf.Dictionary(looks)
        return made

    def _elsewhere(self, page: int, number: int) -> Any:
        import pikepdf

        return pikepdf.Dictionary({"/Type": pikepdf.Name.MCR, "/Pg": self.pages[page], "/MCID": number})


def _attributes(tag: Tag) -> dict[str, Any]:
    import pikepdf

    if tag.box is not None:
        box = pikepdf.Array([round(value, 2) for value in tag.box])
        return {"/O": pikepdf.Name.Layout, "/Placement": pikepdf.Name.Block, "/BBox": box}
    found: dict[str, Any] = {}
    if tag.across > 1:
        found["/ColSpan"] = tag.across
    if tag.down > 1:
        found["/RowSpan"] = tag.down
    if tag.scope:
        found["/Scope"] = pikepdf.Name("/" + tag.scope)
    return {"/O": pikepdf.Name.Table, **found} if found else {}
