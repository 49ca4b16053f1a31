"""Backups: only of what is sound, checked, renamed into place, thinned by age.

They lie beside the file in «<name>.backups». A failure is raised, never printed; a good copy is never pushed out
by a bad one, nor by restoring.
"""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from app.errors import UserError
from app.models.lock import FileLock
from app.models.words import finding_in_words

KEEP_RECENT, KEEP_DAYS, KEEP_WEEKS, KEEP_MONTHS = 10, 14, 8, 12
_NAME = re.compile(r"^(?P<stem>.+) (?P<at>\d{4}-\d\d-\d\d \d\d-\d\d-\d\d)(?: (?P<n>\d+))? (?P<reason>[a-z-]+)\.opora$")
REASONS = {
    "on-close": "при закрытии",
    "before-update": "перед обновлением",
    "before-import": "перед загрузкой",
    "by-hand": "вручную",
    "before-restore": "перед восстановлением",
}


@dataclass(frozen=True, slots=True)
class Backup:
    """One copy beside the file."""

    path: Path
    at: datetime
    reason: str


def folder(path: Path) -> Path:
    """Return where the backups of a file lie."""
    return path.with_name(f"{path.stem}.backups")


def listing(path: Path) -> list[Backup]:
    """Return the backups of a file, newest first."""
    found = []
    with suppress(FileNotFoundError):
        for entry in folder(path).iterdir():
            match = _NAME.match(entry.name)
            if match and match["stem"] == path.stem:
                at = datetime.strptime(match["at"], "%Y-%m-%d %H-%M-%S")  # noqa: DTZ007 - names carry local time
                found.append(Backup(entry, at, match["reason"]))
    return sorted(found, key=lambda item: (item.at, item.path.name), reverse=True)


def _free_target(path: Path, reason: str) -> Path:
    at = datetime.now().strftime("%Y-%m-%d %H-%M-%S")  # noqa: DTZ005 - a person reads it in local time
    target = folder(path) / f"{path.stem} {at} {reason}.opora"
    number = 2
    while target.exists():
        target = folder(path) / f"{path.stem} {at} {number} {reason}.opora"
        number += 1
    return target


def verify(path: Path) -> str | None:
    """Return what is wrong with a copy, or None when it is sound."""
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as copy:
            finding = copy.execute("PRAGMA quick_check(1)").fetchone()[0]
            if finding != "ok":
                return str(finding)
            copy.execute("SELECT count(*) FROM operation").fetchone()
    except sqlite3.Error as error:
        return str(error)
    return None


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def copy_to(connection: sqlite3.Connection, target: Path) -> None:
    """Copy an open file to ``target`` by the backup API: temp file, check, fsync, rename.

    Raises:
        UserError: ``STORE_BACKUP_FAILED``; nothing is left at ``target`` then.
    """
    temp = target.with_name(target.name + ".part")
    try:
        temp.unlink(missing_ok=True)
        with closing(sqlite3.connect(temp)) as copy:
            connection.backup(copy)
            # one closed file without -wal beside it, so that it can be carried away as it is
            copy.execute("PRAGMA journal_mode = DELETE")
        finding = verify(temp)
        if finding is not None:
            raise UserError("STORE_BACKUP_FAILED", file=target.name, detail=finding_in_words(finding))
        _sync(temp)
        temp.chmod(0o600)
        temp.replace(target)
    except (OSError, sqlite3.Error) as error:
        raise UserError("STORE_BACKUP_FAILED", file=target.name, detail=finding_in_words(error)) from error
    finally:
        # on a full disk SQLite leaves its journal beside, too
        for ending in ("", "-journal", "-wal", "-shm"):
            with suppress(OSError):
                temp.with_name(temp.name + ending).unlink(missing_ok=True)


def make(connection: sqlite3.Connection, path: Path, *, reason: str) -> Path:
    """Make a checked backup of the open file and thin the old ones.

    Raises:
        UserError: ``STORE_DAMAGED_NO_BACKUP`` for a file that fails its check; ``STORE_BACKUP_FAILED``.
    """
    finding = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    if finding != "ok":
        raise UserError("STORE_DAMAGED_NO_BACKUP", file=path.name, detail=finding_in_words(finding))
    try:
        folder(path).mkdir(exist_ok=True)
    except OSError as error:
        raise UserError(
            "STORE_BACKUP_FAILED", file=path.name, detail=finding_in_words(error.strerror or error)
        ) from error
    target = _free_target(path, reason)
    copy_to(connection, target)
    thin(path)
    return target


def survivors(backups: list[Backup]) -> set[Path]:
    """Return which copies stay: 10 recent, then the newest of 14 days, 8 weeks, 12 months (newest first in)."""
    keep = {item.path for item in backups[:KEEP_RECENT]}

    def newest_of(key: Callable[[Backup], object], limit: int) -> None:
        seen: dict[object, Path] = {}
        for item in backups:
            seen.setdefault(key(item), item.path)
        keep.update(list(seen.values())[:limit])

    newest_of(lambda item: item.at.date(), KEEP_DAYS)
    newest_of(lambda item: item.at.isocalendar()[:2], KEEP_WEEKS)
    newest_of(lambda item: (item.at.year, item.at.month), KEEP_MONTHS)
    return keep


def thin(path: Path) -> list[Path]:
    """Remove the copies that age has made superfluous; returns them. Copies before a restore always stay."""
    backups = [item for item in listing(path) if item.reason != "before-restore"]
    keep = survivors(backups)
    gone = [item.path for item in backups if item.path not in keep]
    for old in gone:
        with suppress(OSError):
            old.unlink()
    return gone


def put_back(source: Path, path: Path) -> None:
    """Put a checked copy in the place of a file (its -wal and -shm go first)."""
    for suffix in ("-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    with closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)) as good:
        copy_to(good, path)


def restore(source: Path, target: Path) -> Path | None:
    """Restore a backup to ``target``; a file that stands there is moved aside first and its new path returned.

    The undo horizon of the restored file closes (decision 17).

    Raises:
        UserError: ``STORE_MISSING``, ``STORE_BACKUP_BROKEN``, ``STORE_BACKUP_SELF``, ``STORE_BACKUP_FAILED``;
            ``STORE_LOCKED`` where somebody works in the file at ``target``.
    """
    if not source.exists():
        raise UserError("STORE_MISSING", file=source.name, folder=source.absolute().parent)
    if target.exists() and source.samefile(target):
        raise UserError("STORE_BACKUP_SELF", file=source.name)
    finding = verify(source)
    if finding is not None:
        raise UserError("STORE_BACKUP_BROKEN", file=source.name, detail=finding_in_words(finding))
    lock = FileLock(target, "")
    lock.acquire()
    try:
        return _exchange(source, target)
    except (OSError, sqlite3.Error) as error:
        raise UserError("STORE_BACKUP_FAILED", file=target.name, detail=finding_in_words(error)) from error
    finally:
        lock.release()


def _exchange(source: Path, target: Path) -> Path | None:
    """Set the standing file aside and put the copy in its place; on failure the standing file comes back."""
    from app.models import journal

    aside = _set_aside(target) if target.exists() else None
    try:
        put_back(source, target)
        with closing(sqlite3.connect(target)) as restored:
            journal.close_horizon(restored)
            restored.commit()
    except BaseException:
        if aside is not None:
            _move(aside, target)
        raise
    return aside


def _move(path: Path, target: Path) -> None:
    """Move a file together with what SQLite keeps beside it."""
    for suffix in ("-wal", "-shm"):
        beside = path.with_name(path.name + suffix)
        if beside.exists():
            beside.replace(target.with_name(target.name + suffix))
    path.replace(target)


def _set_aside(target: Path) -> Path:
    """Move a standing file among the backups under a name that thinning never removes."""
    folder(target).mkdir(exist_ok=True)
    aside = _free_target(target, "before-restore")
    _move(target, aside)
    return aside
