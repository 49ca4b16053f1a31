"""Times of day as people type them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.analysis.day_time import read_time, shown_time


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("14:30", "14:30"), ("14.30", "14:30"), ("14-30", "14:30"), ("14 30", "14:30"), ("1430", "14:30"),
        ("930", "09:30"), ("9", "09:00"), ("9 ч", "09:00"), ("9 часов", "09:00"), ("14 ч 30 мин", "14:30"),
        (" 9.05 ", "09:05"), ("0:00", "00:00"), ("23:59", "23:59"),
    ],
)  # fmt: skip
def test_a_time_is_read_as_it_is_meant(text: str, time: str) -> None:
    assert read_time(text) == time


@pytest.mark.parametrize("text", ["", "24:00", "14:60", "утром", "14:30:00", "2460", "12.10.2026", "-5", "99"])
def test_what_is_no_time_is_none(text: str) -> None:
    assert read_time(text) is None


@given(st.integers(0, 23), st.integers(0, 59), st.sampled_from([":", ".", "-", " "]))
def test_every_time_comes_back_from_every_way_to_write_it(hours: int, minutes: int, between: str) -> None:
    told = f"{hours:02}:{minutes:02}"
    assert read_time(f"{hours}{between}{minutes:02}") == told
    assert read_time(told) == told


@given(st.text(max_size=12))
def test_whatever_is_typed_is_a_time_or_nothing(text: str) -> None:
    found = read_time(text)
    assert found is None or read_time(found) == found


def test_a_span_is_told_shortly() -> None:
    assert shown_time("14:30", "16:00") == "14:30–16:00"
    assert shown_time("14:30") == "14:30"
    assert shown_time(None, "16:00") == "до\u00a016:00"
    assert shown_time(None) == ""
