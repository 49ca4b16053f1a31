"""A grid for entry that works as Excel does.

Typing replaces, F2 edits, Enter goes down, Tab right, Del clears, Ctrl+V pastes a block and adds rows, Ctrl+D fills
down; bad cells stay and are marked. What happens to several cells at once is told once, so that it is one undo step.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFont, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QHeaderView, QTableView, QWidget

from app.ui import theme
from app.ui.item_models.table_model import tsv
from app.ui.widgets.entry_cells import EntryDelegate, EntryHeader

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
        entered(row, column, text): one cell says something else now.
        block_entered([(row, column, text), …]): several cells at once say something else (paste, fill down, clear).
        rows_wanted(count): a pasted block is longer than the grid.
    """

    entered = Signal(int, int, str)
    block_entered = Signal(object)
    rows_wanted = Signal(int)

    def __init__(self, titles: Sequence[str], *, numbers: bool = True, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._titles = list(titles)
        self._rows: list[EntryRow] = []
        self._numbers = numbers
        self.half_typed: tuple[int, int] | None = None
        """The cell that is being typed into and was told as a draft: leaving it is told even if it says the same."""

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

    def show_rows(self, rows: Sequence[EntryRow]) -> None:
        """Show other rows; those that come or go do so at the end, so that an open line and the cursor stay."""
        old, new = len(self._rows), list(rows)
        if len(new) > old:
            self.beginInsertRows(QModelIndex(), old, len(new) - 1)
            self._rows = new
            self.endInsertRows()
        elif len(new) < old:
            self.beginRemoveRows(QModelIndex(), len(new), old - 1)
            self._rows = new
            self.endRemoveRows()
        self._rows = new
        if new:
            self.dataChanged.emit(self.index(0, 0), self.index(len(new) - 1, len(self._titles) - 1))

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
        if role != Qt.ItemDataRole.EditRole or not index.isValid():
            return False
        if self.half_typed is None and self.unfinished(index.row(), index.column()):
            self.half_typed = (index.row(), index.column())
        changed = self.put([(index.row(), index.column(), str(value or ""))])
        self.half_typed = None
        return bool(changed)

    def unfinished(self, row: int, column: int) -> bool:
        """Tell whether what stands in a cell has yet to be entered, so that entering it as it stands is told."""
        return column in self._rows[row].troubles

    def put(self, cells: Iterable[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
        """Take a block of cells at once; returns those that say something else now.

        Cells outside the grid and cells that nobody may edit are left alone.
        """
        changed = []
        for row, column, value in cells:
            index, text = self.index(row, column), value.strip()
            if index.isValid() and self.flags(index) & Qt.ItemFlag.ItemIsEditable:
                texts = self._rows[row].texts
                if texts[column] != text or (row, column) == self.half_typed:
                    texts[column] = text
                    changed.append((row, column, text))
        if changed:
            rows, columns = [cell[0] for cell in changed], [cell[1] for cell in changed]
            self.dataChanged.emit(self.index(min(rows), min(columns)), self.index(max(rows), max(columns)))
        if len(changed) == 1:
            self.entered.emit(*changed[0])
        elif changed:
            self.block_entered.emit(changed)
        return changed

    def text_to_copy(self, row: int, column: int) -> str:
        """Return what of a cell is copied."""
        return self._rows[row].texts[column]

    def title_to_copy(self, column: int) -> str:
        """Return the heading of a column for another program."""
        return self._titles[column]

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


def block_of(text: str) -> list[list[str]]:
    """Return the cells of a block as Excel copies it: tabs between cells, quotes around a text of several lines."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n")
    if '"' in plain and plain.count('"') % 2 == 0:
        return [row or [""] for row in csv.reader(io.StringIO(plain), delimiter="\t")]
    return [line.split("\t") for line in plain.split("\n")]


class EntryGrid(QTableView):
    """The view.

    Signals:
        drafted(row, column, text): the person has stopped typing for a moment; the cell is still being edited.
        given_up(row, column): Esc took back what had already been told as a draft.
        left_over(lines, rows, columns): what of a pasted block found no place, whole lines of it; how many rows and
            how many columns did not fit.
    """

    drafted = Signal(int, int, str)
    given_up = Signal(int, int)
    left_over = Signal(object, int, int)

    def __init__(self, model: EntryModel, name: str, parent: QWidget | None = None):
        super().__init__(parent)
        self._model = model
        self._draft_cell: tuple[int, int] | None = None
        self._before = ""
        self.setModel(model)
        self.setAccessibleName(name)
        self._delegate = EntryDelegate(self)
        self._delegate.drafted.connect(self._tell_draft)
        self._delegate.leave.connect(self._leave_editor)
        self.setItemDelegate(self._delegate)
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

    def use_tall_headings(self, row_width: int) -> None:
        """Give columns headings of two lines with the unit under them, and rows headings of one width."""
        px = theme.current().px
        across, down = EntryHeader(Qt.Orientation.Horizontal, self), EntryHeader(Qt.Orientation.Vertical, self)
        self.setHorizontalHeader(across)
        self.setVerticalHeader(down)
        across.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        across.setMinimumSectionSize(px(56))
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        down.setMinimumSectionSize(1)
        down.setDefaultSectionSize(theme.current().row_height)
        down.setFixedWidth(px(row_width))
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)

    def fit(self) -> None:
        """Take the height of the rows, no more and no less: such a grid stands in a card that scrolls by itself."""
        rows = self.verticalHeader().length()
        self.setFixedHeight(self.horizontalHeader().sizeHint().height() + rows + 2 * self.frameWidth() + 1)

    # --- keys ----------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Mind the keys of a grid; a key that an open line did not want is not for the cells."""
        if self.state() == QAbstractItemView.State.EditingState and not self.hasFocus():
            event.ignore()
            return
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        shift = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() == Qt.Key.Key_C and control and shift:
            self.copy(headings=True)
        elif event.matches(QKeySequence.StandardKey.Cut):
            self.copy()
            self.clear_cells()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste(QGuiApplication.clipboard().text())
        elif event.key() == Qt.Key.Key_D and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.fill_down()
        elif event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self.clear_cells()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._move(-1 if shift else 1, 0)
        elif event.key() in {Qt.Key.Key_Tab, Qt.Key.Key_Backtab} and control:
            QWidget.focusNextPrevChild(self, event.key() == Qt.Key.Key_Tab)  # Tab itself walks through the cells
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """Enter at the end of an entry goes down, Tab right; the next cell is chosen, not opened."""
        hints = QAbstractItemDelegate.EndEditHint
        steps = {hints.SubmitModelCache: (1, 0), hints.EditNextItem: (0, 1), hints.EditPreviousItem: (0, -1)}
        step = steps.get(hint)
        told, self._draft_cell, self._model.half_typed = self._draft_cell, None, None
        super().closeEditor(editor, hint if step is None else hints.NoHint)
        if step is not None:
            self._move(*step)
        elif hint == hints.RevertModelCache and told is not None:
            if self._model.index(*told).isValid():
                self._model.rows[told[0]].texts[told[1]] = self._before
            self.given_up.emit(*told)

    def _leave_editor(self, editor: QWidget, down: int) -> None:
        """The arrows up and down end an entry, as in Excel."""
        self.commitData(editor)
        self.closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)
        self._move(down, 0)

    def _tell_draft(self, row: int, column: int, text: str) -> None:
        if self._draft_cell != (row, column):
            self._before = self._model.rows[row].texts[column]
        self._draft_cell = self._model.half_typed = (row, column)
        self.drafted.emit(row, column, text)

    def _move(self, down: int, right: int) -> None:
        index = self.currentIndex()
        target = self._model.index(index.row() + down, index.column() + right)
        if target.isValid():
            self.setCurrentIndex(target)

    # --- blocks --------------------------------------------------------------------------------------------------

    def block(self) -> tuple[int, int, int, int]:
        """Return the selected block: first and last row, first and last column."""
        cells = self.selectedIndexes() or [self.currentIndex()]
        rows, columns = [cell.row() for cell in cells], [cell.column() for cell in cells]
        return min(rows), max(rows), min(columns), max(columns)

    def copy(self, *, headings: bool = False) -> None:
        """Copy the selected block as Excel takes it, with the headings of rows and columns where they are wanted."""
        top, bottom, left, right = self.block()
        if top < 0:
            return
        columns = range(left, right + 1)
        table = [[self._model.text_to_copy(row, column) for column in columns] for row in range(top, bottom + 1)]
        if headings:
            titles = [self._model.rows[row].title for row in range(top, bottom + 1)]
            table = [["", *(self._model.title_to_copy(column) for column in columns)],
                     *([title, *line] for title, line in zip(titles, table, strict=True))]  # fmt: skip
        QGuiApplication.clipboard().setText(tsv(table))

    def paste(self, text: str) -> None:
        """Paste a block from the cursor on; it fills a selection that it fits into several times."""
        top, bottom, left, right = self.block()
        if top < 0 or not text:
            return
        lines = block_of(text)
        high, wide = len(lines), max(map(len, lines))
        times, across = _times(bottom - top + 1, high), _times(right - left + 1, wide)
        if times * across > 1:
            lines = [(line + [""] * (wide - len(line))) * across for line in lines] * times
        missing = top + len(lines) - self._model.rowCount()
        if missing > 0:
            self._model.rows_wanted.emit(missing)
        self._model.put(
            (top + down, left + place, value) for down, line in enumerate(lines) for place, value in enumerate(line)
        )
        self._tell_left_over(lines, top, left)

    def _tell_left_over(self, lines: list[list[str]], top: int, left: int) -> None:
        """Tell of lines below the last row and of cells right of the last column."""
        rows = max(0, top + len(lines) - self._model.rowCount())
        room = self._model.columnCount() - left
        columns = max(0, max(map(len, lines)) - room)
        kept = len(lines) - rows
        if rows or columns:
            outside = [line[room:] for line in lines[:kept]] if columns and not rows else lines[kept:]
            self.left_over.emit(lines if rows and columns else outside, rows, columns)

    def fill_down(self) -> None:
        """Repeat the first row of the selection in the others."""
        top, bottom, left, right = self.block()
        if top >= 0:
            first = {column: self._model.rows[top].texts[column] for column in range(left, right + 1)}
            self._model.put((row, column, first[column]) for row in range(top + 1, bottom + 1) for column in first)

    def clear_cells(self) -> None:
        """Empty the selected cells."""
        self._model.put((index.row(), index.column(), "") for index in self.selectedIndexes())


def _times(selected: int, copied: int) -> int:
    """Return how many times a block goes into a selection; once where it does not go into it evenly."""
    return selected // copied if selected > copied and selected % copied == 0 else 1
