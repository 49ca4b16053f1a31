"""The whole window over real files in ``tmp_path``; nothing is faked but the boxes that ask."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.operations import files
from app.ui import theme
from tests.e2e.seat import Seat

ACTOR = "Тестова А. Б."


@pytest.fixture(scope="session", autouse=True)
def clipboard(qapp: QApplication) -> Iterator[None]:
    """Without a screen Qt frees what was copied after Python has gone, and the process would die at its very end."""
    yield
    QGuiApplication.clipboard().clear()


@pytest.fixture
def look(qapp: QApplication) -> None:
    """The usual look; a test may have left another one behind."""
    theme.install(qapp, theme.Theme(theme.LIGHT))


@pytest.fixture(scope="session")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The invented municipality, made once."""
    path = tmp_path_factory.mktemp("example") / "Лесогорск.opora"
    files.new(path, "Лесогорский муниципальный округ", "Составитель", demo=True)
    return path


@pytest.fixture
def path(example: Path, tmp_path: Path) -> Path:
    """A copy of the invented municipality that the test may change."""
    return Path(shutil.copy(example, tmp_path / "Лесогорск.opora"))


@pytest.fixture
def seats(qtbot: QtBot, look: None, tmp_path: Path) -> Iterator[Callable[..., Seat]]:
    """Make windows; each is closed in good order, and a bug on any thread fails the test."""
    made: list[Seat] = []

    def make(habits: str = "habits.json", actor: str = ACTOR) -> Seat:
        made.append(Seat(qtbot, tmp_path / habits, actor))
        return made[-1]

    yield make
    for seat in reversed(made):
        if seat.window.isVisible():
            seat.close()
        seat.window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    for seat in made:
        assert not seat.bugs, seat.bugs
        assert not seat.answers.waiting, f"a question was expected and never asked: {seat.answers.waiting}"


@pytest.fixture
def seat(seats: Callable[..., Seat]) -> Seat:
    """One window without a file."""
    return seats()


@pytest.fixture
def work(seat: Seat, path: Path) -> Seat:
    """One window with the municipality open."""
    seat.open(path)
    return seat
