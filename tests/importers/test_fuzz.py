"""Spoilt tables under every reader: only coded messages, never a traceback, nothing impossible counted.

Each reader gets 440 spoilt tables here, and 60 spoilt files in ``test_fuzz_files``. A failure names reader and number:
``case(kind, number)`` makes the very table again; what is mended stays in ``found``.
"""

from __future__ import annotations

import random
import time
from contextlib import suppress
from functools import cache
from pathlib import Path

import pytest

from app.errors import CATALOGUE, UserError
from app.importers.book import Book, Sheet, open_sheets
from app.importers.guard import check
from app.importers.opening import read_here
from app.importers.order import Order
from app.importers.parsed import FileReading, Hints
from app.importers.recogniser import Recogniser
from app.importers.registry import RECOGNISERS, read_book
from tests.importers.examples import EXAMPLES, KNOWN
from tests.importers.mutations import GARBAGE, Table, spoil_merges, spoil_table

SPOILT = 440
SAID = Hints(
    year=2021,
    subject="МА",
    grade=6,
    answers={"procedure": "ВПР", "school": "edu203389", "code_system": "логин ФИС ОКО", "kind": "количества"},
)
LONGEST_SECONDS = 10
READERS: dict[str, Recogniser] = {recogniser.kind: recogniser for recogniser in RECOGNISERS}


def test_every_reader_has_an_example(tmp_path: Path) -> None:
    assert set(READERS) == set(EXAMPLES), "a new reader needs a line in tests/importers/examples.py"
    for kind, make in EXAMPLES.items():
        reading = read_here(make(tmp_path / f"{kind}.xlsx"), Hints(), KNOWN)
        assert reading.refused is None, kind
        assert (reading.profile == "Пробная") if kind == "table" else (reading.kind == kind), kind
        assert reading.questions or reading.rows_read, kind


@cache
def tables_of(kind: str, folder: Path) -> tuple[tuple[str | None, Table], ...]:
    path = EXAMPLES[kind](folder / f"{kind}.xlsx")
    return tuple((sheet.name, [list(row) for row in sheet.source()]) for sheet in open_sheets(path, check(path))[0])


def case(kind: str, number: int, folder: Path) -> tuple[Book, Order]:
    """Make the spoilt book and the order of one case."""
    chance = random.Random(f"{kind} {number}")
    sheets = []
    for name, table in tables_of(kind, folder):
        rows = spoil_table(chance, table)
        sheets.append(Sheet(name, lambda rows=rows: rows, len(rows), merged=spoil_merges(chance)))  # type: ignore[misc]
    said = SAID if chance.random() < 0.6 else Hints()
    if kind == "table" and chance.random() < 0.4:
        said = Hints(answers={"profile": KNOWN.profiles[0]})
    if chance.random() < 0.1:
        answers = {
            key: str(chance.choice(GARBAGE)) for key in ("year", "subject", "scale", "kind", "header", "maximum")
        }
        said = Hints(answers=answers)
    name = chance.choice(("ВПР 2021 Математика 6.xlsx", "a.xlsx", "МА_6_2021.xlsx"))
    return Book("/нет/такого.xlsx", name, 1, "0" * 64, sheets), Order(said, KNOWN)


def judge(reading: FileReading) -> None:
    """Fail where a reading says what can't be."""
    for item in (*reading.problems, *([reading.refused] if reading.refused else [])):
        assert item.code in CATALOGUE
    for mark in reading.marks:
        count = mark.count
        known = [m for m in (count.m2, count.m3, count.m4, count.m5) if m is not None]
        assert all(0 <= m <= count.participants for m in known)
        assert count.restored or sum(known) <= count.participants
        assert count.below_min is None or 0 <= count.below_min <= count.participants
    for metric in reading.metrics:
        assert metric.code is None or metric.code in CATALOGUE
        assert metric.figure.part is None or metric.figure.part >= 0
    assert all(question.text.endswith(("?", ".", "…", "»")) for question in reading.questions)


def read_spoilt(reader: Recogniser, book: Book, order: Order) -> bool:
    """Read by one reader if it knows the book; return whether it did."""
    if reader.confidence(book, order) is None:
        return False
    with suppress(UserError):  # its code is one of the catalogue: nothing else can be made
        judge(reader.read(book, order))
    return True


@pytest.mark.parametrize("kind", sorted(READERS))
def test_spoilt_tables(kind: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.getbasetemp()
    reader, known, slowest = READERS[kind], 0, 0.0
    for number in range(SPOILT):
        book, order = case(kind, number, folder)
        begun = time.monotonic()
        try:
            with suppress(UserError):
                known += read_spoilt(reader, book, order)
                if number % 40 == 0:
                    judge(read_book(book, order))
        except Exception as fault:
            raise AssertionError(f"case({kind!r}, {number}): {type(fault).__name__}: {fault}") from fault
        slowest = max(slowest, time.monotonic() - begun)
    assert known > SPOILT // 4, "the faults must leave enough of a table to be read"
    assert slowest < LONGEST_SECONDS
