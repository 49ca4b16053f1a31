"""Icons: Tabler's outlines, tinted from the tokens of the present theme and drawn sharp at every scale."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

from PySide6.QtCore import QByteArray, QObject, QRectF, Qt
from PySide6.QtGui import QAction, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication, QWidget

from app import paths
from app.ui import theme

SIZE = 18
_DPRS = (1.0, 1.25, 1.5, 2.0)


class _Iconed(Protocol):
    def setIcon(self, icon: QIcon) -> None: ...
    def setProperty(self, name: str, value: Any) -> bool: ...


def source(name: str) -> Path:
    """Return the file of an icon."""
    return paths.resources() / "icons" / f"{name}.svg"


@lru_cache(maxsize=256)
def _svg(name: str) -> str:
    return source(name).read_text("utf-8")


def draw(name: str, colour: str, size: int, ratio: float) -> QPixmap:
    """Draw an icon in one colour; ``size`` is in logical pixels."""
    renderer = QSvgRenderer(QByteArray(_svg(name).replace("currentColor", colour).encode()))
    pixmap = QPixmap(round(size * ratio), round(size * ratio))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter, QRectF(0, 0, pixmap.width(), pixmap.height()))
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


@lru_cache(maxsize=512)
def _icon(name: str, colour: str, disabled: str, size: int) -> QIcon:
    made = QIcon()
    screen = QApplication.primaryScreen()
    ratios = {*_DPRS[:1], screen.devicePixelRatio() if screen else 1.0}
    for ratio in sorted(ratios):
        made.addPixmap(draw(name, colour, size, ratio), QIcon.Mode.Normal)
        made.addPixmap(draw(name, disabled, size, ratio), QIcon.Mode.Disabled)
    return made


def icon(name: str, tint: str = "text", size: int = SIZE) -> QIcon:
    """Return an icon in a token's colour at the present font size."""
    present = theme.current()
    tokens = present.tokens
    return _icon(name, str(getattr(tokens, tint)), tokens.disabled, present.px(size))


def pixmap(name: str, tint: str = "text", size: int = SIZE) -> QPixmap:
    """Return an icon as a picture for a label."""
    screen = QApplication.primaryScreen()
    present = theme.current()
    colour = str(getattr(present.tokens, tint))
    return draw(name, colour, present.px(size), screen.devicePixelRatio() if screen else 1.0)


def put(target: _Iconed, name: str, tint: str = "text") -> None:
    """Give a button or an action its icon and let it follow the theme."""
    promise(target, name, tint)
    target.setIcon(icon(name, tint))


def promise(target: _Iconed, name: str, tint: str = "text") -> None:
    """Say which icon an action has; it is drawn when its menu opens (``keep``)."""
    target.setProperty("iconName", name)
    target.setProperty("iconTint", tint)


def keep(actions: Iterable[QAction]) -> None:
    """Draw the icons that were promised to these actions."""
    for action in actions:
        name = action.property("iconName")
        if name and action.icon().isNull():
            action.setIcon(icon(str(name), str(action.property("iconTint"))))


def retint() -> None:
    """Draw every icon that ``put`` gave anew; called when the theme has changed."""
    seen: list[QObject] = list(QApplication.allWidgets())
    for widget in QApplication.topLevelWidgets():
        seen += widget.findChildren(QAction)
    for item in seen:
        name = item.property("iconName")
        if name and isinstance(item, QAction | QWidget) and hasattr(item, "setIcon"):
            item.setIcon(icon(str(name), str(item.property("iconTint"))))
