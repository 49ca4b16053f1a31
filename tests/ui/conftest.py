from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.models.store import Store
from app.ui import theme
from app.ui.habits import Habits
from app.ui.main_window import MainWindow
from app.ui.session import Session
from tests.ui.fakes import FakeDialogs, InstantDesk, InstantRunner

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="session", autouse=True)
def clipboard(qapp: QApplication) -> Iterator[None]:
    """Without a screen Qt frees what was copied after Python has gone, and the process would die at its very end."""
    yield
    QGuiApplication.clipboard().clear()


@pytest.fixture(autouse=True)
def look(qapp: QApplication) -> Iterator[None]:
    """Every test begins with the light theme at 100 %."""
    if theme.current() != theme.Theme() or not qapp.styleSheet():
        theme.install(qapp, theme.Theme())
    yield
    if theme.current() != theme.Theme():
        theme.install(qapp, theme.Theme())


@pytest.fixture(autouse=True)
def no_key_held(qapp: QApplication) -> None:
    """Every test begins with no key held: Qt remembers Ctrl or Shift of the last key event of the test before."""
    if QGuiApplication.keyboardModifiers() != Qt.KeyboardModifier.NoModifier:
        QTest.keyRelease(QWidget(), Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier)


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The invented municipality, small: eight schools, two years; made once and copied."""
    from app.models import settings
    from app.operations.demo import fill

    path = tmp_path_factory.mktemp("demo") / "Лесогорск.opora"
    store = Store.create(path, name="Лесогорский округ", actor="Ракитина Е. В.")
    fill(store, schools=8, years=(2025, 2026))
    with store.operation("Записано название муниципалитета", "settings") as operation:
        settings.put(operation, "municipality", "Лесогорский округ")
    store.close()
    return path


@pytest.fixture
def db(demo: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(demo, tmp_path / demo.name))


@pytest.fixture
def dialogs() -> FakeDialogs:
    return FakeDialogs()


@pytest.fixture
def desk() -> Iterator[InstantDesk]:
    made = InstantDesk()
    yield made
    made.abandon()


@pytest.fixture
def bugs() -> Iterator[list[BaseException]]:
    """Whatever is no ``UserError`` fails the test."""
    found: list[BaseException] = []
    yield found
    if found:
        raise found[0]


@pytest.fixture
def runner(bugs: list[BaseException], qapp: QApplication) -> Iterator[InstantRunner]:
    made = InstantRunner(bugs.append)
    yield made
    made.stop()


@pytest.fixture
def session(desk: InstantDesk, runner: InstantRunner, dialogs: FakeDialogs, db: Path) -> Session:
    """A session over the open demo, without a window."""
    desk.open(db).result()
    made = Session(desk, runner, dialogs, Habits(None), today=lambda: TODAY, parent=runner)
    made.refresh_info()
    return made


@pytest.fixture
def bare_window(qtbot, desk: InstantDesk, runner: InstantRunner, dialogs: FakeDialogs) -> Iterator[MainWindow]:
    """The window with its start page."""
    made = MainWindow(desk, runner, dialogs, Habits(None))
    made.session.today = lambda: TODAY
    made.show()
    yield made
    made.workspace.close_windows()
    desk.abandon()
    made.hide()
    made.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def window(bare_window: MainWindow, db: Path, qapp: QApplication) -> MainWindow:
    """The window on the open demo."""
    bare_window.workspace.open(db)
    settle(qapp)
    return bare_window


def settle(qapp: QApplication) -> None:
    """Let timers of no length and posted events run."""
    for _round in range(5):
        qapp.processEvents()
