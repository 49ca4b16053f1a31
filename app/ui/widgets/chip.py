"""The mark of a state: shape + word + colour, so that it is read without colours too."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from app.ui import theme
from app.ui.theme import Kind

SHAPE_WORDS: dict[Kind, str] = {
    "ok": "хорошо",
    "warn": "внимание",
    "bad": "плохо",
    "none": "без оценки",
    "info": "сведения",
}


def chip_font() -> QFont:
    """Return the font of chips."""
    return theme.current().font(12, weight=QFont.Weight.DemiBold)


def chip_width(text: str) -> int:
    """Return how wide a chip with this word is."""
    px = theme.current().px
    return QFontMetrics(chip_font()).horizontalAdvance(text) + px(8) + px(8) + px(5) + px(10)


def chip_height() -> int:
    """Return how high a chip is."""
    return QFontMetrics(chip_font()).height() + theme.current().px(4)


def draw_shape(painter: QPainter, kind: Kind, box: QRectF, colour: QColor) -> None:
    """Draw ● ▲ ■ ○ into a square box."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    match kind:
        case "ok":
            painter.drawEllipse(box)
        case "warn":
            triangle = [
                QPointF(box.center().x(), box.top()),
                QPointF(box.right(), box.bottom()),
                QPointF(box.left(), box.bottom()),
            ]
            painter.drawPolygon(QPolygonF(triangle))
        case "bad":
            painter.drawRect(box)
        case _:
            inset = box.width() / 10
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colour, max(1.0, box.width() / 7)))
            painter.drawEllipse(box.adjusted(inset, inset, -inset, -inset))


def paint_chip(painter: QPainter, area: QRectF, kind: Kind, text: str, *, centred: bool = False) -> None:
    """Draw a chip into the left of an area, its word shortened where there is no room."""
    px = theme.current().px
    fore, back = (QColor(value) for value in theme.current().tokens.pair(kind))
    width = min(float(chip_width(text)), area.width())
    if centred:
        width = area.width()
    height = min(float(chip_height()), area.height())
    pill = QRectF(area.left(), area.center().y() - height / 2, width, height)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(back)
    painter.drawRoundedRect(pill, height / 2, height / 2)
    side = float(px(8))
    font = chip_font()
    metrics = QFontMetrics(font)
    room = pill.width() - px(8) - side - px(5) - px(8)
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(room) + 2)
    left = pill.left() + px(8)
    if centred:
        left += max(0.0, (room - metrics.horizontalAdvance(shown)) / 2)
    draw_shape(painter, kind, QRectF(left, pill.center().y() - side / 2, side, side), fore)
    painter.setPen(fore)
    painter.setFont(font)
    word = QRectF(left + side + px(5), pill.top(), pill.right() - left - side - px(5), pill.height())
    painter.drawText(word, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
    painter.restore()


class Chip(QWidget):
    """A chip on a page; ``fill`` makes it as wide as its place."""

    def __init__(self, kind: Kind = "none", text: str = "", *, fill: bool = False, parent: QWidget | None = None):
        super().__init__(parent)
        self._kind: Kind = kind
        self._text = text
        self._fill = fill
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set(kind, text)

    @property
    def text(self) -> str:
        """The word of the chip."""
        return self._text

    @property
    def kind(self) -> Kind:
        """The state it shows."""
        return self._kind

    def set(self, kind: Kind, text: str) -> None:
        """Show another state."""
        self._kind, self._text = kind, text
        self.setAccessibleName(f"{text} ({SHAPE_WORDS[kind]})")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as the word needs."""
        return QSize(chip_width(self._text), chip_height())

    def minimumSizeHint(self) -> QSize:
        """The same: a chip is never cut."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        paint_chip(painter, QRectF(self.rect()), self._kind, self._text, centred=self._fill)
        painter.end()


class ChipButton(QAbstractButton):
    """A chip with a count that filters a table: «в списке 9»."""

    def __init__(self, kind: Kind, text: str, parent: QWidget | None = None):
        super().__init__(parent)
        self._kind: Kind = kind
        self.setCheckable(True)
        self.setText(text)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setToolTip("Показать только эти строки; ещё раз — показать все")

    def set_kind(self, kind: Kind) -> None:
        """Change the state."""
        self._kind = kind
        self.update()

    def set_text(self, text: str) -> None:
        """Change word and count."""
        self.setText(text)
        self.setAccessibleName(f"Отбор: {text}")
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """As wide as the word needs, with room for the ring."""
        px = theme.current().px
        return QSize(chip_width(self.text()) + px(4), chip_height() + px(6))

    def minimumSizeHint(self) -> QSize:
        """The same."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the chip; a ring tells that it filters or has the focus."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        px = theme.current().px
        inner = QRectF(self.rect()).adjusted(px(2), px(3), -px(2), -px(3))
        paint_chip(painter, inner, self._kind, self.text())
        if self.isChecked() or self.hasFocus():
            colour = QColor(theme.current().tokens.pair(self._kind)[0] if self.isChecked() else theme.color("accent"))
            painter.setPen(QPen(colour, 1.5 if self.isChecked() else 1.0))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            ring = inner.adjusted(-1, -1, 1, 1)
            painter.drawRoundedRect(ring, ring.height() / 2, ring.height() / 2)
        painter.end()
