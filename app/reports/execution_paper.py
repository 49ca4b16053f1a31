"""«Исполнение плана мероприятий» for a period: counts by task, then what is done, late, moved, going on, ahead."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from app.reports.cells import day_cell
from app.reports.document import (
    Block,
    Column,
    Document,
    Executor,
    Group,
    Heading,
    Meta,
    Note,
    Roubles,
    Row,
    SignatureBlock,
    Table,
    Value,
    paragraph,
)
from app.texts import glue, ru_moment

TITLE = "Исполнение плана мероприятий"


@dataclass(frozen=True, slots=True)
class PaperHead:
    """What stands around the tables.

    Attributes:
        title: of the programme; ``period`` and ``edition`` in words.
        computed_at: ISO moment.
        at: dd.mm.yyyy: as of which day it is told.
        signer: position and name; empty ones leave the block out.
    """

    title: str
    period: str
    edition: str
    computed_at: str
    at: str
    organisation: str = ""
    executor: str = ""
    signer: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One activity in words and figures; dates ISO, ``days`` are late ones, money is whole kopecks."""

    number: str
    text: str
    group: str
    term: str
    responsible: str
    due_on: str | None = None
    done_on: str | None = None
    moved_to: str | None = None
    days: int | None = None
    product: str = ""
    participants: int | None = None
    schools: int | None = None
    spent_kopecks: int | None = None
    reason: str = ""
    later: str = ""


@dataclass(frozen=True, slots=True)
class PaperSum:
    """Whole counts of one heading of the plan: how many were due in the period and how they stand."""

    group: str
    due: int
    done: int
    part: int
    late: int
    moved: int
    cancelled: int
    open: int


@dataclass(frozen=True)
class PaperLists:
    """The lists of the paper by their kind, with the sentences that open it and the counts by heading."""

    sentences: tuple[str, ...]
    sums: tuple[PaperSum, ...]
    done: tuple[PaperLine, ...] = ()
    part: tuple[PaperLine, ...] = ()
    late: tuple[PaperLine, ...] = ()
    older: tuple[PaperLine, ...] = ()
    changed: tuple[PaperLine, ...] = ()
    running: tuple[PaperLine, ...] = ()
    ahead: tuple[PaperLine, ...] = ()
    notes: tuple[str, ...] = field(default=())


def execution_paper(head: PaperHead, lists: PaperLists) -> Document:
    """Return the paper; the page lies on its long side."""
    blocks: list[Block] = [paragraph(glue(text), indent=False) for text in lists.sentences]
    if lists.sums:
        blocks.append(_sums(lists.sums))
    parts: tuple[tuple[str, tuple[PaperLine, ...], Callable[[str, Sequence[PaperLine]], Table]], ...] = (
        ("Выполнено", lists.done, _done),
        ("Выполнено частично", lists.part, _part),
        ("Не выполнено в срок", lists.late, _late),
        ("Осталось с прошлых периодов", lists.older, _late),
        ("Перенесено и отменено", lists.changed, _changed),
        ("Выполняется", lists.running, _running),
        ("Впереди", lists.ahead, _ahead),
    )
    for title, lines, made in parts:
        if lines:
            blocks += [Heading(title), made(title, lines)]
    blocks += [Note(glue(text)) for text in lists.notes]
    post, name = head.signer
    if post or name:
        blocks.append(SignatureBlock(post, name, "signer"))
    if head.executor:
        blocks.append(Executor(glue(head.executor)))
    return Document(
        title=(TITLE, glue(head.title), head.period),
        meta=Meta(head.organisation or "Опора", head.computed_at, TITLE),
        blocks=tuple(blocks),
        provenance=f"Опора · составлено {ru_moment(head.computed_at)} · состояние на {head.at} · {head.edition}",
        landscape=True,
    )


def _sums(sums: Sequence[PaperSum]) -> Table:
    rows = [
        Row((glue(item.group), item.due, item.done, item.part, item.late, item.moved, item.cancelled, item.open))
        for item in sums
    ]
    if len(sums) > 1:
        columns = [(item.due, item.done, item.part, item.late, item.moved, item.cancelled, item.open) for item in sums]
        rows.append(Row(("Всего", *(sum(column) for column in zip(*columns, strict=True)))))
    heads = ("Срок в периоде", "Выполнено", "Частично", "Просрочено", "Перенесено", "Отменено", "Срок не истёк")
    return Table(
        name="Сводно",
        columns=(Column("Раздел плана", 92), *(Column(title, 23, "right") for title in heads)),
        groups=(Group(tuple(rows)),),
    )


def _table(name: str, columns: tuple[Column, ...], lines: Sequence[PaperLine],
           cells: Callable[[PaperLine], tuple[Value, ...]]) -> Table:  # fmt: skip
    groups: dict[str, list[Row]] = {}
    for line in lines:
        groups.setdefault(line.group, []).append(Row((line.number, glue(line.text), *cells(line))))
    return Table(
        name=name,
        columns=(Column("№", 14), Column("Мероприятие", 76), *columns),
        groups=tuple(Group(tuple(rows), glue(title)) for title, rows in groups.items()),
        group_title="Раздел плана",
    )


def _done(name: str, lines: Sequence[PaperLine]) -> Table:
    money = any(line.spent_kopecks is not None for line in lines)
    columns = (
        Column("Срок", 30), Column("Выполнено", 25), Column("Что получено", 48 if money else 60),
        Column("Участ\u00adников", 18, "right"), Column("Школ", 14, "right"), Column("Ответственный", 44),
        *((Column("Потрачено, руб.", 26, "right", money=True),) if money else ()),
    )  # fmt: skip

    def cells(line: PaperLine) -> tuple[Value, ...]:
        spent: tuple[Value, ...] = (Roubles(line.spent_kopecks) if line.spent_kopecks is not None else None,)
        return (glue(line.term), day_cell(line.done_on), glue(line.product) or None, line.participants, line.schools,
                glue(line.responsible) or None, *(spent if money else ()))  # fmt: skip

    return _table(name, columns, lines, cells)


def _part(name: str, lines: Sequence[PaperLine]) -> Table:
    columns = (Column("Срок", 30), Column("Отмечено", 25), Column("Что получено", 46), Column("Участ\u00adников", 18,
               "right"), Column("Ответственный", 34), Column("Почему не всё", 48))  # fmt: skip
    return _table(name, columns, lines, lambda line: (
        glue(line.term), day_cell(line.done_on), glue(line.product) or None, line.participants,
        glue(line.responsible) or None, glue(line.reason) or None,
    ))  # fmt: skip


def _late(name: str, lines: Sequence[PaperLine]) -> Table:
    columns = (Column("Срок", 30), Column("Дней", 14, "right"), Column("Ответственный", 40), Column("Причина", 66),
               Column("Что было потом", 40))  # fmt: skip
    later = any(line.later for line in lines)
    return _table(name, columns if later else columns[:-1], lines, lambda line: (
        glue(line.term), line.days, glue(line.responsible) or None, glue(line.reason) or None,
        *((glue(line.later) or None,) if later else ()),
    ))  # fmt: skip


def _changed(name: str, lines: Sequence[PaperLine]) -> Table:
    columns = (Column("Срок", 30), Column("Решение", 46), Column("Ответственный", 40), Column("Причина", 74))
    return _table(name, columns, lines, lambda line: (
        glue(line.term), line.later, glue(line.responsible) or None, glue(line.reason) or None,
    ))  # fmt: skip


def _running(name: str, lines: Sequence[PaperLine]) -> Table:
    columns = (Column("Срок", 40), Column("Окончание", 25), Column("Что сделано", 72), Column("Ответственный", 40))
    return _table(name, columns, lines, lambda line: (
        glue(line.term), day_cell(line.due_on), glue(line.product) or None, glue(line.responsible) or None,
    ))  # fmt: skip


def _ahead(name: str, lines: Sequence[PaperLine]) -> Table:
    columns = (Column("Срок", 50), Column("Окончание", 25), Column("Ответственный", 70))
    return _table(name, columns, lines, lambda line: (
        glue(line.term), day_cell(line.due_on), glue(line.responsible) or None,
    ))  # fmt: skip
