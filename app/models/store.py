"""The one file of a municipality: opening behind gates, operations, closing.

A ``Store`` owns the writing connection and belongs to one thread (decision 19). ``open_reader`` gives a second,
``query_only`` connection for the views.
"""

from __future__ import annotations

import os
import secrets
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from app import __version__
from app.errors import UserError
from app.models import backup, erasure, journal, migrations, network
from app.models.lock import FileLock
from app.models.schema import APPLICATION_ID
from app.models.whole_texts import WholeTexts
from app.models.words import finding_in_words

Connection = sqlite3.Connection
"""The type of a connection, for rooms that only pass it on."""

HEADER = b"SQLite format 3\x00"


class DamagedFileError(UserError):
    """The file can't be read as it should; the rescue page takes over (decision 21)."""


@dataclass(frozen=True, slots=True)
class Done:
    """What an operation left behind: its id (None where nothing changed) and the tables it touched."""

    operation_id: int | None
    label: str
    tables: frozenset[str]


class Operation:
    """One operation in progress; writes go through the store's connection."""

    def __init__(self, connection: sqlite3.Connection, operation_id: int) -> None:
        self.connection = connection
        self.id = operation_id

    @property
    def changed(self) -> bool:
        """Tell whether the operation has changed anything so far."""
        found = self.connection.execute("SELECT 1 FROM journal WHERE operation_id = ? LIMIT 1", (self.id,))
        return found.fetchone() is not None

    def insert(self, table: str, /, **values: Any) -> int:
        """Insert one row under a new random key and return the key."""
        key = values.pop("id", None) or new_id()
        names = ", ".join(["id", *values])
        marks = ", ".join("?" * (len(values) + 1))
        self.connection.execute(f'INSERT INTO "{table}"({names}) VALUES ({marks})', (key, *values.values()))
        return int(key)

    def update(self, table: str, key: int, /, **values: Any) -> None:
        """Change named columns of one row."""
        sets = ", ".join(f'"{name}" = ?' for name in values)
        self.connection.execute(f'UPDATE "{table}" SET {sets} WHERE id = ?', (*values.values(), key))

    def delete(self, table: str, key: int) -> None:
        """Delete one row."""
        self.connection.execute(f'DELETE FROM "{table}" WHERE id = ?', (key,))

    def bulk_insert(
        self, table: str, names: Sequence[str], rows: Iterable[Sequence[Any]], first: int = 0,
        between: Callable[[int], None] | None = None,
    ) -> int:  # fmt: skip
        """Insert many rows as one journal entry; see ``journal.bulk_insert``."""
        return journal.bulk_insert(self.connection, table, names, rows, first, between)


free_keys = journal.free_keys


def new_id() -> int:
    """Return a random positive 63-bit key: copies of a file can later be merged (decision 20)."""
    return secrets.randbits(63) or 1


def _map_error(error: sqlite3.Error, path: Path) -> UserError:
    """Turn a fault of the environment into a message; everything else stays a bug."""
    text = str(error)
    code = getattr(error, "sqlite_errorname", "") or ""
    if code.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")) or "malformed" in text:
        return DamagedFileError("STORE_DAMAGED", file=path.name, detail=finding_in_words(text))
    if code.startswith("SQLITE_FULL"):
        return UserError("STORE_DISK_FULL", file=path.name, folder=path.absolute().parent)
    if code.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM")):
        return UserError("STORE_NOT_WRITABLE", file=path.name, folder=path.absolute().parent)
    if code.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return UserError("STORE_BUSY", file=path.name)
    if code.startswith("SQLITE_IOERR"):
        return UserError("STORE_IO", file=path.name, detail=finding_in_words(text))
    raise error


@contextmanager
def guarded(path: Path) -> Iterator[None]:
    """Map SQLite's and the system's faults inside the block to coded messages."""
    try:
        yield
    except sqlite3.Error as error:
        raise _map_error(error, path) from error


def _check_header(path: Path) -> None:
    if not path.exists():
        raise UserError("STORE_MISSING", file=path.name, folder=path.absolute().parent)
    try:
        with path.open("rb") as file:
            head = file.read(100)
    except OSError as error:
        name = path.absolute().name  # of «.», too
        raise UserError("STORE_UNREADABLE", file=name, detail=finding_in_words(error.strerror or "")) from error
    if not head.startswith(HEADER):
        code = "STORE_DAMAGED" if path.suffix == ".opora" else "STORE_NOT_OPORA"
        raise DamagedFileError(code, file=path.name, detail="заголовок файла не тот")


def _connect(path: Path, *, read_only: bool) -> sqlite3.Connection:
    mode = "ro" if read_only else "rw"
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={mode}", uri=True, isolation_level=None, check_same_thread=False,
        factory=WholeTexts,
    )  # fmt: skip
    connection.execute("PRAGMA busy_timeout = 5000")
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


def _pending(path: Path) -> bool:
    """Tell whether a -wal with something in it lies beside the file."""
    wal = path.with_name(path.name + "-wal")
    return wal.exists() and wal.stat().st_size > 0


def open_reader(path: Path) -> sqlite3.Connection:
    """Open a connection that can only read; works in a read-only folder too.

    Raises:
        UserError: ``STORE_…`` where the file is missing or damaged.
    """
    _check_header(path)
    with guarded(path):
        # what another program has not yet put into the file stays there; else the last one tidies -wal and -shm away
        connection = _connect(path, read_only=_pending(path))
        try:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except sqlite3.OperationalError:
            # WAL wants to make its -shm; where the folder forbids that and nothing is pending, the file is closed
            connection.close()
            if _pending(path):
                raise
            connection = sqlite3.connect(
                f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False, factory=WholeTexts
            )
        connection.execute("PRAGMA query_only = ON")
        connection.execute("PRAGMA cache_size = -65536")
    return connection


@contextmanager
def one_moment(connection: sqlite3.Connection) -> Iterator[None]:
    """Let everything that is read inside be of one moment: what is written meanwhile is not seen half-way.

    A file on a share has no WAL; there a held reading would keep the writer out, and every question stands alone.
    """
    if connection.in_transaction or connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        yield
        return
    connection.execute("BEGIN")
    try:
        yield
    finally:
        connection.rollback()


def _written_by(connection: sqlite3.Connection) -> str:
    """Return the version that wrote the file; a newer one may keep it elsewhere."""
    with suppress(sqlite3.OperationalError):
        row = connection.execute("SELECT value FROM file_meta WHERE key = 'written_by'").fetchone()
        if row is not None:
            return str(row[0])
    return "неизвестной"


def gate(connection: sqlite3.Connection, path: Path) -> None:
    """Refuse what is not ours or comes from a newer program, naming its version.

    Raises:
        UserError: ``STORE_NOT_OPORA``, ``STORE_NEWER``, ``STORE_DAMAGED``.
    """
    with guarded(path):
        if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
            raise UserError("STORE_NOT_OPORA", file=path.name)
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if version > len(migrations.NAMES):
            raise UserError("STORE_NEWER", file=path.name, theirs=_written_by(connection), ours=__version__)
        finding = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    if finding != "ok":
        raise DamagedFileError("STORE_DAMAGED", file=path.name, detail=finding_in_words(finding))


class Store:
    """The open file with its writing connection.

    Everything that changes goes through ``operation``; a write outside one fails. ``close`` checks, backs up when
    something changed, and gives the lock back.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection, lock: FileLock, actor: str) -> None:
        self.path = path
        self.connection = connection
        self.actor = actor
        self._lock = lock
        self._changed = False
        self._session = secrets.token_hex(8)
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA cache_size = -65536")
        self.listeners: list[Callable[[Done], None]] = []

    # --- opening -------------------------------------------------------------------------------------------

    @classmethod
    def create(cls, path: Path, *, name: str, actor: str) -> Store:
        """Make a new file for a municipality.

        Raises:
            UserError: ``STORE_EXISTS``, ``STORE_NO_FOLDER``, ``STORE_NOT_WRITABLE``.
        """
        if not path.absolute().parent.is_dir():
            raise UserError("STORE_NO_FOLDER", folder=path.absolute().parent)
        if path.exists():
            raise UserError("STORE_EXISTS", file=path.name, folder=path.absolute().parent)
        lock = FileLock(path, actor)
        lock.acquire()
        try:
            descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)
            os.close(descriptor)
            with guarded(path):
                connection = _connect(path, read_only=False)
                connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
                connection.execute(f"PRAGMA journal_mode = {network.journal_mode(path)}")
                cls._migrate(connection)
                cls._first_rows(connection, name, actor)
        except OSError as error:
            lock.release()
            raise UserError("STORE_NOT_WRITABLE", file=path.name, folder=path.absolute().parent) from error
        except BaseException:
            lock.release()
            path.unlink(missing_ok=True)
            raise
        return cls(path, connection, lock, actor)

    @staticmethod
    def _first_rows(connection: sqlite3.Connection, name: str, actor: str) -> None:
        connection.execute("BEGIN IMMEDIATE")
        meta = {
            "created_at": journal.now(),
            "created_by": actor,
            "written_by": __version__,
            "uid": secrets.token_hex(16),
        }
        connection.executemany("INSERT INTO file_meta(key, value) VALUES (?, ?)", meta.items())
        journal.begin(connection, actor=actor, kind="file.new", label="Создан файл", reversible=False, merge=None)
        area = new_id()
        connection.execute("INSERT INTO area(id, kind, name, own) VALUES (?, 'municipality', ?, 1)", (area, name))
        connection.execute("INSERT INTO setting(id, key, value) VALUES (?, 'municipality', ?)", (new_id(), name))
        journal.finish(connection)
        connection.execute("COMMIT")

    @classmethod
    def open(cls, path: Path, *, actor: str) -> Store:
        """Open a file for writing: header, lock, gate, migrations behind a checked backup.

        Raises:
            UserError: ``STORE_MISSING``, ``STORE_LOCKED``, ``STORE_NOT_OPORA``, ``STORE_NEWER``;
                ``DamagedFileError`` where the rescue page must take over.
        """
        _check_header(path)
        lock = FileLock(path, actor)
        lock.acquire()
        connection = None
        try:
            with guarded(path):
                with closing(open_reader(path)) as reader:
                    gate(reader, path)
                connection = _connect(path, read_only=False)
                connection.execute(f"PRAGMA journal_mode = {network.journal_mode(path)}")
            if connection.execute("PRAGMA user_version").fetchone()[0] < len(migrations.NAMES):
                connection = cls._upgrade(path, connection)
        except BaseException:
            if connection is not None:
                connection.close()
            lock.release()
            raise
        return cls(path, connection, lock, actor)

    @classmethod
    def _upgrade(cls, path: Path, connection: sqlite3.Connection) -> sqlite3.Connection:
        """Migrate behind a checked backup; on any failure the file becomes that backup again (decision 16)."""
        kept = backup.make(connection, path, reason="before-update")
        try:
            with guarded(path):
                cls._migrate(connection, older=True)
        except BaseException as error:
            # whatever broke off the update, a bug in a step too: the file must not stay half-way
            connection.close()
            backup.put_back(kept, path)
            if not isinstance(error, Exception):
                raise
            raise UserError("STORE_UPDATE_FAILED", file=path.name, detail=finding_in_words(error)) from error
        return connection

    @staticmethod
    def _migrate(connection: sqlite3.Connection, *, older: bool = False) -> None:
        connection.execute("PRAGMA foreign_keys = OFF")
        migrations.apply(connection)
        connection.execute("BEGIN IMMEDIATE")
        journal.regenerate_triggers(connection)
        broken = connection.execute("PRAGMA foreign_key_check").fetchone()
        if broken is not None:
            raise sqlite3.IntegrityError(f"foreign key broken in {broken[0]}")
        if older:
            journal.close_horizon(connection)
            connection.execute("INSERT OR IGNORE INTO file_meta(key, value) VALUES ('written_by', '')")
            connection.execute("UPDATE file_meta SET value = ? WHERE key = 'written_by'", (__version__,))
        # last, and in one with the triggers: a file whose update was killed is brought up once more
        migrations.mark(connection)
        connection.execute("COMMIT")
        connection.execute("PRAGMA foreign_keys = ON")

    # --- operations ----------------------------------------------------------------------------------------

    @contextmanager
    def operation(
        self, label: str, kind: str, *, reversible: bool = True, merge: str | None = None, bulk: bool = False
    ) -> Iterator[Operation]:
        """Run one operation: one transaction, one journal entry, all or nothing.

        Args:
            label: Russian, as it stands in the menu and in the history («Изменена школа …»).
            kind: stable code («school.edit»).
            reversible: False for approving, signing, registering (decision 17).
            merge: edits with the same key and author one after another become one operation.
            bulk: a bulk import: the disk is waited for once, at the end.
        """
        with guarded(self.path):
            if bulk:
                self.connection.execute("PRAGMA synchronous = NORMAL")
            self.connection.execute("BEGIN IMMEDIATE")
            if bulk:
                # rows and the file they come from refer to each other; checked when the transaction commits
                self.connection.execute("PRAGMA defer_foreign_keys = ON")
            try:
                visit = None if merge is None else f"{self._session}:{merge}"
                operation_id = journal.begin(
                    self.connection, actor=self.actor, kind=kind, label=label, reversible=reversible, merge=visit
                )
                yield Operation(self.connection, operation_id)
                touched = self._touched(operation_id)
                if touched:
                    journal.finish(self.connection)
                    self.connection.execute("COMMIT")
                else:
                    self.connection.execute("ROLLBACK")
            except BaseException:
                self._roll_back()
                raise
            finally:
                if bulk:
                    self.connection.execute("PRAGMA synchronous = FULL")
        if touched:
            self._tell(Done(operation_id, label, touched))

    def _touched(self, operation_id: int) -> frozenset[str]:
        # the plus keeps SQLite from walking the whole journal by table: it takes the index of the operation
        rows = self.connection.execute(
            "SELECT DISTINCT +table_name FROM journal WHERE operation_id = ?", (operation_id,)
        )
        return frozenset(name for (name,) in rows)

    def _roll_back(self) -> None:
        if self.connection.in_transaction:
            with suppress(sqlite3.Error):
                self.connection.execute("ROLLBACK")

    def _tell(self, done: Done) -> None:
        self._changed = True
        for listener in list(self.listeners):
            listener(done)

    def undo(self, operation_id: int | None = None, *, passing: bool = False) -> journal.OperationRecord:
        """Undo the last operation (or one that nothing later touched). Arguments, errors: see ``journal.undo``."""
        return self._replay(lambda: journal.undo(self.connection, operation_id, passing=passing))

    def redo(self) -> journal.OperationRecord:
        """Do again what was undone last. Errors: see ``journal.redo``."""
        return self._replay(lambda: journal.redo(self.connection))

    def _replay(self, replay: Callable[[], journal.OperationRecord]) -> journal.OperationRecord:
        with guarded(self.path):
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                record = replay()
                self._commit_replay(record)
            except sqlite3.IntegrityError as error:
                self._roll_back()
                raise UserError("GEN_UNDO_REFERRED") from error
            except BaseException:
                self._roll_back()
                raise
        self._tell(Done(record.id, record.label, self._touched(record.id)))
        return record

    def _commit_replay(self, record: journal.OperationRecord) -> None:
        try:
            self.connection.execute("COMMIT")
        except sqlite3.IntegrityError as error:
            # a reference hangs in the air; the transaction is still open, so the one who made it can be named
            later = journal.referring(self.connection)
            if later is None:
                raise
            raise UserError("GEN_UNDO_LATER", label=record.label, later=later) from error

    def erase(self, person_id: int) -> None:
        """Erase a person for good (decision 6): outside the journal, which would keep what must go."""
        with guarded(self.path):
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                erasure.erase(self.connection, person_id)
                erasure.note_erasure(self.connection, self.actor)
                self.connection.execute("COMMIT")
            except BaseException:
                self._roll_back()
                raise
            erasure.scrub(self.connection)
        self._tell(Done(None, "Удалены личные данные по просьбе", frozenset({"person"})))

    # --- closing -------------------------------------------------------------------------------------------

    def backup(self, reason: str) -> Path:
        """Make a checked backup now and thin the old ones."""
        with guarded(self.path):
            return backup.make(self.connection, self.path, reason=reason)

    def close(self) -> Path | None:
        """Close the file; when something changed, leave a checked backup and return its path.

        Raises:
            UserError: the backup failed (the file itself is closed all the same).
        """
        try:
            return self.backup("on-close") if self._changed else None
        finally:
            with suppress(sqlite3.Error):
                self.connection.execute("PRAGMA optimize")
                self.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            self.connection.close()
            self._lock.release()

    def abandon(self) -> None:
        """Close without a backup (a crash, a test)."""
        self.connection.close()
        self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
