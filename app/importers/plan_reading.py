"""The tables of a plan from any file: a workbook, a Word document, a text. Runs inside the reading child."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from app.errors import Problem, UserError, problem
from app.importers import guard
from app.importers.book import Sheet, open_sheets, text_encoding
from app.importers.grid import Cell, text
from app.importers.plan_records import PlanLine, PlanTable
from app.importers.plan_text import WIDEST, lines_of
from app.importers.plan_text import tables as tables_of_text

MOST_ROWS = 20_000
LARGEST_TEXT = 20 << 20
_LEAST_OF_WIDTH = 0.6


@dataclass(frozen=True, slots=True)
class PlanTables:
    """Tables of a file and what is odd about it."""

    tables: tuple[PlanTable, ...]
    problems: tuple[Problem, ...] = ()


def read(path: Path) -> PlanTables:
    """Read the tables of a file.

    Raises:
        UserError: IMP_PLAN_NO_TABLES, IMP_PLAN_WORD, IMP_PLAN_FORMAT; codes of the guard.
    """
    if guard.is_document(path):
        guard.check_document(path)
        from app.importers import plan_docx

        found = PlanTables(plan_docx.tables(path))
    else:
        found = _not_document(path)
    if not found.tables:
        raise UserError("IMP_PLAN_NO_TABLES", name=path.name)
    return found


def _not_document(path: Path) -> PlanTables:
    try:
        kind = guard.check(path)
    except UserError as fault:
        if fault.code == "IMP_NOT_WORKBOOK":
            raise UserError("IMP_PLAN_FORMAT", name=path.name, looks=fault.context["looks"]) from fault
        raise
    if kind == "csv":
        return PlanTables(_text_tables(path))
    sheets, hidden = open_sheets(path, kind)
    found = [table for sheet in sheets for table in of_sheet(sheet)]
    told = [problem("IMP_HIDDEN_SHEET", sheet=name, level="hint", title=name) for name in hidden]
    return PlanTables(tuple(found), tuple(told))


def _text_tables(path: Path) -> tuple[PlanTable, ...]:
    """A text with tabs is cut at them; one without is a table with semicolons or commas."""
    encoding = text_encoding(path)
    try:
        with path.open(encoding=encoding, newline="") as stream:
            whole = stream.read(LARGEST_TEXT)
    except (UnicodeError, OSError) as fault:
        raise UserError("IMP_CSV_BROKEN", name=path.name) from fault
    if "\t" in whole:
        return tables_of_text(whole)
    sheets, _hidden = open_sheets(path, "csv")
    found = [table for sheet in sheets for table in of_sheet(sheet)]
    return tuple(table for table in found if any(len(line.filled) > 1 for line in table.lines))


def of_sheet(sheet: Sheet) -> list[PlanTable]:
    """Return the tables of one sheet: several empty rows and a row of one cell stand between two of them."""
    wide, down = _merged(sheet.merged)
    lines = []
    for number, row in islice(sheet.rows(), MOST_ROWS):
        cells = [_cell(value) for value in islice(row, WIDEST)]
        while cells and not cells[-1]:
            cells.pop()
        lines.append(PlanLine(number, tuple(cells), number in wide, frozenset(down.get(number, ()))))
    place = f"Лист «{sheet.name}»" if sheet.name else "Таблица"
    width = max((len(line.cells) for line in lines), default=0)
    lines = [_padded(line, width, wide) for line in lines]
    return [PlanTable(place, "", tuple(lines))] if any(line.filled for line in lines) else []


def _padded(line: PlanLine, width: int, wide: dict[int, int]) -> PlanLine:
    cells = line.cells + ("",) * (width - len(line.cells))
    spread = len(line.filled) == 1 and wide.get(line.number, 1) >= max(2, _LEAST_OF_WIDTH * width)
    return PlanLine(line.number, cells, spread, line.down)


def _merged(areas: Sequence[tuple[int, int, int, int]]) -> tuple[dict[int, int], dict[int, set[int]]]:
    """Return how wide the widest merged cell of each row is, and columns merged with the row above; rows from 1."""
    wide: dict[int, int] = {}
    down: dict[int, set[int]] = {}
    for top, left, bottom, right in areas:
        wide[top + 1] = max(wide.get(top + 1, 1), right - left + 1)
        for row in range(top + 2, min(bottom + 2, top + MOST_ROWS)):
            down.setdefault(row, set()).update(range(left, min(right + 1, WIDEST)))
    return wide, down


def _cell(value: Cell) -> str:
    return lines_of(value) if isinstance(value, str) else text(value)
