"""The program's side of reading foreign files: one child a batch, watched and never trusted (decision 22)."""

from __future__ import annotations

import logging
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.errors import problem
from app.importers.framing import BrokenPipeFrameError, Bug, Done, Job, Progress, Start, read_frame, write_frame
from app.importers.opening import refused
from app.importers.parsed import FileReading, Hints, Known
from app.importers.scales import load_shipped

STEPS = 1000
_POLL_SECONDS = 0.05
_GRACE_SECONDS = 2.0
_log = logging.getLogger(__name__)

OnProgress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may take: seconds by the clock, bytes of memory of the child."""

    seconds: float = 180.0
    memory: int = 1500 << 20


def read_files(
    paths: Sequence[Path],
    hints: Hints,
    *,
    on_progress: OnProgress | None = None,
    cancelled: Callable[[], bool] | None = None,
    known: Known | None = None,
    limits: Limits | None = None,
) -> list[FileReading]:
    """Read files in a child process; one reading a path, in the same order.

    A file that can't be read, or whose reader died, is a reading with ``refused``; the next file goes on in a new
    child. After a cancel the file at hand and those after it are refused with IMP_CANCELLED.

    Args:
        paths: the files.
        hints: year, subject, grade, kind and answers, the same for all of them.
        on_progress: called from this thread with the name of the file at hand and the steps done of all
            (``STEPS`` a file).
        cancelled: asked about twenty times a second; a true answer kills the child.
        known: the references in force; None means the scales that come with the program.
        limits: of one file.
    """
    bounds = limits or Limits()
    in_force = Known(load_shipped()) if known is None else known
    batch = _Batch(hints, Start(in_force, bounds.memory), bounds, on_progress or _silent, cancelled or _never)
    try:
        return [batch.read(Path(path).absolute(), index, len(paths)) for index, path in enumerate(paths)]
    finally:
        batch.close()


def _silent(_name: str, _done: int, _total: int) -> None:
    """Progress nobody watches."""


def _never() -> bool:
    return False


class _Batch:
    """Files one after another through one child, a new one after each death."""

    def __init__(
        self, hints: Hints, start: Start, limits: Limits, on_progress: OnProgress, cancelled: Callable[[], bool]
    ) -> None:
        self._hints = hints
        self._start = start
        self._limits = limits
        self._on_progress = on_progress
        self._cancelled = cancelled
        self._child: _Child | None = None
        self._stopped = False

    def read(self, path: Path, index: int, files: int) -> FileReading:
        """Return the reading of one file, whatever happens to the child."""
        self._on_progress(path.name, index * STEPS, files * STEPS)
        found = self._refusal(path, "IMP_CANCELLED") if self._stop_asked() else self._ask(path, index, files)
        self._on_progress(path.name, (index + 1) * STEPS, files * STEPS)
        return found

    def _stop_asked(self) -> bool:
        self._stopped = self._stopped or self._cancelled()
        return self._stopped

    def _ask(self, path: Path, index: int, files: int) -> FileReading:
        try:
            if self._child is None:
                self._child = _Child(self._start)
            self._child.send(Job(str(path), self._hints))
        except OSError:
            return self._dead(path, "IMP_READER_DIED")
        ends = time.monotonic() + self._limits.seconds
        while True:
            message = self._child.next_message(_POLL_SECONDS)
            match message:
                case Done(reading):
                    return reading
                case Bug(trace):
                    _log.error("a bug while reading a file: %s", trace)
                    return self._refusal(path, "IMP_READER_FAULT")
                case Progress(done, total):
                    part = min(STEPS - 1, STEPS * done // total) if total else 0
                    self._on_progress(path.name, index * STEPS + part, files * STEPS)
                case _Gone():
                    return self._dead(path, "IMP_READER_DIED")
            if self._stop_asked():
                return self._dead(path, "IMP_CANCELLED")
            if time.monotonic() > ends:
                return self._dead(path, "IMP_READER_TIME")
            if self._child.memory() > self._limits.memory:
                return self._dead(path, "IMP_READER_MEMORY")

    def _dead(self, path: Path, code: str) -> FileReading:
        if self._child is not None:
            words = self._child.kill()
            if code == "IMP_READER_DIED":
                _log.warning("the reading child ended: %s", words)
            self._child = None
        return self._refusal(path, code)

    def _refusal(self, path: Path, code: str) -> FileReading:
        return refused(
            path,
            problem(code, name=path.name, seconds=round(self._limits.seconds), megabytes=self._limits.memory >> 20),
        )

    def close(self) -> None:
        """End the child: it holds nothing to save, and waiting for it to tidy up would cost a tenth of a second."""
        if self._child is not None:
            self._child.kill()
            self._child = None


@dataclass(frozen=True, slots=True)
class _Gone:
    """The child's output has ended."""


class _Child:
    """One child process, its pipes, and a thread that waits for its messages."""

    def __init__(self, start: Start) -> None:
        import tempfile

        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the child
        root = Path(__file__).resolve().parent.parent.parent
        frozen = bool(getattr(sys, "frozen", False))
        command = [sys.executable, "--read-worker"] if frozen else [sys.executable, "-m", "app", "--read-worker"]
        try:
            self._process = subprocess.Popen(  # noqa: S603 - ourselves
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._errors,
                # -m looks for the package in the current folder first: it must be ours, not the user's.
                cwd=None if frozen else root,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        except OSError:
            self._errors.close()
            raise
        self._messages: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._listen, name="read-worker", daemon=True)
        self._thread.start()
        self.send(start)

    def _listen(self) -> None:
        output = self._process.stdout
        if output is not None:
            try:
                while (message := read_frame(output)) is not None:
                    self._messages.put(message)
            except (BrokenPipeFrameError, OSError, ValueError):
                pass  # said by _Gone below
        self._messages.put(_Gone())

    def send(self, message: object) -> None:
        """Send one message.

        Raises:
            OSError: the child is gone.
        """
        if self._process.stdin is not None:
            write_frame(self._process.stdin, message)

    def next_message(self, seconds: float) -> Any:
        """Return the next message, or None after so many seconds of silence."""
        try:
            return self._messages.get(timeout=seconds)
        except queue.Empty:
            return None

    def memory(self) -> int:
        """Return the bytes of memory the child holds now; 0 where it can't be told."""
        import psutil

        try:
            return int(psutil.Process(self._process.pid).memory_info().rss)
        except psutil.Error:
            return 0

    def kill(self) -> str:
        """End the child at once; return the last words it wrote to stderr."""
        self._process.kill()
        return self._finish()

    def _finish(self) -> str:
        self._process.wait()
        self._thread.join(_GRACE_SECONDS)
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except OSError:
                    continue
        self._errors.seek(0, os.SEEK_END)
        self._errors.seek(max(0, self._errors.tell() - 2000))
        words = self._errors.read().decode("utf-8", errors="replace")
        self._errors.close()
        return words
