"""The recognisers, in order. A new format is one module with ``recognise`` and ``read`` and one line here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from app.errors import problem
from app.importers import journal_comparison, mark_statistics, marks_table, pupils_2021, schools_table
from app.importers.book import Book
from app.importers.order import Order
from app.importers.parsed import FileKind, FileReading


@dataclass(frozen=True, slots=True)
class Recogniser:
    """One format.

    Attributes:
        kind: what its readings are called.
        asked_as: words of ``--kind`` under which it may be asked for, beside its kind.
        recognise: how sure the content is, from 0 to 1, or None for «not mine».
        read: the reading; it raises nothing but ``UserError``.
    """

    kind: FileKind
    asked_as: frozenset[str]
    recognise: Callable[[Book], float | None]
    read: Callable[[Book, Order], FileReading]


RECOGNISERS: tuple[Recogniser, ...] = (
    Recogniser("mark_statistics", frozenset({"marks"}), mark_statistics.recognise, mark_statistics.read),
    Recogniser("journal", frozenset(), journal_comparison.recognise, journal_comparison.read),
    Recogniser("pupils_2021", frozenset({"marks", "journal", "pupils"}), pupils_2021.recognise, pupils_2021.read),
    Recogniser("marks", frozenset(), marks_table.recognise, marks_table.read),
    Recogniser("schools", frozenset(), schools_table.recognise, schools_table.read),
)
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

    Raises:
        UserError: what a recogniser or the format's reader refuses half-way.
    """
    asked = order.hints.kind
    allowed = [r for r in RECOGNISERS if asked in {"auto", r.kind, *r.asked_as}]
    best: Recogniser | None = None
    surest = LEAST_SURE if asked == "auto" else 0.0
    for recogniser in allowed:
        confidence = recogniser.recognise(book)
        if confidence is not None and confidence > surest:
            best, surest = recogniser, confidence
    if best is not None:
        return _notice_emptiness(best.read(book, order))
    code = "IMP_UNKNOWN" if asked == "auto" else "IMP_NOT_THAT_KIND"
    return book.reading("unknown", refused=problem(code, name=book.name, kind=asked))
