"""What can be saved of a damaged file: what is readable, which backup is best, what would be lost (decision 21)."""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from app.errors import UserError
from app.models import backup, journal, migrations
from app.models.backup import Backup
from app.models.schema import APPLICATION_ID
from app.models.words import finding_in_words

SALVAGED = (
    "organisation", "mark_count", "import_file", "list_approval", "outgoing_paper", "help_entry", "work_event",
    "operation",
)  # fmt: skip
_LATER = frozenset({"help_entry", "work_event"})
"""Tables that files of older releases do not have: nothing of theirs is lost."""
TABLE_WORDS = {
    "organisation": "школы и организации",
    "mark_count": "результаты",
    "import_file": "загруженные файлы",
    "list_approval": "утверждённые списки",
    "outgoing_paper": "исходящие документы",
    "help_entry": "журнал помощи",
    "work_event": "события",
    "operation": "действия в журнале",
}


@dataclass(frozen=True, slots=True)
class Readable:
    """How many rows of a table can be read; ``complete`` is False where reading broke off."""

    table: str
    words: str
    rows: int
    complete: bool


@dataclass(frozen=True, slots=True)
class GoodCopy:
    """A backup that passed its check, with what it does not hold of the damaged file."""

    backup: Backup
    operations: int
    lost_operations: int | None


@dataclass(frozen=True, slots=True)
class RescueReport:
    """Everything the rescue page says."""

    path: Path
    finding: str
    readable: tuple[Readable, ...]
    copies: tuple[GoodCopy, ...]
    broken_copies: tuple[Backup, ...]


def _open(path: Path) -> sqlite3.Connection:
    """Open for reading; what a crash left in the -wal belongs to the file, too."""
    uri = f"{path.absolute().as_uri()}?mode=ro"
    if path.with_name(path.name + "-wal").exists():
        connection = sqlite3.connect(uri, uri=True)
        try:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except sqlite3.Error:
            connection.close()
        else:
            return connection
    return sqlite3.connect(uri + "&immutable=1", uri=True)


def _count(connection: sqlite3.Connection, table: str) -> Readable:
    rows, complete = 0, True
    try:
        for _row in connection.execute(f'SELECT * FROM "{table}"'):
            rows += 1
    except sqlite3.Error:
        complete = False
    return Readable(table, TABLE_WORDS.get(table, table), rows, complete)


def _never_had(connection: sqlite3.Connection, table: str) -> bool:
    if table not in _LATER:
        return False
    try:
        return connection.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (table,)).fetchone() is None
    except sqlite3.Error:
        return False


def _last_operation(path: Path) -> int | None:
    try:
        with closing(_open(path)) as connection:
            return int(connection.execute("SELECT coalesce(max(id), 0) FROM operation").fetchone()[0])
    except sqlite3.Error:
        return None


def inspect(path: Path) -> RescueReport:
    """Look at a damaged file and its backups; nothing is overwritten."""
    finding = "файл не открывается"
    readable: tuple[Readable, ...] = ()
    try:
        with closing(_open(path)) as connection:
            readable = tuple(_count(connection, table) for table in SALVAGED if not _never_had(connection, table))
            finding = finding_in_words(connection.execute("PRAGMA quick_check(1)").fetchone()[0])
    except sqlite3.Error as error:
        finding = finding_in_words(error)
    last = _last_operation(path)
    good, broken = [], []
    for copy in backup.listing(path):
        if copy.reason == "before-restore":
            continue
        if backup.verify(copy.path) is not None:
            broken.append(copy)
            continue
        operations = _last_operation(copy.path) or 0
        good.append(GoodCopy(copy, operations, None if last is None else max(0, last - operations)))
    return RescueReport(path, finding, readable, tuple(good), tuple(broken))


def salvage(path: Path, target: Path) -> dict[str, int]:
    """Copy every row that can still be read into a new file; returns table → rows.

    Raises:
        UserError: ``STORE_EXISTS``; ``STORE_NOTHING_SAVED`` where no row can be read (no file is left then).
    """
    if target.exists():
        raise UserError("STORE_EXISTS", file=target.name, folder=target.absolute().parent)
    try:
        with closing(_open(path)) as source, closing(sqlite3.connect(target, isolation_level=None)) as fresh:
            saved = _fill(source, fresh)
        if not any(saved.values()):
            raise UserError("STORE_NOTHING_SAVED", file=path.name)
        target.chmod(0o600)
    except BaseException:
        target.unlink(missing_ok=True)
        raise
    return saved


def _fill(source: sqlite3.Connection, fresh: sqlite3.Connection) -> dict[str, int]:
    saved: dict[str, int] = {}
    fresh.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    migrations.apply(fresh)
    migrations.mark(fresh)
    fresh.execute("BEGIN")
    fresh.execute("DELETE FROM journal_state")
    for (table,) in fresh.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
        if not table.startswith(("sqlite_", "_sqlite")):
            saved[table] = _copy_rows(source, fresh, table)
    fresh.execute("DELETE FROM journal_state")
    fresh.execute("INSERT INTO journal_state(id, operation_id, recording) VALUES (1, NULL, 1)")
    journal.regenerate_triggers(fresh)
    journal.close_horizon(fresh)
    fresh.execute("COMMIT")
    return saved


def _copy_rows(source: sqlite3.Connection, fresh: sqlite3.Connection, table: str) -> int:
    names = journal.columns(fresh, table)
    marks = ", ".join("?" * len(names))
    listed = ", ".join(f'"{name}"' for name in names)
    saved = 0
    # from both ends: what lies behind a damaged page is reached from the other side, what came twice is not kept
    for order in ("", " ORDER BY rowid DESC"):
        with suppress(sqlite3.DatabaseError):
            for row in source.execute(f'SELECT {listed} FROM "{table}"{order}'):
                # a row that breaks a constraint of the new file can't be kept there; the damaged file still holds it
                with suppress(sqlite3.IntegrityError):
                    fresh.execute(f'INSERT INTO "{table}"({listed}) VALUES ({marks})', row)
                    saved += 1
            break
    return saved
