"""The grid of the programme's plan, indicators and money: its rows, how they look, how they are typed into."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QFont

from app.operations.programme_cells import Cell
from app.operations.programme_sheet_data import Sheet, SheetCell, SheetColumn, SheetRow
from app.operations.programme_sheets import NewLine, new_keys
from app.ui import theme
from app.ui.widgets.entry_cells import EntryRole
from app.ui.widgets.entry_grid import EntryModel, EntryRow, Index

SECOND = Qt.ItemDataRole.UserRole + 41
"""Role: the line under the text of a cell."""
DEPTH = Qt.ItemDataRole.UserRole + 42
"""Role: how far the words of a cell are moved in."""
LONG = Qt.ItemDataRole.UserRole + 43
"""Role: whether several lines are shown."""
HEADING = Qt.ItemDataRole.UserRole + 44
"""Role: whether the row is a heading or a total."""


class SheetModel(EntryModel):
    """Rows of a ``Sheet``.

    Every row that can be typed into has its key from the beginning, a free one too: it is the key its node will have.
    So cells of a row that are written one after another are always cells of one row.

    Signals:
        typed(cells, new): what a person entered, and where rows that may not be there yet will stand.
    """

    typed = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__((), parent=parent)
        self.sheet: Sheet | None = None
        self.lines: list[SheetRow] = []
        self.columns: tuple[SheetColumn, ...] = ()
        self.read_only = False
        self._fresh: dict[Hashable, int] = {}
        self._waiting: dict[tuple[int, str], str] = {}
        self.entered.connect(lambda row, column, text: self._tell([(row, column, text)]))
        self.block_entered.connect(self._tell)

    # --- showing -------------------------------------------------------------------------------------------------

    def forget(self) -> None:
        """Begin anew: another programme comes."""
        self.beginResetModel()
        self._fresh, self._waiting, self.lines, self._rows, self.sheet = {}, {}, [], [], None
        self.endResetModel()

    def show_sheet(self, sheet: Sheet, rows: Sequence[SheetRow]) -> None:
        """Show rows of a sheet; what is still being written stays as it was typed, the cursor and an open line stay."""
        lines = [row for row in rows if row.kind != "free" or not self.read_only]
        if [column.key for column in sheet.columns] != [column.key for column in self.columns]:
            self.beginResetModel()
            self.columns, self._titles = sheet.columns, [column.title for column in sheet.columns]
            self.lines, self._rows = [], []
            self.endResetModel()
        self.sheet, self.columns = sheet, sheet.columns
        entries = []
        for row in lines:
            key = self._fresh_key(sheet, row) if row.kind == "free" else row.key
            entries.append(EntryRow(key, row.title, self._texts(key, row)))
        self._put_in_place(lines, entries)

    def _fresh_key(self, sheet: Sheet, row: SheetRow) -> int:
        known = self._fresh.get(row.lane)
        if known is None or known in sheet.tree.nodes:
            known = self._fresh[row.lane] = new_keys(1)[0]
        return known

    def _texts(self, key: Any, row: SheetRow) -> list[str]:
        if not self._waiting:
            return [cell.text for cell in row.cells]
        target = row.node if row.node is not None else key
        return [
            self._waiting.get((target, self._column(row, place)), cell.text) for place, cell in enumerate(row.cells)
        ]

    def _put_in_place(self, lines: list[SheetRow], entries: list[EntryRow]) -> None:
        """Change what stays in its place, insert and remove what does not."""
        old, new = [row.key for row in self._rows], [row.key for row in entries]
        head = next((at for at, pair in enumerate(zip(old, new, strict=False)) if pair[0] != pair[1]),
                    min(len(old), len(new)))  # fmt: skip
        most = min(len(old), len(new)) - head
        tail = next((at for at in range(most) if old[-1 - at] != new[-1 - at]), most)
        if head + tail < len(old):
            self.beginRemoveRows(QModelIndex(), head, len(old) - tail - 1)
            del self._rows[head : len(old) - tail]
            del self.lines[head : len(old) - tail]
            self.endRemoveRows()
        if head + tail < len(new):
            self.beginInsertRows(QModelIndex(), head, len(new) - tail - 1)
            self._rows[head:head] = entries[head : len(new) - tail]
            self.lines[head:head] = lines[head : len(new) - tail]
            self.endInsertRows()
        self.lines, self._rows = list(lines), entries
        if entries:
            self.dataChanged.emit(self.index(0, 0), self.index(len(entries) - 1, len(self.columns) - 1))

    # --- places --------------------------------------------------------------------------------------------------

    def line(self, row: int) -> SheetRow | None:
        """Return a row."""
        return self.lines[row] if 0 <= row < len(self.lines) else None

    def cell(self, row: int, column: int) -> SheetCell | None:
        """Return a cell."""
        line = self.line(row)
        return line.cells[column] if line is not None and 0 <= column < len(line.cells) else None

    def _column(self, line: SheetRow, column: int) -> str:
        key = self.columns[column].key
        return f"{key}:{line.source}" if key.startswith("money:") else key

    def written_place(self, row: int, column: int) -> tuple[int, str]:
        """Return key of the node and column that a cell is written to."""
        line = self.lines[row]
        key = line.node if line.node is not None else self._rows[row].key
        return int(key), self._column(line, column)

    def row_of(self, key: Hashable) -> int:
        """Return the row with a key, -1 where there is none."""
        return next((at for at, row in enumerate(self._rows) if row.key == key), -1)

    def lane_rows(self, row: int) -> list[int]:
        """Return the rows that a block pasted at a row goes into; from the heading of a group, its free row."""
        line = self.lines[row]
        if line.lane is None:
            return []
        rows = [at for at, other in enumerate(self.lines) if other.lane == line.lane and other.kind != "group"]
        return rows[-1:] if line.kind == "group" and line.new is not None else [at for at in rows if at >= row]

    # --- writing -------------------------------------------------------------------------------------------------

    def _tell(self, cells: Sequence[tuple[int, int, str]], more: Sequence[Cell] = (),
              places: Mapping[int, NewLine] | None = None) -> None:  # fmt: skip
        told = [Cell(*self.written_place(row, column), text) for row, column, text in cells]
        new = dict(places or {})
        for row, _column, _text in cells:
            line = self.lines[row]
            if line.kind == "free" and line.new is not None:
                new[self._rows[row].key] = line.new
        every = [*told, *more]
        self._waiting |= {(cell.row, cell.column): cell.text for cell in told}
        self.typed.emit(every, new)

    def enter(self, cells: Iterable[tuple[int, int, str]], below: Sequence[Sequence[tuple[int, str]]] = (),
              new: NewLine | None = None) -> int:  # fmt: skip
        """Take a block at once; ``below`` are rows that do not stand there yet, each (column, text), …

        Returns:
            How many filled cells of the block nobody may type into.
        """
        changed, refused = [], 0
        for row, column, text in cells:
            cell, plain = self.cell(row, column), text.strip()
            if cell is None or cell.locked or self.read_only:
                refused += bool(plain)
            elif plain != self._rows[row].texts[column] and not self._same_number(row, column, plain):
                self._rows[row].texts[column] = plain
                changed.append((row, column, plain))
        keys = new_keys(len(below))
        more = [
            Cell(key, self.columns[column].key, text.strip())
            for key, line in zip(keys, below, strict=True) for column, text in line if text.strip()
        ]  # fmt: skip
        if changed or more:
            if self._rows:
                self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, len(self.columns) - 1))
            self._tell(changed, more, dict.fromkeys(keys, new) if new is not None else None)
        return refused

    def _same_number(self, row: int, column: int, text: str) -> bool:
        """Tell whether a number counted by itself was pasted where it stands: it does not become the row's own."""
        cell = self.lines[row].cells[column]
        return self.columns[column].key == "label" and cell.quiet and text == cell.shown

    def written(self, cells: Iterable[Cell]) -> None:
        """Forget what has been written, or refused."""
        for cell in cells:
            if self._waiting.get((cell.row, cell.column)) == cell.text:
                del self._waiting[cell.row, cell.column]

    def unfinished(self, row: int, column: int) -> bool:
        """Tell whether a draft stands in a cell: entered as it stands, it is told."""
        cell = self.cell(row, column)
        return cell is not None and cell.draft

    # --- roles ---------------------------------------------------------------------------------------------------

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows."""
        cell = self.cell(index.row(), index.column()) if index.isValid() else None
        if cell is None:
            return None
        typed = self._rows[index.row()].texts[index.column()]
        pending = typed != cell.text
        match role:
            case Qt.ItemDataRole.EditRole:
                return typed
            case Qt.ItemDataRole.DisplayRole:
                return typed if pending or cell.shown is None else cell.shown
            case Qt.ItemDataRole.ToolTipRole:
                return cell.trouble if not pending else None
            case Qt.ItemDataRole.AccessibleDescriptionRole:
                return cell.trouble or None
            case Qt.ItemDataRole.TextAlignmentRole:
                side = (
                    Qt.AlignmentFlag.AlignRight if self.columns[index.column()].numbers else Qt.AlignmentFlag.AlignLeft
                )
                return int(side | Qt.AlignmentFlag.AlignVCenter)
            case _:
                return self._look(index, role, cell, pending=pending)

    def _look(self, index: Index, role: int, cell: SheetCell, *, pending: bool) -> Any:
        line = self.lines[index.row()]
        heading = line.kind in {"group", "total"}
        mark = None if pending else cell.mark
        if role == SECOND:
            return "" if pending else cell.second
        if role == DEPTH:
            return line.depth if self.columns[index.column()].wider else 0
        if role == LONG:
            return self.columns[index.column()].long
        if role == HEADING:
            return heading
        if role == EntryRole.MARK:
            return mark
        if role == Qt.ItemDataRole.BackgroundRole:
            return theme.color(f"{mark}_soft") if mark else theme.color("none_soft") if heading else None
        if role == Qt.ItemDataRole.ForegroundRole:
            quiet = cell.quiet and not pending and not heading
            return theme.color(mark) if mark else theme.color("muted") if quiet else None
        if role == Qt.ItemDataRole.FontRole:
            font = theme.current().font(weight=QFont.Weight.DemiBold if heading else QFont.Weight.Normal)
            font.setItalic(line.kind == "free" and not pending)
            return font
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """What is counted and what is frozen can't be typed into."""
        flags = super().flags(index)
        cell = self.cell(index.row(), index.column()) if index.isValid() else None
        if cell is None or cell.locked or self.read_only:
            flags &= ~Qt.ItemFlag.ItemIsEditable
        return flags

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a heading with its unit; headings of numbers stand right, as the numbers do."""
        if orientation == Qt.Orientation.Horizontal and 0 <= section < len(self.columns):
            column = self.columns[section]
            if role == EntryRole.UNIT:
                return column.unit
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return int(Qt.AlignmentFlag.AlignRight if column.numbers else Qt.AlignmentFlag.AlignLeft)
        return super().headerData(section, orientation, role)

    def text_to_copy(self, row: int, column: int) -> str:
        """Return the value as another program takes it; words of a free row are no value."""
        cell, typed = self.lines[row].cells[column], self._rows[row].texts[column]
        if self.lines[row].kind == "free" or typed != cell.text:
            return typed
        if cell.plain is not None:
            return cell.plain
        return cell.text if cell.shown is None or (cell.text and not cell.locked) else cell.shown

    def title_to_copy(self, column: int) -> str:
        """Return heading and unit, so that the block is understood elsewhere."""
        found = self.columns[column]
        return f"{found.title}, {found.unit}" if found.unit else found.title

    def table(self) -> list[list[str]]:
        """Return the whole grid with its headings, as another program takes it."""
        places = range(len(self.columns))
        head = [self.title_to_copy(column) for column in places]
        rows = [row for row, line in enumerate(self.lines) if line.kind != "free"]
        return [head, *([self.text_to_copy(row, column) for column in places] for row in rows)]
