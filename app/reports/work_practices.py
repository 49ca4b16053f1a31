"""Papers of the bank of practices: the card of one practice, the bank as a list, who adopted what."""

from __future__ import annotations

from dataclasses import dataclass

from app.reports.cells import cell, day_cell, lines_cell
from app.reports.document import (
    Block,
    Column,
    Document,
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
from app.texts import DASH, capital, glue

RATING = "Оценка — среднее отметок школ от 1 до 5; рядом — сколько школ оценили. Нет оценок — не ноль."


@dataclass(frozen=True, slots=True)
class UseLine:
    """A school that uses a practice; ``since`` is ISO; ``rating`` None where the school gave no mark."""

    school: str
    state: str
    since: str | None
    rating: int | None
    opinion: str


@dataclass(frozen=True, slots=True)
class PracticeText:
    """A practice in words; "" where nothing is said."""

    title: str
    kind: str
    whose: str
    author: str
    year: str
    subject: str
    deficit: str
    audience: str
    problem: str
    idea: str
    evidence: str
    files: tuple[str, ...]
    state: str
    act: str
    link: str
    rating: str
    adopted: int
    uses: tuple[UseLine, ...]


# --- one practice ------------------------------------------------------------------------------------------------


def card(head: WorkHead, item: PracticeText) -> Document:
    """Return the card of one practice: whose it is, what it solves, what proves it, who took it."""
    known = (
        ("Автор", ", ".join(part for part in (item.whose, item.author) if part)), ("Создана", item.year),
        ("Предмет", item.subject), ("Какой дефицит закрывает", item.deficit), ("Для кого", item.audience),
        ("Состояние", capital(item.state)),
        ("Документ", item.act), ("Где описана", item.link), ("Оценка школ", capital(item.rating)),
    )  # fmt: skip
    blocks = facts(*known)
    for title, text in (
        ("Какую проблему решает", item.problem), ("Что делают", item.idea),
        ("Чем подтверждается", _proof(item.evidence, item.files)),
    ):  # fmt: skip
        blocks.append(Heading(title))
        lines = [line for line in (text or "Не описано.").splitlines() if line.strip()]
        blocks += [paragraph(glue(line), justified=False, indent=False) for line in lines]
    blocks += [Heading("Кто внедрил"), _uses(item.uses)]
    return document(head, "Банк практик", (capital(item.kind), item.title), blocks)


def _proof(evidence: str, files: tuple[str, ...]) -> str:
    told = f"Приложено: {'; '.join(files)}." if files else ""
    return "\n".join(part for part in (evidence, told) if part)


def _uses(uses: tuple[UseLine, ...]) -> Table:
    columns = (Column("Школа", 46), Column("Состояние", 28), Column("С какого дня", 26), Column("Оценка", 18, "right"),
               Column("Отзыв школы", 62))  # fmt: skip
    rows = tuple(Row((glue(use.school), use.state, day_cell(use.since), use.rating,
                      cell(use.opinion))) for use in uses)  # fmt: skip
    return Table("Кто внедрил", columns, (Group(rows),), empty="Эту практику пока никто не взял.")


# --- the bank ----------------------------------------------------------------------------------------------------


def bank(head: WorkHead, items: tuple[PracticeText, ...], which: str, totals: str) -> Document:
    """Return the bank as a list by subject.

    Args:
        head: of the paper.
        items: practices in their order.
        which: under the title, «принятые в банк».
        totals: one sentence of counts.
    """
    groups: dict[str, list[Row]] = {}
    for item in items:
        made = Row((glue(item.title), lines_cell(item.whose, item.author), cell(item.problem), cell(item.audience),
                    item.adopted, glue(item.rating), _standing(item)))  # fmt: skip
        groups.setdefault(item.subject or "Без предмета", []).append(made)
    columns = (Column("Практика", 50), Column("Чей опыт", 36), Column("Какую проблему решает", 62),
               Column("Для кого", 34), Column("Внедрили школ", 22, "right"), Column("Оценка", 26),
               Column("Состояние и документ", 48))  # fmt: skip
    table = Table(
        "Банк практик", columns, tuple(Group(tuple(rows), capital(glue(subject))) for subject, rows in groups.items()),
        empty="Таких практик в файле нет.", group_title="Предмет",
    )  # fmt: skip
    blocks: list[Block] = [paragraph(glue(f"{capital(totals)}."), justified=False, indent=False)] if totals else []
    blocks.append(table)
    if items:
        blocks.append(Note(RATING))
    return document(head, "Банк практик", ("Банк практик", which), blocks, landscape=True)


def _standing(item: PracticeText) -> Value:
    return Lines(tuple(glue(part) for part in (item.state, item.act) if part))


# --- who adopted -------------------------------------------------------------------------------------------------


def adopters(head: WorkHead, items: tuple[PracticeText, ...], which: str, totals: str) -> Document:
    """Return who took what: practices with the schools that plan, try, have adopted or refused them."""
    columns = (Column("Школа", 52), Column("Состояние", 30), Column("С какого дня", 27), Column("Оценка", 19, "right"),
               Column("Отзыв школы", 132))  # fmt: skip
    groups = tuple(
        Group(
            tuple(Row((glue(use.school), use.state, day_cell(use.since), use.rating,
                       cell(use.opinion))) for use in item.uses),
            glue(f"{item.title} {DASH} {item.whose}" if item.whose else item.title),
        )
        for item in items if item.uses
    )  # fmt: skip
    table = Table("Кто внедрил", columns, groups, empty="Практик пока никто не взял.", group_title="Практика")
    blocks: list[Block] = [paragraph(glue(f"{capital(totals)}."), justified=False, indent=False)] if totals else []
    blocks.append(table)
    without = [item.title for item in items if not item.uses]
    if without:
        blocks += [Heading("Никто не взял", 2), paragraph(glue(f"{'; '.join(without)}."), justified=False,
                                                          indent=False)]  # fmt: skip
    return document(head, "Банк практик", ("Кто внедрил практики", which), blocks, landscape=True)
