"""The catalogue of factors of risk: strict, by year."""

from __future__ import annotations

import pytest

from app.errors import UserError
from app.importers.reports.factors import find_factor, in_force, load_shipped, merged, parse_factors
from app.models.records import RiskFactor

GOOD = """
format = 1
source = "проверка"
[[factor]]
code = "staff"
name = "Дефицит кадров"
spellings = ["Нехватка кадров"]
since = 2021
until = 2023
[[factor]]
code = "parents"
name = "Вовлечённость родителей"
"""


def test_the_shipped_catalogue() -> None:
    factors = load_shipped()
    assert len(factors) == 12
    assert len({factor.code for factor in factors}) == 12
    assert {factor.code for factor in in_force(factors, 2025)} == {factor.code for factor in factors}
    assert in_force(factors, 2020) == ()


@pytest.mark.parametrize(
    ("spelling", "code"),
    [
        ("Дефицит педагогических кадров", "staff_shortage"),
        ("2. Дефицит  педагогических кадров ", "staff_shortage"),
        ("ФАКТОР РИСКА «Низкий уровень вовлеченности родителей»", "parents"),
        ("Низкая адаптивность учебного процесса", "adaptivity"),
        ("Высокая доля обучающихся с рисками учебной неуспешности", "failure_risk"),
        ("Дефицит", None),
        ("", None),
    ],
)
def test_wordings(spelling: str, code: str | None) -> None:
    found = find_factor(load_shipped(), spelling)
    assert (found.code if found else None) == code


def test_a_good_catalogue() -> None:
    assert parse_factors(GOOD) == (
        RiskFactor("staff", "Дефицит кадров", ("Нехватка кадров",), 2021, 2023),
        RiskFactor("parents", "Вовлечённость родителей"),
    )


def test_own_factors_win_and_new_ones_follow() -> None:
    own = (RiskFactor("parents", "Родители"), RiskFactor("transport", "Подвоз"))
    assert [factor.name for factor in merged(parse_factors(GOOD), own)] == ["Дефицит кадров", "Родители", "Подвоз"]


def test_the_factor_of_the_year_wins() -> None:
    again = GOOD + '[[factor]]\ncode = "staff2"\nname = "Нехватка кадров"\nsince = 2024\n'
    factors = parse_factors(again)
    found = [find_factor(factors, "нехватка кадров", year) for year in (2022, 2024, 2030, None)]
    assert [factor.code if factor else None for factor in found] == ["staff", "staff2", "staff2", "staff"]
    assert [factor.code for factor in in_force(factors, 2023)] == ["staff", "parents"]
    assert [factor.code for factor in in_force(factors, 2024)] == ["parents", "staff2"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("format = 1", "format = 2", "format"),
        ('source = "проверка"', 'source = ""', "source"),
        ('source = "проверка"', 'source = "проверка"\nextra = 1', "extra"),
        ('"staff"', '"Кадры"', "code"),
        ('"parents"', '"staff"', "уже было"),
        ('name = "Дефицит кадров"', "name = 5", "name"),
        ('["Нехватка кадров"]', '["Вовлеченность родителей"]', "уже есть"),
        ('["Нехватка кадров"]', '"Нехватка кадров"', "spellings"),
        ("since = 2021", "since = 2024", "since"),
        ("since = 2021", 'since = "2021"', "since"),
        ("since = 2021", "since = true", "since"),
        ("until = 2023", "until = 2100", "until"),
        ("until = 2023", "till = 2023", "till"),
    ],
)
def test_faults_are_named(old: str, new: str, said: str) -> None:
    assert old in GOOD
    with pytest.raises(UserError) as caught:
        parse_factors(GOOD.replace(old, new))
    assert caught.value.code == "IMP_FACTOR_FAULT"
    assert said in caught.value.what


def test_what_is_no_toml() -> None:
    with pytest.raises(UserError) as caught:
        parse_factors("a = 1\nb = [")
    assert caught.value.code == "IMP_FACTOR_TOML"
    with pytest.raises(UserError) as caught:
        parse_factors('format = 1\nsource = "а"\n')
    assert "[[factor]]" in caught.value.what
