"""Parts of the dialog of an entry of help: the choice of the kind by a letter, a field with how it was understood."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from app.analysis import help_line
from app.operations.help_understanding import Told
from app.operations.register_work_journal import HELP_WORDS
from app.texts import capital
from app.ui import theme
from app.ui.widgets.basics import Combo
from app.ui.widgets.labels import ElidedLabel, Label


class KindCombo(Combo):
    """The kind of help: its first letter or its number chooses it, Enter goes on.

    Signals:
        advanced(): Enter was pressed.
    """

    advanced = Signal()

    def __init__(self) -> None:
        super().__init__("Что")
        self.fill([(capital(word), key) for key, word in HELP_WORDS.items()], "visit")

    @property
    def kind(self) -> str:
        """The chosen kind."""
        return str(self.currentData())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Letters and numbers choose."""
        letter = event.text().strip()
        wanted = help_line.kind_of(letter) if len(letter) == 1 and letter.isalpha() else None
        if letter in {"1", "2", "3", "4"} and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            wanted = list(HELP_WORDS)[int(letter) - 1]
        if wanted is not None:
            self.choose(wanted)
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.advanced.emit()
        else:
            super().keyPressEvent(event)


class Fields(QWidget):
    """Rows of name, field, and under the field how it was understood."""

    def __init__(self) -> None:
        super().__init__()
        px = theme.current().px
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(px(12))
        self._grid.setVerticalSpacing(px(2))
        self._grid.setColumnStretch(1, 1)
        self._told: dict[str, ElidedLabel] = {}

    def add(self, key: str, title: str, widget: QWidget) -> None:
        """Add a field under the others."""
        row = 2 * len(self._told)
        name = Label(title)
        name.setBuddy(widget)
        told = ElidedLabel("", "muted")
        told.setAccessibleName(f"{title.replace('&', '')}: как понято")
        told.setMinimumHeight(told.fontMetrics().height() + theme.current().px(6))
        told.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(name, row, 0)
        self._grid.addWidget(widget, row, 1)
        self._grid.addWidget(told, row + 1, 1)
        self._told[key] = told

    def tell(self, key: str, told: Told | None) -> None:
        """Show how a field was understood; what is not sure has a mark of its own, not a colour alone."""
        label = self._told[key]
        sure = told is None or told.sure
        label.setProperty("role", "muted" if sure else "bad")
        label.style().unpolish(label)
        label.style().polish(label)
        label.setText("" if told is None else told.text if sure else f"▲ {told.text}")

    def told(self, key: str) -> str:
        """Return what stands under a field."""
        return self._told[key].text()
