"""What happens when the program itself is wrong: one report window for each distinct fault, nothing pretended.

Qt calls ``sys.excepthook`` in the thread where the exception happened and goes on, so the hook only emits a signal;
the window is made in the GUI thread.
"""

from __future__ import annotations

import logging
import platform
import sys
import threading
import traceback
from collections.abc import Callable
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from app import __version__
from app.ui import icons, theme
from app.ui.widgets.basics import Button
from app.ui.widgets.labels import Label

log = logging.getLogger("opora.crash")


def report_text(error: BaseException) -> str:
    """Return what is copied for the developers: version, system, traceback; no data of the file."""
    lines = traceback.format_exception(error)
    head = f"Опора {__version__}; Python {platform.python_version()}; {platform.platform()}"
    return "\n".join([head, "", "".join(lines)])


def fingerprint(error: BaseException) -> str:
    """Return what makes two faults the same: kind and place, not the text."""
    frames = traceback.extract_tb(error.__traceback__)
    where = [f"{frame.filename}:{frame.lineno}" for frame in frames[-3:]]
    return "|".join([type(error).__name__, *where])


class CrashHandler(QObject):
    """Collects faults from all threads and shows each kind once.

    Args:
        parent: owner.
        show: what shows a report; a test gives its own.
    """

    _caught = Signal(object)

    def __init__(self, show: Callable[[str], object] | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._seen: set[str] = set()
        self._show = show or self._open_window
        self._window: CrashWindow | None = None
        self._before = (sys.excepthook, threading.excepthook)
        self._caught.connect(self._tell, Qt.ConnectionType.AutoConnection)

    def install(self) -> None:
        """Catch what nobody else catches, in every thread."""
        sys.excepthook = self._hook
        threading.excepthook = self._thread_hook

    def uninstall(self) -> None:
        """Give the hooks back."""
        sys.excepthook, threading.excepthook = self._before

    def _hook(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            self._before[0](kind, error, trace)
            return
        self.report(error)

    def _thread_hook(self, arguments: threading.ExceptHookArgs) -> None:
        if arguments.exc_value is not None:
            self.report(arguments.exc_value)

    def report(self, error: BaseException) -> None:
        """Report a fault from any thread."""
        log.error("fault of the program", exc_info=error)
        self._caught.emit(error)

    @Slot(object)
    def _tell(self, error: BaseException) -> None:
        mark = fingerprint(error)
        if mark not in self._seen:
            self._seen.add(mark)
            self._show(report_text(error))

    def _open_window(self, text: str) -> None:
        self._window = CrashWindow(text)
        self._window.show()


class CrashWindow(QDialog):
    """The report: what it means for the person's work, the text, «copy»."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Ошибка программы")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        px = theme.current().px
        self.resize(px(640), px(420))
        picture = Label("")
        picture.setPixmap(icons.pixmap("alert-circle", "bad", 28))
        words = Label(
            "В программе ошибка, последнее действие не выполнено. Всё, что было сделано раньше, записано в файл. "
            "Скопируйте отчёт и передайте его разработчикам: данных школ в нём нет.",
            wrap=True,
        )
        top = QHBoxLayout()
        top.setSpacing(px(12))
        top.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        top.addWidget(words, 1)
        self.text = QPlainTextEdit(text)
        self.text.setReadOnly(True)
        self.text.setAccessibleName("Отчёт об ошибке")
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(Button("Скопировать отчёт", self.copy, icon="copy", kind="primary"))
        buttons.addWidget(Button("Продолжить работу", self.close))
        column = QVBoxLayout(self)
        column.setContentsMargins(px(16), px(16), px(16), px(16))
        column.setSpacing(px(12))
        column.addLayout(top)
        column.addWidget(self.text, 1)
        column.addLayout(buttons)

    def copy(self) -> None:
        """Put the report into the clipboard."""
        QGuiApplication.clipboard().setText(self.text.toPlainText())
