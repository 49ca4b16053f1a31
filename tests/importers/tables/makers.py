"""Workbooks laid out as regions lay them out: merged headers, subtotals, remarks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from app.importers.book import Sheet, open_sheets
from app.importers.guard import check

Rows = Iterable[Any]


def workbook(path: Path, sheets: Mapping[str, Rows], merged: Iterable[tuple[str, str]] = ()) -> Path:
    """Write sheets of rows as they are; ``merged`` are (sheet, «B1:D1»), the value stays in the first cell.

    A text that begins with «=» becomes a formula; a pair («=SUM(A1:A3)», 7) one with a cached value.
    """
    import openpyxl

    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        page = book.create_sheet(name)
        for row in rows:
            page.append(list(row))
    for name, area in merged:
        book[name].merge_cells(area)
    book.save(path)
    return path


def one(path: Path, rows: Rows, merged: Iterable[str] = ()) -> Sheet:
    """Write one sheet and open it as the readers do."""
    made = workbook(path, {"Лист1": rows}, [("Лист1", area) for area in merged])
    return open_sheets(made, check(made))[0][0]


def sheet(rows: Rows) -> Sheet:
    """A sheet that is in no file: nothing is known of merged cells."""
    kept = [list(row) for row in rows]
    return Sheet(None, lambda: kept, len(kept))
