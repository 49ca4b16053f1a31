"""The paper of courses: people by category, provider and kind (002, chapter 4, table 2), then the records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.reports.document import (
    Block,
    Column,
    Day,
    Document,
    Executor,
    Group,
    Heading,
    Meta,
    Note,
    Row,
    Table,
    Value,
)
from app.reports.year_head import YearHead
from app.texts import NBSP, count, glue, ru_moment, school_year

KINDS = (("retraining", "ПП"), ("upgrading", "ПК"))
_NOTE = (
    "ПП — профессиональная переподготовка, ПК — повышение квалификации. Считаются люди. Строка без чисел значит, что "
    "сведений нет."
)


@dataclass(frozen=True, slots=True)
class CourseRow:
    """One record in words."""

    school: str
    category: str
    provider: str
    kind: str
    people: int
    title: str
    hours: int | None
    ended_on: str | None


def course_paper(
    head: YearHead, categories: tuple[tuple[str, str], ...], providers: tuple[tuple[str, str], ...],
    totals: Mapping[tuple[str, str, str], int], rows: tuple[CourseRow, ...], left_out: int = 0,
) -> Document:  # fmt: skip
    """Return the table of totals and the list of records; the page lies on its long side.

    ``left_out`` is how many lines of the register are not finished and so counted nowhere.
    """
    blocks: list[Block] = [_totals(categories, providers, totals), Note(_NOTE)]
    if left_out:
        lines = count(left_out, "незаконченная строка реестра", "незаконченные строки реестра",
                      "незаконченных строк реестра")  # fmt: skip
        blocks.append(Note(glue(f"Не посчитано: {lines}.")))
    if rows:
        blocks += [Heading("Записи реестра"), _records(rows)]
    if head.executor:
        blocks.append(Executor(glue(head.executor)))
    title = ("Переподготовка и повышение квалификации", f"{school_year(head.school_year)}{NBSP}учебный год")
    meta = Meta(head.organisation or head.municipality, head.computed_at, "Курсы")
    return Document(
        title=title, meta=meta, blocks=tuple(blocks), landscape=True,
        provenance=f"Опора · составлено {ru_moment(head.computed_at)}",
    )  # fmt: skip


def _totals(
    categories: tuple[tuple[str, str], ...], providers: tuple[tuple[str, str], ...],
    totals: Mapping[tuple[str, str, str], int],
) -> Table:  # fmt: skip
    cells = [(provider, kind) for provider, _text in providers for kind, _word in KINDS]

    def line(text: str, keys: tuple[str, ...]) -> Row:
        values: list[Value] = []
        for provider, kind in cells:
            known = [totals[key, provider, kind] for key in keys if (key, provider, kind) in totals]
            values.append(sum(known) if known else None)
        everything = [number for (key, _provider, _kind), number in totals.items() if key in keys]
        return Row((glue(text), *values, sum(everything) if everything else None))

    rows = [line(text, (key,)) for key, text in categories]
    rows.append(line("Всего", tuple(key for key, _text in categories)))
    columns = [Column(word, 14, "right", over=glue(text)) for _provider, text in providers for _kind, word in KINDS]
    return Table(
        name="Сводная таблица",
        columns=(Column("Кто учился", 70), *columns, Column("Всего", 17, "right")),
        groups=(Group(tuple(rows)),),
    )


def _records(rows: tuple[CourseRow, ...]) -> Table:
    def cells(row: CourseRow) -> Row:
        day = Day(row.ended_on) if row.ended_on else None
        return Row((glue(row.school), glue(row.category), glue(row.provider), row.kind, row.people,
                    glue(row.title) or None, row.hours, day))  # fmt: skip

    return Table(
        name="Записи",
        columns=(
            Column("Школа", 40), Column("Кто учился", 60), Column("Где учились", 42), Column("Вид", 12),
            Column("Чело\u00adвек", 16, "right"), Column("Название курса", 60), Column("Часов", 16, "right"),
            Column("Окончание", 24),
        ),
        groups=(Group(tuple(cells(row) for row in rows)),),
    )  # fmt: skip
