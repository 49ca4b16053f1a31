"""Files of the program for tests: made quickly, dumped, filled with one row of everything.

``python -m tests.helpers.stores > tests/models/schemas/00N.sql`` writes the dump of a released schema.
"""

from __future__ import annotations

import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Any

from app.models import journal
from app.models.store import Operation, Store
from tests.helpers.rows import TEXTS, RowMaker

ACTOR = "Тестов"
NAME = "Тестовый район"


@cache
def _template() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "template.opora"
        Store.create(path, name=NAME, actor=ACTOR).close()
        return path.read_bytes()


def made(path: Path, *, actor: str = ACTOR) -> Store:
    """Open a new file; it is copied from one made once in this process."""
    path.write_bytes(_template())
    return Store.open(path, actor=actor)


@contextmanager
def opened(path: Path, *, actor: str = ACTOR) -> Iterator[Store]:
    """Open a file and leave it without a backup."""
    store = Store.open(path, actor=actor)
    try:
        yield store
    finally:
        store.abandon()


def school(store: Store, name: str, **values: Any) -> int:
    """Write one school as one operation."""
    with store.operation(f"Добавлена школа «{name}»", "school.add") as operation:
        return operation.insert("organisation", name=name, **values)


def rename(store: Store, key: int, name: str) -> None:
    with store.operation(f"Переименована школа «{name}»", "school.edit") as operation:
        operation.update("organisation", key, name=name)


def names(connection: sqlite3.Connection) -> list[str]:
    return [name for (name,) in connection.execute("SELECT name FROM organisation ORDER BY name")]


def dump(connection: sqlite3.Connection) -> dict[str, list[tuple[Any, ...]]]:
    """Return every row of every journaled table."""
    return {
        table: connection.execute(f'SELECT * FROM "{table}" ORDER BY id').fetchall()
        for table in journal.tables(connection)
    }


def schema(connection: sqlite3.Connection) -> dict[tuple[str, str], str]:
    """Return (type, name) → SQL of everything that stands in a file, white space evened out."""
    rows = connection.execute(
        "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
    )
    return {(kind, name): " ".join(sql.split()) for kind, name, sql in rows}


def fill(store: Store, texts: Sequence[str] = TEXTS) -> None:
    """Write one row into every journaled table as one operation."""
    maker = RowMaker(store.connection, 1, texts)
    with store.operation("Записано по одной строке всюду", "test.fill") as operation:
        for table in journal.tables(store.connection):
            _insert_one(maker, operation, table)


def _insert_one(maker: RowMaker, operation: Operation, table: str) -> None:
    for _attempt in range(50):
        # chance may hit a unique index or a check of two columns
        with suppress(sqlite3.IntegrityError):
            maker.insert(operation, table)
            return
    raise AssertionError(f"no row for {table}")


def copied(path: Path, target: Path) -> Path:
    """Copy a closed file."""
    shutil.copyfile(path, target)
    return target


def _print_dump() -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = Store.create(Path(folder) / "dump.opora", name=NAME, actor=ACTOR)
        fill(store, ["текст"])
        for line in store.connection.iterdump():
            sys.stdout.write(line + "\n")
        store.abandon()


if __name__ == "__main__":
    _print_dump()
