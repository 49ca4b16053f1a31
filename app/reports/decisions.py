"""Papers about decisions: the protocol of a meeting written from its agenda, the control list (004, §1.5).

Takes plain data. What was not filled in is a blank to write in by hand: a protocol is often finished on paper.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

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
    Paragraph,
    Row,
    Run,
    SignatureBlock,
    Table,
    Value,
    paragraph,
)
from app.reports.protocol import LONG_BLANK, LONG_DATE_BLANK, short_name
from app.reports.year_head import YearHead
from app.texts import NBSP, glue, ru_date, ru_moment, school_year

BLANK = "_" * 24


@dataclass(frozen=True, slots=True)
class PointText:
    """A point as the protocol says it."""

    label: str
    text: str
    responsible: str = ""
    school: str = ""
    due_on: str | None = None


@dataclass(frozen=True, slots=True)
class QuestionText:
    """A question of the agenda; ``votes`` are for, against, abstained, None where nobody wrote them down."""

    topic: str
    speaker: str = ""
    heard: str = ""
    votes: tuple[int | None, int | None, int | None] = (None, None, None)
    points: tuple[PointText, ...] = ()


@dataclass(frozen=True, slots=True)
class ProtocolText:
    """Everything the protocol says.

    Attributes:
        present: one a line, «Фамилия Имя Отчество, должность».
        common: points under no question.
    """

    head: YearHead
    body: str
    number: str
    dated: str | None
    place: str
    title: str
    chair: str
    secretary: str
    present: tuple[str, ...]
    questions: tuple[QuestionText, ...]
    common: tuple[PointText, ...]
    ground: str = ""
    data_on: str | None = None
    next_on: str | None = None


@dataclass(frozen=True, slots=True)
class ControlText:
    """A line of the control list."""

    label: str
    text: str
    responsible: str
    school: str
    due_on: str | None
    state: str
    done_on: str | None
    told: str


# --- the protocol ------------------------------------------------------------------------------------------------


def protocol(data: ProtocolText) -> Document:
    """Return the protocol of a meeting: heading, who was there, agenda; heard, decided, voted by question."""
    dated = ru_date(data.dated) if data.dated else LONG_DATE_BLANK
    blocks: list[Block] = [
        paragraph(glue(f"{dated} № {data.number or '_____'}"), indent=False),
        paragraph(glue(f"Место: {data.place or BLANK}"), indent=False),
        *_present(data),
        Heading("Повестка дня"),
        *_agenda(data.questions),
    ]
    for number, item in enumerate(data.questions, start=1):
        blocks += _question(number, item)
    if data.common or not data.questions:
        blocks += [Heading("Решили"), *_points(data.common)]
    if data.next_on:
        blocks.append(paragraph(glue(f"Следующее заседание: {ru_date(data.next_on)}."), indent=False))
    blocks += [
        SignatureBlock("Председатель", glue(short_name(data.chair)), place="chair"),
        SignatureBlock("Секретарь", glue(short_name(data.secretary)), place="secretary"),
    ]
    title = tuple(glue(line) for line in ("Протокол заседания", data.body) if line)
    return Document(
        title=title, meta=_meta(data.head, "Протокол"), blocks=tuple(blocks), provenance=_provenance(data.head),
        draft=not (data.number and data.dated),
    )  # fmt: skip


def _meta(head: YearHead, kind: str) -> Meta:
    return Meta(head.organisation or head.municipality, head.computed_at, kind)


def _provenance(head: YearHead) -> str:
    return f"Опора · напечатано {ru_moment(head.computed_at)}"


def _present(data: ProtocolText) -> list[Block]:
    lines = data.present or ("",) * 5
    rows = tuple(
        Row((number, glue(name) or BLANK, glue(post) or (None if name else "")))
        for number, (name, post) in enumerate((_parted(line) for line in lines), start=1)
    )
    columns = (Column("№", 10, "right"), Column("Фамилия, имя, отчество", 75), Column("Должность", 95))
    said = [
        paragraph(glue(f"Председатель: {data.chair or BLANK}"), indent=False),
        paragraph(glue(f"Секретарь: {data.secretary or BLANK}"), indent=False),
    ]
    return [*said, Heading("Присутствовали"), Table("Присутствовали", columns, (Group(rows),))]


def _parted(line: str) -> tuple[str, str]:
    name, _comma, post = line.partition(",")
    return name.strip(), post.strip()


def _agenda(questions: Sequence[QuestionText]) -> list[Block]:
    if not questions:
        return [paragraph(f"{number}. {LONG_BLANK}", indent=False, justified=False) for number in (1, 2)]
    return [
        paragraph(glue(f"{number}. {_sentence(item.topic) or LONG_BLANK}{_speaks(item.speaker)}"), indent=False)
        for number, item in enumerate(questions, start=1)
    ]


def _speaks(name: str) -> str:
    return f" Докладывает: {_sentence(glue(name))}" if name else ""


def _sentence(text: str) -> str:
    """Return a text with a full stop at its end."""
    told = text.strip()
    return told if not told or told[-1] in ".!?…" else f"{told}."


def _question(number: int, item: QuestionText) -> list[Block]:
    heard = [line.strip() for line in item.heard.splitlines() if line.strip()]
    who = f"{_sentence(glue(item.speaker))} " if item.speaker else ""
    first, *rest = heard or [LONG_BLANK]
    blocks: list[Block] = [
        Heading(glue(f"{number}. {item.topic or 'Вопрос'}"), 2),
        _led("Слушали: ", glue(f"{who}{_sentence(first) if heard else first}")),
        *(paragraph(glue(_sentence(line))) for line in rest),
        _led("Решили:", ""),
        *_points(item.points),
        _led("Голосовали: ", _votes(item.votes)),
    ]
    return blocks


def _led(word: str, text: str) -> Paragraph:
    return Paragraph((Run(word, bold=True), Run(text)), justified=False, indent=False)


def _points(points: Sequence[PointText]) -> list[Block]:
    if not points:
        return [paragraph(LONG_BLANK, indent=False, justified=False) for _line in range(2)]
    return [paragraph(glue(_point(item)), justified=False) for item in points]


def _point(item: PointText) -> str:
    told = f"{item.label}. {_sentence(item.text) or LONG_BLANK}"
    if item.school:
        told += f" Школа: {item.school}."
    if item.responsible:
        # glued by itself: after a name that ends the sentence the next word would be taken for a family name
        told += f" Ответственный: {_sentence(glue(item.responsible))}"
    return f"{told} Срок: до{NBSP}{ru_date(item.due_on)}." if item.due_on else told


def _votes(votes: tuple[int | None, int | None, int | None]) -> str:
    shown = ["____" if one is None else str(one) for one in votes]
    return f"за{NBSP}— {shown[0]}, против{NBSP}— {shown[1]}, воздержались{NBSP}— {shown[2]}."


# --- the control list --------------------------------------------------------------------------------------------


def control_list(
    head: YearHead, groups: Iterable[tuple[str, Sequence[ControlText]]], state: str, *, day: str, note: str = ""
) -> Document:
    """Return the control list: points under their documents, how they stand, room for a mark by hand.

    Args:
        head: whose and of which school year.
        groups: heading of a document and its points.
        state: one sentence on all of them.
        day: ISO date the states are of.
        note: which points are in it.
    """
    table = Table(
        name="Контрольный лист",
        columns=(
            Column("Пункт", 16), Column("Что решено", 74), Column("Ответственный", 38), Column("Срок", 22),
            Column("Состояние", 36), Column("Результат или причина", 46), Column("Отметка", 24),
        ),
        groups=tuple(Group(tuple(_row(item) for item in items), glue(title)) for title, items in groups),
        empty="Пунктов на контроле нет.",
        group_title="Документ",
    )  # fmt: skip
    blocks: list[Block] = [paragraph(glue(state), justified=False, indent=False), table]
    if note:
        blocks.append(Note(glue(note)))
    if head.executor:
        blocks.append(Executor(glue(head.executor)))
    return Document(
        title=("Контрольный лист решений", glue(f"{school_year(head.school_year)} учебный год, на {ru_date(day)}")),
        meta=_meta(head, "Контрольный лист"), blocks=tuple(blocks), provenance=_provenance(head), landscape=True,
    )  # fmt: skip


def _row(item: ControlText) -> Row:
    who = tuple(glue(part) for part in (item.responsible, item.school) if part)
    due: Value = Day(item.due_on) if item.due_on else None
    state = (item.state, ru_date(item.done_on)) if item.done_on else (item.state,)
    return Row((
        item.label, glue(item.text) or None, Lines(who) if who else None, due, Lines(state), glue(item.told) or None,
        "",
    ))  # fmt: skip
