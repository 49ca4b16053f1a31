"""The monitoring report, notes and addressed recommendations as papers (004, §1.5; domain §8).

Takes plain data: every figure comes with it, none is written here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from app.reports.charts import ChartSpec
from app.reports.document import (
    Block,
    ChartBlock,
    Column,
    Day,
    Document,
    Executor,
    Group,
    Heading,
    Meta,
    Note,
    Row,
    SignatureBlock,
    Table,
    Value,
    paragraph,
)
from app.reports.profile import profile_for
from app.texts import NBSP, glue, ru_date, ru_moment

CHART_MM = 76.0


@dataclass(frozen=True, slots=True)
class NotePart:
    """A table or a chart of a section under its heading."""

    title: str
    table: Table | None = None
    chart: ChartSpec | None = None


@dataclass(frozen=True, slots=True)
class NoteSection:
    """A section: its text, then what it rests on; ``nothing`` stands where neither is there."""

    title: str
    text: str
    parts: tuple[NotePart, ...] = ()
    nothing: str = ""


@dataclass(frozen=True, slots=True)
class NoteHead:
    """What all these papers share.

    Attributes:
        title: lines of the title.
        day: ISO day on which things were looked at.
        computed_at: ISO moment.
        signer: position and name; empty leaves lines to fill in by hand.
        typed: words of a person stand in it.
    """

    title: tuple[str, ...]
    kind: str
    municipality: str
    day: str
    computed_at: str
    organisation: str = ""
    executor: str = ""
    signer: tuple[str, str] = ("", "")
    signed: bool = True
    typed: bool = False
    marks: tuple[str, ...] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True)
class AdviceItem:
    """One recommendation of a paper; ``mark`` says what became of it, "" in the year it is for."""

    text: str
    ground: str
    due_on: str | None
    mark: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class AdviceGroup:
    """Recommendations of one addressee."""

    whom: str
    items: tuple[AdviceItem, ...]


# --- notes and the report ----------------------------------------------------------------------------------------


def note(head: NoteHead, sections: tuple[NoteSection, ...]) -> Document:
    """Return a note or the report: sections with their text, tables and charts, a place for the signature."""
    return _document(head, tuple(_sections(sections)))


def _document(head: NoteHead, blocks: tuple[Block, ...]) -> Document:
    ends: list[Block] = [Note(glue(mark)) for mark in head.marks]
    if head.signed:
        ends.append(SignatureBlock(glue(head.signer[0]), glue(head.signer[1]), "signature"))
    if head.executor:
        ends.append(Executor(glue(head.executor)))
    source = "числа из файла, слова правил составитель" if head.typed else "числа и слова из файла"
    provenance = f"Опора · вычислено {ru_moment(head.computed_at)} · на{NBSP}{ru_date(head.day)} · {source}"
    return Document(
        title=tuple(glue(line) for line in head.title),
        meta=Meta(head.organisation or head.municipality, head.computed_at, head.kind),
        blocks=(*blocks, *ends),
        provenance=provenance,
        profile=profile_for(head.day),
    )


def _sections(sections: tuple[NoteSection, ...]) -> Iterator[Block]:
    number = table = 0
    for section in sections:
        if not section.text.strip() and not section.parts and not section.nothing:
            continue
        number += 1
        yield Heading(glue(f"{number}.{NBSP}{section.title}"), 1)
        lines = [line.strip() for line in (section.text or "").splitlines() if line.strip()]
        for line in lines or ([section.nothing] if section.nothing else []):
            yield paragraph(glue(line))
        for part in section.parts:
            if part.table is not None:
                table += 1
                yield replace(_glued(part.table), caption=glue(f"Таблица{NBSP}{table}. {part.title}"))
            if part.chart is not None:
                yield ChartBlock(part.chart, CHART_MM)


def _glued(table: Table) -> Table:
    """Return a table whose texts don't break where a line must not end."""

    def cell(value: Value) -> Value:
        return glue(value) if isinstance(value, str) else value

    groups = tuple(
        replace(group, rows=tuple(replace(row, cells=tuple(cell(value) for value in row.cells)) for row in group.rows))
        for group in table.groups
    )
    return replace(table, groups=groups)


# --- recommendations ---------------------------------------------------------------------------------------------


def recommendations(head: NoteHead, groups: tuple[AdviceGroup, ...]) -> Document:
    """Return addressed recommendations: an addressee a section, every line with its ground and term."""
    return _document(head, (_advice(groups),))


def _advice(groups: tuple[AdviceGroup, ...]) -> Table:
    marked = any(item.mark for group in groups for item in group.items)
    columns = [Column("№", 0.6, "right"), Column("Что рекомендуется", 6), Column("Почему", 3.6), Column("Срок", 1.4)]
    if marked:
        columns += [Column("Выполнено", 1.6), Column("Что сделано", 2.2)]
    made, number = [], 0
    for group in groups:
        rows = []
        for item in group.items:
            number += 1
            rows.append(Row(_cells(number, item, marked=marked)))
        made.append(Group(tuple(rows), glue(group.whom) if len(groups) > 1 else ""))
    return Table("Рекомендации", tuple(columns), tuple(made), empty="Рекомендаций нет.", group_title="Кому")


def _cells(number: int, item: AdviceItem, *, marked: bool) -> tuple[Value, ...]:
    term = Day(item.due_on) if item.due_on else None
    cells: tuple[Value, ...] = (number, glue(item.text), glue(item.ground) or None, term)
    return (*cells, item.mark or None, item.note or None) if marked else cells
