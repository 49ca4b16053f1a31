"""Where a school year begins and ends; every page, paper and command asks here (decision 1: 2025 is 2025/26)."""

from __future__ import annotations

from datetime import date

FIRST_MONTH = 8
"""August: plans, teachers and registers of the new year are made before the first lesson."""


def year_of(day: date) -> int:
    """Return the first calendar year of the school year that a day belongs to."""
    return day.year - (day.month < FIRST_MONTH)


def days_of(year: int) -> tuple[date, date]:
    """Return the first and the last day of a school year."""
    return date(year, FIRST_MONTH, 1), date(year + 1, FIRST_MONTH - 1, 31)


def iso_days_of(year: int) -> tuple[str, str]:
    """Return the first and the last day of a school year as ISO texts, to compare with columns."""
    first, last = days_of(year)
    return first.isoformat(), last.isoformat()
