"""Lists from outside: bias markers, Rosobrnadzor's list, risk profiles and zones. Stored as they come."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from app.importers.opening import read_here
from app.importers.parsed import ExternalHead, FileReading, Hints, Known
from app.importers.reports.federal_list import group_of
from app.importers.reports.risk_profile import significance_of
from app.importers.reports.risk_zone import zone_of
from app.models.records import ExternalMark, RiskFactor
from tests.helpers.workbooks import book
from tests.importers.reads import found, read
from tests.importers.reports.reports import Rows

BIAS_HEAD = ["Год", "Логин", "Муниципалитет", "ОО", "4 РУ", "4 МА", "5 РУ", "5 МА", "Количество маркеров"]


def said(reading: FileReading) -> list[tuple[str, str, str | None]]:
    """(school, item, value) of every cell."""
    return [(row.unit.name, row.mark.item, row.mark.value) for row in reading.externals]


def table(tmp_path: Path, *rows: list[Any], name: str = "a.xlsx", **hints: object) -> FileReading:
    return read(book(tmp_path / name, rows, "Лист1 "), **hints)


# --- bias markers ---------------------------------------------------------------------------------------------


def test_markers(tmp_path: Path) -> None:
    row = ["2023", "sch203389", "г. Махачкала", "Школа 1", 1, 0, None, "1", 2]
    reading = table(tmp_path, BIAS_HEAD, row)
    assert reading.kind == "bias"
    assert reading.problems == ()
    assert reading.external_head == ExternalHead("bias", 2023, "Признаки необъективности результатов ВПР")
    assert [row.mark for row in reading.externals] == [
        ExternalMark("4 РУ", "1", "1"),
        ExternalMark("4 МА", "0", "0"),
        ExternalMark("5 РУ", None, ""),
        ExternalMark("5 МА", "1", "1"),
        ExternalMark("", "2", "2"),
    ]
    first = reading.externals[0]
    assert (first.unit.name, first.unit.municipality, first.unit.codes) == (
        "Школа 1", "г. Махачкала", (("fisoko", "edu203389"),),
    )  # fmt: skip
    assert (first.year, first.origin.sheet, first.origin.cells) == (2023, "Лист1 ", "E2")


def test_a_stated_number_that_differs_is_kept_and_told(tmp_path: Path) -> None:
    reading = table(tmp_path, BIAS_HEAD, ["2023", "edu000001", "Р", "Школа", 1, 1, 0, None, 1])
    assert found(reading) == [("warning", "IMP_MARKERS_DIFFER", "I2")]
    assert "указано 1, а отмечено 2" in reading.problems[0].message
    assert reading.externals[-1].mark == ExternalMark("", "1", "1")


def test_several_years_are_one_reading(tmp_path: Path) -> None:
    rows: Rows = [[year, "edu000001", "Р", "Школа", 1, None, None, None, 1] for year in ("2022", 2024, "2023")]
    reading = table(tmp_path, BIAS_HEAD, *rows)
    assert found(reading) == []
    assert reading.external_head is not None
    assert reading.external_head.year == 2024
    assert sorted({row.year for row in reading.externals if row.year}) == [2022, 2023, 2024]


def test_bad_rows_of_markers(tmp_path: Path) -> None:
    rows: Rows = [
        ["2023", "edu000001", "Р", "Школа 1", "x", 1, None, None, 2],
        ["год", "edu000002", "Р", "Школа 2", 1, None, None, None, 1],
        ["2023", None, "Р", None, 1, None, None, None, 1],
        ["2023", "edu000004", "Р", "Школа 4", 1, None, None, None, "один"],
        ["2023", "edu000005", "Р", "Школа 5", 1, None, None, None, 1],
        ["2023", "edu000005", "Р", "Школа 5", "да", None, None, "-", 1],
        ["2023", "edu000006", "Р", "Школа 6", 1, None, None, None, 1],
        ["2023", "edu000006", "Р", "Школа 6", 0, None, None, None, 0],
        ["Итого", None, None, None, 5, None, None, None, None],
        ["Исполнитель: отдел оценки качества"],
    ]
    reading = table(tmp_path, BIAS_HEAD, *rows)
    assert found(reading) == [
        ("error", "IMP_MARKER_STRANGE", "E2"),
        ("error", "IMP_NOT_NUMBER", "A3"),
        ("error", "IMP_UNIT_MISSING", "A4"),
        ("error", "IMP_NOT_NUMBER", "I5"),
        ("warning", "IMP_ROW_REPEATED", "7"),
        ("error", "IMP_ROW_CONTRADICTS", "9"),
    ]
    assert [(school, item) for school, item, value in said(reading) if value == "1"] == [
        ("Школа 1", "4 МА"), ("Школа 4", "4 РУ"), ("Школа 5", "4 РУ"), ("Школа 5", ""),
    ]  # fmt: skip


def test_a_table_of_marks_by_subject_is_no_table_of_markers(tmp_path: Path) -> None:
    reading = table(tmp_path, ["Логин", "ОО", "4 РУ", "4 МА"], ["edu000001", "Школа", 3.5, 4.1])
    assert reading.kind != "bias"


# --- Rosobrnadzor's list --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "group"),
    [
        ("базово неуспевающие", "базово неуспевающие"),
        ("Умеренно  неуспевающая школа", "умеренно неуспевающие"),
        ("СИЛЬНО НЕУСПЕВАЮЩИЕ", "сильно неуспевающие"),
        ("сильно", "сильно неуспевающие"),
        ("Базовая группа", "базово неуспевающие"),
        ("успевающие", None),
        ("от базово до сильно", None),
        ("", None),
    ],
)
def test_groups(cell: str, group: str | None) -> None:
    assert group_of(cell) == group


def test_a_list_with_groups_in_a_column(tmp_path: Path) -> None:
    reading = table(
        tmp_path,
        ["Перечень школ с низкими образовательными результатами, декабрь 2024 года"],
        ["№", "Субъект РФ", "Муниципалитет", "Наименование ОО", "Логин ФИС ОКО", "ИНН", "Группа"],
        [1, 2, 3, 4, 5, 6, 7],
        [1, "Республика", "г. Сокол", "МБОУ СОШ № 1", "edu200001", "7707083893", "сильно неуспевающие"],
        [2, "Республика", "г. Сокол", "МБОУ СОШ № 2", "sch200002", 7707083894, "прочие"],
        [3, "Республика", "г. Сокол", "МБОУ СОШ № 3", None, None, None],
        [None, None, None, "Всего 3 школы"],
    )
    assert reading.kind == "federal_list"
    assert found(reading) == [("warning", "IMP_CODE_UNFIT", "F5"), ("warning", "IMP_GROUP_UNKNOWN", "G5")]
    title = "Перечень школ с низкими образовательными результатами, декабрь 2024 года"
    assert reading.external_head == ExternalHead("federal_list", 2024, title)
    assert [(row.unit.name, row.mark) for row in reading.externals] == [
        ("МБОУ СОШ № 1", ExternalMark("", "сильно неуспевающие", "сильно неуспевающие")),
        ("МБОУ СОШ № 2", ExternalMark("", None, "прочие")),
        ("МБОУ СОШ № 3", ExternalMark("", None, "")),
    ]
    unit = reading.externals[0].unit
    assert (unit.municipality, unit.region) == ("г. Сокол", "Республика")
    assert dict(unit.codes) == {"fisoko": "edu200001", "inn": "7707083893"}


def test_groups_that_head_the_schools(tmp_path: Path) -> None:
    rows: Rows = [
        ["Школа", "Логин", "Муниципалитет"],
        ["Базово неуспевающие"],
        ["Школа 1", "edu000001", "Р"],
        [None, "Сильно неуспевающие школы", None],
        ["Школа 2 (edu000002)", None, "Р"],
        ["Список составлен отделом оценки"],
    ]
    reading = table(tmp_path, *rows, year=2025)
    assert reading.kind == "federal_list"
    assert found(reading) == []
    assert said(reading) == [("Школа 1", "", "базово неуспевающие"), ("Школа 2", "", "сильно неуспевающие")]
    assert reading.externals[1].unit.codes == (("fisoko", "edu000002"),)
    assert reading.externals[0].year == 2025


def test_a_list_without_groups_is_read_only_when_it_is_named(tmp_path: Path) -> None:
    rows: Rows = [["Школа", "Логин"], ["Школа 1", "edu000001"], ["Школа 2", "edu000002"]]
    assert table(tmp_path, *rows).kind == "schools"
    reading = table(tmp_path, *rows, kind="federal_list", year=2024)
    assert said(reading) == [("Школа 1", "", None), ("Школа 2", "", None)]


def test_the_year_of_a_list(tmp_path: Path) -> None:
    rows: Rows = [["Школа", "Группа"], ["Школа 1", "сильно"]]
    asked = table(tmp_path, *rows, name="Список 2024.xlsx")
    assert [(question.key, question.options) for question in asked.questions] == [("year", ("2024",))]
    assert (asked.externals, asked.external_head) == ((), None)
    assert table(tmp_path, *rows, year=24).questions[0].text.startswith("Год 24 не подходит.")
    two = ["Список школ по итогам 2023/2024 учебного года, утверждён в 2024 году"]
    asked = table(tmp_path, two, *rows)
    assert [(question.key, question.options) for question in asked.questions] == [("year", ("2023", "2024"))]
    assert table(tmp_path, two, *rows, answers={"year": "2024"}).externals[0].year == 2024
    one = table(tmp_path, ["Список школ на 2024 год"], *rows, year=2025)
    assert found(one) == [("warning", "IMP_HINT_DIFFERS", None)]
    assert one.externals[0].year == 2024


def test_bare_digits_in_a_list_are_a_question(tmp_path: Path) -> None:
    rows: Rows = [["Список школ на 2024 год"], ["Код", "Школа", "Группа"], ["203389", "Школа 1", "сильно"]]
    assert [question.key for question in table(tmp_path, *rows).questions] == ["code_system"]
    answered = table(tmp_path, *rows, answers={"code_system": "логин ФИС ОКО"})
    assert answered.externals[0].unit.codes == (("fisoko", "edu203389"),)


# --- zones ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "zone"),
    [
        ("Высокая", "высокая"),
        ("высокий риск", "высокая"),
        ("Зона среднего риска", "средняя"),
        ("вне зоны риска", "вне зоны"),
        ("не входит", "вне зоны"),
        ("низкая", None),
        ("выше среднего, но не высокая", None),
        ("", None),
    ],
)
def test_zones(cell: str, zone: str | None) -> None:
    assert zone_of(cell) == zone


def test_a_list_of_zones(tmp_path: Path) -> None:
    reading = table(
        tmp_path,
        ["Зоны риска школ района, 2025 год"],
        ["№ п/п", "ОО", "Логин", "Зона риска"],
        [1, "Школа 1", "edu000001", "высокая"],
        [2, "Школа 2", "edu000002", "вне зоны"],
        [3, "Школа 3", "edu000003", "низкая"],
        [4, "Школа 4", "edu000004", None],
    )
    assert reading.kind == "risk_zone"
    assert found(reading) == [("warning", "IMP_ZONE_UNKNOWN", "D5")]
    assert reading.external_head == ExternalHead("risk_zone", 2025, "Зоны риска школ района, 2025 год")
    assert [(row.mark.value, row.mark.raw, row.origin.cells) for row in reading.externals] == [
        ("высокая", "высокая", "D3"),
        ("вне зоны", "вне зоны", "D4"),
        (None, "низкая", "D5"),
        (None, "", "D6"),
    ]


# --- profiles -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("Высокая", "высокая"),
        ("средний", "средняя"),
        ("низкая значимость", "низкая"),
        ("Не актуален", "нет"),
        ("нет", "нет"),
        ("-", None),
        ("3", None),
    ],
)
def test_significances(cell: str, value: str | None) -> None:
    assert significance_of(cell) == value


def test_factors_as_columns(tmp_path: Path) -> None:
    reading = table(
        tmp_path,
        ["Рисковые профили школ, 2025 год"],
        ["Школа", "Логин", "1. Дефицит педагогических кадров", "Низкая учебная мотивация", "Подвоз детей"],
        ["Школа 1", "edu000001", "Высокая", None, "средняя"],
        ["Школа 2", "edu000002", "-", "не актуален", "как повезёт"],
    )
    assert reading.kind == "risk_profile"
    assert found(reading) == [
        ("warning", "IMP_FACTOR_UNKNOWN", "E2"),
        ("warning", "IMP_SIGNIFICANCE_UNKNOWN", "E4"),
    ]
    assert [(row.mark.item, row.mark.value, row.mark.raw) for row in reading.externals] == [
        ("staff_shortage", "высокая", "Высокая"),
        ("motivation", None, ""),
        ("Подвоз детей", "средняя", "средняя"),
        ("staff_shortage", None, "-"),
        ("motivation", "нет", "не актуален"),
        ("Подвоз детей", None, "как повезёт"),
    ]


def test_a_row_a_factor(tmp_path: Path) -> None:
    rows: Rows = [
        ["Год", "ОО", "Фактор риска", "Значимость фактора риска"],
        [2025, "Школа 1", "Дефицит педагогических кадров", "высокая"],
        [2025, None, "Низкий уровень дисциплины в классе", "низкая"],
        [2025, "Школа 2", "Дефицит педагогических кадров", "средняя"],
        [2025, "Школа 2", "Дефицит педагогических кадров", "высокая"],
        [2025, "Школа 2", "Низкая учебная мотивация", None],
        [2024, "Школа 2", "Дефицит педагогических кадров", "низкая"],
    ]
    reading = table(tmp_path, *rows)
    assert reading.kind == "risk_profile"
    assert found(reading) == [("error", "IMP_ROW_CONTRADICTS", "5")]
    assert [(*line, row.year) for line, row in zip(said(reading), reading.externals, strict=True)] == [
        ("Школа 1", "staff_shortage", "высокая", 2025),
        ("Школа 1", "discipline", "низкая", 2025),
        ("Школа 2", "staff_shortage", "низкая", 2024),
    ]


def test_a_profile_of_one_school(tmp_path: Path) -> None:
    head = ["Факторы риска", "Значимость"]
    rows: Rows = [head, ["Дефицит кадров", "высокая"], ["Низкая учебная мотивация", "средняя"]]
    asked = table(tmp_path, *rows, year=2025)
    assert [question.key for question in asked.questions] == ["school"]
    assert asked.externals == ()
    answered = table(tmp_path, *rows, year=2025, answers={"school": "edu203389"})
    assert [row.unit.codes for row in answered.externals] == [(("fisoko", "edu203389"),)] * 2
    named = table(tmp_path, ["Рисковый профиль, 2025 год"], ["Школа:", "МБОУ СОШ № 5"], *rows)
    assert said(named) == [("МБОУ СОШ № 5", "staff_shortage", "высокая"), ("МБОУ СОШ № 5", "motivation", "средняя")]
    coded = table(tmp_path, ["МБОУ СОШ № 5 (edu000005), 2025"], ["МБОУ СОШ № 5 (edu000005)"], *rows)
    assert coded.externals[0].unit.codes == (("fisoko", "edu000005"),)
    assert coded.externals[0].unit.name == "МБОУ СОШ № 5"


def test_the_catalogue_in_force_decides(tmp_path: Path) -> None:
    path = book(
        tmp_path / "a.xlsx",
        [["Профили 2025"], ["Школа", "Подвоз детей", "Удалённость"], ["Школа 1", "высокая", "низкая"]],
    )
    own = (RiskFactor("transport", "Подвоз детей"), RiskFactor("distance", "Удалённость школы", ("Удаленность",)))
    reading = read_here(path, Hints(), Known(factors=own))
    assert reading.kind == "risk_profile"
    assert [row.mark.item for row in reading.externals] == ["transport", "distance"]
    assert reading.problems == ()
