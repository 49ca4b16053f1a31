"""One file, from its path to what was understood of it. Runs inside the child process; tests may call it directly."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from app.errors import Problem, UserError
from app.importers import guard
from app.importers.book import Book, open_sheets
from app.importers.order import Order
from app.importers.parsed import FileReading, Hints, Known
from app.importers.registry import read_book


def read_here(
    path: Path,
    hints: Hints,
    known: Known,
    tick: Callable[[int, int | None], None] | None = None,
) -> FileReading:
    """Guard, open, recognise and read one file in this process.

    Every expected failure comes back as a refused reading; nothing but a bug of ours is raised.
    """
    size, digest = 0, ""
    try:
        if hints.kind == "filled_form" and _is_packet(path):
            size, digest = _measure(path)
            return _replied(path, known, size, digest)
        if hints.kind == "plan":
            size, digest = _measure(path) if path.is_file() else (0, "")
            return _planned(path, size, digest)
        kind = guard.check(path)
        size, digest = _measure(path)
        if hints.kind == "filled_form":
            return _filled(path, kind, known, size, digest)
        sheets, hidden = open_sheets(path, kind)
        book = Book(str(path), path.name, size, digest, sheets, hidden)
        order = Order(hints, known) if tick is None else Order(hints, known, tick)
        return read_book(book, order)
    except UserError as fault:
        return refused(path, as_problem(fault), size, digest)


def _filled(path: Path, kind: guard.BookType, known: Known, size: int, digest: str) -> FileReading:
    """Read a workbook that a school has filled; hidden sheets are part of it."""
    from app.importers import filled_form

    book = filled_form.read(path, kind, known.forms)
    return FileReading(str(path), path.name, size, digest, "filled_form", filled=book)


def _planned(path: Path, size: int, digest: str) -> FileReading:
    """Read the tables of a plan: a workbook, a Word document or a text."""
    from app.importers import plan_reading

    found = plan_reading.read(path)
    rows = sum(len(table.lines) for table in found.tables)
    return FileReading(
        str(path), path.name, size, digest, "plan", plan=found.tables, problems=found.problems, rows_read=rows
    )


def _is_packet(path: Path) -> bool:
    from app.importers import reply

    return reply.is_packet(path)


def _replied(path: Path, known: Known, size: int, digest: str) -> FileReading:
    """Read what a school has saved in school mode: no workbook, with a guard of its own."""
    from app.importers import reply

    return FileReading(str(path), path.name, size, digest, "filled_form", filled=reply.read(path, known.forms))


def _measure(path: Path) -> tuple[int, str]:
    try:
        with path.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256")
            return stream.tell(), digest.hexdigest()
    except OSError as fault:
        raise UserError("IMP_NO_ACCESS", name=path.name) from fault


def as_problem(fault: UserError) -> Problem:
    """Return a refusal as the problem that stands in a reading."""
    return Problem("error", fault.code, f"{fault.what} {fault.cure}".strip())


def refused(path: Path, cause: Problem, size: int = 0, sha256: str = "") -> FileReading:
    """Return the reading of a file from which nothing may be taken."""
    return FileReading(str(path), path.name, size, sha256, "unknown", refused=cause)
