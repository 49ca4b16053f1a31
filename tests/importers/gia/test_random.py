"""Random rows under the headings of protocols and tables raise nothing and count nobody twice."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from app.importers.book import Book, Sheet
from app.importers.gia import RECOGNISERS, thresholds
from app.importers.order import Order
from app.importers.parsed import Hints, Known
from tests.importers.gia.protocols import COMPACT_HEAD, OGE_HEAD, OLD_HEAD, SPARSE_HEAD

HEADS: tuple[list[Any], ...] = (
    COMPACT_HEAD,
    SPARSE_HEAD,
    OGE_HEAD,
    [*OLD_HEAD, "Балл"],
    ["Код ОО", "Фамилия", "Экзамен", "Состояние апелляции"],
    ["SchoolCode", "ClassCode", "SurnameCell", "TestResultBCell", "TestResultCCell", "PrimaryMark", "Mark5"],
    ["Код ОО", "Школа", "Предмет", "Количество участников", "Средний балл", "Ниже минимума, %", "81-99", "100"],
)
WORDS = (
    *("01 - Русский язык 2026.06.04", "51 - Математика 2026.06.04", "Математика(2026.06.02)", "13450", "9А", "11"),
    *("++-2X", "1(2)0(3)", "не явился", "Всего участников", "Минимальная граница", "24", "3", "100", "Итого", "0,5"),
    *("#DIV/0!", "ЕГЭ 2026", "Химия", "-", "²", "٣"),
)
CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**20), 10**20),
    st.integers(0, 100),
    st.floats(),
    st.text(max_size=20),
    st.sampled_from(WORDS),
    st.dates(),
)
ROWS = st.lists(st.lists(CELLS, max_size=24), max_size=8)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_random_rows_are_read_or_told(data: st.DataObject) -> None:
    above, head, below = data.draw(ROWS), data.draw(st.sampled_from(HEADS)), data.draw(ROWS)
    line: list[Any] = [data.draw(st.sampled_from(WORDS))]
    rows: list[list[Any]] = [*above, line, head, *below, head, *below]
    book = Book("a.xlsx", "ЕГЭ.xlsx", 0, "", [Sheet("Лист", lambda: rows, len(rows))])
    answers = {"procedure": "ЕГЭ", "threshold": "36"}
    order = Order(Hints(year=2026, subject="химия", answers=answers), Known(thresholds=thresholds.load_shipped()))
    for recogniser in RECOGNISERS:
        if recogniser.recognise(book) is None:
            continue
        reading = recogniser.read(book, order)
        for mark in reading.marks:
            count = mark.count
            assert 0 <= (count.below_min or 0) <= count.participants
            assert sum(m or 0 for m in (count.m2, count.m3, count.m4, count.m5)) in {0, count.participants}
        for score in reading.scores:
            assert sum(score.count.counts) == score.count.participants
        for task in reading.tasks:
            assert task.count.points is None or task.count.points >= 0
