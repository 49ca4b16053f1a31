"""«Распределение первичных баллов»: whole counts by score, whichever way the table lies."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from app.importers.parsed import FileReading
from app.models.records import Assessment, Origin, ScoreCount
from tests.helpers.workbooks import book
from tests.importers.reads import found, read
from tests.importers.reports.reports import AREA, COUNTRY, REGION, SCHOOL, Rows, report

TITLE = "Распределение первичных баллов"
HEAD: list[Any] = ["Группы участников", "Кол-во ОО", "Кол-во участников", 0, 1, 2, 3, 4, 5, 6]


def counts(reading: FileReading) -> list[tuple[str, int, tuple[int, ...]]]:
    return [(row.unit.kind, row.count.participants, row.count.counts) for row in reading.scores]


def test_units_in_rows(tmp_path: Path) -> None:
    rows: Rows = [
        [REGION, 560, 8000, 12.5, 12.5, 25, 12.5, 12.5, 12.5, 12.5],
        [AREA, 47, 200, 0.5, 1.5, 8, 20, 30, 25, 15],
        # of 89: 2.25 % is 2.0025, 12.36 % is 11.0004, 47.19 % is 41.9991, 38.2 % is 33.998
        [SCHOOL, None, 89, 2.25, None, 12.36, 47.19, None, 38.2, None],
    ]
    reading = read(report(tmp_path / "2849657.xlsx", TITLE, HEAD, rows, maximum=6))
    assert reading.kind == "score_distribution"
    assert reading.title == "Распределение первичных баллов: ВПР 2026 Русский язык 4 класс"
    assert found(reading) == []
    assert counts(reading) == [
        ("region", 8000, (1000, 1000, 2000, 1000, 1000, 1000, 1000)),
        ("municipality", 200, (1, 3, 16, 40, 60, 50, 30)),
        ("school", 89, (2, 0, 11, 42, 0, 34, 0)),
    ]
    school = reading.scores[2]
    assert school.unit.codes == (("fisoko", "edu203389"),)
    assert school.count == ScoreCount(
        Assessment("ВПР", "Русский язык", None, 4), 2026, 89, (2, 0, 11, 42, 0, 34, 0), "primary", restored=True
    )
    assert school.origin == Origin("РУ 4 " + TITLE[:26], 11, 11, "D11:I11")


def test_scores_in_rows(tmp_path: Path) -> None:
    head: list[Any] = ["Первичный балл", "РФ 1 468 754 уч.", REGION, AREA]
    rows: Rows = [
        ["", "", "8000 уч.", "200 уч."],
        *([score, share, 25, whole] for score, share, whole in ((0, 25, 0.5), (1, 75, 1.5), (2, None, 98))),
    ]
    rows[3][2] = 50
    reading = read(report(tmp_path / "a.xlsx", TITLE, head, rows, maximum=2))
    assert [level for level, _code, _cell in found(reading)] == []
    assert [problem.code for problem in reading.problems] == ["IMP_SCORES_APPROXIMATE"] * 2
    # one decimal at most: a count of 1,468,754 is off by up to 0.05 %, which is 735; one of 8000 by up to 4
    assert ["до 735 чел." in reading.problems[0].message, "до 4 чел." in reading.problems[1].message] == [True, True]
    assert counts(reading) == [
        ("country", 1468754, (367189, 1101566, 0)),  # 367188.5 goes up, 1101565.5 too
        ("region", 8000, (2000, 2000, 4000)),
        ("municipality", 200, (1, 3, 196)),
    ]


def test_the_length_of_a_distribution_is_that_of_the_work(tmp_path: Path) -> None:
    rows: Rows = [[SCHOOL, None, 4, 25, 25, 25, 25, None, None, None]]
    assert counts(read(report(tmp_path / "a.xlsx", TITLE, HEAD, rows, maximum=4)))[0][2] == (1, 1, 1, 1, 0)
    assert counts(read(report(tmp_path / "b.xlsx", TITLE, HEAD, rows)))[0][2] == (1, 1, 1, 1, 0, 0, 0)
    rows[0][9] = 25
    reading = read(report(tmp_path / "c.xlsx", TITLE, HEAD, rows, maximum=4))
    assert found(reading) == [("error", "IMP_SCORE_BEYOND", "9")]
    assert reading.scores == ()


def test_bad_rows_are_listed_and_good_ones_taken(tmp_path: Path) -> None:
    good = [10, 10, 20, 20, 20, 10, 10]
    rows: Rows = [
        ["Школа(edu000001)", None, 10, *good[:6], 11],
        ["Школа(edu000002)", None, "?", *good],
        ["Школа(edu000003)", None, None, *good],
        ["Школа(edu000004)", None, 10, *good[:6], "много"],
        [None, None, 10, *good],
        ["Школа(edu000005)", None, 12, *[None] * 7],
        ["Отчёт построен 20.04.2026", *[None] * 9],
        # of 8: 31.25 % is 2.5 and goes up, twice; 3 + 3 + 2 + 1 is 9
        ["Школа(edu000006)", None, 8, 31.25, 31.25, 25, 12.5, None, None, None],
    ]
    reading = read(report(tmp_path / "a.xlsx", TITLE, HEAD, rows, maximum=6))
    assert found(reading) == [
        ("error", "IMP_NOT_NUMBER", "C10"),
        ("error", "IMP_PARTICIPANTS_MISSING", "C11"),
        ("error", "IMP_NOT_NUMBER", "J12"),
        ("error", "IMP_UNIT_MISSING", "A13"),
        ("warning", "IMP_PERCENTS_MISSING", "D14"),
        ("error", "IMP_SCORES_SUM", "9"),
        ("warning", "IMP_RESTORED_SUM", "16"),
    ]
    assert counts(reading) == [("school", 8, (3, 3, 2, 1, 0, 0, 0))]


def test_cells_formatted_as_percent(tmp_path: Path) -> None:
    rows: Rows = [[SCHOOL, None, 8, 0.25, 0.25, 0.125, 0.125, 0.25, None, None]]
    assert counts(read(report(tmp_path / "a.xlsx", TITLE, HEAD, rows, maximum=6)))[0][2] == (2, 2, 1, 1, 2, 0, 0)


def test_the_same_unit_twice(tmp_path: Path) -> None:
    row = [SCHOOL, None, 4, 25, 25, 25, 25, None, None, None]
    other = [SCHOOL, None, 4, 50, 25, 25, None, None, None, None]
    assert found(read(report(tmp_path / "a.xlsx", TITLE, HEAD, [row, row]))) == [("warning", "IMP_ROW_REPEATED", "10")]
    reading = read(report(tmp_path / "b.xlsx", TITLE, HEAD, [row, other]))
    assert found(reading) == [("error", "IMP_ROW_CONTRADICTS", "10")]
    assert reading.scores == ()


def test_without_its_first_line_it_is_no_statistics_of_marks(tmp_path: Path) -> None:
    rows: Rows = [[SCHOOL, None, 4, 25, 25, 25, 25, None, None, None]]
    reading = read(report(tmp_path / "a.xlsx", "", HEAD, rows))
    assert reading.kind == "score_distribution"
    assert len(reading.scores) == 1


def test_a_report_without_its_work_asks(tmp_path: Path) -> None:
    rows: Rows = [[SCHOOL, None, 4, 25, 25, 25, 25, None, None, None]]
    path = report(tmp_path / "a.xlsx", TITLE, HEAD, rows, work="")
    reading = read(path)
    assert [question.key for question in reading.questions] == ["year", "grade"]
    assert reading.scores == ()
    assert read(path, year=2026, grade=4).scores[0].count.year == 2026


def test_a_layout_nobody_knows_is_refused(tmp_path: Path) -> None:
    reading = read(book(tmp_path / "a.xlsx", [[TITLE], ["Диаграмма", "1"], ["а", 2]]))
    assert reading.refused is not None
    assert reading.refused.code == "IMP_REPORT_LAYOUT"
    assert f"«{TITLE}»" in reading.refused.message


def test_the_country_is_the_whole_sample(tmp_path: Path) -> None:
    reading = read(report(tmp_path / "a.xlsx", TITLE, HEAD, [[COUNTRY, 9, 4, 100, *[None] * 6]], maximum=6))
    assert counts(reading) == [("country", 4, (4, 0, 0, 0, 0, 0, 0))]
