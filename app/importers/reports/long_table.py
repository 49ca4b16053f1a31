"""What the long regional tables share: headings, who and what a row is of, and whether figures are shares or counts.

«Год · Класс · Предмет · Муниципалитет · Логин · ОО · Кол-во участников · …» (format §1.4), a row a school and a work,
100,000 rows and more: what repeats from row to row is understood once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import islice
from operator import itemgetter
from typing import Any, Literal

from app.importers.book import Sheet
from app.importers.codes import fisoko_login
from app.importers.findings import Findings
from app.importers.grid import (
    LARGEST_COUNT,
    Cell,
    Header,
    Headings,
    Row,
    UnfitCellError,
    at,
    count_of_share,
    is_blank,
    is_total,
    share,
    text,
    whole,
)
from app.importers.order import Order, contradictions
from app.importers.parsed import Question, UnitRef
from app.importers.subjects import level_of, subject_or_as_written
from app.importers.titles import Title, procedure_of, read_title
from app.models.records import Assessment, Procedure, normal_grade

COMMON: dict[str, tuple[str, ...]] = {
    "year": ("год", "год процедуры", "год проведения"),
    "grade": ("класс", "параллель"),
    "subject": ("предмет", "учебный предмет"),
    "procedure": ("процедура", "оценочная процедура"),
    "level": ("уровень", "уровень предмета"),
    "municipality": ("муниципалитет", "муниципальное образование", "мо"),
    "login": ("логин", "логин оо", "логин школы", "логин фис око", "код", "код оо", "код школы"),
    "school": ("оо", "школа", "название оо", "наименование оо", "название школы", "наименование школы",
               "образовательная организация"),
    "participants": ("кол во участников", "количество участников", "участников", "число участников"),
}  # fmt: skip
UNIT_KEYS = ("login", "school", "municipality")
WORK_KEYS = ("year", "grade", "subject", "procedure", "level")
SHARES, COUNTS = "доли в процентах", "количества"
KIND_QUESTION = Question(
    "kind",
    "Что стоит в столбцах: доли участников в процентах или количества? По самим числам это не понять.",
    (SHARES, COUNTS),
)
WIDEST_DEVIATION = 0.1
_FIRST_YEAR, _LAST_YEAR = 2014, 2099
_SAMPLE = 300
_MANY = 10

_FLOATS = {float}
Verdict = Literal["percent", "counts", "unclear"]
Work = tuple[Assessment, int]


def find_header(sheet: Sheet, headings: Headings, needed: Sequence[str]) -> Header | None:
    """Return the row of headings of a long table: a school by login or name, participants and the figures."""
    for school in ("login", "school"):
        header = sheet.header(headings, (school, "participants", *needed))
        if header is not None:
            return header
    return None


def _nothing(_row: Row) -> None:
    """The work of a table that has no column about it."""


def verdict(sheet: Sheet, header: Header, columns: Sequence[int]) -> Verdict:
    """Tell shares from counts by the first rows: shares give 100 whatever N is, counts give N at most.

    A fraction is a share. Rows of 100 participants tell nothing. What speaks for both sides, or for neither, is
    ``unclear``; one row in ten against the others is an error of that row.
    """
    shares = counts = 0
    for number, row in islice(sheet.rows(), header.row + _SAMPLE):
        if number > header.row:
            found = _row_verdict(row, header, columns)
            shares += found == "percent"
            counts += found == "counts"
    if shares > counts * _MANY:
        return "percent"
    return "counts" if counts > shares * _MANY else "unclear"


def _row_verdict(row: Row, header: Header, columns: Sequence[int]) -> Verdict:
    try:
        people = whole(header.cell(row, "participants"))
        figures = [value for column in columns if (value := share(at(row, column))) is not None]
    except UnfitCellError:
        return "unclear"
    if not people or not figures:
        return "unclear"
    total = sum(figures, Decimal(0))
    fractions = any(value % 1 for value in figures)
    near = abs(total - 100) <= 1 or (fractions and abs(total - 1) <= Decimal("0.01"))
    if fractions:
        return "percent" if near else "unclear"
    if near:
        return "unclear" if total == people else "percent"
    return "counts" if total <= people else "unclear"


class LongTable:
    """One sheet with a long table: reads everything of a row but its figures."""

    def __init__(self, sheet: Sheet, header: Header, order: Order, findings: Findings) -> None:
        self.sheet = sheet
        self.header = header
        self.findings = findings
        self.rows_read = 0
        self._order = order
        self._said = order.title()
        self._above = Title()
        self._units: dict[object, UnitRef] = {}
        self._works: dict[object, Work] = {}
        self._strange_subjects: set[str] = set()
        self._people = header.at["participants"]
        for number, row in sheet.head():
            if number < header.row and row:
                title = read_title(text(row[0]))
                self._above = title if title.year else self._above
        if not {"year", "subject", "grade"} & header.at.keys():
            for what in contradictions(self._said, self._above):
                findings.add("IMP_NAME_DIFFERS", what=what)

    def questions(self) -> list[Question]:
        """Return what neither the columns nor the user say. The procedure is ВПР unless something says otherwise."""
        asked: list[Question] = []
        for key, words in (("year", "За какой год"), ("subject", "По какому предмету"), ("grade", "За какой класс")):
            if key not in self.header and not (getattr(self._said, key) or getattr(self._above, key)):
                column = {"year": "Год", "subject": "Предмет", "grade": "Класс"}[key]
                question = f"{words} результаты? В таблице нет столбца «{column}»."
                asked.append(Question(key, question))  # type: ignore[arg-type]
        return asked

    def rows(self) -> Iterable[tuple[int, Row, UnitRef, Work, int]]:
        """Yield (row number, cells, school, work, participants) of every row without an error in them."""
        at_key = self.header.at
        unit_cells = itemgetter(*[at_key[key] for key in UNIT_KEYS if key in at_key])
        work_keys = [at_key[key] for key in WORK_KEYS if key in at_key]
        work_cells = itemgetter(*work_keys) if work_keys else _nothing
        units, works, people_column = self._units, self._works, self._people
        least = max(at_key.values()) + 1
        for number, cells in self.sheet.rows():
            if number <= self.header.row:
                continue
            if not number & 2047:
                self._order.tick(number, self.sheet.height)
            row = cells if len(cells) >= least else [*cells, *[None] * (least - len(cells))]
            key = unit_cells(row)
            unit = units.get(key)
            if unit is None:
                if is_blank(row):
                    continue
                unit = self._unit(number, row, key)
                if unit is None:
                    continue
            key = work_cells(row)
            work = works.get(key) or self._work(number, row, key)
            self.rows_read += 1
            people = self._participants(number, row[people_column])
            if work is not None and people is not None:
                yield number, row, unit, work, people

    def _participants(self, number: int, value: Cell) -> int | None:
        if type(value) is float and value.is_integer() and 0 <= value <= LARGEST_COUNT:
            return int(value)
        people, fits = self.findings.whole_at(number, self._people, value)
        if people is None and fits:
            self.findings.add("IMP_PARTICIPANTS_MISSING", number, self._people)
        return people

    def _unit(self, number: int, row: Row, key: object) -> UnitRef | None:
        login, name, municipality = (text(self.header.cell(row, one)) for one in UNIT_KEYS)
        if is_total(name) or (is_total(login) and not name) or (is_total(municipality) and not name and not login):
            self.findings.add("IMP_TOTALS_ROW", number)
            return None
        code = fisoko_login(f"edu{login}" if login.isascii() and login.isdecimal() and len(login) == 6 else login)
        if login and code is None:
            self.findings.add("IMP_CODE_UNFIT", number, self.header.at.get("login"))
        if not name and code is None:
            self.findings.add("IMP_UNIT_MISSING", number, self.header.at.get("school", self.header.at.get("login")))
            return None
        found = UnitRef("school", name or code or "", (("fisoko", code),) if code else (), municipality or None)
        if not login or code:
            self._units[key] = found  # a bad login is told at each of its rows
        return found

    def _work(self, number: int, row: Row, key: object) -> Work | None:
        findings, header, said, above = self.findings, self.header, self._said, self._above
        before = len(findings.problems)
        year, _ = findings.whole(header, number, row, "year")
        year = year or said.year or above.year
        if len(findings.problems) == before and (year is None or not _FIRST_YEAR <= year <= _LAST_YEAR):
            findings.add("IMP_YEAR_STRANGE", number, header.at.get("year"))
        procedure = self._procedure(number, row)
        grade, fits = findings.whole(header, number, row, "grade")
        grade = normal_grade(procedure, grade or said.grade or above.grade)
        if fits and (grade is None or not 1 <= grade <= 12):
            findings.add("IMP_GRADE_STRANGE", number, header.at.get("grade"))
        name = text(header.cell(row, "subject")) or said.subject or above.subject or ""
        if not name:
            findings.add("IMP_SUBJECT_MISSING", number, header.at.get("subject"))
        if year is None or len(findings.problems) > before:
            return None
        subject = subject_or_as_written(name)
        if not subject.known and subject.name not in self._strange_subjects:
            self._strange_subjects.add(subject.name)
            findings.add("IMP_SUBJECT_UNKNOWN", number, header.at.get("subject"), subject=subject.name)
        level = level_of(text(header.cell(row, "level")).lower()) or subject.level
        found = (Assessment(procedure, subject.name, level, grade), year)
        self._works[key] = next((work for work in self._works.values() if work == found), found)
        return self._works[key]

    def _procedure(self, number: int, row: Row) -> Procedure:
        line = text(self.header.cell(row, "procedure"))
        found = procedure_of(line) if line else self._said.procedure or self._above.procedure or "ВПР"
        if found is None:
            self.findings.add("IMP_PROCEDURE_UNKNOWN", number, self.header.at["procedure"])
        return found or "ВПР"


def percents(
    table: LongTable, number: int, row: Row, columns: Sequence[int], unfit: str = "IMP_SHARES_SUM"
) -> list[float] | None:
    """Return the shares of a row in per cent, empty ones as 0; None where they are no shares of one whole (noted).

    ``unfit`` is the code for shares that do not give 100. Plain numbers go the short way; texts,
    dashes and cells formatted as percent the long one.
    """
    first, last = columns[0], columns[-1]
    plain: list[Any] = list(
        row[first : last + 1] if last - first + 1 == len(columns) else [row[column] for column in columns]
    )
    if set(map(type, plain)) != _FLOATS:
        plain = [0.0 if value == "" or value is None else value for value in plain]
        if set(map(type, plain)) != _FLOATS:
            read = _read_shares(table, number, plain, columns)
            if read is None:
                return None
            plain = read
    figures: list[float] = plain
    total = sum(figures)
    if abs(total - 1) <= WIDEST_DEVIATION / 100 and any(value % 1 for value in figures):
        figures, total = [value * 100 for value in figures], total * 100
    lowest, highest = min(figures), max(figures)
    if not (lowest >= 0 and highest <= 100):
        wrong = lowest if lowest < 0 else highest
        table.findings.add("IMP_NOT_SHARE", number, columns[figures.index(wrong)])
        return None
    if not abs(total - 100) <= max(WIDEST_DEVIATION, len(columns) * 0.005) + 1e-9:  # 0.005 off with two decimals
        table.findings.add(unfit, number, columns[0])
        return None
    return figures


def _read_shares(table: LongTable, number: int, values: Sequence[Cell], columns: Sequence[int]) -> list[Any] | None:
    found: list[float] = []
    for column, value in zip(columns, values, strict=True):
        try:
            found.append(_share_of_text(value) if type(value) is str else float(share(value) or 0))
        except UnfitCellError as fault:
            table.findings.add(fault.code, number, column)
            return None
    return found


@lru_cache(8_192)
def _share_of_text(value: str) -> float:
    """Return a share written as text; with two decimals there are ten thousand of them in any table.

    Raises:
        UnfitCellError: IMP_NOT_NUMBER or IMP_NOT_SHARE.
    """
    return float(share(value) or 0)


def restored(percents: Sequence[float], participants: int) -> list[int]:
    """Return p·N/100 of each, rounded half up: as ``grid.count_of_share``, but quick where no half is near."""
    share_of_one = participants / 100
    found = [int(value * share_of_one + 0.5000005) for value in percents]
    if found == [int(value * share_of_one + 0.4999995) for value in percents]:
        return found
    return [count_of_share(Decimal(repr(value)), participants) for value in percents]


def coarse_decimals(rows: Iterable[Sequence[float]]) -> int:
    """Return how many decimals the shares carry, 2 standing for two or more: enough to tell exact counts by."""
    most = 0
    for row in rows:
        for value in row:
            if value % 1:
                most = max(most, 1)
                if abs(value * 10 - round(value * 10)) > 1e-6:
                    return 2
    return most
