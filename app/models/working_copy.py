"""A file on a network share is worked on as a local copy, checked out and in (decision 20).

While it is out, the lock beside the original names who has it. Checking in compares the original with what was
taken: if somebody changed it meanwhile, nothing is overwritten, the copy is put beside it under its own name.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path

from app.errors import UserError
from app.models import backup
from app.models.lock import FileLock, lock_path, read_holder


@dataclass(frozen=True, slots=True)
class Ticket:
    """What was taken from where; lies beside the working copy."""

    original: str
    sha256: str
    actor: str


def _ticket_path(copy: Path) -> Path:
    return copy.with_name(copy.name + ".ticket")


def digest(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def check_out(original: Path, folder: Path, actor: str) -> Path:
    """Take a working copy of a file on a share and leave the lock there.

    Raises:
        UserError: ``STORE_MISSING``, ``STORE_NO_FOLDER``, ``STORE_LOCKED`` where somebody has it, ``STORE_EXISTS``
            for a copy that was never checked in, ``STORE_BACKUP_FAILED``.
    """
    if not original.exists():
        raise UserError("STORE_MISSING", file=original.name, folder=original.absolute().parent)
    if not folder.is_dir():
        raise UserError("STORE_NO_FOLDER", folder=folder.absolute())
    copy = folder / original.name
    if copy.exists():
        raise UserError("STORE_EXISTS", file=copy.name, folder=folder)
    lock = FileLock(original, actor)
    lock.acquire()
    try:
        with closing(sqlite3.connect(f"{original.absolute().as_uri()}?mode=ro", uri=True)) as source:
            backup.copy_to(source, copy)
        ticket = Ticket(str(original.absolute()), digest(original), actor)
        _ticket_path(copy).write_text(json.dumps(asdict(ticket), ensure_ascii=False), encoding="utf-8")
    except BaseException:
        lock.release()
        copy.unlink(missing_ok=True)
        raise
    return copy


def ticket_of(copy: Path) -> Ticket | None:
    """Return where a working copy belongs, or None for an ordinary file."""
    try:
        return Ticket(**json.loads(_ticket_path(copy).read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def check_in(copy: Path) -> Path:
    """Bring a working copy back; returns where it lies now.

    The former original becomes a backup. Where the original has changed meanwhile, the copy is put beside it and
    ``STORE_SHARE_CHANGED`` says so.

    Raises:
        UserError: ``STORE_NOT_CHECKED_OUT``, ``STORE_SHARE_CHANGED``, ``STORE_BACKUP_FAILED``.
    """
    ticket = ticket_of(copy)
    if ticket is None:
        raise UserError("STORE_NOT_CHECKED_OUT", file=copy.name)
    original = Path(ticket.original)
    if original.exists() and digest(original) != ticket.sha256:
        beside = _free_beside(original, ticket.actor)
        _copy(copy, beside)
        raise UserError("STORE_SHARE_CHANGED", file=original.name, beside=beside.name)
    if original.exists():
        with closing(sqlite3.connect(f"{original.absolute().as_uri()}?mode=ro", uri=True)) as source:
            backup.make(source, original, reason="before-restore")
    _copy(copy, original)
    holder = read_holder(original)
    if holder is not None and holder.actor == ticket.actor:
        lock_path(original).unlink(missing_ok=True)
    _ticket_path(copy).unlink(missing_ok=True)
    for suffix in ("-wal", "-shm", ""):
        copy.with_name(copy.name + suffix).unlink(missing_ok=True)
    return original


def _copy(source: Path, target: Path) -> None:
    with closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)) as open_source:
        backup.copy_to(open_source, target)


def _free_beside(original: Path, actor: str) -> Path:
    number = 1
    while True:
        tail = "" if number == 1 else f" {number}"
        beside = original.with_name(f"{original.stem} (копия, {actor}){tail}{original.suffix}")
        if not beside.exists():
            return beside
        number += 1
