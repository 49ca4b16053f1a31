"""A section of rows and columns: a grid for entry that works as Excel does, with its totals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QVBoxLayout, QWidget

from app.forms.answers import shown as words_of
from app.forms.schema import Axis, Section
from app.texts import glue
from app.ui import theme
from app.ui.form_view.row import Shown
from app.ui.widgets.entry_cells import EntryRole, heading_font
from app.ui.widgets.entry_grid import EntryGrid, EntryModel, EntryRow, Index

TOTAL = "Итого"
_WRAP = int(Qt.TextFlag.TextWordWrap)
_NUMBERS = frozenset({"whole", "decimal"})


class SectionModel(EntryModel):
    """The cells of one section; the totals at the end can't be typed into."""

    def __init__(self, section: Section) -> None:
        super().__init__([column.text for column in section.columns])
        self.section = section
        self.items = {(item.row, item.column): item for item in section.items}
        self._by_id = {item.id: item for item in section.items}
        self.cells: dict[str, Shown] = {}
        numbers = all(item.kind in _NUMBERS for item in section.items)
        self.totals = section.totals and numbers
        self._numbers = numbers
        if self.totals and len(section.columns) > 1:
            self._titles.append(TOTAL)
        rows = [*section.rows, *([Axis("", TOTAL)] if self.totals and len(section.rows) > 1 else [])]
        self.set_rows([EntryRow(row.id, row.text, [""] * len(self._titles)) for row in rows])

    def item_id(self, row: int, column: int) -> str | None:
        """Return the item of a cell; None of a total."""
        section = self.section
        if not (0 <= row < len(section.rows) and 0 <= column < len(section.columns)):
            return None
        found = self.items.get((section.rows[row].id, section.columns[column].id))
        return None if found is None else found.id

    def unfinished(self, row: int, column: int) -> bool:
        """Tell whether a draft stands in a cell: entered as it stands, it is told."""
        return self.cells.get(self.item_id(row, column) or "", Shown()).draft is not None

    def place(self, item_id: str) -> tuple[int, int] | None:
        """Return row and column of an item."""
        for key, item in self.items.items():
            if item.id == item_id:
                rows, columns = [row.id for row in self.section.rows], [axis.id for axis in self.section.columns]
                return rows.index(key[0]), columns.index(key[1])
        return None

    def show_cells(self, cells: Mapping[str, Shown]) -> None:
        """Show answers; the cursor stays."""
        self.cells = dict(cells)
        for row, line in enumerate(self._rows):
            for column in range(len(self._titles)):
                item_id = self.item_id(row, column)
                if item_id is not None:
                    line.texts[column] = self._typed(item_id)
        self._count()
        self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, len(self._titles) - 1))

    def _typed(self, item_id: str) -> str:
        cell = self.cells.get(item_id, Shown())
        return words_of(self._by_id[item_id], cell.answer) if cell.draft is None else cell.draft

    def _count(self) -> None:
        """Sum what counts; an empty cell is not a nought, so a total of nothing is empty."""
        if not self.totals:
            return
        rows, columns = len(self.section.rows), len(self.section.columns)
        values = [[self._value(row, column) for column in range(columns)] for row in range(rows)]
        for row in range(rows):
            if columns < len(self._titles):
                self._rows[row].texts[columns] = _sum(values[row])
        if rows < len(self._rows):
            for column in range(columns):
                self._rows[rows].texts[column] = _sum([line[column] for line in values])
            if columns < len(self._titles):
                self._rows[rows].texts[columns] = _sum([value for line in values for value in line])

    def _value(self, row: int, column: int) -> float | None:
        item_id = self.item_id(row, column)
        answer = self.cells.get(item_id or "", Shown()).answer
        return float(answer.value) if answer.value is not None else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows; where it is empty, last year's value in muted italics."""
        if not index.isValid():
            return None
        item_id = self.item_id(index.row(), index.column())
        if item_id is None:
            return self._of_total(index, role)
        cell = self.cells.get(item_id, Shown())
        kind, text = cell.remark
        match role:
            case EntryRole.MARK if text:
                return kind
            case Qt.ItemDataRole.BackgroundRole if text and kind in {"bad", "warn"}:
                return theme.color(f"{kind}_soft")
            case Qt.ItemDataRole.ForegroundRole if text and kind in {"bad", "warn"}:
                return theme.color(kind)
            case Qt.ItemDataRole.ToolTipRole:
                return "\n".join(part for part in (text, cell.last) if part) or None
            case _:
                return super().data(index, role)

    def _of_total(self, index: Index, role: int) -> Any:
        if role == Qt.ItemDataRole.FontRole:
            return theme.current().font(weight=QFont.Weight.DemiBold)
        if role == Qt.ItemDataRole.BackgroundRole:
            return theme.color("hover")
        return super().data(index, role)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Totals can't be typed into, nor anything that is read only."""
        flags = super().flags(index)
        item_id = self.item_id(index.row(), index.column()) if index.isValid() else None
        if item_id is None or self.cells.get(item_id, Shown()).read_only:
            flags &= ~Qt.ItemFlag.ItemIsEditable
        return flags


def _sum(values: Sequence[float | None]) -> str:
    known = [value for value in values if value is not None]
    return f"{sum(known):g}".replace(".", ",") if known else ""


class Across(QHeaderView):
    """Headings of columns, those of a group under one heading over all of them."""

    def __init__(self, parent: QTableView, columns: Sequence[Axis]) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._columns = columns
        self._known: tuple[tuple[int, ...], tuple[int, int]] = (), (0, 0)
        self.setAccessibleName("Столбцы")
        self.setHighlightSections(False)

    def _group(self, section: int) -> tuple[str, int, int]:
        name = self._columns[section].group if section < len(self._columns) else ""
        first = last = section
        while name and first > 0 and self._columns[first - 1].group == name:
            first -= 1
        while name and last + 1 < len(self._columns) and self._columns[last + 1].group == name:
            last += 1
        return name, first, last

    def _span(self, first: int, last: int) -> int:
        return sum(self.sectionSize(place) for place in range(first, last + 1))

    def _heights(self) -> tuple[int, int]:
        """Return the heights of the line of groups and of the line of columns."""
        sizes = tuple(self.sectionSize(place) for place in range(self.count()))
        if self._known[0] != sizes:
            self._known = sizes, self._measured()
        return self._known[1]

    def _measured(self) -> tuple[int, int]:
        metrics, px = QFontMetrics(heading_font()), theme.current().px
        group = own = 0
        for section in range(self.count()):
            name, first, last = self._group(section)
            if name:
                box = QRect(0, 0, self._span(first, last) - px(12), 10_000)
                group = max(group, metrics.boundingRect(box, _WRAP, glue(name)).height() + px(6))
            title = self._columns[section].text if section < len(self._columns) else TOTAL
            box = QRect(0, 0, self.sectionSize(section) - px(10), 10_000)
            own = max(own, metrics.boundingRect(box, _WRAP, glue(title)).height() + px(8))
        return group, own

    def sizeHint(self) -> QSize:
        """Both lines."""
        return QSize(super().sizeHint().width(), sum(self._heights()))

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Draw one heading and its part of the group's."""
        px = theme.current().px
        high, _own = self._heights()
        name, first, last = self._group(section)
        painter.save()
        painter.setClipRect(rect)
        painter.fillRect(rect, theme.color("surface"))
        painter.setPen(theme.color("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        low = rect.adjusted(0, high if name else 0, 0, 0)
        painter.drawLine(low.topRight(), low.bottomRight())
        painter.setFont(heading_font())
        if name:
            left = rect.left() - self._span(first, section - 1)
            whole = QRect(left, rect.top(), self._span(first, last), high)
            painter.drawLine(whole.bottomLeft(), whole.bottomRight())
            painter.drawLine(whole.topRight(), whole.bottomRight())
            painter.setPen(theme.color("muted"))
            flags = _WRAP | int(Qt.AlignmentFlag.AlignCenter)
            painter.drawText(whole.adjusted(px(6), px(3), -px(6), -px(3)), flags, glue(name))
        painter.setPen(theme.color("text"))
        title = self._columns[section].text if section < len(self._columns) else TOTAL
        flags = _WRAP | int(Qt.AlignmentFlag.AlignRight) | int(Qt.AlignmentFlag.AlignVCenter)
        painter.drawText(low.adjusted(px(4), px(3), -px(6), -px(3)), flags, glue(title))
        painter.restore()


class Down(QHeaderView):
    """Headings of rows in full, over as many lines as they need."""

    def __init__(self, parent: QTableView) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self.setAccessibleName("Строки")
        self.setHighlightSections(False)

    def height_of(self, section: int, width: int) -> int:
        """Return the height that a heading needs."""
        px = theme.current().px
        text = str(self.model().headerData(section, Qt.Orientation.Vertical) or "")
        box = QRect(0, 0, width - px(20), 10_000)
        metrics = QFontMetrics(theme.current().font())
        return max(theme.current().row_height, metrics.boundingRect(box, _WRAP, glue(text)).height() + px(10))

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Draw one heading."""
        px = theme.current().px
        text = str(self.model().headerData(section, Qt.Orientation.Vertical) or "")
        painter.save()
        painter.fillRect(rect, theme.color("surface"))
        painter.setPen(theme.color("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.drawLine(rect.topRight(), rect.bottomRight())
        total = text == TOTAL
        painter.setFont(theme.current().font(weight=QFont.Weight.DemiBold if total else QFont.Weight.Normal))
        painter.setPen(theme.color("text"))
        flags = _WRAP | int(Qt.AlignmentFlag.AlignVCenter)
        painter.drawText(rect.adjusted(px(12), 0, -px(6), 0), flags, glue(text))
        painter.restore()


class FormGrid(EntryGrid):
    """The view of a section; Ctrl+Enter leaves it."""

    left = Signal(str)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter goes to the next item without an answer; at the edges arrows lead out of the grid."""
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if control and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.left.emit("open")
            return
        row, last = self.currentIndex().row(), self.model().rowCount() - 1
        if not control and event.key() == Qt.Key.Key_Up and row <= 0:
            self.left.emit("back")
        elif not control and event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Return} and row >= last:
            self.left.emit("on")
        else:
            super().keyPressEvent(event)


class GridBox(QWidget):
    """A grid section.

    Signals:
        answered(item, raw): one cell; block_answered({item: raw}): several at once.
        drafted(item, raw); moved(way).
    """

    answered = Signal(str, str)
    block_answered = Signal(object)
    drafted = Signal(str, str)
    moved = Signal(str)

    def __init__(self, section: Section, name: str) -> None:
        super().__init__()
        self.section = section
        self.model = SectionModel(section)
        self.grid = FormGrid(self.model, name)
        px = theme.current().px
        self.across = Across(self.grid, section.columns)
        self.down = Down(self.grid)
        self.grid.setHorizontalHeader(self.across)
        self.grid.setVerticalHeader(self.down)
        self.across.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.across.setMinimumSectionSize(px(52))
        self.down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.down.setMinimumSectionSize(1)
        self.grid.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.grid.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.grid.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.model.entered.connect(self._entered)
        self.model.block_entered.connect(self._block_entered)
        self.grid.drafted.connect(self._drafted)
        self.grid.given_up.connect(lambda row, column: self._drafted(row, column, ""))
        self.grid.left.connect(self.moved)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(12), px(4), px(12), px(4))
        column.addWidget(self.grid)

    def _entered(self, row: int, column: int, text: str) -> None:
        item_id = self.model.item_id(row, column)
        if item_id is not None:
            self.answered.emit(item_id, text)

    def _block_entered(self, cells: Sequence[tuple[int, int, str]]) -> None:
        found = {self.model.item_id(row, column): text for row, column, text in cells}
        self.block_answered.emit({key: text for key, text in found.items() if key is not None})

    def _drafted(self, row: int, column: int, text: str) -> None:
        item_id = self.model.item_id(row, column)
        if item_id is not None:
            self.drafted.emit(item_id, text)

    def show_cells(self, cells: Mapping[str, Shown]) -> None:
        """Show answers."""
        self.model.show_cells(cells)

    def focus_item(self, item_id: str) -> None:
        """Put the keyboard into a cell."""
        found = self.model.place(item_id)
        if found is not None:
            self.grid.setCurrentIndex(self.model.index(*found))
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def current_item(self) -> str | None:
        """Return the item of the cursor."""
        index = self.grid.currentIndex()
        return self.model.item_id(index.row(), index.column())

    def cell_rect(self) -> QRect:
        """Return where the cursor is, in the box."""
        rect = self.grid.visualRect(self.grid.currentIndex())
        return rect.translated(self.grid.viewport().mapTo(self, rect.topLeft()) - rect.topLeft())

    def resizeEvent(self, event: object) -> None:  # noqa: ARG002
        """Give the row headings a third of the width, the rows the height they need."""
        px = theme.current().px
        room = self.width() - px(24)
        width = max(px(180), min(px(380), room // 3))
        least = px(52) * self.model.columnCount()
        if room - width < least:
            width = max(px(150), room - least)
        self.down.setFixedWidth(width)
        for row in range(self.model.rowCount()):
            self.down.resizeSection(row, self.down.height_of(row, width))
        self.grid.updateGeometries()
        bar = self.grid.horizontalScrollBar()
        extra = bar.sizeHint().height() if room - width < least else 0
        high = self.across.sizeHint().height() + self.down.length() + 2 * self.grid.frameWidth() + 2 + extra
        if self.grid.height() != high:
            self.grid.setFixedHeight(high)
