"""What every page is given: the open file, the way to run things, questions, habits, the year, and where to go."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from datetime import date
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from app import clock, school_years
from app.errors import UserError
from app.models.store import Connection, Done, Store
from app.operations.desk import Desk, Info
from app.ui.dialogs import Dialogs
from app.ui.habits import Habits
from app.ui.run import Job, Runner

if TYPE_CHECKING:
    from app.operations.checks import DataProblem

P = ParamSpec("P")
T = TypeVar("T")

LOOK_AFTER = 400
"""Milliseconds of rest after a change before the data are checked anew."""
MOST_CHECKED = 3000
"""In a file with more schools the checks take seconds: they run only when the list of findings is asked for."""


class Session(QObject):
    """The window's view of one open file.

    Signals:
        changed(tables): an operation has touched these tables.
        info_changed(): ``info`` is new.
        year_changed(): another school year was chosen.
        wanted(place, payload): somebody asks the window to go to a place («school», 17).
        told(level, text, repairs): a message for the bar of the page shown.
        problems_changed(): ``problems`` is new.
    """

    changed = Signal(frozenset)
    info_changed = Signal()
    year_changed = Signal()
    wanted = Signal(str, object)
    told = Signal(str, str, object)
    problems_changed = Signal()
    _done = Signal(object)

    def __init__(
        self, desk: Desk, runner: Runner, dialogs: Dialogs, habits: Habits, *,
        today: Callable[[], date] = clock.today, parent: QObject | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.desk = desk
        self.runner = runner
        self.dialogs = dialogs
        self.habits = habits
        self.today = today
        self.info: Info | None = None
        self.problems: list[DataProblem] | None = None
        self._look = QTimer(self)
        self._look.setSingleShot(True)
        self._look.setInterval(LOOK_AFTER)
        self._look.timeout.connect(self.look)
        self.school_year = school_years.year_of(today())
        self._done.connect(self._tell, Qt.ConnectionType.AutoConnection)
        desk.changed.append(self._emit_done)

    # --- running -------------------------------------------------------------------------------------------------

    def read(
        self, owner: QObject, then: Callable[[T], object], function: Callable[Concatenate[Connection, P], T],
        *args: P.args, **kwargs: P.kwargs,
    ) -> None:  # fmt: skip
        """Run a query and hand its result to ``then``; an expected failure goes to the page's bar."""
        if self.desk.is_open:
            future = self.desk.read(function, *args, **kwargs)
            self.runner.take(future, then, self.tell_error, owner=owner)

    def write(
        self, owner: QObject, then: Callable[[T], object] | None, function: Callable[Concatenate[Store, P], T],
        *args: P.args, **kwargs: P.kwargs,
    ) -> None:  # fmt: skip
        """Run an operation; an expected failure goes to the page's bar, a file open for reading says so."""
        future = self.written(function, *args, **kwargs)
        if future is not None:
            self.runner.take(future, then, self.tell_error, owner=owner)

    def written(
        self, function: Callable[Concatenate[Store, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> Future[T] | None:
        """Return the future of an operation, None (and a message) where the file is open for reading only."""
        if not self.desk.is_open:
            return None
        if self.desk.read_only:
            self.tell_error(UserError("GEN_READ_ONLY"))
            return None
        return self.desk.write(function, *args, **kwargs)

    def job(
        self, owner: QObject, work: Callable[[Job], T], then: Callable[[T], object] | None = None,
        failed: Callable[[UserError], object] | None = None,
        progress: Callable[[str, int, int], object] | None = None,
    ) -> Job:  # fmt: skip
        """Run work on files or papers beside the window."""
        return self.runner.job(work, then, failed or self.tell_error, progress=progress, owner=owner)

    # --- telling -------------------------------------------------------------------------------------------------

    def tell(self, level: str, text: str, *repairs: tuple[str, Callable[[], object]]) -> None:
        """Show a message in the bar of the page."""
        self.told.emit(level, text, repairs)

    def tell_error(self, error: UserError) -> None:
        """Show an expected failure in the bar of the page."""
        self.told.emit("bad", f"{error.what} {error.cure}".strip(), ())

    def go(self, place: str, payload: Any = None) -> None:
        """Ask the window to go somewhere."""
        self.wanted.emit(place, payload)

    # --- what changed --------------------------------------------------------------------------------------------

    def _emit_done(self, done: Done) -> None:
        self._done.emit(done)

    @Slot(object)
    def _tell(self, done: Done) -> None:
        self.changed.emit(done.tables)
        self.refresh_info()

    def refresh_info(self) -> None:
        """Read anew what the frame of the window shows."""
        if self.desk.is_open:
            self.runner.take(self.desk.info(), self._take_info, self.tell_error, owner=self)

    def _take_info(self, info: Info) -> None:
        self.info = info
        self.info_changed.emit()
        if info.schools <= MOST_CHECKED:
            self._look.start()

    def look(self) -> None:
        """Check the data anew: what is wrong or doubtful, and what has been explained."""
        self.read(self, self.take_problems, _problems)

    def take_problems(self, found: list[DataProblem]) -> None:
        """Learn what a check of the data has found."""
        self.problems = found
        self.problems_changed.emit()

    @property
    def open_problems(self) -> int | None:
        """How many findings wait for a person; None before the first look."""
        return None if self.problems is None else sum(item.open for item in self.problems)

    def set_school_year(self, year: int) -> None:
        """Choose another school year."""
        if year != self.school_year:
            self.school_year = year
            self.habits.put("school_year", year)
            self.year_changed.emit()

    def forget(self) -> None:
        """Know nothing of the file any more: it is closed."""
        self._look.stop()  # begun for the file that was, it would fire into the next one
        self.info, self.problems = None, None

    def detach(self) -> None:
        """Stop listening to the desk."""
        self._look.stop()
        if self._emit_done in self.desk.changed:
            self.desk.changed.remove(self._emit_done)


def _problems(connection: Connection) -> list[DataProblem]:
    """Check the data. Imported on the reader's thread: the catalogues of checks would hold up the window."""
    from app.operations import checks

    return checks.problems(connection)
