"""Own tasks and dates: marking, what comes again, what is late. The rows themselves are the register «tasks»."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.analysis.working_days import next_due
from app.errors import UserError
from app.models import registers as stored
from app.models.store import Connection, Operation, Store
from app.operations import registers
from app.texts import count, quoted

TABLE = "task"
_COPIED = ("kind", "text", "repeat", "responsible", "person_id", "organisation_id", "place", "place_key", "note")


@dataclass(frozen=True, slots=True)
class TaskCounts:
    """How the tasks stand: all that are open, those late, due today, due within a week."""

    open: int
    late: int
    today: int
    week: int


def counts(connection: Connection, day: date) -> TaskCounts:
    """Return how the open tasks stand on a day."""
    left = [
        (date.fromisoformat(row["due_on"]) - day).days if row["due_on"] else None
        for row in stored.rows(connection, TABLE, {"done_on": None})
    ]
    dated = [item for item in left if item is not None]
    return TaskCounts(
        len(left), sum(item < 0 for item in dated), sum(item == 0 for item in dated),
        sum(0 < item <= 7 for item in dated),
    )  # fmt: skip


def add(store: Store, /, **values: Any) -> int:
    """Write a task as one operation; returns its key. Values are columns of the table."""
    with store.operation(f"Записано дело {quoted(values.get('text') or 'без названия')}", "tasks.add") as operation:
        return registers.add_in(operation, "tasks", {}, **values)


def read_day(text: str) -> str | None:
    """Return the ISO day of what a person typed, None of nothing.

    Raises:
        UserError: ``GEN_BAD_DATE``.
    """
    from app.operations.schools import iso_date

    plain = text.strip()
    return iso_date(plain) if plain else None


def mark_done(store: Store, keys: Iterable[int], day: date, result: str | None = None) -> list[int]:
    """Mark tasks as done; what repeats comes again. One operation.

    Args:
        store: the open file.
        keys: of tasks; those done already stay as they are.
        day: on which they were done.
        result: how they ended; None leaves what stands there.

    Returns:
        Keys of the tasks that came again.

    Raises:
        UserError: ``MON_NO_TASK``.
    """
    wanted = [_task(store.connection, key) for key in dict.fromkeys(keys)]
    fresh = [row for row in wanted if row["done_on"] is None]
    if not fresh:
        return []
    what = quoted(fresh[0]["text"] or "без названия") if len(fresh) == 1 else count(len(fresh), "дело", "дела", "дел")
    with store.operation(f"Сделано: {what}", "tasks.done") as operation:
        for row in fresh:
            changed = {"done_on": day.isoformat()} | ({} if result is None else {"result": result})
            registers.write_in(operation, TABLE, row, changed)
        return follow_in(operation, [row["id"] for row in fresh])


def reopen(store: Store, key: int) -> None:
    """Say that a task is not done after all; the one that came again and was not touched goes.

    Raises:
        UserError: ``MON_NO_TASK``.
    """
    row = _task(store.connection, key)
    if row["done_on"] is None:
        return
    with store.operation(f"Снова в работе: {quoted(row['text'] or 'без названия')}", "tasks.reopen") as operation:
        registers.write_in(operation, TABLE, row, {"done_on": None})
        for later in _successors(operation.connection, row):
            if later["done_on"] is None and later["due_on"] != row["due_on"]:
                registers.remove_in(operation, registers.register("tasks"), {}, later["id"])


def put_place(store: Store, key: int, place: str | None) -> None:
    """Tie a task to a place of the window, None unties it.

    Raises:
        UserError: ``MON_NO_TASK``.
    """
    row = _task(store.connection, key)
    if row["place"] != place:
        with store.operation(f"Место дела {quoted(row['text'] or 'без названия')}", "tasks.place") as operation:
            operation.update(TABLE, key, place=place, place_key=None)


def follow_in(operation: Operation, keys: Iterable[int]) -> list[int]:
    """Let what repeats come again after it was marked, inside an operation of the caller.

    Called by marking and by the grid alike: a day typed into «Сделано» means the same.

    Returns:
        Keys of what was made; nothing where the next one is there already.
    """
    made = []
    for key in keys:
        row = stored.row(operation.connection, TABLE, key)
        if row is None or row["done_on"] is None or row["due_on"] is None or _successors(operation.connection, row):
            continue
        due = next_due(
            date.fromisoformat(row["due_on"]), row["repeat"], date.fromisoformat(row["done_on"]),
            _anchor(operation.connection, row),
        )  # fmt: skip
        if due is None:
            continue
        series = row["series"] or key
        if row["series"] is None:
            operation.update(TABLE, key, series=series)
        values = {name: row[name] for name in _COPIED}
        made.append(registers.add_in(operation, "tasks", {}, **values, series=series, due_on=due.isoformat()))
    return made


def _successors(connection: Connection, row: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the later ones of the same series."""
    if row["series"] is None or row["due_on"] is None:
        return []
    found = stored.rows(connection, TABLE, {"series": row["series"]})
    return [one for one in found if one["due_on"] is not None and one["due_on"] > row["due_on"]]


def _anchor(connection: Connection, row: Mapping[str, Any]) -> int:
    """Return the day of the month of the first of a series: what is due on the 31st comes back after February."""
    found = [row, *(stored.rows(connection, TABLE, {"series": row["series"]}) if row["series"] is not None else ())]
    return max(date.fromisoformat(one["due_on"]).day for one in found if one["due_on"] is not None)


def _task(connection: Connection, key: int) -> dict[str, Any]:
    row = stored.row(connection, TABLE, key)
    if row is None:
        raise UserError("MON_NO_TASK")
    return row
