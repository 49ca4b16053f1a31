"""The marked copy of a school's own workbook."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment

from app.errors import UserError
from app.exporters.form_blank import render
from app.exporters.form_marked import LIST_SHEET, Mark, mark
from app.forms.excel_plan import plan
from tests.helpers import outside
from tests.helpers.blanks import HEAD, converted, every_kind

RED = "FFFFC9C9"


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def original() -> bytes:
    return render(plan(every_kind(), HEAD))


def own_book() -> bytes:
    """Return a book that a school made itself: a note, a picture of numbers, its own name for a range."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Ответы'24"
    sheet["B2"] = "да"
    sheet["B2"].comment = Comment("спросить директора", "Завуч")
    sheet["D9"] = 5
    sheet.print_title_rows = "1:2"
    book.create_sheet("Ещё")["A1"] = "тут"
    book.active = 1
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_every_other_part_stays_byte_for_byte() -> None:
    before, after = parts(original()), parts(mark(original(), [Mark("Форма", "F14", "Выберите ответ из списка.")]))
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {
        "[Content_Types].xml", "xl/_rels/workbook.xml.rels", "xl/workbook.xml", "xl/styles.xml",
        "xl/worksheets/sheet1.xml",
    }  # fmt: skip
    assert set(after) - set(before) == {
        "xl/comments1.xml", "xl/drawings/vmlDrawing1.vml", "xl/worksheets/_rels/sheet1.xml.rels",
        "xl/worksheets/sheet5.xml",
    }  # fmt: skip


def test_cells_get_a_fill_and_a_note_and_keep_the_rest() -> None:
    marks = [
        Mark("Форма", "E14", "Первое."), Mark("Форма", "E14", "Второе."), Mark("Форма", "E15", "Так себе.", "warning"),
        Mark("", "", "Книга за прошлый год."),
    ]  # fmt: skip
    book = openpyxl.load_workbook(io.BytesIO(mark(original(), marks)))
    before = openpyxl.load_workbook(io.BytesIO(original()))["Форма"]["E14"]
    cell = book["Форма"]["E14"]
    assert cell.comment is not None
    assert cell.comment.text == "Что исправить: Первое.\nВторое."
    assert cell.fill.fgColor.rgb == RED
    assert (cell.font.name, cell.border.left.style, cell.protection.locked, cell.number_format) == (
        before.font.name, before.border.left.style, before.protection.locked, before.number_format,
    )  # fmt: skip
    assert book["Форма"]["E15"].fill.fgColor.rgb == "FFFFE8A3"
    first = book[LIST_SHEET]
    assert book.sheetnames[0] == LIST_SHEET
    assert book.active is first
    assert first["A1"].value == "Что исправить: 4\u00a0замечания"
    assert [[cell.value for cell in row] for row in first["A5:D8"]] == [
        ["1", "Форма", "E14", "Первое."], ["2", "Форма", "E14", "Второе."], ["3", "Форма", "E15", "Так себе."],
        ["4", None, None, "Книга за прошлый год."],
    ]  # fmt: skip
    assert first["C5"].hyperlink.location == "'Форма'!E14"
    assert book["Форма"].print_title_rows == "$7:$7", "names of sheets move with the sheet put before them"
    assert [sheet.title for sheet in book if sheet.sheet_view.tabSelected] == [LIST_SHEET]


def test_a_cell_that_the_file_has_not_is_made_in_its_place() -> None:
    book = openpyxl.load_workbook(
        io.BytesIO(mark(own_book(), [Mark("Ответы'24", cell, "!") for cell in ("C2", "A5", "D9")]))
    )
    sheet = book["Ответы'24"]
    assert [sheet[cell].fill.fgColor.rgb for cell in ("C2", "A5", "D9")] == [RED] * 3
    assert (sheet["B2"].value, sheet["D9"].value) == ("да", 5)


def test_the_note_of_the_school_stays_and_ours_goes_with_the_next_marking() -> None:
    once = mark(own_book(), [Mark("Ответы'24", "B2", "Не то слово."), Mark("Ответы'24", "D9", "Много.")])
    sheet = openpyxl.load_workbook(io.BytesIO(once))["Ответы'24"]
    assert sheet["B2"].comment is not None
    assert sheet["B2"].comment.text == "спросить директора\n\nЧто исправить: Не то слово."
    twice = mark(once, [Mark("Ещё", "A1", "Здесь.")])
    book = openpyxl.load_workbook(io.BytesIO(twice))
    sheet = book["Ответы'24"]
    assert sheet["B2"].comment is not None
    assert sheet["B2"].comment.text == "спросить директора"
    assert sheet["D9"].comment is None
    assert [sheet[cell].fill.fgColor.rgb for cell in ("B2", "D9")] == ["00000000"] * 2
    assert book.sheetnames == [LIST_SHEET, "Ответы'24", "Ещё"]
    assert [row[3].value for row in book[LIST_SHEET]["A5:D6"]] == ["Здесь.", None]


def test_marking_the_same_again_adds_no_second_shape() -> None:
    marks = [Mark("Форма", "E14", "Первое.")]
    again = parts(mark(mark(original(), marks), marks))
    assert again["xl/drawings/vmlDrawing1.vml"].count(b"<v:shape ") == 1
    assert again["xl/comments1.xml"].count(b"<comment ") == 1


@pytest.mark.parametrize(
    ("data", "marks", "code"),
    [
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, [], "FORM_MARK_NOT_XLSX"),
        (b"PK\x03\x04 broken", [], "FORM_MARK_NOT_XLSX"),
        (own_book(), [Mark("Форма", "A1", "нет такого листа")], "FORM_MARK_CELL"),
    ],
)
def test_what_cannot_be_marked_is_said(data: bytes, marks: list[Mark], code: str) -> None:
    with pytest.raises(UserError) as refused:
        mark(data, marks, file="ответ.xls")
    assert refused.value.code == code
    assert "ответ.xls" in str(refused.value)


def test_a_part_with_a_definition_of_entities_is_refused() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        for name, data in parts(own_book()).items():
            bad = data.replace(b"<worksheet", b'<!DOCTYPE x [<!ENTITY a "b">]><worksheet', 1)
            made.writestr(name, bad if name.endswith("sheet1.xml") else data)
    with pytest.raises(UserError) as refused:
        mark(buffer.getvalue(), [Mark("Ответы'24", "B2", "!")], file="a.xlsx")
    assert refused.value.code == "FORM_MARK_NOT_XLSX"


if outside.needs("soffice"):

    @pytest.mark.slow
    def test_libreoffice_opens_the_marked_copy(tmp_path: Path) -> None:
        marked = mark(own_book(), [Mark("Ответы'24", "D9", "Много."), Mark("Ещё", "C3", "Пусто.")])
        book = openpyxl.load_workbook(io.BytesIO(converted(tmp_path, marked, "xlsx")))
        assert book.sheetnames == [LIST_SHEET, "Ответы'24", "Ещё"]
        assert book["Ответы'24"]["D9"].comment is not None
        assert "Что исправить: Много." in book["Ответы'24"]["D9"].comment.text
        assert book["Ответы'24"]["D9"].fill.fgColor.rgb == RED
        assert book["Ещё"]["C3"].comment is not None
        # a book saved by LibreOffice is marked as well
        again = mark(converted(tmp_path, own_book(), "xlsx"), [Mark("Ещё", "A1", "!")])
        assert openpyxl.load_workbook(io.BytesIO(again))["Ещё"]["A1"].fill.fgColor.rgb == RED
