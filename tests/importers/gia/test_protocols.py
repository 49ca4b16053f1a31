"""Every layout of a protocol gives the counts worked out by hand (format §5, domain §4)."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import pytest

from app.importers.parsed import FileReading
from app.models.records import Assessment, MarkCount, Origin, ScoreCount
from tests.helpers import outside
from tests.helpers.workbooks import book, ods, xls
from tests.importers.gia.protocols import (
    COMPACT_HEAD,
    OGE_HEAD,
    OLD_HEAD,
    SPARSE_HEAD,
    block,
    compact,
    message,
    oge,
    old,
    read,
    sparse,
    told,
)

RUSSIAN = Assessment("ЕГЭ", "Русский язык", None, 11)


def counts(reading: FileReading) -> dict[tuple[str, str], tuple[int, int | None, str | None]]:
    """(exam, code of the school) → participants, below minimum, mean."""
    return {
        (row.count.assessment.label, row.unit.codes[0][1]): (
            row.count.participants,
            row.count.below_min,
            row.count.mean,
        )
        for row in reading.marks
    }


def marks(count: MarkCount) -> tuple[int | None, ...]:
    return count.participants, count.m2, count.m3, count.m4, count.m5, count.below_min


# --- ЕГЭ -------------------------------------------------------------------------------------------------------


def test_compact_ege_with_two_exams_under_one_another(tmp_path: Path) -> None:
    russian = [compact(1, 13450, 8, 23), compact(2, 13450, 10, 24), compact(3, 13450, 40, 86), compact(4, 13451, 9, 22)]
    chemistry = [compact(1, 13450, 15, 35), compact(2, 13450, 16, 36)]
    rows = [
        *block("01 - Русский язык 2026.06.04", COMPACT_HEAD, russian),
        [],
        *block("04 - Химия 2026.06.01", COMPACT_HEAD, chemistry),
    ]
    reading = read(book(tmp_path / "ege.xlsx", rows, "Протокол ЕГЭ"))
    assert (reading.kind, reading.personal, reading.refused, reading.questions) == ("gia_protocol", True, None, ())
    assert told(reading) == []
    assert counts(reading) == {
        ("ЕГЭ русский язык", "13450"): (3, 1, "44.33"),  # 23 + 24 + 86 = 133
        ("ЕГЭ русский язык", "13451"): (1, 1, "22.00"),
        ("ЕГЭ химия", "13450"): (2, 1, "35.50"),
    }
    assert reading.title == "Протокол ГИА: ЕГЭ русский язык 2026; ЕГЭ химия 2026"
    assert reading.rows_read == 6
    first = reading.marks[0]
    assert (first.count.assessment, first.count.year, first.count.m2, first.count.restored) == (
        RUSSIAN, 2026, None, False,
    )  # fmt: skip
    assert first.origin == Origin("Протокол ЕГЭ", 3, 5)
    assert (first.unit.kind, first.unit.name, first.unit.codes) == ("school", "ОО 13450", (("oo", "13450"),))


def test_mean_is_rounded_half_up(tmp_path: Path) -> None:
    scores = [50, 50, 50, 50, 50, 50, 50, 51]  # 401 : 8 = 50.125
    rows = [compact(i, 13450, 20, score) for i, score in enumerate(scores, start=1)]
    reading = read(book(tmp_path / "a.xlsx", block("01 - Русский язык 2026.06.04", COMPACT_HEAD, rows)))
    assert counts(reading) == {("ЕГЭ русский язык", "13450"): (8, 0, "50.13")}


def test_sparse_regional_ege(tmp_path: Path) -> None:
    pupils = [sparse(1, 213, 13450, 15, 35), sparse(2, 213, 13450, 30, 70), sparse(3, 213, 13460, 16, 36)]
    rows = [
        *([line] for line in ("Протокол проверки", "20 - Татарстан Республика", "", "", "")),
        *block("04 - Химия 2026.06.01", SPARSE_HEAD, pupils)[:1],
        [],
        SPARSE_HEAD,
        *pupils,
    ]
    reading = read(book(tmp_path / "2849657.xlsx", rows, "Page 1"))
    assert told(reading) == []
    assert counts(reading) == {
        ("ЕГЭ химия", "213-13450"): (2, 1, "52.50"),
        ("ЕГЭ химия", "213-13460"): (1, 0, "36.00"),
    }
    unit = reading.marks[0].unit
    assert unit.codes == (("oo", "213-13450"), ("msu", "213"))
    assert (unit.name, unit.municipality) == ("ОО 213-13450", None)


def test_schools_of_several_municipalities_are_told_apart(tmp_path: Path) -> None:
    pupils = [sparse(1, 213, 13450, 15, 35), sparse(2, 214, 13450, 30, 70)]
    reading = read(book(tmp_path / "a.xlsx", block("04 - Химия 2026.06.01", SPARSE_HEAD, pupils)))
    assert [(row.unit.codes[0][1], row.unit.municipality) for row in reading.marks] == [
        ("213-13450", "МСУ 213"),
        ("214-13450", "МСУ 214"),
    ]


def test_distribution_of_scores(tmp_path: Path) -> None:
    pupils = [compact(1, 13450, 2, 5), compact(2, 13450, 2, 5), compact(3, 13450, 4, 10), compact(4, 13451, 0, 0)]
    reading = read(book(tmp_path / "a.xlsx", block("01 - Русский язык 2026.06.04", COMPACT_HEAD, pupils)))
    primary, test, other, _other_test = [row.count for row in reading.scores]
    assert primary == ScoreCount(RUSSIAN, 2026, 3, (0, 0, 2, 0, 1))
    assert (test.measure, test.participants, len(test.counts)) == ("test", 3, 101)
    assert {score: n for score, n in enumerate(test.counts) if n} == {5: 2, 10: 1}
    assert other == ScoreCount(RUSSIAN, 2026, 1, (1, 0, 0, 0, 0))


def test_older_form_with_documents_and_a_summary(tmp_path: Path) -> None:
    head = [*OLD_HEAD, "Балл"]
    rows = [
        *block("01 - Русский язык 2021.06.03", head, [old(1, 213, 13450, 8, 23), old(2, 213, 13450, 30, 70)]),
        ["Средние", *[None] * 12, 19, 46.5],
        ["Минимальная граница", *[None] * 13, 24],
        ["Всего участников", *[None] * 13, 2],
    ]
    reading = read(book(tmp_path / "a.xlsx", rows))
    assert told(reading) == []
    assert counts(reading) == {("ЕГЭ русский язык", "213-13450"): (2, 1, "46.50")}


def test_a_summary_that_disagrees_is_told(tmp_path: Path) -> None:
    rows = [
        *block("01 - Русский язык 2026.06.04", COMPACT_HEAD, [compact(1, 13450, 8, 23), compact(2, 13450, 30, 70)]),
        ["Минимальная граница", *[None] * 14, 36],
        ["Всего участников", *[None] * 14, 5],
    ]
    reading = read(book(tmp_path / "a.xlsx", rows))
    assert told(reading) == [("warning", "IMP_GIA_TOTAL_DIFFERS", "2"), ("hint", "IMP_GIA_MINIMUM_DIFFERS", None)]
    assert "граница 36, а взято 24" in message(reading, "IMP_GIA_MINIMUM_DIFFERS")
    assert counts(reading) == {("ЕГЭ русский язык", "13450"): (2, 1, "46.50")}


def test_a_surname_is_no_summary(tmp_path: Path) -> None:
    head = COMPACT_HEAD[1:]
    rows = [compact(1, 13450, 8, 23, name="Порогов")[1:], compact(2, 13450, 8, 23, name="Среднев")[1:]]
    moved = [["Порогов" if i == 0 else value for i, value in enumerate(row)] for row in rows]
    reading = read(book(tmp_path / "a.xlsx", block("01 - Русский язык 2026.06.04", head, moved)))
    assert reading.marks[0].count.participants == 2


def test_english_with_an_oral_part_and_two_dates(tmp_path: Path) -> None:
    head = [
        *("№", "Код МСУ", "Код ОО", "Класс", "Код ППЭ", "Аудитория", "Фамилия", "Имя", "Отчество", "Документ"),
        *("Часть с кратким ответом", "Часть с развёрнутым ответом", "Устная часть", "Первичный балл устной части"),
        *("Первичный балл письм. части", "Первичный балл", "Тестовый балл"),
    ]
    pupil = [1, 111, 111001, "11Б", 1111, 3, "А", "Б", "В", "1111 111111", "+-+", "1(2)", "0(1)1(5)", 1, 3, 4, 29]
    reading = read(book(tmp_path / "a.xlsx", block("Английский язык п.: 2026.06.15, у.: 2026.06.18", head, [pupil])))
    assert told(reading) == []
    assert counts(reading) == {("ЕГЭ английский язык", "111-111001"): (1, 0, "29.00")}
    tasks = {row.count.task: (row.count.points, row.count.max_points) for row in reading.tasks}
    assert tasks == {
        "Ч1-1": (1, 1), "Ч1-2": (0, 1), "Ч1-3": (1, 1), "Ч2-1": (1, 2), "У-1": (0, 1), "У-2": (1, 5),
    }  # fmt: skip


# --- base maths ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("heading", ["Оценка", "Балл", "Тестовый балл"])
def test_base_maths_goes_by_marks_whatever_the_column_is_called(tmp_path: Path, heading: str) -> None:
    rows = [old(i, 213, 13450, 6 + i, mark) for i, mark in enumerate((2, 3, 3, 5), start=1)]
    reading = read(book(tmp_path / "a.xlsx", block("22 - Математика базовая 2023.06.01", [*OLD_HEAD, heading], rows)))
    assert (reading.questions, told(reading)) == ((), [])  # no minimum is needed: the mark decides
    [mark] = reading.marks
    assert mark.count.assessment == Assessment("ЕГЭ", "Математика", "base", 11)
    assert marks(mark.count) == (4, 1, 2, 0, 1, 1)
    assert mark.count.mean is None


def test_maths_without_a_level_is_told_by_its_code(tmp_path: Path) -> None:
    rows = [
        *block("02 - Математика 2026.06.08", COMPACT_HEAD, [compact(1, 13450, 4, 26)]),
        *block("22 - Математика 2026.06.08", COMPACT_HEAD, [compact(2, 13450, 4, 3)]),
    ]
    reading = read(book(tmp_path / "a.xlsx", rows))
    found = [(row.count.assessment.level, row.count.participants, row.count.below_min) for row in reading.marks]
    assert found == [("profile", 1, 1), ("base", 1, 0)]


# --- ОГЭ -------------------------------------------------------------------------------------------------------


def oge_rows() -> list[list[Any]]:
    social = [oge(1, 13450, 12, 2), oge(2, 13450, 20, 3), oge(3, 13450, 30, 4), oge(4, 13450, 37, 5)]
    maths = [oge(1, 13450, 7, 2, grade="9Б"), oge(2, 13451, 8, 3)]
    above = ("Протокол проверки результатов", "20 - Чеченская Республика")
    first = block("12 - Обществознание 2026.07.03", OGE_HEAD, social, *above)
    return [
        *first[:3],
        [],
        *first[3:],
        ["Средние", *[None] * 17, 24.75, None, 3.5],
        *block("02 - Математика 2026.07.03", OGE_HEAD, maths, *above),
        ["Средние", *[None] * 17, 7.5, None, 2.5],
    ]


@pytest.mark.parametrize("kind", ["xls", "xlsx", "ods"])
def test_oge_in_every_format(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"oge.{kind}"
    made = {"xls": xls, "xlsx": book, "ods": ods}[kind](path, oge_rows())
    reading = read(made)
    assert told(reading) == []
    found = {(row.count.assessment.label, row.unit.codes[0][1]): marks(row.count) for row in reading.marks}
    assert found == {
        ("ОГЭ обществознание", "213-13450"): (4, 1, 1, 1, 1, 1),
        ("ОГЭ математика", "213-13450"): (1, 1, 0, 0, 0, 1),
        ("ОГЭ математика", "213-13451"): (1, 0, 1, 0, 0, 0),
    }
    assert reading.marks[0].origin == Origin("Лист1", 6, 9)
    assert {row.count.assessment.grade for row in reading.marks} == {9}


def test_headings_repeated_on_the_next_page_go_on_with_the_exam(tmp_path: Path) -> None:
    rows = [
        *block("02 - Математика 2026.06.02", OGE_HEAD, [oge(1, 13450, 7, 2)]),
        OGE_HEAD,
        oge(2, 13450, 9, 3),
    ]
    reading = read(book(tmp_path / "a.xlsx", rows))
    assert marks(reading.marks[0].count) == (2, 1, 1, 0, 0, 1)


def test_two_sheets_of_one_exam_are_one_exam(tmp_path: Path) -> None:
    import xlsxwriter

    path = tmp_path / "a.xlsx"
    workbook = xlsxwriter.Workbook(str(path))
    for name, line, pupil in (
        ("Основной", "02 - Математика 2026.06.02", oge(1, 13450, 7, 2)),
        ("Резерв", "02 - Математика 2026.06.22", oge(1, 13450, 9, 3, name="Другой")),
    ):
        page = workbook.add_worksheet(name)
        for i, row in enumerate(block(line, OGE_HEAD, [pupil])):
            for j, value in enumerate(row):
                if value is not None:
                    page.write(i, j, value)
    workbook.close()
    reading = read(path)
    assert marks(reading.marks[0].count) == (2, 1, 1, 0, 0, 1)
    assert reading.marks[0].origin == Origin("Основной", 3, 3)
    assert "IMP_GIA_ONE_DAY" not in {item.code for item in reading.problems}


def csv(path: Path, *lines: str, encoding: str = "utf-8-sig") -> Path:
    head = "ColumnName;SchoolCode;ClassCode;SurnameCell;NameCell;SecondNameCell;TestResultBCell;TestResultCCell;"
    path.write_text("\n".join([head + "PrimaryMark;Mark5", *lines]), encoding=encoding)
    return path


def test_csv_with_english_names_is_known_by_its_file_name(tmp_path: Path) -> None:
    reading = read(
        csv(
            tmp_path / "02_2026.06.02.csv",
            "1;13450;9А;Иванов;Иван;Иванович;++-;1(2);3;3",
            "2;13450;9А;Петров;Пётр;Петрович;+--;0(2);1;2",
        )
    )
    assert reading.questions == ()
    [mark] = reading.marks
    assert (mark.count.assessment, mark.count.year) == (Assessment("ОГЭ", "Математика", None, 9), 2026)
    assert marks(mark.count) == (2, 1, 1, 0, 0, 1)
    tasks = {row.count.task: (row.count.points, row.count.max_points) for row in reading.tasks}
    assert tasks == {"Ч1-1": (2, 1), "Ч1-2": (1, 1), "Ч1-3": (0, 1), "Ч2-1": (1, 2)}


def test_csv_of_nobody_knows_what_asks(tmp_path: Path) -> None:
    path = csv(tmp_path / "выгрузка.csv", "1;13450;9А;Иванов;Иван;Иванович;++-;1(2);3;3")
    reading = read(path)
    assert [question.key for question in reading.questions] == ["year", "subject"]
    assert reading.marks == ()
    told_now = read(path, year=2026, subject="физика")
    assert told_now.questions == ()
    assert told_now.marks[0].count.assessment == Assessment("ОГЭ", "Физика", None, 9)


# --- ОГЭ or ЕГЭ ------------------------------------------------------------------------------------------------


def test_a_test_score_in_the_ninth_form_asks(tmp_path: Path) -> None:
    rows = block("04 - Химия 2026.06.01", COMPACT_HEAD, [compact(1, 13450, 15, 35, grade="9")])
    path = book(tmp_path / "a.xlsx", rows)
    reading = read(path)
    assert [(q.key, q.options) for q in reading.questions] == [("procedure", ("ОГЭ", "ЕГЭ"))]
    assert "Химия 01.06.2026" in reading.questions[0].text
    assert reading.marks == ()
    answered = read(path, answers={"procedure": "ЕГЭ"})
    assert counts(answered) == {("ЕГЭ химия", "13450"): (1, 1, "35.00")}


def test_a_mark_in_the_eleventh_form_asks_unless_it_is_maths(tmp_path: Path) -> None:
    chemistry = read(
        book(tmp_path / "a.xlsx", block("04 - Химия 2026.06.01", OGE_HEAD, [oge(1, 1345, 9, 3, grade="11")]))
    )
    assert [question.key for question in chemistry.questions] == ["procedure"]
    maths = read(
        book(
            tmp_path / "b.xlsx",
            block("Математика п: 2026.06.01; у: 2026.06.01", OGE_HEAD, [oge(1, 1345, 9, 3, grade="11")]),
        )
    )
    assert maths.marks[0].count.assessment == Assessment("ЕГЭ", "Математика", "base", 11)


def test_words_above_decide_where_columns_do_not(tmp_path: Path) -> None:
    head = [*OLD_HEAD, "Балл"]
    rows = [old(1, 213, 13450, 9, 3, grade="А")]
    plain = read(book(tmp_path / "a.xlsx", block("04 - Химия 2026.06.01", head, rows)))
    assert [question.key for question in plain.questions] == ["procedure"]
    worded = read(book(tmp_path / "b.xlsx", block("04 - Химия 2026.06.01", head, rows, "Результаты ОГЭ")))
    assert marks(worded.marks[0].count) == (1, 0, 1, 0, 0, 0)


# --- minimums --------------------------------------------------------------------------------------------------


def test_an_unknown_minimum_is_asked_for(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", block("04 - Химия 2023.05.26", COMPACT_HEAD, [compact(1, 13450, 15, 35)]))
    reading = read(path)
    [question] = reading.questions
    assert question.key == "threshold"
    assert question.text == "ЕГЭ химия 2023: с какого балла (тестовый балл) минимум преодолён? Введите число."
    assert (reading.marks, reading.scores, reading.tasks) == ((), (), ())
    assert counts(read(path, answers={"threshold": "36"})) == {("ЕГЭ химия", "13450"): (1, 1, "35.00")}
    assert counts(read(path, answers={"threshold": " Химия 35 "})) == {("ЕГЭ химия", "13450"): (1, 0, "35.00")}
    again = read(path, answers={"threshold": "много"})
    assert again.questions[0].text.startswith("Ответ «много» не подходит. ЕГЭ химия 2023")
    assert read(path, answers={"threshold": "101"}).questions != ()


def test_the_minimum_that_the_file_states_is_offered(tmp_path: Path) -> None:
    rows = [
        *block("04 - Химия 2023.05.26", COMPACT_HEAD, [compact(1, 13450, 15, 35)]),
        ["Минимальная граница", *[None] * 14, 36],
    ]
    assert read(book(tmp_path / "a.xlsx", rows)).questions[0].options == ("36",)


def test_several_unknown_minimums_are_one_question(tmp_path: Path) -> None:
    rows = [
        *block("04 - Химия 2023.05.26", COMPACT_HEAD, [compact(1, 13450, 15, 35)]),
        *block("02 - Математика профильная 2023.06.01", COMPACT_HEAD, [compact(1, 13450, 5, 26)]),
    ]
    path = book(tmp_path / "a.xlsx", rows)
    [question] = read(path).questions
    assert "«Химия …; Математика профильная …»" in question.text
    assert read(path, answers={"threshold": "36"}).questions != ()  # of which exam?
    answered = read(path, answers={"threshold": "Химия 36; Математика профильная 27"})
    assert [row.count.below_min for row in answered.marks] == [1, 1]
    assert read(path, answers={"threshold": "Химия 36; Математика базовая 3"}).questions != ()


def test_nobody_sat_needs_no_minimum(tmp_path: Path) -> None:
    reading = read(book(tmp_path / "a.xlsx", block("04 - Химия 2023.05.26", COMPACT_HEAD, [compact(1, 13450, "", "")])))
    assert reading.questions == ()
    assert counts(reading) == {("ЕГЭ химия", "13450"): (0, 0, None)}


if outside.needs("soffice"):

    def test_a_protocol_saved_by_libreoffice_as_xls(tmp_path: Path) -> None:
        """Merged headings, as the forms have them, in a real book of Excel 97."""
        source = book(tmp_path / "oge.xlsx", oge_rows())
        command = [str(outside.SOFFICE), f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless"]
        command += ["--convert-to", "xls", "--outdir", str(tmp_path), str(source)]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        again, first = read(tmp_path / "oge.xls"), read(source)
        assert again.kind == "gia_protocol"
        assert [row.count for row in again.marks] == [row.count for row in first.marks]
        assert len(again.marks) == 3
