"""What every list from outside shares: schools by any of their codes, the year, repeated rows (issue B point 5).

Such lists are only stored: nothing here computes a group, a marker, a significance or a zone.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass

from app.errors import Problem
from app.importers.book import Book, Sheet
from app.importers.codes import CodeColumn, clean, fisoko_login
from app.importers.findings import Findings, without_repeats
from app.importers.grid import Header, Row, UnfitCellError, address, heading, is_blank, is_total, text, whole
from app.importers.marks_table import CODE_QUESTION
from app.importers.order import Order
from app.importers.parsed import ExternalHead, FileReading, ParsedExternal, Question, UnitRef
from app.models.records import CodeSystem, ExternalKind, ExternalMark, Origin

SCHOOL_HEADINGS: dict[str, tuple[str, ...]] = {
    "school": ("школа", "оо", "название", "наименование", "организация", "название школы", "наименование школы",
               "название оо", "наименование оо", "образовательная организация", "общеобразовательная организация",
               "наименование образовательной организации", "наименование общеобразовательной организации",
               "краткое наименование*", "полное наименование*"),
    "fisoko": ("логин", "логин оо", "логин школы", "логин фис око", "логин впр"),
    "inn": ("инн", "инн оо"),
    "ogrn": ("огрн",),
    "oo": ("код оо",),
    "code": ("код", "код школы"),
    "municipality": ("муниципалитет", "муниципальное образование", "мо", "район", "наименование муниципалитета"),
    "region": ("регион", "субъект", "субъект рф", "субъект российской федерации"),
    "year": ("год",),
}  # fmt: skip
SCHOOL_KEYS = ("school", "fisoko", "inn", "oo", "code")
_SYSTEMS: tuple[CodeSystem, ...] = ("fisoko", "inn", "ogrn", "oo")
_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
_FIRST_YEAR, _LAST_YEAR = 2014, 2099


def named_school(header: Header) -> bool:
    """Tell whether some heading names the school: its name or a code."""
    return any(key in header for key in SCHOOL_KEYS)


def agreeing(sheet: Sheet, header_row: int, column: int, fits: Callable[[str], bool]) -> bool:
    """Tell whether at least half of the filled cells of a column near the top are what they should be."""
    rows = [row for number, row in sheet.head() if number > header_row and column < len(row)]
    filled = [value for row in rows if (value := text(row[column])) and not _numbers_of_columns(row)]
    return bool(filled) and 2 * sum(map(fits, filled)) >= len(filled)


class Schools:
    """The columns that say whose row it is."""

    def __init__(self, sheet: Sheet, header: Header, order: Order, findings: Findings) -> None:
        self._header = header
        self._findings = findings
        values = (header.cell(row, "code") for number, row in sheet.rows() if number > header.row)
        self._codes = CodeColumn(values if "code" in header else (), order.hints.answers.get("code_system"))
        self.asks = self._codes.question

    def unit(self, number: int, row: Row) -> UnitRef | None:
        """Return the school of a row, or None where its cells are empty; a code that does not fit is noted."""
        header = self._header
        name = text(header.cell(row, "school"))
        codes: dict[CodeSystem, str] = {}
        login = fisoko_login(name)
        if login:
            codes["fisoko"] = login
            name = re.sub(r"\s*\(\s*[a-zA-Z]{3}\d{6}\s*\)\s*$", "", name)
        for system in _SYSTEMS:
            line = text(header.cell(row, system))
            if line:
                self._keep(codes, system, clean(system, line), number, system)
        line = text(header.cell(row, "code"))
        if line:
            system, code = self._codes.split(line)
            self._keep(codes, system, code, number, "code")
        if not name and not codes:
            return None
        municipality = text(header.cell(row, "municipality")) or None
        region = text(header.cell(row, "region")) or None
        return UnitRef("school", name or next(iter(codes.values())), tuple(codes.items()), municipality, region)

    def _keep(self, codes: dict[CodeSystem, str], system: CodeSystem, code: str | None, number: int, key: str) -> None:
        if code is None:
            self._findings.add("IMP_CODE_UNFIT", number, self._header.at.get(key))
        elif codes.setdefault(system, code) != code:
            self._findings.add("IMP_CODE_DIFFERS", number, self._header.at.get(key))


Placed = tuple[ExternalMark, int | None]
"""What a row says and the column it stands in."""


@dataclass(frozen=True, slots=True)
class ListRow:
    """One row of a list: its number, its cells, its calendar year (0 where that is not known)."""

    number: int
    cells: Row
    year: int


class ListTable(ABC):
    """One sheet of a list: what its rows say.

    Attributes:
        header: the row of headings.
        school: whose rows are that name no school themselves, None where each must.
        by_item: a school stands once an item, not once a list.
        carries: a school stands for the rows below it too.
        section: tells whether a row heads those below it; such a row is read no further.
    """

    by_item = False
    carries = False
    section: Callable[[Row], bool] | None = None

    def __init__(self, header: Header, findings: Findings) -> None:
        self.header = header
        self.findings = findings
        self.school: UnitRef | None = None

    @abstractmethod
    def marks(self, line: ListRow) -> Sequence[Placed]:
        """Return what a row says of its school, nothing where it says nothing."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """One row with all it says; ``count`` is what repeats are compared by, so that spelling does not matter."""

    unit: UnitRef
    count: tuple[tuple[str, str | None], ...]
    origin: Origin
    what: Hashable
    rows: tuple[ParsedExternal, ...]


Make = Callable[[Sheet, Order, Findings], ListTable | None]


def read_list(book: Book, order: Order, kind: ExternalKind, title: str, make: Make) -> FileReading:
    """Return a list from outside.

    Args:
        book: the file.
        order: what the user has said.
        kind: which list.
        title: what the list is called where the lines above the table do not say.
        make: the table of a sheet, or None where there is none.
    """
    entries: list[_Entry] = []
    problems: list[Problem] = []
    questions: dict[str, Question] = {}
    rows_read = 0
    found_title = ""
    for sheet in book.sheets:
        findings = Findings(sheet.name)
        table = make(sheet, order, findings)
        if table is None:
            continue
        schools = Schools(sheet, table.header, order, findings)
        if schools.asks:
            questions.setdefault("code_system", CODE_QUESTION)
        year = 0
        if "year" not in table.header:
            stated, question = year_of_list(book, sheet, table.header.row, order, findings)
            year = stated or 0
            if question is not None:
                questions.setdefault("year", question)
        found_title = found_title or title_above(sheet, table.header.row)
        if not questions:
            read, count = _rows(sheet, table, schools, year, findings)
            entries += read
            rows_read += count
        problems += findings.problems
    kept = [] if questions else without_repeats(((entry.what, entry) for entry in entries), problems)
    externals = [row for entry in kept for row in entry.rows]
    years = [row.year for row in externals if row.year]
    title = found_title or title
    return book.reading(
        kind,
        title=title,
        externals=externals,
        external_head=ExternalHead(kind, max(years), title) if years else None,
        problems=() if questions else problems,
        questions=questions.values(),
        rows_read=rows_read,
    )


def _rows(
    sheet: Sheet, table: ListTable, schools: Schools, year_of_all: int, findings: Findings
) -> tuple[list[_Entry], int]:
    header = table.header
    found: list[_Entry] = []
    rows_read = 0
    for number, row in sheet.rows():
        if number <= header.row or is_blank(row) or _numbers_of_columns(row):
            continue
        if table.section is not None and table.section(row):
            continue
        if is_total(text(header.cell(row, "school"))) or (is_total(text(row[0])) and not text(row[-1])):
            findings.add("IMP_TOTALS_ROW", number, level="hint")
            continue
        unit = schools.unit(number, row) or table.school
        if table.carries:
            table.school = unit
        year, unfit = _year_of_row(row, header) if "year" in header else (year_of_all, None)
        marks = table.marks(ListRow(number, row, year))
        said = any(mark.raw for mark, _ in marks)
        if (unit is None and not said) or (_lone(row) and len(header.at) > (2 if said else 1)):
            continue  # a remark under the table
        rows_read += 1
        if unit is None:
            findings.add("IMP_UNIT_MISSING", number, min(header.at.values()))
        if unfit:
            findings.add(unfit, number, header.at["year"])
        if unit is None or unfit or not marks:
            continue
        made = tuple(
            ParsedExternal(unit, mark, Origin(sheet.name, number, number, _cell(number, column)), year)
            for mark, column in marks
        )
        count = tuple((mark.item, mark.value) for mark, _ in marks)
        origin = Origin(sheet.name, number, number)
        what = (year, *(mark.item for mark, _ in marks)) if table.by_item else year
        found.append(_Entry(unit, count, origin, what, made))
    return found, rows_read


def _numbers_of_columns(row: Row) -> bool:
    """Tell whether a row numbers the columns: «1 | 2 | 3»."""
    filled = [text(value) for value in row if text(value)]
    return len(filled) > 2 and filled in ([str(n) for n in range(k, len(filled) + k)] for k in (1, 2))


def _lone(row: Row) -> bool:
    return sum(bool(text(value)) for value in row) == 1


def _cell(number: int, column: int | None) -> str | None:
    return None if column is None else address(number, column)


def _year_of_row(row: Row, header: Header) -> tuple[int, str | None]:
    """Return the year of a row, or 0 and the code of what is wrong with its cell."""
    try:
        year = whole(header.cell(row, "year"))
    except UnfitCellError as fault:
        return 0, fault.code
    fits = year is not None and _FIRST_YEAR <= year <= _LAST_YEAR
    return (year or 0, None) if fits else (0, "IMP_YEAR_STRANGE")


def year_of_list(
    book: Book, sheet: Sheet, header_row: int, order: Order, findings: Findings
) -> tuple[int | None, Question | None]:
    """Return the calendar year of a list without a column of years, or the question.

    One year in the lines above the table is the list's; «2024/2025» are two, and a person says which is meant. What
    the file's name says is only offered.
    """
    above = {
        int(year)
        for number, row in sheet.head()
        if number < header_row
        for value in row
        for year in _YEAR.findall(text(value))
        if _FIRST_YEAR <= int(year) <= _LAST_YEAR
    }
    said = order.number("year")
    if len(above) == 1:
        year = above.pop()
        if said is not None and said != year:
            findings.add("IMP_HINT_DIFFERS", what="год")
        return year, None
    asked = "За какой год этот список? В файле один год не назван."
    if said is not None:
        if _FIRST_YEAR <= said <= _LAST_YEAR:
            return said, None
        asked = f"Год {said} не подходит. {asked}"
    offered = above or {int(year) for year in _YEAR.findall(book.name)}
    return None, Question("year", asked, tuple(str(year) for year in sorted(offered)))


def title_above(sheet: Sheet, header_row: int) -> str:
    """Return the longest line above the table that is a phrase: what the list is called in the file."""
    lines = [text(value) for number, row in sheet.head() if number < header_row for value in row]
    phrases = [line for line in lines if len(heading(line).split()) > 2]
    return max(phrases, key=len, default="")[:300]
