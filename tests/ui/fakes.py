"""Stand-ins for the window's surroundings: a desk and a runner that do everything at once, dialogs that answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from app.models.store import Connection, Store, open_reader
from app.operations.desk import Desk, Info, info
from app.ui.dialogs import Choice, Field
from app.ui.run import Runner


def done(work: Callable[[], Any]) -> Future[Any]:
    """Run at once and return a finished future."""
    future: Future[Any] = Future()
    try:
        future.set_result(work())
    except Exception as error:  # noqa: BLE001 - as a thread would
        future.set_exception(error)
    return future


class InstantDesk(Desk):
    """A desk on the caller's own thread."""

    def __init__(self, actor: str = "Ким О. В.") -> None:
        super().__init__(actor)
        self.store: Store | None = None
        self.reader: Connection | None = None
        self.where: Path | None = None

    @property
    def is_open(self) -> bool:
        return self.reader is not None

    @property
    def path(self) -> Path | None:
        return self.where

    @property
    def read_only(self) -> bool:
        return self.reader is not None and self.store is None

    def _start(self, opener: Callable[[], Store]) -> Future[None]:
        def work() -> None:
            store = opener()
            store.listeners.append(self._tell)
            self.store, self.where = store, store.path
            self.reader = open_reader(store.path)

        return done(work)

    def open_read_only(self, path: Path) -> Future[None]:
        def work() -> None:
            self.reader, self.where = open_reader(path), path

        return done(work)

    def read(self, function: Any, *args: Any, **kwargs: Any) -> Future[Any]:
        return done(lambda: function(self.reader, *args, **kwargs))

    def write(self, function: Any, *args: Any, **kwargs: Any) -> Future[Any]:
        return done(lambda: function(self.store, *args, **kwargs))

    def info(self) -> Future[Info]:
        assert self.where is not None
        return self.read(info, self.where)

    def close(self) -> Path | None:
        if self.reader is not None:
            self.reader.close()
        store, self.store, self.reader, self.where = self.store, None, None, None
        return store.close() if store is not None else None

    def abandon(self) -> None:
        """Close without a backup."""
        if self.reader is not None:
            self.reader.close()
        if self.store is not None:
            self.store.abandon()
        self.store, self.reader, self.where = None, None, None


class InstantRunner(Runner):
    """A runner without threads."""

    def _submit(self, work: Callable[[], Any]) -> Future[Any]:
        return done(work)


class FakeDialogs:
    """Answers that were laid out beforehand, and what was asked."""

    def __init__(self) -> None:
        self.answers: list[Any] = []
        self.asked: list[tuple[str, str]] = []

    def _next(self, what: str, title: str) -> Any:
        self.asked.append((what, title))
        return self.answers.pop(0) if self.answers else None

    def choose(self, title: str, text: str, choices: Sequence[Choice]) -> str | None:
        answer = self._next("choose", title)
        assert answer is None or answer in {choice.key for choice in choices}
        return answer

    def ask(self, title: str, text: str, fields: Sequence[Field], verb: str) -> dict[str, str] | None:
        answer = self._next("ask", title)
        if answer is None:
            return None
        known = {field.key: field.value for field in fields}
        assert set(answer) <= set(known)
        return known | answer

    def open_files(self, title: str, patterns: str, *, several: bool = True) -> list[Path] | None:
        answer = self._next("open", title)
        return None if answer is None else [Path(item) for item in answer]

    def open_folder(self, title: str) -> Path | None:
        answer = self._next("folder", title)
        return None if answer is None else Path(answer)

    def save_file(self, title: str, suggested: Path, patterns: str) -> Path | None:
        answer = self._next("save", title)
        return None if answer is None else Path(answer)


def type_ru(widget: QWidget, text: str) -> None:
    """Type any letters (``qtbot.keyClicks`` takes Latin-1 only and aborts the process on others)."""
    for letter in text:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(widget, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter))


def press(widget: QWidget, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press one key."""
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(widget, QKeyEvent(kind, key, modifiers))
