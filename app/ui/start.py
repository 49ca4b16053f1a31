"""Start of the window: application, theme, one window; also «opora screens», the same without a person."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from app.usage import Parser

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from app.ui.habits import Habits
    from app.ui.main_window import MainWindow
    from app.ui.school_window import SchoolWindow

COLLECT_AFTER_MS = 3000
"""Till then nothing is thrown away: what a start makes stays, and looking through it again and again takes time."""
NO_SCREEN = (
    "Экрана здесь нет: переменные DISPLAY и WAYLAND_DISPLAY не заданы, окно открыть негде.\n"
    "Команды работают и без окна: opora --help."
)


def start(given: Sequence[str]) -> int:
    """Open the window, or save its screens.

    Args:
        given: «», «FILE.opora», «FILE.opora-запрос», «window [FILE]» or «screens …».

    Returns:
        The exit code.
    """
    arguments = list(given)
    if arguments[:1] == ["screens"]:
        from app.ui.screens import run_screens

        return run_screens(arguments[1:])
    parser = Parser(prog="opora window", description="Открыть окно")
    parser.add_argument(
        "file", nargs="?", type=Path, metavar="ФАЙЛ", help="файл «Опоры» (*.opora) или запрос (*.opora-запрос)"
    )
    chosen = parser.parse_args(arguments[1:] if arguments[:1] == ["window"] else arguments)
    if not has_screen():
        sys.stderr.write(NO_SCREEN + "\n")
        return 1
    return run_window(chosen.file)


def has_screen() -> bool:
    """Tell whether a window can be opened here."""
    if sys.platform != "linux" or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def actor_of(habits: Habits) -> str:
    """Return whose name goes into the journal: chosen at first start, else the account's."""
    from app.operations.files import default_actor

    return str(habits.get("actor", "")) or default_actor()


def make_application() -> QApplication:
    """Make the application with Russian words of Qt's own dialogs."""
    from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
    from PySide6.QtWidgets import QApplication

    present = QApplication.instance()
    app = present if isinstance(present, QApplication) else QApplication(sys.argv[:1])
    app.setApplicationName("opora")
    app.setApplicationDisplayName("Опора")
    app.setDesktopFileName("opora")
    QLocale.setDefault(QLocale(QLocale.Language.Russian, QLocale.Country.Russia))
    translator = QTranslator(app)
    if translator.load("qtbase_ru", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(translator)
    return app


def make_window(habits: Habits, on_bug: Callable[[BaseException], None], actor: str = "") -> MainWindow:
    """Make the main window with everything it needs, handed over by constructors."""
    from app.operations.desk import Desk
    from app.ui.dialogs import QtDialogs
    from app.ui.main_window import MainWindow
    from app.ui.run import Runner

    dialogs = QtDialogs()
    window = MainWindow(Desk(actor or actor_of(habits)), Runner(on_bug), dialogs, habits)
    dialogs.parent = window
    return window


def make_school_window(habits: Habits, on_bug: Callable[[BaseException], None]) -> SchoolWindow:
    """Make the window of school mode, with a desk and a runner of its own."""
    from app.operations.desk import Desk
    from app.ui.dialogs import QtDialogs
    from app.ui.run import Runner
    from app.ui.school_window import SchoolWindow

    dialogs = QtDialogs()
    window = SchoolWindow(Desk(actor_of(habits)), Runner(on_bug), dialogs, habits)
    dialogs.parent = window
    return window


def school_first(habits: Habits, path: Path | None, on_bug: Callable[[BaseException], None]) -> SchoolWindow | None:
    """Return the window of school mode where it is meant: a request is given, or one was open at a crash.

    After a crash one question is asked; whoever does not want to go on gets the usual window.
    """
    from app.forms.packet import REQUEST_SUFFIX
    from app.ui.dialogs import QtDialogs
    from app.ui.school_left import OPEN, ask_to_go_on, left_open

    if path is not None and path.name.endswith(REQUEST_SUFFIX):
        window = make_school_window(habits, on_bug)
        window.show()
        window.begin(path)
        return window
    place = left_open(habits) if path is None else None
    if place is None:
        return None
    if not ask_to_go_on(QtDialogs()):
        habits.put(OPEN, "")
        return None
    window = make_school_window(habits, on_bug)
    window.show()
    window.resume(place)
    return window


def look_of(habits: Habits) -> tuple[bool, int, bool]:
    """Return the remembered look: dark, size of text, compact rows."""
    stored = habits.get("look", [])
    if len(stored) == 3 and isinstance(stored[1], int):
        return bool(stored[0]), stored[1], bool(stored[2])
    return False, 13, False


def run_window(path: Path | None) -> int:
    """Show the window until it is closed."""
    gc.disable()
    try:
        return _run_window(path)
    finally:
        gc.enable()


def _collect_from_now() -> None:
    """Take up the collecting of garbage; what the start has made is not looked at any more."""
    gc.freeze()
    gc.enable()


def _run_window(path: Path | None) -> int:
    from PySide6.QtCore import QTimer

    from app import paths
    from app.ui import theme
    from app.ui.crash import CrashHandler
    from app.ui.habits import Habits

    app = make_application()
    habits = Habits(paths.profile() / "habits.json")
    dark, size, compact = look_of(habits)
    theme.install(app, theme.Theme(theme.DARK if dark else theme.LIGHT, size, compact))
    crash = CrashHandler(parent=app)
    crash.install()
    window: MainWindow | SchoolWindow | None = school_first(habits, path, crash.report)
    if window is None:
        window = make_window(habits, crash.report)
        window.show()
        if path is not None:
            window.workspace.open(path)
    QTimer.singleShot(COLLECT_AFTER_MS, app, _collect_from_now)
    code = app.exec()
    window.runner.stop()
    crash.uninstall()
    return int(code)
