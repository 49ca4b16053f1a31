"""The calendar of the municipality: the rule of the law, the decrees of the program, the days of the file."""

from __future__ import annotations

import tomllib
from datetime import date
from functools import lru_cache

from app import paths
from app.analysis.working_days import Break, Calendar, Marked, Move, Period, month_of, period, quarter_of, week_of
from app.models import calendar as stored
from app.models.store import Connection

__all__ = ["Break", "Calendar", "Period", "load", "month_of", "period", "quarter_of", "week_of"]


@lru_cache(maxsize=1)
def decrees() -> dict[int, tuple[Move, ...]]:
    """Return year → days off instead of others, of the years that the program knows."""
    text = (paths.resources() / "monitoring" / "working_days.toml").read_text(encoding="utf-8")
    return {
        int(item["year"]): tuple(
            Move(date.fromisoformat(move["off"]), date.fromisoformat(move["from"])) for move in item["moves"]
        )
        for item in tomllib.loads(text)["year"]
    }


def load(connection: Connection) -> Calendar:
    """Return the calendar of a file."""
    marked = {date.fromisoformat(day): Marked(kind, title) for day, kind, title in stored.days(connection)}  # type: ignore[arg-type]
    breaks = tuple(
        Break(title, date.fromisoformat(first), date.fromisoformat(last))
        for title, first, last in stored.breaks(connection)
    )
    return Calendar(decrees(), marked, breaks)
