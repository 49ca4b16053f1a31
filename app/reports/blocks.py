"""Papers of the three blocks of monitoring: legal base, sufficiency of activities, speed of decisions (004, §1.5)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.reports.document import (
    Block,
    Column,
    Day,
    Document,
    Executor,
    Fraction,
    Group,
    Heading,
    Lines,
    Meta,
    Note,
    Row,
    Table,
    paragraph,
)
from app.reports.year_head import YearHead
from app.texts import glue, ru_date, ru_moment, school_year


@dataclass(frozen=True, slots=True)
class TopicText:
    """A topic of the legal base: state in a word, documents, where it is asked for."""

    group: str
    title: str
    state: str
    acts: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class ActText:
    """A document of the base."""

    name: str
    title: str
    topic: str
    regulates: str
    ends: str | None
    faults: str = ""


@dataclass(frozen=True, slots=True)
class TaskText:
    """A task: how many of its due activities are done, how many indicators are reached, what is said of it.

    Attributes:
        done: (done, due); ``reached``: (reached, with a light); None where there is none.
    """

    number: str
    text: str
    activities: int
    done: tuple[int, int] | None
    reached: tuple[int, int] | None
    word: str
    why: str
    findings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SpeedText:
    """A document: its dates, days from data to decision, terms given, days to execution."""

    document: str
    data_on: str | None
    dated: str | None
    to_decision: int | None
    given: str
    taken: str
    points: tuple[int, int]


def _document(head: YearHead, title: str, day: str, blocks: list[Block], *, landscape: bool = False) -> Document:
    if head.executor:
        blocks.append(Executor(glue(head.executor)))
    when = glue(f"{school_year(head.school_year)} учебный год, на {ru_date(day)}")
    return Document(
        title=(title, when), meta=Meta(head.organisation or head.municipality, head.computed_at, title),
        blocks=tuple(blocks), provenance=f"Опора · вычислено {ru_moment(head.computed_at)}", landscape=landscape,
    )  # fmt: skip


def legal_base(
    head: YearHead, topics: Sequence[TopicText], acts: Sequence[ActText], state: str, note: str, *, day: str
) -> Document:
    """Return «Правовая база»: topics with what is missing, then every document."""
    blocks: list[Block] = [*legal_blocks(topics, state, note), Heading("Документы"), acts_table(acts)]
    return _document(head, "Правовая база", day, blocks, landscape=True)


def legal_blocks(topics: Sequence[TopicText], state: str, note: str) -> list[Block]:
    """Return the sentence and the table of topics."""
    groups: dict[str, list[Row]] = {}
    for item in topics:
        acts = Lines(tuple(glue(act) for act in item.acts)) if item.acts else None
        groups.setdefault(item.group, []).append(
            Row((glue(item.title), item.state, acts, glue(item.source) or None))
        )  # fmt: skip
    table = Table(
        name="Темы",
        columns=(Column("Тема", 58), Column("Состояние", 34), Column("Документы", 92), Column("Где об этом", 60)),
        groups=tuple(Group(tuple(rows), title) for title, rows in groups.items()),
        empty="Тем нет.",
    )
    return [paragraph(glue(state), justified=False, indent=False), table, Note(glue(note))]


def acts_table(acts: Iterable[ActText]) -> Table:
    """Return every document of the base."""
    rows = tuple(
        Row((
            glue(item.name), glue(item.title) or None, item.topic or None, glue(item.regulates) or None,
            Day(item.ends) if item.ends else None, item.faults or None,
        ))
        for item in acts
    )  # fmt: skip
    columns = (
        Column("Документ", 48), Column("Название", 62), Column("Тема", 36), Column("Что регулирует", 58),
        Column("Действует до", 24), Column("Чего не хватает", 32),
    )  # fmt: skip
    return Table("Документы", columns, (Group(rows),), empty="Документы не внесены.")


def sufficiency(head: YearHead, tasks: Sequence[TaskText], state: str, *, day: str) -> Document:
    """Return «Достаточность мероприятий»: tasks with activities, results, indicators and what is said of them."""
    return _document(head, "Достаточность мероприятий", day, sufficiency_blocks(tasks, state), landscape=True)


SUFFICIENCY_NOTE = (
    "Мероприятий мало — они выполнены, а индикатор отстаёт. Выполнено не всё — сначала нужно исполнение. "
    "Это вывод по числам; решает рабочая группа."
)


def sufficiency_blocks(tasks: Sequence[TaskText], state: str) -> list[Block]:
    """Return the sentence, the table of tasks, and how to read it."""
    rows = tuple(
        Row((
            item.number or None, glue(item.text), item.activities, Fraction(*item.done) if item.done else None,
            Fraction(*item.reached) if item.reached else None, item.word,
            Lines(tuple(glue(text) for text in (item.why, *(f"— {one}" for one in item.findings)))),
        ))
        for item in tasks
    )  # fmt: skip
    columns = (
        Column("№", 10), Column("Задача", 80), Column("Мероприятий", 26, "right"),
        Column("Выполнено", 24, "right", sheet_titles=("Выполнено", "Наступил срок")),
        Column("Индикаторы достигнуты", 28, "right", sheet_titles=("Достигнуто", "Со значением")),
        Column("Вывод", 34), Column("Почему и что поправить", 78),
    )  # fmt: skip
    table = Table("Достаточность", columns, (Group(rows),), empty="В программе нет задач.")
    return [paragraph(glue(state), justified=False, indent=False), table, Note(glue(SUFFICIENCY_NOTE))]


def speed_blocks(lines: Sequence[SpeedText], sentences: Sequence[str]) -> list[Block]:
    """Return what is known of the speed of decisions; printed only where a person asked for it."""
    rows = tuple(
        Row((
            glue(item.document), Day(item.data_on) if item.data_on else None, Day(item.dated) if item.dated else None,
            item.to_decision, item.given or None, item.taken or None, Fraction(*item.points),
        ))
        for item in lines
    )  # fmt: skip
    columns = (
        Column("Документ", 70), Column("Данные от", 26), Column("Решение от", 26),
        Column("Дней до решения", 26, "right"), Column("Дали срок", 34), Column("Исполнили за", 34),
        Column("Выполнено пунктов", 30, "right", sheet_titles=("Выполнено", "Пунктов")),
    )  # fmt: skip
    table = Table("Скорость решений", columns, (Group(rows),), empty="Документов с решениями нет.")
    return [*(paragraph(glue(text), justified=False, indent=False) for text in sentences), table]


def three_blocks(
    head: YearHead, legal: list[Block], enough: list[Block], decisions: list[Block], fast: list[Block] | None, *,
    day: str,
) -> Document:  # fmt: skip
    """Return the three blocks of 004 in one paper.

    Args:
        head: whose and of which school year.
        legal: the first block.
        enough: the second one.
        decisions: how decisions are executed: the third block as everybody may read it.
        fast: the days of the third block; None: not asked for.
        day: ISO date the states are of.
    """
    blocks: list[Block] = [
        Heading(glue("1. Правовая база")), *legal,
        Heading(glue("2. Достаточность мероприятий")), *enough,
        Heading(glue("3. Решения и их исполнение")), *decisions,
    ]  # fmt: skip
    if fast is not None:
        blocks += [Heading("Скорость решений", 2), *fast]
    return _document(head, "Три блока мониторинга", day, blocks, landscape=True)
