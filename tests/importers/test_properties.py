"""Random contents never raise anything but a coded refusal, and never make figures out of nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.errors import UserError
from app.importers import guard
from app.importers.book import Book, Sheet
from app.importers.extent import exact_extent, quick_extent
from app.importers.order import Order
from app.importers.parsed import Hints, Known
from app.importers.registry import RECOGNISERS, read_book
from app.importers.scales import load_shipped, parse_scales
from app.importers.subjects import find_subject
from app.importers.titles import read_title
from tests.helpers.workbooks import MARKS_HEAD, PUPIL_HEAD, SCHOOLS_HEAD, WIDE_JOURNAL_HEAD

HEADS: tuple[tuple[Any, ...], ...] = (
    MARKS_HEAD,
    SCHOOLS_HEAD,
    WIDE_JOURNAL_HEAD,
    ("Группы участников", "Кол-во участников", "%"),
    ("Группы участников", "Кол-во ОО", "Кол-во участников", 2, 3, 4, 5),
    (*PUPIL_HEAD, "балл за 1", "балл за 2", "Учебник"),
)
WORDS = (
    "Школа(edu203389)",
    "sch203389",
    "отсутствовал",
    "X",
    "Х ",
    "4\u00a0",
    "12,36",
    "—",
    "ВПР",
    "Математика",
    "0",
    "-1",
)
CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**20), 10**20),
    st.floats(),
    st.text(max_size=20),
    st.sampled_from(WORDS),
    st.dates(),
    st.times(),
    st.timedeltas(),
    st.datetimes(),
)
ROWS = st.lists(st.lists(CELLS, max_size=14), max_size=8)
KNOWN = Known(load_shipped())
FEW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def a_book(rows: list[Any]) -> Book:
    sheet = Sheet("Лист", lambda: rows, len(rows))
    return Book("/a.xlsx", "ВПР 2021 Математика 6.xlsx", 1, "0" * 64, [sheet])


def code_of(call: Callable[[], object]) -> str | None:
    """The code of a refusal, or None where there was none; any other exception fails the test."""
    try:
        call()
    except UserError as refusal:
        return refusal.code
    return None


@FEW
@given(head=st.sampled_from(HEADS), above=ROWS, rows=ROWS, title=st.booleans())
def test_any_cells_under_any_headings(head: tuple[Any, ...], above: list[Any], rows: list[Any], title: bool) -> None:
    first = [["Сравнение отметок с отметками по журналу"], ["ВПР 2026 Русский язык 4 класс"]] if title else []
    book = a_book([*first, *above, list(head), *rows])
    reading = read_book(book, Order(Hints(), KNOWN))
    for mark in reading.marks:
        count = mark.count
        known = [m for m in (count.m2, count.m3, count.m4, count.m5) if m is not None]
        assert all(0 <= m <= count.participants for m in known)
        assert count.restored or sum(known) <= count.participants
    for journal in reading.journals:
        c = journal.comparison
        assert min(c.lowered, c.confirmed, c.raised) >= 0
        assert c.lowered + c.confirmed + c.raised <= c.total
    for recogniser in RECOGNISERS:
        if recogniser.recognise(book) is not None:
            recogniser.read(book, Order(Hints(year=2021, subject="МА", grade=6), KNOWN))


@FEW
@given(cells=st.lists(CELLS, min_size=25, max_size=30), name=st.sampled_from(("a", "МА_6_2021")))
def test_a_pupils_row_counts_once_or_is_listed(cells: list[Any], name: str) -> None:
    head = [*PUPIL_HEAD, *(f"балл за {i}" for i in range(1, 14)), "Учебник", "", ""]
    row = ["sch220001", *cells[1:]]
    book = a_book([head, row])
    reading = read_book(book, Order(Hints(), KNOWN))
    participants = reading.marks[0].count.participants
    errors = sum(1 for item in reading.problems if item.level == "error")
    absent = str(cells[7]).strip().lower().startswith("отсутств")
    assert participants + bool(errors) + absent == 1


@FEW
@given(
    data=st.binary(max_size=400),
    start=st.sampled_from((b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"<?xml")),
)
def test_any_bytes_are_refused_with_a_code(tmp_path_factory: Any, data: bytes, start: bytes) -> None:
    path: Path = tmp_path_factory.getbasetemp() / "any.xlsx"
    path.write_bytes(start + data)
    assert (code_of(lambda: guard.check(path)) or "IMP_").startswith("IMP_")


@FEW
@given(
    cells=st.dictionaries(st.tuples(st.integers(1, 40), st.integers(1, 80)), st.booleans(), min_size=1, max_size=20),
    size=st.integers(5, 400),
)
def test_the_quick_extent_is_never_smaller(cells: dict[tuple[int, int], bool], size: int) -> None:
    from app.importers.grid import letters

    xml = b"<sheetData>"
    for row in sorted({row for row, _ in cells}):
        xml += b'<row r="%d">' % row
        for column in sorted(column for r, column in cells if r == row):
            place = f"{letters(column - 1)}{row}".encode()
            xml += b'<c r="%s"><v>1</v></c>' % place if cells[row, column] else b'<c r="%s" s="1"/>' % place
        xml += b"</row>"
    xml += b"</sheetData>"
    pieces = [xml[i : i + size] for i in range(0, len(xml), size)]
    filled = [place for place, value in cells.items() if value]
    exact = exact_extent(pieces)
    assert exact.cells == len(filled)
    assert (exact.rows, exact.columns) == (
        max((row for row, _ in filled), default=0),
        max((column for _, column in filled), default=0),
    )
    quick = quick_extent(pieces)
    assert quick is not None
    assert quick.rows >= exact.rows
    assert quick.columns >= exact.columns


@FEW
@given(st.text(max_size=60))
def test_any_line_may_be_a_title(line: str) -> None:
    title = read_title(line)
    assert title.grade is None or 1 <= title.grade <= 99
    find_subject(line)


@FEW
@given(
    st.one_of(st.text(max_size=80), st.just('format = 1\nsource = "a"\n[[scale]]\nyear = 2021\nupper = ["a", 1, 2]'))
)
def test_any_text_may_be_a_reference(line: str) -> None:
    assert code_of(lambda: parse_scales(line)) in {"IMP_SCALE_TOML", "IMP_SCALE_FAULT"}


def test_dates_as_cells() -> None:
    reading = read_book(a_book([list(MARKS_HEAD), [dt.date(2026, 4, 20)] * 13]), Order(Hints(), KNOWN))
    assert reading.marks == ()
    assert reading.problems
