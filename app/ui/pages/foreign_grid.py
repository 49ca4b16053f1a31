"""A sheet of a region's form as Excel shows it: merged cells, widths, formulas; linked cells carry a mark."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QTableView, QWidget

from app.operations.foreign_forms import FormSheet, Place, address_of, letters_of
from app.ui import theme

Index = QModelIndex | QPersistentModelIndex
MOST_ROWS, MOST_COLUMNS = 3000, 300
SPARE_ROWS, SPARE_COLUMNS = 12, 4
MARK = Qt.ItemDataRole.UserRole + 1
"""What a linked cell is filled with; "" of others."""
SIGN = "ƒ"
_EMPTY = FormSheet("", False, 0, 0, {}, (), False, (), {})


class FormModel(QAbstractTableModel):
    """Cells of a sheet."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.sheet = _EMPTY
        self.links: Mapping[Place, str] = {}
        self._rows = self._columns = 0

    def show_sheet(self, sheet: FormSheet, links: Mapping[Place, str]) -> None:
        """Show another sheet.

        Args:
            sheet: as it came.
            links: linked cell → what it is filled with, in words.
        """
        self.beginResetModel()
        self.sheet, self.links = sheet, links
        self._rows = min(MOST_ROWS, max(sheet.rows + SPARE_ROWS, 30))
        self._columns = min(MOST_COLUMNS, max(sheet.columns + SPARE_COLUMNS, 8))
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        """Return how many rows are shown."""
        return 0 if parent is not None and parent.isValid() else self._rows

    def columnCount(self, parent: Index | None = None) -> int:
        """Return how many columns are shown."""
        return 0 if parent is not None and parent.isValid() else self._columns

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell says, its tooltip, its look."""
        place = (index.row(), index.column())
        cell, linked = self.sheet.cell(place), self.links.get(place, "")
        if role == Qt.ItemDataRole.DisplayRole:
            text = cell.text or (f"={cell.formula}" if cell.formula else "")
            return (text or linked).replace("\n", " ")
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(place) or None
        if role == MARK:
            return linked
        if role == Qt.ItemDataRole.BackgroundRole:
            return theme.color("accent_soft") if linked else theme.color("hover") if cell.formula is not None else None
        if role == Qt.ItemDataRole.FontRole and cell.bold:
            return theme.current().font(weight=QFont.Weight.DemiBold)
        if role == Qt.ItemDataRole.ForegroundRole:
            return theme.color(
                "accent" if linked and not cell.text else "muted" if cell.formula is not None else "text"
            )
        if role == Qt.ItemDataRole.TextAlignmentRole and cell.kind == "number":
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{address_of(place)}: {cell.text or 'пусто'}" + (f", связана: {linked}" if linked else "")
        return None

    def _tip(self, place: Place) -> str:
        cell, linked = self.sheet.cell(place), self.links.get(place, "")
        lines = [f"{address_of(place)}: {cell.text}" if cell.text else ""]
        if cell.formula is not None:
            lines.append(f"Формула: ={cell.formula}" if cell.formula else "Часть формулы массива")
        if linked:
            lines.append(f"Связана: {linked}")
        return "\n".join(line for line in lines if line)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the letters of a column, the number of a row."""
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return letters_of(section) if orientation == Qt.Orientation.Horizontal else str(section + 1)


class _CellDelegate(QStyledItemDelegate):
    """Draws a mark in the corner of a linked cell and a letter in that of a formula: not by colour alone."""

    tells_cut_text = True

    def paint(self, painter: QPainter, option: Any, index: Index) -> None:
        """Draw one cell."""
        super().paint(painter, option, index)
        rect, px = QRect(option.rect), theme.current().px
        linked = bool(index.data(MARK))
        model = index.model()
        sheet = model.sheet if isinstance(model, FormModel) else _EMPTY
        cell = sheet.cell((index.row(), index.column()))
        formula = cell.formula is not None and cell.kind == "number"
        here = bool(option.state & QStyle.StateFlag.State_Selected)
        if not linked and not formula and not here:
            return
        painter.save()
        if here:
            painter.setPen(theme.color("accent"))
            painter.drawRect(rect.adjusted(0, 0, -1, -1))
        if linked:
            corner = QRect(rect.right() - px(6), rect.top(), px(7), px(7))
            painter.fillRect(corner, theme.color("accent"))
        elif formula and rect.width() > px(60):
            painter.setPen(theme.color("muted"))
            painter.setFont(theme.current().font(11))
            left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(rect.adjusted(px(4), 0, 0, 0), int(left), SIGN)
        painter.restore()


class FormGrid(QTableView):
    """The sheet.

    Signals:
        chosen(row, column): the cell that holds the value of what was pointed at, from 0.
    """

    chosen = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        px = theme.current().px
        self.form = FormModel(self)
        self.setModel(self.form)
        self.setItemDelegate(_CellDelegate(self))
        self.setAccessibleName("Лист формы региона")
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setMinimumHeight(px(26))
        self.verticalHeader().setHighlightSections(False)
        self.verticalHeader().setDefaultSectionSize(px(26))
        self.selectionModel().currentChanged.connect(self._chosen)

    def show_sheet(self, sheet: FormSheet, links: Mapping[Place, str]) -> None:
        """Show another sheet, or the same with other links; the chosen cell stays."""
        same = self.form.sheet is sheet
        place = self.place
        across, down = self.horizontalScrollBar().value(), self.verticalScrollBar().value()
        self.form.show_sheet(sheet, links)
        if not same:
            self._lay_out(sheet)
        self.horizontalScrollBar().setValue(across if same else 0)
        self.verticalScrollBar().setValue(down if same else 0)
        self.choose(place if same and place is not None else (0, 0))

    def _lay_out(self, sheet: FormSheet) -> None:
        px = theme.current().px
        self.clearSpans()
        rows, columns = self.form.rowCount(), self.form.columnCount()
        for top, left, bottom, right in sheet.merged:
            high, wide = min(bottom, rows - 1) - top + 1, min(right, columns - 1) - left + 1
            if top < rows and left < columns and high * wide > 1:
                self.setSpan(top, left, high, wide)
        for column in range(columns):
            width = sheet.widths.get(column, 10.0)
            self.setColumnWidth(column, px(round(min(360, max(48, 7 * width + 10)))))

    @property
    def place(self) -> Place | None:
        """The chosen cell, of a merged area its first one."""
        index = self.currentIndex()
        return self.form.sheet.top_left((index.row(), index.column())) if index.isValid() else None

    def choose(self, place: Place) -> None:
        """Choose a cell and bring it into sight."""
        index = self.form.index(*place)
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index)

    def _chosen(self, now: QModelIndex, _before: QModelIndex) -> None:
        if now.isValid():
            self.chosen.emit(*self.form.sheet.top_left((now.row(), now.column())))
