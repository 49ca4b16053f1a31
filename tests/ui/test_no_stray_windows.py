"""No part of a page is shown before it stands in it: a window of its own, it would take the keyboard away."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from app.ui.main_window import MainWindow
from tests.ui.conftest import settle

CTRL = Qt.KeyboardModifier.ControlModifier


class _Watch(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - the name is Qt's
        shown = event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow()
        if shown and not isinstance(watched, (MainWindow, QMenu)):
            self.found.append(f"{type(watched).__name__} «{watched.accessibleName()}»")
        return False


def test_every_view_is_made_without_a_stray_window(window: MainWindow, qapp: QApplication) -> None:
    watch = _Watch()
    qapp.installEventFilter(watch)
    try:
        # rows of an open form are still shown first, before the person has a field to type in: «Чек-листы» is left out
        for name in ("today", "schools", "lists", "programme", "monitoring", "reports", "work"):
            page: Any = window.show_page(name)
            settle(qapp)
            for key in getattr(page, "_keys", ()):
                page.show_view(key)
                settle(qapp)
    finally:
        qapp.removeEventFilter(watch)
    assert watch.found == []


def test_the_keyboard_walks_through_all_views_of_the_work(window: MainWindow, qapp: QApplication) -> None:
    window.activateWindow()
    page: Any = window.show_page("work")
    page.focus_main()
    settle(qapp)
    seen = []
    for _view in range(7):
        focused = qapp.focusWidget()
        assert focused is not None, f"after {seen}"
        assert page.isAncestorOf(focused)
        seen.append(page.view)
        QTest.keyClick(focused, Qt.Key.Key_PageDown, CTRL)
        settle(qapp)
    assert seen == ["journal", "events", "bodies", "practices", "mentoring", "calendar", "journal"]
