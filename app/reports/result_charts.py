"""Charts of results: counts become a ``ChartSpec``. Shares are worked out here, intervals come with the counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.reports.charts import (
    BarChart,
    HeatCell,
    HeatChart,
    Level,
    LineChart,
    Point,
    RadarChart,
    Series,
    StackedChart,
    Tone,
)
from app.texts import NBSP, percent

FEW = 10
"""Fewer participants than this make an answer unsure (domain §3.1)."""
FEW_NOTE = "Пустой значок — участников меньше 10: мало детей, вывод ненадёжен."
INTERVAL_NOTE = "Вертикальные отрезки — 95-процентный интервал Уилсона."
SIGNIFICANCE: dict[str, int] = {"нет": 0, "низкая": 1, "средняя": 2, "высокая": 3}
STEPS = tuple((float(value), word) for word, value in SIGNIFICANCE.items() if value)
_RISK_TONES: tuple[tuple[str, Tone], ...] = (
    ("высокая", "bad"),
    ("средняя", "warn"),
    ("низкая", "accent"),
    ("нет", "none"),
)
_MARK_TONES: tuple[Tone, ...] = ("bad", "warn", "accent", "ok")
_JOURNAL: tuple[tuple[str, Tone], ...] = (("понизили", "bad"), ("подтвердили", "ok"), ("повысили", "accent"))


@dataclass(frozen=True, slots=True)
class Counted:
    """A fraction with its interval.

    Attributes:
        below: below minimum.
        of: participants.
        interval: both ends as shares from 0 to 1; None where it is not to be shown.
        link: the school a click opens.
    """

    below: int
    of: int
    interval: tuple[float, float] | None = None
    link: int | None = None

    @property
    def told(self) -> str:
        """«12 из 31, 38,7 %»."""
        return f"{self.below}{NBSP}из{NBSP}{self.of}, {percent(self.below, self.of)}"

    @property
    def small(self) -> bool:
        """Fewer participants than a sure answer needs."""
        return self.of < FEW

    @property
    def share(self) -> float:
        """Per cent."""
        return self.below * 100 / self.of


def dynamics(
    title: str, labels: Sequence[str], lines: Sequence[tuple[str, Mapping[str, Counted]]],
    threshold: tuple[int, int] | None = None,
) -> LineChart:  # fmt: skip
    """Return shares below minimum over years.

    Args:
        title: of the chart.
        labels: years in their order; a year without a count is «нет данных».
        lines: name of each line and its counts by year.
        threshold: of the rule, as two whole numbers.
    """
    series = tuple(Series(name, tuple(_point(label, counts.get(label)) for label in labels)) for name, counts in lines)
    known = [count for _name, counts in lines for count in counts.values()]
    notes = [INTERVAL_NOTE] if any(count.interval for count in known) else []
    notes += [FEW_NOTE] if any(count.small for count in known) else []
    levels: tuple[Level, ...] = ()
    if threshold is not None:
        levels = (Level(threshold[0] * 100 / threshold[1], f"порог {percent(*threshold, 0)}"),)
    return LineChart(title, "%", series, levels, " ".join(notes))


def _point(label: str, count: Counted | None) -> Point:
    if count is None or not count.of:
        return Point(label, None)
    low, high = (None, None) if count.interval is None else (bound * 100 for bound in count.interval)
    return Point(label, count.share, low, high, count.told, count.small, count.link)


def marks(title: str, rows: Sequence[tuple[str, tuple[int, ...] | None]], note: str = "") -> StackedChart:
    """Return the parts of marks «2»…«5», a bar a row; None is «нет данных»."""
    series = [
        Series(f"«{place + 2}»", tuple(_part(label, counts, place) for label, counts in rows), tone)
        for place, tone in enumerate(_MARK_TONES)
    ]
    return StackedChart(title, tuple(series), note)


def journal(title: str, rows: Sequence[tuple[str, tuple[int, ...] | None]], note: str = "") -> StackedChart:
    """Return how marks compare with the journal: lowered, confirmed, raised."""
    series = [
        Series(word, tuple(_part(label, counts, place) for label, counts in rows), tone)
        for place, (word, tone) in enumerate(_JOURNAL)
    ]
    return StackedChart(title, tuple(series), note)


def _part(label: str, counts: tuple[int, ...] | None, place: int) -> Point:
    if counts is None or not sum(counts):
        return Point(label, None)
    of = sum(counts)
    return Point(label, counts[place], told=f"{counts[place]}{NBSP}из{NBSP}{of}, {percent(counts[place], of)}")


def heat(
    title: str, rows: Sequence[tuple[str, int | None]], columns: Sequence[str],
    cells: Mapping[tuple[int, int], Counted], threshold: tuple[int, int] | None, note: str = "",
) -> HeatChart:  # fmt: skip
    """Return schools × procedures; the bound of the darker shades is the rule's threshold.

    Args:
        title: of the chart.
        rows: name and school of each row; without a school a row opens nothing.
        columns: names of procedures.
        cells: counts by (place of the row, place of the column).
        threshold: of the rule.
        note: under the chart.
    """
    edge = threshold[0] * 100 / threshold[1] if threshold else 30.0
    links = tuple(key for _name, key in rows if key is not None)
    return HeatChart(
        title, tuple(name for name, _key in rows), tuple(columns),
        tuple(tuple(_cell(cells.get((row, column))) for column in range(len(columns))) for row in range(len(rows))),
        (edge / 3, edge * 2 / 3, edge, (edge + 100) / 2 if edge > 50 else edge + 20),
        links if len(links) == len(rows) else (), note,
    )  # fmt: skip


def _cell(count: Counted | None) -> HeatCell:
    if count is None or not count.of:
        return HeatCell(None)
    return HeatCell(count.share, count.told, count.small)


def risk_bars(title: str, factors: Sequence[tuple[str, str]], note: str = "") -> BarChart:
    """Return the risk profile as bars: (factor, word of its significance); another word is «нет данных»."""
    levels = [(name, word if word in SIGNIFICANCE else "") for name, word in factors]
    series = [
        Series(
            f"{word} значимость" if word != "нет" else "не значим",
            tuple(
                Point(name, SIGNIFICANCE[word] if said == word else None, told=word if said == word else "")
                for name, said in levels
            ),
            tone,
        )
        for word, tone in _RISK_TONES
        if any(said == word for _name, said in levels)
    ]
    empty = Series("", tuple(Point(name, None) for name, _said in levels))
    return BarChart(title, "", tuple(series) or (empty,), STEPS, note=note)


def risk_radar(title: str, profiles: Sequence[tuple[str, Mapping[str, str]]], note: str = "") -> RadarChart:
    """Return risk profiles as stars: name of each and factor → word of significance."""
    names = list(dict.fromkeys(factor for _name, said in profiles for factor in said))
    series = []
    for name, said in profiles:
        points = [Point(factor, SIGNIFICANCE.get(said.get(factor, "")), told=said.get(factor, "")) for factor in names]
        series.append(Series(name, tuple(points)))
    return RadarChart(title, tuple(series), STEPS, note)
