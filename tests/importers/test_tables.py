"""Our own tables: results and the registry of schools."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.importers.parsed import FileReading
from app.models.records import Assessment, MarkCount
from tests.helpers.workbooks import MARKS_HEAD, SCHOOLS_HEAD, book, marks_table, schools_table
from tests.importers.reads import found, read

ROW = ["МБОУ «СОШ № 1»", "sch203389", 2026, "ВПР", "Математика", 6, 27, 8, 10, 6, 3, None, "3,15"]


def changed(**cells: object) -> list[object]:
    row: list[object] = list(ROW)
    for key, value in cells.items():
        row[MARKS_HEAD.index({"m2": "2", "m3": "3", "m4": "4", "m5": "5", "below": "Ниже минимума"}.get(key, key))] = (
            value
        )
    return row


def results(tmp_path: Path, *rows: list[object], **hints: object) -> FileReading:
    return read(marks_table(tmp_path / "итоги.xlsx", rows), **hints)


def test_a_row_of_results(tmp_path: Path) -> None:
    reading = results(tmp_path, ROW)
    assert reading.kind == "marks"
    assert found(reading) == []
    mark = reading.marks[0]
    assert mark.unit.codes == (("fisoko", "edu203389"),)
    assert mark.unit.name == "МБОУ «СОШ № 1»"
    assert mark.count == MarkCount(
        Assessment("ВПР", "Математика", None, 6), 2026, 27, 8, 10, 6, 3, below_min=8, mean="3.15"
    )
    assert (mark.origin.sheet, mark.origin.row_from) == ("Лист1", 2)


def test_columns_in_any_order_and_few_of_them(tmp_path: Path) -> None:
    head = ["Ниже  минимума", "УЧАСТНИКОВ", "школа", "Уровень", "предмет", "Процедура", "год"]
    rows = [head, [3, 20, "Школа 1", "Профиль", "МА", "ЕГЭ", "2026"], [1, 20, "Школа 1", "база", "МА", "егэ", 2026]]
    reading = read(book(tmp_path / "a.xlsx", rows))
    assert found(reading) == []
    assert [mark.count for mark in reading.marks] == [
        MarkCount(Assessment("ЕГЭ", "Математика", "profile", 11), 2026, 20, below_min=3),
        MarkCount(Assessment("ЕГЭ", "Математика", "base", 11), 2026, 20, below_min=1),
    ]


def test_grades_that_the_procedure_implies(tmp_path: Path) -> None:
    reading = results(tmp_path, changed(Процедура="ОГЭ", Класс=None), changed(Процедура="НИКО", Класс=None))
    assert [mark.count.assessment.grade for mark in reading.marks] == [9, None]
    assert found(reading) == []


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        ({"m5": 4}, ("error", "IMP_MARKS_EXCEED", "G2")),
        ({"below": 28}, ("error", "IMP_BELOW_EXCEEDS", "L2")),
        ({"m2": 8.5}, ("error", "IMP_NOT_WHOLE", "H2")),
        ({"m2": "-8"}, ("error", "IMP_NEGATIVE", "H2")),
        ({"Участников": "двадцать"}, ("error", "IMP_NOT_NUMBER", "G2")),
        ({"Год": 26}, ("error", "IMP_YEAR_STRANGE", "C2")),
        ({"Год": None}, ("error", "IMP_YEAR_STRANGE", "C2")),
        ({"Процедура": "экзамен"}, ("error", "IMP_PROCEDURE_UNKNOWN", "D2")),
        ({"Процедура": None}, ("error", "IMP_PROCEDURE_UNKNOWN", "D2")),
        ({"Предмет": " "}, ("error", "IMP_SUBJECT_MISSING", "E2")),
        ({"Класс": None}, ("error", "IMP_GRADE_STRANGE", "F2")),
        ({"Класс": 13}, ("error", "IMP_GRADE_STRANGE", "F2")),
        ({"Школа": None, "Код": None}, ("error", "IMP_UNIT_MISSING", "A2")),
        ({"Средний балл": "нет"}, ("error", "IMP_NOT_NUMBER", "M2")),
        ({"m2": None, "Участников": None}, ("error", "IMP_PARTICIPANTS_MISSING", "G2")),
    ],
)
def test_a_row_with_an_error_is_not_taken(
    tmp_path: Path, cells: dict[str, object], problem: tuple[str, str, str]
) -> None:
    other = changed(Предмет="Физика")
    reading = results(tmp_path, changed(**cells), other)
    assert found(reading) == [problem]
    assert [mark.count.assessment.subject for mark in reading.marks] == ["Физика"]


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        ({"m5": 2}, ("warning", "IMP_MARKS_SHORT", "G2")),
        ({"below": 7}, ("warning", "IMP_BELOW_DIFFERS", "L2")),
        ({"m2": None}, ("warning", "IMP_BELOW_UNKNOWN", "L2")),
        ({"Предмет": "краеведение"}, ("warning", "IMP_SUBJECT_UNKNOWN", "E2")),
    ],
)
def test_an_odd_row_is_taken_with_a_warning(
    tmp_path: Path, cells: dict[str, object], problem: tuple[str, str, str]
) -> None:
    reading = results(tmp_path, changed(**cells))
    assert found(reading) == [problem]
    assert len(reading.marks) == 1


def test_below_the_minimum_decides(tmp_path: Path) -> None:
    assert results(tmp_path, changed(below=7)).marks[0].count.below_min == 7
    assert results(tmp_path, changed(m2=None)).marks[0].count.below_min is None


def test_participants_from_marks(tmp_path: Path) -> None:
    assert results(tmp_path, changed(Участников=None)).marks[0].count.participants == 27


def test_a_line_of_totals_is_no_school(tmp_path: Path) -> None:
    reading = results(tmp_path, ROW, changed(Школа="Итого по району", Код=None))
    assert found(reading) == []
    assert [(item.level, item.code, item.cell) for item in reading.problems] == [("hint", "IMP_TOTALS_ROW", "A3")]
    assert len(reading.marks) == 1


def test_repeats(tmp_path: Path) -> None:
    assert found(results(tmp_path, ROW, ROW)) == [("warning", "IMP_ROW_REPEATED", "3")]
    reading = results(tmp_path, ROW, changed(m5=2), changed(Год=2025))
    assert [item for item in found(reading) if item[0] == "error"] == [("error", "IMP_ROW_CONTRADICTS", "3")]
    assert "2 и 3" in reading.problems[-1].message
    assert [mark.count.year for mark in reading.marks] == [2025]


def test_missing_columns_become_questions(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", [["Школа", "Участников", "2"], ["Школа 1", 10, 1]])
    reading = read(path)
    assert reading.kind == "marks"
    assert [question.key for question in reading.questions] == ["year", "procedure", "subject"]
    assert reading.marks == ()
    answered = read(path, year=2026, subject="Физика", grade=8, answers={"procedure": "впр"})
    assert answered.marks[0].count.assessment == Assessment("ВПР", "Физика", None, 8)


def test_bare_digits_in_the_code_are_a_question(tmp_path: Path) -> None:
    reading = results(tmp_path, changed(Код=203389))
    assert [question.key for question in reading.questions] == ["code_system"]
    answered = results(tmp_path, changed(Код=203389), answers={"code_system": "логин ФИС ОКО"})
    assert answered.marks[0].unit.codes == (("fisoko", "edu203389"),)


def test_a_wrong_inn_beside_right_ones(tmp_path: Path) -> None:
    reading = results(tmp_path, changed(Код=7707083893), changed(Код="7707083894", Школа="Школа 2"))
    assert found(reading) == [("warning", "IMP_CODE_UNFIT", "B3")]
    assert [mark.unit.codes for mark in reading.marks] == [(("inn", "7707083893"),), ()]


# --- the registry ---------------------------------------------------------------------------------------------

SCHOOL = [
    None, "sch203389", "101", "1234", 7707083893, "1027700132195", "МБОУ «СОШ № 1»", "СОШ 1", "Урус-Мартановский район",
    "СОШ", "г. Урус-Мартан", "Действует",
]  # fmt: skip


def registry(tmp_path: Path, *rows: list[object]) -> FileReading:
    return read(schools_table(tmp_path / "реестр.xlsx", rows))


def test_a_school(tmp_path: Path) -> None:
    reading = registry(tmp_path, SCHOOL)
    assert reading.kind == "schools"
    assert found(reading) == []
    school = reading.schools[0]
    assert dict(school.codes) == {
        "fisoko": "edu203389", "msu": "101", "oo": "101-1234", "inn": "7707083893", "ogrn": "1027700132195",
    }  # fmt: skip
    assert (school.name, school.short_name, school.municipality) == (
        "МБОУ «СОШ № 1»",
        "СОШ 1",
        "Урус-Мартановский район",
    )
    assert (school.school_type, school.settlement, school.status) == ("СОШ", "г. Урус-Мартан", "действует")
    assert school.drafts == ()


def test_only_the_name_is_needed(tmp_path: Path) -> None:
    reading = read(book(tmp_path / "a.xlsx", [["Название"], ["Школа  №\u00a01 "], [""], ["Школа № 2"]]))
    assert [(school.name, school.origin.row_from) for school in reading.schools] == [("Школа № 1", 2), ("Школа № 2", 4)]


def test_a_list_of_goods_is_no_registry_unless_the_user_says_so(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", [["Код", "Наименование", "Тип"], ["7", "Бумага", "А4"], ["8", "Скрепки", ""]])
    assert read(path).kind == "unknown"
    assert [school.name for school in read(path, kind="schools").schools] == ["Бумага", "Скрепки"]


def test_cells_that_do_not_fit_are_kept_as_drafts(tmp_path: Path) -> None:
    bad = [None, "203389", None, None, 7707083894, "1027700132190", "Школа", None, None, None, None, "непонятно"]
    reading = registry(tmp_path, bad)
    assert found(reading) == [
        ("warning", "IMP_INN_UNFIT", "E2"),
        ("warning", "IMP_OGRN_UNFIT", "F2"),
        ("warning", "IMP_STATUS_UNKNOWN", "L2"),
    ]
    school = reading.schools[0]
    assert school.codes == (("fisoko", "edu203389"),)
    assert school.drafts == (
        ("inn", "7707083894", "IMP_INN_UNFIT"),
        ("ogrn", "1027700132190", "IMP_OGRN_UNFIT"),
        ("status", "непонятно", "IMP_STATUS_UNKNOWN"),
    )


def test_the_column_of_codes_and_the_named_ones(tmp_path: Path) -> None:
    rows = [
        ["101-1234", None, None, None, None, None, "А"],
        ["Ш-7", "edu000001", None, None, None, None, "Б"],
        ["edu000003", "edu000002", None, None, None, None, "В"],
    ]
    reading = registry(tmp_path, *[row + [None] * 5 for row in rows])
    assert [dict(school.codes) for school in reading.schools] == [
        {"oo": "101-1234"},
        {"fisoko": "edu000001", "own": "Ш-7"},
        {"fisoko": "edu000002"},
    ]
    assert found(reading) == [("warning", "IMP_CODE_DIFFERS", "A4")]


def test_one_code_at_two_schools(tmp_path: Path) -> None:
    second = list(SCHOOL)
    second[6], second[4], second[5], second[3] = "Филиал", 7707083893, "1027700132195", "1235"
    third = [None, None, None, None, 7707083893, None, "Детский сад", *[None] * 5]
    reading = registry(tmp_path, SCHOOL, second, third)
    assert found(reading) == [("error", "IMP_CODE_REPEATED", "3")]
    assert "строке 2" in reading.problems[0].message
    assert [school.name for school in reading.schools] == ["МБОУ «СОШ № 1»", "Детский сад"]


def test_a_row_without_a_name(tmp_path: Path) -> None:
    nameless = list(SCHOOL)
    nameless[6] = None
    assert found(registry(tmp_path, nameless)) == [("error", "IMP_NAME_MISSING", "G2")]


def test_bare_digits_in_the_registry_are_a_question(tmp_path: Path) -> None:
    reading = read(book(tmp_path / "a.xlsx", [["Код", "Название"], ["203389", "Школа"]]))
    assert reading.kind == "schools"
    assert [question.key for question in reading.questions] == ["code_system"]
    assert reading.schools == ()


@pytest.mark.parametrize(
    ("said", "status"),
    [("закрыта с 2024 г.", "закрыта"), ("РЕОРГАНИЗОВАНА", "реорганизована"), ("ремонт", "приостановлена"), ("", None)],
)
def test_statuses(tmp_path: Path, said: str, status: str | None) -> None:
    row = [*SCHOOL[:11], said]
    assert registry(tmp_path, row).schools[0].status == status


def test_headings_of_the_issue_are_all_known() -> None:
    from app.importers.grid import heading
    from app.importers.schools_table import HEADINGS

    assert all(HEADINGS.key(heading(title)) for title in SCHOOLS_HEAD)
