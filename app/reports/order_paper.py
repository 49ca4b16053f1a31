"""An order as a paper: whose it is, date and number, heading, preamble, points, signature, annexes (ГОСТ Р 7.0.97)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.reports.document import (
    BLANK_DATE,
    Annex,
    Block,
    Column,
    Document,
    Executor,
    Group,
    Meta,
    PageBreak,
    Paragraph,
    Row,
    Run,
    SignatureBlock,
    Table,
    Turn,
    paragraph,
)
from app.reports.profile import profile_for
from app.texts import NBSP, glue, ru_date


@dataclass(frozen=True, slots=True)
class AnnexPart:
    """An annex: its number (0: the only one), title, blocks, whether its page lies."""

    number: int
    title: str
    blocks: tuple[Block, ...]
    landscape: bool = False


@dataclass(frozen=True, slots=True)
class OrderData:
    """What an order says.

    Attributes:
        organisation: who issues it, nominative and genitive.
        name: «приказ», and the dative for annexes.
        resolves: «ПРИКАЗЫВАЮ:»; empty: the preamble ends in a colon.
        number, dated: empty while it is a draft.
        place: where it is issued; empty: not said.
        about: heading of the text.
        points: (number, text).
        signer: post and name.
        acquainted: names for the sheet of acquaintance; none: no sheet.
        day: the paper is made on, ISO.
    """

    organisation: tuple[str, str]
    name: tuple[str, str]
    resolves: str
    number: str
    dated: str
    place: str
    about: str
    preamble: str
    points: tuple[tuple[str, str], ...]
    signer: tuple[str, str]
    executor: str
    annexes: tuple[AnnexPart, ...]
    acquainted: tuple[str, ...]
    day: str
    long_storage: bool = False


def order(data: OrderData) -> Document:
    """Return an order; a draft has blanks for date and number and says «ПРОЕКТ»."""
    signed = bool(data.number and data.dated)
    blocks: list[Block] = [
        paragraph(_requisites(data), justified=False, indent=False),
        *([paragraph(glue(data.place), justified=False, indent=False)] if data.place else []),
        Paragraph((Run(glue(data.about), bold=True),), justified=False, indent=False),
        *_text(data),
        SignatureBlock(glue(data.signer[0]), glue(data.signer[1]), place="signer1"),
    ]
    if data.executor:
        blocks.append(Executor(glue(data.executor)))
    blocks += _acquainted(data)
    blocks += _annexes(data)
    title = tuple(line for line in (glue(data.organisation[0]), data.name[0].upper()) if line)
    return Document(
        title=title, meta=Meta(data.organisation[0] or data.name[0], data.dated or data.day, data.name[0].capitalize()),
        blocks=tuple(blocks), draft=not signed, profile=profile_for(data.dated or data.day),
        long_storage=data.long_storage, name=glue(named(data.name[0], data.about)),
    )  # fmt: skip


def named(act: str, about: str) -> str:
    """Return what an order is called: «Приказ об утверждении списка школ»."""
    return f"{act.capitalize()} {about[:1].lower()}{about[1:]}"


def _requisites(data: OrderData) -> str:
    dated = ru_date(data.dated) if data.dated else BLANK_DATE
    return f"{dated}{NBSP * 8}№{NBSP}{data.number or '_________'}"


def _text(data: OrderData) -> list[Block]:
    preamble = glue(data.preamble.rstrip(" .:;,"))
    if data.resolves:
        made: list[Block] = [paragraph(f"{preamble}"), Paragraph((Run(data.resolves, bold=True),), indent=False)]
    else:
        made = [paragraph(f"{preamble}:")]
    for number, text in data.points:
        # a point of several lines keeps them: «1. Утвердить:» and what follows
        first, *more = (line.strip() for line in text.splitlines() if line.strip())
        made.append(paragraph(glue(f"{number}.{NBSP}{first}")))
        made += [paragraph(glue(line)) for line in more]
    return made


def _acquainted(data: OrderData) -> list[Block]:
    if not data.acquainted:
        return []
    columns = (Column("№", 8, "right"), Column("Фамилия, инициалы", 80), Column("Подпись", 46), Column("Дата", 46))
    rows = tuple(Row((number, glue(name), "", "")) for number, name in enumerate(data.acquainted, start=1))
    word = f"С {_instrumental(data.name[0])} ознакомлены:"
    return [PageBreak(), paragraph(word, indent=False), Table("Ознакомлены", columns, (Group(rows),))]


def _instrumental(name: str) -> str:
    return f"{name[:-1]}ем" if name.endswith("е") else f"{name}ом"


def _annexes(data: OrderData) -> list[Block]:
    made: list[Block] = []
    lies = False
    for part in data.annexes:
        if part.landscape != lies:
            made.append(Turn(part.landscape))
        made += [Annex(part.number, annexed_to(data), glue(part.title)), *part.blocks]
        lies = _lies_after(part.blocks, part.landscape)
    return made


def annexed_to(data: OrderData) -> str:
    """Return «к приказу управления образования … от 28.11.2026 № 214», with blanks while it is a draft."""
    dated = ru_date(data.dated) if data.dated else BLANK_DATE
    by = f" {data.organisation[1]}" if data.organisation[1] else ""
    return glue(f"к{NBSP}{data.name[1]}{by} от{NBSP}{dated} №{NBSP}{data.number or '_____'}")


def _lies_after(blocks: Sequence[Block], landscape: bool) -> bool:
    turns: Iterable[Turn] = (block for block in blocks if isinstance(block, Turn))
    for turn in turns:
        landscape = turn.landscape
    return landscape
