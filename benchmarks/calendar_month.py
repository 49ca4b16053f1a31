"""A month of the calendar in a file of ten years (20,000 entries) beside plain SQL."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from benchmarks.measure import CHEAP, Figure, in_child, timed
from benchmarks.work import ENTRIES, LAST, MOST_SECONDS, begun

SPAN = ("2026-10-26", "2026-12-06")
"""The weeks of November 2026."""


def month(folder: Path, entries: int = ENTRIES) -> Figure:
    """Read a month with its weeks and conflicts, against reading the rows that stand in it."""
    path = begun(folder, entries)
    return Figure(
        f"Календарь: месяц среди {entries} записей", in_child("calendar_month", "ours", str(path), CHEAP),
        in_child("calendar_month", "raw", str(path), CHEAP),
        ("«Опора»: недели, накладки, все сроки файла", "голый SQL: записи и события этих недель"),
        limit=(MOST_SECONDS, 100),
    )  # fmt: skip


def ours(path: str, times: int) -> tuple[list[float], dict[str, Any]]:
    """Read as the page does."""
    from app.models.store import open_reader
    from app.operations import work_calendar

    connection = open_reader(Path(path))
    found: list[int] = []

    def once() -> None:
        found.append(len(work_calendar.month(connection, LAST, LAST.year, LAST.month).items))

    once()  # the rules of plans are loaded by the first page already
    return timed(once, times), {"items": found[0]}


def raw(path: str, times: int) -> tuple[list[float], dict[str, Any]]:
    """Read the same rows and do nothing with them."""
    import sqlite3

    connection = sqlite3.connect(path)
    found: list[int] = []

    def once() -> None:
        helped = connection.execute("SELECT * FROM help_entry WHERE held_on BETWEEN ? AND ?", SPAN).fetchall()
        steps = connection.execute("SELECT * FROM help_entry WHERE next_on BETWEEN ? AND ?", SPAN).fetchall()
        events = connection.execute("SELECT * FROM work_event WHERE date_from BETWEEN ? AND ?", SPAN).fetchall()
        found.append(len(helped) + len(steps) + len(events))

    return timed(once, times), {"rows": found[0]}
