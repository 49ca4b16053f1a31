"""Tasks and skills as papers and as a heat map."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.analysis.skills import Fulfilment, WorkKey
from app.errors import UserError
from app.models import settings
from app.models.journal import now
from app.models.store import Connection
from app.operations import skills
from app.operations.papers import Paper
from app.operations.skills import MunicipalitySkills, Sourced, TaskRow
from app.texts import NBSP, percent

if TYPE_CHECKING:
    from app.reports.charts import HeatChart
    from app.reports.school_sheet import Counts
    from app.reports.skills import SkillsHead, TaskLine

NO_ZONE = "уровень неизвестен"


def _head(connection: Connection, year: int, whose: str = "") -> SkillsHead:
    from app.reports.skills import SkillsHead

    values, rules = settings.get_all(connection), skills.definition(connection)
    return SkillsHead(
        values["municipality"], year, now(), rules.version, skills.zone_note(rules), whose, values["organisation"],
        values["executor"],
    )  # fmt: skip


def _counts(figure: Sourced | None) -> Counts | None:
    return None if figure is None else (figure.value.points, figure.value.of)


def zone_word(row: TaskRow) -> str:
    """Return «дефицит»; that the level is not known where it is not."""
    return skills.ZONE_WORDS[row.zone] if row.zone else NO_ZONE


def _line(row: TaskRow) -> TaskLine:
    from app.reports.skills import TaskLine

    above = skills.difference_text(row.to_municipality if row.own else row.to_region, unit=False)
    return TaskLine(
        row.task.work.label, row.task.number, row.task.outcome or "", row.task.level or "", _counts(row.own),
        _counts(row.municipality), _counts(row.region), zone_word(row), above, row.small,
    )  # fmt: skip


def tasks(
    connection: Connection, result_year: int, *, school_id: int | None = None, work: WorkKey | None = None
) -> Paper:
    """Return «Выполнение заданий» of a school, or of the municipality.

    Raises:
        UserError: ``DATA_NO_TASKS`` where there are no figures; ``GEN_NO_SCHOOL``.
    """
    from app.reports.skills import task_paper

    if school_id is None:
        found = skills.of_municipality(connection, result_year, work=work)
        rows, whose, shown = found.tasks, "", "все школы"
    else:
        mine = skills.of_school(connection, school_id, result_year, work=work)
        rows, whose, shown = mine.tasks, mine.school.name, mine.school.shown
    if not rows:
        raise UserError("DATA_NO_TASKS", year=result_year)
    lines = tuple(_line(row) for row in rows)
    document = task_paper(_head(connection, result_year, whose), lines)
    return Paper("tasks", f"Выполнение заданий за {result_year} год: {shown}", document, None)


def topics(connection: Connection, result_year: int) -> Paper:
    """Return «Темы для РМО и курсов» with the schools named.

    Raises:
        UserError: ``DATA_NO_TASKS`` where there are no figures.
    """
    from app.reports.skills import TopicLine, topic_paper

    if result_year not in skills.years(connection):
        raise UserError("DATA_NO_TASKS", year=result_year)
    found = skills.topics(connection, result_year)
    lines = tuple(
        TopicLine(
            topic.subject, skills.topic_title(topic), skills.short_tasks(topic.tasks),
            (topic.total.points, topic.total.of), (len(topic.schools), topic.of_schools),
            tuple(found.schools[item.school_id].shown for item in topic.schools if item.school_id in found.schools),
        )
        for topic in found.topics
    )  # fmt: skip
    document = topic_paper(_head(connection, result_year), lines, skills.common_note(found.definition))
    return Paper("topics", f"Темы для РМО и курсов за {result_year} год", document, None)


def heat(found: MunicipalitySkills, work: WorkKey) -> HeatChart:
    """Return schools × tasks of one work: per cent of points that were not scored, so that dark is bad everywhere."""
    from app.reports.charts import HeatCell, HeatChart

    numbers = [row.task for row in found.tasks if row.task.work == work]
    schools = [school for school in found.schools if any(task in found.figures[school.id] for task in numbers)]

    def cell(figure: Fulfilment | None) -> HeatCell:
        if figure is None:
            return HeatCell(None)
        lost = figure.of - figure.points
        told = f"не набрано {lost}{NBSP}из{NBSP}{figure.of}, {percent(lost, figure.of)}"
        return HeatCell(lost * 100 / figure.of, told, figure.participants < found.definition.least)

    return HeatChart(
        f"Потерянные баллы, {work.label}, {found.result_year}{NBSP}год",
        tuple(school.shown for school in schools),
        tuple(task.number for task in numbers),
        tuple(tuple(cell(found.figures[school.id].get(task)) for task in numbers) for school in schools),
        (20.0, 40.0, 60.0, 80.0),
        tuple(school.id for school in schools),
        "В клетке — доля баллов, которых школа не набрала: чем темнее, тем труднее задание.",
    )
