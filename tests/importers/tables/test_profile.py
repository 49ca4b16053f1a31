"""Maps of columns: text and back, recognition of next year's file, proposals from headings."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.errors import UserError
from app.importers.parsed import Known
from app.importers.tables.guess import Guess, guess
from app.importers.tables.heads import Column
from app.importers.tables.layout import find_layout
from app.importers.tables.profile import FIELDS, ColumnMap, Fixed, Profile, match, signature_of
from app.importers.tables.profile_text import from_text, to_text
from app.models.records import MetricName
from tests.importers.tables.makers import sheet

N = None
MAP = Profile(
    "ОГЭ по региону",
    "marks",
    (
        ColumnMap(("ОО",), "school"),
        ColumnMap(("Математика", "Участников"), "participants", subject="Математика"),
        ColumnMap(("Математика", "% «2»"), "mark2", kind="percent", subject="Математика"),
        ColumnMap(("Математика", "Средний балл 2025"), "mean", subject="Математика"),
        ColumnMap(("Математика", "Средний балл 2024"), "mean", subject="Математика"),
    ),
    (("№",), ("Примечание",)),
    Fixed(procedure="ОГЭ", grade=9),
    header_row=4,
    header_depth=2,
)


def columns(*paths: tuple[str, ...]) -> list[Column]:
    return [Column(i, path) for i, path in enumerate(paths)]


def code_and_place(text: str) -> tuple[str, str]:
    with pytest.raises(UserError) as caught:
        from_text(text)
    return caught.value.code, str(caught.value.context.get("fault", ""))


def test_a_map_comes_back_from_its_text() -> None:
    assert from_text(to_text(MAP)) == MAP
    assert from_text(to_text(MAP)).signature == MAP.signature


WORDS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=30).filter(lambda line: line.strip())


@settings(max_examples=80, deadline=None)
@given(name=WORDS, paths=st.lists(st.lists(WORDS, max_size=3), max_size=5), words=st.none() | WORDS)
def test_any_words_come_back(name: str, paths: list[list[str]], words: str | None) -> None:
    columns = (ColumnMap(tuple(paths[0]) if paths else (), "school"), ColumnMap((name,), "metric", metric=name))
    profile = Profile(name, "metrics", columns, tuple(map(tuple, paths)), Fixed(municipality=words))
    assert from_text(to_text(profile)) == profile


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=80) | st.sampled_from(["format = 1", "[[column]]\nfield = 1", "column = [1]", "[fixed]\nx=1"]))
def test_any_text_is_a_map_or_refused_with_a_code(line: str) -> None:
    for text in (line, "format = 1\nname = 'a'\ntarget = 'marks'\n" + line):
        assert code_and_place(text)[0] in {"IMP_PROFILE_TOML", "IMP_PROFILE_FAULT"}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("grade = 9", "year = 2025"), "год в разметке не хранится"),
        (('field = "mean"', 'field = "salary"'), "field — одно из"),
        (('kind = "percent"', 'kind = "много"'), "kind — одно из"),
        (('target = "marks"', 'target = "schools"'), "field — одно из"),
        (('field = "school"', 'field = "subject"'), "чья это строка"),
        (("grade = 9", "grade = 19"), "от 1 до 12"),
        (("format = 1", "format = 2"), "format = 1"),
        (('name = "', 'colour = "red"\nname = "'), "неизвестная строка «colour»"),
        (('field = "participants"', 'field = "school"\nx = 1'), "неизвестная строка «x»"),
        (('field = "school"', 'field = "school"\nkind = "count"'), "kind бывает только"),
    ],
)
def test_a_wrong_map_is_refused_with_its_fault(change: tuple[str, str], words: str) -> None:
    text = to_text(MAP)
    assert change[0] in text
    code, fault = code_and_place(text.replace(*change, 1))
    assert code == "IMP_PROFILE_FAULT"
    assert words in fault


def test_next_year_with_columns_moved_is_the_same_table() -> None:
    following = columns(
        ("Математика", "Средний балл 2025"), ("Математика", "Средний балл 2026"), ("Примечание",),
        ("математика", "%  «2»"), ("МАТЕМАТИКА", "Участников"), ("ОО",), ("№",),
    )  # fmt: skip
    found = match(MAP, following)
    assert (found.score, found.missing, found.extra) == (1.0, (), ())
    assert {at: mapped.field for at, mapped in found.columns.items()} == {
        0: "mean", 1: "mean", 3: "mark2", 4: "participants", 5: "school",
    }  # fmt: skip
    assert found.columns[1].path[-1] == "Средний балл 2025"  # the latest year of each file
    assert signature_of([column.path for column in following]) == MAP.signature


def test_a_column_more_or_less_is_recognised_and_told() -> None:
    paths = [column.path for column in MAP.columns]
    more = match(MAP, columns(*paths, ("Физика", "Участников")))
    assert 0.8 < more.score < 1
    assert (more.missing, more.extra) == ((), ("Физика / Участников",))
    less = match(MAP, columns(*paths[:2], *paths[3:]))
    assert 0.5 < less.score < more.score
    assert less.missing == ("Математика / % «2»",)


@pytest.mark.parametrize(
    "paths",
    [
        [("ОО",), ("Физика", "Участников")],
        [("Математика", "Участников"), ("Математика", "% «2»"), ("Математика", "Средний балл 2025")],
        [("Статья",), ("Сумма",)],
        [],
    ],
)
def test_another_table_is_another(paths: list[tuple[str, ...]]) -> None:
    assert match(MAP, columns(*paths)).score == 0


def test_columns_of_the_same_name_are_told_apart_by_their_order() -> None:
    two = replace(MAP, columns=(ColumnMap(("ОО",), "school"), ColumnMap(("Участников",), "participants", nth=2)),
                  ignored=(("Участников",),))  # fmt: skip
    found = match(two, columns(("Участников",), ("ОО",), ("Участников",)))
    assert found.score == 1.0
    assert {at: mapped.field for at, mapped in found.columns.items()} == {1: "school", 2: "participants"}


def proposed(rows: list[Any], **known: Any) -> Guess:
    return guess(find_layout(sheet(rows)).blocks[0], Known(**known))


def meanings(found: Guess) -> list[tuple[Any, ...]]:
    return [
        () if item.map is None else (item.map.field, item.map.kind, item.map.subject, item.map.level)
        for item in found.columns
    ]


def test_subjects_over_columns_are_proposed() -> None:
    found = proposed([
        ["№", "Наименование ОО", "Математика (профиль)", N, N, N, "Русский язык", N, N, N],
        [N, N, "Кол-во участников", "Средний балл", "Не преодолели порог, %", "Качество, %",
         "Количество сдававших", "Средний тестовый балл", "Ниже минимума (чел.)", "100 баллов"],
        [1, "Школа 1", 20, 55.5, 10, 40, 25, 70, 0, 1],
    ])  # fmt: skip
    assert found.target == "marks"
    assert meanings(found) == [
        (), ("school", None, None, None),
        ("participants", None, "Математика", "profile"), ("mean", None, "Математика", "profile"),
        ("below", "percent", "Математика", "profile"), ("quality", "percent", "Математика", "profile"),
        ("participants", None, "Русский язык", None), ("mean", None, "Русский язык", None),
        ("below", "count", "Русский язык", None), (),
    ]  # fmt: skip
    assert found.profile is not None
    assert from_text(to_text(found.profile)) == found.profile
    assert 0 < min(item.confidence for item in found.columns if item.map) < 1


@pytest.mark.parametrize(
    ("words", "field", "kind"),
    [
        ("2", "mark2", None), ("«5»", "mark5", None), ("Отметка 3", "mark3", None), ("% «2»", "mark2", "percent"),
        ("Доля участников, получивших «4»", "mark4", "percent"), ("Кол-во 2", "mark2", "count"),
        ("Получили отметку 5", "mark5", None), ("Успеваемость, %", "passed", "percent"),
        ("Качество знаний", "quality", None), ("% на 4 и 5", "quality", "percent"),
        ("Ср. балл", "mean", None), ("Средняя отметка", "mean", None), ("Средний", "mean", None),
        ("Не сдали", "below", None), ("Количество участников, не преодолевших порог", "below", "count"),
        ("Писали работу", "participants", None), ("Доля участников", None, None), ("Не явились", None, None),
        ("Участников, набравших 81-99 баллов", None, None), ("Рейтинг", None, None),
    ],
)  # fmt: skip
def test_figures_by_their_headings(words: str, field: str | None, kind: str | None) -> None:
    found = guess(
        find_layout(sheet([["Школа", "Код", words], ["Школа 1", "а5", 2]])).blocks[0], Known(), target="marks"
    )
    mapped = found.columns[2].map
    assert (None if mapped is None else (mapped.field, mapped.kind)) == (None if field is None else (field, kind))


def test_metrics_by_the_spellings_of_the_catalogue() -> None:
    known = (
        MetricName("pupils", ("Численность обучающихся", "Обучающихся")),
        MetricName("ovz", ("Доля ОВЗ",), "share"),
    )
    found = proposed([["Школа", "Код", "обучающихся", "Доля ОВЗ, %", "Прочее"], ["Школа 1", 1, 5, 3, 1]], metrics=known)
    assert found.target == "metrics"
    assert [item.map.metric if item.map else None for item in found.columns] == [None, None, "pupils", "ovz", None]


def test_bias_and_registries() -> None:
    bias = proposed([["Муниципалитет", "Логин", "ОО", "4 РУ", "5 МА", "Количество маркеров"],
                     ["г. А", "edu203389", "Школа 1", 1, 0, 1]])  # fmt: skip
    assert bias.target == "bias"
    assert [item.map.item for item in bias.columns if item.map and item.map.item] == ["4 РУ", "5 МА"]
    schools = proposed([["Код", "Наименование ОО", "Муниципалитет", "Телефон"], ["1", "Школа 1", "г. А", "123"]])
    assert (schools.target, schools.columns[3].map) == ("schools", None)


def test_names_of_people_are_never_proposed() -> None:
    found = proposed([["Школа", "Фамилия", "Участников", "2"], ["Школа 1", "Иванов", 2, 1]])
    assert found.columns[1].map is None


def test_nothing_is_proposed_for_a_foreign_table() -> None:
    found = proposed([["Наименование товара", "Число"], ["Бумага", 100]])
    assert (found.target, found.profile) == (None, None)


def test_every_field_has_its_target() -> None:
    assert all("municipality" in fields for fields in FIELDS.values())
