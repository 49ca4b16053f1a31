"""Papers about one event: its programme, the letter to a school, the list of those who came, the report.

Sources: 004, annex «муниципальные сетевые площадки», §1.3-1.5 (who takes part is counted by school and category,
connections apart from people); domain, §9.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.reports.cells import lines_cell
from app.reports.document import (
    Block,
    Column,
    Document,
    Fraction,
    Group,
    Heading,
    Lines,
    Note,
    Row,
    Table,
    Value,
    paragraph,
)
from app.reports.work_head import WorkHead, document, facts
from app.texts import NBSP, capital, count, glue


@dataclass(frozen=True, slots=True)
class EventFacts:
    """One event in words.

    Attributes:
        word: form in the nominative: «семинар»; ``genitive`` «семинара», ``accusative`` «семинар».
        title: its name in «»; "" where it has none.
        when: «18 ноября 2026 года, 10:00–13:00».
        state: word of how it stands.
    """

    word: str
    genitive: str
    accusative: str
    title: str
    when: str = ""
    where: str = ""
    link: str = ""
    activity: str = ""
    body: str = ""
    platform: str = ""
    topic: str = ""
    subject: str = ""
    deficit: str = ""
    methodist: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True)
class ProgrammeLine:
    """A line of the programme; ``time`` is «10:00–10:30»."""

    time: str
    topic: str
    speaker: str
    school: str


@dataclass(frozen=True, slots=True)
class GuestLine:
    """A line of the list of names; ``came`` is a word, "" where nobody has said; ``here``: took part."""

    name: str
    school: str
    post: str
    came: str = ""
    certificate: str = ""
    here: bool = False


@dataclass(frozen=True, slots=True)
class PeopleLine:
    """Who came from a school; None where nobody has said. ``by``: number of each category, in the paper's order."""

    school: str
    invited: int | None
    by: tuple[int | None, ...]
    people: int | None
    connections: int | None


@dataclass(frozen=True, slots=True)
class AnswerPart:
    """How a question was answered: by how many of how many, answers as (text, number, « (77,3 %)»)."""

    title: str
    answered: int
    handed_in: int
    answers: tuple[tuple[str, int, str], ...]
    few: bool = False


@dataclass(frozen=True, slots=True)
class FeedbackPart:
    """A questionnaire of an event: its name, «Сдано 24 из 30», its questions; ``note``: what is left out."""

    title: str
    told: str
    questions: tuple[AnswerPart, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class EventReport:
    """What the report of an event says.

    Attributes:
        told: sentences on who came.
        categories: headings of the columns by category.
        guests_told: «В списке 18 человек, были 16» instead of the names, which stay inside.
        materials: names of files and links.
    """

    facts: EventFacts
    programme: tuple[ProgrammeLine, ...]
    told: str
    categories: tuple[str, ...]
    people: tuple[PeopleLine, ...]
    totals: PeopleLine | None
    guests_told: str = ""
    feedback: tuple[FeedbackPart, ...] = ()
    result: str = ""
    materials: tuple[str, ...] = ()


def _over(event: EventFacts) -> list[Block]:
    return facts(
        ("Когда", event.when or "день пока не назначен"), ("Где", event.where), ("Ссылка", event.link),
        ("О чём", event.topic), ("Предмет", event.subject), ("Объединение", event.body),
        ("Сетевая площадка", event.platform), ("Кто проводит", event.methodist),
    )  # fmt: skip


def programme(head: WorkHead, event: EventFacts, lines: tuple[ProgrammeLine, ...]) -> Document:
    """Return the programme of an event: when and where, then what follows what."""
    blocks = [*_over(event), _programme(lines)]
    named = f"Программа {event.genitive} {event.title}".strip()
    return document(head, "Программа события", (head.whose, f"Программа {event.genitive}", event.title), blocks,
                    signed=True, name=named)  # fmt: skip


def _programme(lines: tuple[ProgrammeLine, ...]) -> Table:
    rows = tuple(
        Row((line.time or None, glue(line.topic) or None, lines_cell(line.speaker, line.school))) for line in lines
    )
    return Table(
        name="Программа",
        columns=(Column("Время", 30), Column("Что", 88), Column("Кто ведёт", 62)),
        groups=(Group(rows),), empty="Программа пока не вписана.",
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Invited:
    """Whom a letter invites: the school, its head («Директору И. И. Иванову»), how many of whom («учителя — 3»)."""

    school: str
    head: str = ""
    whom: tuple[str, ...] = ()


def invitation(head: WorkHead, event: EventFacts, invited: Invited, lines: tuple[ProgrammeLine, ...]) -> Document:
    """Return the letter that invites a school to an event."""
    to = Lines(tuple(glue(part) for part in (invited.head, invited.school) if part))
    address = facts(("Кому", ", ".join(to.lines)))
    named = f"{event.accusative} {event.title}".strip()
    blocks: list[Block] = [*address, paragraph(glue(f"Приглашаем педагогов вашей школы на {named}."))]
    blocks += facts(("Когда", event.when or "день сообщим дополнительно"), ("Где", event.where),
                    ("Ссылка", event.link), ("О чём", event.topic), ("Кто проводит", event.methodist),
                    ("Кого ждём", ", ".join(invited.whom)))  # fmt: skip
    if lines:
        blocks += [Heading("Программа", 2), _programme(lines)]
    return document(head, "Приглашение", (head.whose, "Приглашение"), blocks, signed=True,
                    name=f"Приглашение на {named}")  # fmt: skip


# --- the list ----------------------------------------------------------------------------------------------------

_EMPTY = "\n "
"""Two lines: a row that is filled in by hand is high enough for a pen."""


def attendance(
    head: WorkHead, event: EventFacts, lines: tuple[GuestLine, ...], *, filled: bool, blank: int = 0
) -> Document:
    """Return the list of those who came.

    Args:
        head: whose paper.
        event: the event.
        lines: names that are known.
        filled: who came is told; else a column waits for signatures.
        blank: rows to be filled in by hand after them.
    """
    last = (Column("Присутствие", 30), Column("Сертификат", 27)) if filled else (Column("Подпись", 36),)
    names, schools, posts = (48, 42, 40) if filled else (52, 36, 46)
    columns = (Column("№", 10, "right"), Column("Фамилия, имя, отчество", names), Column("Школа", schools),
               Column("Должность", posts), *last)  # fmt: skip
    rows = []
    for number, line in enumerate(lines, start=1):
        end = (line.came or None, line.certificate or None) if filled else (_EMPTY,)
        rows.append(Row((number, glue(line.name), glue(line.school) or None, glue(line.post) or None, *end)))
    empty = ("",) * (len(columns) - 2)
    rows += [Row((number, *empty, _EMPTY)) for number in range(len(lines) + 1, len(lines) + blank + 1)]
    present = sum(line.here for line in lines)
    blocks: list[Block] = [
        *facts(("Когда", event.when), ("Где", event.where), ("Кто проводит", event.methodist)),
        Table(name="Участники", columns=columns, groups=(Group(tuple(rows)),), empty="В списке пока никого нет."),
    ]
    if filled and lines:
        told = f"В списке {count(len(lines), 'человек', 'человека', 'человек')}, участвовали: {present}."
        blocks.append(paragraph(glue(told), justified=False, indent=False))
    title = (f"Лист регистрации участников {event.genitive}", event.title)
    return document(head, "Лист регистрации", title, blocks, signed=filled)


# --- the report --------------------------------------------------------------------------------------------------


def report(head: WorkHead, data: EventReport) -> Document:
    """Return the report of an event: what it was, who came, how it was judged, what it came to. No names of guests."""
    event = data.facts
    blocks: list[Block] = [
        *facts(("Форма", event.word), ("Когда", event.when or "день не вписан"), ("Состояние", event.state),
               ("Где", event.where), ("Ссылка", event.link), ("О чём", event.topic), ("Предмет", event.subject),
               ("Дефицит", event.deficit), ("Мероприятие программы", event.activity), ("Объединение", event.body),
               ("Сетевая площадка", event.platform), ("Кто проводит", event.methodist)),
        Heading("Участники"), paragraph(glue(data.told)),
    ]  # fmt: skip
    if data.people:
        blocks.append(_people(data))
    if data.guests_told:
        blocks.append(Note(glue(data.guests_told)))
    if data.result:
        blocks += [Heading("Чем кончилось"), paragraph(glue(data.result))]
    if data.feedback:
        blocks += _feedback(data.feedback)
    if data.programme:
        blocks += [Heading("Программа"), _programme(data.programme)]
    if data.materials:
        blocks += [Heading("Материалы"), paragraph(glue("; ".join(data.materials)), justified=False)]
    return document(head, "Справка о событии", (f"Справка о проведении {event.genitive}", event.title), blocks,
                    signed=True, landscape=len(data.categories) > _MANY)  # fmt: skip


_MANY = 4
"""So many categories fit into an upright page; with more the paper lies."""


def _people(data: EventReport) -> Table:
    def cells(line: PeopleLine) -> tuple[Value, ...]:
        return (glue(line.school), line.invited, line.people, *line.by, line.connections)

    rows = [Row(cells(line)) for line in data.people]
    if data.totals is not None and len(rows) > 1:
        rows.append(Row(cells(data.totals), total="all"))
    over = "Из них" if len(data.categories) > 1 else ""
    return Table(
        name="Участники по школам",
        columns=(
            Column("Школа", 56), Column("Звали", 17, "right"), Column("Пришли", 19, "right"),
            *(Column(capital(word), 31, "right", over=over) for word in data.categories),
            Column("Подключений", 29, "right"),
        ),
        groups=(Group(tuple(rows)),),
    )  # fmt: skip


def _feedback(parts: tuple[FeedbackPart, ...]) -> list[Block]:
    blocks: list[Block] = [Heading("Отзывы")]
    for number, part in enumerate(parts, start=1):
        told = glue(f"{part.title}. {part.told}.")
        if part.questions:
            blocks.append(_answers("Отзывы" if len(parts) == 1 else f"Отзывы, лист {number}", told, part.questions))
        else:
            blocks.append(paragraph(told, justified=False, indent=False))
        if part.note:
            blocks.append(Note(glue(part.note)))
    return blocks


def _answers(name: str, told: str, questions: tuple[AnswerPart, ...]) -> Table:
    def how(one: AnswerPart) -> str:
        given = "; ".join(f"{text}{NBSP}—{NBSP}{number}{share}" for text, number, share in one.answers if number)
        return given or "никто не ответил"

    rows = tuple(
        Row((glue(one.title), Fraction(one.answered, one.handed_in), f"{how(one)}{', мало ответов' * one.few}"))
        for one in questions
    )
    return Table(
        name=name,
        columns=(
            Column("Вопрос", 78), Column("Ответили", 24, sheet_titles=("Ответили", "Сдано анкет")),
            Column("Как ответили", 78),
        ),
        groups=(Group(rows),), caption=told,
    )  # fmt: skip


NO_ANSWERS = f"Отзывов пока нет{NBSP}— это не значит, что событие не понравилось."
"""Said where a sheet is there and nobody has entered it."""
