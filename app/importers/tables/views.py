"""What a person is shown of a book nobody knows: tops of its sheets, and what the columns may mean.

Names and documents of people are covered: the grid is for pointing at a header, not for reading lists of pupils.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from itertools import islice
from pathlib import Path

from app.errors import UserError
from app.importers.book import Book, Sheet
from app.importers.grid import Row, text
from app.importers.order import Order
from app.importers.parsed import FileReading, GridSheet, Proposal, ProposedColumn
from app.importers.tables.guess import Guess, guess
from app.importers.tables.layout import Block, Layout, layout_from, top_layout
from app.importers.tables.profile import Profile
from app.importers.tables.profile_text import to_text
from app.importers.tables.sheet_xml import SheetFacts
from app.importers.tables.sheet_xml import look as sheet_facts
from app.importers.tables.words import is_personal

ROWS, COLUMNS = 60, 200
PAGE_ROWS = 200
DEEPEST_ROW = 1_048_576
MOST_SHEETS = 30
MOST_PROPOSALS = 20
TOP_ROWS = 200
LONGEST_SHOWN = 200
COVERED = "•••"
_SAMPLES = 3
_DEEPEST_POINTED = 6


def grids(book: Book) -> tuple[GridSheet, ...]:
    """Return the tops of the visible sheets that hold anything: 60 rows by 200 columns as texts."""
    made = (_top(book, sheet) for sheet in book.sheets[:MOST_SHEETS])
    return tuple(grid for grid in made if any(any(row) for row in grid.rows))


def _top(book: Book, sheet: Sheet) -> GridSheet:
    """Return the first 60 rows of a sheet; where all of them are empty, 60 from the first that is not."""
    top = _page(book, sheet, 1, ROWS)
    if any(any(row) for row in top.rows) or (sheet.height is not None and sheet.height <= ROWS):
        return top
    first = next((number for number, row in sheet.rows() if any(text(value) for value in row[:COLUMNS])), 1)
    return _page(book, sheet, first, ROWS) if first > 1 else top


def look(book: Book, order: Order, place: str) -> FileReading:
    """Return the grid alone, of any book: the tops of its sheets with proposals, or a page of one sheet.

    Args:
        book: the file.
        order: the references in force.
        place: "" for the tops, «Лист1!1200» for 200 rows from row 1200.

    Raises:
        UserError: IMP_HEADER_ANSWER where the place is none.
    """
    if not place:
        return book.reading("unknown", grid=grids(book), proposals=propose(book, order))
    name, _, number = place.rpartition("!")
    sheet = next((sheet for sheet in book.sheets if (sheet.name or "") == name), None)
    if sheet is None or not (number.isascii() and number.isdecimal() and len(number) < 8) or int(number) < 1:
        raise UserError("IMP_HEADER_ANSWER", answer=place)
    found = _page(book, sheet, min(int(number), DEEPEST_ROW), PAGE_ROWS)
    return book.reading("unknown", grid=[found] if found.rows else [])


def _page(book: Book, sheet: Sheet, first: int, most: int) -> GridSheet:
    last = first + most - 1
    facts = sheet_facts(Path(book.path), sheet.name, last_row=last, formulas=False) or SheetFacts()
    return GridSheet(
        sheet.name,
        _covered(sheet, first, last),
        sheet.height,
        tuple(column for column in range(COLUMNS) if facts.is_hidden(column)),
        tuple(row - 1 for row in facts.hidden_rows if first <= row <= last),
        tuple(area for area in sheet.merged if first <= area[0] + 1 <= last and area[1] < COLUMNS),
        first - 1,
    )


def _shown(row: Row) -> tuple[str, ...]:
    cells = [text(value)[:LONGEST_SHOWN] for value in row[:COLUMNS]]
    while cells and not cells[-1]:
        cells.pop()
    return tuple(cells)


def _covered(sheet: Sheet, first: int, last: int) -> tuple[tuple[str, ...], ...]:
    """Return rows with what stands under headings of names and documents covered, also where these stand far above."""
    personal: set[int] = set()
    result = []
    for number, row in islice(sheet.rows(), last):
        if number >= first:
            shown = enumerate(_shown(row))
            result.append(tuple(COVERED if cell and at in personal else cell for at, cell in shown))
        personal |= {at for at, cell in enumerate(row[:COLUMNS]) if isinstance(cell, str) and _is_personal(cell)}
    return tuple(result)


@lru_cache(8_192)
def _is_personal(cell: str) -> bool:
    return bool(cell) and is_personal((text(cell)[:LONGEST_SHOWN],))


def propose(book: Book, order: Order) -> tuple[Proposal, ...]:
    """Return a proposal for each table found in the book; tables with the same headings are proposed once.

    Raises:
        UserError: IMP_HEADER_ANSWER where the row that a person names is none.
    """
    found: list[Proposal] = []
    told: set[tuple[tuple[str, ...], ...]] = set()
    for sheet in book.sheets[:MOST_SHEETS]:
        layout = _layout(sheet, order)
        facts: SheetFacts | None = None
        for block in layout.blocks:
            headings = tuple(column.path for column in block.columns)
            if headings in told or len(found) >= MOST_PROPOSALS:
                continue
            told.add(headings)
            facts = facts or sheet_facts(Path(book.path), sheet.name, last_row=1, formulas=False) or SheetFacts()
            name = book.name.rsplit(".", 1)[0] or book.name
            proposed = guess(block, order.known, name=name)
            found.append(_proposal(sheet, block, proposed, facts, pointed=bool(order.hints.answers.get("header"))))
    return tuple(found)


def _layout(sheet: Sheet, order: Order) -> Layout:
    pointed = pointed_header(order.hints.answers.get("header"))
    if pointed is None or pointed[0] not in {None, sheet.name}:
        return top_layout(sheet, TOP_ROWS)
    return layout_from(sheet, pointed[1], pointed[2], most_rows=max(TOP_ROWS, pointed[1] + TOP_ROWS))


def pointed_header(answer: str | None) -> tuple[str | None, int, int] | None:
    """Return (sheet, first row, lines) of «7», «7-8» or «Лист1!7-8»; None where nobody has pointed.

    Raises:
        UserError: IMP_HEADER_ANSWER.
    """
    if not answer or not answer.strip():
        return None
    sheet, _, rows = answer.strip().rpartition("!")
    first, _, last = rows.replace("–", "-").replace("—", "-").partition("-")
    numbers = [part.strip() for part in (first, last or first)]
    if not all(part.isascii() and part.isdecimal() and len(part) < 8 for part in numbers):
        raise UserError("IMP_HEADER_ANSWER", answer=answer)
    top, bottom = int(numbers[0]), int(numbers[1])
    if not 1 <= top <= bottom < top + _DEEPEST_POINTED:
        raise UserError("IMP_HEADER_ANSWER", answer=answer)
    return sheet or None, top, bottom - top + 1


def _proposal(sheet: Sheet, block: Block, found: Guess, facts: SheetFacts, *, pointed: bool) -> Proposal:
    samples = _samples(sheet, block)
    columns = tuple(
        ProposedColumn(
            item.column.at,
            item.column.path,
            None if item.map is None else item.map.field,
            item.confidence,
            samples.get(item.column.at, ()),
            facts.is_hidden(item.column.at),
        )
        for item in found.columns
    )
    profile: Profile | None = found.profile
    if profile is not None and pointed:
        profile = replace(profile, header_row=block.head.first)
    text_of = "" if profile is None else to_text(profile)
    return Proposal(sheet.name, block.head.first, block.head.last, found.target, columns, text_of)


def _samples(sheet: Sheet, block: Block) -> dict[int, tuple[str, ...]]:
    """Return the first values of each column, but of those of people."""
    wanted = list(islice(block.row_numbers(), _SAMPLES * 4))
    if not wanted:
        return {}
    found: dict[int, list[str]] = {column.at: [] for column in block.columns if not is_personal(column.path)}
    numbers = set(wanted)
    for number, row in islice(sheet.rows(), wanted[-1]):
        if number in numbers:
            for at, values in found.items():
                value = text(row[at])[:LONGEST_SHOWN] if at < len(row) else ""
                if value and len(values) < _SAMPLES:
                    values.append(value)
    return {at: tuple(values) for at, values in found.items()}
