"""Collection forms, filled and empty, and what a coordinator gets of them all together."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from app.importers.parsed import FileReading
from app.models.records import Assessment, Origin
from tests.importers.pupils.books import (
    FORM_JOURNAL,
    collected,
    collected_pupil,
    form,
    form_head,
    form_pupil,
    sheets,
)
from tests.importers.pupils.figures import journal, marks, scores, tasks
from tests.importers.reads import found, read

NAME = "Форма сбора результатов Математика 6 класс ВПР 2026 edu223379.xlsx"
WORK = Assessment("ВПР", "Математика", None, 6)
SCALE = {"scale": "2/4/6/8"}  # of 5 + 1 + 2 points


def filled(tmp_path: Path, *rows: list[Any], name: str = NAME, **more: Any) -> FileReading:
    hints = {key: more.pop(key) for key in ("year", "subject", "grade", "answers") if key in more}
    return read(form(tmp_path / name, rows, **more), **{"answers": SCALE, **hints})


# --- one school ----------------------------------------------------------------------------------------------


def test_a_filled_form(tmp_path: Path) -> None:
    reading = filled(
        tmp_path,
        form_pupil([5, 1, 2], journal=4),
        form_pupil([1, "X", 1], journal=3, code="60002"),
        form_pupil([None, None, None], variant="отсутствовал", journal=None, code="60003"),
        form_pupil(["3", "0", "Х"], variant="2", journal="нет отметки", code="60004"),
        stretch=300,
    )
    assert (reading.kind, reading.personal, reading.rows_read, reading.refused) == ("collection_form", True, 4, None)
    assert reading.title == "Форма сбора результатов: ВПР 2026, Математика, 6 класс"
    assert [(item.level, item.code, item.cell) for item in reading.problems] == [
        ("warning", "IMP_TOTAL_DIFFERS", "I5")  # points as texts: Excel's own sum is 0
    ]
    assert marks(reading) == [(3, 1, 1, 0, 1, 1)]
    assert reading.marks[0].unit.codes == (("fisoko", "edu223379"),)
    assert (reading.marks[0].count.assessment, reading.marks[0].count.year) == (WORK, 2026)
    assert reading.marks[0].origin == Origin("Протокол", 2, 5)
    assert journal(reading) == [(3, 1, 0, 1)]
    # the lists of allowed values at the right are no tasks
    assert tasks(reading) == [("1", 3, 9, 0, 5), ("2", 3, 1, 1, 1), ("3", 3, 3, 1, 2)]
    assert scores(reading) == [{8: 1, 2: 1, 3: 1}]


def test_an_empty_form_is_refused_and_never_read_as_zeros(tmp_path: Path) -> None:
    for rows in ([], [form_pupil([None] * 3, variant=None, klass=None, sex=None, journal=None, total=0)] * 3):
        reading = filled(tmp_path, *rows, stretch=1498)
        assert reading.kind == "collection_form"
        assert reading.refused is not None
        assert (reading.refused.code, reading.refused.level) == ("IMP_EMPTY_FORM", "error")
        assert reading.refused.message.startswith(f"«{NAME}» — это пустая форма сбора, а не отчёт")
        assert (reading.marks, reading.tasks, reading.questions, reading.problems) == ((), (), (), ())


def test_an_empty_form_asks_nothing_even_if_nobody_knows_the_work(tmp_path: Path) -> None:
    reading = read(form(tmp_path / "a.xlsx", [], stretch=20))
    assert reading.questions == ()
    assert reading.refused is not None


def test_a_form_of_absent_pupils_is_not_empty(tmp_path: Path) -> None:
    reading = filled(tmp_path, form_pupil([None] * 3, variant="отсутствовал", total=0), stretch=5)
    assert reading.refused is None
    assert marks(reading) == [(0, 0, 0, 0, 0, 0)]


def test_the_hidden_service_sheet_is_nobodys_concern(tmp_path: Path) -> None:
    path = tmp_path / NAME
    pages = {"Протокол": [form_head(), form_pupil([5, 1, 2])], "Служебный": [["X"]], "Другой": [["X"]]}
    reading = read(sheets(path, pages, hidden=["Служебный", "Другой"]), answers=SCALE)
    assert [(item.code, item.sheet) for item in reading.problems] == [("IMP_HIDDEN_SHEET", "Другой")]


def test_a_service_sheet_that_shows_is_not_read_either(tmp_path: Path) -> None:
    pages = {
        "Протокол": [form_head(), form_pupil([5, 1, 2])],
        "Служебный": [["Логин", "edu999999"], form_head(), form_pupil([5, 0, 0])],
    }
    reading = read(sheets(tmp_path / NAME, pages), answers=SCALE)
    assert (reading.questions, marks(reading)) == ((), [(1, 0, 0, 0, 1, 0)])


def test_two_parts_with_the_second_variant_among_the_tasks(tmp_path: Path) -> None:
    head = [
        "Код", "Вариант (часть 1)", "1 (5б)", "Вариант (часть 2)", "2 (1б)", "3 (2б)",
        "Порядковый номер класса", FORM_JOURNAL, "Итого баллов",
    ]  # fmt: skip
    rows: list[list[Any]] = [
        ["60001", 1, 5, 2, 1, 2, 1, 4, 8],
        ["60002", 2, 1, 1, "X", 0, 1, 4, 1],
        ["60003", 1, 5, "отсутствовал", None, None, 1, 4, 5],
        ["60004", "отсутствовал", None, "отсутствовал", None, None, 1, 4, 0],
    ]
    reading = filled(tmp_path, *rows, head=head)
    assert found(reading) == [("warning", "IMP_PART_MISSED", "D4")]
    assert marks(reading) == [(2, 1, 0, 0, 1, 1)]
    assert tasks(reading) == [("1", 2, 6, 0, 5), ("2", 2, 1, 1, 1), ("3", 2, 2, 0, 2)]


@pytest.mark.parametrize("klass", ["Класс № (от 1 до 50)", "Наименование класса", "Порядковый номер класса", "Класс"])
def test_columns_of_classes_are_no_tasks(tmp_path: Path, klass: str) -> None:
    head = ["Код участника", "Вариант", "1", "2", klass, FORM_JOURNAL, "Итого баллов", None, "3", "4"]
    reading = filled(tmp_path, ["60001", 1, 5, 1, 2, 4, 6, None, 0, 1], head=head, answers={"scale": "2/4/6"})
    assert tasks(reading) == [("1", 1, 5, 0, None), ("2", 1, 1, 0, None)]


# --- whose form it is ----------------------------------------------------------------------------------------

NO_LOGIN = "Математика 6 класс ВПР 2026.xlsx"


@pytest.mark.parametrize(
    ("above", "name", "codes"),
    [
        ([["МБОУ «СОШ № 1» (edu223379)"], []], "МБОУ «СОШ № 1»", ("edu223379",)),
        ([["Логин:", "sch223379"]], "edu223379", ("edu223379",)),
        ([["Школа:", "edu223379 | МБОУ «СОШ № 1»"]], "МБОУ «СОШ № 1»", ("edu223379",)),
        ([["Логин ОО", "edu223379"], ["Название ОО", "МБОУ «СОШ № 1»"]], "МБОУ «СОШ № 1»", ("edu223379",)),
        ([["Наименование ОО:", "МБОУ «СОШ № 1»"]], "МБОУ «СОШ № 1»", ()),
    ],
)
def test_the_school_in_a_cell(tmp_path: Path, above: list[list[str]], name: str, codes: tuple[str, ...]) -> None:
    reading = filled(tmp_path, form_pupil([5, 1, 2]), name=NO_LOGIN, above=above)
    assert reading.questions == ()
    unit = reading.marks[0].unit
    assert (unit.kind, unit.name, tuple(code for _, code in unit.codes)) == ("school", name, codes)


def test_a_school_nobody_names_is_asked_for(tmp_path: Path) -> None:
    reading = filled(tmp_path, form_pupil([5, 1, 2]), name=NO_LOGIN)
    assert [(question.key, question.options) for question in reading.questions] == [("school", ())]
    assert reading.marks == ()
    by_login = filled(tmp_path, form_pupil([5, 1, 2]), name=NO_LOGIN, answers={**SCALE, "school": "edu223380"})
    assert by_login.marks[0].unit.codes == (("fisoko", "edu223380"),)
    by_name = filled(tmp_path, form_pupil([5, 1, 2]), name=NO_LOGIN, answers={**SCALE, "school": " СОШ  № 1 "})
    assert (by_name.marks[0].unit.name, by_name.marks[0].unit.codes) == ("СОШ № 1", ())


def test_two_schools_in_one_form_are_a_question(tmp_path: Path) -> None:
    above = [["МБОУ «СОШ № 1» (edu223380)"]]
    reading = filled(tmp_path, form_pupil([5, 1, 2]), above=above)
    assert [(question.key, question.options) for question in reading.questions] == [
        ("school", ("edu223379", "edu223380"))
    ]
    answers = {**SCALE, "school": "edu223380"}
    answered = filled(tmp_path, form_pupil([5, 1, 2]), above=above, answers=answers)
    assert answered.marks[0].unit.name == "МБОУ «СОШ № 1»"


def test_everything_unknown_is_asked_at_once(tmp_path: Path) -> None:
    reading = read(form(tmp_path / "a.xlsx", [form_pupil([5, 1, 2])]))
    assert [question.key for question in reading.questions] == ["school", "year", "subject", "grade"]
    assert reading.questions[-1].options == ("6",)


# --- a coordinator's export ----------------------------------------------------------------------------------

COLLECTED = "ВПР 2022 Математика 6.xlsx"


def gathered(tmp_path: Path, *rows: list[Any], name: str = COLLECTED, **hints: Any) -> FileReading:
    return read(collected(tmp_path / name, rows), **{"answers": SCALE, **hints})


def test_forms_collected_from_schools(tmp_path: Path) -> None:
    other = {"user": "sch223380", "school": 'edu223380 | МБОУ "СОШ ""Сигма"""'}
    reading = gathered(
        tmp_path,
        collected_pupil([5, 1, 2], journal=5),
        collected_pupil([0, "X", 1], total=1, journal=2),
        # this school gives texts in the same columns
        collected_pupil(["2", "1", "0"], **other, variant="1", journal="3", total="3"),
        collected_pupil(["", "", ""], **other, variant="отсутствовал", journal="", total="0"),
        collected_pupil([None] * 3, **other, code=None, variant=None, klass=None, sex=None, journal=None, total=0),
    )
    assert (reading.kind, reading.personal, reading.rows_read) == ("pupils_2022", True, 4)
    assert reading.title == "Выгрузка собранных форм: ВПР 2022, Математика, 6 класс"
    assert found(reading) == []
    assert marks(reading) == [(2, 1, 0, 0, 1, 1), (1, 0, 1, 0, 0, 0)]
    assert [(row.unit.name, row.unit.codes, row.unit.municipality) for row in reading.marks] == [
        ('МКОУ "Лицей"', (("fisoko", "edu223379"),), "Бийский район"),
        ('МБОУ "СОШ ""Сигма"""', (("fisoko", "edu223380"),), "Бийский район"),
    ]
    assert [(row.origin.row_from, row.origin.row_to) for row in reading.marks] == [(2, 3), (4, 5)]
    assert journal(reading) == [(2, 0, 2, 0), (1, 0, 1, 0)]
    assert tasks(reading, "edu223379") == [("1", 2, 5, 0, 5), ("2", 2, 1, 1, 1), ("3", 2, 3, 0, 2)]
    assert scores(reading) == [{8: 1, 1: 1}, {3: 1}]


def test_totals_are_never_believed(tmp_path: Path) -> None:
    rows = [collected_pupil([5, 1, 2], total=total) for total in (0, "0", 7, 30, "#ССЫЛКА!", 8, "8", "", None)]
    reading = gathered(tmp_path, *rows)
    assert found(reading) == [("warning", "IMP_TOTAL_DIFFERS", f"O{row}") for row in range(2, 7)]
    assert "«Итого баллов» не равно сумме" in reading.problems[0].message
    assert marks(reading) == [(9, 0, 0, 0, 9, 0)]


def test_many_broken_totals_are_told_in_one_line(tmp_path: Path) -> None:
    rows = [collected_pupil([5, 1, 2], school=f"edu{223000 + i % 5} | Школа", total=0) for i in range(321)]
    reading = gathered(tmp_path, *rows)
    assert len(reading.problems) == 201
    assert "в 321\u00a0строке у 5\u00a0школ; по одной показаны первые 200" in reading.problems[-1].message


def test_a_school_is_named_by_either_column(tmp_path: Path) -> None:
    rows = [
        collected_pupil([5, 1, 2], user="reg22_m019"),
        collected_pupil([5, 1, 2], school=None),
        collected_pupil([5, 1, 2], user=None, school="МКОУ Лицей"),
        collected_pupil([5, 1, 2], user=None, school=None),
    ]
    reading = gathered(tmp_path, *rows)
    assert found(reading) == [("error", "IMP_LOGIN_STRANGE", "E4"), ("error", "IMP_LOGIN_MISSING", "E5")]
    assert (marks(reading), reading.rows_read) == ([(2, 0, 0, 0, 2, 0)], 4)


def test_the_year_of_the_upload_is_offered(tmp_path: Path) -> None:
    reading = gathered(tmp_path, collected_pupil([5, 1, 2]), name="a.xlsx", subject="МА", grade=6)
    assert [(question.key, question.options) for question in reading.questions] == [("year", ("2022",))]


# --- values of format §3 -------------------------------------------------------------------------------------


@pytest.mark.parametrize("sex", ["м", "ж", "М", "Ж", " ж", "\u00a0М", "д", None, 1])
def test_sex_is_not_looked_at(tmp_path: Path, sex: Any) -> None:
    reading = filled(tmp_path, form_pupil([5, 1, 2], sex=sex))
    assert (found(reading), marks(reading)) == ([], [(1, 0, 0, 0, 1, 0)])


@pytest.mark.parametrize(
    "klass",
    ["а", "А", "б", "нет", "Нет", "НЕТ", "4", 4, "4Б", "11а", '10 "А"', '10"нет"', "Б(11)", "б(1)", "А, Б", "Д-02", ""],
)
def test_classes_split_nothing(tmp_path: Path, klass: Any) -> None:
    reading = filled(tmp_path, form_pupil([5, 1, 2], klass=klass), form_pupil([1, 0, 0], klass="в"))
    assert (found(reading), marks(reading)) == ([], [(2, 1, 0, 0, 1, 1)])


@pytest.mark.parametrize("cross", ["X", "x", "Х", "х", "X ", "\u00a0Х", "не пройд.", "Не пройд"])
def test_crosses(tmp_path: Path, cross: str) -> None:
    reading = filled(tmp_path, form_pupil([5, cross, 2], total=7))
    assert found(reading) == []
    assert tasks(reading)[1] == ("2", 1, 0, 1, 1)


@pytest.mark.parametrize("sign", ["H", "Ч", "?", "*", "-1", -1, "-", "1,5", 0.5, "ж", "XX", "да"])
def test_signs_that_are_no_points(tmp_path: Path, sign: Any) -> None:
    reading = filled(tmp_path, form_pupil([5, sign, 2], total=7), form_pupil([1, 0, 0]))
    assert found(reading) == [("error", "IMP_POINT_STRANGE", "D2")]
    assert (marks(reading), [row[1] for row in tasks(reading)]) == ([(1, 1, 0, 0, 0, 1)], [1, 1, 1])


@pytest.mark.parametrize(
    ("variant", "problem", "counted"),
    [
        (8, None, 1),
        ("2\u00a0", None, 1),
        (" Отсутствовал", None, 0),
        (0, ("error", "IMP_VARIANT_ZERO", "B2"), 0),
        ("0", ("error", "IMP_VARIANT_ZERO", "B2"), 0),
        ("н", ("error", "IMP_VARIANT_STRANGE", "B2"), 0),
        (None, ("warning", "IMP_VARIANT_EMPTY", "B2"), 1),
        ("—", ("warning", "IMP_VARIANT_EMPTY", "B2"), 1),
    ],
)
def test_variants(tmp_path: Path, variant: Any, problem: tuple[str, str, str] | None, counted: int) -> None:
    reading = filled(tmp_path, form_pupil([5, 1, 2], variant=variant))
    assert found(reading) == ([problem] if problem else [])
    assert marks(reading)[0][0] == counted


@pytest.mark.parametrize(
    ("given", "moves"),
    [
        ("5", (0, 1, 0)),
        ("5\u00a0", (0, 1, 0)),
        ("\u00a04", (0, 0, 1)),
        (4.0, (0, 0, 1)),
        ("4,0", (0, 0, 1)),
        *[(none, None) for none in ("нет отметки", "н/а", "*", "1", 1, "6", "ж", "", None, "зачёт", "4.5", "-4")],
    ],
)
def test_marks_of_the_journal(tmp_path: Path, given: Any, moves: tuple[int, int, int] | None) -> None:
    reading = filled(tmp_path, form_pupil([5, 1, 2], journal=given))
    assert found(reading) == []
    assert journal(reading) == ([(1, *moves)] if moves else [])


# --- other bodies of the same tables -------------------------------------------------------------------------


def test_a_form_saved_as_text(tmp_path: Path) -> None:
    lines = [form_head(), form_pupil([5, 1, 2]), ["60002", "отсутствовал"], form_pupil([1, "Х", 0], code="60003")]
    path = tmp_path / NAME.replace(".xlsx", ".csv")
    text = "\r\n".join(";".join("" if cell is None else str(cell) for cell in line) for line in lines)
    path.write_bytes(text.encode("cp1251"))
    reading = read(path, answers=SCALE)
    assert (reading.kind, found(reading), reading.rows_read) == ("collection_form", [], 3)
    assert marks(reading) == [(2, 1, 0, 0, 1, 1)]
    assert reading.marks[0].origin == Origin(None, 2, 4)
