"""Blanks for tests: a form with every kind of question, its answers, and a workbook as readable text."""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from app.forms.answers import given
from app.forms.excel_plan import BlankHead
from app.forms.schema import Answer, AnswerSet, Axis, Choice, Condition, FormDef, Item, Level, Scale, Score, Section
from tests.helpers import outside

FULL = Scale(
    "full", (Choice("2", "В полной мере", points=2), Choice("1", "Частично", points=1), Choice("0", "Нет", points=0))
)
PLACES = Scale("places", (Choice("hall", "Спортзал"), Choice("yard", "Двор"), Choice("else", "Другое", other=True)))
HEAD = BlankHead(
    "СОШ № 3", 2025, "2025-12-15", "f1", 11, 22, 33, 44, "edu470003", "МБОУ «СОШ № 3»", "Лужский район", "1.0"
)


def every_kind() -> FormDef:
    """Return a form with every kind of question: ten items in two sections."""
    first = Section(
        "main",
        "Первый раздел",
        (
            Item("1", "Работа ведётся?", "choice", "1", scale=FULL, comment=True, evidence=True, weight=2),
            Item("2", "Кто отвечает?", "choice", "2", scale=FULL, comment=True, not_applicable=True),
            Item("3", "Есть приказ", "flag", "3"),
            Item("4", "Где занимаются", "many", "4", scale=PLACES),
        ),
        note="Отвечает школа",
    )
    second = Section(
        "more",
        "Второй раздел",
        (
            Item("5", "Сколько учеников", "whole", "5", least=0, most=900),
            Item("6", "Доля, %", "decimal", "6", least=0, most=100, places=2, not_applicable=True, required=False),
            Item("7", "Что мешает", "text", "7", when=(Condition("1", ("0", "1")),)),
            Item("8", "Когда начали", "date", "8"),
            Item("9", "Страница", "link", "9", required=False, hint="Адрес раздела на сайте"),
        ),
    )
    levels = (Level("high", "высокий", 4, 6, "ok"), Level("low", "низкий", 0, 3, "bad"))
    score = Score("total", "Итого", "sum", levels=levels)
    return FormDef(
        "every", "1.0", "Форма со всеми видами вопросов", "Все виды", "school", "checklist", (first, second), (score,),
        source="Свой источник", notes=("В источнике опечатка.",), head_fields=(("author", "Ответственный"),),
        conclusion="Вывод", digest="d" * 64,
    )  # fmt: skip


def grid() -> FormDef:
    """Return a form of one grid, two rows by three columns, with sums."""
    rows = (Axis("heads", "Руководители"), Axis("staff", "Педагоги"))
    columns = (Axis("a", "ПП", "Институт"), Axis("b", "ПК", "Институт"), Axis("c", "ПП", "Иные"))
    items = tuple(
        Item(f"{row.id}.{column.id}", f"{row.text}, {column.text}", "whole", least=0, row=row.id, column=column.id)
        for row in rows
        for column in columns
    )
    section = Section("people", "Люди", items, rows=rows, columns=columns, totals=True)
    return FormDef("grid", "1.0", "Таблица", "Таблица", "school", "counts", (section,), digest="g" * 64)


def answer_set(form: FormDef, raws: Mapping[str, str], **facts: Any) -> AnswerSet:
    """Return answers as a person types them."""
    made: dict[str, Answer] = {}
    for key, raw in raws.items():
        item = form.item(key)
        assert item is not None, key
        made[key] = given(item, raw, **facts)
    return AnswerSet(form.id, form.version, made)


def sheets(data: bytes, kind: str = "xlsx") -> dict[str, list[list[Any]]]:
    """Return the values of a workbook by calamine, from the first row and column on."""
    import python_calamine

    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    assert kind
    return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}


def converted(folder: Path, data: bytes, suffix: str, *, source: str = "xlsx") -> bytes:
    """Return a workbook as LibreOffice saves it in another format, or in the same."""
    into = folder / "out"
    into.mkdir(exist_ok=True)
    path = folder / f"book.{source}"
    path.write_bytes(data)
    command = [str(outside.SOFFICE), f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    command += ["--convert-to", suffix, "--outdir", str(into), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=180, env=outside.with_our_fonts(folder))
    return (into / f"book.{suffix}").read_bytes()


def projection(data: bytes) -> str:
    """Return a workbook as readable text: sheets, columns, cells, checks, tints, print set-up."""
    lines: list[str] = []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        shared = _shared(archive)
        book = ET.fromstring(archive.read("xl/workbook.xml"))
        for name in _all(book, "definedName"):
            lines.append(f"name {name.get('name')} = {name.text}")
        for number, sheet in enumerate(_all(book, "sheet"), start=1):
            lines.append(f"== {sheet.get('name')} {sheet.get('state', '')}".rstrip())
            root = ET.fromstring(archive.read(f"xl/worksheets/sheet{number}.xml"))
            lines += list(_sheet(root, shared))
    return "\n".join(lines)


def _shared(archive: zipfile.ZipFile) -> list[str]:
    root = ET.fromstring(archive.read("xl/sharedStrings.xml"))
    return ["".join(text.text or "" for text in _all(item, "t")) for item in _all(root, "si")]


def _all(root: ET.Element, name: str) -> Iterator[ET.Element]:
    return (item for item in root.iter() if item.tag.rpartition("}")[2] == name)


def _sheet(root: ET.Element, shared: list[str]) -> Iterator[str]:
    for name in ("pane", "sheetProtection", "autoFilter", "pageSetup"):
        for item in _all(root, name):
            yield f"{name} {' '.join(f'{key}={value}' for key, value in sorted(item.attrib.items()))}"
    for column in _all(root, "col"):
        if column.get("hidden") == "1":
            yield f"hidden column {column.get('min')}"
    for row in _all(root, "row"):
        for cell in row:
            text = _cell(cell, shared)
            if text:
                yield f"{cell.get('r')}{' hidden' if row.get('hidden') else ''}: {text}"
    for check in _all(root, "dataValidation"):
        inner = [re.sub(r"\s+", " ", part.text or "") for part in check]
        yield f"check {check.get('sqref')} {check.get('type')}: {' | '.join(inner)} — {check.get('error')}"
    for area in _all(root, "conditionalFormatting"):
        for formula in _all(area, "formula"):
            yield f"tint {area.get('sqref')}: {formula.text}"


def _cell(cell: ET.Element, shared: list[str]) -> str:
    parts = {item.tag.rpartition("}")[2]: item for item in cell}
    if "f" in parts:
        return f"={parts['f'].text}"
    if "is" in parts:
        return "".join(text.text or "" for text in _all(parts["is"], "t"))
    if "v" not in parts:
        return ""
    value = parts["v"].text or ""
    return shared[int(value)] if cell.get("t") == "s" else f"{value} (число)"
