"""Killing a process on purpose: an act on a file, and the statement or call at which its process dies.

Children are forked by a server that has the program loaded, so that one death costs milliseconds.
"""

from __future__ import annotations

import multiprocessing
import os
import shutil
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

from app.models.store import Store

Act = Callable[..., object]
ACTOR = "Ким О. В."
BEFORE = ("first", "middle", "last")
"""Before the first write, in the middle, before the disk is told to keep it."""
AFTER = "after"
_PATIENCE = 60

_FORKS = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload(["tests.forms_break.acts"])


def preload(module: str) -> None:
    """Have acts of another folder loaded before the processes are forked; said before the first of them."""
    _FORKS.set_forkserver_preload(["tests.forms_break.acts", module])


def die() -> None:
    """End this process as a power cut does."""
    os.kill(os.getpid(), signal.SIGKILL)


class _Counter:
    """Counts the statements of transactions and dies at one of them; None only counts."""

    def __init__(self, at: int | None) -> None:
        self._at = at
        self.seen = 0
        self._inside = False

    def __call__(self, statement: str) -> None:
        if statement.startswith("BEGIN"):
            self._inside = True
        if self._inside and not statement.startswith("--"):
            self.seen += 1
            if self.seen == self._at:
                die()
        if statement.startswith(("COMMIT", "ROLLBACK")):
            self._inside = False


def _in_store(path: Path, act: Act, args: tuple[Any, ...], at: int | str | None, told: Path) -> None:
    signal.alarm(_PATIENCE)
    store = Store.open(path, actor=ACTOR)
    # half-done pages go to the disk as in a file that is larger than the memory kept for it
    store.connection.execute("PRAGMA cache_size = 1")
    counter = _Counter(at if isinstance(at, int) else None)
    store.connection.set_trace_callback(counter)
    if at == AFTER:
        store.listeners.append(lambda _done: die())
    act(store, *args)
    told.write_text(str(counter.seen), "utf-8")
    store.abandon()


def _at_call(act: Act, args: tuple[Any, ...], place: str, number: int) -> None:
    from importlib import import_module

    signal.alarm(_PATIENCE)
    module, _, name = place.partition(":")
    owner = import_module(module)
    real, calls = getattr(owner, name), 0

    def killed(*values: Any, **named: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls == number:
            die()
        return real(*values, **named)

    setattr(owner, name, killed)
    act(*args)


def _run(target: Callable[..., None], args: tuple[Any, ...]) -> int | None:
    child = _FORKS.Process(target=target, args=args)
    child.start()
    child.join(_PATIENCE)
    code = child.exitcode
    child.close()
    return code


def statements(path: Path, act: Act, *args: Any) -> int:
    """Return how many statements an act sends; it is done on a copy."""
    copy, told = path.with_name("счёт.opora"), path.with_name("счёт.txt")
    shutil.copyfile(path, copy)
    assert _run(_in_store, (copy, act, args, None, told)) == 0
    return int(told.read_text("utf-8"))


def killed(path: Path, when: str, act: Act, *args: Any) -> None:
    """Do an act in a process that dies at its first or middle statement, before its commit («last») or «after» it."""
    at: int | str = AFTER
    if when != AFTER:
        number = statements(path, act, *args)
        assert number > 3, "the act writes nothing"
        at = {"first": 2, "middle": number // 2, "last": number}[when]
    code = _run(_in_store, (path, act, args, at, path.with_name("не дошло.txt")))
    assert code == -signal.SIGKILL, code


def killed_at(place: str, number: int, act: Act, *args: Any) -> None:
    """Do an act in a process that dies at the given call of a function («module:name»)."""
    code = _run(_at_call, (act, args, place, number))
    assert code == -signal.SIGKILL, code
