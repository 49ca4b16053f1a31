"""Lists of the methodist's own work: events of a time, what an activity reached, the journal of help."""

from __future__ import annotations

from dataclasses import dataclass

from app.reports.cells import day_cell, lines_cell
from app.reports.document import (
    Block,
    Column,
    Document,
    Group,
    Heading,
    Note,
    Row,
    Table,
    Value,
    paragraph,
)
from app.reports.work_head import WorkHead, document, facts
from app.texts import capital, glue


@dataclass(frozen=True, slots=True)
class EventRow:
    """One event of a list; ``form`` is "" where the title says it; numbers are None where nobody has said."""

    days: str
    form: str
    title: str
    where: str
    activity: str
    people: int | None
    connections: int | None
    feedback: str
    state: str


@dataclass(frozen=True, slots=True)
class SchoolRow:
    """A school over the events of an activity: how many of them it was at, how often its people came."""

    school: str
    events: int
    visits: int | None


@dataclass(frozen=True, slots=True)
class HelpRow:
    """One entry of the journal of help."""

    day: str | None
    school: str
    kind: str
    people: str
    topic: str
    outcome: str
    next_step: str
    methodist: str


def events(head: WorkHead, period: str, told: str, rows: tuple[EventRow, ...]) -> Document:
    """Return the events of a time, one a row, after a sentence of totals; the page lies on its long side."""
    blocks: list[Block] = [paragraph(glue(told), justified=False, indent=False)] if rows else []
    blocks.append(_events(rows, "События"))
    return document(head, "События", ("События", period, head.whose), blocks, landscape=True)


def _events(rows: tuple[EventRow, ...], name: str, *, activity: bool = True) -> Table:
    def line(row: EventRow) -> Row:
        serves: tuple[Value, ...] = (glue(row.activity) or None,) if activity else ()
        return Row((row.days or None, lines_cell(capital(row.form), row.title),
                    glue(row.where) or None, *serves, row.people, row.connections, row.feedback or None,
                    row.state))  # fmt: skip

    what = 74 if activity else 104
    serves = (Column("Мероприятие программы", 52),) if activity else ()
    return Table(
        name=name,
        columns=(
            Column("Когда", 25), Column("Что", what), Column("Где", 42 if activity else 56), *serves,
            Column("Человек", 20, "right"), Column("Подклю\u00adчений", 22, "right"), Column("Отзывы", 24),
            Column("Состояние", 30),
        ),
        groups=(Group(tuple(line(row) for row in rows)),), empty="За это время событий нет.",
    )  # fmt: skip


def reached(
    head: WorkHead, activity: str, plan_year: int, told: tuple[tuple[str, str], ...], rows: tuple[EventRow, ...],
    schools: tuple[SchoolRow, ...], note: str,
) -> Document:  # fmt: skip
    """Return how many different people the events of an activity reached in a year, and which schools."""
    blocks: list[Block] = [*facts(("Мероприятие", activity), *told), Note(glue(note))]
    blocks += [Heading("События"), _events(rows, "События", activity=False)]
    if schools:
        blocks += [Heading("Школы"), _schools(schools)]
    return document(head, "Охват мероприятия", ("Охват мероприятия программы", f"{plan_year} год", head.whose), blocks,
                    signed=True, landscape=True)  # fmt: skip


def _schools(schools: tuple[SchoolRow, ...]) -> Table:
    rows = tuple(Row((glue(one.school), one.events, one.visits)) for one in schools)
    return Table(
        name="Школы",
        columns=(Column("Школа", 140), Column("На скольких событиях были", 60, "right"),
                 Column("Участий за год", 60, "right")),
        groups=(Group(rows),),
    )  # fmt: skip


def journal(head: WorkHead, period: str, told: tuple[str, ...], rows: tuple[HelpRow, ...]) -> Document:
    """Return the journal of help of a time, or of one school: ``period`` names both."""

    def line(number: int, row: HelpRow) -> Row:
        day = day_cell(row.day)
        step = f"Дальше: {row.next_step}" if row.next_step else ""
        return Row((number, day, glue(row.school) or None, row.kind, glue(row.people) or None, glue(row.topic) or None,
                    lines_cell(row.outcome, step), glue(row.methodist) or None))  # fmt: skip

    table = Table(
        name="Журнал помощи",
        columns=(
            Column("№", 11, "right"), Column("Дата", 25), Column("Школа", 40), Column("Вид", 30),
            Column("Кого и сколько", 34), Column("О чём", 46), Column("Итог и следующий шаг", 54),
            Column("Методист", 27),
        ),
        groups=(Group(tuple(line(number, row) for number, row in enumerate(rows, start=1))),),
        empty="За это время записей нет.",
    )  # fmt: skip
    blocks: list[Block] = [paragraph(glue(text), justified=False, indent=False) for text in told]
    return document(head, "Журнал помощи", ("Журнал помощи школам", period, head.whose), [*blocks, table],
                    landscape=True)  # fmt: skip
