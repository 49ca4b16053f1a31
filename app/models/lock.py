"""Who holds a file: a lock beside it that names user, machine and time, and knows when it is stale."""

from __future__ import annotations

import errno
import getpass
import json
import os
import platform
import time
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from app.errors import UserError

UNFINISHED_AFTER = 10.0  # seconds after which a lock without readable content counts as left behind
_NO_SPACE = {errno.ENOSPC, errno.EFBIG} | ({errno.EDQUOT} if hasattr(errno, "EDQUOT") else set())


@dataclass(frozen=True, slots=True)
class Holder:
    """The holder of a file, as the second opener is told."""

    actor: str
    user: str
    host: str
    pid: int
    started: int
    since: str


def me(actor: str) -> Holder:
    """Return this process as a holder."""
    import psutil

    try:
        user = getpass.getuser()
    except (OSError, KeyError):
        user = ""
    since = datetime.now(UTC).replace(microsecond=0).isoformat()
    return Holder(actor, user, platform.node(), os.getpid(), int(psutil.Process().create_time()), since)


def lock_path(path: Path) -> Path:
    """Return where the lock of a file lies."""
    return path.with_name(path.name + ".lock")


def read_holder(path: Path) -> Holder | None:
    """Return who holds the file, or None where the lock is missing or unreadable."""
    return _holder_in(lock_path(path))


def _holder_in(lock: Path) -> Holder | None:
    try:
        return Holder(**json.loads(lock.read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def is_stale(path: Path, holder: Holder | None) -> bool:
    """Tell whether a lock was left behind by a process that is gone."""
    import psutil

    if holder is None:
        try:
            return time.time() - lock_path(path).stat().st_mtime > UNFINISHED_AFTER
        except FileNotFoundError:
            return True
    if holder.host != platform.node():
        return False
    try:
        return int(psutil.Process(holder.pid).create_time()) != holder.started
    except psutil.NoSuchProcess:
        return True
    except psutil.AccessDenied:
        return False


class FileLock:
    """Held from ``acquire`` to ``release``.

    Raises:
        UserError: ``STORE_LOCKED`` with the holder's name, machine and time.
    """

    def __init__(self, path: Path, actor: str) -> None:
        self._path = path
        self._holder = me(actor)
        self._held = False

    def acquire(self) -> None:
        """Take the lock, taking over a stale one."""
        for _attempt in range(2):
            if self._create():
                self._held = True
                return
            holder = read_holder(self._path)
            if not is_stale(self._path, holder):
                raise self._refusal(holder)
            self._clear_away(holder)
        raise self._refusal(read_holder(self._path))

    def _clear_away(self, stale: Holder | None) -> None:
        """Remove a stale lock, but not one that a quicker opener has put in its place meanwhile."""
        place = lock_path(self._path)
        aside = place.with_name(f"{place.name}.{os.getpid()}")
        try:
            place.replace(aside)
        except FileNotFoundError:
            return
        taken = _holder_in(aside)
        if taken is not None and taken != stale:
            aside.replace(place)
        else:
            aside.unlink()

    def _create(self) -> bool:
        made = False
        try:
            with lock_path(self._path).open("x", encoding="utf-8") as file:
                made = True
                json.dump(asdict(self._holder), file, ensure_ascii=False)
        except FileExistsError:
            return False
        except OSError as error:
            if made:
                # half a lock names nobody and would keep everybody out for a while
                lock_path(self._path).unlink(missing_ok=True)
            code = "STORE_DISK_FULL" if error.errno in _NO_SPACE else "STORE_NOT_WRITABLE"
            raise UserError(code, file=self._path.name, folder=self._path.absolute().parent) from error
        return True

    def _refusal(self, holder: Holder | None) -> UserError:
        who = "другая программа" if holder is None else f"{holder.actor or holder.user} ({holder.host})"
        since = "" if holder is None else datetime.fromisoformat(holder.since).astimezone().strftime("%d.%m.%Y %H:%M")
        return UserError("STORE_LOCKED", file=self._path.name, who=who, since=since or "неизвестного времени")

    def release(self) -> None:
        """Give the lock back if it is still ours."""
        if self._held and read_holder(self._path) == self._holder:
            lock_path(self._path).unlink(missing_ok=True)
        self._held = False
