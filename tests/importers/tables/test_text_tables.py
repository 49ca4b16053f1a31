"""CSV and TSV in the dialects that files of others come in."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.importers.book import open_sheets
from app.importers.guard import check
from app.importers.text_table import cut_loosely, find_delimiter
from tests.importers.reads import found, read, refusal

HEAD = "Школа;Код;Год;Процедура;Предмет;Класс;Участников;2;3;4;5"
ROW = "МБОУ «СОШ № 5»;edu203389;2026;ВПР;Математика;6;10;1;2;3;4"


def rows(path: Path) -> list[list[str]]:
    return [list(row) for _, row in open_sheets(path, check(path))[0][0].rows()]  # type: ignore[arg-type]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_utf16_with_and_without_its_mark(tmp_path: Path, encoding: str, mark: str, end: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes((mark + end.join([HEAD, ROW, ""])).encode(encoding))
    reading = read(path)
    assert found(reading) == []
    assert [(m.unit.name, m.count.participants, m.origin.row_from) for m in reading.marks] == [
        ("МБОУ «СОШ № 5»", 10, 2)
    ]


@pytest.mark.parametrize("line", ["sep=;", "SEP=;", '"sep=;"', "\ufeffsep=;"])
def test_a_line_for_excel_names_the_delimiter_and_is_no_row(tmp_path: Path, line: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text("\n".join([line, "Школа, полностью;Код", "А,Б,В;1"]), encoding="utf-8")
    assert rows(path) == [["Школа, полностью", "Код"], ["А,Б,В", "1"]]


def test_carriage_returns_alone_end_lines(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(f"{HEAD}\r{ROW}\r".encode("cp1251"))
    assert [len(row) for row in rows(path)] == [11, 11]


def test_quotation_marks_nobody_doubled(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    lines = [
        HEAD,
        '"Лицей "Сигма", корпус 1";edu203389;2026;ВПР;МА;6;10;1;2;3;4',
        'МБОУ "Лицей №7"";edu203390;2026;ВПР;МА;6;10;1;2;3;4',
        '"Гимназия "Альфа;edu203391;2026;ВПР;МА;6;10;1;2;3;4',
        '"Школа ""Бета""";edu203392;2026;ВПР;МА;6;10;1;2;3;4',
    ]
    path.write_text("\n".join(lines), encoding="utf-8")
    reading = read(path)
    assert [m.unit.name for m in reading.marks] == [
        'Лицей "Сигма", корпус 1', 'МБОУ "Лицей №7""', '"Гимназия "Альфа', 'Школа "Бета"',
    ]  # fmt: skip
    assert found(reading) == [("warning", "IMP_CSV_QUOTES", "2"), ("warning", "IMP_CSV_QUOTES", "4")]


def test_a_cell_of_several_lines_is_one_row(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes('a;b\r\n"один\r\nдва\r\n\r\nтри";2\r\n3;4\r\n'.encode())
    assert rows(path) == [["a", "b"], ["один\nдва\n\nтри", "2"], ["3", "4"]]


def test_an_open_quotation_mark_does_not_swallow_the_rest(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("\n".join(['a;"b', *(f"{i};x" for i in range(300))]), encoding="utf-8")
    assert len(rows(path)) == 301


@pytest.mark.parametrize(
    ("lines", "sign"),
    [
        (["Школа;Балл", "МБОУ СОШ, корпус 2, г. Барнаул;3,5", "Лицей;4,1"], ";"),
        (["Школа;2;3", "А;12,36;52,81", "Б;26,97;7,87"], ";"),
        (["Школа,2,3", '"Б;В",12.3,4', "Г,1,2"], ","),
        (["a\tb,c", "1\t2", "3\t4,5"], "\t"),
        (["Отчёт о результатах, сводный", "", "Школа;Балл", "А;1", "Б;2"], ";"),
        (["одно", "слово"], ";"),
    ],
)
def test_the_delimiter_is_the_one_that_cuts_alike(lines: list[str], sign: str) -> None:
    assert find_delimiter(lines) == sign


@pytest.mark.parametrize(
    ("line", "cells"),
    [
        ('"a"b;c', ['"a"b', "c"]),
        ('"a;b', ['"a', "b"]),
        ('"a "b" c";"d"', ['a "b" c', "d"]),
        ('x;"', ["x", '"']),
        ('"x"y;', ['"x"y', ""]),
    ],
)
def test_loose_cutting(line: str, cells: list[str]) -> None:
    assert cut_loosely(line, ";") == cells


def test_zeros_that_are_no_utf16(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"a;b\0\0\0c\0;\n" * 20)
    assert refusal(path) == "IMP_NOT_TEXT"


def test_a_web_page_in_utf16_is_a_web_page(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("<html><table><tr><td>Школа</td></tr></table></html>".encode("utf-16-le"))
    assert refusal(path) == "IMP_HTML"
