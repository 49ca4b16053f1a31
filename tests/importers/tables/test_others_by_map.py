"""Metrics, registries and lists from outside read by a map; what a person sees of an unknown book."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from app.errors import UserError
from app.importers.opening import read_here
from app.importers.parsed import FileReading, Hints, Known
from app.importers.tables.profile import ColumnMap, Fixed, Profile
from app.importers.tables.profile_text import from_text, to_text
from app.importers.tables.read_others import leading_count
from app.importers.tables.views import COVERED, pointed_header
from app.importers.tables.works import result_year_of, school_year_of
from app.models.records import MetricName
from tests.importers.reads import found
from tests.importers.tables.makers import workbook

N = None
METRICS = (
    MetricName("pupils", ("Численность обучающихся", "Обучающихся")),
    MetricName("ovz_share", ("Доля ОВЗ",), "share"),
    MetricName("wage", ("Средняя зарплата",), "number"),
    MetricName("point", ("Точка роста",), "flag"),
)


def reading_of(path: Path, *, metrics: tuple[MetricName, ...] = METRICS, **hints: Any) -> FileReading:
    return read_here(path, Hints(**hints), Known(metrics=metrics))


def figures(reading: FileReading) -> list[tuple[Any, ...]]:
    return [
        (v.unit.name, v.figure.metric, v.figure.school_year, v.figure.part, v.figure.whole, v.figure.exact, v.code)
        for v in reading.metrics
    ]


def test_metrics_are_read_without_a_map(tmp_path: Path) -> None:
    head = ["Школа", "Код", "Учебный год", "Численность обучающихся", "Доля ОВЗ, %", "Средняя зарплата", "Точка роста"]
    path = workbook(tmp_path / "a.xlsx", {"Лист1": [
        ["Социальный паспорт"], head,
        ["Школа 1", "edu203389", "2025/26", 771, "12 из 340", "83,4", "да"],
        ["Школа 2", "edu203390", "2024-2025", "1 234", "3,5 %", 40000, "нет"],
        ["Школа 3", "edu203391", "прошлый", 5, N, N, N],
        ["Школа 4", "edu203392", 2025, "-", "н/д", "", N],
        ["Итого", N, N, 2010, N, N, N],
    ]})  # fmt: skip
    reading = reading_of(path)
    assert (reading.kind, reading.rows_read, reading.refused) == ("metrics", 4, None)
    assert figures(reading) == [
        ("Школа 1", "pupils", 2025, 771, N, N, N), ("Школа 1", "ovz_share", 2025, 12, 340, N, N),
        ("Школа 1", "wage", 2025, N, N, "83.4", N), ("Школа 1", "point", 2025, 1, N, N, N),
        ("Школа 2", "pupils", 2024, 1234, N, N, N), ("Школа 2", "ovz_share", 2024, N, N, "3.5", N),
        ("Школа 2", "wage", 2024, N, N, "40000", N), ("Школа 2", "point", 2024, 0, N, N, N),
    ]  # fmt: skip
    assert reading.metrics[0].unit.codes == (("fisoko", "edu203389"),)
    assert (reading.metrics[0].origin.cells, reading.metrics[0].figure.raw) == ("D3", "771")
    assert found(reading) == [("warning", "IMP_SCHOOL_YEAR_STRANGE", "C5")]


def test_words_in_a_cell_are_a_draft_with_the_number_that_leads(tmp_path: Path) -> None:
    words = "771 человек: 411 мальчиков и 360 девочек"
    path = workbook(tmp_path / "a.xlsx", {"Лист1": [
        ["Школа", "Учебный год", "Обучающихся"], ["Школа 1", "2025/26", words], ["Школа 2", "2025/26", "12 из 50"],
    ]})  # fmt: skip
    reading = reading_of(path)
    assert figures(reading) == [
        ("Школа 1", "pupils", 2025, 771, N, N, "IMP_METRIC_IN_WORDS"),
        ("Школа 2", "pupils", 2025, N, N, N, "DATA_NOT_WHOLE"),
    ]  # fmt: skip
    assert reading.metrics[0].figure.raw == words
    assert found(reading) == [("warning", "IMP_METRIC_IN_WORDS", "C2")]


@pytest.mark.parametrize(
    ("raw", "part"),
    [
        ("771 человек: 411 мальчиков и 360 девочки", 771), ("25 чел.", 25), ("1 234 обучающихся", 1234),
        ("25 чел. (из них мальчиков больше)", 25), ("771 человек: 411 мальчиков и 300 девочек", None),
        ("12 из 50", None), ("24 %", None), ("5-7 чел.", None), ("около 20 человек", None), ("25", None),
        ("30 чел., 12,5 %", None), ("", None),
    ],
)  # fmt: skip
def test_the_leading_number(raw: str, part: int | None) -> None:
    assert leading_count(raw) == part


def test_shares_of_one_become_percentages_and_that_is_said(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", {"Лист1": [
        ["Школа", "Учебный год", "Доля ОВЗ"], ["Школа 1", "2025/26", 0.24], ["Школа 2", "2025/26", 1],
    ]})  # fmt: skip
    reading = reading_of(path)
    assert [v.figure.exact for v in reading.metrics] == ["24", "100"]
    assert [(p.level, p.code, p.cell) for p in reading.problems] == [("hint", "IMP_SHARES_OF_ONE", "C1")]


def test_the_school_year_comes_from_a_title_or_is_asked(tmp_path: Path) -> None:
    rows = [["Школа", "Обучающихся", "Доля ОВЗ"], ["Школа 1", 5, 3.5]]
    titled = workbook(tmp_path / "a.xlsx", {"Лист1": [["Контингент на 01.09.2025"], *rows]})
    assert {v.figure.school_year for v in reading_of(titled).metrics} == {2025}
    silent = workbook(tmp_path / "b.xlsx", {"Лист1": rows})
    asked = reading_of(silent)
    assert [question.key for question in asked.questions] == ["year"]
    assert asked.metrics == ()
    assert {v.figure.school_year for v in reading_of(silent, answers={"year": "2024"}).metrics} == {2024}


def test_metrics_of_two_years_stand_side_by_side(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", {"Лист1": [
        ["Школа", "Обучающихся", N], [N, "2024/25", "2025/26"], ["Школа 1", 5, 7],
    ]}, [("Лист1", "A1:A2"), ("Лист1", "B1:C1")])  # fmt: skip
    assert figures(reading_of(path)) == [
        ("Школа 1", "pupils", 2024, 5, N, N, N), ("Школа 1", "pupils", 2025, 7, N, N, N),
    ]  # fmt: skip


def test_a_registry_of_schools_is_no_table_of_metrics(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", {"Лист1": [
        ["Код", "Название", "Муниципалитет", "Тип"], ["edu203389", "Школа 1", "г. А", "СОШ"],
    ]})  # fmt: skip
    assert reading_of(path).kind == "schools"


@pytest.mark.parametrize(
    ("line", "school_year", "result_year"),
    [
        ("2025/26", 2025, 2026), ("2024-2025 учебный год", 2024, 2025), ("2024—2025", 2024, 2025), ("2025", N, 2025),
        ("2024/2026", N, N), ("2024 и 2025", N, N), ("ничего", N, N), ("20.04.2026", N, 2026),
    ],
)  # fmt: skip
def test_years_of_lines(line: str, school_year: int | None, result_year: int | None) -> None:
    assert (school_year_of(line), result_year_of(line)) == (school_year, result_year)


def by(profile: Profile, path: Path, **hints: Any) -> FileReading:
    return read_here(path, Hints(answers={"profile": to_text(profile)}, **hints), Known())


def test_a_registry_by_a_map(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", {"Лист1": [
        ["Сведения об организациях"], [], ["№", "Организация", "Реквизиты", N, "Адрес"], [N, N, "ИНН", "Логин", N],
        ["Алейский район"], [1, "Школа 1", "7707083893", "edu203389", "ул. Мира, 1"], [2, "Школа 2", "1", N, N],
        ["г. Барнаул"], [3, "Школа 3", N, "edu203391", N], ["Всего", 3],
    ]}, [("Лист1", "C3:D3")])  # fmt: skip
    profile = Profile(
        "Реестр",
        "schools",
        (
            ColumnMap(("Организация",), "school"),
            ColumnMap(("Реквизиты", "ИНН"), "inn"),
            ColumnMap(("Реквизиты", "Логин"), "fisoko"),
        ),
        (("№",), ("Адрес",)),
        header_depth=2,
    )
    reading = by(profile, path)
    assert [(s.name, s.municipality, s.codes) for s in reading.schools] == [
        ("Школа 1", "Алейский район", (("fisoko", "edu203389"), ("inn", "7707083893"))),
        ("Школа 2", "Алейский район", ()),
        ("Школа 3", "г. Барнаул", (("fisoko", "edu203391"),)),
    ]
    assert found(reading) == [("warning", "IMP_INN_UNFIT", "C7")]


def test_names_of_people_are_not_read_and_such_a_file_is_not_kept(tmp_path: Path) -> None:
    rows: list[list[Any]] = [["ОО", "ФИО директора", "Обучающихся"], ["Школа 1", "Иванова Мария", 5]]
    path = workbook(tmp_path / "a.xlsx", {"Лист1": [["2025/26"], *rows]})
    reading = reading_of(path)
    assert (reading.personal, figures(reading)) == (True, [("Школа 1", "pupils", 2025, 5, N, N, N)])
    assert "Иванова" not in repr(reading)
    unknown = read_here(path, Hints(), Known())
    assert unknown.refused is not None
    assert "Иванова" not in repr(unknown)
    plain = workbook(tmp_path / "b.xlsx", {"Лист1": [["2025/26"], *([row[0], row[2]] for row in rows)]})
    assert not reading_of(plain).personal


def test_a_list_from_outside_by_a_map(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", {"Лист1": [
        ["Перечень школ, 2025 год"], ["Муниципалитет", "ОО", "Группа"],
        ["г. А", "Школа 1", "Сильно неуспевающие"], ["г. А", "Школа 2", "что-то"], ["г. А", "Школа 3", N],
    ]})  # fmt: skip
    columns = (
        ColumnMap(("Муниципалитет",), "municipality"),
        ColumnMap(("ОО",), "school"),
        ColumnMap(("Группа",), "group"),
    )
    reading = by(Profile("Список", "federal_list", columns), path)
    assert reading.external_head is not None
    assert (reading.kind, reading.external_head.year, reading.external_head.title) == (
        "federal_list", 2025, "Перечень школ, 2025 год",
    )  # fmt: skip
    assert [(e.unit.name, e.mark.item, e.mark.value, e.mark.raw) for e in reading.externals] == [
        ("Школа 1", "", "сильно неуспевающие", "Сильно неуспевающие"), ("Школа 2", "", None, "что-то"),
        ("Школа 3", "", None, ""),
    ]  # fmt: skip
    assert found(reading) == [("warning", "IMP_LIST_VALUE_UNKNOWN", "C4")]
    assert by(Profile("Список", "federal_list", columns, fixed=Fixed(region="Алтай")), path).externals[0].unit.region


def test_an_unknown_book_shows_its_sheets(tmp_path: Path) -> None:
    import xlsxwriter

    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(str(path))
    page = book.add_worksheet("Смета")
    page.merge_range(0, 0, 0, 2, "Смета")
    page.write_row(1, 0, ["Статья", "Фамилия", "Сумма"])
    page.write_row(2, 0, ["Бумага", "Иванов", 100.5])
    page.set_column("B:B", None, None, {"hidden": True})
    page.set_row(2, None, None, {"hidden": True})
    for row in range(3, 100):
        page.write(row, 70, row)
    book.add_worksheet("Пусто")
    book.close()
    reading = reading_of(path)
    assert reading.refused is not None
    assert reading.refused.code == "IMP_UNKNOWN"
    shown = reading.grid[0]
    assert [sheet.name for sheet in reading.grid] == ["Смета"]
    assert shown.rows[:3] == (("Смета",), ("Статья", "Фамилия", "Сумма"), ("Бумага", COVERED, "100.5"))
    assert (len(shown.rows), shown.height) == (60, 100)
    assert (shown.hidden_columns, shown.hidden_rows, shown.merged) == ((1,), (2,), ((0, 0, 0, 2),))


def test_a_book_without_cells_and_one_that_begins_far_below(tmp_path: Path) -> None:
    empty = read_here(workbook(tmp_path / "a.xlsx", {"Лист1": []}), Hints(), Known())
    deep = read_here(workbook(tmp_path / "b.xlsx", {"Лист1": [*([] for _ in range(99)), ["Слово"]]}), Hints(), Known())
    codes = [reading.refused.code if reading.refused else None for reading in (empty, deep)]
    assert codes == ["IMP_EMPTY_BOOK", "IMP_UNKNOWN"]


def test_a_person_points_at_the_header_and_the_map_finds_it_again(tmp_path: Path) -> None:
    rows = [["Альфа", "Бета"], ["Гамма", "Дельта"], ["Школа 1", "5"], ["Школа 2", "6"]]
    path = workbook(tmp_path / "a.xlsx", {"Лист1": rows})
    assert [(p.header_first, p.header_last, p.text) for p in reading_of(path).proposals] == [(1, 1, "")]
    pointed = reading_of(path, answers={"header": "1-2"}).proposals[0]
    assert [column.path for column in pointed.columns] == [("Альфа", "Гамма"), ("Бета", "Дельта")]
    assert pointed.columns[0].samples == ("Школа 1", "Школа 2")
    columns = (ColumnMap(("Альфа", "Гамма"), "school"), ColumnMap(("Бета", "Дельта"), "metric", metric="pupils"))
    profile = Profile("Странная", "metrics", columns, header_row=1, header_depth=2)
    moved = workbook(tmp_path / "b.xlsx", {"Лист1": [["Заголовок"], [], *rows]})
    known = Known(metrics=METRICS, profiles=(to_text(profile),))
    reading = read_here(moved, Hints(year=2025), known)
    assert (reading.profile, figures(reading)) == (
        "Странная", [("Школа 1", "pupils", 2025, 5, N, N, N), ("Школа 2", "pupils", 2025, 6, N, N, N)],
    )  # fmt: skip


def test_what_is_proposed_may_be_used_as_it_is(tmp_path: Path) -> None:
    path = workbook(tmp_path / "Опрос.xlsx", {"Лист1": [
        ["ОО", "Кол-во участников РПР", "Не преодолели порог, %", "Заметка"], ["Школа 1", 10, 20.0, "x"],
        ["Школа 2", 5, 0, "y"],
    ]})  # fmt: skip
    proposal = read_here(path, Hints(kind="journal"), Known()).proposals[0]
    assert (proposal.target, proposal.header_first, proposal.header_last) == ("marks", 1, 1)
    assert [column.field for column in proposal.columns] == ["school", "participants", "below", None]
    assert from_text(proposal.text).name == "Опрос"
    said = {"profile": proposal.text, "procedure": "РПР"}
    reading = read_here(path, Hints(year=2025, subject="МА", grade=6, answers=said), Known())
    assert [(m.count.participants, m.count.below_min) for m in reading.marks] == [(10, 2), (5, 0)]


@pytest.mark.parametrize(
    ("answer", "pointed"),
    [("7", (N, 7, 1)), ("7-8", (N, 7, 2)), ("Лист 1!7–9", ("Лист 1", 7, 3)), ("", N), (N, N)],
)
def test_how_a_header_is_pointed_at(answer: str | None, pointed: Any) -> None:
    assert pointed_header(answer) == pointed


@pytest.mark.parametrize("answer", ["семь", "8-7", "0", "1-99", "1-", "99999999", "1.5"])
def test_a_header_pointed_at_in_vain(answer: str) -> None:
    if answer == "1-":
        assert pointed_header(answer) == (None, 1, 1)
        return
    with pytest.raises(UserError) as caught:
        pointed_header(answer)
    assert caught.value.code == "IMP_HEADER_ANSWER"
