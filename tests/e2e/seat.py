"""A person at the real window: presses what can be seen, answers questions, waits for what must appear."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.models.store import Connection
from app.operations import identification, results
from app.operations.desk import Desk
from app.ui.dialogs import Choice, Field
from app.ui.habits import Habits
from app.ui.main_window import MainWindow
from app.ui.pages.school_list import SchoolListPage
from app.ui.run import Runner
from app.ui.windows.base import Window

PATIENCE = 60_000
"""Milliseconds; a busy machine of two cores is slow (the first paper loads its libraries), a hang is for ever."""

RULE, YEAR = "rosobrnadzor-2022", 2026
W = TypeVar("W", bound=Window)
T = TypeVar("T")


@dataclass
class Answers:
    """Questions answered beforehand, in order; one that nobody expected, or of another kind, fails the test."""

    waiting: deque[tuple[str, Any]] = field(default_factory=deque)
    asked: list[str] = field(default_factory=list)

    def will(self, kind: str, answer: Any) -> None:
        """Write down the next answer: «choose», «ask», «open» or «save»."""
        self.waiting.append((kind, answer))

    def _next(self, kind: str, title: str, text: str = "") -> Any:
        self.asked.append(f"{title}\n{text}")
        assert self.waiting, f"nobody expected a question: {title}: {text}"
        expected, answer = self.waiting.popleft()
        assert expected == kind, f"{kind} was asked, {expected} was expected: {title}"
        return answer

    def choose(self, title: str, text: str, choices: Sequence[Choice]) -> str | None:
        answer = self._next("choose", title, text)
        assert answer is None or answer in {choice.key for choice in choices}
        return answer

    def ask(self, title: str, text: str, fields: Sequence[Field], verb: str) -> dict[str, str] | None:
        answer: Mapping[str, str] | None = self._next("ask", title, text)
        if answer is None:
            return None
        assert set(answer) <= {item.key for item in fields}
        given = {item.key: answer.get(item.key, item.value) for item in fields}
        assert all(given[item.key] for item in fields if item.required), "the form would not let this pass"
        return given

    def open_files(self, title: str, patterns: str, *, several: bool = True) -> list[Path] | None:
        answer: list[Path] | None = self._next("open", title)
        assert several or answer is None or len(answer) == 1
        return answer

    def open_folder(self, title: str) -> Path | None:
        answer: Path | None = self._next("folder", title)
        return answer

    def save_file(self, title: str, suggested: Path, patterns: str) -> Path | None:
        answer: Callable[[Path], Path] | Path | None = self._next("save", title)
        return answer(suggested) if callable(answer) else answer


class Seat:
    """One main window and the person before it."""

    def __init__(self, qtbot: QtBot, habits: Path, actor: str) -> None:
        self.qtbot = qtbot
        self.answers = Answers()
        self.bugs: list[BaseException] = []
        self.window = MainWindow(Desk(actor), Runner(self.bugs.append), self.answers, Habits(habits))
        self.window.resize(1366, 768)
        self.window.show()
        qtbot.waitExposed(self.window)

    # --- waiting -------------------------------------------------------------------------------------------------

    def wait(self, test: Callable[[], object], what: str = "") -> None:
        """Wait until something is true."""

        def met() -> None:
            if self.bugs:
                pytest.fail(f"bugs: {self.bugs}")  # at once: waiting does not mend it
            assert test(), what or "it did not happen"

        self.qtbot.waitUntil(met, timeout=PATIENCE)

    def rest(self) -> None:
        """Wait until nothing is awaited from the other threads."""
        runner = self.window.runner
        for _turn in range(3):  # what has come may ask for more at the next turn of the loop
            self.wait(lambda: runner.waiting == 0, "the threads are still at work")
            QApplication.processEvents()

    def bar(self, window: Window | None = None) -> str:
        """Return the message that is shown with plain spaces, "" where there is none."""
        bar = window.bar if window is not None else self.window.bar()
        return "" if bar.isHidden() else plain(bar.text.text())

    def wait_bar(self, words: str, window: Window | None = None) -> str:
        """Wait for a message with these words."""
        self.wait(lambda: words in self.bar(window), f"no message «{words}»")
        return self.bar(window)

    # --- doing ---------------------------------------------------------------------------------------------------

    def open(self, path: Path) -> None:
        """Open a file as the recent list does."""
        self.window.workspace.open(path)
        self.wait(
            lambda: self.window.session.info is not None and self.window.stack.currentWidget() is self.window.page
        )
        self.rest()

    def close(self) -> None:
        """Close the window and wait for its file."""
        window = self.window
        window.close()
        self.wait(lambda: not window.isVisible() and not window.session.desk.is_open and window.runner.waiting == 0)
        window.runner.stop()

    def command(self, key: str) -> None:
        """Choose a command of the menus."""
        action = self.window.actions_by_key[key]
        assert action.isEnabled(), f"{key} is greyed"
        action.trigger()

    def press(self, words: str, within: QWidget | None = None) -> None:
        """Click a button that can be seen, by its words."""
        place = within or self.window
        found = [
            button
            for button in place.findChildren(QAbstractButton)
            if button.text() == words and button.isVisible() and button.window() is place.window()
        ]
        assert len(found) == 1, f"«{words}»: {len(found)} buttons"
        assert found[0].isEnabled(), f"«{words}» is greyed"
        self.qtbot.mouseClick(found[0], Qt.MouseButton.LeftButton)

    def opened(self, kind: type[W]) -> W:
        """Wait for a window of a kind and return it."""

        def found() -> W | None:
            return next((w for w in self.window.workspace.windows if isinstance(w, kind) and w.isVisible()), None)

        self.wait(lambda: found() is not None, f"no {kind.__name__}")
        window = found()
        assert window is not None
        return window

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key where the keyboard is."""
        target = QApplication.focusWidget() or self.window
        self.qtbot.keyClick(target, key, modifier)

    def tab(self, name: str) -> Any:
        """Show a page and wait for its content."""
        self.command(f"tab_{name}")
        self.rest()
        return self.window.page

    def list_page(self) -> SchoolListPage:
        """Show the list of schools with its 24 rows."""
        page = self.tab("school_list")
        assert isinstance(page, SchoolListPage)
        self.wait(lambda: page.table.model.total == 24)
        self.rest()
        return page

    def read(self, function: Callable[..., T], *arguments: Any, **named: Any) -> T:
        """Ask the open file directly, past the window."""
        return self.window.session.desk.read(function, *arguments, **named).result(PATIENCE / 1000)

    def marks(self, school: str, subject: str, grade: int, year: int = YEAR) -> list[tuple[int | None, ...]]:
        """Return (participants, 2, 3, 4, 5) as the file holds them."""

        def stored(connection: Connection) -> list[tuple[int | None, ...]]:
            return [
                (m.participants, m.m2, m.m3, m.m4, m.m5)
                for m in results.marks(connection, year=year, subject=subject, grade=grade)
                if m.school == school
            ]

        return self.read(stored)

    def listed(self) -> set[str]:
        """Return who is on the list, as the file says."""
        return {row.name for row in self.read(identification.school_list, RULE, YEAR).rows if row.listed}


def type_text(widget: QWidget, text: str) -> None:
    """Type letters of any alphabet (QTest takes Latin ones only)."""
    for sign in text:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(widget, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, sign))


def plain(text: str) -> str:
    """Return a text with plain spaces."""
    return text.replace("\u00a0", " ")


def texts(widget: QWidget) -> str:
    """Return everything that labels say inside a widget."""
    return "\n".join(plain(label.text()) for label in widget.findChildren(QLabel) if label.text())


def clipboard() -> str:
    return QGuiApplication.clipboard().text()
