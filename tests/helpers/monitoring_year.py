"""A year of monitoring in a municipality of the size the bench measures: 40 schools, 120 activities, 60 indicators.

Everything is made by rule, without chance, so that a test can say beforehand what it must find.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from app.models import organisations
from app.models.store import Operation, Store
from app.operations import demo, programmes
from tests.helpers import stores

SCHOOLS, TASKS, ACTIVITIES, INDICATORS = 40, 10, 120, 60
YEARS = (2026, 2028)
RESULT_YEARS = 3
EVERY_YEAR = 4
"""Each fourth activity has a term in every plan year, the others in one of them."""
STATES = ("done", "done", "part", "running", "planned", "moved", "done", "cancelled")
WORDS = ("Семинар для учителей", "Стажировка команд школ", "Разбор работ учеников", "Посещение уроков",
         "Совещание директоров", "Консультации тьюторов")  # fmt: skip


def filled(path: Path) -> Store:
    """Open a new file with everything in it: 3 result years, one programme, executions, values, decisions, tasks."""
    store = stores.made(path)
    demo.generate_region(store, schools=SCHOOLS, years=RESULT_YEARS)
    schools = [school.id for school in organisations.listing(store.connection)]
    programme = programmes.create(store, "municipal", "Поддержка школ на три года", *YEARS)
    with store.operation("Заполнен год мониторинга", "test.year") as operation:
        lineages = _programme(operation, programme, schools)
        _executions(operation, lineages["activity"], schools)
        _values(operation, lineages["indicator"])
        _desk(operation, schools)
    return store


def _node(operation: Operation, programme: int, kind: str, position: int, text: str, parent: int | None) -> int:
    key = operation.insert(
        "programme_node", programme_id=programme, parent_id=parent, kind=kind, position=position, text=text, lineage=0
    )
    operation.update("programme_node", key, lineage=key)
    return key


def _programme(operation: Operation, programme: int, schools: list[int]) -> Mapping[str, list[int]]:
    made: dict[str, list[int]] = {"activity": [], "indicator": []}
    goal = _node(operation, programme, "goal", 0, "Сократить разрыв в результатах школ", None)
    for number in range(TASKS):
        task = _node(operation, programme, "task", number, f"Задача {number + 1}: поднять качество уроков", goal)
        measure = _node(operation, programme, "measure", 0, "Предметные результаты", task)
        for place in range(INDICATORS // TASKS):
            made["indicator"].append(_indicator(operation, programme, measure, place, len(made["indicator"])))
        for place in range(ACTIVITIES // TASKS):
            key = _activity(operation, programme, task, place, len(made["activity"]), schools)
            target = made["indicator"][-1 - place % (INDICATORS // TASKS)]
            operation.insert("programme_link", programme_id=programme, kind="serves", source_id=key, target_id=target)
            made["activity"].append(key)
    return made


def _indicator(operation: Operation, programme: int, measure: int, place: int, number: int) -> int:
    text = f"Доля школ с результатом ниже порога, показатель {number + 1}, %"
    key = _node(operation, programme, "indicator", place, text, measure)
    base, down = 40 + number % 20, number % 2 == 0
    operation.insert(
        "programme_indicator", node_id=key, unit="%", direction="down" if down else "up", baseline_year=2025,
        baseline_raw=str(base), baseline=str(base), source="Результаты ОГЭ", period="раз в год",
    )  # fmt: skip
    for step, year in enumerate(range(YEARS[0], YEARS[1] + 1), start=1):
        value = str(base + (-5 if down else 5) * step)
        operation.insert("programme_target", node_id=key, plan_year=year, raw=value, value=value)
    return key


def _activity(
    operation: Operation, programme: int, task: int, place: int, number: int, schools: list[int]
) -> int:  # fmt: skip
    key = _node(operation, programme, "activity", place, f"{WORDS[number % len(WORDS)]}, № {number + 1}", task)
    chosen = number % 3 == 0
    operation.insert(
        "programme_activity", node_id=key, term_text=_term(number), coverage="chosen" if chosen else "all",
        own=number % 2, free=0 if number % 5 == 0 else 1,
    )  # fmt: skip
    for position, year in enumerate(term_years(number)):
        month = number % 12 + 1
        operation.insert(
            "programme_term", node_id=key, position=position, date_from=f"{year}-{month:02}-01",
            date_to=f"{year}-{month:02}-28",
        )  # fmt: skip
        if number % 5 == 0:
            operation.insert(
                "programme_money", node_id=key, plan_year=year, source="municipal", raw="10 000", kopecks=1_000_000
            )
    who = ("ММС", "Ким О. В.", "Директора школ")[number % 3]
    operation.insert("programme_responsible", node_id=key, position=0, text=who)
    operation.insert("programme_result", node_id=key, position=0, text=f"{10 + number} учителей обучены")
    for school in schools[number % 5 :: 5] if chosen else ():
        operation.insert("programme_school", node_id=key, organisation_id=school)
    return key


def term_years(number: int) -> list[int]:
    """Return the plan years of the terms of an activity by its number from nought."""
    every = range(YEARS[0], YEARS[1] + 1)
    return list(every) if number % EVERY_YEAR == 0 else [YEARS[0] + number % len(every)]


def _term(number: int) -> str:
    return f"{number % 12 + 1:02} " + ", ".join(str(year) for year in term_years(number))


def _executions(operation: Operation, activities: list[int], schools: list[int]) -> None:
    """Write what happened in the first plan year: the states go round, each fifth activity is not marked at all."""
    for number, lineage in enumerate(activities):
        if YEARS[0] not in term_years(number) or number % 5 == 4:
            continue
        state, month = STATES[number % len(STATES)], number % 12 + 1
        values: dict[str, Any] = {"state": state}
        if state in {"done", "part"}:
            day = f"{YEARS[0]}-{month:02}-20"
            values |= {"done_on": day, "done_raw": f"20.{month:02}.{YEARS[0]}", "participants": 10 + number,
                       "product": "Справка"}  # fmt: skip
        if state in {"moved", "cancelled"}:
            values["reason"] = "Нет педагога, который ведёт тему"
        if number % 5 == 0:
            values |= {"spent_raw": "8000", "spent_kopecks": 800_000}
        key = operation.insert("execution", lineage=lineage, plan_year=YEARS[0], **values)
        for school in schools[:3] if state == "done" else ():
            operation.insert("execution_school", execution_id=key, organisation_id=school)


def _values(operation: Operation, indicators: list[int]) -> None:
    """Write the actual values of the first plan year of two indicators in three."""
    for number, lineage in enumerate(indicators):
        if number % 3:
            value = str(36 + number % 20)
            operation.insert("indicator_value", lineage=lineage, plan_year=YEARS[0], raw=value, value=value)


def _desk(operation: Operation, schools: list[int]) -> None:
    """Write decisions, tasks, requests and partnerships of the school year that began in the first plan year."""
    year = YEARS[0]
    for number in range(6):
        document = operation.insert(
            "decision_document", school_year=year, kind="protocol", number=str(number + 1), title="Заседание группы",
            dated=f"{year}-{number + 5:02}-15", data_on=f"{year}-{number + 5:02}-01",
        )  # fmt: skip
        for place in range(5):
            done = f"{year}-{number + 6:02}-10" if place < 2 else None
            operation.insert(
                "decision_point", document_id=document, position=place, text=f"Помочь школе № {place + 1}",
                responsible="ММС", due_on=f"{year}-{number + 6:02}-20", state="done" if done else "open", done_on=done,
                organisation_id=schools[place],
            )  # fmt: skip
    for number in range(40):
        operation.insert("task", text=f"Дело {number + 1}", due_on=f"{year}-11-{number % 28 + 1:02}")
        operation.insert("request", number=str(number), subject="Сведения о школах", due_on=f"{year}-12-01")
    for number in range(10):
        operation.insert(
            "partnership", school_year=year, donor_kind="school", donor_id=schools[number],
            receiver_id=schools[-1 - number], topic="Математика", state="active",
        )  # fmt: skip
