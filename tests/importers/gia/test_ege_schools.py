"""Official tables «ЕГЭ by school»: every form gives the counts and totals worked out by hand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pytest

from app.importers.gia.ege_layout import FIGURE_HEADINGS
from app.importers.grid import heading
from app.importers.parsed import FileReading
from app.importers.subjects import find_subject
from app.models.records import Assessment, Origin
from tests.helpers.workbooks import book, marks_table
from tests.importers.gia.protocols import Rows, message, read, told

HEAD = ["Код МСУ", "Код ОО", "Наименование ОО", "Количество участников", "Средний балл"]
COUNTS = ["Ниже минимального балла", "81-99 баллов", "100 баллов"]


def table(
    path: Path, rows: Iterable[Sequence[Any]], *, title: str = "Результаты ЕГЭ 2026 Химия", head: Any = None
) -> Path:
    return book(path, [[title], [], list(head or [*HEAD, *COUNTS]), *rows])


def counts(reading: FileReading) -> list[tuple[str, str, int, int | None, str | None, bool]]:
    return [
        (
            row.unit.codes[0][1],
            row.count.assessment.label,
            row.count.participants,
            row.count.below_min,
            row.count.mean,
            row.count.restored,
        )
        for row in reading.marks
    ]


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("Кол-во участников", "participants"),
        ("Количество участников ЕГЭ, чел.", "participants"),
        ("Количество участников, не преодолевших минимальный порог", "below"),
        ("Доля участников, набравших балл ниже минимального", "below_share"),
        ("% не преодолевших минимум", "below_share"),
        ("Ниже минимального, %", "below_share"),
        ("Доля участников, получивших от 81 до 99 баллов", "high_share"),
        ("Набрали 81–99", "high"),
        ("Кол-во 100-балльников", "hundred"),
        ("Средний тестовый балл", "mean"),
        ("Средний балл по 100-балльной шкале", "mean"),
        ("Фамилия", None),
    ],
)
def test_headings_of_figures(words: str, key: str | None) -> None:
    assert FIGURE_HEADINGS.key(heading(words)) == key


def test_one_subject_in_the_title(tmp_path: Path) -> None:
    rows: Rows = [
        [213, 13450, "СОШ № 1", 27, 55.5, 8, 3, 1],
        [213, 13451, "СОШ № 2", 10, "48,25", 3, "-", None],
        [None, None, "Итого", 37, 53.5, 11, 3, 1],
    ]
    reading = read(table(tmp_path / "a.xlsx", rows))
    assert (reading.kind, reading.personal, reading.questions) == ("ege_schools", False, ())
    assert told(reading) == [("hint", "IMP_TOTALS_ROW", "C6")]
    assert counts(reading) == [
        ("213-13450", "ЕГЭ химия", 27, 8, "55.5", False),
        ("213-13451", "ЕГЭ химия", 10, 3, "48.25", False),
    ]
    first = reading.marks[0]
    assert first.unit.name == "СОШ № 1"
    assert first.origin == Origin("Лист1", 4, 4, "D4:H4")
    assert (first.count.year, first.count.m2) == (2026, None)


def test_shares_become_counts(tmp_path: Path) -> None:
    head = [*HEAD, "Ниже минимального, %", "81-99, %"]
    rows: Rows = [[213, 13450, "А", 27, 55.5, 29.63, 11.11], [213, 13451, "Б", 12, 50, 12.5, 0]]  # 12.5 % of 12 is 1.5
    reading = read(table(tmp_path / "a.xlsx", rows, head=head))
    assert [row[2:4] + row[5:] for row in counts(reading)] == [(27, 8, True), (12, 2, True)]


@pytest.mark.parametrize(
    ("participants", "share", "below"),
    [(20, 0.3, 6), (20, 1, 20), (200, 0.5, 1), (200, 1, 2)],  # 0.5 % of 200 is a pupil, 0.3 % of 20 is nobody
)
def test_fractions_are_told_from_per_cent(tmp_path: Path, participants: int, share: float, below: int) -> None:
    rows: Rows = [[213, 13450, "А", participants, 55.5, share]]
    reading = read(table(tmp_path / "a.xlsx", rows, head=[*HEAD, "Доля не преодолевших минимум"]))
    assert counts(reading)[0][3] == below


def test_a_subject_a_row_and_a_year_a_row(tmp_path: Path) -> None:
    head = ["Школа", "Год", "Предмет", "Кол-во участников", "Средний балл", "Не преодолели минимум"]
    rows: Rows = [
        ["СОШ № 1", 2025, "Русский язык", 20, 60, 1],
        ["СОШ № 1", 2026, "02 - Математика профильная", 10, 50, 2],
        ["СОШ № 1", 2026, "Математика базовая", 5, 3.4, 1],
    ]
    reading = read(table(tmp_path / "a.xlsx", rows, title="Итоги ЕГЭ", head=head))
    assert told(reading) == []
    assert [(r.count.assessment, r.count.year, r.count.below_min) for r in reading.marks] == [
        (Assessment("ЕГЭ", "Русский язык", None, 11), 2025, 1),
        (Assessment("ЕГЭ", "Математика", "profile", 11), 2026, 2),
        (Assessment("ЕГЭ", "Математика", "base", 11), 2026, 1),
    ]


def test_what_is_not_said_is_asked(tmp_path: Path) -> None:
    path = table(tmp_path / "a.xlsx", [[213, 13450, "А", 27, 55.5, 8, 3, 1]], title="Результаты ЕГЭ")
    reading = read(path)
    assert [question.key for question in reading.questions] == ["year", "subject"]
    assert reading.marks == ()
    answered = read(path, year=2026, subject="физика")
    assert counts(answered) == [("213-13450", "ЕГЭ физика", 27, 8, "55.5", False)]


def test_a_subject_a_sheet(tmp_path: Path) -> None:
    import xlsxwriter

    path = tmp_path / "ЕГЭ_2026.xlsx"
    workbook = xlsxwriter.Workbook(str(path))
    for name, people in (("Химия", 5), ("Математика (база)", 7)):
        page = workbook.add_worksheet(name)
        page.write_row(0, 0, ["Школа", "Кол-во участников", "Средний балл", "Ниже минимума"])
        page.write_row(1, 0, ["СОШ № 1", people, 4, 0])
    workbook.close()
    reading = read(path)
    assert [(r.count.assessment.label, r.count.participants) for r in reading.marks] == [
        ("ЕГЭ химия", 5),
        ("ЕГЭ математика (база)", 7),
    ]


def test_impossible_figures_are_said_and_not_believed(tmp_path: Path) -> None:
    rows: Rows = [
        [213, 1001, "Среднее выше ста", 10, 43589, 1, 0, 0],
        [213, 1002, "Ошибка формулы", 10, "#DIV/0!", 1, 0, 0],
        [213, 1003, "Среднее 0 при участниках", 10, 0, 1, 0, 0],
        [213, 1004, "Нет участников", 0, 0, 0, 0, 0],
        [213, 1005, "Нет участников", None, "#DIV/0!", None, "-", None],
        [213, 1006, "Без участников, но с числами", 0, 0, 3, 0, 0],
        [213, 1007, "Участники не указаны", None, 50, 1, 0, 0],
        [213, 1008, "Ниже больше всех", 10, 50, 11, 0, 0],
        [213, 1009, "Части больше целого", 10, 50, 5, 5, 1],
        [213, 1010, "Не число", 10, 50, "много", 0, 0],
        [213, 1011, "Хорошая", 10, 50, 1, 0, 0],
    ]
    reading = read(table(tmp_path / "a.xlsx", rows))
    assert told(reading) == [
        ("warning", "IMP_EGE_MEAN_ABSURD", "E4"),
        ("warning", "IMP_EGE_MEAN_ABSURD", "E5"),
        ("warning", "IMP_EGE_MEAN_ABSURD", "E6"),
        ("error", "IMP_EGE_WITHOUT_PARTICIPANTS", "D9"),
        ("error", "IMP_PARTICIPANTS_MISSING", "D10"),
        ("error", "IMP_BELOW_EXCEEDS", "F11"),
        ("error", "IMP_EGE_PARTS_EXCEED", "F12"),
        ("error", "IMP_NOT_NUMBER", "F13"),
        ("hint", "IMP_EGE_NO_DATA", None),
    ]
    assert "таких мест в таблице 2." in message(reading, "IMP_EGE_NO_DATA")
    assert [(row[0], row[2], row[4]) for row in counts(reading)] == [
        ("213-1001", 10, None),
        ("213-1002", 10, None),
        ("213-1003", 10, None),
        ("213-1011", 10, "50"),
    ]


def wide(schools: int, subjects: Sequence[str]) -> list[list[Any]]:
    """A region's workbook: two merged lines of headings, a line of numbers, municipalities as group rows, totals."""
    over: list[Any] = ["№", "Код ОО", "Наименование ОО"]
    under: list[Any] = [None, None, None]
    for subject in subjects:
        over += [subject, None, None, None, None]
        under += ["Кол-во участников", "Средний балл", "Ниже мин. балла", "81-99", "100"]
    rows: list[list[Any]] = [["Результаты ЕГЭ 2026 года по школам"], over, under, list(range(1, len(over) + 1))]
    for number in range(schools):
        if number % 10 == 0:
            rows.append([None, None, f"Район {number // 10} район"])
        figures: list[Any] = []
        for place in range(len(subjects)):
            people = (number + place) % 7
            figures += [people, 50 + place if people else 0, people // 3, people // 4, 0]
        rows.append([number + 1, 10000 + number, f"МБОУ СОШ № {number + 1}", *figures])
    totals: list[Any] = []
    for place in range(len(subjects)):
        people_all = [(number + place) % 7 for number in range(schools)]
        totals += [sum(people_all), 50, sum(n // 3 for n in people_all), sum(n // 4 for n in people_all), 0]
    rows.append([None, None, "ВСЕГО по региону", *totals])
    return rows


def test_a_regions_workbook_with_subjects_over_columns(tmp_path: Path) -> None:
    subjects = [
        *("Русский язык", "Математика (профильная)", "Математика (базовая)", "Физика", "Химия", "Информатика"),
        *("Биология", "История", "География", "Английский язык", "Немецкий язык", "Французский язык"),
        *("Обществознание", "Испанский язык", "Китайский язык", "Литература"),
    ]
    rows = wide(370, subjects)
    for row in rows[5:]:
        if row[1]:
            row[3 + 2 * 5 + 1] = 4 if row[3 + 2 * 5] else 0  # base maths has marks
    reading = read(book(tmp_path / "ege.xlsx", rows))
    assert reading.questions == ()
    assert {code for level, code, _cell in told(reading) if level != "hint"} == set()
    by_subject: dict[str, list[int]] = {}
    for mark in reading.marks:
        sums = by_subject.setdefault(mark.count.assessment.label, [0, 0])
        sums[0] += mark.count.participants
        sums[1] += mark.count.below_min or 0
    assert len(by_subject) == 16
    for place, subject in enumerate(subjects):
        people = [(number + place) % 7 for number in range(370)]
        label = Assessment("ЕГЭ", found.name, found.level).label if (found := find_subject(subject)) else ""
        assert by_subject[label] == [sum(people), sum(n // 3 for n in people)]
    first = reading.marks[0]
    assert (first.unit.codes, first.unit.municipality) == ((("oo", "10000"),), "Район 0 район")
    assert reading.rows_read == 370


def test_a_total_that_is_not_the_sum_is_told(tmp_path: Path) -> None:
    rows: Rows = [
        [213, 1001, "А", 10, 50, 1, 0, 0],
        [None, None, "Итого по району", 10, 50, 1, 0, 0],
        [213, 1002, "Б", 5, 50, 1, 0, 0],
        [None, None, "Итого по району", 6, 50, 1, 0, 0],
        [None, None, "Всего", 15, 50, 2, 0, 0],
    ]
    reading = read(table(tmp_path / "a.xlsx", rows))
    assert [cell for level, code, cell in told(reading) if code == "IMP_EGE_TOTAL_DIFFERS"] == ["D7"]
    assert "участников 6, а по школам их 15" in message(reading, "IMP_EGE_TOTAL_DIFFERS")


def test_a_repeated_school_is_told(tmp_path: Path) -> None:
    rows: Rows = [[213, 1001, "А", 10, 50, 1, 0, 0], [213, 1001, "А", 10, 50, 2, 0, 0]]
    reading = read(table(tmp_path / "a.xlsx", rows))
    assert [code for _level, code, _cell in told(reading)] == ["IMP_ROW_CONTRADICTS"]
    assert reading.marks == ()


def test_other_tables_are_left_to_their_readers(tmp_path: Path) -> None:
    ours = marks_table(
        tmp_path / "ЕГЭ.xlsx", [["СОШ № 1", "edu203389", 2026, "ЕГЭ", "Химия", 11, 10, *[None] * 4, 3, 50]]
    )
    assert read(ours).kind == "marks"
    unsaid: Rows = [
        ["Школа", "Год", "Предмет", "Участников", "Средний балл", "Ниже минимума"],
        ["А", 2026, "Химия", 9, 3, 1],
    ]
    assert read(book(tmp_path / "a.xlsx", unsaid)).kind != "ege_schools"
