"""Programmes for papers: a full one of any size, with everything that a paper prints."""

from __future__ import annotations

from typing import Any

from app.models.store import Operation, Store
from app.operations import programme_parts as parts
from app.operations import programmes

LONG = (
    "Совершенствование системы методического сопровождения педагогических и управленческих команд "
    "общеобразовательных организаций, функционирующих в зоне риска снижения образовательных результатов"
)
TITLE = "Муниципальная программа «Поддержка школ с низкими результатами обучения Лесогорского округа»"
TERMS = ("август – декабрь 2026 года", "Март 2027", "В течение года", "10.01.27-20.01.27", "Ежеквартально", "")
WHO = ("Управление образования", "Муниципальная методическая служба", "Руководители школ", "Иванова М. П.")
SOURCES = ("municipal", "regional", "Фонд развития «Знание»")


def filled(
    store: Store, *, tasks: int = 2, activities: int = 4, schools: int = 3, years: tuple[int, int] = (2026, 2028),
    **head: Any,
) -> int:  # fmt: skip
    """Write a programme with so many tasks, activities in each and schools; returns its key."""
    key = programmes.create(store, "municipal", head.pop("title", TITLE), *years, **head)
    with store.operation("Заполнена программа", "programme.edit") as operation:
        Filler(operation, key, years).fill(tasks, activities, schools)
    _rows(store, key)
    return key


class Filler:
    """Writes rows inside one operation: a big programme is made in a second."""

    def __init__(self, operation: Operation, key: int, years: tuple[int, int]) -> None:
        self.operation, self.key, self.years = operation, key, range(years[0], years[1] + 1)
        self.position = 0

    def node(self, kind: str, text: str, parent: int | None = None, **values: Any) -> int:
        self.position += 1
        key: int = self.operation.insert(
            "programme_node", programme_id=self.key, parent_id=parent, kind=kind, position=self.position, text=text,
            lineage=self.position, **values,
        )  # fmt: skip
        return key

    def fill(self, tasks: int, activities: int, schools: int) -> None:
        problem = self.node("problem", "Разрыв между школами в результатах по математике растёт третий год")
        cause = self.node("cause", "В семи школах математику ведут учителя без профильной подготовки", problem)
        self.operation.update("programme_node", cause, cause_kind="conditions")
        goal = self.node("goal", "Сократить до 2028 года число школ с низкими результатами с 8 до 4")
        keys = [
            self.operation.insert("organisation", name=f"МБОУ «Средняя школа № {number}»")
            for number in range(1, schools + 1)
        ]
        for number in range(1, tasks + 1):
            task = self.node("task", f"Задача о том, что нужно сделать {number}-м шагом в школах округа", goal)
            self._indicators(task, number)
            for place in range(1, activities + 1):
                self._activity(task, number, place, keys)
        self.node("risk", "Школы не отпустят учителей на стажировки", answer="Составить график замен до начала года")

    def _indicators(self, task: int, number: int) -> None:
        insert = self.operation.insert
        measure = self.node("measure", f"Предметные результаты {number}-й группы школ", task)
        node = self.node("indicator", "Доля участников ВПР, не достигших минимума", measure)
        insert(
            "programme_indicator", node_id=node, unit="%", direction="down", baseline_year=2025,
            baseline_raw="37,5", baseline="37.5", requirement="приказ министерства от 15.01.2026 № 12",
        )  # fmt: skip
        for step, year in enumerate(self.years):
            insert(
                "programme_target", node_id=node, plan_year=year, raw=f"{35 - step * 2},5", value=f"{35 - step * 2}.5",
                required_raw=f"не более {36 - step}", required=str(36 - step),
            )  # fmt: skip

    def _activity(self, task: int, number: int, place: int, schools: list[int]) -> None:
        insert = self.operation.insert
        text = LONG if place == 1 else f"Семинар {number}.{place} «Разбор работ»: уроки в школе-партнёре"
        node = self.node("activity", text, task)
        coverage = ("chosen", "all", "listed", "none")[place % 4]
        term = TERMS[(number + place) % len(TERMS)]
        insert("programme_activity", node_id=node, term_text=term, coverage=coverage, free=int(place % 4 == 0))
        for order, who in enumerate(WHO[: 1 + place % 3]):
            insert("programme_responsible", node_id=node, position=order, text=who)
        for order in range(place % 3):
            insert("programme_result", node_id=node, position=order, text=f"Обучено {12 + order} учителей")
        for school in schools[: place if coverage == "chosen" else 0]:
            insert("programme_school", node_id=node, organisation_id=school)
        for source in SOURCES[: place % 3]:
            for year in self.years:
                kopecks = (number * 100_000 + place * 1_000) * 100 + 50
                insert(
                    "programme_money", node_id=node, plan_year=year, source=source, raw=str(kopecks // 100),
                    kopecks=kopecks,
                )  # fmt: skip
        if place == 1:
            for order, line in enumerate(("Проезд", "Печать материалов")):
                insert(
                    "programme_estimate", node_id=node, plan_year=self.years[0], position=order, text=line,
                    source="municipal", raw="20000", kopecks=2_000_000, comes_on="2026-03-01",
                )  # fmt: skip


def _rows(store: Store, key: int) -> None:
    parts.put_rows(store, key, "mechanism", [
        {"participant": "Управление образования", "powers": "Утверждает план, принимает решения по итогам года",
         "result": "Приказ по итогам года"},
        {"participant": "Муниципальная методическая служба", "powers": "Ведёт план", "result": ""},
    ])  # fmt: skip
    parts.put_rows(store, key, "stakeholder", [
        {"name": "Родители", "interest": "Ребёнок понимает математику", "part": "Участие в опросах"},
    ])  # fmt: skip
    parts.put_rows(store, key, "monitor", [
        {"subject": "Ход плана", "measures": "Доля выполненных мероприятий", "source": "Отчёты школ",
         "period": "Раз в полугодие", "responsible": "Методическая служба"},
    ])  # fmt: skip
    parts.put_rows(store, key, "block", [
        {"word": "approve", "post": "Начальник управления образования", "name": "М. П. Иванова"},
    ])  # fmt: skip
