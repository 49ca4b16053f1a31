"""The parts of a composite form: how far each is, a way to its answers or to asking for them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.operations.form_parts import PartLine
from app.operations.form_states import STATE_TONES, STATE_WORDS
from app.texts import NBSP
from app.ui import theme
from app.ui.form_view.judging import TONES
from app.ui.widgets.basics import Button
from app.ui.widgets.chip import Chip
from app.ui.widgets.labels import Label

COMPOSITE = "Эта форма складывается из других. Здесь отвечать не на что: баллы появятся сами, когда ответят на каждую."


class PartsBox(QWidget):
    """A line for each part.

    Signals:
        opened(case): show the answers of a part.
        wanted(form): begin a round of a part.
    """

    opened = Signal(object)
    wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        px = theme.current().px
        self.buttons: list[Button] = []
        self._shown: tuple[PartLine, ...] | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(px(12), px(8), px(12), px(8))
        column.setSpacing(px(10))
        column.addWidget(Label(COMPOSITE, wrap=True))
        self._holder = QVBoxLayout()
        column.addLayout(self._holder)
        self._lines = QWidget()
        self._holder.addWidget(self._lines)

    def show_parts(self, parts: Sequence[PartLine], *, read_only: bool) -> None:
        """Show the parts anew; nothing moves where nothing has changed."""
        if tuple(parts) == self._shown:
            return
        self._shown = tuple(parts)
        self._lines.hide()
        self._lines.deleteLater()
        self._lines, self.buttons = QWidget(), []
        px = theme.current().px
        grid = QGridLayout(self._lines)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(px(16))
        grid.setVerticalSpacing(px(6))
        grid.setColumnStretch(3, 1)
        for row, part in enumerate(parts):
            grid.addWidget(Label(part.short, "strong"), row, 0)
            if part.state is not None:
                grid.addWidget(Chip(TONES[STATE_TONES[part.state]], STATE_WORDS[part.state]), row, 1)
            grid.addWidget(Label(_result(part), "muted"), row, 2)
            button = self._button(part)
            button.setEnabled(part.case_id is not None or not read_only)
            self.buttons.append(button)
            grid.addWidget(button, row, 3, Qt.AlignmentFlag.AlignLeft)
        self._holder.addWidget(self._lines)

    def _button(self, part: PartLine) -> Button:
        key = part.case_id
        if key is not None:
            button = Button("Открыть ответы", lambda: self.opened.emit(key), kind="link")
            button.setAccessibleName(f"Открыть ответы: {part.short}")
            return button
        button = Button("Начать сбор…", lambda: self.wanted.emit(part.form_id), kind="link")
        button.setAccessibleName(f"Начать сбор: {part.short}")
        return button


def _result(part: PartLine) -> str:
    if part.case_id is None:
        return "сбора в этом году нет"
    said = f"{part.points}{NBSP}из{NBSP}{part.most}" if part.points is not None else "баллов пока нет"
    whose = f"наименьший результат из {part.several}" if part.several > 1 else ""
    return ", ".join(text for text in (said, part.level, whose) if text)
