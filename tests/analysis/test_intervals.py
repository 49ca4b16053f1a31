"""Wilson's interval against published values, and the marks of small groups."""

from __future__ import annotations

import pytest

from app.analysis.intervals import sample_mark, wilson


@pytest.mark.parametrize(
    ("below", "participants", "low", "high"),
    [
        # z = 1.959964, z² = 3.841459
        (3, 10, 0.107791, 0.603222),  # (0.3 + 0.192073 ± 1.959964·sqrt(0.021 + 0.009604)) / 1.384146
        (0, 10, 0.0, 0.277533),  # 0.384146 / 1.384146
        (10, 10, 0.722467, 1.0),
        (1, 3, 0.061492, 0.792340),
    ],
)
def test_wilson(below: int, participants: int, low: float, high: float) -> None:
    got = wilson(below, participants)
    assert got is not None
    assert got.low == pytest.approx(low, abs=1e-6)
    assert got.high == pytest.approx(high, abs=1e-6)


def test_an_interval_stays_inside_and_reads_in_russian() -> None:
    got = wilson(3, 10)
    assert got is not None
    assert got.text() == "10,8–60,3\u00a0%"
    assert wilson(0, 0) is None
    for size in (1, 2, 7, 300):
        for below in range(size + 1):
            bounds = wilson(below, size)
            assert bounds is not None
            assert 0 <= bounds.low <= below / size <= bounds.high <= 1


def test_a_wider_confidence_gives_a_wider_interval() -> None:
    usual, sure = wilson(8, 27), wilson(8, 27, 0.99)
    assert usual is not None
    assert sure is not None
    assert sure.low < usual.low < usual.high < sure.high


@pytest.mark.parametrize(
    ("size", "mark"),
    [(0, None), (1, "<10"), (9, "<10"), (10, "10-19"), (19, "10-19"), (20, "20-49"), (49, "20-49"), (50, ">=50")],
)
def test_sample_mark(size: int, mark: str | None) -> None:
    assert sample_mark(size) == mark
