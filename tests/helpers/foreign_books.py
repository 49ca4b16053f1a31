"""A region's form as an author in Excel makes it: merged cells, formulas with kept values, a chart, a note, a table."""

from __future__ import annotations

import io
import zipfile
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.worksheet.table import Table

KEPT = {"E6": 1, "E7": 2, "C10": 3, "D10": 4, "E10": 5, "G1": 6}
"""Formulas of the first sheet and the values they keep from before: all wrong on purpose."""


def parts(data: bytes) -> dict[str, bytes]:
    """Return name of a part → its bytes, in the order of the archive."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {info.filename: archive.read(info) for info in archive.infolist()}


def _sheet(book: openpyxl.Workbook, year: int, shift: int) -> None:
    sheet: Any = book.active
    sheet.title = "Свод"
    sheet.merge_cells("A1:E1")
    sheet["A1"] = f"Мониторинг за {year} год"
    sheet["A2"], sheet["A3"] = "Муниципалитет", "Дата заполнения"
    sheet.merge_cells("B2:E2")
    sheet["B3"].number_format = "dd.mm.yyyy"
    for letter, text in zip("ABCDE", ("Показатель", "Единица", f"{year} год", f"{year - 1} год", "Рост"), strict=True):
        sheet[f"{letter}{5 + shift}"] = text
        sheet[f"{letter}{5 + shift}"].font = Font(bold=True)
    for place, (name, unit) in enumerate((("Школ в списке", "ед."), ("Доля школ в списке", "%"))):
        row = 6 + shift + place
        sheet[f"A{row}"], sheet[f"B{row}"], sheet[f"E{row}"] = name, unit, f"=C{row}-D{row}"
    sheet[f"C{7 + shift}"].number_format = sheet[f"D{7 + shift}"].number_format = "0.0%"
    total = 10 + shift
    sheet[f"A{total}"], sheet[f"C{total}"] = "Всего", f"=SUM(C{6 + shift}:C{9 + shift})"
    sheet[f"D{total}"], sheet[f"E{total}"] = f"=SUM(D{6 + shift}:D{9 + shift})", f"=C{total}*2"
    sheet["G1"] = "=1+1"
    sheet[f"C{6 + shift}"].comment = Comment("По приказу", "Регион")
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=3, max_col=4, min_row=5 + shift, max_row=7 + shift), titles_from_data=True)
    sheet.add_chart(chart, "H3")


@cache  # the archive holds the moment it was made
def region(year: int = 2026, shift: int = 0, *, keep: bool = True) -> bytes:
    """Return the form of a year; ``shift`` moves its rows down, ``keep`` lets formulas keep values from before."""
    book = openpyxl.Workbook()
    _sheet(book, year, shift)
    schools = book.create_sheet("Школы")
    schools["A1"], schools["A3"], schools["B3"] = "Список школ", "Школа", "Ниже минимума"
    schools["A12"], schools["B12"] = "Итого", "=SUM(B4:B11)"
    other = book.create_sheet("Другой")
    other["A1"], other["A2"] = f"=Свод!C{10 + shift}+1", "=40+2"
    other["C1"], other["D1"], other["C2"], other["D2"] = "Код", "Имя", 1, "а"
    other.add_table(Table(displayName="Коды", ref="C1:D2"))
    buffer = io.BytesIO()
    book.save(buffer)
    return _kept(buffer.getvalue()) if keep else buffer.getvalue()


def _kept(data: bytes) -> bytes:
    """Let formulas keep values, as Excel does; openpyxl writes none."""
    found = parts(data)
    for name, addresses in (("xl/worksheets/sheet1.xml", KEPT), ("xl/worksheets/sheet3.xml", {"A1": 7, "A2": 42})):
        text = found[name].decode()
        for address, value in addresses.items():
            begin = text.find(f'<c r="{address}"')
            end = text.find("</c>", begin)
            if begin < 0 or "<f>" not in text[begin:end]:
                continue  # its row stands elsewhere in this form
            cell = text[begin:end].replace("<v></v>", f"<v>{value}</v>").replace("<v />", f"<v>{value}</v>")
            cell = cell.replace("<v/>", f"<v>{value}</v>")
            assert f"<v>{value}</v>" in cell, cell
            text = text[:begin] + cell + text[end:]
        found[name] = text.encode()
    contents = found["xl/workbook.xml"].decode()
    assert 'fullCalcOnLoad="1"' in contents
    found["xl/workbook.xml"] = contents.replace('fullCalcOnLoad="1"', "").encode()
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data_of in found.items():
            made.writestr(name, data_of)
    return buffer.getvalue()


def write(path: Path, data: bytes) -> Path:
    """Write a book and return where."""
    path.write_bytes(data)
    return path
