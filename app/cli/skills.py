"""Commands about tasks and skills: a school against municipality and region, common difficulties."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from typing import Any

from app.analysis.skills import Fulfilment, Task, Topic
from app.cli.keys import add, common, year
from app.cli.output import line, print_json, table
from app.errors import UserError
from app.operations import files, schools, skill_papers, skills
from app.operations.skills import MunicipalitySkills, SchoolSkills, SkillRow, Sourced, TaskRow, TopicList
from app.texts import percent


def add_commands(commands: Any) -> None:
    """Add the commands of this file."""
    shown = add(commands, "skills", "показать выполнение заданий и умения: школа, муниципалитет, регион", _skills)
    common(shown)
    whose = shown.add_mutually_exclusive_group(required=True)
    whose.add_argument("--school", metavar="ШКОЛА", help="код, логин или название")
    whose.add_argument("--all", action="store_true", help="муниципалитет в целом, рядом с регионом")
    shown.add_argument("--year", type=year, required=True, metavar="ГОД")
    topics = add(commands, "topics", "показать общие затруднения: темы для РМО и курсов", _topics)
    common(topics)
    topics.add_argument("--year", type=year, required=True, metavar="ГОД")
    topics.add_argument("--subject", metavar="ПРЕДМЕТ")


def _figure(found: Fulfilment | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {"points": found.points, "of": found.of, "participants": found.participants, "skipped": found.skipped,
            "restored": found.restored}  # fmt: skip


def _sourced(found: Sourced | None) -> dict[str, Any] | None:
    """Return a figure with where it comes from: a place in a file, or of how many schools it is the sum."""
    if found is None:
        return None
    place = None if found.place is None else asdict(found.place)
    return {**(_figure(found.value) or {}), "origin": place, "summed_schools": found.summed}


def _task(task: Task) -> dict[str, Any]:
    a = task.work.assessment
    return {
        "procedure": a.procedure, "subject": a.subject, "level": a.level, "grade": a.grade, "autumn": task.work.autumn,
        "task": task.number, "max_points": task.max_points, "difficulty": task.level, "outcome": task.outcome,
    }  # fmt: skip


def task_json(row: TaskRow) -> dict[str, Any]:
    """Return one task as the command prints it."""
    return {
        **_task(row.task), "school": _sourced(row.own), "municipality": _sourced(row.municipality),
        "region": _sourced(row.region), "zone": row.zone, "small": row.small,
    }  # fmt: skip


def _skill_json(row: SkillRow) -> dict[str, Any]:
    return {
        "subject": row.skill.subject, "outcome": row.skill.outcome, "tasks": [_task(task) for task in row.skill.tasks],
        "school": _figure(row.own), "municipality": _figure(row.municipality), "region": _figure(row.region),
        "zone": row.zone, "small": row.small,
    }  # fmt: skip


def _head(found: SchoolSkills | MunicipalitySkills | TopicList) -> dict[str, Any]:
    return {"year": found.result_year, "definition": found.definition.id, "version": found.definition.version}


def _skills(chosen: argparse.Namespace) -> int:
    found: SchoolSkills | MunicipalitySkills
    with files.for_reading(chosen.db) as connection:
        if chosen.school is not None:
            found = skills.of_school(connection, schools.find(connection, chosen.school).id, chosen.year)
        else:
            found = skills.of_municipality(connection, chosen.year)
    if not found.tasks:
        raise UserError("DATA_NO_TASKS", year=chosen.year)
    if chosen.json:
        rows = {"tasks": [task_json(row) for row in found.tasks], "skills": [_skill_json(row) for row in found.skills]}
        print_json(_head(found) | rows)
        return 0

    def both(figure: Sourced | None) -> str | None:
        if figure is None:
            return None
        return f"{skills.points_text(figure.value)} · {percent(figure.value.points, figure.value.of)}"

    table(
        ["Работа", "Задание", "Уровень", "Школа", "Муниципалитет", "Регион", "Зона"],
        [
            [row.task.work.label, row.task.number, row.task.level, both(row.own), both(row.municipality),
             both(row.region), skill_papers.zone_word(row) + (" *" if row.small else "")]
            for row in found.tasks
        ],
    )  # fmt: skip
    if any(row.small for row in found.tasks):
        line("* Мало детей, вывод ненадёжен.")
    line(skills.zone_note(found.definition))
    return 0


def _topic_json(topic: Topic, found: TopicList) -> dict[str, Any]:
    return {
        "subject": topic.subject, "title": skills.topic_title(topic), "tasks": [_task(task) for task in topic.tasks],
        "total": _figure(topic.total), "zone": topic.zone, "schools_of": topic.of_schools,
        "schools_counted": topic.counted, "participants": topic.participants, "by_schools": topic.by_schools,
        "by_share": topic.by_share,
        "schools": [
            {"school_code": found.schools[item.school_id].code or None, "school": found.schools[item.school_id].shown,
             "small": item.small, **(_figure(item.figure) or {})}
            for item in topic.schools if item.school_id in found.schools
        ],
    }  # fmt: skip


def _topics(chosen: argparse.Namespace) -> int:
    with files.for_reading(chosen.db) as connection:
        if chosen.year not in skills.years(connection):
            raise UserError("DATA_NO_TASKS", year=chosen.year)
        found = skills.topics(connection, chosen.year, subject=chosen.subject)
    if chosen.json:
        print_json(_head(found) | {"topics": [_topic_json(topic, found) for topic in found.topics]})
        return 0
    if not found.topics:
        about = "" if chosen.subject is None else f" по предмету «{chosen.subject}»"
        line(f"Общих затруднений{about} нет.")
    else:
        _topic_table(found)
    line(skills.common_note(found.definition))
    return 0


def _topic_table(found: TopicList) -> None:
    """Print the common difficulties, one a row."""
    table(
        ["Предмет", "Тема", "Задания", "Баллов", "Школ с дефицитом"],
        [
            [topic.subject, skills.topic_title(topic), skills.short_tasks(topic.tasks), skills.points_text(topic.total),
             f"{len(topic.schools)} из {topic.of_schools}"]
            for topic in found.topics
        ],
    )  # fmt: skip
