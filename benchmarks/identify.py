"""Identification of 40,000 schools × 3 years × 8 procedures from SQLite against the same aggregate in plain SQL."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from benchmarks.measure import CHEAP, DEAR, Figure, in_child, timed

SCHOOLS = 40_000
RULE, YEAR = "rosobrnadzor-2022", 2026
FIRST = 1.5
"""How many times longer than the bound the first answer may take."""
REPEATED = 0.3
"""Seconds that the same question may take while nothing has changed."""


def region(folder: Path, schools: int = SCHOOLS) -> Path:
    """Make a file of a whole region (or country)."""
    from app.models.store import Store
    from app.operations import demo

    path = folder / "край.opora"
    store = Store.create(path, name="Край", actor="замер")
    demo.generate_region(store, schools=schools)
    store.close()
    return path


def measure(folder: Path, schools: int = SCHOOLS) -> Figure:
    """Make the file and take both sides; they must list the same number of schools."""
    path = region(folder, schools)
    mine = in_child("identify", "ours", str(path), CHEAP)
    again = in_child("identify", "repeated", str(path), CHEAP)
    bound = in_child("identify", "plain", str(path), CHEAP)
    rows = in_child("identify", "whole", str(path), DEAR)
    if not mine.facts == bound.facts == rows.facts:
        raise AssertionError(f"two answers: {mine.facts} and {bound.facts}")
    seconds = f"{rows.median:.1f}".replace(".", ",")
    return Figure(
        f"Список по {schools} школ × 3 года × 8 процедур из SQLite",
        mine,
        bound,
        ("«Опора»: ответ с основаниями, границей, выборкой, неполнотой", "тот же подсчёт одним запросом SQL"),
        note=f"В списке у обоих: {mine.facts['listed']}. Готовый список, перемены за два года: {seconds} с.",
        slower=FIRST,
        again=(again, REPEATED),
    )


def ours(path: str, times: int) -> tuple[list[float], dict[str, Any]]:
    """Answer for every school from the stored counts."""
    from app.models.store import open_reader
    from app.operations import identification, list_cache

    connection = open_reader(Path(path))
    listed: list[int] = []
    identification.rules(connection)  # the rule files are read once at the start of the program

    def work() -> None:
        list_cache.forget()
        listed.append(len(identification.compute(connection, RULE, YEAR)[2].listed_ids()))

    return timed(work, times), {"listed": listed[0]}


def whole(path: str, times: int) -> tuple[list[float], dict[str, Any]]:
    """Make the list itself: a row a school, with what changed against two years before."""
    from app.models.store import open_reader
    from app.operations import identification, list_cache

    connection = open_reader(Path(path))
    listed: list[int] = []
    identification.rules(connection)

    def work() -> None:
        list_cache.forget()
        listed.append(identification.school_list(connection, RULE, YEAR).totals.listed)

    return timed(work, times), {"listed": listed[0]}


def repeated(path: str, times: int) -> tuple[list[float], dict[str, Any]]:
    """Ask again while nothing has changed."""
    from app.models.store import open_reader
    from app.operations import identification

    connection = open_reader(Path(path))
    listed = [len(identification.compute(connection, RULE, YEAR)[2].listed_ids())]

    def work() -> None:
        listed.append(len(identification.compute(connection, RULE, YEAR)[2].listed_ids()))

    found = timed(work, times)
    if len(set(listed)) != 1:
        raise AssertionError(f"another answer from the cache: {listed}")
    return found, {"listed": listed[0]}


def plain(path: str, times: int) -> tuple[list[float], dict[str, Any]]:
    """Answer with nothing but the database."""
    from app.models.store import open_reader
    from benchmarks.identify_bound import plain_identify

    connection = open_reader(Path(path))
    listed: list[int] = []

    def work() -> None:
        listed.append(sum(row.listed for row in plain_identify(connection, YEAR)))

    return timed(work, times), {"listed": listed[0]}
