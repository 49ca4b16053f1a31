"""The reference of minimums: shipped values, strict loading, the region before the country."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.errors import UserError
from app.importers.gia import thresholds
from app.importers.gia.thresholds import find_threshold, load_shipped, merged, parse_thresholds
from app.models.records import Assessment, Level, Threshold
from tests.helpers.workbooks import book
from tests.importers.gia.protocols import COMPACT_HEAD, SPARSE_HEAD, block, compact, read, sparse

GOOD = """
format = 1
source = "Приказ"
[[threshold]]
year = 2023
procedure = "ЕГЭ"
subjects = ["Химия", "Физика"]
measure = "test"
least = 36
"""


def least(year: int, subject: str, level: Level | None = None, measure: thresholds.Measure = "test") -> int | None:
    return find_threshold(load_shipped(), Assessment("ЕГЭ", subject, level, 11), year, measure)


@pytest.mark.parametrize("year", [2020, 2026])
@pytest.mark.parametrize(
    ("subject", "level", "score"),
    [
        ("Русский язык", None, 24),
        ("Математика", "profile", 27),
        ("Обществознание", None, 42),
        ("Информатика", None, 40),
        ("Физика", None, 36),
        ("Химия", None, 36),
        ("Биология", None, 36),
        ("История", None, 32),
        ("Литература", None, 32),
        ("География", None, 37),
        ("Английский язык", None, 22),
        ("Китайский язык", None, 22),
    ],
)
def test_shipped_minimums(year: int, subject: str, level: Level | None, score: int) -> None:
    assert least(year, subject, level) == score


@pytest.mark.parametrize(
    ("year", "subject", "level", "score"),
    [
        (2025, "Русский язык", None, 24),
        (2025, "Математика", "profile", 27),
        (2025, "История", None, 32),
        (2025, "Химия", None, 36),
        (2025, "Биология", None, 36),
        (2025, "География", None, 37),
        (2025, "Немецкий язык", None, 22),
        (2024, "Русский язык", None, 24),
        (2024, "Математика", "profile", 27),
        (2023, "История", None, 32),
        (2023, "Физика", None, 36),
        (2022, "Русский язык", None, 24),
        (2022, "География", None, 37),
        (2022, "Литература", None, 32),
        (2022, "Химия", None, 36),
        (2021, "Русский язык", None, 24),
        (2021, "История", None, 32),
        (2021, "Физика", None, 36),
        (2018, "Математика", "profile", 27),
        (2018, "Информатика", None, 40),
    ],
)
def test_minimums_of_years_known_in_part(year: int, subject: str, level: Level | None, score: int) -> None:
    assert least(year, subject, level) == score


@pytest.mark.parametrize(
    ("year", "subject", "score"),
    [
        (2023, "Русский язык", 15),
        (2023, "Физика", 11),
        (2023, "История", 11),
        (2019, "Русский язык", 15),
        (2019, "Обществознание", 15),
        (2019, "Физика", 10),
        (2019, "Химия", 9),
        (2019, "Биология", 13),
        (2019, "История", 13),
        (2019, "География", 12),
        (2019, "Литература", 12),
        (2019, "Информатика", 5),
        (2019, "Английский язык", 29),
    ],
)
def test_recommended_minimums_of_oge(year: int, subject: str, score: int) -> None:
    assert find_threshold(load_shipped(), Assessment("ОГЭ", subject, None, 9), year, "primary") == score


def test_what_is_not_verified_is_not_there() -> None:
    assert [least(year, "Математика", "base", "mark") for year in (2026, 2025, 2024)] == [3, 3, 3]
    assert least(2026, "Математика") is None
    unknown = [(2025, "Физика"), (2024, "История"), (2023, "Русский язык"), (2022, "Физика"), (2021, "Химия")]
    assert [least(year, subject) for year, subject in unknown] == [None] * 5
    assert (least(2020, "Математика", "base", "mark"), least(2021, "Математика", "profile")) == (None, None)
    assert {t.year for t in load_shipped() if t.procedure == "ЕГЭ"} == {2018, *range(2020, 2027)}


def test_a_sum_alone_does_not_decide_of_maths_of_oge() -> None:
    """Two points of geometry are needed besides eight in all, so no sum of it is shipped."""
    assert not [t for t in load_shipped() if (t.procedure, t.subject) == ("ОГЭ", "Математика")]


def test_a_good_text_and_its_region() -> None:
    country = parse_thresholds(GOOD)
    assert country == (
        Threshold(2023, "ЕГЭ", "Химия", None, "test", 36),
        Threshold(2023, "ЕГЭ", "Физика", None, "test", 36),
    )
    own = parse_thresholds(GOOD.replace("least = 36", 'least = 40\nregion = "20"'))
    both = merged(country, own)
    work = Assessment("ЕГЭ", "Химия", None, 11)
    found = [find_threshold(both, work, 2023, "test", region) for region in ("20", "22", None)]
    assert found == [40, 36, 36]
    assert merged(country, parse_thresholds(GOOD.replace("36", "37")))[0].least == 37


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("format = 1", "format = 2", "format = 1"),
        ("year = 2023", "year = 23", "year — год"),
        ('"ЕГЭ"', '"ЭГЕ"', "procedure — одно из"),
        ('"Химия"', '"Алхимия"', "предмет «Алхимия» неизвестен"),
        ('["Химия", "Физика"]', "[]", "subjects — непустой список"),
        ('"test"', '"points"', "measure — test, primary или mark"),
        ("least = 36", "least = 136", "least — целое число от 1 до 100"),
        ("least = 36", "least = true", "least — целое число от 1 до 100"),
        ("least = 36", 'least = 36\nlevel = "high"', "level — base или profile"),
        ("least = 36", "least = 36\nregion = 20", "region — код региона"),
        ("least = 36", "least = 36\nmost = 100", "неизвестная строка «most»"),
        ('source = "Приказ"', "", "не назван источник"),
        ('["Химия", "Физика"]', '["Химия", "Химия"]', "порог уже был: ЕГЭ 2023, Химия"),
    ],
)
def test_faults_are_named(before: str, after: str, words: str) -> None:
    with pytest.raises(UserError) as caught:
        parse_thresholds(GOOD.replace(before, after))
    assert caught.value.code == "IMP_THRESHOLD_FAULT"
    assert words in caught.value.what


@pytest.mark.parametrize("text", ["format = ", "[[threshold]"])
def test_no_toml(text: str) -> None:
    with pytest.raises(UserError) as caught:
        parse_thresholds(text)
    assert caught.value.code == "IMP_THRESHOLD_TOML"


def test_a_file_of_a_region_goes_by_the_regions_own_minimum(tmp_path: Path) -> None:
    known = merged(parse_thresholds(GOOD), parse_thresholds(GOOD.replace("least = 36", 'least = 40\nregion = "20"')))
    line = "04 - Химия 2023.05.26"
    regional = [["Протокол проверки"], ["20 - Республика"], *block(line, SPARSE_HEAD, [sparse(1, 213, 13450, 16, 38)])]
    plain = block(line, COMPACT_HEAD, [compact(1, 13450, 16, 38)])
    found = [
        read(book(tmp_path / f"{name}.xlsx", rows), known=known).marks[0].count.below_min
        for name, rows in (("regional", regional), ("plain", plain))
    ]
    assert found == [1, 0]


def test_oge_without_marks_needs_a_minimum_of_primary_points(tmp_path: Path) -> None:
    head = ["№", "Код ОО", "Класс", "Фамилия", "Имя", "Задания с кратким ответом", "Первичный балл"]
    rows = [[1, 13450, "9А", "А", "Б", "", 7], [2, 13450, "9А", "В", "Г", "", 8]]
    path = book(tmp_path / "a.xlsx", block("02 - Математика 2026.06.02", head, rows))
    [question] = read(path).questions
    assert "ОГЭ математика 2026: с какого балла (первичный балл)" in question.text
    known = [Threshold(2026, "ОГЭ", "Математика", None, "primary", 8)]
    [mark] = read(path, known=known).marks
    assert (mark.count.participants, mark.count.m2, mark.count.below_min) == (2, None, 1)
