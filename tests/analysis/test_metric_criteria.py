"""The context criteria of lenobl-2018 by hand: exact comparison, the border on either side."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import pytest

from app.analysis.identification import identify
from app.analysis.metric_catalogue import load_shipped as catalogue
from app.analysis.metric_values import MetricAmount, amount, amounts, derived, needed, out_of_bounds, total
from app.analysis.reasons import explain
from app.analysis.rules import load_shipped
from app.analysis.verdicts import MetricFraction, SchoolVerdict
from tests.analysis.made import Row, frame, row

RULE = load_shipped()["lenobl-2018"]
RPR = ("РПР", "Физика", None, 8)


def judged(metrics: Mapping[str, MetricAmount | tuple[int, int]], rows: list[Row] | None = None) -> SchoolVerdict:
    given = {code: {1: value} for code, value in metrics.items()}
    return identify(frame(rows or []), RULE, 2026, [1], given).verdict(1)


@pytest.mark.parametrize(
    ("code", "value", "listed"),
    [
        ("senior_stage", (14, 25), True),  # 56 %
        ("senior_stage", (15, 25), False),  # 60 % exactly is not «менее 60 %»
        ("senior_stage", (599, 1000), True),
        ("olympiads", (1, 200), True),  # 0,5 % exactly is «0,5 % и ниже»
        ("olympiads", (1, 199), False),
        ("olympiads", (0, 640), True),
        ("satisfaction", (2, 5), True),  # 40 % exactly
        ("satisfaction", (401, 1000), False),
        ("mean_gap", (20, 1), False),  # «более 20» is more than 20
        ("mean_gap", (201, 10), True),
        ("mean_gap", (-30, 1), False),
        ("low_monitorings", (2, 1), True),
        ("low_monitorings", (1, 1), False),
    ],
)
def test_borders(code: str, value: tuple[int, int], *, listed: bool) -> None:
    got = judged({code: value})
    assert got.verdict == ("listed" if listed else "not_listed")
    assert len(got.metrics) == 1
    assert got.metrics[0].hit is listed


def test_a_criterion_without_data_answers_no_data() -> None:
    assert judged({}).verdict == "no_data"
    assert judged({"senior_stage": (0, 0)}).verdict == "no_data"
    got = judged({"senior_stage": (20, 25)})
    assert got.verdict == "not_listed"
    assert set(got.unknown_branches) == {"lowest_quarter", "mean_gap", "olympiads", "satisfaction", "quality"}


def test_low_monitorings_speak_only_where_the_results_are_not_loaded() -> None:
    # one monitoring with 3 of 10 on «4» and «5»: low, but two are needed; the typed count does not overrule it
    one = [row(RPR, 2026, 5, 10, m4=3, m5=0)]
    assert judged({"low_monitorings": (2, 1)}, one).true_branches == ()
    two = [*one, row(("РПР", "Химия", None, 8), 2025, 5, 10, m4=4, m5=0)]
    assert judged({"low_monitorings": (0, 1)}, two).true_branches == ("quality",)


def test_the_reason_names_the_fraction() -> None:
    got = judged({"senior_stage": (14, 25), "olympiads": MetricAmount(3, 640, "counts", 2)})
    assert got.metrics == (
        MetricFraction("senior_stage", 14, 25, "counts", 1, hit=True),
        MetricFraction("olympiads", 3, 640, "counts", 2, hit=True),
    )
    words = explain(got, RULE, 2026)
    lines = {line.id: line for line in words.branch_lines}
    assert lines["senior_stage"].text.replace("\u00a0", " ") == "Критерий выполнен: 14 из 25 (56,0 %)."
    olympiads = lines["olympiads"].text.replace("\u00a0", " ")
    assert olympiads == "Критерий выполнен: 3 из 640 (0,5 %); данные есть за 2 из 3 лет."
    assert "14 из 25 (56,0 %)" in words.paragraph.replace("\u00a0", " ")
    assert lines["satisfaction"].state == "unknown"


def test_percentages_and_numbers_are_told_as_they_were_given() -> None:
    got = judged({"satisfaction": MetricAmount(383, 1000, "percent"), "mean_gap": MetricAmount(-41, 4, "number")})
    lines = {line.id: line.text.replace("\u00a0", " ") for line in explain(got, RULE, 2026).branch_lines}
    assert lines["satisfaction"] == "Критерий выполнен: 38,3 %."
    assert lines["mean_gap"] == "Критерий не выполнен: −10,25."


# --- values ----------------------------------------------------------------------------------------------------


def values(*rows: tuple[int, int, str, int | None, int | None, str | None]) -> pd.DataFrame:
    made = pd.DataFrame(rows, columns=["school_id", "school_year", "metric", "part", "whole", "exact"])
    return made.astype({"part": "Int64", "whole": "Int64", "metric": "category", "exact": object})


def test_shares_follow_from_counts_and_add_up_over_years() -> None:
    known = catalogue()
    made = values(
        (1, 2023, "olympiad_pupils", 1, None, None), (1, 2023, "pupils", 300, None, None),
        (1, 2024, "olympiad_pupils", 2, None, None), (1, 2024, "pupils", 310, None, None),
        (1, 2025, "olympiads", 0, 320, None),  # its own entry, not the counts beside it
        (1, 2025, "olympiad_pupils", 99, None, None), (1, 2025, "pupils", 99, None, None),
        (2, 2025, "olympiads", None, None, "0.5"),
        (3, 2025, "olympiad_pupils", 1, None, None),  # no number of pupils: no share
    )  # fmt: skip
    assert amounts(made, known, "olympiads", (2023, 2024, 2025)) == {
        1: MetricAmount(3, 930, "counts", 3),
        2: MetricAmount(1, 200, "percent", 1),
    }
    assert amounts(made, known, "нет такого", (2025,)) == {}
    assert needed(known, ["olympiads", "noko"]) == ("olympiads", "olympiad_pupils", "pupils", "noko")


def test_a_derived_share_needs_sound_counts() -> None:
    senior = catalogue().find("senior_stage")
    assert derived(senior, None, (12, None, None), (25, None, None)) == (12, 25, None)
    assert derived(senior, None, (12, None, None), (0, None, None)) is None
    assert derived(senior, None, (26, None, None), (25, None, None)) is None
    assert derived(senior, (1, 2, None), (12, None, None), (25, None, None)) == (1, 2, None)


def test_percentages_of_several_years_are_not_added() -> None:
    half, third = MetricAmount(1, 2, "percent"), MetricAmount(1, 3, "percent")
    assert total([half]) == half
    assert total([half, third]) is None
    assert total([half, MetricAmount(3, 10)]) == MetricAmount(3, 10, "counts", 1)
    assert total([MetricAmount(1, 1, "number"), MetricAmount(3, 2, "number")]) == MetricAmount(5, 2, "number", 2)
    assert total([]) is None


def test_bounds_are_of_the_percentage() -> None:
    known = catalogue()
    year, gap, senior = (known.find(code) for code in ("building_year", "mean_gap", "senior_stage"))
    assert out_of_bounds(year, (None, None, "1699")) is True
    assert out_of_bounds(year, (None, None, "1700")) is False
    assert out_of_bounds(gap, (None, None, "-100.5")) is True
    assert out_of_bounds(senior, (25, 25, None)) is False
    assert amount(known.find("subjects_vacant"), (None, None, "химия")) is None
