from __future__ import annotations

from datetime import date

import pytest

from app.texts import count, glue, grouped, percent, plural, ru_date, school_year

NB = "\u00a0"


@pytest.mark.parametrize(
    ("n", "word"),
    [(0, "школ"), (1, "школа"), (2, "школы"), (5, "школ"), (11, "школ"), (14, "школ"), (21, "школа"), (101, "школа"),
     (111, "школ"), (122, "школы")],
)  # fmt: skip
def test_plural_forms(n: int, word: str) -> None:
    assert plural(n, "школа", "школы", "школ") == word


def test_count_joins_number_and_noun() -> None:
    assert count(12345, "школа", "школы", "школ") == f"12{NB}345{NB}школ"
    assert grouped(9999) == "9999"


@pytest.mark.parametrize(
    ("below", "of", "text"),
    [(8, 27, "29,6"), (3, 10, "30,0"), (1, 3, "33,3"), (1, 800, "0,1"), (0, 5, "0,0"), (5, 5, "100,0"), (1, 16, "6,3")],
)
def test_percent_rounds_half_up_from_whole_counts(below: int, of: int, text: str) -> None:
    assert percent(below, of) == f"{text}{NB}%"


def test_nobody_is_no_percent() -> None:
    assert percent(0, 0) == "—"


@pytest.mark.parametrize(
    ("raw", "glued"),
    [
        ("СОШ № 3", f"СОШ №{NB}3"),
        ("30 % участников", f"30{NB}% участников"),
        ("8 из 27", f"8{NB}из{NB}27"),
        ("5 кл.", f"5{NB}кл."),
        ("ВПР, 6 класс", f"ВПР, 6{NB}класс"),
        ("М. П. Иванова", f"М.{NB}П.{NB}Иванова"),
        ("Иванова М. П.", f"Иванова{NB}М.{NB}П."),
        ("имени Союза А. И. Орлова", f"имени Союза А.{NB}И.{NB}Орлова"),
        ("с. Заречное", f"с.{NB}Заречное"),
        ("в 2026 г. школ", f"в 2026{NB}г. школ"),
        ("СОШ № 5 г. Лесогорска", f"СОШ №{NB}5 г.{NB}Лесогорска"),
        ("файл — Иванова", f"файл{NB}— Иванова"),
        ("действует с 21.11.2026 по 20.02.2028", f"действует с{NB}21.11.2026 по{NB}20.02.2028"),
        ("ул. Лесная, д. 3, корп. 2", f"ул.{NB}Лесная, д.{NB}3, корп.{NB}2"),
        ("при допустимых 200 МБ.", f"при допустимых 200{NB}МБ."),
        ("класс 8 чисел", "класс 8 чисел"),
    ],
)
def test_lines_never_end_in_the_wrong_place(raw: str, glued: str) -> None:
    assert glue(raw) == glued


def test_dates_and_school_years() -> None:
    assert ru_date(date(2026, 11, 8)) == "08.11.2026"
    assert ru_date("2026-11-08T10:00:00+00:00") == "08.11.2026"
    assert school_year(2025) == "2025/26"
    assert school_year(1999) == "1999/00"
