"""Papers about rounds of forms: how a year stands, one round in full, the table of an urgent collection."""

from __future__ import annotations

from dataclasses import dataclass

from app.reports.cells import day_cell
from app.reports.document import (
    Block,
    Column,
    Document,
    Executor,
    Fraction,
    Group,
    Heading,
    Meta,
    Note,
    Row,
    Table,
    Value,
    paragraph,
)
from app.reports.year_head import YearHead
from app.texts import NBSP, capital, glue, ru_date, ru_moment, school_year


@dataclass(frozen=True, slots=True)
class RoundCounts:
    """One round in figures; ``waiting`` are those who still have to answer, the late ones among them."""

    title: str
    due_on: str | None
    total: int
    done: int
    received: int
    wrong: int
    waiting: int
    late: int


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One answer of a round: state in a word with its sign, days, how far, points, level."""

    shown: str
    state: str
    sent_on: str | None
    received_on: str | None
    answered: int
    of: int
    result: str


@dataclass(frozen=True, slots=True)
class CallRow:
    """Somebody who is late: what is owed, by how many days, whom to call."""

    shown: str
    owed: str
    days: int
    contact: str


def _document(head: YearHead, title: tuple[str, ...], kind: str, blocks: list[Block]) -> Document:
    if head.executor:
        blocks.append(Executor(glue(head.executor)))
    meta = Meta(head.organisation or head.municipality, head.computed_at, kind)
    provenance = f"Опора · составлено {ru_moment(head.computed_at)}"
    return Document(title=title, meta=meta, blocks=tuple(blocks), provenance=provenance)


def board_paper(
    head: YearHead, counts: tuple[RoundCounts, ...], calls: tuple[CallRow, ...],
    rounds: tuple[tuple[str, tuple[CaseRow, ...]], ...],
) -> Document:  # fmt: skip
    """Return «Ход сбора чек-листов»: figures of every round, whom to call, then each round in full."""
    table = Table(
        name="Сборы",
        columns=(
            Column("Сбор", 58),
            Column("Срок", 24),
            Column("Принято из всех", 24, "right", sheet_titles=("Принято", "Всего")),
            Column("Ждут про\u00adверки", 20, "right"),
            Column("С ошиб\u00adками", 20, "right"),
            Column("Не при\u00adслано", 20, "right"),
            Column("Просро\u00adчено", 20, "right"),
        ),
        groups=(Group(tuple(
            Row((glue(one.title), day_cell(one.due_on), Fraction(one.done, one.total), one.received, one.wrong,
                 one.waiting, one.late))
            for one in counts)),),
        empty="Сборов в этом году нет.",
    )  # fmt: skip
    blocks: list[Block] = [table]
    if calls:
        blocks += [Heading("Кому позвонить"), _calls(calls)]
    for title, rows in rounds:
        blocks += [Heading(glue(title)), _round(title, rows)]
    lines = ("Ход сбора чек-листов", f"{school_year(head.school_year)}{NBSP}учебный год")
    return _document(head, lines, "Ход сбора", blocks)


def _calls(calls: tuple[CallRow, ...]) -> Table:
    return Table(
        name="Кому позвонить",
        columns=(Column("Кто", 48), Column("Что не прислано", 70), Column("Дней после срока", 24, "right"),
                 Column("Кому звонить", 58)),
        groups=(Group(tuple(Row((glue(one.shown), glue(one.owed), one.days, glue(one.contact) or None))
                            for one in calls)),),
    )  # fmt: skip


def _round(title: str, rows: tuple[CaseRow, ...]) -> Table:
    return Table(
        name=title,
        columns=(
            Column("Кто", 58),
            Column("Состояние", 34),
            Column("Отправ\u00adлено", 24),
            Column("Получено", 24),
            Column("Заполнено", 24, "right", sheet_titles=("Заполнено", "Всего пунктов")),
            Column("Итог", 40),
        ),
        groups=(Group(tuple(
            Row((glue(one.shown), one.state, day_cell(one.sent_on), day_cell(one.received_on),
                 Fraction(one.answered, one.of), glue(one.result) or None))
            for one in rows)),),
        empty="В этом сборе никого нет.",
    )  # fmt: skip


def round_paper(head: YearHead, title: str, due_on: str | None, rows: tuple[CaseRow, ...]) -> Document:
    """Return one round in full."""
    told: list[Block] = []
    if due_on is not None:
        told.append(paragraph(f"Срок ответа: {ru_date(due_on)}.", indent=False))
    lines = (f"{glue(title)}: кто прислал", f"{school_year(head.school_year)}{NBSP}учебный год")
    return _document(head, lines, "Ход сбора", [*told, _round(title, rows)])


def request_paper(
    head: YearHead, title: str, state: str, columns: tuple[tuple[str, bool], ...],
    rows: tuple[tuple[str, tuple[Value, ...]], ...], totals: tuple[str, ...], silent: tuple[str, ...],
) -> Document:  # fmt: skip
    """Return the table of an urgent collection.

    Args:
        head: what the papers share.
        title: of the round.
        state: «ответили 7 из 11».
        columns: (heading, whether numbers stand in it).
        rows: (who, values).
        totals: what stands under each column, "" where nothing is summed.
        silent: those of whom nothing has come.
    """
    wide = max(14.0, 120.0 / max(1, len(columns)))
    body = [Row((glue(who), *values)) for who, values in rows]
    groups = [Group(tuple(body))]
    if rows and any(totals):
        groups.append(Group((Row(("Итого", *(text or None for text in totals))),)))
    table = Table(
        name="Ответы",
        columns=(Column("Школа", 50), *(Column(glue(text), wide, "right" if right else "left")
                                        for text, right in columns)),
        groups=tuple(groups),
        empty="Ответов пока нет.",
    )  # fmt: skip
    blocks: list[Block] = [paragraph(glue(f"{capital(state)}."), indent=False, justified=False), table]
    if silent:
        blocks.append(Note(glue(f"Не ответили: {'; '.join(silent)}.")))
    return _document(head, (glue(title), f"{school_year(head.school_year)}{NBSP}учебный год"), "Срочный сбор", blocks)
