"""A programme with everything that the grids of its plan, indicators and money show; and one of six hundred rows."""

from __future__ import annotations

from app.models.store import Store
from app.operations import programme_edit as edit
from app.operations import programme_parts as parts
from app.operations import programme_sheets as sheets
from app.operations import programmes
from app.operations.programme_cells import Cell
from app.operations.programme_sheets import NewLine
from tests.helpers.programmes import small

PLAN = (
    ("Стажировки учителей математики и русского языка в школах с высокими результатами обучения",
     "сентябрь – ноябрь 2026 года", "Районный методический кабинет; Ким О. В.",
     "12 учителей прошли стажировку; 12 открытых уроков", "Кадры", "все школы", "1.1.1"),
    ("Разбор диагностических работ с выявлением типичных затруднений обучающихся 4, 5 и 8 классов",
     "Март 2027", "Руководители районных методических объединений",
     "Аналитическая справка по 6 школам", "Диагностика", "школы списка", "1.1.1"),
    ("Консультации директоров", "по мере необходимости", "Ким О. В.", "", "Управление", "", ""),
)  # fmt: skip


def full(store: Store) -> dict[str, int]:
    """Make the small programme with a plan, targets, money, an estimate and entries that do not fit."""
    keys = small(store)
    programme, task = keys["programme"], keys["task1"]
    edit.remove(store, [keys["first"], keys["second"]])
    rows = sheets.new_keys(len(PLAN))
    keys |= {"first": rows[0], "second": rows[1], "third": rows[2]}
    names = ("text", "term", "responsible", "results", "direction", "schools", "serves")
    new = NewLine("activity", task)
    cells = [Cell(key, name, text) for key, line in zip(rows, PLAN, strict=True)
             for name, text in zip(names, line, strict=True)]  # fmt: skip
    sheets.put(store, programme, cells, dict.fromkeys(rows, new))
    indicator = keys["indicator"]
    sheets.put(store, programme, [
        Cell(rows[0], "money:2026:municipal", "12,5 тыс."), Cell(rows[0], "money:2026:regional", "120 000"),
        Cell(rows[0], "money:2027:municipal", "0,01"), Cell(rows[1], "money:2026:municipal", "сто рублей"),
        Cell(rows[1], "money:2028:municipal", "1 234 567,89"), Cell(rows[2], "free", "да"),
        Cell(rows[1], "conditions", "Школы дают работы до 1 марта"), Cell(rows[1], "reason", "Приказ комитета № 15"),
        Cell(indicator, "unit", "%"), Cell(indicator, "direction", "снижение"), Cell(indicator, "baseline", "37,5"),
        Cell(indicator, "baseline_year", "2025"), Cell(indicator, "target:2026", "30"),
        Cell(indicator, "target:2027", "33"), Cell(indicator, "target:2028", "мало"),
        Cell(indicator, "required:2026", "25"), Cell(indicator, "source", "Результаты ОГЭ"),
    ])  # fmt: skip
    parts.put_estimate(store, rows[0], 2026, [
        {"text": "Проезд", "source": "municipal", "raw": "12500", "comes": "март"},
        {"text": "Оплата наставников", "source": "regional", "raw": "100 000", "comes": "когда-нибудь"},
    ])  # fmt: skip
    return keys


def large(store: Store, tasks: int = 60, activities: int = 10) -> int:
    """Make a programme of many rows and return its key."""
    programme = programmes.create(store, "municipal", "Большая программа", 2026, 2028)
    goal = edit.add(store, programme, "goal", "Цель")
    for number in range(tasks):
        task = edit.add(store, programme, "task", f"Задача поддержки школ {number}", parent_id=goal)
        rows = sheets.new_keys(activities)
        cells = [cell for key in rows for cell in (
            Cell(key, "text", f"Мероприятие поддержки школ с низкими результатами {key % 997}"),
            Cell(key, "term", "сентябрь – ноябрь 2026 года"), Cell(key, "responsible", "Ким О. В.; РМК"),
            Cell(key, "results", "12 учителей; 6 уроков"), Cell(key, "money:2026:municipal", str(key % 100_000)),
        )]  # fmt: skip
        sheets.put(store, programme, cells, dict.fromkeys(rows, NewLine("activity", task)))
    return programme
