"""Whose answers there are in a round: a list with the state and the progress of each, and a line that finds one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyleOptionComboBox,
    QVBoxLayout,
    QWidget,
)

from app.operations.form_lines import CaseLine
from app.operations.form_states import STATE_TONES
from app.ui import theme
from app.ui.theme import Kind
from app.ui.widgets.basics import Combo
from app.ui.widgets.cells import Index
from app.ui.widgets.state_list import StateDelegate

TONES: dict[str, Kind] = {"ok": "ok", "warn": "warn", "bad": "bad", "plain": "none"}
_LINE = Qt.ItemDataRole.UserRole
ROLE_WORDS = {"expert": "Эксперт", "agreed": "Согласованный ответ"}


def state_chip(line: CaseLine) -> tuple[Kind, str]:
    """Return kind and word of a state; a late answer says so."""
    if line.case.exempt is not None:
        return "none", "не нужно"
    if line.overdue:
        return "bad", "просрочено"
    if line.case.role != "self" and line.state == "not_sent":
        # nobody sends anything to an expert
        return "none", "в работе"
    return TONES[STATE_TONES[line.state]], line.words


def title_of(line: CaseLine) -> str:
    """Return whose answers they are."""
    role = ROLE_WORDS.get(line.case.role)
    if role is None:
        return line.subject.shown
    whose = f"{role} {line.case.author}" if line.case.author else role
    return f"{whose} · {line.subject.shown}"


def _answered(line: CaseLine) -> str:
    return f", отвечено {line.answered} из {line.of}" if line.of else ""


class _Delegate(StateDelegate):
    """Draws name, state and progress on two lines."""

    def parts(self, index: Index) -> tuple[tuple[Kind, str], str] | None:
        """Return the state and how much is answered."""
        line = index.data(_LINE)
        if not isinstance(line, CaseLine):
            return None
        return state_chip(line), f"{line.answered} из {line.of}" if line.of else ""

    def draw_name(self, painter: QPainter, metrics: QFontMetrics, inner: QRect, index: Index) -> None:
        """Draw whose answers they are on one line."""
        line = index.data(_LINE)
        mode = Qt.TextElideMode.ElideMiddle if line.case.role == "self" else Qt.TextElideMode.ElideRight
        box = QRect(inner.left(), inner.top(), inner.width(), metrics.height())
        painter.drawText(box, 0, metrics.elidedText(title_of(line), mode, inner.width()))


class RoundCombo(Combo):
    """The choice of a round: a long title ends in dots, not in half a letter."""

    def initStyleOption(self, option: QStyleOptionComboBox) -> None:
        """Shorten what does not fit; the tooltip tells it whole."""
        super().initStyleOption(option)
        room = self.width() - theme.current().px(66)
        text = self.fontMetrics().elidedText(self.currentText(), Qt.TextElideMode.ElideRight, room)
        option.currentText = text  # type: ignore[attr-defined]


class CaseList(QWidget):
    """The list.

    Signals:
        chosen(case): another one is to be shown.
        entered(): Enter, the keyboard goes into the form.
    """

    chosen = Signal(object)
    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        px = theme.current().px
        self._lines: tuple[CaseLine, ...] = ()
        self.search = QLineEdit()
        self.search.setPlaceholderText("Найти")
        self.search.setAccessibleName("Найти в сборе")
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._filter)
        self.search.returnPressed.connect(self._first_found)
        self.list = QListWidget()
        self.list.setAccessibleName("Чьи ответы")
        self.list.setItemDelegate(_Delegate(self.list))
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.currentRowChanged.connect(self._moved)
        self.list.itemActivated.connect(lambda _item: self.entered.emit())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(6))
        column.addWidget(self.search)
        column.addWidget(self.list, 1)

    def show_lines(self, lines: Sequence[CaseLine], chosen: int | None) -> None:
        """Show the cases of a round; the chosen one stays chosen."""
        self.list.blockSignals(True)
        if [line.case.id for line in lines] != [line.case.id for line in self._lines]:
            self.list.clear()
            for _line in lines:
                self.list.addItem(QListWidgetItem())
        self._lines = tuple(lines)
        for place, line in enumerate(lines):
            item = self.list.item(place)
            item.setData(_LINE, line)
            _kind, word = state_chip(line)
            item.setData(Qt.ItemDataRole.AccessibleTextRole,
                         f"{title_of(line)}: {word}{_answered(line)}")  # fmt: skip
            if line.case.id == chosen:
                self.list.setCurrentRow(place)
        self.list.blockSignals(False)
        self._filter(self.search.text())
        self.list.viewport().update()

    def _filter(self, text: str) -> None:
        wanted = text.strip().casefold()
        for place, line in enumerate(self._lines):
            self.list.item(place).setHidden(bool(wanted) and wanted not in title_of(line).casefold())

    def _standing(self) -> list[int]:
        return [place for place in range(len(self._lines)) if not self.list.item(place).isHidden()]

    def _first_found(self) -> None:
        found = self._standing()
        if found:
            self.list.setCurrentRow(found[0])
            self.list.setFocus()

    def _moved(self, place: int) -> None:
        if 0 <= place < len(self._lines):
            self.chosen.emit(self._lines[place].case.id)

    def neighbour(self, step: int) -> int | None:
        """Return the case after the chosen one, or before it; None at the end."""
        found = self._standing()
        here = self.list.currentRow()
        after = [place for place in found if (place > here if step > 0 else place < here)]
        return self._lines[after[0 if step > 0 else -1]].case.id if after else None

    def choose(self, case_id: int) -> None:
        """Choose a case, as a click does."""
        for place, line in enumerate(self._lines):
            if line.case.id == case_id:
                self.list.setCurrentRow(place)
