"""Start of the window: application, theme, one window; also «opora screens», the same without a person."""

from __future__ import annotations

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

NO_SCREEN = (
    "Экрана здесь нет: переменные DISPLAY и WAYLAND_DISPLAY не заданы, окно открыть негде.\n"
    "Команды работают и без окна: opora --help."
)


def start(given: Sequence[str]) -> int:
    """Open the window, or save its screens.

    Args:
        given: «», «FILE.opora», «window [FILE]» or «screens …».

    Returns:
        The exit code.
    """
    arguments = list(given)
    if arguments[:1] == ["screens"]:
        from app.ui.screens import run_screens

        return run_screens(arguments[1:])
    parser = Parser(prog="opora window", description="Открыть окно")
    parser.add_argument("file", nargs="?", type=Path, metavar="ФАЙЛ", help="файл «Опоры» (*.opora)")
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


def look_of(habits: Habits) -> tuple[bool, int, bool]:
    """Return the remembered look: dark, size of text, compact rows."""
    stored = habits.get("look", [])
    if len(stored) == 3 and isinstance(stored[1], int):
        return bool(stored[0]), stored[1], bool(stored[2])
    return False, 13, False


def run_window(path: Path | None) -> int:
    """Show the window until it is closed."""
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
    window = make_window(habits, crash.report)
    window.show()
    if path is not None:
        window.workspace.open(path)
    code = app.exec()
    window.runner.stop()
    crash.uninstall()
    return int(code)
