"""Let a line with a day be dragged out of any widget: into the calendar, into the journal of help."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QDrag, QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

from app.operations.day_lines import DayLine
from app.ui.day_line_mime import DayThing, pack

if TYPE_CHECKING:
    from app.operations.calendar_items import CalendarItem


def of_line(line: DayLine) -> DayThing:
    """Return what a line of the day is dragged as."""
    return DayThing(line.source, line.key, line.due or "", line.text, line.school_id)


def of_item(item: CalendarItem, iso: str = "") -> DayThing:
    """Return what a thing of the calendar is dragged as, without the school before its words.

    Args:
        item: the thing.
        iso: the day by which it was taken; "" its first one.
    """
    text = item.text.removeprefix(f"{item.school}: ") if item.school else item.text
    return DayThing(item.source, item.key, iso or item.first.isoformat(), text, item.school_id)


class DayDrag(QObject):
    """Watches a widget and begins a drag of the thing under the mouse.

    Args:
        widget: where it is pressed; of a table its viewport.
        thing_at: place in the widget → the thing there, None where there is none.
    """

    def __init__(self, widget: QWidget, thing_at: Callable[[QPoint], DayThing | None]) -> None:
        super().__init__(widget)
        self._widget, self._thing_at = widget, thing_at
        self._pressed: QPoint | None = None
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Remember a press; far enough from it begin the drag."""
        if watched is not self._widget or not isinstance(event, QMouseEvent):
            return False
        if event.type() == QEvent.Type.MouseButtonPress:
            self._pressed = event.position().toPoint() if event.button() == Qt.MouseButton.LeftButton else None
        elif event.type() == QEvent.Type.MouseButtonRelease:
            self._pressed = None
        elif event.type() == QEvent.Type.MouseMove and self._pressed is not None:
            far = (event.position().toPoint() - self._pressed).manhattanLength() >= QApplication.startDragDistance()
            thing = self._thing_at(self._pressed) if far else None
            if far:
                self._pressed = None
            if thing is not None:
                self.begin(thing)
                return True
        return False

    def begin(self, thing: DayThing) -> Qt.DropAction:
        """Drag a thing until it is dropped."""
        drag = QDrag(self._widget)
        drag.setMimeData(pack(thing))
        return drag.exec(Qt.DropAction.MoveAction | Qt.DropAction.CopyAction)
