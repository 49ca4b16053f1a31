"""Facts in two columns: a quiet name, then what is known."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from app.texts import DASH
from app.ui import theme
from app.ui.widgets.basics import clear_layout
from app.ui.widgets.labels import ElidedLabel, Label


class Facts(QWidget):
    """Pairs of name and value."""

    def __init__(self, parent: QWidget | None = None):
        super().__init__(parent)
        px = theme.current().px
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(px(12))
        self._grid.setVerticalSpacing(px(4))
        self._grid.setColumnStretch(1, 1)

    def show_facts(self, pairs: Sequence[tuple[str, str]]) -> None:
        """Show other pairs; what is unknown is a dash."""
        clear_layout(self._grid)
        for line, (name, value) in enumerate(pairs):
            self._grid.addWidget(Label(name, "muted"), line, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(_value(value), line, 1)


def _value(value: str) -> QWidget:
    """Return what shows a value; an address of mail is one word, so it can't be broken over lines."""
    if "@" in value and " " not in value:
        return ElidedLabel(value)
    return Label(value or DASH, wrap=True).selectable()
