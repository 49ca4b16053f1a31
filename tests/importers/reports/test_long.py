"""The long regional tables: shares told from counts by the figures, never guessed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from app.importers.parsed import FileReading
from app.importers.reports.long_table import restored
from app.models.records import Assessment, MarkCount, Origin, ScoreCount
from tests.helpers.workbooks import book
from tests.importers.reads import found, read
from tests.importers.reports.reports import Rows

COMMON = ["Год", "Класс", "Предмет", "Муниципалитет", "Логин", "ОО ", "Кол-во участников"]
MARKS_HEAD: list[Any] = [*COMMON, "2 ", "3", "4", "5"]
SCORES_HEAD: list[Any] = [*COMMON, *(str(n) for n in range(9))]
ROW: list[Any] = [
    2023,
    6,
    "Математика ",
    "город Махачкала ",
    "sch203389",
    "МБОУ «СОШ №1» ",
    89,
    12.36,
    52.81,
    26.97,
    7.87,
]
MATHS = Assessment("ВПР", "Математика", None, 6)


def changed(row: list[Any], **cells: Any) -> list[Any]:
    names = {"year": 0, "grade": 1, "subject": 2, "municipality": 3, "login": 4, "school": 5, "people": 6}
    new = list(row)
    for key, value in cells.items():
        new[names[key] if key in names else 5 + int(key[1])] = value
    return new


def marks(tmp_path: Path, *rows: list[Any], head: list[Any] = MARKS_HEAD, **hints: object) -> FileReading:
    return read(book(tmp_path / "marks.xlsx", [head, *rows], "marks "), **hints)


def figures(reading: FileReading) -> list[tuple[int | None, ...]]:
    return [(c.participants, c.m2, c.m3, c.m4, c.m5) for c in (row.count for row in reading.marks)]


def test_a_row_of_marks(tmp_path: Path) -> None:
    reading = marks(tmp_path, ROW)
    assert reading.kind == "marks_long"
    assert found(reading) == []
    mark = reading.marks[0]
    assert mark.count == MarkCount(MATHS, 2023, 89, 11, 47, 24, 7, 11, restored=True)
    assert (mark.unit.kind, mark.unit.name, mark.unit.municipality) == ("school", "МБОУ «СОШ №1»", "город Махачкала")
    assert mark.unit.codes == (("fisoko", "edu203389"),)
    assert mark.origin == Origin("marks ", 2, 2, "G2:K2")


def test_headings_and_cells_as_other_programs_leave_them(tmp_path: Path) -> None:
    head: list[Any] = ["ОО", "Логин", "Кол-во участников ", 5, 4, 3, 2, "Предмет", "Класс", "Год"]
    rows: Rows = [["Школа", "edu000001", "8", "25", "12,5 %", "37,5", "25,00", "РУ", "5", "2024"]]
    rows.append(["Школа", "edu000001", 8, 0.25, 0.125, 0.375, 0.25, "МА", 5, 2024])
    rows.append(["Школа", "edu000001", 3, None, "—", 100, None, "ИС", 5, 2024])
    reading = marks(tmp_path, *rows, head=head)
    assert found(reading) == []
    assert figures(reading) == [(8, 2, 3, 1, 2), (8, 2, 3, 1, 2), (3, 0, 3, 0, 0)]
    assert [mark.count.assessment.subject for mark in reading.marks] == ["Русский язык", "Математика", "История"]


def test_whole_percents_and_counts_are_told_apart(tmp_path: Path) -> None:
    shares = [changed(ROW, login=f"edu00000{i}", people=20, m2=20, m3=30, m4=40, m5=10) for i in range(3)]
    reading = marks(tmp_path, *shares)
    assert reading.kind == "marks_long"
    assert figures(reading) == [(20, 4, 6, 8, 2)] * 3
    counts = [changed(ROW, login=f"edu00000{i}", people=20, m2=4, m3=6, m4=8, m5=2) for i in range(3)]
    reading = marks(tmp_path, *counts, answers={"procedure": "ВПР"})
    assert reading.kind == "marks"
    assert figures(reading) == [(20, 4, 6, 8, 2)] * 3
    assert not reading.marks[0].count.restored


def test_a_hundred_participants_everywhere_is_a_question(tmp_path: Path) -> None:
    row = changed(ROW, people=100, m2=20, m3=30, m4=40, m5=10)
    reading = marks(tmp_path, row)
    assert reading.kind == "marks_long"
    assert [(question.key, question.options) for question in reading.questions] == [
        ("kind", ("доли в процентах", "количества"))
    ]
    assert reading.marks == ()
    answered = marks(tmp_path, row, answers={"kind": "доли в процентах"})
    assert (answered.kind, figures(answered)) == ("marks_long", [(100, 20, 30, 40, 10)])
    answered = marks(tmp_path, row, answers={"kind": "количества", "procedure": "ВПР"})
    assert (answered.kind, figures(answered)) == ("marks", [(100, 20, 30, 40, 10)])
    assert figures(marks(tmp_path, row, kind="marks_long")) == [(100, 20, 30, 40, 10)]


def test_figures_that_speak_for_both_are_a_question(tmp_path: Path) -> None:
    counts = changed(ROW, people=20, m2=4, m3=6, m4=8, m5=2)
    assert [question.key for question in marks(tmp_path, ROW, changed(counts, grade=5)).questions] == ["kind"]
    many = [changed(ROW, login=f"edu0000{i:02}") for i in range(11)]
    reading = marks(tmp_path, *many, counts)  # one against eleven is an error of that row
    assert found(reading) == [("error", "IMP_SHARES_SUM", "H13")]
    assert len(reading.marks) == 11


def test_our_own_table_stays_our_own(tmp_path: Path) -> None:
    head: list[Any] = ["Школа", "Код", "Год", "Процедура", "Предмет", "Класс", "Участников", "2", "3", "4", "5"]
    row = ["Школа 1", "edu000001", 2026, "ВПР", "Математика", 6, 100, 20, 30, 40, 10]
    reading = marks(tmp_path, row, head=head)
    assert (reading.kind, reading.questions) == ("marks", ())
    assert figures(reading) == [(100, 20, 30, 40, 10)]


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        ({"m2": 12.96}, ("error", "IMP_SHARES_SUM", "H3")),
        ({"m2": -12.36}, ("error", "IMP_NOT_SHARE", "H3")),
        ({"m3": "много"}, ("error", "IMP_NOT_NUMBER", "I3")),
        ({"people": None}, ("error", "IMP_PARTICIPANTS_MISSING", "G3")),
        ({"people": 8.5}, ("error", "IMP_NOT_WHOLE", "G3")),
        ({"year": 23}, ("error", "IMP_YEAR_STRANGE", "A3")),
        ({"year": "год"}, ("error", "IMP_NOT_NUMBER", "A3")),
        ({"grade": 14}, ("error", "IMP_GRADE_STRANGE", "B3")),
        ({"subject": None}, ("error", "IMP_SUBJECT_MISSING", "C3")),
        ({"login": None, "school": None}, ("error", "IMP_UNIT_MISSING", "F3")),
    ],
)
def test_a_row_with_an_error_is_not_taken(tmp_path: Path, cells: dict[str, Any], problem: tuple[str, str, str]) -> None:
    other = changed(ROW, login="edu000002")
    reading = marks(tmp_path, ROW, changed(other, **cells), changed(ROW, subject="История"))
    assert found(reading) == [problem]
    assert [mark.origin.row_from for mark in reading.marks] == [2, 4]


def test_odd_rows(tmp_path: Path) -> None:
    rows = [
        ROW,
        ROW,
        changed(ROW, grade=5, login="123"),
        changed(ROW, login=None, school="Итого"),
        changed(ROW, subject="Краеведение"),
        # of 8: 31.25 % is 2.5 and goes up, twice; 3 + 3 + 2 + 1 is 9
        changed(ROW, grade=7, people=8, m2=31.25, m3=31.25, m4=25, m5=12.5),
        changed(ROW, grade=8, people=0, m2=None, m3=None, m4=None, m5=None),
        [None] * 11,
    ]
    reading = marks(tmp_path, *rows)
    assert found(reading) == [
        ("warning", "IMP_CODE_UNFIT", "E4"),
        ("warning", "IMP_SUBJECT_UNKNOWN", "C6"),
        ("warning", "IMP_RESTORED_SUM", "G7"),
        ("warning", "IMP_ROW_REPEATED", "3"),
    ]
    assert figures(reading)[-2:] == [(8, 3, 3, 2, 1), (0, 0, 0, 0, 0)]
    assert [mark.unit.codes for mark in reading.marks if mark.count.assessment.grade == 5] == [()]
    assert ("hint", "IMP_TOTALS_ROW", "5") in [(item.level, item.code, item.cell) for item in reading.problems]
    assert reading.rows_read == 6


def test_whole_percents_of_many_are_approximate(tmp_path: Path) -> None:
    reading = marks(tmp_path, changed(ROW, people=150, m2=20, m3=30, m4=40, m5=10))
    assert found(reading) == [("warning", "IMP_COUNT_APPROXIMATE", "H2")]
    assert "до 1 чел." in reading.problems[0].message  # half a per cent of 150 is 0.75


def test_what_a_table_does_not_say_is_asked(tmp_path: Path) -> None:
    head, row = MARKS_HEAD[3:], ROW[3:]
    reading = marks(tmp_path, row, head=head)
    assert [question.key for question in reading.questions] == ["year", "subject", "grade"]
    answered = marks(tmp_path, row, head=head, year=2024, subject="РУ", grade=5)
    assert answered.marks[0].count.assessment == Assessment("ВПР", "Русский язык", None, 5)
    titled = read(book(tmp_path / "t.xlsx", [["ВПР 2022 Физика 8 класс"], head, row]))
    assert (titled.marks[0].count.year, titled.marks[0].count.assessment.subject) == (2022, "Физика")


def test_halves_go_up_and_decimals_are_exact() -> None:
    # 12.36 % of 1250 is 154.5; 0.35 % of 1000 is 3.5; 1.005 % of 100 is 1.005; 28.5 % of 50 is 14.25
    assert restored([12.36], 1250) == [155]
    assert restored([0.35], 1000) == [4]
    assert restored([1.005], 100) == [1]
    assert restored([28.5, 31.25], 50) == [14, 16]


# --- primary points -------------------------------------------------------------------------------------------


def scores(tmp_path: Path, *rows: list[Any], head: list[Any] = SCORES_HEAD, **hints: object) -> FileReading:
    return read(book(tmp_path / "scores.xlsx", [head, *rows], "scores"), **hints)


def test_a_row_of_scores(tmp_path: Path) -> None:
    reading = scores(tmp_path, [*ROW[:6], 16, 6.25, 12.5, None, 31.25, 25, 25, None, None, None])
    assert reading.kind == "scores_long"
    assert found(reading) == []
    assert reading.scores[0].count == ScoreCount(MATHS, 2023, 16, (1, 2, 0, 5, 4, 4), restored=True)
    assert reading.scores[0].origin == Origin("scores", 2, 2, "H2:M2")


def test_a_distribution_is_as_long_as_its_work(tmp_path: Path) -> None:
    rows = [
        [*ROW[:6], 4, 25, 25, 25, 25, *[None] * 5],
        [*changed(ROW, login="edu000001")[:6], 4, 25, 25, 25, 0, 25, 0, *[None] * 3],
        [*changed(ROW, subject="ИС")[:6], 4, 25, 25, 50, *[None] * 6],
        [*changed(ROW, subject="ИС", login="edu000001")[:6], 0, *[None] * 9],
    ]
    reading = scores(tmp_path, *rows)
    assert found(reading) == []
    assert [row.count.counts for row in reading.scores] == [
        (1, 1, 1, 1, 0, 0), (1, 1, 1, 0, 1, 0), (1, 1, 2), (0, 0, 0),
    ]  # fmt: skip


def test_counts_of_scores(tmp_path: Path) -> None:
    good = [*ROW[:6], 9, 1, 2, 3, 0, 1, 2, *[None] * 3]
    short = [*changed(ROW, grade=5)[:6], 9, 1, 2, 3, 0, 1, 1, *[None] * 3]
    more = [[*changed(ROW, login=f"edu0000{i:02}")[:6], 9, 1, 2, 3, 0, 1, 2, *[None] * 3] for i in range(11)]
    reading = scores(tmp_path, good, *more, short)
    assert found(reading) == [("error", "IMP_SCORES_COUNT", "H14")]
    assert reading.scores[0].count == ScoreCount(MATHS, 2023, 9, (1, 2, 3, 0, 1, 2))
    assert not reading.scores[0].count.restored


def test_scores_that_may_be_either_are_a_question(tmp_path: Path) -> None:
    row = [*ROW[:6], 100, 10, 20, 30, 40, *[None] * 5]
    reading = scores(tmp_path, row)
    assert [question.key for question in reading.questions] == ["kind"]
    assert reading.scores == ()
    for answer, restored_ in (("доли в процентах", True), ("количества", False)):
        count = scores(tmp_path, row, answers={"kind": answer}).scores[0].count
        assert (count.counts, count.restored) == ((10, 20, 30, 40), restored_)


def test_bad_rows_of_scores(tmp_path: Path) -> None:
    rows = [
        [*ROW[:6], 8, 31.25, 31.25, 25, 12.5, *[None] * 5],
        [*changed(ROW, login="edu000001")[:6], 8, 31.25, 31.25, 25, 11.5, *[None] * 5],
        [*changed(ROW, login="edu000002")[:6], 8, *[None] * 9],
        [*changed(ROW, login="edu000003")[:6], 8, 150, -50, *[None] * 7],
    ]
    reading = scores(tmp_path, *rows)
    assert found(reading) == [
        ("error", "IMP_SCORES_SUM", "H3"),
        ("warning", "IMP_PERCENTS_MISSING", "H4"),
        ("error", "IMP_NOT_SHARE", "I5"),
        ("warning", "IMP_RESTORED_SUM", "G2"),
    ]
    assert [row.count.counts for row in reading.scores] == [(3, 3, 2, 1)]
