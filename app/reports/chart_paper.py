"""A chart on paper: the picture over the width of the page, the numbers under it, a column a series."""

from __future__ import annotations

from app.reports.charts import BarChart, BulletChart, ChartSpec, LineChart, Point, Series, StackedChart
from app.reports.document import (
    Block,
    ChartBlock,
    Column,
    Document,
    Executor,
    Group,
    Heading,
    Lines,
    Mark,
    Marked,
    Meta,
    Row,
    Table,
    Value,
)
from app.texts import NBSP, glue, ru_moment

SMALL = "*"
MARKS = (Mark(SMALL, "мало детей", "Мало детей, вывод ненадёжен: один ученик заметно меняет долю."),)
NUMBERS = "Числа графика"


def chart_paper(
    chart: ChartSpec, municipality: str, computed_at: str, height_mm: float, *, organisation: str = "",
    executor: str = "",
) -> Document:  # fmt: skip
    """Return a chart with its numbers as a paper; charts that say their numbers themselves stand alone.

    Args:
        chart: what is drawn.
        municipality: whose.
        computed_at: moment, ISO.
        height_mm: of the picture.
        organisation: who made it.
        executor: who prepared it.
    """
    blocks: list[Block] = [ChartBlock(chart, height_mm)]
    match chart:
        case LineChart() | BarChart() | StackedChart():
            blocks += [Heading(NUMBERS, 2), _series(chart.series)]
        case BulletChart():
            blocks += [Heading(NUMBERS, 2), _bullets(chart)]
        case _:
            pass
    if executor:
        blocks.append(Executor(glue(executor)))
    return Document(
        title=("График мониторинга", glue(f"Муниципалитет: {municipality}")),
        meta=Meta(organisation or municipality, computed_at, "График"), blocks=tuple(blocks),
        provenance=f"Опора · вычислено {ru_moment(computed_at)}", landscape=True,
    )  # fmt: skip


def _series(series: tuple[Series, ...]) -> Table:
    labels = [point.label for point in series[0].points] if series else []
    rows = tuple(
        Row((glue(label), *(_cell(item.points[place]) for item in series))) for place, label in enumerate(labels)
    )
    columns = (Column("Год или строка", 50), *(Column(glue(item.name) or "Значение", 36, "right") for item in series))
    return Table(name=NUMBERS, columns=columns, groups=(Group(rows),), marks=MARKS)


def _cell(point: Point) -> Value:
    if point.value is None:
        return glue(point.told) or None
    told = point.told or f"{point.value:.4g}".replace(".", ",")
    sure = point.low is not None and point.high is not None
    interval = f"{point.low:.1f}–{point.high:.1f}{NBSP}%".replace(".", ",") if sure else ""
    cell = Lines((glue(told), interval)) if interval else glue(told)
    return Marked(cell, (SMALL,)) if point.small else cell


def _bullets(chart: BulletChart) -> Table:
    rows = tuple(Row((glue(row.label), glue(row.told) or None, glue(row.word) or None)) for row in chart.rows)
    columns = (Column("Индикатор", 100), Column("Факт и цель", 40), Column("Состояние", 40))
    return Table(name=NUMBERS, columns=columns, groups=(Group(rows),))
