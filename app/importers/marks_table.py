"""Our own plain table of results, xlsx or csv: one row a school and a work, columns in any order.

«Школа; Код; Год; Процедура; Предмет; Класс; Участников; 2; 3; 4; 5; Ниже минимума; Средний балл», optional «Уровень».
Needed are a school (by name or code), and participants or marks; what a missing column would say comes from the
user's options or becomes a question.
"""

from __future__ import annotations

from itertools import islice
from typing import Any

from app.errors import Problem
from app.importers.book import Book, Sheet
from app.importers.codes import SYSTEM_OPTIONS, CodeColumn
from app.importers.findings import Findings
from app.importers.grid import Header, Headings, Row, UnfitCellError, is_blank, is_total, number, text
from app.importers.order import PROCEDURE_QUESTION, Order, contradictions
from app.importers.packed import MarkRows
from app.importers.parsed import FileReading, Question, UnitRef
from app.importers.quick_rows import Counts, QuickRows, told_once
from app.importers.subjects import level_of, subject_or_as_written
from app.importers.titles import Title, procedure_of, read_title
from app.models.records import Assessment, CodeSystem, Level, Procedure, normal_grade

MARKS = ("2", "3", "4", "5")
HEADINGS = Headings(
    {
        "school": ("школа", "название школы", "наименование школы", "оо", "название оо", "образовательная организация"),
        "code": ("код", "код школы", "логин", "логин фис око"),
        "municipality": ("муниципалитет", "муниципальное образование"),
        "year": ("год", "год процедуры"),
        "procedure": ("процедура", "оценочная процедура"),
        "subject": ("предмет", "учебный предмет"),
        "level": ("уровень", "уровень предмета"),
        "grade": ("класс", "параллель"),
        "participants": ("участников", "кол во участников", "количество участников", "число участников"),
        **{mark: (mark, f"отметка {mark}", f"кол во {mark}") for mark in MARKS},
        "below": ("ниже минимума", "ниже минимального балла", "ниже порога", "не преодолели минимум"),
        "mean": ("средний балл", "средняя отметка"),
    }
)
CODE_QUESTION = Question(
    "code_system", "Что за коды стоят в столбце «Код»? По виду их можно понять по-разному.", SYSTEM_OPTIONS
)
_FIRST_YEAR, _LAST_YEAR = 2000, 2099
_LOT = 4096


def _header(sheet: Sheet) -> Header | None:
    """The row of headings: a school, and participants, marks or «Ниже минимума»."""
    for school in ("school", "code"):
        for figures in (("participants",), ("below",), MARKS):
            header = sheet.header(HEADINGS, (school, *figures))
            if header is not None:
                return header
    return None


def recognise(book: Book) -> float | None:
    """Known by its headings; surer where the work is named in columns as our table does it."""
    headers = [header for sheet in book.sheets if (header := _header(sheet))]
    if not headers:
        return None
    return 0.9 if any("procedure" in header and "subject" in header for header in headers) else 0.4


def read(book: Book, order: Order) -> FileReading:
    """Return the counts of every good row of every sheet that has such a table."""
    rows = MarkRows()
    problems: list[Problem] = []
    questions: dict[str, Question] = {}
    rows_read = 0
    for sheet in book.sheets:
        header = _header(sheet)
        if header is None:
            continue
        findings = Findings(sheet.name)
        table = _Table(sheet, header, order, findings)
        for question in table.questions():
            questions.setdefault(question.key, question)
        if not questions:
            table.run(rows)
        rows_read += table.rows_read
        problems += findings.problems
    return book.reading(
        "marks",
        title="Таблица результатов",
        marks=() if questions else told_once(rows, problems),
        problems=() if questions else problems,
        questions=questions.values(),
        rows_read=rows_read,
    )


class _Table:
    """One sheet with a table of results."""

    def __init__(self, sheet: Sheet, header: Header, order: Order, findings: Findings) -> None:
        self._sheet = sheet
        self._header = header
        self._findings = findings
        self._said = order.title()
        self._order = order
        self._codes = CodeColumn((), None)
        self._unknown_subjects: set[str] = set()
        self.rows_read = 0
        above = Title()
        for row_number, row in sheet.head():
            if row_number < header.row and row:
                title = read_title(text(row[0]))
                above = title if title.year else above
        if "year" not in header and "subject" not in header:
            for what in contradictions(self._said, above):
                findings.add("IMP_NAME_DIFFERS", what=what)
        self._above = above

    def questions(self) -> list[Question]:
        """Return what neither the columns nor the user say."""
        header, said, above = self._header, self._said, self._above
        found: list[Question] = []
        if "year" not in header and not (said.year or above.year):
            found.append(Question("year", "За какой год результаты? В таблице нет столбца «Год»."))
        if "procedure" not in header and not (said.procedure or above.procedure):
            found.append(PROCEDURE_QUESTION)
        if "subject" not in header and not (said.subject or above.subject):
            found.append(Question("subject", "По какому предмету результаты? В таблице нет столбца «Предмет»."))
        if "code" in header:
            at = header.at["code"]
            cells = (row[at] for row_number, row in self._sheet.rows() if row_number > header.row and len(row) > at)
            self._codes = CodeColumn(cells, self._order.hints.answers.get("code_system"))
            if self._codes.question:
                found.append(CODE_QUESTION)
        return found

    def run(self, found: MarkRows) -> None:
        """Take every row without an error.

        Most rows of a large table are plain; what their cells say of unit and work is found out once and remembered.
        """
        quick = QuickRows(self._header, found, self._sheet.name)

        def learn(row_number: int, row: Row) -> None:
            self._learn(row_number, row, quick)

        rows = self._sheet.rows()
        while lot := list(islice(rows, _LOT)):
            self._order.tick(lot[-1][0], self._sheet.height)
            lot = [pair for pair in lot if pair[0] > self._header.row] if lot[0][0] <= self._header.row else lot
            if not lot:
                continue
            start = len(found)
            others = quick.take_lot(lot, learn)
            self.rows_read += len(lot) - len(others)
            for row_number, row in others:
                if quick.take(row_number, row):
                    self.rows_read += 1
                elif not is_blank(row):
                    self._take(row_number, row, quick)
            quick.settle(start)

    def _learn(self, row_number: int, row: Row, quick: QuickRows) -> None:
        """Remember what the cells of a row say of unit and work where nothing speaks against them; tell nothing yet."""
        told, subjects = len(self._findings.problems), set(self._unknown_subjects)
        if not is_total(text(self._header.cell(row, "school"))):
            unit = None if quick.knows_unit(row) else self._unit(row_number, row)
            if unit is not None and len(self._findings.problems) == told:
                quick.remember_unit(row, unit)
            before = len(self._findings.problems)
            work = None if quick.knows_work(row) else self._work(row_number, row)
            if work is not None and len(self._findings.problems) == before:
                quick.remember_work(row, work)
        del self._findings.problems[told:]
        self._unknown_subjects = subjects

    def _take(self, row_number: int, row: Row, quick: QuickRows) -> None:
        """Take a row that is seen for the first time or is not plain: each of its cells is looked at."""
        if is_total(text(self._header.cell(row, "school"))):
            self._add("IMP_TOTALS_ROW", row_number, "school", level="hint")
            return
        self.rows_read += 1
        told = len(self._findings.problems)
        unit = self._unit(row_number, row)
        sound_unit = len(self._findings.problems) == told
        told = len(self._findings.problems)
        work = self._work(row_number, row)
        sound_work = len(self._findings.problems) == told
        counts = self._counts(row_number, row)
        mean, mean_fits = self._mean(row_number, row)
        if unit is not None and sound_unit:
            quick.remember_unit(row, unit)
        if work is not None and sound_work:
            quick.remember_work(row, work)
        if unit is not None and work is not None and counts is not None and mean_fits:
            quick.add(row_number, unit, work, counts, mean)

    def _add(self, code: str, row_number: int, key: str, **context: Any) -> None:
        self._findings.add(code, row_number, self._header.at.get(key), **context)

    def _unit(self, row_number: int, row: Row) -> UnitRef | None:
        name = text(self._header.cell(row, "school"))
        cell = self._header.cell(row, "code")
        codes: tuple[tuple[CodeSystem, str], ...] = ()
        if text(cell):
            system, code = self._codes.split(cell)
            if code is None:
                self._add("IMP_CODE_UNFIT", row_number, "code")
            else:
                codes = ((system, code),)
        if not name and not codes:
            self._add("IMP_UNIT_MISSING", row_number, "school")
            return None
        municipality = text(self._header.cell(row, "municipality")) or None
        return UnitRef("school", name or codes[0][1], codes, municipality)

    def _work(self, row_number: int, row: Row) -> tuple[Assessment, int] | None:
        procedure = self._procedure(row_number, row)
        year = self._year(row_number, row)
        subject = self._subject(row_number, row)
        grade, fits = self._grade(row_number, row, procedure)
        if procedure is None or year is None or subject is None or not fits:
            return None
        name, level = subject
        return Assessment(procedure, name, level, grade), year

    def _procedure(self, row_number: int, row: Row) -> Procedure | None:
        line = text(self._header.cell(row, "procedure"))
        found = procedure_of(line) if line else self._said.procedure or self._above.procedure
        if found is None:
            self._add("IMP_PROCEDURE_UNKNOWN", row_number, "procedure")
        return found

    def _year(self, row_number: int, row: Row) -> int | None:
        year, fits = self._findings.whole(self._header, row_number, row, "year")
        if not fits:
            return None
        year = year or self._said.year or self._above.year
        if year is None or not _FIRST_YEAR <= year <= _LAST_YEAR:
            self._add("IMP_YEAR_STRANGE", row_number, "year")
            return None
        return year

    def _subject(self, row_number: int, row: Row) -> tuple[str, Level | None] | None:
        line = text(self._header.cell(row, "subject"))
        level = self._level(row_number, row)
        if not line:
            said = self._said if self._said.subject else self._above
            if said.subject is None:
                self._add("IMP_SUBJECT_MISSING", row_number, "subject")
                return None
            return said.subject, level or said.level
        subject = subject_or_as_written(line)
        if not subject.known and subject.name not in self._unknown_subjects:
            self._unknown_subjects.add(subject.name)
            self._add("IMP_SUBJECT_UNKNOWN", row_number, "subject", subject=subject.name)
        return subject.name, level or subject.level

    def _level(self, row_number: int, row: Row) -> Level | None:
        line = text(self._header.cell(row, "level")).lower()
        if not line or line in {"-", "–", "—"}:
            return None
        level = level_of(line)
        if level is None:
            self._add("IMP_LEVEL_UNKNOWN", row_number, "level")
        return level

    def _grade(self, row_number: int, row: Row, procedure: Procedure | None) -> tuple[int | None, bool]:
        grade, fits = self._findings.whole(self._header, row_number, row, "grade")
        if not fits or procedure is None:
            return None, fits
        grade = normal_grade(procedure, grade or self._said.grade or self._above.grade)
        if (grade is None and procedure == "ВПР") or (grade is not None and not 1 <= grade <= 12):
            self._add("IMP_GRADE_STRANGE", row_number, "grade")
            return None, False
        return grade, True

    def _mean(self, row_number: int, row: Row) -> tuple[str | None, bool]:
        try:
            mean = number(self._header.cell(row, "mean"))
        except UnfitCellError as fault:
            self._add(fault.code, row_number, "mean")
            return None, False
        return (None if mean is None else f"{mean:f}"), True

    def _counts(self, row_number: int, row: Row) -> Counts | None:
        header, findings = self._header, self._findings
        participants, good = findings.whole(header, row_number, row, "participants")
        marks: list[int | None] = []
        for mark in MARKS:
            count, fits = findings.whole(header, row_number, row, mark)
            marks.append(count)
            good = good and fits
        below, fits = findings.whole(header, row_number, row, "below")
        if not (good and fits):
            return None
        known = [count for count in marks if count is not None]
        if participants is None:
            if len(known) < len(MARKS):
                self._add("IMP_PARTICIPANTS_MISSING", row_number, "participants")
                return None
            participants = sum(known)
        if sum(known) > participants:
            self._add("IMP_MARKS_EXCEED", row_number, "participants", total=sum(known), participants=participants)
            return None
        if below is not None and below > participants:
            self._add("IMP_BELOW_EXCEEDS", row_number, "below", below=below, participants=participants)
            return None
        self._weigh(row_number, participants, marks, below)
        m2, m3, m4, m5 = marks
        return Counts(participants, m2, m3, m4, m5, m2 if below is None else below)

    def _weigh(self, row_number: int, participants: int, marks: list[int | None], below: int | None) -> None:
        """Note what is odd but possible: figures that a person should look at."""
        known = [count for count in marks if count is not None]
        if len(known) == len(MARKS) and sum(known) < participants:
            self._add("IMP_MARKS_SHORT", row_number, "participants", total=sum(known), participants=participants)
        if below is None and marks[0] is None:
            self._add("IMP_BELOW_UNKNOWN", row_number, "below")
        elif below is not None and marks[0] is not None and below != marks[0]:
            self._add("IMP_BELOW_DIFFERS", row_number, "below", below=below, m2=marks[0])
