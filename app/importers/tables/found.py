"""Blocks of a book that a map fits, on whatever sheet and in whatever row they stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from app.importers.book import Book, Sheet
from app.importers.tables.heads import forced_head
from app.importers.tables.layout import Block, Layout, find_layout, layout_from, top_layout
from app.importers.tables.merges import Merges
from app.importers.tables.profile import ColumnMap, Match, Profile, match

ACCEPTED = 0.6
TOP_ROWS = 80
AROUND = 40
"""How many rows above and below its place a header deep in a sheet is looked for the next time."""


@dataclass(frozen=True, slots=True)
class Found:
    """A block and what its columns mean; ``above`` are the titles of the first block of the sheet."""

    sheet: Sheet
    block: Block
    match: Match
    above: tuple[str, ...] = ()

    @property
    def columns(self) -> dict[int, ColumnMap]:
        """Place of a column → what it means."""
        return self.match.columns

    def places(self) -> dict[str, int]:
        """Place of each field; of fields with several columns the first."""
        places: dict[str, int] = {}
        for at in sorted(self.columns):
            places.setdefault(self.columns[at].field, at)
        return places

    def path(self, at: int) -> tuple[str, ...]:
        """The headings of a column as this file writes them."""
        return next((column.path for column in self.block.columns if column.at == at), ())


def fit(book: Book, profile: Profile) -> list[Found]:
    """Return the blocks of a book that a map fits."""
    return [found for sheet in book.sheets for found in _of_sheet(sheet, find_layout(sheet), profile, None)]


def tops(book: Book) -> list[Layout]:
    """Return what stands at the tops of the sheets: enough to tell whether a map fits."""
    return [top_layout(sheet, TOP_ROWS) for sheet in book.sheets]


def score(book: Book, layouts: list[Layout], profile: Profile) -> float:
    """Return how well a map fits the best block of the tops, 0 for not at all."""
    fitting = (
        found.match.score
        for sheet, layout in zip(book.sheets, layouts, strict=True)
        for found in _of_sheet(sheet, layout, profile, TOP_ROWS)
    )
    return max(fitting, default=0.0)


def _of_sheet(sheet: Sheet, layout: Layout, profile: Profile, most_rows: int | None) -> Iterator[Found]:
    found = list(_fitting(sheet, layout, profile))
    if not found and profile.header_row is not None:
        row = _pointed(sheet, profile)
        if row is not None:
            deep = None if most_rows is None else row + most_rows
            layout = layout_from(sheet, row, profile.header_depth, most_rows=deep)
            found = list(_fitting(sheet, layout, profile))
    yield from found


def _fitting(sheet: Sheet, layout: Layout, profile: Profile) -> Iterator[Found]:
    above = tuple(line for _, line in reversed(layout.blocks[0].titles)) if layout.blocks else ()
    for block in layout.blocks:
        fitted = match(profile, block.columns)
        if fitted.score >= ACCEPTED:
            yield Found(sheet, block, fitted, above)


def _pointed(sheet: Sheet, profile: Profile) -> int | None:
    """Find the header that only a person could see: the row near the top, or near its place, with these headings."""
    merges = Merges(sheet.merged)
    top = sheet.head()
    place = profile.header_row or 0
    if place + profile.header_depth > len(top):
        top = [*top, *islice(sheet.rows(), max(len(top), place - AROUND), place + AROUND)]
    starts = sorted(range(len(top)), key=lambda i: top[i][0] != profile.header_row)
    for i in starts:
        head = forced_head(top[i : i + profile.header_depth + 1], profile.header_depth, merges)
        if match(profile, head.columns).score >= ACCEPTED:
            return top[i][0]
    return None
