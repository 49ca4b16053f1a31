"""Two threads for one file: a writer that owns the store and a reader for the views (decision 19).

The window hands functions in and gets futures back; it never holds a connection. A request that comes while the
file is not open yet, or is being closed already, is dropped: its future is cancelled, nobody gets an answer.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from threading import Lock
from typing import TypeVar

from app.models.store import Done, Store, gate, one_moment, open_reader

T = TypeVar("T")


def dropped() -> Future[T]:
    """Return the future of a request that nobody answers."""
    future: Future[T] = Future()
    future.cancel()
    future.set_running_or_notify_cancel()
    return future


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
        self._gate = Lock()
        """Held while it is decided whether a request is taken: none may come between the last one and the closing."""
        self.path: Path | None = None
        """Known while both threads are ready for requests."""

    def start(self, opener: Callable[[], Store], on_done: Callable[[Done], None]) -> Future[None]:
        """Open the store on the writer thread and the reader beside it."""

        def work() -> None:
            store = opener()
            store.listeners.append(on_done)
            try:
                self._reader = self._reading.submit(open_reader, store.path).result()
            except BaseException:
                store.abandon()  # or the file would stay locked by a program that does not show it
                raise
            self._store = store
            self.path = store.path  # last: from now on requests are taken

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
            self._reader = reader
            self.path = path

        return self._reading.submit(work)

    @property
    def read_only(self) -> bool:
        """True where nothing can be written."""
        return self._store is None

    def read(self, function: Callable[[sqlite3.Connection], T]) -> Future[T]:
        """Run a query on the reader thread; dropped while the file is not open."""

        def work() -> T:
            if self._reader is None:
                raise RuntimeError("the file is not open")
            with one_moment(self._reader):
                return function(self._reader)

        with self._gate:
            return dropped() if self.path is None else self._reading.submit(work)

    def write(self, function: Callable[[Store], T]) -> Future[T]:
        """Run an operation on the writer thread; dropped while the file is not open."""

        def work() -> T:
            if self._store is None:
                raise RuntimeError("the file is open for reading only")
            return function(self._store)

        with self._gate:
            return dropped() if self.path is None else self._writing.submit(work)

    def stop(self) -> Path | None:
        """Close reader and store (with its backup on close) and end both threads; waits.

        What was asked for before is still answered; what is asked for from now on is dropped.

        Returns:
            The backup that was made, if any.

        Raises:
            UserError: the backup on close failed; the file itself is closed.
        """
        with self._gate:
            self.path = None
        try:
            if self._reader is not None:
                self._reading.submit(self._reader.close).result()
            store = self._store
            return self._writing.submit(store.close).result() if store is not None else None
        finally:
            self._store, self._reader = None, None
            self._reading.shutdown()
            self._writing.shutdown()
