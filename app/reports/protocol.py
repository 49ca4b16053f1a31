"""«Протокол заседания»: who met about a list, how they voted, what they decided (domain §3.4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.reports.agreement import BLANK, ListHead
from app.reports.document import Block, Column, Document, Group, Heading, Row, SignatureBlock, Table, paragraph
from app.texts import NBSP, glue, ru_date

LONG_BLANK = "_" * 70
LONG_DATE_BLANK = f"«___»{NBSP}__________{NBSP}20__{NBSP}г."


@dataclass(frozen=True, slots=True)
class MemberLine:
    """A participant: name, post, role («chair», «secretary», …) and vote («for», «absent», …), each with its word."""

    name: str
    post: str = ""
    role: str = "member"
    role_word: str = ""
    vote: str | None = None
    vote_word: str = ""


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """A correction of the list: school, «включена» or «исключена», reason."""

    school: str
    words: str
    reason: str


@dataclass(frozen=True, slots=True)
class ProtocolData:
    """Everything the protocol says; ``votes`` are for, against, abstained, None where nobody has voted yet.

    Attributes:
        listed: names of the schools of the list with their grounds.
        activities: how many activities the road map has.
    """

    head: ListHead
    body: str = ""
    number: str = ""
    dated: str | None = None
    place: str = ""
    members: tuple[MemberLine, ...] = ()
    votes: tuple[int, int, int] | None = None
    decision: str = ""
    opinion: str = ""
    changes: tuple[ChangeLine, ...] = ()
    listed: tuple[tuple[str, str], ...] = ()
    activities: int = 0


def protocol(data: ProtocolData) -> Document:
    """Return «Протокол заседания»."""
    head = data.head
    dated = ru_date(data.dated) if data.dated else LONG_DATE_BLANK
    where = f"Место: {data.place or BLANK}"
    blocks: list[Block] = [
        paragraph(glue(f"{dated} № {data.number or '_____'}. {where}"), indent=False),
        *_people(data.members),
        Heading("Повестка дня"),
        paragraph(glue(f"1. Список {head.label} в {head.year} году."), indent=False),
        paragraph("2. План мероприятий («дорожная карта») на учебный год.", indent=False),
        Heading("О чём шла речь"),
        paragraph(glue(_computed(data))),
        *_changes(data.changes),
        Heading("Голосовали"),
        paragraph(_votes(data.votes), indent=False),
        Heading("Решили"),
        *_text(data.decision),
        *_listed(data.listed),
    ]
    if data.opinion:
        blocks += [Heading("Особое мнение"), *_text(data.opinion)]
    blocks += [
        SignatureBlock("Председатель", _name(data.members, "chair"), place="chair"),
        SignatureBlock("Секретарь", _name(data.members, "secretary"), place="secretary"),
    ]
    title = ("Протокол заседания", glue(data.body)) if data.body else ("Протокол заседания",)
    return Document(
        title=title, meta=head.meta("Протокол"), blocks=tuple(blocks + head.tail()), provenance=head.provenance,
        draft=not (data.number and data.dated),
    )  # fmt: skip


def _people(members: Sequence[MemberLine]) -> list[Block]:
    present = [item for item in members if item.vote != "absent"]
    absent = [item for item in members if item.vote == "absent"]
    shown = present or [MemberLine("") for _line in range(5)]
    table = Table(
        name="Присутствовали",
        columns=(Column("№", 8, "right"), Column("Имя", 56), Column("Должность", 60), Column("Кто в группе", 34),
                 Column("Голос", 22)),
        groups=(Group(tuple(_member(number, item) for number, item in enumerate(shown, start=1))),),
    )  # fmt: skip
    blocks: list[Block] = [Heading("Присутствовали"), table]
    if absent:
        names = "; ".join(glue(item.name) for item in absent)
        blocks.append(paragraph(f"Отсутствовали: {names}.", indent=False))
    return blocks


def _member(number: int, item: MemberLine) -> Row:
    unsaid = None if item.name else ""
    vote = item.vote_word or ("________" if item.role != "invited" else None)
    return Row((number, glue(item.name) or BLANK, glue(item.post) or unsaid, item.role_word or unsaid, vote))


def _computed(data: ProtocolData) -> str:
    head = data.head
    parts = [f"По правилу «{head.rule_title}» и поправкам в список входит школ: {head.listed} из {head.schools}."]
    if not data.changes:
        parts = [f"По правилу «{head.rule_title}» в список входит школ: {head.listed} из {head.schools}. Поправок нет."]
    parts.append(f"В дорожной карте мероприятий: {data.activities}.")
    return " ".join(parts)


def _changes(changes: Sequence[ChangeLine]) -> list[Block]:
    if not changes:
        return []
    rows = tuple(
        Row((number, glue(item.school), item.words, glue(item.reason))) for number, item in enumerate(changes, start=1)
    )
    columns = (Column("№", 8, "right"), Column("Школа", 50), Column("Поправка", 36), Column("Причина", 86))
    return [Table(name="Поправки", columns=columns, groups=(Group(rows),))]


def _votes(votes: tuple[int, int, int] | None) -> str:
    shown = votes or ("____", "____", "____")
    return f"За{NBSP}— {shown[0]}, против{NBSP}— {shown[1]}, воздержались{NBSP}— {shown[2]}."


def _text(text: str) -> list[Block]:
    """Return paragraphs of a text, three lines to fill in where there is none."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if not lines:
        return [paragraph(LONG_BLANK, indent=False, justified=False) for _line in range(3)]
    return [paragraph(glue(line)) for line in lines]


def _listed(schools: Sequence[tuple[str, str]]) -> list[Block]:
    if not schools:
        return []
    rows = tuple(
        Row((number, glue(name), glue(grounds) or None)) for number, (name, grounds) in enumerate(schools, start=1)
    )
    columns = (Column("№", 8, "right"), Column("Школа", 72), Column("Основание", 100))
    return [Heading("Школы списка"), Table(name="Школы списка", columns=columns, groups=(Group(rows),))]


def _name(members: Sequence[MemberLine], role: str) -> str:
    return next((glue(short_name(item.name)) for item in members if item.role == role), "")


def short_name(name: str) -> str:
    """Return «Н. А. Ветрова» of «Ветрова Надежда Александровна»; any other form of a name stays as it is."""
    words = name.split()
    if len(words) != 3 or any("." in word for word in words):
        return name
    family, first, second = words
    return f"{first[0]}. {second[0]}. {family}"
