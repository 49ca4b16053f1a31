"""The top of a foreign sheet as Excel shows it: a person points at its header here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFont, QGuiApplication
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QSpinBox, QTableView, QWidget

from app.operations.marking import DEEPEST_ROW, PAGE_ROWS, TOP_ROWS, Marking
from app.operations.results import GridSheet
from app.texts import grouped
from app.ui import theme
from app.ui.widgets.basics import Button
from app.ui.widgets.labels import Label

Index = QModelIndex | QPersistentModelIndex


def letter(column: int) -> str:
    """Return the letters of a column from 0, as Excel writes them: 0 → A, 26 → AA."""
    found = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        found = chr(ord("A") + rest) + found
    return found


class SheetModel(QAbstractTableModel):
    """Texts of a sheet; the rows of the header are coloured, what Excel hides is grey and named as hidden."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sheet = GridSheet(None, ())
        self._first = self._last = 0
        self._words: dict[int, str] = {}
        self._width = 0

    @property
    def start(self) -> int:
        """How many rows of the sheet stand above the page."""
        return self._sheet.start

    def show_sheet(self, sheet: GridSheet) -> None:
        """Show another sheet, or another page of it."""
        self.beginResetModel()
        self._sheet = sheet
        self._width = max((len(row) for row in sheet.rows), default=0)
        self._words = {}
        self._first = self._last = 0
        self.endResetModel()

    def show_marking(self, marking: Marking) -> None:
        """Colour the header and write over the columns what they mean."""
        start = self._sheet.start
        self._first, self._last = marking.first - 1 - start, marking.last - 1 - start
        self._words = {column.at: column.words for column in marking.columns if column.words}
        if self._width and self._sheet.rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._sheet.rows) - 1, self._width - 1))
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self._width - 1)
            self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, len(self._sheet.rows) - 1)

    def rowCount(self, parent: Index | None = None) -> int:
        """Return how many rows are shown."""
        return 0 if parent is not None and parent.isValid() else len(self._sheet.rows)

    def columnCount(self, parent: Index | None = None) -> int:
        """Return how many columns are shown."""
        return 0 if parent is not None and parent.isValid() else self._width

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a text, its tooltip, its colours."""
        row, column = index.row(), index.column()
        cells = self._sheet.rows[row]
        text = cells[column] if column < len(cells) else ""
        if role == Qt.ItemDataRole.DisplayRole:
            return text.replace("\n", " ")
        if role == Qt.ItemDataRole.ToolTipRole:
            return text or None
        header = self._first <= row <= self._last
        if role == Qt.ItemDataRole.BackgroundRole and header:
            return theme.color("accent_soft")
        if role == Qt.ItemDataRole.FontRole and header:
            return theme.current().font(weight=QFont.Weight.DemiBold)
        if role == Qt.ItemDataRole.ForegroundRole and (self._hidden_column(column) or self._hidden_row(row)):
            return theme.color("muted")
        return None

    def _hidden_column(self, column: int) -> bool:
        return column in self._sheet.hidden_columns

    def _hidden_row(self, row: int) -> bool:
        return row + self._sheet.start in self._sheet.hidden_rows

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the letter with what the column means, or the number of the row."""
        if orientation == Qt.Orientation.Vertical:
            if role == Qt.ItemDataRole.DisplayRole:
                return str(section + 1 + self._sheet.start)
            if role == Qt.ItemDataRole.ToolTipRole:
                hidden = "Строка скрыта в Excel. " if self._hidden_row(section) else ""
                return f"{hidden}Щелчок: заголовки здесь. Щелчок с Shift: до этой строки"
            return None
        words = self._words.get(section, "")
        hidden = "скрыт" if self._hidden_column(section) else ""
        if role == Qt.ItemDataRole.DisplayRole:
            return "\n".join((" · ".join(part for part in (letter(section), hidden) if part), words or "не берётся"))
        if role == Qt.ItemDataRole.ToolTipRole:
            return (
                f"Столбец {letter(section)}" + (", скрыт в Excel" if hidden else "") + (f": {words}" if words else "")
            )
        return None


class SheetView(QTableView):
    """The sheet; clicks on row numbers point at the header, a click on a column chooses it.

    Signals:
        pointed(first, last): rows of the header from 1.
        column_chosen(at): a column from 0.
    """

    pointed = Signal(int, int)
    column_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        px = theme.current().px
        self.sheet = SheetModel(self)
        self.setModel(self.sheet)
        self.setAccessibleName("Лист как в Excel")
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        across, down = self.horizontalHeader(), self.verticalHeader()
        across.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        across.setTextElideMode(Qt.TextElideMode.ElideRight)
        across.setSectionsClickable(True)
        across.setHighlightSections(False)
        across.setMinimumHeight(px(40))
        across.sectionClicked.connect(self.column_chosen)
        down.setDefaultSectionSize(px(26))
        down.setSectionsClickable(True)
        down.setHighlightSections(False)
        down.sectionClicked.connect(self._point)
        self._anchor = 0

    def show_sheet(self, sheet: GridSheet) -> None:
        """Show another sheet with its merged cells."""
        px = theme.current().px
        self.clearSpans()
        self.sheet.show_sheet(sheet)
        rows, columns = self.sheet.rowCount(), self.sheet.columnCount()
        for top, left, bottom, right in sheet.merged:
            top, bottom = top - sheet.start, bottom - sheet.start  # noqa: PLW2901 - as rows of the page
            high, wide = min(bottom, rows - 1) - top + 1, min(right, columns - 1) - left + 1
            if 0 <= top < rows and left < columns and high * wide > 1:
                self.setSpan(top, left, high, wide)
        lines = [row for row in sheet.rows if sum(map(bool, row)) > 1]  # a title is longer than its column
        for column in range(columns):
            longest = max((len(row[column]) for row in lines if column < len(row)), default=0)
            self.setColumnWidth(column, px(min(240, max(96, 8 * longest))))

    def show_marking(self, marking: Marking) -> None:
        """Colour the header, name the columns."""
        self.sheet.show_marking(marking)
        self._anchor = marking.first - 1 - self.sheet.start

    def _point(self, row: int) -> None:
        shift = QGuiApplication.keyboardModifiers() & Qt.KeyboardModifier.ShiftModifier
        top = self.sheet.start + 1
        if shift:
            self.pointed.emit(min(self._anchor, row) + top, max(self._anchor, row) + top)
        else:
            self.pointed.emit(row + top, row + top)


class PageStrip(QWidget):
    """Which rows of a large sheet are shown, and the way to the others."""

    def __init__(self, wanted: Callable[[int], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wanted = wanted
        self._sheet = GridSheet(None, ())
        px = theme.current().px
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(8))
        self.words = Label("", "muted")
        self.before = Button("Выше", lambda: wanted(max(1, self._sheet.start + 1 - PAGE_ROWS)))
        self.after = Button("Ниже", lambda: wanted(self._sheet.end + 1))
        self.row = QSpinBox()
        self.row.setAccessibleName("Показать с этой строки")
        self.row.setMinimum(1)
        self.row.setKeyboardTracking(False)
        self.row.setMinimumWidth(px(90))
        self.row.editingFinished.connect(self._jump)
        for part in (self.words, self.before, self.after, Label("показать с этой строки", "muted"), self.row):
            row.addWidget(part)
        row.addStretch(1)

    def show_page(self, sheet: GridSheet) -> None:
        """Say where the page stands; a sheet that is shown whole needs no strip."""
        self._sheet = sheet
        deeper = sheet.height is None or sheet.height > sheet.end
        of = f" из {grouped(sheet.height)}" if sheet.height is not None else ""
        self.words.setText(f"Строки {grouped(sheet.start + 1)}–{grouped(sheet.end)}{of}")
        self.before.setEnabled(sheet.start > 0)
        self.after.setEnabled(deeper)
        self.row.blockSignals(True)
        self.row.setMaximum(deepest(sheet))
        self.row.setValue(sheet.start + 1)
        self.row.blockSignals(False)
        self.setVisible(sheet.start > 0 or (deeper and len(sheet.rows) >= TOP_ROWS))

    def _jump(self) -> None:
        if self.row.value() != self._sheet.start + 1:
            self._wanted(self.row.value())


def deepest(sheet: GridSheet) -> int:
    """Return the number of the last row that a person may point at."""
    return max(1, sheet.end, DEEPEST_ROW if sheet.height is None else min(sheet.height, DEEPEST_ROW))
