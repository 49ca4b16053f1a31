"""The line that names an exam."""

from __future__ import annotations

import datetime as dt

import pytest

from app.importers.gia.exams import exam_of_file, read_date, read_exam, read_exam_cell


@pytest.mark.parametrize(
    ("line", "subject", "level", "code", "kind"),
    [
        ("01 - Русский язык 2025.05.30", "Русский язык", None, 1, "exam"),
        ("02 - Математика профильная 2025.05.30", "Математика", "profile", 2, "exam"),
        ("22 – Математика базовая 2025.05.30", "Математика", "base", 22, "exam"),
        ("25 - Информатика и ИКТ (КЕГЭ) 2025.05.30", "Информатика", None, 25, "exam"),
        ("23 - Физика (КОГЭ) 2025.05.30", "Физика", None, 23, "exam"),
        ("09 - Английский язык (письменный) 30.05.2025", "Английский язык", None, 9, "exam"),
        ("  18-Литература   2025.05.30 ", "Литература", None, 18, "exam"),
        ("Экзамен: 12 - Обществознание 2025.05.30", "Обществознание", None, 12, "exam"),
        ("Английский язык п:2025.05.30; у:2025.06.02", "Английский язык", None, None, "exam"),
        ("29 - Английский язык (устный) 2025.05.30", "Английский язык", None, 29, "oral"),
        ("34 - Китайский язык 2025.05.30", "Китайский язык", None, 34, "oral"),
        ("51 - Русский язык 2025.05.30", "Русский язык", None, 51, "gve"),
        ("52 - Математика 2025.05.30", "Математика", None, 52, "gve"),
        ("02 - Математика (ГВЭ) 2025.05.30", "Математика", None, 2, "gve"),
        ("20 - Сочинение 2025.05.30", "Сочинение", None, 20, "essay"),
    ],
)
def test_lines(line: str, subject: str, level: str | None, code: int | None, kind: str) -> None:
    exam = read_exam(line)
    assert exam is not None
    assert (exam.subject, exam.level, exam.code, exam.kind, exam.usual) == (subject, level, code, kind, None)
    assert exam.date == dt.date(2025, 5, 30)


@pytest.mark.parametrize(
    "line",
    [
        "20 - Чеченская Республика",
        "Математика(2026.06.02)",
        "01 - Русский язык",
        "01 - Русский язык 2025.13.30",
        "",
        "1",
    ],
)
def test_other_lines(line: str) -> None:
    assert read_exam(line) is None


@pytest.mark.parametrize(
    ("line", "usual"),
    [
        ("03 - Химия 2025.05.30", "Физика"),
        ("22 - Математика профильная 2025.05.30", "Математика базовая"),
        ("51 - Математика 2025.05.30", "Русский язык"),
        ("77 - Химия 2025.05.30", None),
    ],
)
def test_a_code_that_says_another_subject(line: str, usual: str | None) -> None:
    exam = read_exam(line)
    assert exam is not None
    assert exam.usual == usual


def test_a_day_that_does_not_exist() -> None:
    assert read_date("2025.02.29") is None
    assert read_date("29.02.2024") == dt.date(2024, 2, 29)
    assert read_date("1025.02.01") is None


def test_names_of_files_and_cells_of_appeals() -> None:
    found = exam_of_file("22_2026.06.08 (1).csv")
    assert found is not None
    assert (found.subject, found.level, found.date) == ("Математика", "base", dt.date(2026, 6, 8))
    assert exam_of_file("99_2026.06.08.csv") is None
    assert exam_of_file("выгрузка.csv") is None
    assert read_exam_cell("Математика(2026.06.02)") == "Математика 02.06.2026"
    assert read_exam_cell("Математика") is None
