"""Sharing out items among pages. Knows nothing of drawing: heights, gaps and what keeps together.

The rules of a paper (ui.md, «Papers») are said as ``keep``: a heading keeps with what follows, the first two and the
last two lines or rows keep together, a signature keeps with what it signs. Items that keep together go to one page
as long as a page can hold them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.exporters.pdf.pen import Pen
    from app.exporters.pdf.tags import Tag

LEAST_ROOM = 60.0
"""An item taller than a page is torn here only if at least so much room is left, points."""


@dataclass(slots=True, kw_only=True)
class Item:
    """Something that stands on a page in one piece.

    Attributes:
        height: points.
        gap: room above it, dropped at the top of a page.
        keep: it stands on one page with the next item.
        repeat: what is put above it when it begins a page (the head of its table).
        breaks: it begins a page.
        spread: a share of the free room of its page stands above it (``spread``).
        tag: the part of the paper it belongs to; several items may share one. None where it says itself what is what.
    """

    height: float
    gap: float = 0.0
    keep: bool = False
    repeat: Item | None = None
    breaks: bool = False
    spread: bool = False
    tag: Tag | None = None

    def draw(self, pen: Pen, left: float, top: float) -> None:
        """Draw it with its upper left corner at the given point."""

    def split(self, _room: float) -> tuple[Item, Item] | None:
        """Return a part no higher than ``room`` and the rest; None where it cannot be torn."""
        return None


@dataclass(frozen=True, slots=True)
class Placed:
    """An item on a page; ``top`` is its distance from the top of the text area, points."""

    item: Item
    top: float

    @property
    def bottom(self) -> float:
        """Distance of its lower edge from the top of the text area."""
        return self.top + self.item.height


def spread(placed: Sequence[Placed], height: float) -> list[Placed]:
    """Share the free room of a page equally above the items that ask for it.

    Args:
        placed: the items of the page.
        height: of the text area, points.
    """
    asking = sum(one.item.spread for one in placed)
    step = max(0.0, height - placed[-1].bottom) / asking if asking else 0.0
    made, moved = [], 0.0
    for one in placed:
        moved += step * one.item.spread
        made.append(Placed(one.item, one.top + moved))
    return made


def keep_ends(items: Sequence[Item]) -> None:
    """Tie the first two and the last two of a run, so that none is left alone at the foot or top of a page."""
    if len(items) > 1:
        items[0].keep = items[-2].keep = True


def paginate(items: Iterable[Item], height: float, first: float | None = None) -> list[list[Placed]]:
    """Share out items among pages.

    Args:
        items: in their order.
        height: of the text area, points.
        first: of the text area of the first page, where it is lower than the others.

    Returns:
        Pages, at least one; no page but the only one is empty.
    """
    pages = _Pages(height, height if first is None else first)
    for chain in _chains(items):
        if chain[0].breaks:
            pages.turn()
        if pages.fits(chain):
            pages.put_all(chain)
        elif pages.would_fit(chain):
            pages.turn()
            pages.put_all(chain)
        else:
            pages.force(chain)
    return pages.done()


def _chains(items: Iterable[Item]) -> Iterable[list[Item]]:
    chain: list[Item] = []
    for item in items:
        if item.breaks and chain:
            yield chain
            chain = []
        chain.append(item)
        if not item.keep:
            yield chain
            chain = []
    if chain:
        yield chain


class _Pages:
    def __init__(self, height: float, first: float) -> None:
        self.full, self.first = height, first
        self.pages: list[list[Placed]] = [[]]
        self.used = 0.0

    @property
    def height(self) -> float:
        """Of the page that is being filled."""
        return self.first if len(self.pages) == 1 else self.full

    def done(self) -> list[list[Placed]]:
        if len(self.pages) > 1 and not self.pages[-1]:
            self.pages.pop()
        return self.pages

    def turn(self) -> None:
        if self.pages[-1]:
            self.pages.append([])
            self.used = 0.0

    def fits(self, chain: Sequence[Item]) -> bool:
        return self.used + _height(chain, top=not self.pages[-1]) <= self.height

    def would_fit(self, chain: Sequence[Item]) -> bool:
        return _height(chain, top=True) <= (self.full if self.pages[-1] else self.height)

    def put_all(self, chain: Sequence[Item]) -> None:
        for item in chain:
            self.put(item)

    def put(self, item: Item) -> None:
        page = self.pages[-1]
        if not page and item.repeat is not None:
            page.append(Placed(item.repeat, 0.0))
            self.used = item.repeat.height
        top = self.used + (item.gap if page else 0.0)
        page.append(Placed(item, top))
        self.used = top + item.height

    def force(self, chain: Sequence[Item]) -> None:
        """Put a chain that no page can hold: item by item from a fresh page, tearing what is too tall itself."""
        if len(chain) > 1 or self.height - self.used < LEAST_ROOM:
            self.turn()
        for whole in chain:
            item: Item | None = whole
            while item is not None and not self.fits([item]):
                item = self._tear(item)
            if item is not None:
                self.put(item)

    def _tear(self, item: Item) -> Item | None:
        """Put as much of an item as fits and return the rest, None if it had to be put whole."""
        page = self.pages[-1]
        head = item.repeat.height if item.repeat is not None and not page else 0.0
        room = self.height - self.used - (item.gap if page else 0.0) - head
        parts = item.split(room) if room >= LEAST_ROOM and not self.would_fit([item]) else None
        if parts is not None:
            self.put(parts[0])
            self.turn()
            return parts[1]
        if page:
            self.turn()
            return item
        self.put(item)
        return None


def _height(chain: Sequence[Item], *, top: bool) -> float:
    total = sum(item.height + item.gap for item in chain)
    if not top:
        return total
    first = chain[0]
    return total + first.repeat.height if first.repeat is not None else total - first.gap
