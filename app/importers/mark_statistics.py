"""ФИС ОКО «Статистика по отметкам» (Ф3): shares of marks from the country down to the school (format §1.2)."""

from __future__ import annotations

from collections.abc import Hashable
from decimal import Decimal

from app.importers import fisoko
from app.importers.book import Book, Sheet
from app.importers.findings import Findings, without_repeats
from app.importers.grid import Header, Headings, Row, UnfitCellError, count_of_share, is_blank, letters, share, text
from app.importers.order import Order, Work
from app.importers.parsed import FileReading, ParsedMark, Question, UnitRef
from app.models.records import MarkCount, Origin

MARKS = ("2", "3", "4", "5")
HEADINGS = Headings(
    {
        "unit": ("группы участников", "группа участников"),
        "schools": ("кол во оо", "количество оо"),
        "participants": ("кол во участников", "количество участников"),
        **{mark: (mark,) for mark in MARKS},
    }
)
NEEDED = ("unit", "participants", *MARKS)
_WIDEST_DEVIATION = Decimal("0.1")
_MOST_DECIMALS = 4


def recognise(book: Book) -> float | None:
    """Known by the row of headings; surer where the first line names the report."""
    sheets = [sheet for sheet in book.sheets if sheet.header(HEADINGS, NEEDED)]
    if not sheets:
        return None
    return 0.95 if any(fisoko.report_name(sheet).startswith("статистика по отметкам") for sheet in sheets) else 0.8


def read(book: Book, order: Order) -> FileReading:
    """Return whole counts restored from percentages, for every unit of every sheet."""
    marks: list[tuple[Hashable, ParsedMark]] = []
    questions: tuple[Question, ...] = ()
    title, rows_read = "", 0
    problems = []
    for sheet in book.sheets:
        header = sheet.header(HEADINGS, NEEDED)
        if header is None:
            continue
        findings = Findings(sheet.name)
        work, asked, line = fisoko.read_work(sheet, header.row, order, findings)
        title = title or line
        if work is None:
            questions = questions or asked
        else:
            found, count = _sheet(sheet, header, work, findings)
            marks += found
            rows_read += count
        problems += findings.problems
    return book.reading(
        "mark_statistics",
        title=f"Статистика по отметкам: {title}" if title else "Статистика по отметкам",
        marks=() if questions else without_repeats(marks, problems),
        problems=problems,
        questions=questions,
        rows_read=rows_read,
    )


def _sheet(
    sheet: Sheet, header: Header, work: Work, findings: Findings
) -> tuple[list[tuple[Hashable, ParsedMark]], int]:
    units = fisoko.Units()
    taken: list[tuple[int, UnitRef, int, tuple[Decimal, ...]]] = []
    for number, row in sheet.rows():
        if number <= header.row or is_blank(row):
            continue
        name = text(header.cell(row, "unit"))
        figures = _figures(header, number, row, findings)
        if figures is not None or fisoko.has_code(name):
            unit = units.read(name, school_likely="schools" in header and not text(header.cell(row, "schools")))
            if figures is not None:
                taken.append((number, unit, *figures))
    decimals = max((_decimals(percent) for *_, percents in taken for percent in percents), default=0)
    found: list[tuple[Hashable, ParsedMark]] = []
    for number, unit, participants, percents in taken:
        counts = [count_of_share(percent, participants) for percent in percents]
        _check_restored(findings, header, number, participants, counts, decimals, is_school=unit.kind == "school")
        first, last = header.at["participants"], header.at["5"]
        cells = f"{letters(min(first, last))}{number}:{letters(max(first, last))}{number}"
        m2, m3, m4, m5 = counts
        count = MarkCount(
            work.assessment, work.year, participants, m2, m3, m4, m5, m2, restored=True, autumn=work.autumn
        )
        found.append(((work.assessment, work.year), ParsedMark(unit, count, Origin(sheet.name, number, number, cells))))
    return found, len(taken)


def _figures(header: Header, number: int, row: Row, findings: Findings) -> tuple[int, tuple[Decimal, ...]] | None:
    """Return (participants, four percentages) of a row, or None with the reason noted."""
    participants, fits = findings.whole(header, number, row, "participants")
    percents: list[Decimal | None] = []
    for mark in MARKS:
        try:
            percents.append(share(header.cell(row, mark)))
        except UnfitCellError as fault:
            findings.add(fault.code, number, header.at[mark])
            fits = False
    if not fits:
        return None
    if participants is None:
        if not any(percent is not None for percent in percents):
            _note_without_figures(header, number, row, findings)
            return None
        findings.add("IMP_PARTICIPANTS_MISSING", number, header.at["participants"])
        return None
    if not text(header.cell(row, "unit")):
        findings.add("IMP_UNIT_MISSING", number, header.at["unit"])
        return None
    values: tuple[Decimal, ...] = tuple(percent if percent is not None else Decimal(0) for percent in percents)
    total = sum(values, Decimal(0))
    if participants == 0:
        return 0, (Decimal(0),) * 4
    if abs(total - 1) <= _WIDEST_DEVIATION / 100 and any(value % 1 for value in values):
        values, total = tuple(value * 100 for value in values), total * 100  # a cell formatted as per cent
    if abs(total - 100) > _WIDEST_DEVIATION:
        findings.add("IMP_SHARES_SUM", number, header.at["2"])
        return None
    return participants, values


def _note_without_figures(header: Header, number: int, row: Row, findings: Findings) -> None:
    """A line with a code but no figures is a school without data; any other line is a remark under the table."""
    if fisoko.has_code(text(header.cell(row, "unit"))):
        findings.add("IMP_PARTICIPANTS_MISSING", number, header.at["participants"])


def _decimals(percent: Decimal) -> int:
    exponent = round(percent, _MOST_DECIMALS).normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _check_restored(
    findings: Findings,
    header: Header,
    number: int,
    participants: int,
    counts: list[int],
    decimals: int,
    *,
    is_school: bool,
) -> None:
    """Say where counts restored from rounded percentages may be off.

    With two decimals a percentage is off by up to 0.005, so from 10,000 participants on a count may be off by one
    pupil or more. For a school that could change what is decided; for a region nothing is decided by it: a hint.
    """
    if participants >= 10 ** (decimals + 2):
        findings.add(
            "IMP_COUNT_APPROXIMATE",
            number,
            header.at["2"],
            level="warning" if is_school else "hint",
            off=-(-participants // (2 * 10 ** (decimals + 2))),
        )
    elif sum(counts) != participants:
        findings.add(
            "IMP_RESTORED_SUM", number, header.at["participants"], total=sum(counts), participants=participants
        )
