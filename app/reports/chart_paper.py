"""A chart on paper: the picture over the width of the page, the numbers under it."""

from __future__ import annotations

from app.reports.chart_table import lines
from app.reports.charts import ChartSpec, HeatChart, RadarChart, ScatterChart
from app.reports.document import Block, ChartBlock, Column, Document, Executor, Group, Heading, Meta, Row, Table
from app.texts import glue, ru_moment

SERIES, PLACE = "Ряд", "Год или строка"


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
    if not isinstance(chart, HeatChart | RadarChart | ScatterChart):
        found = lines(chart)
        several = len({line.series for line in found}) > 1
        sure = any(line.interval for line in found)
        rows = tuple(
            Row(
                (
                    *((glue(line.series) or None,) if several else ()), glue(line.label), glue(line.told),
                    *((line.interval or None,) if sure else ()), "мало детей" if line.small else None,
                )
            )
            for line in found
        )  # fmt: skip
        columns = (
            *((Column(SERIES, 50),) if several else ()),
            Column(PLACE, 50),
            Column("Значение", 40),
            *((Column("Интервал", 30, "right"),) if sure else ()),
            Column("Пометка", 26),
        )
        blocks += [Heading("Числа графика", 2), Table(name="Числа графика", columns=columns, groups=(Group(rows),))]
    if executor:
        blocks.append(Executor(glue(executor)))
    provenance = f"Опора · вычислено {ru_moment(computed_at)}"
    return Document(
        title=(glue(chart.title), glue(f"Муниципалитет: {municipality}")),
        meta=Meta(organisation or municipality, computed_at, "График"), blocks=tuple(blocks), provenance=provenance,
        landscape=True,
    )  # fmt: skip
