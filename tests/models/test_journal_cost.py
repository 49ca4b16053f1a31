"""What an operation costs does not grow with the history behind it: counted in steps of SQLite, not in seconds."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.models import programme_reading
from app.models.store import Store
from tests.helpers import stores
from tests.helpers.programmes import small

_ROWS = 20_000


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    kept = stores.made(tmp_path / "район.opora")
    yield kept
    kept.abandon()


def _steps(connection: sqlite3.Connection, act: Callable[[], object]) -> int:
    """Return how many hundreds of steps SQLite makes."""
    told = [0]

    def tell() -> int:
        told[0] += 1
        return 0

    connection.set_progress_handler(tell, 100)
    try:
        act()
    finally:
        connection.set_progress_handler(None, 100)
    return told[0]


def _history(store: Store) -> None:
    with store.operation("Много строк", "school.add") as operation:
        for number in range(_ROWS):
            operation.insert("setting", key=f"k{number}", value="1")
    # as after closing a file: SQLite now believes that one operation writes very many entries
    store.connection.execute("ANALYZE")


def test_an_operation_does_not_walk_through_the_journal(store: Store) -> None:
    key = stores.school(store, "СШ № 1")
    before = _steps(store.connection, lambda: stores.rename(store, key, "СШ № 2"))
    _history(store)
    after = _steps(store.connection, lambda: stores.rename(store, key, "СШ № 3"))
    assert after < before + _ROWS // 1000


def test_reading_a_programme_after_an_edit_does_not_either(store: Store) -> None:
    keys = small(store)
    _history(store)

    def edited() -> int:
        with store.operation("Изменён текст", "programme.edit") as operation:
            operation.update("programme_node", keys["first"], text=f"Семинар {store.connection.total_changes}")
        return _steps(store.connection, lambda: programme_reading.tree(store.connection, keys["programme"]))

    programme_reading.tree(store.connection, keys["programme"])
    assert edited() < _ROWS // 1000
