"""«Протокол экспертной оценки»: who sat, how experts answered each item, what was agreed and why, the decision."""

from __future__ import annotations

from dataclasses import dataclass

from app.reports.document import (
    BLANK_DATE,
    Block,
    Column,
    Document,
    Executor,
    Fact,
    Facts,
    Fraction,
    Group,
    Heading,
    Lines,
    Mark,
    Marked,
    Meta,
    Note,
    Row,
    SignatureBlock,
    Table,
    Value,
    paragraph,
)
from app.texts import NBSP, glue, ru_date, ru_moment

BLANK = "_" * 20
HAND = "_" * 76
DISPUTED = "*"
MARKS = (Mark(DISPUTED, "мнения разошлись", "Мнения экспертов разошлись; почему принят этот ответ, сказано рядом."),)


@dataclass(frozen=True, slots=True)
class ProtocolPerson:
    """One who sat: name, post, role in the group with its word."""

    name: str
    post: str = ""
    role: str = "member"
    role_word: str = ""


@dataclass(frozen=True, slots=True)
class VoteLine:
    """One item: answers with who gave them, what was agreed and why, what the subject says of itself.

    Attributes:
        votes: (answer, experts by their numbers).
        silent: numbers of the experts without an answer.
    """

    number: str
    text: str
    votes: tuple[tuple[str, tuple[int, ...]], ...]
    silent: tuple[int, ...] = ()
    agreed: str = ""
    points: tuple[int, int] | None = None
    reason: str = ""
    own: str = ""
    disputed: bool = False


@dataclass(frozen=True, slots=True)
class ResultLine:
    """Points and level of one: an expert, the group, the subject itself."""

    name: str
    points: tuple[int, int] | None
    level: str = ""
    answered: tuple[int, int] = (0, 0)
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ProtocolData:
    """Everything the protocol says."""

    form_title: str
    short: str
    version: str
    year: str
    subject: str
    subject_word: str
    municipality: str
    computed_at: str
    results: tuple[ResultLine, ...]
    items: tuple[VoteLine, ...]
    experts: tuple[str, ...] = ()
    body: str = ""
    number: str = ""
    dated: str | None = None
    place: str = ""
    members: tuple[ProtocolPerson, ...] = ()
    decision: str = ""
    opinion: str = ""
    notes: tuple[str, ...] = ()
    organisation: str = ""
    executor: str = ""


def form_protocol(data: ProtocolData) -> Document:
    """Return the protocol of a group assessment; what is not known yet is a line to fill in."""
    dated = ru_date(data.dated) if data.dated else BLANK_DATE
    facts = (
        Fact("Дата и номер", glue(f"{dated} № {data.number or '_____'}")),
        Fact("Место", glue(data.place) or BLANK),
        Fact(data.subject_word, glue(data.subject), bold=True),
        Fact("Форма", glue(f"{data.form_title}, {data.year} учебный год")),
    )
    blocks: list[Block] = [Facts((facts,)), *_people(data), *_results(data), *_votes(data)]
    blocks += [Heading("Решили"), *_text(data.decision)]
    if data.opinion:
        blocks += [Heading("Особое мнение"), *_text(data.opinion)]
    blocks += [
        SignatureBlock("Председатель", _name(data, "chair"), place="chair"),
        SignatureBlock("Секретарь", _name(data, "secretary"), place="secretary"),
    ]
    blocks += [Note(glue(f"Примечание {number}. {note}")) for number, note in enumerate(data.notes, 1)]
    if data.executor:
        blocks.append(Executor(glue(data.executor)))
    parts = ["Опора", f"вычислено {ru_moment(data.computed_at)}", glue(f"форма «{data.short}», версия {data.version}")]
    return Document(
        title=("Протокол экспертной оценки", *((glue(data.body),) if data.body else ())),
        meta=Meta(data.organisation or data.municipality, data.computed_at, "Протокол"),
        blocks=tuple(blocks),
        provenance=" · ".join(parts),
        draft=not (data.number and data.dated),
    )


def _people(data: ProtocolData) -> list[Block]:
    shown = data.members or tuple(ProtocolPerson("") for _line in range(4))
    columns = (Column("№", 8, "right"), Column("Имя", 62), Column("Должность", 66), Column("Кто в группе", 44))
    rows = tuple(
        Row((place, glue(one.name) or BLANK, glue(one.post) or (None if one.name else ""),
             one.role_word or (None if one.name else "")))
        for place, one in enumerate(shown, 1)
    )  # fmt: skip
    return [Heading("Присутствовали"), Table("Присутствовали", columns, (Group(rows),))]


def _results(data: ProtocolData) -> list[Block]:
    scored = any(one.points is not None or one.level for one in data.results)
    columns = (
        Column("Кто оценивал", 66),
        Column("Заполнено", 28, "right", sheet_titles=("Заполнено", "Вопросов")),
        *((Column("Баллов из возможных", 36, "right", sheet_titles=("Баллов", "Из возможных")),
           Column("Уровень", 50)) if scored else ()),
    )  # fmt: skip

    def row(one: ResultLine) -> Row:
        tail: tuple[Value, ...] = ()
        if scored:
            tail = (Fraction(*one.points) if one.points is not None else None, one.level or None)
        return Row((glue(one.name), Fraction(*one.answered), *tail))

    made: list[Block] = [Heading("Оценки"), Table("Оценки", columns, (Group(tuple(map(row, data.results))),))]
    for one in data.results:
        if one.reason:
            said = f"{one.name}: уровень назван экспертами. Причина: {one.reason.rstrip('.')}."
            made.append(paragraph(glue(said), indent=False))
    if data.experts:
        names = "; ".join(f"{place}{NBSP}— {glue(name)}" for place, name in enumerate(data.experts, 1))
        made.append(Note(f"Номера экспертов в таблице голосов: {names.rstrip('.')}."))
    return made


def _votes(data: ProtocolData) -> list[Block]:
    own = any(one.own for one in data.items)
    columns = (
        Column("№", 11), Column("Показатель", 58), Column("Кто как ответил", 42), Column("Согласовано", 34),
        *((Column("Само\u00adоценка", 28),) if own else ()),
    )  # fmt: skip

    def row(one: VoteLine) -> Row:
        votes = [f"{text}: {', '.join(map(str, who))}" for text, who in one.votes]
        votes += [f"нет ответа: {', '.join(map(str, one.silent))}"] if one.silent else []
        agreed: Value = _agreed(one)
        tail = (glue(one.own) or None,) if own else ()
        return Row(
            (one.number, glue(" ".join(one.text.split())), Lines(tuple(map(glue, votes))) or None, agreed, *tail)
        )

    rows = tuple(row(one) for one in data.items)
    return [Heading("Голоса по пунктам"), Table("Голоса по пунктам", columns, (Group(rows),), MARKS)]


def _agreed(one: VoteLine) -> Value:
    if not one.agreed:
        return None
    points = f", {one.points[0]}{NBSP}из{NBSP}{one.points[1]}" if one.points is not None else ""
    first = glue(f"{one.agreed}{points}")
    lines = Lines((first, glue(f"Причина: {one.reason}"))) if one.reason else first
    return Marked(lines, (DISPUTED,)) if one.disputed else lines


def _text(text: str) -> list[Block]:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if not lines:
        return [paragraph(HAND, indent=False, justified=False) for _line in range(3)]
    return [paragraph(glue(line)) for line in lines]


def _name(data: ProtocolData, role: str) -> str:
    from app.reports.protocol import short_name

    return next((glue(short_name(one.name)) for one in data.members if one.role == role), "")
