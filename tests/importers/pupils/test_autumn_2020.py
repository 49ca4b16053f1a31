"""The autumn 2020 export: works of grade N written by grade N+1, forty columns of points, most of them empty."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from app.importers.parsed import FileReading
from app.models.records import Assessment
from tests.importers.pupils.books import autumn, autumn_pupil
from tests.importers.pupils.figures import journal, marks, scores, tasks
from tests.importers.reads import found, read

NAME = "ВПР осень 2020 Физика 7.xlsx"
SCALE = {"scale": "2/4/6/9"}


def of(tmp_path: Path, *rows: list[Any], name: str = NAME, columns: int = 40, **hints: Any) -> FileReading:
    return read(autumn(tmp_path / name, rows, columns=columns), **{"answers": SCALE, **hints})


def test_counts_of_the_work_of_the_grade_before(tmp_path: Path) -> None:
    reading = of(
        tmp_path,
        autumn_pupil(["1", "X", "1"], journal="3"),
        autumn_pupil(["2", "3", "0"], journal="4\u00a0"),
        autumn_pupil(["", "", ""], variants=("отсутствовал", ""), total=""),
        autumn_pupil([3, 3, 3], login="sch220002", tags="reg22_vpr_m001,reg22", code=80007.0, journal=5),
    )
    assert (reading.kind, reading.personal, reading.rows_read) == ("pupils_2020", True, 4)
    assert found(reading) == []
    assert marks(reading) == [(2, 1, 0, 1, 0, 1), (1, 0, 0, 0, 1, 0)]
    count = reading.marks[0].count
    assert (count.assessment, count.year, count.autumn) == (Assessment("ВПР", "Физика", None, 7), 2020, True)
    assert [row.unit.codes for row in reading.marks] == [(("fisoko", "edu220001"),), (("fisoko", "edu220002"),)]
    assert [row.unit.municipality for row in reading.marks] == ["reg22_m060", "reg22_m001"]
    # our marks are 2 and 4, then 5
    assert journal(reading) == [(2, 1, 1, 0), (1, 0, 1, 0)]
    assert tasks(reading, "edu220001") == [("1", 2, 3, 0, None), ("2", 2, 3, 1, None), ("3", 2, 1, 0, None)]
    assert scores(reading) == [{2: 1, 5: 1}, {9: 1}]
    assert all(row.count.autumn for row in reading.tasks)
    assert all(row.count.autumn for row in reading.scores)
    assert all(row.comparison.autumn for row in reading.journals)


def test_columns_that_nobody_fills_are_no_tasks(tmp_path: Path) -> None:
    # one pupil of the whole file has a point in column 5: then column 5 is a task, and an empty cell of it an error
    rows = [autumn_pupil(["1", "1", "", "", "2"]), autumn_pupil(["1", "1", "", "", ""]), autumn_pupil(["1"] * 2)]
    reading = of(tmp_path, *rows)
    assert found(reading) == [("error", "IMP_POINT_EMPTY", "O3"), ("error", "IMP_POINT_EMPTY", "O4")]
    assert [task for task, *_ in tasks(reading)] == ["1", "2", "5"]


def test_two_parts(tmp_path: Path) -> None:
    reading = of(
        tmp_path,
        autumn_pupil(["1", "1"], variants=("1", "2")),
        autumn_pupil(["3", "3"], variants=("2", "")),
        autumn_pupil(["3", "X"], variants=("1", "отсутствовал")),
        autumn_pupil(["X", "3"], variants=("отсутствовал", "1")),
        autumn_pupil(["3", "3"], variants=("1", "0")),
        autumn_pupil(["", ""], variants=("отсутствовал", "отсутствовал")),
    )
    assert found(reading) == [
        ("warning", "IMP_PART_MISSED", "I4"),
        ("warning", "IMP_PART_MISSED", "H5"),
        ("error", "IMP_VARIANT_ZERO", "H6"),
    ]
    assert marks(reading) == [(2, 1, 0, 1, 0, 1)]


def test_rows_with_a_code_and_nothing_else_are_counted_in_one_line(tmp_path: Path) -> None:
    empty = autumn_pupil([], variants=("", ""), total="", journal="")
    reading = of(tmp_path, autumn_pupil(["1", "1"]), empty, empty)
    assert [(item.level, item.code) for item in reading.problems] == [("hint", "IMP_ROWS_UNFILLED")]
    assert "без варианта и баллов: 2" in reading.problems[0].message
    assert (marks(reading), reading.rows_read) == ([(1, 1, 0, 0, 0, 1)], 1)
    assert reading.marks[0].origin.row_to == 2


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ("reg22_vpr_m060", "reg22_m060"),
        ("a, REG22_M060 ,b", "reg22_m060"),
        ("reg22_vpr_m060_edu,reg22_m060", "reg22_m060"),
        ("reg22,vpr", None),
        ("reg22_m060,reg22_m061", None),
        ("", None),
    ],
)
def test_the_municipality_among_the_tags(tmp_path: Path, tags: str, expected: str | None) -> None:
    reading = of(tmp_path, autumn_pupil(["1"], tags=tags))
    assert reading.marks[0].unit.municipality == expected


def test_what_the_file_does_not_say_is_asked(tmp_path: Path) -> None:
    reading = of(tmp_path, autumn_pupil(["1"]), name="a.xlsx", answers={})
    # the year is never asked; pupils of grade 8 wrote the work for grade 7
    assert [(question.key, question.options[:1]) for question in reading.questions] == [
        ("subject", ("Русский язык",)),
        ("grade", ("7",)),
    ]
    answered = of(tmp_path, autumn_pupil(["1"]), name="a.xlsx", subject="ФИ", grade=7)
    assert (answered.marks[0].count.year, answered.marks[0].count.autumn) == (2020, True)
    unknown = of(tmp_path, autumn_pupil(["1"]), answers={})
    assert [question.key for question in unknown.questions] == ["scale"]


def test_another_year_is_told_and_not_taken(tmp_path: Path) -> None:
    reading = of(tmp_path, autumn_pupil(["1"]), name="ВПР 2021 Физика 7.xlsx", year=2021)
    assert found(reading) == [("warning", "IMP_HINT_DIFFERS", None), ("warning", "IMP_AUTUMN_YEAR", None)]
    assert reading.marks[0].count.year == 2020


def test_the_grade_of_the_pupils_instead_of_the_work_is_noticed(tmp_path: Path) -> None:
    reading = of(tmp_path, autumn_pupil(["1"]), name="ВПР 2020 Физика 8.xlsx")
    assert found(reading) == [("warning", "IMP_AUTUMN_GRADE", None)]
    right = of(tmp_path, autumn_pupil(["1"]), name="ВПР 2020 Физика 8 класс (по программе 7 класса).xlsx")
    assert found(right) == []
    assert right.marks[0].count.assessment.grade == 7


def test_totals_are_compared(tmp_path: Path) -> None:
    reading = of(tmp_path, autumn_pupil(["1", "2"], total="4"), autumn_pupil(["1", "2"], total=3.0))
    assert found(reading) == [("warning", "IMP_TOTAL_DIFFERS", "J2")]


def test_a_file_without_any_points(tmp_path: Path) -> None:
    reading = of(tmp_path, autumn_pupil([], variants=("отсутствовал", "")), columns=3)
    assert marks(reading) == [(0, 0, 0, 0, 0, 0)]
    assert reading.tasks == ()
