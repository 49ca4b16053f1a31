"""The strip of stability: how many schools a list has at each whole per cent, and the small strip of one school."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from app.operations.what_if import Step, Strip
from app.texts import NBSP, count
from app.ui import theme

NAMES_IN_TIP = 8


class StripChart(QWidget):
    """A bar a whole per cent, the number of schools over it, the present threshold as a line.

    Signals:
        clicked(percent): a bar was clicked.
    """

    clicked = Signal(int)

    def __init__(self, parent: QWidget | None = None):
        super().__init__(parent)
        self._strip: Strip | None = None
        self._chosen: int | None = None
        self._hover: int | None = None
        self.setMouseTracking(True)
        self.setAccessibleName("Сколько школ в списке при каждом пороге")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(theme.current().px(170))

    def sizeHint(self) -> QSize:
        """Wide rather than high."""
        px = theme.current().px
        return QSize(px(430), px(210))

    def show_strip(self, strip: Strip) -> None:
        """Show another strip."""
        self._strip = strip
        steps = ", ".join(f"{step.percent}{NBSP}%: {step.listed}" for step in strip.steps)
        self.setAccessibleDescription(f"Порог и число школ в списке: {steps}")
        self.update()

    def choose(self, percent: int | None) -> None:
        """Mark one bar."""
        self._chosen = percent
        self.update()

    @property
    def steps(self) -> tuple[Step, ...]:
        """The bars."""
        return self._strip.steps if self._strip is not None else ()

    def bar_at(self, x: float) -> Step | None:
        """Return the bar under a place, None beside all of them."""
        area = self._area()
        if not self.steps or not area.left() <= x < area.right():
            return None
        return self.steps[int((x - area.left()) / (area.width() / len(self.steps)))]

    def tip(self, step: Step) -> str:
        """Return what is said over a bar: how many, and who comes in or goes between it and the next."""
        strip = self._strip
        if strip is None:
            return ""
        lines = [f"Порог {step.percent}{NBSP}%: в списке {count(step.listed, 'школа', 'школы', 'школ')}"]
        for word, keys in (("При этом пороге выходят", step.leave), ("При следующем выйдут", step.come)):
            if keys:
                names = [strip.names[key] for key in keys[:NAMES_IN_TIP]]
                rest = f" и ещё {len(keys) - NAMES_IN_TIP}" if len(keys) > NAMES_IN_TIP else ""
                lines.append(f"{word}: {', '.join(names)}{rest}")
        return "\n".join(lines)

    def _area(self) -> QRectF:
        line = QFontMetrics(theme.current().font(12)).height()
        px = theme.current().px
        return QRectF(px(4), 2 * line + px(4), max(1, self.width() - px(8)), max(1, self.height() - 3 * line - px(12)))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Light the bar under the mouse."""
        step = self.bar_at(event.position().x())
        self._hover = step.percent if step else None
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is under the mouse any more."""
        self._hover = None
        self.update()
        super().leaveEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose a bar."""
        step = self.bar_at(event.position().x())
        if step is not None and event.button() == Qt.MouseButton.LeftButton:
            self.clicked.emit(step.percent)

    def event(self, event: QEvent) -> bool:
        """Tell of the bar under the mouse."""
        if isinstance(event, QHelpEvent):
            step = self.bar_at(event.pos().x())
            QToolTip.showText(event.globalPos(), self.tip(step) if step is not None else "", self)
            return True
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw bars, numbers, per cents and the line of the present threshold."""
        steps, area = self.steps, self._area()
        if not steps or self._strip is None:
            return
        painter = QPainter(self)
        painter.setFont(theme.current().font(12))
        most, width = max(1, *(step.listed for step in steps)), area.width() / len(steps)
        metrics = painter.fontMetrics()
        crowded = metrics.horizontalAdvance(str(most)) + theme.current().px(3) > width
        for place, step in enumerate(steps):
            box = QRectF(area.left() + place * width, area.top(), width, area.height())
            self._bar(painter, box, step, step.listed / most, number=not crowded or place % 2 == 0)
        painter.setPen(QPen(theme.color("line"), 1))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        self._present(painter, area, width)
        painter.end()

    def _bar(self, painter: QPainter, box: QRectF, step: Step, share: float, *, number: bool) -> None:
        gap = max(1.0, box.width() * 0.14)
        height = box.height() * share
        bar = QRectF(box.left() + gap, box.bottom() - height, box.width() - 2 * gap, height)
        chosen = step.percent == self._chosen
        token = "accent" if chosen else "disabled" if step.percent == self._hover else "control_line"
        painter.fillRect(bar, theme.color(token))
        line = painter.fontMetrics().height()
        painter.setPen(theme.color("accent" if chosen else "text"))
        if number or chosen:
            room = QRectF(box.left() - box.width(), bar.top() - line - 1, box.width() * 3, line)
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter, str(step.listed))
        if chosen or step.percent % 5 == 0:
            room = QRectF(box.left() - box.width(), box.bottom() + theme.current().px(3), box.width() * 3, line)
            if chosen or self._chosen is None or abs(step.percent - self._chosen) > 1:
                painter.setPen(theme.color("accent" if chosen else "muted"))
                painter.drawText(room, Qt.AlignmentFlag.AlignCenter, f"{step.percent}{NBSP}%")

    def _present(self, painter: QPainter, area: QRectF, width: float) -> None:
        """Draw a dashed line before the bar of the rule's own threshold, with its word above all bars."""
        strip = self._strip
        if strip is None or strip.present is None:
            return
        lowest, highest = strip.steps[0].percent, strip.steps[-1].percent
        if not lowest <= strip.present <= highest:
            return
        x = area.left() + (strip.present - lowest) * width
        text = f"порог правила {strip.present:g}{NBSP}%".replace(".", ",")
        painter.setPen(QPen(theme.color("bad"), theme.current().px(1), Qt.PenStyle.DashLine))
        line = painter.fontMetrics().height()
        painter.drawLine(QPointF(x, line), QPointF(x, area.bottom()))
        painter.setPen(theme.color("bad"))
        room = painter.fontMetrics().horizontalAdvance(text)
        left = min(max(area.left(), x - room / 2), area.right() - room)
        painter.drawText(QRectF(left, 0, room + 2, line), Qt.AlignmentFlag.AlignCenter, text)


class SchoolStrip(QWidget):
    """At which thresholds one school is listed: a cell a whole per cent, filled where it is."""

    def __init__(self, top: int, present: float | None, lowest: int, highest: int, parent: QWidget | None = None):
        super().__init__(parent)
        self._top, self._present, self._span = top, present, (lowest, highest)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("При каких порогах школа в списке")

    def sizeHint(self) -> QSize:
        """A row of cells over a row of per cents."""
        px = theme.current().px
        return QSize(px(200), px(14) + px(4) + QFontMetrics(theme.current().font(12)).height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the cells: filled where the school is listed, empty where it is not."""
        painter = QPainter(self)
        painter.setFont(theme.current().font(12))
        px, (lowest, highest) = theme.current().px, self._span
        width = (self.width() - px(28)) / (highest - lowest + 1)
        line = painter.fontMetrics().height()
        for place, percent in enumerate(range(lowest, highest + 1)):
            box = QRectF(px(14) + place * width + 1, 1, max(2.0, width - 2), px(12))
            filled = percent <= self._top
            painter.setPen(QPen(theme.color("bad" if filled else "control_line"), 1))
            painter.setBrush(theme.color("bad") if filled else QColor(Qt.GlobalColor.transparent))
            painter.drawRect(box)
            if percent in {lowest, highest} or percent == self._present:
                bold = percent == self._present
                painter.setPen(theme.color("text" if bold else "muted"))
                room = QRectF(box.center().x() - px(20), px(16), px(40), line)
                painter.drawText(room, Qt.AlignmentFlag.AlignCenter, f"{percent}{NBSP}%")
        painter.end()
