"""Acts on the monitoring that are broken off: functions of a module, so that another process can be told to do them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from app.models.store import Store
from app.operations import execution_marks, measuring_points, new_year, recommendations, registers
from app.operations.new_year import Answers
from app.operations.new_year_carry import CARRIERS
from app.operations.note_scope import Asked

DAY = date(2026, 11, 23)
ASKED = Asked("note", 2026, DAY)
EVERYTHING = Answers(carry=frozenset(one.key for one in CARRIERS))


def close_point(store: Store, programme_id: int, key: int) -> None:
    measuring_points.close(store, programme_id, key, DAY)


def reopen_point(store: Store, key: int) -> None:
    measuring_points.reopen(store, key, "Уточнили данные двух школ")


def mark_all(store: Store, keys: Sequence[tuple[int, int]]) -> None:
    execution_marks.mark(store, keys, "done", done_on="20.11.2026")


def put_rows(store: Store, key: str, scope: dict[str, Any], cells: Sequence[registers.Cell]) -> None:
    registers.put_cells(store, key, scope, cells)


def take_all(store: Store) -> None:
    book = recommendations.read(store.connection, ASKED)
    recommendations.take(store, ASKED, [item.key for item in book.waiting])


def attach(store: Store, row: int, path: Path) -> None:
    registers.attach(store, "acts", row, [path])


def begin_year(store: Store, answers: Answers) -> None:
    new_year.apply(store, 2027, answers)


def open_only(path: Path) -> None:
    Store.open(path, actor="Ким О. В.").abandon()
