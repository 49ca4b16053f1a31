"""How much memory a sheet asks for: its far corner against the cells it really holds (stack §6, decision 23).

A reader of sheets lays a rectangle from A1 to the last cell. One value in XFD1048576 makes that 549 GB, and the
library ends the whole process. So the sheet's XML is looked through first, as a stream.

Two passes, because an honest file of a million cells must not pay for the hostile ones. The fast one takes the last
reference of each row and looks for columns of three letters anywhere; it never says less than an honest file has.
Only when it finds too much does the exact one count every cell with content.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from app.importers.grid import address

FREE_EXTENT = 6_000_000
LARGEST_EXTENT = 60_000_000
LARGEST_SPREAD = 25
LAST_COLUMN, LAST_ROW = 16_384, 1_048_576
_CHUNK_LIMIT = 8 << 20
_FAR_COLUMN = re.compile(rb"""r=["'][A-Z]{3}""")
_ROW_NUMBER = re.compile(rb'[^>]*?\sr="(\d{1,9})"')
_TAG = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?(row|c)(?=[\s/>])([^>]*)>")
_R_ATTRIBUTE = re.compile(rb"""\sr\s*=\s*["']\s*([A-Z]*)(\d*)""")


@dataclass(frozen=True, slots=True)
class Extent:
    """The far corner of a sheet (rows and columns from A1) and the number of cells with content in it."""

    rows: int
    columns: int
    cells: int

    @property
    def size(self) -> int:
        """The number of cells of the rectangle from A1 to the far corner."""
        return self.rows * self.columns

    @property
    def corner(self) -> str:
        """The address of the far corner: «XFD1048576»."""
        return address(max(self.rows, 1), max(self.columns, 1) - 1)

    @property
    def fits(self) -> bool:
        """Whether the sheet may be laid out in memory: small, or filled well enough."""
        if self.size <= FREE_EXTENT:
            return True
        return self.size <= min(LARGEST_EXTENT, LARGEST_SPREAD * self.cells)


def column_number(letters: bytes) -> int:
    """Return the number of a column from 1: A is 1, XFD is 16384."""
    found = 0
    for letter in letters:
        found = found * 26 + letter - 64
    return found


def quick_extent(chunks: Iterable[bytes]) -> Extent | None:
    """Return an extent that is never smaller than an honest sheet's; None asks for ``exact_extent``.

    Rows stand in order in every honest sheet, so the last row of each piece has the greatest number; cells stand in
    order within a row, so its last reference is its widest. Three bytes of it are enough to tell the column. Values
    are counted as they are written, not one by one: a million rows must not pay for the doubt.
    """
    rows = cells = 0
    widest: set[bytes] = set()
    for piece in _rows_of(chunks):
        if _FAR_COLUMN.search(piece):
            return None
        cells += piece.count(b"<v>") + piece.count(b"<is>")
        parts = piece.split(b"<row")
        if len(parts) == 1 and b":row" in piece:
            return None
        for row in parts[1:]:
            last = row.rfind(b' r="')
            start = row[last + 4 : last + 7]
            if last >= 0 and start >= b"A":
                widest.add(start)
            elif b"<c" in row or b":c" in row:
                return None  # cells without references, or written in another way
        number = _ROW_NUMBER.search(parts[-1])
        if len(parts) > 1 and number is None:
            return None
        rows = max(rows, int(number.group(1))) if number else rows
    columns = {start.rstrip(b'0123456789"') for start in widest}
    if not all(column.isalpha() and column.isupper() for column in columns):
        return None
    return Extent(rows, max(map(column_number, columns), default=0), cells)


def _rows_of(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Cut the stream before a row begins, so that no row is halved unless it is huge."""
    rest = b""
    for chunk in chunks:
        piece = rest + chunk
        cut = piece.rfind(b"<row")
        if cut <= 0 and len(piece) < _CHUNK_LIMIT:
            rest = piece
            continue
        cut = cut if cut > 0 else len(piece)
        rest = piece[cut:]
        yield piece[:cut]
    yield rest


def exact_extent(chunks: Iterable[bytes]) -> Extent:
    """Return the extent of the cells that have content: a far cell with only a style is harmless and not counted.

    Cells and rows without references stand after the one before them. Reading stops as soon as the limit is passed
    by the corner alone, however many cells there are.
    """
    rows = columns = cells = row = column = 0
    for piece in _tags_of(chunks):
        for found in _TAG.finditer(piece):
            reference = _R_ATTRIBUTE.search(found.group(2))
            if found.group(1) == b"row":
                row = int(reference.group(2)) if reference and reference.group(2) else row + 1
                column = 0
                continue
            column += 1
            own_row = row
            if reference and reference.group(1):
                column = column_number(reference.group(1)[:4])
                own_row = int(reference.group(2)[:9] or row)
            if found.group(2).endswith(b"/") or piece.startswith(b"</", found.end()):
                continue
            cells += 1
            rows, columns = max(rows, own_row), max(columns, column)
    return Extent(rows, columns, cells)


def _tags_of(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Cut the stream before a cell or a row begins, with what follows it whole."""
    rest = b""
    for chunk in chunks:
        piece = rest + chunk
        cut = max(piece.rfind(b"<c "), piece.rfind(b"<row"), piece.rfind(b":c "))
        cut = piece.rfind(b"<", 0, cut + 1) if cut > 0 else -1
        if cut <= 0 and len(piece) < _CHUNK_LIMIT:
            rest = piece
            continue
        cut = cut if cut > 0 else len(piece)
        rest = piece[cut:]
        yield piece[:cut]
    yield rest
