"""Ф3: whole counts from percentages, units from the country down to the school."""

from __future__ import annotations

from pathlib import Path

from app.importers.parsed import FileReading
from app.models.records import Assessment, Origin
from tests.helpers.workbooks import book, mark_statistics
from tests.importers.reads import found, read

COUNTRY = ["Вся выборка", 35589, 1722202, 5.06, 32.92, 44.33, 17.69]
REGION = ["Чеченская Республика", 560, 30216, 13.44, 44.15, 36.28, 6.14]
AREA = ["Урус-Мартановский муниципальный район(reg20_m012)", 47, 3162, 13.57, 46.9, 33.65, 5.88]
SCHOOL = ["МБОУ «СОШ №1 г.Урус-Мартан»(edu203389)", None, 89, 12.36, 52.81, 26.97, 7.87]


def counts(reading: FileReading) -> list[tuple[int | None, ...]]:
    return [(c.participants, c.m2, c.m3, c.m4, c.m5, c.below_min) for c in (mark.count for mark in reading.marks)]


def test_the_whole_report(tmp_path: Path) -> None:
    reading = read(mark_statistics(tmp_path / "2849657.xlsx", [COUNTRY, REGION, AREA, SCHOOL]))
    assert reading.kind == "mark_statistics"
    assert reading.title == "Статистика по отметкам: ВПР 2026 Русский язык 4 класс"
    assert not reading.personal
    assert [mark.unit.kind for mark in reading.marks] == ["country", "region", "municipality", "school"]
    school = reading.marks[3]
    assert school.unit.name == "МБОУ «СОШ №1 г.Урус-Мартан»"
    assert school.unit.codes == (("fisoko", "edu203389"),)
    assert school.unit.municipality == "Урус-Мартановский муниципальный район"
    assert school.unit.region == "Чеченская Республика"
    assert school.count.assessment == Assessment("ВПР", "Русский язык", None, 4)
    assert (school.count.year, school.count.restored, school.count.autumn) == (2026, True, False)
    assert school.origin == Origin("РУ 4 Статистика по отметкам", 12, 12, "C12:G12")
    assert counts(reading)[3] == (89, 11, 47, 24, 7, 11)
    # 3162: 13.57 % is 429.08, 46.90 % is 1482.98, 33.65 % is 1064.01, 5.88 % is 185.93
    assert counts(reading)[2] == (3162, 429, 1483, 1064, 186, 429)
    assert reading.marks[2].unit.codes == (("fisoko", "reg20_m012"),)


def test_counts_of_a_country_are_approximate_and_that_is_only_a_hint(tmp_path: Path) -> None:
    reading = read(mark_statistics(tmp_path / "a.xlsx", [COUNTRY, REGION, AREA, SCHOOL]))
    assert found(reading) == []
    assert [(p.level, p.code, p.cell) for p in reading.problems] == [
        ("hint", "IMP_COUNT_APPROXIMATE", "D9"),
        ("hint", "IMP_COUNT_APPROXIMATE", "D10"),
    ]
    # two decimals: off by up to 0.005 % of 30,216, which is 1.5, so by two at most
    assert "до 2 чел." in reading.problems[1].message


def test_a_school_whose_counts_are_doubtful_is_a_warning(tmp_path: Path) -> None:
    rows = [["Школа(edu000001)", None, 200, 12, 52, 27, 9], ["Школа(edu000002)", None, 99, 12, 52, 27, 9]]
    # whole percentages: off by up to half a per cent, a pupil of 100 and more
    assert found(read(mark_statistics(tmp_path / "a.xlsx", rows))) == [
        ("warning", "IMP_COUNT_APPROXIMATE", "D9"),
        # 11.88, 51.48, 26.73, 8.91 are 12, 51, 27, 9: that is all 99
    ]


def test_restored_counts_that_do_not_add_up(tmp_path: Path) -> None:
    # of 8: 31.25 % is 2.5 and goes up to 3, twice; 3 + 3 + 2 + 1 is 9
    reading = read(mark_statistics(tmp_path / "a.xlsx", [["Школа(edu000001)", None, 8, 31.25, 31.25, 25, 12.5]]))
    assert found(reading) == [("warning", "IMP_RESTORED_SUM", "C9")]
    assert "9" in reading.problems[0].message
    assert counts(reading) == [(8, 3, 3, 2, 1, 3)]


def test_texts_and_percent_cells(tmp_path: Path) -> None:
    rows = [
        ["edu203389 | МКОУ «Школа»", "", "89", "12,36", "52,81", "26,97 %", "7,87"],
        ["Школа(sch203390)", None, 8, 0.25, 0.25, 0.25, 0.25],
        ["Школа(edu203391)", None, 4, 100, None, None, None],
        ["Школа(edu203392)", None, 0, None, None, None, None],
    ]
    reading = read(mark_statistics(tmp_path / "a.xlsx", rows))
    assert found(reading) == []
    assert counts(reading) == [(89, 11, 47, 24, 7, 11), (8, 2, 2, 2, 2, 2), (4, 4, 0, 0, 0, 4), (0, 0, 0, 0, 0, 0)]
    assert reading.marks[0].unit.name == "МКОУ «Школа»"
    assert reading.marks[1].unit.codes == (("fisoko", "edu203390"),)


def test_bad_rows_are_listed_and_good_ones_taken(tmp_path: Path) -> None:
    rows = [
        ["Школа(edu000001)", None, 10, 10, 20, 30, 41],
        ["Школа(edu000002)", None, "десять", 10, 20, 30, 40],
        ["Школа(edu000003)", None, None, 10, 20, 30, 40],
        ["Школа(edu000004)", None, 10, 101, 20, 30, 40],
        [None, None, 10, 10, 20, 30, 40],
        ["Школа(edu000005)", None, None, None, None, None, None],
        ["Отчёт построен 20.04.2026", None, None, None, None, None, None],
        ["Школа(edu000006)", None, 10, 10, 20, 30, 40],
    ]
    reading = read(mark_statistics(tmp_path / "a.xlsx", rows))
    assert found(reading) == [
        ("error", "IMP_SHARES_SUM", "D9"),
        ("error", "IMP_NOT_NUMBER", "C10"),
        ("error", "IMP_PARTICIPANTS_MISSING", "C11"),
        ("error", "IMP_NOT_SHARE", "D12"),
        ("error", "IMP_UNIT_MISSING", "A13"),
        ("error", "IMP_PARTICIPANTS_MISSING", "C14"),
    ]
    assert counts(reading) == [(10, 1, 2, 3, 4, 1)]


def test_a_municipality_with_a_bad_row_still_holds_its_schools(tmp_path: Path) -> None:
    bad = ["Другой район(reg20_m013)", 1, "?", 10, 20, 30, 40]
    reading = read(mark_statistics(tmp_path / "a.xlsx", [AREA, bad, SCHOOL]))
    assert reading.marks[1].unit.municipality == "Другой район"


def test_the_same_school_twice(tmp_path: Path) -> None:
    other = ["Школа(sch203389)", None, 90, 12.22, 52.22, 26.67, 8.89]
    reading = read(mark_statistics(tmp_path / "a.xlsx", [SCHOOL, SCHOOL]))
    assert found(reading) == [("warning", "IMP_ROW_REPEATED", "10")]
    assert len(reading.marks) == 1
    reading = read(mark_statistics(tmp_path / "b.xlsx", [AREA, SCHOOL, other]))
    assert found(reading) == [("error", "IMP_ROW_CONTRADICTS", "11")]
    assert "10 и 11" in reading.problems[0].message
    assert [mark.unit.kind for mark in reading.marks] == ["municipality"]


def test_what_the_file_says_wins_over_the_options(tmp_path: Path) -> None:
    path = mark_statistics(tmp_path / "a.xlsx", [SCHOOL])
    reading = read(path, year=2025, subject="МА", grade=4)
    assert found(reading) == [("warning", "IMP_HINT_DIFFERS", None)] * 2
    assert reading.marks[0].count.year == 2026
    assert reading.marks[0].count.assessment.subject == "Русский язык"


def test_a_report_without_its_title_asks(tmp_path: Path) -> None:
    path = mark_statistics(tmp_path / "a.xlsx", [SCHOOL], work="", subject="")
    reading = read(path)
    assert [question.key for question in reading.questions] == ["year", "subject", "grade"]
    assert reading.marks == ()
    answered = read(path, grade=4, answers={"year": "2026", "subject": "РУ"})
    assert counts(answered) == [(89, 11, 47, 24, 7, 11)]


def test_a_subject_nobody_knows_is_taken_as_written(tmp_path: Path) -> None:
    path = mark_statistics(tmp_path / "a.xlsx", [SCHOOL], work="ВПР 2026 Краеведение 5 класс", subject="Краеведение")
    reading = read(path)
    assert found(reading) == [("warning", "IMP_SUBJECT_UNKNOWN", None)]
    assert reading.marks[0].count.assessment == Assessment("ВПР", "Краеведение", None, 5)


def test_autumn(tmp_path: Path) -> None:
    path = mark_statistics(
        tmp_path / "a.xlsx", [SCHOOL], work="ВПР 2020 Русский язык 5 класс (по программе 4 класса, осень)"
    )
    count = read(path).marks[0].count
    assert (count.year, count.assessment.grade, count.autumn) == (2020, 4, True)


def test_two_sheets_are_two_works(tmp_path: Path) -> None:
    import xlsxwriter

    path = tmp_path / "a.xlsx"
    workbook = xlsxwriter.Workbook(str(path))
    for grade in (4, 5):
        page = workbook.add_worksheet(f"РУ {grade}")
        page.write(0, 0, "Статистика по отметкам")
        page.write(2, 0, f"ВПР 2026 Русский язык {grade} класс")
        page.write_row(7, 0, ["Группы участников", "Кол-во ОО", "Кол-во участников", 2, 3, 4, 5])
        page.write_row(8, 0, ["Школа(edu000001)", "", 10, 10, 20, 30, 40])
    workbook.close()
    reading = read(path)
    assert [mark.count.assessment.grade for mark in reading.marks] == [4, 5]
    assert [mark.origin.sheet for mark in reading.marks] == ["РУ 4", "РУ 5"]


def test_a_school_without_a_code_is_told_by_its_empty_number_of_schools(tmp_path: Path) -> None:
    reading = read(mark_statistics(tmp_path / "a.xlsx", [AREA, ["Частная школа", None, 10, 10, 20, 30, 40]]))
    assert (reading.marks[1].unit.kind, reading.marks[1].unit.codes) == ("school", ())


def test_a_table_of_counts_is_not_taken_for_a_report(tmp_path: Path) -> None:
    assert read(book(tmp_path / "a.xlsx", [["Группы участников", 2, 3], ["Школа", 1, 2]])).kind == "unknown"
