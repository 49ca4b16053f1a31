"""The window's part of ``opora --self-check``: the real window on a real file, painted once, with nobody watching."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtGui import QImage
    from PySide6.QtWidgets import QApplication

    from app.ui.main_window import MainWindow

PATIENCE = 60.0


def paint_window(path: Path) -> tuple[str, int, list[str]]:
    """Open a file in the window, paint it, close it.

    Returns:
        Size of the picture, number of different colours in it, and every complaint of Qt or of our own threads.
    """
    from app.ui import theme
    from app.ui.habits import Habits
    from app.ui.quiet import only_real_messages
    from app.ui.start import make_application, make_window

    complaints: list[str] = []

    with only_real_messages(complaints.append):
        app = make_application()
        theme.install(app, theme.Theme(theme.LIGHT, 13, False))
        window = make_window(Habits(), lambda bug: complaints.append(repr(bug)), "Проверка")
        window.show()
        window.workspace.open(path)
        _wait(app, window, opened=True)
        picture = window.grab().toImage()
        window.close()
        _wait(app, window, opened=False)
        window.runner.stop()
    return f"{picture.width()}×{picture.height()}", _colours(picture), complaints


def _wait(app: QApplication, window: MainWindow, *, opened: bool) -> None:
    """Let the window work until the file is open (or closed) and nothing is awaited any more."""
    end = time.monotonic() + PATIENCE
    quiet = 0
    while quiet < 10:
        if time.monotonic() > end:
            raise TimeoutError("the window has not come to rest")
        app.processEvents()
        time.sleep(0.01)
        at_rest = window.runner.waiting == 0 and window.session.desk.is_open == opened and window.isVisible() == opened
        quiet = quiet + 1 if at_rest else 0


def _colours(picture: QImage) -> int:
    """Count the colours on a grid; a window that painted nothing has one."""
    return len({picture.pixel(x, y) for x in range(0, picture.width(), 3) for y in range(0, picture.height(), 3)})
