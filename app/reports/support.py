"""Papers about support: the card of one school, «карта адресной помощи», agreements, platforms, deficits (004, §8)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from app.reports.cells import cell, day_cell
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
from app.reports.work_head import WorkHead, document
from app.reports.year_head import YearHead
from app.texts import NBSP, glue, ru_date, school_year


@dataclass(frozen=True, slots=True)
class HelpRow:
    """A line of the support card in words; dates are ISO."""

    school: str
    deficit: str
    offer: str
    provider: str
    form: str
    date_from: str | None
    date_to: str | None
    responsible: str
    state: str
    result: str


@dataclass(frozen=True, slots=True)
class AgreementRow:
    """An agreement in words; ``participants`` None where no event says."""

    receiver: str
    donor: str
    donor_kind: str
    number: str
    dated: str | None
    topic: str
    date_from: str | None
    date_to: str | None
    state: str
    events: tuple[str, ...]
    held: int
    planned: int
    participants: int | None


@dataclass(frozen=True, slots=True)
class RiskRow:
    """A factor of risk with one measure, "" where it has none."""

    factor: str
    significance: str
    measure: str
    responsible: str
    due_on: str | None
    state: str
    result: str


@dataclass(frozen=True, slots=True)
class PlanRow:
    """Plans of one kind and subject as counts."""

    kind: str
    subject: str
    need: int | None
    planned: int | None
    done: int | None


@dataclass(frozen=True, slots=True)
class SchoolPage:
    """Everything the card of one school says.

    Attributes:
        people: «куратор: Ким О. В., приказ № 214».
        waiting: deficits that nobody closes yet.
        courses: people trained; None where the register says nothing.
    """

    school: str
    people: tuple[str, ...]
    deficits: tuple[tuple[str, str, int | None, int | None, str], ...]
    help: tuple[HelpRow, ...]
    waiting: tuple[str, ...]
    agreements: tuple[AgreementRow, ...]
    risks: tuple[RiskRow, ...]
    plans: tuple[PlanRow, ...]
    courses: int | None


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """An indicator of a platform in the words of the document; ``now`` and ``before`` as they are read."""

    text: str
    now: str
    before: str
    change: str
    source: str


@dataclass(frozen=True, slots=True)
class PlatformBlock:
    """A platform with its indicators by group of the document."""

    title: str
    about: str
    groups: tuple[tuple[str, tuple[MeasureRow, ...]], ...]


def _paper(head: YearHead, title: tuple[str, ...], section: str, blocks: Iterable[Block], *,
           landscape: bool = True) -> Document:  # fmt: skip
    """Return a paper of a school year with who prepared it at the foot."""
    whose = WorkHead(head.municipality, head.organisation, head.computed_at, head.executor)
    return document(whose, section, title, [*blocks], landscape=landscape)


def _year(head: YearHead) -> str:
    return f"{school_year(head.school_year)}{NBSP}учебный год"


def _term(row: HelpRow) -> Value:
    first, last = (ru_date(day) if day else "" for day in (row.date_from, row.date_to))
    told = tuple(part for part in (f"с {first}" if first else "", f"по {last}" if last else "") if part)
    return Lines(tuple(glue(part) for part in told)) if told else None


# --- the support card --------------------------------------------------------------------------------------------

_HELP = (
    Column("Дефицит", 46), Column("Чем помогаем", 48), Column("Кто помогает", 36), Column("Форма", 26),
    Column("Срок", 27), Column("Ответственный", 30), Column("Состояние", 27), Column("Результат", 32),
)  # fmt: skip


def _help_cells(row: HelpRow) -> tuple[Value, ...]:
    return (
        cell(row.deficit), cell(row.offer), cell(row.provider), cell(row.form), _term(row), cell(row.responsible),
        row.state, cell(row.result),
    )  # fmt: skip


def support_map(head: YearHead, rows: tuple[HelpRow, ...], waiting: tuple[tuple[str, str, str], ...]) -> Document:
    """Return «Карта адресной помощи» of the municipality: help by school, then deficits that nobody closes.

    Args:
        head: of the paper.
        rows: lines of the card in the order of schools.
        waiting: (school, deficit, who could help).
    """
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(row.school, []).append(Row(_help_cells(row)))
    table = Table(
        name="Карта помощи", columns=_HELP, group_title="Школа", empty="В карту ещё ничего не внесено.",
        groups=tuple(Group(tuple(lines), glue(school)) for school, lines in groups.items()),
    )  # fmt: skip
    blocks: list[Block] = [table]
    if waiting:
        found = Table(
            name="Без помощи", columns=(Column("Школа", 50), Column("Дефицит", 110), Column("Кто мог бы помочь", 110)),
            groups=(Group(tuple(Row((glue(school), glue(deficit), cell(who))) for school, deficit, who in waiting)),),
        )  # fmt: skip
        blocks += [Heading("Дефициты, по которым помощи ещё нет"), found]
        blocks.append(Note("Кто мог бы помочь — предложение: площадка или соглашение на ту же тему. Решает человек."))
    return _paper(head, ("Карта адресной помощи", _year(head)), "Карта адресной помощи", blocks)


def school_support(head: YearHead, page: SchoolPage) -> Document:
    """Return the support card of one school: people, deficits and help, agreements, risks, plans, courses."""
    blocks: list[Block] = []
    people = "; ".join(page.people)
    blocks.append(paragraph(glue(f"Школу ведут: {people}." if people else "Куратор и тьютор не назначены."),
                            justified=False, indent=False))  # fmt: skip
    blocks += [Heading("Дефициты"), _deficit_table(page)]
    empty = "В карту ещё ничего не внесено."
    card = Table("Помощь", _HELP, (Group(tuple(Row(_help_cells(row)) for row in page.help)),), empty=empty)
    blocks += [Heading("Помощь"), card]
    if page.waiting:
        blocks.append(Note(glue(f"Помощи ещё нет: {'; '.join(page.waiting)}.")))
    if page.agreements:
        blocks += [Heading("Соглашения"), _agreement_table(page.agreements, with_receiver=False)]
    if page.risks:
        blocks += [Heading("Факторы риска и меры"), _risk_table(page.risks)]
    if page.plans or page.courses is not None:
        blocks += [Heading("Планы и курсы"), *_counts(page)]
    return _paper(head, ("Карта адресной помощи школе", glue(page.school), _year(head)), page.school, blocks)


def _deficit_table(page: SchoolPage) -> Table:
    rows = tuple(
        Row((glue(words), whose or None, people, of, cell(source)))
        for words, whose, people, of, source in page.deficits
    )
    columns = (
        Column("Дефицит", 110), Column("У кого", 50), Column("Человек", 22, "right"),
        Column("Из\u00a0скольких", 24, "right"), Column("Откуда известно", 64),
    )  # fmt: skip
    return Table("Дефициты", columns, (Group(rows),), empty="Дефициты не записаны.")


def _risk_table(rows: tuple[RiskRow, ...]) -> Table:
    columns = (
        Column("Фактор риска", 66), Column("Значимость", 26), Column("Мера", 76), Column("Ответственный", 32),
        Column("Срок", 24), Column("Состояние", 28), Column("Результат", 40),
    )  # fmt: skip
    made = tuple(
        Row((glue(row.factor), row.significance or None, cell(row.measure), cell(row.responsible), day_cell(row.due_on),
             row.state or None, cell(row.result)))
        for row in rows
    )  # fmt: skip
    return Table("Факторы риска", columns, (Group(made),))


def _counts(page: SchoolPage) -> list[Block]:
    blocks: list[Block] = []
    if page.plans:
        columns = (
            Column("Какие планы", 90), Column("Предмет", 60), Column("Нуждаются", 26, "right"),
            Column("Планов", 24, "right"), Column("Выполнено", 26, "right"),
        )  # fmt: skip
        rows = tuple(Row((row.kind, cell(row.subject), row.need, row.planned, row.done)) for row in page.plans)
        blocks.append(Table("Планы", columns, (Group(rows),)))
    if page.courses is not None:
        blocks.append(paragraph(f"На курсах за год: {page.courses}{NBSP}чел.", indent=False))
    return blocks


# --- agreements --------------------------------------------------------------------------------------------------


def _agreement_table(rows: tuple[AgreementRow, ...], *, with_receiver: bool) -> Table:
    first = (Column("Кому помогают", 42),) if with_receiver else ()
    columns = (
        *first, Column("Кто помогает", 52), Column("Соглашение", 34), Column("О чём", 50), Column("Действует", 33),
        Column("Состояние", 26), Column("Совместные мероприятия", 58), Column("Участ\u00adников", 20, "right"),
    )  # fmt: skip
    made = []
    for row in rows:
        whom: tuple[Value, ...] = (cell(row.receiver),) if with_receiver else ()
        donor = tuple(glue(part) for part in (row.donor, row.donor_kind) if part)
        made.append(Row((
            *whom, Lines(donor) if donor else None, _act(row), cell(row.topic), _force(row), row.state,
            _events(row), row.participants,
        )))  # fmt: skip
    return Table("Соглашения", columns, (Group(tuple(made)),), empty="Соглашений нет.")


def _act(row: AgreementRow) -> Value:
    told = (f"№{NBSP}{row.number}" if row.number else "", f"от{NBSP}{ru_date(row.dated)}" if row.dated else "")
    parts = tuple(part for part in told if part)
    return Lines(parts) if parts else None


def _force(row: AgreementRow) -> Value:
    told = (f"с{NBSP}{ru_date(row.date_from)}" if row.date_from else "",
            f"по{NBSP}{ru_date(row.date_to)}" if row.date_to else "")  # fmt: skip
    parts = tuple(part for part in told if part)
    return Lines(parts) if parts else None


def _events(row: AgreementRow) -> Value:
    if not row.planned:
        return None
    return Lines((f"проведено {row.held} из{NBSP}{row.planned}", *(glue(event) for event in row.events)))


def agreements(head: YearHead, rows: tuple[AgreementRow, ...]) -> Document:
    """Return «Реестр соглашений о сотрудничестве»: a line an agreement with its joint events."""
    note = Note("Участники — по проведённым мероприятиям, где их число записано. «—» значит, что сведений нет.")
    table = _agreement_table(rows, with_receiver=True)
    return _paper(head, ("Реестр соглашений о сотрудничестве", _year(head)), "Соглашения", (table, note))


# --- platforms and deficits ----------------------------------------------------------------------------------------


def platforms(head: YearHead, blocks: tuple[PlatformBlock, ...], source: str) -> Document:
    """Return the indicators of network platforms in the words of the document they come from."""
    columns = (
        Column("Показатель", 120), Column(school_year(head.school_year), 34),
        Column(school_year(head.school_year - 1), 34), Column("Изменение", 26), Column("Откуда сведения", 44),
    )  # fmt: skip
    made: list[Block] = []
    for item in blocks:
        made.append(Heading(glue(item.title)))
        if item.about:
            made.append(paragraph(glue(item.about), justified=False, indent=False))
        groups = tuple(
            Group(tuple(Row((row.text, row.now or None, row.before or None, row.change, cell(row.source)))
                        for row in rows), title)
            for title, rows in item.groups
        )  # fmt: skip
        made.append(Table("Показатели", columns, groups, group_title="Раздел"))
    if not blocks:
        made.append(paragraph("Площадок в этом учебном году нет.", indent=False))
    made.append(Note(glue(f"Показатели дословно: {source}. «—» значит, что сведений нет.")))
    return _paper(head, ("Работа сетевых площадок", _year(head)), "Сетевые площадки", made)


def deficits(
    head: YearHead, subjects: tuple[str, ...], rows: tuple[tuple[str, tuple[str, ...]], ...], totals: tuple[str, ...]
) -> Document:
    """Return deficits by school and subject; cells and totals are texts, the last of each row is «Всего»."""
    columns = (Column("Школа", 70), *(Column(glue(word), 26, "right") for word in (*subjects, "Всего")))
    made = [Row((glue(name), *(cell or None for cell in cells))) for name, cells in rows]
    if made:
        made.append(Row(("Всего", *(cell or None for cell in totals))))
    table = Table("Дефициты", columns, (Group(tuple(made)),), empty="Дефициты не записаны.")
    note = Note(
        "Числа — люди; «есть» — дефицит записан, но людей не считали; «—» — дефицит не записан. Один человек может "
        "быть назван в двух строках реестра."
    )
    return _paper(head, ("Профессиональные дефициты по школам и предметам", _year(head)), "Дефициты", (table, note))
