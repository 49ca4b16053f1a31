"""Two threads for one file: a writer that owns the store and a reader for the views (decision 19).

The window hands functions in and gets futures back; it never holds a connection.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from app.models.store import Done, Store, gate, open_reader

T = TypeVar("T")


class StoreService:
    """The open file behind its two threads.

    ``start`` returns when the file is open; errors of opening are raised there. ``on_done`` is called on the
    writer thread after each operation.
    """

    def __init__(self) -> None:
        self._writing = ThreadPoolExecutor(max_workers=1, thread_name_prefix="opora-writer")
        self._reading = ThreadPoolExecutor(max_workers=1, thread_name_prefix="opora-reader")
        self._store: Store | None = None
        self._reader: sqlite3.Connection | None = None
        self.path: Path | None = None

    def start(self, opener: Callable[[], Store], on_done: Callable[[Done], None]) -> Future[None]:
        """Open the store on the writer thread and the reader beside it."""

        def work() -> None:
            store = opener()
            store.listeners.append(on_done)
            self._store = store
            self.path = store.path
            self._reader = self._reading.submit(open_reader, store.path).result()

        return self._writing.submit(work)

    def start_read_only(self, path: Path) -> Future[None]:
        """Open a file that somebody else holds, for reading only."""

        def work() -> None:
            reader = open_reader(path)
            try:
                gate(reader, path)
            except BaseException:
                reader.close()
                raise
            self._reader, self.path = reader, path

        return self._reading.submit(work)

    @property
    def read_only(self) -> bool:
        """True where nothing can be written."""
        return self._store is None

    def read(self, function: Callable[[sqlite3.Connection], T]) -> Future[T]:
        """Run a query on the reader thread."""

        def work() -> T:
            if self._reader is None:
                raise RuntimeError("the file is not open")
            return function(self._reader)

        return self._reading.submit(work)

    def write(self, function: Callable[[Store], T]) -> Future[T]:
        """Run an operation on the writer thread."""

        def work() -> T:
            if self._store is None:
                raise RuntimeError("the file is open for reading only")
            return function(self._store)

        return self._writing.submit(work)

    def stop(self) -> Path | None:
        """Close reader and store (with its backup on close) and end both threads; waits.

        Returns:
            The backup that was made, if any.

        Raises:
            UserError: the backup on close failed; the file itself is closed.
        """
        try:
            if self._reader is not None:
                self._reading.submit(self._reader.close).result()
            store = self._store
            return self._writing.submit(store.close).result() if store is not None else None
        finally:
            self._store, self._reader, self.path = None, None, None
            self._reading.shutdown()
            self._writing.shutdown()
