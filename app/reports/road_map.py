"""«План мероприятий („дорожная карта“)» of the schools of a list for a school year.

Its columns «Необходимость включения» and «Условия успешной реализации» are those of the scheme in 000 («Обоснование
включения того или иного мероприятия… с использованием схемы»).
"""

from __future__ import annotations

from dataclasses import dataclass

from app.reports.agreement import BLANK, SHORT_BLANK, ListHead
from app.reports.document import Block, Column, Document, Group, Lines, PersonApproval, Row, SignatureBlock, Table
from app.texts import NBSP, glue, ru_date, school_year

ALL_SCHOOLS = "все школы списка"


@dataclass(frozen=True, slots=True)
class ActivityLine:
    """One activity; an empty ``school`` means all schools of the list, dates are ISO texts."""

    activity: str
    school: str = ""
    reason: str = ""
    conditions: str = ""
    term: str = ""
    date_from: str | None = None
    date_to: str | None = None
    responsible: str = ""
    result: str = ""


@dataclass(frozen=True, slots=True)
class RoadMapData:
    """Everything the paper says."""

    head: ListHead
    items: tuple[ActivityLine, ...] = ()


def road_map(data: RoadMapData) -> Document:
    """Return the road map; results of the spring of a year lead to the school year that begins in it."""
    head = data.head
    blocks: list[Block] = [_table(data.items)]
    if head.approved is not None:
        blocks.append(SignatureBlock(glue(head.signer.position), glue(head.signer.name), place="signer1"))
    approvals = head.act("УТВЕРЖДЕНА", "приложение 2") or (
        PersonApproval(glue(head.signer.position), glue(head.signer.name)),
    )
    when = f"на{NBSP}{school_year(head.year)} учебный год"
    return Document(
        title=head.title(glue(f"План мероприятий («дорожная карта») поддержки {head.label}"), when),
        meta=head.meta("Дорожная карта"),
        blocks=tuple(blocks + head.tail()),
        approvals=approvals,
        provenance=head.provenance,
        draft=head.approved is None,
    )


def _table(items: tuple[ActivityLine, ...]) -> Table:
    shown = items or tuple(ActivityLine("", BLANK) for _line in range(5))
    return Table(
        name="Дорожная карта",
        columns=(
            Column("№", 7, "right"),
            Column("Мероприятие и школы", 41),
            Column("Необходимость включения", 36),
            Column("Условия успешной реализации", 36),
            Column("Срок и ответственный", 32),
            Column("Результат", 28),
        ),
        groups=(Group(tuple(_row(number, item) for number, item in enumerate(shown, start=1))),),
    )


def _row(number: int, item: ActivityLine) -> Row:
    what = (glue(item.activity) or BLANK, glue(item.school or ALL_SCHOOLS))
    terms = (*_term(item), glue(item.responsible) or SHORT_BLANK)
    unsaid = None if item.activity else ""
    reason, conditions, result = (glue(text) or unsaid for text in (item.reason, item.conditions, item.result))
    return Row((number, Lines(what), reason, conditions, Lines(terms), result))


def _term(item: ActivityLine) -> tuple[str, ...]:
    """Return the term in words, else by its dates; a line to fill in where nothing is known."""
    if item.term:
        return (glue(item.term),)
    if item.date_from and item.date_to:
        return (f"{ru_date(item.date_from)} —", ru_date(item.date_to))
    if item.date_to:
        return (f"до{NBSP}{ru_date(item.date_to)}",)
    return (f"с{NBSP}{ru_date(item.date_from)}",) if item.date_from else (SHORT_BLANK,)
