"""«Папка управленческого цикла»: documents of a school year by direction, stage and component; what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.reports.document import (
    Block,
    Column,
    Document,
    Executor,
    Group,
    Heading,
    Lines,
    Meta,
    Note,
    PageBreak,
    Row,
    Table,
    Value,
    paragraph,
)
from app.reports.year_head import YearHead
from app.texts import DASH, NBSP, glue, ru_moment, school_year

KIND = "Папка управленческого цикла"


@dataclass(frozen=True, slots=True)
class FolderPaper:
    """A document: title, «от 05.09.2026 № 214», where it is published (none: nowhere)."""

    title: str
    requisites: str
    links: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FolderPart:
    """A component with its stage and documents."""

    stage: str
    component: str
    papers: tuple[FolderPaper, ...]


@dataclass(frozen=True, slots=True)
class FolderDirection:
    """A direction: its title, its wording and source where it has one, its components in order."""

    title: str
    wording: str
    parts: tuple[FolderPart, ...]

    @property
    def missing(self) -> tuple[str, ...]:
        """Components without a document."""
        return tuple(part.component for part in self.parts if not part.papers)

    @property
    def unpublished(self) -> int:
        """How many documents have no link."""
        return sum(not paper.links for part in self.parts for paper in part.papers)


def cycle_folder(head: YearHead, directions: Sequence[FolderDirection]) -> Document:
    """Return the paper; the page lies on its long side, addresses are long."""
    blocks: list[Block] = []
    for direction in directions:
        # a direction is a page: it is what a commission asks for, and its table is read as a whole
        blocks += [PageBreak(), Heading(direction.title, 2)] if blocks else [Heading(direction.title, 2)]
        if direction.wording:
            blocks.append(Note(glue(direction.wording)))
        blocks += [_table(direction), paragraph(glue(_lacking(direction)), indent=False)]
    if head.executor:
        blocks.append(Executor(glue(head.executor)))
    return Document(
        title=(KIND, f"{school_year(head.school_year)}{NBSP}учебный год"),
        meta=Meta(head.organisation or head.municipality, head.computed_at, KIND),
        blocks=tuple(blocks), landscape=True, provenance=f"Опора · составлено {ru_moment(head.computed_at)}",
    )  # fmt: skip


def _lacking(direction: FolderDirection) -> str:
    """Say what the direction lacks."""
    parts = []
    if direction.missing:
        names = ", ".join(name[:1].lower() + name[1:] for name in direction.missing)
        parts.append(f"Нет документов: {names}.")
    if direction.unpublished:
        parts.append(f"Без ссылки на размещение: {direction.unpublished}.")
    return " ".join(parts) or "Все разделы заполнены, у всех документов есть ссылки."


def _table(direction: FolderDirection) -> Table:
    columns = (Column("Раздел", 46), Column("Документ", 88, inner=True), Column("Реквизиты", 44, inner=True),
               Column("Где размещён", 79, inner=True))  # fmt: skip
    groups = []
    for number, stage in enumerate(dict.fromkeys(part.stage for part in direction.parts), start=1):
        rows = tuple(
            Row((part.component,), tuple(_line(paper) for paper in part.papers) or (("нет документов", DASH, DASH),))
            for part in direction.parts
            if part.stage == stage
        )
        groups.append(Group(rows, f"Этап {number}. {stage}"))
    return Table(direction.title[:28], columns, tuple(groups), group_title="Этап")


def _line(paper: FolderPaper) -> tuple[Value, ...]:
    return glue(paper.title), glue(paper.requisites) or None, Lines(paper.links) if paper.links else None
