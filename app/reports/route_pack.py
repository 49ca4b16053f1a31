"""«Папка к выезду», «Папка к заслушиванию»: card, route, last decisions, the school's plan, questions, in one print."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.reports.cells import day_cell
from app.reports.document import (
    Block,
    Column,
    Document,
    Group,
    HandNotes,
    Heading,
    Lines,
    Meta,
    Note,
    PageBreak,
    Row,
    Table,
)
from app.texts import DASH, NBSP, glue

CARD_TAIL = 2
"""Blocks at the end of a card that a folder says at its own end: the questions and their heading."""
NOTES_MM = 46.0


@dataclass(frozen=True, slots=True)
class PackStep:
    """A step of the route, days as ISO text."""

    stage: str
    title: str
    planned_on: str | None
    held_on: str | None
    words: tuple[str, ...]
    state: str


@dataclass(frozen=True, slots=True)
class PackPoint:
    """A point of a decision about the school."""

    document: str
    text: str
    due_on: str | None
    state: str


@dataclass(frozen=True, slots=True)
class PackActivity:
    """An activity of the school's plan or of the programme that covers it."""

    label: str
    text: str
    note: str
    state: str


@dataclass(frozen=True, slots=True)
class PackData:
    """What stands in the folder beside the card.

    Attributes:
        title: «Папка к выезду».
        school: full name.
        year: «2026/27».
        left_out: how many points and activities did not find room.
    """

    title: str
    school: str
    year: str
    steps: tuple[PackStep, ...]
    points: tuple[PackPoint, ...]
    activities: tuple[PackActivity, ...]
    questions: tuple[str, ...]
    left_out: tuple[int, int] = (0, 0)


def route_pack(data: PackData, card: Document) -> Document:
    """Return the folder.

    Args:
        data: what stands beside the card.
        card: the card of the school without questions, one page long.
    """
    blocks: list[Block] = [*card.blocks[:-CARD_TAIL], PageBreak()]
    blocks += [Heading(f"Маршрут школы, {data.year}", 2), _steps(data.steps)]
    blocks += [Heading("Последние решения", 2), _points(data.points)]
    if data.left_out[0]:
        blocks.append(Note(glue(f"Более ранних пунктов: {data.left_out[0]}.")))
    blocks += [Heading("План: что сделано и что предстоит", 2), _activities(data.activities)]
    if data.left_out[1]:
        blocks.append(Note(glue(f"Ещё мероприятий: {data.left_out[1]}.")))
    blocks += [Heading("Вопросы" if data.questions else "К встрече", 2), HandNotes(data.questions, "Записи", NOTES_MM)]
    return Document(
        title=(data.title, glue(data.school)),
        meta=Meta(card.meta.author, card.meta.created, data.title),
        blocks=tuple(blocks),
        provenance=card.provenance,
    )


def _steps(steps: Sequence[PackStep]) -> Table:
    columns = (Column("Шаг", 46), Column("План", 21, "right"), Column("Прошло", 21, "right"),
               Column("Состояние", 30), Column("Что выяснили и решили", 62))  # fmt: skip
    groups: list[Group] = []
    for stage in dict.fromkeys(step.stage for step in steps):
        rows = tuple(
            Row((
                glue(step.title), day_cell(step.planned_on), day_cell(step.held_on), glue(step.state),
                Lines(tuple(glue(text) for text in step.words)) if step.words else None,
            ))
            for step in steps if step.stage == stage
        )  # fmt: skip
        groups.append(Group(rows, stage))
    return Table("Маршрут", columns, tuple(groups), empty="Шаги маршрута не записаны.", group_title="Этап")


def _points(points: Sequence[PackPoint]) -> Table:
    columns = (Column("Документ", 46), Column("Что решено", 76), Column("Срок", 21, "right"), Column("Состояние", 37))
    rows = tuple(
        Row((glue(point.document), glue(point.text), day_cell(point.due_on), glue(point.state) or DASH))
        for point in points
    )
    return Table("Решения", columns, (Group(rows),), empty="Решений, где названа школа, в файле нет.")


def _activities(activities: Sequence[PackActivity]) -> Table:
    columns = (Column("Где записано", 32), Column("Мероприятие", 60), Column("Срок и ответственный", 44),
               Column("Состояние", 44))  # fmt: skip
    rows = tuple(
        Row((glue(item.label), glue(item.text), glue(item.note) or DASH, glue(item.state) or DASH))
        for item in activities
    )
    return Table("План школы", columns, (Group(rows),), empty=f"Мероприятий для школы{NBSP}нет.")
