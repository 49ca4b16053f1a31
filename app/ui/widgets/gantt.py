"""The chart of dates: rows of the plan, a bar for every span, ties «после»; drawn by itself, moved by mouse and keys.

Only what is seen is drawn. Where a thing lies is asked of the chart itself (``rect_of``, ``row_area``, ``view_x``), so
that a test presses where a person would.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QMenu, QToolTip, QWidget

from app.analysis.programme_dates import DatePlan, DateRow, Span
from app.ui import theme
from app.ui.widgets.gantt_paint import Painting, PlanFact
from app.ui.widgets.gantt_scale import Scale, Zoom, scale_for
from app.ui.widgets.table import RowAction

NAMES_SHARE, NAMES_LEAST, NAMES_MOST = 0.28, 200, 380
LARGEST_PICTURE = 12000
"""Pixels of a side of the saved picture."""


@dataclass(frozen=True, slots=True)
class _Drag:
    """What the mouse holds: a span by its middle or an end, a new span, or the handle of a tie."""

    what: str
    row: int
    span: int
    day: date
    place: QPoint


class Gantt(QAbstractScrollArea):
    """The chart.

    Signals:
        current_changed(row): another row is current.
        opened(node_id): Enter or a double click.
        dates_wanted(node_id, spans): an activity was moved.
        tie_wanted(first, second): the second activity is to come after the first.
    """

    current_changed = Signal(object)
    opened = Signal(object)
    dates_wanted = Signal(object, object)
    tie_wanted = Signal(object, object)
    tells_cut_text = True

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.today = today
        self.rows: tuple[DateRow, ...] = ()
        self.limits: Span = (date(today.year, 1, 1), date(today.year, 12, 31))
        self.extent = self.limits
        self.zoom: Zoom = "fit"
        self.writable = True
        self.current_row = -1
        self.moved: tuple[int, Span] | None = None
        self.tie: tuple[QPointF, QPointF] | None = None
        self.arrows: list[tuple[int, int, bool]] = []
        self.row_actions: list[RowAction | None] = []
        self.facts: dict[int, PlanFact] = {}
        """What happened to activities, by node: then the bars are the plan, and the fact stands on them."""
        self._places: dict[int, int] = {}
        self._drag: _Drag | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Сроки мероприятий")
        self.viewport().setMouseTracking(True)
        self.horizontalScrollBar().valueChanged.connect(self.viewport().update)
        self.verticalScrollBar().valueChanged.connect(self.viewport().update)
        self._fit()

    # --- what is shown -------------------------------------------------------------------------------------------

    def show_plan(self, plan: DatePlan, rows: Sequence[DateRow] | None = None) -> None:
        """Show the dates of a plan, all rows or some of them; the current row stays current."""
        kept = self.current()
        self.rows = tuple(plan.rows if rows is None else rows)
        self.limits, self.extent = plan.limits, plan.extent
        self._places = {row.node_id: place for place, row in enumerate(self.rows)
                        if row.node_id is not None and not row.heading}  # fmt: skip
        self.arrows = [
            (self._places[other], place, self.rows[place].marked("dependency-earlier"))
            for place, row in enumerate(self.rows) for other in row.after
            if other in self._places and row.spans and self.rows[self._places[other]].spans
        ]  # fmt: skip
        self._drag = self.moved = self.tie = None
        self._fit()
        found = -1
        if kept is not None:
            found = next((place for place, row in enumerate(self.rows) if _same(row, kept)), -1)
        self._make_current(found if found >= 0 else 0 if self.rows else -1)
        self.viewport().update()

    def set_zoom(self, zoom: Zoom) -> None:
        """Look closer or from farther; what stands in the middle stays there."""
        middle = self.day_at(self.left_width + (self.viewport().width() - self.left_width) // 2)
        self.zoom = zoom
        self._fit()
        room = self.viewport().width() - self.left_width
        self.horizontalScrollBar().setValue(round(self.scale.x(middle)) - room // 2)
        self.viewport().update()

    def current(self) -> DateRow | None:
        """Return the current row."""
        return self.rows[self.current_row] if 0 <= self.current_row < len(self.rows) else None

    def choose(self, node_id: int) -> bool:
        """Make an activity current and bring it into view; False where it is not shown."""
        place = self._places.get(node_id)
        if place is None:
            return False
        self._make_current(place)
        self.ensure_visible(place)
        return True

    def _make_current(self, place: int) -> None:
        self.current_row = place
        row = self.current()
        fact = None if row is None or row.heading else self.facts.get(row.node_id or 0)
        state = "" if row is None else row.state if fact is None else fact.word
        said = "" if row is None else f"{row.named}: {row.dates}" + (f", {state}" if state else "")
        self.setAccessibleDescription(said)
        self.current_changed.emit(row)
        self.viewport().update()

    # --- where things lie -----------------------------------------------------------------------------------------

    def _fit(self) -> None:
        """Measure rows, head and the column of names, which never scrolls; give the scroll bars what there is."""
        px = theme.current().px
        self.row_height, self.head_height = theme.current().row_height, px(44)
        self.left_width = max(px(NAMES_LEAST), min(px(NAMES_MOST), round(self.viewport().width() * NAMES_SHARE)))
        room = max(px(200), self.viewport().width() - self.left_width)
        first, last = self.extent
        self.scale: Scale = scale_for(self.zoom, first, last, room, px(100) / 100)
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        across.setRange(0, max(0, self.scale.width - room))
        across.setPageStep(room)
        across.setSingleStep(px(40))
        height = self.viewport().height() - self.head_height
        down.setRange(0, max(0, len(self.rows) * self.row_height - height))
        down.setPageStep(max(self.row_height, height))
        down.setSingleStep(self.row_height)

    def visible_rows(self, height: int) -> tuple[int, int]:
        """Return the first row that is seen and the one after the last."""
        first = self.verticalScrollBar().value() // self.row_height
        after = first + (height - self.head_height) // self.row_height + 2
        return first, min(after, len(self.rows))

    def row_area(self, place: int) -> QRect:
        """Return where a row lies in the viewport."""
        top = self.head_height + place * self.row_height - self.verticalScrollBar().value()
        return QRect(0, top, self.viewport().width(), self.row_height)

    def row_at(self, y: int) -> int:
        """Return the row at a height; -1 on the head and below the last one."""
        place = (y - self.head_height + self.verticalScrollBar().value()) // self.row_height
        return place if y >= self.head_height and 0 <= place < len(self.rows) else -1

    def view_x(self, day: date) -> float:
        """Return the left edge of a day in the viewport."""
        return self.left_width + self.scale.x(day) - self.horizontalScrollBar().value()

    def view_right(self, day: date) -> float:
        """Return the right edge of a day in the viewport."""
        return self.view_x(day) + self.scale.day

    def day_at(self, x: float) -> date:
        """Return the day at a place of the viewport."""
        return self.scale.at(x - self.left_width + self.horizontalScrollBar().value())

    def bar_rect(self, place: int, number: int) -> QRect:
        """Return where a span of a row lies; a deadline is a square around its diamond."""
        area, px = self.row_area(place), theme.current().px
        first, last = self.rows[place].spans[number]
        height = area.height() - px(12)
        left, right = self.view_x(first), self.view_right(last)
        if first == last:
            middle = (left + right) / 2
            return QRect(round(middle - height / 2), area.top() + px(6), height, height)
        return QRect(round(left), area.top() + px(6), max(px(4), round(right - left)), height)

    def rect_of(self, node_id: int, number: int = 0) -> QRect:
        """Return where a span of an activity lies; an empty place where it has none or is not shown."""
        place = self._places.get(node_id, -1)
        if place < 0 or number >= len(self.rows[place].spans):
            return QRect()
        return self.bar_rect(place, number)

    def undated_rect(self, place: int) -> QRect:
        """Return the hatched place of an activity without dates: the limits of the programme, as far as they show."""
        area, px = self.row_area(place), theme.current().px
        left = max(self.view_x(self.limits[0]), float(self.left_width)) + px(4)
        right = self.view_right(self.limits[1]) - px(4)
        return QRect(round(left), area.top() + px(6), max(0, round(right - left)), area.height() - px(12))

    def handle_rect(self, place: int) -> QRect | None:
        """Return the handle from which a tie is drawn: right of the last bar of an activity."""
        if not 0 <= place < len(self.rows) or self.rows[place].heading or not self.rows[place].spans:
            return None
        box, px = self.bar_rect(place, len(self.rows[place].spans) - 1), theme.current().px
        side = px(9)
        return QRect(box.right() + px(2), box.center().y() - side // 2, side, side)

    def arrow(self, first: int, second: int) -> list[QPointF]:
        """Return the corners of the arrow from the end of one row to the begin of another."""
        px = theme.current().px
        start, end = self.bar_rect(first, len(self.rows[first].spans) - 1), self.bar_rect(second, 0)
        begin = QPointF(start.right() + 1, start.center().y())
        tip = QPointF(end.left() - 1, end.center().y())
        bend = begin.x() + px(8)
        if tip.x() >= bend + px(6):
            return [begin, QPointF(bend, begin.y()), QPointF(bend, tip.y()), tip]
        between = self.row_area(second).top() if second > first else self.row_area(second).bottom()
        back = tip.x() - px(10)
        return [begin, QPointF(bend, begin.y()), QPointF(bend, between), QPointF(back, between),
                QPointF(back, tip.y()), tip]  # fmt: skip

    def ensure_visible(self, place: int) -> None:
        """Scroll so far that a row and the begin of its first bar are seen."""
        area, down = self.row_area(place), self.verticalScrollBar()
        if area.top() < self.head_height:
            down.setValue(down.value() + area.top() - self.head_height)
        elif area.bottom() > self.viewport().height():
            down.setValue(down.value() + area.bottom() - self.viewport().height())
        if self.rows[place].spans:
            box, across = self.bar_rect(place, 0), self.horizontalScrollBar()
            if box.right() < self.left_width or box.left() > self.viewport().width():
                across.setValue(across.value() + box.left() - self.left_width - theme.current().px(40))

    # --- drawing -------------------------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw what is seen."""
        painter = QPainter(self.viewport())
        Painting(self, painter, self.viewport().rect()).draw()
        painter.end()

    def picture(self) -> QPixmap:
        """Return the whole chart as a picture, as wide as all its days."""
        width = min(self.left_width + self.scale.width, LARGEST_PICTURE)
        height = min(self.head_height + len(self.rows) * self.row_height + 1, LARGEST_PICTURE)
        made = QPixmap(QSize(width, height))
        kept = self.horizontalScrollBar().value(), self.verticalScrollBar().value(), self.current_row
        blocked = self.blockSignals(True)
        self.horizontalScrollBar().setValue(0)
        self.verticalScrollBar().setValue(0)
        self.current_row = -1
        painter = QPainter(made)
        Painting(self, painter, made.rect()).draw()
        painter.end()
        self.current_row = kept[2]
        self.horizontalScrollBar().setValue(kept[0])
        self.verticalScrollBar().setValue(kept[1])
        self.blockSignals(blocked)
        return made

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width is another scale."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Another font or theme is another size of everything."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange} and hasattr(self, "arrows"):
            self._fit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the frame around the current row."""
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide it."""
        super().focusOutEvent(event)
        self.viewport().update()

    def viewportEvent(self, event: QEvent) -> bool:
        """Tell the whole row in a tooltip."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            place = self.row_at(event.pos().y())
            QToolTip.showText(event.globalPos(), self.tip(place) if place >= 0 else "", self.viewport())
            return True
        return super().viewportEvent(event)

    def tip(self, place: int) -> str:
        """Return everything that a row says: name, term, dates, what is wrong, after what it comes."""
        row = self.rows[place]
        lines = [row.named]
        if row.term:
            lines.append(f"Срок: {row.term}")
        if row.spans:
            lines.append(f"Даты: {row.dates}")
        fact = None if row.heading else self.facts.get(row.node_id or 0)
        lines += [mark.reason for mark in row.marks] if fact is None else [f"Факт: {fact.told or fact.word}"]
        after = [self.rows[self._places[key]].number for key in row.after if key in self._places]
        return "\n".join([*lines, f"После: {', '.join(after)}"] if after else lines)

    # --- keys ----------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go from row to row, with Shift they move dates, with Ctrl+Shift the end; Enter opens."""
        key, held = event.key(), event.modifiers()
        page = max(1, (self.viewport().height() - self.head_height) // self.row_height - 1)
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: page, Qt.Key.Key_PageUp: -page,
                 Qt.Key.Key_Home: -len(self.rows), Qt.Key.Key_End: len(self.rows)}  # fmt: skip
        sides = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        if key == Qt.Key.Key_Escape and self._drag is not None:
            self._let_go()
        elif key in steps and self.rows:
            place = max(0, min(len(self.rows) - 1, self.current_row + steps[Qt.Key(key)]))
            self._make_current(place)
            self.ensure_visible(place)
        elif key in sides and held & Qt.KeyboardModifier.ShiftModifier:
            self._move_by(sides[Qt.Key(key)], end=bool(held & Qt.KeyboardModifier.ControlModifier))
        elif key in sides:
            bar = self.horizontalScrollBar()
            bar.setValue(bar.value() + sides[Qt.Key(key)] * bar.singleStep())
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._open(self.current())
        else:
            super().keyPressEvent(event)

    def _move_by(self, side: int, *, end: bool) -> None:
        """Move all spans of the current activity by a day, a week or a month, or the end of the last one."""
        row = self.current()
        if row is None or row.heading or row.node_id is None or not row.spans or not self.writable:
            return
        step = timedelta(days=side * self.scale.step)
        if end:
            first, last = row.spans[-1]
            spans = (*row.spans[:-1], (first, max(first, last + step)))
        else:
            spans = tuple((first + step, last + step) for first, last in row.spans)
        self.dates_wanted.emit(row.node_id, spans)

    def _open(self, row: DateRow | None) -> None:
        if row is not None and row.node_id is not None:
            self.opened.emit(row.node_id)

    # --- the mouse -----------------------------------------------------------------------------------------------

    def part_at(self, place: QPoint) -> tuple[str, int, int]:
        """Return what lies at a place: («begin» | «end» | «bar» | «tie» | «free» | «», row, span)."""
        row = self.row_at(place.y())
        if row < 0 or self.rows[row].heading or place.x() < self.left_width:
            return "", row, 0
        grip = theme.current().px(5)
        handle = self.handle_rect(row) if row == self.current_row else None
        if handle is not None and handle.adjusted(0, -grip, grip, grip).contains(place):
            return "tie", row, 0
        for number, (first, last) in enumerate(self.rows[row].spans):
            box = self.bar_rect(row, number)
            if not box.adjusted(-grip, -grip, grip, grip).contains(place):
                continue
            if first != last and box.width() > 3 * grip and place.x() <= box.left() + grip:
                return "begin", row, number
            if first != last and place.x() >= box.right() - grip:
                return "end", row, number
            return "bar", row, number
        return ("free" if not self.rows[row].spans else ""), row, 0

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Make the row current, take hold of what lies there."""
        place = event.position().toPoint()
        row = self.row_at(place.y())
        if row < 0:
            return
        what, row, number = self.part_at(place)  # before the row is current: the handle is the current row's
        self._make_current(row)
        if event.button() == Qt.MouseButton.LeftButton and what and self.writable:
            self._drag = _Drag(what, row, number, self.day_at(place.x()), place)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show where what is held would come to lie."""
        place, drag = event.position().toPoint(), self._drag
        if drag is None:
            self._show_cursor(place)
            return
        if (place - drag.place).manhattanLength() < 3 and self.moved is None and self.tie is None:
            return
        if drag.what == "tie":
            handle = self.handle_rect(drag.row)
            if handle is not None:
                self.tie = QPointF(handle.center()), QPointF(place)
        else:
            self.moved = drag.row, self._span_of(drag, self.day_at(place.x()))
        self.viewport().update()

    def _span_of(self, drag: _Drag, day: date) -> Span:
        if drag.what == "free":
            return min(drag.day, day), max(drag.day, day)
        first, last = self.rows[drag.row].spans[drag.span]
        by = day - drag.day
        match drag.what:
            case "begin":
                return min(first + by, last), last
            case "end":
                return first, max(first, last + by)
            case _:
                return first + by, last + by

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Ask for what was drawn."""
        drag, moved, tie = self._drag, self.moved, self.tie
        self._let_go()
        if drag is None:
            return
        row = self.rows[drag.row]
        if tie is not None:
            target = self.row_at(event.position().toPoint().y())
            if target >= 0 and target != drag.row and not self.rows[target].heading:
                self.tie_wanted.emit(row.node_id, self.rows[target].node_id)
        elif moved is not None:
            spans = list(row.spans) or [moved[1]]
            spans[drag.span] = moved[1]
            if tuple(spans) != row.spans:
                self.rows = tuple(replace(item, spans=tuple(spans)) if item is row else item for item in self.rows)
                self.dates_wanted.emit(row.node_id, tuple(spans))

    def _let_go(self) -> None:
        self._drag = self.moved = self.tie = None
        self.viewport().update()

    def _show_cursor(self, place: QPoint) -> None:
        shapes = {"begin": Qt.CursorShape.SizeHorCursor, "end": Qt.CursorShape.SizeHorCursor,
                  "bar": Qt.CursorShape.OpenHandCursor, "tie": Qt.CursorShape.CrossCursor,
                  "free": Qt.CursorShape.CrossCursor}  # fmt: skip
        what = self.part_at(place)[0] if self.writable else ""
        self.viewport().setCursor(shapes.get(what, Qt.CursorShape.ArrowCursor))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open the row."""
        self._let_go()
        place = self.row_at(event.position().toPoint().y())
        if place >= 0:
            self._open(self.rows[place])

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done with the row."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for item in self.row_actions:
            if item is None:
                menu.addSeparator()
            else:
                menu.addAction(item[0]).triggered.connect(lambda _on=False, run=item[1]: run())
        menu.popup(event.globalPos())


def _same(row: DateRow, other: DateRow) -> bool:
    return (row.heading, row.node_id, row.number if row.heading else "") == (
        other.heading, other.node_id, other.number if other.heading else "",
    )  # fmt: skip
