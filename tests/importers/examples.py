"""One small honest file for every reader: what is mutated by the fuzz tests.

A new recogniser needs a line here: ``test_fuzz`` names it until it has one.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from app.importers.gia import thresholds
from app.importers.parsed import Known
from app.importers.scales import load_shipped
from app.importers.tables.profile import ColumnMap, Fixed, Profile
from app.importers.tables.profile_text import to_text
from app.models.records import MetricName
from tests.helpers import workbooks as w
from tests.importers.gia import protocols
from tests.importers.pupils import books
from tests.importers.reports.reports import AREA, COUNTRY, SCHOOL, report

Make = Callable[[Path], Path]

UNITS = ("Группы участников", "Кол-во ОО", "Кол-во участников")
LONG = (2023, 6, "Математика", "город Махачкала", "sch203389", "МБОУ «СОШ №1»", 89)
LONG_HEAD = ("Год", "Класс", "Предмет", "Муниципалитет", "Логин", "ОО", "Кол-во участников")
MAP = Profile(
    "Пробная",
    "marks",
    (
        ColumnMap(("Организация",), "school"),
        ColumnMap(("ИНН организации",), "inn"),
        ColumnMap(("Физика", "Сдавало"), "participants", subject="Физика"),
        ColumnMap(("Физика", "Не сдало, %"), "below", kind="percent", subject="Физика"),
        ColumnMap(("Физика", "Балл"), "mean", subject="Физика"),
        ColumnMap(("Химия", "Сдавало"), "participants", subject="Химия"),
        ColumnMap(("Химия", "Не сдало, %"), "below", kind="percent", subject="Химия"),
        ColumnMap(("Химия", "Балл"), "mean", subject="Химия"),
    ),
    fixed=Fixed(procedure="ОГЭ"),
    header_depth=2,
)
METRICS = (
    MetricName("pupils", ("Численность обучающихся",)),
    MetricName("ovz_share", ("Доля ОВЗ",), "share"),
    MetricName("wage", ("Средняя зарплата",), "number"),
    MetricName("point", ("Точка роста",), "flag"),
    MetricName("note", ("Пояснение",), "text"),
)
KNOWN = Known(load_shipped(), thresholds.load_shipped(), (to_text(MAP),), METRICS)


def _report(title: str, head: tuple[Any, ...], *rows: list[Any], maximum: int | None = None) -> Make:
    return lambda path: report(path, title, head, rows, maximum=maximum)


def _table(*rows: Any, sheet: str = "Лист1") -> Make:
    return lambda path: w.book(path, [list(row) for row in rows], sheet)


def _marks(path: Path) -> Path:
    school = ["Школа 1", "edu203389", 2026, "ВПР", "Математика", 6, 27, 8, 10, 6, 3, None, 3.15]
    return w.marks_table(path, [school, ["Школа 2", "edu203390", *school[2:]], ["Итого", None, *school[2:]]])


def _schools(path: Path) -> Path:
    row = ["edu203389", "edu203389", "213", "13450", "7707083893", "1027700132195", "МБОУ «СОШ № 1»", "СОШ 1", "г. А",
           "СОШ", "г. А", "действует"]  # fmt: skip
    return w.schools_table(path, [row, [None, "edu203390", *[None] * 4, "Лицей", *[None] * 5]])


def _by_map(path: Path) -> Path:
    figures = ["Сдавало", "Не сдало, %", "Балл"]
    rows: list[list[Any]] = [
        ["Итоги 2025 года"],
        ["Организация", "ИНН организации", "Физика", None, None, "Химия", None, None],
        [None, None, *figures, *figures],
        ["г. Барнаул"],
        ["Школа 1", "7707083893", 20, 15.5, 3.4, 5, 0, 4],
        ["Школа 2", None, 0, 0, 0, 12, 33.33, 3.1],
        ["Итого", None, 20, 15.5, None, 17, 23.5, None],
    ]
    return w.book(path, rows)


def _metrics(path: Path) -> Path:
    head = ["Школа", "Код", "Учебный год", *(metric.names[0] for metric in METRICS)]
    rows = [
        ["Школа 1", "edu203389", "2025/26", 771, "12 из 340", "83,4", "да", "слова"],
        ["Школа 2", "edu203390", "2024-2025", "771 человек: 411 мальчиков и 360 девочек", 3.5, 40000, 0, None],
    ]
    return w.book(path, [head, *rows])


def _oge(path: Path) -> Path:
    pupils = [protocols.oge(1, 13450, 12, 2), protocols.oge(2, 13450, 30, 4, short="++-2X", long="1(2)0(3)")]
    return w.book(path, protocols.block("12 - Обществознание 2026.07.03", protocols.OGE_HEAD, pupils, "Протокол"))


EXAMPLES: dict[str, Make] = {
    "mark_statistics": lambda path: w.mark_statistics(
        path, [[COUNTRY, 100, 5000, 10, 40, 30, 20], [AREA, 5, 400, 10, 40, 30, 20],
               [SCHOOL, None, 89, 12.36, 52.81, 26.97, 7.87]]
    ),
    "journal": lambda path: w.journal_wide(
        path, [[COUNTRY, 100, 10, 10, 80, 80, 10, 10], [SCHOOL, 93, 55.91, 52, 39.78, 37, 4.3, 4]]
    ),
    "individual": lambda path: books.f1(
        path, [books.section(3), books.f1_pupil([2, 1, 0, "X"], 3, 4), books.f1_pupil([1, 0, "Х", 2], 4, None),
               books.f1_pupil([0, 0, 0, 0], 2, 3, code=40003)]
    ),
    "pupils_2021": lambda path: w.pupils_2021(
        path, [w.pupil(points=list("1101X1201110")), w.pupil("sch220002", list("1101X1201110"), code="60002")], tasks=12
    ),
    "pupils_2020": lambda path: books.autumn(
        path, [books.autumn_pupil(list("1101120")), books.autumn_pupil(list("110X120"), login="sch220002")], columns=7
    ),
    "pupils_2022": lambda path: books.collected(
        path, [books.collected_pupil([5, 1, 2]), books.collected_pupil([0, "X", 1], code="60002")]
    ),
    "collection_form": lambda path: books.form(
        path, [books.form_pupil([5, 1, 2]), books.form_pupil([0, "X", 1], code="60002")], stretch=2
    ),
    "score_distribution": _report(
        "Распределение первичных баллов", (*UNITS, *range(7)), [AREA, 47, 200, 0.5, 1.5, 8, 20, 30, 25, 15],
        [SCHOOL, None, 89, 2.25, None, 12.36, 47.19, None, 38.2, None], maximum=6,
    ),
    "task_results": _report(
        "Выполнение заданий", (*UNITS, "1 (2б)", "2(1б)", "5К1 (3 б.)"), [SCHOOL, None, 50, 50, 80, 33.33]
    ),
    "planned_results": _report(
        "Достижение планируемых результатов", ("№", "Блоки ПООП", "Макс балл", "РФ 50 уч.", AREA),
        [None, None, None, "50 уч.", "20 уч."], [1, "Умение писать", 2, 50, 75], [2, "Умение читать", 1, 30, 20],
    ),
    "task_groups": _report(
        "Выполнение заданий группами участников", (*UNITS, "Отметка", "1 (2б)", "2 (1б)"),
        [SCHOOL, None, 10, 2, 10, 20], [SCHOOL, None, 20, 3, 40, 50],
    ),
    "marks_long": _table((*LONG_HEAD, 2, 3, 4, 5), (*LONG, 12.36, 52.81, 26.97, 7.87)),
    "scores_long": _table((*LONG_HEAD, *range(9)), (*LONG[:6], 16, 6.25, 12.5, None, 31.25, 25, 25, None, None, None)),
    "bias": _table(
        ("Год", "Логин", "Муниципалитет", "ОО", "4 РУ", "4 МА", "5 РУ", "5 МА", "Количество маркеров"),
        ("2023", "sch203389", "г. Махачкала", "Школа 1", 1, 0, None, "1", 2),
    ),
    "federal_list": _table(
        ("Список школ с низкими результатами 2024 года",), ("Школа", "Логин", "ИНН", "Группа"),
        ("Школа 1", "edu203389", "7707083893", "Сильно неуспевающие"), ("Школа 2", "edu203390", None, None),
    ),
    "risk_profile": _table(
        ("Рисковые профили 2024 года",), ("Школа", "Логин", "Фактор риска", "Значимость"),
        ("Школа 1", "edu203389", "Дефицит педагогических кадров", "высокая"),
        ("Школа 1", "edu203389", "Низкая учебная мотивация обучающихся", "нет"),
    ),
    "risk_zone": _table(
        ("Зоны риска 2024 года",), ("Школа", "Логин", "Зона риска"), ("Школа 1", "edu203389", "высокая")
    ),
    "gia_protocol": _oge,
    "ege_schools": _table(
        ("Результаты ЕГЭ 2026 Химия",), (), ("Код МСУ", "Код ОО", "Наименование ОО", "Количество участников",
                                          "Средний балл", "Ниже минимального балла", "81-99 баллов", "100 баллов"),
        (213, 13450, "Школа 1", 20, 55.5, 2, 1, 0), (213, 13451, "Школа 2", 0, 0, 0, 0, 0),
    ),
    "marks": _marks,
    "schools": _schools,
    "metrics": _metrics,
    "table": _by_map,
}  # fmt: skip
