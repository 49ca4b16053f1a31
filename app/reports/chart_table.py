"""A chart as rows: what «Копировать данные» puts on the clipboard and what a sheet of Excel holds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.reports.charts import (
    BarChart,
    BulletChart,
    ChartSpec,
    HeatChart,
    LineChart,
    RadarChart,
    ScatterChart,
    Series,
    StackedChart,
)

Cell = str | float | int | None


@dataclass(frozen=True, slots=True)
class ChartTable:
    """Rows under headings.

    Attributes:
        values: so many columns after the first hold what is drawn; what follows explains them.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    values: int


def table(chart: ChartSpec) -> ChartTable:
    """Return a chart as a table: a row a label, then a column a series, then intervals and words."""
    match chart:
        case HeatChart():
            return _heat(chart)
        case ScatterChart():
            return _scatter(chart)
        case StackedChart():
            return _stacked(chart)
        case LineChart() | BarChart():
            return _series(chart.series, chart.unit)
        case RadarChart():
            return _series(chart.series, "", "Показатель")
        case BulletChart():
            return _bullets(chart)


def as_text(chart: ChartSpec) -> str:
    """Return the table with tabs between cells, as spreadsheets take it; decimals with a comma."""
    found = table(chart)
    rows: list[Sequence[Cell]] = [found.columns, *found.rows]
    return "\n".join("\t".join(_plain(cell) for cell in row) for row in rows)


def _plain(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float):
        return f"{cell:.6g}".replace(".", ",")
    return str(cell).replace("\u00a0", " ").replace("\t", " ").replace("\n", " ")


def _first(labels: Sequence[str], otherwise: str) -> str:
    """Return the heading of the labels: «Год» where they begin with one, areas beside the years included."""
    return "Год" if not labels or any(re.match(r"[0-9]{4}\b", label) for label in labels) else otherwise


def _series(series: Sequence[Series], unit: str, otherwise: str = "Что показано") -> ChartTable:
    labels = [point.label for point in series[0].points] if series else []
    columns = [_first(labels, otherwise)]
    cells: list[list[Cell]] = [[label] for label in labels]

    def put(title: str, values: Sequence[Cell]) -> None:
        columns.append(title)
        for row, value in zip(cells, values, strict=True):
            row.append(value)

    for item in series:
        name = item.name or "Значение"
        put(f"{name}, {unit}" if unit else name, [point.value for point in item.points])
    for item in series:
        start = f"{item.name}: " if item.name and len(series) > 1 else ""
        if any(point.low is not None for point in item.points):
            put(f"{start}интервал от", [point.low for point in item.points])
            put(f"{start}интервал до", [point.high for point in item.points])
        if any(point.told for point in item.points):
            put(f"{start}словами", [point.told for point in item.points])
        if any(point.small for point in item.points):
            put(f"{start}мало детей", ["да" if point.small else "" for point in item.points])
    return ChartTable(tuple(columns), tuple(tuple(row) for row in cells), len(series))


def _stacked(chart: StackedChart) -> ChartTable:
    rows: list[tuple[Cell, ...]] = []
    for parts in zip(*(series.points for series in chart.series), strict=True):
        counts = [None if part.value is None else round(part.value) for part in parts]
        known = [count for count in counts if count is not None]
        rows.append((parts[0].label, *counts, sum(known) if known else None))
    labels = [str(row[0]) for row in rows]
    columns = (_first(labels, "Процедура"), *(series.name for series in chart.series), "Всего")
    return ChartTable(columns, tuple(rows), len(chart.series))


def _heat(chart: HeatChart) -> ChartTable:
    told = any(cell.told for cells in chart.cells for cell in cells)
    rows: list[tuple[Cell, ...]] = []
    for name, cells in zip(chart.rows, chart.cells, strict=True):
        values: list[Cell] = [cell.value for cell in cells]
        rows.append((name, *values, *(cell.told for cell in cells if told)))
    words = [f"{column}: словами" for column in chart.columns if told]
    return ChartTable(("Школа", *chart.columns, *words), tuple(rows), len(chart.columns))


def _scatter(chart: ScatterChart) -> ChartTable:
    words = dict(chart.kinds)
    rows = tuple((dot.name, dot.x, dot.y, words.get(dot.kind, ""), dot.told) for dot in chart.dots)
    return ChartTable(("Школа", chart.x_title, chart.y_title, "Тип", "Словами"), rows, 2)


def _bullets(chart: BulletChart) -> ChartTable:
    rows = tuple((row.label, row.value, row.target, row.baseline, row.word) for row in chart.rows)
    return ChartTable(("Индикатор", "Факт", "Цель", "База", "Состояние"), rows, 3)


@dataclass(frozen=True, slots=True)
class ChartLine:
    """One drawn value in words: what it is of, where it stands, its fraction and share, its interval."""

    series: str
    label: str
    told: str
    interval: str
    small: bool
    link: int | None


def lines(chart: ChartSpec) -> tuple[ChartLine, ...]:
    """Return every drawn value as a line of a table, «нет данных» too."""
    match chart:
        case HeatChart():
            return tuple(
                ChartLine(
                    name, chart.columns[place], cell.told or _told(cell.value), "", cell.small,
                    chart.links[row] if row < len(chart.links) else None,
                )
                for row, (name, cells) in enumerate(zip(chart.rows, chart.cells, strict=True))
                for place, cell in enumerate(cells)
            )  # fmt: skip
        case ScatterChart():
            words = dict(chart.kinds)
            return tuple(ChartLine(words.get(d.kind, ""), d.name, d.told, "", False, d.link) for d in chart.dots)
        case BulletChart():
            return tuple(
                ChartLine(
                    row.label, row.word, row.told or _told(row.value), "", small=False, link=row.link,
                )
                for row in chart.rows
            )  # fmt: skip
        case _:
            return tuple(
                ChartLine(
                    series.name, point.label, point.told or _told(point.value), _interval(point.low, point.high),
                    point.small, point.link,
                )
                for series in chart.series
                for point in series.points
                # a bar in one of several parts stands in the line of that part only
                if point.value is not None or not isinstance(chart, BarChart)
            )  # fmt: skip


def _told(value: float | None) -> str:
    return "нет данных" if value is None else f"{value:.4g}".replace(".", ",").replace("-", "−")


def _interval(low: float | None, high: float | None) -> str:
    if low is None or high is None:
        return ""
    return f"{low:.1f}–{high:.1f}\u00a0%".replace(".", ",")
