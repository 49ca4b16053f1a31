"""The desk: one open file as the window sees it. Values come back as futures; no connection leaves this room.

The window calls ``desk.read(schools.table, 2025)`` or ``desk.write(schools.edit, key, name="…")``: the first
argument of an operation (a connection or the store) is put in here, on the right thread. What is asked for while no
file is open (one is being closed or opened) is dropped: its future is cancelled.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from app.models import journal, lists, organisations, results, settings
from app.models.organisations import School
from app.models.service import StoreService, dropped
from app.models.store import Connection, Done, Store

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Info:
    """What the frame of the window shows of the open file."""

    path: Path
    municipality: str
    demo: bool
    schools: int
    listed: int | None
    problems: int
    years: tuple[int, ...]
    undo_label: str | None
    redo_label: str | None
    saved_at: str | None
    settings: dict[str, str]


def info(connection: Connection, path: Path) -> Info:
    """Return what the frame of the window shows."""
    undo, redo = journal.undo_candidate(connection), journal.redo_candidate(connection)
    last = journal.history(connection, 1)
    values = settings.get_all(connection)
    in_force = next((item for item in lists.approvals(connection) if item.state == "approved"), None)
    listed = None
    if in_force is not None:
        listed = sum(1 for row in lists.snapshot(connection, in_force.snapshot_id)["schools"] if row["listed"])
    return Info(
        path=path,
        municipality=values["municipality"],
        demo=values["demo"] == "1",
        schools=len(organisations.listing(connection)),
        listed=listed,
        problems=sum(results.problem_counts(connection).values()),
        years=tuple(results.years(connection)),
        undo_label=undo.label if undo else None,
        redo_label=redo.label if redo else None,
        saved_at=last[0].at if last else None,
        settings=values,
    )


def schools(connection: Connection) -> list[School]:
    """Return every organisation, for the search of the window; the rules of the registry are not loaded for it."""
    return organisations.listing(connection, own=None, kind=None)


class Desk:
    """One open file behind its two threads.

    Attributes:
        changed: callbacks called on the writer thread with the tables that an operation touched.
        actor: whose name goes into the journal.
    """

    def __init__(self, actor: str) -> None:
        self.actor = actor
        self.changed: list[Callable[[Done], None]] = []
        self._service: StoreService | None = None

    @property
    def is_open(self) -> bool:
        """True while a file is open."""
        return self.path is not None

    @property
    def path(self) -> Path | None:
        """The open file."""
        service = self._service  # another thread may close it at any moment
        return service.path if service is not None else None

    @property
    def read_only(self) -> bool:
        """True where somebody else holds the file."""
        service = self._service
        return service is not None and service.read_only

    def create(self, path: Path, name: str) -> Future[None]:
        """Make a new file and open it. Errors of the future: see ``Store.create``."""
        return self._start(lambda: Store.create(path, name=name, actor=self.actor))

    def open(self, path: Path) -> Future[None]:
        """Open a file for work. Errors of the future: see ``Store.open``."""
        return self._start(lambda: Store.open(path, actor=self.actor))

    def open_read_only(self, path: Path) -> Future[None]:
        """Open a file that somebody else holds, for reading only."""
        self._service = StoreService()
        return self._service.start_read_only(path)

    def _start(self, opener: Callable[[], Store]) -> Future[None]:
        self._service = StoreService()
        return self._service.start(opener, self._tell)

    def _tell(self, done: Done) -> None:
        for callback in list(self.changed):
            callback(done)

    def read(self, function: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Run a query of operations on the reader thread."""
        service = self._service
        if service is None:
            return dropped()
        return service.read(lambda connection: function(connection, *args, **kwargs))

    def write(self, function: Callable[Concatenate[Store, P], T], *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Run an operation on the writer thread."""
        service = self._service
        if service is None:
            return dropped()
        return service.write(lambda store: function(store, *args, **kwargs))

    def info(self) -> Future[Info]:
        """Return what the frame of the window shows of the file."""
        path = self.path
        return dropped() if path is None else self.read(info, path)

    def close(self) -> Path | None:
        """Close the file and wait; returns the backup made on closing.

        Raises:
            UserError: the backup failed; the file itself is closed.
        """
        service, self._service = self._service, None
        return service.stop() if service is not None else None


def put_setting(store: Store, key: str, value: str) -> None:
    """Change a setting of the file."""
    with store.operation("Изменены настройки файла", "settings", merge=f"setting:{key}") as operation:
        settings.put(operation, key, value)
