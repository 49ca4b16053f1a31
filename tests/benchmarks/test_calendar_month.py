"""A month of the calendar does not grow with the years behind it (decision 35: ratios, generous, small)."""

from __future__ import annotations

from pathlib import Path

from benchmarks import calendar_month, work


def test_a_month_of_many_years_is_quick_and_whole(tmp_path: Path) -> None:
    path = str(work.begun(tmp_path, 6_000))
    mine, facts = calendar_month.ours(path, 5)
    _bound, seen = calendar_month.raw(path, 5)
    assert facts["items"] == seen["rows"] > 60
    assert min(mine) < work.MOST_SECONDS
