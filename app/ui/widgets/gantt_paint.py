"""How the chart of dates is drawn: only what is seen, every colour from the theme, every state with shape and word."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetrics, QPainter, QPen, QPolygonF

from app.analysis.programme_dates import LONG_DAYS, UNDATED, DateRow, Span, span_text
from app.ui import theme
from app.ui.theme import Kind
from app.ui.widgets.chip import draw_shape

if TYPE_CHECKING:
    from app.ui.widgets.gantt import Gantt

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_MIDDLE = Qt.AlignmentFlag.AlignCenter


@dataclass(frozen=True, slots=True)
class PlanFact:
    """What happened to an activity.

    Attributes:
        kind: the state with its shape; ``word`` says it in a few words, ``told`` in full.
        done: the day on which it was done; ``moved``: the new last day of its term.
    """

    kind: Kind
    word: str
    done: date | None = None
    moved: date | None = None
    told: str = ""


def kind_of(row: DateRow) -> Kind:
    """Return the state of a row."""
    if any(mark.grave for mark in row.marks):
        return "bad"
    if any(mark.key != UNDATED for mark in row.marks):
        return "warn"
    return "none" if row.marks else "ok"


def elided(metrics: QFontMetrics, text: str, room: int) -> str:
    """Return a text that fits."""
    return metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(0, room))


class Painting:
    """One drawing of the chart.

    Args:
        chart: whose rows, scale and places are drawn.
        painter: onto its viewport, or onto a picture as large as ``size``.
        size: the place that is seen.
    """

    def __init__(self, chart: Gantt, painter: QPainter, size: QRect) -> None:
        self.chart = chart
        self.painter = painter
        self.size = size
        self.px = theme.current().px
        self.plain = theme.current().font()
        self.strong = theme.current().font(weight=QFont.Weight.DemiBold)
        self.small = theme.current().font(12)

    def draw(self) -> None:
        """Draw everything."""
        chart, painter = self.chart, self.painter
        painter.fillRect(self.size, theme.color("surface"))
        rows = range(*chart.visible_rows(self.size.height()))
        self._backgrounds(rows)
        painter.save()
        painter.setClipRect(QRect(chart.left_width, chart.head_height, self.size.width(), self.size.height()))
        self._grid()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for place in rows:
            self._bars(place)
            self._fact(place)
        self._arrows(rows)
        self._today()
        for place in rows:
            self._words(place)
        self._dragged()
        painter.restore()
        self._names(rows)
        self._head()

    def _area(self, place: int) -> QRect:
        area = self.chart.row_area(place)
        area.setWidth(self.size.width())  # a picture is wider than what is seen
        return area

    # --- behind --------------------------------------------------------------------------------------------------

    def _backgrounds(self, rows: range) -> None:
        for place in rows:
            area = self._area(place)
            if place == self.chart.current_row:
                self.painter.fillRect(area, theme.color("accent_soft"))
            elif self.chart.rows[place].heading:
                self.painter.fillRect(area, theme.color("page"))
            self.painter.setPen(theme.color("line"))
            self.painter.drawLine(area.bottomLeft(), area.bottomRight())

    def _grid(self) -> None:
        chart, painter = self.chart, self.painter
        top, bottom = chart.head_height, self.size.height()
        painter.setPen(theme.color("line"))
        for tick in chart.scale.parts():
            x = chart.view_x(tick.first)
            painter.drawLine(QLineF(x, top, x, bottom))
        painter.setPen(theme.color("control_line"))
        for tick in chart.scale.years():
            x = chart.view_x(tick.first)
            painter.drawLine(QLineF(x, top, x, bottom))
        painter.setPen(QPen(theme.color("muted"), 1, Qt.PenStyle.DashLine))
        for day in chart.scale.school_years():
            x = chart.view_x(day)
            painter.drawLine(QLineF(x, top, x, bottom))
        first, last = chart.limits
        outside = QBrush(theme.color("line"), Qt.BrushStyle.BDiagPattern)
        left, right = chart.view_x(first), chart.view_right(last)
        painter.fillRect(QRectF(chart.left_width, top, max(0.0, left - chart.left_width), bottom - top), outside)
        painter.fillRect(QRectF(right, top, max(0.0, self.size.width() - right), bottom - top), outside)

    def _today(self) -> None:
        chart, painter = self.chart, self.painter
        if chart.scale.first <= chart.today <= chart.scale.last:
            x = chart.view_x(chart.today)
            painter.setPen(QPen(theme.color("accent"), 2))
            painter.drawLine(QLineF(x, chart.head_height, x, self.size.height()))

    # --- bars ----------------------------------------------------------------------------------------------------

    def _fact_of(self, row: DateRow) -> PlanFact | None:
        return None if row.heading or row.node_id is None else self.chart.facts.get(row.node_id)

    def _kind(self, row: DateRow) -> Kind:
        fact = self._fact_of(row)
        return kind_of(row) if fact is None else fact.kind

    def _colours(self, row: DateRow) -> tuple[QColor, QColor]:
        fact = self._fact_of(row)
        if fact is not None:
            pair = theme.current().tokens.pair(fact.kind)
            return QColor(pair[0]), QColor(pair[1])
        kind = kind_of(row)
        pair = theme.current().tokens.pair("info" if kind in {"ok", "none"} else kind)
        return QColor(pair[0]), QColor(pair[1])

    def _bars(self, place: int) -> None:
        row = self.chart.rows[place]
        if not row.spans:
            if not row.heading:
                self._undated(place)
            return
        for number, span in enumerate(row.spans):
            box = QRectF(self.chart.bar_rect(place, number))
            if row.heading:
                self._bracket(box)
            else:
                self._bar(row, span, box)

    def _bracket(self, box: QRectF) -> None:
        """The span of a heading: a line with two feet."""
        painter = self.painter
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("none"))
        line = QRectF(box.left(), box.center().y() - self.px(2), box.width(), self.px(3))
        painter.drawRect(line)
        foot = float(self.px(5))
        for x, side in ((box.left(), 1), (box.right(), -1)):
            corner = QPointF(x, line.bottom())
            painter.drawPolygon(QPolygonF([corner, corner + QPointF(side * foot, 0), corner + QPointF(0, foot)]))

    def _bar(self, row: DateRow, span: Span, box: QRectF) -> None:
        painter = self.painter
        fore, back = self._colours(row)
        if span[0] == span[1]:
            side = box.height() / 2
            middle = box.center()
            diamond = [QPointF(0, -side), QPointF(side, 0), QPointF(0, side), QPointF(-side, 0)]
            painter.setPen(QPen(fore, 1.5))
            painter.setBrush(fore)
            painter.drawPolygon(QPolygonF([middle + corner for corner in diamond]))
            return
        painter.setPen(QPen(fore, 1.2))
        if (span[1] - span[0]).days + 1 >= LONG_DAYS:
            thin = QRectF(box.left(), box.center().y() - self.px(3), box.width(), self.px(6))
            painter.setBrush(back)
            painter.drawRoundedRect(thin, self.px(3), self.px(3))
            return
        filled = kind_of(row) == "ok" and self._fact_of(row) is None
        painter.setBrush(fore if filled else back)
        painter.drawRoundedRect(box, self.px(3), self.px(3))

    def _fact(self, place: int) -> None:
        """The day on which it was done, or to which it was moved, with a line from the end of the plan to it."""
        row = self.chart.rows[place]
        fact = self._fact_of(row)
        day = None if fact is None else fact.done or fact.moved
        if fact is None or day is None:
            return
        painter, area = self.painter, self.chart.row_area(place)
        colour = QColor(theme.current().tokens.pair(fact.kind)[0])
        x, y = (self.chart.view_x(day) + self.chart.view_right(day)) / 2, float(area.center().y())
        if row.spans and day > row.spans[-1][1]:
            style = Qt.PenStyle.SolidLine if fact.done else Qt.PenStyle.DashLine
            painter.setPen(QPen(colour, 1.5, style))
            painter.drawLine(QLineF(self.chart.view_right(row.spans[-1][1]), y, x, y))
        painter.setPen(QPen(colour, 1.5))
        painter.setBrush(colour if fact.done else theme.color("surface"))
        side = float(self.px(5))
        painter.drawEllipse(QPointF(x, y), side, side)

    def _fact_right(self, row: DateRow) -> int:
        """Return the right edge of the mark of what happened; 0 where there is none."""
        fact = self._fact_of(row)
        day = None if fact is None else fact.done or fact.moved
        return 0 if day is None else round(self.chart.view_right(day)) + self.px(6)

    def _undated(self, place: int) -> None:
        """A hatched place with the words «без срока» where the bar would be."""
        painter, area = self.painter, self.chart.undated_rect(place)
        painter.setPen(QPen(theme.color("control_line"), 1, Qt.PenStyle.DashLine))
        painter.setBrush(QBrush(theme.color("line"), Qt.BrushStyle.FDiagPattern))
        painter.drawRoundedRect(QRectF(area), self.px(3), self.px(3))
        painter.setFont(self.small)
        metrics, text = QFontMetrics(self.small), "без срока"
        width = metrics.horizontalAdvance(text) + self.px(12)
        box = QRect(area.left() + self.px(8), area.top() + 1, min(width, area.width() - self.px(10)), area.height() - 2)
        painter.fillRect(box, theme.color("surface"))
        painter.setPen(theme.color("none"))
        painter.drawText(box, _MIDDLE, elided(metrics, text, box.width()))

    def _words(self, place: int) -> None:
        """What is wrong, with its shape, right of the last bar, or at the edge where there is no room."""
        row = self.chart.rows[place]
        fact = self._fact_of(row)
        words = ", ".join(mark.word for mark in row.marks if mark.key != UNDATED) if fact is None else fact.word
        if not words or not row.spans:
            return
        painter, metrics, kind = self.painter, QFontMetrics(self.small), self._kind(row)
        area, side = self.chart.row_area(place), self.px(8)
        width = metrics.horizontalAdvance(words) + side + self.px(14)
        left = self._beside(place, width)
        fore, back = (QColor(value) for value in theme.current().tokens.pair(kind))
        box = QRect(left, area.center().y() - metrics.height() // 2, width, metrics.height())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(back)
        painter.drawRoundedRect(box, self.px(4), self.px(4))
        draw_shape(painter, kind, QRectF(left + self.px(4), box.center().y() - side / 2 + 1, side, side), fore)
        painter.setPen(fore)
        painter.setFont(self.small)
        painter.drawText(box.adjusted(side + self.px(8), 0, 0, 0), _LEFT, words)

    def _beside(self, place: int, width: int) -> int:
        """Return where words stand: right of the last bar, else left of the first, else at the edge."""
        spans = self.chart.rows[place].spans
        handle = self.px(16) if place == self.chart.current_row else self.px(8)
        ends = (self.chart.bar_rect(place, len(spans) - 1).right(), self._fact_right(self.chart.rows[place]))
        right = max(ends) + handle
        if right + width <= self.size.width() - self.px(4):
            return max(right, self.chart.left_width + self.px(4))
        left = self.chart.bar_rect(place, 0).left() - width - self.px(8)
        least = self.chart.left_width + self.px(4)
        return min(left, self.size.width() - width - self.px(6)) if left >= least else least

    def _arrows(self, rows: range) -> None:
        """From the end of what is first to the begin of what comes after it; only those that are seen."""
        painter, chart = self.painter, self.chart
        for first, second, wrong in chart.arrows:
            if max(first, second) < rows.start or min(first, second) >= rows.stop:
                continue
            colour = theme.color("warn" if wrong else "muted")
            painter.setPen(QPen(colour, 1.4, Qt.PenStyle.DashLine if wrong else Qt.PenStyle.SolidLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            corners = chart.arrow(first, second)
            painter.drawPolyline(QPolygonF(corners))
            tip, side = corners[-1], float(self.px(5))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            painter.drawPolygon(QPolygonF([tip, tip + QPointF(-side, -side * 0.7), tip + QPointF(-side, side * 0.7)]))

    def _dragged(self) -> None:
        """The bar where it would come to lie with its dates, or the line that would become a tie; the handle."""
        painter, chart = self.painter, self.chart
        handle = chart.handle_rect(chart.current_row)
        if handle is not None and chart.writable:
            painter.setPen(QPen(theme.color("accent"), 1.5))
            painter.setBrush(theme.color("surface"))
            painter.drawEllipse(QRectF(handle))
        if chart.tie is not None:
            painter.setPen(QPen(theme.color("accent"), 1.5, Qt.PenStyle.DashLine))
            painter.drawLine(chart.tie[0], chart.tie[1])
        if chart.moved is None:
            return
        place, span = chart.moved
        area = chart.row_area(place)
        left, right = chart.view_x(span[0]), chart.view_right(span[1])
        painter.setPen(QPen(theme.color("accent"), 1.5, Qt.PenStyle.DashLine))
        painter.setBrush(theme.color("accent_soft"))
        painter.drawRoundedRect(QRectF(left, area.top() + self.px(4), max(2.0, right - left),
                                       area.height() - self.px(8)), self.px(3), self.px(3))  # fmt: skip
        self._flag(span_text(span), QPoint(int(left), area.top()))

    def _flag(self, text: str, place: QPoint) -> None:
        metrics = QFontMetrics(self.small)
        width = metrics.horizontalAdvance(text) + self.px(12)
        left = max(self.chart.left_width, min(place.x(), self.size.width() - width))
        top = max(self.chart.head_height, place.y() - metrics.height() - self.px(4))
        box = QRect(left, top, width, metrics.height() + self.px(2))
        self.painter.setPen(Qt.PenStyle.NoPen)
        self.painter.setBrush(theme.color("tooltip"))
        self.painter.drawRoundedRect(box, self.px(4), self.px(4))
        self.painter.setPen(theme.color("on_tooltip"))
        self.painter.setFont(self.small)
        self.painter.drawText(box, _MIDDLE, text)

    # --- the frozen column and the head ---------------------------------------------------------------------------

    def _names(self, rows: range) -> None:
        chart, painter = self.chart, self.painter
        painter.save()
        painter.setClipRect(QRect(0, chart.head_height, chart.left_width, self.size.height()))
        for place in rows:
            self._name(place)
        painter.restore()
        painter.setPen(theme.color("control_line"))
        painter.drawLine(chart.left_width - 1, 0, chart.left_width - 1, self.size.height())

    def _name(self, place: int) -> None:
        row, painter, px = self.chart.rows[place], self.painter, self.px
        area = self.chart.row_area(place)
        area.setWidth(self.chart.left_width - 1)
        ground = "accent_soft" if place == self.chart.current_row else "page" if row.heading else "surface"
        painter.fillRect(area.adjusted(0, 0, 0, -1), theme.color(ground))
        if place == self.chart.current_row and self.chart.hasFocus():
            painter.setPen(QPen(theme.color("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(area.adjusted(1, 1, -2, -2))
        side, left = px(9), area.left() + px(8)
        if row.marks or self._fact_of(row) is not None:
            kind = self._kind(row)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            box = QRectF(left, area.center().y() - side / 2, side, side)
            draw_shape(painter, kind, box, QColor(theme.current().tokens.pair(kind)[0]))
        left += side + px(6) + (0 if row.heading else px(8) * (row.depth + 1))
        font = self.strong if row.heading else self.plain
        metrics = QFontMetrics(font)
        painter.setFont(font)
        painter.setPen(theme.color("text"))
        text = elided(metrics, row.named, area.right() - left - px(6))
        painter.drawText(QRect(left, area.top(), area.right() - left, area.height()), _LEFT, text)

    def _head(self) -> None:
        chart, painter = self.chart, self.painter
        head = QRect(0, 0, self.size.width(), chart.head_height)
        painter.fillRect(head, theme.color("page"))
        painter.setPen(theme.color("control_line"))
        painter.drawLine(head.bottomLeft(), head.bottomRight())
        painter.setPen(theme.color("muted"))
        painter.setFont(self.small)
        metrics = QFontMetrics(self.small)
        half = head.height() // 2
        name = QRect(self.px(31), 0, chart.left_width - self.px(37), head.height())
        painter.drawText(name, _LEFT, elided(metrics, "Мероприятие", name.width()))
        painter.save()
        painter.setClipRect(QRect(chart.left_width, 0, self.size.width(), head.height()))
        for ticks, top, font in (
            (chart.scale.years(), 0, self.strong), (chart.scale.parts(), half, self.small),
        ):  # fmt: skip
            for tick in ticks:
                self._tick(chart.view_x(tick.first), chart.view_x(tick.after), top, half, tick.text, font)
        self._head_today(half)
        painter.restore()
        painter.setPen(theme.color("control_line"))
        painter.drawLine(chart.left_width - 1, 0, chart.left_width - 1, chart.head_height)

    def _tick(self, left: float, right: float, top: int, height: int, text: str, font: QFont) -> None:
        painter, begin = self.painter, max(left, float(self.chart.left_width))
        if right <= begin or left > self.size.width():
            return
        painter.setPen(theme.color("line"))
        painter.drawLine(QLineF(left, top, left, top + height))
        painter.setFont(font)
        painter.setPen(theme.color("text" if top == 0 else "muted"))
        box = QRectF(begin + self.px(5), top, right - begin - self.px(6), height)
        metrics = QFontMetrics(font)
        if metrics.horizontalAdvance(text) <= box.width() + 2:
            painter.drawText(box, int(_LEFT), text)

    def _head_today(self, half: int) -> None:
        chart, painter = self.chart, self.painter
        x = chart.view_x(chart.today)
        if not (chart.scale.first <= chart.today <= chart.scale.last and chart.left_width <= x <= self.size.width()):
            return
        metrics, text = QFontMetrics(self.small), "сегодня"
        width = metrics.horizontalAdvance(text) + self.px(10)
        left = min(max(x - width / 2, float(chart.left_width)), self.size.width() - width)
        box = QRectF(left, self.px(2), width, half - self.px(4))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("accent"))
        painter.drawRoundedRect(box, self.px(4), self.px(4))
        painter.setPen(theme.color("on_accent"))
        painter.setFont(self.small)
        painter.drawText(box, int(_MIDDLE), text)
