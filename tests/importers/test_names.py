"""Subjects, titles, codes."""

from __future__ import annotations

import pytest

from app.importers.codes import CodeColumn, clean, fisoko_login, inn_is_right, ogrn_is_right, repair_inn
from app.importers.subjects import find_subject, subject_or_as_written
from app.importers.titles import Title, procedure_of, read_title


@pytest.mark.parametrize(
    ("spelling", "name", "level"),
    [
        ("МА", "Математика", None),
        ("MA", "Математика", None),  # Latin letters that look the same
        ("рус. яз.", "Русский язык", None),
        ("РУ", "Русский язык", None),
        ("математика профильная", "Математика", "profile"),
        ("Математика (базовый уровень)", "Математика", "base"),
        ("МАб", "Математика", "base"),
        ("Математика с углублённым изучением", "Математика", "profile"),
        ("Окружающий\u00a0мир", "Окружающий мир", None),
        ("Информатика и ИКТ", "Информатика", None),
        ("ФЯ", "Французский язык", None),
    ],
)
def test_subjects(spelling: str, name: str, level: str | None) -> None:
    subject = find_subject(spelling)
    assert subject is not None
    assert (subject.name, subject.level) == (name, level)


def test_an_unknown_subject_keeps_its_spelling() -> None:
    assert find_subject("краеведение") is None
    subject = subject_or_as_written(" краеведение ")
    assert (subject.name, subject.known) == ("Краеведение", False)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("ВПР 2026 Русский язык 4 класс", Title("ВПР", 2026, "Русский язык", None, 4)),
        ("ВПР 2021 Математика 6", Title("ВПР", 2021, "Математика", None, 6)),
        ("МА_6_2021", Title(None, 2021, "Математика", None, 6)),
        ("MA_6", Title(None, None, "Математика", None, 6)),
        ("ВПР-2021, 11кл., иностр. яз.", Title("ВПР", 2021, "Иностранный язык", None, 11)),
        ("впр 2024 математика (углублённый уровень) 7 класс", Title("ВПР", 2024, "Математика", "profile", 7)),
        ("ВПР 2020 Физика 9 класс (по программе 8 класса)", Title("ВПР", 2020, "Физика", None, 8, autumn=True)),
        ("Отчёт об итогах", Title()),
        ("2020-2021 русский или математика", Title()),
        ("1. Математика 6", Title(None, None, "Математика", None, 6)),
        ("6_математика_2021", Title(None, 2021, "Математика", None, 6)),
        ("Математика 2021 6 (4)", Title(None, 2021, "Математика", None, 6)),
        ("Математика (4)", Title(None, None, "Математика", None, None)),
        ("математика профильная 11", Title(None, None, "Математика", "profile", 11)),
        ("5 русский 6", Title(None, None, "Русский язык", None, None)),
        ("reg4", Title()),
        ("Английскии\u0306 7", Title(None, None, "Английский язык", None, 7)),
        ("школы района 5", Title()),
        ("06.04.2021", Title(None, 2021, None, None, None)),
    ],
)
def test_titles(line: str, expected: Title) -> None:
    assert read_title(line) == expected


def test_procedures() -> None:
    assert procedure_of("впр") == "ВПР"
    assert procedure_of(" ЕГЭ-2026 ") == "ЕГЭ"
    assert procedure_of("экзамен") is None


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("sch203389", "edu203389"),
        ("EDU203389 ", "edu203389"),
        ("МБОУ «СОШ № 1»(edu203389)", "edu203389"),
        ("spo123456", "spo123456"),
        ("ksh123456", "ksh123456"),
        ("edu2033891", None),
        ("xedu203389", None),
        ("203389", None),
    ],
)
def test_logins(value: str, expected: str | None) -> None:
    assert fisoko_login(value) == expected


def test_check_digits() -> None:
    # 7707083893: 7·2+7·4+0+7·3+0·5+8·9+3·4+8·6+9·8 = 267; 267 mod 11 = 3
    assert inn_is_right("7707083893")
    assert not inn_is_right("7707083894")
    # 500100732259: the widely printed example of twelve digits
    assert inn_is_right("500100732259")
    assert not inn_is_right("500100732250")
    assert not inn_is_right("0000000000")
    # 1027700132195: 102770013219 mod 11 = 5
    assert ogrn_is_right("1027700132195")
    assert not ogrn_is_right("1027700132190")


def test_the_lost_zero_of_an_inn_comes_back() -> None:
    # 0105012340: 0·2+1·4+0+5·3+0+1·9+2·4+3·6+4·8 = 86; 86 mod 11 = 9, so 0105012349 is right
    assert repair_inn("105012349") == "0105012349"
    assert repair_inn("105012340") == "105012340"
    assert clean("inn", "105012349") == "0105012349"


def test_codes_go_where_their_shape_tells() -> None:
    column = CodeColumn(["sch203389", "101-1234", "7707083893", "1027700132195", "Ш-7", None, ""])
    assert not column.question
    assert column.split("sch203389") == ("fisoko", "edu203389")
    assert column.split("101 – 1234") == ("oo", "101-1234")
    assert column.split(7707083893.0) == ("inn", "7707083893")
    assert column.split("1027700132195") == ("ogrn", "1027700132195")
    assert column.split("Ш-7") == ("own", "Ш-7")
    assert column.split("7707083894") == ("inn", None)  # beside real ИНН a wrong one is a wrong ИНН


def test_six_digits_are_a_question() -> None:
    column = CodeColumn(["203389", "203390"])
    assert column.question
    answered = CodeColumn(["203389"], "логин ФИС ОКО")
    assert not answered.question
    assert answered.split("203389") == ("fisoko", "edu203389")
    assert CodeColumn(["203389"], "own").split("203389") == ("own", "203389")


def test_ten_digits_that_are_seldom_inn_are_a_question() -> None:
    # one of four passes the check by chance
    assert CodeColumn(["7707083893", "7707083894", "7707083895", "7707083896"]).question
    assert not CodeColumn(["7707083894", "7707083895"]).question
    assert CodeColumn(["7707083894"]).split("7707083894") == ("own", "7707083894")
