"""How one figure is measured: in a process of its own, several times, with the memory of the process and its children.

``in_child`` starts ``python -m benchmarks.child MODULE FUNCTION ARGUMENTS``: the function returns its seconds, this
side watches the memory. Nothing is warm but the system's file cache.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil

ROOT = Path(__file__).resolve().parent.parent
POLL = 0.02
CHEAP, DEAR = 5, 3
"""How many times a figure is taken (decision 35: a median of five; of three where one takes many seconds)."""


@dataclass(frozen=True)
class Side:
    """One of the two things compared: its times and the most memory that its process tree held at once.

    Attributes:
        seconds: every run.
        peak: bytes; 0 where it was not watched.
        facts: what proves that both sides did the same work.
    """

    seconds: tuple[float, ...]
    peak: int = 0
    facts: dict[str, Any] = field(default_factory=dict)

    @property
    def median(self) -> float:
        """The middle of the runs."""
        return statistics.median(self.seconds)

    def percentile(self, percent: int) -> float:
        """Return the time that so many per cent of the runs keep within (nearest rank)."""
        ordered = sorted(self.seconds)
        return ordered[max(0, -(-percent * len(ordered) // 100) - 1)]


@dataclass(frozen=True)
class Figure:
    """One comparison: ours beside its bound.

    Attributes:
        title: what is measured.
        ours: what the program does.
        bound: what the same work costs without it.
        names: how the two sides are called.
        limit: seconds that must not be passed, with the percentile they are asked of; None where there is only a ratio.
        note: a line below.
        most: how many times longer, and larger in memory, ours may be; None where nothing is asked.
        slower: how many times longer ours may be, whatever its memory; None where nothing is asked.
        again: the same asked once more while nothing has changed, with the seconds it may take.
    """

    title: str
    ours: Side
    bound: Side
    names: tuple[str, str]
    limit: tuple[float, int] | None = None
    note: str = ""
    most: float | None = None
    slower: float | None = None
    again: tuple[Side, float] | None = None

    @property
    def memory_ratio(self) -> float:
        """How many times more memory ours takes at its peak; 0 where it was not watched."""
        return self.ours.peak / self.bound.peak if self.bound.peak else 0.0

    @property
    def ratio(self) -> float:
        """How many times longer ours takes."""
        return self.ours.median / self.bound.median


class NotBuiltError(Exception):
    """A part of the program that a figure needs is not there."""


def timed(work: Callable[[], Any], times: int) -> list[float]:
    """Return the seconds of each of so many runs."""
    found = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        found.append(time.perf_counter() - start)
    return found


def tree_memory(process: psutil.Process) -> int:
    """Return the resident bytes of a process and all its children; pages they share count in each."""
    total = 0
    with suppress(psutil.Error):
        for one in (process, *process.children(recursive=True)):
            with suppress(psutil.Error):
                total += one.memory_info().rss
    return total


@contextmanager
def watched(pid: int) -> Iterator[list[int]]:
    """Give a list whose only element is the most memory that the tree has held so far."""
    peak = [0]
    stop = threading.Event()

    def watch() -> None:
        with suppress(psutil.Error):
            process = psutil.Process(pid)
            while not stop.wait(POLL):
                peak[0] = max(peak[0], tree_memory(process))

    thread = threading.Thread(target=watch, daemon=True)
    thread.start()
    try:
        yield peak
    finally:
        stop.set()
        thread.join()


def in_child(module: str, function: str, *arguments: Any) -> Side:
    """Run ``benchmarks.MODULE.FUNCTION(*arguments)`` in a fresh process; it returns (seconds, facts).

    Raises:
        NotBuiltError: what it needs is not built yet.
        RuntimeError: the child failed; its own words stand on stderr.
    """
    command = [sys.executable, "-m", "benchmarks.child", module, function, json.dumps(arguments)]
    with (
        subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, encoding="utf-8") as process,
        watched(process.pid) as peak,
    ):
        said = process.communicate()[0]
    if process.returncode != 0:
        raise RuntimeError(f"{module}.{function}: code {process.returncode}")
    answer = json.loads(said.splitlines()[-1])
    if "missing" in answer:
        raise NotBuiltError(answer["missing"])
    return Side(tuple(answer["seconds"]), peak[0], answer["facts"])
