"""Books with a row a pupil, as ФИС ОКО makes them: Ф1, autumn 2020, collected forms of 2022, collection forms."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.helpers.workbooks import book

Rows = Iterable[Sequence[Any]]


def sheets(path: Path, pages: Mapping[str, Rows], hidden: Iterable[str] = ()) -> Path:
    """Write several sheets; None leaves a cell out."""
    import xlsxwriter

    workbook = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False})
    for name, rows in pages.items():
        page = workbook.add_worksheet(name)
        if name in hidden:
            page.hide()
        for i, row in enumerate(rows):
            for j, value in enumerate(row):
                if value is not None:
                    page.write(i, j, value)
    workbook.close()
    return path


F1_TASKS = ("1 (2б)", "2 (1б)", "3.1 (1б)", "3.2 (2б)")
F1_SCHOOL = "МБОУ «СОШ №1 г.Урус-Мартан»(edu203389)"
F1_AREA = "Урус-Мартановский муниципальный район(reg20_m012)"


def section(count: int, school: str = F1_SCHOOL) -> list[Any]:
    """The line above the participants of a school."""
    return [f"{school} | Кол-во участников: {count}"]


def f1_pupil(
    points: Sequence[Any],
    mark: Any,
    journal: Any = None,
    *,
    total: Any = ...,
    login: Any = "edu203389",
    name: Any = F1_SCHOOL,
    code: Any = 40001,
    variant: Any = 1,
) -> list[Any]:
    """One participant; the total is our own sum unless given."""
    if total is ...:
        total = sum(point for point in points if isinstance(point, int))
    return [login, F1_AREA, name, code, 1, variant, *points, total, mark, journal]


def f1_head(tasks: Sequence[Any] = F1_TASKS) -> list[Any]:
    """The row of headings."""
    return [
        "ОО", "Муниципалитет", "Название ОО", "Код участника", "Класс", "Вариант", *tasks,
        "Первичный балл", "Отметка", "Отметка по журналу",
    ]  # fmt: skip


def f1(
    path: Path,
    rows: Rows,
    *,
    tasks: Sequence[Any] = F1_TASKS,
    levels: Sequence[Any] = ("Б", "Б", "П", "П"),
    title: str | None = "ВПР 2026 Русский язык 4 класс",
    maximum: Any = 6,
) -> Path:
    """Write «Индивидуальные результаты» as a school or a coordinator gets it."""
    above: list[Any] = [
        ["Индивидуальные результаты"],
        [],
        [title],
        ["Предмет:", "Русский язык"] if title else [],
        ["Максимальный первичный балл:", maximum],
        ["Дата:", "20.04.2026"],
        [None, None, "Уровень сложности задания", None, None, None, *levels],
    ]
    return book(path, [*above, f1_head(tasks), *rows], "РУ 4 Индивидуальные результаты")
