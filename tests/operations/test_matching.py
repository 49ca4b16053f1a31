from __future__ import annotations

import re

import pytest

from app.models.store import Store
from app.operations import schools
from app.operations.demo import village_name
from app.operations.likeness import differences, side
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
        ("Муницыпальное бюжетное общеобразовательное учереждение СОШ № 2", "СОШ № 2"),
        ("MБОУ COШ N 5", "СОШ №5"),
        ("мбоу сош No.5", "СОШ № 5"),
        ("СОШ-5", "СОШ № 05"),
        ("МБОУСОШ№5г.Грозный", "СОШ № 5 города Грозный"),
        ("МОУ „Средняя (полная) общеобразовательная школа“ с. Сосновка", "СОШ село Сосновка"),
        ("СОШ р.п. Белый Яр", "СОШ п.г.т.Белый Яр"),
        ("СОШ посёлок Заречный", "СОШ п. Заречный"),
        ("СОШ ст-ца Вешенская", "СОШ станица Вешенская"),
        ("СОШ № 7 им. Н. С. Вьюжанина", "СОШ №7 имени Вьюжанина"),
        ("СОШ №1 ИМ. А.С. ПУШКИНА С. ЗАРЕЧНОЕ", "СОШ № 1 им. Пушкина с. Заречное"),
        ("МБОУ «Урус – Мартановская СОШ»", "Урус-Мартановская  СОШ"),
        ("школа 5", "Школа № 5"),
        ("Центр образования № 4", "МАОУ ЦО №4"),
        ("СОШ № 2 с углублённым изучением отдельных предметов", "СОШ № 2 с углубл. изуч. отд. предметов"),
        ("\u0421ОШ\u00a0№\u00ad 3", "СОШ № 3"),
    ],
)
def test_the_same_school_written_differently(one: str, other: str) -> None:
    assert normal_name(one) == normal_name(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("СОШ № 1", "СОШ № 11"),
        ("Заречная СОШ", "Заречная ООШ"),
        ("СОШ № 1", "Лицей № 1"),
        ("СОШ № 5", "Филиал МБОУ СОШ № 5"),
        ("СОШ № 5", "Вечерняя школа № 5"),
        ("СОШ № 5", "Вечерняя (сменная) общеобразовательная школа № 5"),
        ("СОШ № 5", "Кадетская школа № 5"),
        ("СОШ № 5", "Начальная школа № 5"),
        ("СОШ № 5", "Основная общеобразовательная школа № 5"),
        ("СОШ № 5", "Школа-интернат № 5"),
        ("СОШ № 5", "СОШ № 5а"),
        ("Филиал № 1 СОШ № 2", "Филиал № 2 СОШ № 1"),
        ("СОШ 40 лет Победы", "СОШ № 40"),
    ],
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
    assert found[0].reasons[0] == "тот же номер и посёлок"


def test_a_branch_with_the_parents_inn_and_its_own_login_is_another_school(store: Store) -> None:
    parent = schools.add(store, {"name": "СОШ № 1"})
    schools.set_code(store, parent, "fisoko", "edu000001")
    schools.set_code(store, parent, "inn", "7707083893")
    directory = Directory(store.connection)
    assert directory.find("Филиал", (("inn", "7707083893"),), None) == parent
    assert directory.find("Филиал", (("fisoko", "edu000002"), ("inn", "7707083893")), None) is None
    assert directory.find("Филиал", (("inn", "7707083893"), ("fisoko", "edu000001")), None) == parent


SAME = [
    ("МБОУ «СОШ № 5 г. Грозный»", None, "Средняя школа №5 города Грозного", None),
    ("СОШ № 5", "город Махачкала", "МБОУ СОШ N 5", "г. Махачкала"),
    ("СОШ № 5 г. Махачкала", "городской округ город Махачкала", "СОШ № 5", "г. Махачкала"),
    ("СОШ № 7 имени Никанора Степановича Вьюжанина г. Лесогорска", None, "СОШ № 7 им. Вьюжанина, г.Лесогорск", None),
    ("СОШ № 1 Урус-Мартан", None, "МБОУ СОШ № 1 с углублённым изучением отдельных предметов г. Урус-Мартан", None),
    ("СОШ с. Нижняя Озерница", None, "СРЕДНЯЯ ШКОЛА СЕЛА НИЖНЕЙ ОЗЕРНИЦЫ ЗАРЕЧНОГО РАЙОНА", None),
    ("МБОУ СОШ с. Сосновка", None, "Средняя школа села Сосновки", None),
    ("СОШ № 5 г. Грозный", None, "Школа 5 г. Грозный", None),
]  # fmt: skip
OTHERS = [
    ("СОШ № 5 г. Грозный", "Филиал МБОУ СОШ № 5 г. Грозный"),
    ("СОШ № 5 г. Грозный", "Вечерняя школа № 5 г. Грозный"),
    ("СОШ № 5 г. Грозный", "Кадетская школа № 5 г. Грозный"),
    ("СОШ № 5 г. Грозный", "Начальная школа № 5 г. Грозный"),
    ("СОШ № 5 г. Грозный", "ООШ № 5 г. Грозный"),
    ("СОШ № 5 г. Грозный", "Школа-интернат № 5 г. Грозный"),
    ("СОШ № 5 г. Грозный", "Гимназия № 5 г. Грозный"),
    ("СОШ № 5 г. Грозный", "Школа искусств № 5 г. Грозный"),
    ("СОШ № 5 г. Грозный", "СОШ № 5 г. Аргун"),
    ("СОШ № 5 г. Грозный", "СОШ № 6 г. Грозный"),
    ("СОШ № 5 им. Пушкина г. Грозный", "СОШ № 5 им. Гагарина г. Грозный"),
    ("СОШ № 5 г. Грозный", "Средняя школа номер пять г. Грозный"),
    ("СОШ с. Сосновка", "Сосновская СОШ «Росток» с. Сосновка"),
    ("Начальная школа № 5 г. Грозный", "Школа № 5 г. Грозный"),
    ("СОШ с. Нижняя Вишнёвка", "СОШ С. НИЖНЯЯ ОЗЕРНИЦА"),
    ("СОШ с. Нижняя Вишнёвка", "СОШ с. Нижняя"),
]


def placed(store: Store, name: str, municipality: str | None = None, settlement: str | None = None) -> int:
    key = schools.add(store, {"name": name, "settlement": settlement})
    if municipality:
        with store.operation("Муниципалитет", "test") as operation:
            area = operation.insert("area", kind="municipality", name=municipality)
            operation.update("organisation", key, area_id=area)
    return key


@pytest.mark.parametrize(("ours", "our_area", "theirs", "area"), SAME)
def test_number_and_settlement_decide(store: Store, ours: str, our_area: str | None, theirs: str, area: str) -> None:
    key = placed(store, ours, our_area)
    found = Directory(store.connection).match(theirs, (), area)
    assert found is not None
    assert found.school_id == key


@pytest.mark.parametrize(("ours", "theirs"), OTHERS)
def test_another_school_of_the_same_number_is_never_taken_for_this_one(store: Store, ours: str, theirs: str) -> None:
    schools.add(store, {"name": ours})
    directory = Directory(store.connection)
    assert directory.match(theirs, (), None) is None


def test_what_two_schools_share_decides_nothing(store: Store) -> None:
    schools.add(store, {"name": "СОШ № 5 г. Грозный"})
    schools.add(store, {"name": "Гимназия № 5 г. Грозный"})
    directory = Directory(store.connection)
    assert directory.match("Школа № 5 г. Грозный", (), None) is None
    assert directory.match("Средняя школа № 5 города Грозного", (), None) is not None
    assert [p.name for p in directory.propose("Школа № 5 г. Грозный", None)] == [
        "СОШ № 5 г. Грозный", "Гимназия № 5 г. Грозный",
    ]  # fmt: skip


def test_the_settlement_of_a_row_keeps_namesakes_apart(store: Store) -> None:
    first = placed(store, "СОШ № 1", "Заречный район", "с. Сосновка")
    directory = Directory(store.connection)
    assert directory.find("МБОУ СОШ №1", (), "Заречный район", "село Сосновка") == first
    assert directory.find("МБОУ СОШ №1", (), "Заречный район", "с. Берёзовка") is None
    other = placed(store, "СОШ № 1", None, "с. Берёзовка")
    directory = Directory(store.connection)
    assert directory.find("СОШ № 1", (), None, "д. Березовка") == other
    assert directory.find("СОШ № 1", (), None) is None


def test_code_before_alias_before_name_before_number(store: Store) -> None:
    five, six = (schools.add(store, {"name": f"СОШ № {n} г. Грозный"}) for n in (5, 6))
    schools.set_code(store, five, "fisoko", "edu000005")
    schools.add_alias(store, six, "Школа на горе")
    directory = Directory(store.connection)

    def how(name: str, *codes: tuple[str, str]) -> tuple[int, str] | None:
        found = directory.match(name, codes, None)
        return None if found is None else (found.school_id, found.how)

    assert how("Школа на горе", ("fisoko", "sch000005")) == (five, "code")
    assert how("школа «На горе»") == (six, "alias")
    assert how("МБОУ СОШ №6 г. Грозный") == (six, "name")
    assert how("СОШ № 6 имени Гагарина г. Грозного") == (six, "number")
    assert how("СОШ № 6 имени Гагарина г. Грозного", ("fisoko", "edu000777")) is None


def test_reasons_are_told_in_russian(store: Store) -> None:
    schools.add(store, {"name": "СОШ № 7 пос. Лесогорск"})
    schools.add(store, {"name": "Вечерняя школа № 7 пос. Лесогорск"})
    directory = Directory(store.connection)
    found = directory.propose("МОУ Лесогорская школа №7 п. Лесогорск", None)
    assert [p.name for p in found] == ["СОШ № 7 пос. Лесогорск", "Вечерняя школа № 7 пос. Лесогорск"]
    assert found[0].reasons[0] == "тот же номер и посёлок"
    assert "это вечерняя школа" in found[1].reasons
    assert re.fullmatch(r"название похоже на \d+\u00a0%", found[0].reasons[-1])
    other = directory.propose("СОШ № 8 пос. Лесогорск", None)
    assert "другой номер: 7" in other[0].reasons
    assert other[0].score < found[0].score


def test_the_same_digits_under_other_letters_are_proposed_and_not_taken(store: Store) -> None:
    key = schools.add(store, {"name": "Коррекционная школа № 2"})
    schools.set_code(store, key, "fisoko", "ksh123456")
    codes = (("fisoko", "edu123456"),)
    directory = Directory(store.connection)
    assert directory.match("Школа-интернат № 2", codes, None) is None
    (found,) = directory.propose("Школа-интернат № 2", None, codes=codes)
    assert (found.school_id, found.reasons[0]) == (key, "те же цифры логина")


def test_a_wrong_letter_hides_nobody_among_many(store: Store) -> None:
    wanted = schools.add(store, {"name": "Берёзовоярская СОШ"})
    with store.operation("Много школ", "test", bulk=True) as operation:
        operation.bulk_insert("organisation", ("name",), ((f"СОШ № {n} с. {village_name(n)}",) for n in range(3000)))
    directory = Directory(store.connection)
    for spelling in ("Березаваярская СОШ", "МОУ «Берёзовоярскя средняя школа»"):
        assert directory.propose(spelling, None)[0].school_id == wanted
    assert directory.propose("Школа", None) == []


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("МБОУ СОШ № 5 г. Грозный", "МАОУ «Средняя школа №5» города Грозного", ()),
        ("СОШ с. Сосновка", "Сосновская СОШ", ()),
        ("СОШ № 5 им. Ю. А. Гагарина", "СОШ № 5 имени Юрия Алексеевича Гагарина", ()),
        ("СОШ № 5 им. Ю. А. Гагарина", "СОШ № 5", ()),
        ("Озёрская ООШ Заречного района", "Озерская основная школа", ()),
        ("СОШ № 5", "СОШ № 5 имени Ю. А. Гагарина", ("присвоено имя",)),
        ("СОШ № 5 имени Пушкина", "СОШ № 5 имени Гагарина", ("другое имя",)),
        ("ООШ № 2", "СОШ № 2", ("вид: основная школа → средняя школа",)),
        ("СОШ № 2", "СОШ № 12", ("номер: 2 → 12",)),
        ("СОШ с. Сосновка", "Центр образования «Восход» с. Сосновка",
         ("вид: средняя школа → центр образования", "другие слова в названии")),
        ("СОШ № 2", "Филиал СОШ № 2", ("это филиал",)),
    ],
)  # fmt: skip
def test_another_name_and_the_same_name_written_otherwise(before: str, after: str, words: tuple[str, ...]) -> None:
    assert differences(side(before), side(after)) == words
