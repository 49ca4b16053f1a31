"""Papers about tasks and skills: fulfilment by task, and «Темы для РМО и курсов» (004, counts only)."""

from __future__ import annotations

from dataclasses import dataclass

from app.reports.document import (
    Block,
    Column,
    Document,
    Executor,
    Fraction,
    Group,
    Heading,
    Lines,
    Mark,
    Marked,
    Meta,
    Note,
    Row,
    Share,
    Table,
    Value,
    paragraph,
)
from app.reports.school_sheet import Counts
from app.texts import NBSP, glue, grouped, percent, ru_moment

SMALL = "*"
MARKS = (Mark(SMALL, "мало детей", "Мало детей, вывод ненадёжен: один ученик заметно меняет долю."),)


@dataclass(frozen=True, slots=True)
class TaskLine:
    """One task: points of a school, of the municipality and of the region; the zone in a word."""

    work: str
    number: str
    outcome: str
    level: str
    own: Counts | None
    municipality: Counts | None
    region: Counts | None
    zone: str
    difference: str
    small: bool = False


@dataclass(frozen=True, slots=True)
class TopicLine:
    """One common difficulty: where it was asked, in how many schools it is a deficit, in which."""

    subject: str
    title: str
    tasks: str
    total: Counts
    weak: Counts
    schools: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SkillsHead:
    """What both papers share; ``whose`` is a school, "" for the municipality."""

    municipality: str
    year: int
    computed_at: str
    version: str
    zones: str
    whose: str = ""
    organisation: str = ""
    executor: str = ""


def _document(head: SkillsHead, title: tuple[str, ...], kind: str, blocks: list[Block]) -> Document:
    if head.executor:
        blocks.append(Executor(glue(head.executor)))
    provenance = f"Опора · вычислено {ru_moment(head.computed_at)} · зоны выполнения, версия {head.version}"
    meta = Meta(head.organisation or head.municipality, head.computed_at, kind)
    return Document(title=title, meta=meta, blocks=tuple(blocks), provenance=provenance)


def _points(counts: Counts | None, *, small: bool = False) -> Value:
    if counts is None:
        return None
    value = Fraction(*counts)
    return Marked(value, (SMALL,)) if small else value


def _both(counts: Counts | None) -> Value:
    return (
        None if counts is None else Lines((f"{grouped(counts[0])}{NBSP}из{NBSP}{grouped(counts[1])}", percent(*counts)))
    )


def task_paper(head: SkillsHead, lines: tuple[TaskLine, ...]) -> Document:
    """Return the fulfilment by task of a school, or of the municipality."""
    works: dict[str, list[Row]] = {}
    for line in lines:
        main = line.own or line.municipality
        outcome = glue(line.outcome) if line.outcome else None
        compared = (_both(line.municipality), _both(line.region)) if head.whose else (_both(line.region),)
        cells = (line.number, outcome, line.level, _points(main, small=line.small),
                 None if main is None else Share(*main), *compared, line.difference or None, line.zone)  # fmt: skip
        works.setdefault(line.work, []).append(Row(cells))
    wider = ("Муници\u00adпалитет", "Регион") if head.whose else ("Регион",)
    table = Table(
        name="Задания",
        columns=(
            Column("№", 10),
            Column("Что проверяет", 43),
            Column("Уро\u00adвень", 13),
            Column("Баллов из возмож\u00adных", 22, "right", sheet_titles=("Баллов", "Возможных")),
            Column("Доля", 18, "right"),
            *(Column(word, 34, "right") for word in wider),
            Column("Раз\u00adница", 16, "right"),
            Column("Зона", 29),
        ),
        groups=tuple(Group(tuple(rows), glue(work)) for work, rows in works.items()) or (Group(()),),
        marks=MARKS,
        empty="Результатов по заданиям нет.",
        group_title="Работа",
    )
    whose = head.whose or f"Муниципалитет: {head.municipality}"
    against = "с муниципалитетом" if head.whose else "с регионом"
    note = Note(
        glue(
            f"{head.zones} Уровень: Б — базовый, П — повышенный, В — высокий. Разница — "
            f"{against}, в процентных пунктах."
        )
    )
    title = (f"Выполнение заданий, {head.year}{NBSP}год", glue(whose))
    return _document(head, title, "Выполнение заданий", [table, note])


def topic_paper(head: SkillsHead, lines: tuple[TopicLine, ...], common: str) -> Document:
    """Return «Темы для РМО и курсов»: a section a subject, the schools named."""
    blocks: list[Block] = [
        paragraph(glue(f"Темы найдены по результатам работ {head.year} года: какие умения не даются сразу нескольким "
                       "школам. Это числа по школам, а не оценка учителей."), justified=False),
    ]  # fmt: skip
    subjects: dict[str, list[Row]] = {}
    for line in lines:
        cells = (glue(line.title), glue(line.tasks), _both(line.total), Fraction(*line.weak),
                 glue("; ".join(line.schools)))  # fmt: skip
        subjects.setdefault(line.subject, []).append(Row(cells))
    for subject, rows in subjects.items():
        table = Table(
            name=subject,
            columns=(
                Column("Тема", 44),
                Column("Задания", 24),
                Column("Баллов из возможных", 28, "right"),
                Column("Школ с дефицитом", 24, "right", sheet_titles=("С дефицитом", "Всего школ")),
                Column("Какие школы, начиная с самой слабой", 80),
            ),
            groups=(Group(tuple(rows)),),
        )
        blocks += [Heading(subject), table]
    if not lines:
        blocks.append(paragraph("Общих затруднений нет.", indent=False))
    blocks.append(Note(glue(f"{head.zones} {common}")))
    title = ("Темы для РМО и курсов", glue(f"Муниципалитет: {head.municipality}"))
    return _document(head, title, "Темы для РМО и курсов", blocks)
