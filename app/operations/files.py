"""Making and opening files for the commands: the same gates as in the window, on the caller's own thread."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from app.models import settings
from app.models.store import Connection, Store, gate, open_reader


@contextmanager
def for_reading(path: Path) -> Iterator[Connection]:
    """Open a file for reading; it may be in work elsewhere.

    Raises:
        UserError: ``STORE_…``.
    """
    with closing(open_reader(path)) as connection:
        gate(connection, path)
        yield connection


@contextmanager
def for_work(path: Path, actor: str) -> Iterator[Store]:
    """Open a file for changing; on leaving it is backed up when something changed.

    Raises:
        UserError: ``STORE_…``, also when the backup on closing failed.
    """
    store = Store.open(path, actor=actor)
    try:
        yield store
    except BaseException:
        store.abandon()
        raise
    store.close()


def new(path: Path, name: str, actor: str, *, demo: bool = False) -> None:
    """Make a new file for a municipality, empty or with the invented example.

    Raises:
        UserError: ``STORE_EXISTS``, ``STORE_NOT_WRITABLE``.
    """
    store = Store.create(path, name=name, actor=actor)
    try:
        if demo:
            from app.operations.demo import fill

            fill(store)
        with store.operation("Записано название муниципалитета", "settings") as operation:
            settings.put(operation, "municipality", name)
    except BaseException:
        store.abandon()
        path.unlink(missing_ok=True)
        raise
    store.close()
