"""«Перечень изменений» between two editions of a programme, and its «Лист согласования» (004, §1.3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.reports.document import (
    Block,
    Column,
    Day,
    Document,
    Executor,
    Group,
    Heading,
    Meta,
    Row,
    Table,
    Value,
    paragraph,
)
from app.texts import glue, ru_moment

CHANGES, AGREEMENT = "Перечень изменений", "Лист согласования"
HEADINGS: tuple[tuple[str, str], ...] = (
    ("changed", "Изменено"), ("added", "Добавлено"), ("moved", "Перенесено"), ("removed", "Исключено"),
)  # fmt: skip
_SHORT = 12


@dataclass(frozen=True, slots=True)
class LifeHead:
    """What both papers share.

    Attributes:
        title: of the programme.
        edition: in words: «редакция 2, проект».
        computed_at: ISO moment.
        snapshot: SHA-256 of what was approved, "" of a draft.
    """

    title: str
    edition: str
    computed_at: str
    organisation: str = ""
    executor: str = ""
    snapshot: str = ""

    def document(self, kind: str, blocks: Sequence[Block]) -> Document:
        """Return the paper around its blocks."""
        parts = ["Опора", f"вычислено {ru_moment(self.computed_at)}", self.edition]
        if self.snapshot:
            parts.append(f"снимок данных {self.snapshot[:_SHORT]}")
        tail: tuple[Block, ...] = (Executor(glue(self.executor)),) if self.executor else ()
        return Document(
            title=(kind, glue(self.title)),
            meta=Meta(self.organisation or "Опора", self.computed_at, kind),
            blocks=(*blocks, *tail),
            provenance=" · ".join(parts),
        )


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One change: kind («added», «removed», «moved», «changed»), where, what, how it was, how it is."""

    kind: str
    place: str
    what: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class PartyRow:
    """One party of the agreement; dates ISO, the answer in a word."""

    name: str
    person: str
    sent_on: str | None
    answered_on: str | None
    answer: str


@dataclass(frozen=True, slots=True)
class RemarkRow:
    """One remark: where, what, by whom, what became of it, the answer."""

    where: str
    text: str
    author: str
    state: str
    answer: str


def changes(head: LifeHead, titles: tuple[str, str], lines: Sequence[ChangeLine]) -> Document:
    """Return the list of changes by kind; ``titles`` are both editions in words, the older one first."""
    blocks: list[Block] = [
        paragraph(glue(f"Было: {titles[0]}."), indent=False),
        paragraph(glue(f"Стало: {titles[1]}."), indent=False),
    ]
    for kind, title in HEADINGS:
        found = [line for line in lines if line.kind == kind]
        if found:
            blocks += [Heading(f"{title}: {len(found)}"), _changes(kind, title, found)]
    if not lines:
        blocks.append(paragraph("Редакции ничем не различаются.", indent=False))
    return head.document(CHANGES, blocks)


def _changes(kind: str, title: str, found: Sequence[ChangeLine]) -> Table:
    number, where = Column("№", 8, "right"), Column("Где", 40)
    if kind in {"added", "removed"}:
        rows = tuple(
            Row((place, glue(line.place), line.after if kind == "added" else line.before))
            for place, line in enumerate(found, 1)
        )
        return Table(name=title, columns=(number, where, Column("Текст", 132)), groups=(Group(rows),))
    rows = tuple(
        Row((place, glue(line.place), line.what, _said(line.before), _said(line.after)))
        for place, line in enumerate(found, 1)
    )
    columns = (number, where, Column("Что", 28), Column("Было", 52), Column("Стало", 52))
    return Table(name=title, columns=columns, groups=(Group(rows),))


def _said(text: str) -> Value:
    return text or None


def agreement(head: LifeHead, parties: Sequence[PartyRow], remarks: Sequence[RemarkRow]) -> Document:
    """Return the agreement sheet: who was asked, what they answered; then the remarks with what was done."""
    blocks: list[Block] = []
    if parties:
        rows = tuple(
            Row(
                (place, glue(item.name), glue(item.person), _day(item.sent_on), _day(item.answered_on), item.answer, "")
            )
            for place, item in enumerate(parties, 1)
        )
        columns = (
            Column("№", 8, "right"), Column("Орган, организация", 49), Column("Кто подписывает", 32),
            Column("Направлено", 26), Column("Ответ дан", 22), Column("Ответ", 24), Column("Подпись", 19),
        )  # fmt: skip
        blocks.append(Table(name="Стороны", columns=columns, groups=(Group(rows),)))
    else:
        blocks.append(paragraph("В листе согласования никого нет.", indent=False))
    if remarks:
        told = tuple(
            Row((place, glue(item.where), item.text, glue(item.author), _outcome(item)))
            for place, item in enumerate(remarks, 1)
        )
        heads = (
            Column("№", 8, "right"), Column("О чём", 38), Column("Замечание", 58), Column("Кто", 36),
            Column("Что сделано", 40),
        )  # fmt: skip
        blocks += [Heading("Замечания"), Table(name="Замечания", columns=heads, groups=(Group(told),))]
    return head.document(AGREEMENT, blocks)


def _party(place: int, item: PartyRow) -> Row:
    dates = _day(item.sent_on), _day(item.answered_on)
    return Row((place, glue(item.name), glue(item.person), *dates, item.answer, ""))


def _day(text: str | None) -> Value:
    return Day(text) if text else "________"


def _outcome(item: RemarkRow) -> str:
    return f"{item.state}. {item.answer}" if item.answer else item.state
