"""Numbers of certificates of those who took part in events. Only SQL."""

from __future__ import annotations

import sqlite3

GUEST = "event_guest"


def numbers(connection: sqlite3.Connection, year: int) -> list[str]:
    """Return the numbers that begin with a year: «2026-001»; typed ones of another kind are none of ours."""
    found = connection.execute(
        f"SELECT certificate FROM {GUEST} WHERE certificate GLOB ? ORDER BY id", (f"{year}-[0-9]*",)
    )
    return [str(number) for (number,) in found]


def given(connection: sqlite3.Connection, year: int) -> list[str]:
    """Return the numbers of a year that stood in the file some time, those of rows that are gone among them."""
    found = connection.execute(
        "SELECT DISTINCT json_extract(j.before, '$.certificate') FROM journal j"
        f" WHERE j.table_name = '{GUEST}' AND json_valid(j.before)"
        " AND json_extract(j.before, '$.certificate') GLOB ?",
        (f"{year}-[0-9]*",),
    )
    return [str(number) for (number,) in found]
