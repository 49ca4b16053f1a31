"""Plans as files: the same rows as a Word document, a workbook, a text; nothing of them is kept in the repository."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

HEAD = ["№ п/п", "Наименование мероприятия (краткое содержание)", "Сроки исполнения", "Ответственный исполнитель",
        "Ожидаемый результат"]  # fmt: skip
TITLE = "Комплекс мер по поддержке школ Лесогорского округа на 2025-2026 учебный год"
ROWS = [
    ["1", "Выявление школ, которым нужна помощь", "август – сентябрь 2025 года", "УО И.И. Ким,\nММС А.А. Лис",
     "1. Список школ. 2. Справка о причинах"],
    ["2", "Семинар для директоров", "Октябрь-ноябрь 2025 года", "руководители ММО",
     "Программа семинара;\nсборник материалов"],
    ["3", "Консультации тьюторов", "", "ММС А.А. Лис", "Журнал консультаций"],
    ["4", "Стажировки команд школ", "сентябрь – декабрь 2026", "ММС А.А. Лис, руководители ОО", "Отчёты о стажировках"],
    ["5", "Совещания с руководителями", "В течение года", "УО И.И. Ким", "Принятые решения"],
]  # fmt: skip


def docx(
    path: Path, title: str, tables: Sequence[Sequence[Sequence[str]]], *, between: str = "", merge_rows: bool = True
) -> Path:
    """Write tables as a Word document; a row of one text, where others have several, is one merged cell."""
    import docx as word

    document: Any = word.Document()
    if title:
        document.add_paragraph(title)
    for number, rows in enumerate(tables):
        if number and between:
            document.add_paragraph(between)
        width = max(len(row) for row in rows)
        table = document.add_table(len(rows), width)
        for place, row in enumerate(rows):
            cells = table.rows[place].cells
            if len(row) == 1 and width > 1 and merge_rows:
                cells[0].merge(cells[-1]).text = row[0]
                continue
            for column, text in enumerate(row):
                cells[column].text = text
    document.save(str(path))
    return path


def xlsx(path: Path, title: str, tables: Sequence[Sequence[Sequence[str]]], *, footer: str = "") -> Path:
    """Write tables as a workbook, a sheet each, the title above."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    for number, rows in enumerate(tables, start=1):
        sheet = book.create_sheet(f"План {number}")
        if title:
            sheet.append([title])
            sheet.append([])
        width = max(len(row) for row in rows)
        for row in rows:
            sheet.append(list(row))
            if len(row) == 1 and width > 1:
                sheet.merge_cells(start_row=sheet.max_row, end_row=sheet.max_row, start_column=1, end_column=width)
        if footer:
            sheet.append([])
            sheet.append([footer])
    book.save(path)
    return path
