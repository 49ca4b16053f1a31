"""Files let go over the tabs still reach the window; things with a day turn the tabs."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent
from PySide6.QtWidgets import QApplication, QTabBar

from app.ui.frame import Tabs
from app.ui.main_window import MainWindow
from app.ui.pages.work import WorkPage
from tests.ui.conftest import settle


def _enters(bar: QTabBar, data: QMimeData) -> bool:
    """Send the entering as Qt does and say whether the bar itself keeps it."""
    event = QDragEnterEvent(
        QPoint(4, 4), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    event.ignore()
    bar.event(event)
    return event.isAccepted()


@pytest.mark.parametrize("inner", [False, True])
def test_tabs_leave_files_to_the_window_and_keep_other_things(
    window: MainWindow, qapp: QApplication, tmp_path: Path, inner: bool
) -> None:
    page = window.show_page("work")
    settle(qapp)
    assert isinstance(page, WorkPage)
    bar = page.switch if inner else window.findChild(Tabs)
    assert bar is not None
    assert bar.acceptDrops()
    files, things = QMimeData(), QMimeData()
    files.setUrls([QUrl.fromLocalFile(str(tmp_path / "ответы.xlsx"))])
    things.setData("application/x-opora-day-line", b"{}")
    assert not _enters(bar, files)
    assert _enters(bar, things)
