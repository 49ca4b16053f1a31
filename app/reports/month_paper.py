"""The plan of a month and the report of a methodist on paper."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from app.reports.document import (
    Block,
    Column,
    Day,
    Document,
    Executor,
    Group,
    Heading,
    Lines,
    Meta,
    Note,
    Row,
    SignatureBlock,
    Table,
    Value,
    paragraph,
)
from app.texts import glue, ru_moment


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One line of a table: what, what it is, by when, when it was done, who, about whom."""

    text: str
    word: str
    due: str | None = None
    done_on: str | None = None
    who: str = ""
    school: str = ""
    detail: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True)
class PaperTable:
    """Figures under a section: columns (title, width, «left» or «right»), rows of texts, numbers and days."""

    name: str
    columns: tuple[tuple[str, float, Literal["left", "right"]], ...]
    rows: tuple[tuple[Value, ...], ...]


@dataclass(frozen=True, slots=True)
class PaperBlock:
    """A section: heading, sentence, lines; ``done`` says whether its lines are done ones."""

    title: str
    text: str
    lines: tuple[PaperLine, ...] = ()
    done: bool = True
    table: PaperTable | None = None


@dataclass(frozen=True, slots=True)
class MonthHead:
    """What both papers share; ``period`` is «ноябрь 2026 года», ``who`` the only methodist they speak of."""

    municipality: str
    organisation: str
    period: str
    made_at: str
    day: str
    executor: str = ""
    signer_position: str = ""
    signer_name: str = ""
    who: str = ""


def _meta(head: MonthHead, kind: str) -> Meta:
    return Meta(head.organisation or head.municipality, head.made_at, kind)


def _whose(head: MonthHead) -> str:
    return head.organisation or head.municipality


def _what(line: PaperLine) -> Value:
    """Return the text with the school under it."""
    parts = tuple(part for part in (glue(line.text), glue(line.school)) if part)
    return parts[0] if len(parts) == 1 else Lines(parts)


def _tail(head: MonthHead) -> list[Block]:
    blocks: list[Block] = []
    if head.signer_name or head.signer_position:
        blocks.append(SignatureBlock(glue(head.signer_position), glue(head.signer_name), place="signer1"))
    if head.executor:
        blocks.append(Executor(glue(head.executor)))
    return blocks


def report_paper(head: MonthHead, blocks: tuple[PaperBlock, ...]) -> Document:
    """Return «Отчёт методиста за ноябрь 2026 года»: sections with a sentence and what stands behind it."""
    found: list[Block] = []
    for block in blocks:
        found += [Heading(block.title), paragraph(glue(block.text))]
        if block.table is not None:
            found.append(_figures(block.table))
        if block.lines:
            found.append(_table(block))
    provenance = f"Опора · составлено {ru_moment(head.made_at)} по записям файла"
    title = (glue(f"Отчёт о работе за {head.period}"), glue(_whose(head)), _of(head))
    return Document(
        title=tuple(line for line in title if line), meta=_meta(head, "Отчёт методиста"),
        blocks=(*found, *_tail(head)), provenance=provenance,
    )  # fmt: skip


def _of(head: MonthHead) -> str:
    return glue(f"Методист: {head.who}") if head.who else ""


def _figures(found: PaperTable) -> Table:
    columns = tuple(Column(title, width, align) for title, width, align in found.columns)
    rows = tuple(Row(tuple(glue(cell) if isinstance(cell, str) else cell for cell in row)) for row in found.rows)
    return Table(name=found.name, columns=columns, groups=(Group(rows),))


def _table(block: PaperBlock) -> Table:
    rows = []
    for number, line in enumerate(block.lines, start=1):
        due = None if line.due is None else Day(line.due)
        done = None if line.done_on is None else Day(line.done_on)
        last: tuple[Value, ...] = (
            (due, done, glue(line.detail) or None) if block.done else (due, glue(line.who) or None)
        )
        rows.append(Row((number, _what(line), line.word, *last)))
    tail: tuple[Column, ...]
    what, kind, tail = (58, 28, (Column("Срок", 26), Column("Сделано", 26), Column("Чем кончилось", 46)))
    if not block.done:
        what, kind, tail = (72, 34, (Column("Срок", 26), Column("Ответственный", 52)))
    return Table(
        name=block.title[:28],
        columns=(Column("№", 8, "right"), Column("Что", what), Column("Что это", kind), *tail),
        groups=(Group(tuple(rows)),),
    )


def plan_paper(head: MonthHead, lines: tuple[PaperLine, ...], late: tuple[PaperLine, ...], notes: str) -> Document:
    """Return «План работы на ноябрь 2026 года»: by days, what is left from before first."""
    groups = []
    if late:
        groups.append(Group(tuple(_planned(line) for line in late), "Осталось с прошлых месяцев"))
    if lines:
        groups.append(Group(tuple(_planned(line) for line in lines), "По срокам" if late else ""))
    table = Table(
        name="План",
        columns=(Column("Срок", 26), Column("Что сделать", 71), Column("Что это", 32), Column("Ответственный", 36),
                 Column("Отметка", 27)),
        groups=tuple(groups) or (Group(()),),
        empty="Сроков на это время нет.",
        group_title="Раздел",
    )  # fmt: skip
    title = (glue(f"План работы на {head.period}"), glue(_whose(head)), _of(head))
    blocks: list[Block] = [table]
    if notes:
        blocks.append(Note(glue(notes)))
    return Document(
        title=tuple(line for line in title if line), meta=_meta(head, "План работы"),
        blocks=(*blocks, *_tail(head)), provenance=f"Опора · составлено {ru_moment(head.made_at)}",
    )  # fmt: skip


def _planned(line: PaperLine) -> Row:
    due = None if line.due is None else Day(line.due)
    return Row((due, _what(line), line.word, glue(line.who) or None, line.state or ""))
