"""The long regional table of primary points: «… · Кол-во участников · 0 · 1 · … · N» (format §1.4).

Figures are shares in per cent, restored to whole counts, or counts, taken as they are; which of the two the figures
tell, and where they can't a person is asked. A table of several works is as wide as the widest: a distribution goes as
far as any row of its work has something but an empty cell.
"""

from __future__ import annotations

from collections.abc import Sequence

from app.errors import Problem
from app.importers.book import Book, Sheet
from app.importers.findings import Findings, without_repeats
from app.importers.grid import Header, Headings, Row, address, at, letters
from app.importers.order import Order
from app.importers.parsed import FileReading, ParsedScores, Question, UnitRef
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
from app.models.records import Origin, ScoreCount

HIGHEST_SCORE = 100
_Taken = tuple[int, UnitRef, Work, int, Sequence[float]]
LEAST = ("0", "1", "2", "3", "4", "5", "6")
HEADINGS = Headings({**COMMON, **{str(n): (str(n), f"{n} %") for n in range(HIGHEST_SCORE + 1)}})


def _header(sheet: Sheet) -> Header | None:
    return find_header(sheet, HEADINGS, LEAST)


def _columns(header: Header) -> list[int]:
    """The columns of 0, 1, 2… as far as they go without a gap."""
    columns: list[int] = []
    while str(len(columns)) in header:
        columns.append(header.at[str(len(columns))])
    return columns


def recognise(book: Book) -> float | None:
    """Known by a school, participants and columns from 0 on."""
    return 0.9 if any(_header(sheet) for sheet in book.sheets) else None


def read(book: Book, order: Order) -> FileReading:
    """Return the distribution of every good row of every such sheet."""
    answer = order.hints.answers.get("kind", "").strip().lower()
    rows: list[tuple[Work, ParsedScores]] = []
    problems: list[Problem] = []
    questions: dict[str, Question] = {}
    rows_read = 0
    for sheet in book.sheets:
        header = _header(sheet)
        if header is None:
            continue
        table = LongTable(sheet, header, order, Findings(sheet.name))
        said = {SHARES: "percent", COUNTS: "counts"}.get(answer) or verdict(sheet, header, _columns(header))
        if said == "unclear":
            questions["kind"] = KIND_QUESTION
        for question in table.questions():
            questions.setdefault(question.key, question)
        if not questions:
            rows += _scores(table, shares=said == "percent")
        rows_read += table.rows_read
        problems += table.findings.problems
    return book.reading(
        "scores_long",
        title="Сводная таблица первичных баллов",
        scores=() if questions else without_repeats(rows, problems),
        problems=() if questions else problems,
        questions=questions.values(),
        rows_read=rows_read,
    )


def _scores(table: LongTable, *, shares: bool) -> list[tuple[Work, ParsedScores]]:
    columns = _columns(table.header)
    taken: list[_Taken] = []
    widths: dict[Work, int] = {}
    for number, row, unit, work, people in table.rows():
        width = len(columns)
        while width and at(row, columns[width - 1]) in ("", None):
            width -= 1
        figures: Sequence[float] | None = ()
        if people:
            figures = _figures(table, number, row, columns[:width], shares=shares)
            if not width:
                table.findings.add("IMP_PERCENTS_MISSING", number, columns[0])
        if figures is not None:
            widths[work] = max(widths.get(work, 0), width)
            taken.append((number, unit, work, people, figures))
    return _restored(table, taken, widths, columns, shares=shares)


def _restored(
    table: LongTable,
    taken: list[_Taken],
    widths: dict[Work, int],
    columns: list[int],
    *,
    shares: bool,
) -> list[tuple[Work, ParsedScores]]:
    exact_below = 10 ** (coarse_decimals(figures for *_, figures in taken) + 2)
    left = letters(columns[0])
    found: list[tuple[Work, ParsedScores]] = []
    for number, unit, work, people, figures in taken:
        counts = restored(figures, people) if shares else [int(value) for value in figures]
        if shares and people >= exact_below:
            off = -(-people // (2 * exact_below))
            table.findings.add("IMP_SCORES_APPROXIMATE", number, columns[0], off=off)
        elif shares and sum(counts) != people:
            column = table.header.at["participants"]
            table.findings.add("IMP_RESTORED_SUM", number, column, total=sum(counts), participants=people)
        counts += [0] * (widths[work] - len(counts))
        assessment, year = work
        count = ScoreCount(assessment, year, people, tuple(counts), restored=shares)
        cells = f"{left}{number}:{address(number, columns[max(len(figures), 1) - 1])}"
        origin = Origin(table.sheet.name, number, number, cells)
        found.append((work, ParsedScores(unit, count, origin)))
    return found


def _figures(
    table: LongTable, number: int, row: Row, columns: Sequence[int], *, shares: bool
) -> Sequence[float] | None:
    if not columns:
        return None
    if shares:
        return percents(table, number, row, columns, "IMP_SCORES_SUM")
    return _whole(table, number, row, columns)


def _whole(table: LongTable, number: int, row: Row, columns: Sequence[int]) -> list[float] | None:
    """Return the counts of a row; None where they are none or give more than the participants (noted)."""
    found: list[float] = []
    for column in columns:
        count, fits = table.findings.whole_at(number, column, at(row, column))
        if not fits:
            return None
        found.append(float(count or 0))
    people, _ = table.findings.whole(table.header, number, row, "participants")
    if people is not None and sum(found) != people:
        table.findings.add("IMP_SCORES_COUNT", number, columns[0], total=int(sum(found)), participants=people)
        return None
    return found
