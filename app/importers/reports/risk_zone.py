"""The list of risk zones: the school and its zone, high, middle or outside (domain §2). Only stored."""

from __future__ import annotations

from collections.abc import Sequence

from app.importers.book import Book, Sheet
from app.importers.findings import Findings
from app.importers.grid import Header, Headings, heading, text
from app.importers.order import Order
from app.importers.parsed import FileReading
from app.importers.reports.outside import SCHOOL_HEADINGS, ListRow, ListTable, Placed, agreeing, read_list
from app.models.records import RISK_ZONES, ExternalMark

HEADINGS = Headings(
    {
        **SCHOOL_HEADINGS,
        "zone": ("зона риска", "зона", "уровень риска", "зона риска школы", "зона риска оо", "зона риска снижения*"),
    }
)
TITLE = "Зоны риска школ"
_HIGH, _MIDDLE, _OUTSIDE = RISK_ZONES


def zone_of(value: str) -> str | None:
    """Return the zone in its normal form, or None: «Высокий риск», «средняя зона», «вне зоны риска»."""
    words = heading(value).split()
    if not words or len(words) > 6:
        return None
    if words[0] == "вне" or words[:2] in (["не", "в"], ["не", "входит"], ["не", "относится"]):
        return _OUTSIDE
    found = {zone for word in words for stem, zone in (("высок", _HIGH), ("средн", _MIDDLE)) if word.startswith(stem)}
    return found.pop() if len(found) == 1 else None


def _header(sheet: Sheet) -> Header | None:
    headers = (sheet.header(HEADINGS, (key, "zone")) for key in ("school", "fisoko", "inn", "oo", "code"))
    return next((header for header in headers if header is not None), None)


def recognise(book: Book) -> float | None:
    """Known by words of the zones under «Зона риска»."""
    best: float | None = None
    for sheet in book.sheets:
        header = _header(sheet)
        if header is not None:
            known = agreeing(sheet, header.row, header.at["zone"], lambda value: zone_of(value) is not None)
            best = max(best or 0.0, 0.91 if known else 0.1)
    return best


def read(book: Book, order: Order) -> FileReading:
    """Return the zone of every school (item "")."""
    return read_list(book, order, "risk_zone", TITLE, _table)


def _table(sheet: Sheet, _order: Order, findings: Findings) -> _Zones | None:
    header = _header(sheet)
    return None if header is None else _Zones(header, findings)


class _Zones(ListTable):
    def marks(self, line: ListRow) -> Sequence[Placed]:
        """Return the zone of the row; a word nobody knows is kept as text."""
        raw = text(self.header.cell(line.cells, "zone"))
        value = zone_of(raw)
        if raw and value is None:
            self.findings.add("IMP_ZONE_UNKNOWN", line.number, self.header.at["zone"], raw=raw[:80])
        return ((ExternalMark("", value, raw), self.header.at["zone"]),)
