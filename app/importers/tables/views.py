"""What a person is shown of a book nobody knows: tops of its sheets, and what the columns may mean.

Names and documents of people are covered: the grid is for pointing at a header, not for reading lists of pupils.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from pathlib import Path

from app.errors import UserError
from app.importers.book import Book, Sheet
from app.importers.grid import Row, text
from app.importers.order import Order
from app.importers.parsed import GridSheet, Proposal, ProposedColumn
from app.importers.tables.guess import Guess, guess
from app.importers.tables.layout import Block, Layout, find_layout, layout_from
from app.importers.tables.profile import Profile
from app.importers.tables.profile_text import to_text
from app.importers.tables.sheet_xml import SheetFacts, look
from app.importers.tables.words import is_personal

ROWS, COLUMNS = 60, 200
MOST_SHEETS = 30
MOST_PROPOSALS = 20
TOP_ROWS = 200
LONGEST_SHOWN = 200
COVERED = "•••"
_SAMPLES = 3
_DEEPEST_POINTED = 6


def grids(book: Book) -> tuple[GridSheet, ...]:
    """Return the tops of the visible sheets that hold anything: 60 rows by 200 columns as texts."""
    found = []
    for sheet in book.sheets[:MOST_SHEETS]:
        rows = _covered([_shown(row) for _, row in islice(sheet.rows(), ROWS)])
        if not any(any(row) for row in rows):
            continue
        facts = look(Path(book.path), sheet.name, last_row=ROWS, formulas=False) or SheetFacts()
        found.append(
            GridSheet(
                sheet.name,
                rows,
                sheet.height,
                tuple(column for column in range(COLUMNS) if facts.is_hidden(column)),
                tuple(row - 1 for row in facts.hidden_rows if row <= ROWS),
                tuple(area for area in sheet.merged if area[0] < ROWS and area[1] < COLUMNS),
            )
        )
    return tuple(found)


def _shown(row: Row) -> tuple[str, ...]:
    cells = [text(value)[:LONGEST_SHOWN] for value in row[:COLUMNS]]
    while cells and not cells[-1]:
        cells.pop()
    return tuple(cells)


def _covered(rows: list[tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
    """Cover what stands under headings of names and documents."""
    personal: set[int] = set()
    result = []
    for row in rows:
        result.append(tuple(COVERED if cell and at in personal else cell for at, cell in enumerate(row)))
        personal |= {at for at, cell in enumerate(row) if cell and is_personal((cell,))}
    return tuple(result)


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
            facts = facts or look(Path(book.path), sheet.name, last_row=1, formulas=False) or SheetFacts()
            name = book.name.rsplit(".", 1)[0] or book.name
            proposed = guess(block, order.known, name=name)
            found.append(_proposal(sheet, block, proposed, facts, pointed=bool(order.hints.answers.get("header"))))
    return tuple(found)


def _layout(sheet: Sheet, order: Order) -> Layout:
    pointed = pointed_header(order.hints.answers.get("header"))
    if pointed is None or pointed[0] not in {None, sheet.name}:
        return find_layout(sheet, most_rows=TOP_ROWS)
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
