"""Papers of associations: who is in one, its plan of a year, how it worked, all of them (002, Раздел 2).

Takes plain data. A paper about one body is printed for its order and its folder, so the sentences are short and every
figure stands beside its rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.reports.cells import cell, day_cell, lines_cell
from app.reports.document import Block, Column, Document, Group, Heading, Row, Table, Value, paragraph
from app.reports.work_head import WorkHead, document, facts
from app.texts import capital, glue, school_year


@dataclass(frozen=True, slots=True)
class MemberText:
    """Somebody in a body."""

    name: str
    post: str
    school: str
    role: str
    since: str | None


@dataclass(frozen=True, slots=True)
class ItemText:
    """A line of the plan; ``state`` in words, ``done_on`` an ISO day, None too where the meeting held has none."""

    text: str
    due_on: str | None
    responsible: str
    state: str
    done: bool
    done_on: str | None
    result: str


@dataclass(frozen=True, slots=True)
class MeetingText:
    """A meeting; ``people`` and ``connections`` are None where nobody wrote them down."""

    day: str | None
    title: str
    state: str
    people: int | None
    connections: int | None
    protocol: str


@dataclass(frozen=True, slots=True)
class BodyText:
    """Everything the papers of one body say; ``said`` are whole sentences."""

    name: str
    about: tuple[tuple[str, str], ...]
    school_year: int
    head: str
    members: tuple[MemberText, ...] = ()
    schools: tuple[str, ...] = ()
    plan: tuple[ItemText, ...] = ()
    meetings: tuple[MeetingText, ...] = ()
    products: tuple[tuple[str, str, str], ...] = ()
    scores: tuple[tuple[str, str, str, str], ...] = ()
    said: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BodyRow:
    """One body of the list of all."""

    name: str
    kind: str
    head: str
    members: int
    schools: int
    held: int
    planned: int
    plan: int
    done: int
    next: str


# --- one body ------------------------------------------------------------------------------------------------------


def members(head: WorkHead, data: BodyText) -> Document:
    """Return «Состав»: facts of the body, its members, its own schools."""
    rows = tuple(
        Row((number, cell(one.name), cell(one.post), cell(one.school), cell(one.role), day_cell(one.since)))
        for number, one in enumerate(data.members, start=1)
    )
    columns = (
        Column("№", 9, "right"), Column("Фамилия, имя, отчество", 52), Column("Должность", 40),
        Column("Школа", 34), Column("Роль", 30), Column("В составе с", 22),
    )  # fmt: skip
    blocks: list[Block] = [
        *facts(*data.about),
        Table("Состав", columns, (Group(rows),), empty="В составе пока никого нет."),
    ]
    if data.schools:
        blocks += [Heading("Школы объединения"), paragraph(glue(f"{', '.join(data.schools)}."), justified=False)]
    title = ("Состав объединения", data.name, f"{school_year(data.school_year)} учебный год")
    return document(head, "Состав объединения", title, blocks, signed=True)


def plan(head: WorkHead, data: BodyText) -> Document:
    """Return «План работы» of a school year with room for marks by hand; the head of the body signs it."""
    rows = tuple(
        Row((number, cell(one.text), day_cell(one.due_on), cell(one.responsible), _mark(one)))
        for number, one in enumerate(data.plan, start=1)
    )
    columns = (
        Column("№", 9, "right"), Column("Что делаем", 82), Column("Срок", 22), Column("Ответственный", 38),
        Column("Отметка о выполнении", 39),
    )  # fmt: skip
    blocks: list[Block] = [
        *facts(*data.about),
        Table("План работы", columns, (Group(rows),), empty="План на этот учебный год ещё не составлен."),
    ]
    title = ("План работы объединения", data.name, f"на {school_year(data.school_year)} учебный год")
    signed = WorkHead(
        head.municipality, head.organisation, head.made_at, head.executor, ("Руководитель объединения", data.head)
    )
    return document(signed, "План работы", title, blocks, signed=True)


def _mark(item: ItemText) -> Value:
    if not item.done:
        return ""  # room to write by hand, no dash
    return lines_cell("выполнено", item.result)


def report(head: WorkHead, data: BodyText) -> Document:
    """Return «Справка о работе»: what was done in figures, then plan, meetings, products, scoring."""
    blocks: list[Block] = [*facts(*data.about), *(paragraph(glue(told)) for told in data.said)]
    if data.plan:
        blocks += [Heading("План и его выполнение"), _plan_table(data.plan)]
    blocks += [Heading("Заседания"), _meetings_table(data.meetings)]
    if data.products:
        rows = tuple(Row((cell(title), cell(author), state)) for title, author, state in data.products)
        columns = (Column("Что сделано", 100), Column("Автор", 55), Column("Состояние", 35))
        blocks += [Heading("Продукты"), Table("Продукты", columns, (Group(rows),))]
    if data.scores:
        scored = tuple(Row((cell(form), year, points, cell(level))) for form, year, points, level in data.scores)
        of_scores = (Column("Форма", 90), Column("Учебный год", 30), Column("Баллы", 30), Column("Уровень", 40))
        blocks += [Heading("Оценка"), Table("Оценка", of_scores, (Group(scored),))]
    title = ("Справка о работе объединения", data.name, f"{school_year(data.school_year)} учебный год")
    return document(head, "Справка о работе объединения", title, blocks, signed=True)


def _plan_table(items: Sequence[ItemText]) -> Table:
    rows = tuple(
        Row((number, cell(one.text), day_cell(one.due_on), cell(one.state), day_cell(one.done_on), cell(one.result)))
        for number, one in enumerate(items, start=1)
    )
    columns = (
        Column("№", 9, "right"), Column("Что делаем", 66), Column("Срок", 22), Column("Состояние", 36),
        Column("Сделано", 22), Column("Что получилось", 35),
    )  # fmt: skip
    return Table("План", columns, (Group(rows),))


def _meetings_table(items: Sequence[MeetingText]) -> Table:
    rows = tuple(
        Row((day_cell(one.day), cell(one.title), one.state, one.people, one.connections, cell(one.protocol)))
        for one in items
    )
    columns = (
        Column("Дата", 22), Column("О чём", 62), Column("Состояние", 33), Column("Были", 14, "right"),
        Column("Подключений", 31, "right"), Column("Протокол", 30),
    )  # fmt: skip
    return Table("Заседания", columns, (Group(rows),), empty="Заседаний в этом учебном году не было.")


# --- all of them -----------------------------------------------------------------------------------------------------


def listing(head: WorkHead, year: int, rows: Sequence[BodyRow], said: str) -> Document:
    """Return «Объединения»: every body that works, by kind."""
    groups: dict[str, list[BodyRow]] = {}
    for row in rows:
        groups.setdefault(row.kind, []).append(row)
    columns = (
        Column("Объединение", 68), Column("Руководитель", 46), Column("Человек", 20, "right"),
        Column("Школ", 16, "right"), Column("прошло", 20, "right", over="Заседания"),
        Column("назначено", 24, "right", over="Заседания"), Column("всего", 18, "right", over="Пункты плана"),
        Column("сделано", 20, "right", over="Пункты плана"), Column("Ближайшее заседание", 52),
    )  # fmt: skip
    table = Table(
        "Объединения", columns,
        tuple(Group(tuple(_body(row) for row in items), glue(capital(kind)))
              for kind, items in groups.items()),
        empty="Объединений пока нет.", group_title="Вид",
    )  # fmt: skip
    blocks: list[Block] = [paragraph(glue(f"{said}."), justified=False, indent=False)] if rows else []
    blocks.append(table)
    title = ("Объединения педагогов", f"{school_year(year)} учебный год")
    return document(head, "Объединения", title, blocks, landscape=True)


def _body(row: BodyRow) -> Row:
    return Row((
        cell(row.name), cell(row.head), row.members, row.schools, row.held, row.planned, row.plan, row.done,
        cell(row.next),
    ))  # fmt: skip
