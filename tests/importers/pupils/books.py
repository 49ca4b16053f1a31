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


AUTUMN_TAGS = "vpr,reg22,reg22_vpr,reg22_vpr_m060,school,teacher"


def autumn_pupil(
    points: Sequence[Any],
    *,
    login: Any = "sch220001",
    tags: str = AUTUMN_TAGS,
    code: Any = 80001,
    variants: Sequence[Any] = ("1", ""),
    total: Any = ...,
    journal: Any = "4",
    columns: int = 40,
) -> list[Any]:
    """One row of the autumn 2020 export; columns of points that the work has no task for stay empty."""
    if total is ...:
        total = str(sum(int(point) for point in points if str(point).strip().isdecimal()))
    blank = [""] * (columns - len(points))
    return [tags, login, 123456, code, journal, "ж", "8а", *variants, total, *points, *blank, "Учебник физики"]


def autumn(path: Path, rows: Rows, *, columns: int = 40) -> Path:
    """Write the autumn 2020 export: «Sheet1», English headings."""
    head = ["groups", "user", "id", "code", "otc", "gender", "klass", "var-1", "var-2", "sum"]
    return book(path, [[*head, *(f"a-{i}-grade" for i in range(1, columns + 1)), "Учебник"], *rows], "Sheet1")


FORM_TASKS = ("1 (5б)", "2 (1б)", "3 (2б)")
FORM_JOURNAL = "Отметка за предыдущий триместр/ четверть/полугодие"


def form_pupil(
    points: Sequence[Any],
    *,
    code: Any = "60001",
    variant: Any = 1,
    klass: Any = "а",
    sex: Any = "ж",
    journal: Any = 4,
    total: Any = ...,
) -> list[Any]:
    """One row of a collection form; the total is our own sum unless given."""
    if total is ...:
        total = sum(point for point in points if isinstance(point, int))
    return [code, variant, *points, klass, sex, journal, total]


def form_head(tasks: Sequence[Any] = FORM_TASKS) -> list[Any]:
    """The row of headings."""
    return ["Код участника", "Вариант", *tasks, "Наименование класса", "Пол", FORM_JOURNAL, "Итого баллов"]


def form(path: Path, rows: Rows, *, head: Sequence[Any] | None = None, above: Rows = (), stretch: int = 0) -> Path:
    """Write a collection form: hidden lists of allowed values to the right, zeros in the total down to the last row."""
    titles = list(head or form_head())
    gap: list[Any] = [None] * (15 - len(titles))
    lists: list[list[Any]] = [[0, 0, 0, 0, 0, 0], [1, 1, 1, 1, 1, 1], ["X", "X", 2, "X", 2, 2], [None, None, "X"]]
    body = [list(row) for row in rows]
    body += [[None] * (len(titles) - 1) + [0] for _ in range(stretch)]
    table = [
        [*row, *[None] * (len(titles) - len(row)), *gap, *(lists[i] if i < len(lists) else [])]
        for i, row in enumerate([titles, *body])
    ]
    service: list[list[Any]] = [
        ["вариант", 1],
        ["вариант", 2],
        ["вариант", "отсутствовал"],
        ["балл", "X"],
        ["Школа", "edu999999"],
    ]
    pages: dict[str, Rows] = {
        "Протокол": [*above, *table],
        "Служебный": service,
        "Классы": [["Порядковый номер класса"], *[[i] for i in range(1, 51)]],
    }
    return sheets(path, pages, hidden=["Служебный"])


COLLECTED_HEAD = ("Пользователь", "Код региона", "Регион", "Муниципалитет", "Школа", "Дата загрузки")


def collected_pupil(
    points: Sequence[Any], *, user: Any = "edu223379", school: Any = 'edu223379 | МКОУ "Лицей"', **more: Any
) -> list[Any]:
    """One row of the coordinator's export of 2022."""
    place = [user, 22, "reg220000 | Алтайский край", "reg22_m019 | Бийский район", school, "17.03.2022 05:33:20"]
    return [*place, *form_pupil(points, **more)]


def collected(path: Path, rows: Rows, *, tasks: Sequence[Any] = FORM_TASKS) -> Path:
    """Write the coordinator's export: «Классы» with letters and textbooks, «Протокол» with pupils."""
    classes: list[list[Any]] = [
        [*COLLECTED_HEAD, 'Буква (цифра) класса. Введите "нет" - если отсутствует', "Основной учебник"],
        ["edu223379", 22, "", "", 'edu223379 | МКОУ "Лицей"', "", "а", "Учебник"],
    ]
    return sheets(path, {"Классы": classes, "Протокол": [[*COLLECTED_HEAD, *form_head(tasks)], *rows]})
