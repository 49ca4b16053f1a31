"""Lists of registration as files, with everything that real ones have; nothing of them is in the repository."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

Rows = Sequence[Sequence[Any]]
TITLE = ["Лист регистрации участников семинара «Смысловое чтение»"]
HEAD = [
    ["№ п/п", "Участник", None, None, "Образовательная организация", "Должность", "Контакты", None, "Присутствие",
     "Подпись"],
    [None, "Фамилия", "Имя", "Отчество", None, None, "Телефон", "E-mail", None, None],
    [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
]  # fmt: skip
PEOPLE = [
    [1, "Орлова", "Мария", "Петровна", "СОШ № 5", "учитель математики", "8-912-345-67-89", "a@example.org", "+", None],
    [2, "ЗУЕВ", "ПЁТР", "ПЕТРОВИЧ", None, "завуч, тел. 8 (912) 345-67-90", "89123456789", "x@y.ru", "-", None],
    [3, "Ким", "О.", "В.", "Гимназия 77", "методист", None, None, "онлайн", None],
    [4, "Орлова", "Мария", "Петровна", "СОШ 5", "учитель", None, None, None, None],
    [5, "Сидоров", "Пётр", None, "СОШ № 7", "ученик 9 класса", None, None, "+", None],
    [6, "Мамедов", "Али", "Гусейн оглы", "СОШ № 7", "учитель", None, None, "б", None],
    ["Итого", 5],
    [None, "Ответственный: Ким О. В."],
]  # fmt: skip
ONLINE = [
    ["ФИО", "Школа", "Очно", "Онлайн"],
    ["Белова Анна Игоревна", "7", "", "да"],
    ["Мамедов Али Гусейн оглы", "СОШ № 7", "", "+"],
]


def xlsx(path: Path, sheets: Mapping[str, Rows], *, merged: Mapping[str, Sequence[str]] | None = None) -> Path:
    """Write a workbook: name of a sheet → its rows; ``merged``: name → areas."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
        for area in (merged or {}).get(name, ()):
            sheet.merge_cells(area)
    book.save(path)
    return path


def registration(path: Path) -> Path:
    """Write a whole list: a title, two lines of headings, totals, a sheet of those who were online, a sheet of sums."""
    first = [TITLE, [], *HEAD, *PEOPLE]
    return xlsx(path, {"Очно": first, "Онлайн": ONLINE, "Свод": [["Всего", 7]]},
                merged={"Очно": ["A1:J1", "B3:D3", "G3:H3", "E6:E7"]})  # fmt: skip
