"""The register of outgoing papers as a paper: numbers, dates, addressees, how far each is on its way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.reports.document import Block, Column, Day, Document, Executor, Group, Lines, Meta, Note, Row, Table, Value
from app.reports.document import paragraph as text_of
from app.texts import count, glue, ru_moment


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """One line; days are ISO texts.

    Attributes:
        number: our running number.
        out_number, dated: of the letter.
        way: what happened to it, a line each.
    """

    number: int
    title: str
    out_number: str
    dated: str | None
    registered: str
    addressee: str
    signers: str
    state: str
    way: tuple[str, ...]
    sha256: str


@dataclass(frozen=True, slots=True)
class RegisterData:
    """What the paper needs: whose it is, of what time, its lines in their order, when it was made."""

    municipality: str
    organisation: str
    executor: str
    period: str
    lines: Sequence[RegisterLine]
    made_at: str


def register(data: RegisterData) -> Document:
    """Return the register of a period, lying on the long side."""
    table = Table(
        name="Журнал исходящих",
        columns=(
            Column("№", 9, "right"), Column("Исходящий номер", 26), Column("Дата", 25), Column("Документ", 60),
            Column("Кому", 36), Column("Кто подписал", 33), Column("Состояние", 30), Column("Что было дальше", 48),
            Column("Контрольная сумма", 29),
        ),
        groups=(Group(tuple(_row(line) for line in data.lines)),),
        empty="За это время документов нет.",
    )  # fmt: skip
    told = count(len(data.lines), "документ", "документа", "документов")
    blocks: list[Block] = [
        text_of(glue(f"Записано за это время: {told}."), justified=False, indent=False), table,
        Note(glue("Дата — исходящего письма, а где её нет, день записи в журнал. Контрольная сумма — первые 12 знаков"
                  " SHA-256: по полной сумме журнал узнаёт файл и замечает любое его изменение.")),
    ]  # fmt: skip
    if data.executor:
        blocks.append(Executor(glue(data.executor)))
    return Document(
        title=("Журнал исходящих документов", glue(data.period)),
        meta=Meta(data.organisation or data.municipality, data.made_at, "Журнал исходящих"),
        blocks=tuple(blocks), provenance=f"Опора · напечатано {ru_moment(data.made_at)}", landscape=True,
    )  # fmt: skip


def _row(line: RegisterLine) -> Row:
    day: Value = Day(line.dated or line.registered)
    return Row((
        line.number, line.out_number or None, day, glue(line.title), glue(line.addressee) or None,
        glue(line.signers) or None, line.state, Lines(tuple(glue(way) for way in line.way)) if line.way else None,
        line.sha256[:12],
    ))  # fmt: skip
