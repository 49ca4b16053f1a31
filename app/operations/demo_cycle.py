"""The folder of the cycle and the route of schools in the example: some done, some late, some not begun."""

from __future__ import annotations

from collections.abc import Mapping

from app.models.store import Store
from app.operations import registers, route
from app.school_years import FIRST_MONTH

SITE = "https://obrazovanie.example/kachestvo"
_DOCUMENTS: tuple[tuple[str, str, str, str, str, int, bool], ...] = (
    ("low_results", "goals", "Программа поддержки школ", "214", "09-05", 0, True),
    ("low_results", "indicators", "Приказ о показателях мониторинга", "215", "09-05", 0, True),
    ("low_results", "methods", "Положение о муниципальном мониторинге", "198", "08-28", 0, True),
    ("low_results", "monitoring", "Результаты мониторинга, входной замер", "", "10-20", 0, False),
    ("low_results", "decisions", "Протокол рабочей группы", "3", "11-12", 0, False),
    ("low_results", "effect", "Справка об эффективности мер", "41", "06-20", -1, True),
    ("low_results", "analysis", "Аналитическая справка по итогам года", "39", "06-10", -1, True),
    ("method", "goals", "План методической работы", "201", "08-30", 0, True),
    ("method", "monitoring", "Мониторинг работы РМО", "", "05-25", -1, True),
    ("training", "goals", "План-график курсов", "203", "09-01", 0, False),
)
"""(direction, component, title, number, month and day, school year beside the last one, published)."""
_SCHOOLS = ("s5", "rud", "sos", "kam")
_ROUTES: tuple[tuple[tuple[str, str, str, str, str], ...], ...] = (
    (
        ("self_check", "09-21", "Четыре западающих направления", "", ""),
        ("compare", "10-12", "Отметки в журнале выше, чем на ВПР", "Обсудить критерии отметок", ""),
        ("plan", "10-30", "План из 12 мероприятий", "", ""),
        ("curator", "11-09", "", "", ""),
    ),
    (
        ("self_check", "09-25", "Не хватает учителей математики", "", ""),
        ("plan", "11-02", "План утверждён педсоветом", "", ""),
    ),
    (
        ("plan", "10-16", "", "", ""),
        ("report", "11-11", "Отчёт принят с замечаниями", "", ""),
        ("hearing", "11-18", "Школа объяснила рост двоек по математике", "Усилить работу с 5 классом", "12-10"),
    ),
    (
        ("self_check", "09-28", "", "", ""),
        ("compare", "10-14", "Сильнее всего расходятся русский язык и математика", "", ""),
    ),
)
"""Steps that were held: (step, month and day, outcome, decision, next meeting)."""
_MOVED = ("kam", "plan", "11-27")
"""A step that the school has asked to move: (school, step, new month and day)."""


def fill(store: Store, ids: Mapping[str, int], last: int) -> None:
    """Put documents into the folder and lead the first listed schools along their route."""
    for direction, component, title, number, day, year, published in _DOCUMENTS:
        scope = {"school_year": last + year, "direction": direction, "component": component}
        dated = f"{last + year + (int(day[:2]) < FIRST_MONTH)}-{day}"
        link = f"{SITE}/{direction}/{component}" if published else None
        registers.add(store, "cycle", scope, title=title, number=number or None, dated=dated, link=link)
    schools = [ids[key] for key in _SCHOOLS if key in ids]
    route.begin(store, last, schools)
    rows = {(row["organisation_id"], row["step"]): row["id"] for row in registers.rows(store.connection, "route")}
    with store.operation("Маршрут: отмечены шаги", "route.hold") as operation:
        for school, steps in zip(schools, _ROUTES, strict=False):
            for step, day, outcome, decision, meeting in steps:
                operation.update(
                    "route_step", rows[school, step], held_on=f"{last}-{day}", outcome=outcome or None,
                    decision=decision or None, next_on=f"{last}-{meeting}" if meeting else None,
                )  # fmt: skip
        name, moved, until = _MOVED
        if name in ids:
            operation.update("route_step", rows[ids[name], moved], planned_on=f"{last}-{until}")
