"""Tables of a programme: passport, показатели, money, plan and the small ones (004, §1.2, tables 1-4).

The columns are those of 004; what 004 has no column for (unit, source of money, what is demanded from above) stands in
columns of our own beside them. A place that nobody has filled is named in a draft and left empty after approval.
"""

from __future__ import annotations

from collections.abc import Iterable

from app.reports.document import Column, Group, Lines, Number, Roubles, Row, Table, Value
from app.reports.programme_data import MeasureLine, MoneyGroup, MoneyLine, ProgrammeData, SourceLine
from app.texts import NBSP, glue

SHEET_PASSPORT, SHEET_INDICATORS, SHEET_MONEY, SHEET_PLAN = "Паспорт", "Показатели", "Деньги", "План"
ALL_SOURCES = "всего"
"""The word of a total over all sources; the sheet's formulas know it."""


def named(what: str, data: ProgrammeData) -> str:
    """Return what stands in a place that nobody has filled."""
    return f"[не заполнено: {what}]" if data.draft else ""


def lines_of(texts: Iterable[str], empty: str) -> Value:
    """Return the lines of a cell, or what stands where there are none."""
    kept = [glue(line) for text in texts for line in text.splitlines() if line.strip()]
    if not kept:
        return empty
    return kept[0] if len(kept) == 1 else Lines(tuple(kept))


def passport(data: ProgrammeData) -> Table:
    """Table 1: ten rows in two columns."""
    rows = tuple(Row((part.title, lines_of((part.text,), named(_lowered(part.hint), data)))) for part in data.passport)
    return Table(SHEET_PASSPORT, (Column("Раздел паспорта", 30), Column("Содержание", 70)), (Group(rows),))


def _lowered(sentence: str) -> str:
    return (sentence[:1].lower() + sentence[1:]).rstrip(".")


# --- plan --------------------------------------------------------------------------------------------------------


def plan(data: ProgrammeData) -> Table:
    """Table 4: №, activity, terms, who answers, result; by tasks or by directions."""
    groups = []
    for part in data.plan:
        rows = tuple(
            Row((
                row.number,
                lines_of((row.text,), named("мероприятие", data)),
                lines_of((row.term,), named("срок", data)),
                lines_of(row.responsible, named("ответственный", data)),
                lines_of(row.results, named("результат", data)),
            ))
            for row in part.rows
        )  # fmt: skip
        empty = Row(("", named("мероприятия", data) or "Мероприятий нет.", "", "", ""))
        groups.append(Group(rows or (empty,), glue(part.title)))
    return Table(
        SHEET_PLAN,
        (
            Column("№", 14), Column("Мероприятие", 92), Column("Сроки", 40), Column("Ответственный", 52),
            Column("Планируемый результат", 69),
        ),
        tuple(groups),
        empty=named("мероприятия", data) or "Мероприятий нет.",
        group_title="Направление" if data.by_directions else "Задача",
    )  # fmt: skip


# --- показатели --------------------------------------------------------------------------------------------------


def indicators(data: ProgrammeData) -> Table:
    """Table 2: by task; under an индикатор what is demanded from above, where something is."""
    groups = tuple(
        Group(tuple(_measure(line, data) for line in group.measures) or (_no_measure(data),), glue(group.title))
        for group in data.measures
    )
    # the words keep some width however many years there are: the page scales columns, it does not lose them
    width = max(150 - 14 * max(0, len(data.years) - 4), 66)
    return Table(
        SHEET_INDICATORS,
        (
            Column("Показатель", width * 0.42),
            Column("№", 16, inner=True),
            Column("Индикатор", width * 0.58, inner=True),
            Column("Единица", 22, inner=True),
            Column("год", 14, "right", inner=True, over="Исходное значение"),
            Column("значение", 20, "right", inner=True, over="Исходное значение"),
            *(Column(str(year), 20, "right", inner=True, over="Целевое значение по годам") for year in data.years),
        ),
        groups,
        empty=named("показатели и индикаторы", data) or "Показателей нет.",
        group_title="Задача",
    )


def _no_measure(data: ProgrammeData) -> Row:
    blank = ("", named("индикатор", data), "", "", "", *("" for _year in data.years))
    return Row((named("показатель этой задачи", data),), (blank,))


def _measure(line: MeasureLine, data: ProgrammeData) -> Row:
    parts: list[tuple[Value, ...]] = []
    for one in line.indicators:
        parts.append((
            one.number, lines_of((one.text,), named("индикатор", data)), one.unit or named("единица", data),
            Number(str(one.baseline_year)) if one.baseline_year else "", one.baseline, *one.targets,
        ))  # fmt: skip
        if one.required:
            document = glue(f"требуется: {one.requirement}" if one.requirement else "требуется сверху")
            parts.append((one.number, document, one.unit, "", "", *one.required))
    if not parts:
        parts.append(("", named("индикатор", data), "", "", "", *("" for _year in data.years)))
    title = f"{line.number} {line.text}".strip()
    return Row((lines_of((title,), named("показатель", data)),), tuple(parts))


# --- money -------------------------------------------------------------------------------------------------------


def money(data: ProgrammeData) -> Table:
    """Table 3: activity × source × year with subtotals by task and totals by source, roubles."""
    groups = [_money_group(group, data) for group in data.money if group.lines]
    if groups:
        groups.append(_grand_total(data))
    years = tuple(Column(str(year), 31, "right", inner=True, over="Рубли", money=True) for year in data.years)
    width = 267 - 14 - 42 - 31 * len(years) - 34
    return Table(
        SHEET_MONEY,
        (
            Column("№", 14), Column("Мероприятие", max(width, 60)), Column("Источник", 42, inner=True), *years,
            Column("Всего", 34, "right", inner=True, over="Рубли", money=True, total=True),
        ),
        tuple(groups),
        empty=named("деньги по мероприятиям и годам", data) or "Расходов нет.",
        group_title="Направление" if data.by_directions else "Задача",
    )  # fmt: skip


def _money_group(group: MoneyGroup, data: ProgrammeData) -> Group:
    rows = [_money_row(line, data) for line in group.lines]
    sources = [source for line in group.lines for source in line.sources]
    part = (ALL_SOURCES, *_sums(sources, data), _sum(source.total for source in sources))
    return Group((*rows, Row(("", glue(group.total_title)), (part,), total="group")), glue(group.title))


def _money_row(line: MoneyLine, data: ProgrammeData) -> Row:
    parts = tuple(
        (source.source, *source.years, Roubles(source.total) if source.total is not None else "")
        for source in line.sources
    )
    return Row((line.number, lines_of((line.text,), named("мероприятие", data))), parts)


def _grand_total(data: ProgrammeData) -> Group:
    sources = [source for group in data.money for line in group.lines for source in line.sources]
    names = [name for _rank, name in sorted({(source.rank, source.source) for source in sources})]
    parts = []
    for name in names if len(names) > 1 else []:
        own = [source for source in sources if source.source == name]
        parts.append((name, *_sums(own, data), _sum(source.total for source in own)))
    parts.append((ALL_SOURCES, *_sums(sources, data), _sum(source.total for source in sources)))
    return Group((Row(("", "Всего по программе"), tuple(parts), total="all"),))


def _sums(sources: list[SourceLine], data: ProgrammeData) -> tuple[Value, ...]:
    return tuple(
        _sum(value.kopecks for source in sources if isinstance(value := source.years[place], Roubles))
        for place in range(len(data.years))
    )


def _sum(kopecks: Iterable[int | None]) -> Roubles:
    return Roubles(sum(value for value in kopecks if value is not None))


# --- the small ones ----------------------------------------------------------------------------------------------


def plain_table(
    name: str, titles: tuple[tuple[str, float], ...], rows: Iterable[tuple[str, ...]], data: ProgrammeData, empty: str
) -> Table:
    """Return a numbered table of words; an empty cell of a draft says what belongs there."""
    columns = (Column("№", 6, "right"), *(Column(title, weight) for title, weight in titles))
    wanted = [named(title.lower(), data) for title, _weight in titles]
    made = tuple(
        Row((number, *(lines_of((text,), empty_cell) for text, empty_cell in zip(row, wanted, strict=True))))
        for number, row in enumerate(rows, start=1)
    )
    return Table(name, columns, (Group(made),), empty=named(empty, data) or "Строк нет.")


def estimate(data: ProgrammeData) -> Table:
    """The estimate of the current year: lines of each activity with a subtotal."""
    groups = []
    for part in data.estimate:
        rows = [Row((lines_of((row.text,), ""), row.source, row.amount, row.comes)) for row in part.rows]
        amounts = [row.amount for row in part.rows]
        total = _sum(amount.kopecks for amount in amounts if isinstance(amount, Roubles))
        groups.append(Group((*rows, Row(("Итого", "", total, ""), total="group")), glue(part.title)))
    if groups:
        every = [row.amount for part in data.estimate for row in part.rows]
        whole = _sum(amount.kopecks for amount in every if isinstance(amount, Roubles))
        groups.append(Group((Row(("Всего по смете", "", whole, ""), total="all"),)))
    columns = (
        Column("Расход", 80), Column("Источник", 40), Column(f"Сумма,{NBSP}руб.", 32, "right", money=True),
        Column("Когда поступят деньги", 30),
    )  # fmt: skip
    return Table(f"Смета {data.estimate_year}", columns, tuple(groups), group_title="Мероприятие")


def schools(data: ProgrammeData) -> Table:
    """Schools that activities name, with the numbers of those activities."""
    rows = tuple(
        Row((number, glue(row.name), ", ".join(row.activities))) for number, row in enumerate(data.schools, start=1)
    )
    columns = (Column("№", 7, "right"), Column("Школа", 90), Column("Номера мероприятий", 60))
    return Table("Школы", columns, (Group(rows),), empty="Отдельные школы в мероприятиях не названы.")
