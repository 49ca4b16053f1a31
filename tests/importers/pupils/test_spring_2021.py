"""What the spring 2021 export gives beside marks. Maths of grade 6: «2» to 5, «3» to 9, «4» to 13, of 16."""

from __future__ import annotations

from pathlib import Path

from app.models.records import Assessment, Origin
from tests.helpers.workbooks import generate_pupils_2021, pupil, pupils_2021
from tests.importers.pupils.figures import marks, scores, tasks
from tests.importers.reads import found, read

NAME = "ВПР 2021 Математика 6.xlsx"


def test_points_and_crosses_by_task(tmp_path: Path) -> None:
    rows = [
        pupil("sch220001", ["2", "X", "1"]),
        pupil("sch220001", ["1", "Х ", "0"]),
        pupil("sch220001", ["x", "3", "не пройд."]),
        pupil("sch220001", ["", "", ""], variant="отсутствовал"),
        pupil("sch220001", ["2", "?", "1"]),
        pupil("sch220002", ["0", "0", "x"]),
    ]
    reading = read(pupils_2021(tmp_path / NAME, rows, tasks=3))
    assert found(reading) == [("error", "IMP_POINT_STRANGE", "K6")]
    assert tasks(reading, "edu220001") == [("1", 3, 3, 1, None), ("2", 3, 3, 2, None), ("3", 3, 1, 1, None)]
    assert tasks(reading, "edu220002") == [("1", 1, 0, 0, None), ("2", 1, 0, 0, None), ("3", 1, 0, 1, None)]
    first = reading.tasks[0]
    assert (first.count.assessment, first.count.year) == (Assessment("ВПР", "Математика", None, 6), 2021)
    assert (first.count.difficulty, first.count.group_mark, first.count.restored) == (None, 0, False)
    assert first.origin == Origin("Sheet", 2, 6)


def test_primary_scores(tmp_path: Path) -> None:
    rows = [pupil("sch220001", [str(score), "X"]) for score in (3, 3, 16, 0)]
    reading = read(pupils_2021(tmp_path / NAME, rows, tasks=2))
    assert scores(reading) == [{0: 1, 3: 2, 16: 1}]
    count = reading.scores[0].count
    assert (count.participants, count.measure, len(count.counts)) == (4, "primary", 17)  # 0…16


def test_without_a_maximum_scores_end_with_the_highest(tmp_path: Path) -> None:
    rows = [pupil("sch220001", ["5", "2"])]
    reading = read(pupils_2021(tmp_path / "ВПР 2021 История 6.xlsx", rows, tasks=2))
    assert reading.scores[0].count.counts == (0, 0, 0, 0, 0, 0, 0, 1)


def test_a_school_of_absentees_has_no_tasks(tmp_path: Path) -> None:
    reading = read(pupils_2021(tmp_path / NAME, [pupil("sch220001", [""] * 2, variant="отсутствовал")], tasks=2))
    assert marks(reading) == [(0, 0, 0, 0, 0, 0)]
    assert (reading.tasks, reading.scores) == ((), ())


def test_a_thousand_totals_are_not_a_thousand_lines(tmp_path: Path) -> None:
    rows = [pupil(f"sch{220001 + i % 3}", ["1"], total="0") for i in range(207)]
    reading = read(pupils_2021(tmp_path / NAME, rows, tasks=1))
    codes = [item.code for item in reading.problems]
    assert codes == ["IMP_TOTAL_DIFFERS"] * 200 + ["IMP_TOTALS_DIFFER"]
    assert reading.problems[-1].message.startswith(
        "«всего баллов» не равно сумме баллов за задания в 207\u00a0строках у 3\u00a0школ; "
        "по одной показаны первые 200."
    )
    assert [count[0] for count in marks(reading)] == [69, 69, 69]


def test_a_large_file_agrees_with_itself(tmp_path: Path) -> None:
    """Sums by columns are made a few thousand rows at once: nothing may be lost between two lots."""
    reading = read(generate_pupils_2021(tmp_path / NAME, rows=4_300))
    by_unit = {row.unit: row.count for row in reading.marks}
    points = dict.fromkeys(by_unit, 0)
    for task in reading.tasks:
        assert task.count.participants == by_unit[task.unit].participants
        points[task.unit] += task.count.points or 0
    assert len(reading.scores) == len(by_unit) == 108
    for line in reading.scores:
        counts, unit = line.count.counts, line.unit
        assert sum(counts) == by_unit[unit].participants
        assert sum(score * n for score, n in enumerate(counts)) == points[unit]
        assert sum(counts[:6]) == by_unit[unit].m2
