"""The recognisers, in order. A new format is a module with ``recognise`` and ``read`` and a line in its group."""

from __future__ import annotations

from dataclasses import replace

from app.errors import problem
from app.importers import (
    gia,
    journal_comparison,
    mark_statistics,
    marks_table,
    pupils,
    reports,
    schools_table,
    tables,
)
from app.importers.book import Book
from app.importers.order import Order
from app.importers.parsed import FileReading
from app.importers.recogniser import Recogniser

RECOGNISERS: tuple[Recogniser, ...] = (
    Recogniser(
        "mark_statistics", "ФИС ОКО: статистика по отметкам", frozenset({"marks"}),
        mark_statistics.recognise, mark_statistics.read,
    ),
    Recogniser(
        "journal", "ФИС ОКО: сравнение с журналом", frozenset(),
        journal_comparison.recognise, journal_comparison.read,
    ),
    *pupils.RECOGNISERS,
    *reports.RECOGNISERS,
    *gia.RECOGNISERS,
    Recogniser("marks", "таблица результатов", frozenset(), marks_table.recognise, marks_table.read),
    Recogniser("schools", "реестр школ", frozenset(), schools_table.recognise, schools_table.read),
    *tables.RECOGNISERS,
)  # fmt: skip
KIND_WORDS: dict[str, str] = {
    **{r.kind: r.words for r in RECOGNISERS}, "participants": "список участников события", "unknown": "не узнан",
}  # fmt: skip
LEAST_SURE = 0.2
"""Below this a book is taken only when the user names its kind."""
KINDS: tuple[str, ...] = ("auto", *sorted({word for r in RECOGNISERS for word in (r.kind, *r.asked_as)}))


def _notice_emptiness(reading: FileReading) -> FileReading:
    """Say that a table has headings only: a file must not pass in silence with nothing taken from it."""
    if reading.rows_read or reading.problems or reading.questions or reading.refused:
        return reading
    return replace(reading, problems=(problem("IMP_NO_ROWS", name=reading.name),))


def read_book(book: Book, order: Order) -> FileReading:
    """Read a book by the surest recogniser; the first of equals. A book nobody knows is refused by name.

    Such a refusal carries the tops of its sheets and what their columns may mean, so that a person can say it.

    Raises:
        UserError: what a recogniser or the format's reader refuses half-way.
    """
    place = order.hints.answers.get("look")
    if place is not None:
        return tables.look(book, order, place)
    if order.hints.answers.get("profile"):
        return _notice_emptiness(tables.read(book, order))  # a person's own word is surer than any recogniser
    asked = order.hints.kind
    allowed = [r for r in RECOGNISERS if asked in {"auto", r.kind, *r.asked_as}]
    best: Recogniser | None = None
    surest = LEAST_SURE if asked == "auto" else 0.0
    for recogniser in allowed:
        confidence = recogniser.confidence(book, order)
        if confidence is not None and confidence > surest:
            best, surest = recogniser, confidence
    if best is not None:
        return _notice_emptiness(best.read(book, order))
    grids = tables.grids(book)
    empty = not grids and all((sheet.height or 0) <= tables.ROWS for sheet in book.sheets)
    code = "IMP_EMPTY_BOOK" if empty else "IMP_UNKNOWN" if asked == "auto" else "IMP_NOT_THAT_KIND"
    refusal = problem(code, name=book.name, kind=asked)
    return book.reading("unknown", refused=refusal, grid=grids, proposals=tables.propose(book, order))
