"""Tabs over which what is dragged goes to another page; files go on to the window below."""

from __future__ import annotations

from PySide6.QtGui import QDragEnterEvent
from PySide6.QtWidgets import QTabBar, QWidget


class DragTabs(QTabBar):
    """A tab bar that turns to the tab under a dragged thing.

    Qt's own bar takes every drag and lets nothing be dropped, so a file let go on it would be lost.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptDrops(True)
        self.setChangeCurrentOnDrag(True)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Leave files to the window, which opens or loads them."""
        if event.mimeData().hasUrls():
            event.ignore()
