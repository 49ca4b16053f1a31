"""What is not counted is said: ГВЭ, oral parts, appeals, absentees, errors, pupils who stand twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.workbooks import book
from tests.importers.gia.protocols import (
    COMPACT_HEAD,
    OGE_HEAD,
    OLD_HEAD,
    block,
    compact,
    message,
    oge,
    old,
    read,
    told,
)


@pytest.mark.parametrize(
    ("line", "code", "words"),
    [
        ("51 - Русский язык 2026.06.04", "IMP_GIA_GVE", "«Русский язык 04.06.2026» — ГВЭ, 2\u00a0строки."),
        ("29 - Английский язык (устный) 2026.06.18", "IMP_GIA_ORAL", "одна устная часть, 2\u00a0строки."),
        ("20 - Сочинение 2026.02.04", "IMP_GIA_ESSAY", "допуск к экзаменам, а не экзамен: 2\u00a0строки."),
        ("02 - Математика 2026.09.05", "IMP_GIA_RETAKES", "осенняя пересдача, 2\u00a0строки."),
    ],
)
def test_left_out_beside_what_counts(tmp_path: Path, line: str, code: str, words: str) -> None:
    rows = [
        *block("12 - Обществознание 2026.06.11", OGE_HEAD, [oge(1, 13450, 12, 3)]),
        *block(line, OGE_HEAD, [oge(1, 13450, 12, 2), oge(2, 13450, 12, 3)]),
    ]
    reading = read(book(tmp_path / "a.xlsx", rows))
    assert told(reading) == [("warning", code, "5")]
    assert words in message(reading, code)
    assert [row.count.assessment.label for row in reading.marks] == ["ОГЭ обществознание"]
    assert {row.count.assessment.label for row in reading.scores} == {"ОГЭ обществознание"}


def appeals(tmp_path: Path) -> Path:
    above: list[list[object]] = [
        ["Протокол проверки результатов  государственной итоговой аттестации 2026 г."],
        ["20 - Республика"],
        [],
    ]
    head = ["№", "Код ОО", "Класс", "Код ППЭ", "Аудитория", "Фамилия", "Имя", "Отчество", "Экзамен"]
    rows: list[list[object]] = [
        *above,
        [*head, "Состояние апелляции", "Текущие", None],
        [*[None] * 10, "Первичный балл", "Оценка"],
        [1, 18579, "А", "503", "0204", "Иванова", "Анна", "Петровна", "Математика(2026.06.02)", "удовлетворена", 22, 5],
        [2, 18560, "9А", "503", "0207", "Петров", "Пётр", "Ильич", "Математика(2026.06.02)", "удовлетворена", 12, 3],
    ]
    return book(tmp_path / "appeals.xlsx", rows, "Page 1")


def test_appeals_are_only_reported(tmp_path: Path) -> None:
    reading = read(appeals(tmp_path))
    assert (reading.kind, reading.personal, reading.title) == ("gia_protocol", True, "Результаты апелляций ГИА")
    assert (reading.marks, reading.scores, reading.tasks, reading.questions) == ((), (), (), ())
    assert told(reading) == [("warning", "IMP_GIA_APPEALS", "4")]
    assert "2\u00a0строки (Математика 02.06.2026)" in message(reading, "IMP_GIA_APPEALS")
    assert reading.rows_read == 2


def test_those_without_a_result_are_no_participants(tmp_path: Path) -> None:
    pupils = [
        compact(1, 13450, 8, 23),
        compact(2, 13450, "не явился", None),
        compact(3, 13450, None, "Удалён с экзамена"),
        compact(4, 13450, None, None, short="Не завершил по уважительной причине"),
        compact(5, 13450, None, None),
        compact(6, 13451, "Неявка", "Неявка"),
    ]
    reading = read(book(tmp_path / "a.xlsx", block("01 - Русский язык 2026.06.04", COMPACT_HEAD, pupils)))
    assert told(reading) == [("hint", "IMP_GIA_NOT_SAT", None)]
    assert message(reading, "IMP_GIA_NOT_SAT").startswith(
        "ЕГЭ русский язык 2026: без результата 5\u00a0участников "
        "(не явились — 2, удалены — 1, не завершили — 1, результат не указан — 1)."
    )
    found = [(row.count.participants, row.count.below_min, row.count.mean) for row in reading.marks]
    assert found == [(1, 1, "23.00"), (0, 0, None)]


def test_errors_of_rows(tmp_path: Path) -> None:
    pupils = [
        oge(1, 13450, 12, 3),
        oge(2, "", 12, 3),
        oge(3, "школа", 12, 3),
        oge(4, 13450, 12, 6),
        oge(5, 13450, "много", 3),
        oge(6, 13450, 12, None),
        oge(7, 13450, 12.5, 4),
    ]
    reading = read(book(tmp_path / "a.xlsx", block("02 - Математика 2026.06.02", OGE_HEAD, pupils)))
    assert told(reading) == [
        ("error", "IMP_GIA_NO_SCHOOL", "B4"),
        ("error", "IMP_GIA_SCHOOL_STRANGE", "B5"),
        ("error", "IMP_GIA_MARK_STRANGE", "U6"),
        ("error", "IMP_GIA_SCORE_STRANGE", "S7"),
        ("error", "IMP_GIA_SCORE_STRANGE", "S9"),
        ("error", "IMP_GIA_MARK_MISSING", "U8"),
    ]
    assert reading.marks[0].count.participants == 1
    assert reading.rows_read == 7


def test_a_test_score_above_a_hundred_and_one_that_is_missing(tmp_path: Path) -> None:
    pupils = [compact(1, 13450, 8, 101), compact(2, 13450, 8, None), compact(3, 13450, 10, 24)]
    reading = read(book(tmp_path / "a.xlsx", block("01 - Русский язык 2026.06.04", COMPACT_HEAD, pupils)))
    assert told(reading) == [("error", "IMP_GIA_SCORE_STRANGE", "P3"), ("error", "IMP_GIA_TEST_MISSING", "P4")]
    assert reading.marks[0].count.participants == 1


def test_a_code_that_contradicts_the_name(tmp_path: Path) -> None:
    reading = read(book(tmp_path / "a.xlsx", block("03 - Химия 2026.06.01", COMPACT_HEAD, [compact(1, 13450, 15, 35)])))
    assert told(reading) == [("warning", "IMP_GIA_CODE_DIFFERS", "2")]
    assert message(reading, "IMP_GIA_CODE_DIFFERS").startswith("Код экзамена 3 обычно означает «Физика»")
    assert reading.marks[0].count.assessment.subject == "Химия"


def test_a_pupil_of_two_days_counts_once_by_the_later(tmp_path: Path) -> None:
    rows = [
        *block("02 - Математика 2026.06.22", OGE_HEAD, [oge(1, 13450, 9, 3, name="Иванов")]),
        *block("02 - Математика 2026.06.02", OGE_HEAD, [oge(1, 13450, 5, 2, name="Иванов"), oge(2, 13450, 5, 2)]),
    ]
    reading = read(book(tmp_path / "a.xlsx", rows))
    assert told(reading) == [("warning", "IMP_GIA_PUPIL_TWICE", "6")]
    words = message(reading, "IMP_GIA_PUPIL_TWICE")
    assert words.startswith("Строки 3 и 6: один ученик школы 213-13450 сдавал этот экзамен в разные дни.")
    assert "Учтена одна строка — первая" in words
    assert "Иванов" not in words
    count = reading.marks[0].count
    assert (count.participants, count.m2, count.m3) == (2, 1, 1)


def test_an_absent_day_gives_way_to_a_day_with_a_result(tmp_path: Path) -> None:
    rows = [
        *block("02 - Математика 2026.06.02", OGE_HEAD, [oge(1, 13450, 5, 2, name="Иванов")]),
        *block("02 - Математика 2026.06.22", OGE_HEAD, [oge(1, 13450, "не явился", "", name="Иванов")]),
    ]
    reading = read(book(tmp_path / "a.xlsx", rows))
    assert [code for _level, code, _cell in told(reading)] == ["IMP_GIA_PUPIL_TWICE"]
    assert (reading.marks[0].count.participants, reading.marks[0].count.m2) == (1, 1)


def test_one_document_twice_on_one_day_is_one_pupil(tmp_path: Path) -> None:
    pupils = [old(1, 213, 13450, 8, 23, name="А", paper="1"), old(2, 213, 13450, 9, 30, name="А", paper="1")]
    reading = read(book(tmp_path / "a.xlsx", block("01 - Русский язык 2026.06.04", [*OLD_HEAD, "Балл"], pupils)))
    assert told(reading) == [("warning", "IMP_GIA_ROW_TWICE", "4")]
    count = reading.marks[0].count
    assert (count.participants, count.mean) == (1, "23.00")


def test_namesakes_both_count(tmp_path: Path) -> None:
    pupils = [
        oge(1, 13450, 5, 2, name="Ким"),
        oge(2, 13450, 9, 3, name="Ким"),
        oge(3, 13450, 9, 3, name="Ким", grade="9Б"),
    ]
    reading = read(book(tmp_path / "a.xlsx", block("02 - Математика 2026.06.02", OGE_HEAD, pupils)))
    assert told(reading) == [("warning", "IMP_GIA_NAMESAKES", "4")]
    assert reading.marks[0].count.participants == 3


def test_without_names_nobody_is_taken_for_somebody_else(tmp_path: Path) -> None:
    head = ["№", "Код ОО", "Код участника", "Первичный балл", "Оценка"]
    rows = [[1, 13450, 102, 5, 2], [2, 13450, 102, 9, 3]]
    reading = read(book(tmp_path / "a.xlsx", block("02 - Математика 2026.06.02", head, rows)))
    assert told(reading) == [("warning", "IMP_GIA_NAMESAKES", "4")]
    assert reading.marks[0].count.participants == 2


def test_the_reserve_day_is_asked_for_in_the_same_file(tmp_path: Path) -> None:
    reading = read(book(tmp_path / "a.xlsx", block("02 - Математика 2026.06.02", OGE_HEAD, [oge(1, 13450, 5, 2)])))
    [hint] = reading.problems
    assert (hint.level, hint.code) == ("hint", "IMP_GIA_ONE_DAY")
    assert "ОГЭ математика 2026" in hint.message
