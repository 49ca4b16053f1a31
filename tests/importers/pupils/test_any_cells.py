"""Any cells under the headings of any format: a pupil counts once, or is listed, or was absent; nothing crashes."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.importers.book import Book, Sheet
from app.importers.order import Order
from app.importers.parsed import FileReading, Hints, Known
from app.importers.registry import read_book
from tests.importers.pupils.books import COLLECTED_HEAD, FORM_JOURNAL, f1_head, form_head
from tests.importers.test_properties import CELLS, FEW, ROWS

FORM2 = ["Код", "Вариант (часть 1)", "1 (5б)", "Вариант (часть 2)", "2 (1б)", "Класс", FORM_JOURNAL, "Итого баллов"]
AUTUMN = ["groups", "user", "id", "code", "otc", "gender", "klass", "var-1", "var-2", "sum", "a-1-grade", "a-2-grade"]
HEADS: dict[str, list[Any]] = {
    "individual": [*f1_head()],
    "pupils_2020": AUTUMN,
    "pupils_2022": [*COLLECTED_HEAD, *form_head()],
    "collection_form": form_head(),
    "two_parts": FORM2,
}
VALUES = st.one_of(
    st.sampled_from(("", None, 0, 1, 2, 5, "1", "X", "Х ", "отсутствовал", "edu203389", "—", "5\u00a0", "Б", 60001)),
    CELLS,
)


def a_book(rows: list[Any]) -> Book:
    sheet = Sheet("Протокол", lambda: rows, len(rows))
    return Book("/a.xlsx", "ВПР 2026 Математика 6 edu203389.xlsx", 1, "0" * 64, [sheet])


def understood(rows: list[Any]) -> FileReading:
    return read_book(a_book(rows), Order(Hints(answers={"scale": "1/3/4/6"}), Known()))


@pytest.mark.parametrize("kind", HEADS)
@FEW
@given(data=st.data())
def test_sums_agree(kind: str, data: st.DataObject) -> None:
    head = HEADS[kind]
    above = data.draw(ROWS)
    rows = data.draw(st.lists(st.lists(VALUES, max_size=len(head) + 3), max_size=12))
    reading = understood([*above, head, *rows])
    by_unit = {row.unit: row.count for row in reading.marks}
    for count in by_unit.values():
        marks = [mark or 0 for mark in (count.m2, count.m3, count.m4, count.m5)]
        assert sum(marks) == count.participants  # with a scale nobody stays without a mark
        assert count.below_min == count.m2
    points = dict.fromkeys(by_unit, 0)
    for task in reading.tasks:
        assert task.count.participants == by_unit[task.unit].participants
        assert 0 <= (task.count.skipped or 0) <= task.count.participants
        points[task.unit] += task.count.points or 0
    for line in reading.scores:
        counts = line.count.counts
        assert sum(counts) == by_unit[line.unit].participants
        assert sum(score * n for score, n in enumerate(counts)) == points[line.unit]
    for move in reading.journals:
        c = move.comparison
        assert c.lowered + c.confirmed + c.raised <= c.total == by_unit[move.unit].participants


@FEW
@given(rows=st.lists(st.lists(VALUES, min_size=4, max_size=4), min_size=1, max_size=10))
def test_every_pupil_counts_once_or_is_listed(rows: list[list[Any]]) -> None:
    """The autumn export: code and school are right, the rest is anything."""
    full = [["", "sch220001", 1, "80001", "4", "", "", *cells[:1], "", "", *cells[1:3]] for cells in rows]
    # a row that surely counts keeps both columns of points in use
    reading = understood([AUTUMN, *full, ["", "sch220001", 1, "80001", "4", "", "", 1, "", "", 0, 0]])
    listed = {item.cell[1:] for item in reading.problems if item.level == "error" and item.cell}
    absent = sum(1 for cells in rows if str(cells[0]).strip().lower().startswith("отсутств"))
    unfilled = sum(
        int(i.message.split(": ")[1].split(".")[0]) for i in reading.problems if i.code == "IMP_ROWS_UNFILLED"
    )
    participants = reading.marks[0].count.participants if reading.marks else 0
    assert participants + len(listed) + absent + unfilled == len(rows) + 1
