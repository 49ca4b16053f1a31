"""«Сравнение двух списков»: who came, who left, who stayed, and why; a working paper without signatures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.reports.document import Block, Column, Document, Group, Heading, Meta, Row, Table, paragraph
from app.texts import glue, ru_moment

KIND = "Сравнение двух списков"
HEADINGS: tuple[tuple[str, str], ...] = (
    ("came", "Вошли"),
    ("left", "Вышли"),
    ("unknown", "Неизвестно: ответа нет"),
    ("stayed", "Остались"),
)
"""Sections of the paper in their order; schools that are in neither list are not printed."""


@dataclass(frozen=True, slots=True)
class ChangesData:
    """What the paper says.

    Attributes:
        municipality: whose schools they are.
        titles: both lists in words.
        listed: how many schools each of them has.
        computed_at: ISO moment.
        rows: (kind of change, school, why).
    """

    municipality: str
    titles: tuple[str, str]
    listed: tuple[int, int]
    computed_at: str
    rows: Sequence[tuple[str, str, str]]


def list_changes(data: ChangesData) -> Document:
    """Return the paper."""
    blocks: list[Block] = [
        paragraph(glue(f"Первый список: {data.titles[0]}; школ в нём: {data.listed[0]}."), indent=False),
        paragraph(glue(f"Второй список: {data.titles[1]}; школ в нём: {data.listed[1]}."), indent=False),
    ]
    for kind, title in HEADINGS:
        found = [(school, why) for key, school, why in data.rows if key == kind]
        if found:
            blocks += [Heading(f"{title}: {len(found)}"), _table(title.partition(":")[0], found)]
    if len(blocks) == 2:
        blocks.append(paragraph("Ни в одном из двух списков школ нет.", indent=False))
    return Document(
        title=(KIND, glue(data.municipality)) if data.municipality else (KIND,),
        meta=Meta(data.municipality or "Опора", data.computed_at, KIND),
        blocks=tuple(blocks),
        provenance=f"Опора · вычислено {ru_moment(data.computed_at)}",
    )


def _table(name: str, found: Sequence[tuple[str, str]]) -> Table:
    rows = tuple(Row((number, glue(school), why)) for number, (school, why) in enumerate(found, start=1))
    columns = (Column("№", 8, "right"), Column("Школа", 52), Column("Почему", 120))
    return Table(name=name, columns=columns, groups=(Group(rows),))
