"""Official tables «ЕГЭ by school»: participants, mean, those below the minimum, 81-99 and 100 points.

Shares are restored to whole counts. A mean without participants is no data; a mean that can't be, as formulas with
stale values give, is said and not believed; the other figures of the row stay.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from app.importers.book import Book, Sheet
from app.importers.codes import CodeColumn, clean
from app.importers.findings import Findings, without_repeats
from app.importers.gia.ege_layout import Group, Layout, bare_subject, find_layout, is_numbering
from app.importers.gia.ege_totals import Totals
from app.importers.grid import (
    Cell,
    Row,
    UnfitCellError,
    address,
    count_of_share,
    is_blank,
    is_total,
    number,
    share,
    text,
)
from app.importers.marks_table import CODE_QUESTION
from app.importers.order import Order
from app.importers.parsed import FileReading, ParsedMark, Question, UnitRef
from app.importers.subjects import SUBJECTS, Subject, find_subject, subject_or_as_written
from app.importers.titles import read_title
from app.models.records import Assessment, CodeSystem, MarkCount, Origin

_EGE = re.compile(r"\bегэ\b|единого государственного", re.IGNORECASE)
_AREA = re.compile(
    r"\b(?:муниципальн\w*|городск\w*)?\s*(?:район|округ|край|область|республика)\b|^(?:город|г)\s", re.IGNORECASE
)
_SCHOOL = re.compile(
    r"школ|сош\b|оош\b|нош\b|лицей|гимнази|интернат|кадет|колледж|техникум|центр|\w?оу\b", re.IGNORECASE
)
_YEAR = re.compile(r"(?<!\d)(20\d{2})(?!\d)")
_LOWEST_BASE, _HIGHEST_BASE, _HIGHEST = 2, 5, 100
_MOST_DECIMALS = 4
_HALF_PUPIL = 50


def recognise(book: Book) -> float | None:
    """Known by schools, participants and means or those below the minimum, and by the word ЕГЭ or bands of points."""
    best: float | None = None
    for sheet in book.sheets:
        layout = find_layout(sheet)
        if layout is None or "procedure" in layout.units:
            continue
        said = _EGE.search(" ".join([*layout.above, sheet.name or "", book.name]).replace("_", " ")) is not None
        found = 0.85 if said else 0.6 if layout.has_bands else None
        if found is not None:
            best = found if best is None else max(best, found)
    return best


def read(book: Book, order: Order) -> FileReading:
    """Return the counts of every school and subject of every sheet; what the file does not say is asked."""
    rows: list[tuple[Hashable, ParsedMark]] = []
    problems = []
    questions: dict[str, Question] = {}
    rows_read = 0
    for sheet in book.sheets:
        layout = find_layout(sheet)
        if layout is None:
            continue
        findings = Findings(sheet.name)
        table = _Table(book, sheet, layout, order, findings)
        for question in table.questions():
            questions.setdefault(question.key, question)
        if not questions:
            rows += table.run()
        rows_read += table.rows_read
        problems += findings.problems
    return book.reading(
        "ege_schools",
        title="ЕГЭ по школам",
        marks=() if questions else without_repeats(rows, problems),
        problems=() if questions else problems,
        questions=questions.values(),
        rows_read=rows_read,
    )


@dataclass(frozen=True, slots=True)
class _Shares:
    """How a column of shares is written: fractions of one or per cent, and with how many decimals."""

    fraction: bool
    decimals: int


class _Table:
    """One sheet with such a table."""

    def __init__(self, book: Book, sheet: Sheet, layout: Layout, order: Order, findings: Findings) -> None:
        self._sheet = sheet
        self._layout = layout
        self._order = order
        self._findings = findings
        self._codes = CodeColumn((), None)
        self._shares: dict[int, _Shares] = {}
        self._empty = 0
        self._municipality: str | None = None
        self.rows_read = 0
        said = order.title()
        lines = [*layout.above, sheet.name or "", book.name.rsplit(".", 1)[0].replace("_", " ")]
        self._year = said.year or next((int(y.group(1)) for line in lines if (y := _YEAR.search(line))), None)
        subjects = [subject for line in lines if (subject := _subject_in(line))]
        self._subject = Subject(said.subject, said.level) if said.subject else subjects[0] if subjects else None

    def questions(self) -> list[Question]:
        """Return what neither the table nor the user says."""
        found = []
        if self._year is None and "year" not in self._layout.units:
            found.append(Question("year", "За какой год результаты ЕГЭ? В таблице год не назван."))
        named = "subject" in self._layout.units or all(group.subject for group in self._layout.groups)
        if not named and (self._subject is None or len(self._layout.groups) > 1):
            found.append(Question("subject", "По какому предмету ЕГЭ? В таблице предмет не назван.", SUBJECTS))
        if "code" in self._layout.units and "oo" not in self._layout.units:
            cells = (self._layout.cell(row, "code") for n, row in self._sheet.rows() if n > self._layout.row)
            self._codes = CodeColumn(cells, self._order.hints.answers.get("code_system"))
            if self._codes.question:
                found.append(CODE_QUESTION)
        return found

    def run(self) -> list[tuple[Hashable, ParsedMark]]:
        """Return the counts of every row of a school; totals are only compared."""
        self._learn_shares()
        totals = Totals(self._layout.groups)
        found: list[tuple[Hashable, ParsedMark]] = []
        for row_number, row in self._sheet.rows():
            if row_number <= self._layout.row or is_blank(row) or is_numbering(row):
                continue
            name = text(self._layout.cell(row, "school"))
            if is_total(name) or is_total(next((text(value) for value in row if text(value)), "")):
                totals.stated(row_number, row)
                self._findings.add("IMP_TOTALS_ROW", row_number, self._layout.units.get("school"), level="hint")
            elif self._is_area(name, row):
                if not any(text(group.cell(row, key)) for group in self._layout.groups for key in group.columns):
                    self._municipality = name
            elif not self._is_remark(row):
                self.rows_read += 1
                totals.school(row_number, row)
                found += self._school(row_number, row, name)
        totals.compare(self._findings)
        if self._empty:
            self._findings.add("IMP_EGE_NO_DATA", cells=self._empty)
        return found

    def _learn_shares(self) -> None:
        shares = [
            (group, key)
            for group in self._layout.groups
            for key in ("below_share", "high_share", "hundred_share")
            if key in group.columns
        ]
        rows = [row for row_number, row in self._sheet.rows() if row_number > self._layout.row] if shares else []
        for group, key in shares:
            pairs = [(_number(group.cell(row, key)), _number(group.cell(row, "participants"))) for row in rows]
            self._shares[group.columns[key]] = _written(
                [(value, people) for value, people in pairs if value is not None and people]
            )

    def _is_area(self, name: str, row: Row) -> bool:
        coded = any(text(self._layout.cell(row, key)) for key in ("oo", "code"))
        return bool(name) and not coded and _AREA.search(name) is not None and _SCHOOL.search(name) is None

    def _is_remark(self, row: Row) -> bool:
        """A line under the table without any figure is a remark."""
        return not any(text(group.cell(row, key)) for group in self._layout.groups for key in group.columns)

    def _school(self, row_number: int, row: Row, name: str) -> list[tuple[Hashable, ParsedMark]]:
        unit = self._unit(row_number, row, name)
        if unit is None:
            return []
        year = self._year_of(row_number, row)
        if year is None:
            return []
        found: list[tuple[Hashable, ParsedMark]] = []
        for group in self._layout.groups:
            subject = group.subject or self._subject_of(row_number, row)
            if subject is None:
                continue
            work = Assessment("ЕГЭ", subject.name, subject.level, 11)
            count = self._count(row_number, row, group, work, year)
            if count is not None:
                columns = group.columns.values()
                origin = Origin(
                    self._sheet.name, row_number, row_number, _cells(row_number, min(columns), max(columns))
                )
                found.append(((work, year), ParsedMark(unit, count, origin)))
        return found

    def _unit(self, row_number: int, row: Row, name: str) -> UnitRef | None:
        codes: list[tuple[CodeSystem, str]] = []
        msu = text(self._layout.cell(row, "msu"))
        oo = clean("oo", text(self._layout.cell(row, "oo")))
        if oo:
            codes.append(("oo", f"{msu}-{oo}" if msu.isdecimal() and "-" not in oo else oo))
        elif text(self._layout.cell(row, "code")):
            system, code = self._codes.split(self._layout.cell(row, "code"))
            if code is None:
                self._findings.add("IMP_CODE_UNFIT", row_number, self._layout.units.get("code"))
            else:
                codes.append((system, code))
        if msu.isdecimal():
            codes.append(("msu", msu))
        if not name and not any(system != "msu" for system, _code in codes):
            self._findings.add("IMP_UNIT_MISSING", row_number, self._layout.units.get("school"))
            return None
        municipality = text(self._layout.cell(row, "municipality")) or self._municipality
        return UnitRef("school", name or f"ОО {codes[0][1]}", tuple(codes), municipality)

    def _year_of(self, row_number: int, row: Row) -> int | None:
        line = text(self._layout.cell(row, "year"))
        named = _YEAR.fullmatch(line)
        year = int(named.group(1)) if named else None if line else self._year
        if year is None:
            self._findings.add("IMP_YEAR_STRANGE", row_number, self._layout.units.get("year"))
        return year

    def _subject_of(self, row_number: int, row: Row) -> Subject | None:
        line = text(self._layout.cell(row, "subject"))
        if not line:
            if self._subject is None:
                self._findings.add("IMP_SUBJECT_MISSING", row_number, self._layout.units.get("subject"))
            return self._subject
        return subject_or_as_written(bare_subject(line))

    # --- figures -----------------------------------------------------------------------------------------------

    def _count(self, row_number: int, row: Row, group: Group, work: Assessment, year: int) -> MarkCount | None:
        findings, columns = self._findings, group.columns
        participants, fits = findings.whole_at(row_number, columns["participants"], group.cell(row, "participants"))
        if not fits:
            return None
        if not participants:
            self._without_participants(row_number, row, group, stated=participants)
            return None
        below, restored, fits = self._part(row_number, row, group, "below", participants)
        high, _restored, high_fits = self._part(row_number, row, group, "high", participants)
        hundred, _restored, hundred_fits = self._part(row_number, row, group, "hundred", participants)
        if not (fits and high_fits and hundred_fits):
            return None
        at_below = columns.get("below", columns.get("below_share"))
        if below is not None and below > participants:
            findings.add("IMP_BELOW_EXCEEDS", row_number, at_below, below=below, participants=participants)
            return None
        total = sum(part for part in (below, high, hundred) if part is not None)
        if total > participants:
            findings.add("IMP_EGE_PARTS_EXCEED", row_number, at_below, total=total, participants=participants)
            return None
        mean = self._mean(row_number, row, group, work)
        return MarkCount(work, year, participants, below_min=below, mean=mean, restored=restored)

    def _without_participants(self, row_number: int, row: Row, group: Group, *, stated: int | None) -> None:
        """No participants: zeros, dashes and errors of formulas are no data; other figures are an error."""
        values = [_number(group.cell(row, key)) for key in group.columns if key != "participants"]
        if any(value for value in values if value is not None):
            code = "IMP_PARTICIPANTS_MISSING" if stated is None else "IMP_EGE_WITHOUT_PARTICIPANTS"
            self._findings.add(code, row_number, group.columns["participants"])
        else:
            self._empty += 1

    def _part(
        self, row_number: int, row: Row, group: Group, key: str, participants: int
    ) -> tuple[int | None, bool, bool]:
        """Return (count, restored from a share, fits) of one part of the participants; a count wins over a share."""
        if key in group.columns and text(group.cell(row, key)):
            count, fits = self._findings.whole_at(row_number, group.columns[key], group.cell(row, key))
            return count, False, fits
        column = group.columns.get(f"{key}_share")
        if column is None:
            return None, False, True
        try:
            percent = share(group.cell(row, f"{key}_share"))
        except UnfitCellError as fault:
            self._findings.add(fault.code, row_number, column)
            return None, False, False
        if percent is None:
            return None, False, True
        written = self._shares[column]
        if participants >= 10 ** (written.decimals + 2):
            off = -(-participants // (2 * 10 ** (written.decimals + 2)))
            self._findings.add("IMP_COUNT_APPROXIMATE", row_number, column, off=off)
        return count_of_share(percent * 100 if written.fraction else percent, participants), True, True

    def _mean(self, row_number: int, row: Row, group: Group, work: Assessment) -> str | None:
        """Return the stated mean; one that can't be is said and left out, the counts stay."""
        cell = group.cell(row, "mean")
        if not text(cell):
            return None
        mean = _number(cell)
        lowest, highest = (_LOWEST_BASE, _HIGHEST_BASE) if work.level == "base" else (0, _HIGHEST)
        if mean is None or not lowest <= mean <= highest or mean == 0:
            if text(cell) not in {"-", "–", "—"}:
                self._findings.add("IMP_EGE_MEAN_ABSURD", row_number, group.columns["mean"])
            return None
        return f"{mean.normalize():f}"


def _number(cell: Cell) -> Decimal | None:
    try:
        return number(cell)
    except UnfitCellError:
        return None


def _written(pairs: Sequence[tuple[Decimal, Decimal]]) -> _Shares:
    """Tell how a column of shares is written, from (share, participants) of its rows.

    A share above nothing that, as per cent, would be less than half a pupil is a fraction: 0.3 of 20 pupils.
    """
    values = [value for value, _people in pairs]
    fraction = bool(values) and max(values) <= 1 and any(0 < value * people < _HALF_PUPIL for value, people in pairs)
    places = [round(value, _MOST_DECIMALS).normalize().as_tuple().exponent for value in values]
    decimals = max((-place for place in places if isinstance(place, int)), default=0)
    return _Shares(fraction, max(0, decimals - 2 if fraction else decimals))


def _subject_in(line: str) -> Subject | None:
    """Return the one subject that a title, a sheet's or a file's name speaks of."""
    whole = find_subject(bare_subject(line))
    if whole is not None:
        return whole
    title = read_title(line)
    return Subject(title.subject, title.level) if title.subject else None


def _cells(row: int, first: int, last: int) -> str:
    return f"{address(row, first)}:{address(row, last)}"
