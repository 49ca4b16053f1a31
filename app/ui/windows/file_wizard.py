"""A wizard that takes one file in: asked for or dropped, read beside the window, cancelled, or refused in words."""

from __future__ import annotations

from abc import abstractmethod
from pathlib import Path
from typing import Any

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from app.errors import UserError
from app.ui.run import Job
from app.ui.session import Session
from app.ui.windows.base import Wizard


class FileWizard(Wizard):
    """The steps of one file; what is read and what it means is the window's own.

    Attributes:
        asking: title of the question for a file, and its patterns.
    """

    asking: tuple[str, str]

    def __init__(self, session: Session, title: str, parent: QWidget | None, *, size: tuple[int, int]) -> None:
        self._job: Job | None = None
        self._busy = False
        super().__init__(session, title, parent, size=size)
        self.setAcceptDrops(True)
        self.strip.cancelled.connect(self._cancel)

    @abstractmethod
    def source_of(self, path: Path, job: Job) -> Any:
        """Return what a file says; in the thread of the job."""

    @abstractmethod
    def take_source(self, source: Any) -> None:
        """Show what was read."""

    @abstractmethod
    def _enable(self) -> None:
        """Let the verb of the step be pressed where it can be done."""

    def read(self, path: Path) -> None:
        """Read a file beside the window; then show what was understood."""
        self.bar.clear()
        self._busy = True
        self._enable()
        self.strip.begin(f"Читаю «{path.name}»")
        self._job = self.session.job(
            self, lambda job: self.source_of(path, job), self._take_source, self.fail, self.strip.tell
        )

    def _ask(self) -> None:
        found = self.session.dialogs.open_files(*self.asking, several=False)
        if found:
            self.read(found[0])

    def _take_source(self, source: Any) -> None:
        self.strip.end()
        self._busy = False
        self.take_source(source)

    def _cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def done(self, code: int) -> None:
        """Close; nobody waits for what is still being read."""
        self._cancel()
        super().done(code)

    def fail(self, error: UserError) -> None:
        """Show an expected failure; the verb of the step can be pressed again."""
        self._busy = False
        super().fail(error)
        self._enable()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take a file."""
        if event.mimeData().hasUrls() and not self._busy:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Read the dropped file."""
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            self.read(paths[0])
