"""Rosobrnadzor's list of schools with low results: the school and its group, base, moderate or severe (domain §3.1).

The group comes with the list (its formulas are not public) and is only stored. It stands in a column or heads the
schools below it. A list without groups is read only when the user says what it is: any list of schools looks so.
"""

from __future__ import annotations

from collections.abc import Sequence

from app.importers.book import Book, Sheet
from app.importers.findings import Findings
from app.importers.grid import Header, Headings, Row, heading, text
from app.importers.order import Order
from app.importers.parsed import FileReading
from app.importers.reports.outside import SCHOOL_HEADINGS, ListRow, ListTable, Placed, agreeing, named_school, read_list
from app.models.records import FEDERAL_GROUPS, ExternalMark

HEADINGS = Headings(
    {
        **SCHOOL_HEADINGS,
        "group": ("группа", "группа школ", "группа школы", "группа оо", "категория", "группа неуспевания",
                  "уровень образовательных результатов", "группа по уровню образовательных результатов",
                  "уровень неуспевания", "группа шнор", "*неуспева*"),
    }
)  # fmt: skip
TITLE = "Список школ с низкими образовательными результатами"
_STEMS = dict(zip(("базов", "умерен", "сильно"), FEDERAL_GROUPS, strict=True))


def group_of(value: str) -> str | None:
    """Return the group in its normal form, or None: «Сильно неуспевающая», «умеренно», «базово неуспевающие»."""
    words = heading(value).split()
    found = {group for word in words for stem, group in _STEMS.items() if word.startswith(stem)}
    return found.pop() if len(found) == 1 and len(words) <= 6 else None


def _header(sheet: Sheet) -> Header | None:
    headers = (sheet.header(HEADINGS, (key, "group")) for key in ("school", "fisoko", "inn", "oo", "code"))
    return next((header for header in headers if header is not None), None)


def _plain_header(sheet: Sheet) -> Header | None:
    headers = (sheet.header(HEADINGS, (key,)) for key in ("school", "fisoko", "inn", "oo", "code"))
    return next((header for header in headers if header is not None), None)


def _sections(sheet: Sheet, header: Header) -> bool:
    return any(number > header.row and _section(row) for number, row in sheet.head())


def _section(row: Row) -> str | None:
    """The group that a row with one filled cell names."""
    filled = [text(value) for value in row if text(value)]
    return group_of(filled[0]) if len(filled) == 1 else None


def recognise(book: Book) -> float | None:
    """Known by words of the groups in a column or above the schools."""
    best: float | None = None
    for sheet in book.sheets:
        header = _header(sheet)
        if header and agreeing(sheet, header.row, header.at["group"], lambda value: group_of(value) is not None):
            return 0.92
        plain = _plain_header(sheet)
        if plain and named_school(plain):
            best = max(best or 0.0, 0.9 if _sections(sheet, plain) else 0.05)
    return best


def read(book: Book, order: Order) -> FileReading:
    """Return the group of every school (item ""); where the list gives none, the value is None."""
    return read_list(book, order, "federal_list", TITLE, _table)


def _table(sheet: Sheet, _order: Order, findings: Findings) -> _Groups | None:
    header = _header(sheet) or _plain_header(sheet)
    return None if header is None else _Groups(header, findings)


class _Groups(ListTable):
    def __init__(self, header: Header, findings: Findings) -> None:
        super().__init__(header, findings)
        self._group: tuple[str, str] | None = None
        self.section = self._take_section

    def _take_section(self, row: Row) -> bool:
        """A row that only names a group heads the schools below it."""
        group = _section(row)
        if group is not None:
            self._group = group, next(text(value) for value in row if text(value))
        return group is not None

    def marks(self, line: ListRow) -> Sequence[Placed]:
        """Return the group of the row."""
        raw = text(self.header.cell(line.cells, "group"))
        column = self.header.at.get("group")
        if not raw and self._group is not None:
            return ((ExternalMark("", *self._group), None),)
        value = group_of(raw)
        if raw and value is None:
            self.findings.add("IMP_GROUP_UNKNOWN", line.number, column, raw=raw[:80])
        return ((ExternalMark("", value, raw), column),)
