"""Reports on tasks, planned results and groups of participants: points restored from fulfilment."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from app.importers.parsed import FileReading
from app.importers.reports.naming import unit_named, without_people
from app.importers.reports.shapes import Task, mark_group, task_of
from app.importers.reports.tasks import restored_points
from app.models.records import Assessment, Origin, TaskCount
from tests.helpers.workbooks import book
from tests.importers.reads import found, read
from tests.importers.reports.reports import AREA, COUNTRY, REGION, SCHOOL, Rows, report

TASKS, PLANNED, GROUPS = (
    "Выполнение заданий",
    "Достижение планируемых результатов",
    "Выполнение заданий группами участников",
)
HEAD: list[Any] = ["Группы участников", "Кол-во ОО", "Кол-во участников", "1 (2б)", "2(1б)", "5К1 (3 б.)"]


def points(reading: FileReading) -> list[tuple[Any, ...]]:
    """(kind of unit, task, group, participants, points, highest points) of every figure."""
    rows = [(row.unit.kind, row.count) for row in reading.tasks]
    return [(kind, c.task, c.group_mark, c.participants, c.points, c.max_points) for kind, c in rows]


@pytest.mark.parametrize(
    ("heading", "task"),
    [
        ("1 (2б)", Task("1", 2)),
        ("5(1б)", Task("5", 1)),
        ("5(1)", Task("5(1)")),
        ("5(1) (2б)", Task("5(1)", 2)),
        (9.1, Task("9.1")),
        (7.0, Task("7")),
        ("9,2", Task("9.2")),
        ("10К2", Task("10К2")),
        ("10 K2 (1 балл)", Task("10К2", 1)),  # the K is Latin
        ("Задание № 3", Task("3")),
        ("№ 4.", Task("4")),
        ("6а", Task("6А")),
        ("1К1. Умение списывать текст", Task("1К1", None, "Умение списывать текст")),
        ("Средний балл", None),
        ("2б", Task("2Б")),
        ("", None),
        ("100", None),
    ],
)
def test_headings_of_tasks(heading: Any, task: Task | None) -> None:
    assert task_of(heading) == task


@pytest.mark.parametrize(
    ("name", "mark"),
    [
        ("Группа 2", 2),
        ("Группа «5»", 5),
        ("Ср.% вып. уч. гр.баллов 3", 3),
        ("получившие отметку «4»", 4),
        ("2", 2),
        ("Гимназия № 2", None),
        ("Группа 6", None),
        ("", None),
    ],
)
def test_groups_of_participants(name: str, mark: int | None) -> None:
    assert mark_group(name) == mark


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("РФ", "country"),
        ("По России", "country"),
        ("Саратовская обл.", "region"),
        ("Ямало-Ненецкий автономный округ", "region"),
        ("Городской округ Сокол", "municipality"),
        ("г. Сокол", "municipality"),
        ("МБОУ СОШ № 1 г. Сокола", "school"),
        ("Лицей города Сокола(sch203389)", "school"),
        ("Сокол", None),
    ],
)
def test_units_that_head_columns(name: str, kind: str | None) -> None:
    from app.importers.fisoko import Units

    unit = unit_named(name, Units())
    assert (unit.kind if unit else None) == kind


def test_participants_in_a_heading() -> None:
    assert without_people("РФ (1 468 754 уч.)") == ("РФ", 1468754)
    assert without_people("Район 89 участников") == ("Район", 89)
    assert without_people("СОШ № 5") == ("СОШ № 5", None)


def test_restored_points() -> None:
    # 36.52 % of 89·2 = 178 is 65.0056; 50 % of 1 is 0.5 and goes up
    assert restored_points(Decimal("36.52"), 89, 2) == 65
    assert restored_points(Decimal(50), 1, 1) == 1


def test_units_in_rows(tmp_path: Path) -> None:
    above = [None, None, "Уровень сложности задания", "Б", "Б", "П"]
    rows: Rows = [[COUNTRY, 9, 1000, 50, 40, 30], [SCHOOL, None, 89, 36.52, 75.28, 10.49]]
    reading = read(report(tmp_path / "a.xlsx", TASKS, HEAD, rows, maximum=6, above=above))
    assert reading.kind == "task_results"
    assert reading.title == "Выполнение заданий: ВПР 2026 Русский язык 4 класс"
    assert reading.problems == ()
    assert points(reading) == [
        ("country", "1", 0, 1000, 1000, 2),
        ("country", "2", 0, 1000, 400, 1),
        ("country", "5К1", 0, 1000, 900, 3),
        # 36.52 % of 178 is 65.006; 75.28 % of 89 is 66.999; 10.49 % of 267 is 28.008
        ("school", "1", 0, 89, 65, 2),
        ("school", "2", 0, 89, 67, 1),
        ("school", "5К1", 0, 89, 28, 3),
    ]
    last = reading.tasks[-1]
    assert last.count == TaskCount(
        Assessment("ВПР", "Русский язык", None, 4), 2026, "5К1", 89, 28, 3, "П", restored=True
    )
    assert last.origin == Origin("РУ 4 Выполнение заданий", 10, 10, "F10")


def test_highest_points_in_a_row_of_their_own(tmp_path: Path) -> None:
    head: list[Any] = ["Группы участников", "Кол-во ОО", "Кол-во участников", 1, 2, "3К1"]
    rows: Rows = [["Макс. балл", None, None, 2, 1, 3], [SCHOOL, None, 10, 50, 40, 30]]
    reading = read(report(tmp_path / "a.xlsx", TASKS, head, rows))
    assert [row[4:] for row in points(reading)] == [(10, 2), (4, 1), (9, 3)]
    above = ["", "Максимальный балл", "", 2, 1, 3]
    reading = read(report(tmp_path / "b.xlsx", TASKS, head, rows[1:], above=above))
    assert [row[4:] for row in points(reading)] == [(10, 2), (4, 1), (9, 3)]


def test_highest_points_that_leave_no_choice(tmp_path: Path) -> None:
    head: list[Any] = ["Группы участников", "Кол-во ОО", "Кол-во участников", "1", "2", "3"]
    rows: Rows = [[SCHOOL, None, 10, 50, 40, 30]]
    assert [row[5] for row in points(read(report(tmp_path / "a.xlsx", TASKS, head, rows, maximum=3)))] == [1, 1, 1]
    head[3:5] = ["1 (2б)", "2 (2б)"]
    assert [row[5] for row in points(read(report(tmp_path / "b.xlsx", TASKS, head, rows, maximum=7)))] == [2, 2, 3]


def test_highest_points_are_asked_for_and_never_invented(tmp_path: Path) -> None:
    head: list[Any] = ["Группы участников", "Кол-во ОО", "Кол-во участников", "1 (1б)", "2", "3К1"]
    path = report(tmp_path / "a.xlsx", TASKS, head, [[SCHOOL, None, 10, 50, 40, 30]], maximum=6)
    reading = read(path)
    assert [question.key for question in reading.questions] == ["maximum"]
    assert "2; 3К1." in reading.questions[0].text
    assert reading.tasks == ()
    for wrong in ("2", "2 3 4", "2 много", "2 31", "2 0"):
        again = read(path, answers={"maximum": wrong}).questions
        assert [question.text.startswith("Ответ не принят") for question in again] == [True], wrong
    reading = read(path, answers={"maximum": "2 3"})
    assert found(reading) == []
    assert [row[4:] for row in points(reading)] == [(5, 1), (8, 2), (9, 3)]
    reading = read(path, answers={"maximum": "2, -"})
    assert found(reading) == [("warning", "IMP_TASK_NO_MAXIMUM", None)]
    assert [row[1] for row in points(reading)] == ["1", "2"]
    assert found(read(path, answers={"maximum": "3 3"})) == [("warning", "IMP_MAXIMUM_DIFFERS", None)]


def test_groups_under_each_unit(tmp_path: Path) -> None:
    rows: Rows = [
        [COUNTRY, None, None, None, None, None],
        ["Ср.% вып. уч. гр.баллов 2", 5, 100, 10, 20, 30],
        ["Ср.% вып. уч. гр.баллов 5", 5, 50, 90, 80, 70],
        [SCHOOL, None, 10, 50, 50, 50],
        ["Группа 2", None, 4, 12.5, 25, 0],
        ["Группа 3", None, 0, None, None, None],
    ]
    reading = read(report(tmp_path / "a.xlsx", GROUPS, HEAD, rows, maximum=6))
    assert reading.kind == "task_groups"
    assert found(reading) == []
    assert [row[:5] for row in points(reading)] == [
        ("country", "1", 2, 100, 20),
        ("country", "2", 2, 100, 20),
        ("country", "5К1", 2, 100, 90),
        ("country", "1", 5, 50, 90),
        ("country", "2", 5, 50, 40),
        ("country", "5К1", 5, 50, 105),
        ("school", "1", 0, 10, 10),
        ("school", "2", 0, 10, 5),
        ("school", "5К1", 0, 10, 15),
        ("school", "1", 2, 4, 1),
        ("school", "2", 2, 4, 1),
        ("school", "5К1", 2, 4, 0),
    ]


def test_groups_in_a_column(tmp_path: Path) -> None:
    head: list[Any] = ["Группы участников", "Отметка", "Кол-во участников", "1 (2б)", "2 (1б)"]
    rows: Rows = [[REGION, 2, 10, 5, 10], [None, 3, 20, 50, 40], [SCHOOL, "«2»", 4, 12.5, 25]]
    reading = read(report(tmp_path / "a.xlsx", GROUPS, head, rows))
    assert found(reading) == []
    assert [row[:5] for row in points(reading)] == [
        ("region", "1", 2, 10, 1),
        ("region", "2", 2, 10, 1),
        ("region", "1", 3, 20, 20),
        ("region", "2", 3, 20, 8),
        ("school", "1", 2, 4, 1),
        ("school", "2", 2, 4, 1),
    ]


def test_units_under_each_group(tmp_path: Path) -> None:
    rows: Rows = [
        ["Группа 2", *[None] * 5],
        [REGION, 9, 100, 10, 20, 30],
        [SCHOOL, None, 4, 12.5, 25, 0],
        ["Группа 3", *[None] * 5],
        [SCHOOL, None, 10, 50, 50, 50],
    ]
    reading = read(report(tmp_path / "a.xlsx", GROUPS, HEAD, rows))
    assert [(row[0], row[2], row[4]) for row in points(reading) if row[1] == "1"] == [
        ("region", 2, 20),
        ("school", 2, 1),
        ("school", 3, 10),
    ]


def test_planned_results_with_units_across(tmp_path: Path) -> None:
    head: list[Any] = [
        "№",
        "Блоки ПООП обучающийся научится / получит возможность научиться",
        "Макс. балл",
        AREA,
        REGION,
        "РФ",
    ]
    rows: Rows = [
        ["", "", "", "200 уч.", "8000 уч.", "1 000 000 уч."],
        ["1К1", "Умение правильно списывать текст", 4, 60.5, 62, 65],
        ["2", "Умение распознавать однородные члены", 3, 50, "51,25", None],
    ]
    reading = read(report(tmp_path / "a.xlsx", PLANNED, head, rows, maximum=7))
    assert reading.kind == "planned_results"
    assert found(reading) == []
    assert points(reading) == [
        ("municipality", "1К1", 0, 200, 484, 4),
        ("municipality", "2", 0, 200, 300, 3),
        ("region", "1К1", 0, 8000, 19840, 4),
        ("region", "2", 0, 8000, 12300, 3),
        ("country", "1К1", 0, 1000000, 2600000, 4),
    ]
    first = reading.tasks[0]
    assert first.count.outcome == "Умение правильно списывать текст"
    assert first.unit.codes == (("fisoko", "reg20_m012"),)
    assert (first.origin.row_from, first.origin.cells) == (10, "D10")
    # two decimals: from 10,000 points on a sum may be off by one
    assert [(item.code, "здесь 2" in item.message) for item in reading.problems] == [("IMP_POINTS_APPROXIMATE", True)]


def test_participants_are_asked_for_where_the_report_is_silent(tmp_path: Path) -> None:
    head: list[Any] = ["№", "Проверяемые требования (умения)", "Макс балл", "Урус-Мартановский район", REGION, "РФ"]
    rows: Rows = [["1", "Умение считать", 2, 60.5, 62, 65], ["2", "Умение читать", 1, 50, 50, 50]]
    path = report(tmp_path / "a.xlsx", PLANNED, head, rows, maximum=3)
    reading = read(path)
    assert [question.key for question in reading.questions] == ["participants"]
    assert "Урус-Мартановский район; Чеченская Республика; РФ." in reading.questions[0].text
    reading = read(path, answers={"participants": "200; 8 000; -"})
    assert found(reading) == [("warning", "IMP_PARTICIPANTS_UNKNOWN", "F8")]
    assert [row[3:5] for row in points(reading)] == [(200, 242), (200, 100), (8000, 9920), (8000, 4000)]


def test_outcomes_without_numbers_are_no_tasks(tmp_path: Path) -> None:
    head: list[Any] = ["Планируемые результаты", "Макс балл", "РФ 100 уч."]
    rows: Rows = [["Умение считать в уме", 1, 60], ["4. Умение читать", 1, 50], ["Умение списывать", 1, 40]]
    reading = read(report(tmp_path / "a.xlsx", PLANNED, head, rows))
    assert [row.count.task for row in reading.tasks] == ["результат 1", "4", "результат 3"]
    assert [row.count.outcome for row in reading.tasks] == [row[0] for row in rows]


def test_planned_results_as_columns(tmp_path: Path) -> None:
    head: list[Any] = [*HEAD[:3], "1 (2б). Умение списывать текст", "Умение считать до ста и обратно (1б)"]
    rows: Rows = [["Макс. балл", None, None, None, 1], [SCHOOL, None, 10, 50, 40]]
    reading = read(report(tmp_path / "a.xlsx", PLANNED, head, rows))
    assert [(row.count.task, row.count.outcome, row.count.points) for row in reading.tasks] == [
        ("1", "Умение списывать текст", 10),
        ("результат 1", "Умение считать до ста и обратно (1б)", 4),
    ]


def test_columns_of_groups_of_one_unit_and_of_several(tmp_path: Path) -> None:
    head: list[Any] = ["№ задания", "Макс балл", SCHOOL, None, None, None, REGION, None, None, None]
    second = ["", "", *(f"{mark} ({people} уч.)" for mark, people in zip("2345", (4, 10, 5, 2), strict=True)),
              *(f"{mark} ({people} уч.)" for mark, people in zip("2345", (40, 99, 50, 20), strict=True))]  # fmt: skip
    rows: Rows = [second, ["1", 2, 25, 50, 60, 100, 25, 50, 60, 100]]
    reading = read(report(tmp_path / "a.xlsx", GROUPS, head, rows))
    assert found(reading) == []
    assert points(reading) == [
        ("school", "1", 2, 4, 2, 2),
        ("school", "1", 3, 10, 10, 2),
        ("school", "1", 4, 5, 6, 2),
        ("school", "1", 5, 2, 4, 2),
        ("region", "1", 2, 40, 20, 2),
        ("region", "1", 3, 99, 99, 2),
        ("region", "1", 4, 50, 60, 2),
        ("region", "1", 5, 20, 40, 2),
    ]


def test_groups_as_headings_under_a_line_with_the_school(tmp_path: Path) -> None:
    head: list[Any] = ["Задание", "Макс балл", "Группа 2", "Группа 3"]
    rows: Rows = [["Кол-во участников", None, 4, 10], ["1", 2, 25, 50]]
    path = report(tmp_path / "a.xlsx", GROUPS, head, rows, above=[SCHOOL])
    assert [row[:5] for row in points(read(path))] == [("school", "1", 2, 4, 2), ("school", "1", 3, 10, 10)]


def test_the_number_of_a_whole_unit_is_not_that_of_its_first_group(tmp_path: Path) -> None:
    head: list[Any] = ["Задание", "Макс балл", f"{REGION} 209 уч.", None]
    rows: Rows = [["", "", "2", "3"], ["1", 2, 25, 50]]
    reading = read(report(tmp_path / "a.xlsx", GROUPS, head, rows))
    assert [question.key for question in reading.questions] == ["participants"]
    assert "Чеченская Республика, группа «2»; Чеченская Республика, группа «3»." in reading.questions[0].text


def test_every_task_split_by_marks_is_refused(tmp_path: Path) -> None:
    """Nobody says how many got which mark, and the first columns must not be taken for the whole."""
    head: list[Any] = [*HEAD[:3], "1 (2б)", None, None, None, "2 (1б)", None, None, None]
    rows: Rows = [[None, None, None, *(2, 3, 4, 5) * 2], [SCHOOL, None, 10, *(10, 20, 30, 40) * 2]]
    reading = read(report(tmp_path / "a.xlsx", GROUPS, head, rows))
    assert reading.refused is not None
    assert reading.refused.code == "IMP_REPORT_LAYOUT"


def test_bad_cells_and_columns(tmp_path: Path) -> None:
    head: list[Any] = [*HEAD[:5], "Средний процент", "3 (1б)"]
    rows: Rows = [
        ["Школа(edu000001)", None, 10, 101, 50, 50, 50],
        ["Школа(edu000002)", None, None, 50, 50, 50, 50],
        ["Школа(edu000003)", None, 12.5, 50, 50, 50, 50],
        [None, None, 10, 50, 50, 50, 50],
        ["Школа(edu000004)", None, 10, None, None, None, None],
        ["Примечание под таблицей", *[None] * 6],
    ]
    reading = read(report(tmp_path / "a.xlsx", TASKS, head, rows))
    assert found(reading) == [
        ("error", "IMP_NOT_SHARE", "D9"),
        ("error", "IMP_PARTICIPANTS_MISSING", "C10"),
        ("error", "IMP_NOT_WHOLE", "C11"),
        ("error", "IMP_UNIT_MISSING", "A12"),
        ("warning", "IMP_PERCENTS_MISSING", "D13"),
    ]
    assert [item.cell for item in reading.problems if item.code == "IMP_COLUMN_LEFT_OUT"] == ["F8"]
    assert [(row.unit.name, row.count.task) for row in reading.tasks] == [("Школа", "2"), ("Школа", "3")]


def test_columns_and_rows_nobody_can_tell(tmp_path: Path) -> None:
    head: list[Any] = ["№", "Макс балл", "Сокол", "РФ 10 уч."]
    rows: Rows = [["1", 1, 50, 50], ["средний", 1, 50, 50], ["1", 1, 60, 60], ["Итого", None, 50, 50]]
    reading = read(report(tmp_path / "a.xlsx", TASKS, head, rows))
    assert found(reading) == [
        ("error", "IMP_UNIT_UNCLEAR", "C8"),
        ("error", "IMP_TASK_UNCLEAR", "A10"),
        ("error", "IMP_TASK_UNCLEAR", "A11"),
    ]
    assert points(reading) == [("country", "1", 0, 10, 5, 1)]


def test_a_unit_repeated_is_one_finding(tmp_path: Path) -> None:
    row, other = [SCHOOL, None, 10, 50, 50, 50], [SCHOOL, None, 10, 50, 50, 60]
    reading = read(report(tmp_path / "a.xlsx", TASKS, HEAD, [row, row]))
    assert found(reading) == [("warning", "IMP_ROW_REPEATED", "10")]
    assert len(reading.tasks) == 3
    reading = read(report(tmp_path / "b.xlsx", TASKS, HEAD, [row, other]))
    assert found(reading) == [("error", "IMP_ROW_CONTRADICTS", "10")]
    assert reading.tasks == ()


def test_cells_formatted_as_percent(tmp_path: Path) -> None:
    rows: Rows = [["Школа(edu000001)", None, 10, 0.5, 1, 0.3], ["Школа(edu000002)", None, 10, 1, 0, 0]]
    reading = read(report(tmp_path / "a.xlsx", TASKS, HEAD, rows))
    assert [row[4] for row in points(reading)] == [10, 10, 9, 20, 0, 0]


def test_the_name_in_the_first_line_tells_the_report(tmp_path: Path) -> None:
    for title, kind in ((TASKS, "task_results"), (PLANNED, "planned_results"), (GROUPS, "task_groups")):
        assert read(report(tmp_path / f"{kind}.xlsx", title, HEAD, [[SCHOOL, None, 10, 50, 50, 50]])).kind == kind
    path = report(tmp_path / "a.xlsx", "", HEAD, [[SCHOOL, None, 10, 50, 50, 50]])
    assert read(path).kind == "unknown"
    assert len(read(path, kind="task_results").tasks) == 3
    reading = read(book(tmp_path / "b.xlsx", [[TASKS], ["ничего"]]))
    assert reading.refused is not None
    assert reading.refused.code == "IMP_REPORT_LAYOUT"
