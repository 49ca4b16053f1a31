"""Running things off the GUI thread and bringing their results back to it.

Functions run on the desk's reader and writer threads (``Runner.take`` on their futures) or, for files and papers, on
a small pool of the runner itself (``Runner.job``). Results come back through one signal, so every handler runs in the
GUI thread. A handler whose owner is gone is not called. ``UserError`` goes to the handler of errors; anything else is
a bug and goes to the crash window.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from threading import Event
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal, Slot

from app.errors import UserError

T = TypeVar("T")

PROGRESS_EVERY = 0.05
"""Seconds between two reports of progress that reach the window."""


class Job:
    """What long work holds to tell how far it is and to learn that it shall stop."""

    def __init__(self, tell: Callable[[str, int, int], None]) -> None:
        self._tell = tell
        self._stop = Event()
        self._last = 0.0

    def progress(self, text: str, done: int, total: int) -> None:
        """Report; cheap enough to be called at every row."""
        now = time.monotonic()
        if now - self._last >= PROGRESS_EVERY or (total and done >= total):
            self._last = now
            self._tell(text, done, total)

    def cancelled(self) -> bool:
        """Tell whether somebody pressed «Остановить»."""
        return self._stop.is_set()

    def cancel(self) -> None:
        """Ask the work to stop."""
        self._stop.set()


class Runner(QObject):
    """The bridge between threads.

    Args:
        on_bug: what is done with an exception that is no ``UserError``.

    Signals:
        busy(count): how many results are awaited.
    """

    busy = Signal(int)
    _arrived = Signal(object)

    def __init__(self, on_bug: Callable[[BaseException], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._on_bug = on_bug
        self._waiting = 0
        self._pool: ThreadPoolExecutor | None = None
        self._arrived.connect(self._run, Qt.ConnectionType.AutoConnection)

    @property
    def on_bug(self) -> Callable[[BaseException], None]:
        """What is done with an exception that is no ``UserError``."""
        return self._on_bug

    @property
    def waiting(self) -> int:
        """How many results are awaited."""
        return self._waiting

    def take(
        self, future: Future[T], then: Callable[[T], object] | None = None,
        failed: Callable[[UserError], object] | None = None, *, owner: QObject | None = None,
    ) -> None:  # fmt: skip
        """Hand the result of a future to ``then`` in the GUI thread.

        Args:
            future: from the desk or from ``job``.
            then: gets the result.
            failed: gets a ``UserError``; without it such an error counts as a bug.
            owner: nothing is called once this object is gone.
        """
        self._waiting += 1
        self.busy.emit(self._waiting)
        future.add_done_callback(lambda done: self._arrived.emit(lambda: self._finish(done, then, failed, owner)))

    @Slot(object)
    def _run(self, closure: Callable[[], None]) -> None:
        closure()

    def _finish(
        self, future: Future[Any], then: Callable[[Any], object] | None,
        failed: Callable[[UserError], object] | None, owner: QObject | None,
    ) -> None:  # fmt: skip
        self._waiting -= 1
        self.busy.emit(self._waiting)
        gone = owner is not None and not shiboken6.isValid(owner)
        try:
            result = future.result()
        except CancelledError:
            return
        except UserError as error:
            if gone:
                return
            if failed is None:
                self._on_bug(error)
            else:
                failed(error)
            return
        except Exception as error:  # noqa: BLE001 - the boundary of a thread: nothing may be lost here
            self._on_bug(error)
            return
        if then is not None and not gone:
            then(result)

    def job(
        self, work: Callable[[Job], T], then: Callable[[T], object] | None = None,
        failed: Callable[[UserError], object] | None = None, *,
        progress: Callable[[str, int, int], object] | None = None, owner: QObject | None = None,
    ) -> Job:  # fmt: skip
        """Run work on files and papers on a thread of its own; returns what can cancel it."""

        def report(text: str, done: int, total: int) -> None:
            self._arrived.emit(lambda: tell(text, done, total))

        def tell(text: str, done: int, total: int) -> None:
            if progress is not None and (owner is None or shiboken6.isValid(owner)):
                progress(text, done, total)

        job = Job(report)
        self.take(self._submit(lambda: work(job)), then, failed, owner=owner)
        return job

    def _submit(self, work: Callable[[], T]) -> Future[T]:
        if self._pool is None:
            self._pool = ThreadPoolExecutor(max_workers=2, thread_name_prefix="opora-files")
        return self._pool.submit(work)

    def stop(self) -> None:
        """End the pool; waits for what runs."""
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None
