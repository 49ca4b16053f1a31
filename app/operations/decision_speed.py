"""How fast the municipality manages: from data to decision to execution, in days (004, §1.5, the third block).

For the screen. Nobody's papers say it unless a person asks: a number of days without its story judges people.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from app import clock
from app.analysis.decision_terms import Spread, between, spread
from app.models import decisions as stored
from app.models.store import Connection
from app.operations.decisions import ControlLine, control, document_name, totals


@dataclass(frozen=True, slots=True)
class SpeedLine:
    """One document.

    Attributes:
        data_on: the day of the data the decision rests on; ``dated``: the day of the decision.
        to_decision: days between them; None where one is unknown or they are swapped.
        given: days from the decision to the terms of its points; ``taken``: to what was done;
            ``whole``: from the data to what was done.
        points, done, waiting: how many points it has, are done, are not finished.
        oldest: how many days the unfinished ones have been waiting since the decision.
        faults: what keeps a figure from being counted.
    """

    document_id: int
    document: str
    title: str
    data_on: str | None
    dated: str | None
    to_decision: int | None
    given: Spread | None
    taken: Spread | None
    whole: Spread | None
    points: int
    done: int
    waiting: int
    oldest: int | None
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Speed:
    """The speed of decisions of a school year; spreads are over documents (``to_decision``) and over points (the rest).

    Attributes:
        finished: points that were done and have a term, ``in_time`` of them by their day.
        late: points over their term today; ``waiting``: all that are not finished.
        without_data: documents that don't say of which day their data are.
    """

    school_year: int | None
    lines: tuple[SpeedLine, ...]
    to_decision: Spread | None
    given: Spread | None
    taken: Spread | None
    whole: Spread | None
    finished: int
    in_time: int
    late: int
    waiting: int
    not_done: int
    unexplained: int
    without_data: int


def speed(connection: Connection, school_year: int | None, day: date | None = None) -> Speed:
    """Return how many days pass from data to decision, to its term, to its execution.

    Args:
        connection: reading connection.
        school_year: first calendar year; None: all years.
        day: today.
    """
    today = day or clock.today()
    points = control(connection, today, school_year=school_year)
    mine: dict[int, list[ControlLine]] = {}
    for point in points:
        mine.setdefault(point.document_id, []).append(point)
    documents = stored.documents(connection, school_year)
    lines = tuple(_line(row, mine.get(row["id"], []), today) for row in documents)
    data = {row["id"]: row["data_on"] for row in documents}
    counted = totals(points)
    return Speed(
        school_year, lines,
        spread(line.to_decision for line in lines if line.to_decision is not None),
        spread(_days((point.dated, point.due_on) for point in points)),
        spread(_days((point.dated, point.done_on) for point in points if point.shown == "done")),
        spread(_days((data[point.document_id], point.done_on) for point in points if point.shown == "done")),
        counted.in_time + counted.done_late, counted.in_time, counted.late, counted.waiting, counted.not_done,
        counted.unexplained, sum(line.data_on is None for line in lines),
    )  # fmt: skip


def _days(pairs: Iterable[tuple[str | None, str | None]]) -> list[int]:
    """Return the days between dates; a pair that is swapped or not whole says nothing."""
    return [days for first, last in pairs if (days := between(first, last)) is not None and days >= 0]


def _line(row: Mapping[str, Any], points: list[ControlLine], today: date) -> SpeedLine:
    dated, data_on = row["dated"], row["data_on"]
    done = [point for point in points if point.shown == "done"]
    waits = sum(point.waits for point in points)
    age = between(dated, today.isoformat())
    decided = between(data_on, dated)
    return SpeedLine(
        row["id"], document_name(row), row["title"] or "", data_on, dated,
        decided if decided is not None and decided >= 0 else None,
        spread(_days((dated, point.due_on) for point in points)),
        spread(_days((dated, point.done_on) for point in done)),
        spread(_days((data_on, point.done_on) for point in done)),
        len(points), len(done), waits, age if waits and age is not None and age >= 0 else None,
        tuple(_faults(row, points)),
    )  # fmt: skip


def _faults(row: Mapping[str, Any], points: list[ControlLine]) -> Iterable[str]:
    if row["dated"] is None:
        yield "нет даты документа"
    if row["data_on"] is None:
        yield "не сказано, по данным какого дня решали"
    elif row["dated"] is not None and row["data_on"] > row["dated"]:
        yield "данные датированы позже решения"
    if any(point.done_on and point.dated and point.done_on < point.dated for point in points):
        yield "пункт отмечен выполненным раньше самого решения"
    if any(point.due_on and point.dated and point.due_on < point.dated for point in points):
        yield "срок пункта раньше самого решения"
    if any(point.shown == "done" and point.done_on is None for point in points):
        yield "у выполненного пункта нет дня выполнения"
