"""Counts become charts: shares, intervals, thresholds, what is missing."""

from __future__ import annotations

import pytest

from app.reports.chart_table import lines
from app.reports.charts import Level
from app.reports.result_charts import Counted, dynamics, heat, journal, marks, risk_bars, risk_radar


def test_a_line_has_shares_intervals_and_gaps() -> None:
    chart = dynamics(
        "Ниже минимума",
        ["2024", "2025", "2026"],
        [("СОШ № 3", {"2024": Counted(8, 27, (0.158, 0.485), 5), "2026": Counted(3, 9)})],
        (30, 100),
    )
    first, gap, last = chart.series[0].points
    assert first.value == pytest.approx(29.6296, abs=1e-4)
    assert (first.low, first.high) == pytest.approx((15.8, 48.5))
    assert first.told == "8\u00a0из\u00a027, 29,6\u00a0%"
    assert (first.small, first.link) == (False, 5)
    assert gap.value is None
    assert last.small
    assert chart.levels == (Level(30.0, "порог 30\u00a0%"),)
    assert "Уилсона" in chart.note
    assert "вывод ненадёжен" in chart.note


def test_a_rule_without_a_threshold_draws_none() -> None:
    assert dynamics("", ["2026"], [("а", {"2026": Counted(1, 20)})]).levels == ()


def test_parts_of_marks_and_of_the_journal() -> None:
    chart = marks("Отметки", [("2025", (9, 11, 8, 2)), ("2026", None)])
    assert [series.points[0].value for series in chart.series] == [9, 11, 8, 2]
    assert chart.series[0].points[0].told == "9\u00a0из\u00a030, 30,0\u00a0%"
    assert all(series.points[1].value is None for series in chart.series)
    compared = journal("Журнал", [("2026", (5, 14, 1))])
    assert [(series.name, series.points[0].value) for series in compared.series] == [
        ("понизили", 5), ("подтвердили", 14), ("повысили", 1),
    ]  # fmt: skip


def test_the_threshold_bounds_the_shades_of_a_heat_map() -> None:
    cells = {(0, 0): Counted(3, 10), (1, 1): Counted(0, 5)}
    chart = heat("", [("СОШ № 1", 7), ("СОШ № 2", 8)], ["ВПР", "ОГЭ"], cells, (30, 100))
    assert chart.bounds == (10.0, 20.0, 30.0, 50.0)
    assert chart.cells[0][0].value == 30.0
    assert chart.cells[0][1].value is None
    assert chart.cells[1][1].small
    assert chart.links == (7, 8)
    assert heat("", [("2026", None)], ["ВПР"], {}, None).links == ()


def test_risks_say_their_words_and_unknown_ones_nothing() -> None:
    chart = risk_bars("Риски", [("кадры", "высокая"), ("мотивация", "нет"), ("родители", "")])
    assert [series.name for series in chart.series] == ["высокая значимость", "не значим"]
    assert [point.value for point in chart.series[0].points] == [3, None, None]
    assert [point.value for point in chart.series[1].points] == [None, 0, None]
    assert [(line.label, line.told) for line in lines(chart)] == [("кадры", "высокая"), ("мотивация", "нет")]
    nothing = risk_bars("Риски", [])
    assert nothing.series[0].points == ()
    star = risk_radar("Риски", [("2025", {"кадры": "высокая"}), ("2026", {"кадры": "низкая", "мотивация": "средняя"})])
    assert [point.value for point in star.series[0].points] == [3, None]
    assert [point.value for point in star.series[1].points] == [1, 2]
