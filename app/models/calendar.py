"""What a person says of the calendar: marked days and breaks of the schools."""

from __future__ import annotations

import sqlite3


def days(connection: sqlite3.Connection) -> list[tuple[str, str, str]]:
    """Return (ISO day, kind, why) of the marked days."""
    return [
        (str(day), str(kind), str(title or ""))
        for day, kind, title in connection.execute("SELECT day, kind, title FROM calendar_day ORDER BY day")
    ]


def breaks(connection: sqlite3.Connection) -> list[tuple[str, str, str]]:
    """Return (name, first day, last day) of the school breaks whose days are both known."""
    return [
        (str(title or ""), str(first), str(last))
        for title, first, last in connection.execute(
            "SELECT title, date_from, date_to FROM school_break"
            " WHERE date_from IS NOT NULL AND date_to IS NOT NULL ORDER BY date_from"
        )
    ]
