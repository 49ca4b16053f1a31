"""The calendar of the municipality: the rule of the law, the decrees of the program, the days of the file."""

from __future__ import annotations

import tomllib
from datetime import date
from functools import lru_cache

from app import paths
from app.analysis.working_days import Break, Calendar, Marked, Move, Period, month_of, period, quarter_of, week_of
from app.analysis.working_days import usual_breaks as usual
from app.models import calendar as stored
from app.models.store import Connection, Store
from app.texts import count
from app.texts import school_year as year_words

__all__ = ["Break", "Calendar", "Period", "load", "month_of", "period", "put_usual_breaks", "quarter_of", "week_of"]


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


def put_usual_breaks(store: Store, school_year: int) -> int:
    """Write the usual breaks of a school year that are not in the register under their names; returns how many.

    One operation; the days are a proposal of the program, a person puts them right.
    """
    from app.operations import registers  # the day is counted without what writes

    scope = {"school_year": school_year}
    there = {str(row["title"] or "").strip().casefold() for row in registers.rows(store.connection, "breaks", **scope)}
    new = [item for item in usual(school_year) if item.title.casefold() not in there]
    if not new:
        return 0
    told = count(len(new), "строка", "строки", "строк")
    with store.operation(f"Каникулы, {year_words(school_year)}: обычные сроки, {told}", "breaks.usual") as operation:
        for item in new:
            registers.add_in(
                operation, "breaks", scope, title=item.title, date_from=item.first.isoformat(),
                date_to=item.last.isoformat(),
            )  # fmt: skip
    return len(new)
