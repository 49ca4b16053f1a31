"""Cold start: from starting the process to a painted window with the example file, against a bare PySide6 window.

``python -m benchmarks.start ours FILE`` and ``… bare`` are the processes that are timed from outside.
"""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from benchmarks.measure import CHEAP, ROOT, Figure, NotBuiltError, Side, watched

FRAME, READY = "первый кадр", "готово"
GIVE_UP = 60.0


def measure(folder: Path, times: int = CHEAP) -> Figure:
    """Make the example file and start both windows by turns.

    Raises:
        NotBuiltError: there is no window yet.
    """
    if importlib.util.find_spec("app.ui.start") is None:
        raise NotBuiltError("окно ещё не построено")
    from app.operations import files

    path = folder / "пример.opora"
    files.new(path, "Лесогорский муниципальный округ", "замер", demo=True)
    started = [launch(folder, "ours", str(path)) for _ in range(times + 1)][1:]  # the first makes the bytecode
    bare = [launch(folder, "bare") for _ in range(times + 1)][1:]
    frames = Side(tuple(frame for frame, _ready, _peak in started))
    return Figure(
        "Холодный пуск с файлом примера до нарисованного окна с данными",
        _side(started),
        _side(bare),
        ("«Опора»: окно с данными файла", "пустое окно PySide6"),
        note=f"Первый кадр окна, ещё без данных: {frames.median:.2f} с.".replace(".", ",", 1)
        + " Новый процесс; файлы программы уже в памяти системы.",
    )


def _side(runs: list[tuple[float, float, int]]) -> Side:
    return Side(tuple(ready for _frame, ready, _peak in runs), max(peak for _frame, _ready, peak in runs))


def launch(folder: Path, *arguments: str) -> tuple[float, float, int]:
    """Start a window and return seconds to its first frame, seconds till it is ready, peak memory of the tree."""
    profile = {name: str(folder) for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "APPDATA")}
    marks: dict[str, float] = {}
    start = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "-m", "benchmarks.start", *arguments], cwd=ROOT, stdout=subprocess.PIPE, text=True,
        encoding="utf-8", env={**os.environ, **profile, "PYTHONIOENCODING": "utf-8"},
    ) as process, watched(process.pid) as peak:  # fmt: skip
        for line in process.stdout or ():
            marks.setdefault(line.strip(), time.perf_counter() - start)
    if process.returncode != 0 or READY not in marks:
        raise RuntimeError(f"start {arguments[0]}: code {process.returncode}")
    return marks[FRAME], marks[READY], peak[0]


# --- the processes that are timed --------------------------------------------------------------------------------


def _say(mark: str) -> None:
    print(mark, flush=True)


def _bare() -> None:
    """A window with nothing in it."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication, QMainWindow

    class Window(QMainWindow):
        def paintEvent(self, event: Any) -> None:  # noqa: N802 - Qt's name
            super().paintEvent(event)
            _say(FRAME)
            _say(READY)
            QTimer.singleShot(0, application.quit)

    application = QApplication([])
    window = Window()
    window.resize(1366, 768)
    window.show()
    application.exec()


def _ours(path: str) -> None:
    """The program itself as a person starts it; only its event loop is watched."""
    from PySide6.QtWidgets import QApplication

    run = QApplication.exec

    def watched_exec(*_: Any) -> int:
        watch = _Watch()  # noqa: F841 - lives as long as the loop
        return int(run())

    QApplication.exec = watched_exec  # type: ignore[method-assign]
    from app.ui.start import start

    start([path])


class _Watch:
    """Says when the main window has drawn itself first, and when it has drawn the file's data."""

    def __init__(self) -> None:
        from PySide6.QtCore import QTimer
        from PySide6.QtWidgets import QApplication

        from app.ui.main_window import MainWindow

        self._application = QApplication.instance()
        self._window = next(w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow))
        self._begun = time.monotonic()
        self._timer = QTimer()
        self._timer.timeout.connect(self._look)
        QTimer.singleShot(0, self._first)

    def _first(self) -> None:
        self._window.repaint()
        _say(FRAME)
        self._timer.start(2)

    def _look(self) -> None:
        if self._window.page is None or self._window.runner.waiting:
            if time.monotonic() - self._begun > GIVE_UP:
                sys.exit(1)
            return
        self._timer.stop()
        self._window.repaint()
        _say(READY)
        self._window.close()


if __name__ == "__main__":
    if sys.argv[1] == "bare":
        _bare()
    else:
        _ours(sys.argv[2])
