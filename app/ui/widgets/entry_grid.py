"""A grid for entry that works as Excel does.

Typing replaces, F2 edits, Enter goes down, Tab right, Del clears, Ctrl+V pastes a block and adds rows, Ctrl+D fills
down; bad cells stay and are marked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFont, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QHeaderView, QTableView, QWidget

from app.ui import theme
from app.ui.item_models.table_model import tsv

Index = QModelIndex | QPersistentModelIndex


@dataclass
class EntryRow:
    """One row of a grid: its heading, what stands in its cells, what is wrong with some of them."""

    key: Any
    title: str
    texts: list[str]
    troubles: dict[int, str] = field(default_factory=dict)


class EntryModel(QAbstractTableModel):
    """Texts in cells.

    Signals:
        entered(row, column, text): a cell says something else now.
        rows_wanted(count): a pasted block is longer than the grid.
    """

    entered = Signal(int, int, str)
    rows_wanted = Signal(int)

    def __init__(self, titles: Sequence[str], *, numbers: bool = True, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._titles = list(titles)
        self._rows: list[EntryRow] = []
        self._numbers = numbers

    def set_rows(self, rows: Sequence[EntryRow]) -> None:
        """Show other rows; where only texts differ, the cursor stays."""
        if [row.key for row in rows] == [row.key for row in self._rows] and rows:
            self._rows = list(rows)
            last = self.index(len(rows) - 1, len(self._titles) - 1)
            self.dataChanged.emit(self.index(0, 0), last)
            return
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    @property
    def rows(self) -> list[EntryRow]:
        """The rows as they are."""
        return self._rows

    def rowCount(self, parent: Index | None = None) -> int:
        """Return how many rows there are."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index | None = None) -> int:
        """Return how many columns there are."""
        return 0 if parent is not None and parent.isValid() else len(self._titles)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        trouble = row.troubles.get(index.column(), "")
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.EditRole:
                return row.texts[index.column()]
            case Qt.ItemDataRole.TextAlignmentRole:
                side = Qt.AlignmentFlag.AlignRight if self._numbers else Qt.AlignmentFlag.AlignLeft
                return int(side | Qt.AlignmentFlag.AlignVCenter)
            case Qt.ItemDataRole.BackgroundRole if trouble:
                return theme.color("bad_soft")
            case Qt.ItemDataRole.ForegroundRole if trouble:
                return theme.color("bad")
            case Qt.ItemDataRole.ToolTipRole:
                return trouble or None
            case _:
                return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Take what was typed; whether it fits is decided elsewhere, nothing is refused."""
        text = str(value or "").strip()
        if (
            role != Qt.ItemDataRole.EditRole
            or not index.isValid()
            or text == self._rows[index.row()].texts[index.column()]
        ):
            return False
        self._rows[index.row()].texts[index.column()] = text
        self.dataChanged.emit(index, index)
        self.entered.emit(index.row(), index.column(), text)
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Every cell can be edited."""
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsEditable if index.isValid() else flags

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a heading."""
        inside = self._titles if orientation == Qt.Orientation.Horizontal else self._rows
        if not 0 <= section < len(inside):
            return None
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return self._titles[section] if orientation == Qt.Orientation.Horizontal else self._rows[section].title
        if role == Qt.ItemDataRole.FontRole:
            return theme.current().font(12, weight=QFont.Weight.DemiBold)
        return None


class EntryGrid(QTableView):
    """The view."""

    def __init__(self, model: EntryModel, name: str, parent: QWidget | None = None):
        super().__init__(parent)
        self._model = model
        self.setModel(model)
        self.setAccessibleName(name)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
        )
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setTabKeyNavigation(True)
        self.setCornerButtonEnabled(False)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().setHighlightSections(False)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(theme.current().row_height)
        self.verticalHeader().setHighlightSections(False)

    def fit(self) -> None:
        """Take the height of the rows, no more and no less: such a grid stands in a card that scrolls by itself."""
        rows = self.verticalHeader().length()
        self.setFixedHeight(self.horizontalHeader().sizeHint().height() + rows + 2 * self.frameWidth() + 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Mind the keys of a grid."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste(QGuiApplication.clipboard().text())
        elif event.key() == Qt.Key.Key_D and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.fill_down()
        elif event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self.clear_cells()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._move(1, 0)
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """Enter at the end of an entry goes down."""
        submitted = hint == QAbstractItemDelegate.EndEditHint.SubmitModelCache
        super().closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint if submitted else hint)
        if submitted:
            self._move(1, 0)

    def _move(self, down: int, right: int) -> None:
        index = self.currentIndex()
        target = self._model.index(index.row() + down, index.column() + right)
        if target.isValid():
            self.setCurrentIndex(target)

    def _block(self) -> tuple[int, int, int, int]:
        cells = self.selectedIndexes() or [self.currentIndex()]
        rows, columns = [cell.row() for cell in cells], [cell.column() for cell in cells]
        return min(rows), max(rows), min(columns), max(columns)

    def copy(self) -> None:
        """Copy the selected block as Excel takes it."""
        top, bottom, left, right = self._block()
        table = [self._model.rows[row].texts[left : right + 1] for row in range(top, bottom + 1)]
        QGuiApplication.clipboard().setText(tsv(table))

    def paste(self, text: str) -> None:
        """Paste a block from the cursor on; a single value fills the whole selection."""
        lines = [line.split("\t") for line in text.replace("\r\n", "\n").rstrip("\n").split("\n")]
        top, bottom, left, right = self._block()
        if len(lines) == 1 and len(lines[0]) == 1:
            lines = [lines[0] * (right - left + 1)] * (bottom - top + 1)
        missing = top + len(lines) - self._model.rowCount()
        if missing > 0:
            self._model.rows_wanted.emit(missing)
        for down, line in enumerate(lines):
            for across, value in enumerate(line):
                index = self._model.index(top + down, left + across)
                if index.isValid():
                    self._model.setData(index, value)

    def fill_down(self) -> None:
        """Repeat the first row of the selection in the others."""
        top, bottom, left, right = self._block()
        for column in range(left, right + 1):
            value = self._model.rows[top].texts[column]
            for row in range(top + 1, bottom + 1):
                self._model.setData(self._model.index(row, column), value)

    def clear_cells(self) -> None:
        """Empty the selected cells."""
        for index in self.selectedIndexes():
            self._model.setData(index, "")
