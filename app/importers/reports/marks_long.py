"""The long regional table of marks: «… · Кол-во участников · 2 · 3 · 4 · 5», shares in per cent (format §1.4).

Its headings are nearly those of our own table of results (``marks_table``), where figures are counts: the figures tell
which it is. Where they can't, a person is asked and nothing is taken.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from app.errors import Problem
from app.importers import marks_table
from app.importers.book import Book, Sheet
from app.importers.findings import Findings, without_repeats
from app.importers.grid import Header, Headings, letters
from app.importers.order import Order
from app.importers.parsed import FileReading, ParsedMark, Question, UnitRef
from app.importers.reports.long_table import (
    COMMON,
    COUNTS,
    KIND_QUESTION,
    SHARES,
    LongTable,
    Work,
    coarse_decimals,
    find_header,
    percents,
    restored,
    verdict,
)
from app.models.records import MarkCount, Origin

MARKS = ("2", "3", "4", "5")
HEADINGS = Headings(
    {
        **COMMON,
        **{mark: (mark, f"{mark} %", f"отметка {mark}", f"отметка {mark} %", f"доля {mark}") for mark in MARKS},
        "score": ("0", "1", "6", "7"),
    }
)


def _header(sheet: Sheet) -> Header | None:
    header = find_header(sheet, HEADINGS, MARKS)
    return None if header is None or "score" in header else header


def _columns(header: Header) -> list[int]:
    return [header.at[mark] for mark in MARKS]


def recognise(book: Book) -> float | None:
    """Known by its headings and by figures that are shares; where figures say nothing, only beside «Логин»."""
    best: float | None = None
    for sheet in book.sheets:
        header = _header(sheet)
        if header is None:
            continue
        found = {"percent": 0.95, "counts": None, "unclear": 0.6}[verdict(sheet, header, _columns(header))]
        if found == 0.6 and ("login" not in header or "procedure" in header):
            found = None
        best = max(best or 0.0, found or 0.0) or None
    return best


def read(book: Book, order: Order) -> FileReading:
    """Return whole counts restored from shares; a table of counts goes to ``marks_table`` once a person has said so."""
    answer = order.hints.answers.get("kind", "").strip().lower()
    if answer == COUNTS:
        return marks_table.read(book, order)
    told = answer == SHARES or order.hints.kind == "marks_long"
    marks: list[tuple[Hashable, ParsedMark]] = []
    problems: list[Problem] = []
    questions: dict[str, Question] = {}
    rows_read = 0
    for sheet in book.sheets:
        header = _header(sheet)
        if header is None:
            continue
        table = LongTable(sheet, header, order, Findings(sheet.name))
        if not told and verdict(sheet, header, _columns(header)) != "percent":
            questions["kind"] = KIND_QUESTION
        for question in table.questions():
            questions.setdefault(question.key, question)
        if not questions:
            marks += _marks(table)
        rows_read += table.rows_read
        problems += table.findings.problems
    return book.reading(
        "marks_long",
        title="Сводная таблица отметок",
        marks=() if questions else without_repeats(marks, problems),
        problems=() if questions else problems,
        questions=questions.values(),
        rows_read=rows_read,
    )


def _marks(table: LongTable) -> list[tuple[Hashable, ParsedMark]]:
    columns = _columns(table.header)
    name = table.sheet.name
    first = min(table.header.at["participants"], *columns)
    last = max(table.header.at["participants"], *columns)
    left, right = letters(first), letters(last)
    taken: list[tuple[int, UnitRef, Work, int, Sequence[float]]] = []
    for number, row, unit, work, people in table.rows():
        shares = percents(table, number, row, columns) if people else [0.0] * len(MARKS)
        if shares is not None:
            taken.append((number, unit, work, people, shares))
    exact_below = 10 ** (coarse_decimals(figures for *_, figures in taken) + 2)
    found: list[tuple[Hashable, ParsedMark]] = []
    for number, unit, work, people, figures in taken:
        m2, m3, m4, m5 = restored(figures, people)
        if people >= exact_below:
            off = -(-people // (2 * exact_below))
            table.findings.add("IMP_COUNT_APPROXIMATE", number, columns[0], off=off)
        elif m2 + m3 + m4 + m5 != people:
            column = table.header.at["participants"]
            table.findings.add("IMP_RESTORED_SUM", number, column, total=m2 + m3 + m4 + m5, participants=people)
        assessment, year = work
        count = MarkCount(assessment, year, people, m2, m3, m4, m5, m2, restored=True)
        origin = Origin(name, number, number, f"{left}{number}:{right}{number}")
        found.append((work, ParsedMark(unit, count, origin)))
    return found
