"""The table of bias markers: «Год | Логин | Муниципалитет | ОО | 4 РУ | 4 МА | 5 РУ | 5 МА | Количество маркеров».

Markers come from outside and are only stored (domain §2): 1, 0 or an empty cell, which says nothing. The stated number
of markers is stored beside them; where it differs from their sum, a person is told and both stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.importers.book import Book, Sheet
from app.importers.findings import Findings
from app.importers.grid import Header, Headings, at, heading, read_header, text
from app.importers.order import Order
from app.importers.parsed import FileReading
from app.importers.reports.outside import SCHOOL_HEADINGS, ListRow, ListTable, Placed, agreeing, named_school, read_list
from app.importers.subjects import find_subject
from app.models.records import ExternalMark

HEADINGS = Headings(
    {
        **SCHOOL_HEADINGS,
        "total": ("количество маркеров", "кол во маркеров", "число маркеров", "всего маркеров", "маркеров"),
    }
)
TITLE = "Признаки необъективности результатов ВПР"
_MARKER = re.compile(r"(\d{1,2}) ?([а-я]{2,4})")
_VALUES = {"1": "1", "да": "1", "+": "1", "есть": "1", "0": "0", "нет": "0"}
_EMPTY = {"", "-", "–", "—"}


def _layout(sheet: Sheet) -> tuple[Header, dict[int, str]] | None:
    """Return the row of headings and the columns of markers with their names: «4 РУ»."""
    for number, row in sheet.head():
        headings = [heading(value) for value in row]
        header = read_header(number, headings, HEADINGS)
        markers: dict[int, str] = {}
        for column, line in enumerate(headings):
            found = _MARKER.fullmatch(line)
            if found and find_subject(found.group(2)) and 1 <= int(found.group(1)) <= 11:
                markers.setdefault(column, f"{found.group(1)} {found.group(2).upper()}")
        if named_school(header) and len(markers) > ("total" not in header):
            return header, markers
    return None


def recognise(book: Book) -> float | None:
    """Known by columns «4 РУ»; surer beside «Количество маркеров», else only where their cells are 1, 0 and empty."""
    best: float | None = None
    for sheet in book.sheets:
        found = _layout(sheet)
        if found is None:
            continue
        header, markers = found
        plain = all(
            agreeing(sheet, header.row, column, lambda value: value.lower() in _VALUES) or not _filled(sheet, column)
            for column in markers
        )
        best = max(best or 0.0, 0.95 if "total" in header else 0.7 if plain else 0.1)
    return best


def _filled(sheet: Sheet, column: int) -> bool:
    return any(text(at(row, column)) for _, row in sheet.head()[1:])


def read(book: Book, order: Order) -> FileReading:
    """Return every marker of every school, with a year of its own where the table has a column of years."""
    return read_list(book, order, "bias", TITLE, _table)


def _table(sheet: Sheet, _order: Order, findings: Findings) -> _Markers | None:
    found = _layout(sheet)
    return None if found is None else _Markers(*found, findings)


class _Markers(ListTable):
    def __init__(self, header: Header, columns: dict[int, str], findings: Findings) -> None:
        super().__init__(header, findings)
        self._columns = columns

    def marks(self, line: ListRow) -> Sequence[Placed]:
        """Return a mark a marker and one with the stated number (item "")."""
        number, row = line.number, line.cells
        found: list[Placed] = []
        fits = True
        for column, item in self._columns.items():
            raw = text(at(row, column))
            value = _VALUES.get(raw.lower())
            if value is None and raw not in _EMPTY:
                self.findings.add("IMP_MARKER_STRANGE", number, column)
                fits = False
                continue
            found.append((ExternalMark(item, value, raw), column))
        if "total" not in self.header:
            return found
        stated, read_well = self.findings.whole(self.header, number, row, "total")
        total = sum(mark.value == "1" for mark, _ in found)
        if fits and stated is not None and stated != total:
            self.findings.add("IMP_MARKERS_DIFFER", number, self.header.at["total"], stated=stated, total=total)
        if read_well:
            raw = text(self.header.cell(row, "total"))
            mark = ExternalMark("", None if stated is None else str(stated), raw)
            found.append((mark, self.header.at["total"]))
        return found
