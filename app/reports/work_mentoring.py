"""Papers of mentoring: the summary by schools (counts only), the annex of an order, the plan of one pair (002, 004)."""

from __future__ import annotations

from dataclasses import dataclass

from app.reports.cells import cell, day_cell, lines_cell
from app.reports.document import (
    Block,
    Column,
    Document,
    Group,
    Heading,
    Note,
    Row,
    SignatureBlock,
    Table,
    Value,
    paragraph,
)
from app.reports.protocol import short_name
from app.reports.work_head import WorkHead, document, facts
from app.texts import NBSP, glue, ru_date, school_year

YOUNG = "Молодыми считаются педагоги в первые три года работы. «—» значит, что сведений нет."


@dataclass(frozen=True, slots=True)
class SchoolRow:
    """A line of the summary; None where a school says nothing; ``pairs`` and ``meetings`` are counted here."""

    school: str
    young: int | None
    first_year: int | None
    mentored: int | None
    left_school: int | None
    pupil_pairs: int | None
    pairs: int
    meetings: int


@dataclass(frozen=True, slots=True)
class PairRow:
    """A pair in words; a post is "" where the directory says none, ``dates`` ISO."""

    mentor: str
    mentor_post: str
    mentor_school: str
    mentee: str
    mentee_post: str
    school: str
    subject: str
    topic: str
    form: str
    dates: tuple[str | None, str | None]
    act: str


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """A meeting of a pair; days are ISO."""

    planned_on: str | None
    held_on: str | None
    topic: str
    outcome: str


def _year(year: int) -> str:
    return f"{school_year(year)}{NBSP}учебный год"


# --- the summary -------------------------------------------------------------------------------------------------


def summary(
    head: WorkHead, year: int, rows: tuple[SchoolRow, ...], totals: tuple[Value, ...],
    forms: tuple[tuple[str, int], ...], remarks: tuple[str, ...],
) -> Document:  # fmt: skip
    """Return «Молодые педагоги и наставничество»: counts by school and form, nobody named.

    Args:
        head: of the paper.
        year: first calendar year of the school year.
        rows: schools in the file's own order.
        totals: of the columns after the name; None where nobody says.
        forms: (form, pairs).
        remarks: sentences on what does not agree.
    """
    young = "Молодые педагоги"
    columns = (
        Column("Школа", 72), Column("всего", 24, "right", over=young), Column("первый год", 26, "right", over=young),
        Column("с настав\u00adником", 28, "right", over=young), Column("ушли", 22, "right", over=young),
        Column("Наставни\u00adческих пар", 30, "right"), Column("Встреч за год", 26, "right"),
        Column("Пар «ученик\u00a0– ученик»", 32, "right"),
    )  # fmt: skip
    made = [
        Row((glue(row.school), row.young, row.first_year, row.mentored, row.left_school, row.pairs, row.meetings,
             row.pupil_pairs))
        for row in rows
    ]  # fmt: skip
    if made:
        made.append(Row(("Всего", *totals)))
    blocks: list[Block] = [
        Table("Свод по школам", columns, (Group(tuple(made)),), empty="Школ в файле нет."), Note(YOUNG),
    ]  # fmt: skip
    if forms:
        lines = tuple(Row((glue(form), number)) for form, number in forms)
        blocks += [Heading("Формы наставничества"),
                   Table("Формы", (Column("Форма", 130), Column("Пар", 24, "right")), (Group(lines),))]  # fmt: skip
    if remarks:
        blocks.append(Heading("На что обратить внимание"))
        blocks += [paragraph(glue(text), justified=False, indent=False) for text in remarks]
    return document(head, "Наставничество", ("Молодые педагоги и наставничество", _year(year)), blocks, landscape=True)


# --- the annex ---------------------------------------------------------------------------------------------------


def annex(head: WorkHead, year: int, rows: tuple[PairRow, ...]) -> Document:
    """Return the list of pairs that goes with an order; it names people."""
    columns = (
        Column("№", 9, "right"), Column("Наставник", 56), Column("Кому помогает", 56), Column("Школа", 40),
        Column("Предмет", 30), Column("Форма наставничества", 48), Column("Срок", 27),
    )  # fmt: skip
    made = tuple(
        Row((number, lines_cell(row.mentor, row.mentor_post, row.mentor_school),
             lines_cell(row.mentee, row.mentee_post), glue(row.school), cell(row.subject), glue(row.form),
             _term(row.dates)))
        for number, row in enumerate(rows, 1)
    )  # fmt: skip
    table = Table("Пары", columns, (Group(made),), empty="Наставнических пар в этом учебном году нет.")
    return document(head, "Наставники", ("Список наставников и педагогов, которым они помогают", _year(year)), [table],
                    landscape=True)  # fmt: skip


def _term(dates: tuple[str | None, str | None]) -> Value:
    first, last = dates
    told = (f"с{NBSP}{ru_date(first)}" if first else "", f"по{NBSP}{ru_date(last)}" if last else "")
    return lines_cell(*told)


# --- the plan of a pair ------------------------------------------------------------------------------------------


def plan(head: WorkHead, year: int, pair: PairRow, meetings: tuple[MeetingRow, ...]) -> Document:
    """Return the plan of one pair with what was done; mentor and mentee sign by hand."""
    known = (
        ("Наставник", ", ".join(part for part in (pair.mentor, pair.mentor_post, pair.mentor_school) if part)),
        ("Кому помогает", ", ".join(part for part in (pair.mentee, pair.mentee_post) if part)),
        ("Школа", pair.school), ("Предмет", pair.subject), ("Форма", pair.form), ("Над чем работают", pair.topic),
        ("Основание", pair.act),
    )  # fmt: skip
    columns = (Column("№", 9, "right"), Column("План", 24), Column("О чём", 70), Column("Прошла", 24),
               Column("Что получилось", 53))  # fmt: skip
    made = tuple(
        Row((number, day_cell(row.planned_on), cell(row.topic), day_cell(row.held_on), cell(row.outcome)))
        for number, row in enumerate(meetings, 1)
    )
    blocks: list[Block] = [
        *facts(*known), Table("Встречи", columns, (Group(made),), empty="Встречи ещё не запланированы."),
    ]  # fmt: skip
    blocks += [SignatureBlock("Наставник", short_name(pair.mentor), "mentor", by_hand=True),
               SignatureBlock("Педагог", short_name(pair.mentee), "mentee", by_hand=True)]  # fmt: skip
    return document(head, "План пары", ("План работы наставнической пары", _year(year)), blocks)
