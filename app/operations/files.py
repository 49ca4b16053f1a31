"""Making and opening files for the commands: the same gates as in the window, on the caller's own thread."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from app.errors import Problem, UserError
from app.models import settings
from app.models.lock import FileLock
from app.models.store import Connection, DamagedFileError, Store, gate, one_moment, open_reader

if TYPE_CHECKING:
    from app.operations.file_check import FileCheck


def default_actor() -> str:
    """Return whose name goes into the journal when nobody says: the environment's, else the account's."""
    return os.environ.get("OPORA_ACTOR") or os.environ.get("USER") or os.environ.get("USERNAME") or "методист"


@contextmanager
def for_reading(path: Path) -> Iterator[Connection]:
    """Open a file for reading, as it is at this moment; it may be in work elsewhere.

    Raises:
        UserError: ``STORE_…``.
    """
    with closing(open_reader(path)) as connection:
        gate(connection, path)
        with one_moment(connection):
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
        UserError: ``GEN_EMPTY_MUNICIPALITY``, ``STORE_EXISTS``, ``STORE_NO_FOLDER``, ``STORE_NOT_WRITABLE``.
    """
    if not name.strip():
        raise UserError("GEN_EMPTY_MUNICIPALITY")
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


def copy(source: Path, target: Path) -> None:
    """Write a consistent copy of a file, also of one that is open elsewhere.

    Raises:
        UserError: ``STORE_…`` of opening, ``STORE_BACKUP_FAILED``.
    """
    from app.models.backup import copy_to

    with for_reading(source) as connection:
        copy_to(connection, target)


def check(path: Path) -> FileCheck:
    """Check storage and data of a file; a damaged one is a finding, not a refusal to answer.

    Raises:
        UserError: ``STORE_MISSING``, ``STORE_NOT_OPORA``, ``STORE_NEWER``.
    """
    from app.operations import file_check  # the catalogues of checks would make the window start later

    try:
        with for_reading(path) as connection:
            return file_check.look(connection)
    except DamagedFileError as error:
        return file_check.FileCheck((Problem("error", error.code, str(error)),))


def as_problems(found: FileCheck) -> list[Problem]:
    """Return a check in the form of messages.

    Errors of storage stand first; then open problems of the data: «мешает» as error,
    «нужно объяснение» as warning, «подсказка» as hint. Findings of imports are about files, not the data.
    """
    from app.operations import checks

    return [*found.storage, *checks.as_problems(item for item in found.data if item.place.kind != "import")]


def remove_example(path: Path) -> None:
    """Delete the example with everything beside it; a file with real work is never deleted.

    Raises:
        UserError: ``GEN_NOT_EXAMPLE``; ``STORE_LOCKED`` while somebody works in it.
    """
    from app.models.backup import folder, listing

    with for_reading(path) as connection:
        if settings.get(connection, "demo") != "1":
            raise UserError("GEN_NOT_EXAMPLE", file=path.name)
    lock = FileLock(path, "")
    lock.acquire()
    try:
        for copy in listing(path):
            copy.path.unlink(missing_ok=True)
        with suppress(OSError):
            folder(path).rmdir()
        for suffix in ("-wal", "-shm", ""):
            path.with_name(path.name + suffix).unlink(missing_ok=True)
    finally:
        lock.release()
