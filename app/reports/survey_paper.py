"""The paper about a questionnaire: how the answers are spread, question by question, with a chart and a table each."""

from __future__ import annotations

from dataclasses import dataclass

from app.reports.charts import BarChart, Point, Series
from app.reports.document import (
    Block,
    ChartBlock,
    Column,
    Document,
    Executor,
    Fact,
    Facts,
    Group,
    Heading,
    Lines,
    Meta,
    Note,
    Row,
    Share,
    Table,
    Value,
    paragraph,
)
from app.texts import glue, ru_date, ru_moment

NO_SHARE = "—"


@dataclass(frozen=True, slots=True)
class SurveyHead:
    """What stands over the paper."""

    municipality: str
    computed_at: str
    title: str
    form: str
    source: str
    facts: tuple[tuple[str, str], ...]
    organisation: str = ""
    executor: str = ""


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """One answer: its number and of what its share is taken; ``of`` None where it has no share."""

    text: str
    number: int
    of: int | None = None


@dataclass(frozen=True, slots=True)
class QuestionPart:
    """One question.

    Attributes:
        told: «Ответили 20, не ответили 3, затруднились 2».
        lines: answers in the order of the scale; those that stand apart last.
        others: texts beside «другое» and open answers: (text, how many).
        unsaid: why there are no texts.
        faults: what does not fit, in words.
    """

    title: str
    told: str
    lines: tuple[AnswerLine, ...] = ()
    others: tuple[tuple[str, int], ...] = ()
    others_title: str = ""
    unsaid: str = ""
    small: bool = False
    faults: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SheetPart:
    """One sheet among several."""

    shown: str
    held_on: str | None
    handed_in: int | None
    given_out: int | None


def question_chart(part: QuestionPart, title: str = "") -> BarChart | None:
    """Return bars of the shares of a question; None where it has none. Numbers stand beside the bars."""
    shares = [line for line in part.lines if line.of]
    if not shares:
        return None
    points = tuple(
        Point(line.text, line.number * 100 / (line.of or 1), told=f"{line.number} из {line.of}", small=part.small)
        for line in shares
    )
    note = "Мало ответов: один человек заметно меняет долю." if part.small else ""
    return BarChart(title or part.title, "%", (Series("Доля ответов", points),), note=note)


def survey_paper(head: SurveyHead, parts: tuple[QuestionPart, ...], sheets: tuple[SheetPart, ...]) -> Document:
    """Return «Результаты анкетирования» of one sheet or of several."""
    blocks: list[Block] = [Facts((tuple(Fact(label, glue(text)) for label, text in head.facts),))]
    if len(sheets) > 1:
        blocks += [Heading("Что вошло"), _sheets(sheets)]
    for number, part in enumerate(parts, start=1):
        blocks += _question(number, part)
    blocks.append(Note(glue(
        f"Анкета: {head.form}. Источник: {head.source}. Анкета анонимна: имена и адреса не спрашиваются и не хранятся. "
        "Доли считаются от ответивших на вопрос; где можно выбрать несколько ответов — от всех сданных анкет."
    )))  # fmt: skip
    if head.executor:
        blocks.append(Executor(glue(head.executor)))
    meta = Meta(head.organisation or head.municipality, head.computed_at, "Результаты анкетирования")
    return Document(
        title=("Результаты анкетирования", glue(head.title)), meta=meta, blocks=tuple(blocks),
        provenance=f"Опора · составлено {ru_moment(head.computed_at)}",
    )  # fmt: skip


def _question(number: int, part: QuestionPart) -> list[Block]:
    blocks: list[Block] = [
        Heading(glue(f"{number}. {part.title}"), 2),
        paragraph(glue(part.told), justified=False, indent=False),
    ]
    chart = question_chart(part, f"Вопрос {number}, доля ответов")
    if chart is not None and len(chart.series[0].points) > 1:
        blocks.append(ChartBlock(chart, 18.0 + 8.0 * len(chart.series[0].points)))
    if part.lines:
        blocks.append(_answers(number, part))
    if part.others:
        blocks.append(_texts(number, part))
    if part.unsaid:
        blocks.append(Note(glue(part.unsaid)))
    blocks += [Note(glue(f"■ Не сходится: {text}")) for text in part.faults]
    return blocks


def _answers(number: int, part: QuestionPart) -> Table:
    def share(line: AnswerLine) -> Value:
        return NO_SHARE if line.of is None else Share(line.number, line.of)

    rows = tuple(Row((glue(line.text), line.number, share(line))) for line in part.lines)
    return Table(
        name=f"Вопрос {number}",
        columns=(Column("Ответ", 110), Column("Сколько", 30, "right"), Column("Доля", 30, "right")),
        groups=(Group(rows),),
    )


def _texts(number: int, part: QuestionPart) -> Table:
    rows = tuple(Row((Lines(tuple(text.splitlines())), times)) for text, times in part.others)
    return Table(
        name=f"Вопрос {number}, тексты",
        columns=(Column(part.others_title, 140), Column("Сколько", 30, "right")),
        groups=(Group(rows),),
    )


def _sheets(sheets: tuple[SheetPart, ...]) -> Table:
    rows = tuple(
        Row((glue(one.shown), None if one.held_on is None else ru_date(one.held_on), one.handed_in, one.given_out))
        for one in sheets
    )
    return Table(
        name="Листы",
        columns=(Column("Мероприятие, школа", 90), Column("Дата", 30), Column("Сдано анкет", 25, "right"),
                 Column("Роздано", 25, "right")),
        groups=(Group(rows),),
    )  # fmt: skip
