"""ФИС ОКО «Сравнение отметок с отметками по журналу», wide (from 2024) and row by row (before) (format §1.3)."""

from __future__ import annotations

from collections.abc import Hashable

from app.importers import fisoko
from app.importers.book import Book, Sheet
from app.importers.findings import Findings, without_repeats
from app.importers.grid import (
    Header,
    Headings,
    Row,
    UnfitCellError,
    address,
    count_of_share,
    heading,
    is_blank,
    share,
    text,
)
from app.importers.order import Order, Work
from app.importers.parsed import FileReading, ParsedJournal, Question
from app.models.records import JournalComparison, Origin

GROUPS = {"lowered": "понизили", "confirmed": "подтвердили", "raised": "повысили"}
WIDE = Headings(
    {
        "unit": ("группы участников", "группа участников"),
        "total": ("кол во участников всего", "количество участников всего", "кол во участников", "всего"),
        **{key: (f"{stem}*кол во участников*", f"{stem}*количество участников*") for key, stem in GROUPS.items()},
        **{f"{key}_share": (f"{stem}*%",) for key, stem in GROUPS.items()},
    }
)
NARROW = Headings(
    {
        "unit": ("группы участников", "группа участников"),
        "count": ("кол во участников", "количество участников"),
        "share": ("%",),
    }
)
_REPORT = "сравнение отметок с отметками по журналу"
_Found = list[tuple[Hashable, ParsedJournal]]


def _layout(sheet: Sheet) -> tuple[Header, bool] | None:
    """Return (header, is wide); the narrow layout has common headings, so the report must name itself."""
    for needed in (GROUPS, [f"{key}_share" for key in GROUPS]):
        header = sheet.header(WIDE, ("unit", "total", *needed))
        if header is not None:
            return header, True
    narrow = sheet.header(NARROW, ("unit", "count", "share"))
    if narrow is not None and fisoko.report_name(sheet).startswith(_REPORT):
        return narrow, False
    return None


def recognise(book: Book) -> float | None:
    """Known by the headings «Понизили…», «Подтвердили…», «Повысили…», or by its first line."""
    return 0.95 if any(_layout(sheet) for sheet in book.sheets) else None


def read(book: Book, order: Order) -> FileReading:
    """Return the comparison of every unit of every sheet."""
    found: _Found = []
    questions: tuple[Question, ...] = ()
    title = ""
    problems = []
    for sheet in book.sheets:
        layout = _layout(sheet)
        if layout is None:
            continue
        header, is_wide = layout
        findings = Findings(sheet.name)
        work, asked, line = fisoko.read_work(sheet, header.row, order, findings)
        title = title or line
        if work is None:
            questions = questions or asked
        else:
            found += (_wide if is_wide else _narrow)(sheet, header, work, findings)
        problems += findings.problems
    return book.reading(
        "journal",
        title=f"Сравнение с журналом: {title}" if title else "Сравнение с журналом",
        journals=() if questions else without_repeats(found, problems),
        problems=problems,
        questions=questions,
        rows_read=len(found),
    )


def _wide(sheet: Sheet, header: Header, work: Work, findings: Findings) -> _Found:
    units = fisoko.Units()
    found: _Found = []
    for number, row in sheet.rows():
        if number <= header.row or is_blank(row):
            continue
        name = text(header.cell(row, "unit"))
        total, fits = findings.whole(header, number, row, "total")
        if total is None:
            if fisoko.has_code(name):
                units.read(name)
                if fits:
                    findings.add("IMP_PARTICIPANTS_MISSING", number, header.at["total"])
            continue
        unit = units.read(name)
        groups = [_group(header, number, row, key, total, findings) for key in GROUPS]
        if not name:
            findings.add("IMP_UNIT_MISSING", number, header.at["unit"])
        elif None not in groups:
            counts = {key: group for key, group in zip(GROUPS, groups, strict=True) if group is not None}
            cells = f"{address(number, header.at['total'])}:{address(number, header.width - 1)}"
            origin = Origin(sheet.name, number, number, cells)
            place = (number, header.at["total"])
            _accept(ParsedJournal(unit, _comparison(work, total, counts), origin), place, findings, found)
    return found


def _group(header: Header, number: int, row: Row, key: str, total: int, findings: Findings) -> int | None:
    """Return the count of one group, from its column of counts, else from its percentage."""
    if key in header:
        count, fits = findings.whole(header, number, row, key)
        if count is not None:
            return count
        if not fits:
            return None
    try:
        percent = share(header.cell(row, f"{key}_share"))
    except UnfitCellError as fault:
        findings.add(fault.code, number, header.at.get(f"{key}_share"))
        return None
    if percent is not None:
        return count_of_share(percent, total)
    if total == 0:
        return 0
    findings.add("IMP_COUNT_MISSING", number, header.at.get(key, header.at.get(f"{key}_share")))
    return None


def _comparison(work: Work, total: int, counts: dict[str, int]) -> JournalComparison:
    return JournalComparison(work.assessment, work.year, total, **counts, autumn=work.autumn)


def _accept(row: ParsedJournal, place: tuple[int, int], findings: Findings, found: _Found) -> None:
    """Take a row unless its groups make more than the whole; less is right: some have no mark in the journal."""
    comparison = row.comparison
    if comparison.lowered + comparison.confirmed + comparison.raised > comparison.total:
        findings.add("IMP_GROUPS_EXCEED", *place)
        return
    found.append(((comparison.assessment, comparison.year), row))


def _narrow(sheet: Sheet, header: Header, work: Work, findings: Findings) -> _Found:
    """A line with the name of a unit, then «Понизили…», «Подтвердили…», «Повысили…», «Всего» one under another."""
    units = fisoko.Units()
    found: _Found = []
    block = _Block("", 0)

    def close() -> None:
        missing = [key for key in GROUPS if key not in block.counts]
        if not block.counts:
            return
        if not block.name or missing:
            findings.add("IMP_BLOCK_INCOMPLETE", block.row or block.last)
            return
        total = block.counts.get("total", sum(block.counts[key] for key in GROUPS))
        counts = {key: block.counts[key] for key in GROUPS}
        row = ParsedJournal(
            units.read(block.name), _comparison(work, total, counts), Origin(sheet.name, block.row, block.last)
        )
        _accept(row, (block.row, header.at["unit"]), findings, found)

    for number, row in sheet.rows():
        if number <= header.row or is_blank(row):
            continue
        line = heading(header.cell(row, "unit"))
        key = next((key for key, stem in GROUPS.items() if line.startswith(stem)), None)
        key = "total" if line.startswith("всего") else key
        if key is None:
            close()
            block = _Block(text(header.cell(row, "unit")), number)
            continue
        count, fits = findings.whole(header, number, row, "count")
        if count is not None:
            block.counts[key] = count
        elif fits:
            findings.add("IMP_COUNT_MISSING", number, header.at["count"])
        block.last = number
    close()
    return found


class _Block:
    """Lines under the name of one unit."""

    def __init__(self, name: str, row: int) -> None:
        self.name = name
        self.row = row
        self.last = row
        self.counts: dict[str, int] = {}
