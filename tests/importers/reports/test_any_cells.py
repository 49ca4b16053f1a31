"""Random cells under the headings of this group: nothing but coded refusals, no figures out of nothing."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from app.importers.order import Order
from app.importers.parsed import FileReading, Hints
from app.importers.registry import read_book
from app.importers.reports import RECOGNISERS
from tests.importers.test_properties import CELLS, FEW, KNOWN, a_book

COMMON = ("Год", "Класс", "Предмет", "Муниципалитет", "Логин", "ОО", "Кол-во участников")
UNITS = ("Группы участников", "Кол-во ОО", "Кол-во участников")
HEADS: tuple[tuple[str, tuple[Any, ...]], ...] = (
    ("Распределение первичных баллов", (*UNITS, *range(8))),
    ("Распределение первичных баллов", ("Балл", "РФ 100 уч.", "Чеченская Республика")),
    ("Выполнение заданий", (*UNITS, "1 (2б)", "2 (1б)", "3К1")),
    ("Выполнение заданий группами участников", (*UNITS, "Отметка", "1 (2б)", "2 (1б)")),
    ("Выполнение заданий группами участников", ("Задание", "Макс балл", "Группа 2", "Группа 3")),
    ("Достижение планируемых результатов", ("№", "Блоки ПООП", "Макс балл", "РФ 50 уч.", "Район(reg20_m012)")),
    ("", (*COMMON, 2, 3, 4, 5)),
    ("", (*COMMON, *range(8))),
    ("", (*COMMON[:1], *COMMON[3:6], "4 РУ", "4 МА", "Количество маркеров")),
    ("Список 2024 года", ("Школа", "Логин", "ИНН", "Группа")),
    ("Список 2024 года", ("Школа", "Зона риска")),
    ("Профили 2024 года", ("Школа", "Фактор риска", "Значимость")),
    ("Профили 2024 года", ("Школа", "Дефицит педагогических кадров", "Низкая учебная мотивация")),
    ("Профили 2024 года", ("Фактор риска", "Значимость")),
)
WORDS = st.sampled_from(
    ("Вся выборка", "Школа(edu203389)", "edu203389", "Группа 2", "Сильно неуспевающие", "высокая", "вне зоны",
     "Макс балл", "89 уч.", "12,5", "1", "0", 100.0, 50.0, 25.0, 12.5, 89.0, 1.0, 0.0, "ВПР", "Математика", "X"),
)  # fmt: skip
ROWS = st.lists(st.lists(st.one_of(WORDS, WORDS, CELLS), min_size=1, max_size=12), max_size=10)
ANSWERS = st.dictionaries(
    st.sampled_from(("kind", "maximum", "participants", "school", "code_system", "year")),
    st.sampled_from(("доли в процентах", "количества", "1 2 3", "5", "-", "10; 20", "логин ФИС ОКО", "2024", "")),
)


def check(reading: FileReading) -> None:
    for scores in reading.scores:
        count = scores.count
        assert min(count.counts, default=0) >= 0
        assert count.restored or sum(count.counts) == count.participants
        assert abs(sum(count.counts) - count.participants) <= len(count.counts) + count.participants * 0.02
    for task in reading.tasks:
        figures = task.count
        assert figures.participants > 0
        assert figures.max_points
        assert figures.points is not None
        assert 0 <= figures.points <= figures.participants * figures.max_points
    for mark in reading.marks:
        known = (mark.count.m2, mark.count.m3, mark.count.m4, mark.count.m5)
        assert all(value is None or 0 <= value <= mark.count.participants for value in known)
    for external in reading.externals:
        assert external.unit.kind == "school"
        assert external.year is None or 2014 <= external.year <= 2099
        assert external.mark.value is None or external.mark.raw
    if reading.externals:
        assert reading.external_head is not None


@FEW
@given(
    head=st.sampled_from(HEADS),
    above=st.lists(st.lists(st.one_of(WORDS, CELLS), max_size=4), max_size=2),
    rows=ROWS,
    titled=st.booleans(),
    answers=ANSWERS,
)
def test_any_cells_under_any_headings(
    head: tuple[str, tuple[Any, ...]], above: list[Any], rows: list[Any], titled: bool, answers: dict[str, str]
) -> None:
    title, headings = head
    top = [[title], ["ВПР 2026 Русский язык 4 класс"]] if titled else [[title]]
    book = a_book([*top, *above, list(headings), *rows])
    order = Order(Hints(answers=answers), KNOWN)
    check(read_book(book, order))
    for recogniser in RECOGNISERS:
        if recogniser.confidence(book, order) is not None:
            check(recogniser.read(book, order))
            check(recogniser.read(book, Order(Hints(kind=recogniser.kind, year=2024, subject="МА", grade=5), KNOWN)))
