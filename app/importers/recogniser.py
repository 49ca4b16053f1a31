"""What a format is to the registry: how it is called, how it is known, how it is read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from app.importers.book import Book
from app.importers.order import Order
from app.importers.parsed import FileKind, FileReading


@dataclass(frozen=True, slots=True)
class Recogniser:
    """One format.

    Attributes:
        kind: what its readings are called.
        words: what a person calls such a file («ФИС ОКО: статистика по отметкам»).
        asked_as: words of ``--kind`` under which it may be asked for, beside its kind.
        recognise: how sure the content is, from 0 to 1, or None for «not mine».
        read: the reading; it raises nothing but ``UserError``.
        informed: the same as ``recognise`` for a format that is known only with the references in force (saved maps,
            the catalogue of metrics); ``recognise`` then answers for a book without any.
    """

    kind: FileKind
    words: str
    asked_as: frozenset[str]
    recognise: Callable[[Book], float | None]
    read: Callable[[Book, Order], FileReading]
    informed: Callable[[Book, Order], float | None] | None = None

    def confidence(self, book: Book, order: Order) -> float | None:
        """Return how sure the content is, from 0 to 1, or None for «not mine»."""
        return self.recognise(book) if self.informed is None else self.informed(book, order)
