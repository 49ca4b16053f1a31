from __future__ import annotations

import sys
import threading

from PySide6.QtGui import QGuiApplication

from app.ui.crash import CrashHandler, CrashWindow, report_text


def broken(number: int) -> None:
    raise RuntimeError(f"сломано {number}")


def caught(number: int) -> RuntimeError:
    try:
        broken(number)
    except RuntimeError as error:
        return error
    raise AssertionError


def test_one_report_for_each_distinct_fault(qapp, caplog):
    shown: list[str] = []
    handler = CrashHandler(shown.append)
    first = caught(1)
    handler.report(first)
    handler.report(first)
    assert len(shown) == 1
    assert "сломано 1" in shown[0]
    assert "Опора" in shown[0]
    try:
        raise ValueError("иное")
    except ValueError as error:
        handler.report(error)
    assert len(shown) == 2


def test_a_fault_of_a_worker_is_shown_in_the_gui_thread(qtbot):
    threads: list[int] = []
    handler = CrashHandler(lambda _text: threads.append(threading.get_ident()))
    worker = threading.Thread(target=lambda: handler.report(caught(2)))
    worker.start()
    worker.join()
    qtbot.waitUntil(lambda: bool(threads))
    assert threads == [threading.get_ident()]


def test_the_hooks_are_given_back(qapp):
    before = sys.excepthook, threading.excepthook
    handler = CrashHandler(lambda _text: None)
    handler.install()
    assert sys.excepthook != before[0]
    handler.uninstall()
    assert (sys.excepthook, threading.excepthook) == before


def test_the_report_can_be_copied(qtbot):
    text = report_text(caught(3))
    window = CrashWindow(text)
    qtbot.addWidget(window)
    window.copy()
    assert QGuiApplication.clipboard().text() == text
    assert "Traceback" in text
