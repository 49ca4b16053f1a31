"""Sheets as plain rows: offsets, hidden sheets, csv in its encodings."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from app.importers import encodings
from app.importers.book import open_sheets
from tests.helpers.workbooks import MARKS_HEAD, book, marks_table, ods, xls
from tests.importers.reads import found, read

CSV = (
    "Школа;Код;Год;Процедура;Предмет;Класс;Участников;2;3;4;5\n"
    "«Сигма», № 5;edu203389;2026;ВПР;Математика;6;10;1;2;3;4\n"
)


def test_a_table_away_from_a1_keeps_its_addresses(tmp_path: Path) -> None:
    rows = [MARKS_HEAD, ["Школа 1", None, 2026, "ВПР", "Математика", 6, 10, 1, 2, 3, "четыре"]]
    path = book(tmp_path / "a.xlsx", rows, corner="C5")
    sheet = open_sheets(path, "xlsx")[0][0]
    assert [number for number, row in sheet.rows() if any(row)] == [5, 6]
    assert list(sheet.rows())[4][1][2] == "Школа"
    assert found(read(path)) == [("error", "IMP_NOT_NUMBER", "M6")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_csv(tmp_path: Path, encoding: str, delimiter: str) -> None:
    path = tmp_path / "итоги.csv"
    path.write_bytes(CSV.replace(";", delimiter).encode(encoding))
    reading = read(path)
    assert reading.kind == "marks"
    assert found(reading) == []
    mark = reading.marks[0]
    assert mark.unit.name == "«Сигма», № 5"
    assert (mark.count.participants, mark.count.m2, mark.count.m5) == (10, 1, 4)
    assert (mark.origin.sheet, mark.origin.row_from) == (None, 2)


@pytest.mark.parametrize(
    ("encoding", "words"),
    [("cp866", "DOS"), ("koi8-r", "КОИ-8"), ("mac-cyrillic", "Mac OS"), ("iso8859-5", "ISO 8859-5")],
)
@pytest.mark.parametrize("change", [str, str.upper])
def test_csv_of_other_times(tmp_path: Path, encoding: str, words: str, change: Callable[[str], str]) -> None:
    path = tmp_path / "итоги.csv"
    table = CSV.replace("«Сигма», № 5", "Лицей Щёлковский") if encoding in {"cp866", "koi8-r"} else CSV
    path.write_bytes(change(table).replace("«", '"').replace("»", '"').replace('"', "").encode(encoding))
    reading = read(path)
    assert (reading.kind, reading.refused) == ("marks", None)
    assert reading.marks[0].unit.name.casefold() in {"лицей щёлковский", "сигма, № 5"}
    assert [(p.code, p.level, words in p.message) for p in reading.problems] == [("IMP_ENCODING", "hint", True)]


@pytest.mark.parametrize("text", ["№ 5", "ШКОЛА;ЩЁЛКОВО", "школа", "Эхо;Щука;Ъ", "НацПроект", "café™", "—…", "x;y"])
def test_windows_stays_windows(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(text.replace("é", "й").encode("cp1251"))
    assert encodings.guess(path) == "cp1251"


def test_noise_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"\x98\x01;\x98\xff\x98\n" * 40)
    assert read(path).refused is not None


def test_csv_with_commas_and_quotes(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    lines = ["Школа,Год,Процедура,Предмет,Класс,Участников,2", '"Лицей ""Сигма"", корпус 1",2026,ВПР,МА,6,10,1']
    path.write_text("\n".join(lines), encoding="utf-8")
    assert read(path).marks[0].unit.name == 'Лицей "Сигма", корпус 1'


def test_a_csv_cell_without_end(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('Школа;Год\n"' + "ж" * (2 << 20), encoding="utf-8")
    reading = read(path)
    assert reading.refused is not None
    assert reading.refused.code == "IMP_CSV_BROKEN"


def test_short_csv_rows_are_padded_with_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("Школа;Год;Процедура;Предмет;Класс;Участников;2\nШкола 1;2026;ВПР\n\n", encoding="utf-8")
    assert [code for _, code, _ in found(read(path))] == [
        "IMP_SUBJECT_MISSING", "IMP_GRADE_STRANGE", "IMP_PARTICIPANTS_MISSING",
    ]  # fmt: skip


def test_a_hidden_sheet_is_named_and_not_read(tmp_path: Path) -> None:
    import openpyxl

    path = tmp_path / "a.xlsx"
    workbook = openpyxl.Workbook()
    page = workbook.active
    assert page is not None
    page.append(["Школа", "Год", "Процедура", "Предмет", "Класс", "Участников", "2"])
    page.append(["Школа 1", 2026, "ВПР", "Математика", 6, 10, 1])
    hidden = workbook.create_sheet("Старое")
    hidden.append(["Школа", "Год", "Процедура", "Предмет", "Класс", "Участников", "2"])
    hidden.append(["Школа 2", 2026, "ВПР", "Математика", 6, 10, 1])
    hidden.sheet_state = "veryHidden"
    workbook.save(path)
    reading = read(path)
    assert [mark.unit.name for mark in reading.marks] == ["Школа 1"]
    assert [(p.level, p.code, p.sheet) for p in reading.problems] == [("hint", "IMP_HIDDEN_SHEET", "Старое")]


@pytest.mark.parametrize(("make", "name"), [(xls, "a.xls"), (ods, "a.ods"), (xls, "a.xlsx"), (ods, "a.xlsx")])
def test_old_excel_and_libreoffice(tmp_path: Path, make: Callable[..., Path], name: str) -> None:
    rows = [[], list(MARKS_HEAD), ["Школа «А»", "edu203389", 2026, "ВПР", "Математика", 6, 27, 8, 10, 6, 3, None, 3.15]]
    reading = read(make(tmp_path / name, rows))
    assert found(reading) == []
    mark = reading.marks[0]
    assert (mark.unit.name, mark.count.participants, mark.count.m5, mark.count.mean) == ("Школа «А»", 27, 3, "3.15")
    assert (mark.origin.sheet, mark.origin.row_from) == ("Лист1", 3)


def test_the_suffix_may_lie(tmp_path: Path) -> None:
    path = marks_table(tmp_path / "a.xlsx", [["Школа 1", None, 2026, "ВПР", "МА", 6, 10, 1, 2, 3, 4]])
    assert len(read(path.rename(tmp_path / "a.xls")).marks) == 1


def test_an_unknown_book_is_refused_with_what_can_be_read(tmp_path: Path) -> None:
    reading = read(book(tmp_path / "смета.xlsx", [["Статья", "Сумма"], ["Бумага", 100]]))
    assert reading.kind == "unknown"
    assert reading.refused is not None
    assert reading.refused.code == "IMP_UNKNOWN"
    assert "смета.xlsx" in reading.refused.message
    assert "ФИС ОКО" in reading.refused.message
    assert len(reading.sha256) == 64


def test_a_kind_that_does_not_fit(tmp_path: Path) -> None:
    path = marks_table(tmp_path / "a.xlsx", [["Школа 1", None, 2026, "ВПР", "МА", 6, 10, 1, 2, 3, 4]])
    refused = read(path, kind="journal").refused
    assert refused is not None
    assert refused.code == "IMP_NOT_THAT_KIND"
    assert read(path, kind="marks").refused is None
