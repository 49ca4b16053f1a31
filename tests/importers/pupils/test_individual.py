"""Ф1 «Индивидуальные результаты»: marks of the report decide, our sum is believed, schools stand under their lines."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from app.importers.parsed import FileReading
from app.models.records import Assessment, Origin
from tests.helpers.workbooks import book
from tests.importers.pupils.books import F1_SCHOOL, f1, f1_head, f1_pupil, section
from tests.importers.pupils.figures import journal, marks, scores, tasks
from tests.importers.reads import found, read

SCALE = {"scale": "1/3/4/6"}  # «2» to 1, «3» to 3, «4» to 4, of 6


def of(tmp_path: Path, *rows: list[Any], name: str = "2849657.xlsx", **more: Any) -> FileReading:
    hints = {key: more.pop(key) for key in ("year", "subject", "grade", "answers") if key in more}
    return read(f1(tmp_path / name, rows, **more), **hints)


def test_a_report_of_one_school(tmp_path: Path) -> None:
    reading = of(
        tmp_path,
        section(4),
        f1_pupil([2, 1, 1, 2], 5, 5),
        f1_pupil([1, 0, "X", 0], 2, 3, code=40002),
        f1_pupil([0, 1, "Х", 2], 3, 3, code=40003, variant=2),
        f1_pupil([1, "-", "—", 2], 3, None, code=40004),
    )
    assert (reading.kind, reading.personal, reading.rows_read) == ("individual", True, 4)
    assert reading.title == "Индивидуальные результаты: ВПР 2026, Русский язык, 4 класс"
    assert found(reading) == []
    assert marks(reading) == [(4, 1, 2, 0, 1, 1)]
    unit = reading.marks[0].unit
    assert (unit.kind, unit.name, unit.codes) == (
        "school",
        "МБОУ «СОШ №1 г.Урус-Мартан»",
        (("fisoko", "edu203389"),),
    )
    assert unit.municipality == "Урус-Мартановский муниципальный район"
    count = reading.marks[0].count
    assert (count.assessment, count.year) == (Assessment("ВПР", "Русский язык", None, 4), 2026)
    assert (count.restored, count.autumn) == (False, False)
    assert reading.marks[0].origin == Origin("РУ 4 Индивидуальные результаты", 10, 13)
    assert journal(reading) == [(4, 1, 2, 0)]
    # task 1: 2+1+0+1; task 2: 1+0+1 and a dash; 3.1: 1 and three not tried; 3.2: 2+0+2+2
    assert tasks(reading) == [("1", 4, 4, 0, 2), ("2", 4, 2, 1, 1), ("3.1", 4, 1, 3, 1), ("3.2", 4, 6, 0, 2)]
    assert [row.count.difficulty for row in reading.tasks] == ["Б", "Б", "П", "П"]
    assert scores(reading) == [{6: 1, 1: 1, 3: 2}]
    assert len(reading.scores[0].count.counts) == 7


def test_schools_under_their_lines(tmp_path: Path) -> None:
    other = "МКОУ «Лицей» (edu203390)"
    rows = [
        section(1),
        f1_pupil([2, 1, 1, 2], 5),
        section(2, other),
        f1_pupil([0, 0, 0, 0], 2, login="edu203390", name=other),
        # the login may be missing: then the line above tells
        f1_pupil([1, 0, 0, 0], 2, login=None, name=None),
        f1_head(),
        ["Школа без логина | Количество участников: 1"],
        f1_pupil([2, 1, 0, 0], 3, login=None, name=None),
    ]
    reading = of(tmp_path, *rows)
    assert found(reading) == []
    assert [(row.unit.name, row.unit.codes) for row in reading.marks] == [
        ("МБОУ «СОШ №1 г.Урус-Мартан»", (("fisoko", "edu203389"),)),
        ("МКОУ «Лицей»", (("fisoko", "edu203390"),)),
        ("Школа без логина", ()),
    ]
    assert marks(reading) == [(1, 0, 0, 0, 1, 0), (2, 2, 0, 0, 0, 2), (1, 0, 1, 0, 0, 0)]
    assert [(row.origin.row_from, row.origin.row_to) for row in reading.marks] == [(10, 10), (12, 13), (16, 16)]


@pytest.mark.parametrize(
    "line",
    [
        ["Название ОО (edu203389) | Кол-во участников: 1"],
        ["edu203389 | Название ОО | кол-во участников:\u00a01"],
        ["Название ОО (edu203389)", "Кол-во участников: 1"],
        ["Название ОО | Количество участников — 1"],
    ],
)
def test_spellings_of_the_line_above(tmp_path: Path, line: list[str]) -> None:
    reading = of(tmp_path, line, f1_pupil([2, 1, 1, 2], 5, name=None))
    assert found(reading) == []
    assert [(row.unit.name, row.unit.codes) for row in reading.marks] == [("Название ОО", (("fisoko", "edu203389"),))]


def test_declared_participants_are_compared(tmp_path: Path) -> None:
    reading = of(
        tmp_path,
        section(3),
        f1_pupil([2, 1, 1, 2], 5),
        f1_pupil([2, 1, 1, "?"], 5),
        section(5, "МКОУ «Лицей»(edu203390)"),
    )
    # the row with an error is a row of a participant all the same; the second school has none at all
    assert found(reading) == [
        ("error", "IMP_POINT_STRANGE", "J11"),
        ("warning", "IMP_DECLARED_DIFFERS", "9"),
        ("warning", "IMP_DECLARED_DIFFERS", "12"),
    ]
    assert "участников 3, а строк участников под ним 2" in reading.problems[1].message
    assert marks(reading) == [(1, 0, 0, 0, 1, 0)]


def test_one_school_in_two_parts(tmp_path: Path) -> None:
    for counts in ((1, 2), (3, 3)):  # each line its own part, or each the whole school
        rows = [section(counts[0]), f1_pupil([2, 1, 1, 2], 5), section(counts[1]), *[f1_pupil([0, 1, 1, 0], 3)] * 2]
        reading = of(tmp_path, *rows)
        assert found(reading) == []
        assert marks(reading) == [(3, 0, 2, 0, 1, 0)]


def test_a_stated_sum_is_not_believed(tmp_path: Path) -> None:
    reading = of(tmp_path, f1_pupil([2, 1, 1, 2], 5, total=5), f1_pupil([1, 0, 0, 0], 2, total="1"))
    assert found(reading) == [("warning", "IMP_TOTAL_DIFFERS", "K9")]
    assert "«Первичный балл» не равно сумме" in reading.problems[0].message
    assert scores(reading) == [{6: 1, 1: 1}]


@pytest.mark.parametrize("none", ["НЕТ ОТМЕТКИ", "нет отметки", "-", "—", "X", "Х", "", None, "1", "6"])
def test_without_a_mark_the_scale_decides(tmp_path: Path, none: str | None) -> None:
    rows = [f1_pupil([2, 1, 1, 0], none, none), f1_pupil([2, 1, 1, 2], 5, none)]
    reading = of(tmp_path, *rows, answers=SCALE)
    assert found(reading) == []
    assert marks(reading) == [(2, 0, 0, 1, 1, 0)]
    assert reading.journals == ()
    # nobody knows the scale: it is asked for, and nothing is taken
    asked = of(tmp_path, *rows)
    assert [(question.key, question.options) for question in asked.questions] == [("scale", ())]
    assert (asked.marks, asked.tasks, asked.scores, asked.problems) == ((), (), (), ())


def test_marks_with_spaces_and_as_texts(tmp_path: Path) -> None:
    rows = [f1_pupil(["2", "1\u00a0", " 1", "2"], "5\u00a0", "\u00a04", total="6", code="40001", variant="1")]
    reading = of(tmp_path, *rows)
    assert found(reading) == []
    assert (marks(reading), journal(reading)) == ([(1, 0, 0, 0, 1, 0)], [(1, 0, 0, 1)])


def test_marks_that_leave_no_choice_offer_their_scale(tmp_path: Path) -> None:
    given = [([0, 0, 0, 0], 2), ([1, 0, 0, 0], 2), ([2, 0, 0, 0], 3), ([2, 1, 0, 0], 3), ([2, 1, 1, 0], 4)]
    rows = [*(f1_pupil(points, mark) for points, mark in given), f1_pupil([2, 1, 0, 2], 5), f1_pupil([1] * 4, "-")]
    for order in (rows, rows[::-1]):
        (question,) = of(tmp_path, *order).questions
        assert question.options == ("1/3/4/6",)
    # without the row of 2 points nobody knows whether 2 is «2» or «3»
    (question,) = of(tmp_path, *rows[:2], *rows[3:]).questions
    assert question.options == ()


def test_marks_that_disagree_with_the_scale_are_told_once(tmp_path: Path) -> None:
    rows = [f1_pupil([2, 1, 1, 2], 4), f1_pupil([1, 0, 0, 0], 3), f1_pupil([2, 1, 0, 0], 3), f1_pupil([0] * 4, "-")]
    reading = of(tmp_path, *rows, answers=SCALE)
    assert found(reading) == [("warning", "IMP_MARKS_DISAGREE", None)]
    assert "у 2 из 3 участников" in reading.problems[0].message
    assert marks(reading) == [(4, 1, 2, 1, 0, 1)]


def test_a_scale_of_another_work_is_noticed(tmp_path: Path) -> None:
    # 2021: maths of grade 6 has 16 points, the file says 6
    reading = of(tmp_path, f1_pupil([2, 1, 1, 2], 3), title="ВПР 2021 Математика 6 класс")
    assert ("warning", "IMP_SCALE_OTHER_MAXIMUM", None) in found(reading)


@pytest.mark.parametrize(
    ("heading", "task", "maximum"),
    [
        ("1 (2б)", "1", 2),
        ("9.1 (1б)", "9.1", 1),
        ("5(1б)", "5", 1),
        ("5(1)", "5(1)", None),
        ("5(1) (2б)", "5(1)", 2),
        ("10К2", "10К2", None),
        ("10K2 (3б)", "10К2", 3),  # a Latin K
        ("1К1 (1б)", "1К1", 1),
        ("15.2\u00a0( 2 балла )", "15.2", 2),
        ("№ 4 (1 б.)", "4", 1),
        (7, "7", None),
        (7.1, "7.1", None),
    ],
)
def test_headings_of_tasks(tmp_path: Path, heading: Any, task: str, maximum: int | None) -> None:
    row = f1_pupil([1], 3)
    reading = of(tmp_path, row, tasks=[heading], levels=["в"], maximum=None)
    assert tasks(reading) == [(task, 1, 1, 0, maximum)]
    assert reading.tasks[0].count.difficulty == "В"


def test_points_above_those_of_the_task(tmp_path: Path) -> None:
    reading = of(tmp_path, f1_pupil([3, 1, 0, 0], 4), f1_pupil([2, 1, 0, 0], 3))
    assert found(reading) == [("error", "IMP_POINT_ABOVE_MAXIMUM", "G9")]
    assert marks(reading) == [(1, 0, 1, 0, 0, 0)]


def test_a_sum_above_the_stated_maximum(tmp_path: Path) -> None:
    reading = of(tmp_path, f1_pupil([2, 1, 1, 2], 5), f1_pupil([2, 1, 1, 1], 5), maximum=5)
    assert found(reading) == [("error", "IMP_SUM_ABOVE_MAXIMUM", "K9")]
    assert marks(reading) == [(1, 0, 0, 0, 1, 0)]


@pytest.mark.parametrize("place", range(1, 13))
def test_the_title_stands_anywhere_above(tmp_path: Path, place: int) -> None:
    rows: list[list[Any]] = [[] for _ in range(12)]
    rows[place - 1] = ["ВПР 2025 Математика 6 класс"]
    reading = read(book(tmp_path / "a.xlsx", [*rows, f1_head(), f1_pupil([2, 1, 1, 2], 5)]))
    assert reading.kind == "individual"
    assert [row.count.assessment for row in reading.marks] == [Assessment("ВПР", "Математика", None, 6)]


def test_without_a_title_the_name_tells_or_a_person(tmp_path: Path) -> None:
    row = f1_pupil([2, 1, 1, 2], 5)
    reading = of(tmp_path, row, title=None, name="Ф1_МА_6_2025.xlsx")
    assert [(row.count.assessment.grade, row.count.year) for row in reading.marks] == [(6, 2025)]
    asked = of(tmp_path, row, title=None, name="1.xlsx")
    assert [(question.key, question.options) for question in asked.questions if question.key != "subject"] == [
        ("year", ()),
        ("grade", ("4",)),
    ]
    answered = of(tmp_path, row, title=None, name="1.xlsx", year=2025, subject="МА", grade=6)
    assert marks(answered) == [(1, 0, 0, 0, 1, 0)]


def test_what_the_report_says_wins_over_the_person(tmp_path: Path) -> None:
    reading = of(tmp_path, f1_pupil([2, 1, 1, 2], 5), grade=5)
    assert found(reading) == [("warning", "IMP_HINT_DIFFERS", None)]
    assert reading.marks[0].count.assessment.grade == 4


def test_autumn_works_by_the_programme_of_the_grade_before(tmp_path: Path) -> None:
    reading = of(tmp_path, f1_pupil([2, 1, 1, 2], 5), title="ВПР 2020 Физика 9 класс (по программе 8 класса)")
    count = reading.marks[0].count
    assert (count.assessment.subject, count.assessment.grade, count.year, count.autumn) == ("Физика", 8, 2020, True)
    assert reading.tasks[0].count.autumn
    assert reading.scores[0].count.autumn


def test_works_on_several_sheets(tmp_path: Path) -> None:
    from tests.importers.pupils.books import sheets

    row = f1_pupil([2, 1, 1, 2], 5)
    pages = {
        name: [["Индивидуальные результаты"], [], [f"ВПР 2026 {subject} 4 класс"], [], f1_head(), section(1), row]
        for name, subject in (("РУ 4", "Русский язык"), ("МА 4", "Математика"))
    }
    reading = read(sheets(tmp_path / "a.xlsx", pages))
    assert found(reading) == []
    assert [row.count.assessment.subject for row in reading.marks] == ["Русский язык", "Математика"]
    assert (len(reading.tasks), len(reading.scores), reading.rows_read) == (8, 2, 2)


def _two_works(path: Path, first: str, second: str) -> Path:
    from tests.importers.pupils.books import sheets

    rows = [f1_pupil([2, 1, 1, 0], "-"), f1_pupil([2, 1, 1, 2], 5)]
    return sheets(path, {name: [[name], [], f1_head(), *rows] for name in (first, second)})


def test_a_typed_scale_is_for_the_work_that_lacks_one(tmp_path: Path) -> None:
    # history of 2021, grade 5, has a scale of its own: «2» to 3, «3» to 7; its 4 points are «3», by the typed one «4»
    path = _two_works(tmp_path / "a.xlsx", "ВПР 2021 История 5 класс", "ВПР 2026 История 5 класс")
    asked = read(path)
    assert [question.key for question in asked.questions] == ["scale"]
    assert "ВПР 2026, История, 5 класс" in asked.questions[0].text
    reading = read(path, answers=SCALE)
    assert [(row.count.year, row.count.m3, row.count.m4) for row in reading.marks] == [(2021, 1, 0), (2026, 0, 1)]


def test_one_answer_serves_no_two_works(tmp_path: Path) -> None:
    path = _two_works(tmp_path / "a.xlsx", "ВПР 2026 Математика 5 класс", "ВПР 2026 История 5 класс")
    for hints in ({}, {"answers": SCALE}):
        reading = read(path, **hints)
        assert reading.refused is not None
        assert reading.refused.code == "IMP_SCALES_SEVERAL"
        assert reading.marks == ()


def test_a_contradiction_takes_tasks_and_scores_too(tmp_path: Path) -> None:
    from tests.importers.pupils.books import sheets

    head = [["ВПР 2026 Русский язык 4 класс"], [], f1_head()]
    pages = {"1": [*head, f1_pupil([2, 1, 1, 2], 5)], "2": [*head, f1_pupil([2, 1, 1, 0], 4)]}
    reading = read(sheets(tmp_path / "a.xlsx", pages))
    assert [(level, code) for level, code, _ in found(reading)] == [("error", "IMP_ROW_CONTRADICTS")]
    assert (reading.marks, reading.tasks, reading.scores) == ((), (), ())


def test_a_row_that_names_no_school(tmp_path: Path) -> None:
    reading = of(tmp_path, f1_pupil([2, 1, 1, 2], 5, login=None, name=None), f1_pupil([2, 1, 1, 2], 5))
    assert found(reading) == [("error", "IMP_LOGIN_MISSING", "A9")]
    assert (marks(reading), reading.rows_read) == ([(1, 0, 0, 0, 1, 0)], 2)
    assert F1_SCHOOL.startswith(reading.marks[0].unit.name)
