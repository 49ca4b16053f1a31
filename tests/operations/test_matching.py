from __future__ import annotations

import pytest

from app.models.store import Store
from app.operations import schools
from app.operations.matching import Directory, normal_area, normal_login, normal_name


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("МБОУ «СОШ №1 г.Урус-Мартан»", "СОШ № 1 Урус-Мартан"),
        ("МКОУ Заречная СОШ", "МАОУ «Заречная СОШ»"),
        ('МБОУ Лицей №7""', "Лицей № 7"),
        ("Озёрская ООШ", "ОЗЕРСКАЯ  ООШ"),
        ("МБОУ «Средняя общеобразовательная школа № 5»", "СОШ №5"),
        ("Муниципальное бюджетное общеобразовательное учреждение «Гимназия № 1»", "МБОУ Гимназия №1"),
        ("МБОУ обшеобразовательная СОШ № 2", "СОШ № 2"),
    ],
)
def test_the_same_school_written_differently(one: str, other: str) -> None:
    assert normal_name(one) == normal_name(other)


@pytest.mark.parametrize(
    ("one", "other"), [("СОШ № 1", "СОШ № 11"), ("Заречная СОШ", "Заречная ООШ"), ("СОШ № 1", "Лицей № 1")]
)
def test_different_schools_stay_different(one: str, other: str) -> None:
    assert normal_name(one) != normal_name(other)


@pytest.mark.parametrize(
    "spelling", ["город Махачкала", "г. Махачкала", "Махачкала", "Город махачкала", "reg05_m001 | город Махачкала"]
)
def test_municipality_is_one_however_written(spelling: str) -> None:
    assert normal_area(spelling) == "махачкала"


def test_municipality_code_in_brackets_is_put_aside() -> None:
    assert normal_area("Урус-Мартановский муниципальный район(reg20_m012)") == "урус-мартановский"


@pytest.mark.parametrize(
    ("raw", "login"),
    [("sch123456", "edu123456"), ("EDU123456", "edu123456"), ("spo123456", "spo123456"), ("12", "12")],
)
def test_login_of_both_times_is_one(raw: str, login: str) -> None:
    assert normal_login(raw) == login


def test_an_unknown_login_is_another_school_however_alike_the_name(store: Store) -> None:
    key = schools.add(store, {"name": "СОШ № 1"})
    schools.set_code(store, key, "fisoko", "edu000001")
    directory = Directory(store.connection)
    assert directory.find("СОШ № 1", (), None) == key
    assert directory.find("СОШ № 1", (("fisoko", "sch000001"),), None) == key
    assert directory.find("СОШ № 1", (("fisoko", "edu000002"),), None) is None


def test_proposals_give_reasons_and_prefer_the_same_number(store: Store) -> None:
    seven = schools.add(store, {"name": "МБОУ «Лесогорская СОШ № 7»", "settlement": "пос. Лесогорск"})
    schools.add(store, {"name": "МБОУ «Лесогорская СОШ № 3»"})
    found = Directory(store.connection).propose("Лесогорская школа №7 Лесогорск", None)
    assert found[0].school_id == seven
    assert "тот же номер" in found[0].reasons
    assert "тот же населённый пункт" in found[0].reasons


def test_a_branch_with_the_parents_inn_and_its_own_login_is_another_school(store: Store) -> None:
    parent = schools.add(store, {"name": "СОШ № 1"})
    schools.set_code(store, parent, "fisoko", "edu000001")
    schools.set_code(store, parent, "inn", "7707083893")
    directory = Directory(store.connection)
    assert directory.find("Филиал", (("inn", "7707083893"),), None) == parent
    assert directory.find("Филиал", (("fisoko", "edu000002"), ("inn", "7707083893")), None) is None
    assert directory.find("Филиал", (("inn", "7707083893"), ("fisoko", "edu000001")), None) == parent
