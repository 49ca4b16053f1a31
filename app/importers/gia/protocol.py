"""Protocols of ОГЭ and ЕГЭ from РЦОИ: lines of pupils become counts of schools (format §5, domain §3 and §4).

Names, documents and codes of participants are dropped while reading. ГВЭ, oral parts alone, essays and September
sittings are left out and said; lists of appeals hold single pupils and are only reported.
"""

from __future__ import annotations

import datetime as dt
import re

from app.errors import Problem, problem
from app.importers.book import Book
from app.importers.findings import Findings
from app.importers.gia import layout
from app.importers.gia.blocks import Block, blocks_of
from app.importers.gia.counting import Counts, count_exam, measure_of
from app.importers.gia.exams import Exam, exam_of_file
from app.importers.gia.minimum import Minimums
from app.importers.gia.sittings import Exam9or11
from app.importers.order import Order
from app.importers.parsed import FileReading, Question
from app.importers.subjects import SUBJECTS
from app.importers.titles import read_title
from app.models.records import Assessment, Level, Procedure
from app.texts import count as counted

_NINE = re.compile(r"\bогэ\b|\bгиа-?9\b|основного общего", re.IGNORECASE)
_ELEVEN = re.compile(r"\bегэ\b|\bгиа-?11\b|среднего общего", re.IGNORECASE)
_RETAKES_FROM = 8
_BASE_MATHS = 22
_SHOWN = 3
_CODES_OF_KIND = {"gve": "IMP_GIA_GVE", "oral": "IMP_GIA_ORAL", "essay": "IMP_GIA_ESSAY"}


def recognise(book: Book) -> float | None:
    """Known by its headings: the code of a school beside results; surer with columns of names or an exam's line."""
    best: float | None = None
    for sheet in book.sheets:
        header = layout.protocol_header(sheet)
        if header is None:
            continue
        answers = "short" in header or "long" in header or layout.is_appeals(header)
        persons = any(key in header for key in layout.PERSONAL)
        found = 0.95 if answers and persons else 0.9 if persons or answers else 0.3
        best = found if best is None else max(best, found)
    return best


def read(book: Book, order: Order) -> FileReading:
    """Return counts of marks, scores and tasks of every school and exam of the file.

    What the file does not say (a date, ОГЭ or ЕГЭ, a minimum) becomes a question, and nothing is accepted then.
    """
    file = _File(book, order)
    for sheet in book.sheets:
        findings = Findings(sheet.name)
        for block in blocks_of(sheet, findings, order.tick):
            file.take(block, findings)
        file.problems += findings.problems
    return file.reading()


class _File:
    """What all blocks of a file come to."""

    def __init__(self, book: Book, order: Order) -> None:
        self._book = book
        self._order = order
        self._exams: dict[tuple[Assessment, int], Exam9or11] = {}
        self._questions: dict[str, Question] = {}
        self._named: list[str] = []
        self._rows = 0
        self._appeals = 0
        self.problems: list[Problem] = []

    # --- one block ---------------------------------------------------------------------------------------------

    def take(self, block: Block, findings: Findings) -> None:
        """Put the pupils of a block to their exam, or say why they are left out."""
        self._rows += block.rows
        if block.is_appeals:
            self._appealed(block, findings)
            return
        exam = block.exam or self._exam_elsewhere(block)
        if exam is None or not block.sittings:
            return
        if self._left_out(block, exam, findings):
            return
        if exam.usual:
            findings.add("IMP_GIA_CODE_DIFFERS", block.first, number=exam.code, usual=exam.usual, subject=exam.name)
        if not exam.known:
            findings.add("IMP_SUBJECT_UNKNOWN", block.first, subject=exam.subject)
        procedure = _procedure(block, exam, self._book.name) or self._order.procedure()
        if procedure not in {"ОГЭ", "ЕГЭ"}:
            self._ask_procedure(exam)
            return
        level = _level(block, exam, procedure)
        _settle_results(block, procedure, level, findings)
        _refuse_incomplete(block, procedure, level, findings)
        self._check_total(block, exam, findings)
        work = Assessment(procedure, exam.subject, level, 9 if procedure == "ОГЭ" else 11)
        found = self._exams.setdefault((work, exam.date.year), Exam9or11(work, exam.date.year))
        found.sittings += block.sittings
        found.dates.add(exam.date)
        found.least_stated.update(block.least)
        region = layout.region_of(block.context)
        if region:
            found.regions.add(region)

    def _exam_elsewhere(self, block: Block) -> Exam | None:
        """The exam where no line names it: by the file's name or by what the user said; else a question."""
        named = exam_of_file(self._book.name)
        if named is not None:
            return named
        title, said = read_title(self._book.name.rsplit(".", 1)[0]), self._order.title()
        year, subject = said.year or title.year, said.subject or title.subject
        level = said.level if said.subject else title.level
        if not block.sittings:
            return None
        if year is None:
            self._questions.setdefault("year", Question("year", "В каком году был экзамен? В файле нет его даты."))
        if subject is None:
            ask = "По какому предмету экзамен? В файле он не назван."
            self._questions.setdefault("subject", Question("subject", ask, SUBJECTS))
        if year is None or subject is None:
            return None
        return Exam(subject, subject, level, dt.date(year, 1, 1))

    def _left_out(self, block: Block, exam: Exam, findings: Findings) -> bool:
        code = _CODES_OF_KIND.get(exam.kind)
        if code is None and exam.date.month >= _RETAKES_FROM:
            code = "IMP_GIA_RETAKES"
        if code is None:
            return False
        rows = counted(len(block.sittings), "строка", "строки", "строк")
        findings.add(code, block.first, exam=exam.label, rows=rows)
        return True

    def _appealed(self, block: Block, findings: Findings) -> None:
        exams = ", ".join(sorted(name for name in block.appeals if name))
        if not exams and block.exam:
            exams = block.exam.label
        rows = counted(block.rows, "строка", "строки", "строк")
        self._appeals += block.rows
        findings.add("IMP_GIA_APPEALS", block.first, rows=rows, exams=f" ({exams})" if exams else "")

    def _ask_procedure(self, exam: Exam) -> None:
        ask = f"Это ОГЭ или ЕГЭ? По протоколу «{exam.label}» этого не понять."
        self._questions.setdefault("procedure", Question("procedure", ask, ("ОГЭ", "ЕГЭ")))

    @staticmethod
    def _check_total(block: Block, exam: Exam, findings: Findings) -> None:
        sat = sum(sitting.absence is None for sitting in block.sittings)
        if block.total is not None and block.total not in {sat, block.rows}:
            findings.add("IMP_GIA_TOTAL_DIFFERS", block.first, exam=exam.label, stated=block.total, sat=sat)

    # --- the whole file ----------------------------------------------------------------------------------------

    def reading(self) -> FileReading:
        """Return everything, or the questions that stand in the way."""
        questions = list(self._questions.values())
        exams = list(self._exams.values())
        found: list[Counts] = []
        if not questions:
            minimums = Minimums(self._order)
            least, asked = minimums.of([(exam, measure_of(exam.sittings)) for exam in exams])
            questions += asked
            if not questions:
                self.problems += minimums.problems
                found = [count_exam(exam, one, self.problems) for exam, one in zip(exams, least, strict=True)]
                self._tell_single_days()
        return self._book.reading(
            "gia_protocol",
            title=self._title(),
            marks=[mark for counts in found for mark in counts.marks],
            scores=[score for counts in found for score in counts.scores],
            tasks=[task for counts in found for task in counts.tasks],
            problems=self.problems,
            questions=questions,
            personal=True,
            rows_read=self._rows,
        )

    def _title(self) -> str:
        labels = [exam.label for exam in self._exams.values()]
        if not labels:
            return "Результаты апелляций ГИА" if self._appeals else "Протокол ГИА"
        if len(labels) <= 3:
            return "Протокол ГИА: " + "; ".join(labels)
        return f"Протоколы ГИА: {counted(len(labels), 'экзамен', 'экзамена', 'экзаменов')}"

    def _tell_single_days(self) -> None:
        """Say that a reserve day loaded apart would replace these counts instead of adding to them."""
        single = [exam.label for exam in self._exams.values() if len(exam.dates) == 1]
        if single:
            shown = "; ".join(single[:_SHOWN]) + ("…" if len(single) > _SHOWN else "")
            self.problems.append(problem("IMP_GIA_ONE_DAY", exams=shown))


def _procedure(block: Block, exam: Exam, file_name: str) -> Procedure | None:
    """Return ОГЭ or ЕГЭ by the columns, the classes and the words above; None where they don't agree or say nothing."""
    grades = {sitting.grade for sitting in block.sittings} - {None}
    nine, eleven = 9 in grades, bool(grades & {10, 11, 12})
    maths = exam.subject == "Математика"
    if "test" in block.header:
        return None if nine and not eleven else "ЕГЭ"
    if exam.level == "base" or exam.code == _BASE_MATHS:
        return None if nine and not eleven else "ЕГЭ"
    if block.has("mark"):
        if eleven and not nine:
            return "ЕГЭ" if maths and exam.level is None else None
        return "ОГЭ"
    scores = [sitting.score for sitting in block.sittings if sitting.score is not None]
    if scores and max(scores) > 5:
        return None if nine and not eleven else "ЕГЭ"
    if nine != eleven:
        return "ОГЭ" if nine else "ЕГЭ"
    words = " ".join([*block.context, exam.name, file_name])
    says_nine, says_eleven = _NINE.search(words) is not None, _ELEVEN.search(words) is not None
    if says_nine != says_eleven:
        return "ОГЭ" if says_nine else "ЕГЭ"
    return None


def _level(block: Block, exam: Exam, procedure: Procedure) -> Level | None:
    """Return the level of maths at ЕГЭ: by name, by code, by what the results look like; nothing else has one."""
    if procedure != "ЕГЭ" or exam.subject != "Математика":
        return None
    if exam.level is not None:
        return exam.level
    results = [
        value
        for sitting in block.sittings
        for value in (sitting.test, sitting.score, sitting.mark)
        if value is not None
    ]
    looks_base = bool(results) and all(value in {2, 3, 4, 5} for value in results)
    return "base" if exam.code == _BASE_MATHS or looks_base else "profile"


def _settle_results(block: Block, procedure: Procedure, level: Level | None, findings: Findings) -> None:
    """Give «Балл» its meaning: a mark at ОГЭ and at base maths, a test score at ЕГЭ; take out what can't be."""
    by_mark = procedure == "ОГЭ" or level == "base"
    good = []
    for sitting in block.sittings:
        given = sitting.mark if sitting.mark is not None else sitting.score
        if by_mark and given is None:
            given = sitting.test
        if by_mark:
            sitting.mark, sitting.test = given or None, None
            if sitting.mark not in {None, 2, 3, 4, 5}:
                findings.add("IMP_GIA_MARK_STRANGE", sitting.row, _result_column(block))
                continue
        elif sitting.test is None:
            sitting.test = sitting.score
        sitting.mark = sitting.mark if by_mark else None
        good.append(sitting)
    block.sittings = good


def _refuse_incomplete(block: Block, procedure: Procedure, level: Level | None, findings: Findings) -> None:
    """Take out pupils without the result that others of the block have: nothing may be concluded for them."""
    by_mark = procedure == "ОГЭ" or level == "base"
    key = "mark" if by_mark else "test"
    if not block.has(key):
        return
    good = []
    for sitting in block.sittings:
        if sitting.absence is None and getattr(sitting, key) is None:
            code = "IMP_GIA_MARK_MISSING" if by_mark else "IMP_GIA_TEST_MISSING"
            findings.add(code, sitting.row, _result_column(block))
        else:
            good.append(sitting)
    block.sittings = good


def _result_column(block: Block) -> int | None:
    return next((block.header.at[key] for key in ("mark", "test", "score") if key in block.header), None)
