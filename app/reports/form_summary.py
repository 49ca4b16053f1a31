"""«Сводка по форме»: points and levels of all subjects, where all are weak, answers by item, the years before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction as Exact

from app.reports.charts import ChartSpec
from app.reports.document import (
    Block,
    ChartBlock,
    Column,
    Document,
    Executor,
    Fraction,
    Group,
    Heading,
    Mark,
    Marked,
    Meta,
    Note,
    Row,
    Share,
    Table,
    Value,
    paragraph,
)
from app.texts import NBSP, count, glue, ru_moment

SMALL, CHANGED, BY_PERSON = "*", "**", "***"
MARKS = (
    Mark(SMALL, "мало ответов", "Мало ответов: одна школа заметно меняет среднее."),
    Mark(CHANGED, "вопрос изменён", "Год назад вопрос, ответы или баллы были другими: сравнивать нельзя."),
    Mark(BY_PERSON, "по решению эксперта", "Уровень назвал эксперт; причина напечатана под таблицей."),
)
COLUMNS_OF_MATRIX, COLUMNS_OF_WORDS = 18, 10
"""Columns of a matrix of figures, and of words."""
WEAKEST = 10


@dataclass(frozen=True, slots=True)
class SummaryItem:
    """One item: points of all answers that give them, how many; the rest apart.

    Attributes:
        most: of one answer; None where the item gives no points or has no maximum.
        tallies: (answer, how many).
        total: sum of numbers that give no points.
        before: (points, answers) a year ago.
    """

    number: str
    text: str
    points: int = 0
    counted: int = 0
    most: int | None = None
    scored: bool = False
    answered: int = 0
    not_applicable: int = 0
    missing: int = 0
    tallies: tuple[tuple[str, int], ...] = ()
    total: int | None = None
    before: tuple[int, int] | None = None
    changed: bool = False
    small: bool = False
    section: str = ""

    @property
    def mean(self) -> Exact | None:
        """Mean of points."""
        return Exact(self.points, self.counted) if self.scored and self.counted else None

    @property
    def change(self) -> Exact | None:
        """Difference to the year before."""
        if self.before is None or self.changed or self.mean is None or not self.before[1]:
            return None
        return self.mean - Exact(*self.before)


@dataclass(frozen=True, slots=True)
class SummarySubject:
    """One subject: points, level, last year's, and its answers as short texts by item."""

    name: str
    points: tuple[int, int] | None = None
    level: str = ""
    reason: str | None = None
    before: tuple[int, int] | None = None
    change: int | None = None
    cells: tuple[str, ...] = ()
    parts: tuple[tuple[int, int] | None, ...] = ()


@dataclass(frozen=True, slots=True)
class SummaryYear:
    """One year: answered of asked, points of all, how many have which level."""

    year: str
    version: str
    answered: tuple[int, int]
    points: tuple[int, int]
    levels: tuple[int, ...]
    unlevelled: int


@dataclass(frozen=True, slots=True)
class SummaryData:
    """Everything the paper says.

    Attributes:
        silent: (name, why) of those who have not answered.
        levels: words of the levels, in the order of the form.
        weakest: the weakest first.
        matrix: which of ``items`` stand as columns of ``SummarySubject.cells``.
    """

    short: str
    version: str
    year: str
    municipality: str
    computed_at: str
    subjects: tuple[SummarySubject, ...]
    silent: tuple[tuple[str, str], ...]
    items: tuple[SummaryItem, ...]
    weakest: tuple[SummaryItem, ...]
    years: tuple[SummaryYear, ...]
    levels: tuple[str, ...] = ()
    matrix: tuple[SummaryItem, ...] = ()
    legend: str = ""
    parts: tuple[str, ...] = ()
    asked: int = 0
    before_year: str = ""
    notes: tuple[str, ...] = ()
    charts: tuple[tuple[ChartSpec, float], ...] = ()
    organisation: str = ""
    executor: str = ""


def form_summary(data: SummaryData) -> Document:
    """Return the summary of a form as a paper; wide tables lie on the long side."""
    blocks: list[Block] = [paragraph(glue(text), justified=False, indent=False) for text in _opening(data)]
    blocks += _subjects(data)
    blocks += _years(data)
    blocks += [ChartBlock(chart, height) for chart, height in data.charts]
    blocks += _weakest(data)
    blocks += _items(data)
    blocks += _matrix(data)
    blocks += [Note(glue(f"Примечание {number}. {note}")) for number, note in enumerate(data.notes, 1)]
    if data.executor:
        blocks.append(Executor(glue(data.executor)))
    parts = ["Опора", f"вычислено {ru_moment(data.computed_at)}", glue(f"форма «{data.short}», версия {data.version}")]
    return Document(
        title=(glue(f"Сводка по форме «{data.short}»"), f"{data.year} учебный год", glue(data.municipality)),
        meta=Meta(data.organisation or data.municipality, data.computed_at, "Сводка по форме"),
        blocks=tuple(blocks),
        provenance=" · ".join(parts),
        landscape=True,
    )


def _opening(data: SummaryData) -> Iterator[str]:
    yield f"Ответили {len(data.subjects)} из {data.asked}."
    if data.silent:
        yield "Ответа нет: " + "; ".join(f"{name} ({why})" for name, why in data.silent) + "."


def decimal(value: Exact | None, places: int = 2, *, signed: bool = False) -> str | None:
    """Return an exact number with a decimal comma; None stays None. A change carries its sign."""
    if value is None:
        return None
    scaled = round(abs(value) * 10**places)
    whole, rest = divmod(scaled, 10**places)
    sign = ("−" if value < 0 else "+") if scaled and signed else "−" if value < 0 and scaled else ""
    return f"{sign}{whole},{rest:0{places}d}" if places else f"{sign}{whole}"


def _pair(counts: tuple[int, int] | None) -> Value:
    return None if counts is None else Fraction(*counts)


# --- who ----------------------------------------------------------------------------------------------------------


def _subjects(data: SummaryData) -> list[Block]:
    pointed = any(one.points is not None for one in data.subjects)
    if not data.subjects or not (pointed or data.levels):
        return []
    before = any(one.before is not None for one in data.subjects)
    columns = (
        Column("Кто ответил", 70),
        *(Column(glue(name), 30, "right", sheet_titles=_titles(name)) for name in data.parts),
        Column("Баллов из возможных", 34, "right", sheet_titles=("Баллов", "Из возможных")),
        Column("Доля", 20, "right"), Column("Уровень", 58),
        *((Column(f"Было, {data.before_year}", 30, "right", sheet_titles=("Было баллов", "Было возможных")),
           Column("Изменение баллов", 28, "right")) if before else ()),
    )  # fmt: skip

    def row(one: SummarySubject) -> Row:
        level: Value = one.level or None
        if one.reason is not None and one.level:
            level = Marked(one.level, (BY_PERSON,))
        share = Share(*one.points) if one.points is not None else None
        change = None if one.change is None else f"{one.change:+d}".replace("-", "−") if one.change else "0"
        tail = (_pair(one.before), change) if before else ()
        return Row((glue(one.name), *map(_pair, one.parts), _pair(one.points), share, level, *tail))

    table = Table("Итоги", columns, (Group(tuple(row(one) for one in data.subjects)),), MARKS)
    reasons = [f"{one.name}: {one.reason.rstrip('.')}" for one in data.subjects if one.reason]
    made: list[Block] = [Heading("Кто сколько набрал"), table]
    if reasons:
        made.append(Note(glue(f"Уровень по решению эксперта. {'; '.join(reasons)}.")))
    return made


def _titles(name: str) -> tuple[str, str]:
    return f"{name}: баллов", f"{name}: из возможных"


def _years(data: SummaryData) -> list[Block]:
    if not data.years or not (data.levels or len(data.years) > 1):
        return []
    unlevelled = any(year.unlevelled for year in data.years) and bool(data.levels)
    columns = (
        Column("Учебный год", 30), Column("Ответили", 26, "right", sheet_titles=("Ответили", "Спрошены")),
        Column("Баллов из возможных", 38, "right", sheet_titles=("Баллов", "Из возможных")),
        Column("Доля", 20, "right"),
        *(Column(glue(word), 34, "right") for word in data.levels),
        *((Column("уровень не посчитан", 30, "right"),) if unlevelled else ()),
    )  # fmt: skip
    rows = []
    for year in data.years:
        known = year.points[1] > 0
        cells: list[Value] = [year.year, Fraction(*year.answered)]
        cells += [Fraction(*year.points), Share(*year.points)] if known else [None, None]
        rows.append(Row((*cells, *year.levels, *((year.unlevelled,) if unlevelled else ()))))
    versions = sorted({year.version for year in data.years})
    made: list[Block] = [Heading("По годам"), Table("По годам", columns, (Group(tuple(rows)),))]
    if len(versions) > 1:
        made.append(Note(glue(f"Форма менялась: версии {', '.join(versions)}.")))
    return made


# --- items --------------------------------------------------------------------------------------------------------


def _weakest(data: SummaryData) -> list[Block]:
    if not data.weakest:
        return []
    columns = (Column("№", 12), Column("Показатель", 130), *_figure_columns())
    rows = tuple(Row((one.number, glue(_flat(one.text)), *_figures(one))) for one in data.weakest[:WEAKEST])
    return [
        Heading("Где проседают все"),
        Table("Где проседают все", columns, (Group(rows),), MARKS),
        Note("Показатели с наименьшей долей набранных баллов, начиная с самого слабого."),
    ]


def _figure_columns() -> tuple[Column, ...]:
    return (
        Column("Баллов из возможных", 34, "right", sheet_titles=("Баллов", "Из возможных")),
        Column("Доля", 20, "right"),
        Column("Средний балл", 22, "right"),
        Column("Ответов", 20, "right"),
    )


def _figures(one: SummaryItem) -> tuple[Value, ...]:
    whole = one.counted * one.most if one.most is not None else 0
    said = decimal(one.mean)
    mean: Value = Marked(said, (SMALL,)) if one.small and said is not None else said
    known = one.scored and one.counted > 0 and whole > 0
    return (
        Fraction(one.points, whole) if known else None, Share(one.points, whole) if known else None, mean,
        one.counted if one.scored else one.answered,
    )  # fmt: skip


def _flat(text: str) -> str:
    return " ".join(text.split())


def _items(data: SummaryData) -> list[Block]:
    if not data.items:
        return []
    before = any(one.before is not None for one in data.items)
    totals = any(one.total is not None for one in data.items)
    scored = any(one.scored for one in data.items)
    columns = (
        Column("№", 12), Column("Показатель", 96), Column("Как ответили", 46),
        *(_figure_columns() if scored else (Column("Ответов", 20, "right"),)),
        *((Column("Сумма", 22, "right"),) if totals else ()),
        Column("Не применимо", 22, "right"), Column("Без ответа", 20, "right"),
        *((Column(f"Было, {data.before_year}", 24, "right"), Column("Изме\u00adнение", 20, "right")) if before else ()),
    )  # fmt: skip

    def row(one: SummaryItem) -> Row:
        said = "; ".join(f"{word}{NBSP}— {number}" for word, number in one.tallies) or None
        figures = _figures(one) if scored else (one.answered,)
        cells: list[Value] = [one.number, glue(_flat(one.text)), said, *figures]
        cells += [one.total] if totals else []
        cells += [one.not_applicable, one.missing]
        if before:
            then: Value = decimal(Exact(*one.before)) if one.before is not None and one.before[1] else None
            cells += [Marked(then, (CHANGED,)) if one.changed and isinstance(then, str) else then]
            cells += [decimal(one.change, signed=True)]
        return Row(tuple(cells))

    groups: list[tuple[str, list[Row]]] = []
    for one in data.items:
        if not groups or groups[-1][0] != one.section:
            groups.append((one.section, []))
        groups[-1][1].append(row(one))
    table = Table(
        "Пункты", columns, tuple(Group(tuple(rows), glue(title)) for title, rows in groups), MARKS
    )  # fmt: skip
    return [Heading("Все пункты"), table]


def _matrix(data: SummaryData) -> list[Block]:
    if not data.matrix or not data.subjects:
        return []
    made: list[Block] = [Heading("Ответы по пунктам")]
    if data.legend:
        made.append(Note(glue(data.legend)))
    figures = all(len(cell) <= len("н/п") for one in data.subjects for cell in one.cells)
    most = COLUMNS_OF_MATRIX if figures else COLUMNS_OF_WORDS
    for start in range(0, len(data.matrix), most):
        some = data.matrix[start : start + most]
        name = "Ответы" if len(data.matrix) <= most else f"Ответы {some[0].number}–{some[-1].number}"
        columns = (Column("Кто ответил", 60), *(Column(one.number or "·", 200 / most, "center") for one in some))
        rows = tuple(
            Row((glue(one.name), *one.cells[start : start + most])) for one in data.subjects
        )  # fmt: skip
        made.append(Table(name, columns, (Group(rows),)))
    return made


def silent_words(silent: Sequence[tuple[str, str]]) -> str:
    """Return «не ответили: 5»."""
    return f"не ответили: {len(silent)}" if silent else "ответили все"


def answered_words(answered: int, of: int) -> str:
    """Return «ответили 6 из 11»."""
    return f"ответили {answered} из {of}" if of else count(answered, "ответ", "ответа", "ответов")
