"""The sheets of a filled workbook, hidden ones too: cells that say something, merged areas, formulas, hidden rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Literal

from app.errors import UserError
from app.forms.excel_model import address
from app.forms.item_types import cell_text
from app.importers.book import MOST_MERGED
from app.importers.guard import BookType
from app.importers.tables.sheet_xml import SheetFacts
from app.importers.tables.sheet_xml import look as sheet_facts

MOST_ROWS, MOST_COLUMNS = 20_000, 300
Place = tuple[int, int]
"""Row and column, both from 0."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A cell without a value that can be read: an error («#ССЫЛКА!»), or a formula whose value the file lacks."""

    kind: Literal["error", "formula"]
    text: str


Value = str | int | float | bool | date | datetime | time | timedelta | Fault


@dataclass(slots=True)
class Page:
    """One sheet.

    Attributes:
        cells: what is not empty; a text of spaces is empty.
        merged: areas as (top, left, bottom, right), where the format tells them.
        formulas: places of formulas, where the format tells them.
        cut: rows or columns beyond the limits were left out.
    """

    name: str
    hidden: bool
    cells: dict[Place, Value]
    merged: tuple[tuple[int, int, int, int], ...] = ()
    formulas: frozenset[Place] = frozenset()
    hidden_rows: frozenset[int] = frozenset()
    cut: bool = False
    _by_row: dict[int, list[int]] = field(default_factory=dict)

    def text(self, row: int, column: int) -> str:
        """Return what stands in a cell as text without outer spaces."""
        return shown(self.cells.get((row, column)))

    def rows(self) -> list[int]:
        """Return the rows that hold anything, in order."""
        return sorted(self._columns())

    def columns(self, row: int) -> list[int]:
        """Return the columns of a row that hold anything, in order."""
        return self._columns().get(row, [])

    def _columns(self) -> dict[int, list[int]]:
        if not self._by_row:
            for row, column in sorted(self.cells):
                self._by_row.setdefault(row, []).append(column)
        return self._by_row

    def learn(self, facts: SheetFacts | None) -> None:
        """Add what the values do not say: errors, formulas without a value, hidden rows."""
        if facts is None:
            return
        for (row, column), formula in facts.formulas.items():
            if formula.cached is None and (row - 1, column) not in self.cells:
                self.cells[row - 1, column] = Fault("formula", f"={formula.text}")
        for (row, column), text in facts.errors.items():
            self.cells[row - 1, column] = Fault("error", text)
        self.formulas = frozenset((row - 1, column) for row, column in facts.formulas)
        self.hidden_rows = frozenset(row - 1 for row in facts.hidden_rows)
        self._by_row.clear()


def shown(value: Value | None) -> str:
    """Return a cell as the text that is kept of it."""
    match value:
        case Fault(text=text):
            return text
        case time() | timedelta():
            return str(value)
        case _:
            return cell_text(value).strip()


def place_name(place: Place) -> str:
    """Return a place as Excel writes it."""
    return address(*place)


def open_pages(path: Path, kind: BookType) -> list[Page]:
    """Open every sheet of a workbook that has passed the guard.

    Raises:
        UserError: IMP_PASSWORD, IMP_UNREADABLE; FORM_GET_NOT_BOOK for plain text.
    """
    if kind == "csv":
        raise UserError("FORM_GET_NOT_BOOK", file=path.name)
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

    pages: list[Page] = []
    try:
        with path.open("rb") as stream:
            book = CalamineWorkbook.from_filelike(stream)
        for about in book.sheets_metadata:
            if about.typ != SheetTypeEnum.WorkSheet:
                continue
            sheet = book.get_sheet_by_name(about.name)
            offset = sheet.start[1] if sheet.start else 0
            cells: dict[Place, Value] = {}
            cut = False
            for row, values in enumerate(sheet.iter_rows()):
                if row >= MOST_ROWS:
                    cut = True
                    break
                cut = cut or len(values) + offset > MOST_COLUMNS
                cells.update(_row(row, offset, values[: MOST_COLUMNS - offset]))
            areas = list(sheet.merged_cell_ranges or ())[:MOST_MERGED]
            merged = tuple((top, left, bottom, right) for (top, left), (bottom, right) in areas)
            pages.append(Page(about.name, about.visible != SheetVisibleEnum.Visible, cells, merged, cut=cut))
    except PasswordError as fault:
        raise UserError("IMP_PASSWORD", name=path.name) from fault
    except (CalamineError, OSError, ValueError) as fault:
        raise UserError("IMP_UNREADABLE", name=path.name) from fault
    return pages


def _row(row: int, offset: int, values: Sequence[Value]) -> Iterator[tuple[Place, Value]]:
    for column, value in enumerate(values, start=offset):
        if value != "" and not (isinstance(value, str) and not value.strip()):
            yield (row, column), value


def learn_facts(path: Path, kind: BookType, page: Page) -> None:
    """Look at the XML of a sheet once more; only xlsx has it."""
    if kind == "xlsx":
        page.learn(sheet_facts(path, page.name))
