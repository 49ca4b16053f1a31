"""The spring 2021 export with the dirt of format §3. Maths of grade 6: «2» to 5, «3» to 9, «4» to 13, of 16."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from app.importers.parsed import FileReading
from app.models.records import Assessment, Origin
from tests.helpers.workbooks import PUPIL_HEAD, book, pupil, pupils_2021
from tests.importers.reads import found, read

NAME = "ВПР 2021 Математика 6.xlsx"


def points(*values: str) -> list[str]:
    """Thirteen points: the given ones and zeros."""
    return [*values, *["0"] * (13 - len(values))]


def of(tmp_path: Path, *rows: Sequence[str], name: str = NAME, **hints: object) -> FileReading:
    return read(pupils_2021(tmp_path / name, rows), **hints)


def counts(reading: FileReading) -> list[tuple[int | None, ...]]:
    return [(c.participants, c.m2, c.m3, c.m4, c.m5, c.below_min) for c in (mark.count for mark in reading.marks)]


def test_marks_come_from_our_sum_by_the_scale(tmp_path: Path) -> None:
    sums = (5, 6, 9, 10, 13, 14, 16)
    rows = [pupil("sch220001", points("2", *["1"] * 10, "1") if s == 13 else points(str(s))) for s in sums]
    other = [pupil("edu220002", points("7"), municipality="Бийский район")]
    reading = of(tmp_path, *rows, *other)
    assert reading.kind == "pupils_2021"
    assert reading.personal
    assert reading.title == "Выгрузка по ученикам: ВПР 2021, Математика, 6 класс"
    assert found(reading) == []
    assert counts(reading) == [(7, 1, 2, 2, 2, 1), (1, 0, 1, 0, 0, 0)]
    first, second = reading.marks
    assert first.count.assessment == Assessment("ВПР", "Математика", None, 6)
    assert (first.count.year, first.count.restored) == (2021, False)
    assert first.unit.codes == (("fisoko", "edu220001"),)
    assert (first.unit.kind, first.unit.municipality) == ("school", "город Барнаул")
    assert second.unit.municipality == "Бийский район"
    assert first.origin == Origin("Sheet", 2, 8)
    assert second.origin == Origin("Sheet", 9, 9)
    assert reading.rows_read == 8


def test_nothing_of_a_pupil_leaves(tmp_path: Path) -> None:
    row = pupil("sch220001", points("?"), code="60017", tail=("Тайный учебник", "Автор", ""))
    reading = of(tmp_path, row, pupil("sch220001", points("99"), code="60018"))
    said = repr((reading.problems, reading.marks, reading.journals, reading.title))
    assert len(reading.problems) == 2
    for secret in ("60017", "60018", "Тайный", "«?»", "99"):
        assert secret not in said


@pytest.mark.parametrize("cross", ["X", "x", "Х", "х", "X ", "\u00a0Х", "не пройд.", "Не пройд", "0", "0\u00a0"])
def test_a_cross_is_no_points(tmp_path: Path, cross: str) -> None:
    reading = of(tmp_path, pupil("sch220001", points("3", cross, "3"), total="6"))
    assert found(reading) == []
    assert counts(reading) == [(1, 0, 1, 0, 0, 0)]


@pytest.mark.parametrize("sign", ["H", "Ч", "?", "*", "-1", "-2", "1,5", "ж", "1e1", "XX"])
def test_an_unknown_sign_takes_the_row_out(tmp_path: Path, sign: str) -> None:
    reading = of(tmp_path, pupil("sch220001", points("3", sign), total="3"), pupil("sch220001", points("14")))
    assert found(reading) == [("error", "IMP_POINT_STRANGE", "K2")]
    assert reading.problems[0].sheet == "Sheet"
    assert "Строка 2" in reading.problems[0].message
    assert counts(reading) == [(1, 0, 0, 0, 1, 0)]


def test_an_empty_point_takes_the_row_out_unless_the_pupil_was_absent(tmp_path: Path) -> None:
    reading = of(
        tmp_path,
        pupil("sch220001", points("3", "", "3"), total="6"),
        pupil("sch220001", [""] * 13, variant="отсутствовал", total=""),
        pupil("sch220001", [""] * 13, variant=" Отсутствовал\u00a0", total="", journal=""),
        pupil("sch220001", ["X"] * 13, variant="2"),
    )
    assert found(reading) == [("error", "IMP_POINT_EMPTY", "K2")]
    assert counts(reading) == [(1, 1, 0, 0, 0, 1)]
    assert reading.rows_read == 4


def test_a_row_without_any_points_is_one_finding(tmp_path: Path) -> None:
    reading = of(tmp_path, pupil("sch220001", [""] * 13, total=""), pupil("sch220001", points("9", "", "")))
    assert found(reading) == [("error", "IMP_POINT_EMPTY", "J2"), ("error", "IMP_POINT_EMPTY", "K3")]
    assert [item.message.split(".")[0] for item in reading.problems] == [
        "Строка 2: нет баллов за 13\u00a0заданий",
        "Строка 3: нет баллов за 2\u00a0задания",
    ]
    assert counts(reading) == [(0, 0, 0, 0, 0, 0)]


def test_every_bad_cell_of_a_row_has_its_address(tmp_path: Path) -> None:
    reading = of(tmp_path, pupil("sch220001", ["?", "1", "", *["1"] * 9, "*"], total="10"))
    assert [cell for _, _, cell in found(reading)] == ["J2", "L2", "V2"]


def test_a_school_of_absentees_has_no_participants(tmp_path: Path) -> None:
    reading = of(tmp_path, pupil("sch220001", [""] * 13, variant="отсутствовал"))
    assert counts(reading) == [(0, 0, 0, 0, 0, 0)]
    assert reading.journals == ()


@pytest.mark.parametrize(
    ("variant", "problem", "counted"),
    [
        ("8", None, 1),
        ("1.0", None, 1),
        ("0", ("error", "IMP_VARIANT_ZERO", "H2"), 0),
        ("н/я", ("error", "IMP_VARIANT_STRANGE", "H2"), 0),
        ("-1", ("error", "IMP_VARIANT_STRANGE", "H2"), 0),
        ("", ("warning", "IMP_VARIANT_EMPTY", "H2"), 1),
    ],
)
def test_variants(tmp_path: Path, variant: str, problem: tuple[str, str, str] | None, counted: int) -> None:
    reading = of(tmp_path, pupil("sch220001", points("3"), variant=variant))
    assert found(reading) == ([problem] if problem else [])
    assert reading.marks[0].count.participants == counted


def test_a_sum_above_the_maximum_takes_the_row_out(tmp_path: Path) -> None:
    rows = [pupil("sch220001", points("9", "7")), pupil("sch220001", points("9", "8"))]
    reading = of(tmp_path, *rows)
    assert found(reading) == [("error", "IMP_SUM_ABOVE_MAXIMUM", "I3")]
    assert counts(reading) == [(1, 0, 0, 0, 1, 0)]


def test_a_stated_total_is_compared_and_not_believed(tmp_path: Path) -> None:
    reading = of(
        tmp_path,
        pupil("sch220001", points("9", "5"), total="0"),
        pupil("sch220001", points("9", "5"), total="30"),
        pupil("sch220001", points("9", "5"), total="много"),
        pupil("sch220001", points("9", "5"), total=""),
        pupil("sch220001", points("9", "5"), total="14\u00a0"),
    )
    assert found(reading) == [("warning", "IMP_TOTAL_DIFFERS", f"I{row}") for row in (2, 3, 4)]
    assert counts(reading) == [(5, 0, 0, 0, 5, 0)]


def test_shifted_rows_are_warnings_and_count_by_their_columns(tmp_path: Path) -> None:
    textbook = pupil("sch220001", points("9", "5"), tail=("", "", "", "", "Учебник"))
    too_many = pupil("sch220001", points("4"), tail=("1", "1", "1", "Учебник"), total="7")
    blank = pupil("sch220001", points("4"), tail=("Учебник", "", "", "\u00a0 "))
    reading = of(tmp_path, textbook, too_many, blank)
    assert found(reading) == [
        ("warning", "IMP_ROW_SHIFTED", "AA2"),
        ("warning", "IMP_TOTAL_DIFFERS", "I3"),
        ("warning", "IMP_ROW_SHIFTED", "Z3"),
    ]
    assert counts(reading) == [(3, 2, 0, 0, 1, 2)]


def test_the_journal_is_compared_with_our_mark(tmp_path: Path) -> None:
    # our marks are 3, 3, 3, 2, 5, 3, 3, 3
    given = [("4", 6), ("3", 6), ("\u00a03", 6), ("3\u00a0", 0), ("4", 14), ("нет отметки", 6), ("1", 6), ("н/а", 6)]
    rows = [pupil("sch220001", points(str(s)), journal=mark) for mark, s in given]
    reading = of(tmp_path, *rows)
    comparison = reading.journals[0].comparison
    assert (comparison.total, comparison.lowered, comparison.confirmed, comparison.raised) == (8, 2, 2, 1)
    assert reading.journals[0].unit == reading.marks[0].unit


def test_logins_of_one_school_in_two_spellings(tmp_path: Path) -> None:
    reading = of(
        tmp_path,
        pupil("sch220001", points("3")),
        pupil("edu220001\u00a0", points("14")),
        pupil("", points("3")),
        pupil("школа", points("3")),
    )
    assert found(reading) == [("error", "IMP_LOGIN_MISSING", "A4"), ("error", "IMP_LOGIN_STRANGE", "A5")]
    assert counts(reading) == [(2, 1, 0, 0, 1, 1)]


def test_blank_rows_are_nothing(tmp_path: Path) -> None:
    reading = of(tmp_path, pupil("sch220001", points("3")), [""] * 25, ["\u00a0"] * 3, pupil("sch220001", points("3")))
    assert found(reading) == []
    assert (reading.rows_read, reading.marks[0].count.participants) == (2, 2)
    assert reading.marks[0].origin == Origin("Sheet", 2, 5)


def test_numbers_instead_of_texts(tmp_path: Path) -> None:
    head = [*PUPIL_HEAD, "балл за 1", "балл за 2"]
    rows = [head, ["sch220001", "р", 1, 60001, 4, "ж", "А", 1, 9, 4, 5]]
    reading = read(book(tmp_path / NAME, rows))
    assert found(reading) == []
    assert counts(reading) == [(1, 0, 1, 0, 0, 0)]


def test_points_in_any_columns(tmp_path: Path) -> None:
    rows = [
        ["балл за 2", "логин школы", "вариант", "балл за 1", "код обучающегося"],
        ["9", "sch220001", "1", "5", "60001"],
    ]
    assert counts(read(book(tmp_path / NAME, rows))) == [(1, 0, 0, 0, 1, 0)]


# --- what the file does not say -------------------------------------------------------------------------------


def test_what_nobody_says_is_asked_and_nothing_is_taken(tmp_path: Path) -> None:
    reading = of(tmp_path, pupil("sch220001", points("?")), name="выгрузка.xlsx")
    assert [(question.key, question.options[:1]) for question in reading.questions] == [
        ("year", ()),
        ("subject", ("Русский язык",)),
        ("grade", ("6",)),
    ]
    assert (reading.marks, reading.journals, reading.problems, reading.refused) == ((), (), (), None)


def test_options_and_answers(tmp_path: Path) -> None:
    row = pupil("sch220001", points("14"))
    for hints in (
        {"year": 2021, "subject": "ма", "grade": 6},
        {"answers": {"year": "2021", "subject": "Математика", "grade": "6"}},
    ):
        reading = of(tmp_path, row, name="a.xlsx", **hints)
        assert reading.questions == ()
        assert counts(reading) == [(1, 0, 0, 0, 1, 0)]


def test_a_title_above_the_table(tmp_path: Path) -> None:
    head = [*PUPIL_HEAD, "балл за 1"]
    rows = [["ВПР 2021 Математика 6 класс"], [], head, pupil("sch220001", ["14"], tail=())]
    assert counts(read(book(tmp_path / "a.xlsx", rows))) == [(1, 0, 0, 0, 1, 0)]


def test_what_the_user_says_wins_over_the_name(tmp_path: Path) -> None:
    reading = of(tmp_path, pupil("sch220001", points("6")), grade=5)
    # grade 5: «2» up to 6, where grade 6 ends at 5
    assert counts(reading) == [(1, 1, 0, 0, 0, 1)]
    assert found(reading) == [("warning", "IMP_NAME_DIFFERS", None)]


def test_an_unknown_scale_is_asked_for(tmp_path: Path) -> None:
    row = pupil("sch220001", points("14"))
    reading = of(tmp_path, row, name="ВПР 2022 Математика 6.xlsx")
    assert [question.key for question in reading.questions] == ["scale"]
    assert "ВПР 2022, Математика, 6 класс" in reading.questions[0].text
    assert reading.marks == ()
    answered = of(tmp_path, row, name="ВПР 2022 Математика 6.xlsx", answers={"scale": "4/8/14/16"})
    assert counts(answered) == [(1, 0, 0, 1, 0, 0)]


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        ("5/3/9", "верхние границы «2», «3» и «4» должны возрастать"),
        ("5/5/9/16", "верхние границы «2», «3» и «4» должны возрастать"),
        ("4/8/14/14", "наибольший балл должен быть больше верхней границы «4»"),
        ("4/8", "нужны три или четыре целых числа через косую черту"),
        ("4-8-14-16", "нужны три или четыре целых числа через косую черту"),
        ("4/8/14,5", "нужны три или четыре целых числа через косую черту"),
    ],
)
@pytest.mark.parametrize("year", [2022, 2021])
def test_a_scale_typed_wrong_is_asked_again_with_the_reason(tmp_path: Path, year: int, answer: str, why: str) -> None:
    # 2021 has a scale of its own: it must not step in for the typed one
    row = pupil("sch220001", points("14"))
    reading = of(tmp_path, row, name=f"ВПР {year} Математика 6.xlsx", answers={"scale": answer})
    assert [question.key for question in reading.questions] == ["scale"]
    assert reading.questions[0].text.startswith(f"Шкала «{answer}» не подходит: {why}. Работа: ВПР {year},")
    assert reading.marks == ()


def test_without_a_maximum_that_is_said(tmp_path: Path) -> None:
    reading = of(tmp_path, pupil("sch220001", points("40")), name="ВПР 2021 История 6.xlsx")
    assert [(item.level, item.code) for item in reading.problems] == [("hint", "IMP_SCALE_NO_MAXIMUM")]
    assert counts(reading) == [(1, 0, 0, 0, 1, 0)]
