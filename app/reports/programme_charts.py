"""Charts of the programme: plan against fact over the months, execution, money, indicators, levels of checklists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.reports.charts import BarChart, Bullet, BulletChart, LineChart, Point, Series, StackedChart, Tone
from app.texts import NBSP, count, percent

MONTHS = ("янв", "фев", "мар", "апр", "май", "июн", "июл", "авг", "сен", "окт", "ноя", "дек")
EXECUTION_PARTS: tuple[tuple[str, Tone], ...] = (
    ("выполнено", "ok"), ("частично", "accent"), ("идёт или впереди", "none"), ("просрочено", "bad"),
    ("перенесено или отменено", "warn"),
)  # fmt: skip
_ZONE_TONES: tuple[Tone, ...] = ("ok", "accent", "warn", "bad")
_LEVEL_TONES: dict[int, tuple[Tone, ...]] = {
    1: ("accent",), 2: ("ok", "bad"), 3: ("ok", "warn", "bad"), 4: ("ok", "accent", "warn", "bad"),
}  # fmt: skip
NO_LEVEL = "без уровня"


def plan_fact(title: str, planned: Sequence[int], done: Sequence[int | None], note: str = "") -> LineChart:
    """Return plan against fact, both summed up from the beginning of the year.

    Args:
        title: of the chart.
        planned: twelve numbers: how many activities had their term by the end of each month; empty for no plan.
        done: how many of them and others were done by then; None for months that are still to come.
        note: under the chart.
    """
    of = planned[-1] if planned else 0

    def points(values: Sequence[int | None]) -> tuple[Point, ...]:
        if not planned:
            return tuple(Point(month, None) for month in MONTHS)
        return tuple(
            Point(
                month, value,
                told="впереди" if value is None else f"{value}{NBSP}из{NBSP}{of}, {percent(value, of)}",
            )
            for month, value in zip(MONTHS, values, strict=True)
        )  # fmt: skip

    return LineChart(
        title, "", (Series("по плану", points(planned)), Series("выполнено", points(done))),
        note=note,
    )  # fmt: skip


def execution(title: str, rows: Sequence[tuple[str, Sequence[int]]], note: str = "") -> StackedChart:
    """Return how activities stand, a bar a task; each row has the numbers of ``EXECUTION_PARTS``."""
    return _stacked(title, rows, EXECUTION_PARTS, "меропр.", note)


def zones(title: str, rows: Sequence[tuple[str, Sequence[int]]], bounds: Sequence[int], note: str = "") -> StackedChart:
    """Return schools by their share of «2», a bar a year.

    Args:
        title: of the chart.
        rows: year and numbers of schools in each zone.
        bounds: bounds of the zones in per cent, three of them.
        note: under the chart.
    """
    first, *others = bounds
    words = [f"меньше {first}{NBSP}%", *(f"{low}–{high}{NBSP}%" for low, high in zip(bounds, others, strict=False)),
             f"{bounds[-1]}{NBSP}% и больше"]  # fmt: skip
    return _stacked(title, rows, tuple(zip(words, _ZONE_TONES, strict=True)), "шк.", note)


def levels(title: str, names: Sequence[str], rows: Sequence[tuple[str, Sequence[int]]], note: str = "") -> StackedChart:
    """Return how many subjects reached each level of a form, a bar a year; the last number is «без уровня».

    Args:
        title: of the chart.
        names: of the levels, the best first.
        rows: school year and numbers: one a level, then those without one.
        note: under the chart.
    """
    plain: Tone = "series"
    tones = _LEVEL_TONES.get(len(names), tuple(plain for _name in names))
    parts: list[tuple[str, Tone]] = list(zip(names, tones, strict=True))
    return _stacked(title, rows, [*parts, (NO_LEVEL, "none")], "", note)


def _stacked(
    title: str, rows: Sequence[tuple[str, Sequence[int]]], parts: Sequence[tuple[str, Tone]], unit: str, note: str
) -> StackedChart:
    series = tuple(
        Series(word, tuple(_part(label, counts, place) for label, counts in rows), tone)
        for place, (word, tone) in enumerate(parts)
        # a part that nobody has would only fill the legend
        if place < len(parts) - 1 or any(counts[place] for _label, counts in rows)
    )
    return StackedChart(title, series, note, unit)


def _part(label: str, counts: Sequence[int], place: int) -> Point:
    of = sum(counts)
    if not of:
        return Point(label, None)
    return Point(label, counts[place], told=f"{counts[place]}{NBSP}из{NBSP}{of}, {percent(counts[place], of)}")


def money(title: str, rows: Sequence[tuple[str, int | None, int | None]], note: str = "") -> BarChart:
    """Return planned and spent money, a pair of bars a task.

    Args:
        title: of the chart.
        rows: task, planned kopecks, spent kopecks; None where nothing is said.
        note: under the chart.
    """

    def points(place: int) -> tuple[Point, ...]:
        return tuple(
            Point(str(row[0]), None if (value := row[place]) is None else int(value) / 100_000,
                  told="" if value is None else f"{_thousands(int(value))}{NBSP}тыс.{NBSP}руб.")
            for row in rows
        )  # fmt: skip

    series = (Series("по плану", points(1), "none"), Series("потрачено", points(2), "accent"))
    return BarChart(title, "тыс. руб.", series, note=note)


def _thousands(kopecks: int) -> str:
    return f"{kopecks / 100_000:.1f}".replace(".", ",")


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """One indicator as a chart needs it: exact numbers or None, texts with their unit, light, word of the light."""

    label: str
    value: float | None
    target: float | None
    baseline: float | None
    light: str
    word: str
    shown: str
    shown_target: str


LIGHT_TONES: Mapping[str, Tone] = {
    "reached": "ok", "near": "warn", "behind": "bad", "no_target": "none", "no_data": "none",
}  # fmt: skip


def bullets(title: str, rows: Sequence[IndicatorRow], most: int, note: str = "") -> BulletChart:
    """Return indicators against their targets; of too many those that are behind come first.

    Args:
        title: of the chart.
        rows: in the order of the programme.
        most: at most so many rows.
        note: under the chart.
    """
    order = list(LIGHT_TONES)
    urgent = ("behind", "near", "no_data", "no_target", "reached")
    chosen = list(rows)
    if len(rows) > most:
        chosen = sorted(rows, key=lambda row: urgent.index(row.light) if row.light in order else 0)[:most]
        shown = count(len(rows), "показателя", "показателей", "показателей")
        note = f"Показаны {most} из{NBSP}{shown}: отстающие первыми. {note}".strip()
    return BulletChart(
        title,
        tuple(
            Bullet(
                row.label, row.value, row.target, row.baseline, LIGHT_TONES.get(row.light, "none"), _told(row), row.word
            )
            for row in chosen
        ),
        note,
    )


def _told(row: IndicatorRow) -> str:
    goal = f"цель {row.shown_target}" if row.target is not None else "цели нет"
    return f"{row.shown}, {goal}" if row.value is not None else goal
