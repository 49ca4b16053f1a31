"""How things of the calendar look: a picture for each kind, another one for what is done, late or called off."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPainterPath, QPixmap

from app.operations.calendar_items import CalendarItem
from app.ui import icons, theme

ICONS: Mapping[str, str] = {
    "event": "calendar-event", "meeting": "users", "help": "lifebuoy", "next": "corner-down-right", "plan": "sitemap",
    "mentoring": "school", "visit": "briefcase", "task": "checklist", "term": "target-arrow",
}  # fmt: skip
_FILLS: Mapping[str, str] = {"event": "accent", "meeting": "accent", "help": "ok"}
PICTURE = 13


def icon_of(item: CalendarItem) -> str:
    """Return the picture: of the state where it matters, else of the kind."""
    if item.cancelled:
        return "x"
    if item.mark == "bad":
        return "alert-circle"
    if item.mark == "warn" and item.open:
        return "alert-triangle"
    return ICONS[item.kind] if item.open or item.kind == "help" else "circle-check"


def colours(item: CalendarItem) -> tuple[str, str]:
    """Return (text, fill): names of tokens."""
    if item.cancelled:
        return "muted", "none_soft"
    if item.mark == "bad":
        return "bad", "bad_soft"
    if item.mark == "warn" and item.open:
        return "warn", "warn_soft"
    own = _FILLS.get(item.kind)
    if own is not None:
        return own, f"{own}_soft"
    return ("text" if item.open else "muted"), "none_soft"


class Pictures:
    """Pictures of the present theme, each drawn once."""

    def __init__(self) -> None:
        self._kept: dict[tuple[object, ...], QPixmap] = {}

    def get(self, name: str, tint: str) -> QPixmap:
        """Return a picture in a colour."""
        key = (name, tint, theme.current())
        if key not in self._kept:
            self._kept[key] = icons.pixmap(name, tint, PICTURE)
        return self._kept[key]


def chip_line_height() -> int:
    """Return how high a line of the grid is, with the room under it."""
    return QFontMetrics(chip_font()).height() + theme.current().px(3)


def chip_font(*, struck: bool = False) -> QFont:
    """Return the font of things in the grid."""
    font = theme.current().font(11, weight=QFont.Weight.Medium)
    font.setStrikeOut(struck)
    return font


def paint_item(
    painter: QPainter, box: QRectF, item: CalendarItem, pictures: Pictures, *, begins: bool = True, ends: bool = True,
    chosen: bool = False,
) -> None:  # fmt: skip
    """Draw one thing into its line; a thing that goes on in another week has no end on that side."""
    px = theme.current().px
    fore, fill = colours(item)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(theme.color("accent") if chosen else Qt.PenStyle.NoPen)
    painter.setBrush(theme.color(fill))
    painter.drawPath(_outline(box, px(4), begins=begins, ends=ends))
    size = px(PICTURE)
    left = box.left() + px(4)
    painter.drawPixmap(QPointF(left, box.center().y() - size / 2), pictures.get(icon_of(item), fore))
    left += size + px(4)
    room = box.right() - px(3) - left
    font = chip_font(struck=item.cancelled)
    painter.setFont(font)
    painter.setPen(theme.color(fore))
    text = QFontMetrics(font).elidedText(words(item), Qt.TextElideMode.ElideRight, int(room))
    painter.drawText(QRectF(left, box.top(), room + 2, box.height()), int(Qt.AlignmentFlag.AlignVCenter), text)
    painter.restore()


def words(item: CalendarItem) -> str:
    """Return what stands in the line: the time first."""
    return f"{item.start} {item.text}" if item.start else item.text


def _outline(box: QRectF, radius: float, *, begins: bool, ends: bool) -> QPainterPath:
    """Return the outline: round where the thing begins and ends, straight where it goes on."""
    left, right = (radius if begins else 0.0), (radius if ends else 0.0)
    path = QPainterPath(QPointF(box.left() + left, box.top()))
    path.lineTo(box.right() - right, box.top())
    if ends:
        path.arcTo(box.right() - 2 * right, box.top(), 2 * right, 2 * right, 90, -90)
    path.lineTo(box.right(), box.bottom() - right)
    if ends:
        path.arcTo(box.right() - 2 * right, box.bottom() - 2 * right, 2 * right, 2 * right, 0, -90)
    path.lineTo(box.left() + left, box.bottom())
    if begins:
        path.arcTo(box.left(), box.bottom() - 2 * left, 2 * left, 2 * left, 270, -90)
    path.lineTo(box.left(), box.top() + left)
    if begins:
        path.arcTo(box.left(), box.top(), 2 * left, 2 * left, 180, -90)
    path.closeSubpath()
    return path
