"""Where a school year begins and ends, and that nothing else in the program knows it."""

from __future__ import annotations

from datetime import date

import pytest

from app import school_years


@pytest.mark.parametrize(
    ("day", "year"),
    [(date(2026, 7, 31), 2025), (date(2026, 8, 1), 2026), (date(2026, 12, 31), 2026), (date(2027, 1, 1), 2026)],
)
def test_a_year_begins_in_august(day: date, year: int) -> None:
    assert school_years.year_of(day) == year
    first, last = school_years.days_of(year)
    assert first <= day <= last
    assert school_years.iso_days_of(year) == (f"{year}-08-01", f"{year + 1}-07-31")
